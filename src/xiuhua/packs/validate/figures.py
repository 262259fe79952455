"""Indicators and appraisals: formulas that can be computed, weights, bands and grades that say one thing."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from xiuhua.packs.kinds import Appraisal, Counted, Indicator, Register, ScoreBand
from xiuhua.packs.problems import Path, Problem
from xiuhua.packs.validate.scene import Scene


def check(scene: Scene) -> Iterator[Problem]:
    """All indicators and appraisals of the pack."""
    for name, indicator in scene.pack.indicators.items():
        yield from _indicator(scene, ("indicators", name), indicator)
    for name, appraisal in scene.pack.appraisals.items():
        yield from _appraisal(scene, ("appraisals", name), appraisal)


def _indicator(scene: Scene, path: Path, indicator: Indicator) -> Iterator[Problem]:
    rate = indicator.numerator is not None and indicator.denominator is not None
    half = indicator.numerator is not None or indicator.denominator is not None
    if indicator.told and indicator.count is None and not half:
        return
    if indicator.told or (indicator.count is not None) == half or half != rate:
        yield scene.problem(path, "count_or_rate", at_key=True)
    for key in ("count", "numerator", "denominator"):
        counted: Counted | None = getattr(indicator, key)
        if counted is not None:
            yield from _counted(scene, (*path, key), counted)
            if indicator.date is not None and counted.of in scene.countable():
                yield from _date_of(scene, (*path, "date"), indicator, counted)
    if indicator.since is not None and indicator.until is not None and indicator.until < indicator.since:
        yield scene.problem((*path, "until"), "until_before_since")


def _counted(scene: Scene, path: Path, counted: Counted) -> Iterator[Problem]:
    if counted.sum is not None and counted.distinct is not None:
        yield scene.problem((*path, "distinct"), "sum_and_distinct", at_key=True)
    countable = scene.countable()
    if counted.of not in countable:
        yield scene.unknown((*path, "of"), "countable", counted.of, countable)
    for number, one in enumerate(counted.also):
        if one.distinct is not None or one.also or counted.distinct is not None:
            yield scene.problem((*path, "also", number), "also_is_added")
        yield from _counted(scene, (*path, "also", number), one)


def _date_of(scene: Scene, path: Path, indicator: Indicator, counted: Counted) -> Iterator[Problem]:
    """The date by which records are counted is one of theirs."""
    register: Register | None = scene.named("registers").get(counted.of)
    if register is None or indicator.period not in ("at", "due"):
        yield scene.problem(path, "date_of_register", at_key=True)
        return
    dates = {name for name, spec in register.fields.items() if spec.type == "date" and not spec.many}
    if indicator.date not in dates:
        yield scene.unknown(path, "field", str(indicator.date), dates)


def _appraisal(scene: Scene, path: Path, appraisal: Appraisal) -> Iterator[Problem]:
    indicators = scene.declared("indicators")
    for name, part in appraisal.parts.items():
        where = (*path, "parts", name)
        if part.indicator not in indicators:
            yield scene.unknown((*where, "indicator"), "indicator", part.indicator, indicators)
        if Decimal(part.weight) == 0:
            yield scene.problem((*where, "weight"), "party_without_weight")
        if (part.score == "bands") != bool(part.bands):
            yield scene.problem((*where, "bands"), "bands_of_score", at_key=True)
        if not _in_order(part.bands):
            yield scene.problem((*where, "bands"), "bands_in_order", at_key=True)
        for group, bands in part.groups.items():
            if group not in appraisal.groups:
                yield scene.unknown((*where, "groups", group), "group", group, appraisal.groups, at_key=True)
            if not bands or not _in_order(bands):
                yield scene.problem((*where, "groups", group), "bands_in_order", at_key=True)
    seen: dict[Decimal, str] = {}
    for name, grade in appraisal.grades.items():
        other = seen.setdefault(Decimal(grade.at_least), name)
        if other != name:
            yield scene.problem((*path, "grades", name), "band_twice", at_key=True, other=other)
    if appraisal.since is not None and appraisal.until is not None and appraisal.until < appraisal.since:
        yield scene.problem((*path, "until"), "until_before_since")


def _in_order(bands: Sequence[ScoreBand]) -> bool:
    """From the smallest limit on, each once, the last without one."""
    limits = [None if one.up_to is None else Decimal(one.up_to) for one in bands]
    told = [one for one in limits[:-1] if one is not None]
    return not bands or (limits[-1] is None and len(told) == len(limits) - 1 and told == sorted(set(told)))
