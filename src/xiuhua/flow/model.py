"""What runs: the state of a subject, the events that change it, and what came of an action. Pure.

A state is a plain dict of JSON values, so that it can be kept, compared and folded by the hundred thousand.
Its keys:

- `id`, `number`, `procedure`, `pack` (digest of the pack version it began under), `subject`
- `state` of the main track and `since` (epoch s)
- `data`: what the procedure declares under `data`
- `tracks`: for each side track a list of instances `{"n", "state", "since", "item"}`
- `clocks`: for each clock its `ClockRun` as JSON
- `waits`: whose inbox it stands in: `{"role", "unit", "person", "clock", "also", "due", "track", "n", "since"}`
- `timers`: what the clock does by itself: `{"at", "do", "track", "n"}`
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Protocol

from xiuhua.flow.clocks import Calendars
from xiuhua.platform.identity.model import Post

State = dict[str, Any]


@dataclass(frozen=True, slots=True)
class CallOut:
    """Something the kernel is asked to do beyond the subject, in the same transaction."""

    name: str
    args: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Decided:
    """One event that an action made."""

    type: str
    payload: dict[str, Any]
    actor: str
    role: str
    at: int
    """Business time, epoch seconds: business times are whole seconds, so that a fold is exact."""
    calls: tuple[CallOut, ...] = ()


@dataclass(frozen=True, slots=True)
class Attempt:
    """Somebody wants to do something."""

    action: str
    fields: Mapping[str, Any] = field(default_factory=dict)
    reason: str | None = None
    n: int | None = None
    """Number of the track instance, for actions on a side track."""
    at: datetime | None = None
    """Business time, when it differs from the recording time (offline phones)."""
    witness: Mapping[str, Any] | None = None
    """What a device said of place and time; kept in the event as it is."""


class Surroundings(Protocol):
    """What the engine must know of the city; given by the room that runs the procedure."""

    calendars: Calendars

    settings: Mapping[str, Any]
    """The settings of the procedure as this city has them."""

    def look_up(self, kind: str, code: str, state: State) -> dict[str, Any] | None:
        """A thing that a field of a subject refers to: unit, person, category, filing_condition, area …"""

    def organisation_of(self, post: Post) -> str | None:
        """The organisation a post belongs to; a check is never made by the one that handled."""

    def duties(self, state: State, at: int) -> dict[str, Any]:
        """For each duty kind the unit that answers for the subject, and the row that says so; or null."""

    def acts_for(self, post: Post, unit: str) -> str | None:
        """`own` when the post is at that unit's desk, `proxy` when it stands in for it, else None."""


@dataclass(frozen=True, slots=True)
class Allowed:
    """An action that a person may take now."""

    action: str
    title: dict[str, str]
    n: int | None
    role: str
    needs: dict[str, Any]
    """JSON Schema of its fields."""
    reason_needed: bool
    unmet: tuple[dict[str, str], ...] = ()
    """Conditions that do not hold now whatever is filled in: what a person reads, by language."""


def instance(state: State, track: str, n: int) -> dict[str, Any] | None:
    """One instance of a side track."""
    for one in state["tracks"].get(track, ()):
        if one["n"] == n:
            return one  # type: ignore[no-any-return]
    return None


def described(one: Mapping[str, Any]) -> dict[str, Any]:
    """A track instance as expressions see it: its values, number, state and since when."""
    return {**one["item"], "n": one["n"], "state": one["state"], "since": one["since"]}


def subject_view(state: State) -> dict[str, Any]:
    """The subject as expressions see it: its data, and where it stands."""
    return {
        **state["data"], "id": state["id"], "number": state["number"], "state": state["state"],
        "since": state["since"], "opened": state["opened"], "tracks": state["tracks"],
    }  # fmt: skip


def places(state: State) -> set[str]:
    """Where the subject stands: its main state and `track.state` of every instance."""
    found = {f"{name}.{one['state']}" for name, all_ in state["tracks"].items() for one in all_}
    found.add(state["state"])
    return found


def apply(state: State | None, payload: Mapping[str, Any], at: int, *, in_place: bool = False) -> State:
    """Fold one event into the state (`at`: business time, epoch s). Needs no procedure.

    The state given stays as it was, but with `in_place`: then it is nobody else's, and is changed itself.
    """
    if state is None:
        state = {
            "id": payload["id"], "number": payload["number"], "procedure": payload["procedure"],
            "pack": payload["pack"], "subject": payload["subject"], "state": None, "since": at,
            "data": {}, "tracks": {}, "clocks": {}, "waits": [], "timers": [], "opened": at,
        }  # fmt: skip
    elif not in_place:
        state = dict(state)
    if (to := payload.get("to")) is not None and payload.get("track", "main") == "main":
        state["state"], state["since"] = to, at
    data = state["data"] if in_place else dict(state["data"])
    if changed := payload.get("set"):
        data.update(changed)
    if appended := payload.get("append"):
        for name, entry in appended.items():
            data[name] = [*(data.get(name) or ()), entry]
    if amended := payload.get("amend"):
        for name, entry in amended.items():
            *head, last = data[name]
            data[name] = [*head, {**last, **entry}]
    state["data"] = data
    if changed := payload.get("tracks"):
        state["tracks"] = _merge_tracks(state["tracks"], changed)
    if clocks := payload.get("clocks"):
        state["clocks"] = {**state["clocks"], **clocks}
    if "waits" in payload:
        state["waits"] = payload["waits"]
    if "timers" in payload:
        state["timers"] = payload["timers"]
    return state


def _merge_tracks(
    before: Mapping[str, Sequence[dict[str, Any]]], changed: Mapping[str, Sequence[dict[str, Any]]]
) -> dict[str, list[dict[str, Any]]]:
    merged = {name: list(all_) for name, all_ in before.items()}
    for name, instances in changed.items():
        by_number = {one["n"]: one for one in merged.get(name, [])}
        by_number.update((one["n"], one) for one in instances)
        merged[name] = [by_number[n] for n in sorted(by_number)]
    return merged
