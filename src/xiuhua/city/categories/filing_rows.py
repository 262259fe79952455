"""Rows of a table of filing conditions, read into drafts; whatever a person should see is flagged. Pure."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from itertools import groupby

from xiuhua.city.categories.catalogue import Catalogue
from xiuhua.city.categories.limits import Reading, read_limit
from xiuhua.city.categories.model import (
    AreaClass,
    Category,
    Flag,
    FlagCode,
    Key,
    Kind,
    Milestone,
    Trust,
)
from xiuhua.city.categories.plan import ImportPlan
from xiuhua.city.categories.tables import Row
from xiuhua.city.categories.words import words

Place = dict[str, str | int]
_FILLED = ("kind", "class", "code", "name", "local")
_WITH_CODE = ("code", "name", "local")


@dataclass(frozen=True, slots=True)
class Draft:
    """A filing condition before it has a number and days of its own."""

    kind: Kind
    code: str
    category: str
    text: str
    closing: str
    milestones: tuple[Milestone, ...]
    limit_text: str
    area_class: AreaClass | None
    by_notice: bool
    flags: tuple[Flag, ...]
    source: str
    n: int | None = None
    valid_from: date | None = None
    valid_to: date | None = None


@dataclass(slots=True)
class Parsed:
    """What came of all rows: every row is in a draft or rejected."""

    drafts: list[Draft] = field(default_factory=list)
    findings: list[Place] = field(default_factory=list)
    """Every flag with `file`, `row`, `field`, `code`, `why`."""
    rejected: list[Place] = field(default_factory=list)
    """Errors of rows that were not taken, with `file`, `row`, `field`, `why`."""
    rejected_rows: int = 0
    categories: dict[str, Category] = field(default_factory=dict)
    """Local extensions that the catalogue does not have yet, by key."""


class _Rejected(Exception):
    """The row cannot be taken; holds the field and why."""


@dataclass(slots=True)
class _Cells:
    """One row by field instead of header."""

    row: Row
    plan: ImportPlan

    def __call__(self, name: str) -> str:
        return self.row.cells.get(self.plan.header(name), "")


def read_rows(rows: Iterable[Row], plan: ImportPlan, city: str, catalogue: Catalogue) -> Parsed:
    """Read all rows. `city` names local extensions; `catalogue` tells which codes are known."""
    parsed, seen = Parsed(), dict[tuple[object, ...], int]()
    for row in _filled(rows, plan):
        cells = _Cells(row, plan)
        try:
            drafts = _read_row(cells, plan, city, catalogue, parsed.categories)
            _refuse_repeats(drafts, seen, row.number)
        except _Rejected as error:
            name, why = error.args
            parsed.rejected.append(row.place(plan.header(name), why))
            parsed.rejected_rows += 1
            continue
        parsed.drafts += drafts
        for flag in dict.fromkeys(flag for draft in drafts for flag in draft.flags):
            parsed.findings.append(row.place(plan.header(flag.field), flag.text) | {"code": flag.code.value})
    return parsed


def _refuse_repeats(drafts: list[Draft], seen: dict[tuple[object, ...], int], row: int) -> None:
    """One text stands once in a code and area class, and so does a number."""
    mine: dict[tuple[object, ...], int] = {}
    for draft in drafts:
        place = (draft.kind, draft.code, draft.area_class)
        for name, value in (("filing_condition", squeezed(draft.text)), ("n", draft.n)):
            if value is not None and (*place, name, value) in seen:
                raise _Rejected(name, f"repeats row {seen[*place, name, value]}")
            mine[*place, name, value] = row
    seen.update(mine)


def squeezed(text: str) -> str:
    """A text without what people vary by accident: width of characters, spaces."""
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", text))


def _filled(rows: Iterable[Row], plan: ImportPlan) -> Iterator[Row]:
    """Rows whose merged cells are filled from above, sheet by sheet, when the plan says so."""
    if not plan.fill_down:
        yield from rows
        return
    headers = {name: plan.header(name) for name in _FILLED}
    for _, group in groupby(rows, key=lambda row: row.sheet):
        above: dict[str, str] = {}
        for row in group:
            cells = dict(row.cells)
            new_code = bool(cells.get(headers["code"]))
            for name, header in headers.items():
                if not cells.get(header) and not (new_code and name in _WITH_CODE):
                    cells[header] = above.get(header, "")
            above = cells
            yield replace(row, cells=cells)


def _read_row(
    cells: _Cells, plan: ImportPlan, city: str, catalogue: Catalogue, added: dict[str, Category]
) -> list[Draft]:
    kind, code = _kind(cells), _code(cells)
    text, closing = cells("filing_condition"), cells("closing_condition")
    if not text:
        raise _Rejected("filing_condition", "is empty")
    number, first, last = _number(cells), _day(cells, "valid_from"), _day(cells, "valid_to")
    variants = _variants(cells, plan)
    key, flags = _category(cells, Key(plan.standard, kind, code), plan, city, catalogue, added)
    if not closing:
        flags.append(Flag(FlagCode.CLOSING_MISSING, "closing_condition", "no closing condition is given"))
    elif any(word in closing for word in words().closing_by_season):
        why = f"what closes it depends on the season: {closing!r}"
        flags.append(Flag(FlagCode.CLOSING_BY_SEASON, "closing_condition", why))
    drafts = []
    for area_class, headers in variants:
        milestones, limit_text, limit_flags = _limit(cells.row, headers, plan)
        drafts.append(
            Draft(
                kind, code, key, text, closing, milestones, limit_text, area_class,
                any(word in closing for word in words().close_by_notice), (*flags, *limit_flags),
                cells("source") or plan.source, number, first, last,
            )
        )  # fmt: skip
    return drafts


def _kind(cells: _Cells) -> Kind:
    word = cells("kind") or cells.row.sheet
    if word not in words().kinds:
        raise _Rejected("kind", f"{word!r} is neither a part nor a matter; known: {', '.join(words().kinds)}")
    return words().kinds[word]


def _code(cells: _Cells) -> str:
    code = cells("code")
    if re.fullmatch(r"\d{4,6}", code):
        return code
    hint = ": a leading zero was lost? Keep codes as text" if re.fullmatch(r"\d{3}", code) else ""
    raise _Rejected("code", f"{code!r} is not a code of 4 to 6 digits{hint}")


def _number(cells: _Cells) -> int | None:
    text = cells("n")
    if text and not re.fullmatch(r"[1-9]\d{0,4}", text):
        raise _Rejected("n", f"{text!r} is not a number from 1")
    return int(text) if text else None


def _day(cells: _Cells, name: str) -> date | None:
    text = cells(name)[:10]
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        raise _Rejected(name, f"{text!r} is not a date such as 2026-01-01") from None


def _category(
    cells: _Cells, key: Key, plan: ImportPlan, city: str, catalogue: Catalogue, added: dict[str, Category]
) -> tuple[str, list[Flag]]:
    """The key's text, and flags for a local extension, an unknown code or another name."""
    key = key._replace(standard=cells("standard") or key.standard)
    local = cells("local") in words().yes
    if not local and key.text not in catalogue:
        local = any(re.fullmatch(one, key.code) for one in words().extension_codes)
    flags = []
    if local:
        key = key._replace(standard=plan.local_standard or f"local:{city}")
        flags.append(Flag(FlagCode.LOCAL_EXTENSION, "code", f"{key.code} is this city's own code"))
        if key.text not in catalogue and key.text not in added and cells("name"):
            added[key.text] = Category(
                key.standard, key.kind, key.code, cells("name"), key.code[:2], cells("class"),
                kind_word=cells("kind"), source=cells("source") or plan.source, trust=Trust.CITY_DOCUMENT,
            )  # fmt: skip
    known = catalogue.get(key.text) or added.get(key.text)
    if known is None:
        near = ", ".join(f"{one.key} ({one.name})" for one in catalogue.nearest(key.text))
        flags.append(Flag(FlagCode.CATEGORY_UNKNOWN, "code", f"{key.text} is not known; nearest: {near or 'none'}"))
    elif cells("name") and squeezed(cells("name")) not in {squeezed(one) for one in (known.name, *known.also)}:
        why = f"{cells('name')!r} stands here, {key.text} is {known.name!r}"
        flags.append(Flag(FlagCode.NAME_DIFFERS, "name", why))
    return key.text, flags


