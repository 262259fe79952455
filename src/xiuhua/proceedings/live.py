"""What this room tells live: proceedings that changed, tasks that came to somebody's inbox or left it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from xiuhua.flow import sight, turns
from xiuhua.flow.model import State
from xiuhua.flow.surroundings import CityView
from xiuhua.platform.database import Tx
from xiuhua.platform.eventlog import Position
from xiuhua.platform.identity.model import Actor
from xiuhua.platform.live.model import Key, Told, Window
from xiuhua.proceedings import model
from xiuhua.proceedings.model import READ
from xiuhua.proceedings.service import Proceedings


class ProceedingsSource:
    """A source of `platform.live`."""

    def __init__(self, proceedings: Proceedings) -> None:
        self._proceedings = proceedings

    def keys(self, tx: Tx, city: str, actors: Sequence[Actor]) -> list[set[Key]]:
        """By area, unit and name for what changed, by post for tasks."""
        view = self._proceedings.view(tx, city)
        return [_seen(view, actor) | turns.keys_of_posts(view, actor) for actor in actors]

    def told(self, tx: Tx, window: Window) -> list[Told]:
        """One message for each that changed, however often it did, and one for whose turn it is or was."""
        moved = [one for one in window.streams if model.owns(one[0].partition("/")[0])]
        if not moved:
            return []
        before = turns.waits_before(tx, window.city, {stream: first for stream, first, _, _ in moved})
        ids: dict[str, list[str]] = {}
        for stream, *_ in moved:
            kind, _, id_ = stream.partition("/")
            ids.setdefault(kind, []).append(id_)
        docs = {kind: self._proceedings.docs(tx, window.city, kind, some) for kind, some in ids.items()}
        found: list[Told] = []
        for stream, _, _, at in moved:
            kind, _, id_ = stream.partition("/")
            if id_ in docs[kind]:
                found += _of_one(*docs[kind][id_], at, before.get(stream, ()))
        return found


def _of_one(version: int, state: State, at: Position, before: Sequence[Mapping[str, Any]]) -> list[Told]:
    scopes = state["data"].get("scopes") or ()
    now, then = turns.keys_of(state["waits"], scopes), turns.keys_of(before, scopes)
    subject = {"kind": state["subject"], "id": state["id"], "version": version}
    found = [Told(at, "changed", {**subject, "state": state["state"]}, _seers(state))]
    if now:
        found.append(Told(at, "task", {**subject, "here": True}, now))
    if then - now:
        found.append(Told(at, "task", {**subject, "here": False}, then, now))
    return found


def _seers(state: State) -> frozenset[Key]:
    """The keys of those who may read it; the same that `seeing.sees` asks for."""
    return frozenset(
        {("all", READ)}
        | {("area", READ, one) for one in state["data"].get("scopes") or ()}
        | {("unit", READ, one) for one in model.units(state)}
        | {("person", READ, one) for one in model.people(state)}
    )


def _seen(view: CityView, actor: Actor) -> set[Key]:
    found: set[Key] = {("person", READ, actor.id)}
    if actor.may(READ):
        mine = sight.sight(view, actor, READ)
        found |= {("area", READ, one) for one in mine.areas} | {("unit", READ, one) for one in mine.units}
        found |= {("all", READ)} if mine.everything else set()
    return found
