"""Suggestions over HTTP: for a report that came in, and for one that is not sent yet."""

from __future__ import annotations

from typing import Annotated

from xiuhua.flow.model import State
from xiuhua.loop.api import Id, ReportReader, TheLoop
from xiuhua.loop.duplicates import asking
from xiuhua.loop.duplicates.api import seen, shown
from xiuhua.loop.duplicates.forms import DuplicateOut
from xiuhua.loop.duplicates.service import Wanted, text_of
from xiuhua.loop.faults import worded
from xiuhua.loop.placing import Placed, place_batch
from xiuhua.loop.suggest.forms import SuggestionForm, SuggestionOut
from xiuhua.loop.suggest.result import Suggestion
from xiuhua.loop.suggest.service import Asked, Suggester
from xiuhua.loop.surroundings import CityView
from xiuhua.platform import personal
from xiuhua.platform.errors import Invalid
from xiuhua.platform.web import Reading, Router, provided

router = Router(tags=["loop"])
TheSuggester = Annotated[Suggester, provided(Suggester)]


@router.post("/suggestions")
def suggest(
    body: SuggestionForm, actor: ReportReader, tx: Reading, loop: TheLoop, suggester: TheSuggester
) -> SuggestionOut:
    """Category, filing condition, unit, deadline, urgency and likely duplicates of something not sent in yet."""
    view = loop.view(tx, actor.city)
    words = body.words()
    around = f"{body.place.words}\n{words}" if body.place and body.place.words else words
    [placed] = place_batch(view, [body.place_in()], [around])
    if placed.fault:
        raise Invalid(errors=[{"field": "place", "why": worded(placed.fault, **placed.fault_with)}])
    [found] = suggester.suggest(tx, view, [Asked(words, placed, body.source, body.category)])
    wanted, place = None, placed.place
    if place is not None:
        category = body.category or likeliest(found)
        wanted = Wanted(place["lon"], place["lat"], tx.now, words, category)
    return told(view, found, shown(tx, view, actor, wanted))


@router.get("/reports/{id}/suggestion")
def get_suggestion(id: Id, actor: ReportReader, tx: Reading, loop: TheLoop, suggester: TheSuggester) -> SuggestionOut:
    """The same for a report that came in: what its officer is proposed, with how sure it is and why."""
    view, state = seen(tx, loop, actor, "report", id)
    content = personal.get(tx, actor.city, [f"report/{id}"]).get(f"report/{id}")
    [found] = suggester.suggest(tx, view, [asked_of(state, text_of(content))])
    wanted = asking.of_report(tx, actor.city, state, likeliest(found))
    return told(view, found, shown(tx, view, actor, wanted))


def asked_of(state: State, text: str) -> Asked:
    """What is asked for a report as it stands."""
    data = state["data"]
    placed = Placed(
        data["place"], tuple(data["scopes"]), data["unit_grid"], data["place_extra"], data["place_confidence"] or 100
    )
    return Asked(text, placed, data["source"], data["category"])


def likeliest(found: Suggestion) -> str | None:
    """The category that duplicates are compared by: only one that is more likely than not."""
    best = found.categories[0] if found.categories else None
    return best.category if best is not None and best.confidence >= 0.5 else None


def told(view: CityView, found: Suggestion, duplicates: list[DuplicateOut]) -> SuggestionOut:
    """As it goes out, with the names of categories and unit."""
    out = SuggestionOut.model_validate(found)
    out.duplicates = duplicates
    for one in out.categories:
        category = view.catalogue.get(one.category)
        if category is not None:
            one.name, one.name_en = category.name, category.name_en
    if out.unit is not None and out.unit.unit in view.directory.units:
        out.unit.name = view.directory.units[out.unit.unit].name
    return out
