"""Clocks: their limit, their calendar, and the states in which they run."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from xiuhua.packs.problems import Path, Problem
from xiuhua.packs.procedure import ByChoice, ClockSpec, LimitOf, Procedure
from xiuhua.packs.validate.actions import places, setting_of_type
from xiuhua.packs.validate.scene import Scene

_ON_REENTRY: Final = frozenset({"restart", "continue"})


def check(scene: Scene) -> Iterator[Problem]:
    """Every clock of every procedure, and every state that names one."""
    for name, procedure in scene.procedures():
        base: Path = ("procedures", name)
        for key, clock in procedure.clocks.items():
            yield from _clock(scene, (*base, "clocks", key), clock, procedure)
        yield from _of_states(scene, (*base, "tracks"), procedure)


def _clock(scene: Scene, path: Path, clock: ClockSpec, procedure: Procedure) -> Iterator[Problem]:
    if clock.calendar_of not in scene.known.roles:
        yield scene.unknown((*path, "calendar_of"), "role", clock.calendar_of, scene.known.roles)
    for key, limit in (("limit", clock.limit), ("starts_after", clock.starts_after)):
        if limit is not None and limit.setting is not None:
            yield from setting_of_type(scene, (*path, key, "setting"), limit.setting, procedure, "limit")
    for key, listed in (("runs_in", clock.runs_in), ("pauses_in", clock.pauses_in)):
        if isinstance(listed, ByChoice):
            for choice, states in listed.choices.items():
                yield from places(scene, (*path, key, "choices", choice), states, procedure.tracks)
        else:
            yield from places(scene, (*path, key), listed, procedure.tracks)
    if not _states_of(clock.runs_in):
        yield scene.problem((*path, "runs_in"), "nothing_in_it", at_key=True)
    if isinstance(clock.on_reentry, LimitOf) and clock.on_reentry.setting is not None:
        yield from _reentry(scene, (*path, "on_reentry", "setting"), clock.on_reentry.setting, procedure)


def _reentry(scene: Scene, path: Path, name: str, procedure: Procedure) -> Iterator[Problem]:
    yield from setting_of_type(scene, path, name, procedure, "choice")
    setting = procedure.settings.get(name)
    if setting is not None and setting.type == "choice" and not set(setting.of or ()) <= _ON_REENTRY:
        yield scene.problem(path, "reentry_values", name=name)


def _states_of(listed: list[str] | ByChoice) -> set[str]:
    if isinstance(listed, ByChoice):
        return {state for states in listed.choices.values() for state in states}
    return set(listed)


def _of_states(scene: Scene, path: Path, procedure: Procedure) -> Iterator[Problem]:
    """A state's clock exists, and runs there (unless it watches over the main track while a side track waits)."""
    for key, track in procedure.tracks.items():
        for name, state in track.states.items():
            where = (*path, key, "states", name, "clock")
            if state.clock is None:
                continue
            if state.clock not in procedure.clocks:
                yield scene.unknown(where, "clock", state.clock, procedure.clocks)
            elif key == "main" and name not in _states_of(procedure.clocks[state.clock].runs_in):
                yield scene.problem(where, "clock_stands", clock=state.clock, name=name)
