"""Indicators count by what their records hold: every member they name is a field, or what every record has."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest

from xiuhua.insight.facts.tables import of_packs
from xiuhua.insight.figures import queries
from xiuhua.insight.figures.measures import definitions
from xiuhua.packs.check import check_path
from xiuhua.packs.kinds import Counted, Indicator
from xiuhua.packs.pack import Pack

CHECKED = check_path()
DEFINITIONS = definitions({pack.name: pack for pack in CHECKED.packs}, of_packs(CHECKED.packs))
EVERY_RECORD = {"state", "unit", "number", "name"}
EVERY_ENTRY = {"quantity", "day", "thing", "unit"}
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


def counted(indicator: Indicator) -> Iterator[Counted]:
    for one in (indicator.count, indicator.numerator, indicator.denominator):
        if one is not None:
            yield from (one, *one.also)


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


def test_a_member_that_does_not_exist_would_be_found() -> None:
    found = members(next(pack for pack in CHECKED.packs if pack.name == "construction-waste"), "truck")
    assert found is not None
    assert "plate" in found
    assert "colour" not in found


@pytest.mark.parametrize("name", sorted(DEFINITIONS))
def test_an_indicator_can_be_computed_over_columns_by_its_dimensions(name: str) -> None:
    definition = DEFINITIONS[name]
    if definition.indicator.told:
        assert not definition.sides
        return
    assert definition.problem == ""
    assert set(definition.indicator.by) <= definition.dimensions()
    for measure in definition.sides.values():
        by = [column for one in definition.indicator.by if (column := measure.column(one)) is not None]
        assert len(by) == len(definition.indicator.by)
        assert measure.key in queries.sums([measure], by)
        assert queries.records(measure, "pyspark")
