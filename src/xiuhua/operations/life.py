"""Signs of life of processes, and notes of when upkeep was last done."""

from __future__ import annotations

import os
import socket
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import orjson

from xiuhua.platform.database import Tx
from xiuhua.platform.sql import queries

BEAT_S = 15.0
"""Seconds between two signs of life; a process silent for a minute is taken for dead."""
SILENT_S = 60.0
PACKAGE = "xiuhua.operations"


@dataclass(frozen=True, slots=True)
class Beat:
    """The last sign of life of a kind of process."""

    seen_at: datetime
    living: int
    """How many of the kind were heard of within the last minute."""


@dataclass(frozen=True, slots=True)
class Note:
    """A work of upkeep that was done."""

    at: datetime
    detail: dict[str, Any]


def process_name(kind: str) -> str:
    """Tells processes of all machines on one database apart: `worker@host:4711`."""
    return f"{kind}@{socket.gethostname()}:{os.getpid()}"


def beat(tx: Tx, kind: str, started_at: datetime, detail: dict[str, Any]) -> None:
    """Say that this process lives; `detail` holds figures only."""
    values = {"process": process_name(kind), "kind": kind, "started_at": started_at, "now": tx.now}
    tx.execute(sql()["beat"], {**values, "detail": orjson.dumps(detail).decode()})


def beats(tx: Tx) -> dict[str, Beat]:
    """The last sign of life by kind of process."""
    return {row.kind: Beat(row.seen_at, row.living) for row in tx.execute(sql()["beats"], {"now": tx.now})}


def note(tx: Tx, name: str, detail: dict[str, Any]) -> None:
    """Write down that a work of upkeep ended well."""
    tx.execute(sql()["note"], {"name": name, "at": tx.now, "detail": orjson.dumps(detail).decode()})


def notes(tx: Tx) -> dict[str, Note]:
    """What upkeep was done, by name."""
    return {row.name: Note(row.at, row.detail) for row in tx.execute(sql()["notes"])}


def sql() -> dict[str, str]:
    """The named queries of this room."""
    return queries(PACKAGE)
