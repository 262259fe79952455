"""Official arrangements of holidays as rows: read from a file or a form, checked whole.

Columns: `date` (2026-02-15, 2026/2/15, 20260215 …), `kind` (`holiday`: off, `workday`: a weekend day that
is worked in exchange) and `name`. A file is CSV in UTF-8 or, as spreadsheets write it, GB 18030.
"""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from xiuhua.city.calendars.spec import Holidays
from xiuhua.platform.errors import Invalid

HOLIDAY_KINDS = ("holiday", "workday")
COLUMNS = ("date", "kind", "name")
WHOLE_YEAR_HOLIDAYS = 10
"""With so many days off a year counts as announced; a new year's arrangement that also names some days of
the year around it has fewer there. The law gave ten days until 2007, eleven and thirteen since."""
_DATE = re.compile(r"(\d{4})(?:\D(\d{1,2})\D(\d{1,2})\D?|(\d{2})(\d{2}))")
_SATURDAY = 5


@dataclass(frozen=True, slots=True)
class HolidayRow:
    """One day that an arrangement changes."""

    day: date
    kind: str
    name: str


@dataclass(frozen=True, slots=True)
class Checked:
    """Rows without errors, and what is odd about them."""

    rows: tuple[HolidayRow, ...]
    warnings: tuple[dict[str, Any], ...] = ()
    """Each with `row`, `field` and `why`."""

    def whole_years(self) -> frozenset[int]:
        """Years that these rows announce."""
        off = Counter(row.day.year for row in self.rows if row.kind == "holiday")
        return frozenset(year for year, days in off.items() if days >= WHOLE_YEAR_HOLIDAYS)


def read_csv(source: Path) -> Checked:
    """Rows of a file; raises `Invalid` with every error's `file`, `row`, `field` and `why`."""
    content = source.read_bytes()
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        try:
            text = content.decode("gb18030")
        except UnicodeDecodeError:
            why = "neither UTF-8 nor GB 18030 text"
            raise _invalid([{"row": 0, "field": "", "why": why}], source.name) from None
    reader = csv.DictReader(io.StringIO(text, newline=""))
    missing = [column for column in COLUMNS if column not in (reader.fieldnames or ())]
    if missing:
        raise _invalid([{"row": 1, "field": name, "why": "the column is missing"} for name in missing], source.name)
    rows = [(reader.line_num, {key: value for key, value in row.items() if key}) for row in reader]
    return _check(rows, source.name)


def check_rows(rows: Iterable[Mapping[str, Any]]) -> Checked:
    """Rows of a form, numbered from 1; raises `Invalid` as `read_csv` does."""
    return _check(list(enumerate(rows, 1)), "")


def table(rows: Iterable[HolidayRow], announced: Sequence[int]) -> Holidays:
    """What calendars are compiled with; `announced` may come in any order."""
    kept = list(rows)
    through = min(announced, default=0)
    while through + 1 in announced:
        through += 1
    return Holidays(
        frozenset(row.day for row in kept if row.kind == "holiday"),
        frozenset(row.day for row in kept if row.kind == "workday"),
        through,
    )


def _check(rows: Sequence[tuple[int, Mapping[str, Any]]], file: str) -> Checked:
    errors: list[dict[str, Any]] = []
    warnings: list[dict[str, Any]] = []
    seen: dict[date, tuple[int, HolidayRow]] = {}
    for number, raw in rows:
        day, kind = _date(raw.get("date")), str(raw.get("kind") or "").strip()
        name = str(raw.get("name") or "").strip()
        if day is None:
            errors.append(_problem(number, "date", f"{raw.get('date')!r} is not a date such as 2026-02-15"))
        if kind not in HOLIDAY_KINDS:
            errors.append(_problem(number, "kind", f"{kind!r} is none of {', '.join(HOLIDAY_KINDS)}"))
        if not name:
            errors.append(_problem(number, "name", "the name is missing"))
        if day is None or kind not in HOLIDAY_KINDS or not name:
            continue
        if day in seen:
            first, other = seen[day]
            if other.kind != kind:
                errors.append(_problem(number, "kind", f"{day} is a {other.kind} in row {first} already"))
            else:
                warnings.append(_problem(number, "date", f"{day} stands in row {first} already"))
            continue
        if kind == "workday" and day.weekday() < _SATURDAY:
            warnings.append(_problem(number, "date", f"{day} is no weekend day, but is to be worked"))
        seen[day] = (number, HolidayRow(day, kind, name))
    if errors:
        raise _invalid(errors, file)
    kept = sorted((row for _, row in seen.values()), key=lambda row: row.day)
    return Checked(tuple(kept), tuple(warnings))


def _date(value: object) -> date | None:
    """A date in any of the usual forms, or none."""
    if isinstance(value, date):
        return date(value.year, value.month, value.day)
    found = _DATE.fullmatch(value.strip()) if isinstance(value, str) else None
    if found is None:
        return None
    year, *rest = (int(part) for part in found.groups() if part is not None)
    try:
        return date(year, *rest)
    except ValueError:
        return None


def _problem(row: int, field: str, why: str) -> dict[str, Any]:
    return {"row": row, "field": field, "why": why}


def _invalid(errors: Sequence[Mapping[str, Any]], file: str) -> Invalid:
    listed = [{"file": file, **error} for error in errors]
    return Invalid("The holiday table has errors; nothing was taken over.", errors=listed)
