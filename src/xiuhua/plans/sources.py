"""What counts as done, of the rooms that stand below, and what of them is due."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from xiuhua.plans.doing import Asked, Due, Item, Span
from xiuhua.plans.progress import Done
from xiuhua.platform.database import Tx
from xiuhua.platform.sql import queries

_MOMENTS: Final = {"opened": "opened_at", "filed": "filed_at", "closed": "closed_at"}
_PLACED: Final = ("s.code", "join lateral unnest(chosen.scopes) as s (code) on s.code = any(%(areas)b::text[])")
_NAMED: Final = ("coalesce(named, '')", "")
_UNIT: Final = ("coalesce(unit, '')", "")
_PERSON: Final = ("coalesce(person, '')", "")
_BY_FACET: Final = (
    "f.value",
    "join lateral (select substr(facet, strpos(facet, '=') + 1) as value from unnest(chosen.facets) as facet"
    " where split_part(facet, '=', 1) = any(%(facets)b::text[])) as f on true",
)
_BY_DATA: Final = (
    "f.value",
    "join lateral (select distinct chosen.data ->> one as value from unnest(%(facets)b::text[]) as one"
    " where chosen.data ->> one is not null) as f on true",
)


@dataclass(frozen=True, slots=True)
class _Source:
    """One kind of row: its statement, how keys are told, and which conditions it knows."""

    kind: str
    chosen: str
    """The statement that gives its rows."""
    path: str | None
    """Where the console shows one."""
    keys: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    """`per` → the key as SQL, what must be joined for it."""
    conditions: Mapping[str, str] = field(default_factory=dict)
    """Field of `Asked` → condition. What lies nowhere falls under no areas, what is no unit's under no units."""

    def measures(self, per: str | None) -> bool:
        """Whether it knows keys of a kind."""
        return per is None or per in self.keys

    def done(self, tx: Tx, city: str, asked: Asked) -> Iterator[Done]:
        """What was done, by key and local day."""
        for row in tx.execute(*self._filled("done", city, asked)):
            yield Done(row.key, row.day or asked.first, row.n, row.quantity, row.entered)

    def items(self, tx: Tx, city: str, asked: Asked, key: str | None, limit: int) -> list[Item]:
        """The things themselves."""
        query, values = self._filled("items", city, asked)
        return [
            Item(
                self.kind, row.id, row.title, row.day or asked.first, row.key, row.quantity,
                f"{self.path}/{row.id}" if self.path else None,
            )
            for row in tx.execute(query, {**values, "key": key, "limit": limit})
        ]  # fmt: skip

    def _filled(self, query: str, city: str, asked: Asked) -> tuple[str, dict[str, Any]]:
        key, keys = self.keys[asked.per] if asked.per is not None else ("''", "")
        given: dict[str, Any] = {name: list(getattr(asked, name)) for name in ("within", "units", "category", "tags")}
        narrow = " ".join(_sql()[one] for name, one in self.conditions.items() if given.get(name))
        if any(given[name] and name not in self.conditions for name in ("within", "units")):
            narrow += " " + _sql()["nothing"]
        if self.kind == "case" and asked.names:
            narrow += " " + _sql()["of_procedure"]
        moment = _MOMENTS.get(asked.at or "closed", "closed_at")
        chosen = _sql()[self.chosen].format(narrow=narrow, moment=moment)
        return _sql()[query].format(chosen=chosen, key=key, keys=keys), {
            "city": city, "names": list(asked.names), "first": asked.first, "last": asked.last, "zone": asked.zone,
            "areas": list(asked.areas), "ids": list(asked.ids), "facets": list(asked.facets),
            "hidden": list(asked.hidden), **given,
        }  # fmt: skip


