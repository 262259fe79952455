"""Rules at work: the log is read once, dates are looked at once a day, and what is raised waits for a person."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import Any, Final
from zoneinfo import ZoneInfo

import orjson

from xiuhua.city.compiled import CityReader
from xiuhua.city.units import turns
from xiuhua.flow import fields
from xiuhua.flow.held import demand_version, of
from xiuhua.flow.model import State
from xiuhua.packs import service as packs
from xiuhua.packs.common import FieldSpec
from xiuhua.platform import eventlog
from xiuhua.platform.database import Database, Tx
from xiuhua.platform.errors import Invalid, NotFound
from xiuhua.platform.eventlog import Event, NewEvent, Position
from xiuhua.platform.identity.model import Actor
from xiuhua.platform.identity.permissions import role_for
from xiuhua.platform.revision import Memory as Compiled
from xiuhua.platform.sql import queries
from xiuhua.platform.wording import Wrong
from xiuhua.records.service import Records
from xiuhua.rules import deciding, model, raising, watching
from xiuhua.rules.deciding import FIGURE_TOLD
from xiuhua.rules.model import Known, Memory, Occurrence
from xiuhua.rules.raising import Opens, Raised
from xiuhua.rules.watching import Subjects, Watched

BATCH: Final = 500
"""Events, or records, of one transaction."""
MOST_TRIED: Final = 100_000
"""Events, or records times days, of one dry run."""
_SAMPLES: Final = 20
_DECIMAL: Final = fields.reader(FieldSpec(type="decimal"))
Looked = tuple[Known, Occurrence]


@dataclass(slots=True)
class Tried:
    """What a dry run came to."""

    looked_at: int = 0
    held: int = 0
    unclear: int = 0
    """A value was missing, so that it cannot be told whether it holds."""
    raised: int = 0
    whole: bool = True
    """False: there was more than a dry run looks at."""
    samples: list[dict[str, Any]] = field(default_factory=list)
    """The first that it would have raised: `at`, `key`, `about`, `values`."""


class Rules:
    """The rules of one process' cities."""

    def __init__(
        self, cities: CityReader, memory: Compiled, records: Records, opens: Opens = raising.opens_nothing
    ) -> None:
        self._cities, self._memory, self._records, self._opens = cities, memory, records, opens

    def known(self, tx: Tx, city: str) -> Watched:
        """The rules in force that this room looks after: over events, figures, dates and plans."""
        return self._memory.get(tx, city, packs.RULES, _watched)

    def rule(self, tx: Tx, city: str, name: str) -> Known:
        """One of them. Raises `NotFound`."""
        found = self.known(tx, city).by_name.get(name)
        if found is None:
            raise NotFound(f"no pack with the rule {name} is installed in {city}")
        return found

    # ---- what is told from outside of the log

    def tell_figure(
        self, tx: Tx, actor: Actor, figure: str, every: str, day: date, by: Mapping[str, str], value: str,
        previous: str | None = None,
    ) -> None:  # fmt: skip
        """The value of a figure for the period that a day lies in; may be told again. Raises `Invalid`."""
        rules = self.known(tx, actor.city).by_name.values()
        if not any(one.on.form == "figure" and (one.on.name, one.on.part) == (figure, every) for one in rules):
            raise NotFound(f"no rule looks at the figure {figure} by {every}")
        if model.begin_of(every, day) > self._cities.of(tx, actor.city).today:
            # A rule looks at periods in their order: behind one to come it would wait for that.
            raise Invalid(errors=[{"field": "day", "why": "lies in a period to come"}])
        told = {
            "name": figure, "every": every, "period": model.begin_of(every, day).isoformat(),
            "by": dict(sorted(by.items())), "value": _number("value", value),
            "previous": previous and _number("previous", previous),
        }  # fmt: skip
        stream, moment = f"told/{figure}", datetime.fromtimestamp(int(tx.now.timestamp()), UTC)
        tx.execute(_sql()["lock_told"], {"stream": f"{actor.city}\x1f{stream}"})
        event = NewEvent(stream, FIGURE_TOLD, told, actor.id, role_for(actor, model.TELL), moment)
        eventlog.append(tx, actor.city, [event], eventlog.heads(tx, actor.city, [stream]))

    # ---- the worker

    def turn(self, database: Database) -> int:
        """A batch of everything that is to be looked at in every city; how much that was."""
        return turns.in_each_at_once(database, self.turn_of)

    def turn_of(self, tx: Tx, city: str) -> int:
        """The same in one city, in one transaction; nothing when another worker is at it."""
        position = tx.execute(_sql()["position"], {"city": city}).fetchone()
        if position is None:
            tx.execute(_sql()["begin"], {"city": city, "now": tx.now})
            position = tx.execute(_sql()["position"], {"city": city}).fetchone()
        if position is None:
            return 0
        rules = self.known(tx, city)
        return self._read(tx, city, rules, position) + self._days(tx, city, rules)

    def _read(self, tx: Tx, city: str, rules: Watched, position: Any) -> int:
        events, after = eventlog.read_since(tx, city, Position(position.tx, position.number), BATCH)
        if not events:
            return 0
        types = set(rules.types())
        new = [one for one in events if one.type in types and one.recorded_at >= position.since]
        zone = self._cities.of(tx, city).zone
        self._look(tx, city, list(watching.of_events(rules.by_name.values(), new, Subjects(tx, city), zone)))
        tx.execute(_sql()["move"], {"city": city, "tx": after.tx, "number": after.number})
        return len(events)

    def _days(self, tx: Tx, city: str, rules: Watched) -> int:
        """A batch of the records that each rule over dates has not seen today."""
        dates = rules.dates()
        if not dates:
            return 0
        data = self._cities.of(tx, city)
        now, today = tx.now.astimezone(data.zone), data.today
        come = {row.rule: (row.day, row.after) for row in tx.execute(_sql()["days"], {"city": city})}
        done = 0
        for known in dates:
            day, after = come.get(known.name, (None, None))
            if day == today and after is None:
                continue
            found = watching.records(tx, city, known, (after or "") if day == today else "", BATCH)
            looked = [watching.dated(known, *one, now) for one in found]
            self._look(tx, city, [(known, one) for one in looked if one is not None])
            last = found[-1][0] if len(found) == BATCH else None
            tx.execute(_sql()["put_day"], {"city": city, "rule": known.name, "day": today, "after": last})
            done += len(found)
        return done

    def _look(self, tx: Tx, city: str, looked: Sequence[Looked]) -> None:
        """Let the rules see what happened, remember, and raise."""
        keyed = [(known, model.key_of(known, one), one) for known, one in looked]
        pairs = {"rules": [known.name for known, _, _ in keyed], "keys": [key for _, key, _ in keyed]}
        if not keyed:
            return
        before = {
            (row.rule, row.key): Memory.of(orjson.loads(row.memory))
            for row in tx.execute(_sql()["memories"], {"city": city, **pairs})
        }
        is_open = {(row.rule, row.key) for row in tx.execute(_sql()["open_keys"], {"city": city, **pairs})}
        after, raised = dict(before), list[Raised]()
        for known, key, one in keyed:
            seen = model.step(known, after.get((known.name, key), Memory()), one, model.holds(known, one) is True)
            after[known.name, key] = seen.memory
            if seen.raises and (known.name, key) not in is_open:
                is_open.add((known.name, key))
                raised.append(Raised(known, key, one, seen.values))
        changed = {pair: one for pair, one in after.items() if one != before.get(pair, Memory())}
        if changed:
            names, keys = zip(*changed, strict=True)
            memories = [orjson.dumps(one.to_json()).decode() for one in changed.values()]
            tx.execute(
                _sql()["remember"], {"city": city, "rules": list(names), "keys": list(keys), "memories": memories}
            )
        raising.raise_all(tx, city, self._records, self._opens, self._cities.of(tx, city).directory(), raised)

    # ---- dry runs

    def try_(self, tx: Tx, city: str, name: str, begin: date, end: date) -> Tried:
        """What a rule would have raised from a day to a day, both inclusive; changes nothing.

        One over dates looks at the records as they are now, on each of the days. Each thing counts once, as nobody
        settles anything in a dry run.
        """
        if end < begin or (end - begin).days > 366:
            raise Invalid(errors=[{"field": "to", "why": "lies behind the first day, at most a year"}])
        known, zone, tried = self.rule(tx, city, name), self._cities.of(tx, city).zone, Tried()
        memories: dict[str, Memory] = {}
        open_: set[str] = set()
        for one in self._past(tx, city, known, begin, end, zone, tried):
            tried.looked_at += 1
            is_so, key = model.holds(known, one), model.key_of(known, one)
            tried.held += is_so is True
            tried.unclear += is_so is None
            seen = model.step(known, memories.get(key, Memory()), one, is_so is True)
            memories[key] = seen.memory
            if seen.raises and key not in open_:
                open_.add(key)
                tried.raised += 1
                if len(tried.samples) < _SAMPLES:
                    about = [{"kind": kind, "id": id_} for kind, id_ in one.about]
                    tried.samples.append({"at": one.at, "key": key, "about": about, "values": dict(seen.values)})
        return tried

    def _past(
        self, tx: Tx, city: str, known: Known, begin: date, end: date, zone: ZoneInfo, tried: Tried
    ) -> Iterable[Occurrence]:
        if known.on.form == "date":
            yield from self._past_days(tx, city, known, begin, end, zone, tried)
            return
        asked = {
            "city": city, "types": self.known(tx, city).types(known.name), "limit": MOST_TRIED + 1,
            "begin": datetime(begin.year, begin.month, begin.day, tzinfo=zone),
            "end": datetime(end.year, end.month, end.day, tzinfo=zone) + timedelta(days=1),
        }  # fmt: skip
        rows = tx.execute(_sql()["past"], asked).fetchall()
        tried.whole = len(rows) <= MOST_TRIED
        events = (_event(row) for row in rows[:MOST_TRIED])
        for _, one in watching.of_events([known], events, Subjects(tx, city), zone):
            yield one

    def _past_days(
        self, tx: Tx, city: str, known: Known, begin: date, end: date, zone: ZoneInfo, tried: Tried
    ) -> Iterable[Occurrence]:
        after, days = "", [begin + timedelta(days=n) for n in range((end - begin).days + 1)]
        while found := watching.records(tx, city, known, after, BATCH):
            after = found[-1][0]
            for record in found:
                if tried.looked_at >= MOST_TRIED:
                    tried.whole = False
                    return
                for day in days:
                    now = datetime(day.year, day.month, day.day, 12, tzinfo=zone)
                    one = watching.dated(known, *record, now)
                    if one is not None:
                        yield one

    # ---- findings

    def tells(self, tx: Tx, actor: Actor, state: State) -> bool:
        """Whether a person may be told of what a finding is; not of records that are told as numbers only."""
        known = self.known(tx, actor.city).by_name.get(state["procedure"])
        records = [one["id"] for one in state["data"]["about"] if one["kind"] == "record"]
        of = [one["procedure"] for one in self._records.states(tx, actor.city, records).values()] if records else []
        is_shown = all(self._records.shows(tx, actor, one) for one in of)
        return is_shown and (known is None or self.names(tx, actor, known))

    def names(self, tx: Tx, actor: Actor, known: Known) -> bool:
        """Whether a person may be told of what a rule looks at, thing by thing."""
        return all(self._records.shows(tx, actor, one) for one in _registers(tx, actor.city, known))

    def finding(self, tx: Tx, city: str, id_: str) -> tuple[State, int]:
        """One finding and its version. Raises `NotFound`."""
        row = tx.execute(_sql()["docs"], {"city": city, "ids": [id_]}).fetchone()
        if row is None:
            raise NotFound(f"there is no finding {id_}")
        return orjson.loads(row.doc), row.version

    def page(
        self, tx: Tx, city: str, state: Sequence[str], rule: str | None, roles: Sequence[str] | None,
        after: tuple[datetime, str] | None, limit: int,
    ) -> list[Any]:  # fmt: skip
        """Findings, the newest first."""
        at, id_ = after or (None, None)
        return tx.execute(
            _sql()["page"],
            {
                "city": city, "state": list(state) or None, "rule": rule, "after_at": at, "after_id": id_,
                "roles": None if roles is None else list(roles), "limit": limit,
            },
        ).fetchall()  # fmt: skip

    def counts(self, tx: Tx, city: str) -> dict[str, int]:
        """How many findings of each rule wait."""
        return {row.rule: row.n for row in tx.execute(_sql()["counts"], {"city": city})}

    def act(self, tx: Tx, actor: Actor, id_: str, verb: str, why: str, expect: int | None) -> tuple[State, int]:
        """`take`, `settle` or `dismiss` a finding; the last two with a reason."""
        row = tx.execute(_sql()["load"], {"city": actor.city, "ids": [id_]}).fetchone()
        if row is None:
            raise NotFound(f"there is no finding {id_}")
        held = of(row)
        demand_version(held.head, expect)
        state = held.state
        match verb:
            case "take":
                told = deciding.taken(state, actor.id)
            case "settle":
                told = deciding.settled(state, actor.id, why)
            case _:
                told = deciding.dismissed(state, actor.id, why)
        return raising.write(tx, actor, [(held, told)])[0], held.head.version + 1


