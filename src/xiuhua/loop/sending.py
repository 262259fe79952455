"""What comes in over HTTP and is carried out together: reports, and actions on reports and cases."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, Final

from xiuhua.flow.model import Attempt
from xiuhua.flow.work import Loaded
from xiuhua.loop.forms import ActionForm, Done, ReportForm
from xiuhua.loop.receipts import ReceiptOut
from xiuhua.loop.service import Loop
from xiuhua.loop.suggest.advice import Fresh, advise
from xiuhua.loop.suggest.forms import SuggestionOut
from xiuhua.loop.together import Deed, Outcome, Submission, do_all
from xiuhua.platform.database import Tx
from xiuhua.platform.errors import Invalid, NotFound, XiuhuaError
from xiuhua.platform.identity.model import Actor
from xiuhua.platform.sql import queries
from xiuhua.platform.web.reply import Reply
from xiuhua.platform.web.together import Asked


def carry_out(tx: Tx, city: str, asked: Sequence[Asked]) -> list[Any]:
    """Reports and actions that came in at the same time, in one unit of work; see `platform.web.together`."""
    loop: Loop = asked[0].values["loop"]
    wishes = [_WISHES[one.name](tx, one.values) for one in asked]
    outcomes = do_all(loop, tx, city, wishes)
    advice = _advice(tx, city, asked, outcomes)
    return [
        outcome if isinstance(outcome, XiuhuaError) else _told(outcome, one.values, advice.get(number))
        for number, (one, outcome) in enumerate(zip(asked, outcomes, strict=True))
    ]


def alone(name: str, tx: Tx, values: dict[str, Any]) -> Any:
    """The same for one request. Raises what it comes to."""
    [outcome] = carry_out(tx, values["actor"].city, [Asked(name, values)])
    if isinstance(outcome, XiuhuaError):
        raise outcome
    return outcome


def case_id(tx: Tx, actor: Actor, given: str) -> str:
    """The id of a case that is asked for by id or by number. Raises `NotFound`."""
    if "-" in given and len(given) < 36:
        row = tx.execute(queries("xiuhua.loop")["case_id_of_number"], {"city": actor.city, "number": given}).fetchone()
        if row is None:
            raise NotFound(f"there is no case {given}")
        return str(row.id)
    return given


def _advice(tx: Tx, city: str, asked: Sequence[Asked], outcomes: Sequence[Outcome]) -> dict[int, SuggestionOut]:
    """What is suggested for new reports whose senders want to know, by their number."""
    fresh: dict[int, Fresh] = {}
    for number, (one, outcome) in enumerate(zip(asked, outcomes, strict=True)):
        body = one.values["body"]
        if isinstance(body, ReportForm) and body.advice and isinstance(outcome, tuple):
            # It tells of other people's reports, so not to everybody who may send one in.
            report = outcome[1] if one.values["actor"].may("report.read") else None
            if isinstance(report, Loaded):
                fresh[number] = Fresh(report.state, f"{body.title or ''} {body.text}")
    if not fresh:
        return {}
    first = asked[next(iter(fresh))].values
    view = first["loop"].view(tx, city)
    return dict(zip(fresh, advise(tx, view, first["suggester"], list(fresh.values())), strict=True))


def _told(
    outcome: tuple[Any, Any], values: dict[str, Any], advice: SuggestionOut | None
) -> ReceiptOut | Done | XiuhuaError:
    first, second = outcome
    reply: Reply = values["reply"]
    if isinstance(first, Loaded):
        reply.version(first.head.version)
        return Done(
            id=first.state["id"], kind=first.kind, number=first.state["number"], version=first.head.version,
            state=first.state["state"], events=[event.type for event in second],
        )  # fmt: skip
    if first.status == "rejected":
        return Invalid(errors=[{"field": one.field, "why": one.why} for one in first.problems])
    reply.status = 201 if first.status == "new" else 200
    reply.location(f"/api/reports/{first.id}")
    return ReceiptOut.of(first, second.state if second is not None else None, advice)


def _submission(_tx: Tx, values: dict[str, Any]) -> Submission:
    body: ReportForm = values["body"]
    return Submission(body.report(), values["actor"], body.attempt())


def _deed_on_report(_tx: Tx, values: dict[str, Any]) -> Deed:
    return _deed("report", values["id"], values)


def _deed_on_case(tx: Tx, values: dict[str, Any]) -> Deed:
    return _deed("case", case_id(tx, values["actor"], values["id"]), values)


def _deed(kind: str, id_: str, values: dict[str, Any]) -> Deed:
    body: ActionForm = values["body"]
    witness = body.witness.kept() if body.witness else None
    attempt = Attempt(values["action"], body.fields, body.reason, body.n, body.at, witness)
    return Deed(kind, id_, attempt, values["actor"], values["expect"])


_WISHES: Final[dict[str, Callable[[Tx, dict[str, Any]], Submission | Deed]]] = {
    "submit_report": _submission, "act_on_report": _deed_on_report, "act_on_case": _deed_on_case,
}  # fmt: skip
