"""Proceedings made again from the event log alone, and compared with what stands, or put in its place."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from xiuhua.flow import tasks
from xiuhua.flow.folding import Folded, folded
from xiuhua.flow.model import State
from xiuhua.packs import service as packs
from xiuhua.packs.procedure import Procedure
from xiuhua.platform import copying
from xiuhua.platform.database import Tx
from xiuhua.platform.sql import queries
from xiuhua.proceedings import kinds, model

Differs = Callable[[str, str], None]
"""Told of the table and the key of a row that differs."""


def check(tx: Tx, city: str | None, differs: Differs) -> tuple[int, int]:
    """Compare everything; gives how many events and proceedings were folded. Changes nothing."""
    events = subjects = 0
    for where, batch, count in _batches(tx, city):
        events, subjects = events + count, subjects + len(batch)
        _compare(tx, where, batch, differs)
    for row in tx.execute(_sql()["strays"], {"city": city}):
        differs("proceeding", row.id)
    return events, subjects


def repair(tx: Tx, city: str) -> tuple[int, int]:
    """Write the proceedings of a city anew from its log, with their tasks and timers, which were taken away before."""
    tx.execute(_sql()["empty"], {"city": city})
    events = subjects = 0
    for where, batch, count in _batches(tx, city):
        events, subjects = events + count, subjects + len(batch)
        copying.put(tx, where, kinds.TABLE, [kinds.row(state, head, _procedure(tx, state)) for state, head, _ in batch])
        tasks.replace(tx, where, [(state["subject"], state, True) for state, _, _ in batch])
    return events, subjects


def _compare(tx: Tx, city: str, batch: list[Folded], differs: Differs) -> None:
    ids = [state["id"] for state, _, _ in batch]
    made: Iterable[Any] = (kinds.row(state, head, _procedure(tx, state)) for state, head, _ in batch)
    _differences("proceeding", 1, made, tx.execute(_sql()["kept"], {"city": city, "ids": ids}), differs)
    waiting = queries("xiuhua.flow", "tasks.sql")
    asked = {"city": city, "kind": batch[0][0]["subject"], "ids": ids}
    made = (row for state, _, _ in batch for row in tasks.task_rows(state["subject"], state))
    _differences("task", 3, made, tx.execute(waiting["kept_tasks"], asked), differs)
    made = (row for state, _, _ in batch for row in tasks.timer_rows(state["subject"], state))
    _differences("timer", 3, made, tx.execute(waiting["kept_timers"], asked), differs)


def _differences(table: str, keys: int, made: Iterable[Any], kept: Iterable[Any], differs: Differs) -> None:
    """`keys`: how many columns at the front name a row."""
    standing = {tuple(row[:keys]): tuple(row) for row in kept}
    for row in made:
        if standing.pop(row[:keys], None) != row:
            differs(table, "/".join(map(str, row[:keys])))
    for key in standing:
        differs(table, "/".join(map(str, key)))


def _procedure(tx: Tx, state: State) -> Procedure:
    return packs.procedure(tx, state["pack"], state["procedure"])


def _batches(tx: Tx, city: str | None) -> Iterator[tuple[str, list[Folded], int]]:
    """Proceedings folded from their streams, of one subject and city each, with how many events that took."""
    for subject in sorted(one for one in packs.subjects_ever(tx, city) if model.owns(one)):
        yield from folded(tx, city, subject)


def _sql() -> dict[str, str]:
    return queries("xiuhua.proceedings")
