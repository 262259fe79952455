"""Search over texts and contacts: who may, what is written down, and the rows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Final

from xiuhua.loop import scope
from xiuhua.loop.lists import query
from xiuhua.loop.lists.model import ListFilter
from xiuhua.loop.lists.query import Cursor, Wanted
from xiuhua.loop.scope import Sight
from xiuhua.loop.search import model
from xiuhua.loop.search.index import Contacts
from xiuhua.loop.service import Loop
from xiuhua.platform import personal
from xiuhua.platform.database import Tx
from xiuhua.platform.errors import Invalid, NotAllowed
from xiuhua.platform.identity.model import Actor
from xiuhua.platform.masking import mask_text
from xiuhua.platform.sql import queries

SEARCH, TEXTS, UNMASK = "case.search", "case.read_personal", "personal.unmask"
WALK: Final = 6000
"""Texts that are looked at one by one before the index is asked."""
_NEWEST: Final = "order by opened_at desc, id desc limit %(limit)s"
_REACH: Final = f"order by opened_at desc, id desc offset {WALK} limit %(limit)s"


@dataclass(frozen=True, slots=True)
class Hit:
    """One text that was found: whose it is, and the masked words around the find."""

    kind: str
    id: str
    case_id: str | None
    opened_at: datetime
    snippet: str
    number: str
    state: str
    category: str | None
    case: Mapping[str, Any] | None


def texts(
    tx: Tx, loop: Loop, actor: Actor, typed: str, given: ListFilter, after: Cursor | None, limit: int
) -> list[Any]:
    """Texts that hold all the words typed, newest first; rows (kind, id, case_id, opened_at).

    A filter is of the case that a text belongs to, its period of the text. Needs `case.search` and
    `case.read_personal`; the first page is written down. Raises `NotAllowed`, `Invalid`.
    """
    _demand(actor, SEARCH, TEXTS)
    words = model.searched(typed) if len(typed) <= model.LONGEST else None
    if words is None:
        why = f"is words of {model.SHORTEST} characters and more, {model.LONGEST} in all"
        raise Invalid(errors=[{"field": "q", "why": why}])
    if after is None:
        _note(tx, actor, "search", mask_text(typed))
    return _rows(tx, loop, actor, "found", {"query": words}, given, after, limit)


def contact(
    tx: Tx, loop: Loop, actor: Actor, contacts: Contacts, given: str, why: str, after: Cursor | None, limit: int
) -> list[Any]:
    """Reports of one contact (a phone, exactly), newest first. Needs `personal.unmask`, and a reason."""
    _demand(actor, SEARCH, UNMASK)
    if not why.strip():
        raise Invalid(errors=[{"field": "why", "why": "is needed"}])
    if after is None:
        _note(tx, actor, "search_contact", why)
    values = {"contact": contacts.digest(given)}
    return _rows(tx, loop, actor, "contact", values, ListFilter(), after, limit)


def hits(tx: Tx, city: str, rows: Sequence[Any], typed: str = "") -> list[Hit]:
    """What is told of rows found: masked words around the find, numbers and states."""
    kept = personal.get(tx, city, [f"{row.kind}/{row.id}" for row in rows])
    asked = {
        "city": city, "cases": sorted({row.case_id for row in rows if row.case_id}),
        "reports": [row.id for row in rows if row.kind == "report"],
    }  # fmt: skip
    known = {(one.kind, one.id): one for one in tx.execute(_sql()["numbers"], asked)}
    found = []
    for row in rows:
        own, case = known[row.kind, row.id], known.get(("case", row.case_id))
        told = {"id": case.id, "number": case.number, "state": case.state, "unit": case.unit} if case else None
        shown = model.snippet(kept.get(f"{row.kind}/{row.id}"), typed)
        found.append(
            Hit(row.kind, row.id, row.case_id, row.opened_at, shown, own.number, own.state, own.category, told)
        )
    return found


def _rows(
    tx: Tx, loop: Loop, actor: Actor, condition: str, values: Mapping[str, Any], given: ListFilter,
    after: Cursor | None, limit: int,
) -> list[Any]:  # fmt: skip
    """In two steps like a list: a walk back in time for words that are common, the index for those that are not."""
    sql, seen = _sql(), scope.sight(loop.view(tx, actor.city), actor, SEARCH)
    case = Wanted(actor.city, "case", replace(given, opened_from=None, opened_to=None), Sight(True), tx.now)
    asked = query.values(case) | {"opened_from": given.opened_from, "opened_to": given.opened_to}
    asked |= {**values, "areas": list(seen.areas), "units": list(seen.units), **query.behind("after", after)}
    own = ["city = %(city)s", sql[condition], *([] if seen.everything else [sql["seen"]])]
    walked, indexed = list(own), list(own)
    if case.filter.to_json():
        walked.append(sql["of_case"].format(conditions=" and ".join(query.walked(case))))
        indexed.append(sql["of_case_indexed"].format(conditions=" and ".join(query.indexed(case))))
    period = query.period(given)
    span = [*period, *(["after"] if after else [])]
    ends = _run(tx, f"{sql['hits_reach']} {query.where(['city = %(city)s'], span)} {_REACH}", asked, 1)
    if not ends:
        return _run(tx, f"{sql['hits']} {query.where(walked, span)} {_NEWEST}", asked, limit)
    asked |= query.behind("end", (ends[0].opened_at, ends[0].id))
    found = _run(tx, f"{sql['hits']} {query.where(walked, [*span, 'until'])} {_NEWEST}", asked, limit)
    if len(found) >= limit:
        return found
    rest = sql["rest"].format(rows=f"{sql['hits']} {query.where(indexed, [*period, 'behind'])}")
    return found + _run(tx, f"{rest} {_NEWEST}", asked, limit - len(found))


def _run(tx: Tx, statement: str, values: Mapping[str, Any], limit: int) -> list[Any]:
    # Planned anew each time, since how common a word is decides how it is best looked for.
    return tx.connection.execute(statement, {**values, "limit": limit}, prepare=False).fetchall()


def _demand(actor: Actor, *permissions: str) -> None:
    for permission in permissions:
        if not actor.may(permission):
            raise NotAllowed(permission=permission)


def _note(tx: Tx, actor: Actor, what: str, why: str) -> None:
    tx.execute(_sql()["note_search"], {"city": actor.city, "now": tx.now, "actor": actor.id, "what": what, "why": why})


def _sql() -> dict[str, str]:
    return queries("xiuhua.loop.search")
