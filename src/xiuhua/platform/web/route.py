"""The route: an endpoint, who asks, the transaction and the answer's bytes, all in one thread.

FastAPI would take a hop between threads for each dependency that opens or closes something, and would send
the answer before, or serialise it after, the commit. Here one hop does all, and nothing is sent before the
commit has succeeded.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Coroutine, Iterable
from functools import wraps
from http import HTTPStatus
from json import JSONDecodeError
from threading import RLock
from typing import Any, Final

from fastapi import APIRouter, HTTPException, Request, Response
from fastapi.params import Depends
from fastapi.routing import APIRoute
from pydantic import TypeAdapter
from pydantic_core import from_json
from starlette.datastructures import URL
from starlette.routing import BaseRoute

from xiuhua.platform import errors
from xiuhua.platform.web import work
from xiuhua.platform.web.dependencies import Requirement, current_actor, unsettled_actor
from xiuhua.platform.web.paging import Page
from xiuhua.platform.web.quick import NUL, Quick
from xiuhua.platform.web.reply import Reply, shown_once
from xiuhua.platform.web.together import Desk, how

Endpoint = Callable[..., Any]
_KEY_PARAMETER: Final = {
    "name": "Idempotency-Key",
    "in": "header",
    "required": False,
    "schema": {"type": "string", "minLength": 8, "maxLength": 200},
    "description": "A key of the client's own; a repeated request with it changes nothing and is answered as "
    "the first was, with `Idempotent-Replayed: true`.",
}


class Router(APIRouter):
    """A room's router: `router = Router(prefix="/reports", tags=["reports"])` answers under `/api/reports`.

    The endpoints' names are the operations' ids: each is the only one of its name in the whole API.

    Routes are made when they are first asked for, since reading an endpoint's signature takes 3 ms: a server with
    hundreds of operations would start a second later for it.
    """

    def __init__(self, *, prefix: str = "", **options: Any) -> None:
        """Takes what `APIRouter` takes."""
        self.operations: list[tuple[str, str]] = []
        """Name and whole path of each operation, in order."""
        self._waiting: list[tuple[str, Endpoint, dict[str, Any]]] = []
        self._made: list[BaseRoute] = []
        self._making = RLock()
        super().__init__(
            prefix=f"/api{prefix}", route_class=Route, generate_unique_id_function=_operation_id, **options
        )

    def add_api_route(self, path: str, endpoint: Endpoint, **options: Any) -> None:
        """Remember an operation; takes what `APIRouter.add_api_route` takes."""
        self.operations.append((options.get("name") or endpoint.__name__, self.prefix + path))
        self._waiting.append((path, endpoint, options))

    @property
    def routes(self) -> list[BaseRoute]:
        """All routes, now made."""
        with self._making:
            # FastAPI asks for this very list to put a route into it: those that wait must be out of its way by then,
            # or each would go in behind the next, and `/units/{code}` would answer for `/units/tree`.
            waiting, self._waiting = self._waiting, []
            for path, endpoint, options in waiting:
                super().add_api_route(path, endpoint, **options)
        return self._made

    @routes.setter
    def routes(self, routes: list[BaseRoute]) -> None:
        self._made = routes


class Route(APIRoute):
    """A route whose endpoint runs in one transaction; made by `Router`."""

    quick: Quick | None = None
    """The short way to it, where requests are carried out together."""

    def __init__(self, path: str, endpoint: Endpoint, **options: Any) -> None:
        """Async endpoints are left as they are: they can ask for no transaction."""
        if not inspect.iscoroutinefunction(endpoint):
            status = options.get("status_code") or HTTPStatus.OK
            options["openapi_extra"] = _described(endpoint, options) | (options.get("openapi_extra") or {})
            endpoint, self.quick = _in_one_transaction(endpoint, int(status))
        super().__init__(path, endpoint, **options)

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        """FastAPI's way of a request, with bodies read as the short way reads them."""
        handle = super().get_route_handler()

        async def handler(request: Request) -> Response:
            return await handle(_Read(request.scope, request.receive))

        return handler


