"""Pages behind the secret link: receipt, what became of it, rating, contest, photos, feed."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from starlette.responses import Response

from xiuhua.loop.model import Receipt
from xiuhua.platform.database import Tx
from xiuhua.platform.errors import Conflict, NotFound, NotNow
from xiuhua.platform.media import service as media
from xiuhua.platform.sql import queries
from xiuhua.public import feeds, following, taking
from xiuhua.public.following import Followed
from xiuhua.public.qr import drawn
from xiuhua.public.taking import Told, Wrong
from xiuhua.public.texts import say
from xiuhua.public.visit import SECRET, Visit


def show_receipt(visit: Visit) -> Response:
    """The receipt: number, link, QR code; to be kept or printed."""
    with visit.services.database.reading() as tx:
        bureau, row = _found(visit, tx)
        zone = visit.page.loop.view(tx, bureau.city).zone
    link = f"{visit.base}/report/f/{_secret(visit)}"
    return visit.html(
        "receipt.html", headers=SECRET, bureau=bureau, row=row, zone=zone, secret_link=link, qr=drawn(link),
        secret=_secret(visit),
    )  # fmt: skip


def show_follow(visit: Visit) -> Response:
    """What became of a report."""
    return _page(visit)


def rate_report(visit: Visit) -> Response:
    """The reporter says how content they are, 1 to 5."""
    stars = visit.fields.get("stars", "")
    if stars not in ("1", "2", "3", "4", "5"):
        return _page(visit, {"stars": "not_taken"}, 422)
    try:
        with visit.services.database.transaction() as tx:
            bureau, row = _found(visit, tx)
            visit.page.guard.count(tx, bureau.city, "rate", visit.address)
            following.rate(tx, visit.page.loop, row, int(stars))
    except (NotNow, Conflict):
        return _page(visit, {"form": "not_now"}, 409)
    return visit.see(f"/report/f/{_secret(visit)}")


def contest_closing(visit: Visit) -> Response:
    """The reporter says that it is not solved: by the procedure's own step, and in a new report with the words."""
    text, page, database = visit.fields.get("text", ""), visit.page, visit.services.database
    with database.reading() as tx:
        bureau, row = _found(visit, tx)
        followed = following.follow(tx, page.loop, row, visit.language)
    if visit.fields.get("contests") != str(row.contests) or not followed.may_contest:
        return visit.see(f"/report/f/{_secret(visit)}")
    try:
        if not text.strip():
            raise Wrong(text="text_missing")
        if len(text) > taking.LONGEST or len(visit.files) > page.settings.public_photos:
            raise Wrong(text="text_long" if len(text) > taking.LONGEST else "photos_many")
        told = Told(text, photos=tuple(visit.files))
        sender = taking.public(bureau.city, f"public-{row.report}")
        photos = taking.keep_photos(database, page.store, sender, told, page.settings.public_photo_mib << 20)
        with database.transaction() as tx:
            _contested(visit, tx, row, told, photos)
    except Wrong as wrong:
        return _page(visit, wrong.fields, 422, text)
    except Conflict:
        pass  # sent twice at once: the other one was faster
    return visit.see(f"/report/f/{_secret(visit)}")


def _contested(visit: Visit, tx: Tx, row: Any, told: Told, photos: list[str]) -> Receipt:
    """Raises `Conflict` when somebody contests at the same moment."""
    page, city, number = visit.page, row.city, row.contests + 1
    values = {"city": city, "report": row.report, "before": row.contests}
    if tx.execute(queries("xiuhua.public")["note_contest"], values).fetchone() is None:
        raise Conflict
    goes_on = following.contest(tx, page.loop, row)
    state = page.loop.docs(tx, city, "report", [row.report])[row.report][1]
    case = following.case_of(tx, page.loop, city, state)
    place = state["data"].get("place") or {}
    view = page.loop.view(tx, city)
    told = replace(told, lon=place.get("lon"), lat=place.get("lat"))
    report = taking.report_of(told, view, f"{row.number}-{number}", photos, visit.language, None)
    hint = {"contests": row.number, **({"case": case["number"]} if case else {})}
    category, tags = state["data"].get("category"), (say("tag_contest", "zh"),)
    report = replace(report, tags=tags, extra={**report.extra, **hint}, category=category)
    secret = page.signer.secret_after(_secret(visit), number)
    receipt = taking.take_in(tx, page.loop, city, report, secret, visit.language)
    if goes_on and case is not None and receipt.id is not None:
        taking.join(tx, page.loop, city, receipt.id, case["number"])
    return receipt


def show_photo(visit: Visit) -> Response:
    """A photo taken after the work, where the installation releases them to whoever reported."""
    with visit.services.database.reading() as tx:
        bureau, row = _found(visit, tx)
        followed = following.follow(tx, visit.page.loop, row, visit.language)
        wanted = visit.request.path_params["photo"]
        if not visit.page.settings.public_photos_after or wanted not in followed.photos:
            raise NotFound
        found = media.get(tx, bureau.city, wanted)
        if found.kind != "photo":
            raise NotFound
    return Response(
        media.content(visit.page.store, found), headers={**SECRET, "Cache-Control": "private, max-age=3600"},
        media_type="image/jpeg",
    )  # fmt: skip


def show_feed(visit: Visit) -> Response:
    """What became of a report, for feed readers."""
    with visit.services.database.reading() as tx:
        _, row = _found(visit, tx)
        followed = following.follow(tx, visit.page.loop, row, visit.language)
    own = f"{visit.base}/report/f/{_secret(visit)}"
    return Response(feeds.of_report(followed, own, visit.language), headers=SECRET, media_type=feeds.TYPE)


def _page(visit: Visit, wrong: dict[str, str] | None = None, status: int = 200, text: str = "") -> Response:
    with visit.services.database.reading() as tx:
        bureau, row = _found(visit, tx)
        followed = following.follow(tx, visit.page.loop, row, visit.language)
        zone = visit.page.loop.view(tx, bureau.city).zone
    return visit.html(
        "follow.html", status, SECRET, bureau=bureau, followed=followed, zone=zone, wrong=wrong or {}, text=text,
        secret=_secret(visit), later=_later(visit, followed), asked=visit.request.query_params.get("mail") == "asked",
        photos=followed.photos if visit.page.settings.public_photos_after else (),
    )  # fmt: skip


def _later(visit: Visit, followed: Followed) -> list[str]:
    """Links to the reports that contests became."""
    secret = _secret(visit)
    made = [visit.page.signer.secret_after(secret, number + 1) for number in range(followed.contests)]
    return [visit.link(f"/report/f/{one}") for one in made]


def _found(visit: Visit, tx: Tx) -> tuple[Any, Any]:
    """The bureau and the report's row. Raises `NotFound`."""
    bureau = visit.page.bureau(tx)
    return bureau, following.find(tx, bureau.city, _secret(visit))


def _secret(visit: Visit) -> str:
    return str(visit.request.path_params["secret"])
