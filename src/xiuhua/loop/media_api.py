"""The photos of a case over HTTP: by phase, as pairs, with what their cameras told."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any, Final

from pydantic import BaseModel

from xiuhua.city.areas.datum import to_wgs84
from xiuhua.flow.model import State
from xiuhua.loop import pairs, scope
from xiuhua.loop.api import CaseReader, Id, TheLoop, demanded
from xiuhua.loop.pairs import Phase, Shown
from xiuhua.loop.sending import case_id
from xiuhua.loop.service import Loop
from xiuhua.platform import eventlog
from xiuhua.platform.database import Tx
from xiuhua.platform.errors import NotAllowed
from xiuhua.platform.identity.model import Actor
from xiuhua.platform.media import service as media
from xiuhua.platform.media.api import PositionOut
from xiuhua.platform.media.model import Kind, Media
from xiuhua.platform.web import Reading, Router

router = Router(tags=["loop"])
_SEE: Final = "media.read"


class AlikeOut(BaseModel):
    """An earlier photo of a finished work that looks the same."""

    id: str
    case: str | None
    """None where the reader may not see that case."""
    at: datetime
    bits: int
    """In how many of 64 bits the two differ; 0 is the very same."""


class PhotoOut(BaseModel):
    """One photo where an action named it; `by` is empty for those of reports that were joined."""

    id: str
    kind: Kind | None
    """None of one that is erased."""
    phase: Phase
    leg: int
    at: datetime
    by: str
    taken_at: datetime | None
    position: PositionOut | None
    distance_m: int | None
    """From the place of the case."""
    alike: list[AlikeOut]


class PairOut(BaseModel):
    """Ids of what one leg began with, what the handler sent, and what the check found."""

    leg: int
    before: list[str]
    after: list[str]
    check: list[str]


class CaseMediaOut(BaseModel):
    """All photos of a case, and how they belong together."""

    photos: list[PhotoOut]
    pairs: list[PairOut]


@router.get("/cases/{id}/media")
def list_case_media(id: Id, actor: CaseReader, tx: Reading, loop: TheLoop) -> CaseMediaOut:
    """Photos of a case by phase and as pairs, with time, position and distance; `alike` warns of photos used twice.

    Needs `media.read` as well. Where a reporter's photo was taken needs `case.read_personal`.
    """
    if not actor.may(_SEE):
        raise NotAllowed(permission=_SEE)
    case = case_id(tx, actor, id)
    _, state = demanded(tx, loop, actor, "case", case, "case.read")
    named = pairs.shown(eventlog.read(tx, actor.city, f"case/{case}"))
    named = [*_of_other_reports(tx, loop, actor, state, {one.id for one in named}), *named]
    rows = media.of_ids(tx, actor.city, [one.id for one in named])
    photos = [one for one in named if one.id in rows]
    alike = _alike(tx, loop, actor, case, photos, rows)
    return CaseMediaOut(
        photos=[_photo(one, rows[one.id], state, actor, alike[number]) for number, one in enumerate(photos)],
        pairs=[PairOut(leg=one.leg, before=one.before, after=one.after, check=one.check)
               for one in pairs.pairs(photos)],
    )  # fmt: skip


def _of_other_reports(tx: Tx, loop: Loop, actor: Actor, state: State, known: set[str]) -> list[Shown]:
    """Photos of reports that were joined to the case: it began without them."""
    docs = loop.docs(tx, actor.city, "report", state["data"].get("reports") or [])
    return [
        Shown(photo, "report", 0, datetime.fromtimestamp(report["data"]["reported_at"], UTC), "")
        for _, report in docs.values()
        for photo in report["data"].get("photos") or ()
        if photo not in known
    ]


def _photo(one: Shown, row: Media | None, state: State, actor: Actor, alike: list[AlikeOut]) -> PhotoOut:
    position = row.position if row is not None else None
    told = position if one.phase != "report" or actor.may("case.read_personal") else None
    return PhotoOut(
        id=one.id, kind=row.kind if row else None, phase=one.phase, leg=one.leg, at=one.at, by=one.by,
        taken_at=row.taken_at if row else None, distance_m=_distance(row, state["data"].get("place")), alike=alike,
        position=PositionOut(lon=told.lon, lat=told.lat, datum=told.datum) if told else None,
    )  # fmt: skip


def _distance(row: Media | None, place: Mapping[str, Any] | None) -> int | None:
    """Whole metres; a camera that notes no datum is taken at WGS-84, as nearly all are."""
    if row is None or row.position is None or not place or place.get("lon") is None:
        return None
    shifted = "GCJ" in (row.position.datum or "").upper()
    lon, lat = to_wgs84([row.position.lon], [row.position.lat], "gcj02" if shifted else "wgs84")
    return round(pairs.metres(float(lon[0]), float(lat[0]), place["lon"], place["lat"]))


def _alike(
    tx: Tx, loop: Loop, actor: Actor, case: str, photos: Sequence[Shown], rows: Mapping[str, Media | None]
) -> list[list[AlikeOut]]:
    """For each photo of a finished work the earlier ones that look the same: of this case, and of others."""
    after = [one for one in photos if one.phase == "after"]
    found = media.alike(tx, actor.city, case, [one.id for one in after])
    docs = loop.docs(tx, actor.city, "case", list({one.case for one in found})) if found else {}
    states = {id_: state for id_, (_, state) in docs.items()}
    view = scope.sight(loop.view(tx, actor.city), actor, "case.read")
    answer: list[list[AlikeOut]] = []
    for number, one in enumerate(photos):
        same = [] if one.phase != "after" else _in_this_case(case, one, photos[:number], rows)
        for other in found if one.phase == "after" else ():
            state = states.get(other.case)
            if other.asked != one.id or state is None or other.media not in state["data"].get("photos_after", ()):
                continue
            if other.at < one.at:
                seen = scope.sees(view, actor, state)
                same.append(AlikeOut(id=other.media, case=other.case if seen else None, at=other.at, bits=other.bits))
        answer.append(same)
    return answer


def _in_this_case(
    case: str, one: Shown, earlier: Sequence[Shown], rows: Mapping[str, Media | None]
) -> list[AlikeOut]:  # fmt: skip
    """Those of the same action are left out: several views of one place may well be alike."""
    found = []
    for other in earlier:
        bits = media.bits_apart(rows[one.id], rows[other.id]) if other.id != one.id else 0
        if other.phase == "after" and other.at < one.at and bits is not None:
            found.append(AlikeOut(id=other.id, case=case, at=other.at, bits=bits))
    return found
