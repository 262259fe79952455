"""The field app's server over HTTP: what a phone carries along, and where it was."""

from __future__ import annotations

import gzip
from collections.abc import Mapping
from datetime import datetime, time, timedelta
from hashlib import sha256
from typing import Annotated, Any, Final

import orjson
from fastapi import Header, Path, Query, Response
from pydantic import StringConstraints

from xiuhua.flow.carrying import Carrying, Spot
from xiuhua.loop.service import Loop
from xiuhua.platform.errors import Invalid, NotAllowed
from xiuhua.platform.identity.model import Actor
from xiuhua.platform.settings import Settings
from xiuhua.platform.web import CurrentActor, Day, Moment, Reading, Router, Transaction, provided, require
from xiuhua.proceedings.service import Proceedings
from xiuhua.shifts import bundle, tracks
from xiuhua.shifts.forms import CoverageOut, FixOut, KeptOut, TrackForm
from xiuhua.shifts.service import areas_of

router = Router(prefix="/field", tags=["field"])
TheLoop = Annotated[Loop, provided(Loop)]
Worker = Annotated[Actor, require("shift.work")]
Id = Annotated[str, StringConstraints(max_length=64, pattern=r"^[^\x00]+$")]
LONGEST: Final = timedelta(days=2)


@router.get("/bundle", responses={200: {"content": {"application/json": {}}}}, response_class=Response)
def field_bundle(
    actor: CurrentActor, tx: Reading, loop: TheLoop, proceedings: Annotated[Proceedings, provided(Proceedings)],
    settings: Annotated[Settings, provided(Settings)],
    also: Annotated[tuple[Id, ...], Query(max_length=50, description="proceedings that need not wait for one")] = (),
    accept_encoding: Annotated[str, Header(include_in_schema=False)] = "",
) -> Response:  # fmt: skip
    """Grids, categories and tasks, to work on without a network; with `If-None-Match` 304 while nothing has changed."""
    return _sent(bundle.bundle(tx, loop, proceedings, settings, actor, also), accept_encoding)


@router.get("/carried/{part}", responses={200: {"content": {"application/json": {}}}}, response_class=Response)
def field_carried(
    part: Annotated[str, Path(max_length=40, examples=["forms"])], actor: CurrentActor, tx: Reading,
    carrying: Annotated[Carrying, provided(Carrying)],
    lon: Annotated[float | None, Query(ge=-180, le=180, allow_inf_nan=False)] = None,
    lat: Annotated[float | None, Query(ge=-85, le=85, allow_inf_nan=False)] = None,
    accept_encoding: Annotated[str, Header(include_in_schema=False)] = "",
) -> Response:  # fmt: skip
    """A part of what the lines of business need without a network: `forms`, `names`, `work`, `near` (`lon`, `lat`)."""
    spot = Spot(lon, lat) if lon is not None and lat is not None else None
    return _sent(carrying.part(tx, actor, part, spot), accept_encoding)


def _sent(told: Mapping[str, Any], accept_encoding: str) -> Response:
    """JSON values with a tag of what they are."""
    content = orjson.dumps(told, option=orjson.OPT_SORT_KEYS)
    tag = f'"{sha256(content).hexdigest()[:32]}"'
    headers = {"ETag": tag, "Cache-Control": "private, no-cache", "Vary": "Accept-Encoding"}
    if "gzip" in accept_encoding:  # seven times as small, over networks that are what they are
        content, headers["Content-Encoding"] = gzip.compress(content, 6), "gzip"
    return Response(content, media_type="application/json", headers=headers)


@router.post("/track")
def keep_track(body: TrackForm, actor: Worker, tx: Transaction) -> KeptOut:
    """Positions of one's phone while on duty; repeats and late ones do no harm."""
    kept = tracks.keep(tx, actor, body.batch())
    return KeptOut(kept=kept.kept, repeated=kept.repeated, outside=kept.outside, ahead=kept.ahead)


@router.get("/track")
def get_track(
    actor: CurrentActor, tx: Transaction, loop: TheLoop,
    person: Annotated[str | None, Query(max_length=48, description="default: oneself; others: `track.read`")] = None,
    since: Annotated[Moment | None, Query(description="default: the beginning of today")] = None,
    until: Annotated[Moment | None, Query(description="default: now; two days after `since` at most")] = None,
    why: Annotated[str, Query(max_length=500, description="needed for somebody else's: it is written down")] = "",
) -> list[FixOut]:  # fmt: skip
    """Where one has been oneself, or somebody else has, up to 20,000 positions in order."""
    view = loop.view(tx, actor.city)
    first = since or datetime.combine(view.day, time(), view.zone)
    last = until or min(tx.now + timedelta(minutes=5), first + LONGEST)
    if not first <= last <= first + LONGEST:
        raise Invalid(errors=[{"field": "until", "why": "lies up to two days behind since"}])
    if person is None or person == actor.id:
        rows = tracks.own(tx, actor, first, last)
    else:
        if not actor.may(tracks.READ):
            raise NotAllowed(permission=tracks.READ)
        if len(why.strip()) < 2:
            raise Invalid(errors=[{"field": "why", "why": "is needed"}])
        rows = tracks.of_other(tx, view, actor, person, first, last, why)
    return [FixOut.model_validate(row) for row in rows]


@router.get("/coverage")
def field_coverage(
    actor: Worker, tx: Reading, loop: TheLoop, on: Annotated[Day | None, Query()] = None
) -> list[CoverageOut]:
    """How much of each of one's duty grids one has passed today, or on another day."""
    view = loop.view(tx, actor.city)
    begin = datetime.combine(on or view.day, time(), view.zone)
    rows = tracks.own(tx, actor, begin, begin + timedelta(days=1))
    found = []
    for code in areas_of(view, actor.id):
        if code in view.areas and view.areas.area(code).kind in ("duty_grid", "unit_grid"):
            passed, cells = tracks.coverage(view.areas, code, rows)
            name, percent = view.areas.area(code).name, round(100 * passed / cells, 2)
            found.append(CoverageOut(grid=code, name=name, passed=passed, cells=cells, percent=percent))
    return found
