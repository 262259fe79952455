"""What a record is: its state, who answers for it, what lists find it by. Pure.

A state has the keys of `flow.model`, so that events fold the same way: `procedure` is the register, `number` the key,
`data` the fields with `place`, `scopes`, `unit_grid`, `shape`, `merged_into`; the track
`change_request` holds change requests.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import Any, Final

from xiuhua.flow.model import State
from xiuhua.packs.common import FieldSpec
from xiuhua.packs.kinds import Register

KEEP: Final = "record.keep"
ASK: Final = "record.ask"
READ: Final = "record.read"
LIVE: Final = "live"
"""The state of records whose register declares none."""
CHANGE_REQUEST: Final = "change_request"
ASKED: Final = "asked"
EXPIRY: Final = "expiry"
"""In a record's data: `{"until": day, "told": "warned" or "expired"}`."""
WARNED: Final = "warned"
EXPIRED: Final = "expired"
MOST_ASKED: Final = 20
"""Change requests of one record that may wait at once."""
_WHERE: Final = ("place", "scopes", "unit_grid", "shape")
_FACETS: Final = frozenset({
    "choice", "ref", "unit", "person", "area", "category", "boolean", "plate", "credit_code", "part_code", "device",
})  # fmt: skip
"""Types of the fields that lists are narrowed by."""
_DUTIES: Final = ("maintain", "handle", "regulate", "enforce")
"""Of several units that answer for a thing: to which one goes what is wrong with it."""


@dataclass(frozen=True, slots=True)
class Declared:
    """A register as it is in force in a city."""

    name: str
    digest: str
    """Of the pack version."""
    register: Register

    @property
    def called(self) -> str:
        """The field that people call a record by."""
        return self.register.called or self.register.key

    @property
    def first(self) -> str:
        """The state of a new record."""
        return next(iter(self.register.states), LIVE)

    @property
    def valid_in(self) -> list[str]:
        """The states in which a record is valid, its day apart."""
        return valid_in(self.register) or [LIVE]

    def given(self) -> dict[str, FieldSpec]:
        """The fields that somebody fills in."""
        return {name: spec for name, spec in self.register.fields.items() if spec.type != "computed"}

    def moves(self, state: str) -> list[str]:
        """The states that a record may go to."""
        return list(self.register.states.get(state, ()))

    def columns(self) -> list[str]:
        """The fields that a list shows."""
        return list(self.register.columns or [*self.register.fields][:5])


def units(register: Register, data: Mapping[str, Any]) -> list[str]:
    """The units that answer for a record by any duty, where a field says so."""
    found = [data.get(holder) for holder in register.duty.values() if holder != "by-area"]
    return sorted({one for one in found if isinstance(one, str)})


def unit(register: Register, data: Mapping[str, Any]) -> str | None:
    """The unit that what is wrong with a record goes to: who maintains it, else who handles, regulates, enforces."""
    for duty in _DUTIES:
        holder = register.duty.get(duty)
        if holder and holder != "by-area" and isinstance(data.get(holder), str):
            return str(data[holder])
    return None


def facets(name: str, fields: Sequence[str], data: Mapping[str, Any], names: Sequence[str]) -> list[str]:
    """What lists find a record by: values of its codes (`fields`), and every two neighbouring signs of its names."""
    found = grams(name, names)
    for field in fields:
        value = data.get(field)
        if value is not None:
            found.update(facet(name, field, one) for one in (value if isinstance(value, list) else (value,)))
    return sorted(found)


def facet(name: str, field: str, value: Any) -> str:
    """A value of a field as lists find it."""
    plain = ("true" if value else "false") if isinstance(value, bool) else str(value)
    return f"{name}:{field}={plain}"


def grams(name: str, texts: Sequence[str]) -> set[str]:
    """Every two neighbouring signs of some texts, of either case alike."""
    found: set[str] = set()
    before = f"{name}:~"
    for text in texts:
        found.update([before + one + other for one, other in pairwise("".join(text.split()).casefold())])
    return found


def facet_fields(register: Register) -> list[str]:
    """The fields that lists are narrowed by."""
    return [name for name, spec in register.fields.items() if is_facet(spec)]


def is_facet(spec: FieldSpec) -> bool:
    """Whether lists are narrowed by a field."""
    return spec.type in _FACETS and not spec.personal


def expires(register: Register, data: Mapping[str, Any]) -> date | None:
    """The last day on which a record is valid."""
    value = data.get(register.expires) if register.expires else None
    return date.fromisoformat(value) if value else None


def told(register: Register, data: Mapping[str, Any]) -> str | None:
    """What was told of the day it expires on as it now is: `warned`, `expired`; None: nothing."""
    if (kept := data.get(EXPIRY)) is None:
        return None
    day = expires(register, data)
    return str(kept["told"]) if day is not None and kept["until"] == day.isoformat() else None


def to_tell(register: Register, state: State, today: date) -> str | None:
    """What is to be told of a record's expiry today: `warned`, `expired`; None: nothing (more).

    It is told while the record is valid but for its day: of one that is suspended once it is active again. Days on
    which nobody looked are made up by the one notice that is right today.
    """
    day, known = expires(register, state["data"]), told(register, state["data"])
    if day is None or known == EXPIRED or state["data"].get("merged_into") or not stands(register, state["state"]):
        return None
    if day < today:
        return EXPIRED
    return WARNED if known is None and (day - today).days <= register.warn else None


def stands(register: Register, state: str) -> bool:
    """Whether a record in a state is valid, its day apart."""
    return not register.states or state in valid_in(register)


def valid_in(register: Register) -> list[str]:
    """The states in which a record is valid; none where none are declared."""
    return list(register.valid_in or [*register.states][:1])


def waiting(state: State) -> list[dict[str, Any]]:
    """Its change requests that wait for a verdict."""
    requests = state["tracks"].get(CHANGE_REQUEST)
    return [one for one in requests if one["state"] == ASKED] if requests else []


def where(data: Mapping[str, Any]) -> dict[str, Any]:
    """Where a record is."""
    return {name: data.get(name) for name in _WHERE}
