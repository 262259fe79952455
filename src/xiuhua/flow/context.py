"""The values that expressions of a procedure see, built as late and as small as can be.

Handing a whole case to the expression library costs more than the expression itself, so only the members
that a text names are handed over.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import cache
from typing import Any

from xiuhua.packs.expressions import Compiled


@cache
def _prepared(text: str) -> tuple[Compiled, dict[str, frozenset[str] | None]]:
    compiled = Compiled(text)
    needs: dict[str, frozenset[str] | None] = {}
    for variable in compiled.variables():
        uses = re.findall(rf"(?<![\w.]){variable}\b(\.\w+)?", text)
        members = frozenset(use[1:] for use in uses)
        needs[variable] = None if "" in members else members
    return compiled, needs


class Context:
    """Named values; each may be given as a function that is called when first needed."""

    def __init__(self, values: Mapping[str, Any]) -> None:
        self._values = dict(values)

    def but(self, **values: Any) -> Context:
        """The same with some values replaced."""
        return Context({**self._values, **values})

    def _value(self, name: str) -> Any:
        value = self._values.get(name)
        if isinstance(value, Callable):  # type: ignore[arg-type]
            value = self._values[name] = value()
        return value

    def _narrowed(self, needs: Mapping[str, frozenset[str] | None]) -> dict[str, Any]:
        narrowed = {}
        for name, members in needs.items():
            if name not in self._values:
                continue  # bound by a macro within the expression
            value = self._value(name)
            if members is not None and isinstance(value, Mapping):
                value = {member: value[member] for member in members if member in value}
            narrowed[name] = value
        return narrowed

    def value(self, text: str) -> Any:
        """The value of an expression."""
        compiled, needs = _prepared(text)
        return compiled.value(self._narrowed(needs))

    def holds(self, text: str) -> bool:
        """Whether a condition holds."""
        compiled, needs = _prepared(text)
        return compiled.holds(self._narrowed(needs))
