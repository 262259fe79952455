"""Values of settings: whether they fit what the pack declares."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation
from typing import Any, Final

from xiuhua.packs.common import Setting
from xiuhua.packs.known import LIMIT_KINDS

LONGEST_LIMIT: Final = 3650
LONGEST_TEXT: Final = 2000


def setting_wrong(setting: Setting, value: Any) -> str:
    """The code of what is wrong with a value for this setting; empty when it fits."""
    match setting.type:
        case "integer":
            fits = isinstance(value, int) and not isinstance(value, bool)
            return "" if fits else "number_expected"
        case "boolean":
            return "" if isinstance(value, bool) else "boolean_expected"
        case "choice":
            return "" if isinstance(value, str) and value in (setting.of or ()) else "not_one_of"
        case "limit":
            return "" if is_limit(value) else "limit_form"
        case _:
            return "" if isinstance(value, str) and len(value) <= LONGEST_TEXT else "text_expected"


def is_limit(value: Any) -> bool:
    """Whether this is a limit such as `{"amount": "2", "kind": "work_hour"}`."""
    if not isinstance(value, dict) or set(value) != {"amount", "kind"} or value["kind"] not in LIMIT_KINDS:
        return False
    try:
        amount = Decimal(value["amount"]) if isinstance(value["amount"], str) else Decimal("nan")
    except InvalidOperation:
        return False
    return amount.is_finite() and 0 < amount <= LONGEST_LIMIT
