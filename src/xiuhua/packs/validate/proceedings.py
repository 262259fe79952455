"""Procedures that run as proceedings: their subject is no stream of another room, numbers and rounds can be made."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from xiuhua.packs.known import RESERVED_SUBJECTS
from xiuhua.packs.problems import Path, Problem
from xiuhua.packs.procedure import Procedure
from xiuhua.packs.validate.scene import Scene

_PARTS: Final = frozenset({"city", "year", "month", "date", "n"})
_PART: Final = re.compile(r"\{([^{}:]*)(:0[1-9])?\}")


def check(scene: Scene) -> Iterator[Problem]:
    """Every procedure."""
    for name, procedure in scene.procedures():
        path: Path = ("procedures", name)
        if procedure.subject in RESERVED_SUBJECTS - {"case", "report"}:
            yield scene.problem((*path, "subject"), "subject_reserved", name=procedure.subject)
        if procedure.number is not None:
            yield from _number(scene, (*path, "number"), procedure.number)
        if procedure.round is not None:
            yield from _round(scene, (*path, "round"), procedure)


def _number(scene: Scene, path: Path, pattern: str) -> Iterator[Problem]:
    parts = [found[1] for found in _PART.finditer(pattern)]
    for part in parts:
        if part not in _PARTS:
            yield scene.unknown(path, "placeholder", part, _PARTS)
    if parts.count("n") != 1 or "{" in _PART.sub("", pattern) or "}" in _PART.sub("", pattern):
        yield scene.problem(path, "number_pattern")


def _round(scene: Scene, path: Path, procedure: Procedure) -> Iterator[Problem]:
    round_ = procedure.round
    assert round_ is not None
    per = scene.known.area_kinds | {"unit"}
    if round_.per not in per:
        yield scene.unknown((*path, "per"), "area_kind", round_.per, per)
    if round_.to is not None and round_.to not in scene.known.roles:
        yield scene.unknown((*path, "to"), "role", round_.to, scene.known.roles)
    creating = {name: one for name, one in procedure.actions.items() if one.creates}
    if round_.action is not None and round_.action not in creating:
        yield scene.unknown((*path, "action"), "action", round_.action, creating)
        return
    action = creating.get(round_.action) if round_.action else next(iter(creating.values()), None)
    if action is not None and not any(who.role == "system" for who in action.by):
        yield scene.problem(path, "round_by_system", at_key=True)
    if "day" not in procedure.data or procedure.data["day"].type != "date":
        yield scene.problem(path, "round_needs_day", at_key=True)
