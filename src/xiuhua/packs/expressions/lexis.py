"""The words and signs of the subset: what a text is cut into before it is understood."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from xiuhua.packs.expressions.errors import ExpressionError

_TOKEN = re.compile(
    r"""(?P<space>[ \t\r\n]+)
      | (?P<float>\d+\.\d*(?:[eE][+-]?\d+)? | \.\d+ | \d+[eE][+-]?\d+)
      | (?P<int>(?:0[xX][0-9a-fA-F]+|\d+)[uU]?)(?!\w)
      | (?P<raw>[rR](?:"[^"\n]*"|'[^'\n]*'))
      | (?P<text>"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*')
      | (?P<name>[A-Za-z_]\w*)
      | (?P<sign>&&|\|\||==|!=|<=|>=|[-+*/%<>!?:.,()\[\]{}])""",
    re.VERBOSE | re.ASCII,
)
_ESCAPE = re.compile(r"\\(?:u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8})|x([0-9a-fA-F]{2})|(.))", re.DOTALL)
_ESCAPED: Final = {"n": "\n", "t": "\t", "r": "\r", "\\": "\\", '"': '"', "'": "'", "`": "`", "?": "?"}
_LARGEST: Final = 2**63 - 1


@dataclass(frozen=True, slots=True)
class Token:
    """One word or sign of the text."""

    kind: str
    text: str
    at: int


def tokens(text: str) -> list[Token]:
    """The text cut into tokens, the last of kind `end`; raises `ExpressionError`."""
    found: list[Token] = []
    at = 0
    while at < len(text):
        match = _TOKEN.match(text, at)
        if match is None:
            raise ExpressionError("expression_character", at=at, found=text[at])
        kind = match.lastgroup or ""
        if kind == "float":
            raise ExpressionError("expression_float", at=at, found=match.group())
        if kind != "space":
            found.append(Token(kind, match.group(), at))
        at = match.end()
    return [*found, Token("end", "", len(text))]


def number(token: Token, spare: int) -> int:
    """The value of a whole number; `spare` is 1 after a minus sign, since -2⁶³ exists."""
    if token.text[-1] in "uU":
        raise ExpressionError("expression_unsigned", at=token.at, found=token.text)
    number = int(token.text, 0 if token.text[:2].lower() == "0x" else 10)
    if number > _LARGEST + spare:
        raise ExpressionError("expression_large", at=token.at, found=token.text)
    return number


def text_of(token: Token) -> str:
    """The value of a quoted text."""
    if token.kind == "raw":
        return token.text[2:-1]
    return _ESCAPE.sub(lambda match: _unescaped(match, token), token.text[1:-1])


def _unescaped(match: re.Match[str], token: Token) -> str:
    code = match.group(1) or match.group(2) or match.group(3)
    if code is None:
        if match.group(4) in _ESCAPED:
            return _ESCAPED[match.group(4)]
    elif 0 < int(code, 16) < 0xD800 or 0xDFFF < int(code, 16) <= 0x10FFFF:
        return chr(int(code, 16))
    raise ExpressionError("expression_escape", at=token.at, found=match.group())
