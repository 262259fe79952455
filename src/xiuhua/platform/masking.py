"""What is left of personal data for those who need not know it. Pure.

Fields are masked by their name; texts keep their words and lose the numbers by which someone can be found.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any, Final

STARS: Final = "**"
_EMAIL: Final = re.compile(r"[A-Za-z0-9_.+-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+")
_RESIDENT: Final = re.compile(r"(?<!\d)\d{17}[\dXx](?!\d)|(?<!\d)\d{15}(?!\d)")
# A mobile number or one with an area code, also written in groups; the many-digit case numbers and codes of
# areas that stand in texts are longer or shorter and stay.
_PHONE: Final = re.compile(r"(?<![\d-])(?:\+?86[- ]?)?(1\d{2}[- ]?\d{4}[- ]?\d{4}|0\d{2,3}[- ]?\d{7,8})(?![\d-])")


def mask_name(value: str) -> str:
    """The first character and two stars, whatever the length: `张**`."""
    return value[:1] + STARS if value else value


def mask_phone(value: str) -> str:
    """The first three and last four digits of a long number, fewer of a short one: `138****1234`."""
    digits = re.sub(r"\D", "", value)
    if len(digits) > 11 and digits.startswith("86"):
        digits = digits[2:]
    if len(digits) >= 10:
        return f"{digits[:3]}****{digits[-4:]}"
    return f"****{digits[-2:]}" if len(digits) >= 6 else STARS


def mask_id(value: str) -> str:
    """Three characters in front, two behind; neither birthday nor serial number stays."""
    return f"{value[:3]}{'*' * (len(value) - 5)}{value[-2:]}" if len(value) > 8 else STARS


def mask_email(value: str) -> str:
    """One character and the domain: `z***@example.cn`."""
    name, at, domain = value.partition("@")
    return f"{name[:1]}***@{domain}" if at else STARS


def mask_address(value: str) -> str:
    """Street and neighbourhood stay, every number in it goes."""
    return re.sub(r"[0-9０-９]", "*", value)


def mask_text(value: str) -> str:
    """A text with the phone numbers, identity numbers and e-mail addresses in it masked."""
    if not any(character.isdigit() or character == "@" for character in value):
        return value
    value = _EMAIL.sub(lambda found: mask_email(found[0]), value)
    value = _RESIDENT.sub(lambda found: mask_id(found[0]), value)
    return _PHONE.sub(lambda found: mask_phone(found[1]), value)


MASKS: Final[dict[str, Callable[[str], str]]] = {
    "name": mask_name,
    "contact": mask_name,
    "phone": mask_phone,
    "mobile": mask_phone,
    "id_number": mask_id,
    "email": mask_email,
    "address": mask_address,
}
"""By the field's name; every other text goes through `mask_text`."""


def mask(content: dict[str, Any]) -> dict[str, Any]:
    """A masked copy, to any depth."""
    return {key: _mask(key, value) for key, value in content.items()}


def _mask(key: str, value: Any) -> Any:
    if isinstance(value, str):
        return MASKS.get(key, mask_text)(value)
    if isinstance(value, dict):
        return mask(value)
    if isinstance(value, list):
        return [_mask(key, one) for one in value]
    return STARS if key in MASKS and value is not None else value
