"""What an action changes: the step's payload is filled with the results, ready to be an event. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from xiuhua.flow import timing
from xiuhua.flow.context import Context
from xiuhua.flow.model import CallOut, State, Surroundings, apply, described, subject_view
from xiuhua.packs.procedure import Join, LimitOf, Opens, Procedure, Who
from xiuhua.platform.errors import ConditionUnmet

if TYPE_CHECKING:
    from xiuhua.flow.engine import Step


def work_out(procedure: Procedure, step: Step, world: Surroundings) -> tuple[CallOut, ...]:
    """Fill `step.payload` in the order of the language's reference; gives the calls to the kernel.

    Order: item and set (seeing the old state), the move, opened and ended instances, clocks (seeing the new
    data), lists (seeing the new clocks), extension, whose turn it is, calls.
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

    after = _folded(step)
    context = _renewed(procedure, step, after, world)
    clocks = timing.advance(procedure, step.state, after, context, world, step.at)
    if clocks:
        payload["clocks"] = clocks
        after = {**after, "clocks": {**after["clocks"], **clocks}}
        context = _renewed(procedure, step, after, world)
    if wanted.extend is not None:
        limit = context.value(wanted.extend.limit)
        extended = timing.extend(after, wanted.extend.clock, limit, step.at, world)
        payload["clocks"] = {**payload.get("clocks", {}), **extended}
        after = {**after, "clocks": {**after["clocks"], **extended}}
        context = _renewed(procedure, step, after, world)
    if wanted.stop_clock is not None:
        stopped = timing.stop_one(after, str(context.value(wanted.stop_clock)), step.at, world)
        payload["clocks"] = {**payload.get("clocks", {}), **stopped}
    for kind, lists in (("append", wanted.append), ("amend", wanted.amend_last)):
        if lists:
            payload[kind] = {
                name: {key: context.value(text) for key, text in entry.items()} for name, entry in lists.items()
            }
    after = _folded(step)
    _turns(procedure, step, after, _renewed(procedure, step, after, world))
    context = _renewed(procedure, step, after, world)
    return tuple(
        CallOut(call.name, {name: context.value(text) for name, text in call.args.items()}) for call in wanted.calls
    )


def joined(procedure: Procedure, state: State) -> dict[str, bool]:
    """For each track with a join, whether its instances together let something go on."""
    return {
        name: _satisfied(track.join, state["tracks"].get(name, ()), _finals(procedure, name))
        for name, track in procedure.tracks.items()
        if track.join is not None
    }


def standing_tracks(procedure: Procedure, state: State) -> list[str]:
    """The side tracks that have an instance which is not over."""
    return [name for name, all_ in state["tracks"].items()
            if any(not procedure.tracks[name].states[one["state"]].final for one in all_)]  # fmt: skip


def _satisfied(join: Join, instances: Any, finals: frozenset[str]) -> bool:
    counted = sum(one["state"] in join.states for one in instances)
    if join.rule == "all":
        return counted > 0 and all(one["state"] in finals for one in instances)
    return counted >= (1 if join.rule == "any" else join.count or 1)


def _finals(procedure: Procedure, track: str) -> frozenset[str]:
    return frozenset(name for name, one in procedure.tracks[track].states.items() if one.final)


def _folded(step: Step) -> State:
    seeded = "procedure" in step.payload
    return apply(None if seeded else step.state, step.payload, step.at)


def _renewed(procedure: Procedure, step: Step, after: State, world: Surroundings) -> Context:
    item = step.item
    if item is not None:
        for one in after["tracks"].get(step.action.on, ()):
            if one["n"] == item["n"]:
                item = described(one)
    values = {
        procedure.subject: subject_view(after), "item": item,
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
    many: list[Any] = step.context.value(opens.for_each) if opens.for_each else [None]
    still = sum(not track.states[one["state"]].final for one in standing)
    if opens.most_open is not None and still + len(many) > opens.most_open:
        raise ConditionUnmet(f"{opens.track}: {still} open already", track=opens.track)
    if opens.most is not None:
        most = _most(opens.most, step.context)
        if len(standing) + len(many) > most:
            raise ConditionUnmet(f"{opens.track}: at most {most} are allowed", track=opens.track, most=most)
    initial = track.initial or next(iter(track.states))
    made = [
        {
            "n": len(standing) + number, "state": initial, "since": step.at,
            "item": {name: step.context.but(each=each).value(text) for name, text in opens.item.items()},
        }
        for number, each in enumerate(many or [], start=1)
    ]  # fmt: skip
    if made:
        step.payload.setdefault("tracks", {}).setdefault(opens.track, []).extend(made)


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


def _turns(procedure: Procedure, step: Step, after: State, context: Context) -> None:
    """Whose inbox it stands in now, and what the clock will do; only told when it changed."""
    waits, timers = [], []
    overall = [name for name, one in procedure.clocks.items() if one.overall and name in after["clocks"]]
    for track, n, state, since, item in _standing(procedure, after):
        seen = context.but(item=item)
        spec = procedure.tracks[track].states[state]
        for who in spec.waits_for:
            if who.when is None or seen.holds(who.when):
                waits.append(_wait(who, spec.clock, track, n, since, seen, overall))
        if spec.timer is not None and (at := seen.value(spec.timer.at)) is not None:
            timers.append({"at": int(at), "do": spec.timer.do, "track": track, "n": n})
    before = step.state or {"waits": [], "timers": []}
    if waits != before["waits"]:
        step.payload["waits"] = waits
    if timers != before["timers"]:
        step.payload["timers"] = timers


def _standing(procedure: Procedure, state: State) -> list[tuple[str, int | None, str, int, Any]]:
    found: list[tuple[str, int | None, str, int, Any]] = [("main", None, state["state"], state["since"], None)]
    main_is_over = procedure.tracks["main"].states[state["state"]].final
    for name, instances in state["tracks"].items():
        for one in instances:
            spec = procedure.tracks[name].states[one["state"]]
            if not spec.final and not (main_is_over and not procedure.tracks[name].outlives):
                found.append((name, one["n"], one["state"], one["since"], described(one)))
    return found


def _wait(
    who: Who, clock: str | None, track: str, n: int | None, since: int, context: Context, overall: list[str]
) -> dict[str, Any]:
    wait: dict[str, Any] = {"role": who.role, "track": track, "since": since}
    if who.unit is not None:
        wait["unit"] = context.value(who.unit)
    if who.person is not None:
        wait["person"] = context.value(who.person)
    if clock is not None:
        wait["clock"] = clock
    if overall:
        wait["also"] = overall
    if n is not None:
        wait["n"] = n
    return wait
