"""The queue of approvals over HTTP."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any

from fastapi import Query
from pydantic import BaseModel, Field

from xiuhua.loop.approvals import service
from xiuhua.loop.approvals.service import Application
from xiuhua.loop.brief.titles import title
from xiuhua.loop.forms import ClockOut, TaskOut
from xiuhua.loop.service import Loop
from xiuhua.loop.surroundings import CityView
from xiuhua.platform.web import CurrentActor, Reading, Router, provided

router = Router(tags=["approvals"])
Titled = dict[str, str]


class BrakeOut(BaseModel):
    """What keeps an application from being asked or granted without end."""

    title: Titled = Field(examples=[{"zh": "本单位已延期次数", "en": "Extensions of this unit"}])
    used: Any = Field(examples=[0])
    most: Any = Field(examples=[1])


class AskedOut(BaseModel):
    """Who applied, and why."""

    person: str
    name: str
    role: str
    at: datetime
    reason: str | None


class ApprovalOut(TaskOut):
    """An application that waits for this person's verdict; `actions` tell what the verdict may be."""

    track_title: Titled
    state_title: Titled
    category_title: Titled | None
    unit: str | None = Field(description="that handles the case")
    unit_title: Titled | None
    item: dict[str, Any] = Field(description="what is asked for", examples=[{"amount": 4, "kind": "work_hour"}])
    asked: AskedOut | None
    brakes: list[BrakeOut]
    clocks: list[ClockOut] = Field(description="of the case: how much time is left without it")

    @classmethod
    def told(cls, view: CityView, one: Application, now: datetime) -> ApprovalOut:
        """As it goes out."""
        data, clocks, asked = one.waiting.state["data"], one.waiting.state["clocks"], one.asked
        category, unit = data.get("category"), data.get("unit")
        people = view.directory.people
        return cls(
            **TaskOut.of(view, one.waiting, now).model_dump(),
            track_title=one.track_title, state_title=one.state_title,
            category_title=title(view, "category", category) if category else None,
            unit=unit, unit_title=title(view, "unit", unit) if unit else None, item=one.item,
            asked=AskedOut(
                person=asked.person, name=people[asked.person].name if asked.person in people else asked.person,
                role=asked.role, at=asked.at, reason=asked.reason,
            ) if asked is not None else None,
            brakes=[BrakeOut(title=brake.title, used=brake.used, most=brake.most) for brake in one.brakes],
            clocks=[ClockOut.of(view, kept, now) for kept in clocks.values() if kept["state"] != "stopped"],
        )  # fmt: skip


@router.get("/approvals")
def list_approvals(
    actor: CurrentActor, tx: Reading, loop: Annotated[Loop, provided(Loop)],
    limit: Annotated[int, Query(ge=1, le=200)] = 50, offset: Annotated[int, Query(ge=0, le=10_000)] = 0,
) -> list[ApprovalOut]:  # fmt: skip
    """Applications that wait for this person: for more time, to suspend, to return, to void …; most urgent first."""
    view = loop.view(tx, actor.city)
    return [ApprovalOut.told(view, one, tx.now) for one in service.queue(tx, loop, actor, limit, offset)]
