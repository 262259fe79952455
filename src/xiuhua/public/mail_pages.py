"""Pages of news by mail: asking for it, confirming, ending it."""

from __future__ import annotations

from typing import Any

from starlette.responses import Response

from xiuhua.platform.database import Tx
from xiuhua.platform.errors import Invalid, NotFound
from xiuhua.platform.sql import queries
from xiuhua.public import following, mailing, reporting
from xiuhua.public.model import is_email
from xiuhua.public.visit import SECRET, Visit


def ask_for_report(visit: Visit) -> Response:
    """Whoever has the link wants mail about the report."""
    secret, address = str(visit.request.path_params["secret"]), _address(visit)
    with visit.services.database.transaction() as tx:
        bureau = _bureau(visit, tx)
        row = following.find(tx, bureau.city, secret)
        visit.page.guard.count(tx, bureau.city, "mail", visit.address)
        mailing.ask(tx, visit.page, bureau.city, address, visit.language, report=row.report)
    return visit.see(f"/report/f/{secret}", mail="asked")


def ask_for_area(visit: Visit) -> Response:
    """Anybody wants mail about an area; with a proof, since it makes us write to an address."""
    address, area = _address(visit), visit.fields.get("area", "")
    with visit.services.database.reading() as tx:
        bureau, now = _bureau(visit, tx), int(tx.now.timestamp())
        known = area in visit.page.loop.view(tx, bureau.city).areas and visit.page.settings.public_map
    ticket = visit.page.signer.read_ticket(visit.fields.get("ticket", ""), now)
    if not known or ticket is None:
        return visit.error(422)
    if not reporting.proves(visit, bureau.city, ticket, now):
        return visit.see("/report/map", area=area, mail="again")
    with visit.services.database.transaction() as tx:
        visit.page.guard.count(tx, bureau.city, "mail", visit.address)
        mailing.ask(tx, visit.page, bureau.city, address, visit.language, area=area)
    return visit.see("/report/map", area=area, mail="asked")


def show_mail(visit: Visit) -> Response:
    """To be confirmed by a press: programs that look at mails open links by themselves."""
    return _page(visit, "confirm")


def confirm_mail(visit: Visit) -> Response:
    """The owner of the address wants the mail."""
    with visit.services.database.transaction() as tx:
        bureau, row = _found(visit, tx)
        if not mailing.confirm(tx, visit.page, bureau.city, row.id):
            raise NotFound
    return _page(visit, "confirmed")


def show_stop(visit: Visit) -> Response:
    """To be ended by a press; the button of a mail program does without this page."""
    return _page(visit, "stop")


def stop_mail(visit: Visit) -> Response:
    """No more mail. Done again, it says the same (RFC 8058 has it repeated)."""
    with visit.services.database.transaction() as tx:
        bureau, id_ = _bureau(visit, tx), _id(visit)
        mailing.stop(tx, visit.page, bureau.city, id_)
    return visit.html("mail.html", headers=SECRET, bureau=bureau, step="stopped", what="", token="")


def _page(visit: Visit, step: str) -> Response:
    with visit.services.database.reading() as tx:
        bureau, row = _found(visit, tx)
        what = mailing.what_of(tx, visit.page, row)
    token = str(visit.request.path_params["token"])
    return visit.html("mail.html", headers=SECRET, bureau=bureau, step=step, what=what, token=token)


def _found(visit: Visit, tx: Tx) -> tuple[Any, Any]:
    bureau = _bureau(visit, tx)
    row = tx.execute(queries("xiuhua.public")["mail"], {"city": bureau.city, "id": _id(visit)}).fetchone()
    if row is None:
        raise NotFound
    return bureau, row


def _id(visit: Visit) -> str:
    id_ = visit.page.signer.mail_id(str(visit.request.path_params["token"]))
    if id_ is None:
        raise NotFound
    return id_


def _bureau(visit: Visit, tx: Tx) -> Any:
    """Raises `NotFound` where no mail can be sent."""
    if not visit.page.mails:
        raise NotFound
    return visit.page.bureau(tx)


def _address(visit: Visit) -> str:
    address = visit.fields.get("mail", "").strip()
    if not is_email(address):
        raise Invalid(errors=[{"field": "mail", "why": "is no mail address"}])
    return address
