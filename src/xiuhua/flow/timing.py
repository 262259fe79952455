"""The clocks of a procedure: started, stopped, paused and continued by where the subject stands. Pure.

A clock whose limit is a list of stages runs once for each: `handling` is the last, `handling.1` the first.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from xiuhua.flow import clocks
from xiuhua.flow.clock_run import ClockRun
from xiuhua.flow.context import Context
from xiuhua.flow.model import State, Surroundings, places
from xiuhua.packs.procedure import ByChoice, ClockSpec, LimitOf, Procedure
from xiuhua.platform.errors import NotNow

_UNDATED_S = 30 * 86_400
"""How long a pause without a date of its own lasts if nobody ends it: an application left lying is no suspension."""


def advance(
    procedure: Procedure, before: State | None, after: State, context: Context, world: Surroundings, at: int
) -> dict[str, Any]:
    """The clock runs that change with a move, as JSON by name, in the order of the declaration."""
    changed: dict[str, Any] = {}
    stood, stands = places(before) if before else set(), places(after)
    # What never ran, and what has stopped where it does not run, is passed over: most clocks of most moves.
    going = {one.partition(".")[0] for one, run in after["clocks"].items() if run["state"] != "stopped"}
    for name, spec in procedure.clocks.items():
        where = _choice(spec.runs_in, world)
        is_in = not stands.isdisjoint(where)
        if not is_in and name not in going:
            continue
        kept = _parts(after, name)
        new: dict[str, Any] = {}
        if not is_in:
            new = {one: _stop(after, one, world, at) for one in kept if not _stopped(after, one)}
        elif not kept or (_stopped(after, name) and stood.isdisjoint(where)):
            new = _begin(name, spec, after, context, world, at)
        if is_in and (kept or new):
            runs = {one: new.get(one) or after["clocks"][one] for one in dict.fromkeys([*kept, *new])}
            new |= _stages_over(name, spec, runs, context, world, at)
            until = _pause_until(spec, after, world)
            for one, run in runs.items():
                new |= _paused(one, new.get(one) or run, until, world, at)
        changed |= new
    return changed


def restart(
    procedure: Procedure, name: str, after: State, context: Context, world: Surroundings, at: int
) -> dict[str, Any]:
    """A clock begun anew in the place where it runs; nothing when it does not run there."""
    spec = procedure.clocks[name]
    kept = _parts(after, name)
    if not kept or not places(after) & set(_choice(spec.runs_in, world)):
        return {}
    begun = _fresh(name, spec, after, context, world, at)
    over = {one: _stop(after, one, world, at) for one in kept if one not in begun and not _stopped(after, one)}
    until = _pause_until(spec, after, world)
    for one in list(begun):
        begun |= _paused(one, begun[one], until, world, at)
    return over | begun


def _begin(name: str, spec: ClockSpec, after: State, context: Context, world: Surroundings, at: int) -> dict[str, Any]:
    """Start a clock, or let one that stopped run again, as its declaration says."""
    kept = _parts(after, name)
    how = spec.on_reentry if isinstance(spec.on_reentry, str) else _value(spec.on_reentry, context)
    if not kept or how != "continue":
        return _fresh(name, spec, after, context, world, at)
    done = _done(name, spec, context)
    runs = {one: _current(after["clocks"][one], world) for one in kept if one not in done}
    return {
        one: clocks.continue_(run, _calendar(run, world), at).to_json()
        for one, run in runs.items()
        if run.state == "stopped"
    }


def _fresh(name: str, spec: ClockSpec, after: State, context: Context, world: Surroundings, at: int) -> dict[str, Any]:
    """The clock from its beginning, one run for each stage; a run of before counts its round on."""
    limits = _limits(_value(spec.limit, context), at)
    ahead = tuple(limit[:2] for limit in _limits(_value(spec.starts_after, context), at)) if spec.starts_after else ()
    calendar = world.calendars.of_role(spec.calendar_of)
    done, begun = _done(name, spec, context), {}
    for number, (amount, kind, start) in enumerate(limits, start=1):
        one = name if number == len(limits) else f"{name}.{number}"
        if one not in done:
            run = clocks.start(calendar, one, amount, kind, start, ahead)
            if one in after["clocks"]:
                run = replace(run, round=after["clocks"][one]["round"] + 1)
            begun[one] = run.to_json()
    return begun


def _stages_over(
    name: str, spec: ClockSpec, runs: Mapping[str, Any], context: Context, world: Surroundings, at: int
) -> dict[str, Any]:
    """Stages that are done: their clocks stop."""
    done = _done(name, spec, context)
    return {one: _stopped_run(runs[one], world, at) for one in runs if one in done and runs[one]["state"] != "stopped"}


def _done(name: str, spec: ClockSpec, context: Context) -> set[str]:
    if spec.stages_done is None:
        return set()
    return {f"{name}.{number}" for number in context.value(spec.stages_done) or ()}


def _paused(name: str, run_json: Mapping[str, Any], until: int | None, world: Surroundings, at: int) -> dict[str, Any]:
    """The run, paused until a moment, or going on when it is None; nothing when that is so already."""
    if run_json["state"] == "stopped" or (until is None and run_json["state"] == "running"):
        return {}
    run = _current(run_json, world)
    before, calendar = run, _calendar(run, world)
    if run.state == "suspended" and run.pauses[-1].end != until:
        run = clocks.resume(run, calendar, at)
    if until is not None and until > at and run.state_at(at) == "running":
        run = clocks.suspend(run, calendar, at, until)
    return {} if run is before else {name: run.to_json()}


def _pause_until(spec: ClockSpec, after: State, world: Surroundings) -> int | None:
    """How long the clock is to stand still: until the last `until` of the instances that pause it."""
    listed = _choice(spec.pauses_in, world)
    moments = [after["since"] + _UNDATED_S] if after["state"] in listed else []
    for place in listed:
        track, _, state = place.partition(".")
        for one in after["tracks"].get(track, ()):
            if one["state"] == state:
                until = one["item"].get("until")
                moments.append(until if isinstance(until, int) else one["since"] + _UNDATED_S)
    return max(moments, default=None)


def _parts(state: State, name: str) -> list[str]:
    """The runs of a clock: itself and those of its stages. Sorted: a state read again may have its keys sorted."""
    stages = f"{name}."
    return sorted(one for one in state["clocks"] if one == name or one.startswith(stages))


def _stopped(state: State, name: str) -> bool:
    run = state["clocks"].get(name)
    return run is None or run["state"] == "stopped"


def _stop(state: State, name: str, world: Surroundings, at: int) -> dict[str, Any]:
    return _stopped_run(state["clocks"][name], world, at)


def _stopped_run(kept: Mapping[str, Any], world: Surroundings, at: int) -> dict[str, Any]:
    run = _current(kept, world)
    return clocks.stop(run, _calendar(run, world), at).to_json()


def stop_one(state: State, name: str, at: int, world: Surroundings) -> dict[str, Any]:
    """Stop one clock by name. Raises `NotNow` when it does not run."""
    if name not in state["clocks"]:
        raise NotNow(f"there is no clock {name}")
    return {name: _stop(state, name, world, at)}


def extend(state: State, name: str, limit: Mapping[str, str], at: int, world: Surroundings) -> dict[str, Any]:
    """Give a clock more time. Raises `NotNow` when it has stopped."""
    if _stopped(state, name):
        raise NotNow(f"the clock {name} does not run")
    run = _current(state["clocks"][name], world)
    return {name: clocks.extend(run, _calendar(run, world), at, limit["amount"], limit["kind"]).to_json()}


def recompute(state: State, world: Surroundings) -> dict[str, Any]:
    """Runs whose calendar has a new version (holidays were announced), computed anew; only those that change."""
    changed = {}
    for name, kept in state["clocks"].items():
        if kept["state"] != "stopped":
            run = ClockRun.from_json(kept)
            new = _current(kept, world)
            if new.due != run.due or new.provisional != run.provisional:
                changed[name] = new.to_json()
    return changed


def _current(kept: Mapping[str, Any], world: Surroundings) -> ClockRun:
    """A run on the present version of its calendar."""
    run = ClockRun.from_json(kept)
    calendar = _calendar(run, world)
    return run if run.digest == calendar.digest else clocks.recompute(run, calendar)


def _calendar(run: ClockRun, world: Surroundings) -> Any:
    return world.calendars.of(run.calendar)


def _choice(listed: list[str] | ByChoice, world: Surroundings) -> list[str]:
    return listed if isinstance(listed, list) else listed.choices[world.settings[listed.setting]]


def _value(source: LimitOf, context: Context) -> Any:
    return context.value(f"setting.{source.setting}" if source.setting else source.value or "null")


def _limits(value: Any, at: int) -> list[tuple[str, str, int]]:
    """Amount, kind and start of one limit, of a list of stages, of `{"until": moment}`; none for null."""
    if value is None:
        return []
    found = []
    for one in value if isinstance(value, list) else [value]:
        if "until" in one:
            # Thousandths of a minute are rounded up to the second again, so the moment is met exactly.
            thousandths = max(0, one["until"] - at) * 1000 // 60
            amount = f"{thousandths // 1000}.{thousandths % 1000:03}"
            found.append((amount, "urgent_minute", min(at, one["until"])))
        else:
            found.append((one["amount"], one["kind"], at))
    return found


class _Described(Mapping[str, Any]):
    """The clocks as expressions see them, each worked out only when it is named."""

    def __init__(self, procedure: Procedure, state: State, at: int, world: Surroundings) -> None:
        self._names, self._state, self._at, self._world = list(procedure.clocks), state, at, world

    def __getitem__(self, name: str) -> Any:
        if name not in self._names:
            raise KeyError(name)
        kept = self._state["clocks"].get(name)
        return None if kept is None else self._run(kept) | {"stages": self._stages(name)}

    def _stages(self, name: str) -> list[dict[str, Any]]:
        """The stages before the last, in order; the last is the clock itself."""
        numbers = sorted(int(one.rpartition(".")[2]) for one in _parts(self._state, name) if one != name)
        return [self._run(self._state["clocks"][f"{name}.{number}"]) for number in numbers]

    def _run(self, kept: Mapping[str, Any]) -> dict[str, Any]:
        run = ClockRun.from_json(kept)
        spent, whole = clocks.used(run, _calendar(run, self._world), self._at)
        overdue = run.overdue(self._at)
        return {
            "due": run.due, "started": run.started, "state": run.state_at(self._at), "kind": run.kind,
            "stopped_at": run.stopped_at, "overdue": overdue,
            "percent": spent * 100 // whole if whole else 100 * overdue,
            "provisional": run.provisional, "round": run.round,
        }  # fmt: skip

    def __iter__(self) -> Iterator[str]:
        return iter(self._names)

    def __len__(self) -> int:
        return len(self._names)


def described(procedure: Procedure, state: State, at: int, world: Surroundings) -> Mapping[str, Any]:
    """The clocks as expressions see them; null for one that never ran."""
    return _Described(procedure, state, at, world)
