"""Finding the route of a request: by the word behind `/api/`, then among that room's routes only.

FastAPI tries the routes of all included routers one after another, and twice: 2.7 µs for each, half a
millisecond a request with two hundred. Here their number does not matter.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from fastapi.routing import APIRoute
from starlette.exceptions import HTTPException
from starlette.routing import BaseRoute, Match
from starlette.types import Receive, Scope, Send

from xiuhua.platform.web import Router
from xiuhua.platform.web.quick import Quick
from xiuhua.platform.web.route import Route

_KEY = "xiuhua.route"


class Rooms(BaseRoute):
    """The routes of all rooms, as one route of the app."""

    def __init__(self, routers: Iterable[Router]) -> None:
        """Raises `ValueError` when two operations have one name."""
        self._routers = tuple(routers)
        operations = [(name, path, router) for router in self._routers for name, path in router.operations]
        twice = [name for name, count in Counter(name for name, _, _ in operations).items() if count > 1]
        if twice:
            raise ValueError(f"operations have names of their own in the whole API: {', '.join(twice)}")
        self._of_word: dict[str, list[Router]] = {}
        for _, path, router in operations:
            known = self._of_word.setdefault(_word(path), [])
            if router not in known:
                known.append(router)
        self._by_word: dict[str, list[APIRoute]] = {}
        self._quick: dict[str, list[Route]] = {}

    @property
    def routes(self) -> list[APIRoute]:
        """All routes of all rooms, now made. Raises `ValueError` when a router includes another."""
        return [route for router in self._routers for route in _of(router)]

    def _routes(self, word: str) -> list[APIRoute]:
        """The routes behind a word, made at the first request for it."""
        found = self._by_word.get(word)
        if found is None:
            found = [one for router in self._of_word.get(word, ()) for one in _of(router) if _word(one.path) == word]
            if found:
                self._by_word[word] = found
        return found

    def matches(self, scope: Scope) -> tuple[Match, Scope]:
        """The first route that takes path and method, else what other methods the path takes."""
        others: dict[str, tuple[set[str], Scope]] = {}
        path: str = scope["path"]
        for route in self._routes(_word(path.removeprefix(scope.get("root_path", "")))):
            match, child = route.matches(scope)
            if match is Match.FULL:
                return match, {**child, _KEY: route}
            if match is Match.PARTIAL:
                others.setdefault(route.path, (set(), child))[0].update(route.methods or ())
        if not others:
            return Match.NONE, {}
        # `/calendars/roles` is a `/calendars/{code}` as well; what is meant is the one that says it in words.
        methods, child = others[min(others, key=lambda path: path.count("{"))]
        return Match.PARTIAL, {**child, _KEY: sorted(methods)}

    def quick(self, scope: Scope) -> Quick | None:
        """The short way to what a request asks for, if there is one; then `scope` tells route and parameters."""
        if scope["method"] != "POST" or scope.get("root_path"):
            return None
        word = _word(scope["path"])
        if word not in self._quick and (routes := self._routes(word)):
            self._quick[word] = [
                one for one in routes if isinstance(one, Route) and one.quick and one.methods == {"POST"}
            ]
        for route in self._quick.get(word, ()):
            found = route.path_regex.match(scope["path"])
            if found is not None:
                scope["route"], scope["path_params"] = route, found.groupdict()
                return route.quick
        return None

    async def handle(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let the route that was found answer. Raises `HTTPException` (405) where the path takes other methods."""
        found: APIRoute | list[str] = scope[_KEY]
        if isinstance(found, list):
            raise HTTPException(405, headers={"Allow": ", ".join(found)})
        await found.handle(scope, receive, send)


def _of(router: Router) -> list[APIRoute]:
    found = router.routes
    own = [route for route in found if isinstance(route, APIRoute)]
    if len(own) < len(found):
        raise ValueError("a room's router has routes of its own only, and includes no other")
    return own


def _word(path: str) -> str:
    """`cases` of `/api/cases/{id}`."""
    parts = path.split("/", 3)
    return parts[2] if len(parts) > 2 else ""
