"""The index of search, filled from the event log by the worker: nothing of it is on the way of a report or action."""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Final

import orjson

from xiuhua.loop.search import model
from xiuhua.packs.procedure import Procedure
from xiuhua.platform import eventlog, keys
from xiuhua.platform.database import Tx
from xiuhua.platform.eventlog import Position
from xiuhua.platform.sql import queries

ROUND: Final = 5000
"""Events of one round."""
_SEARCHED: Final = frozenset(
    {"text", "choice", "boolean", "integer", "unit", "person", "area", "case", "filing_condition"}
)
_COLUMNS: Final = frozenset({"source", "external_id", "category", "unit", "unit_grid", "overdue", "outcome"})
"""Filters of their own."""
_NOT_TOLD: Final = frozenset({"text_digest", "description_digest"})


class Contacts:
    """Digests of contacts under a key that is not in the database, so that nobody who has it can try out numbers."""

    def __init__(self, folder: Path) -> None:
        """`folder` is `keys/` of the data folder; the key is made when it is first needed."""
        self._folder = folder
        self._key: bytes | None = None

    def digest(self, contact: str) -> bytes:
        """32 bytes, the same for the same number however it was written."""
        if self._key is None:
            self._key = keys.secret(self._folder, "contacts")
        return hmac.digest(self._key, model.same_contact(contact).encode(), hashlib.sha256)


def advance(
    tx: Tx, city: str, contacts: Contacts, declared: Mapping[str, Mapping[str, str]], limit: int = ROUND
) -> int:
    """Take in what is new in the log of a city; how many events that were, 0 when there was nothing to do.

    `declared` gives the searched fields of each kind (`searched_fields`).
    """
    tx.execute(_sql()["begin_position"], {"city": city})
    row = tx.execute(_sql()["lock_position"], {"city": city}).fetchone()
    if row is None:
        return 0
    streams, count, reached = eventlog.touched_since(tx, city, Position(row.tx, row.number), limit)
    if not count:
        return 0
    for kind in ("report", "case"):
        ids = [stream.removeprefix(f"{kind}/") for stream in streams if stream.startswith(f"{kind}/")]
        if ids:
            _take_in(tx, city, kind, ids, contacts, declared[kind])
    tx.execute(_sql()["move_position"], {"city": city, "tx": reached.tx, "number": reached.number})
    return count


def searched_fields(procedure: Procedure) -> Mapping[str, str]:
    """Declared fields that can be searched by their value, with their types."""
    return {
        name: spec.type
        for name, spec in procedure.data.items()
        if spec.type in _SEARCHED and not (spec.many or spec.personal) and name not in _COLUMNS | _NOT_TOLD
    }


def _take_in(tx: Tx, city: str, kind: str, ids: Sequence[str], contacts: Contacts, declared: Mapping[str, str]) -> None:
    rows = tx.execute(_sql()[f"touched_{kind}s"], {"city": city, "ids": sorted(ids)}).fetchall()
    docs = {row.id: orjson.loads(row.doc) for row in rows}
    cells = {row.id: model.cell(row.lon, row.lat, _part(docs[row.id])) for row in rows}
    fresh = [row for row in rows if row.fresh]
    if fresh:
        asked = {"city": city, "ids": sorted(f"{kind}/{row.id}" for row in fresh)}
        found = {row.id: row.content for row in tx.execute(_sql()["contents"], asked)}
        contents = [found.get(f"{kind}/{row.id}") or {} for row in fresh]
        tx.execute(
            _sql()["add_texts"],
            {
                "city": city, "kind": kind, "id": [row.id for row in fresh],
                "opened_at": [row.opened_at.timestamp() for row in fresh],
                "case_id": [row.case_id for row in fresh], "tokens": [model.tokens(one) for one in contents],
                "contact": [contacts.digest(one["phone"]) if one.get("phone") else None for one in contents],
                "cell": [cells[row.id] for row in fresh],
            },
        )  # fmt: skip
    moved = [
        row
        for row in rows
        if not row.fresh and (kind == "report" or row.kept_case is not None)
        and (row.kept_case, row.kept_cell) != (row.case_id, cells[row.id])
    ]  # fmt: skip
    if moved:
        values = {"id": [row.id for row in moved], "case_id": [row.case_id for row in moved]}
        tx.execute(
            _sql()["move_texts"], {"city": city, "kind": kind, **values, "cell": [cells[row.id] for row in moved]}
        )
    told = ["\x1f".join(model.fields(docs[row.id], declared)) for row in rows]
    tx.execute(_sql()["put_fields"], {"city": city, "kind": kind, "id": [row.id for row in rows], "fields": told})


def _part(doc: Mapping[str, Any]) -> str | None:
    data = doc["data"]
    part = data.get("part") or (data.get("place_extra") or {}).get("part")
    return str(part) if part else None


def _sql() -> dict[str, str]:
    return queries("xiuhua.loop.search")
