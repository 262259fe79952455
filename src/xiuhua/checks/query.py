"""Inspections by filter, a page at a time; bound values only."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from xiuhua.checks.sight import Sight
from xiuhua.platform.database import Tx
from xiuhua.platform.sql import queries

Turn = Literal["rectify", "recheck"]


@dataclass(frozen=True, slots=True)
class InspectionFilter:
    """What inspections must be, all of it together."""

    checklist: str | None = None
    state: tuple[str, ...] = ()
    """Any of these."""
    unit: str | None = None
    area: str | None = None
    round: str | None = None
    party: str | None = None
    thing: str | None = None
    inspector: str | None = None
    band: str | None = None
    list: str | None = None
    """red, black"""
    since: datetime | None = None
    until: datetime | None = None
    waits: bool = False
    """Something is to be put right, or to be looked at again."""
    late: bool = False
    q: str | None = None
    """Part of what the thing is called."""
    turn: Turn | None = None
    """Something is to be put right by whoever asks, or to be looked at again."""


_PLAIN = {
    "checklist": "of_checklist", "unit": "of_unit", "area": "in_area", "round": "of_round", "party": "of_party",
    "thing": "of_thing", "inspector": "by_inspector", "band": "in_band", "list": "on_list", "since": "since",
    "until": "until",
}  # fmt: skip


def page(
    tx: Tx, city: str, me: str, wanted: InspectionFilter, mine: Sight, after: tuple[datetime, str] | None, limit: int
) -> list[Any]:
    """Rows, the latest first."""
    conditions: list[str] = []
    values: dict[str, Any] = {"city": city, "limit": limit}

    def and_(name: str, **given: Any) -> None:
        conditions.append(_sql()[name])
        values.update(given)

    if after is not None:
        and_("after", after_at=after[0], after=after[1])
    if (seen := mine.narrowed()) is not None:
        and_("seen", areas=seen[0], units=seen[1], me=me)
    for name, query in _PLAIN.items():
        if (value := getattr(wanted, name)) is not None:
            and_(query, **{name: value})
    if wanted.state:
        and_("in_state", state=list(wanted.state))
    if wanted.waits:
        and_("waits")
    if wanted.late:
        and_("is_late", now=tx.now)
    if wanted.turn == "rectify":
        pairs = mine.puts_right()
        and_("to_rectify", turn_areas=[area for area, _ in pairs], turn_units=[unit for _, unit in pairs])
    elif wanted.turn == "recheck":
        own = mine.own()
        and_("to_recheck", makes=own is not None, own=own or [])
    if wanted.q is not None:
        and_("named", text=wanted.q.strip().lower())
    return tx.execute(_sql()["page"].format(conditions=" ".join(conditions)), values).fetchall()


def _sql() -> dict[str, str]:
    return queries("xiuhua.checks")
