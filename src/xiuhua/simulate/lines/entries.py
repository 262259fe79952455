"""Entries of ledgers: what was done on a day, written down in the evening, days later, or never."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import partial
from typing import Any, Final

from xiuhua.platform.identity.model import Actor
from xiuhua.records.ledgers import model
from xiuhua.records.ledgers.service import Ledgers
from xiuhua.simulate.lines.shape import Entries, Line
from xiuhua.simulate.lines.world import Thing, World

_LATE_DAYS: Final = [1, 4]
_ONE_MISTAKE_IN: Final = 200
Row = dict[str, Any]
Told = tuple[Entries, Row]
"""An entry, and what it follows from."""


@dataclass(frozen=True, slots=True)
class Desk:
    """Where what was done on a day is written down together."""

    ledger: str
    writer: str
    days: int
    """How much later."""
    hours: tuple[int, ...]


class Books:
    """The ledgers of all lines."""

    def __init__(self, world: World, lines: list[Line]) -> None:
        self._world = world
        self._told = [one for line in lines for one in line.entries]
        self._ledgers = world.services.port(Ledgers)

    def day(self, nth: int) -> None:
        """What is done today, and when it is written down: what one desk has for a ledger together."""
        world, desks = self._world, dict[Desk, list[Told]]()
        for told in self._told:
            if not world.falls_on(told.when, nth):
                continue
            if told.store is not None:
                for _ in range(world.times(told.when)):
                    world.plan(world.within(told.when.hours), partial(self._out, told))
            else:
                self._sort(told, desks)
        for desk, rows in desks.items():
            for number, (_, row) in enumerate(rows):
                row["key"] = f"{row['day']}/{desk.writer}/{desk.days}/{desk.hours[0]}/{number}"
            at = world.within(list(desk.hours), desk.days)
            world.plan(at, partial(self._enter, desk, rows))

    def _sort(self, told: Entries, desks: dict[Desk, list[Told]]) -> None:
        """The rows of today to those who write them down, today or days later."""
        world, days = self._world, dict[str | None, int]()
        for row in self._rows(told):
            unit = row.get("of_unit")
            writer = self._writer(unit)
            if writer is None or world.happens(unit, "misses"):
                continue
            if unit not in days:
                late = world.happens(unit, "enters_late")
                days[unit] = world.chance.randint(*_LATE_DAYS) if late else 0
            desk = Desk(told.ledger, writer.id, days[unit], tuple(told.when.hours))
            desks.setdefault(desk, []).append((told, row))

    def _rows(self, told: Entries) -> Iterator[Row]:
        """What was done on this day."""
        for about in self._about(told):
            for _ in range(self._times(told, about)):
                yield self._row(told, about)

    def _about(self, told: Entries) -> list[Thing | str | None]:
        """The things or areas that it is done to."""
        world = self._world
        if told.of is not None:
            found: list[Any] = list(world.things[told.of].values())
        elif told.per is not None:
            found = [one.code for one in world.view.areas.areas(told.per)]
        else:
            return [None]
        return [one for one in found if world.likely(told.share)]

    def _times(self, told: Entries, about: Thing | str | None) -> int:
        if told.times_by is not None and isinstance(about, Thing):
            return told.times_by.of.get(str(about.data.get(told.times_by.field)), 1)
        return self._world.times(told.when)

    def _row(self, told: Entries, about: Thing | str | None) -> Row:
        world = self._world
        thing = about if isinstance(about, Thing) else None
        names = {"own": thing.data if thing else {}, "thing": thing.key if thing else about}
        row: Row = {
            "day": world.day.isoformat(), "quantity": world.drawn(told.quantity, **names),
            **world.fields(told.fields, **names),
        }  # fmt: skip
        if thing is not None:
            row["thing"] = thing.key
        unit = world.drawn(told.unit, **names) or (thing.unit if thing else None)
        if unit is not None:
            row["of_unit"] = unit
        if isinstance(about, str):
            lon, lat = world.near(world.view.areas.area(about).point())
            row["place"] = {"lon": lon, "lat": lat}
        elif told.place:
            row["place"] = world.drawn({"place": True})
        return row

    def _writer(self, unit: str | None) -> Actor | None:
        return self._world.officer(unit) or self._world.anyone("supervisor")

    def _enter(self, desk: Desk, rows: list[Told]) -> None:
        world, writer = self._world, self._world.actor(desk.writer)
        done = self._ledgers.put_many(world.tx, writer, desk.ledger, [row for _, row in rows])
        for (told, row), put in zip(rows, done, strict=True):
            if put.status == "rejected":
                world.refused[f"{desk.ledger}: {put.problems}"] += 1
            elif put.status == "new" and put.id is not None:
                world.done["entry"] += 1
                if world.chance.randrange(_ONE_MISTAKE_IN) == 0:
                    quantity = world.drawn(told.quantity, thing=row.get("thing"))
                    world.plan(world.within([9, 11], 1), partial(self._counter, writer.id, put.id, quantity))

    def _counter(self, writer: str, entry: str, quantity: Any) -> None:
        """A quantity was written down wrongly."""
        world = self._world
        why, instead = world.words("mistake"), {"quantity": quantity}
        self._ledgers.counter(world.tx, world.actor(writer), entry, why, instead)
        world.done["entry countered"] += 1

    def _out(self, told: Entries) -> None:
        """Something goes out of a store, which is filled up first when it holds too little."""
        world, ledger = self._world, self._ledgers.ledger(self._world.tx, self._world.city, told.ledger)
        thing, store = world.some(told.of) if told.of else None, told.store
        row = self._row(told, thing)
        writer = self._writer(row.get("of_unit"))
        if store is None or writer is None or (told.of and thing is None):
            return
        name = model.store(ledger, {**row, "thing": thing.id if thing else None})
        today: date = world.day
        left = self._ledgers.balance(world.tx, world.city, ledger, str(name), today) - Decimal(str(row["quantity"]))
        out = {**row, "quantity": f"-{row['quantity']}"}
        rows = [out] if left >= store.least else [{**row, "quantity": store.filled}, out]
        for one in rows:
            self._ledgers.enter(world.tx, writer, told.ledger, one)
            world.done["entry"] += 1
