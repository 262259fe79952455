"""What records refer to, and whether that is valid. Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from typing import Any, Literal

from xiuhua.packs.common import FieldSpec
from xiuhua.packs.kinds import Register
from xiuhua.platform.wording import wrong
from xiuhua.records.model import stands

Fault = Literal["expired", "not_in_force", "missing"]


def fault(register: Register, state: str, until: date | None, today: date) -> Fault | None:
    """Why a record that others refer to is not valid: over, or in a state such as suspended; None: it is valid."""
    if not stands(register, state):
        return "not_in_force"
    return "expired" if until is not None and until < today else None


def named(spec: FieldSpec, value: Any) -> list[str]:
    """The keys of the records that a field of type ref names."""
    if spec.type != "ref" or spec.personal:
        return []
    return [one for one in (value if isinstance(value, list) else [value]) if isinstance(one, str)]


def refused(
    specs: Mapping[str, FieldSpec], values: Mapping[str, Any], before: Mapping[str, Any] | None,
    look_up: Callable[[str, str], Mapping[str, Any] | None],
) -> Iterator[dict[str, Any]]:  # fmt: skip
    """Errors of refs that must be valid and are not, where they are given anew: what stands is shown, not refused."""
    for name, spec in specs.items():
        if not spec.valid or name not in values:
            continue
        kept = set(named(spec, (before or {}).get(name)))
        for key in named(spec, values[name]):
            found = look_up(f"ref:{spec.to}", key) or {}
            if key not in kept and (why := found.get("fault")):
                yield wrong(name, f"ref_{why}", kind=str(spec.to).replace("_", " "), key=key)