def _variants(cells: _Cells, plan: ImportPlan) -> list[tuple[AreaClass | None, tuple[str, ...]]]:
    """Area classes of a row with the headers of their limits: all alike, one named, or one column each."""
    by_class = [(one, plan.header(f"limit_{one.lower()}")) for one in AreaClass]
    if any(cells.row.cells.get(header) for _, header in by_class):
        general = plan.limit_headers()
        return [(one, (header,) if cells.row.cells.get(header) else general) for one, header in by_class]
    named = cells("area_class").upper()
    if named and named not in AreaClass.__members__:
        raise _Rejected("area_class", f"{named!r} is not A, B or C")
    return [(AreaClass(named) if named else None, plan.limit_headers())]


def _limit(row: Row, headers: tuple[str, ...], plan: ImportPlan) -> tuple[tuple[Milestone, ...], str, list[Flag]]:
    """Milestones, the words they were read from, and flags. The first column that states a limit is taken."""
    read = [(name, row.cells.get(name, "")) for name in headers]
    stated = [
        (name, text, reading)
        for name, text in read
        if (reading := read_limit(text, plan.plain_units, plan.seasons)).stated
    ]
    if not stated:
        return (), read[0][1], [Flag(FlagCode.NO_LIMIT, headers[0], "no limit is given")]
    name, text, taken = stated[0]
    flags = [
        Flag(FlagCode.COLUMNS_DISAGREE, name, f"{name} says {text!r}, {other} says {words_!r}; {name} is taken")
        for other, words_, reading in stated[1:]
        if _disagree(taken, reading)
    ]
    return taken.milestones, text, flags + _limit_flags(name, text, taken, plan)


def _disagree(one: Reading, other: Reading) -> bool:
    """Whether two columns say different things; a unit that the plan leaves open cannot be compared."""
    if any(reading.unread and reading.plain_units for reading in (one, other)):
        return False
    return one.milestones != other.milestones or one.unread or other.unread


def _limit_flags(name: str, text: str, reading: Reading, plan: ImportPlan) -> list[Flag]:
    flags = []
    if reading.plain_units:
        units = ", ".join(dict.fromkeys(reading.plain_units))
        why = f"{units} does not say whether it runs at night; only the import's plan does"
        flags.append(Flag(FlagCode.UNIT_MISSING, name, why))
    if reading.unread:
        flags.append(Flag(FlagCode.LIMIT_UNREAD, name, f"{text!r} is not understood and kept as words"))
    if reading.in_words:
        flags.append(Flag(FlagCode.LIMIT_IN_WORDS, name, f"more than an amount and a unit: {text!r}"))
    if reading.undated:
        seasons = ", ".join(dict.fromkeys(reading.undated))
        flags.append(Flag(FlagCode.SEASON_UNDATED, name, f"from when to when {seasons} lasts is not known"))
    return flags
