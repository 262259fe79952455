"""The clocks of a procedure: started, stopped, paused and continued by where the subject stands. Pure.

A clock whose limit is a list of stages runs once for each: `handling` is the last, `handling.1` the first.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from xiuhua.flow import clocks
from xiuhua.flow.clock_run import ClockRun
from xiuhua.flow.context import Context
from xiuhua.flow.model import State, Surroundings, places
from xiuhua.packs.procedure import ByChoice, ClockSpec, LimitOf, Procedure
from xiuhua.platform.errors import NotNow

_ASKING_S = 86_400
"""How long a pause without a date of its own may last: an application that waits is no suspension."""


def advance(
    procedure: Procedure, before: State | None, after: State, context: Context, world: Surroundings, at: int
) -> dict[str, Any]:
    """The clock runs that change with a move, as JSON by name."""
    changed: dict[str, Any] = {}
    stands = places(after)
    for name, spec in procedure.clocks.items():
        runs = bool(stands & set(_choice(spec.runs_in, world)))
        pause = next((one for one in _choice(spec.pauses_in, world) if one in stands), None)
        kept = [one for one in (before or after)["clocks"] if one == name or one.startswith(f"{name}.")]
        if runs and (not kept or _stopped(after, name)):
            changed |= _begin(name, spec, after, kept, context, world, at)
        elif not runs:
            changed |= {one: _stop(after, one, world, at) for one in kept if not _stopped(after, one)}
        for one in {*kept, *changed} if runs else ():
            if one == name or one.startswith(f"{name}."):
                changed |= _paused(one, changed.get(one) or after["clocks"][one], pause, after, world, at)
    return changed


def _begin(
    name: str, spec: ClockSpec, after: State, kept: list[str], context: Context, world: Surroundings, at: int
) -> dict[str, Any]:
    """Start a clock, or let one that stopped run again, as its declaration says."""
    if kept:
        how = spec.on_reentry if isinstance(spec.on_reentry, str) else _value(spec.on_reentry, context)
        if how == "continue":
            run = _current(after["clocks"][name], world)
            return {name: clocks.continue_(run, _calendar(run, world), at).to_json()}
    limits = _limits(_value(spec.limit, context), at)
    ahead = _limits(_value(spec.starts_after, context), at) if spec.starts_after else []
    calendar = world.calendars.of_role(spec.calendar_of)
    begun = {}
    for number, (amount, kind) in enumerate(limits, start=1):
        one = name if number == len(limits) else f"{name}.{number}"
        run = clocks.start(calendar, one, amount, kind, at, tuple(ahead))
        if one in kept:
            previous = ClockRun.from_json(after["clocks"][one])
            run = clocks.restart(previous, calendar, at) if _same_limit(previous, run) else run
        begun[one] = run.to_json()
    return begun


def _same_limit(one: ClockRun, other: ClockRun) -> bool:
    return (one.kind, one.amount, one.bundled) == (other.kind, other.amount, other.bundled)


def _paused(
    name: str, run_json: Mapping[str, Any], pause: str | None, after: State, world: Surroundings, at: int
) -> dict[str, Any]:
    run = _current(run_json, world)
    state = run.state_at(at)
    if pause is not None and state == "running":
        until = _until(pause, after, at)
        return {name: clocks.suspend(run, _calendar(run, world), at, until).to_json()}
    if pause is None and state == "suspended":
        return {name: clocks.resume(run, _calendar(run, world), at).to_json()}
    return {}


def _until(pause: str, after: State, at: int) -> int:
    """The date of a suspension; an application pauses a clock for a day at most."""
    track, state = pause.split(".")
    for one in after["tracks"][track]:
        if one["state"] == state and state == "standing" and (until := one["item"].get("until")) is not None:
            return int(until)
    return at + _ASKING_S


def _stopped(state: State, name: str) -> bool:
    run = state["clocks"].get(name)
    return run is None or run["state"] == "stopped"


def _stop(state: State, name: str, world: Surroundings, at: int) -> dict[str, Any]:
    run = _current(state["clocks"][name], world)
    return clocks.stop(run, _calendar(run, world), at).to_json()


def stop_one(state: State, name: str, at: int, world: Surroundings) -> dict[str, Any]:
    """Stop one clock by name (a stage proven). Raises `NotNow` when it does not run."""
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


def _limits(value: Any, at: int) -> list[tuple[str, str]]:
    """One limit, a list of stages, `{"until": moment}`, or none."""
    if value is None:
        return []
    found = []
    for one in value if isinstance(value, list) else [value]:
        if "until" in one:
            # Thousandths of a minute are rounded up to the second again, so the moment is met exactly.
            thousandths = max(0, one["until"] - at) * 1000 // 60
            found.append((f"{thousandths // 1000}.{thousandths % 1000:03}", "urgent_minute"))
        else:
            found.append((one["amount"], one["kind"]))
    return found


class _Described(Mapping[str, Any]):
    """The clocks as expressions see them, each worked out only when it is named."""

    def __init__(self, procedure: Procedure, state: State, at: int, world: Surroundings) -> None:
        self._names = [*procedure.clocks, *(one for one in state["clocks"] if one not in procedure.clocks)]
        self._state, self._at, self._world = state, at, world

    def __getitem__(self, name: str) -> Any:
        kept = self._state["clocks"].get(name)
        if kept is None:
            return None
        run = ClockRun.from_json(kept)
        share = clocks.fraction_used(run, _calendar(run, self._world), self._at)
        return {
            "due": run.due, "started": run.started, "state": run.state_at(self._at), "kind": run.kind,
            "stopped_at": run.stopped_at, "overdue": run.overdue(self._at), "percent": int(share * 100),
            "provisional": run.provisional, "round": run.round,
        }  # fmt: skip

    def __iter__(self) -> Iterator[str]:
        return iter(self._names)

    def __len__(self) -> int:
        return len(self._names)


def described(procedure: Procedure, state: State, at: int, world: Surroundings) -> Mapping[str, Any]:
    """The clocks as expressions see them; null for one that never ran."""
    return _Described(procedure, state, at, world)
