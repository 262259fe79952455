"""What an expression is made of: a small tree, from which every back end is derived.

Nodes are immutable and compare by meaning: `at`, the offset in the text, does not count.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Literal:
    """`null`, true, false, a whole number or a text."""

    at: int = field(compare=False)
    value: bool | int | str | None


@dataclass(frozen=True, slots=True)
class Variable:
    """A name that the surroundings, or a macro, gives a value."""

    at: int = field(compare=False)
    name: str


@dataclass(frozen=True, slots=True)
class Select:
    """`of.member`."""

    at: int = field(compare=False)
    of: Node
    member: str


@dataclass(frozen=True, slots=True)
class Has:
    """`has(of.member)`: whether the member is there."""

    at: int = field(compare=False)
    of: Node
    member: str


@dataclass(frozen=True, slots=True)
class Index:
    """`of[key]`."""

    at: int = field(compare=False)
    of: Node
    key: Node


@dataclass(frozen=True, slots=True)
class Call:
    """A function; `x.f(y)` and `f(x, y)` are one and the same here."""

    at: int = field(compare=False)
    function: str
    args: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Macro:
    """`of.all(variable, part)` and its like; `map` may have two parts: a filter, then the value."""

    at: int = field(compare=False)
    kind: str
    of: Node
    variable: str
    parts: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Unary:
    """`!x` or `-x`."""

    at: int = field(compare=False)
    sign: str
    of: Node


@dataclass(frozen=True, slots=True)
class Binary:
    """`left sign right`, `at` being where the sign stands."""

    at: int = field(compare=False)
    sign: str
    left: Node
    right: Node


@dataclass(frozen=True, slots=True)
class Choice:
    """`test ? then : otherwise`."""

    at: int = field(compare=False)
    test: Node
    then: Node
    otherwise: Node


@dataclass(frozen=True, slots=True)
class ListOf:
    """`[a, b]`."""

    at: int = field(compare=False)
    items: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class MapOf:
    """`{"key": value}`."""

    at: int = field(compare=False)
    entries: tuple[tuple[Node, Node], ...]


Node = Literal | Variable | Select | Has | Index | Call | Macro | Unary | Binary | Choice | ListOf | MapOf


def children(node: Node) -> tuple[Node, ...]:
    """The nodes directly below, in the order of the text."""
    match node:
        case Select(of=of) | Has(of=of) | Unary(of=of):
            return (of,)
        case Index(of=of, key=key):
            return (of, key)
        case Call(args=args):
            return args
        case Macro(of=of, parts=parts):
            return (of, *parts)
        case Binary(left=left, right=right):
            return (left, right)
        case Choice(test=test, then=then, otherwise=otherwise):
            return (test, then, otherwise)
        case ListOf(items=items):
            return items
        case MapOf(entries=entries):
            return tuple(one for entry in entries for one in entry)
        case _:
            return ()


def walk(node: Node, bound: frozenset[str] = frozenset()) -> Iterator[tuple[Node, frozenset[str]]]:
    """Every node from the root down, each with the names that macros around it have bound."""
    yield node, bound
    if isinstance(node, Macro):
        yield from walk(node.of, bound)
        for part in node.parts:
            yield from walk(part, bound | {node.variable})
        return
    for child in children(node):
        yield from walk(child, bound)


def path_of(node: Node) -> tuple[str, ...] | None:
    """`("case", "unit", "code")` for `case.unit.code`; None for anything but a variable and its members."""
    members: list[str] = []
    while isinstance(node, Select):
        members.append(node.member)
        node = node.of
    if not isinstance(node, Variable):
        return None
    return (node.name, *reversed(members))
