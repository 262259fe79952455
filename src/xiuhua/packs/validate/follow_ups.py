"""What happens by itself (then, timers, joins) can be done by itself: open there, nothing left to fill in."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from xiuhua.packs.problems import Path, Problem
from xiuhua.packs.procedure import Action, Procedure, Then
from xiuhua.packs.validate.scene import Scene


def check(scene: Scene) -> Iterator[Problem]:
    """Every action that another action, a timer or a join starts."""
    for name, procedure in scene.procedures():
        base: Path = ("procedures", name)
        for key, action in procedure.actions.items():
            for number, then in enumerate(action.then):
                yield from _then(scene, (*base, "actions", key, "then", number), procedure, action, then)
        yield from _circles(scene, (*base, "actions"), procedure.actions)
        yield from _of_tracks(scene, (*base, "tracks"), procedure)


def _then(scene: Scene, path: Path, procedure: Procedure, action: Action, then: Then) -> Iterator[Problem]:
    follow = procedure.actions.get(then.do)
    if follow is None:
        yield scene.unknown((*path, "do"), "action", then.do, procedure.actions)
        return
    for name in then.fields:
        if name not in follow.fields:
            yield scene.unknown((*path, "fields", name), "field", name, follow.fields, at_key=True)
    yield from _by_itself(scene, (*path, "do"), then.do, follow, then.fields)
    if action.on == follow.on == "main":
        ends_in = {action.to} if action.to else set(action.from_)
        fits = ends_in <= set(follow.from_) if then.when is None else ends_in & set(follow.from_)
        if not fits:
            yield scene.problem((*path, "do"), "follow_not_open", name=then.do, states=", ".join(sorted(ends_in)))


def _by_itself(scene: Scene, path: Path, name: str, follow: Action, given: Mapping[str, object]) -> Iterator[Problem]:
    if follow.creates:
        yield scene.problem(path, "follow_creates", name=name)
    if not any(who.role == "system" for who in follow.by):
        yield scene.problem(path, "follow_not_system", name=name)
    if follow.backward:
        yield scene.problem(path, "follow_backward", name=name)
    missing = [
        key
        for key, field in follow.fields.items()
        if field.required is True and field.default is None and key not in given
    ]
    if missing:
        yield scene.problem(path, "follow_needs_fields", name=name, missing=", ".join(missing))


def _circles(scene: Scene, path: Path, actions: Mapping[str, Action]) -> Iterator[Problem]:
    """Actions that follow one another without a condition must come to an end."""
    follows = {
        name: [then.do for then in action.then if then.when is None and then.do in actions]
        for name, action in actions.items()
    }
    for name in actions:
        seen: set[str] = set()
        queue = list(follows[name])
        while queue:
            one = queue.pop()
            if one not in seen:
                seen.add(one)
                queue += follows[one]
        if name in seen:
            yield scene.problem((*path, name, "then"), "then_circle", at_key=True, name=name)


def _of_tracks(scene: Scene, path: Path, procedure: Procedure) -> Iterator[Problem]:
    for key, track in procedure.tracks.items():
        if track.join is not None and track.join.do is not None:
            where = (*path, key, "join", "do")
            yield from _started(scene, where, procedure, track.join.do, "main", None)
        for name, state in track.states.items():
            if state.timer is not None:
                where = (*path, key, "states", name, "timer", "do")
                yield from _started(scene, where, procedure, state.timer.do, key, name)


def _started(
    scene: Scene, path: Path, procedure: Procedure, name: str, track: str, state: str | None
) -> Iterator[Problem]:
    action = procedure.actions.get(name)
    if action is None:
        yield scene.unknown(path, "action", name, procedure.actions)
        return
    yield from _by_itself(scene, path, name, action, {})
    if action.on != track:
        yield scene.problem(path, "follow_other_track", name=name, track=track)
    elif state is not None and state not in action.from_:
        yield scene.problem(path, "follow_not_open", name=name, states=state)
