"""Expressions: each can be read, sees only what is there, and compares only with what can be."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, Final

from xiuhua.packs.expressions import Compiled, ExpressionError, compiled, nodes
from xiuhua.packs.problems import Path, Problem
from xiuhua.packs.procedure import Procedure
from xiuhua.packs.validate.scene import Scene
from xiuhua.packs.validate.scopes import Scope, base, of_procedure
from xiuhua.packs.validate.scopes_of_kinds import of_kind
from xiuhua.packs.walk import Part

_CONDITIONS: Final = frozenset({"when", "that", "required", "where"})
"""Keys whose expression is true or false."""
_MOMENT: Final = re.compile(r't"(\d{4}-\d{2}-\d{2} \d{2}:\d{2})"')


def check(scene: Scene) -> Iterator[Problem]:
    """Every expression of every declaration and scenario."""
    for part in scene.parts:
        if part.is_expression:
            yield from _expression(scene, part)


def _expression(scene: Scene, part: Part) -> Iterator[Problem]:
    in_scenario = part.path[0] == "scenarios"
    text = _MOMENT.sub("0", part.value) if in_scenario else part.value
    try:
        expression = compiled(text)
    except ExpressionError as error:
        yield scene.problem(part.path, error.why, **error.params)
        return
    scope = _scope(scene, part.path)
    if scope is None:
        return
    yield from _variables(scene, part.path, expression, scope)
    yield from _comparisons(scene, part.path, expression, scope)
    is_condition = part.path[-1] in _CONDITIONS or (in_scenario and part.path[-2] == "that")
    if is_condition and _never_boolean(expression.tree):
        yield scene.problem(part.path, "not_a_condition", text=part.value)


def _scope(scene: Scene, path: Path) -> Scope | None:
    """None where it cannot be told: what the expression is about does not exist, and that is reported."""
    kind, name = path[0], path[1]
    if kind == "procedures":
        return of_procedure(scene.pack.procedures[str(name)], path[2:])
    if kind == "scenarios" and isinstance(name, int):
        procedures: dict[str, Procedure] = scene.named("procedures")
        procedure = procedures.get(scene.pack.scenarios[name].given.procedure or "")
        return None if procedure is None else base(procedure).plus("waits", None)
    return of_kind(scene, str(kind), str(name), path[2:])


def _variables(scene: Scene, path: Path, expression: Compiled, scope: Scope) -> Iterator[Problem]:
    asked = _asked(expression.tree)
    whole: set[int] = set()
    for node, bound in nodes.walk(expression.tree):
        if isinstance(node, nodes.Macro) and node.variable in scope.variables:
            yield scene.problem(path, "variable_hidden", name=node.variable)
        names = nodes.path_of(node)
        if names is None or id(node) in whole:
            continue
        whole |= _parts_of(node)
        if names[0] not in bound:
            yield from _one_path(scene, path, names, scope, asked)


def _parts_of(node: nodes.Node) -> set[int]:
    """The nodes within `a.b.c`: they are no paths of their own."""
    found: set[int] = set()
    while isinstance(node, nodes.Select):
        node = node.of
        found.add(id(node))
    return found


def _one_path(
    scene: Scene, path: Path, names: tuple[str, ...], scope: Scope, asked: set[tuple[str, ...]]
) -> Iterator[Problem]:
    if names[0] not in scope.variables:
        yield scene.unknown(path, "variable", names[0], scope.variables)
        return
    shape = scope.variables[names[0]]
    for number, member in enumerate(names[1:], start=1):
        if shape is None:
            break
        if member not in shape:
            found = ".".join(names[: number + 1])
            yield scene.unknown(path, "member", found, [".".join((*names[:number], one)) for one in shape])
            return
        shape = shape[member]
    if names[:2] in scope.perhaps and len(names) > 2 and names[:2] not in asked:
        yield scene.problem(path, "found_perhaps", found=".".join(names), name=names[1])


def _asked(tree: nodes.Node) -> set[tuple[str, ...]]:
    """The things found whose being there the expression asks for: `has(found.x)`, `fields.x != null`."""
    asked: set[tuple[str, ...]] = set()
    for node, _ in nodes.walk(tree):
        if isinstance(node, nodes.Has) and nodes.path_of(node.of) == ("found",):
            asked.add(("found", node.member))
        if isinstance(node, nodes.Binary) and node.sign in ("==", "!="):
            for one, other in ((node.left, node.right), (node.right, node.left)):
                names = nodes.path_of(one)
                if names is not None and names[0] == "fields" and other == nodes.Literal(0, None):
                    asked.add(("found", *names[1:]))
    return asked


def _comparisons(scene: Scene, path: Path, expression: Compiled, scope: Scope) -> Iterator[Problem]:
    """`case.source == "hotlin"`: the value is none of those that the choice has."""
    for node, bound in nodes.walk(expression.tree):
        if not isinstance(node, nodes.Binary) or node.sign not in ("==", "!=", "in"):
            continue
        for one, other in ((node.left, node.right), (node.right, node.left)):
            names = nodes.path_of(one)
            if names is None or names[0] in bound or names not in scope.choices:
                continue
            for value in _values(other):
                if value not in scope.choices[names]:
                    yield scene.unknown(path, "value_of", str(value), scope.choices[names])


def _values(node: nodes.Node) -> Iterator[Any]:
    if isinstance(node, nodes.Literal) and node.value is not None:
        yield node.value
    elif isinstance(node, nodes.ListOf):
        for item in node.items:
            yield from _values(item)


def _never_boolean(node: nodes.Node) -> bool:
    match node:
        case nodes.Literal(value=value):
            return not isinstance(value, bool)
        case nodes.Binary(sign=sign):
            return sign in "+-*/%"
        case nodes.ListOf() | nodes.MapOf():
            return True
        case nodes.Unary(sign=sign):
            return sign == "-"
        case nodes.Call(function=function):
            return function in ("size", "int", "string", "decimal")
        case nodes.Macro(kind=kind):
            return kind in ("map", "filter")
        case nodes.Choice(then=then, otherwise=otherwise):
            return _never_boolean(then) or _never_boolean(otherwise)
    return False
