"""What an action changes: the step's payload is filled with the results, ready to be an event. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from xiuhua.flow import timing
from xiuhua.flow.context import Context
from xiuhua.flow.model import CallOut, State, Surroundings, apply, described, subject_view
from xiuhua.packs.procedure import Join, LimitOf, Opens, Procedure, Track, Who
from xiuhua.packs.procedure import State as TrackState
from xiuhua.platform.errors import ConditionUnmet

if TYPE_CHECKING:
    from xiuhua.flow.engine import Step


def work_out(procedure: Procedure, step: Step, world: Surroundings) -> tuple[CallOut, ...]:
    """Fill `step.payload` in the order of the language's reference; gives the calls to the kernel.

    Order: set, item and the move (seeing the old state), opened and ended instances, clocks (seeing the new
    data), extension, a clock stopped, lists (seeing the new clocks), a clock begun anew, whose turn it is, calls.
    """
    action, payload, context = step.action, step.payload, step.context
    wanted = action.effects
    if wanted.set:
        payload["set"] = {
            **payload.get("set", {}),
            **{name: context.value(text) for name, text in wanted.set.items()},
        }
    _move(procedure, step)
    if action.opens is not None:
        _open(procedure, action.opens, step, world)
    for target in wanted.end_all:
        _end_all(procedure, target, step)

    after, context = _clocks(procedure, step, _folded(step), world)
    lists = (("append", wanted.append), ("amend", wanted.amend_last))
    if wanted.append or wanted.amend_last:
        for kind, listed in lists:
            if listed:
                payload[kind] = {
                    name: {key: context.value(text) for key, text in entry.items()} for name, entry in listed.items()
                }
        after = _folded(step)
        context = renewed(procedure, step, after, world)
    if wanted.restart_clock is not None and (name := context.value(wanted.restart_clock)) is not None:
        after = _ticked(step, after, timing.restart(procedure, str(name), after, context, world, step.at))
        context = renewed(procedure, step, after, world)
    payload |= turns(procedure, step.state, after, context)
    return tuple(
        CallOut(call.name, {name: context.value(text) for name, text in call.args.items()}) for call in wanted.calls
    )


def _clocks(procedure: Procedure, step: Step, after: State, world: Surroundings) -> tuple[State, Context]:
    """The state with the clocks that the move, an extension or a stop changes, and what expressions see of it."""
    wanted, seen = step.action.effects, after
    context = renewed(procedure, step, after, world)

    def looked() -> Context:
        nonlocal context, seen
        if seen is not after:
            context, seen = renewed(procedure, step, after, world), after
        return context

    after = _ticked(step, after, timing.advance(procedure, step.state, after, context, world, step.at))
    if wanted.extend is not None:
        limit = looked().value(wanted.extend.limit)
        after = _ticked(step, after, timing.extend(after, wanted.extend.clock, limit, step.at, world))
    if wanted.stop_clock is not None:
        name = looked().value(wanted.stop_clock)
        if name is not None:
            after = _ticked(step, after, timing.stop_one(after, str(name), step.at, world))
    return after, looked()


def _ticked(step: Step, after: State, clocks: dict[str, Any]) -> State:
    """The state with these clock runs, which go into the event too."""
    if not clocks:
        return after
    step.payload["clocks"] = {**step.payload.get("clocks", {}), **clocks}
    return {**after, "clocks": {**after["clocks"], **clocks}}


def joined(procedure: Procedure, state: State) -> dict[str, bool]:
    """For each track with a join, whether its instances together let something go on."""
    return {
        name: _satisfied(track.join, state["tracks"].get(name, ()))
        for name, track in procedure.tracks.items()
        if track.join is not None
    }


def standing_tracks(procedure: Procedure, state: State) -> list[str]:
    """The side tracks that have an instance which is not over."""
    return [
        name for name, track in procedure.tracks.items()
        if any(not track.states[one["state"]].final for one in state["tracks"].get(name, ()))
    ]  # fmt: skip


def is_over(procedure: Procedure, state: State, track: str) -> bool:
    """Whether a side track ended with the main track: nothing moves it any more."""
    main = procedure.tracks["main"].states[state["state"]]
    return main.final and not procedure.tracks[track].outlives


def _satisfied(join: Join, instances: Sequence[Any]) -> bool:
    counted = sum(one["state"] in join.states for one in instances)
    if join.rule == "all":
        return counted == len(instances) > 0
    return counted >= (1 if join.rule == "any" else join.count or 1)


def _folded(step: Step) -> State:
    seeded = "procedure" in step.payload
    return apply(None if seeded else step.state, step.payload, step.at)


def context_of(procedure: Procedure, state: State, at: int, world: Surroundings) -> Context:
    """What expressions see; see `docs/reference/expressions.md`."""
    return Context(
        {
            procedure.subject: lambda: subject_view(state), "now": at, "setting": world.settings,
            "item": None, "actor": {}, "fields": {}, "found": {}, "each": None,
            "clock": lambda: timing.described(procedure, state, at, world),
            "joined": lambda: joined(procedure, state),
            "standing": lambda: standing_tracks(procedure, state),
            "duty": lambda: world.duties(state, at),
        }
    )  # fmt: skip


def renewed(procedure: Procedure, step: Step, after: State, world: Surroundings) -> Context:
    """What expressions see once the subject is in the state `after`; fields and actor are the step's."""
    item = step.item
    if item is not None:
        for one in after["tracks"].get(step.action.on, ()):
            if one["n"] == item["n"]:
                item = described(one)
    values = {
        procedure.subject: lambda: subject_view(after), "item": item,
        "clock": lambda: timing.described(procedure, after, step.at, world),
        "joined": lambda: joined(procedure, after),
        "standing": lambda: standing_tracks(procedure, after),
        "duty": lambda: world.duties(after, step.at),
    }  # fmt: skip
    return step.context.but(**values)


