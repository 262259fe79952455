"""States: each can be reached, each can be left, and somebody or something is waiting in it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from xiuhua.packs.problems import Path, Problem
from xiuhua.packs.procedure import Action, Procedure, State, Track
from xiuhua.packs.validate.scene import Scene

Moves = Mapping[str, set[str]]


def check(scene: Scene) -> Iterator[Problem]:
    """Every track of every procedure."""
    for name, procedure in scene.pack.procedures.items():
        base: Path = ("procedures", name)
        if "main" not in procedure.tracks:
            yield scene.problem((*base, "tracks"), "no_main_track", at_key=True)
            continue
        for key, track in procedure.tracks.items():
            path = (*base, "tracks", key)
            yield from _shape(scene, path, key, track)
            for state, one in track.states.items():
                yield from _waiting(scene, (*path, "states", state), procedure, (key, state), one)
            if key not in ("main", *_opened(procedure)):
                yield scene.problem(path, "track_never_opened", at_key=True, name=key)
            elif _told(procedure, key, track):
                yield from _moves(scene, path, procedure, key, track)


def _opened(procedure: Procedure) -> set[str]:
    return {action.opens.track for action in procedure.actions.values() if action.opens is not None}


def _told(procedure: Procedure, key: str, track: Track) -> bool:
    """Whether every action names states that exist; otherwise the ways through them cannot be told."""
    if not all(action.on in procedure.tracks for action in procedure.actions.values()):
        return False
    return all(
        action.from_ and {*action.from_, action.to or action.from_[0]} <= set(track.states)
        for action in on_track(procedure, key).values()
    )


def on_track(procedure: Procedure, track: str) -> dict[str, Action]:
    """The actions that move a track."""
    return {name: one for name, one in procedure.actions.items() if one.on == track and not one.creates}


def _shape(scene: Scene, path: Path, key: str, track: Track) -> Iterator[Problem]:
    if track.initial is not None and track.initial not in track.states:
        yield scene.unknown((*path, "initial"), "state", track.initial, track.states)
    if key == "main" and (track.initial is not None or track.join is not None or track.outlives):
        yield scene.problem(path, "main_track_plain", at_key=True)
    if not any(state.final for state in track.states.values()):
        yield scene.problem((*path, "states"), "no_final_state", at_key=True, name=key)
    for number, state in enumerate(track.join.states if track.join else ()):
        if state not in track.states:
            yield scene.unknown((*path, "join", "states", number), "state", state, track.states)
        elif not track.states[state].final:
            yield scene.problem((*path, "join", "states", number), "join_not_final", name=state)


def _waiting(scene: Scene, path: Path, procedure: Procedure, where: tuple[str, str], state: State) -> Iterator[Problem]:
    """What a state says of itself."""
    track, name = where
    if state.final and track == "main" and not state.outcome:
        yield scene.problem(path, "final_without_outcome", at_key=True, name=name)
    if not state.final and state.outcome:
        yield scene.problem((*path, "outcome"), "outcome_not_final", at_key=True, name=name)
    for key in ("waits_for", "timer", "clock", "due"):
        if state.final and getattr(state, key):
            yield scene.problem((*path, key), "final_waits", at_key=True, key=key, name=name)
    leaving = [one for one in on_track(procedure, track).values() if name in one.from_]
    for number, who in enumerate(state.waits_for):
        if who.role not in scene.known.roles:
            yield scene.unknown((*path, "waits_for", number, "role"), "role", who.role, scene.known.roles)
        elif not state.final and not any(by.role == who.role for action in leaving for by in action.by):
            yield scene.problem((*path, "waits_for", number, "role"), "waits_in_vain", role=who.role, name=name)
    by_system = any(by.role == "system" for action in leaving for by in action.by)
    if not (state.final or state.waits_for or state.timer or by_system or _passed(procedure, leaving)):
        yield scene.problem(path, "nobody_waits", at_key=True, name=name)


def _passed(procedure: Procedure, leaving: Iterable[Action]) -> bool:
    """Whether a state is a mere passage: left by an action that follows by itself."""
    following = {then.do for action in procedure.actions.values() for then in action.then}
    following |= {track.join.do for track in procedure.tracks.values() if track.join and track.join.do}
    return any(action is procedure.actions.get(name) for action in leaving for name in following)


def _moves(scene: Scene, path: Path, procedure: Procedure, key: str, track: Track) -> Iterator[Problem]:
    """Every state is reached from the beginning, and from every state an end is reached."""
    moves = _all_moves(procedure, key, track)
    if key == "main":
        begin = {one.to for one in procedure.actions.values() if one.creates and one.to}
    else:
        begin = {track.initial if track.initial in track.states else next(iter(track.states))}
    backwards: dict[str, set[str]] = {name: set() for name in track.states}
    for name, targets in moves.items():
        for target in targets:
            backwards[target].add(name)
    reached = _reach(begin & set(track.states), moves)
    ending = _reach({name for name, state in track.states.items() if state.final}, backwards)
    for name, state in track.states.items():
        where = (*path, "states", name)
        if name not in reached and begin:
            yield scene.problem(where, "state_unreachable", at_key=True, name=name)
        if not state.final and not moves[name] - {name}:
            yield scene.problem(where, "state_no_way_on", at_key=True, name=name)
        elif not state.final and name not in ending and ending:
            yield scene.problem(where, "state_no_end", at_key=True, name=name)


def _all_moves(procedure: Procedure, key: str, track: Track) -> dict[str, set[str]]:
    moves: dict[str, set[str]] = {name: set() for name in track.states}
    for action in on_track(procedure, key).values():
        for state in set(action.from_) & set(moves):
            moves[state].add(action.to if action.to in moves else state)
    ended = {
        target.partition(".")[2]
        for action in procedure.actions.values()
        for target in action.effects.end_all
        if target.startswith(f"{key}.")
    }
    for name, one in track.states.items():
        if not one.final:
            moves[name] |= ended & set(moves)
    return moves


def _reach(begin: set[str], moves: Moves) -> set[str]:
    reached, queue = set(begin), list(begin)
    while queue:
        for state in moves[queue.pop()] - reached:
            reached.add(state)
            queue.append(state)
    return reached
