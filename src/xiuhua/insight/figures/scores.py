"""Composite scores: indicators scored, weighed, graded and ranked as an appraisal declares. Pure; decimals only."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, localcontext
from typing import Final

from xiuhua.insight.figures.numbers import rounded
from xiuhua.packs.kinds import Appraisal, AppraisalPart, ScoreBand

_FULL: Final = Decimal(100)
_DIGITS: Final = 60


@dataclass(frozen=True, slots=True)
class Part:
    """What one indicator brings."""

    value: Decimal | None
    """As the indicator shows it; None: nothing below its line."""
    score: Decimal | None
    """0 to 100; None: it has none, and the others count for all."""
    weight: Decimal


@dataclass(frozen=True, slots=True)
class Scored:
    """Somebody appraised."""

    code: str
    parts: Mapping[str, Part]
    score: Decimal | None
    grade: str | None
    rank: int | None


def scored(
    appraisal: Appraisal, values: Mapping[str, Mapping[str, Decimal | None]], everybody: Iterable[str] = ()
) -> list[Scored]:
    """Everybody who has a value of any part, and whoever is named besides; the best first.

    `values`: part → code → the indicator's value. Of a count, who has none has 0 (told by the caller as such).
    """
    codes = {code for found in values.values() for code in found} | set(everybody)
    found = [_scored(appraisal, code, values) for code in sorted(codes - set(appraisal.exclude))]
    return _ranked(found, appraisal.ties)


def _scored(appraisal: Appraisal, code: str, values: Mapping[str, Mapping[str, Decimal | None]]) -> Scored:
    group = next((name for name, some in appraisal.groups.items() if code in some), None)
    parts = {}
    for name, part in appraisal.parts.items():
        value = values[name].get(code)
        score = _score(part, value, group)
        if score is None and appraisal.missing in ("full", "zero"):
            score = _FULL if appraisal.missing == "full" else Decimal()
        parts[name] = Part(value, score, Decimal(part.weight))
    total = _total(parts.values(), appraisal)
    return Scored(code, parts, total, _grade(appraisal, total), None)


def _score(part: AppraisalPart, value: Decimal | None, group: str | None) -> Decimal | None:
    if value is None:
        return None
    if part.score == "bands":
        return _banded(part.groups.get(group or "", part.bands), value)
    return min(max(value if part.score == "value" else _FULL - value, Decimal()), _FULL)


def _banded(bands: Sequence[ScoreBand], value: Decimal) -> Decimal:
    return Decimal(next(one.score for one in bands if one.up_to is None or value <= Decimal(one.up_to)))


def _total(parts: Iterable[Part], appraisal: Appraisal) -> Decimal | None:
    every = list(parts)
    there = [(one.score, one.weight) for one in every if one.score is not None]
    if not there or (appraisal.missing == "wait" and len(there) < len(every)):
        return None
    with localcontext(prec=_DIGITS):
        points = sum((score * weight for score, weight in there), Decimal())
        return rounded(points / sum(weight for _, weight in there), appraisal.decimals)


def _grade(appraisal: Appraisal, score: Decimal | None) -> str | None:
    reached = [
        (Decimal(one.at_least), name)
        for name, one in appraisal.grades.items()
        if score is not None and score >= Decimal(one.at_least)
    ]
    return max(reached)[1] if reached else None


def _ranked(found: Iterable[Scored], ties: str) -> list[Scored]:
    """Equal scores have equal ranks; who has no score comes last, without one."""
    order = sorted(found, key=lambda one: (one.score is None, -(one.score or 0), one.code))
    ranked: list[Scored] = []
    for place, one in enumerate(order, start=1):
        before = ranked[-1] if ranked else None
        if before is not None and before.score == one.score:
            rank = before.rank
        else:
            rank = place if ties == "gaps" or before is None or before.rank is None else before.rank + 1
        ranked.append(Scored(one.code, one.parts, one.score, one.grade, None if one.score is None else rank))
    return ranked
