"""From what the log tells, and from the dates of records, to what the rules look at."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Final
from zoneinfo import ZoneInfo

import orjson

from xiuhua.flow.model import State, apply, subject_view
from xiuhua.packs.kinds import Rule
from xiuhua.plans.deciding import EXTERNAL_RESULT_CORRECTED, EXTERNAL_RESULT_KEPT, PLAN_MISSED
from xiuhua.platform import eventlog
from xiuhua.platform.database import Tx
from xiuhua.platform.eventlog import Event
from xiuhua.platform.sql import queries
from xiuhua.rules import model
from xiuhua.rules.deciding import FIGURE_TOLD
from xiuhua.rules.model import Known, Occurrence

_RESULTS: Final = (EXTERNAL_RESULT_KEPT, EXTERNAL_RESULT_CORRECTED)
_TYPES: Final[Mapping[str, tuple[str, ...]]] = {
    "figure": (FIGURE_TOLD, *_RESULTS), "plan": (PLAN_MISSED,), "date": (),
}  # fmt: skip
"""What a rule is on → the types of event that it looks at; of an event its own."""


@dataclass(frozen=True, slots=True)
class Watched:
    """The rules in force, by what they are on."""

    by_name: Mapping[str, Known] = field(default_factory=dict)

    def types(self, only: str | None = None) -> list[str]:
        """The types of event that any rule, or one, looks at."""
        wanted = [self.by_name[only]] if only else self.by_name.values()
        return sorted({type_ for one in wanted for type_ in _TYPES.get(one.on.form, (one.on.name,))})

    def dates(self) -> list[Known]:
        """The rules over dates of records."""
        return [one for one in self.by_name.values() if one.on.form == "date"]


def watched(rules: Iterable[tuple[str, Rule, str]]) -> Watched:
    """Rules by name, with the digest of their pack."""
    return Watched({name: Known(name, rule, model.parsed(rule.on), digest) for name, rule, digest in rules})


class Subjects:
    """Subjects as they stood right behind an event: what a rule sees does not hang on when it looks."""

    def __init__(self, tx: Tx, city: str) -> None:
        self._tx, self._city = tx, city
        self._kept: dict[str, Sequence[Event]] = {}

    def at(self, event: Event) -> State | None:
        """The subject of an event; None where its stream is none of a subject."""
        stream = event.stream
        events = self._kept.get(stream)
        if events is None or events[-1].version < event.version:
            events = self._kept[stream] = eventlog.read(self._tx, self._city, stream)
        if "procedure" not in events[0].payload:
            return None
        state: State | None = None
        for one in events[: event.version]:
            state = apply(state, one.payload, int(one.at.timestamp()), in_place=True)
        return state


def of_events(
    rules: Iterable[Known], events: Iterable[Event], subjects: Subjects, zone: ZoneInfo
) -> Iterator[tuple[Known, Occurrence]]:
    """What some events are to some rules, in the order of the log."""
    known = list(rules)
    for event in events:
        for one in known:
            for found in _of_event(one, event, subjects, zone):
                yield one, found


def _of_event(known: Known, event: Event, subjects: Subjects, zone: ZoneInfo) -> Iterator[Occurrence]:
    on, payload, at = known.on, event.payload, int(event.at.timestamp())
    match on.form, event.type:
        case "event", on.name:
            state = subjects.at(event)
            if state is not None and on.part in (None, state["procedure"]):
                told = {**payload, "type": event.type, "actor": event.actor, "role": event.role}
                yield happened(state, told, event)
        case "figure", type_ if type_ == FIGURE_TOLD and (payload["name"], payload["every"]) == (on.name, on.part):
            yield due(known, payload, at, zone)
        case "figure", type_ if type_ in _RESULTS:
            state = subjects.at(event)
            if state is not None and state["data"].get("figure") == on.name:
                yield from (due(known, told, at, zone) for told in _of_result(known, state["data"]))
        case "plan", type_ if type_ == PLAN_MISSED and event.stream == f"plan/{on.name}":
            yield from (due(known, told, at, zone) for told in _missed(payload))


def _of_result(known: Known, data: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    """A result that others decided, as the value of a figure for the period that it lies in."""
    first, last = (model.begin_of(str(known.on.part), date.fromisoformat(data[end])) for end in ("first", "last"))
    if first != last:
        return
    by = {data["about_kind"]: data["about"]} if data.get("about") and data.get("about_kind") else {}
    yield {
        "period": first.isoformat(), "by": by, "value": data.get("value"), "rank": data.get("rank"),
        "ranked": data.get("of"),
    }  # fmt: skip


def _missed(payload: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    """Each key that missed a period of its plan; events of before the period told its first day tell nothing."""
    if payload.get("first") is None:
        return
    per = payload.get("per")
    for one in payload["missed"]:
        yield {
            "period": payload["first"], "until": payload["last"], "by": {per: one["key"]} if per else {},
            "expected": one["expected"], "done": one["done"],
        }  # fmt: skip


def happened(state: State, payload: Mapping[str, Any], event: Event) -> Occurrence:
    """An event of a subject."""
    at, kind = int(event.at.timestamp()), event.stream.partition("/")[0]
    scope = {"event": dict(payload), "now": at, state["subject"]: {**subject_view(state), "key": state["number"]}}
    return Occurrence(scope, at, ((kind, state["id"]),), scopes=tuple(state["data"].get("scopes") or ()))


def due(known: Known, told: Mapping[str, Any], at: int, zone: ZoneInfo) -> Occurrence:
    """A figure that was told for a period, or what missed a plan's."""
    first = date.fromisoformat(told["period"])
    span = {"start": _midnight(first, zone), "end": at, "day": first.isoformat()}
    by = dict(told.get("by") or {})
    scope: dict[str, Any] = {"period": span, "now": at}
    if known.on.form == "figure":
        scope |= {name: told.get(name) for name in ("value", "previous", "rank", "ranked")} | {"by": by}
    else:
        scope |= {"expected": told["expected"], "done": told["done"], "per": by, known.on.name: {"name": known.on.name}}
    about = tuple((name, str(value)) for name, value in sorted(by.items())) or ((known.on.form, known.on.name),)
    return Occurrence(scope, at, about, told["period"], told.get("until"))


def dated(known: Known, id_: str, key: str, state: State, now: datetime) -> Occurrence | None:
    """A record with a date; None where it has none."""
    day = state["data"].get(known.on.part)
    if day is None:
        return None
    zone = now.tzinfo
    assert isinstance(zone, ZoneInfo)
    thing = {**state["data"], "id": id_, "key": key, "state": state["state"]}
    at = int(now.timestamp())
    scope = {known.on.name: thing, "date": _midnight(date.fromisoformat(day), zone), "now": at}
    return Occurrence(scope, at, (("record", id_),), scopes=tuple(state["data"].get("scopes") or ()))


def records(tx: Tx, city: str, known: Known, after: str, limit: int) -> list[tuple[str, str, State]]:
    """Records of the register that a rule over dates looks at: id, key, state."""
    asked = {"city": city, "register": known.on.name, "after": after, "limit": limit}
    rows = tx.execute(queries("xiuhua.rules")["records"], asked)
    return [(row.id, row.key, orjson.loads(row.doc)) for row in rows]


def _midnight(day: date, zone: ZoneInfo) -> int:
    return int(datetime(day.year, day.month, day.day, tzinfo=zone).timestamp())
