"""News by mail: asked for, confirmed by the owner of the address, ended by one click. Sent by jobs."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from functools import partial
from typing import Any, Final

from xiuhua.platform import edges
from xiuhua.platform.database import Tx
from xiuhua.platform.jobs.model import Job, Kind, NewJob
from xiuhua.platform.jobs.service import enqueue, enqueue_many
from xiuhua.platform.services import Services
from xiuhua.platform.sql import queries
from xiuhua.public import following
from xiuhua.public.board import Snapshot
from xiuhua.public.model import Language, PublicCase
from xiuhua.public.page import PublicPage
from xiuhua.public.proof import digest
from xiuhua.public.texts import say, stage

KIND: Final = "public.mail"
_BATCH: Final = 200
_HOUR: Final = time(8)
"""When news of an area goes out, once a day."""
_SETTLED: Final = timedelta(seconds=5)
"""How old a step is before it is told: a transaction that began earlier may still have one of before it."""
_LINES: Final = 30
"""Cases told of in one mail."""


@dataclass(frozen=True, slots=True)
class Mail:
    """A mail to somebody who asked for it."""

    id: str
    to: str
    head: str
    text: str
    at: datetime
    stop: str
    """Where it is ended by one click (RFC 8058)."""


Send = Callable[[Mail], None]
"""The way out, given by the bootstrap; raises `JobFailed` and its kinds."""


def ask(
    tx: Tx, page: PublicPage, city: str, address: str, language: Language, *, report: str | None = None,
    area: str | None = None,
) -> None:  # fmt: skip
    """Somebody wants mail at an address: its owner is asked to confirm, once for each report or area."""
    id_ = tx.new_id()
    values = {"city": city, "id": id_, "report": report, "area": area, "address": address, "language": language}
    if tx.execute(_sql()["ask_mail"], {**values, "now": tx.now}).fetchone() is not None:
        enqueue(tx, city, KIND, {"mail": id_, "what": "confirm"}, key=f"{id_}/confirm")


def confirm(tx: Tx, page: PublicPage, city: str, id_: str) -> bool:
    """The owner of the address wants it; False where it was ended, or waited for too long."""
    row = tx.execute(_sql()["confirm_mail"], {"city": city, "id": id_, "now": tx.now}).fetchone()
    if row is None:
        return False
    if row.report is not None:
        secret = digest(page.signer.mail_secret(id_))
        tx.execute(_sql()["add_link"], {"city": city, "secret": secret, "report": row.report, "now": tx.now})
    return True


def stop(tx: Tx, page: PublicPage, city: str, id_: str) -> None:
    """No more mail: the address is erased, the link in the mails ends."""
    tx.execute(_sql()["end_mail"], {"city": city, "id": id_})
    tx.execute(_sql()["drop_links"], {"city": city, "secrets": [digest(page.signer.mail_secret(id_))]})


def forget(tx: Tx, city: str, ids: Sequence[str]) -> None:
    """Personal data of reports are erased: addresses that wanted news of them go as well. Part of the erasure."""
    reports = [one.removeprefix("report/") for one in ids if one.startswith("report/")]
    if reports:
        tx.execute(_sql()["mail_of_reports"], {"city": city, "ids": reports})


# ---- what there is to tell


def turn(services: Services) -> int:
    """Look what moved, in every city; how many mails were asked for."""
    page = services.port(PublicPage)
    if not page.mails:
        return 0
    with services.database.reading() as tx:
        cities = [row.city for row in tx.execute(_sql()["cities_with_mail"])]

    def one(city: str) -> int:
        with services.database.transaction() as tx:
            return _tell_reports(tx, page, city) + _tell_areas(tx, page, city)

    return edges.each(cities, one, "city")


def _tell_reports(tx: Tx, page: PublicPage, city: str) -> int:
    rows = tx.execute(_sql()["moved_reports"], {"city": city, "limit": _BATCH}).fetchall()
    until = tx.now - _SETTLED
    jobs, told = [], []
    for row in rows:
        news = _news(tx, page, city, row.id, row.told_at, tx.now)
        if any(step.recorded_at <= until for step in news):
            jobs.append(_job(row.id, "report", row.told_at, until))
        # What is too young to be told of yet is looked at again.
        told.append((row.id, -1 if any(step.recorded_at > until for step in news) else row.seen))
    return _told(tx, city, told, jobs, until)


def _tell_areas(tx: Tx, page: PublicPage, city: str) -> int:
    zone, seen = page.loop.view(tx, city).zone, page.board.of(tx, city)
    local = tx.now.astimezone(zone)
    due = datetime.combine(local.date() if local.time() >= _HOUR else local.date() - timedelta(days=1), _HOUR, zone)
    rows = tx.execute(_sql()["due_areas"], {"city": city, "before": due, "limit": _BATCH}).fetchall()
    jobs = [
        _job(row.id, "area", row.told_at, seen.at) for row in rows if _changed(seen, row.area, row.told_at, seen.at)
    ]
    return _told(tx, city, [(row.id, 0) for row in rows], jobs, seen.at)


def _told(tx: Tx, city: str, told: list[tuple[str, int]], jobs: list[NewJob], until: datetime) -> int:
    if told:
        ids, seen = map(list, zip(*told, strict=True))
        tx.execute(_sql()["told_mail"], {"city": city, "ids": ids, "seen": seen, "until": until})
    enqueue_many(tx, city, jobs)
    return len(jobs)


def _job(id_: str, what: str, since: datetime, until: datetime) -> NewJob:
    told = {"mail": id_, "what": what, "since": since.isoformat(), "until": until.isoformat()}
    return NewJob(KIND, told, f"{id_}/{until.isoformat()}")


def _news(tx: Tx, page: PublicPage, city: str, id_: str, since: datetime, until: datetime) -> list[following.Step]:
    row = tx.execute(_sql()["mail"], {"city": city, "id": id_}).fetchone()
    found = following.find(tx, city, page.signer.mail_secret(id_))
    followed = following.follow(tx, page.loop, found, row.language if row else "zh")
    return [step for step in followed.steps if since < step.recorded_at <= until]


def _changed(seen: Snapshot, area: str, since: datetime, until: datetime) -> list[PublicCase]:
    return [one for one in seen.of_area(area) if since < (one.closed_at or one.since) <= until]


# ---- sending


def kinds_of(send: Send | None) -> Mapping[str, Kind]:
    """The kind of job that sends; none where there is no way out."""
    return {KIND: Kind(partial(_send, send))} if send is not None else {}


def _send(send: Send, services: Services, job: Job) -> None:
    """Send one mail as its subscription is now; one that was ended in the meantime is let be."""
    page, what = services.port(PublicPage), job.payload["what"]
    with services.database.reading() as tx:
        row = tx.execute(_sql()["mail"], {"city": job.city, "id": job.payload["mail"]}).fetchone()
        if row is None or (row.confirmed_at is None) != (what == "confirm"):
            return
        made = _MADE[what](tx, page, row, job)
        now = tx.now
    if made is None:
        return
    head, text = made
    stop_link = f"{_base(page)}/report/m/{page.signer.mail_token(row.id)}/stop"
    foot = "" if what == "confirm" else say("mail_foot", row.language, stop=stop_link)
    send(Mail(job.id, row.address, head, text + foot, now, stop_link))


def _confirming(tx: Tx, page: PublicPage, row: Any, job: Job) -> tuple[str, str]:
    link, words = f"{_base(page)}/report/m/{page.signer.mail_token(row.id)}", what_of(tx, page, row)
    head = say("mail_head_confirm", row.language, what=words)
    return head, say("mail_text_confirm", row.language, what=words, link=link)


def _of_report(tx: Tx, page: PublicPage, row: Any, job: Job) -> tuple[str, str] | None:
    news = _news(tx, page, job.city, row.id, _moment(job, "since"), _moment(job, "until"))
    if not news:
        return None
    zone = page.loop.view(tx, job.city).zone
    lines = "\n".join(
        f"{step.at.astimezone(zone):%Y-%m-%d %H:%M}  {step.words}{': ' if step.note else ''}{step.note}"
        for step in news
    )
    secret = page.signer.mail_secret(row.id)
    number = following.find(tx, job.city, secret).number
    link = f"{_base(page)}/report/f/{secret}"
    return say("mail_head_report", row.language, number=number), say(
        "mail_text_report", row.language, lines=lines, link=link
    )


def _of_area(tx: Tx, page: PublicPage, row: Any, job: Job) -> tuple[str, str] | None:
    found = _changed(page.board.of(tx, job.city), row.area, _moment(job, "since"), _moment(job, "until"))
    if not found:
        return None
    lines = [
        f"{say('mail_line_opened' if one.open else 'mail_line_closed', row.language)}  {one.called(row.language)} · "
        f"{one.place} · {stage(one.stage, row.language)}"
        for one in found[:_LINES]
    ]
    if len(found) > _LINES:
        lines.append(say("mail_more", row.language, count=len(found) - _LINES))
    head = say("mail_head_area", row.language, what=what_of(tx, page, row))
    link = f"{_base(page)}/report/map?area={row.area}&lang={row.language}"
    return head, say("mail_text_area", row.language, lines="\n".join(lines), link=link)


_MADE: Final[Mapping[str, Callable[[Tx, PublicPage, Any, Job], tuple[str, str] | None]]] = {
    "confirm": _confirming, "report": _of_report, "area": _of_area,
}  # fmt: skip


def what_of(tx: Tx, page: PublicPage, row: Any) -> str:
    """What a subscription is to, in its language."""
    if row.report is not None:
        kept = tx.execute(_sql()["number_of_report"], {"city": row.city, "report": row.report}).fetchone()
        return say("mail_what_report", row.language, number=kept.number if kept else "")
    areas = page.loop.view(tx, row.city).areas
    return say("mail_what_area", row.language, area=areas.area(row.area).name if row.area in areas else row.area)


def _base(page: PublicPage) -> str:
    return page.settings.public_url.rstrip("/")


def _moment(job: Job, name: str) -> datetime:
    return datetime.fromisoformat(job.payload[name]).astimezone(UTC)


def _sql() -> dict[str, str]:
    return queries("xiuhua.public")
