"""What is wrong with an expression, or with the values it met."""

from __future__ import annotations

from typing import Any

from xiuhua.packs.texts import say
from xiuhua.platform.errors import XiuhuaError


class ExpressionError(XiuhuaError):
    """An expression cannot be read, or cannot be worked out with these values."""

    def __init__(self, why: str = "expression_unclear", /, at: int | None = None, **params: Any) -> None:
        """`why` is a code of `strings/problems.yaml`, `at` the offset in the text, counted from 0."""
        self.why, self.at = why, at
        if at is not None:
            params["position"] = at + 1
        super().__init__(say(why, "en", params), **params)
