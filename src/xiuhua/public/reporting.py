"""The form and what becomes of it: shown, sent, answered with a receipt."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from starlette.responses import Response

from xiuhua.loop.surroundings import CityView
from xiuhua.platform.database import Tx
from xiuhua.platform.errors import Conflict, TooMany
from xiuhua.platform.sql import queries
from xiuhua.public import taking
from xiuhua.public.model import PublicCase
from xiuhua.public.proof import Ticket, digest
from xiuhua.public.taking import Told, Wrong
from xiuhua.public.texts import number_from, number_in_words, words_of
from xiuhua.public.visit import HEADERS, Visit

_PROOF: Final = ("work", "found", "question", "answer")
_TYPED: Final = ("text", "where", "area", "name", "contact", "me_too", "lon", "lat", "accuracy")
_WORDS: Final = (
    "photos_add", "text", "text_optional",
    "photo_remove", "locate", "locating", "located", "locate_drop", "locate_failed", "locate_far", "locate_outside",
    "map_you", "nearby", "nearby_lead", "nearby_none", "me_too", "me_too_chosen", "me_too_undo", "since", "about",
    "send", "send_me_too", "sending", "working", "shrinking",
)  # fmt: skip
"""What the page's script says."""
_MOST_AREAS: Final = 400
"""Of a list to choose from; a larger city lists its streets only."""


@dataclass(frozen=True, slots=True)
class Place:
    """Who asks for what: the bureau, its reference data, the case that somebody says "me too" to."""

    bureau: Any
    view: CityView
    case: PublicCase | None


def show_form(visit: Visit) -> Response:
    """The form; `?me_too=<number>` for a case that is shown already."""
    with visit.services.database.reading() as tx:
        place = _place(visit, tx, visit.request.query_params.get("me_too", ""))
    gone = place.case is None and bool(visit.request.query_params.get("me_too"))
    return _form(visit, place, {}, {"form": "me_too_gone"} if gone else {})


def send_report(visit: Visit) -> Response:
    """A report is sent in. Sent twice, it is one; what is wrong is said beside the fields."""
    signer, database = visit.page.signer, visit.services.database
    with database.reading() as tx:
        now, place = int(tx.now.timestamp()), _place(visit, tx, visit.fields.get("me_too", ""))
        ticket = signer.read_ticket(visit.fields.get("ticket", ""), now)
        secret = signer.secret_of(ticket) if ticket is not None else ""
        if secret and _known(tx, place.bureau.city, secret):
            return _receipt(visit, secret)
    if ticket is None:
        return _form(visit, place, visit.fields, {"form": "form_old"}, 422)
    try:
        if visit.fields.get("website"):
            raise Wrong(form="honey")
        told = taking.checked(_told(visit), place.view, place.case, visit.page.settings.public_photos)
        _demand_proof(visit, place.bureau.city, ticket, now)
        return _take(visit, place, ticket, secret, told)
    except Wrong as wrong:
        return _form(visit, place, visit.fields, wrong.fields, 422, ticket)
    except TooMany as error:
        return _form(visit, place, visit.fields, {"form": "too_many"}, 429, ticket, int(error.params["retry_after_s"]))


def _take(visit: Visit, place: Place, ticket: Ticket, secret: str, told: Told) -> Response:
    city, page, database = place.bureau.city, visit.page, visit.services.database
    sender = taking.public(city, f"public-{ticket.digest.hex()[:16]}")
    photos = taking.keep_photos(database, page.store, sender, told, page.settings.public_photo_mib << 20)
    report = taking.report_of(told, place.view, ticket.number, photos, visit.language, place.case)
    try:
        with database.transaction() as tx:
            receipt = taking.take_in(tx, page.loop, city, report, secret, visit.language)
            if place.case is not None and receipt.id is not None and not (told.text.strip() or photos):
                taking.join(tx, page.loop, city, receipt.id, place.case.number)
    except Conflict:
        # The same form, sent twice at once: the other one was faster.
        with database.reading() as tx:
            if not _known(tx, city, secret):
                raise
    return _receipt(visit, secret)


def _demand_proof(visit: Visit, city: str, ticket: Ticket, now: int) -> None:
    """What stands against floods: a proof of work or an answer, used once, and not too often. Raises `Wrong`."""
    if not proves(visit, city, ticket, now):
        raise Wrong(answer="answer_wrong" if visit.fields.get("answer", "").strip() else "answer_missing")
    with visit.services.database.transaction() as tx:
        visit.page.guard.count(tx, city, "report", visit.address)


