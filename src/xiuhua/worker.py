"""The worker: what the clock does by itself – timers of procedures, seals of the log, ended sessions, notices, jobs."""

from __future__ import annotations

import logging
import time
from threading import Event, Thread

import psycopg

from xiuhua.loop.service import Loop
from xiuhua.notices.notifier import Notifier
from xiuhua.platform import keys, seals
from xiuhua.platform.errors import XiuhuaError
from xiuhua.platform.identity import signin
from xiuhua.platform.jobs import service as jobs
from xiuhua.platform.jobs.runner import Runner
from xiuhua.platform.services import Services

_log = logging.getLogger(__name__)
_PAUSE_S = 1.0
_BATCH = 200


def work(services: Services, stop: Event) -> None:
    """Until told to stop; a fault is logged and tried again, so that one bad case never stops the clock."""
    folder = services.settings.data / "keys"
    key, witness = keys.load_or_create(folder), keys.Witness(folder / "sealed")
    sealed, notifier = 0.0, services.port(Notifier)
    runner = Thread(target=Runner(services, services.settings.jobs_at_once).work, args=(stop,), name="jobs")
    runner.start()
    while not stop.is_set():
        done = 0
        try:
            with services.database.transaction() as tx:
                done = services.port(Loop).run_timers(tx, limit=_BATCH)
            done += notifier.turn(services.database)
            if time.monotonic() - sealed > services.settings.seal_minutes * 60:
                seals.seal_all(services.database, key, witness)
                sealed = time.monotonic()
                with services.database.transaction() as tx:
                    signin.prune(tx, services.identity)
                    jobs.prune(tx)
                    notifier.prune(tx)
        except XiuhuaError as error:
            _log.warning("worker: %s: %s", error.code(), error.detail)
        except psycopg.Error as error:
            _log.warning("worker: %s %s", type(error).__name__, error.sqlstate)
        if not done:
            stop.wait(_PAUSE_S)
    runner.join()
