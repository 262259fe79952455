"""What is done with a ledger, without a database: quantities, days, counter-entries, stores."""

from __future__ import annotations

import random
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest

from xiuhua.flow.model import State, apply
from xiuhua.packs.common import FieldSpec, Title
from xiuhua.packs.kinds import Ledger
from xiuhua.platform.errors import ConditionUnmet, Invalid, NotNow
from xiuhua.platform.eventlog import Head
from xiuhua.records.ledgers import deciding, kinds, model
from xiuhua.records.ledgers.model import Declared, Stock

DAY = date(2026, 3, 2)
TITLE = Title(zh="库", en="Store")
FIELDS = {
    "yard": FieldSpec(type="text", required=True),
    "grade": FieldSpec(type="choice", of=["a", "b"]),
    "truck": FieldSpec(type="plate"),
}
STORE = Declared("store", "d", Ledger(title=TITLE, fields=FIELDS, quantity="t", balance=True, store=["yard"], cites=[]))
WORK = Declared("work", "d", Ledger(title=TITLE, fields=FIELDS, quantity="m²", cites=[]))


def made(declared: Declared = WORK, **data: Any) -> State:
    told = {"day": DAY.isoformat(), "quantity": "5", "given": {"quantity": "5", "unit": "m²"}, "yard": "y", **data}
    return apply(None, deciding.entered(declared, "e1", told)[1], 1)


def test_quantities_come_in_the_ledgers_unit() -> None:
    assert deciding.quantity(WORK, "1.5", "ha") == 15000
    assert deciding.quantity(WORK, 3, None) == 3
    for given, unit in (
        ("1", "m"), ("x", None), (True, None), ("Infinity", None), ("1e15", None), ("1", "qm"), ("NaN", "ha"),
        ("9e999999999", "ha"), ("9e999999999", "万m²"), ("1e-999999999", None), ("-1e31", "km²"), ("sNaN", None),
    ):  # fmt: skip
        with pytest.raises(Invalid):
            deciding.quantity(WORK, given, unit)


def test_a_quantity_without_end_is_nothing_or_too_much() -> None:
    assert deciding.quantity(WORK, "1e-999999999", "ha") == 0
    assert model.text(deciding.quantity(WORK, "0E-999999999", None)) == "0"


def test_days_to_come_and_days_long_past_are_refused() -> None:
    assert deciding.day(None, DAY) == DAY and deciding.day("2026-03-01", DAY) == date(2026, 3, 1)
    for given in ("2026-03-03", "1949-09-30", "yesterday", 5):
        with pytest.raises(Invalid):
            deciding.day(given, DAY)


def test_a_counter_entry_takes_all_of_an_entry_back() -> None:
    state = made(grade="a", note="n", photos=["p"], scopes=["g"], thing="r", key="k", digest="d")
    (marked, mark), (type_, back) = deciding.countered(WORK, state, "e2", "wrong", DAY + timedelta(days=4))
    counter = apply(None, back, 2)

    assert (marked, type_) == ("EntryCountered", "CounterEntryMade")
    assert counter["data"]["quantity"] == "-5" and counter["data"]["late"] == 4 and "key" not in counter["data"]
    assert model.facets(WORK, counter["data"]) == model.facets(WORK, state["data"]) == ["work:grade=a"]
    assert model.weight(counter["data"]) == -1 and counter["data"]["scopes"] == ["g"]
    after = apply(state, mark, 2)
    for one in (after, counter):
        with pytest.raises(NotNow):
            deciding.countered(WORK, one, "e3", "again", DAY)


def test_a_row_says_what_an_entry_is_found_by() -> None:
    row = dict(zip(kinds.COLUMNS, kinds.row(made(STORE, truck="川S12345"), Head(1, b"x"), STORE), strict=True))

    assert (row["store"], row["facets"], row["weight"]) == ("y", "store:truck*=川S12345", 1)


@pytest.mark.parametrize(
    ("moves", "left"),
    [([(0, 5), (0, -5)], 0), ([(0, 5), (1, -3)], 2), ([(0, 5), (2, -5)], 0), ([(3, -1), (1, 2)], 1)],
)
def test_what_is_there_may_go_out(moves: list[tuple[int, int]], left: int) -> None:
    stock = Stock()
    deciding.move(STORE, stock, [(DAY + timedelta(days=ahead), Decimal(n)) for ahead, n in moves])
    assert stock.on(DAY + timedelta(days=9)) == left


def test_a_store_is_never_below_zero_whatever_is_tried() -> None:
    """Against a plain model: a thousand moves on any day; refused exactly when some day would end below zero."""
    chance = random.Random(811)
    stock, nets = Stock(), dict.fromkeys(range(30), 0)
    refused = 0
    for _ in range(1000):
        ahead, quantity = chance.randrange(30), chance.randrange(-12, 9)
        wanted = {**nets, ahead: nets[ahead] + quantity}
        ends = [sum(wanted[one] for one in range(day + 1)) for day in range(30)]
        if min(ends) < 0:
            refused += 1
            with pytest.raises(ConditionUnmet, match="below zero"):
                deciding.move(STORE, stock, [(DAY + timedelta(days=ahead), Decimal(quantity))])
        else:
            nets = wanted
            deciding.move(STORE, stock, [(DAY + timedelta(days=ahead), Decimal(quantity))])
        assert all(stock.on(DAY + timedelta(days=day)) >= 0 for day in range(30))
    assert 100 < refused < 950


def test_a_stocktake_is_the_difference() -> None:
    data = {"day": DAY.isoformat(), "yard": "y"}
    _, payload = deciding.stock_taken(STORE, "e1", data, Decimal("7.50"), Decimal(9))
    assert (payload["set"]["quantity"], payload["set"]["counted"], payload["set"]["balance"]) == ("-1.5", "7.5", "9")
    assert model.weight(payload["set"]) == 0
    with pytest.raises(Invalid):
        deciding.stock_taken(STORE, "e1", data, Decimal(-1), Decimal(9))
