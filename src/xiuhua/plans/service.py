"""What can be done with plans: what is expected and done, targets, parts, and telling what was missed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from itertools import islice
from typing import Any, Final

import numpy as np
import orjson

from xiuhua.city.compiled import CityData, CityReader
from xiuhua.city.units import turns
from xiuhua.flow.held import Held, demand_version
from xiuhua.flow.model import State
from xiuhua.packs import service as packs
from xiuhua.packs.kinds import CasesCounted
from xiuhua.plans import deciding, keeping, model
from xiuhua.plans.doing import Asked, Calendar, Doing, Due, Item, Sources, Span
from xiuhua.plans.keeping import CAMPAIGN, PLAN, RESULT
from xiuhua.plans.model import KEEP, READ, Declared
from xiuhua.plans.periods import Period
from xiuhua.plans.progress import Cell, Done, Key, Sum, cells, total
from xiuhua.platform import edges
from xiuhua.platform.database import Database, Tx
from xiuhua.platform.errors import ConditionUnmet, Invalid, NotFound
from xiuhua.platform.eventlog import Head
from xiuhua.platform.identity.model import Actor, system
from xiuhua.platform.media.uses import Named
from xiuhua.platform.revision import Memory
from xiuhua.platform.sql import queries
from xiuhua.records import model as records

MOST_CELLS: Final = 200_000
"""Keys times periods that one question works out."""
_PERIODS_A_TURN: Final = 31
"""Periods of a plan that are told in one transaction."""
_WORK_CALENDAR: Final = "unit_officer"
"""The role whose calendar tells the days of work."""


@dataclass(frozen=True, slots=True)
class Progress:
    """A plan over some days."""

    declared: Declared
    first: date
    last: date
    total: Sum
    cells: tuple[Cell, ...]
    unmeasured: tuple[str, ...]
    """Kinds of `done_by` that nothing here can measure: what they would tell is missing in all figures."""


class Plans:
    """The plans of one process' cities."""

    def __init__(
        self, cities: CityReader, memory: Memory, sources: Sources, calendars: Sequence[Calendar] = ()
    ) -> None:  # fmt: skip
        """`sources` by kind of `done_by`; `calendars`: what other rooms have due."""
        self._cities, self._memory = cities, memory
        self.sources, self._calendars = sources, tuple(calendars)

    def city(self, tx: Tx, city: str) -> CityData:
        """The reference data of a city."""
        return self._cities.of(tx, city)

    def sees_media(self, tx: Tx, actor: Actor, named: Sequence[Named]) -> bool:
        """The port that media ask: proofs and photos of campaigns are seen by whoever reads plans."""
        return actor.may(READ) and any(one.kind in (CAMPAIGN, RESULT) for one in named)

    # ---- what is declared

    def declared(self, tx: Tx, city: str) -> dict[str, Declared]:
        """The plans in force by name."""
        return self._memory.get(tx, city, packs.PLANS, _declared)

    def plan(self, tx: Tx, city: str, name: str) -> Declared:
        """One of them. Raises `NotFound`."""
        found = self.declared(tx, city).get(name)
        if found is None:
            raise NotFound(f"no pack with the plan {name} is installed in {city}")
        return found

    def titles(self, tx: Tx, city: str) -> dict[str, dict[str, dict[str, str]]]:
        """What is declared in the packs in force is called, by its kind there and its name."""
        declared: dict[str, dict[str, dict[str, str]]] = {}
        for pack in packs.active_packs(tx, city).values():
            of_kind: dict[str, Mapping[str, Any]] = {
                "plans": pack.plans, "registers": pack.registers, "procedures": pack.procedures,
                "checklists": pack.checklists, "documents": pack.documents,
            }  # fmt: skip
            for kind, found in of_kind.items():
                declared.setdefault(kind, {}).update({name: one.title.model_dump() for name, one in found.items()})
        return declared

    def told_figures(self, tx: Tx, city: str) -> set[str]:
        """The indicators in force whose values others tell."""
        found = packs.active_packs(tx, city).values()
        return {name for pack in found for name, one in pack.indicators.items() if one.told}

    def states(self, tx: Tx, city: str) -> dict[str, tuple[State, int]]:
        """What is kept of the plans in use: state and version by name."""
        return {
            row.id: (orjson.loads(row.doc), row.version) for row in tx.execute(_sql()["plans"], {"city": city})
        }  # fmt: skip

    # ---- expected and done

    def progress(
        self, tx: Tx, city: str, declared: Declared, first: date | None = None, last: date | None = None,
        key: str | None = None, data: Mapping[str, Any] | None = None,
    ) -> Progress:  # fmt: skip
        """A plan over some days; without them over the running year, or four weeks of what comes round more often.

        Whole periods: the first and last are those that these days lie in. Raises `Invalid` for too many cells.
        """
        place, every = self.city(tx, city), declared.every
        if data is None:
            data = self.states(tx, city).get(declared.name, ({"data": {}}, 0))[0]["data"]
        if every is None:
            return Progress(declared, place.today, place.today, total([]), (), ())
        if last is None:
            last = place.today
        if first is None:
            first = last - timedelta(days=27) if every.unit in ("day", "week") else date(last.year, 1, 1)
        if last < first:
            raise Invalid(errors=[{"field": "to", "why": "lies before the first day"}])
        if (last - first).days > 4000:
            raise Invalid(errors=[{"field": "from", "why": "is more than ten years before the last day"}])
        keys = [one for one in self.keys(tx, place, declared, data) if key is None or one.code == key]
        periods = list(islice(every.within(first, last), MOST_CELLS + 1))
        if len(periods) * max(len(keys), 1) > MOST_CELLS:
            raise Invalid(errors=[{"field": "from", "why": "too many periods and keys: ask for fewer days"}])
        done, unmeasured = self._done(tx, place, declared, periods)
        chosen = done if key is None else [one for one in done if one.key == key]
        work_days = self._work_days(place, periods[0].first, periods[-1].last) if declared.plan.work_days else None
        frame = model.frame(declared, data.get("targets", ()), place.today, work_days)
        found = tuple(cells(keys, periods, chosen, frame))
        return Progress(declared, periods[0].first, periods[-1].last, total(found), found, unmeasured)

    def hidden(self, tx: Tx, actor: Actor) -> tuple[str, ...]:
        """The registers of whose records this person is only told how many there are."""
        if actor.may(records.KEEP):
            return ()
        found = packs.active_packs(tx, actor.city).values()
        registers = {name: one for pack in found for name, one in pack.registers.items()}
        return tuple(name for name, one in registers.items() if one.sensitivity == "counts_only")

    def items(
        self, tx: Tx, actor: Actor, declared: Declared, first: date, last: date, key: str | None, limit: int
    ) -> list[Item]:
        """What was done, one by one, the newest first; nothing of what is told as numbers only."""
        city, hidden = actor.city, self.hidden(tx, actor)
        if declared.plan.per in hidden:
            return []
        place, found = self.city(tx, city), list[Item]()
        for kind, name in declared.plan.done_by.items():
            asked = replace(self._asked(tx, place, declared, kind, name, first, last), hidden=hidden)
            if (source := self._measuring(kind, asked)) is not None:
                some = source.items(tx, city, asked, key, limit)
                found += (replace(one, quantity=declared.measured(one.quantity)) for one in some)
        return sorted(found, key=lambda one: (one.day, one.id), reverse=True)[:limit]

    def keys(self, tx: Tx, place: CityData, declared: Declared, data: Mapping[str, Any]) -> list[Key]:
        """What a plan expects something of, as of today."""
        per, plan = declared.plan.per, declared.plan
        named = dict.fromkeys(code for version in data.get("targets", ()) for code in version.get("of") or ())
        if per is None:
            return [model.WHOLE]
        if per in ("unit", "person"):
            directory = place.directory()
            if not named and per == "unit":
                named = {one.code: None for one in directory.units.values() if one.parent in directory.units}
            titles: Mapping[str, Any] = directory.units if per == "unit" else directory.people
            return [Key(code, titles[code].name if code in titles else code) for code in named]
        if self._is_register(tx, place.city, per):
            asked = {"city": place.city, "register": per, "states": list(plan.states), "limit": MOST_CELLS + 1}
            rows = tx.execute(_sql()["keys_of_register"], asked).fetchall()
            if len(rows) > MOST_CELLS:
                raise ConditionUnmet(f"the plan is for more than {MOST_CELLS:,} things")
            return [
                Key(row.key, row.called, row.opened_at.astimezone(place.zone).date(), row.data or {}) for row in rows
            ]  # fmt: skip
        return [Key(one.code, one.name) for one in place.areas().areas(per)]

    def _done(
        self, tx: Tx, place: CityData, declared: Declared, periods: Sequence[Period]
    ) -> tuple[list[Done], tuple[str, ...]]:
        found: list[Done] = []
        missing: list[str] = []
        for kind, name in declared.plan.done_by.items():
            asked = self._asked(tx, place, declared, kind, name, periods[0].first, periods[-1].last)
            source = self._measuring(kind, asked)
            if source is None:
                missing.append(kind)
            else:
                rows = source.done(tx, place.city, asked)
                found += (replace(one, quantity=declared.measured(one.quantity)) for one in rows)
        return found, tuple(missing)

    def unmeasured(self, tx: Tx, city: str, declared: Declared) -> tuple[str, ...]:
        """Kinds of `done_by` that nothing here can measure."""
        place = self.city(tx, city)
        asked = {
            kind: self._asked(tx, place, declared, kind, name, place.today, place.today)
            for kind, name in declared.plan.done_by.items()
        }
        return tuple(kind for kind, one in asked.items() if self._measuring(kind, one) is None)

    def _measuring(self, kind: str, asked: Asked) -> Doing | None:
        source = self.sources.get(kind)
        return source if source is not None and source.measures(asked.per) else None

    def _asked(
        self, tx: Tx, place: CityData, declared: Declared, kind: str, name: str, first: date, last: date
    ) -> Asked:
        plan, per = declared.plan, declared.plan.per
        cases = plan.cases or CasesCounted()
        asked = Asked(
            () if kind == "case" and self._alone(tx, place.city, name) else (name,), first, last, str(place.zone),
            per, at=cases.at, category=(cases.category,) if kind == "case" and cases.category else (),
        )  # fmt: skip
        if per is None or per == "unit":
            return asked
        naming = declared.naming(kind)
        if per == "person":
            return replace(asked, facets=naming)
        if self._is_register(tx, place.city, per):
            return replace(asked, per="facet" if naming else "record", facets=naming)
        return replace(asked, per="area", areas=tuple(one.code for one in place.areas().areas(per)))

    def _alone(self, tx: Tx, city: str, procedure: str) -> bool:
        """Whether all cases are under one procedure: then nothing need be asked of each."""
        found = [name for name, (_, one) in packs.active_procedures(tx, city).items() if one.subject == "case"]
        return found == [procedure]

    def _is_register(self, tx: Tx, city: str, name: str) -> bool:
        return any(name in one.registers for one in packs.active_packs(tx, city).values())

    def _work_days(self, place: CityData, first: date, last: date) -> frozenset[date]:
        """The days on which somebody works."""
        calendar = place.calendars.of_role(_WORK_CALENDAR)
        days = list(Period("", first, last).days())
        starts = np.array([_midnight(place, day) for day in [*days, last + timedelta(days=1)]], dtype=np.int64)
        worked = calendar.worked(starts[:-1], starts[1:])
        return frozenset(day for day, seconds in zip(days, worked.tolist(), strict=True) if seconds > 0)

    # ---- what people say of them

    def set_target(
        self, tx: Tx, actor: Actor, name: str, given: Mapping[str, Any], expect: int | None = None
    ) -> tuple[State, int]:
        """Another target or frequency from a day on (without one from the period that runs). Raises `Invalid`."""
        declared, held = self._held(tx, actor.city, name, expect)
        place = self.city(tx, actor.city)
        since = given.get("from") or (declared.every.at(place.today).first if declared.every else place.today)
        known = {one.code for one in self.keys(tx, place, declared, {})} if declared.plan.per else set()
        if declared.plan.per == "person":
            known = set(place.directory().people)
        wrong = [code for code in given.get("of") or () if code not in known]
        if wrong and declared.plan.per is not None:
            raise Invalid(errors=[{"field": f"of.{code}", "why": "is not planned for"} for code in wrong[:50]])
        version = {
            "from": since.isoformat(), "target": _text(given.get("target")), "times": given.get("times"),
            "of": {code: _text(value) for code, value in given["of"].items()} if given.get("of") else None,
            "why": given.get("why") or "", "by": actor.id,
        }  # fmt: skip
        told = [deciding.target_set(declared, version)]
        return self._write(tx, actor, declared, held, place, told)

    def move_part(
        self, tx: Tx, actor: Actor, name: str, part: str, share: Decimal, note: str, expect: int | None = None
    ) -> tuple[State, int]:
        """How far a part of a task tree is, in percent."""
        declared, held = self._held(tx, actor.city, name, expect)
        place = self.city(tx, actor.city)
        state = held.state if held else {"data": {"parts": {}}}
        told = deciding.part_moved(declared, state, part, share, note, actor.id, int(tx.now.timestamp()))
        return self._write(tx, actor, declared, held, place, [told])

    def _held(self, tx: Tx, city: str, name: str, expect: int | None) -> tuple[Declared, Held | None]:
        declared = self.plan(tx, city, name)
        held = keeping.lock(tx, city, PLAN, [name]).get(name)
        demand_version(held.head if held else Head(), expect)
        return declared, held

    def _write(
        self, tx: Tx, actor: Actor, declared: Declared, held: Held | None, place: CityData,
        told: Sequence[deciding.Told],
    ) -> tuple[State, int]:  # fmt: skip
        first = [] if held else [deciding.begun(declared, place.today)]
        [done] = keeping.write(tx, actor, KEEP, [(held, [*first, *told])])
        return done

    # ---- telling what was missed

    def tell(self, tx: Tx, city: str, declared: Declared) -> int:
        """Tell the periods that are over, the oldest first, each once; how many. A new plan begins today.

        Nothing is told of a plan that cannot be measured: that would be false.
        """
        actor, place = system(city), self.city(tx, city)
        held = keeping.lock(tx, city, PLAN, [declared.name]).get(declared.name)
        if held is None:
            self._write(tx, actor, declared, None, place, [])
            return 0
        if self.unmeasured(tx, city, declared):
            return 0
        periods = list(islice(model.to_tell(declared, held.state["data"], place.today), _PERIODS_A_TURN))
        told: list[deciding.Told] = []
        for period in periods:
            found = self.progress(tx, city, declared, period.first, period.last, data=held.state["data"])
            told += deciding.period_ended(period, declared.plan.per, found.cells)
        if told:
            keeping.write(tx, actor, KEEP, [(held, told)])
        return len(periods)

    def turn(self, database: Database) -> int:
        """A round of the worker: every plan of every city, each in a transaction of its own."""

        def one(city: str) -> int:
            with database.reading() as tx:
                known = self.declared(tx, city)

            def tell(name: str) -> int:
                with database.transaction() as tx:
                    return self.tell(tx, city, known[name])

            return edges.each(known, tell, f"{city}: plan")

        return turns.in_each(database, one)

    # ---- what is due

    def due(self, tx: Tx, city: str, wanted: Span) -> list[Due]:
        """Everything that is due in some days, by day: plans here, the rest from other rooms."""
        if not 0 <= (wanted.last - wanted.first).days <= 62:
            raise Invalid(errors=[{"field": "to", "why": "is at most 62 days after the first"}])
        found = [one for calendar in self._calendars for one in calendar.due(tx, city, wanted)]
        if wanted.unit is None and wanted.area is None:
            found += self._plans_due(tx, city, wanted)
        return sorted(found, key=lambda one: (one.day, one.kind, one.at or 0, one.title, one.unit or ""))

    def _plans_due(self, tx: Tx, city: str, wanted: Span) -> Iterable[Due]:
        states, today = self.states(tx, city), self.city(tx, city).today
        for name, declared in self.declared(tx, city).items():
            data = states.get(name, ({"data": {}}, 0))[0]["data"]
            if declared.every is not None and not (declared.every.unit == "day" and declared.every.count == 1):
                for period in declared.every.within(wanted.first, wanted.last):
                    if wanted.first <= period.last <= wanted.last:
                        found = self.progress(tx, city, declared, period.first, period.last, data=data)
                        lacking = sum(1 for one in found.cells if one.expected and one.standing not in ("done", "late"))
                        if lacking:
                            late = period.last < today
                            yield Due("plan", period.last, period.name, lacking, late, of=name, path=f"/plans/{name}")
            for part, one in declared.plan.parts.items():
                for year in {wanted.first.year, wanted.last.year} if one.due else ():
                    day = _day(year, one.due or "")
                    share = Decimal(data.get("parts", {}).get(part, {}).get("share", 0))
                    if wanted.first <= day <= wanted.last and one.plan is None and share < 100:
                        yield Due("part", day, part, 1, day < today, of=name, path=f"/plans/{name}")


def _day(year: int, text: str) -> date:
    """A month and day of a year; 29 February is the 28th where there is none."""
    month, day = map(int, text.split("-"))
    try:
        return date(year, month, day)
    except ValueError:
        return date(year, month, day - 1)


def _midnight(place: CityData, day: date) -> int:
    return int(datetime.combine(day, time(), place.zone).timestamp())


def _text(value: Decimal | None) -> str | None:
    return None if value is None else str(value)


def _declared(tx: Tx, city: str) -> dict[str, Declared]:
    found = packs.active_packs(tx, city).values()
    ledgers = {name: one for pack in found for name, one in pack.ledgers.items()}
    procedures = {name: one for pack in found for name, one in pack.procedures.items()}
    return {
        name: Declared(
            name,
            pack.digest,
            plan,
            ledgers.get(plan.done_by.get("ledger", "")),
            procedures.get(plan.done_by.get("proceeding", "")),
        )
        for pack in found
        for name, plan in pack.plans.items()
    }


def _sql() -> dict[str, str]:
    return queries("xiuhua.plans")
