"""What a person fills in: checked against the declaration, all errors at once, and told as JSON Schema."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from functools import partial
from math import isnan
from typing import Any, Final

from xiuhua.flow import identifiers
from xiuhua.flow.context import Context
from xiuhua.packs.common import FieldSpec

LOOKED_UP: Final = frozenset({"unit", "person", "category", "filing_condition", "area", "case", "report", "ref"})
LIMIT_KINDS: Final = (
    "urgent_minute", "urgent_hour", "urgent_day", "work_minute", "work_hour", "work_day", "calendar_day",
)  # fmt: skip
_LONGEST: Final = {"text": 200, "long_text": 10_000}
LONGEST_CODE: Final = 200
_LONGEST_WORDS: Final = 500
_MOST_KEYS: Final = 20
_MOST_VALUES: Final = 10_000
_MOST_DIGITS: Final = 12
"""Digits of a number before the point, less one: what expressions can count with."""
_MOST_PLACES: Final = 6
_LARGEST: Final = 2**53 - 1
"""The largest whole number that every JSON reader keeps."""
_NO_TEXT: Final = "holds characters that no text may hold"
_LAST_MOMENT: Final = 253_402_300_799
LookUp = Callable[[str, str], dict[str, Any] | None]


class Wrong(ValueError):
    """Why a value does not fit; the message is shown."""


def read(
    specs: Mapping[str, FieldSpec], given: Mapping[str, Any], context: Context, look_up: LookUp
) -> tuple[dict[str, Any], dict[str, Any], list[dict[str, str]]]:
    """Values by name, what references were found, and all errors as `{"field", "why"}`.

    Missing values take their default; unknown names are errors, so that a typing mistake is not lost.
    Defaults see the values that were given, conditions of `required` all values; what is wrong counts as missing.
    """
    values = nothing(specs)
    found: dict[str, Any] = {}
    errors = [{"field": name, "why": "unknown field"} for name in given if name not in specs]
    wrong: set[str] = set()

    def take(name: str, value: Any) -> None:
        try:
            values[name], found[name] = _read_one(specs[name], value, look_up)
        except Wrong as error:
            wrong.add(name)
            errors.append({"field": name, "why": str(error)})

    for name in specs:
        if not _is_missing(given.get(name)):
            take(name, given[name])
    seen = context.but(fields=dict(values))
    for name, spec in specs.items():
        if spec.default is not None and _is_missing(values[name]) and name not in wrong:
            value = seen.value(spec.default)
            if not _is_missing(value):
                take(name, value)
    seen = context.but(fields=values)
    for name, spec in specs.items():
        if _is_missing(values[name]) and name not in wrong and is_required(spec, seen):
            errors.append({"field": name, "why": "is needed"})
    return values, found, errors


def read_some(
    specs: Mapping[str, FieldSpec], given: Mapping[str, Any], context: Context, look_up: LookUp
) -> tuple[dict[str, Any], list[dict[str, str]]]:
    """Values of the fields named by `specs` and all errors; one given as nothing is emptied, unless it is needed."""
    values: dict[str, Any] = {}
    errors: list[dict[str, str]] = []
    for name, spec in specs.items():
        value = given.get(name)
        try:
            if not _is_missing(value):
                values[name] = _read_one(spec, value, look_up)[0]
            elif is_required(spec, context):
                raise Wrong("is needed")
            else:
                values[name] = [] if spec.many else None
        except Wrong as error:
            errors.append({"field": name, "why": str(error)})
    return values, errors


def nothing(specs: Mapping[str, FieldSpec]) -> dict[str, Any]:
    """The fields as expressions see them before anything is filled in."""
    return {name: [] if spec.many else None for name, spec in specs.items()}


def _is_missing(value: Any) -> bool:
    return value is None or (isinstance(value, str | list) and not value)


def is_required(spec: FieldSpec, context: Context) -> bool:
    """Whether the field must be filled in now."""
    return context.holds(spec.required) if isinstance(spec.required, str) else spec.required


def read_value(spec: FieldSpec, look_up: LookUp, value: Any) -> Any:
    """One value as it is kept. Raises `Wrong`."""
    return _read_one(spec, value, look_up)[0]


def reader(spec: FieldSpec) -> Callable[[Any], Any]:
    """Reads single values of a field that refers to nothing, as `read_value` does."""
    return partial(_reader(spec), spec)


def _read_one(spec: FieldSpec, value: Any, look_up: LookUp) -> tuple[Any, Any]:
    if not spec.many:
        return _read_value(spec, value, look_up)
    if not isinstance(value, list):
        raise Wrong("is a list")
    if len(value) > _MOST_VALUES:
        raise Wrong(f"holds more than {_MOST_VALUES} values")
    pairs = [_read_value(spec, one, look_up) for one in value]
    return [value for value, _ in pairs], [found for _, found in pairs]


def _read_value(spec: FieldSpec, value: Any, look_up: LookUp) -> tuple[Any, Any]:
    if spec.type in LOOKED_UP:
        if not isinstance(value, str) or unfit(value, LONGEST_CODE):
            raise Wrong("is a code")
        kind = f"ref:{spec.to}" if spec.type == "ref" else spec.type
        found = look_up(kind, value)
        if found is None:
            raise Wrong(f"there is no {(spec.to or spec.type).replace('_', ' ')} {value!r}")
        return value, found
    return _reader(spec)(spec, value), None


def _reader(spec: FieldSpec) -> Callable[[FieldSpec, Any], Any]:
    return _READERS.get(spec.type, _text)


def unfit(text: str, longest: int) -> str:
    """Why a text cannot be kept; empty when it can."""
    if len(text) > longest:
        return f"is {len(text)} characters long, {longest} are allowed"
    if not text.isascii():
        try:
            text.encode()
        except UnicodeEncodeError:  # halves of surrogate pairs
            return _NO_TEXT
    return _NO_TEXT if "\x00" in text else ""


def _computed(_: FieldSpec, value: Any) -> Any:
    raise Wrong("is worked out, not filled in")


def _text(spec: FieldSpec, value: Any) -> str:
    if not isinstance(value, str):
        raise Wrong("is a text")
    if why := unfit(value, spec.max_length or _LONGEST.get(spec.type, 2000)):
        raise Wrong(why)
    if spec.pattern and not re.fullmatch(spec.pattern, value):
        raise Wrong("does not have the expected form")
    return value


def _identifier(told: str, known: Callable[[str], str | None]) -> Callable[[FieldSpec, Any], str]:
    def read_one(spec: FieldSpec, value: Any) -> str:
        found = known(_text(spec, value))
        if found is None:
            raise Wrong(told)
        return found

    return read_one


def _choice(spec: FieldSpec, value: Any) -> str:
    if value not in (spec.of or ()):
        raise Wrong(f"is one of {', '.join(spec.of or ())}")
    return str(value)


def _integer(spec: FieldSpec, value: Any) -> int:
    if not isinstance(value, int) or isinstance(value, bool):
        raise Wrong("is a whole number")
    if abs(value) > _LARGEST:
        raise Wrong("is too large")
    _in_bounds(spec, value)
    return value


def _in_bounds(spec: FieldSpec, value: int | Decimal) -> None:
    if spec.minimum is not None and value < spec.minimum:
        raise Wrong(f"is at least {spec.minimum}")
    if spec.maximum is not None and value > spec.maximum:
        raise Wrong(f"is at most {spec.maximum}")


def _decimal(spec: FieldSpec, value: Any) -> str:
    try:
        number = Decimal(str(value))
    except InvalidOperation:
        raise Wrong("is a number") from None
    if not number.is_finite() or number.adjusted() > _MOST_DIGITS:
        raise Wrong("is a number")
    if number != round(number, _MOST_PLACES):
        raise Wrong(f"has more than {_MOST_PLACES} decimal places")
    _in_bounds(spec, number)
    return f"{number:f}"


def _boolean(_: FieldSpec, value: Any) -> bool:
    if not isinstance(value, bool):
        raise Wrong("is true or false")
    return value


def _datetime(_: FieldSpec, value: Any) -> int:
    if isinstance(value, int) and not isinstance(value, bool):
        if not 0 <= value <= _LAST_MOMENT:
            raise Wrong("lies before 1970 or after 9999")
        return value
    try:
        moment = datetime.fromisoformat(str(value))
    except ValueError:
        raise Wrong("is a moment such as 2026-03-02T09:00:00+08:00") from None
    if moment.tzinfo is None:
        raise Wrong("needs its offset, e.g. +08:00")
    return _datetime(_, int(moment.timestamp()))


def _date(_: FieldSpec, value: Any) -> str:
    try:
        return date.fromisoformat(str(value)).isoformat()
    except ValueError:
        raise Wrong("is a date such as 2026-03-02") from None


def _limit(_: FieldSpec, value: Any) -> dict[str, str]:
    if not isinstance(value, Mapping) or set(value) != {"amount", "kind"}:
        raise Wrong('is a limit such as {"amount": "2", "kind": "work_hour"}')
    if value["kind"] not in LIMIT_KINDS:
        raise Wrong(f"kind is one of {', '.join(LIMIT_KINDS)}")
    try:
        amount = Decimal(str(value["amount"]))
    except InvalidOperation:
        amount = Decimal("NaN")
    if not amount.is_finite() or not 0 < amount <= 3650 or amount != round(amount, 3):
        raise Wrong("amount is a number above 0, at most 3650, with at most three decimals")
    return {"amount": f"{amount:f}", "kind": value["kind"]}


def _plain(name: str, value: Any, deep: int = 2) -> None:
    """Texts, numbers and small maps of them are all that a place is made of."""
    if isinstance(value, Mapping) and deep and len(value) <= _MOST_KEYS:
        for key, one in value.items():
            _plain(key, one, deep - 1)
    elif isinstance(value, str):
        if why := unfit(value, _LONGEST_WORDS):
            raise Wrong(f"{name} {why}")
    elif value is not None and (isinstance(value, bool) or not isinstance(value, int | float) or isnan(value)):
        raise Wrong(f"{name} is a number or a text")


def _place(_: FieldSpec, value: Any) -> dict[str, Any]:
    if not isinstance(value, Mapping) or len(value) > _MOST_KEYS or not {"lon", "lat", "words"} & set(value):
        raise Wrong("is a place with lon and lat, or words")
    for name, one in value.items():
        _plain(name, one)
    for name, bound in (("lon", 180), ("lat", 90)):
        given = value.get(name)
        if (given is None) != (value.get("lon") is None) or isinstance(given, str):
            raise Wrong("needs lon and lat as numbers")
        if given is not None and not -bound <= given <= bound:
            raise Wrong(f"{name} lies between -{bound} and {bound}")
    return dict(value)


_READERS: Final[dict[str, Callable[[FieldSpec, Any], Any]]] = {
    "choice": _choice, "integer": _integer, "decimal": _decimal, "money": _decimal, "boolean": _boolean,
    "datetime": _datetime, "date": _date, "limit": _limit, "place": _place, "computed": _computed,
    "plate": _identifier("is no number plate", identifiers.plate),
    "credit_code": _identifier("is no credit code: 18 signs, the last checks the others", identifiers.credit_code),
    "part_code": _identifier("is no part code of 16 or 17 digits", identifiers.part_code),
}  # fmt: skip

_SCHEMAS: Final[dict[str, dict[str, Any]]] = {
    "integer": {"type": "integer"}, "boolean": {"type": "boolean"},
    "decimal": {"type": "string", "format": "decimal"}, "money": {"type": "string", "format": "decimal"},
    "date": {"type": "string", "format": "date"}, "datetime": {"type": "string", "format": "date-time"},
    "place": {"type": "object"},
    "limit": {
        "type": "object", "required": ["amount", "kind"],
        "properties": {"amount": {"type": "string"}, "kind": {"enum": list(LIMIT_KINDS)}},
    },
}  # fmt: skip


def json_schema(specs: Mapping[str, FieldSpec], context: Context | None = None) -> dict[str, Any]:
    """JSON Schema (2020-12) of a form; `x-` keys carry what a form drawer needs besides."""
    properties, required = {}, []
    seen = None if context is None else context.but(fields=nothing(specs))
    for name, spec in specs.items():
        one = dict(_SCHEMAS.get(spec.type, {"type": "string"}))
        if spec.type == "choice":
            one["enum"] = spec.of
        if spec.type in _LONGEST or spec.max_length:
            one["maxLength"] = spec.max_length or _LONGEST[spec.type]
        bounds = (("minimum", spec.minimum), ("maximum", spec.maximum), ("pattern", spec.pattern))
        one |= {key: value for key, value in bounds if value is not None}
        needed = is_required(spec, seen) if seen is not None else spec.required is True
        if spec.many:
            one = {"type": "array", "items": one} | ({"minItems": 1} if needed else {})
        one["x-type"] = spec.type
        more = {"x-title": spec.title, "x-help": spec.help}
        one |= {key: title.model_dump() for key, title in more.items() if title is not None}
        if spec.titles:
            one["x-titles"] = {value: title.model_dump() for value, title in spec.titles.items()}
        if spec.suggest is not None:
            one["x-suggest"] = spec.suggest
        if spec.personal:
            one["x-personal"] = True
        if spec.to is not None:
            one["x-to"] = spec.to
        if spec.default is not None and seen is not None and (default := seen.value(spec.default)) is not None:
            one["default"] = default
        properties[name] = one
        if needed and spec.default is None:
            required.append(name)
    return {"type": "object", "properties": properties, "required": required, "additionalProperties": False}
