"""The loop that does jobs: picks those that are due, runs their handlers in a few threads, notes what came of it."""

from __future__ import annotations

import logging
import time
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from threading import Event
from typing import Final
from uuid import UUID

import orjson

from xiuhua.platform import edges
from xiuhua.platform.database import Tx
from xiuhua.platform.errors import XiuhuaError
from xiuhua.platform.jobs import queue
from xiuhua.platform.jobs.model import Job, JobFailed, JobHopeless, Kinds
from xiuhua.platform.logging import log_exception
from xiuhua.platform.services import Services
from xiuhua.platform.sql import queries

_log = logging.getLogger(__name__)
_PAUSE_S: Final = 1.0
_BEAT_S: Final = 5.0
STALE_S: Final = 30.0
"""A job whose worker gave no sign for so long is given to another one."""


class Runner:
    """One worker of jobs; any number of them share a database."""

    def __init__(self, services: Services, at_once: int = 4, stale_s: float = STALE_S) -> None:
        self._services, self._at_once, self._stale_s = services, at_once, stale_s
        self._kinds = services.port(Kinds).by_name
        self._worker = UUID(services.database.clock.new_id())

    def work(self, stop: Event) -> None:
        """Until told to stop; then no new job is begun, and those begun are waited for."""
        running: dict[Future[None], int] = {}
        beaten = time.monotonic()
        with ThreadPoolExecutor(self._at_once, thread_name_prefix="job") as threads:
            while not stop.is_set():
                picked: list[tuple[int, Job]] = []
                try:
                    if len(running) < self._at_once:
                        picked = self.pick(self._at_once - len(running))
                    if running and time.monotonic() - beaten > _BEAT_S:
                        with self._services.database.transaction() as tx:
                            queue.beat(tx, list(running.values()))
                        beaten = time.monotonic()
                except Exception as error:  # noqa: BLE001 - the edge of the loop: it goes on with the next turn
                    edges.tell("jobs", error)
                running.update((threads.submit(self.do, number, job), number) for number, job in picked)
                if len(running) >= self._at_once:
                    wait(running, timeout=_PAUSE_S, return_when=FIRST_COMPLETED)
                elif not picked:
                    stop.wait(_PAUSE_S)
                running = {future: number for future, number in running.items() if not future.done()}

    def run_due(self) -> int:
        """Do one after the other what is due now, until nothing is; how many attempts that took."""
        done = 0
        while picked := self.pick(self._at_once):
            for number, job in picked:
                self.do(number, job)
            done += len(picked)
        return done

    def pick(self, most: int) -> list[tuple[int, Job]]:
        """Take jobs, each with its number in the queue; the attempt is counted in the same transaction.

        A job that has used up its attempts without an end (it took its workers with it) is dead.
        """
        with self._services.database.transaction() as tx:
            found = {
                (city, id_): number
                for number, city, id_ in queue.pick(tx, list(self._kinds), self._worker, most, self._stale_s)
            }
            if not found:
                return []
            rows = tx.execute(
                _SQL["start"],
                {"cities": [city for city, _ in found], "ids": [id_ for _, id_ in found], "now": tx.now},
            ).fetchall()
            known = {(row.city, row.id) for row in rows}
            queue.drop(tx, [number for which, number in found.items() if which not in known], "successful")
            jobs = []
            for row in rows:
                number = found[row.city, row.id]
                job = Job(row.city, row.id, row.kind, row.key, orjson.loads(row.payload), row.attempts)
                if row.attempts > self._kinds[row.kind].most:
                    self._bury(tx, number, job, "its worker was lost each time")
                else:
                    jobs.append((number, job))
            return jobs

    def do(self, number: int, job: Job) -> None:
        """One attempt, and what came of it."""
        kind, error, hopeless = self._kinds[job.kind], "", False
        try:
            kind.run(self._services, job)
        except JobFailed as failed:
            error, hopeless = str(failed), isinstance(failed, JobHopeless)
        except XiuhuaError as failed:
            error = f"{failed.code()}: {failed.detail}"
        except Exception as failed:  # noqa: BLE001 - the edge of the loop: whatever it was, the job is tried again
            error = f"{type(failed).__name__} ({log_exception(failed)})"
        try:
            with self._services.database.transaction() as tx:
                if not error:
                    _note(tx, job, "done")
                    queue.drop(tx, [number], "successful")
                elif hopeless or job.attempt >= kind.most:
                    self._bury(tx, number, job, error)
                else:
                    pause = kind.pause(job.attempt)
                    tx.execute(_SQL["finish"], {
                        "city": job.city, "id": job.id, "state": "waiting", "error": error[:500],
                        "due": tx.now + pause, "now": tx.now,
                    })  # fmt: skip
                    queue.again(tx, number, pause)
        except Exception as failed:  # noqa: BLE001 - the edge of a thread: nobody would hear of it
            # It stays picked and is taken up again once it is stale: at least once.
            edges.tell(f"job {job.kind} {job.id}", failed)

    def _bury(self, tx: Tx, number: int, job: Job, error: str) -> None:
        _note(tx, job, "dead", error)
        queue.drop(tx, [number], "exception")
        _log.warning("job %s %s is dead after %d attempts", job.kind, job.id, job.attempt)


def _note(tx: Tx, job: Job, state: str, error: str | None = None) -> None:
    values = {"city": job.city, "id": job.id, "state": state, "now": tx.now, "due": None}
    tx.execute(_SQL["finish"], {**values, "error": error and error[:500]})


_SQL: Final = queries("xiuhua.platform.jobs")
