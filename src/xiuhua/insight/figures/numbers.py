"""Values of indicators: whole numbers and decimals added up exactly, one division, one rounding. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_DOWN, ROUND_HALF_EVEN, ROUND_HALF_UP, Decimal, localcontext
from typing import Final

from xiuhua.packs.kinds import Indicator

NOTHING: Final = "—"
"""What is shown where nothing is below the line: neither 0 nor 100."""
_ROUNDINGS: Final = {"half_up": ROUND_HALF_UP, "half_even": ROUND_HALF_EVEN, "down": ROUND_DOWN}
_FACTORS: Final = {"%": 100, "‰": 1000}
_DIGITS: Final = 60


@dataclass(frozen=True, slots=True)
class Compared:
    """A value against that of another period."""

    value: Decimal | None
    """Of the other period."""
    difference: Decimal | None
    """This less that: percentage points where the indicator is told in percent."""
    change: Decimal | None
    """The difference in percent of that; of counts and sums only, never of what is told in percent itself."""


def is_share(indicator: Indicator) -> bool:
    """Whether it is told in percent or per mille."""
    return indicator.unit in _FACTORS


def value(indicator: Indicator, numerator: Decimal, denominator: Decimal | None) -> Decimal | None:
    """What an indicator says; None where nothing is below the line. `denominator` None: it is no rate."""
    if denominator is None:
        return rounded(numerator, indicator.decimals, indicator.rounding)
    if denominator == 0:
        return None
    factor = _FACTORS.get(indicator.unit, 1)
    with localcontext(prec=_DIGITS):
        return rounded(numerator * factor / denominator, indicator.decimals, indicator.rounding)


def compared(indicator: Indicator, now: Decimal | None, then: Decimal | None) -> Compared:
    """A value beside that of another period."""
    if now is None or then is None:
        return Compared(then, None, None)
    change = None
    if not is_share(indicator) and then != 0:
        with localcontext(prec=_DIGITS):
            change = rounded((now - then) * 100 / abs(then), 2, indicator.rounding)
    return Compared(then, now - then, change)


def rounded(number: Decimal, decimals: int, rounding: str = "half_up") -> Decimal:
    """To so many places."""
    with localcontext(prec=_DIGITS):
        return number.quantize(Decimal(1).scaleb(-decimals), _ROUNDINGS[rounding])


def text(number: Decimal | None) -> str:
    """A value as it is shown."""
    return NOTHING if number is None else f"{number:f}"


def plain(number: Decimal) -> str:
    """A sum without the zeros behind its last digit."""
    return f"{number.normalize():f}"
