"""What the loop tells live: reports and cases that changed, tasks that came to somebody's inbox or left it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from xiuhua.flow.model import State
from xiuhua.loop import scope
from xiuhua.loop.service import Loop, stands_in_for
from xiuhua.loop.surroundings import CityView
from xiuhua.platform.database import Tx
from xiuhua.platform.eventlog import Position
from xiuhua.platform.identity.model import Actor
from xiuhua.platform.live.model import Key, Told, Window
from xiuhua.platform.sql import queries

_READ: Final = {"case": "case.read", "report": "report.read"}


class LoopSource:
    """A source of `platform.live`: four queries for a stretch of the log, whoever listens."""

    def __init__(self, loop: Loop) -> None:
        self._loop = loop

    def keys(self, tx: Tx, city: str, actors: Sequence[Actor]) -> list[set[Key]]:
        """By scope for what changed, by post for tasks."""
        view = self._loop.view(tx, city)
        return [_seen(view, actor) | _posts(view, actor) for actor in actors]

    def told(self, tx: Tx, window: Window) -> list[Told]:
        """One message for each subject that changed, however often it did, and one for whose turn it is or was."""
        moved = [one for one in window.streams if one[0].partition("/")[0] in _READ]
        if not moved:
            return []
        before = self._waits_before(tx, window.city, {stream: first for stream, first, _, _ in moved})
        places = {stream: at for stream, _, _, at in moved}
        found: list[Told] = []
        for kind in _READ:
            ids = [stream.partition("/")[2] for stream in places if stream.startswith(f"{kind}/")]
            docs = self._loop.docs(tx, window.city, kind, ids) if ids else {}
            for id_, (version, state) in docs.items():
                stream = f"{kind}/{id_}"
                found += _of_subject(kind, version, state, places[stream], before.get(stream, ()))
        return found

    def _waits_before(self, tx: Tx, city: str, first: Mapping[str, int]) -> dict[str, list[dict[str, Any]]]:
        """Whose turn it was before the stretch began."""
        rows = tx.execute(
            queries("xiuhua.loop")["waits_before"],
            {"city": city, "streams": list(first), "versions": list(first.values())},
        )
        return {row.stream: row.waits for row in rows}


def _of_subject(
    kind: str, version: int, state: State, at: Position, before: Sequence[Mapping[str, Any]]
) -> list[Told]:  # fmt: skip
    data = state["data"]
    scopes = data.get("scopes") or ()
    now, then = _turns(state["waits"], scopes), _turns(before, scopes)
    subject = {"kind": kind, "id": state["id"], "version": version}
    found = [Told(at, "changed", {**subject, "state": state["state"]}, _seers(kind, data))]
    if now:
        found.append(Told(at, "task", {**subject, "here": True}, now))
    if then - now:
        found.append(Told(at, "task", {**subject, "here": False}, then, now))
    return found


def _seers(kind: str, data: Mapping[str, Any]) -> frozenset[Key]:
    """The keys of those who may read a subject; the same that `scope.sees` asks for."""
    may = _READ[kind]
    units = {data.get("unit"), data.get("squad"), *(data.get("helpers") or ())}
    units |= {leg["unit"] for leg in data.get("legs") or ()}
    people = {data.get("checker"), data.get("verifier")}
    return frozenset(
        {("all", may)}
        | {("area", may, one) for one in data.get("scopes") or ()}
        | {("unit", may, one) for one in units if one}
        | {("person", may, one) for one in people if one}
    )


def _seen(view: CityView, actor: Actor) -> set[Key]:
    found: set[Key] = set()
    for may in _READ.values():
        if actor.may(may):
            sight = scope.sight(view, actor, may)
            found.add(("person", may, actor.id))
            found |= {("area", may, one) for one in sight.areas} | {("unit", may, one) for one in sight.units}
            found |= {("all", may)} if sight.everything else set()
    return found


def _turns(waits: Sequence[Mapping[str, Any]], scopes: Sequence[str]) -> frozenset[Key]:
    """The keys of those in whose inbox a subject stands; the same that the query `inbox` asks for."""
    found: set[Key] = set()
    for one in waits:
        role = one["role"]
        if one.get("person"):
            found.add(("turn", role, one["person"]))
        elif one.get("unit"):
            found.add(("desk", role, one["unit"]))
        else:
            found |= {("post", role), *(("post", role, area) for area in scopes)}
    return frozenset(found)


def _posts(view: CityView, actor: Actor) -> set[Key]:
    stands_in = stands_in_for(view, actor)
    found: set[Key] = {("turn", role, actor.id) for role in actor.roles()}
    for post in actor.posts:
        found.add(("post", post.role) if post.area is None else ("post", post.role, post.area))
        if post.unit is not None:
            found |= {("desk", post.role, unit) for unit in (post.unit, *stands_in.get(post.unit, ()))}
    return found
