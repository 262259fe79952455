"""From text to tree: the documented subset of CEL (`docs/reference/expressions.md`), and nothing else.

The grammar and the order of operators are those of the CEL specification (cel-spec, `doc/langdef.md`). What is
left out is left out here, so that no back end ever meets it: floating-point numbers, unsigned numbers, bytes,
messages, timestamps.
"""

from __future__ import annotations

from typing import Final

from xiuhua.packs.expressions import nodes
from xiuhua.packs.expressions.errors import ExpressionError
from xiuhua.packs.expressions.lexis import Token, number, text_of, tokens
from xiuhua.packs.expressions.nodes import Node

LONGEST: Final = 2000
DEEPEST: Final = 32
"""Levels of nesting. The Rust library's own stack is not guarded: a tree is checked before it gets there."""

MACROS: Final[dict[str, tuple[int, ...]]] = {
    "all": (1,), "exists": (1,), "exists_one": (1,), "filter": (1,), "map": (1, 2),
}  # fmt: skip
FUNCTIONS: Final[dict[str, int]] = {
    "size": 1, "startsWith": 2, "endsWith": 2, "contains": 2, "matches": 2, "int": 1, "string": 1, "decimal": 1,
}  # fmt: skip
RESERVED: Final = frozenset(
    [
        "true",
        "false",
        "null",
        "in",
        "as",
        "break",
        "const",
        "continue",
        "else",
        "for",
        "function",
        "if",
        "import",
        "let",
        "loop",
        "package",
        "namespace",
        "return",
        "var",
        "void",
        "while",
    ]
)
"""Words that cannot be variables (cel-spec, lexis)."""
_RELATIONS: Final = frozenset({"==", "!=", "<", "<=", ">", ">=", "in"})


def parse(text: str) -> Node:
    """The tree of an expression; raises `ExpressionError` that names the place and what was expected."""
    if len(text) > LONGEST:
        raise ExpressionError("expression_too_long", most=LONGEST)
    parser = _Parser(text)
    node = parser.expression()
    if parser.token.kind != "end":
        raise parser.unexpected()
    if _depth(node) > DEEPEST:
        raise ExpressionError("expression_too_deep", most=DEEPEST)
    return node


