"""A report comes in by the page: photos, placing, the loop's own intake, and the link by which it is followed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Final

import psycopg

from xiuhua.flow.model import Attempt
from xiuhua.loop.model import LONGEST_TEXT, PlaceIn, Receipt, Reporter, ReportIn
from xiuhua.loop.service import Loop
from xiuhua.loop.surroundings import CityView
from xiuhua.platform.database import Database, Tx
from xiuhua.platform.errors import Conflict, Invalid, TooLarge, XiuhuaError
from xiuhua.platform.identity.model import Actor, Post, system
from xiuhua.platform.identity.permissions import permissions_of
from xiuhua.platform.media import service as media
from xiuhua.platform.media.service import Store
from xiuhua.platform.sql import queries
from xiuhua.public.model import Language, PublicCase, contact_of
from xiuhua.public.proof import digest
from xiuhua.public.texts import say

SOURCE: Final = "public"
LONGEST: Final = 2000
"""Characters of what a citizen writes; the loop itself takes more."""
_FAR_M: Final = 2000.0
"""A position that may be so far off tells nothing that words do not tell better."""
_SHORT: Final = {"where": 200, "name": 40, "contact": 80}


class Wrong(Exception):
    """What was filled in cannot be taken: keys of `page.yaml` by field."""

    def __init__(self, **fields: str) -> None:
        self.fields = fields
        super().__init__(", ".join(fields))


@dataclass(frozen=True, slots=True)
class Told:
    """What a citizen filled in."""

    text: str = ""
    where: str = ""
    area: str = ""
    lon: float | None = None
    lat: float | None = None
    accuracy_m: float | None = None
    name: str = ""
    contact: str = ""
    me_too: str = ""
    """Number of the case that it is the same as."""
    photos: tuple[tuple[str, bytes], ...] = field(default=(), repr=False)
    """Name and content of each file."""


def public(city: str, sender: str = "public") -> Actor:
    """The actor of citizens. Photos are sent in under a name for each report, so that nobody's are taken together."""
    posts = (Post("public", city),)
    return Actor(sender, city, "public", posts, permissions_of(posts), "page")


def checked(told: Told, view: CityView, case: PublicCase | None, most_photos: int) -> Told:
    """In its plain form. Raises `Wrong` with every fault."""
    wrong: dict[str, str] = {}
    if case is None and not told.text.strip():
        wrong["text"] = "text_missing"
    if len(told.text) > min(LONGEST, LONGEST_TEXT):
        wrong["text"] = "text_long"
    wrong |= {name: "too_long" for name, most in _SHORT.items() if len(getattr(told, name)) > most}
    contact = contact_of(told.contact) if told.contact.strip() else ""
    if contact is None:
        wrong["contact"] = "contact_wrong"
    if len(told.photos) > most_photos:
        wrong["photos"] = "photos_many"
    told = _pointed(told, view)
    if case is None and told.lon is None and not told.where.strip() and told.area not in view.areas:
        wrong["where"] = "where_missing"
    if wrong:
        raise Wrong(**wrong)
    return replace(told, contact=contact or "", area=told.area if told.area in view.areas else "")


def _pointed(told: Told, view: CityView) -> Told:
    """Without a point that tells nothing: far off, or in no area of the city."""
    if told.lon is None or told.lat is None:
        return replace(told, lon=None, lat=None, accuracy_m=None)
    useful = (told.accuracy_m or 0) <= _FAR_M and view.areas.locate_any(told.lon, told.lat) is not None
    return told if useful else replace(told, lon=None, lat=None, accuracy_m=None)


def keep_photos(database: Database, store: Store, sender: Actor, told: Told, most_bytes: int) -> list[str]:
    """Take photos in, each made anew by the media room; their ids. Raises `Wrong` for a file that is not taken."""
    if any(len(data) > most_bytes for _, data in told.photos):
        raise Wrong(photos="photo_large")
    kept = []
    for name, data in told.photos:
        try:
            kept.append(media.upload(database, store, sender, data, name)[0].id)
        except TooLarge as error:
            raise Wrong(photos="photo_large") from error
        except Invalid as error:
            raise Wrong(photos="photo_refused") from error
    return kept


def report_of(
    told: Told, view: CityView, number: str, photos: Sequence[str], language: Language, case: PublicCase | None
) -> ReportIn:
    """As the loop takes it."""
    area = view.areas.area(told.area).name if told.area else ""
    words = " ".join(part for part in (area, told.where.strip()) if part)
    if case is not None and told.lon is None and not words:
        words = case.place
    extra: dict[str, Any] = {"language": language}
    if told.accuracy_m is not None:
        extra["accuracy_m"] = round(told.accuracy_m)
    tags: tuple[str, ...] = ()
    if case is not None:
        extra["me_too"], tags = case.number, (say("tag_me_too", "zh"),)
    named = bool(told.contact or told.name.strip())
    return ReportIn(
        SOURCE, number, told.text.strip() or say("me_too_text", "zh", number=case.number if case else ""),
        place=PlaceIn(told.lon, told.lat, words=words or None),
        photos=tuple(photos), tags=tags, extra=extra,
        reporter=Reporter(told.name.strip() or None, told.contact or None, anonymous=not named),
    )  # fmt: skip


def take_in(tx: Tx, loop: Loop, city: str, report: ReportIn, secret: str, language: Language) -> Receipt:
    """One report in the loop, and its link. Raises `Wrong`; `Conflict` when the same one came in at this moment."""
    try:
        [receipt] = loop.submit(tx, city, [report], public(city))
    except psycopg.errors.UniqueViolation as error:
        raise Conflict from error
    if receipt.id is None:
        raise Wrong(**{_shown(one.field): "not_taken" for one in receipt.problems})
    values = {
        "city": city, "report": receipt.id, "number": report.external_id, "language": language,
        "me_too": report.extra.get("me_too"), "secret": digest(secret), "now": tx.now,
    }  # fmt: skip
    tx.execute(queries("xiuhua.public")["keep_report"], values)
    return receipt


def join(tx: Tx, loop: Loop, city: str, report: str, number: str) -> bool:
    """Join a report to a case by number with the kernel's authority; False where the procedure does not allow it.

    For those that hold nothing to be judged: whoever says only "me too" is answered with the others.
    """
    row = tx.execute(queries("xiuhua.public")["case_of_number"], {"city": city, "number": number}).fetchone()
    if row is None:
        return False
    try:
        with tx.connection.transaction():
            loop.act(tx, "report", report, Attempt("join", {"case": row.id}), system(city))
    except XiuhuaError:
        # It has ended in the meantime, or the city's own procedure leaves this to an officer, who finds the hint.
        return False
    return True


def _shown(name: str) -> str:
    """The field of the page that a fault of the loop is about."""
    return {"place": "where", "photos": "photos", "reporter": "contact"}.get(name, "text")
