"""From the log to what changed of the facts: pure, and the same whether a stream is read at once or piece by piece.

A thing is looked at as it stood at the end of each known day, so that a day's to and fro leaves one fact. What a round
has told before the end of a day, a later round of the same day takes back and tells anew.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import UTC, date, datetime
from typing import Any, Final, NamedTuple
from zoneinfo import ZoneInfo

from xiuhua.insight.facts.rows import Folded, Maker
from xiuhua.insight.facts.tables import EVENT, Tables
from xiuhua.platform.eventlog import Position

_DAY_S: Final = 86_400
_EPOCH: Final = date(1970, 1, 1).toordinal()
_QUARTER_S: Final = 900
"""No time zone's offset changes but on a quarter of an hour."""
_KIND_OF_SUBJECT: Final = {
    "record": "register", "entry": "ledger", "inspection": "checklist", "document": "document",
}  # fmt: skip


Row = tuple[Any, ...]
"""Values in the order of a table's columns, then id, part, version, known day (days since 1970-01-01), weight, and the
known day on which it ended (None: it did not, or it is a change)."""
Change = tuple[str, int, Row]
"""Table, month in which it is kept (year × 12 + month - 1), row."""


class Days:
    """Local days of moments, in one time zone."""

    def __init__(self, zone: ZoneInfo) -> None:
        self._zone = zone
        self._known: dict[int, int] = {}
        self._months: dict[int, int] = {}

    def of(self, moment: int) -> int:
        """The local day, as days since 1970-01-01."""
        quarter = moment // _QUARTER_S
        day = self._known.get(quarter)
        if day is None:
            day = self._known[quarter] = (moment + self.offset(moment)) // _DAY_S
        return day

    def offset(self, moment: int) -> int:
        """Seconds that local time is ahead of UTC."""
        found = datetime.fromtimestamp(moment, UTC).astimezone(self._zone).utcoffset()
        assert found is not None
        return int(found.total_seconds())

    def month(self, day: int) -> int:
        """The month of a day: year × 12 + month - 1."""
        month = self._months.get(day)
        if month is None:
            local = date.fromordinal(_EPOCH + day)
            month = self._months[day] = local.year * 12 + local.month - 1
        return month


class Told(NamedTuple):
    """One event of a stream."""

    type: str
    payload: Mapping[str, Any]
    """In its newest form."""
    actor: str
    role: str
    at: int
    recorded: int
    position: tuple[int, int]
    """Transaction, and number within it."""


def known(events: Sequence[Told], until: Position | None) -> int:
    """How many events from the front are known up to a position; None: none, as nothing was read yet.

    A version may have the later position of two: then it is known, and what follows it, once it is passed itself.
    """
    if until is None:
        return 0
    limit = (until.tx, until.number)
    return next((n for n, one in enumerate(events) if one.position > limit), len(events))


class Changes:
    """Finds what changed of the facts of a city's things."""

    def __init__(self, tables: Tables, kinds: Mapping[str, str], zone: ZoneInfo) -> None:
        """`kinds`: code of an area → its kind."""
        self._makers = {key: Maker(sort, kinds) for key, sort in tables.sorts.items()}
        self._days = Days(zone)

    def of(self, stream: str, events: Sequence[Told], before: int, now: int) -> Iterator[Change]:
        """What came to hold and held no more between the first `before` events of a stream and the first `now`."""
        if now <= before:
            return
        yield from self._happened(stream, events, before, now)
        maker = self._makers.get(_sort_of(events[0].payload))
        if maker is not None:
            yield from self._changed(maker, events, before, now)

    def _happened(self, stream: str, events: Sequence[Told], before: int, now: int) -> Iterator[Change]:
        """The events themselves, which never cease to hold."""
        subject, _, id_ = stream.partition("/")
        for n in range(before, now):
            one = events[n]
            day = self._days.of(one.recorded)
            what = subject, id_, one.type, one.payload.get("action"), one.actor, one.role, one.at, one.recorded
            values = *what, *_ended(one)
            yield EVENT.key, self._days.month(day), (*values, stream, str(n + 1), n + 1, day, 1, None)

    def _changed(self, maker: Maker, events: Sequence[Told], before: int, now: int) -> Iterator[Change]:
        folded, day, month = Folded(), 0, _month_of(events[0], self._days)
        for one in events[:before]:
            folded.take(one.payload, one.at, one.actor, one.role)
            day = max(day, self._days.of(one.recorded))
        held = maker.facts(folded) if before else {}
        id_ = events[0].payload["id"]
        for n in range(before, now):
            one = events[n]
            folded.take(one.payload, one.at, one.actor, one.role)
            day = max(day, self._days.of(one.recorded))
            if n + 1 < now and self._days.of(events[n + 1].recorded) <= day:
                continue
            holds = maker.facts(folded)
            for key, values in held.items():
                if holds.get(key) != values:
                    yield key[0], month, (*values, id_, key[1], n + 1, day, -1, None)
            for key, values in holds.items():
                if held.get(key) != values:
                    yield key[0], month, (*values, id_, key[1], n + 1, day, 1, None)
            held = holds


def _ended(one: Told) -> tuple[str | None, bool | None]:
    """The clock that an event brought to its end, and whether that was late; of several a late one."""
    found = [
        (run["stopped_at"] > run["due"], name)
        for name, run in (one.payload.get("clocks") or {}).items()
        if run["state"] == "stopped" and run["stopped_at"] == one.at
    ]
    late, name = max(found, default=(None, None))
    return name, late


def settled(changes: Iterable[Change]) -> Iterator[Change]:
    """All changes of one stream from its beginning, each fact once, with the day on which it ended if it did."""
    held: dict[tuple[str, str, str], Change] = {}
    for table, month, row in changes:
        key = table, row[-6], row[-5]
        if row[-2] > 0:
            held[key] = table, month, row
            continue
        before = held.pop(key)[2]
        if before[-3] < row[-3]:
            yield table, month, (*before[:-1], row[-3])
    yield from held.values()


def _sort_of(first: Mapping[str, Any]) -> str:
    subject = first.get("subject")
    kind = _KIND_OF_SUBJECT.get(str(subject))
    return f"{kind}.{first['procedure']}" if kind else f"subject.{subject}"


def _month_of(first: Told, days: Days) -> int:
    """Where a thing's facts are kept: the month of an entry's day, which never changes, or of a thing's beginning."""
    day = (first.payload.get("set") or {}).get("day") if first.payload.get("subject") == "entry" else None
    if isinstance(day, str):
        return int(day[:4]) * 12 + int(day[5:7]) - 1
    return days.month(days.of(first.at))
