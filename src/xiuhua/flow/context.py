"""The values that expressions of a procedure see; some are only worked out when an expression names them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from xiuhua.packs.expressions import compiled


class Context(Mapping[str, Any]):
    """Named values; a function stands for a value that is worked out when first needed."""

    __slots__ = ("_values", "asked")

    def __init__(self, values: dict[str, Any], asked: set[str] | None = None) -> None:
        self._values = values
        self.asked: set[str] = set() if asked is None else asked
        """Names that an expression has looked at, here or in what was made of this."""

    def but(self, **values: Any) -> Context:
        """The same with some values replaced."""
        return Context({**self._values, **values}, self.asked)

    def __getitem__(self, name: str) -> Any:
        value = self._values[name]
        self.asked.add(name)
        if callable(value):
            value = self._values[name] = value()
        return value

    def __iter__(self) -> Iterator[str]:
        return iter(self._values)

    def __len__(self) -> int:
        return len(self._values)

    def value(self, text: str) -> Any:
        """The value of an expression. Raises `ExpressionError`."""
        return compiled(text).value(self)

    def holds(self, text: str) -> bool:
        """Whether a condition holds. Raises `ExpressionError`."""
        return compiled(text).holds(self)
