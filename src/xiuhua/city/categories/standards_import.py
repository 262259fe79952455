"""The data files of a pack that carries categories, read whole with every error named. No database."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Any, Final, TypeVar

from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError

from xiuhua.city.categories.model import Category, CodeMapping, How, Kind, Season, Status, Trust, parse_key
from xiuhua.city.categories.plan import ImportPlan, read_plan
from xiuhua.city.categories.tables import Row, read_table
from xiuhua.platform.errors import Invalid

CATEGORY_COLUMNS: Final = (
    "standard", "kind", "code", "kind_word", "class_code", "class_name", "class_name_en", "name", "name_en",
    "also", "of", "status", "valid_from", "valid_to", "source", "trust",
)  # fmt: skip
MAPPING_COLUMNS: Final = ("from", "to", "how", "trust", "note")
SEASON_COLUMNS: Final = ("name", "first", "last")
CATEGORIES, MAPPINGS, CONDITIONS = "categories.tsv", "mappings.tsv", "filing_conditions.tsv"
SETS, SEASONS = "filing_sets.tsv", "seasons.tsv"

Place = dict[str, str | int]
E = TypeVar("E", bound=StrEnum)


@dataclass(frozen=True, slots=True)
class StandardPack:
    """What a folder holds."""

    name: str
    version: int
    source: str
    categories: tuple[Category, ...] = ()
    mappings: tuple[CodeMapping, ...] = ()
    conditions: Path | None = None
    """Table of filing conditions, read by `plan`."""
    plan: ImportPlan | None = None


@dataclass(slots=True)
class _Errors:
    found: list[Place] = field(default_factory=list)

    def add(self, row: Row, name: str, why: str) -> None:
        self.found.append(row.place(name, why))

    def choice(self, row: Row, name: str, choices: type[E], default: E) -> E:
        try:
            return choices(row.cells.get(name, ""))
        except ValueError:
            self.add(row, name, f"{row.cells.get(name, '')!r} is none of {', '.join(choices)}")
            return default

    def day(self, row: Row, name: str) -> date | None:
        text = row.cells.get(name, "")
        try:
            return date.fromisoformat(text) if text else None
        except ValueError:
            self.add(row, name, f"{text!r} is not a date such as 2026-01-01")
            return None


def read_pack(folder: Path) -> StandardPack:
    """Read a pack's categories, mappings and the plan of its filing conditions.

    Raises `Invalid` with every error of every file: file, row, field, why.
    """
    head = _head(folder)
    errors = _Errors()
    categories = _rows(folder / CATEGORIES, CATEGORY_COLUMNS, errors, _category)
    mappings = _rows(folder / MAPPINGS, MAPPING_COLUMNS, errors, _mapping)
    _refuse_twice(folder / CATEGORIES, (one.key for one in categories), "code", errors)
    _refuse_twice(folder / MAPPINGS, (f"{one.old} → {one.new}" for one in mappings), "to", errors)
    seasons = {one.name: one for one in _rows(folder / SEASONS, SEASON_COLUMNS, errors, _season)}
    plan = _plan(folder, seasons, errors)
    if errors.found:
        raise Invalid(f"The pack {head['name']} has {len(errors.found)} errors.", errors=errors.found)
    return StandardPack(
        head["name"],
        head["version"],
        str(head.get("source", "")),
        tuple(categories),
        tuple(mappings),
        folder / CONDITIONS if plan else None,
        plan,
    )


def mapping_errors(mappings: Iterable[CodeMapping], known: Mapping[str, Category]) -> list[Place]:
    """What is wrong with mappings taken together: unknown ends, two ways onward, a ring."""
    mappings = list(mappings)
    onward = Counter(one.old for one in mappings if one.followed)
    ways = {one.old: one.new for one in mappings if one.followed}
    errors: list[Place] = []
    for one in mappings:
        place: Place = {"file": MAPPINGS, "row": f"{one.old} → {one.new}", "field": "", "why": ""}
        for name, key in (("from", one.old), ("to", one.new)):
            if key and key not in known:
                errors.append(place | {"field": name, "why": f"{key} is in no catalogue installed here"})
        if one.followed and onward[one.old] > 1:
            errors.append(place | {"field": "how", "why": "two ways onward: mark candidates as unsure"})
        if one.followed and _in_ring(one.old, ways):
            errors.append(place | {"field": "to", "why": "it leads back to itself"})
    return errors


def _in_ring(start: str, ways: Mapping[str, str]) -> bool:
    seen, here = set[str](), start
    while (here := ways.get(here, "")) and here not in seen:
        if here == start:
            return True
        seen.add(here)
    return False


def _head(folder: Path) -> dict[str, Any]:
    path = folder / "pack.yaml"
    try:
        head = YAML(typ="safe", pure=True).load(path.read_text(encoding="utf-8"))
    except (OSError, YAMLError) as error:
        raise _head_wrong(path, str(error)) from error
    if not isinstance(head, dict) or not isinstance(head.get("name"), str) or not isinstance(head.get("version"), int):
        raise _head_wrong(path, "name and version are needed")
    return head


def _head_wrong(path: Path, why: str) -> Invalid:
    return Invalid(f"{path} cannot be read.", errors=[{"file": "pack.yaml", "row": 0, "field": "", "why": why}])


T = TypeVar("T")


def _rows(path: Path, columns: tuple[str, ...], errors: _Errors, read: Callable[[Row, _Errors], T | None]) -> list[T]:
    """What `read` makes of each row of a file that may be absent."""
    if not path.exists():
        return []
    made = [read(row, errors) for row in read_table(path, columns)]
    return [one for one in made if one is not None]


def _category(row: Row, errors: _Errors) -> Category | None:
    before = len(errors.found)
    cell = {name: row.cells.get(name, "") for name in CATEGORY_COLUMNS}
    kind = errors.choice(row, "kind", Kind, Kind.PART)
    if parse_key(f"{cell['standard']}/{kind}/{cell['code']}") is None:
        errors.add(row, "code", f"{cell['standard']!r} with {cell['code']!r} makes no key")
    for name in ("name", "class_code", "class_name", "source"):
        if not cell[name]:
            errors.add(row, name, "is empty")
    made = Category(
        cell["standard"], kind, cell["code"], cell["name"], cell["class_code"], cell["class_name"],
        cell["name_en"], cell["class_name_en"], cell["kind_word"],
        tuple(filter(None, (one.strip() for one in cell["also"].split("|")))), cell["of"],
        errors.choice(row, "status", Status, Status.IN_FORCE), errors.day(row, "valid_from"),
        errors.day(row, "valid_to"), cell["source"], errors.choice(row, "trust", Trust, Trust.RECALLED),
    )  # fmt: skip
    return made if len(errors.found) == before else None


def _mapping(row: Row, errors: _Errors) -> CodeMapping | None:
    before = len(errors.found)
    old, new = row.cells.get("from", ""), row.cells.get("to", "")
    how = errors.choice(row, "how", How, How.UNSURE)
    trust = errors.choice(row, "trust", Trust, Trust.RECALLED)
    for name, key in (("from", old), ("to", new)):
        if (key or name == "from") and parse_key(key) is None:
            errors.add(row, name, f"{key!r} is no key <standard>/<part|matter>/<code>")
    if (how is How.DROPPED) == bool(new):
        errors.add(row, "to", "is empty when and only when the category was dropped")
    return CodeMapping(old, new, how, trust, row.cells.get("note", "")) if len(errors.found) == before else None


def _season(row: Row, errors: _Errors) -> Season | None:
    days = []
    for name in ("first", "last"):
        text = row.cells.get(name, "")
        match = re.fullmatch(r"(\d\d)-(\d\d)", text)
        try:
            days.append((date(2024, int(match[1]), int(match[2])).month, int(match[2])) if match else None)
        except ValueError:
            days.append(None)
        if days[-1] is None:
            errors.add(row, name, f"{text!r} is not a month and day such as 03-01")
    if not (name := row.cells.get("name", "")):
        errors.add(row, "name", "is empty")
    return Season(name, days[0], days[1])


def _plan(folder: Path, seasons: Mapping[str, Season], errors: _Errors) -> ImportPlan | None:
    if not (folder / CONDITIONS).exists():
        return None
    rows = read_table(folder / SETS, ("set", "standard"))
    if len(rows) != 1:
        errors.found.append({"file": SETS, "row": 0, "field": "set", "why": "one row is needed"})
        return None
    try:
        return read_plan(rows[0].cells, seasons)
    except Invalid as error:
        errors.found += [rows[0].place(one["field"], one["why"]) for one in error.params["errors"]]
        return None


def _refuse_twice(path: Path, keys: Iterable[str], name: str, errors: _Errors) -> None:
    for key, times in Counter(keys).items():
        if times > 1:
            errors.found.append({"file": path.name, "row": key, "field": name, "why": f"stands {times} times"})
