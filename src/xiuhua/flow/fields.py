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
from xiuhua.platform.wording import Wrong, wrong

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
_CONTROL: Final = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
"""What XML, and so a workbook, cannot hold either; lists keep their values apart by one of them."""
_LAST_MOMENT: Final = 253_370_764_799
"""The end of 9998: of a moment in the last year of all some places would have no local time."""
LookUp = Callable[[str, str], dict[str, Any] | None]
Errors = list[dict[str, Any]]


def read(
    specs: Mapping[str, FieldSpec], given: Mapping[str, Any], context: Context, look_up: LookUp
) -> tuple[dict[str, Any], dict[str, Any], Errors]:
    """Values by name, what references were found, and all errors as `platform.wording.wrong` tells them.

    Missing values take their default; unknown names are errors, so that a typing mistake is not lost.
    Defaults see the values that were given, conditions of `required` all values; what is wrong counts as missing.
    """
    values = nothing(specs)
    found: dict[str, Any] = {}
    errors = [wrong(name, "unknown_field") for name in given if name not in specs]
    bad: set[str] = set()

    def take(name: str, value: Any) -> None:
        try:
            values[name], found[name] = _read_one(specs[name], value, look_up)
        except Wrong as error:
            bad.add(name)
            errors.append(error.at(name))

    for name in specs:
        if not _is_missing(given.get(name)):
            take(name, given[name])
    seen = context.but(fields=dict(values))
    for name, spec in specs.items():
        if spec.default is not None and _is_missing(values[name]) and name not in bad:
            value = seen.value(spec.default)
            if not _is_missing(value):
                take(name, value)
    seen = context.but(fields=values)
    for name, spec in specs.items():
        if _is_missing(values[name]) and name not in bad and is_required(spec, seen):
            errors.append(wrong(name, "missing"))
    return values, found, errors


def read_some(
    specs: Mapping[str, FieldSpec], given: Mapping[str, Any], context: Context, look_up: LookUp
) -> tuple[dict[str, Any], Errors]:
    """Values of the fields named by `specs` and all errors; one given as nothing is emptied, unless it is needed."""
    values: dict[str, Any] = {}
    errors: Errors = []
    for name, spec in specs.items():
        value = given.get(name)
        try:
            if not _is_missing(value):
                values[name] = _read_one(spec, value, look_up)[0]
            elif is_required(spec, context):
                raise Wrong("missing")
            else:
                values[name] = [] if spec.many else None
        except Wrong as error:
            errors.append(error.at(name))
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
        raise Wrong("not_a_list")
    if len(value) > _MOST_VALUES:
        raise Wrong("too_many_values", most=_MOST_VALUES)
    pairs = [_read_value(spec, one, look_up) for one in value]
    return [value for value, _ in pairs], [found for _, found in pairs]


def _read_value(spec: FieldSpec, value: Any, look_up: LookUp) -> tuple[Any, Any]:
    if spec.type in LOOKED_UP:
        if not isinstance(value, str) or unfit(value, LONGEST_CODE):
            raise Wrong("not_a_code")
        kind = f"ref:{spec.to}" if spec.type == "ref" else spec.type
        found = look_up(kind, value)
        if found is None:
            raise nothing_such(spec.to or spec.type, value, record=spec.type == "ref")
        return value, found
    return _reader(spec)(spec, value), None


def _reader(spec: FieldSpec) -> Callable[[FieldSpec, Any], Any]:
    return _READERS.get(spec.type, _text)


def nothing_such(kind: str, code: str, *, record: bool = False) -> Wrong:
    """Why a code is wrong that names nothing: no unit, no person, no record of a register …"""
    return Wrong("no_record" if record else f"no_{kind}", kind=kind.replace("_", " "), value=code)


def unfit(text: str, longest: int) -> Wrong | None:
    """Why a text cannot be kept; None when it can."""
    if len(text) > longest:
        return Wrong("text_too_long", length=len(text), most=longest)
    if not text.isascii():
        try:
            text.encode()
        except UnicodeEncodeError:  # halves of surrogate pairs
            return Wrong("no_text")
    return Wrong("no_text") if not text.isprintable() and _CONTROL.search(text) else None


def _computed(_: FieldSpec, value: Any) -> Any:
    raise Wrong("worked_out")


def _text(spec: FieldSpec, value: Any) -> str:
    if not isinstance(value, str):
        raise Wrong("not_a_text")
    if (why := unfit(value, spec.max_length or _LONGEST.get(spec.type, 2000))) is not None:
        raise why
    if spec.pattern and not re.fullmatch(spec.pattern, value):
        raise Wrong("string_pattern_mismatch")
    return value


def _identifier(reason: str, known: Callable[[str], str | None]) -> Callable[[FieldSpec, Any], str]:
    def read_one(spec: FieldSpec, value: Any) -> str:
        found = known(_text(spec, value))
        if found is None:
            raise Wrong(reason)
        return found

    return read_one


