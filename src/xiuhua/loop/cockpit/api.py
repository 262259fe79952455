"""The board of the day over HTTP."""

from __future__ import annotations

from functools import partial
from typing import Annotated, Final

from xiuhua.loop.brief.kept import Kept
from xiuhua.loop.cockpit import service
from xiuhua.loop.cockpit.forms import CockpitOut
from xiuhua.loop.scope import sight
from xiuhua.loop.service import Loop
from xiuhua.platform.identity.model import Actor
from xiuhua.platform.web import Reading, Router, provided, require

router = Router(tags=["cockpit"])
REPORTS: Final = "report.read"
CASES: Final = "case.read"


@router.get("/cockpit")
def cockpit(
    actor: Annotated[Actor, require("case.read")], tx: Reading, loop: Annotated[Loop, provided(Loop)],
    kept: Annotated[Kept, provided(Kept)],
) -> CockpitOut:  # fmt: skip
    """Today's intake, open and late cases, units' rates, hot spots; each number with the list of its records."""
    view = loop.view(tx, actor.city)
    cases = sight(view, actor, CASES)
    reports = sight(view, actor, REPORTS) if actor.may(REPORTS) else None
    make = partial(service.board, tx, view, cases, reports)
    return kept.get(("cockpit", actor.city, cases, reports), tx.now, make)
