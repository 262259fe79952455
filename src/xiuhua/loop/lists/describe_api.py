"""What a list consists of: the words a screen needs to draw its columns and filters without knowing a procedure."""

from __future__ import annotations

from typing import Annotated

from pydantic import BaseModel, Field

from xiuhua.loop.lists.model import Kind
from xiuhua.loop.model import SOURCES
from xiuhua.loop.service import Loop
from xiuhua.loop.titles import Title, procedure_of
from xiuhua.platform.web import CurrentActor, Reading, Router, provided

router = Router(prefix="/lists", tags=["lists"])
_UNSEARCHED = frozenset({"long_text", "photo", "file", "place", "geometry", "computed"})


class WordOut(BaseModel):
    """A code and what it is called."""

    name: str = Field(examples=["filed"])
    title: Title = Field(examples=[{"zh": "待派遣", "en": "To be dispatched"}])


class StateOut(WordOut):
    """A state of the main track, in the usual order."""

    final: bool


class FieldOut(WordOut):
    """What the procedure declares and the filter `field` takes."""

    type: str = Field(examples=["choice"])
    values: list[WordOut] = Field(default=[], description="of a choice")


class ListOut(BaseModel):
    """The words of a list."""

    kind: Kind
    states: list[StateOut]
    outcomes: list[str] = Field(description="of reports: what can come of one")
    sources: list[str] = Field(examples=[["collector", "public"]])
    actions: list[WordOut]
    clocks: list[WordOut]
    fields: list[FieldOut]


@router.get("/{kind}")
def describe_list(kind: Kind, actor: CurrentActor, tx: Reading, loop: Annotated[Loop, provided(Loop)]) -> ListOut:
    """States, actions, clocks and fields of reports or cases with their titles, by the procedure in force."""
    found = procedure_of(loop.view(tx, actor.city), kind)
    if found is None:
        return ListOut(kind=kind, states=[], outcomes=[], sources=list(SOURCES), actions=[], clocks=[], fields=[])
    states = found.tracks["main"].states
    return ListOut(
        kind=kind,
        states=[StateOut(name=name, title=one.title.model_dump(), final=one.final) for name, one in states.items()],
        outcomes=sorted({one.outcome for one in states.values() if one.outcome}),
        sources=list(SOURCES),
        actions=[WordOut(name=name, title=one.title.model_dump()) for name, one in found.actions.items()],
        clocks=[WordOut(name=name, title=one.title.model_dump()) for name, one in found.clocks.items()],
        fields=[
            FieldOut(
                name=name, title=spec.title.model_dump(), type=spec.type,
                values=[WordOut(name=each, title=title.model_dump()) for each, title in spec.titles.items()],
            )
            for name, spec in found.data.items()
            if spec.title and not spec.many and not spec.personal and spec.type not in _UNSEARCHED
        ],
    )  # fmt: skip
