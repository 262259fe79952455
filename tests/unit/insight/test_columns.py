"""Over columns an expression says what it says of each row; where the row ends in an error there is nothing."""

from __future__ import annotations

from decimal import Decimal
from itertools import product
from typing import Any

import duckdb
import ibis
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from xiuhua.insight.facts.model import Column, Table
from xiuhua.insight.figures import columns
from xiuhua.packs.expressions import ExpressionError, compiled
from xiuhua.packs.expressions.parser import parse

TABLE = Table(
    "register.truck",
    (
        Column("plate", "text"), Column("owner", "text"), Column("loads", "int"), Column("age", "int"),
        Column("price", "decimal"), Column("paid", "decimal"), Column("clean", "bool"), Column("old", "bool"),
        Column("bought", "date"), Column("sold", "date"), Column("tags", "texts"), Column("seen", "moment"),
    ),
    {"at": "seen"},
)  # fmt: skip
VALUES: dict[str, list[Any]] = {
    "plate": ["川S1", "川S2", "", None], "owner": ["川S1", "x", None], "loads": [0, 7, -7, None], "age": [2, -2, None],
    "price": ["12.5", "-0.000001", None], "paid": ["12.5", "3", None], "clean": [True, False, None],
    "old": [True, None], "bought": ["2026-03-02", "2025-12-31", None], "sold": ["2026-03-02", None],
    "tags": [["a", "b"], [], None], "seen": [1_767_225_600, None],
}  # fmt: skip
TYPES = {
    "text": "VARCHAR", "int": "BIGINT", "decimal": "DECIMAL(24,6)", "bool": "BOOLEAN", "date": "DATE",
    "texts": "VARCHAR[]", "moment": "BIGINT",
}  # fmt: skip


def some_rows() -> list[dict[str, Any]]:
    """Every pair of values of two neighbouring fields, the others turning."""
    names = list(VALUES)
    rows = []
    for at, name in enumerate(names):
        other = names[(at + 1) % len(names)]
        for n, (one, two) in enumerate(product(VALUES[name], VALUES[other])):
            rows.append({**{key: value[n % len(value)] for key, value in VALUES.items()}, name: one, other: two})
    return rows


ROWS = some_rows()
DUCK = duckdb.connect()
DECLARED = ", ".join(f'"{one.name}" {TYPES[one.type]}' for one in TABLE.columns)
DUCK.execute(f"CREATE TABLE facts (n INTEGER, {DECLARED})")
DUCK.executemany(
    f"INSERT INTO facts VALUES ({', '.join(['?'] * (len(VALUES) + 1))})",
    [[n, *(row[c.name] for c in TABLE.columns)] for n, row in enumerate(ROWS)],
)


def by_columns(text: str) -> list[Any]:
    rows = columns.facts(TABLE)
    value = columns.built(parse(text), columns.scope(TABLE, rows, {}))
    query = ibis.to_sql(rows.select(value=value.of), dialect="duckdb")
    found = DUCK.execute(f"SELECT value FROM ({query}) POSITIONAL JOIN (SELECT n FROM facts) ORDER BY n").fetchall()
    return [plain(one) for (one,) in found]


def by_rows(text: str) -> list[Any]:
    expression = compiled(text)

    def value(row: dict[str, Any]) -> Any:
        try:
            return expression.value({"truck": row})
        except ExpressionError:
            return None

    return [plain(value(row)) for row in ROWS]


def plain(value: Any) -> Any:
    return Decimal(value).normalize() if isinstance(value, Decimal) else value