class _Read(Request):
    """A request whose JSON is read as RFC 8259 has it: a text with half a letter (a lone surrogate) is none."""

    async def json(self) -> Any:
        """The body. Raises `JSONDecodeError`."""
        if not hasattr(self, "_json"):
            body = await self.body()
            try:
                self._json = from_json(body)
            except ValueError as error:
                raise JSONDecodeError(str(error), "", 0) from error
            if NUL in body and (place := _nul(self._json)) is not None:
                fault = {"field": place, "in": "body", "reason": "nul", "why": "holds what no text may hold"}
                raise HTTPException(422, errors.Invalid(errors=[fault]))
        return self._json


def _nul(value: Any) -> str | None:
    """Where in what was read a text holds U+0000, which the database can keep in JSON and then not look into."""
    if isinstance(value, str):
        return "" if "\x00" in value else None
    parts: Iterable[tuple[Any, Any]] = ()
    if isinstance(value, dict):
        parts = value.items()
    elif isinstance(value, list):
        parts = enumerate(value)
    for name, one in parts:
        found = "" if isinstance(name, str) and "\x00" in name else _nul(one)
        if found is not None:
            return f"{name}.{found}".rstrip(".")
    return None


def _operation_id(route: APIRoute) -> str:
    return route.name


def _in_one_transaction(endpoint: Endpoint, status: int) -> tuple[Endpoint, Quick | None]:
    returned = inspect.signature(endpoint, eval_str=True).return_annotation
    to_json = _serialiser(returned)

    def render(result: Any, reply: Reply | None, url: URL) -> Response:
        return _render(result, reply, url, status, to_json)

    @wraps(endpoint)
    def run(**values: Any) -> Response:
        return work.do(endpoint, values, render)

    carry_out = how(endpoint)
    if carry_out is None:
        return run, None

    @wraps(endpoint)
    async def run_together(request: Request, **values: Any) -> Response:
        desk: Desk = request.app.state.desk
        return await desk.answer(carry_out, endpoint, values, render)

    return _asking_for_request(run_together, endpoint), Quick(endpoint, carry_out, render)


def _asking_for_request(run: Endpoint, endpoint: Endpoint) -> Endpoint:
    """With the request as a parameter besides the endpoint's own, as FastAPI reads signatures."""
    told = inspect.signature(endpoint, eval_str=True)
    request = inspect.Parameter("request", inspect.Parameter.KEYWORD_ONLY, annotation=Request)
    run.__signature__ = told.replace(parameters=[*told.parameters.values(), request])  # type: ignore[attr-defined]
    return run


def _serialiser(annotation: Any) -> Callable[[Any], bytes]:
    if annotation in (None, inspect.Signature.empty) or (
        inspect.isclass(annotation) and issubclass(annotation, Response)
    ):
        return lambda _: b""
    adapter = TypeAdapter[Any](annotation)
    return lambda result: adapter.dump_json(result, by_alias=True)


def _render(result: Any, reply: Reply | None, url: URL, status: int, to_json: Callable[[Any], bytes]) -> Response:
    if isinstance(result, Response):
        response = result
    elif result is None:
        response = Response(status_code=status)
    else:
        response = Response(to_json(result), status, media_type="application/json")
        if isinstance(result, Page) and result.next is not None:
            following = url.include_query_params(cursor=result.next)
            response.headers["Link"] = f'<{following.path}?{following.query}>; rel="next"'
    if reply is not None:
        if reply.status is not None:
            response.status_code = reply.status
        response.headers.update(reply.headers)
        for cookie in reply.cookies:
            response.headers.append("Set-Cookie", cookie)
    return response


def _described(endpoint: Endpoint, options: dict[str, Any]) -> dict[str, Any]:
    """What OpenAPI says beside parameters and bodies: sign-in, permission, idempotency key."""
    extra: dict[str, Any] = {}
    calls = [
        one.dependency
        for parameter in inspect.signature(endpoint, eval_str=True).parameters.values()
        for one in getattr(parameter.annotation, "__metadata__", ())
        if isinstance(one, Depends)
    ]
    permission = next((call.permission for call in calls if isinstance(call, Requirement)), None)
    if permission is not None:
        extra["x-permission"] = permission
    if permission is not None or current_actor in calls or unsettled_actor in calls:
        extra["security"] = [{"session": []}, {"token": []}]
        if "POST" in (options.get("methods") or ()) and not (shown_once in calls or permission in work.SHOWN_ONCE):
            extra["parameters"] = [_KEY_PARAMETER]
    return extra
