"""The queue of approvals: tasks at those places that a pack declares as an application."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from xiuhua.flow import effects
from xiuhua.flow.model import described, instance
from xiuhua.loop.service import Loop, Waiting
from xiuhua.loop.surroundings import CityView
from xiuhua.packs.procedure import State as StateSpec
from xiuhua.platform.database import Tx
from xiuhua.platform.identity.model import Actor
from xiuhua.platform.sql import queries


@dataclass(frozen=True, slots=True)
class Brake:
    """How much of something was used, and how much there may be; None: no end."""

    title: dict[str, str]
    used: Any
    most: Any


@dataclass(frozen=True, slots=True)
class Asked:
    """Who applied, and why."""

    person: str
    role: str
    at: datetime
    reason: str | None


@dataclass(frozen=True, slots=True)
class Application:
    """One application that waits for a person."""

    waiting: Waiting
    item: dict[str, Any]
    asked: Asked | None
    """None for what no event of a side track opened."""
    brakes: tuple[Brake, ...]
    track_title: dict[str, str]
    state_title: dict[str, str]


def queue(tx: Tx, loop: Loop, actor: Actor, limit: int, offset: int) -> list[Application]:
    """What waits for this person's verdict, most urgent first."""
    view = loop.view(tx, actor.city)
    found = loop.inbox(tx, actor, None, limit, offset, sorted(set(_places(view))))
    asked = _asked(tx, actor.city, found)
    work = loop.work(tx, actor.city, view)
    told = []
    for one in found:
        state, task = one.state, one.task
        procedure = work.engine(state).procedure
        track = procedure.tracks[task.track]
        spec: StateSpec = track.states[task.state]
        if spec.approval is None:  # a place of the same name in another procedure
            continue
        running = instance(state, task.track, task.n) if task.n is not None else None
        item = described(running) if running is not None else {}
        context = effects.context_of(procedure, state, int(tx.now.timestamp()), work.surroundings(state["procedure"]))
        context = context.but(item=item or None)
        brakes = tuple(
            Brake(brake.title.model_dump(), context.value(brake.used), context.value(brake.most))
            for brake in spec.approval.brakes
        )
        title = track.title or procedure.title
        key = (f"{task.kind}/{task.subject}", task.track, task.n)
        told.append(Application(one, item, asked.get(key), brakes, title.model_dump(), spec.title.model_dump()))
    return told


def _places(view: CityView) -> Iterator[str]:
    for _, procedure in view.procedures.values():
        for name, track in procedure.tracks.items():
            yield from (f"{name}.{state}" for state, spec in track.states.items() if spec.approval is not None)


def _asked(tx: Tx, city: str, found: list[Waiting]) -> dict[tuple[str, str, int | None], Asked]:
    side = [one.task for one in found if one.task.n is not None]
    if not side:
        return {}
    values = {
        "city": city, "streams": [f"{one.kind}/{one.subject}" for one in side],
        "tracks": [one.track for one in side], "ns": [one.n for one in side],
    }  # fmt: skip
    rows = tx.execute(queries("xiuhua.loop.approvals")["opened_by"], values)
    return {(row.stream, row.track, row.n): Asked(row.actor, row.role, row.at, row.reason) for row in rows}
