"""Expressions of packs over columns: the same tree as for a row, built as an expression of ibis for any engine.

What a row says is the measure: equality never fails and never holds between different kinds, division drops the rest.
Where the row ends in an error (a comparison with what is missing) a column has nothing, and nothing is not counted.
Columns do not tell a field that is missing from one that is empty: `has(x.a)` is `x.a != null` here.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import reduce
from operator import add, and_, ge, gt, le, lt, mul, or_, sub
from typing import Any, Final, Literal

import ibis
import ibis.expr.types as ir

from xiuhua.insight.facts.model import Table, Type
from xiuhua.insight.facts.reading import columns as columns_of
from xiuhua.packs.expressions import ExpressionError, amounts, nodes
from xiuhua.packs.expressions.nodes import Node

Kind = Literal["null", "bool", "int", "decimal", "money", "text", "date", "texts"]
"""`money` is a decimal that its row holds as text, until `decimal(…)` makes a number of it; so is `date` a text."""
DECIMAL: Final = "decimal(24, 6)"
_FACTOR: Final = "decimal(14, 0)"
"""What a decimal is multiplied by, so that the product is exact in 38 digits."""
_IBIS: Final[Mapping[str, str]] = {
    "VARCHAR": "string", "VARCHAR[]": "array<string>", "BIGINT": "int64", "INTEGER": "int32", "TINYINT": "int8",
    "BOOLEAN": "boolean", "DATE": "date", "DECIMAL(24, 6)": DECIMAL,
}  # fmt: skip
_KINDS: Final[Mapping[Type, Kind]] = {
    "text": "text", "texts": "texts", "int": "int", "decimal": "money", "bool": "bool", "date": "date", "moment": "int",
}  # fmt: skip
_ORDER: Final[Mapping[str, Callable[[Any, Any], Any]]] = {"<": lt, "<=": le, ">": gt, ">=": ge}
_PLAIN: Final = {"startsWith": "startswith", "endsWith": "endswith", "contains": "contains"}


@dataclass(frozen=True, slots=True)
class Value:
    """A column, and what its values are."""

    of: Any
    kind: Kind


Scope = Callable[[tuple[str, ...]], Value | None]
"""What a path such as `("case", "unit")` stands for; None: nothing."""


def facts(table: Table) -> ir.Table:
    """The rows of a table of facts, as `Source.weighed` and `Source.net` give them."""
    return ibis.table({name: _IBIS[type_] for name, type_ in columns_of(table).items()}, name="facts")


def scope(table: Table, rows: ir.Table, period: Mapping[str, Any]) -> Scope:
    """What expressions about a table see: the thing, or the part with its thing, and `period.start`, `period.end`."""
    part = table.part

    def find(path: tuple[str, ...]) -> Value | None:
        if path[0] == "period":
            return Value(period[path[1]], "int") if len(path) == 2 and path[1] in period else None
        if part is not None and path[0] == table.subject:
            path = (part, f"{table.subject}_{path[1]}", *path[2:]) if len(path) > 1 else path
        elif path[0] != (part or table.subject):
            return None
        name = "_".join(path[1:-1] if path[2:] and path[-1] == "id" else path[1:])
        if name in table.types:
            return Value(rows[name], _KINDS[table.types[name]])
        return Value(rows["_id"], "text") if name == "id" else None

    return find


def built(tree: Node, look: Scope) -> Value:
    """The column that an expression gives. Raises `ExpressionError` for what columns cannot do."""
    path = nodes.path_of(tree)
    if path is not None:
        found = look(path)
        if found is None:
            raise ExpressionError("expression_no_column", at=tree.at, found=".".join(path))
        return found
    builder = _BUILDERS.get(type(tree))
    if builder is None:
        raise _not_here(tree)
    return builder(tree, look)


def condition(tree: Node, look: Scope) -> Any:
    """A column of yes and no, never nothing."""
    found = built(tree, look)
    if found.kind != "bool":
        raise ExpressionError("value_no_condition", text="", found=found.kind)
    return found.of.fill_null(False)


def number(tree: Node, look: Scope) -> Any:
    """A column of whole numbers or decimals, to be added up."""
    found = built(tree, look)
    if found.kind not in ("int", "decimal", "money"):
        raise ExpressionError("expression_no_number", at=tree.at, found=found.kind)
    return found.of


def _not_here(node: Node) -> ExpressionError:
    told = node.function if isinstance(node, nodes.Call) else node.kind if isinstance(node, nodes.Macro) else ""
    return ExpressionError("expression_not_in_columns", at=node.at, found=told or type(node).__name__.lower())


def _literal(node: nodes.Literal, _: Scope) -> Value:
    match node.value:
        case None:
            return Value(None, "null")
        case bool():
            return Value(ibis.literal(node.value), "bool")
        case int():
            return Value(ibis.literal(node.value, "int64"), "int")
    return Value(ibis.literal(node.value), "text")


def _has(node: nodes.Has, look: Scope) -> Value:
    return Value(built(nodes.Select(node.at, node.of, node.member), look).of.notnull(), "bool")


def _unary(node: nodes.Unary, look: Scope) -> Value:
    found = built(node.of, look)
    if node.sign == "!":
        return Value(~_bool(node, found), "bool")
    if found.kind not in ("int", "decimal"):
        raise _not_here(node)
    return Value(-found.of, found.kind)


def _bool(node: Node, value: Value) -> Any:
    if value.kind != "bool":
        raise _not_here(node)
    return value.of


def _binary(node: nodes.Binary, look: Scope) -> Value:
    if node.sign in ("&&", "||"):
        join = and_ if node.sign == "&&" else or_
        return Value(join(_bool(node, built(node.left, look)), _bool(node, built(node.right, look))), "bool")
    if node.sign == "in":
        return _in(node, look)
    left, right = built(node.left, look), built(node.right, look)
    if node.sign in ("==", "!="):
        same = _same(left, right)
        same = same if node.sign == "==" else ~same
        told = [one.of.notnull() for one, of in ((left, node.left), (right, node.right)) if _worked_out(of)]
        return Value(ibis.cases((reduce(and_, told), same)) if told else same, "bool")
    if node.sign in _ORDER:
        return Value(_ORDER[node.sign](*_alike(node, left, right)), "bool")
    return _sum(node, left, right)


def _worked_out(node: Node) -> bool:
    """Whether nothing, as its value, means that it could not be worked out; of a field it means an empty one."""
    return nodes.path_of(node) is None and not isinstance(node, nodes.Literal)


def _same(left: Value, right: Value) -> Any:
    if "null" in (left.kind, right.kind):
        if left.kind == right.kind:
            return ibis.literal(True)
        return (right if left.kind == "null" else left).of.isnull()
    if left.kind == right.kind:
        return left.of.identical_to(right.of)
    if {left.kind, right.kind} == {"text", "date"}:
        one, other = _texts(left), _texts(right)
        return one.identical_to(other)
    if "money" in (left.kind, right.kind):
        raise ExpressionError("expression_money_as_text")
    # Values of two kinds are never equal, but two that are both missing are.
    return left.of.isnull() & right.of.isnull()


def _texts(value: Value) -> Any:
    return value.of.cast("string") if value.kind == "date" else value.of


def _alike(node: nodes.Binary, left: Value, right: Value) -> tuple[Any, Any]:
    """Both sides in one kind that has an order."""
    if left.kind == right.kind and left.kind in ("int", "decimal", "text", "date"):
        return left.of, right.of
    if {left.kind, right.kind} == {"text", "date"}:
        return _texts(left), _texts(right)
    raise _not_here(node)


def _sum(node: nodes.Binary, left: Value, right: Value) -> Value:
    if node.sign == "+" and left.kind == right.kind == "text":
        return Value(left.of + right.of, "text")
    kinds = {left.kind, right.kind}
    if kinds == {"decimal"} and node.sign in ("+", "-"):
        return Value((add if node.sign == "+" else sub)(left.of, right.of), "decimal")
    if kinds == {"int", "decimal"} and node.sign == "*":
        whole, part = (left, right) if left.kind == "int" else (right, left)
        return Value((part.of * whole.of.try_cast(_FACTOR)).cast(DECIMAL), "decimal")
    if kinds != {"int"}:
        raise _not_here(node)
    if node.sign in ("+", "-", "*"):
        return Value({"+": add, "-": sub, "*": mul}[node.sign](left.of, right.of), "int")
    below = right.of.nullif(0)
    rest = left.of % below
    return Value(rest if node.sign == "%" else ((left.of - rest) // below), "int")


def _in(node: nodes.Binary, look: Scope) -> Value:
    left = built(node.left, look)
    if isinstance(node.right, nodes.ListOf):
        each = [_same(left, built(one, look)) for one in node.right.items]
        return Value(reduce(or_, each, ibis.literal(False)), "bool")
    right = built(node.right, look)
    if right.kind != "texts" or left.kind != "text":
        raise _not_here(node)
    found = right.of.contains(left.of).fill_null(False)
    return Value(ibis.cases((right.of.notnull(), found), else_=ibis.null("boolean")), "bool")


def _choice(node: nodes.Choice, look: Scope) -> Value:
    test = _bool(node, built(node.test, look))
    then, otherwise = built(node.then, look), built(node.otherwise, look)
    kind = otherwise.kind if then.kind == "null" else then.kind
    if kind == "null" or {then.kind, otherwise.kind} - {kind, "null"}:
        raise _not_here(node)
    empty = ibis.null((otherwise if then.of is None else then).of.type())
    sides = [empty if one.of is None else one.of for one in (then, otherwise)]
    return Value(ibis.cases((test, sides[0]), (~test, sides[1])), kind)


def _call(node: nodes.Call, look: Scope) -> Value:
    first = node.args[0]
    if node.function == "decimal":
        return _decimal(node, first, look)
    found = built(first, look)
    match node.function, found.kind:
        case "size", "text" | "texts":
            return Value(found.of.length(), "int")
        case "int", "text":
            return Value(found.of.try_cast("int64"), "int")
        case "int", "int":
            return found
        case "string", "int":
            return Value(found.of.cast("string"), "text")
        case "string", "text":
            return found
        case "matches", "text" if isinstance(node.args[1], nodes.Literal):
            return Value(found.of.re_search(node.args[1].value), "bool")
    if node.function in _PLAIN and found.kind in ("text", "date"):
        other = built(node.args[1], look)
        if other.kind == "text":
            return Value(getattr(_texts(found), _PLAIN[node.function])(other.of), "bool")
    raise _not_here(node)


def _decimal(node: nodes.Call, first: Node, look: Scope) -> Value:
    if isinstance(first, nodes.Literal):
        whole = Decimal(amounts.millionths(first.value)).scaleb(-amounts.PLACES)
        return Value(ibis.literal(whole, DECIMAL), "decimal")
    found = built(first, look)
    if found.kind in ("decimal", "money"):
        return Value(found.of, "decimal")
    if found.kind in ("int", "text"):
        return Value(found.of.try_cast(DECIMAL), "decimal")
    raise _not_here(node)


def _macro(node: nodes.Macro, look: Scope) -> Value:
    """Over a list of texts: whether any, or every one, fits."""
    of = built(node.of, look)
    if of.kind != "texts" or node.kind not in ("exists", "all"):
        raise _not_here(node)

    def fits(one: Any) -> Any:
        def inner(path: tuple[str, ...]) -> Value | None:
            return Value(one, "text") if path == (node.variable,) else look(path)

        held = _bool(node, built(node.parts[0], inner)).fill_null(False)
        return held if node.kind == "exists" else ~held

    some = of.of.filter(fits).length() > 0
    return Value(some if node.kind == "exists" else ~some, "bool")


_BUILDERS: Final[Mapping[type, Callable[[Any, Scope], Value]]] = {
    nodes.Literal: _literal, nodes.Has: _has, nodes.Unary: _unary, nodes.Binary: _binary, nodes.Choice: _choice,
    nodes.Call: _call, nodes.Macro: _macro,
}  # fmt: skip
