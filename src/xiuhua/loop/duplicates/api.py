"""Duplicates over HTTP."""

from __future__ import annotations

from xiuhua.flow.model import State
from xiuhua.loop import scope
from xiuhua.loop.api import CaseReader, Id, ReportReader, TheLoop
from xiuhua.loop.duplicates import asking, service
from xiuhua.loop.duplicates.forms import DuplicateOut
from xiuhua.loop.duplicates.model import Duplicate
from xiuhua.loop.service import Loop
from xiuhua.loop.surroundings import CityView
from xiuhua.platform.database import Tx
from xiuhua.platform.errors import NotFound
from xiuhua.platform.identity.model import Actor
from xiuhua.platform.web import Reading, Router

router = Router(tags=["loop"])


@router.get("/reports/{id}/duplicates")
def list_report_duplicates(id: Id, actor: ReportReader, tx: Reading, loop: TheLoop) -> list[DuplicateOut]:
    """Cases and reports that may be the same problem as a report, the likeliest first, with why."""
    view, state = seen(tx, loop, actor, "report", id)
    return shown(tx, view, actor, asking.of_report(tx, actor.city, state))


@router.get("/cases/{id}/duplicates")
def list_case_duplicates(id: Id, actor: CaseReader, tx: Reading, loop: TheLoop) -> list[DuplicateOut]:
    """Cases and reports that may be the same problem as a case, the likeliest first, with why."""
    view, state = seen(tx, loop, actor, "case", id)
    return shown(tx, view, actor, asking.of_case(tx, actor.city, state))


def seen(tx: Tx, loop: Loop, actor: Actor, kind: str, id_: str) -> tuple[CityView, State]:
    """A subject that this person may see, and the city; raises `NotFound`."""
    found = loop.docs(tx, actor.city, kind, [id_]).get(id_)
    if found is None:
        raise NotFound(f"there is no {kind} {id_}")
    view = loop.view(tx, actor.city)
    scope.demand(view, actor, f"{kind}.read", found[1])
    return view, found[1]


def shown(tx: Tx, view: CityView, actor: Actor, wanted: service.Wanted | None) -> list[DuplicateOut]:
    """Its duplicates; what lies elsewhere than this person's areas is near enough to be told of."""
    found: list[Duplicate] = service.find(tx, view, [wanted])[0] if wanted else []
    return [DuplicateOut.model_validate(one) for one in found]