def _registers(tx: Tx, city: str, known: Known) -> set[str]:
    """Registers whose records a rule may name: those that it is on, or that what it is on is about."""
    on, found = known.on, set(known.rule.raises.thing)
    for pack in packs.active_packs(tx, city).values():
        found |= {one for one in pack.registers if one in (on.name, on.part)}
        found |= {str(one.of) for name, one in pack.ledgers.items() if name == on.part}
        found |= {str(one.of) for name, one in pack.checklists.items() if name == on.part}
        found |= {str(one.per) for name, one in pack.plans.items() if (on.form, on.name) == ("plan", name)}
    return found


def _watched(tx: Tx, city: str) -> Watched:
    found = packs.active_packs(tx, city).values()
    all_ = watching.watched((name, rule, pack.digest) for pack in found for name, rule in pack.rules.items())
    return Watched({name: one for name, one in all_.by_name.items() if one.on.form not in ("position", "reading")})


def _number(name: str, value: str) -> str:
    try:
        return str(_DECIMAL(value))
    except Wrong as error:
        raise Invalid(errors=[error.at(name)]) from None


def _event(row: Any) -> Event:
    schema, payload = eventlog.upcast(row.type, row.schema, orjson.loads(row.payload))
    return Event(
        row.city, row.stream, row.version, row.type, schema, payload, row.actor, row.role, row.at, row.recorded_at
    )


def _sql() -> dict[str, str]:
    return queries("xiuhua.rules")
