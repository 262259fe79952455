"""From a filter to rows: only what is said stands in the statement, so that each is planned for what it asks.

A list is read in two steps. The first walks back in time over some thousand rows: what many rows have is found there
at once. What is still missing is rare among them, and the second step asks the inverted index, which knows all
filters together. Neither needs an estimate, so no wrong one can make a list slow.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from xiuhua.city.areas import tiles
from xiuhua.loop.brief import model as brief
from xiuhua.loop.lists.model import Kind, ListFilter
from xiuhua.loop.model import SOURCES
from xiuhua.loop.scope import Sight
from xiuhua.platform.database import Tx
from xiuhua.platform.sql import queries

WALK: Final = 4000
"""Rows that are looked at one by one before the index is asked."""
Cursor = tuple[datetime, str]
_FACETS: Final = {"state": "s", "category": "c", "unit": "u", "source": "f", "outcome": "o"}
"""Column and its letter in the index."""
_FLAGS: Final = ("overdue", "suspended")
_NEWEST: Final = "order by opened_at desc, id desc limit %(limit)s"


@dataclass(frozen=True, slots=True)
class Wanted:
    """A list: of what, which rows, by whose sight."""

    city: str
    kind: Kind
    filter: ListFilter
    sight: Sight
    now: datetime


def page(tx: Tx, wanted: Wanted, after: Cursor | None, limit: int) -> list[Any]:
    """Rows newest first behind a cursor, at most `limit`."""
    sql, asked = _sql(), {**values(wanted), **behind("after", after)}
    span = [*period(wanted.filter), *(["after"] if after else [])]
    lines = sql[f"{wanted.kind}_lines"]
    if wanted.filter.number is not None or wanted.filter.external_id is not None:
        return _run(tx, f"{lines} {where(walked(wanted), span)} {_NEWEST}", asked, limit)
    order = f"{sql[f'{wanted.kind}_order']} {where(['city = %(city)s'], span)}"
    ends = _run(tx, f"{order} order by opened_at desc, id desc offset {WALK} limit %(limit)s", asked, 1)
    if not ends:
        return _run(tx, f"{lines} {where(walked(wanted), span)} {_NEWEST}", asked, limit)
    asked |= behind("end", (ends[0].opened_at, ends[0].id))
    found = _run(tx, f"{lines} {where(walked(wanted), [*span, 'until'])} {_NEWEST}", asked, limit)
    if len(found) >= limit:
        return found
    rest = f"{lines} {where(indexed(wanted), [*period(wanted.filter), 'behind'])}"
    return found + _run(tx, f"{sql['rest'].format(rows=rest)} {_NEWEST}", asked, limit - len(found))


def ids(tx: Tx, wanted: Wanted, limit: int) -> list[str]:
    """Ids of all rows, newest first, at most `limit`; for what is done to a whole filter."""
    span = period(wanted.filter)
    rows = f"{_sql()[f'{wanted.kind}_order']} {where(indexed(wanted), span)}"
    return [row.id for row in _run(tx, f"{_sql()['rest'].format(rows=rows)} {_NEWEST}", values(wanted), limit)]


def walked(wanted: Wanted) -> list[str]:
    """Conditions on the columns themselves, row by row."""
    sql, said = _sql(), wanted.filter
    found = ["city = %(city)s"]
    found += [sql["one_of"].format(column=name) for name in _FACETS if getattr(said, name)]
    found += [sql["is"].format(column=name) for name in (*_FLAGS, "number") if getattr(said, name) is not None]
    if not wanted.sight.everything:
        found.append(sql[f"seen_{wanted.kind}"].format())
    return found + _common(said) + ([sql["field"]] if said.field else [])


def indexed(wanted: Wanted) -> list[str]:
    """The same conditions as the inverted index understands them."""
    sql, said = _sql(), wanted.filter
    facets = sql[f"{wanted.kind}_facets"]
    found = ["city = %(city)s"]
    found += [f"{facets} && %(any_{name})b::text[]" for name in _FACETS if getattr(said, name)]
    for name in _FLAGS:
        if getattr(said, name):
            found.append(f"{facets} @> %(has_{name})b::text[]")
        elif getattr(said, name) is False:
            found.append(sql["is"].format(column=name))
    if said.number is not None:
        found.append(sql["is"].format(column="number"))
    if not wanted.sight.everything:
        seen = sql.get(f"seen_{wanted.kind}_indexed", sql[f"seen_{wanted.kind}"])
        found.append(seen.format(facets=facets))
    return found + _common(said) + ([sql["field_indexed"]] if said.field else [])


def _common(said: ListFilter) -> list[str]:
    plain = ("area", "tag", "external_id", "handed_back_from", "handed_back_to")
    names = [name for name in plain if getattr(said, name)]
    if said.late is not None:
        names.append("late" if said.late else "not_late")
    if said.open is not None:
        names.append("open" if said.open else "not_open")
    if said.light or said.drawn is not None:
        parts = [name for name, given in (("lit", said.light), ("inside", said.drawn is not None)) if given]
        rows = _sql()["drawn_rows" if said.drawn is not None else "brief_rows"]
        return [_sql()[name] for name in names] + [
            _sql()["in_brief"].format(rows=rows, conditions=" and ".join(_sql()[part] for part in parts))
        ]
    return [_sql()[name] for name in names]


def period(said: ListFilter) -> list[str]:
    """Names of the conditions of a period."""
    return [name for name, given in (("from", said.opened_from), ("to", said.opened_to)) if given is not None]


def where(conditions: Sequence[str], span: Iterable[str]) -> str:
    """Conditions as text, and those of a span of time by name."""
    return "where " + "\n  and ".join([*conditions, *(_sql()[name] for name in span)])


def behind(name: str, cursor: Cursor | None) -> dict[str, Any]:
    """A cursor as values."""
    return {f"{name}_at": cursor[0], f"{name}_id": cursor[1]} if cursor else {}


def values(wanted: Wanted) -> dict[str, Any]:
    """What the conditions of a list refer to."""
    said, city = wanted.filter, wanted.city
    found: dict[str, Any] = {
        "city": city, "kind": wanted.kind, "now": wanted.now, "sources": list(SOURCES),
        "areas": list(wanted.sight.areas), "units": list(wanted.sight.units),
        "desks": [f"{city}:u:{unit}" for unit in wanted.sight.units],
    }  # fmt: skip
    for name, letter in _FACETS.items():
        found[name] = list(getattr(said, name))
        found[f"any_{name}"] = [f"{city}:{letter}:{one}" for one in getattr(said, name)]
    for name in _FLAGS:
        found[name] = getattr(said, name)
        found[f"has_{name}"] = [f"{city}:{name}"]
    found |= {"now_s": int(wanted.now.timestamp()), "lights": [brief.LIGHTS.index(one) for one in said.light]}
    if said.drawn is not None:
        found |= _drawn(said.drawn)
    given = ("area", "number", "external_id", "opened_from", "opened_to", "handed_back_from", "handed_back_to")
    for name in given:
        found[name] = getattr(said, name)
    return found | {"tag": list(said.tag), "field": list(said.field)}


def _drawn(text: str) -> dict[str, Any]:
    """A drawn area as values: its corners in millionths of a degree, since a polygon of PostgreSQL takes what is
    nearer than a millionth for the same; and the spans of tiles that it lies in."""
    corners = [tuple(map(float, one.split(","))) for one in text.split()]
    xs, ys = zip(*corners, strict=True)
    spans = tiles.spans((min(xs), min(ys), max(xs), max(ys)))
    shape = ",".join(f"({lon * 1e6},{lat * 1e6})" for lon, lat in corners)
    return {"drawn": f"({shape})", "firsts": [first for first, _ in spans], "lasts": [last for _, last in spans]}


def _run(tx: Tx, query: str, values: Mapping[str, Any], limit: int) -> list[Any]:
    # Planned anew each time: a plan for any values would not know which of them are rare.
    return tx.connection.execute(query, {**values, "limit": limit}, prepare=False).fetchall()


def _sql() -> dict[str, str]:
    return queries("xiuhua.loop.lists")
