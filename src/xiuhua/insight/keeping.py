"""Facts kept up by the worker, in a process of their own: what takes memory and time is not where people wait."""

from __future__ import annotations

import logging as std_logging
import multiprocessing
import os
import signal
from collections.abc import Callable
from multiprocessing.context import SpawnProcess
from pathlib import Path
from typing import Any, Final

from xiuhua.city.compiled import CityReader
from xiuhua.city.units import turns
from xiuhua.insight.facts import stores
from xiuhua.insight.figures.measures import definitions
from xiuhua.insight.figures.rollups import Roller
from xiuhua.packs import service as packs
from xiuhua.platform import garbage, logging
from xiuhua.platform.database import Database
from xiuhua.platform.eventlog import Position
from xiuhua.platform.helpers import helpers
from xiuhua.platform.parents import signal_when_parent_dies
from xiuhua.platform.postgres.opening import open_database
from xiuhua.platform.settings import Settings
from xiuhua.platform.sql import queries

_log = std_logging.getLogger(__name__)
_NICE: Final = 10
_ALWAYS: Final = 180
"""Turns after which a process is started also where nothing happened: quiet files are compacted, old ones go."""


def folder(settings: Settings) -> Path:
    """Where the facts of an installation are."""
    return settings.data / "facts"


def export_all(database: Database, root: Path) -> int:
    """Every city's facts brought up to the log, and their files put in order; how many events were taken in."""
    from xiuhua.insight.facts.compaction import Compactor  # noqa: PLC0415 - pyarrow and DuckDB, for this process only
    from xiuhua.insight.facts.exporting import Exporter  # noqa: PLC0415 - as above

    cities = CityReader()
    exporter = Exporter(database, cities, root)

    def export(city: str) -> int:
        done = 0
        while took := exporter.advance(city):
            done += took
        with database.reading() as tx:
            tables = exporter.tables(tx, city)
        compactor = Compactor(database, root, city, exporter.store, tables)
        compactor.turn()
        with database.reading() as tx:
            known = definitions(packs.active_packs(tx, city), tables).values()
            zone = cities.of(tx, city).zone.key
        Roller(database, root, city, zone).turn(known)
        compactor.sweep()
        return done

    return turns.in_each(database, export)


def rebuild(database: Database, settings: Settings, city: str, processes: int = 1) -> int:
    """All facts of a city anew from its log; how many events that were. Raises `Conflict` while another exports it."""
    from xiuhua.insight.facts.exporting import Exporter, Part  # noqa: PLC0415 - as above

    exporter = Exporter(database, CityReader(), folder(settings))
    if processes == 1:
        return exporter.whole(city)
    with helpers(processes, _sharing, settings, city) as several:

        def by(end: Position) -> list[Part]:
            shares = [several.submit((end.tx, end.number, nth, processes)) for nth in range(processes)]
            return [one.result() for one in shares]

        return exporter.whole(city, by)


def _sharing(settings: Settings, city: str) -> Callable[[tuple[int, int, int, int]], Any]:
    """What one of several processes makes of a city: files of its share of the streams."""
    from xiuhua.insight.facts.exporting import Exporter, Share  # noqa: PLC0415 - as above

    database = open_database(settings)
    exporter = Exporter(database, CityReader(), folder(settings))

    def take(asked: tuple[int, int, int, int]) -> Any:
        transaction, number, nth, of = asked
        with database.reading() as tx:
            return exporter.share(tx, city, Position(transaction, number), Share(nth, of))

    return take


class Keeper:
    """Starts that process when there is something to do, one at a time."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._process: SpawnProcess | None = None
        self._turns = 0

    def turn(self, database: Database) -> None:
        """Look whether the log has moved on."""
        if self._process is not None:
            if self._process.is_alive():
                return
            if self._process.exitcode:
                _log.warning("worker: facts: the export ended with %s", self._process.exitcode)
            self._process.close()
            self._process = None
        if self._turns % _ALWAYS == 0 or self._has_moved(database):
            spawn = multiprocessing.get_context("spawn")
            self._process = spawn.Process(target=_export, args=(self._settings,), name="facts", daemon=True)
            self._process.start()
        self._turns += 1

    def _has_moved(self, database: Database) -> bool:
        store = stores.marked(folder(self._settings))
        with database.reading() as tx:
            row = tx.execute(queries("xiuhua.insight.facts")["moved"], {"store": store}).fetchone()
        return row is not None


def _export(settings: Settings) -> None:
    signal_when_parent_dies(signal.SIGTERM)
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the worker ends it, not the keyboard
    os.nice(_NICE)
    logging.configure(settings.log_level)
    garbage.settle()
    database = open_database(settings)
    try:
        export_all(database, folder(settings))
    finally:
        database.close()
