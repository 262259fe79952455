"""The worker: what the clock does by itself. Chores in order, each due every so often and at fault for itself alone."""

from __future__ import annotations

import os
import sys
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from threading import Event, Thread
from typing import Final

from xiuhua.checks.rounds import Rounds
from xiuhua.checks.service import Checks
from xiuhua.documents.service import Documents
from xiuhua.insight.keeping import Keeper
from xiuhua.loop import after, background, retention
from xiuhua.loop.service import Loop
from xiuhua.loop.suggest.service import Suggester
from xiuhua.notices.notifier import Notifier
from xiuhua.operations.upkeep import Upkeep
from xiuhua.plans.service import Plans
from xiuhua.platform import edges, garbage, keys, seals
from xiuhua.platform.database import Tx
from xiuhua.platform.imports import service as imports
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

    def at_once(do: Callable[[Tx], int | None]) -> Callable[[], int | None]:
        """In a transaction of its own."""

        def done() -> int | None:
            with database.transaction() as tx:
                return do(tx)

        return done

    def seal() -> None:
        edges.each(seals.cities(database), partial(seals.seal_up, database, key, witness), "seal of")

    keeper, facts_s = Keeper(settings), settings.facts_seconds or float("inf")
    return [
        Chore("timers", 0, at_once(partial(loop.run_timers, limit=_BATCH))),
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
        Chore("old jobs", now_and_then, at_once(jobs.prune)),
        Chore("old notices", now_and_then, at_once(notifier.prune)),
        Chore("old visits", now_and_then, at_once(guard.prune)),
        Chore("old imports", now_and_then, at_once(imports.forget_files)),
        Chore("tracks", now_and_then, lambda: tracks.forget(database, settings.track_days)),
        Chore("rules", 0, lambda: rules.turn(database)),
        Chore("facts", facts_s, lambda: keeper.turn(database), time.monotonic()),
        Chore("documents", _MAILS_S, lambda: documents.turn(database)),
        Chore("inspections", _INSPECTIONS_S, at_once(partial(services.port(Checks).tell_late, limit=_BATCH))),
        Chore("rounds of inspections", _INSPECTIONS_S, at_once(services.port(Rounds).close_due)),
        Chore("retention", now_and_then, lambda: retention.erase_old(services)),
        Chore("expiry", _EXPIRY_S, lambda: expiry.turn(database, services.port(Records))),
    ]


def _done(chore: Chore) -> int:
    chore.last = time.monotonic()
    try:
        return chore.do() or 0
    except Exception as error:  # noqa: BLE001 - the edge of the loop: no chore takes the others with it
        edges.tell(f"worker: {chore.name}", error)
    return 0