def proves(visit: Visit, city: str, ticket: Ticket, now: int) -> bool:
    """Whether a form carries a proof of its own, which is used up by this: right or wrong, a question serves once."""
    if not visit.page.settings.public_proof_bits:
        return True
    proof, asked = _proved(visit, now), visit.fields.get("question")
    if not (proof or asked):
        return False
    with visit.services.database.transaction() as tx:
        return visit.page.guard.spend(tx, city, proof or asked or "", ticket if proof else None)


def _proved(visit: Visit, now: int) -> str | None:
    """The proof that a form carries, if it is one."""
    signer, fields = visit.page.signer, visit.fields
    if (work := fields.get("work", "")) and signer.worked(work, fields.get("found", ""), now):
        return work
    answer = number_from(fields.get("answer", ""))
    asked = fields.get("question", "")
    return asked if answer is not None and signer.answered(asked, answer, now) else None


def _form(
    visit: Visit, place: Place, values: Mapping[str, str], wrong: Mapping[str, str], status: int = 200,
    ticket: Ticket | None = None, wait_s: int = 0,
) -> Response:  # fmt: skip
    with visit.services.database.reading() as tx:
        now = int(tx.now.timestamp())
    used = wrong.get("answer") is not None
    return visit.html(
        "report.html", status, bureau=place.bureau, view=place.view, case=place.case, wrong=wrong,
        values={name: values.get(name, "") for name in _TYPED}, areas=_areas(place.view),
        ticket=ticket or visit.page.signer.ticket(now), proof=proof_of(visit, now, again=not used),
        words=words_of(_WORDS, visit.language),
        headers={**HEADERS, "Retry-After": str(wait_s)} if wait_s else HEADERS,
    )  # fmt: skip


def proof_of(visit: Visit, now: int, *, again: bool = True) -> dict[str, Any]:
    """What a form asks for: a proof that was given already (`again`), or a new question."""
    if not visit.page.settings.public_proof_bits:
        return {"given": {}, "question": None}
    if again and _proved(visit, now) is not None:
        return {"given": {name: visit.fields[name] for name in _PROOF if visit.fields.get(name)}, "question": None}
    token, one, other = visit.page.signer.question(now)
    words = [number_in_words(value, visit.language) for value in (one, other)]
    return {"given": None, "question": {"token": token, "one": words[0], "other": words[1]}}


def _place(visit: Visit, tx: Tx, number: str) -> Place:
    bureau = visit.page.bureau(tx)
    case = visit.page.board.of(tx, bureau.city).by_number.get(number) if number else None
    return Place(bureau, visit.page.loop.view(tx, bureau.city), case if case is not None and case.open else None)


def _areas(view: CityView) -> list[tuple[str, list[tuple[str, str]]]]:
    """What can be chosen: communities by street."""
    streets = view.areas.areas("street")
    few = len(view.areas.areas("community")) <= _MOST_AREAS
    found = []
    for street in streets:
        inner = [view.areas.area(code) for code in view.areas.children(street.code)] if few else []
        named = [(one.code, one.name) for one in inner if one.kind == "community"]
        found.append((street.name, named or [(street.code, street.name)]))
    return found


def _told(visit: Visit) -> Told:
    fields = visit.fields
    return Told(
        text=fields.get("text", ""), where=fields.get("where", ""), area=fields.get("area", ""),
        lon=_degrees(fields.get("lon"), 180), lat=_degrees(fields.get("lat"), 90),
        accuracy_m=_degrees(fields.get("accuracy"), 1e6), name=fields.get("name", ""),
        contact=fields.get("contact", ""), me_too=fields.get("me_too", ""), photos=tuple(visit.files),
    )  # fmt: skip


def _degrees(text: str | None, most: float) -> float | None:
    try:
        value = float(text or "")
    except ValueError:
        return None
    return value if abs(value) <= most else None


def _known(tx: Tx, city: str, secret: str) -> bool:
    values = {"city": city, "secret": digest(secret)}
    return tx.execute(queries("xiuhua.public")["report_of_link"], values).fetchone() is not None


def _receipt(visit: Visit, secret: str) -> Response:
    return visit.see(f"/report/f/{secret}/receipt")


def challenge(visit: Visit) -> Response:
    """A challenge for the page's script, harder the more comes from where it is asked for."""
    with visit.services.database.reading() as tx:
        city = visit.page.bureau(tx).city
        bits = visit.page.guard.bits(tx, city, visit.address)
        return visit.json({"challenge": visit.page.signer.challenge(bits, int(tx.now.timestamp())), "bits": bits})
