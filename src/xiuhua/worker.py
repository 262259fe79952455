"""The worker: what the clock does by itself. Chores in order, each due every so often and at fault for itself alone."""

from __future__ import annotations

import logging
import os
import sys
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from threading import Event, Thread
from typing import Final

import psycopg

from xiuhua.checks.rounds import Rounds
from xiuhua.checks.service import Checks
from xiuhua.documents.service import Documents
from xiuhua.insight.keeping import Keeper
from xiuhua.loop import after, background, retention
from xiuhua.loop.imports import service as imports
from xiuhua.loop.service import Loop
from xiuhua.loop.suggest.service import Suggester
from xiuhua.notices.notifier import Notifier
from xiuhua.operations.upkeep import Upkeep
from xiuhua.plans.service import Plans
from xiuhua.platform import garbage, keys, seals
from xiuhua.platform.errors import XiuhuaError
from xiuhua.platform.jobs import service as jobs
from xiuhua.platform.jobs.runner import Runner
from xiuhua.platform.media import erasure, uploads
from xiuhua.platform.media.service import Store
from xiuhua.platform.services import Services
from xiuhua.proceedings import rounds
from xiuhua.proceedings.service import Proceedings
from xiuhua.public import guard, mailing
from xiuhua.records import expiry
from xiuhua.records.service import Records
from xiuhua.rules.service import Rules
from xiuhua.shifts import tracks

_log = logging.getLogger(__name__)
_PAUSE_S: Final = 1.0
"""Between two rounds: readers of the log take a second's events at once, which costs little more than one."""
_BATCH: Final = 200
"""Timers of a round. A chore that did as much has more to do, and the worker does not pause."""
_MAILS_S: Final = 30.0
_EXPIRY_S: Final = 60.0
_ROUNDS_S: Final = 30.0
_INSPECTIONS_S: Final = 5.0
_PLANS_S: Final = 60.0
_NICE: Final = 10


@dataclass(slots=True)
class Chore:
    """One thing that is done again and again."""

    name: str
    every_s: float
    do: Callable[[], int | None]
    """Does what is due; how much that was."""
    last: float = float("-inf")

    def is_due(self) -> bool:
        """Whether it is time again."""
        return time.monotonic() - self.last >= self.every_s


def work(services: Services, stop: Event, *, yielding: bool = False) -> None:
    """Until told to stop; a fault is logged and tried again, so that one bad case never stops the clock.

    `yielding`: where other processes answer requests, these go first. Not where the same process does: the
    interpreter's lock would be held by the one who waits.
    """
    if yielding and sys.platform == "linux":
        os.setpriority(os.PRIO_PROCESS, threading.get_native_id(), _NICE)
    garbage.settle()
    chores, upkeep = _chores(services), Upkeep()
    runner = Thread(target=Runner(services, services.settings.jobs_at_once).work, args=(stop,), name="jobs")
    runner.start()
    while not stop.is_set():
        done = [_done(one) for one in chores if one.is_due() and not stop.is_set()]
        _done(Chore("upkeep", 0, partial(upkeep.tick, services, sum(done))))
        if max(done, default=0) < _BATCH:
            stop.wait(_PAUSE_S)
    runner.join()


def _chores(services: Services) -> list[Chore]:
    database, settings = services.database, services.settings
    folder = settings.data / "keys"
    key, witness = keys.load_or_create(folder), keys.Witness(folder / "sealed")
    loop, store, suggester = services.port(Loop), services.port(Store), services.port(Suggester)
    plans = services.port(Plans)
    notifier, now_and_then = services.port(Notifier), settings.seal_minutes * 60
    documents, rules = services.port(Documents), services.port(Rules)

    def timers() -> int:
        with database.transaction() as tx:
            return loop.run_timers(tx, limit=_BATCH)

    def inspections() -> int:
        with database.transaction() as tx:
            return services.port(Checks).tell_late(tx, _BATCH) + services.port(Rounds).close_due(tx)

    def prune() -> None:
        with database.transaction() as tx:
            jobs.prune(tx)
            notifier.prune(tx)
            guard.prune(tx)
            imports.forget_files(tx)

    def seal() -> None:
        seals.seal_all(database, key, witness)

    keeper, facts_s = Keeper(settings), settings.facts_seconds or float("inf")
    return [
        Chore("timers", 0, timers),
        Chore("rounds", _ROUNDS_S, lambda: rounds.turn(database, services.port(Proceedings))),
        Chore("notices", 0, lambda: notifier.turn(database)),
        Chore("mails of the public page", _MAILS_S, lambda: mailing.turn(services)),
        Chore("search", 0, lambda: after.do(services)),
        Chore("traces", 0, lambda: background.trace(database)),
        Chore("plans", _PLANS_S, lambda: plans.turn(database)),
        Chore("learn", settings.learn_minutes * 60, lambda: background.learn_all(database, loop, suggester)),
        Chore("seal", now_and_then, seal),
        Chore("uploads", now_and_then, lambda: uploads.expire(database, store)),
        Chore("photos", now_and_then, lambda: erasure.sweep(database, store)),
        Chore("old notices, jobs and imports", now_and_then, prune),
        Chore("tracks", now_and_then, lambda: tracks.forget(database, settings.track_days)),
        Chore("rules", 0, lambda: rules.turn(database)),
        Chore("facts", facts_s, lambda: keeper.turn(database), time.monotonic()),
        Chore("documents", _MAILS_S, lambda: documents.turn(database)),
        Chore("inspections", _INSPECTIONS_S, inspections),
        Chore("retention", now_and_then, lambda: retention.erase_old(services)),
        Chore("expiry", _EXPIRY_S, lambda: expiry.turn(database, services.port(Records))),
    ]


def _done(chore: Chore) -> int:
    chore.last = time.monotonic()
    try:
        return chore.do() or 0
    except XiuhuaError as error:
        _log.warning("worker: %s: %s: %s", chore.name, error.code(), error.detail)
    except psycopg.Error as error:
        _log.warning("worker: %s: %s %s", chore.name, type(error).__name__, error.sqlstate)
    return 0
