"""Which variables an expression of the seven other kinds sees."""

from __future__ import annotations

import re

from xiuhua.packs.kinds import ROOM_EVENTS, RULE_ON, Counted, Rule
from xiuhua.packs.problems import Path
from xiuhua.packs.validate.scene import Scene
from xiuhua.packs.validate.scopes import PLAIN, Scope, Shape

_PERIOD: Shape = {"start": PLAIN, "end": PLAIN}


def of_kind(scene: Scene, kind: str, name: str, path: Path) -> Scope | None:
    """The scope of a place in a declaration that is no procedure; None where it cannot be told."""
    match kind:
        case "registers":
            if path[0] in ("figures", "demands"):
                totals: Shape = dict.fromkeys(scene.pack.registers[name].totals, PLAIN)
                return Scope({"record": None, "totals": totals, "now": PLAIN})
            return Scope({"record": None, "now": PLAIN})
        case "ledgers":
            if path[0] == "from":
                procedure, _, _ = scene.pack.ledgers[name].from_[int(path[1])].on.partition(".")
                found = scene.named("procedures").get(procedure)
                return Scope({"event": None, "now": PLAIN, found.subject: None}) if found is not None else None
            return Scope({"entry": None, "now": PLAIN})
        case "plans":
            return Scope({"per": None, "period": _PERIOD, "now": PLAIN})
        case "rules":
            return of_rule(scene, scene.pack.rules[name])
        case "indicators":
            counted: Counted | None = getattr(scene.pack.indicators[name], str(path[0]))
            if counted is not None and path[1:2] == ("also",):
                counted = counted.also[int(path[2])]
            if counted is not None and counted.of not in scene.countable():
                return None
            variables: dict[str, Shape] = {"period": _PERIOD}
            variables |= dict.fromkeys(counted.of.split(".") if counted else ())
            return Scope(variables)
    return None


def of_rule(scene: Scene, rule: Rule) -> Scope | None:
    """What a rule sees depends on what it is `on`."""
    found = re.fullmatch(RULE_ON, rule.on)
    if found is None:
        return None
    form, thing, procedure, event, figure, _, register, _, plan = found.groups()
    if form is not None:
        return Scope({form: None, thing: None, "trip": None, "now": PLAIN})
    if event in ROOM_EVENTS:
        return Scope({"event": None, "now": PLAIN, ROOM_EVENTS[event][1]: None})
    if event is not None:
        subjects = {
            one.subject
            for name, one in scene.named("procedures").items()
            if name == procedure or (procedure is None and any(a.event == event for a in one.actions.values()))
        }
        return Scope({"event": None, "now": PLAIN, **dict.fromkeys(subjects)})
    if figure is not None:
        told = dict.fromkeys(("value", "previous", "rank", "ranked", "now"), PLAIN)
        return Scope({**told, "by": None, "period": _PERIOD})
    if register is not None:
        return Scope({register: None, "date": PLAIN, "now": PLAIN})
    return Scope({plan: None, "expected": PLAIN, "done": PLAIN, "per": None, "period": _PERIOD, "now": PLAIN})
