"""Actions: everything they name exists, and where they begin and end makes sense."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from xiuhua.packs.expressions import ExpressionError, compiled, nodes
from xiuhua.packs.known import OF_ENTRIES
from xiuhua.packs.problems import Path, Problem
from xiuhua.packs.procedure import Action, Call, Procedure, Track
from xiuhua.packs.validate.scene import Scene


def check(scene: Scene) -> Iterator[Problem]:
    """Every action of every procedure."""
    for name, procedure in scene.procedures():
        path: Path = ("procedures", name, "actions")
        if not any(action.creates for action in procedure.actions.values()):
            yield scene.problem(path, "nothing_creates", at_key=True)
        for key, action in procedure.actions.items():
            yield from _who(scene, (*path, key), action)
            if action.on not in procedure.tracks:
                yield scene.unknown((*path, key, "on"), "track", action.on, procedure.tracks)
                continue
            yield from _where(scene, (*path, key), action, procedure.tracks)
            yield from _beginning(scene, (*path, key), action)
            yield from _opens(scene, (*path, key, "opens"), action, procedure)
            yield from _effects(scene, (*path, key, "effects"), action, procedure)
        yield from _starts_with(scene, ("procedures", name, "starts_with"), procedure)


def _who(scene: Scene, path: Path, action: Action) -> Iterator[Problem]:
    for number, who in enumerate(action.by):
        if who.role not in scene.known.roles:
            yield scene.unknown((*path, "by", number, "role"), "role", who.role, scene.known.roles)


def _where(scene: Scene, path: Path, action: Action, tracks: Mapping[str, Track]) -> Iterator[Problem]:
    states = tracks[action.on].states
    yield from _states(scene, (*path, "from"), action.from_, states)
    if action.to is not None and action.to not in states:
        yield scene.unknown((*path, "to"), "state", action.to, states)
    main = tracks["main"].states
    yield from _states(scene, (*path, "while"), action.while_, main)
    if action.while_ and action.on == "main":
        yield scene.problem((*path, "while"), "while_on_main", at_key=True)
    yield from places(scene, (*path, "not_while"), action.not_while, tracks)


def _states(scene: Scene, path: Path, named: Iterable[str], states: Iterable[str]) -> Iterator[Problem]:
    seen: set[str] = set()
    for number, state in enumerate(named):
        if state not in states:
            yield scene.unknown((*path, number), "state", state, states)
        elif state in seen:
            yield scene.problem((*path, number), "state_twice", name=state)
        seen.add(state)


def places(scene: Scene, path: Path, named: Iterable[str], tracks: Mapping[str, Track]) -> Iterator[Problem]:
    """Problems of a list of main states and `track.state`."""
    known = [f"{name}.{state}" for name, track in tracks.items() if name != "main" for state in track.states]
    known += tracks["main"].states
    for number, one in enumerate(named):
        if one not in known:
            yield scene.unknown((*path, number), "state", one, known)


def _beginning(scene: Scene, path: Path, action: Action) -> Iterator[Problem]:
    """An action either brings the subject into being, or begins in some state."""
    if not action.creates:
        if not action.from_:
            yield scene.problem(path, "action_without_from", at_key=True)
        return
    for key in ("from", "while", "not_while", "backward"):
        if getattr(action, {"from": "from_", "while": "while_"}.get(key, key)):
            yield scene.problem((*path, key), "creates_with", at_key=True, key=key)
    if action.on != "main" or action.to is None:
        yield scene.problem(path, "creates_without_to", at_key=True)


def _opens(scene: Scene, path: Path, action: Action, procedure: Procedure) -> Iterator[Problem]:
    opens = action.opens
    if opens is None:
        return
    side = set(procedure.tracks) - {"main"}
    if opens.track not in side:
        yield scene.unknown((*path, "track"), "track", opens.track, side)
    if opens.most is not None and opens.most.setting is not None:
        yield from setting_of_type(scene, (*path, "most", "setting"), opens.most.setting, procedure, "integer")


def setting_of_type(scene: Scene, path: Path, name: str, procedure: Procedure, wanted: str) -> Iterator[Problem]:
    """The setting exists and has this type."""
    setting = procedure.settings.get(name)
    if setting is None:
        yield scene.unknown(path, "setting", name, procedure.settings)
    elif setting.type != wanted:
        yield scene.problem(path, "setting_type", name=name, wanted=wanted)


def _effects(scene: Scene, path: Path, action: Action, procedure: Procedure) -> Iterator[Problem]:
    effects, data = action.effects, procedure.data
    for name in effects.set:
        if name not in data:
            yield scene.unknown((*path, "set", name), "data", name, data, at_key=True)
    for key, lists in (("append", effects.append), ("amend_last", effects.amend_last)):
        for name in lists:
            if name not in data:
                yield scene.unknown((*path, key, name), "data", name, data, at_key=True)
            elif not data[name].many:
                yield scene.problem((*path, key, name), "data_not_many", at_key=True, name=name)
    if effects.item and action.on == "main":
        yield scene.problem((*path, "item"), "item_on_main", at_key=True)
    if effects.extend is not None and effects.extend.clock not in procedure.clocks:
        yield scene.unknown((*path, "extend", "clock"), "clock", effects.extend.clock, procedure.clocks)
    for key, text in (("stop_clock", effects.stop_clock), ("restart_clock", effects.restart_clock)):
        clock = _written(text)
        if clock is not None and clock.partition(".")[0] not in procedure.clocks:
            yield scene.unknown((*path, key), "clock", clock, procedure.clocks)
    yield from _end_all(scene, (*path, "end_all"), effects.end_all, procedure.tracks)
    for number, call in enumerate(effects.calls):
        if call.name not in scene.known.calls:
            yield scene.unknown((*path, "calls", number, "name"), "call", call.name, scene.known.calls)
        elif call.name == "enter_ledger":
            yield from _entering(scene, (*path, "calls", number, "args"), call)


def _entering(scene: Scene, path: Path, call: Call) -> Iterator[Problem]:
    """An entry names a ledger, and fields that this has."""
    name, ledgers = _written(call.args.get("ledger")), scene.named("ledgers")
    if name is not None and name not in scene.declared("ledgers"):
        yield scene.unknown((*path, "ledger"), "ledger", name, ledgers)
    elif name in ledgers:
        known = OF_ENTRIES | set(ledgers[name].fields)
        for arg in call.args:
            if arg not in known:
                yield scene.unknown((*path, arg), "field", arg, known, at_key=True)


def _written(text: str | None) -> str | None:
    """The value of an expression that is nothing but a text."""
    try:
        tree = compiled(text).tree if text is not None else None
    except ExpressionError:
        return None
    return tree.value if isinstance(tree, nodes.Literal) and isinstance(tree.value, str) else None


def _end_all(scene: Scene, path: Path, targets: list[str], tracks: Mapping[str, Track]) -> Iterator[Problem]:
    final = [
        f"{name}.{key}"
        for name, track in tracks.items()
        if name != "main"
        for key, state in track.states.items()
        if state.final
    ]
    for number, target in enumerate(targets):
        if target not in final:
            yield scene.unknown((*path, number), "final_state", target, final)


def _starts_with(scene: Scene, path: Path, procedure: Procedure) -> Iterator[Problem]:
    for name in procedure.starts_with:
        if name not in procedure.data:
            yield scene.unknown((*path, name), "data", name, procedure.data, at_key=True)
