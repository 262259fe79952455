"""What the loop tells live: reports and cases that changed, tasks that came to somebody's inbox or left it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from xiuhua.flow import turns
from xiuhua.flow.model import State
from xiuhua.flow.surroundings import CityView
from xiuhua.loop import scope
from xiuhua.loop.service import Loop
from xiuhua.platform.database import Tx
from xiuhua.platform.eventlog import Position
from xiuhua.platform.identity.model import Actor
from xiuhua.platform.live.model import Key, Told, Window

_READ: Final = {"case": "case.read", "report": "report.read"}


class LoopSource:
    """A source of `platform.live`: four queries for a stretch of the log, whoever listens."""

    def __init__(self, loop: Loop) -> None:
        self._loop = loop

    def keys(self, tx: Tx, city: str, actors: Sequence[Actor]) -> list[set[Key]]:
        """By scope for what changed, by post for tasks."""
        view = self._loop.view(tx, city)
        return [_seen(view, actor) | turns.keys_of_posts(view, actor) for actor in actors]

    def told(self, tx: Tx, window: Window) -> list[Told]:
        """One message for each subject that changed, however often it did, and one for whose turn it is or was."""
        moved = [one for one in window.streams if one[0].partition("/")[0] in _READ]
        if not moved:
            return []
        before = turns.waits_before(tx, window.city, {stream: first for stream, first, _, _ in moved})
        places = {stream: at for stream, _, _, at in moved}
        found: list[Told] = []
        for kind in _READ:
            ids = [stream.partition("/")[2] for stream in places if stream.startswith(f"{kind}/")]
            docs = self._loop.docs(tx, window.city, kind, ids) if ids else {}
            for id_, (version, state) in docs.items():
                stream = f"{kind}/{id_}"
                found += _of_subject(kind, version, state, places[stream], before.get(stream, ()))
        return found


def _of_subject(
    kind: str, version: int, state: State, at: Position, before: Sequence[Mapping[str, Any]]
) -> list[Told]:  # fmt: skip
    data = state["data"]
    scopes = data.get("scopes") or ()
    now, then = turns.keys_of(state["waits"], scopes), turns.keys_of(before, scopes)
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
