"""The tables of `docs/reference/packs.md`: generated from the grammar, so that they cannot say anything else.

A page has blocks between `<!-- table: Action -->` and `<!-- end -->`; `refreshed` fills them anew.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from types import NoneType, UnionType
from typing import Annotated, Any, Final, Literal, Union, get_args, get_origin

from pydantic import BaseModel
from pydantic.fields import FieldInfo
from pydantic_core import PydanticUndefined

from xiuhua.packs.common import CEL, PackHead
from xiuhua.packs.pack import KINDS
from xiuhua.packs.scenario import Scenario
from xiuhua.packs.walk import keys_of

_BLOCK: Final = re.compile(r"(<!-- table: (\w+) -->\n).*?(<!-- end -->)", re.DOTALL)
_PLAIN: Final = {str: "text", int: "whole number", bool: "true/false", Any: "any value"}


def models() -> dict[str, type[BaseModel]]:
    """Every model of the grammar by name, each before those it is made of."""
    found: dict[str, type[BaseModel]] = {}
    queue: list[type[BaseModel]] = [PackHead, *KINDS.values(), Scenario]
    while queue:
        model = queue.pop(0)
        if model.__name__ not in found:
            found[model.__name__] = model
            queue += [one for hint in keys_of(model).values() for one in _inside(hint)]
    return found


def _inside(annotation: Any) -> Iterator[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    for one in get_args(annotation):
        yield from _inside(one)


def table(model: type[BaseModel]) -> str:
    """Markdown: key, what it is, whether it must be there, what for."""
    lines = ["| key | value | default | meaning |", "|---|---|---|---|"]
    for (key, hint), field in zip(keys_of(model).items(), model.model_fields.values(), strict=True):
        lines.append(f"| `{key}` | {_said(hint)} | {_default(field)} | {field.description or ''} |")
    return "\n".join(lines) + "\n"


def _default(field: FieldInfo) -> str:
    if field.is_required():
        return "**needed**"
    value = field.get_default(call_default_factory=True)
    if isinstance(value, BaseModel) or value in (None, [], {}, PydanticUndefined):
        return ""
    return f"`{str(value).lower() if isinstance(value, bool) else value}`"


def _said(annotation: Any) -> str:
    """A type in words."""
    origin, inner = get_origin(annotation), get_args(annotation)
    if origin is Annotated:
        return "expression" if CEL in inner[1:] else _said(inner[0])
    if origin in (Union, UnionType):
        return " or ".join(_said(one) for one in inner if one is not NoneType)
    if origin is Literal:
        return ", ".join(f"`{one}`" for one in inner)
    if origin is list:
        return f"list of {_said(inner[0])}"
    if origin is dict:
        return f"name → {_said(inner[1])}"
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return f"[{annotation.__name__}](#{annotation.__name__.lower()})"
    return _PLAIN.get(annotation, str(annotation))


def refreshed(page: str) -> str:
    """The page with all its tables made anew. Raises `KeyError` for a table of what does not exist."""
    known = models()
    return _BLOCK.sub(lambda block: f"{block[1]}{table(known[block[2]])}{block[3]}", page)


def tables_in(page: str) -> set[str]:
    """The models that have a table in a page."""
    return {found[2] for found in _BLOCK.finditer(page)}


def refresh(path: Path) -> bool:
    """Make the tables of a page anew; whether anything changed."""
    before = path.read_text(encoding="utf-8")
    after = refreshed(before)
    if before != after:
        path.write_text(after, encoding="utf-8")
    return before != after
