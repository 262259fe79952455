"""Figures for a monitor, in the text format of Prometheus; names and meanings in docs/reference/metrics.md.

Everything is asked of the database in one snapshot when a monitor asks, at most every few seconds; figures hold
no person's data and no texts. Labels are codes: a city's, an operation's.
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from threading import Lock
from typing import TYPE_CHECKING, Any, Final

from xiuhua.operations import life
from xiuhua.operations.tally import Tally
from xiuhua.platform.database import Database, Tx
from xiuhua.platform.errors import DatabaseUnavailable

if TYPE_CHECKING:
    from prometheus_client.metrics_core import Metric

CONTENT_TYPE: Final = "text/plain; version=0.0.4; charset=utf-8"
_FRESH_S: Final = 5.0
"""A second monitor, or an eager one, is told the same figures of the database again."""


class Metrics:
    """What one process can tell; registered by the web app."""

    def __init__(self, database: Database) -> None:
        self.tally = Tally()
        self._database = database
        self._kept: tuple[float, list[Metric]] = (float("-inf"), [])
        self._lock = Lock()

    def text(self) -> bytes:
        """All figures now; those of the database are missing while it does not answer (`xiuhua_up` 0)."""
        from prometheus_client import exposition  # noqa: PLC0415 - 0.15 s that a start need not spend

        return exposition.generate_latest(self)

    def collect(self) -> Iterator[Metric]:
        """The figures as the library wants them."""
        yield from _requests(self.tally)
        yield from _pool(self._database)
        with self._lock:
            if time.monotonic() - self._kept[0] > _FRESH_S:
                self._kept = time.monotonic(), self._asked()
            yield from self._kept[1]

    def _asked(self) -> list[Metric]:
        try:
            with self._database.reading() as tx:
                tx.execute("set local statement_timeout = '5s'")
                return [_gauge("xiuhua_up", "Whether the database answers.", [((), 1)]), *_database(tx)]
        except DatabaseUnavailable:
            return [_gauge("xiuhua_up", "Whether the database answers.", [((), 0)])]


def _gauge(
    name: str, help_: str, values: Sequence[tuple[tuple[str, ...], float]], labels: tuple[str, ...] = ()
) -> Metric:
    from prometheus_client.metrics_core import GaugeMetricFamily  # noqa: PLC0415

    family = GaugeMetricFamily(name, help_, labels=labels)
    for label, value in values:
        family.add_metric(label, value)
    return family


def _requests(tally: Tally) -> Iterator[Metric]:
    from prometheus_client.metrics_core import CounterMetricFamily, HistogramMetricFamily  # noqa: PLC0415

    counted = CounterMetricFamily(
        "xiuhua_requests", "Requests answered by this process.", labels=("operation", "status")
    )
    for (operation, status), count in list(tally.counts.items()):
        counted.add_metric((operation, str(status)), count)
    yield counted
    took = HistogramMetricFamily(
        "xiuhua_request_seconds", "From the request's arrival to the end of its answer.", labels=("operation",)
    )
    for operation, durations in list(tally.durations.items()):
        took.add_metric((operation,), list(durations.cumulated()), durations.total_s)
    yield took


def _pool(database: Database) -> Iterator[Metric]:
    found = database.pool_stats()
    used = found.get("pool_size", 0) - found.get("pool_available", 0)
    values = [
        (("size",), found.get("pool_size", 0)), (("most",), found.get("pool_max", 0)), (("used",), used),
        (("waiting",), found.get("requests_waiting", 0)),
    ]  # fmt: skip
    yield _gauge("xiuhua_connections", "Connections of this process to the database.", values, ("state",))


def _database(tx: Tx) -> Iterator[Metric]:
    row: Any = tx.execute(life.sql()["database"]).fetchone()
    yield _gauge("xiuhua_database_bytes", "Size of the database.", [((), row.bytes)])
    yield _gauge("xiuhua_events", "Positions given in the event log.", [((), row.events)])
    waiting = tx.execute(life.sql()["waiting"], {"now": tx.now}).fetchall()
    for column, help_ in (
        ("subjects", "Cases and reports that somebody has to do something about."),
        ("tasks", "Places in inboxes."),
        ("overdue", "Places in inboxes past their limit."),
    ):
        values = [((one.city, one.kind), getattr(one, column)) for one in waiting]
        yield _gauge(f"xiuhua_open_{column}", help_, values, ("city", "kind"))
    timers: Any = tx.execute(life.sql()["timers"], {"now": tx.now}).fetchone()
    yield _gauge("xiuhua_timers_late", "Timers that are due and not run.", [((), timers.late)])
    yield _gauge("xiuhua_timers_late_seconds", "How long the oldest of them has waited.", [((), timers.oldest_s)])
    beats = life.beats(tx)
    yield _gauge(
        "xiuhua_silent_seconds", "Since the last sign of life of a kind of process.",
        [((kind,), (tx.now - beat.seen_at).total_seconds()) for kind, beat in beats.items()], ("kind",),
    )  # fmt: skip
    yield _gauge(
        "xiuhua_living", "Processes heard of within a minute.", [((k,), b.living) for k, b in beats.items()], ("kind",)
    )
    yield _gauge(
        "xiuhua_upkeep_age_seconds", "Since a work of upkeep last ended well.",
        [((name,), (tx.now - one.at).total_seconds()) for name, one in life.notes(tx).items()], ("name",),
    )  # fmt: skip
    sealed = [
        ((one.city,), (tx.now - one.unsealed_since).total_seconds() if one.unsealed_since else 0.0)
        for one in tx.execute(life.sql()["seals"])
    ]
    yield _gauge("xiuhua_unsealed_seconds", "Age of the oldest event that no seal covers.", sealed, ("city",))
