"""Codes that say themselves whether they can be right: number plates, credit codes, part codes. Pure."""

from __future__ import annotations

import re
from typing import Final

_PLATE: Final = re.compile(
    r"[京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼][A-HJ-Z]"
    r"(?:[A-HJ-NP-Z0-9]{4}[A-HJ-NP-Z0-9挂学警港澳]|[DF][A-HJ-NP-Z0-9]\d{4}|\d{5}[DF])"
)
_CREDIT: Final = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_WEIGHTS: Final = tuple(pow(3, place, 31) for place in range(17))
_PART: Final = re.compile(r"\d{16,17}")


def plate(text: str) -> str | None:
    """A number plate of mainland China in one form, without blanks and dots; None for anything else.

    Ordinary ones have five signs behind the letter, of new energy six with D or F before or behind (GA 36-2018).
    """
    plain = re.sub(r"[\s·•.・-]", "", text).upper()
    return plain if _PLATE.fullmatch(plain) else None


def credit_code(text: str) -> str | None:
    """A unified social credit code whose last sign agrees with the others (GB 32100-2015); None for anything else."""
    plain = re.sub(r"\s", "", text).upper()
    if len(plain) != 18 or any(sign not in _CREDIT for sign in plain):
        return None
    rest = sum(_CREDIT.index(sign) * weight for sign, weight in zip(plain, _WEIGHTS, strict=False)) % 31
    return plain if _CREDIT[-rest % 31] == plain[-1] else None


def part_code(text: str) -> str | None:
    """The code of a part: 16 digits, or 17 where a city numbers with seven (as the national catalogues leave room)."""
    plain = re.sub(r"[\s-]", "", text)
    return plain if _PART.fullmatch(plain) else None
