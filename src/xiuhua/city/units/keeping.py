"""Dated tables of reference data: read what stands, write what a plan says, tell the log and the readers."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, fields
from datetime import datetime
from hashlib import sha256
from typing import Any, Generic, TypeVar, cast

import orjson

from xiuhua.city.units.model import Dated
from xiuhua.city.units.timeline import Kept, Plan
from xiuhua.platform import eventlog, revision
from xiuhua.platform.database import Tx
from xiuhua.platform.errors import Invalid
from xiuhua.platform.eventlog import NewEvent
from xiuhua.platform.identity.model import Actor
from xiuhua.platform.sql import queries

T = TypeVar("T", bound=Dated)


@dataclass(frozen=True, slots=True)
class Book(Generic[T]):
    """One dated table: its queries (`standing_…`, `supersede_…` in `store.sql`), rows and their key.

    The fields of `make` are the columns of the table.
    """

    table: str
    make: type[T]
    key: Callable[[T], Hashable]
    package: str = "xiuhua.city.units"

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns in the order of the fields."""
        return tuple(field.name for field in fields(cast(Any, self.make)))


def standing(
    tx: Tx, city: str, book: Book[T], known_at: datetime | None = None, some: str = "", **more: Any
) -> list[Kept[T]]:
    """All rows with their numbers as they stand, or as they were known at a moment of recording time.

    `some` names a query that gives only some of them, `more` are further parameters of the query.
    """
    query = queries(book.package)[some or f"standing_{book.table}"]
    names = book.columns
    return [
        Kept(row.row_no, book.make(**{name: _plain(getattr(row, name)) for name in names}))
        for row in tx.execute(query, {"city": city, "known_at": known_at, **more})
    ]


def values(tx: Tx, city: str, book: Book[T], known_at: datetime | None = None, **more: Any) -> list[T]:
    """The rows themselves."""
    return [kept.value for kept in standing(tx, city, book, known_at, **more)]


def after(kept: Iterable[Kept[T]], plan: Plan[T]) -> list[T]:
    """What will stand when the plan is carried out; for checks before it is."""
    gone = set(plan.superseded)
    return [one.value for one in kept if one.row not in gone] + list(plan.written)


def carry_out(tx: Tx, city: str, book: Book[T], plan: Plan[T]) -> None:
    """Write what a plan says."""
    if plan.superseded:
        parameters = {"city": city, "now": tx.now, "rows": list(plan.superseded)}
        tx.execute(queries(book.package)[f"supersede_{book.table}"], parameters)
    columns = ("city", "recorded_at", *book.columns)
    rows = [(city, tx.now, *map(_listed, _cells(value, book))) for value in plan.written]
    tx.copy(book.table, columns, rows)


def lock(tx: Tx, stream: str, city: str) -> None:
    """Wait until nobody else is changing this stream, and keep others out until the end."""
    tx.execute(queries("xiuhua.city.units")["lock"], {"stream": f"{city}/{stream}"})


def tell(tx: Tx, actor: Actor, stream: str, type_: str, payload: Mapping[str, Any], kinds: Sequence[str]) -> None:
    """One event for the whole change, and a bump for each kind of compiled data that it spoils."""
    event = NewEvent(stream, type_, dict(payload), actor.id, role_of(actor), tx.now)
    eventlog.append(tx, actor.city, [event], eventlog.heads(tx, actor.city, [stream]))
    for kind in kinds:
        revision.bump(tx, actor.city, kind)


def counts(plan: Plan[T], book: Book[T]) -> dict[str, Any]:
    """What the log is told of a plan: counts, and a digest over the rows written."""
    written = sorted(orjson.dumps(asdict(cast(Any, value)), option=orjson.OPT_SORT_KEYS) for value in plan.written)
    return {
        "table": book.table, "opened": plan.opened, "closed": plan.closed, "corrected": plan.corrected,
        "unchanged": plan.unchanged, "digest": sha256(b"\n".join(written)).hexdigest(),
    }  # fmt: skip


def role_of(actor: Actor) -> str:
    """The role that reference data is changed in."""
    roles = [post.role for post in actor.posts]
    return "administrator" if "administrator" in roles or not roles else roles[0]


def refuse(errors: Sequence[Mapping[str, Any]], what: str) -> None:
    """Raise `Invalid` with every error when there is any."""
    if errors:
        first = errors[0]
        detail = f"{what}: {first['row']} {first['field']} {first['why']}"
        more = f" (and {len(errors) - 1} more)" if len(errors) > 1 else ""
        raise Invalid(detail + more, errors=list(errors))


def _cells(value: T, book: Book[T]) -> list[Any]:
    return [getattr(value, name) for name in book.columns]


def _plain(cell: Any) -> Any:
    return tuple(cell) if isinstance(cell, list) else cell


def _listed(cell: Any) -> Any:
    return list(cell) if isinstance(cell, tuple) else cell
