"""What one cell holds: text without its dirt, moments, degrees, yes and no. Pure; nothing is guessed.

Every reader raises `Unreadable` with the key of the text that a person sees. The spellings are in `words.yaml`.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, timezone
from functools import cache
from typing import Final
from zoneinfo import ZoneInfo

from xiuhua.platform.tables.texts import Unreadable, data, excerpt

Cell = str | int | float | bool | datetime | date | time | timedelta
"""What a reader hands over; an empty cell is an empty text."""

EARLIEST: Final = 1990
"""Year before which no report can have been made; also where the serial days of spreadsheets begin to count."""
_SERIALS: Final = range(32_874, 73_051)
"""Serial days 1990-01-01 to 2099-12-31 of the 1900 system; a number outside is no date."""
_SERIAL_ZERO: Final = date(1899, 12, 30)
_COMMON: Final = len("2026-01-31 12:00:00")
_TIME_MARKS: Final = ("%H", "%I", "%X", "%c", "%T")
_EXACT: Final = 1e15
"""Spreadsheets keep 15 digits; a longer number is not the one that was typed."""

_BREAKS: Final = re.compile(r"\r\n?|[\x0b\x0c\x85\u2028\u2029]")
_SPACES: Final = re.compile(r"[^\S\n]+")
_LINES: Final = re.compile(r" ?\n[ \n]*")
# Zero-width marks, marks of direction, control characters, lone surrogates. The joiner stays where it holds an
# emoji together (a family, a black cat), and so do variation selectors.
_INVISIBLE: Final = re.compile(
    "[\u200b\u200c\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff\u00ad\ufff9-\ufffb\ud800-\udfff]"
    "|[\x00-\x08\x0e-\x1f\x7f-\x9f]"
    "|\u200d(?![\u2190-\u2bff\U0001f000-\U0001faff])"
)
_NUMBER: Final = re.compile(r"[+-]?\d+(?:\.\d+)?")
_SCIENTIFIC: Final = re.compile(r"\d(?:\.\d+)?[eE]\+?\d{2,3}")


@dataclass(frozen=True, slots=True)
class Words:
    """The spellings that ship with this version."""

    moment: re.Pattern[str]
    compact: re.Pattern[str]
    afternoon: frozenset[str]
    flags: dict[str, bool]
    list_separators: re.Pattern[str]
    point_separators: str
    formula_errors: frozenset[str]


@cache
def words() -> Words:
    """`words.yaml`, compiled."""
    raw = data("words.yaml")
    return Words(
        moment=re.compile(raw["moment"], re.VERBOSE),
        compact=re.compile(raw["compact"]),
        afternoon=frozenset(raw["afternoon"]),
        flags=dict.fromkeys(raw["yes"], True) | dict.fromkeys(raw["no"], False),
        list_separators=re.compile(f"[{re.escape(raw['list_separators'])}\\s]+"),
        point_separators=raw["point_separators"],
        formula_errors=frozenset(raw["formula_errors"]),
    )


def plain(cell: Cell) -> str:
    """A cell as text that reads back as the same; whole numbers without `.0`, midnight without a time."""
    if isinstance(cell, str):
        return cell
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() and abs(cell) < _EXACT else repr(cell)
    if isinstance(cell, datetime):
        return str(cell.date()) if cell.time() == time.min else cell.isoformat(" ")
    return str(cell)


def content(cell: Cell) -> str:
    """A cell as tidy text; raises `Unreadable` for a failed formula and for a number that lost digits."""
    text = tidy(cell if isinstance(cell, str) else plain(cell))
    if text in words().formula_errors:
        raise Unreadable("formula_error", value=text)
    if isinstance(cell, float) and abs(cell) >= _EXACT:
        raise Unreadable("digits_lost", value=f"{cell:.5E}")
    return text


def identifier(text: str) -> str:
    """An id or a number of a person or thing; raises `Unreadable` when a spreadsheet has shortened it."""
    if _SCIENTIFIC.fullmatch(text):
        raise Unreadable("digits_lost", value=text)
    return text


def tidy(text: str) -> str:
    """Without control and zero-width characters; spaces, tabs and empty lines in a row become one."""
    if text.isprintable() and "  " not in text:  # most cells: no mark, no break, no space but the common one
        return text.strip()
    text = _INVISIBLE.sub("", _BREAKS.sub("\n", text))
    return _LINES.sub("\n", _SPACES.sub(" ", text)).strip()


def one_line(text: str) -> str:
    """A tidy text on one line."""
    return text.replace("\n", " ")


def moment(cell: Cell, zone: ZoneInfo, formats: tuple[str, ...] = ()) -> tuple[datetime, bool]:
    """A moment in UTC and whether a time of day was given (else it is the local midnight).

    Takes dates of the workbook, serial days of spreadsheets, the formats given (of `strptime`), and dates
    with the year first in ISO, slashed, dotted and Chinese spelling. Raises `Unreadable`.
    """
    if isinstance(cell, datetime):
        found, timed = cell.replace(tzinfo=zone), cell.time() != time.min
    elif isinstance(cell, date):
        found, timed = datetime.combine(cell, time.min, tzinfo=zone), False
    else:
        found, timed = _read_moment(content(cell), zone, formats)
    if found.year < EARLIEST:
        raise Unreadable("too_early", value=excerpt(plain(cell)), earliest=EARLIEST)
    return found.astimezone(UTC), timed


def _read_moment(text: str, zone: ZoneInfo, formats: tuple[str, ...]) -> tuple[datetime, bool]:
    for form in formats:
        try:
            return _by_format(text, form, zone), any(mark in form for mark in _TIME_MARKS)
        except ValueError:
            continue
    if len(text) == _COMMON and text[4] in "-/" and text[4] == text[7] and text[10:17:3] == " ::":
        try:
            return datetime.fromisoformat(text.replace("/", "-")).replace(tzinfo=zone), True
        except ValueError:
            pass  # 24:00:00 and days that are none are for the careful reading below
    flat = unicodedata.normalize("NFKC", text)
    if _NUMBER.fullmatch(flat) and int(float(flat)) in _SERIALS:
        seconds = round(float(flat) * 86_400)
        midnight = datetime.combine(_SERIAL_ZERO, time.min, tzinfo=zone)
        return midnight + timedelta(seconds=seconds), seconds % 86_400 != 0
    match = words().moment.fullmatch(flat) or words().compact.fullmatch(flat)
    if match is None:
        raise Unreadable("not_a_moment", value=excerpt(text))
    try:
        return _of_parts(match.groupdict(), zone), match["hour"] is not None
    except (ValueError, OverflowError):
        raise Unreadable("no_such_day", value=excerpt(text)) from None


def _by_format(text: str, form: str, zone: ZoneInfo) -> datetime:
    if "%z" in form:
        return datetime.strptime(text, form).astimezone(UTC)
    return datetime.strptime(text, form).replace(tzinfo=zone)


def _of_parts(parts: dict[str, str | None], zone: ZoneInfo) -> datetime:
    """A moment of its parts; 24:00 is the midnight after the day. Raises ValueError."""
    year, month, day, hour, minute, second = (
        int(parts.get(name) or 0) for name in ("year", "month", "day", "hour", "minute", "second")
    )
    half = parts.get("half") or parts.get("half_behind")
    if half in words().afternoon:
        hour += 12 if hour < 12 else 0
    elif half is not None:
        if hour > 12:
            raise ValueError(hour)
        hour %= 12
    later = timedelta(days=1) if (hour, minute, second) == (24, 0, 0) else timedelta(0)
    of = _offset(parts.get("zone")) or zone
    return datetime(year, month, day, 0 if later else hour, minute, second, tzinfo=of) + later


def _offset(text: str | None) -> timezone | None:
    if not text:
        return None
    if text == "Z":
        return UTC
    digits = text[1:].replace(":", "")
    ahead = timedelta(hours=int(digits[:2]), minutes=int(digits[2:]))
    return timezone(-ahead if text[0] == "-" else ahead)


def degrees(text: str, decimal_comma: bool = False) -> float:
    """A number of degrees; raises `Unreadable`."""
    flat = unicodedata.normalize("NFKC", text).strip()
    number = flat.replace(",", ".") if decimal_comma else flat
    if not _NUMBER.fullmatch(number):
        raise Unreadable("not_a_number", value=excerpt(text))
    return float(number)


def pair(text: str, decimal_comma: bool = False) -> tuple[float, float]:
    """Two numbers of one cell, in their order; raises `Unreadable`."""
    flat = unicodedata.normalize("NFKC", text).strip()
    marks = words().point_separators.replace("," if decimal_comma else "", "")
    parts = [part for part in re.split(f"[{re.escape(marks)}\\s]+", flat.strip("()[]")) if part]
    if len(parts) != 2:
        raise Unreadable("not_a_point", value=excerpt(text))
    try:
        return degrees(parts[0], decimal_comma), degrees(parts[1], decimal_comma)
    except Unreadable:
        raise Unreadable("not_a_point", value=excerpt(text)) from None


def check_point(lon: float, lat: float) -> None:
    """Raise `Unreadable` for a point that is nowhere; whether it lies in the city the intake sees."""
    if abs(lon) <= 180 and abs(lat) <= 90:
        if lon == 0 and lat == 0:
            raise Unreadable("null_point")
        return
    code = "out_of_range"
    if abs(lon) <= 90 and abs(lat) <= 180:
        code = "swapped"
    elif min(abs(lon), abs(lat)) > 1_000:
        code = "projected"
    raise Unreadable(code, lon=lon, lat=lat)


def flag(text: str) -> bool:
    """Yes or no; raises `Unreadable`."""
    found = words().flags.get(unicodedata.normalize("NFKC", text).upper())
    if found is None:
        raise Unreadable("not_a_flag", value=excerpt(text))
    return found


def pieces(text: str) -> tuple[str, ...]:
    """The parts of a list in one cell."""
    flat = unicodedata.normalize("NFKC", text)
    return tuple(part for part in words().list_separators.split(flat) if part)
