"""From tree to the text and the inputs that the row back end (the library `cel`) runs.

The library turns every value handed to it into its own, at about a microsecond and a half each, so it is handed
as little as can be: `case.legs[0].unit` becomes one flat variable, found here in the process. Two things of the
subset the library does not do itself, and they are done here: the size of a text in characters (it counts
bytes, which makes 2 Chinese characters 6), and decimals (whole millionths inside, exact).
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass, field

from xiuhua.packs.expressions import amounts, nodes
from xiuhua.packs.expressions.errors import ExpressionError
from xiuhua.packs.expressions.nodes import Node

Path = tuple[str, ...]
_COMPARES = frozenset({"==", "!=", "<", "<=", ">", ">="})


@dataclass(frozen=True, slots=True)
class Input:
    """A value to be found before the library runs; `kind` is value, has, size or decimal."""

    kind: str
    path: Path
    members: frozenset[str] | None = None
    """For a list of maps: the only members that are looked at."""


@dataclass(slots=True)
class Lowered:
    """What the library runs."""

    text: str = ""
    decimal: bool = False
    """Whether the result is a decimal."""
    inputs: dict[Input, str] = field(default_factory=dict)
    """Each with the name of its variable."""
    functions: set[str] = field(default_factory=set)
    """Our own functions that it calls."""
    patterns: list[nodes.Literal] = field(default_factory=list)
    """Every pattern of `matches`."""


def lower(node: Node) -> Lowered:
    """The text for the library; raises `ExpressionError` where decimals and other values are mixed."""
    lowered = Lowered()
    lowered.text, lowered.decimal = _Writer(lowered).write(node)
    return lowered


class _Writer:
    """Writes nodes as CEL; every method gives the text and whether its value is a decimal."""

    def __init__(self, lowered: Lowered, bound: frozenset[str] = frozenset()) -> None:
        self._lowered, self._bound = lowered, bound

    def write(self, node: Node) -> tuple[str, bool]:
        path = nodes.path_of(node)
        if path is not None and path[0] not in self._bound:
            return self._input("value", path), False
        writer: Callable[[Node], tuple[str, bool]] = getattr(self, f"_{type(node).__name__.lower()}")
        return writer(node)

    def plain(self, node: Node) -> str:
        """The text of a node that must not be a decimal."""
        text, decimal = self.write(node)
        if decimal:
            raise ExpressionError("expression_decimal_here", at=node.at)
        return text

    def _static(self, node: Node) -> Path | None:
        path = nodes.path_of(node)
        return path if path is not None and path[0] not in self._bound else None

    def _input(self, kind: str, path: Path, members: frozenset[str] | None = None) -> str:
        inputs = self._lowered.inputs
        return inputs.setdefault(Input(kind, path, members), f"v{len(inputs)}")

    def _function(self, name: str, argument: str) -> str:
        self._lowered.functions.add(name)
        return f"{name}({argument})"

    def _literal(self, node: nodes.Literal) -> tuple[str, bool]:
        if isinstance(node.value, int) and not isinstance(node.value, bool) and node.value < 0:
            return f"({node.value})", False
        return json.dumps(node.value, ensure_ascii=False).replace("\x7f", "\\u007f"), False

    def _variable(self, node: nodes.Variable) -> tuple[str, bool]:
        return f"m_{node.name}", False

    def _select(self, node: nodes.Select) -> tuple[str, bool]:
        path = self._static(node.of.of) if isinstance(node.of, nodes.Index) else None
        if path is not None and isinstance(node.of, nodes.Index):
            rows = self._input("value", path, frozenset({node.member}))
            return f"{rows}[{self.plain(node.of.key)}].{node.member}", False
        return f"{self.plain(node.of)}.{node.member}", False

    def _has(self, node: nodes.Has) -> tuple[str, bool]:
        path = self._static(node.of)
        if path is not None:
            return self._input("has", (*path, node.member)), False
        return f"has({self.plain(node.of)}.{node.member})", False

    def _index(self, node: nodes.Index) -> tuple[str, bool]:
        return f"{self.plain(node.of)}[{self.plain(node.key)}]", False

    def _macro(self, node: nodes.Macro, counted: bool = False) -> tuple[str, bool]:
        """`counted`: only the size of the result matters, so that a filter need not keep whole elements."""
        path = self._static(node.of)
        members = None if node.kind == "filter" and not counted else _members(node)
        of = self.plain(node.of) if path is None else self._input("value", path, members)
        inner = _Writer(self._lowered, self._bound | {node.variable})
        parts = ", ".join(inner.plain(part) for part in node.parts)
        return f"{of}.{node.kind}(m_{node.variable}, {parts})", False

    def _call(self, node: nodes.Call) -> tuple[str, bool]:
        first = node.args[0]
        match node.function:
            case "size":
                return self._size(first), False
            case "decimal":
                return self._decimal(first), True
            case "string":
                text, decimal = self.write(first)
                return (self._function("decimal_text", text) if decimal else f"string({text})"), False
            case "int":
                return f"int({self.plain(first)})", False
        return f"{self.plain(first)}.{node.function}({self._checked(node)})", False

    def _size(self, of: Node) -> str:
        path = self._static(of)
        if path is not None:
            return self._input("size", path)
        if isinstance(of, nodes.Macro):
            return f"size({self._macro(of, counted=True)[0]})"
        if isinstance(of, nodes.ListOf):
            return f"size({self.plain(of)})"
        return self._function("size_of", self.plain(of))

    def _decimal(self, of: Node) -> str:
        path = self._static(of)
        if path is not None:
            return self._input("decimal", path)
        if isinstance(of, nodes.Literal):
            try:
                return f"({amounts.millionths(of.value)})"
            except ValueError as error:
                raise ExpressionError("expression_decimal_literal", at=of.at, found=of.value) from error
        return self._function("millionths", self.plain(of))

    def _checked(self, node: nodes.Call) -> str:
        second = node.args[1]
        if node.function == "matches":
            if not (isinstance(second, nodes.Literal) and isinstance(second.value, str)):
                raise ExpressionError("expression_pattern_written", at=second.at)
            self._lowered.patterns.append(second)
        return self.plain(second)

    def _unary(self, node: nodes.Unary) -> tuple[str, bool]:
        if node.sign == "!":
            return f"!({self.plain(node.of)})", False
        text, decimal = self.write(node.of)
        return f"(-({text}))", decimal

    def _binary(self, node: nodes.Binary) -> tuple[str, bool]:
        (left, first), (right, second) = self.write(node.left), self.write(node.right)
        text = f"({left} {node.sign} {right})"
        if not first and not second:
            return text, False
        if node.sign == "*" and first != second:
            return text, True
        if first and second and (node.sign in ("+", "-") or node.sign in _COMPARES):
            return text, node.sign in ("+", "-")
        if first != second and (node.sign in ("+", "-") or node.sign in _COMPARES):
            raise ExpressionError("expression_decimal_mixed", at=node.at, sign=node.sign)
        raise ExpressionError("expression_decimal_sign", at=node.at, sign=node.sign)

    def _choice(self, node: nodes.Choice) -> tuple[str, bool]:
        (then, first), (otherwise, second) = self.write(node.then), self.write(node.otherwise)
        if first != second:
            raise ExpressionError("expression_decimal_mixed", at=node.at, sign="? :")
        return f"({self.plain(node.test)} ? {then} : {otherwise})", first

    def _listof(self, node: nodes.ListOf) -> tuple[str, bool]:
        return f"[{', '.join(map(self.plain, node.items))}]", False

    def _mapof(self, node: nodes.MapOf) -> tuple[str, bool]:
        entries = (f"{self.plain(key)}: {self.plain(value)}" for key, value in node.entries)
        return f"{{{', '.join(entries)}}}", False


def _members(node: nodes.Macro) -> frozenset[str] | None:
    """The members of the elements that the parts look at; None where an element is used as a whole."""
    members: set[str] = set()

    def all_by_member(part: Node) -> bool:
        if isinstance(part, nodes.Variable):
            return part.name != node.variable
        if isinstance(part, nodes.Select | nodes.Has) and part.of == nodes.Variable(0, node.variable):
            members.add(part.member)
            return True
        return all(map(all_by_member, nodes.children(part)))

    whole = not all(map(all_by_member, node.parts))
    return None if whole else frozenset(members)
