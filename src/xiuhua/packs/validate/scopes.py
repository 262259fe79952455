"""Which variables an expression sees, by the place where it stands. The table is `docs/reference/expressions.md`."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final, TypeAlias

from xiuhua.packs.common import FieldSpec
from xiuhua.packs.known import (
    ACTOR_MEMBERS,
    CLOCK_MEMBERS,
    ITEM_MEMBERS,
    LOOKED_UP,
    SUBJECT_MEMBERS,
)
from xiuhua.packs.problems import Path
from xiuhua.packs.procedure import Action, Procedure

Shape: TypeAlias = "Mapping[str, Shape] | None"
"""What a variable holds: its members, none (a plain value), or None: anything."""

PLAIN: Final[Mapping[str, Shape]] = {}
GIVEN: Final = frozenset(
    ["now", "setting", "item", "actor", "fields", "found", "each", "clock", "joined", "standing", "duty", "waits"]
)
"""The variables of procedures, besides the subject itself."""
_CLOCK_STATES: Final = frozenset({"running", "suspended", "stopped"})


@dataclass(slots=True)
class Scope:
    """Variables by name, and for those with few possible values, which."""

    variables: dict[str, Shape] = field(default_factory=dict)
    choices: dict[tuple[str, ...], frozenset[str]] = field(default_factory=dict)
    perhaps: frozenset[tuple[str, ...]] = frozenset()
    """Paths that are only there when a field was filled in."""

    def plus(self, name: str, shape: Shape) -> Scope:
        """The same with one variable more."""
        self.variables[name] = shape
        return self


def of_procedure(procedure: Procedure, path: Path) -> Scope:
    """The scope of a place in a procedure; `path` is within the declaration."""
    scope = base(procedure)
    match path:
        case ("tracks", str(track), "states", *_) if track != "main":
            _item(scope, procedure, track)
        case ("clocks", *_):
            for name in ("clock", "joined", "standing"):
                scope.variables.pop(name)
        case ("actions", str(name), *rest) if name in procedure.actions:
            _action(scope, procedure, procedure.actions[name], rest)
    return scope


def base(procedure: Procedure) -> Scope:
    """What every expression of a procedure sees."""
    subject = procedure.subject
    scope = Scope(
        {
            subject: {**_anything(procedure.data), **dict.fromkeys(SUBJECT_MEMBERS)},
            "now": PLAIN,
            "setting": {
                name: {"amount": PLAIN, "kind": PLAIN} if one.type == "limit" else PLAIN
                for name, one in procedure.settings.items()
            },
            "clock": {name: dict.fromkeys(CLOCK_MEMBERS, PLAIN) for name in procedure.clocks},
            "joined": {name: PLAIN for name, track in procedure.tracks.items() if track.join is not None},
            "standing": PLAIN,
            "duty": None,
        }
    )
    for name, setting in procedure.settings.items():
        if setting.of:
            scope.choices["setting", name] = frozenset(setting.of)
    for name in procedure.clocks:
        scope.choices["clock", name, "state"] = _CLOCK_STATES
    scope.choices["standing",] = frozenset(procedure.tracks) - {"main"}
    if "main" in procedure.tracks:
        scope.choices[subject, "state"] = frozenset(procedure.tracks["main"].states)
    _choices(scope, subject, procedure.data)
    return scope


def _anything(names: Iterable[str]) -> dict[str, Shape]:
    return dict.fromkeys(names)


def _choices(scope: Scope, variable: str, fields: Mapping[str, FieldSpec]) -> None:
    for name, spec in fields.items():
        if spec.of and not spec.many:
            scope.choices[variable, name] = frozenset(spec.of)


def _item(scope: Scope, procedure: Procedure, track: str) -> None:
    """An instance of a side track: what it was opened with, and what actions added since."""
    members: dict[str, Shape] = dict.fromkeys(ITEM_MEMBERS, PLAIN)
    for action in procedure.actions.values():
        if action.opens is not None and action.opens.track == track:
            members |= _anything(action.opens.item)
        if action.on == track:
            members |= _anything(action.effects.item)
    scope.variables["item"] = members
    scope.choices["item", "state"] = frozenset(procedure.tracks[track].states)


def _action(scope: Scope, procedure: Procedure, action: Action, rest: list[Any]) -> None:
    if action.on not in procedure.tracks:
        scope.variables["item"] = None
    elif action.on != "main":
        _item(scope, procedure, action.on)
    if rest[:1] == ["by"] and rest[-1] != "when":
        return
    scope.variables["actor"] = dict.fromkeys(ACTOR_MEMBERS, PLAIN)
    if rest[:1] == ["by"]:
        return
    scope.variables["fields"] = _anything(action.fields)
    _choices(scope, "fields", action.fields)
    if rest[:1] == ["fields"]:
        return
    looked_up = {name: one for name, one in action.fields.items() if one.type in LOOKED_UP}
    scope.variables["found"] = _anything(looked_up)
    scope.perhaps = frozenset(
        ("found", name) for name, one in looked_up.items() if one.required is not True and not one.many
    )
    if rest[:2] == ["opens", "item"] and action.opens is not None and action.opens.for_each is not None:
        scope.variables["each"] = None
