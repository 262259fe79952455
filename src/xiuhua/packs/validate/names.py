"""Names that would mean two things, or that expressions could not say."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from xiuhua.packs.common import FieldSpec
from xiuhua.packs.expressions.parser import RESERVED
from xiuhua.packs.known import ITEM_MEMBERS, PROCEEDING_MEMBERS, RESERVED_SUBJECTS, SUBJECT_MEMBERS
from xiuhua.packs.problems import Path, Problem
from xiuhua.packs.procedure import Action, Procedure
from xiuhua.packs.validate.scene import Scene
from xiuhua.packs.validate.scopes import GIVEN

_UNSAYABLE: Final = frozenset({"true", "false", "null", "in"})
"""Not even after a dot."""


def check(scene: Scene) -> Iterator[Problem]:
    """Every procedure, and the fields of registers and ledgers."""
    for name, procedure in scene.pack.procedures.items():
        base: Path = ("procedures", name)
        yield from _procedure(scene, base, procedure)
        yield from _events(scene, (*base, "actions"), procedure)
    for kind in ("registers", "ledgers"):
        for name, declared in scene.pack.of_kind(kind).items():
            if name in RESERVED:
                yield scene.problem((kind, name), "name_reserved", at_key=True, name=name)
            for field in getattr(declared, "fields", {}):
                if field in _UNSAYABLE:
                    yield scene.problem((kind, name, "fields", field), "name_reserved", at_key=True, name=field)


def _procedure(scene: Scene, base: Path, procedure: Procedure) -> Iterator[Problem]:
    if procedure.subject in RESERVED or procedure.subject in GIVEN:
        yield scene.problem((*base, "subject"), "name_reserved", name=procedure.subject)
    given = SUBJECT_MEMBERS | (frozenset() if procedure.subject in RESERVED_SUBJECTS else PROCEEDING_MEMBERS)
    for name in procedure.data:
        if name in given:
            yield scene.problem((*base, "data", name), "name_given", at_key=True, name=name)
    for key in ("data", "settings", "tracks", "clocks"):
        for name in getattr(procedure, key):
            if name in _UNSAYABLE:
                yield scene.problem((*base, key, name), "name_reserved", at_key=True, name=name)
    for key, action in procedure.actions.items():
        path = (*base, "actions", key)
        for name in action.fields:
            if name in _UNSAYABLE:
                yield scene.problem((*path, "fields", name), "name_reserved", at_key=True, name=name)
        items = (("effects", "item", action.effects.item), ("opens", "item", action.opens.item if action.opens else {}))
        for first, second, values in items:
            for name in values:
                if name in ITEM_MEMBERS | _UNSAYABLE:
                    yield scene.problem((*path, first, second, name), "name_given", at_key=True, name=name)


def _events(scene: Scene, path: Path, procedure: Procedure) -> Iterator[Problem]:
    """Two actions may be told as one event only when their fields are the same."""
    first: dict[str, tuple[str, Action]] = {}
    for key, action in procedure.actions.items():
        other, before = first.setdefault(action.event, (key, action))
        if other != key and _payload(before) != _payload(action):
            yield scene.problem((*path, key, "event"), "event_twice", event=action.event, other=other)


def _payload(action: Action) -> dict[str, tuple[str, bool]]:
    specs: dict[str, FieldSpec] = action.fields
    return {name: (spec.type, spec.many) for name, spec in specs.items()}
