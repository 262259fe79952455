"""What is done with a ledger becomes events, or is refused. Pure.

Each function gives event types and payloads, which `flow.model.apply` folds; nothing personal is in them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any, Final

from xiuhua.flow.model import State
from xiuhua.packs import units
from xiuhua.platform.errors import ConditionUnmet, Invalid, NotNow
from xiuhua.platform.wording import wrong
from xiuhua.records.ledgers.model import COUNTERED, STANDING, Declared, Stock, text

ENTRY_MADE: Final = "EntryMade"
COUNTER_ENTRY_MADE: Final = "CounterEntryMade"
ENTRY_COUNTERED: Final = "EntryCountered"
STOCK_TAKEN: Final = "StockTaken"
Told = tuple[str, dict[str, Any]]
_LARGEST: Final = Decimal(10) ** 15
_MOST_DIGITS: Final = 30
"""Before the point, in whatever unit: what is longer cannot be converted exactly."""
_PLACES: Final = 6
_OF_ITSELF: Final = frozenset({"key", "digest", "late", "instead", "countered_by", "note", "photos", "personal"})
"""What a counter-entry does not take over from its entry."""
_EARLIEST: Final = date(1949, 10, 1)


def quantity(declared: Declared, given: Any, unit: str | None, field: str = "quantity") -> Decimal:
    """A quantity in the ledger's unit. Raises `Invalid` for what is none, and for one in an unlike unit."""
    try:
        number = Decimal(str(given))
    except InvalidOperation:
        raise _wrong(field, "not_a_number") from None
    if isinstance(given, bool) or not number.is_finite():
        raise _wrong(field, "not_a_number")
    if number.adjusted() > _MOST_DIGITS:
        raise _wrong(field, "too_large")
    own = declared.ledger.quantity
    try:
        found = units.convert(number, unit or own, own)
    except units.UnknownUnit:
        raise _wrong("unit", "no_unit_of_measure", unit=unit) from None
    except units.UnlikeUnits:
        raise _wrong("unit", "unlike_units", unit=unit, own=own) from None
    if abs(found) >= _LARGEST:
        raise _wrong(field, "too_large")
    if found != round(found, _PLACES):
        raise _wrong(field, "too_many_places_in", most=_PLACES, unit=own)
    return found


def demand_sign(declared: Declared, found: Decimal) -> None:
    """Work done is more than nothing; what goes out of a store is below zero."""
    if declared.ledger.balance:
        if found == 0:
            raise _wrong("quantity", "nothing_moves")
    elif found <= 0:
        raise _wrong("quantity", "more_than_zero")


def day(given: Any, today: date) -> date:
    """The day of an entry; today unless told. Raises `Invalid` for one to come."""
    if given is None or given == "":
        return today
    try:
        found = date.fromisoformat(str(given))
    except ValueError:
        raise _wrong("day", "date_parsing") from None
    if found > today:
        raise _wrong("day", "in_future", today=today.isoformat())
    if found < _EARLIEST:
        raise _wrong("day", "too_early", earliest=_EARLIEST.isoformat())
    return found


def entered(declared: Declared, id_: str, data: Mapping[str, Any], type_: str = ENTRY_MADE) -> Told:
    """A new entry."""
    return type_, {
        "id": id_, "number": str(data.get("key") or id_), "procedure": declared.name, "pack": declared.digest,
        "subject": "entry", "to": STANDING, "set": dict(data),
    }  # fmt: skip


def countered(declared: Declared, state: State, id_: str, why: str, today: date) -> tuple[Told, Told]:
    """A mistake is taken back: what the entry is told, and the counter-entry, of the same day with the other sign."""
    data = state["data"]
    if data.get("counters"):
        raise NotNow("a counter-entry is not countered; make a new entry", counters=data["counters"])
    if data.get("countered_by"):
        raise NotNow(f"it was countered by {data['countered_by']}", countered_by=data["countered_by"])
    kept = {name: value for name, value in data.items() if name not in _OF_ITSELF}
    back = text(-Decimal(data["quantity"]))
    kept |= {
        "quantity": back, "given": {"quantity": back, "unit": declared.ledger.quantity},
        "counters": state["id"], "why": why, "late": late(date.fromisoformat(data["day"]), today),
    }  # fmt: skip
    return (
        (ENTRY_COUNTERED, {"to": COUNTERED, "set": {"countered_by": id_}, "reason": why}),
        entered(declared, id_, kept, COUNTER_ENTRY_MADE),
    )


def stock_taken(declared: Declared, id_: str, data: Mapping[str, Any], counted: Decimal, balance: Decimal) -> Told:
    """What was counted, and the difference to what should be there; an entry also when there is none."""
    if counted < 0:
        raise _wrong("counted", "at_least", least=0)
    difference = text(counted - balance)
    more = {
        "quantity": difference, "counted": text(counted), "balance": text(balance),
        "given": {"quantity": difference, "unit": declared.ledger.quantity},
    }  # fmt: skip
    return entered(declared, id_, {**data, **more}, STOCK_TAKEN)


def late(on: date, today: date) -> int:
    """How many days after its day an entry is made."""
    return max(0, (today - on).days)


def move(declared: Declared, stock: Stock, moves: Sequence[tuple[date, Decimal]]) -> None:
    """Something comes into a store or goes out, by day and quantity, all at once.

    Raises `ConditionUnmet` when the store would on that or a later day hold less than nothing; then nothing moved.
    """
    after = stock.copy()
    for on, quantity_ in moves:
        after.move(on, quantity_)
    least = min((after.least(on) for on, _ in moves), default=Decimal())
    if least < 0:
        there = min(stock.least(on) for on, _ in moves)
        raise ConditionUnmet(
            f"the store would be {text(-least)} {declared.ledger.quantity} below zero; {text(there)} can go out",
            there=text(there), unit=declared.ledger.quantity, lacks=text(-least),
        )  # fmt: skip
    stock.nets = after.nets


def _wrong(field: str, reason: str, /, **limits: Any) -> Invalid:
    error = wrong(field, reason, **limits)
    return Invalid(f"{field} {error['why']}", errors=[error])
