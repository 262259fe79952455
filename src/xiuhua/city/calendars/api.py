"""Calendars, holidays and deadlines over HTTP."""

from __future__ import annotations

from typing import Annotated

from fastapi import Body, File, Form, Path, Query, UploadFile

from xiuhua.city.calendars import overview, service
from xiuhua.city.calendars.forms import parse_spec
from xiuhua.city.calendars.limits import epoch, thousandths
from xiuhua.city.calendars.service import By
from xiuhua.city.calendars.web_forms import (
    CalendarIn,
    CalendarOut,
    CodesOut,
    DeadlineIn,
    DeadlineOut,
    HolidayImportOut,
    HolidayOut,
    HolidaysOut,
)
from xiuhua.city.web import City
from xiuhua.platform.errors import Invalid
from xiuhua.platform.identity.model import Actor
from xiuhua.platform.identity.permissions import role_for
from xiuhua.platform.web import Reading, Router, Transaction, require
from xiuhua.platform.web.uploads import TABLE_BYTES, table

router = Router(prefix="/calendars", tags=["calendars"])
Reader = Annotated[Actor, require("calendar.read")]
Writer = Annotated[Actor, require("calendar.write")]
Code = Annotated[str, Path(max_length=48, examples=["office"])]


@router.get("")
def list_calendars(actor: Reader, tx: Reading) -> list[CalendarOut]:
    """The city's calendars with their hours, and the roles that follow each."""
    return [CalendarOut.model_validate(one) for one in overview.calendars(tx, actor.city)]


@router.get("/holidays")
def list_holidays(
    actor: Reader, tx: Reading, year: Annotated[int | None, Query(ge=2000, le=2200, examples=[2026])] = None
) -> HolidaysOut:
    """Days that official arrangements change: off, or worked in exchange."""
    days = [HolidayOut.model_validate(one) for one in overview.holidays(tx, actor.city, year)]
    return HolidaysOut(announced=overview.announced(tx, actor.city), days=days)


@router.post("/deadline")
def deadline(body: DeadlineIn, actor: Reader, tx: Transaction, city: City) -> DeadlineOut:
    """When a limit that starts then is over, counted as the clocks of cases count. Changes nothing."""
    data = city.of(tx, actor.city)
    known = data.calendars
    calendar = known.of_role(body.role) if body.role else known.of(body.calendar or "")
    due, provisional = calendar.deadline_one(epoch(body.start), thousandths(body.amount), body.kind)
    return DeadlineOut.at(data.zone, due, provisional, calendar)


@router.post("/holidays/import", max_body_size=TABLE_BYTES)
def import_holidays(
    file: Annotated[UploadFile, File(description="CSV with the columns date, kind (holiday or workday), name")],
    actor: Writer, tx: Transaction,
    announced: Annotated[
        list[int] | None, Form(description="years that are official now; default: those with ten days off or more")
    ] = None,
    replace: Annotated[bool, Form(description="days of these years that the file does not hold are withdrawn")] = False,
) -> HolidayImportOut:  # fmt: skip
    """Take over an official arrangement: all of it, or nothing with every error."""
    with table(file) as path:
        done = service.import_holidays(tx, actor.city, path, announced=announced or (), replace=replace, by=_by(actor))
    return HolidayImportOut.of(done)


@router.put("/roles")
def assign_roles(
    body: Annotated[dict[str, str], Body(examples=[{"collector": "patrol", "handler": "office"}])],
    actor: Writer,
    tx: Transaction,
) -> dict[str, str]:
    """Say which calendar the clocks of roles follow; roles that are not named stay. Answers with all of them."""
    service.assign_roles(tx, actor.city, body, by=_by(actor))
    return {role: one.code for one in overview.calendars(tx, actor.city) for role in one.roles}


@router.put("/{code}")
def put_calendar(code: Code, body: CalendarIn, actor: Writer, tx: Transaction) -> CodesOut:
    """Set the hours of a calendar from a day on, for good; days before keep theirs."""
    spec = parse_spec({**body.calendar, "code": body.calendar.get("code", code)}, "calendar")
    if spec.code != code:
        raise Invalid(errors=[{"field": "calendar.code", "why": f"is {spec.code}, the path says {code}"}])
    return CodesOut(changed=service.put_calendars(tx, actor.city, [spec], body.valid_from, by=_by(actor)))


def _by(actor: Actor) -> By:
    return By(actor.id, role_for(actor, "calendar.write"))