ALL: Final[Mapping[str, _Source]] = {
    one.kind: one
    for one in (
        _Source(
            "case", "cases", "/cases", {"area": _PLACED, "unit": _UNIT},
            {"within": "in_areas", "units": "of_unit", "category": "of_category", "tags": "tagged"},
        ),
        _Source(
            "handover", "handovers", None, {"area": ("coalesce(area, '')", ""), "person": _PERSON},
            {"within": "in_area"},
        ),
        _Source(
            "register", "records", "/records",
            {"area": _PLACED, "unit": ("u.code", "join lateral unnest(chosen.units) as u (code) on true"),
             "record": _NAMED},
            {"within": "in_areas", "units": "of_units"},
        ),
        _Source(
            "ledger", "entries", None,
            {"area": _PLACED, "unit": _UNIT, "record": _NAMED, "person": _BY_FACET, "facet": _BY_FACET},
            {"within": "in_areas", "units": "by_unit"},
        ),
        _Source(
            "inspection", "inspections", "/inspections",
            {"area": _PLACED, "unit": _UNIT, "record": _NAMED,
             "person": ("p.code", "join lateral unnest(chosen.inspectors) as p (code) on true")},
            {"within": "in_areas", "units": "of_unit"},
        ),
        _Source(
            "proceeding", "proceedings", "/tasks",
            {"area": _PLACED, "unit": _UNIT, "person": _PERSON, "record": _NAMED, "facet": _BY_DATA},
            {"within": "in_areas", "units": "of_units"},
        ),
        _Source("document", "documents", "/documents"),
    )
}  # fmt: skip
"""By kind of `done_by`; coverage comes with sensing."""


@dataclass(frozen=True, slots=True)
class _Dues:
    """What one room has due: a statement, and a line for each of its rows."""

    query: str
    line: Callable[[Any], Due]

    def due(self, tx: Tx, city: str, wanted: Span) -> Iterable[Due]:
        """One line for each kind, unit and day."""
        asked = {
            "city": city, "first": wanted.first, "last": wanted.last, "zone": wanted.zone, "unit": wanted.unit,
            "area": wanted.area, "now": tx.now,
        }  # fmt: skip
        return [self.line(row) for row in tx.execute(_sql()[self.query], asked)]


@dataclass(frozen=True, slots=True)
class _Placeless(_Dues):
    """What is due of nobody's unit and nowhere: it stands in the whole city's calendar alone."""

    def due(self, tx: Tx, city: str, wanted: Span) -> Iterable[Due]:
        """One line for each kind and day."""
        return () if wanted.unit is not None or wanted.area is not None else _Dues.due(self, tx, city, wanted)


def _case(row: Any) -> Due:
    path = f"/cases/{row.id}" if row.n == 1 else "/cases"
    return Due("case", row.day, row.number if row.n == 1 else "", row.n, row.late > 0, row.unit, path=path)


def _record(row: Any) -> Due:
    path = f"/records/{row.id}" if row.n == 1 else f"/registers/{row.register}"
    return Due("record", row.day, row.called if row.n == 1 else "", row.n, of=row.register, path=path)


def _proceeding(row: Any) -> Due:
    path = f"/tasks/{row.id}" if row.n == 1 else f"/tasks?procedure={row.procedure}"
    title = row.title if row.n == 1 else ""
    return Due("proceeding", row.day, title, row.n, row.late > 0, row.unit, of=row.procedure, path=path)


def _round(row: Any) -> Due:
    return Due("round", row.day, row.title, late=row.late, of=row.checklist, path=f"/rounds/{row.id}")


def _rectification(row: Any) -> Due:
    path = f"/inspections/{row.id}" if row.n == 1 else "/inspections?waits=true"
    return Due("rectification", row.day, row.called, row.n, row.late, row.unit, of=row.checklist, path=path)


def _document(row: Any) -> Due:
    path = f"/documents/{row.id}" if row.n == 1 else "/documents"
    return Due("document", row.day, row.title if row.n == 1 else "", row.n, of=row.kind, path=path)


DUES: Final = (
    _Dues("due_cases", _case), _Dues("due_records", _record), _Dues("due_proceedings", _proceeding),
    _Dues("due_rounds", _round), _Dues("due_rectifications", _rectification), _Placeless("due_documents", _document),
)  # fmt: skip
"""Ends of handling clocks of cases, last days of what is valid, deadlines of what procedures run, rounds of
inspections, what failed and must be put right, last days of documents in force."""


def _sql() -> dict[str, str]:
    return queries("xiuhua.plans")
