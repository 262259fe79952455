"""Decimals in expressions: whole millionths inside, so that every engine agrees to the last digit."""

from __future__ import annotations

from decimal import Context, Decimal, Inexact, InvalidOperation, localcontext
from typing import Any, Final

PLACES: Final = 6
_LARGEST: Final = 2**63 - 1
_EXACT: Final = Context(prec=40, traps=[Inexact, InvalidOperation])


def millionths(value: Any) -> int:
    """The millionths of a number given as text, whole number or Decimal.

    Raises `ValueError` for anything else, for more than six decimal places and for more than
    9,223,372,036,854 units.
    """
    if isinstance(value, bool) or not isinstance(value, str | int | Decimal):
        raise ValueError(f"{value!r} is no decimal")
    with localcontext(_EXACT):
        try:
            number = Decimal(value).scaleb(PLACES).to_integral_exact()
        except (InvalidOperation, Inexact) as error:
            raise ValueError(f"{value!r} is no decimal of at most {PLACES} places") from error
    if not number.is_finite() or abs(number) > _LARGEST:
        raise ValueError(f"{value!r} is out of range")
    return int(number)


def decimal_text(value: int) -> str:
    """A decimal as it is stored: `12.5`, no exponent, no trailing zeros."""
    whole, rest = divmod(abs(value), 10**PLACES)
    digits = f"{rest:0{PLACES}d}".rstrip("0")
    return f"{'-' if value < 0 else ''}{whole}{'.' if digits else ''}{digits}"


def size_of(value: Any) -> int:
    """How many characters a text, elements a list, keys a map has."""
    if not isinstance(value, str | list | dict):
        raise ValueError("only texts, lists and maps have a size")
    return len(value)
