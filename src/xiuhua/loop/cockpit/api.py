"""The board of the day and the comparison of a period over HTTP."""

from __future__ import annotations

from datetime import date
from functools import partial
from typing import Annotated, Final

from fastapi import Query, Response

from xiuhua.loop.brief.held import Held
from xiuhua.loop.brief.kept import Kept
from xiuhua.loop.cockpit import comparison, service
from xiuhua.loop.cockpit.forms import By, CockpitOut, ComparisonOut
from xiuhua.loop.lists import export
from xiuhua.loop.lists.files_api import sent
from xiuhua.loop.scope import sight
from xiuhua.loop.service import Loop
from xiuhua.platform import personal
from xiuhua.platform.database import Tx
from xiuhua.platform.errors import Invalid
from xiuhua.platform.identity.model import Actor
from xiuhua.platform.sheets import AS_FILE, Format
from xiuhua.platform.web import Language, Reading, Router, Transaction, provided, require

router = Router(tags=["cockpit"])
REPORTS: Final = "report.read"
CASES: Final = "case.read"
TheLoop = Annotated[Loop, provided(Loop)]
TheHeld = Annotated[Held, provided(Held)]
Compares = Annotated[By, Query(description="what stands beside each other")]
First = Annotated[date, Query(description="the first day of the period", examples=["2026-03-01"])]
Last = Annotated[date, Query(description="its last day", examples=["2026-03-31"])]


@router.get("/cockpit")
def cockpit(
    actor: Annotated[Actor, require("case.read")], tx: Reading, loop: TheLoop,
    kept: Annotated[Kept, provided(Kept)],
) -> CockpitOut:  # fmt: skip
    """Today's intake, open and late cases, units' rates, hot spots; each number with the list of its records."""
    view = loop.view(tx, actor.city)
    cases = sight(view, actor, CASES)
    reports = sight(view, actor, REPORTS) if actor.may(REPORTS) else None
    make = partial(service.board, tx, view, cases, reports)
    return kept.get(("cockpit", actor.city, cases, reports), tx.now, make)


@router.get("/comparison")
def comparison_of(
    actor: Annotated[Actor, require(CASES)], tx: Reading, loop: TheLoop, held: TheHeld, first: First, last: Last,
    by: Compares = "unit",
) -> ComparisonOut:  # fmt: skip
    """What units, streets, communities or categories had to do in a period; each number with its list."""
    return _compared(tx, loop, held, actor, by, first, last)


@router.get("/comparison/export", **AS_FILE)
def export_comparison(
    actor: Annotated[Actor, require(export.EXPORT)], tx: Transaction, loop: TheLoop, held: TheHeld, language: Language,
    first: First, last: Last, by: Compares = "unit", form: Annotated[Format, Query(alias="format")] = "csv",
) -> Response:  # fmt: skip
    """The same as a file."""
    found = _compared(tx, loop, held, actor, by, first, last)
    personal.note_export(tx, actor, "export_comparison", f"{by} {first} {last}")
    return sent(form, "comparison", comparison.table(found, language))


def _compared(tx: Tx, loop: Loop, held: Held, actor: Actor, by: By, first: date, last: date) -> ComparisonOut:
    if not (date(1970, 1, 2) <= first <= last < date(9999, 1, 1)):
        raise Invalid(errors=[{"field": "last", "why": "the period ends before it begins, or is none"}])
    view = loop.view(tx, actor.city)
    return comparison.compared(tx, held, view, sight(view, actor, CASES), by, first, last)
