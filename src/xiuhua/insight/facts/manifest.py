"""The manifest: which files of facts there are, how far the export has come. One transaction moves both."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from xiuhua.platform.database import Tx
from xiuhua.platform.errors import Conflict
from xiuhua.platform.eventlog import Position
from xiuhua.platform.sql import queries, rows_as_json

if TYPE_CHECKING:
    from xiuhua.insight.facts.files import Made

_COLUMNS = ("id", "tbl", "month", "kind", "rows", "bytes", "digest", "known_from", "known_to", "days")


@dataclass(frozen=True, slots=True)
class File:
    """A file that counts."""

    id: str
    table: str
    month: int
    kind: str
    """`delta`, `current` or `past`."""
    rows: int
    size: int
    """Bytes."""
    digest: bytes
    known_from: date
    known_to: date
    days: Mapping[str, tuple[date, date]]
    made_at: datetime

    def may_hold(self, column: str | None, first: date, last: date) -> bool:
        """Whether a row of it can have a day between two (both inclusive) in a column of days."""
        if column is None:
            return True
        span = self.days.get(column)
        return span is not None and span[0] <= last and first <= span[1]


@dataclass(frozen=True, slots=True)
class Reached:
    """How far the export of a city has come."""

    store: str
    position: Position
    events: int
    moved_at: datetime


def reached(tx: Tx, city: str) -> Reached | None:
    """How far; None: it has not begun."""
    row = tx.execute(_sql()["position"], {"city": city}).fetchone()
    return None if row is None else Reached(row.store, Position(row.tx, row.number), row.events, row.moved_at)


def files(tx: Tx, city: str, tables: Sequence[str] | None = None) -> list[File]:
    """The files that count, by table, month and kind."""
    rows = tx.execute(_sql()["files"], {"city": city, "tables": None if tables is None else list(tables)})
    return [
        File(
            row.id, row.tbl, row.month, row.kind, row.rows, row.bytes, bytes(row.digest), row.known_from, row.known_to,
            {name: (date.fromisoformat(one[0]), date.fromisoformat(one[1])) for name, one in row.days.items()},
            row.made_at,
        )
        for row in rows
    ]  # fmt: skip


def begin(
    tx: Tx, city: str, store: str, before: Reached | None, to: Position, events: int, made: Iterable[Made]
) -> None:
    """All of a city's facts anew, in place of whatever there was. Raises `Conflict` when another export was quicker."""
    tx.execute(_sql()["drop_all"], {"city": city, "now": tx.now})
    if before is None:
        values = {"city": city, "store": store, "tx": to.tx, "number": to.number, "events": events, "now": tx.now}
        _demand(tx.execute(_sql()["begin"], values).rowcount)
    else:
        tx.execute(_sql()["again"], {"city": city})
        _move(tx, city, store, before, to, events)
    _add(tx, city, made)


def go_on(tx: Tx, city: str, before: Reached, to: Position, events: int, made: Iterable[Made]) -> None:
    """What is new of a city. Raises `Conflict` when another export was quicker."""
    _move(tx, city, before.store, before, to, events)
    _add(tx, city, made)


def replace(tx: Tx, city: str, store: str, old: Iterable[File], made: Sequence[Made]) -> None:
    """Files that say the same in another way. Raises `Conflict` when one of the old ones counts no more."""
    row = tx.execute(_sql()["hold"], {"city": city}).fetchone()
    new = {one.id for one in made}
    gone = [one.id for one in old if one.id not in new]
    _demand(int(row is not None and row.store == store))
    _demand(int(tx.execute(_sql()["drop"], {"city": city, "ids": gone, "now": tx.now}).rowcount == len(gone)))
    _add(tx, city, made)


def rollups(tx: Tx, city: str) -> dict[tuple[str, str], str]:
    """The roll-ups of a city: (file, digest of what is added up) → id."""
    return {(row.file, row.measures): row.id for row in tx.execute(_sql()["rollups"], {"city": city})}


def add_rollup(tx: Tx, city: str, id_: str, file: File, measures: str) -> None:
    """One more; nothing where its file counts no more."""
    tx.execute(_sql()["add_rollup"], {"city": city, "id": id_, "file": file.id, "measures": measures})


def may_go(tx: Tx, city: str, before: datetime) -> list[tuple[str, str, int]]:
    """Files that something took the place of before a moment: id, table, month."""
    rows = tx.execute(_sql()["dropped"], {"city": city, "before": before})
    return [(row.id, row.tbl, row.month) for row in rows]


def ids(tx: Tx, city: str) -> set[str]:
    """Every file that counts, or is waiting to go, and every roll-up."""
    return {row.id for row in tx.execute(_sql()["ids"], {"city": city})}


def forget(tx: Tx, city: str, ids: Sequence[str]) -> None:
    """Files that are gone."""
    tx.execute(_sql()["forget"], {"city": city, "ids": list(ids)})


def _move(tx: Tx, city: str, store: str, before: Reached, to: Position, events: int) -> None:
    values = {
        "city": city, "store": store, "tx": to.tx, "number": to.number, "events": events, "now": tx.now,
        "old_store": before.store, "old_tx": before.position.tx, "old_number": before.position.number,
    }  # fmt: skip
    _demand(tx.execute(_sql()["move"], values).rowcount)


def _demand(moved: int) -> None:
    if not moved:
        raise Conflict("another export of this city was quicker")


def _add(tx: Tx, city: str, made: Iterable[Made]) -> None:
    rows = [_row(one) for one in made]
    if not rows:
        return
    tx.execute(_sql()["add"], {"city": city, "rows": rows_as_json(_COLUMNS, rows), "now": tx.now})
    tx.execute(_sql()["not_dropped"], {"city": city, "ids": [row[0] for row in rows]})


def _row(made: Made) -> tuple[Any, ...]:
    return (
        made.id, made.table, made.month, made.kind, made.rows, made.size, f"\\x{made.digest.hex()}",
        made.known_from.isoformat(), made.known_to.isoformat(), made.days,
    )  # fmt: skip


def _sql() -> dict[str, str]:
    return queries("xiuhua.insight.facts")
