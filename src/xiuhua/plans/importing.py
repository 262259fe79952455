"""Brings a roster in from a table: columns by their titles, people, shifts and places by code or name."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any, Final, Literal

from ruamel.yaml import YAML

from xiuhua.plans.duty import Put, Rosters
from xiuhua.plans.model import Declared
from xiuhua.plans.service import Plans
from xiuhua.platform.database import Database, Tx
from xiuhua.platform.errors import Invalid
from xiuhua.platform.identity.model import Actor
from xiuhua.platform.tables import titles
from xiuhua.platform.tables.cells import Cell, content, moment, one_line
from xiuhua.platform.tables.readers import heads, open_table, titles_in
from xiuhua.platform.tables.rejects import RejectedRows
from xiuhua.platform.tables.rows import Row
from xiuhua.platform.tables.texts import Fault, Unreadable

_NEEDED: Final = {"person", "day"}
_BATCH: Final = 1000


@dataclass(frozen=True, slots=True)
class Columns:
    """Which column holds what; a layout that `platform.tables.readers` opens files by."""

    of: Mapping[str, str]
    sheet: str | int | None = None
    header: Literal["find"] | int = "find"
    encoding: str = "auto"
    separator: str = "auto"

    def titles(self) -> list[str]:
        """Every column that the file must have."""
        return list(dict.fromkeys(self.of.values()))


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of every row."""

    new: int
    unchanged: int
    rejected: int
    rejected_path: Path | None


def run(
    database: Database, plans: Plans, rosters: Rosters, actor: Actor, plan: str, path: Path, lang: str,
    rejected: Path | None = None,
) -> Outcome:  # fmt: skip
    """Import one file, batch by batch. Raises `Invalid` before anything is written when columns are missing."""
    counts = Counter[str]()
    with database.reading() as tx:
        reader = _Reader(tx, plans, actor.city, rosters.roster(tx, actor.city, plan))
    columns = layout(path)
    with open_table(path, columns) as table:
        at = {name: table.header.index(title) for name, title in columns.of.items()}
        out = RejectedRows(path, table.header, lang, rejected)
        try:
            batch: list[tuple[Row, dict[str, Any] | list[Fault]]] = []
            for row in table.rows():
                batch.append((row, reader.read(row, at, table.header)))
                if len(batch) >= _BATCH:
                    _take(database, rosters, actor, plan, batch, columns, out, counts)
                    batch = []
            _take(database, rosters, actor, plan, batch, columns, out, counts)
            kept_in = out.finish()
        finally:
            out.discard()
    return Outcome(counts["new"], counts["unchanged"], counts["rejected"], kept_in)


def layout(path: Path) -> Columns:
    """Which column holds what, by the row of titles that knows most. Raises `Invalid` without person and day."""
    known = {titles.key(one): name for name, all_ in _words()["columns"].items() for one in all_}
    best: dict[str, str] = {}
    for _, rows in heads(path):
        for row in rows:
            found: dict[str, str] = {}
            for title in titles_in(row):
                if (name := known.get(titles.key(title).lower()) or known.get(titles.key(title))) is not None:
                    found.setdefault(name, title)
            if len(found) > len(best) and set(found) >= _NEEDED:
                best = found
    if not best:
        told = [" / ".join(_words()["columns"][name]) for name in sorted(_NEEDED)]
        raise Invalid(errors=[{"file": path.name, "row": 0, "field": one, "why": f"no column {one}"} for one in told])
    return Columns(best)


class _Reader:
    """Cells of a row as `Rosters.put_many` takes them."""

    def __init__(self, tx: Tx, plans: Plans, city: str, declared: Declared) -> None:
        place = plans.city(tx, city)
        self._zone = place.zone
        people = place.directory().people.values()
        keys = plans.keys(tx, place, declared, {}) if declared.plan.per else []
        self._codes = {
            "person": _by_name([(one.code, one.name) for one in people]),
            "place": _by_name([(one.code, one.title) for one in keys]),
            "shift": {
                spelling: name
                for name, one in declared.plan.shifts.items()
                for spelling in (name, one.title.zh, one.title.en)
            },
        }

    def read(self, row: Row, at: Mapping[str, int], header: tuple[str, ...]) -> dict[str, Any] | list[Fault]:
        """Values by field, or what cannot be read."""
        faults, found = list(row.faults), dict[str, Any]()
        for name, position in at.items():
            try:
                found[name] = self._value(name, row.cells[position])
            except Unreadable as error:
                faults.append(Fault(header[position], error.code, str(error), str(error)))
        return faults or found

    def _value(self, name: str, cell: Cell) -> str | None:
        if name == "day":
            if isinstance(cell, date) and not isinstance(cell, datetime):
                return cell.isoformat()
            return moment(cell, self._zone)[0].astimezone(self._zone).date().isoformat() if cell != "" else None
        if name in ("begins", "ends"):
            return _clock(cell)
        text = one_line(content(cell))
        return self._codes[name].get(text, text) or None


def _clock(cell: Cell) -> str | None:
    """A time of day as `06:00`, however a spreadsheet keeps it."""
    if isinstance(cell, datetime):
        return f"{cell:%H:%M}"
    if isinstance(cell, time):
        return f"{cell:%H:%M}"
    if isinstance(cell, timedelta):
        return f"{cell.seconds // 3600:02}:{cell.seconds // 60 % 60:02}"
    if isinstance(cell, float):
        minutes = round(cell * 1440) % 1440
        return f"{minutes // 60:02}:{minutes % 60:02}"
    text = one_line(content(cell)).replace("：", ":")
    hour, _, minute = text.partition(":")
    return f"{int(hour) % 24:02}:{minute[:2]}" if hour.isdigit() and minute[:2].isdigit() else text or None


def _by_name(things: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Code by code, and by names that one thing alone has."""
    listed = list(things)
    times = Counter(name for _, name in listed)
    return {name: code for code, name in listed if times[name] == 1} | {code: code for code, _ in listed}


def _take(
    database: Database, rosters: Rosters, actor: Actor, plan: str,
    batch: list[tuple[Row, dict[str, Any] | list[Fault]]], columns: Columns, out: RejectedRows, counts: Counter[str],
) -> None:  # fmt: skip
    good = [given for _, given in batch if isinstance(given, dict)]
    answers: list[Put] = []
    if good:
        with database.transaction() as tx:
            answers = rosters.put_many(tx, actor, plan, good)
    told = iter(answers)
    for row, given in batch:
        if isinstance(given, dict):
            answer = next(told)
            status = answer.status
            faults = [Fault(columns.of.get(one["field"], one["field"]), "service", one["why"], one["why"])
                      for one in answer.problems]  # fmt: skip
        else:
            status, faults = "rejected", given
        counts[status] += 1
        if faults:
            out.add(row.number, row.cells, faults)


@cache
def _words() -> dict[str, Any]:
    text = files("xiuhua.plans").joinpath("words.yaml").read_text(encoding="utf-8")
    found: dict[str, Any] = YAML(typ="safe", pure=True).load(text)
    return found