def _choice(spec: FieldSpec, value: Any) -> str:
    if value not in (spec.of or ()):
        raise Wrong("none_of", known=", ".join(spec.of or ()))
    return str(value)


def _integer(spec: FieldSpec, value: Any) -> int:
    if not isinstance(value, int) or isinstance(value, bool):
        raise Wrong("not_whole")
    if abs(value) > _LARGEST:
        raise Wrong("too_large")
    _in_bounds(spec, value)
    return value


def _in_bounds(spec: FieldSpec, value: int | Decimal) -> None:
    if spec.minimum is not None and value < spec.minimum:
        raise Wrong("at_least", least=str(spec.minimum))
    if spec.maximum is not None and value > spec.maximum:
        raise Wrong("at_most", most=str(spec.maximum))


def _decimal(spec: FieldSpec, value: Any) -> str:
    try:
        number = Decimal(str(value))
    except InvalidOperation:
        raise Wrong("not_a_number") from None
    if not number.is_finite() or number.adjusted() > _MOST_DIGITS:
        raise Wrong("not_a_number")
    plain = round(number, _MOST_PLACES)
    if number != plain:
        raise Wrong("too_many_places", most=_MOST_PLACES)
    _in_bounds(spec, number)
    # As it was written, but no zeros without end: 0E-999999999 would be a gigabyte of them.
    return f"{min(number, plain, key=_places):f}"


def _places(number: Decimal) -> int:
    return -int(number.as_tuple().exponent)


def _boolean(_: FieldSpec, value: Any) -> bool:
    if not isinstance(value, bool):
        raise Wrong("bool_type")
    return value


def _datetime(_: FieldSpec, value: Any) -> int:
    if isinstance(value, int) and not isinstance(value, bool):
        if not 0 <= value <= _LAST_MOMENT:
            raise Wrong("no_moment")
        return value
    try:
        moment = datetime.fromisoformat(str(value))
    except ValueError:
        raise Wrong("datetime_parsing") from None
    if moment.tzinfo is None:
        raise Wrong("timezone_aware")
    return _datetime(_, int(moment.timestamp()))


def _date(_: FieldSpec, value: Any) -> str:
    try:
        return date.fromisoformat(str(value)).isoformat()
    except ValueError:
        raise Wrong("date_parsing") from None


def _limit(_: FieldSpec, value: Any) -> dict[str, str]:
    if not isinstance(value, Mapping) or set(value) != {"amount", "kind"}:
        raise Wrong("not_a_limit")
    if value["kind"] not in LIMIT_KINDS:
        raise Wrong("limit_kind", known=", ".join(LIMIT_KINDS))
    try:
        amount = Decimal(str(value["amount"]))
    except InvalidOperation:
        amount = Decimal("NaN")
    if not amount.is_finite() or not 0 < amount <= 3650 or amount != round(amount, 3):
        raise Wrong("limit_amount")
    return {"amount": f"{amount:f}", "kind": value["kind"]}


def _plain(name: str, value: Any, deep: int = 2) -> None:
    """Texts, numbers and small maps of them are all that a place is made of."""
    if isinstance(value, Mapping) and deep and len(value) <= _MOST_KEYS:
        for key, one in value.items():
            _plain(key, one, deep - 1)
    elif isinstance(value, str):
        if unfit(value, _LONGEST_WORDS) is not None:
            raise Wrong("place_words", name=name, most=_LONGEST_WORDS)
    elif value is not None and (isinstance(value, bool) or not isinstance(value, int | float) or isnan(value)):
        raise Wrong("place_part", name=name)


def _place(_: FieldSpec, value: Any) -> dict[str, Any]:
    if not isinstance(value, Mapping) or len(value) > _MOST_KEYS or not {"lon", "lat", "words"} & set(value):
        raise Wrong("not_a_place")
    for name, one in value.items():
        _plain(name, one)
    for name, bound in (("lon", 180), ("lat", 90)):
        given = value.get(name)
        if (given is None) != (value.get("lon") is None) or isinstance(given, str):
            raise Wrong("lon_and_lat")
        if given is not None and not -bound <= given <= bound:
            raise Wrong("degrees", name=name, bound=bound)
    return dict(value)


_READERS: Final[dict[str, Callable[[FieldSpec, Any], Any]]] = {
    "choice": _choice, "integer": _integer, "decimal": _decimal, "money": _decimal, "boolean": _boolean,
    "datetime": _datetime, "date": _date, "limit": _limit, "place": _place, "computed": _computed,
    "plate": _identifier("no_plate", identifiers.plate),
    "credit_code": _identifier("no_credit_code", identifiers.credit_code),
    "part_code": _identifier("no_part_code", identifiers.part_code),
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
        if spec.to is not None:
            one |= {"x-to": spec.to} | ({"x-valid": True} if spec.valid else {})
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
        if spec.default is not None and seen is not None and (default := seen.value(spec.default)) is not None:
            one["default"] = default
        properties[name] = one
        if needed and spec.default is None:
            required.append(name)
    return {"type": "object", "properties": properties, "required": required, "additionalProperties": False}
