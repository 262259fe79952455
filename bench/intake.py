"""Intake over HTTP: a report sent in and accepted as a case, by a real server with fsync on, beside many cases.

One case is one request, as an operator makes it: a report, located, placed, kept, answered with what is suggested
and what it may repeat, and at once accepted (category, case, duties, clocks, events, projection, tasks).
"""

from __future__ import annotations

import random
import time
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

import harness
import million
from harness import CATEGORY, Load, Request, Result, result
from xiuhua import bootstrap
from xiuhua.loop.service import Loop

FEW, SOME, MANY = 10_000, 100_000, million.CASES
RUNS = 3
CITY = million.CITY
CLIENTS = 32


@dataclass(slots=True)
class _Figures:
    """What the runs on one installation gave."""

    rates: list[float] = field(default_factory=list)
    tails: list[float] = field(default_factory=list)
    cpus: list[float] = field(default_factory=list)
    single: list[float] = field(default_factory=list)


def run(full: bool = False) -> list[Result]:
    """32 clients and 1 client beside many cases, and what a request costs more there than beside few."""
    count, many = (4000, MANY) if full else (1500, SOME)
    few, large = _figures(million.tidied(FEW), count), _figures(million.tidied(many), count)
    growth = [(after / before - 1) * 100 for before, after in zip(sorted(few.cpus), sorted(large.cpus), strict=True)]
    note = f"{CLIENTS} clients, {many:,} cases there before, client on the same cores, fsync on"
    cost = f"server, workers and database, {many:,} cases before; the client not counted"
    return [
        result("cases_per_second", large.rates, "cases/s", "higher", note),
        result("p99_ms", large.tails, "ms", "lower", f"per request, {CLIENTS} clients"),
        result("cpu_ms_per_request", large.cpus, "ms", "lower", cost),
        result("growth_percent", growth, "%", "lower", f"CPU per request from {FEW:,} to {many:,} cases"),
        result("cases_per_second_1_client", large.single, "cases/s", "higher", "one connection"),
    ]


def _figures(settings: Any, count: int) -> _Figures:
    prefix, found = f"intake-{time.time_ns()}", _Figures()
    with bootstrap.opened(settings) as services:
        officers = [harness.person(services, CITY, f"intake_officer{number:02}") for number in (1, 2)]
        with services.database.reading() as tx:
            view = services.port(Loop).view(tx, CITY)
        bodies = [body(view, number, prefix) for number in range(count * (RUNS + 1) * 2)]
    with harness.server(settings) as (host, port, process):
        harness.send(host, port, [[Request("GET", "/ready", "")]], 1)
        _measured(host, port, process, settings, bodies[-count // 2 :], officers, CLIENTS)
        for number in range(RUNS):
            chosen = bodies[number * count : (number + 1) * count]
            load, cpu = _measured(host, port, process, settings, chosen, officers, CLIENTS)
            found.rates.append(count / load.seconds)
            found.tails.append(load.p99_ms())
            found.cpus.append(cpu * 1000 / len(load.latencies_ms))
            alone = bodies[(RUNS + number) * count : (RUNS + number) * count + count // 10]
            load, _ = _measured(host, port, process, settings, alone, officers, 1)
            found.single.append(len(alone) / load.seconds)
    return found


def body(view: Any, number: int, prefix: str) -> dict[str, Any]:
    """A report that is accepted at once and asks for advice, as the request's body."""
    made = harness.report(view, number, prefix)
    assert made.place is not None
    at = datetime.now(UTC) - timedelta(seconds=random.Random(f"{prefix}/{number}").randrange(1, 3600))
    return {
        "source": made.source, "external_id": made.external_id, "text": made.text, "at": at.isoformat(),
        "place": {"lon": made.place.lon, "lat": made.place.lat}, "category": CATEGORY,
        "advice": True, "then": {"action": "accept", "fields": {"category": CATEGORY}},
    }  # fmt: skip


def _measured(
    host: str, port: int, process: Any, settings: Any, bodies: list[dict[str, Any]], officers: list[str], clients: int
) -> tuple[Load, float]:
    """Submit and accept all; time and CPU."""
    chains = [
        [Request("POST", "/api/reports", officers[number % len(officers)], body)] for number, body in enumerate(bodies)
    ]
    before = harness.cpu_seconds(process, settings.data)
    load = harness.send(host, port, chains, clients)
    cpu = harness.cpu_seconds(process, settings.data) - before
    if any(status != 201 for status in load.statuses) or not all(answer["case"] for answer in load.answers):
        wrong = next((one for one in load.answers if not one.get("case")), None)
        raise RuntimeError(f"the server answered {load.statuses}: {wrong}")
    return load, cpu
