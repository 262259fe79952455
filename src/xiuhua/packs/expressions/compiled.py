"""An expression ready to run on one row of values: the back end for guards, conditions and effects."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from decimal import Decimal
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final

from xiuhua.packs.expressions import library, nodes
from xiuhua.packs.expressions.amounts import decimal_text, millionths, size_of
from xiuhua.packs.expressions.errors import ExpressionError
from xiuhua.packs.expressions.explain import FAILURES, explain, name_of
from xiuhua.packs.expressions.lowering import Input, lower
from xiuhua.packs.expressions.nodes import Node
from xiuhua.packs.expressions.parser import parse

if TYPE_CHECKING:
    import cel
else:
    cel = library.load()

_FUNCTIONS: Final[dict[str, Callable[..., Any]]] = {
    "size_of": size_of, "millionths": millionths, "decimal_text": decimal_text,
}  # fmt: skip


class Compiled:
    """One expression: immutable, safe to share between threads."""

    __slots__ = ("_decimal", "_functions", "_inputs", "_program", "_single", "text", "tree")

    def __init__(self, text: str, tree: Node | None = None) -> None:
        """Raises `ExpressionError`; `tree` is given for a part of an expression that was read before."""
        self.text = text
        self.tree: Node = parse(text) if tree is None else tree
        lowered = lower(self.tree)
        for pattern in lowered.patterns:
            _check_pattern(pattern)
        self._decimal = lowered.decimal
        self._inputs = tuple((name, one) for one, name in lowered.inputs.items())
        self._functions = {name: _FUNCTIONS[name] for name in lowered.functions}
        single = self._inputs[0][1] if lowered.text == "v0" else None
        self._single = single if single is not None and single.members is None else None
        self._program = _program(lowered.text)

    def __repr__(self) -> str:
        return f"Compiled({self.text!r})"

    def variables(self) -> list[str]:
        """The names it needs from its surroundings, without those that its macros bind."""
        return sorted({path[0] for path in self.paths()})

    def paths(self) -> list[tuple[str, ...]]:
        """What it looks at: `("case", "unit")` for `case.unit`, without doubles, in order of appearance."""
        return list(dict.fromkeys(one.path for _, one in self._inputs))

    def value(self, context: Mapping[str, Any]) -> Any:
        """The value for these JSON values; a decimal comes back as text such as `"12.5"`.

        Raises `ExpressionError` that says which value is missing or does not fit.
        """
        try:
            return self._run(context)
        except FAILURES as error:
            raise explain(self.tree, lambda node: Compiled(self.text, node)._run(context)) from error

    def _run(self, context: Mapping[str, Any]) -> Any:
        if isinstance(self.tree, nodes.Literal):
            return self.tree.value
        if self._single is not None:
            value = _find(self._single, context)
            return decimal_text(value) if self._decimal else value
        given: dict[str, Any] = dict(self._functions)
        for name, one in self._inputs:
            try:
                given[name] = _find(one, context)
            except FAILURES:
                continue  # it may not be needed: `has(a.b) && a.b > 1`
        value = self._program.execute(given)
        return decimal_text(value) if self._decimal else value

    def holds(self, context: Mapping[str, Any]) -> bool:
        """Whether a condition holds; a result that is neither true nor false is an `ExpressionError`."""
        value = self.value(context)
        if value is True or value is False:
            return value
        raise ExpressionError("value_no_condition", text=self.text, found=name_of(value))


@lru_cache(maxsize=20_000)
def compiled(text: str) -> Compiled:
    """The expression of a text, read once per process; raises `ExpressionError`."""
    return Compiled(text)


def _find(one: Input, context: Mapping[str, Any]) -> Any:
    value: Any = context
    for member in one.path[:-1]:
        value = value[member]
    if one.kind == "has":
        if not isinstance(value, Mapping):
            raise TypeError(one.path)
        return one.path[-1] in value
    value = value[one.path[-1]]
    if one.members is not None:
        return _narrowed(value, one.members)
    if one.kind == "size":
        return size_of(value)
    if one.kind == "decimal":
        return millionths(value)
    return str(value) if type(value) is Decimal else value


def _narrowed(value: Any, members: frozenset[str]) -> Any:
    if not isinstance(value, list):
        return value
    return [{name: row[name] for name in members if name in row} if isinstance(row, dict) else row for row in value]


def _program(text: str) -> cel.Program:
    # The library writes every failure of our functions to its log as well; `ExpressionError` says it better.
    logging.getLogger("cel").setLevel(logging.CRITICAL)
    try:
        return cel.compile(text)
    except FAILURES as error:  # a text of our own making: only its size can be at fault
        raise ExpressionError("expression_library", detail=str(error)) from error


def _check_pattern(pattern: nodes.Literal) -> None:
    try:
        cel.compile("''.matches(p)").execute({"p": pattern.value})
    except FAILURES as error:
        detail = str(error).partition("error:")[2].partition("\nerror:")[2].split(". Check")[0].strip()
        raise ExpressionError("expression_pattern", at=pattern.at, detail=detail) from error
