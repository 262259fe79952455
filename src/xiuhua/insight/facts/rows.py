"""The facts of a thing as it stands: of itself, its legs, its clock runs, the instances of its side tracks. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from xiuhua.flow.model import State, apply
from xiuhua.insight.facts.model import MAIN
from xiuhua.insight.facts.tables import LEG, RUN, Sort

Facts = dict[tuple[str, str], tuple[Any, ...]]
"""(Table, part) → values in the order of the table's columns."""


@dataclass(slots=True)
class Run:
    """A clock run as it stood last, and who brought it to its end."""

    kept: Mapping[str, Any]
    person: str | None = None
    role: str | None = None
    action: str | None = None


@dataclass(slots=True)
class Folded:
    """A thing as far as its events have been taken in."""

    state: State | None = None
    runs: dict[tuple[str, int], Run] = field(default_factory=dict)

    def take(self, payload: Mapping[str, Any], at: int, actor: str, role: str) -> None:
        """One more event."""
        begins = self.state is None
        self.state = apply(self.state, payload, at, in_place=True)
        if begins:
            self.state["opened_by"] = actor
        for name, kept in (payload.get("clocks") or {}).items():
            key = name, kept["round"]
            run = self.runs.get(key)
            if kept["state"] != "stopped":
                self.runs[key] = Run(kept)
            elif run is None or run.kept["state"] != "stopped":
                self.runs[key] = Run(kept, actor, role, payload.get("action"))
            else:
                run.kept = kept


class Maker:
    """Makes the facts of one sort of thing."""

    def __init__(self, sort: Sort, kinds: Mapping[str, str]) -> None:
        """`kinds`: code of an area → its kind."""
        self._sort, self._kinds = sort, kinds
        self._key = sort.main.key
        self._areas = [one.name for one in sort.main.columns if one.read is None]
        self._reads = [one.read for one in sort.main.columns if one.read is not None]
        self._shared = sort.shared
        self._part_keys = {name: table.key for name, table in sort.parts.items()}
        self._tracks = [name for name in sort.parts if name not in (LEG, RUN)]
        self._own = {
            name: [one.name for one in table.columns[: len(table.columns) - len(self._shared)]]
            for name, table in sort.parts.items()
        }  # fmt: skip

    def facts(self, folded: Folded) -> Facts:
        """All facts by table and part; none of a record that was merged into another."""
        state = folded.state
        if state is None or (state["data"].get("merged_into") and self._key.startswith("register.")):
            return {}
        values = (*[read(state) for read in self._reads], *self._places(state["data"].get("scopes")))
        found = {(self._key, MAIN): values}
        shared = tuple([values[at] for at in self._shared])
        for table, part, own in self._parts(folded, state):
            found[table, part] = own + shared
        return found

    def _places(self, scopes: Sequence[str] | None) -> list[str | None]:
        kinds = self._kinds
        by_kind = {kinds.get(code): code for code in reversed(scopes or ())}
        return [by_kind.get(kind) for kind in self._areas]

    def _parts(self, folded: Folded, state: State) -> Iterator[tuple[str, str, tuple[Any, ...]]]:
        if LEG in self._part_keys:
            table, names = self._part_keys[LEG], self._own[LEG]
            for n, leg in enumerate(state["data"].get("legs") or (), start=1):
                yield table, str(n), tuple([leg.get(name) for name in names])
        if RUN in self._part_keys and folded.runs:
            table = self._part_keys[RUN]
            waiting = {one.get("clock"): one.get("person") for one in state["waits"]}
            for (name, round_), run in folded.runs.items():
                clock = name.partition(".")[0]
                yield table, f"{name}/{round_}", _run(clock, round_, run, waiting.get(name))
        for track in self._tracks:
            table, names = self._part_keys[track], self._own[track]
            for one in state["tracks"].get(track, ()):
                item = one["item"]
                yield table, str(one["n"]), (one["state"], one["since"], *[item.get(name) for name in names[2:]])


def _run(clock: str, round_: int, run: Run, waited_for: str | None) -> tuple[Any, ...]:
    kept = run.kept
    stopped = kept.get("stopped_at") if kept["state"] == "stopped" else None
    late = None if stopped is None else stopped > kept["due"]
    return (
        clock, round_, kept["started"], kept["due"], stopped, late, kept["state"], run.person or waited_for, run.role,
        run.action,
    )  # fmt: skip
