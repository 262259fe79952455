"""What counts as done, of the rooms that stand below, and what of them is due."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from xiuhua.plans.doing import Asked, Due, Item, Span
from xiuhua.plans.progress import Done
from xiuhua.platform.database import Tx
from xiuhua.platform.sql import queries

_MOMENTS: Final = {"opened": "opened_at", "filed": "filed_at", "closed": "closed_at"}
_AREA_KEYS: Final = "join lateral unnest(chosen.scopes) as s (code) on s.code = any(%(areas)b::text[])"
_UNIT_KEYS: Final = "join lateral unnest(chosen.units) as u (code) on true"


@dataclass(frozen=True, slots=True)
class _Source:
    """One kind of row: its statements, how keys are told, and which conditions it knows."""

    kind: str
    done_query: str
    items_query: str
    keys: Mapping[str | None, tuple[str, str]]
    """`per` → the key as SQL, what must be joined for it."""
    conditions: Mapping[str, str]
    """Field of `Asked` → condition."""
    path: str | None

    def done(self, tx: Tx, city: str, asked: Asked) -> Iterator[Done]:
        """What was done, by key and local day."""
        for row in tx.execute(*self._filled(self.done_query, city, asked)):
            quantity = getattr(row, "quantity", None)
            yield Done(row.key, row.day or asked.first, row.n, quantity, getattr(row, "entered", None))

    def items(self, tx: Tx, city: str, asked: Asked, key: str | None, limit: int) -> list[Item]:
        """The things themselves."""
        query, values = self._filled(self.items_query, city, asked)
        return [
            Item(
                self.kind, row.id, row.title, row.day or asked.first, row.key, getattr(row, "quantity", None),
                f"{self.path}/{row.id}" if self.path else None,
            )
            for row in tx.execute(query, {**values, "key": key, "limit": limit})
        ]  # fmt: skip

    def _filled(self, query: str, city: str, asked: Asked) -> tuple[str, dict[str, Any]]:
        key, keys = self.keys.get(asked.per, self.keys[None])
        given: dict[str, Any] = {name: list(getattr(asked, name)) for name in ("within", "units", "category", "tags")}
        narrow = " ".join(_sql()[one] for name, one in self.conditions.items() if given.get(name))
        if self.kind == "case" and asked.name is not None:
            narrow += " " + _sql()["of_procedure"]
        text = _sql()[query].format(
            key=key, keys=keys, narrow=narrow, moment=_MOMENTS.get(asked.at or "closed", "closed_at")
        )
        return text, {
            "city": city, "name": asked.name, "first": asked.first, "last": asked.last, "zone": asked.zone,
            "areas": list(asked.areas), "ids": list(asked.ids), **given,
        }  # fmt: skip


CASES: Final = _Source(
    "case", "cases_done", "cases_items",
    {None: ("''", ""), "area": ("s.code", _AREA_KEYS), "unit": ("coalesce(unit, '')", "")},
    {"within": "in_areas", "units": "of_unit", "category": "of_category", "tags": "tagged"}, "/cases",
)  # fmt: skip
HANDOVERS: Final = _Source(
    "handover", "handovers_done", "handovers_items",
    {None: ("''", ""), "area": ("coalesce(area, '')", ""), "person": ("person", "")},
    {"within": "in_area"}, None,
)  # fmt: skip
RECORDS: Final = _Source(
    "register", "records_done", "records_items",
    {None: ("''", ""), "area": ("s.code", _AREA_KEYS), "unit": ("u.code", _UNIT_KEYS), "record": ("named", "")},
    {"within": "in_areas", "units": "of_units"}, "/records",
)  # fmt: skip
_BY_AREA_UNIT_RECORD: Final[dict[str | None, tuple[str, str]]] = {
    None: ("''", ""), "area": ("s.code", _AREA_KEYS), "unit": ("coalesce(unit, '')", ""),
    "record": ("coalesce(named, '')", ""),
}  # fmt: skip
ENTRIES: Final = _Source(
    "ledger", "entries_done", "entries_items", _BY_AREA_UNIT_RECORD,
    {"within": "in_areas", "units": "by_unit"}, None,
)  # fmt: skip
INSPECTIONS: Final = _Source(
    "inspection", "inspections_done", "inspections_items", _BY_AREA_UNIT_RECORD,
    {"within": "in_areas", "units": "of_unit"}, "/inspections",
)  # fmt: skip
PROCEEDINGS: Final = _Source(
    "proceeding", "proceedings_done", "proceedings_items",
    {None: ("''", ""), "area": ("s.code", _AREA_KEYS), "unit": ("unit", ""), "person": ("person", "")},
    {"within": "in_areas", "units": "of_units"}, "/tasks",
)  # fmt: skip
DOCUMENTS: Final = _Source(
    "document", "documents_done", "documents_items", {None: ("''", "")}, {}, "/documents",
)  # fmt: skip
ALL: Final[Mapping[str, _Source]] = {
    "case": CASES, "handover": HANDOVERS, "register": RECORDS, "ledger": ENTRIES, "inspection": INSPECTIONS,
    "proceeding": PROCEEDINGS, "document": DOCUMENTS,
}  # fmt: skip
"""By kind of `done_by`; coverage comes with sensing."""


class DueCases:
    """Ends of handling clocks of open cases."""

    def due(self, tx: Tx, city: str, wanted: Span) -> Iterable[Due]:
        """One line for each unit and day."""
        for row in tx.execute(_sql()["due_cases"], {**_asked(city, wanted), "now": tx.now}):
            path = f"/cases/{row.id}" if row.n == 1 else "/cases"
            yield Due("case", row.day, row.number if row.n == 1 else "", row.n, row.late > 0, row.unit, path=path)


class DueRecords:
    """Records that are valid no longer after a day."""

    def due(self, tx: Tx, city: str, wanted: Span) -> Iterable[Due]:
        """One line for each register and day."""
        for row in tx.execute(_sql()["due_records"], _asked(city, wanted)):
            called = row.called if row.n == 1 else ""
            path = f"/records/{row.id}" if row.n == 1 else f"/registers/{row.register}"
            yield Due("record", row.day, called, row.n, of=row.register, path=path)


class DueProceedings:
    """Tasks, orders and all else that procedures run, by their deadlines."""

    def due(self, tx: Tx, city: str, wanted: Span) -> Iterable[Due]:
        """One line for each procedure, unit and day."""
        for row in tx.execute(_sql()["due_proceedings"], {**_asked(city, wanted), "now": tx.now}):
            path = f"/tasks/{row.id}" if row.n == 1 else "/tasks"
            title = row.title if row.n == 1 else ""
            yield Due("proceeding", row.day, title, row.n, row.late > 0, row.unit, of=row.procedure, path=path)


class DueRounds:
    """Rounds of inspections."""

    def due(self, tx: Tx, city: str, wanted: Span) -> Iterable[Due]:
        """One line for each."""
        for row in tx.execute(_sql()["due_rounds"], {**_asked(city, wanted), "now": tx.now}):
            yield Due("round", row.day, row.title, late=row.late, of=row.checklist, path=f"/rounds/{row.id}")


def _asked(city: str, wanted: Span) -> dict[str, Any]:
    return {
        "city": city, "first": wanted.first, "last": wanted.last, "zone": wanted.zone, "unit": wanted.unit,
        "area": wanted.area,
    }  # fmt: skip


def _sql() -> dict[str, str]:
    return queries("xiuhua.plans")