class _Parser:
    """Recursive descent, one method for each level of the grammar."""

    def __init__(self, text: str) -> None:
        self._tokens = tokens(text)
        self._place = 0
        self._depth = 0

    @property
    def token(self) -> Token:
        return self._tokens[self._place]

    def unexpected(self) -> ExpressionError:
        """The error for the present token."""
        token = self.token
        if token.kind == "end":
            return ExpressionError("expression_ends", at=token.at)
        return ExpressionError("expression_unexpected", at=token.at, found=token.text)

    def _next(self) -> Token:
        token = self.token
        self._place += 1
        return token

    def _is(self, *signs: str) -> bool:
        return self.token.kind in ("sign", "name") and self.token.text in signs

    def _demand(self, sign: str) -> Token:
        if not (self.token.kind == "sign" and self.token.text == sign):
            raise self.unexpected()
        return self._next()

    def expression(self) -> Node:
        """A choice, or anything that binds more closely."""
        self._depth += 1
        if self._depth > DEEPEST:
            raise ExpressionError("expression_too_deep", most=DEEPEST)
        test = self._junction("||")
        if self._is("?"):
            at = self._next().at
            then = self._junction("||")
            self._demand(":")
            test = nodes.Choice(at, test, then, self.expression())
        self._depth -= 1
        return test

    def _junction(self, sign: str) -> Node:
        """`||` over `&&` over relations; long rows become a balanced tree, which means the same."""
        operands, at = [self._operand(sign)], []
        while self._is(sign):
            at.append(self._next().at)
            operands.append(self._operand(sign))
        return _balanced(sign, operands, at)

    def _operand(self, sign: str) -> Node:
        return self._junction("&&") if sign == "||" else self._relation()

    def _relation(self) -> Node:
        left = self._sum()
        if self.token.text in _RELATIONS and self.token.kind in ("sign", "name"):
            token = self._next()
            left = nodes.Binary(token.at, token.text, left, self._sum())
            if self.token.text in _RELATIONS and self.token.kind in ("sign", "name"):
                raise ExpressionError("expression_chain", at=self.token.at)
        return left

    def _sum(self) -> Node:
        left, count = self._product(), 0
        while self._is("+", "-"):
            token = self._next()
            left = nodes.Binary(token.at, token.text, left, self._product())
            count = self._counted(count)
        return left

    def _product(self) -> Node:
        left, count = self._unary(), 0
        while self._is("*", "/", "%"):
            token = self._next()
            left = nodes.Binary(token.at, token.text, left, self._unary())
            count = self._counted(count)
        return left

    def _counted(self, count: int) -> int:
        if count >= DEEPEST:
            raise ExpressionError("expression_too_deep", most=DEEPEST)
        return count + 1

    def _unary(self) -> Node:
        if not self._is("!", "-"):
            return self._member()
        token = self._next()
        if self._is("!", "-"):
            raise self.unexpected()
        if token.text == "-" and self.token.kind == "int":
            return nodes.Literal(token.at, -number(self._next(), 1))
        return nodes.Unary(token.at, token.text, self._member())

    def _member(self) -> Node:
        node, count = self._primary(), 0
        while self._is(".", "["):
            count = self._counted(count)
            if self._next().text == "[":
                key = self.expression()
                node = nodes.Index(self._demand("]").at, node, key)
                continue
            token = self.token
            if token.kind != "name" or token.text in ("true", "false", "null", "in"):
                raise self.unexpected()
            self._next()
            called = self._is("(")
            node = self._called(token, node) if called else nodes.Select(token.at, node, token.text)
        return node

    def _primary(self) -> Node:
        token = self.token
        if token.kind == "int":
            return nodes.Literal(token.at, number(self._next(), 0))
        if token.kind in ("text", "raw"):
            return nodes.Literal(token.at, text_of(self._next()))
        if token.kind == "name":
            return self._named()
        if self._is("("):
            self._next()
            node = self.expression()
            self._demand(")")
            return node
        if self._is("["):
            at = self._next().at
            return nodes.ListOf(at, tuple(self._row("]")))
        if self._is("{"):
            return self._map()
        raise self.unexpected()

    def _named(self) -> Node:
        token = self._next()
        if token.text in ("true", "false"):
            return nodes.Literal(token.at, token.text == "true")
        if token.text == "null":
            return nodes.Literal(token.at, None)
        if token.text in RESERVED:
            raise ExpressionError("expression_reserved", at=token.at, found=token.text)
        if self._is("("):
            return self._called(token, None)
        return nodes.Variable(token.at, token.text)

    def _row(self, end: str) -> list[Node]:
        row: list[Node] = []
        while not self._is(end):
            row.append(self.expression())
            if not self._is(","):
                break
            self._next()
        self._demand(end)
        return row

    def _map(self) -> Node:
        at = self._next().at
        entries: list[tuple[Node, Node]] = []
        while not self._is("}"):
            key = self.expression()
            if not (isinstance(key, nodes.Literal) and isinstance(key.value, str)):
                raise ExpressionError("expression_map_key", at=key.at)
            self._demand(":")
            entries.append((key, self.expression()))
            if not self._is(","):
                break
            self._next()
        self._demand("}")
        return nodes.MapOf(at, tuple(entries))

    def _called(self, name: Token, receiver: Node | None) -> Node:
        self._demand("(")
        args = self._row(")")
        if name.text == "has" and receiver is None:
            return _has(name, args)
        if name.text in MACROS and receiver is not None:
            return _macro(name, receiver, args)
        wanted = FUNCTIONS.get(name.text)
        if wanted is None:
            raise ExpressionError("expression_function", at=name.at, found=name.text)
        given = (*(() if receiver is None else (receiver,)), *args)
        if len(given) != wanted:
            raise ExpressionError("expression_arguments", at=name.at, found=name.text, wanted=wanted)
        return nodes.Call(name.at, name.text, given)


def _balanced(sign: str, operands: list[Node], at: list[int]) -> Node:
    if len(operands) == 1:
        return operands[0]
    half = len(operands) // 2
    left = _balanced(sign, operands[:half], at[: half - 1])
    return nodes.Binary(at[half - 1], sign, left, _balanced(sign, operands[half:], at[half:]))


def _has(name: Token, args: list[Node]) -> Node:
    if len(args) != 1 or not isinstance(args[0], nodes.Select):
        raise ExpressionError("expression_has", at=name.at)
    return nodes.Has(name.at, args[0].of, args[0].member)


def _macro(name: Token, receiver: Node, args: list[Node]) -> Node:
    if len(args) - 1 not in MACROS[name.text] or not isinstance(args[0], nodes.Variable):
        raise ExpressionError("expression_macro", at=name.at, found=name.text)
    return nodes.Macro(name.at, name.text, receiver, args[0].name, tuple(args[1:]))


def _depth(node: Node) -> int:
    return 1 + max(map(_depth, nodes.children(node)), default=0)
