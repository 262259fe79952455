"""Notices: what they are on exists, somebody is told, and their texts name only what can be filled in."""

from __future__ import annotations

import re
from collections.abc import Iterator

from xiuhua.packs.common import Title
from xiuhua.packs.kinds import PLAN_EVENTS, RECORD_EVENTS, Register
from xiuhua.packs.notice import (
    NOTICE_ON,
    OF_CLOCK,
    OF_DIGEST,
    OF_PLAN,
    OF_RECORD,
    OF_SUBJECT,
    PLACEHOLDER,
    PLAN,
    RECORD,
    Notice,
    Recipient,
    Rung,
)
from xiuhua.packs.problems import Path, Problem
from xiuhua.packs.procedure import Procedure
from xiuhua.packs.validate.scene import Scene


def check(scene: Scene) -> Iterator[Problem]:
    """Every notice of the pack."""
    for name, notice in scene.pack.notices.items():
        path: Path = ("notices", name)
        found = re.fullmatch(NOTICE_ON, notice.on)
        if found is None:
            continue
        event_of, event, clock_of, clock = found.groups()
        wanted, procedures = event_of or clock_of, scene.named("procedures")
        if event_of is not None and event_of not in procedures:
            if things := _registers(scene, event_of):
                yield from _of_records(scene, path, notice, str(event), things)
                continue
            if event_of in {PLAN, *scene.named("plans")}:
                yield from _of_plans(scene, path, notice, str(event))
                continue
        if wanted is not None and wanted not in procedures:
            known = ("procedures", "registers", "plans")
            if not any(wanted in scene.declared(kind) for kind in known):
                names = {name for kind in known for name in scene.named(kind)}
                yield scene.unknown((*path, "on"), "procedure", wanted, names)
            continue
        procedure = procedures.get(str(wanted))
        if procedure is not None:
            yield from _on(scene, (*path, "on"), procedure, event, clock)
        yield from _parts(scene, path, notice, procedure, clock_of is not None)


def _registers(scene: Scene, name: str) -> list[Register]:
    """The registers that a notice on an event of records is about."""
    found = scene.pack.registers.values() if name == RECORD else [scene.named("registers").get(name)]
    return [one for one in found if one is not None]


def _of_room(
    scene: Scene, path: Path, notice: Notice, event: str, events: frozenset[str], allowed: frozenset[str]
) -> Iterator[Problem]:
    """What holds of all that is no procedure."""
    if event not in events:
        yield scene.unknown((*path, "on"), "event", event, events)
    if notice.ladder or not notice.to:
        yield scene.problem(path, "notice_to_or_ladder", at_key=True)
    for key in ("subject", "text", "short"):
        yield from _text(scene, (*path, key), getattr(notice, key), allowed)


def _of_plans(scene: Scene, path: Path, notice: Notice, event: str) -> Iterator[Problem]:
    yield from _of_room(scene, path, notice, event, PLAN_EVENTS, OF_PLAN)
    for number, recipient in enumerate(notice.to):
        if recipient.role is None or recipient.unit or recipient.person or recipient.waiting:
            yield scene.problem((*path, "to", number), "recipient_of_plans")
        elif recipient.role not in scene.known.roles:
            yield scene.unknown((*path, "to", number, "role"), "role", recipient.role, scene.known.roles)


def _of_records(scene: Scene, path: Path, notice: Notice, event: str, registers: list[Register]) -> Iterator[Problem]:
    yield from _of_room(scene, path, notice, event, RECORD_EVENTS, OF_RECORD)
    for number, recipient in enumerate(notice.to):
        where = (*path, "to", number)
        ways = [recipient.role is not None, recipient.person is not None]
        if sum(ways) != 1 or recipient.waiting or (recipient.person and (recipient.unit or recipient.duty is not None)):
            yield scene.problem(where, "recipient_of_records")
        if recipient.role is not None and recipient.role not in scene.known.roles:
            yield scene.unknown((*where, "role"), "role", recipient.role, scene.known.roles)
        for key in ("unit", "person"):
            name = getattr(recipient, key)
            held = [{one for one, spec in each.fields.items() if spec.type == key} for each in registers]
            if name is not None and not all(name in one for one in held):
                yield scene.unknown((*where, key), "field", name, set().union(*held))


def _on(scene: Scene, path: Path, procedure: Procedure, event: str | None, clock: str | None) -> Iterator[Problem]:
    events = {action.event for action in procedure.actions.values()}
    if event is not None and event not in events:
        yield scene.unknown(path, "event", event, events)
    if clock is not None and clock not in procedure.clocks:
        yield scene.unknown(path, "clock", clock, procedure.clocks)


def _parts(scene: Scene, path: Path, notice: Notice, procedure: Procedure | None, on_clock: bool) -> Iterator[Problem]:
    if on_clock != bool(notice.ladder) or on_clock == bool(notice.to):
        yield scene.problem(path, "notice_to_or_ladder", at_key=True)
    allowed = OF_CLOCK if on_clock else OF_DIGEST if procedure is None else OF_SUBJECT
    for key in ("subject", "text", "short"):
        yield from _text(scene, (*path, key), getattr(notice, key), allowed)
    for number, recipient in enumerate(notice.to):
        yield from _recipient(scene, (*path, "to", number), recipient, procedure)
    for number, rung in enumerate(notice.ladder):
        yield from _rung(scene, (*path, "ladder", number), rung, procedure)
        for key in ("subject", "text"):
            yield from _text(scene, (*path, "ladder", number, key), getattr(rung, key), allowed)


def _rung(scene: Scene, path: Path, rung: Rung, procedure: Procedure | None) -> Iterator[Problem]:
    if rung.share is not None and (rung.after is not None or rung.every is not None):
        yield scene.problem(path, "share_alone")
    for key, wanted in (("share", "integer"), ("after", "limit"), ("every", "limit")):
        name = getattr(rung, key)
        if not isinstance(name, str) or procedure is None:
            continue
        setting = procedure.settings.get(name)
        if setting is None:
            yield scene.unknown((*path, key), "setting", name, procedure.settings)
        elif setting.type != wanted:
            yield scene.problem((*path, key), "setting_type", found=setting.type, wanted=wanted, name=name)
    for number, recipient in enumerate(rung.to):
        yield from _recipient(scene, (*path, "to", number), recipient, procedure)


def _recipient(scene: Scene, path: Path, recipient: Recipient, procedure: Procedure | None) -> Iterator[Problem]:
    ways = [recipient.waiting, recipient.role is not None, recipient.person is not None]
    if sum(ways) != 1 or (recipient.unit is not None and recipient.role is None):
        yield scene.problem(path, "recipient_one_of")
    if recipient.duty is not None:
        yield scene.problem(path, "duty_of_records")
    if procedure is None and recipient.role is None:
        yield scene.problem(path, "digest_by_role")
    if recipient.role is not None and recipient.role not in scene.known.roles:
        yield scene.unknown((*path, "role"), "role", recipient.role, scene.known.roles)
    for key in ("unit", "person"):
        name = getattr(recipient, key)
        fitting = {one for one, spec in procedure.data.items() if spec.type == key} if procedure else set()
        if name is not None and name not in fitting:
            yield scene.unknown((*path, key), "data", name, fitting)


def _text(scene: Scene, path: Path, title: Title | None, allowed: frozenset[str]) -> Iterator[Problem]:
    for language in ("zh", "en") if title is not None else ():
        for name in PLACEHOLDER.findall(getattr(title, language)):
            if name not in allowed:
                yield scene.unknown((*path, language), "placeholder", name, allowed)
