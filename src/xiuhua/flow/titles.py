"""What codes are called: states, categories, units of a row in both languages, so that no screen asks row by row."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal

from pydantic import BaseModel, Field

from xiuhua.flow import clocks
from xiuhua.flow.clock_run import ClockRun
from xiuhua.flow.surroundings import CityView
from xiuhua.packs.procedure import Procedure

Title = dict[str, str]


class TitlesOut(BaseModel):
    """Names of the codes of one row."""

    state: Title = Field(examples=[{"zh": "待派遣", "en": "To be dispatched"}])
    category: Title | None = None
    unit: Title | None = None


def procedure_of(view: CityView, name: str) -> Procedure | None:
    """The procedure in force by its name; None where no pack declares it."""
    found = view.procedures.get(name)
    return found[1] if found else None


def titles_of(
    view: CityView, name: str, state: str, category: str | None, unit: str | None = None, track: str = "main"
) -> TitlesOut:
    """Names as of now, by the name of the procedure; a state that it no longer has is told by its code."""
    procedure = procedure_of(view, name)
    states = procedure.tracks[track].states if procedure and track in procedure.tracks else {}
    title = states[state].title.model_dump() if state in states else {"zh": state, "en": state}
    known = view.catalogue.get(category) if category else None
    named = view.directory.units.get(unit) if unit else None
    return TitlesOut(
        state=title,
        category=_both(known.name, known.name_en) if known else None,
        unit=_both(named.name, named.name_en) if named else None,
    )


def light_of(
    view: CityView, state: Mapping[str, Any], due: int | None, now: int
) -> Literal["green", "yellow", "red"] | None:
    """How the clock stands by which something is due; None where no clock of the subject says that moment."""
    for kept in state["clocks"].values():
        run = ClockRun.from_json(kept)
        if run.due == due and run.state_at(now) == "running":
            return clocks.light(run, view.calendars.of(run.calendar), now)
    return None


def _both(zh: str, en: str) -> Title:
    return {"zh": zh, "en": en or zh}
