"""What somebody writes into a ledger, checked and as it is kept: declared fields, and what every entry has. Pure."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any, Final

from xiuhua.flow import fields
from xiuhua.flow.context import Context
from xiuhua.platform.errors import Invalid
from xiuhua.platform.wording import Wrong, wrong
from xiuhua.records.ledgers import deciding
from xiuhua.records.ledgers.model import LONGEST_NOTE, MOST_PHOTOS, Declared, text
from xiuhua.records.reading import computed

OF_ITSELF: Final = frozenset(
    {"day", "quantity", "unit", "thing", "place", "of_unit", "photos", "note", "key", "counted"}
)
"""What every entry may be given besides its fields."""
_LONGEST_KEY: Final = 200


def read(
    declared: Declared, given: Mapping[str, Any], today: date, now: int, look_up: fields.LookUp, counted: bool = False
) -> tuple[dict[str, Any], fields.Errors]:
    """Values as they are kept and all that is wrong; place and thing are not looked at. `counted`: a stocktake."""
    specs = {name: spec for name, spec in declared.given().items() if not spec.personal}
    personal = {name for name, spec in declared.ledger.fields.items() if spec.personal}
    asked = {name: value for name, value in given.items() if name not in OF_ITSELF | personal}
    values, _, errors = fields.read(specs, asked, Context({"entry": {}, "now": now}), look_up)
    faults: fields.Errors = list(errors)

    readers: dict[str, Callable[[], Any]] = {
        "day": lambda: deciding.day(given.get("day"), today).isoformat(),
        "quantity": lambda: _quantity(declared, given, values, counted),
        "note": lambda: _note(given.get("note")),
        "photos": lambda: _photos(given.get("photos")),
        "of_unit": lambda: _unit(given.get("of_unit"), look_up),
        "key": lambda: _key(given.get("key")),
    }
    for name, read_one in readers.items():
        try:
            if (value := read_one()) is not None:
                values[name] = value
        except Wrong as error:
            faults.append(error.at(name))
        except Invalid as error:
            faults += error.params["errors"]
    if faults:
        return values, faults
    values["late"] = deciding.late(date.fromisoformat(values["day"]), today)
    return values | computed(declared.ledger.fields, values, now, "entry"), []


def _quantity(declared: Declared, given: Mapping[str, Any], values: dict[str, Any], counted: bool) -> str | None:
    name = "counted" if counted else "quantity"
    if given.get(name) is None or given.get(name) == "":
        raise Invalid(errors=[wrong(name, "missing")])
    unit = given.get("unit") or None
    if unit is not None and not isinstance(unit, str):
        raise Invalid(errors=[wrong("unit", "no_unit_of_measure", unit="")])
    found = deciding.quantity(declared, given[name], unit, name)
    if not counted:
        deciding.demand_sign(declared, found)
    values["given"] = {"quantity": str(given[name]), "unit": unit or declared.ledger.quantity}
    if counted:
        values[name] = text(found)
        return None
    return text(found)


def _note(value: Any) -> str | None:
    if value is None:
        return None
    return _text(value, LONGEST_NOTE).strip() or None


def _photos(value: Any) -> list[str] | None:
    if not value:
        return None
    if not isinstance(value, list) or not all(isinstance(one, str) and len(one) <= _LONGEST_KEY for one in value):
        raise Wrong("not_photos")
    if len(value) > MOST_PHOTOS:
        raise Wrong("too_many_values", most=MOST_PHOTOS)
    return list(dict.fromkeys(value))


def _unit(value: Any, look_up: fields.LookUp) -> str | None:
    if value is None or value == "":
        return None
    if not isinstance(value, str) or fields.unfit(value, _LONGEST_KEY) or look_up("unit", value) is None:
        raise fields.nothing_such("unit", str(value)[:_LONGEST_KEY])
    return value


def _key(value: Any) -> str | None:
    return None if value is None or value == "" else _text(value, _LONGEST_KEY)


def _text(value: Any, longest: int) -> str:
    if not isinstance(value, str):
        raise Wrong("not_a_text")
    if (why := fields.unfit(value, longest)) is not None:
        raise why
    return value
