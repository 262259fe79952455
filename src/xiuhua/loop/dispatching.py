"""What waits to be sent to a unit, with the unit that the duty matrix names and the row by which it does."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Annotated, Any

from fastapi import Query
from pydantic import BaseModel, Field

from xiuhua.flow.naming import named
from xiuhua.loop.forms import TaskOut
from xiuhua.loop.service import Loop, Waiting
from xiuhua.loop.surroundings import CityView
from xiuhua.platform.web import CurrentActor, Reading, Router, provided

router = Router(tags=["loop"])
_BY_DUTY = "duty."
Titled = dict[str, str]


class NamedUnitOut(BaseModel):
    """A unit that answers for a case, and why."""

    unit: str = Field(examples=["sanitation"])
    title: Titled = Field(examples=[{"zh": "环境卫生管理所", "en": "Sanitation Office"}])
    why: dict[str, Any] = Field(description="the duty row that decides", examples=[{"by": "row", "row": "77"}])


class ToSendOut(TaskOut):
    """A case that waits to be sent to a unit."""

    field: str = Field(description="of `action`: where the unit goes", examples=["unit"])
    action: str = Field(description="by which it is sent", examples=["dispatch"])
    opened: datetime
    area_title: Titled | None = Field(description="of the unit grid")
    suggested: NamedUnitOut | None = Field(description="null: the matrix has a gap there, or quarrels")
    returns: int = Field(description="how often a unit has sent it back")


@router.get("/dispatching")
def list_to_dispatch(
    actor: CurrentActor, tx: Reading, loop: Annotated[Loop, provided(Loop)],
    limit: Annotated[int, Query(ge=1, le=200)] = 200, offset: Annotated[int, Query(ge=0, le=10_000)] = 0,
) -> list[ToSendOut]:  # fmt: skip
    """What waits for this person to be sent to a unit, most urgent first, with whom the duty matrix names."""
    view = loop.view(tx, actor.city)
    places = sorted(set(_places(view)))
    found = loop.inbox(tx, actor, "case", limit, offset, places) if places else []
    world, at = loop.work(tx, actor.city, view), int(tx.now.timestamp())
    told = []
    for one in found:
        if (sending := _sending(one)) is not None:
            action, field, kind = sending
            duties = world.surroundings(one.state["procedure"]).duties(one.state, at)
            told.append(_told(view, one, tx.now, action, field, duties.get(kind)))
    return told


def _places(view: CityView) -> Iterator[str]:
    """States of main tracks in which some action asks for a unit of the duty matrix."""
    for _, procedure in view.procedures.values():
        for action in procedure.actions.values():
            if action.on == "main" and any((one.suggest or "").startswith(_BY_DUTY) for one in action.fields.values()):
                yield from (f"main.{state}" for state in action.from_)


def _sending(one: Waiting) -> tuple[str, str, str] | None:
    """Action, field and duty kind by which this person may send it; None where they may not."""
    for action in one.actions:
        for name, schema in action.needs["properties"].items():
            if str(schema.get("x-suggest", "")).startswith(_BY_DUTY):
                return action.action, name, schema["x-suggest"][len(_BY_DUTY) :]
    return None


def _told(
    view: CityView, one: Waiting, now: datetime, action: str, field: str, duty: dict[str, Any] | None
) -> ToSendOut:  # fmt: skip
    data = one.state["data"]
    unit = duty["unit"] if duty else None
    return ToSendOut(
        **TaskOut.of(view, one, now).model_dump(), action=action, field=field,
        opened=datetime.fromtimestamp(one.state["opened"], now.tzinfo),
        area_title=named(view, "area", data["unit_grid"]) if data.get("unit_grid") else None,
        suggested=NamedUnitOut(
            unit=unit, title=named(view, "unit", unit) or {"zh": unit, "en": unit}, why=duty.get("why") or {}
        ) if unit and duty else None,
        returns=data.get("returns") or 0,
    )  # fmt: skip
