"""What a person fills in: checked against the declaration, all errors at once, and told as JSON Schema."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from typing import Any, Final

from xiuhua.flow.context import Context
from xiuhua.packs.common import FieldSpec

LOOKED_UP: Final = frozenset({"unit", "person", "category", "filing_condition", "area", "case", "report"})
LIMIT_KINDS: Final = (
    "urgent_minute", "urgent_hour", "urgent_day", "work_minute", "work_hour", "work_day", "calendar_day",
)  # fmt: skip
_LONGEST: Final = {"text": 200, "long_text": 10_000}
LookUp = Callable[[str, str], dict[str, Any] | None]


class Wrong(ValueError):
    """Why a value does not fit; the message is shown."""


def read(
    specs: Mapping[str, FieldSpec], given: Mapping[str, Any], context: Context, look_up: LookUp
) -> tuple[dict[str, Any], dict[str, Any], list[dict[str, str]]]:
    """Values by name, what references were found, and all errors as `{"field", "why"}`.

    Missing values take their default; unknown names are errors, so that a typing mistake is not lost.
    """
    values: dict[str, Any] = {}
    found: dict[str, Any] = {}
    errors = [{"field": name, "why": "unknown field"} for name in given if name not in specs]
    for name, spec in specs.items():
        value = given.get(name)
        if value is None and spec.default is not None:
            value = context.value(spec.default)
        if value is None or value in ("", []):
            values[name] = [] if spec.many else None
            if is_required(spec, context):
                errors.append({"field": name, "why": "is needed"})
            continue
        try:
            values[name], found[name] = _read_one(spec, value, look_up)
        except Wrong as error:
            errors.append({"field": name, "why": str(error)})
    return values, found, errors


def is_required(spec: FieldSpec, context: Context) -> bool:
    """Whether the field must be filled in now."""
    return context.holds(spec.required) if isinstance(spec.required, str) else spec.required


def _read_one(spec: FieldSpec, value: Any, look_up: LookUp) -> tuple[Any, Any]:
    if not spec.many:
        return _read_value(spec, value, look_up)
    if not isinstance(value, list):
        raise Wrong("is a list")
    pairs = [_read_value(spec, one, look_up) for one in value]
    return [value for value, _ in pairs], [found for _, found in pairs]


def _read_value(spec: FieldSpec, value: Any, look_up: LookUp) -> tuple[Any, Any]:
    if spec.type in LOOKED_UP:
        if not isinstance(value, str):
            raise Wrong("is a code")
        found = look_up(spec.type, value)
        if found is None:
            raise Wrong(f"there is no {spec.type.replace('_', ' ')} {value!r}")
        return value, found
    return _reader(spec)(spec, value), None


def _reader(spec: FieldSpec) -> Callable[[FieldSpec, Any], Any]:
    return _READERS.get(spec.type, _text)


def _text(spec: FieldSpec, value: Any) -> str:
    if not isinstance(value, str):
        raise Wrong("is a text")
    longest = spec.max_length or _LONGEST.get(spec.type, 2000)
    if len(value) > longest:
        raise Wrong(f"is {len(value)} characters long, {longest} are allowed")
    if "\x00" in value:
        raise Wrong("holds a NUL character")
    if spec.pattern and not re.fullmatch(spec.pattern, value):
        raise Wrong("does not have the expected form")
    return value


def _choice(spec: FieldSpec, value: Any) -> str:
    if value not in (spec.of or ()):
        raise Wrong(f"is one of {', '.join(spec.of or ())}")
    return str(value)


def _integer(spec: FieldSpec, value: Any) -> int:
    if not isinstance(value, int) or isinstance(value, bool):
        raise Wrong("is a whole number")
    if spec.minimum is not None and value < spec.minimum:
        raise Wrong(f"is at least {spec.minimum}")
    if spec.maximum is not None and value > spec.maximum:
        raise Wrong(f"is at most {spec.maximum}")
    return value


def _decimal(spec: FieldSpec, value: Any) -> str:
    try:
        number = Decimal(str(value))
    except InvalidOperation:
        raise Wrong("is a number") from None
    if not number.is_finite():
        raise Wrong("is a number")
    _integer(spec, int(number))
    return str(number)


def _boolean(_: FieldSpec, value: Any) -> bool:
    if not isinstance(value, bool):
        raise Wrong("is true or false")
    return value


def _datetime(_: FieldSpec, value: Any) -> int:
    if isinstance(value, int) and not isinstance(value, bool):
        return value
    try:
        moment = datetime.fromisoformat(str(value))
    except ValueError:
        raise Wrong("is a moment such as 2026-03-02T09:00:00+08:00") from None
    if moment.tzinfo is None:
        raise Wrong("needs its offset, e.g. +08:00")
    return int(moment.timestamp())


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
    if not amount.is_finite() or not 0 < amount <= 3650:
        raise Wrong("amount is a number above 0")
    return {"amount": str(amount), "kind": value["kind"]}


def _place(_: FieldSpec, value: Any) -> dict[str, Any]:
    if not isinstance(value, Mapping):
        raise Wrong("is a place with lon and lat, or words")
    return dict(value)


_READERS: Final[dict[str, Callable[[FieldSpec, Any], Any]]] = {
    "choice": _choice, "integer": _integer, "decimal": _decimal, "money": _decimal, "boolean": _boolean,
    "datetime": _datetime, "date": _date, "limit": _limit, "place": _place,
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
    for name, spec in specs.items():
        one = dict(_SCHEMAS.get(spec.type, {"type": "string"}))
        if spec.type == "choice":
            one["enum"] = spec.of
        if spec.type in _LONGEST or spec.max_length:
            one["maxLength"] = spec.max_length or _LONGEST[spec.type]
        one |= {k: v for k, v in (("minimum", spec.minimum), ("maximum", spec.maximum)) if v is not None}
        if spec.many:
            one = {"type": "array", "items": one}
        one["x-type"] = spec.type
        if spec.title is not None:
            one["x-title"] = spec.title.model_dump()
        if spec.suggest is not None:
            one["x-suggest"] = spec.suggest
        properties[name] = one
        if (context is not None and is_required(spec, context)) or spec.required is True:
            required.append(name)
    return {"type": "object", "properties": properties, "required": required, "additionalProperties": False}
