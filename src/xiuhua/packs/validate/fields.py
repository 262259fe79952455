"""Fields: what they say of themselves fits their type, and what they point to exists."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from xiuhua.packs import units
from xiuhua.packs.common import FieldSpec
from xiuhua.packs.problems import Path, Problem
from xiuhua.packs.validate.scene import Scene

_ONLY: Final = (
    ("of", "choice"), ("to", "ref"), ("value", "computed"), ("protocol", "device"), ("valid", "ref"),
)  # fmt: skip
"""Keys that belong to one type."""
_NUMBERS: Final = frozenset({"integer", "decimal", "money"})
_TEXTS: Final = frozenset({"text", "long_text", "plate", "credit_code", "part_code"})


def check(scene: Scene) -> Iterator[Problem]:
    """Every field of every kind of declaration."""
    for part in scene.parts:
        if isinstance(part.value, FieldSpec):
            yield from _own_keys(scene, part.path, part.value)
            yield from _choice(scene, part.path, part.value)
            yield from _bounds(scene, part.path, part.value)
            yield from _elsewhere(scene, part.path, part.value)


def _own_keys(scene: Scene, path: Path, field: FieldSpec) -> Iterator[Problem]:
    for key, wanted in _ONLY:
        given = getattr(field, key) not in (None, False)
        if given and field.type != wanted:
            yield scene.problem((*path, key), "key_of_type", at_key=True, key=key, wanted=wanted, type=field.type)
        if not given and field.type == wanted and key in ("of", "to", "value"):
            yield scene.problem((*path, "type"), "type_needs_key", key=key, type=field.type)
    if field.type == "computed" and (field.required or field.default is not None):
        yield scene.problem(path, "computed_given", at_key=True)


def _choice(scene: Scene, path: Path, field: FieldSpec) -> Iterator[Problem]:
    values = field.of or []
    if len(set(values)) < len(values):
        yield scene.problem((*path, "of"), "value_twice")
    for value in field.titles:
        if value not in values:
            yield scene.unknown((*path, "titles", value), "value", value, values, at_key=True)
    if field.titles and (missing := set(values) - set(field.titles)):
        yield scene.problem((*path, "titles"), "titles_missing", at_key=True, missing=", ".join(sorted(missing)))


def _bounds(scene: Scene, path: Path, field: FieldSpec) -> Iterator[Problem]:
    for key in ("minimum", "maximum", "unit"):
        if getattr(field, key) is not None and field.type not in _NUMBERS:
            yield scene.problem((*path, key), "key_of_type", at_key=True, key=key, wanted="integer", type=field.type)
    if field.unit is not None and units.find(field.unit) is None:
        yield scene.unknown((*path, "unit"), "unit_of_measure", field.unit, units.names())
    for key in ("max_length", "pattern"):
        if getattr(field, key) is not None and field.type not in _TEXTS:
            yield scene.problem((*path, key), "key_of_type", at_key=True, key=key, wanted="text", type=field.type)
    if field.minimum is not None and field.maximum is not None and field.minimum > field.maximum:
        yield scene.problem((*path, "minimum"), "minimum_above", minimum=field.minimum, maximum=field.maximum)
    if field.pattern is not None:
        try:
            re.compile(field.pattern)
        except re.error as error:
            yield scene.problem((*path, "pattern"), "pattern_broken", detail=error.msg)


def _elsewhere(scene: Scene, path: Path, field: FieldSpec) -> Iterator[Problem]:
    registers = scene.declared("registers")
    if field.to is not None and field.type == "ref" and field.to not in registers:
        yield scene.unknown((*path, "to"), "register", field.to, registers)
    if field.suggest is not None and field.suggest not in scene.known.suggestions:
        yield scene.unknown((*path, "suggest"), "suggestion", field.suggest, scene.known.suggestions)
