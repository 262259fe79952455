"""Documents by filter, a page at a time; bound values only."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from xiuhua.documents import model
from xiuhua.documents.service import writes
from xiuhua.platform.database import Tx
from xiuhua.platform.errors import Invalid
from xiuhua.platform.identity.model import Actor
from xiuhua.platform.sql import queries


@dataclass(frozen=True, slots=True)
class DocumentFilter:
    """What documents must be, all of it together."""

    kind: str | None = None
    state: tuple[str, ...] = ()
    """Any of these."""
    year: int | None = None
    """Of their number, or of their first day where numbers go on for ever."""
    q: str | None = None
    """Part of the title or number, two signs or more."""
    in_force_on: date | None = None
    waits: bool = False
    """Waiting for the approval of whoever asks; nobody approves what they wrote."""


def page(tx: Tx, actor: Actor, wanted: DocumentFilter, after: tuple[datetime, str] | None, limit: int) -> list[Any]:
    """Rows, the last changed first. Raises `Invalid` for a filter that is none."""
    conditions, values = _seen(actor)
    values |= {"limit": limit}

    def and_(name: str, **given: Any) -> None:
        conditions.append(_sql()[name])
        values.update(given)

    if after is not None:
        and_("after", after_at=after[0], after_id=after[1])
    if wanted.kind is not None:
        and_("kind", kind=wanted.kind)
    if wanted.state:
        and_("state", state=list(wanted.state))
    if wanted.year is not None:
        and_("year", year=wanted.year)
    if wanted.in_force_on is not None:
        and_("in_force_on", in_force_on=wanted.in_force_on)
    if wanted.waits:
        and_("waits_for", waits_for=sorted(actor.roles()), me=actor.id)
    if wanted.q is not None:
        found = model.facets([wanted.q])
        if not found:
            raise Invalid(errors=[{"field": "q", "why": "has fewer than two signs"}])
        and_("named", facets=found, text=wanted.q.strip().lower())
    return tx.execute(_sql()["page"].format(conditions=" ".join(conditions)), values).fetchall()


def counts(tx: Tx, actor: Actor) -> dict[str, dict[str, int]]:
    """How many documents of each kind there are by state, of those that a person sees."""
    conditions, values = _seen(actor)
    found: dict[str, dict[str, int]] = {}
    for row in tx.execute(_sql()["counts"].format(conditions=" ".join(conditions)), values):
        found.setdefault(row.kind, {})[row.state] = row.n
    return found


def _seen(actor: Actor) -> tuple[list[str], dict[str, Any]]:
    return ([] if writes(actor) else [_sql()["seen"]]), {"city": actor.city}


def _sql() -> dict[str, str]:
    return queries("xiuhua.documents")
