"""What an inspection scores: exact, of its findings alone. Pure.

Of each item that applies: full points, and what is deducted of them. The total never falls below nothing. Where the
checklist says so it is scaled, which is the one division and the one rounding (half up).
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from typing import Any, Literal

from xiuhua.packs.kinds import Checklist, ChecklistItem


@dataclass(frozen=True, slots=True)
class Line:
    """One item of a score; points as text."""

    item: str
    applies: bool
    failed: bool
    count: int
    """How often something was found."""
    choice: str | None
    full: str
    deducted: str
    given_back: str


@dataclass(frozen=True, slots=True)
class Scored:
    """A score, with all it was computed from; points as text."""

    full: str
    points: str
    score: str | None
    """Scaled where the checklist says so; None where no item applied."""
    band: str | None
    list: Literal["red", "black"] | None
    lines: tuple[Line, ...]

    def as_json(self) -> dict[str, Any]:
        """For events."""
        return asdict(self) | {"lines": [asdict(one) for one in self.lines]}


def scored(checklist: Checklist, findings: Iterable[Mapping[str, Any]], passed: Collection[str] = ()) -> Scored:
    """The score of some findings (`item`, `count`, `choice`, `applies`), in the order they were made.

    `passed`: items whose recheck has passed; of these the declared part of the deduction is given back.
    """
    by_item: dict[str, list[Mapping[str, Any]]] = {}
    for one in findings:
        by_item.setdefault(one["item"], []).append(one)
    full = points = Fraction(Decimal(checklist.base))
    lines = []
    for name, item in checklist.items.items():
        applies, count, choice = answered(by_item.get(name, ()))
        whole, deducted = _points(item, count, choice) if applies else (Fraction(0), Fraction(0))
        back = deducted * checklist.points_back / 100 if name in passed else Fraction(0)
        full, points = full + whole, points + whole - deducted + back
        lines.append(
            Line(
                name, applies, applies and failed(item, count, choice), count, choice, text(whole), text(deducted),
                text(back),
            )
        )  # fmt: skip
    points = max(points, Fraction(0))
    score = _scaled(checklist, points, full)
    return Scored(
        text(full), text(points), None if score is None else text(score), band_of(checklist, score),
        listed(checklist, score), tuple(lines),
    )  # fmt: skip


def answered(findings: Sequence[Mapping[str, Any]]) -> tuple[bool, int, str | None]:
    """Whether an item applies, how often something was found, and what was chosen; the latest word holds."""
    applies, count, choice = True, 0, None
    for one in findings:
        applies = one.get("applies", True)
        count += one.get("count") or 0
        choice = one.get("choice") or choice
    return (applies, count, choice) if applies else (False, 0, None)


def failed(item: ChecklistItem, count: int, choice: str | None) -> bool:
    """Whether an item that applies has failed."""
    return item.choices[choice].fails if choice in item.choices else count > 0


def _points(item: ChecklistItem, count: int, choice: str | None) -> tuple[Fraction, Fraction]:
    """Full points and deduction of an item."""
    if item.choices:
        best = max(_exact(one.score) for one in item.choices.values())
        return best, best - _exact(item.choices[choice].score) if choice in item.choices else best
    whole, each = _exact(item.score), _exact(item.deduct)
    if count == 0:
        return whole, Fraction(0)
    if each == 0:
        return whole, whole
    cap = _exact(item.most) if item.most is not None else whole
    return whole, min(each * count, cap) if cap else each * count


def _scaled(checklist: Checklist, points: Fraction, full: Fraction) -> Fraction | None:
    if checklist.scale is None:
        return points
    return rounded(points * _exact(checklist.scale) / full, checklist.decimals) if full else None


def band_of(checklist: Checklist, score: Fraction | None) -> str | None:
    """The best grade that a score reaches."""
    reached = [
        (_exact(band.at_least), name)
        for name, band in checklist.bands.items()
        if score is not None and score >= _exact(band.at_least)
    ]
    return max(reached)[1] if reached else None


def listed(checklist: Checklist, score: Fraction | None) -> Literal["red", "black"] | None:
    """Whether a score stands on the red list or on the black one."""
    if score is None:
        return None
    if checklist.red is not None and score >= _exact(checklist.red):
        return "red"
    return "black" if checklist.black is not None and score < _exact(checklist.black) else None


def rounded(value: Fraction, decimals: int) -> Fraction:
    """To so many places, half up; of a value that is not negative."""
    step = 10**decimals
    return Fraction((value * step * 2 + 1) // 2, step)


def text(value: Fraction) -> str:
    """Points as they are kept: no exponent, no zeros at the end; twelve places where it has no end."""
    found = Decimal(value.numerator) / Decimal(value.denominator)
    plain = f"{found.quantize(Decimal(1).scaleb(-12), ROUND_HALF_UP):f}"
    return plain.rstrip("0").rstrip(".") if "." in plain else plain


def exact(kept: str) -> Fraction:
    """Points as kept, to be counted with."""
    return Fraction(Decimal(kept))


def _exact(amount: int | str) -> Fraction:
    return Fraction(Decimal(amount))
