"""Which column a field of a pack becomes, and how its values are read."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final

from xiuhua.insight.facts.model import Column, Type
from xiuhua.packs.common import FieldSpec
from xiuhua.packs.expressions import ExpressionError, nodes
from xiuhua.packs.expressions.lowering import lower
from xiuhua.packs.expressions.parser import parse

_TYPES: Final[Mapping[str, Type]] = {
    **dict.fromkeys(
        ("text", "choice", "unit", "person", "category", "filing_condition", "area", "case", "report", "ref", "plate",
         "credit_code", "part_code", "device"), "text",
    ),
    "integer": "int", "decimal": "decimal", "money": "decimal", "boolean": "bool", "date": "date", "datetime": "moment",
}  # fmt: skip
"""What is not named here becomes no column: long texts, pictures, places, limits."""
_ONLY_COUNTED: Final = frozenset({"integer", "decimal", "money", "boolean", "choice", "date", "unit", "person"})
"""What is kept of records that only their number may be told of: nothing that could say who or where."""
_COMPARES: Final = frozenset({"==", "!=", "<", "<=", ">", ">=", "&&", "||", "in"})


def columns(specs: Mapping[str, FieldSpec], *, counts_only: bool = False) -> list[Column]:
    """The columns of declared fields; never of a personal one."""
    found = []
    for name, spec in specs.items():
        type_ = type_of(spec, specs)
        if spec.personal or type_ is None:
            continue
        if counts_only and spec.type not in _ONLY_COUNTED and (spec.type != "computed" or type_ == "text"):
            continue
        if spec.many:
            if type_ != "text":
                continue
            type_ = "texts"
        found.append(Column(name, type_, reader(name, type_)))
    return found


def type_of(spec: FieldSpec, specs: Mapping[str, FieldSpec]) -> Type | None:
    """The type of a field's column; None: it has none."""
    if spec.type != "computed" or spec.value is None:
        return _TYPES.get(spec.type)
    try:
        tree = parse(spec.value)
        return "decimal" if lower(tree).decimal else _follows(tree, specs)
    except ExpressionError:
        return None


def _follows(node: nodes.Node, specs: Mapping[str, FieldSpec]) -> Type | None:
    """The type of what an expression over other fields gives."""
    match node:
        case nodes.Literal(value=bool()) | nodes.Unary(sign="!") | nodes.Has():
            return "bool"
        case nodes.Literal(value=int()) | nodes.Unary(sign="-") | nodes.Call(function="size" | "int"):
            return "int"
        case nodes.Literal(value=str()) | nodes.Call(function="string"):
            return "text"
        case nodes.Binary(sign=sign, left=left):
            return "bool" if sign in _COMPARES else _follows(left, specs)
        case nodes.Choice(then=then, otherwise=otherwise):
            return _follows(then, specs) or _follows(otherwise, specs)
        case nodes.Select(member=member) if member in specs:
            return type_of(specs[member], {name: one for name, one in specs.items() if name != member})
    return None


def reader(name: str, type_: Type) -> Callable[[dict[str, Any]], Any]:
    """How a column is read from a state's data; what does not fit to its type is nothing."""
    fits = _FITS.get(type_)

    def read(state: dict[str, Any]) -> Any:
        value = state["data"].get(name)
        return value if value is None or type(value) is fits else _made(value, type_)

    def read_texts(state: dict[str, Any]) -> Any:
        value = state["data"].get(name)
        return [one for one in value if type(one) is str] if type(value) is list else None

    return read_texts if type_ == "texts" else read


_FITS: Final[Mapping[Type, type]] = {
    "text": str, "int": int, "decimal": str, "bool": bool, "date": str, "moment": int,
}  # fmt: skip


def _made(value: Any, type_: Type) -> Any:
    return str(value) if type_ == "decimal" and type(value) is int else None
