"""Going through declarations by their types: every part, with its path, and what a text in it stands for.

So that no validator has to list where titles, fields and expressions may occur: a new key of the grammar is
found by itself.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from types import NoneType, UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin, get_type_hints

from pydantic import BaseModel

from xiuhua.packs.common import CEL
from xiuhua.packs.problems import Path


@dataclass(frozen=True, slots=True)
class Part:
    """A value within a declaration."""

    path: Path
    value: Any
    is_expression: bool = False


@cache
def keys_of(model: type[BaseModel]) -> Mapping[str, Any]:
    """Key as written in YAML → its type, for one model."""
    return {key: hint for key, _, hint in _members(model)}


@cache
def _members(model: type[BaseModel]) -> tuple[tuple[str, str, Any], ...]:
    """Key, attribute and type of each field."""
    hints = get_type_hints(model, include_extras=True)
    return tuple((field.alias or name, name, hints[name]) for name, field in model.model_fields.items())


def parts(model: BaseModel, path: Path = ()) -> Iterator[Part]:
    """The model itself and everything in it, in the order of the grammar."""
    yield Part(path, model)
    for key, name, hint in _members(type(model)):
        yield from _parts(getattr(model, name), hint, (*path, key))


def _parts(value: Any, annotation: Any, path: Path) -> Iterator[Part]:
    annotation, meanings = fitting(annotation, value)
    if isinstance(value, BaseModel):
        yield from parts(value, path)
        return
    yield Part(path, value, CEL in meanings and isinstance(value, str))
    inner = get_args(annotation)
    if isinstance(value, dict) and len(inner) == 2:
        for key, one in value.items():
            yield from _parts(one, inner[1], (*path, key))
    elif isinstance(value, list) and len(inner) == 1:
        for number, one in enumerate(value):
            yield from _parts(one, inner[0], (*path, number))


def fitting(annotation: Any, value: Any) -> tuple[Any, tuple[Any, ...]]:
    """The type without its wrappings, of a union the member that fits the value; and the wrappings' metadata."""
    meanings: tuple[Any, ...] = ()
    while True:
        origin = get_origin(annotation)
        if origin is Annotated:
            annotation, *more = get_args(annotation)
            meanings += tuple(more)
        elif origin in (Union, UnionType):
            members = get_args(annotation)
            annotation = next((one for one in members if _fits(one, value)), members[0])
        else:
            return annotation, meanings


def _fits(annotation: Any, value: Any) -> bool:
    origin = get_origin(annotation)
    if origin is Annotated:
        return _fits(get_args(annotation)[0], value)
    if origin is Literal:
        return value in get_args(annotation)
    if annotation is NoneType:
        return value is None
    kind = origin or annotation
    if isinstance(kind, type) and issubclass(kind, BaseModel):
        return isinstance(value, kind | dict)
    return isinstance(kind, type) and isinstance(value, kind) and (kind is bool or not isinstance(value, bool))


def type_at(annotation: Any, data: Any, path: Path) -> Any:
    """The type of the grammar at a path of plain data; None where the grammar has nothing."""
    annotation, _ = fitting(annotation, data)
    if not path:
        return annotation
    step, rest = path[0], path[1:]
    inner = get_args(annotation)
    following = _at(data, step)
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        hint = keys_of(annotation).get(str(step))
        return None if hint is None else type_at(hint, following, rest)
    if get_origin(annotation) is dict:
        return type_at(inner[1], following, rest)
    if get_origin(annotation) is list:
        return type_at(inner[0], following, rest)
    return None


def _at(data: Any, step: str | int) -> Any:
    if isinstance(data, dict):
        return data.get(step)
    if isinstance(data, list) and isinstance(step, int) and 0 <= step < len(data):
        return data[step]
    return None
