"""Expressions of packs: a documented subset of CEL, read once, run by several back ends.

`compiled(text)` gives the row back end. `docs/reference/expressions.md` is the language,
`docs/why/expressions.md` says why it is made so.
"""

from xiuhua.packs.expressions.compiled import Compiled, compiled
from xiuhua.packs.expressions.errors import ExpressionError

__all__ = ["Compiled", "ExpressionError", "compiled"]
