"""Indicators count by what their records hold: every member they name is a field, or what every record has."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

import pytest

from xiuhua.insight.facts.tables import of_packs
from xiuhua.insight.figures import queries
from xiuhua.insight.figures.measures import definitions
from xiuhua.packs import units
from xiuhua.packs.check import check_path
from xiuhua.packs.expressions import ExpressionError
from xiuhua.packs.kinds import Counted, Indicator
from xiuhua.packs.pack import Pack

CHECKED = check_path()
DEFINITIONS = definitions({pack.name: pack for pack in CHECKED.packs}, of_packs(CHECKED.packs))
INDICATORS = [(pack, name) for pack in CHECKED.packs for name in pack.indicators]


def decimals(pack: Pack, of: str) -> set[str]:
    """The members of a thing that are decimals, which records hold as texts."""
    found = {"quantity"}
    for one in [pack, *(CHECKED.library[name] for name in pack.head.needs)]:
        for kind in (one.registers, one.ledgers):
            if of in kind:
                found |= {name for name, spec in kind[of].fields.items() if spec.type in ("decimal", "money")}
    return found


def counted(indicator: Indicator) -> Iterator[Counted]:
    for one in (indicator.count, indicator.numerator, indicator.denominator):
        if one is not None:
            yield from (one, *one.also)


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


@pytest.mark.parametrize("name", sorted(DEFINITIONS))
def test_an_indicator_can_be_computed_over_columns_by_its_dimensions(name: str) -> None:
    definition = DEFINITIONS[name]
    if definition.indicator.told:
        assert not definition.sides
        return
    if any(one.of in CHECKED.library[definition.pack].plans for one in counted(definition.indicator)):
        assert definition.problem.startswith("no pack in force has")  # how far plans are is no fact yet
        return
    assert definition.problem == ""
    assert set(definition.indicator.by) <= definition.dimensions()
    for measure in definition.measures():
        by = [column for one in definition.indicator.by if (column := measure.column(one)) is not None]
        assert len(by) == len(definition.indicator.by)
        assert measure.key in queries.sums([measure], by)
        assert queries.records(measure, "pyspark")


def test_a_column_that_does_not_exist_is_found() -> None:
    pack = next(pack for pack in CHECKED.packs if pack.name == "construction-waste")
    indicator = Indicator.model_validate({
        "title": {"zh": "红色车辆", "en": "Red trucks"}, "unit": "辆", "period": "end",
        "count": {"of": "truck", "where": 'truck.colour == "red"'},
    })  # fmt: skip
    one = definitions({pack.name: replace(pack, indicators={"red": indicator})}, of_packs([pack]))["red"]

    with pytest.raises(ExpressionError):
        queries.sums(list(one.measures()), [])
