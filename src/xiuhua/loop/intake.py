"""Intake: checks a batch of reports, leaves out repeats, places them, and makes them subjects."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from xiuhua.flow.engine import Birth
from xiuhua.flow.model import Attempt
from xiuhua.flow.work import Work
from xiuhua.loop import machines, photos
from xiuhua.loop.faults import faults, problem
from xiuhua.loop.model import Mandate, Problem, Receipt, ReportIn
from xiuhua.loop.placing import Placed, place_batch
from xiuhua.loop.surroundings import CityView
from xiuhua.platform import personal
from xiuhua.platform.identity.model import Actor
from xiuhua.platform.personal import Personal
from xiuhua.platform.sql import queries


def submit(work: Work, view: CityView, reports: Sequence[ReportIn], actors: Sequence[Actor]) -> list[Receipt]:
    """Take in a batch; one receipt for each, in order. Repeats by (source, external id) change nothing.

    `actors` are those who send them, one for each. A report with problems is left out with its reasons; the rest
    is kept. The caller flushes the work.
    """
    if not reports:
        return []
    receipts: dict[int, Receipt] = {}
    placed = place_batch(view, [report.place for report in reports], [_searched(one) for one in reports])
    lost = photos.faults_of(work.tx, work.city, reports)
    for index, report in enumerate(reports):
        problems = [*faults(index, report, view, work.tx.now), *_place_faults(index, placed[index]), *lost[index]]
        if problems:
            receipts[index] = Receipt(index, report.external_id, "rejected", None, tuple(problems))
    sound = [index for index in range(len(reports)) if index not in receipts]
    fresh = machines.count(work, view, reports, _leave_out_repeats(work, reports, sound, receipts), receipts)
    ids = [work.tx.new_id() for _ in fresh]
    digests = personal.keep_many(
        work.tx, work.city,
        [Personal(f"report/{id_}", "report", _personal(reports[index])) for id_, index in zip(ids, fresh, strict=True)],
    )  # fmt: skip
    births: dict[int, tuple[Actor, list[Birth]]] = {}
    for id_, index, digest in zip(ids, fresh, digests, strict=True):
        report, actor = reports[index], actors[index]
        data = _data(report, placed[index], digest, work.tx.now)
        births.setdefault(id(actor), (actor, []))[1].append(Birth(id_, id_, work.city, data))
        receipts[index] = Receipt(index, report.external_id, "new", id_)
    for actor, theirs in births.values():
        work.create_many("report", "report", theirs, Attempt("receive_report"), actor)
    machines.note(work, reports, fresh, receipts)
    return [receipts[index] for index in range(len(reports))]


def _searched(report: ReportIn) -> str:
    words = report.place.words if report.place and report.place.words else ""
    return f"{words}\n{report.title or ''}\n{report.text}"


def _leave_out_repeats(
    work: Work, reports: Sequence[ReportIn], sound: Sequence[int], receipts: dict[int, Receipt]
) -> list[int]:
    """Indexes of reports that are new: neither in the database nor earlier in the batch."""
    known = _known(work, [reports[index] for index in sound])
    fresh: list[int] = []
    first: dict[tuple[str, str], int] = {}
    for index in sound:
        report = reports[index]
        key = (report.source, report.external_id)
        if key in known or key in first:
            receipts[index] = Receipt(index, report.external_id, "unchanged", known.get(key))
        else:
            first[key] = index
            fresh.append(index)
    return fresh


def _known(work: Work, reports: Sequence[ReportIn]) -> Mapping[tuple[str, str], str]:
    rows = work.tx.execute(
        queries("xiuhua.loop")["known_reports"],
        {
            "city": work.city,
            "sources": [report.source for report in reports],
            "external_ids": [report.external_id for report in reports],
        },
    )
    return {(row.source, row.external_id): row.id for row in rows}


def _place_faults(index: int, placed: Placed) -> list[Problem]:
    return [problem(index, "place", placed.fault, **placed.fault_with)] if placed.fault else []


def _personal(report: ReportIn) -> dict[str, Any]:
    """What may be personal: the texts and who sent them."""
    content: dict[str, Any] = {"text": report.text}
    if report.title:
        content["title"] = report.title
    if report.place is not None and report.place.words:
        content["address"] = report.place.words
    if report.reporter is not None and not report.reporter.anonymous:
        given = {"name": report.reporter.name, "phone": report.reporter.contact}
        content |= {name: value for name, value in given.items() if value}
    if report.extra:
        content["extra"] = {name: str(value) for name, value in report.extra.items() if value is not None}
    return content


def _data(report: ReportIn, placed: Placed, digest: str, now: datetime) -> dict[str, Any]:
    """What the subject holds at its start; nothing personal."""
    return {
        "source": report.source,
        "external_id": report.external_id,
        "reported_at": int(min(report.at or now, now).timestamp()),
        "place": placed.place,
        "scopes": list(placed.scopes),
        "unit_grid": placed.unit_grid,
        "place_extra": placed.extra,
        "place_confidence": placed.percent,
        "tags": list(report.tags),
        "photos": list(report.photos),
        "photos_after": list(report.photos_after),
        "category": report.category,
        "text_digest": digest,
        "question": report.question,
        "self_handled": report.self_handled,
        "anonymous": report.reporter is not None and report.reporter.anonymous,
        "mandate": _mandate(report.mandate),
        **({"witness": report.witness} if report.witness else {}),
    }


def _mandate(mandate: Mandate | None) -> dict[str, Any] | None:
    if mandate is None:
        return None
    return {
        "owner": mandate.owner, "number": mandate.number, "closes": mandate.closes,
        "due": int(mandate.due.timestamp()) if mandate.due else None,
        "return_until": int(mandate.return_until.timestamp()) if mandate.return_until else None,
        "answer_fields": list(mandate.answer_fields),
    }  # fmt: skip
