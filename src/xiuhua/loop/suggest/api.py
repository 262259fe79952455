"""Suggestions over HTTP: for a report that came in, and for one that is not sent yet."""

from __future__ import annotations

from dataclasses import replace
from typing import Annotated

from fastapi import Query

from xiuhua.loop.api import Id, ReportReader, TheLoop, TheSuggester
from xiuhua.loop.duplicates import asking
from xiuhua.loop.duplicates.api import seen, shown
from xiuhua.loop.duplicates.service import Wanted, text_of
from xiuhua.loop.faults import worded
from xiuhua.loop.placing import place_batch
from xiuhua.loop.suggest.advice import asked_of, likeliest, told
from xiuhua.loop.suggest.forms import SuggestionForm, SuggestionOut
from xiuhua.loop.suggest.service import Asked
from xiuhua.platform import personal
from xiuhua.platform.errors import Invalid
from xiuhua.platform.web import Reading, Router

router = Router(tags=["loop"])


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
def get_suggestion(
    id: Id, actor: ReportReader, tx: Reading, loop: TheLoop, suggester: TheSuggester,
    category: Annotated[str | None, Query(max_length=80, description="what would follow from this one")] = None,
) -> SuggestionOut:  # fmt: skip
    """The same for a report that came in: what its officer is proposed, with how sure it is and why."""
    view, state = seen(tx, loop, actor, "report", id)
    content = personal.get(tx, actor.city, [f"report/{id}"]).get(f"report/{id}")
    asked = asked_of(state, text_of(content))
    [found] = suggester.suggest(tx, view, [replace(asked, category=category or asked.category)])
    wanted = asking.of_report(tx, actor.city, state, likeliest(found))
    return told(view, found, shown(tx, view, actor, wanted))
