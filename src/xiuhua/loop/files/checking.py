"""What a mapping must have beyond its shape: sources, formats, datum, places. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any, Final, get_args
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic_core import SchemaError

from xiuhua.loop.files.mapping import FLAGS, LISTS, Coordinates, FileMapping
from xiuhua.loop.files.shaping import pattern_of
from xiuhua.loop.model import SOURCES

_PROBE: Final = rb"\ud800 +2AA- " + b"\xff"
"""Of bytes like these some codes of Python make halves of characters, or nothing: no text file is written in them."""
Finding = tuple[tuple[str | int, ...], str, dict[str, Any]]
"""Path in the mapping, key of the text, its parameters."""


def check(mapping: FileMapping) -> Iterator[Finding]:
    """Everything wrong with a mapping of the right shape."""
    yield from _fields(mapping)
    yield from _sources(mapping)
    yield from _places(mapping)
    yield from _file(mapping)
    yield from _times(mapping)
    for index, skip in enumerate(mapping.skip):
        try:
            pattern_of(skip.matches)
        except SchemaError as error:
            detail = str(error).splitlines()[-1].rpartition("rror: ")[2]
            yield ("skip", index, "matches"), "bad_pattern", {"detail": detail}


def _fields(mapping: FileMapping) -> Iterator[Finding]:
    for field in ("external_id", "text", "source"):
        if field not in mapping.columns and (field != "source" or field not in mapping.constants):
            yield ("columns",), "needs_field", {"field": field}
    for field, column in mapping.columns.items():
        if column.digest_of and field != "external_id":
            yield ("columns", field), "digest_only_for_id", {}
        if bool(column.join) == bool(column.digest_of):
            yield ("columns", field), "column_or_digest", {}
    for field in mapping.values:
        if field not in mapping.columns:
            yield ("values", field), "values_without_column", {"field": field}
        for words, value in mapping.values[field].items():
            if isinstance(value, bool) is not (field in FLAGS):
                yield ("values", field, words), "bool_type" if field in FLAGS else "string_type", {}
    for field, constant in mapping.constants.items():
        wanted, code = (bool, "bool_type") if field in FLAGS else (str, "string_type")
        if not isinstance(constant, (list, str) if field in LISTS else wanted):
            yield ("constants", field), code, {}


def _sources(mapping: FileMapping) -> Iterator[Finding]:
    known = SOURCES
    constant = mapping.constants.get("source")
    if constant is not None and constant not in SOURCES:
        yield ("constants", "source"), "unknown_source", {"value": constant, "known": known}
    for words, value in mapping.values.get("source", {}).items():
        if value not in SOURCES:
            yield ("values", "source", words), "unknown_source", {"value": value, "known": known}


def _places(mapping: FileMapping) -> Iterator[Finding]:
    named = {**mapping.constants, **mapping.columns}
    given = {field for field in ("place.point", "place.lon", "place.lat") if field in named}
    if given and given not in ({"place.point"}, {"place.lon", "place.lat"}):
        part = "columns" if min(given) in mapping.columns else "constants"
        yield (part, min(given)), "point_or_pair", {}
    if given and mapping.coordinates is None:
        datums = get_args(Coordinates.model_fields["datum"].annotation)
        yield ("coordinates",), "needs_datum", {"known": datums}


def _file(mapping: FileMapping) -> Iterator[Finding]:
    if mapping.encoding != "auto":
        try:
            _PROBE.decode(mapping.encoding, errors="replace").encode()
        except (LookupError, UnicodeError):
            yield ("encoding",), "unknown_encoding_name", {"value": mapping.encoding}
    if mapping.separator not in ("auto", "tab") and (len(mapping.separator) != 1 or mapping.separator in '"\r\n\ufeff'):
        yield ("separator",), "bad_separator", {}
    for name in ("sheet", "header"):
        number = getattr(mapping, name)
        if isinstance(number, int) and number < 1:
            yield (name,), "number_from_one", {}


def _times(mapping: FileMapping) -> Iterator[Finding]:
    zone = mapping.times.zone
    if zone is not None and not known_zone(zone):
        yield ("times", "zone"), "unknown_zone", {"value": zone}
    probe = datetime.fromisoformat("2026-12-31T00:00:00+08:00")
    for index, form in enumerate(mapping.times.formats):
        try:
            found = datetime.strptime(probe.strftime(form), form).replace(tzinfo=UTC)
            whole = found.date() == probe.date()
        except ValueError:
            whole = False
        if not whole:
            yield ("times", "formats", index), "bad_format", {"value": form}


def known_zone(name: str) -> bool:
    """Whether the machine knows a time zone."""
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, OSError, ValueError):  # a folder's name, a path out of the zone folder
        return False
    return True
