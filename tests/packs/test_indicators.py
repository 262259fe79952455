"""Indicators count by what their records hold: every member they name is a field, or what every record has."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest

from xiuhua.packs import units
from xiuhua.packs.check import check_path
from xiuhua.packs.kinds import Counted, Indicator
from xiuhua.packs.pack import Pack

CHECKED = check_path()
EVERY_RECORD = {"state", "unit", "number", "name"}
EVERY_ENTRY = {"quantity", "day", "thing", "of_unit"}
EVERY_SUBJECT = {"id", "number", "state", "since", "opened"}
INDICATORS = [(pack, name) for pack in CHECKED.packs for name in pack.indicators]


def members(pack: Pack, of: str) -> set[str] | None:
    """What a thing that is counted holds; None for what is no register, ledger or procedure."""
    for one in [pack, *(CHECKED.library[name] for name in pack.head.needs)]:
        if of in one.registers:
            return {*one.registers[of].fields} | EVERY_RECORD
        if of in one.ledgers:
            return {*one.ledgers[of].fields} | EVERY_ENTRY
        for procedure in one.procedures.values():
            if procedure.subject == of:
                return {*procedure.data} | EVERY_SUBJECT
    return None


def decimals(pack: Pack, of: str) -> set[str]:
    """The members of a thing that are decimals, which records hold as texts."""
    found = {"quantity"}
    for one in [pack, *(CHECKED.library[name] for name in pack.head.needs)]:
        for kind in (one.registers, one.ledgers):
            if of in kind:
                found |= {name for name, spec in kind[of].fields.items() if spec.type in ("decimal", "money")}
    return found


def counted(indicator: Indicator) -> Iterator[Counted]:
    yield from (one for one in (indicator.count, indicator.numerator, indicator.denominator) if one is not None)


@pytest.mark.parametrize(("pack", "name"), INDICATORS, ids=lambda one: one if isinstance(one, str) else one.name)
def test_an_indicator_names_what_there_is(pack: Pack, name: str) -> None:
    indicator = pack.indicators[name]
    for one in counted(indicator):
        known = members(pack, one.of)
        if known is None:
            continue
        texts = " ".join(text for text in (one.where, one.sum, one.distinct) if text)
        assert set(re.findall(rf"\b{one.of}\.(\w+)", texts)) - known == set()
        assert set(indicator.by) - known == set()


@pytest.mark.parametrize(("pack", "name"), INDICATORS, ids=lambda one: one if isinstance(one, str) else one.name)
def test_an_indicator_is_told_in_a_unit_that_has_a_name_in_both_languages(pack: Pack, name: str) -> None:
    told = pack.indicators[name].unit
    found = units.find(told)
    assert found is not None and found.name == told


@pytest.mark.parametrize(("pack", "name"), INDICATORS, ids=lambda one: one if isinstance(one, str) else one.name)
def test_what_is_added_up_is_a_number(pack: Pack, name: str) -> None:
    for one in counted(pack.indicators[name]):
        texts = decimals(pack, one.of)
        for added in re.findall(rf"(?<!decimal\()\b{one.of}\.(\w+)", one.sum or ""):
            assert added not in texts, f"decimal({one.of}.{added})"


def test_a_member_that_does_not_exist_would_be_found() -> None:
    found = members(next(pack for pack in CHECKED.packs if pack.name == "construction-waste"), "truck")
    assert found is not None
    assert "plate" in found
    assert "colour" not in found
