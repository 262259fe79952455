"""Scenarios: they speak of a procedure, of actions and roles that exist, and begin where a subject begins."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime
from typing import Final

from xiuhua.packs.problems import Path, Problem
from xiuhua.packs.procedure import Procedure
from xiuhua.packs.scenario import KINDS, VERBS, Scenario, Step
from xiuhua.packs.shape import shown
from xiuhua.packs.validate.scene import Scene
from xiuhua.packs.values import setting_wrong
from xiuhua.platform.errors import XiuhuaError

BY: Final = re.compile(r"(?P<role>\w+)(:[\w-]+)?(@[\w.-]+)?")
MOMENT: Final = re.compile(r"\d{4}-\d{2}-\d{2} \d{2}:\d{2}")
AFTER: Final = re.compile(r"\d{1,5} ?(s|min|h|d)")


def check(scene: Scene) -> Iterator[Problem]:
    """Every scenario of the pack; a pack with procedures has at least one."""
    for number, scenario in enumerate(scene.pack.scenarios):
        yield from _scenario(scene, ("scenarios", number), scenario)
    shown = {scenario.given.procedure for scenario in scene.pack.scenarios}
    for name in scene.pack.procedures:
        if name not in shown and not any(path[0] == "scenarios" for path in scene.pack.sources):
            yield scene.problem(("procedures", name), "no_scenario", at_key=True, name=name)
    yield from _excused(scene)


def _excused(scene: Scene) -> Iterator[Problem]:
    """What the head says that no scenario can show is there, and none shows it."""
    pack = scene.pack
    declared = {name for kind in (*KINDS.values(), "indicators") for name in scene.declared(kind)}
    shown = {scenario.given.shows[1] for scenario in pack.scenarios}
    for name in pack.head.unshown:
        if name not in declared:
            yield scene.unknown(("pack", "unshown", name), "declaration", name, declared, at_key=True)
        elif name in shown:
            yield scene.problem(("pack", "unshown", name), "shown_after_all", at_key=True, name=name)


def _scenario(scene: Scene, path: Path, scenario: Scenario) -> Iterator[Problem]:
    given = scenario.given
    kind, shows = given.shows
    if shows not in (known := scene.declared(KINDS[kind])):
        yield scene.unknown((*path, "given", kind), kind, shows, known)
    if not _is_moment(given.at):
        yield scene.problem((*path, "given", "at"), "moment_form", found=given.at)
    for number, step in enumerate(scenario.when):
        yield from _by_and_when(scene, (*path, "when", number), step)
    if kind != "procedure":
        yield from _of_kind(scene, path, scenario, kind)
        return
    procedure: Procedure | None = scene.named("procedures").get(shows)
    if procedure is None or "main" not in procedure.tracks:
        return
    for name in given.data:
        if name not in procedure.data:
            yield scene.unknown((*path, "given", "data", name), "data", name, procedure.data, at_key=True)
    yield from _settings(scene, (*path, "given", "settings"), scenario, procedure)
    for number, step in enumerate(scenario.when):
        yield from _step(scene, (*path, "when", number), step, procedure)
    first = procedure.actions.get(scenario.when[0].do)
    if first is not None and not first.creates and scenario.when[0].refused is None:
        yield scene.problem((*path, "when", 0, "do"), "scenario_begins", name=scenario.when[0].do)
    yield from _expected(scene, (*path, "then"), scenario, procedure)


def _settings(scene: Scene, path: Path, scenario: Scenario, procedure: Procedure) -> Iterator[Problem]:
    for name, value in scenario.given.settings.items():
        setting = procedure.settings.get(name)
        if setting is None:
            yield scene.unknown((*path, name), "setting", name, procedure.settings, at_key=True)
        elif wrong := setting_wrong(setting, value):
            hint = "known_are" if setting.of else ""
            yield scene.problem((*path, name), wrong, hint=hint, found=shown(value), known=", ".join(setting.of or ()))


def _step(scene: Scene, path: Path, step: Step, procedure: Procedure) -> Iterator[Problem]:
    action = procedure.actions.get(step.do)
    if action is None:
        if step.refused is None:
            yield scene.unknown((*path, "do"), "action", step.do, procedure.actions)
    else:
        for name in step.fields:
            if name not in action.fields and step.refused is None:
                yield scene.unknown((*path, "fields", name), "field", name, action.fields, at_key=True)
        if action.backward and not step.reason and step.refused is None:
            yield scene.problem(path, "step_without_reason", name=step.do)


def _by_and_when(scene: Scene, path: Path, step: Step) -> Iterator[Problem]:
    by = BY.fullmatch(step.by)
    if by is None:
        yield scene.problem((*path, "by"), "by_form", found=step.by)
    elif by["role"] not in scene.known.roles:
        yield scene.unknown((*path, "by"), "role", by["role"], scene.known.roles)
    if step.at is not None and not _is_moment(step.at):
        yield scene.problem((*path, "at"), "moment_form", found=step.at)
    if step.after is not None and AFTER.fullmatch(step.after) is None:
        yield scene.problem((*path, "after"), "after_form", found=step.after)
    if step.at is not None and step.after is not None:
        yield scene.problem((*path, "after"), "at_and_after", at_key=True)
    if step.refused is not None and step.refused not in (codes := _codes(XiuhuaError)):
        yield scene.unknown((*path, "refused"), "error", step.refused, codes)


def _of_kind(scene: Scene, path: Path, scenario: Scenario, kind: str) -> Iterator[Problem]:
    """What every scenario of a kind other than a procedure must keep to."""
    known = VERBS.get(kind)
    for number, step in enumerate(scenario.when):
        if known is not None and step.do not in known:
            told = ", ".join(sorted(known))
            yield scene.problem((*path, "when", number, "do"), "verb_unknown", kind=kind, known=told, found=step.do)
    then = scenario.then
    if then.at is not None and not _is_moment(then.at):
        yield scene.problem((*path, "then", "at"), "moment_form", found=then.at)
    if then.state is None and then.events is None and not then.that:
        yield scene.problem((*path, "then"), "nothing_expected", at_key=True)


def _expected(scene: Scene, path: Path, scenario: Scenario, procedure: Procedure) -> Iterator[Problem]:
    then = scenario.then
    states = procedure.tracks["main"].states
    if then.at is not None and not _is_moment(then.at):
        yield scene.problem((*path, "at"), "moment_form", found=then.at)
    if then.state is not None and then.state not in states:
        yield scene.unknown((*path, "state"), "state", then.state, states)
    events = {action.event for action in procedure.actions.values()}
    for number, event in enumerate(then.events or ()):
        if event not in events:
            yield scene.unknown((*path, "events", number), "event", event, events)
    for number, call in enumerate(then.calls or ()):
        if call not in scene.known.calls:
            yield scene.unknown((*path, "calls", number), "call", call, scene.known.calls)
    if then.state is None and then.events is None and then.calls is None and not then.that:
        yield scene.problem(path, "nothing_expected", at_key=True)


def _is_moment(text: str) -> bool:
    if MOMENT.fullmatch(text) is None:
        return False
    try:
        datetime.fromisoformat(text)
    except ValueError:
        return False
    return True


def _codes(kind: type[XiuhuaError]) -> set[str]:
    return {kind.code()}.union(*map(_codes, kind.__subclasses__()))
