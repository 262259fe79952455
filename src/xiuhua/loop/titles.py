"""What codes of cases and reports are called."""

from __future__ import annotations

from typing import Final

from xiuhua.flow import titles
from xiuhua.flow.surroundings import CityView
from xiuhua.flow.titles import Title, TitlesOut, light_of
from xiuhua.packs.procedure import Procedure

__all__ = ["PROCEDURES", "Title", "TitlesOut", "light_of", "procedure_of", "titles_of"]

PROCEDURES: Final = {"case": "city_case", "report": "report"}
"""The procedure of each kind of subject."""


def procedure_of(view: CityView, kind: str) -> Procedure | None:
    """The procedure in force for a kind; None where no pack declares it."""
    return titles.procedure_of(view, PROCEDURES[kind])


def titles_of(
    view: CityView, kind: str, state: str, category: str | None, unit: str | None = None, track: str = "main"
) -> TitlesOut:
    """Names as of now; a state that the procedure no longer has is told by its code."""
    return titles.titles_of(view, PROCEDURES[kind], state, category, unit, track)