def _move(procedure: Procedure, step: Step) -> None:
    action, payload = step.action, step.payload
    if action.on == "main":
        if action.to is not None:
            payload["to"] = action.to
            if step.state is not None and step.state["state"] is not None:
                payload["from"] = step.state["state"]
        return
    assert step.item is not None
    kept = {k: v for k, v in step.item.items() if k not in ("n", "state", "since")}
    kept |= {name: step.context.value(text) for name, text in action.effects.item.items()}
    state = action.to or step.item["state"]
    since = step.at if action.to else step.item["since"]
    payload["track"], payload["n"] = action.on, step.item["n"]
    payload["tracks"] = {action.on: [{"n": step.item["n"], "state": state, "since": since, "item": kept}]}


def _open(procedure: Procedure, opens: Opens, step: Step, world: Surroundings) -> None:
    track = procedure.tracks[opens.track]
    standing = list((step.state or {"tracks": {}})["tracks"].get(opens.track, ()))
    many: list[Any] = (step.context.value(opens.for_each) or []) if opens.for_each else [None]
    demand_room(procedure, opens, step.state, step.context, len(many))
    initial = track.initial or next(iter(track.states))
    made = [
        {
            "n": len(standing) + number, "state": initial, "since": step.at,
            "item": {name: step.context.but(each=each).value(text) for name, text in opens.item.items()},
        }
        for number, each in enumerate(many, start=1)
    ]  # fmt: skip
    if made:
        step.payload.setdefault("tracks", {}).setdefault(opens.track, []).extend(made)


def demand_room(procedure: Procedure, opens: Opens, state: State | None, context: Context, many: int = 1) -> None:
    """Raises `ConditionUnmet` when the brakes of a track let no more instances open."""
    track = procedure.tracks[opens.track]
    standing = (state or {"tracks": {}})["tracks"].get(opens.track, ())
    still = sum(not track.states[one["state"]].final for one in standing)
    if opens.most_open is not None and still + many > opens.most_open:
        raise _full(opens.track, track, opens.most_open, f"{still} open already")
    if opens.most is not None and len(standing) + many > (most := _most(opens.most, context)):
        raise _full(opens.track, track, most, f"at most {most} are allowed")


def _full(name: str, track: Track, most: int, why: str) -> ConditionUnmet:
    titles = track.title.model_dump() if track.title else {"zh": name, "en": name}
    return ConditionUnmet(f"{name}: {why}", texts={key: f"{title} ≤ {most}" for key, title in titles.items()})


def _most(source: LimitOf, context: Context) -> int:
    text = f"setting.{source.setting}" if source.setting else source.value
    return int(context.value(text or "0"))


def _end_all(procedure: Procedure, target: str, step: Step) -> None:
    track, state = target.split(".")
    ended = [
        {**one, "state": state, "since": step.at}
        for one in (step.state or {"tracks": {}})["tracks"].get(track, ())
        if not procedure.tracks[track].states[one["state"]].final
        and not (step.item is not None and step.action.on == track and one["n"] == step.item["n"])
    ]
    if ended:
        step.payload.setdefault("tracks", {}).setdefault(track, []).extend(ended)


def turns(procedure: Procedure, before: State | None, after: State, context: Context) -> dict[str, Any]:
    """Whose inbox it stands in now, and what the clock will do, for the event; only what changed."""
    waits, timers = [], []
    runs = after["clocks"]
    overall = [
        name for name, one in procedure.clocks.items()
        if one.overall and name in runs and runs[name]["state"] != "stopped"
    ]  # fmt: skip
    for track, n, state, since, item in _standing(procedure, after):
        seen = context.but(item=item)
        spec = procedure.tracks[track].states[state]
        for who in spec.waits_for:
            if who.when is None or seen.holds(who.when):
                waits.append(_wait(who, spec, track, n, since, seen, overall))
        if spec.timer is not None and (at := seen.value(spec.timer.at)) is not None:
            # What comes into a state after its time (sent back when it was late) is due at once, not before it came.
            timers.append({"at": max(int(at), since), "do": spec.timer.do, "track": track, "n": n})
    stood = before or {"waits": [], "timers": []}
    now = {"waits": waits, "timers": timers}
    return {name: listed for name, listed in now.items() if listed != stood[name]}


def _standing(procedure: Procedure, state: State) -> list[tuple[str, int | None, str, int, Any]]:
    found: list[tuple[str, int | None, str, int, Any]] = [("main", None, state["state"], state["since"], None)]
    for name, track in procedure.tracks.items():
        for one in () if is_over(procedure, state, name) else state["tracks"].get(name, ()):
            if not track.states[one["state"]].final:
                found.append((name, one["n"], one["state"], one["since"], described(one)))
    return found


def _wait(
    who: Who, spec: TrackState, track: str, n: int | None, since: int, context: Context, overall: list[str]
) -> dict[str, Any]:
    wait: dict[str, Any] = {"role": who.role, "track": track, "since": since}
    if who.unit is not None:
        wait["unit"] = context.value(who.unit)
    if who.person is not None:
        wait["person"] = context.value(who.person)
    if spec.clock is not None:
        wait["clock"] = spec.clock
    if spec.due is not None and (due := context.value(spec.due)) is not None:
        wait["due"] = int(due)
    if overall:
        wait["also"] = overall
    if n is not None:
        wait["n"] = n
    return wait
