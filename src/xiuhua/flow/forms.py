"""What goes over HTTP of anything that a procedure runs: actions in, what may be done and clocks out. Shapes only."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from xiuhua.flow import clocks
from xiuhua.flow.clock_run import ClockRun
from xiuhua.flow.model import Allowed
from xiuhua.flow.surroundings import CityView
from xiuhua.flow.witness import WitnessForm
from xiuhua.platform.web.times import Moment


class Form(BaseModel):
    """Base of what comes in: unknown keys are errors."""

    model_config = ConfigDict(extra="forbid")


class ActionForm(Form):
    """An action: its fields, its reason where it goes back, the track instance, when it was done."""

    fields: Annotated[dict[str, Any], Field(examples=[{"unit": "roads"}])] = {}
    reason: Annotated[str | None, Field(max_length=2000)] = None
    n: Annotated[int | None, Field(ge=1, description="number of the track instance")] = None
    at: Annotated[Moment | None, Field(description="when it was done, if earlier than now")] = None
    witness: Annotated[WitnessForm | None, Field(description="place and time by the device; kept with the event")] = (
        None
    )


class ActionOut(BaseModel):
    """An action that this person may take now."""

    action: str
    title: dict[str, str]
    role: str
    n: int | None
    needs: dict[str, Any]
    """JSON Schema of `fields`."""
    reason_needed: bool

    @classmethod
    def of(cls, allowed: Allowed) -> ActionOut:
        """As it goes out."""
        return cls(
            action=allowed.action, title=allowed.title, role=allowed.role, n=allowed.n, needs=allowed.needs,
            reason_needed=allowed.reason_needed,
        )  # fmt: skip


class ClockOut(BaseModel):
    """A clock: when it is due, and how it stands."""

    name: str
    state: str
    started: datetime
    due: datetime
    light: Literal["green", "yellow", "red"]
    provisional: bool

    @classmethod
    def of(cls, view: CityView, kept: Mapping[str, Any], now: datetime) -> ClockOut:
        """As it stands now."""
        run, at = ClockRun.from_json(kept), int(now.timestamp())
        return cls(
            name=run.name, state=run.state_at(at), started=moment(run.started), due=moment(run.due),
            light=clocks.light(run, view.calendars.of(run.calendar), at), provisional=run.provisional,
        )  # fmt: skip


class Done(BaseModel):
    """What an action came to."""

    id: str
    kind: str
    number: str
    version: int
    state: str
    events: list[str]
    case: Annotated[str | None, Field(description="of a report: the case that it belongs to now")] = None


class WhyForm(Form):
    """The reason for a look at something personal; it is written down."""

    why: Annotated[str, Field(min_length=2, max_length=500)]


def moment(epoch: int) -> datetime:
    """Epoch seconds as a moment."""
    return datetime.fromtimestamp(epoch, UTC)