@pytest.mark.parametrize(
    "text",
    [
        'truck.plate == "川S1"', 'truck.plate != "川S1"', "truck.plate == null", "truck.plate != null",
        "truck.plate == truck.owner", "truck.plate < truck.owner", 'truck.plate in ["川S1", "川S2"]',
        'truck.plate.startsWith("川")', 'truck.plate.contains("S2")', 'truck.plate.matches("^川S[12]$")',
        "size(truck.plate)", "size(truck.tags)", '"a" in truck.tags', 'truck.tags.exists(t, t == "b")',
        'truck.tags.all(t, t == "a")', "truck.loads / truck.age", "truck.loads % truck.age", "truck.loads / 2",
        "-truck.loads", "truck.loads + truck.age * 2 - 1", "truck.loads >= truck.age", "!truck.clean",
        "truck.clean && truck.old", "truck.clean || truck.old", "truck.clean == truck.old", "truck.clean != true",
        "truck.clean ? truck.loads : truck.age", "truck.clean ? truck.plate : null", 'truck.bought == "2026-03-02"',
        'truck.bought < "2026-01-01"', "truck.bought <= truck.sold", "truck.bought == truck.sold",
        'truck.bought.startsWith("2026")', "truck.plate == truck.loads", "truck.loads == truck.seen",
        "truck.seen / 86400", "int(string(truck.loads))", "int(truck.plate)", "!(truck.loads < truck.age)",
        "truck.price != null && truck.loads == 7", "null == null", "truck.tags != null",
    ],
)  # fmt: skip
def test_of_every_row_the_column_says_the_same(text: str) -> None:
    assert by_columns(text) == by_rows(text)


@pytest.mark.parametrize(
    "text",
    [
        "decimal(truck.price)", "decimal(truck.price) + decimal(truck.paid)",
        "decimal(truck.price) - decimal(truck.paid)",
        "decimal(truck.price) * truck.loads", 'truck.loads * decimal("0.25")', "-decimal(truck.price)",
    ],
)  # fmt: skip
def test_decimals_are_exact(text: str) -> None:
    told = [None if one is None else Decimal(one).normalize() for one in by_rows(text)]

    assert by_columns(text) == told


def test_decimals_are_compared() -> None:
    for sign in ("<", "<=", ">", ">=", "==", "!="):
        text = f"truck.price != null && truck.paid != null && decimal(truck.price) {sign} decimal(truck.paid)"
        assert by_columns(text) == by_rows(text)


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("truck.colour", "truck.colour is no column"), ("driver.name", "no column"), ("truck.plate.x", "no column"),
        ('truck.price == "12.5"', "decimal("), ("truck.loads < truck.plate", "cannot be used"),
        ("truck.tags.map(t, t)", "map cannot be used"), ("[1]", "cannot be used"),
        ("truck.loads && true", "cannot be used"),
    ],
)  # fmt: skip
def test_what_columns_cannot_do_is_named(text: str, why: str) -> None:
    with pytest.raises(ExpressionError, match=why.replace("(", r"\(")):
        by_columns(text)


NUMBERS = st.sampled_from(["truck.loads", "truck.age", "truck.seen", "3", "-2", "0"])
WORDS = st.sampled_from(["truck.plate", "truck.owner", '"川S1"', '""'])
DAYS = st.sampled_from(["truck.bought", "truck.sold", '"2026-01-01"'])
MONEY = st.sampled_from(["decimal(truck.price)", "decimal(truck.paid)", 'decimal("2.5")', "decimal(truck.loads)"])


def ordered(sides: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    signs = st.sampled_from(["==", "!=", "<", "<=", ">", ">="])
    return st.builds(lambda left, sign, right: f"{left} {sign} {right}", sides, signs, sides)


SUMS = st.recursive(
    NUMBERS, lambda one: st.builds("({} {} {})".format, one, st.sampled_from("+-/%"), one), max_leaves=4
)  # fmt: skip
CONDITIONS = st.recursive(
    st.one_of(
        ordered(SUMS), ordered(WORDS), ordered(DAYS), ordered(MONEY), st.sampled_from(["truck.clean", "truck.old"]),
        st.sampled_from(list(VALUES)).map("truck.{} == null".format), WORDS.map('{} in ["川S1", "x"]'.format),
    ),
    lambda one: st.one_of(
        one.map("!({})".format), st.builds("({} && {})".format, one, one), st.builds("({} || {})".format, one, one),
        st.builds("({} ? {} : {})".format, one, one, one),
    ),
    max_leaves=8,
)  # fmt: skip


@settings(max_examples=250)
@given(text=CONDITIONS)
def test_any_condition_holds_of_the_same_rows(text: str) -> None:
    assert by_columns(text) == by_rows(text)
