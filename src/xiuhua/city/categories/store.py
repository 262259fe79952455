"""How categories, mappings and conditions are kept: rows that are written once and later superseded."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final, Generic, TypeVar

import orjson

from xiuhua.city.categories.model import (
    AreaClass,
    Category,
    CodeMapping,
    FilingCondition,
    Flag,
    FlagCode,
    How,
    Kind,
    Milestone,
    Status,
    Trust,
)
from xiuhua.platform.database import Tx
from xiuhua.platform.sql import queries

T = TypeVar("T")

_CATEGORY: Final = (
    "standard", "kind", "code", "name", "class_code", "class_name", "name_en", "class_name_en", "kind_word",
    "also", "part_code", "status", "valid_from", "valid_to", "source", "trust",
)  # fmt: skip
_CONDITION: Final = (
    "id", "standard_set", "category", "condition", "milestones", "closing", "limit_text", "area_class",
    "by_notice", "flags", "source", "valid_from", "valid_to", "version",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Kept(Generic[T]):
    """A row as it stands: its number, who brought it, what it says."""

    row_no: int
    origin: str
    value: T


def lock(tx: Tx, city: str) -> None:
    """Let no one else change this city's categories until the transaction ends."""
    tx.execute(_sql("lock"), {"city": city})


def categories(tx: Tx, city: str, known_at: datetime | None = None) -> list[Kept[Category]]:
    """All categories, by key."""
    return [
        Kept(row.row_no, row.origin, _category(row))
        for row in tx.execute(_sql("categories"), {"city": city, "known_at": known_at})
    ]


def mappings(tx: Tx, city: str, known_at: datetime | None = None) -> list[Kept[CodeMapping]]:
    """All mappings of old codes."""
    return [
        Kept(row.row_no, row.origin,
             CodeMapping(row.old_key, row.new_key, How(row.how), Trust(row.trust), row.note))
        for row in tx.execute(_sql("mappings"), {"city": city, "known_at": known_at})
    ]  # fmt: skip


def conditions(
    tx: Tx, city: str, standard_set: str | None = None, known_at: datetime | None = None
) -> list[FilingCondition]:
    """Every version of every condition, of one set or of all."""
    bound = {"city": city, "set": standard_set, "known_at": known_at}
    return [_condition(row) for row in tx.execute(_sql("conditions"), bound)]


def supersede(tx: Tx, city: str, table: str, rows: Sequence[int]) -> None:
    """Mark rows of `categories` or `mappings` as replaced."""
    if rows:
        tx.execute(_sql(f"supersede_{table}"), {"city": city, "rows": list(rows), "now": tx.now})


def put_categories(tx: Tx, city: str, origin: str, made: Iterable[Category]) -> None:
    """Write categories; those with the same key must have been superseded before."""
    rows = [
        (city, origin, tx.now, one.standard, one.kind.value, one.code, one.name, one.class_code,
         one.class_name, one.name_en, one.class_name_en, one.kind_word, list(one.also), one.of,
         one.status.value, one.valid_from, one.valid_to, one.source, one.trust.value)
        for one in made
    ]  # fmt: skip
    tx.copy("category", ("city", "origin", "recorded_at", *_CATEGORY), rows)


def put_mappings(tx: Tx, city: str, origin: str, made: Iterable[CodeMapping]) -> None:
    """Write mappings; those with the same ends must have been superseded before."""
    rows = [(city, origin, tx.now, one.old, one.new, one.how.value, one.trust.value, one.note) for one in made]
    columns = ("city", "origin", "recorded_at", "old_key", "new_key", "how", "trust", "note")
    tx.copy("category_mapping", columns, rows)


def put_conditions(tx: Tx, city: str, added: Sequence[FilingCondition], closed: Sequence[FilingCondition] = ()) -> None:
    """Write new versions, and versions that end once more, with their last day."""
    if closed:
        bound = {"ids": [one.id for one in closed], "versions": [one.version for one in closed]}
        tx.execute(_sql("supersede_conditions"), {"city": city, "now": tx.now, **bound})
    rows = [
        (city, tx.now, one.id, one.standard_set, one.category, one.text,
         _json([milestone.to_json() for milestone in one.milestones]), one.closing, one.limit_text,
         one.area_class.value if one.area_class else None, one.by_notice, _json(one.flags), one.source,
         one.valid_from, one.valid_to, one.version)
        for one in (*closed, *added)
    ]  # fmt: skip
    tx.copy("filing_condition", ("city", "recorded_at", *_CONDITION), rows)


def _category(row: Any) -> Category:
    return Category(
        row.standard, Kind(row.kind), row.code, row.name, row.class_code, row.class_name, row.name_en,
        row.class_name_en, row.kind_word, tuple(row.also), row.part_code, Status(row.status), row.valid_from,
        row.valid_to, row.source, Trust(row.trust),
    )  # fmt: skip


def _condition(row: Any) -> FilingCondition:
    return FilingCondition(
        row.id, row.standard_set, row.category, row.condition,
        tuple(Milestone.from_json(one) for one in row.milestones), row.closing, row.limit_text,
        AreaClass(row.area_class) if row.area_class else None, row.by_notice,
        tuple(Flag(FlagCode(one["code"]), one["field"], one["text"]) for one in row.flags), row.source,
        row.valid_from, row.valid_to, row.version,
    )  # fmt: skip


def _json(value: object) -> str:
    return orjson.dumps(value).decode()


def _sql(name: str) -> str:
    return queries("xiuhua.city.categories")[name]
