"""Many wishes of many people in one unit of work: each has the outcome that it would have alone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from xiuhua.flow.model import Attempt, Decided
from xiuhua.flow.work import Loaded, Work
from xiuhua.loop import intake
from xiuhua.loop.model import Receipt, ReportIn
from xiuhua.loop.service import Loop
from xiuhua.platform.database import Tx
from xiuhua.platform.errors import NotAllowed, XiuhuaError
from xiuhua.platform.identity.model import Actor
from xiuhua.platform.web.together import Apart

ACT = "case.act"


@dataclass(frozen=True, slots=True)
class Submission:
    """A report comes in; `then` is what its sender does with it at once (accepts it on the telephone)."""

    report: ReportIn
    actor: Actor
    then: Attempt | None = None


@dataclass(frozen=True, slots=True)
class Deed:
    """An action of a person; see `Loop.act`."""

    kind: str
    id: str
    attempt: Attempt
    actor: Actor
    expect: int | None = None


Outcome = tuple[Receipt, Loaded | None] | tuple[Loaded, list[Decided]] | XiuhuaError
"""Of a submission its receipt, and the report where it is new; of a deed what `Loop.act` gives; or what it raises."""


def do_all(loop: Loop, tx: Tx, city: str, wishes: Sequence[Submission | Deed]) -> list[Outcome]:
    """Outcomes in order, written at once.

    Raises `Apart` when one of several failed after it had begun to change something: what it left in memory
    cannot be told from what others did. Alone, its error is raised as it is.
    """
    view = loop.view(tx, city)
    work = loop.work(tx, city, view)
    found: dict[int, Outcome] = {}
    deeds = [(number, wish) for number, wish in enumerate(wishes) if isinstance(wish, Deed)]
    loop.lock_many(work, [(deed.kind, deed.id, deed.attempt) for _, deed in deeds])
    sent = [(number, wish) for number, wish in enumerate(wishes) if isinstance(wish, Submission)]
    try:
        receipts = intake.submit(work, view, [wish.report for _, wish in sent], [wish.actor for _, wish in sent])
        for (number, wish), receipt in zip(sent, receipts, strict=True):
            found[number] = _followed(loop, work, wish, receipt)
    except XiuhuaError as error:
        raise (error if len(wishes) == 1 else Apart()) from error
    for number, deed in deeds:
        found[number] = _done(loop, work, deed, alone=len(wishes) == 1)
    work.flush()
    return [found[number] for number in range(len(wishes))]


def _followed(loop: Loop, work: Work, wish: Submission, receipt: Receipt) -> Outcome:
    if receipt.status != "new" or receipt.id is None:
        return receipt, None
    if wish.then is not None:
        if not wish.actor.may(ACT):
            raise NotAllowed(permission=ACT)
        loop.act_in(work, "report", receipt.id, wish.then, wish.actor)
    return receipt, work.get("report", receipt.id)


def _done(loop: Loop, work: Work, deed: Deed, *, alone: bool) -> Outcome:
    before = work.noted()
    try:
        return loop.act_in(work, deed.kind, deed.id, deed.attempt, deed.actor, deed.expect)
    except XiuhuaError as error:
        if alone:
            raise
        if work.noted() != before:
            raise Apart from error
        return error
