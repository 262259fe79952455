"""Rules and what they raise, over HTTP."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Literal

import orjson
from fastapi import Path, Query

from xiuhua.city.web import City
from xiuhua.flow.model import State
from xiuhua.platform.database import Tx
from xiuhua.platform.identity.model import Actor
from xiuhua.platform.web import (
    Day,
    IfMatch,
    Page,
    Paging,
    Reading,
    Reply,
    Replying,
    Router,
    Transaction,
    provided,
    require,
)
from xiuhua.rules import forms
from xiuhua.rules.forms import FigureForm, FindingWhyForm, RuleFindingOut, RuleTriedOut, WatchingOut
from xiuhua.rules.model import ACT, READ, SEE, TELL
from xiuhua.rules.service import Rules

router = Router(tags=["rules"])
TheRules = Annotated[Rules, provided(Rules)]
Reader = Annotated[Actor, require(READ)]
Seer = Annotated[Actor, require(SEE)]
Doer = Annotated[Actor, require(ACT)]
Teller = Annotated[Actor, require(TELL)]
Id = Annotated[str, Path(max_length=64, examples=["0195a1b2-0000-7000-8000-000000000001"])]
Name = Annotated[str, Path(max_length=48, pattern=r"^[a-z][a-z0-9_]*$", examples=["permit_runs_out"])]


@router.get("/rules")
def list_rules(actor: Reader, tx: Reading, rules: TheRules) -> list[WatchingOut]:
    """The rules in force, and how many findings of each wait for a person."""
    waiting = rules.counts(tx, actor.city)
    return [WatchingOut.of(one, waiting.get(name, 0)) for name, one in rules.known(tx, actor.city).by_name.items()]


@router.get("/rules/{name}/try")
def try_rule(
    name: Name, actor: Reader, tx: Reading, rules: TheRules, begin: Annotated[Day, Query(alias="from")],
    end: Annotated[Day, Query(alias="to")],
) -> RuleTriedOut:  # fmt: skip
    """What a rule would have raised from a day to a day, both inclusive; changes nothing."""
    tried = rules.try_(tx, actor.city, name, begin, end)
    if not rules.names(tx, actor, rules.rule(tx, actor.city, name)):
        tried.samples = [{**one, "key": "", "about": [], "values": {}} for one in tried.samples]
    return RuleTriedOut.of(tried)


@router.post("/figures", status_code=204)
def tell_figure(body: FigureForm, actor: Teller, tx: Transaction, rules: TheRules) -> None:
    """The value of a figure for a period, for the rules that look at it; may be told again."""
    rules.tell_figure(tx, actor, body.figure, body.every, body.day, body.by, body.value, body.previous)


@router.get("/findings")
def list_findings(
    actor: Seer, tx: Reading, rules: TheRules, paging: Paging, city: City,
    state: Annotated[tuple[Literal["open", "taken", "settled", "dismissed"], ...], Query(max_length=4)] = (),
    rule: Annotated[str | None, Query(max_length=48, pattern=r"^[a-z][a-z0-9_]*$")] = None,
    mine: Annotated[bool, Query(description="of your roles")] = False,
) -> Page[RuleFindingOut]:  # fmt: skip
    """What rules have raised, the newest first."""
    roles, after = sorted(actor.roles()) if mine else None, paging.after(datetime, str)
    rows = rules.page(tx, actor.city, state, rule, roles, after, paging.limit + 1)
    found = [_told(tx, rules, actor, city, orjson.loads(row.doc), row.version, None) for row in rows]
    return paging.page(found, lambda one: (one.raised_at, one.id))


@router.get("/findings/{id}")
def get_finding(id: Id, actor: Seer, tx: Reading, rules: TheRules, city: City, reply: Replying) -> RuleFindingOut:
    """One of them."""
    return _told(tx, rules, actor, city, *rules.finding(tx, actor.city, id), reply)


@router.post("/findings/{id}/take")
def take_finding(
    id: Id, actor: Doer, tx: Transaction, rules: TheRules, city: City, expect: IfMatch, reply: Replying
) -> RuleFindingOut:
    """Look after it."""
    return _told(tx, rules, actor, city, *rules.act(tx, actor, id, "take", "", expect), reply)


@router.post("/findings/{id}/settle")
def settle_finding(
    id: Id,
    body: FindingWhyForm,
    actor: Doer,
    tx: Transaction,
    rules: TheRules,
    city: City,
    expect: IfMatch,
    reply: Replying,
) -> RuleFindingOut:
    """What was to be done is done."""
    return _told(tx, rules, actor, city, *rules.act(tx, actor, id, "settle", body.why, expect), reply)


@router.post("/findings/{id}/dismiss")
def dismiss_finding(
    id: Id,
    body: FindingWhyForm,
    actor: Doer,
    tx: Transaction,
    rules: TheRules,
    city: City,
    expect: IfMatch,
    reply: Replying,
) -> RuleFindingOut:
    """There was nothing to be done."""
    return _told(tx, rules, actor, city, *rules.act(tx, actor, id, "dismiss", body.why, expect), reply)


def _told(
    tx: Tx, rules: Rules, actor: Actor, city: City, state: State, version: int, reply: Reply | None
) -> RuleFindingOut:
    if reply is not None:
        reply.version(version)
    people = city.of(tx, actor.city).directory().people
    titles = {name: one.rule.title.model_dump() for name, one in rules.known(tx, actor.city).by_name.items()}

    def name(code: str) -> str | None:
        return people[code].name if code in people else None

    told = forms.finding(state, version, titles, name, actor.may(ACT))
    if not rules.tells(tx, actor, state):
        told.key, told.about, told.values = "", [], {}
    return told
