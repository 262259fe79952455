"""Tables of facts: every pack of the library has them, no name is there twice, nothing personal is in one."""

from __future__ import annotations

import pytest

from xiuhua.insight.facts.model import Table
from xiuhua.insight.facts.tables import of_packs
from xiuhua.packs.check import check_path

PACKS = check_path().packs
TABLES = of_packs(PACKS)
BY_KEY = TABLES.by_key()
REGISTERS = [(pack, name, one) for pack in PACKS for name, one in pack.registers.items()]
ENTRIES = [(f"ledger.{name}", one.fields) for pack in PACKS for name, one in pack.ledgers.items()]
THINGS = [(f"register.{name}", one.fields) for _, name, one in REGISTERS]
SUBJECTS = [(f"subject.{one.subject}", one.data) for pack in PACKS for one in pack.procedures.values()]


@pytest.mark.parametrize("table", list(TABLES.all()), ids=lambda one: one.key)
def test_every_column_has_a_name_of_its_own_and_periods_have_columns(table: Table) -> None:
    names = [one.name for one in table.columns]

    assert len(set(names)) == len(names)
    assert not [name for name in names if name.startswith("_")]
    assert all(table.types[column] in ("moment", "date") for column in table.anchors.values())
    assert "at" in table.anchors


def test_every_thing_that_packs_declare_has_a_table() -> None:
    assert {key for key, _ in (*ENTRIES, *THINGS, *SUBJECTS)} <= set(BY_KEY)
    assert len(THINGS) > 130 and len(ENTRIES) > 90 and len(SUBJECTS) > 20


def test_no_personal_field_becomes_a_column() -> None:
    personal = {
        (key, name) for key, fields in (*ENTRIES, *THINGS, *SUBJECTS) for name, one in fields.items() if one.personal
    }

    assert len(personal) > 20
    assert not {(key, name) for key, name in personal if name in BY_KEY[key].types}


def test_no_long_text_becomes_a_column() -> None:
    written = [(key, name) for key, fields in THINGS for name, one in fields.items() if one.type == "long_text"]

    assert written
    assert not [name for key, name in written if name in BY_KEY[key].types]


def test_of_registers_of_which_only_the_number_is_told_nothing_says_who_or_where() -> None:
    secret = [(f"register.{name}", one) for _, name, one in REGISTERS if one.sensitivity == "counts_only"]

    assert len(secret) == 6
    for key, register in secret:
        table = BY_KEY[key]
        kept = {register.fields[name].type for name in table.types if name in register.fields}
        assert table.counts_only
        assert kept <= {"integer", "decimal", "money", "boolean", "choice", "date", "unit", "person", "computed"}
        assert not {"number", "name", register.key, "community", "unit_grid"} & set(table.types)


@pytest.mark.parametrize(
    ("column", "type_"),
    [
        ("register.post_plan.gap", "int"), ("register.household.near", "bool"),
        ("register.emergency_store.short", "decimal"), ("register.double_mark.total", "decimal"),
        ("register.transfer_station.renewed", "bool"), ("register.bike_operator.over", "bool"),
    ],
)  # fmt: skip
def test_a_computed_field_has_the_type_of_its_value(column: str, type_: str) -> None:
    key, _, name = column.rpartition(".")

    assert BY_KEY[key].types[name] == type_


def test_a_grade_that_is_computed_is_a_text() -> None:
    grades = [one.types["grade"] for one in BY_KEY.values() if one.key.startswith("register.") and "grade" in one.types]

    assert grades and set(grades) == {"text"}


def test_of_two_things_with_one_name_the_proceeding_goes_before_the_document() -> None:
    assert TABLES.named()["bulletin"].key == "subject.bulletin"
    assert TABLES.named()["case.leg"].key == "subject.case.leg"
