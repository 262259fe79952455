"""How a table of filing conditions is to be read: which column is what, which codes, which units. Pure."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from xiuhua.city.categories.limits import PlainUnits
from xiuhua.city.categories.model import LimitKind, Season
from xiuhua.city.categories.words import words
from xiuhua.platform.errors import Invalid

COLUMNS: Final = (
    "kind", "code", "standard", "class", "name", "local", "filing_condition", "limit", "limit_a", "limit_b",
    "limit_c", "area_class", "closing_condition", "n", "valid_from", "valid_to", "source",
)  # fmt: skip
"""Fields of a filing condition; each stands under a header of its own name unless the plan says otherwise."""

_KEYS: Final = (
    "set", "standard", "local_standard", "plain_hour", "plain_day", "valid_from", "source", "fill_down",
    "whole",
)  # fmt: skip
Complain = Callable[[str, str], None]
_SET_NAME: Final = re.compile(r"[a-z0-9][a-z0-9.-]{0,47}")


@dataclass(frozen=True, slots=True)
class ImportPlan:
    """The reading instructions of one table."""

    standard_set: str
    """Name of the city's set, e.g. `example-2024`: lower case, digits, hyphen, point."""
    standard: str
    """The standard whose codes the table uses; a column `standard` overrides it by row."""
    local_standard: str = ""
    """Standard of the keys of local extensions; empty: `local:<city>`."""
    columns: Mapping[str, str] = field(default_factory=dict)
    """Field → header, where they differ. `limit` may name several by `|`, best first."""
    plain_units: PlainUnits = field(default_factory=PlainUnits)
    """What units mean here that do not say whether they run at night."""
    seasons: Mapping[str, Season] = field(default_factory=dict)
    valid_from: date | None = None
    """First day of the set, used when it is imported for the first time."""
    source: str = ""
    fill_down: bool = False
    """Merged cells: kind, class, code and name stand only in the first of several rows."""
    whole: bool = True
    """The table is the whole set: conditions that are not in it any more are closed."""

    def header(self, name: str) -> str:
        """The header of a field."""
        return self.columns.get(name, name)

    def limit_headers(self) -> tuple[str, ...]:
        """Headers of the limit, best first."""
        return tuple(part.strip() for part in self.header("limit").split("|"))

    def needed(self) -> set[str]:
        """Headers that the table must have; the kind may be told by the sheet's name instead."""
        by_class = any(f"limit_{one}" in self.columns for one in "abc")
        limits = set() if by_class and "limit" not in self.columns else set(self.limit_headers())
        always = {self.header(name) for name in ("code", "filing_condition", "closing_condition")}
        return always | limits | {header for name, header in self.columns.items() if name != "limit"}


def read_plan(fields: Mapping[str, str], seasons: Mapping[str, Season] | None = None) -> ImportPlan:
    """A plan from flat fields: the row of a pack's `filing_sets.tsv`, or a mapping file.

    Keys: `set`, `standard`, `local_standard`, `plain_hour` and `plain_day` (kinds of limit), `valid_from`,
    `source`, `fill_down` and `whole` (yes or empty), and `column.<field>` for headers. Raises `Invalid`.
    """
    given = {key: str(value).strip() for key, value in fields.items() if str(value).strip()}
    errors: list[dict[str, str]] = []

    def wrong(key: str, why: str) -> None:
        errors.append({"field": key, "why": why})

    columns = {key[7:]: value for key, value in given.items() if key.startswith("column.")}
    for key in given:
        if key not in _KEYS and not (key.startswith("column.") and key[7:] in COLUMNS):
            wrong(key, "unknown key")
    if not _SET_NAME.fullmatch(given.get("set", "")):
        wrong("set", "a name of lower-case letters, digits, hyphens and points is needed")
    if not given.get("standard"):
        wrong("standard", "is needed, e.g. GB/T 30428.2")
    kinds = {key: _limit_kind(given.get(key), key, wrong) for key in ("plain_hour", "plain_day")}
    valid_from = None
    if "valid_from" in given:
        try:
            valid_from = date.fromisoformat(given["valid_from"])
        except ValueError:
            wrong("valid_from", "is a date such as 2026-01-01")
    if errors:
        raise Invalid("The import's plan does not fit.", errors=errors)
    return ImportPlan(
        given["set"], given["standard"], given.get("local_standard", ""), columns,
        PlainUnits(kinds["plain_hour"], kinds["plain_day"]), dict(seasons or {}), valid_from,
        given.get("source", ""), _yes(given.get("fill_down", "")), _yes(given.get("whole", "true")),
    )  # fmt: skip


def _limit_kind(text: str | None, key: str, wrong: Complain) -> LimitKind | None:
    if text is None:
        return None
    try:
        return LimitKind(text)
    except ValueError:
        wrong(key, f"is one of {', '.join(LimitKind)}")
        return None


def _yes(text: str) -> bool:
    return text in words().yes
