"""Proceedings by filter, a page at a time; bound values only."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any, Literal

from xiuhua.flow import sight
from xiuhua.flow.surroundings import CityView
from xiuhua.platform.database import Tx
from xiuhua.platform.identity.model import Actor
from xiuhua.platform.sql import queries
from xiuhua.proceedings.model import READ
from xiuhua.proceedings.service import Thing

Sort = Literal["newest", "due"]


@dataclass(frozen=True, slots=True)
class Wanted:
    """What proceedings must be, all of it together."""

    procedure: tuple[str, ...] = ()
    state: tuple[str, ...] = ()
    """Any of these."""
    whose: Literal["mine", "unit"] | None = None
    """Naming or waiting for whoever asks; of the units of their posts and those below."""
    unit: str | None = None
    area: str | None = None
    person: str | None = None
    about: tuple[Thing, ...] = ()
    """About any of these."""
    parent: str | None = None
    top: bool = False
    """Children of none."""
    day: date | None = None
    due_before: datetime | None = None
    due_within: Literal["day", "week"] | None = None
    """Due before the end of today, or of Sunday, on the city's own clock."""
    going: Literal["open", "closed"] | None = None
    late: bool = False
    q: str | None = None
    """Part of its title or number."""


def page(
    tx: Tx, view: CityView, actor: Actor, wanted: Wanted, sort: Sort, after: tuple[datetime, str] | None, limit: int
) -> list[Any]:
    """Rows that a person may see, the newest or what is due first; what has no due moment comes last."""
    conditions, values = _conditions(tx, view, actor, wanted)
    if after is not None:
        conditions.append(_sql()["after_due" if sort == "due" else "after_opened"])
        values |= {"after_at": "infinity" if after[0] == _NEVER and sort == "due" else after[0], "after_id": after[1]}
    order = _sql()["due_first" if sort == "due" else "newest_first"]
    query = _sql()["page"].format(conditions=" ".join(conditions), order=order)
    return tx.execute(query, values | {"limit": limit}).fetchall()


_NEVER = datetime.fromisoformat("9999-01-01T00:00:00+00:00")


def place_of(row: Any, sort: Sort) -> tuple[datetime, str]:
    """Where a row stands in a list, for what comes after it."""
    return (row.opened_at if sort == "newest" else row.due or _NEVER, row.id)


def counts(tx: Tx, view: CityView, actor: Actor, wanted: Wanted) -> list[Any]:
    """How many a person may see, by procedure and state; how many of them are late."""
    conditions, values = _conditions(tx, view, actor, wanted)
    return tx.execute(_sql()["counts"].format(conditions=" ".join(conditions)), values).fetchall()


def round_of(tx: Tx, view: CityView, actor: Actor, procedure: str, day: date) -> list[Any]:
    """The round of a day as far as a person sees it."""
    values: dict[str, Any] = {"city": actor.city, "procedure": procedure, "day": day}
    conditions: list[str] = []
    _demand_sight(view, actor, conditions, values)
    return tx.execute(_sql()["round"].format(conditions=" ".join(conditions)), values).fetchall()


def _conditions(tx: Tx, view: CityView, actor: Actor, wanted: Wanted) -> tuple[list[str], dict[str, Any]]:
    values: dict[str, Any] = {"city": actor.city, "now": tx.now}
    conditions: list[str] = []

    def and_(name: str, **given: Any) -> None:
        conditions.append(_sql()[name])
        values.update(given)

    _demand_sight(view, actor, conditions, values)
    if wanted.procedure:
        and_("procedure", procedures=list(wanted.procedure))
    if wanted.state:
        and_("state", states=list(wanted.state))
    if wanted.whose == "mine":
        and_("of_person", person=actor.id)
    elif wanted.person is not None:
        and_("of_person", person=wanted.person)
    if wanted.whose == "unit":
        and_("of_units", of_units=_units(view, actor))
    elif wanted.unit is not None:
        and_("of_units", of_units=[wanted.unit])
    if wanted.area is not None:
        and_("of_area", area=wanted.area)
    if wanted.about:
        and_("about", about_kinds=[one.kind for one in wanted.about], about_ids=[one.id for one in wanted.about])
    if wanted.parent is not None:
        and_("parent", parent=wanted.parent)
    if wanted.day is not None:
        and_("day", day=wanted.day)
    if wanted.due_before is not None:
        and_("due_before", due_before=wanted.due_before)
    if wanted.due_within is not None:
        days = 1 if wanted.due_within == "day" else 7 - view.day.weekday()
        and_("due_within", due_end=datetime.combine(view.day + timedelta(days=days), time(), view.zone))
    if wanted.q is not None:
        and_("text", text=wanted.q.strip().lower())
    if wanted.going is not None:
        and_(wanted.going)
    for name, asked in (("late", wanted.late), ("top", wanted.top)):
        if asked:
            and_(name)
    return conditions, values


def _demand_sight(view: CityView, actor: Actor, conditions: list[str], values: dict[str, Any]) -> None:
    seen = sight.sight(view, actor, READ)
    if not seen.everything:
        conditions.append(_sql()["seen"])
        values.update(areas=list(seen.areas), mine=list(seen.units), who=actor.id)


def _units(view: CityView, actor: Actor) -> list[str]:
    mine = [post.unit for post in actor.posts if post.unit is not None and post.city == actor.city]
    return sorted({below for unit in mine for below in view.directory.descendants(unit)})


def _sql() -> dict[str, str]:
    return queries("xiuhua.proceedings")
