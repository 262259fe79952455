"""Why an expression could not be worked out: the smallest part that fails, in words for its author."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from xiuhua.packs.expressions import nodes
from xiuhua.packs.expressions.errors import ExpressionError
from xiuhua.packs.expressions.nodes import Node

Evaluate = Callable[[Node], Any]
FAILURES: Final = (ArithmeticError, LookupError, RuntimeError, TypeError, ValueError)
"""What the library raises; it has no base of its own."""


def explain(tree: Node, evaluate: Evaluate) -> ExpressionError:
    """The error to show for a failure of `tree`; `evaluate` works out any part of it anew, or raises."""
    culprit = _culprit(tree, evaluate)
    error = _failure(culprit, evaluate)
    path = nodes.path_of(culprit)
    if path is not None:
        return _missing(culprit, path, evaluate)
    match culprit:
        case nodes.Has(of=of):
            return _not_a_map(culprit, of, evaluate)
        case nodes.Binary(left=left, right=right, sign=sign):
            return _two(culprit, sign, evaluate(left), evaluate(right), error)
        case nodes.Index(of=of, key=key):
            return ExpressionError("value_no_element", at=culprit.at, found=evaluate(key), where=name_of(evaluate(of)))
        case nodes.Call(function=function, args=args):
            found = ", ".join(name_of(evaluate(one)) for one in args)
            return ExpressionError("value_function", at=culprit.at, function=function, found=found)
        case nodes.Macro(kind=kind, of=of):
            return ExpressionError(
                "value_macro", at=culprit.at, function=kind, found=name_of(evaluate(of)), detail=_first_line(error)
            )
        case nodes.Choice(test=test):
            return ExpressionError("value_test", at=culprit.at, found=name_of(evaluate(test)))
        case nodes.Unary(sign=sign, of=of):
            return ExpressionError("value_one", at=culprit.at, sign=sign, found=name_of(evaluate(of)))
    return ExpressionError("value_other", at=culprit.at, detail=_first_line(error))


def name_of(value: Any) -> str:
    """The kind of a value in the words of the documentation."""
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "true/false"
    names = ((str, "text"), (int, "whole number"), (list, "list"), (dict, "map"))
    return next((name for kind, name in names if isinstance(value, kind)), type(value).__name__)


def _culprit(node: Node, evaluate: Evaluate) -> Node:
    """The deepest failing node that was really reached; the inside of a macro counts as one."""
    if nodes.path_of(node) is not None:
        return node
    for child in _reached(node, evaluate):
        if _fails(child, evaluate):
            return _culprit(child, evaluate)
    return node


def _reached(node: Node, evaluate: Evaluate) -> tuple[Node, ...]:
    match node:
        case nodes.Macro(of=of):
            return (of,)
        case nodes.Choice(test=test, then=then, otherwise=otherwise):
            if _fails(test, evaluate):
                return (test,)
            return (then if evaluate(test) is True else otherwise,)
        case _:
            return nodes.children(node)


def _fails(node: Node, evaluate: Evaluate) -> bool:
    return _failure(node, evaluate) is not None


def _failure(node: Node, evaluate: Evaluate) -> Exception | None:
    try:
        evaluate(node)
    except FAILURES as error:
        return error
    return None


def _missing(node: Node, path: tuple[str, ...], evaluate: Evaluate) -> ExpressionError:
    """Which member of `case.unit.code` is not there."""
    if isinstance(node, nodes.Select):
        if _fails(node.of, evaluate):
            return _missing(node.of, path[:-1], evaluate)
        parent = evaluate(node.of)
        if not isinstance(parent, dict):
            return _not_a_map(node, node.of, evaluate)
    return ExpressionError("value_missing", at=node.at, path=".".join(path))


def _not_a_map(node: Node, of: Node, evaluate: Evaluate) -> ExpressionError:
    path = ".".join(nodes.path_of(of) or ("…",))
    return ExpressionError("value_no_members", at=node.at, path=path, found=name_of(evaluate(of)))


def _two(node: Node, sign: str, left: Any, right: Any, error: Exception | None) -> ExpressionError:
    if isinstance(error, ZeroDivisionError):
        return ExpressionError("value_division", at=node.at)
    if isinstance(error, OverflowError):
        return ExpressionError("value_overflow", at=node.at)
    return ExpressionError("value_two", at=node.at, sign=sign, left=name_of(left), right=name_of(right))


def _first_line(error: Exception | None) -> str:
    lines = str(error).strip().splitlines()
    return lines[0][:200] if lines else type(error).__name__
