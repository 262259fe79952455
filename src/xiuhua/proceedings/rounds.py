"""Rounds: on each day the system begins one proceeding for every area or unit that a procedure names."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, time
from typing import Any

from xiuhua.city.units import turns
from xiuhua.flow.surroundings import CityView
from xiuhua.flow.work import Loaded
from xiuhua.packs.procedure import Procedure, Round
from xiuhua.platform import edges
from xiuhua.platform.database import Database, Tx
from xiuhua.platform.identity.model import system
from xiuhua.platform.sql import queries
from xiuhua.proceedings import model, seeing
from xiuhua.proceedings.service import Proceedings


def turn(database: Database, proceedings: Proceedings) -> int:
    """Begin the rounds that are due in any city; how many proceedings that were."""
    return turns.in_each_at_once(database, lambda tx, city: turn_of(tx, proceedings, city))


def turn_of(tx: Tx, proceedings: Proceedings, city: str) -> int:
    """The same in one city, in one transaction."""
    return len(begun_of(tx, proceedings, city))


def begun_of(tx: Tx, proceedings: Proceedings, city: str) -> list[Loaded]:
    """The rounds of one city that are due, begun now: their proceedings. A day on which no worker ran has no round."""
    view = proceedings.view(tx, city)
    local, known = tx.now.astimezone(view.zone), model.of_room(view.procedures)
    begun: list[Loaded] = []

    def one(name: str) -> int:
        round_ = known[name].round
        if round_ is None or local.time() < time.fromisoformat(round_.at) or not is_day_of(round_, view.day):
            return 0
        found = _begin(tx, proceedings, view, name, known[name], round_)
        begun.extend(found)
        return len(found)

    edges.each_within(tx, known, one, "round of")
    return begun


def is_day_of(round_: Round, day: date) -> bool:
    """Whether a round begins on a day."""
    if round_.every == "day":
        return True
    return day.isoweekday() == round_.on if round_.every == "week" else day.day == round_.on


def _begin(
    tx: Tx, proceedings: Proceedings, view: CityView, name: str, procedure: Procedure, round_: Round
) -> list[Loaded]:
    held = list(_held(view, procedure, round_))
    asked = {"city": view.city, "procedure": name, "day": view.day, "begun": len(held)}
    if not held or tx.execute(queries("xiuhua.proceedings")["begin_round"], asked).fetchone() is None:
        return []
    work = proceedings.work(tx, view.city, view)
    action = round_.action or model.beginning(procedure)
    begun = proceedings.begin_alike(work, system(view.city), name, action, held)
    work.flush()
    return begun


def _held(view: CityView, procedure: Procedure, round_: Round) -> Iterator[dict[str, Any]]:
    """What each of a round holds at its start: day, area or unit, and who is to answer."""
    day = view.day.isoformat()
    start = int(datetime.combine(view.day, time(), view.zone).timestamp())
    if round_.per == "unit":
        for code, unit in sorted(view.directory.units.items()):
            if round_.to is None or view.directory.holders(round_.to, (), code):
                scopes = seeing.whole_city(view)
                yield {"day": day, "day_start": start, "unit": code, "title": f"{unit.name} {day}", "scopes": scopes}
        return
    for area in view.areas.areas(round_.per):
        scopes = list(view.areas.around(area.code))
        data: dict[str, Any] = {"day": day, "day_start": start, "area": area.code, "scopes": scopes}
        data["title"] = f"{area.name} {day}"
        if round_.to is not None and "person" in procedure.data:
            data["person"] = next(iter(view.directory.holders(round_.to, (area.code,))), None)
        yield data
