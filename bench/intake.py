"""Intake over HTTP: a report sent in and accepted as a case, by a real server with fsync on, beside many cases.

One case is one request, as an operator makes it: a report, located, placed, kept, answered with what is suggested
and what it may repeat, and at once accepted (category, case, duties, clocks, events, projection, tasks).
"""

from __future__ import annotations

import time
from typing import Any

import harness
from harness import CATEGORY, Load, Request, Result, result
from xiuhua import bootstrap
from xiuhua.loop.service import Loop

CASES = 2_000
RUNS = 3


def run(full: bool = False) -> list[Result]:
    """32 clients and 1 client; the median of runs."""
    count = 4000 if full else 1000
    settings = harness.data_set(CASES)
    prefix = f"intake-{time.time_ns()}"
    with bootstrap.opened(settings) as services:
        city = "990101"
        officers = [harness.person(services, city, f"intake_officer{number:02}") for number in (1, 2)]
        with services.database.reading() as tx:
            view = services.port(Loop).view(tx, city)
        bodies = [_body(view, number, prefix) for number in range(count * RUNS * 2)]
    with harness.server(settings) as (host, port, process):
        harness.send(host, port, [[Request("GET", "/ready", "")]], 1)
        rates, tails, cpus = [], [], []
        single: list[float] = []
        for number in range(RUNS):
            chosen = bodies[number * count : (number + 1) * count]
            load, cpu = _measured(host, port, process, settings, chosen, officers, 32)
            rates.append(count / load.seconds)
            tails.append(load.p99_ms())
            cpus.append(cpu * 1000 / len(load.latencies_ms))
            few = bodies[(RUNS + number) * count : (RUNS + number) * count + count // 10]
            alone, _ = _measured(host, port, process, settings, few, officers, 1)
            single.append(len(few) / alone.seconds)
    note = f"32 clients, {CASES:,} cases there before, client on the same cores, fsync on"
    return [
        result("cases_per_second", rates, "cases/s", "higher", note),
        result("p99_ms", tails, "ms", "lower", "per request, 32 clients"),
        result("cpu_ms_per_request", cpus, "ms", "lower", "server, workers and database; the client not counted"),
        result("cases_per_second_1_client", single, "cases/s", "higher", "one connection"),
    ]


def _body(view: Any, number: int, prefix: str) -> dict[str, Any]:
    made = harness.report(view, number, prefix)
    assert made.place is not None
    return {
        "source": made.source, "external_id": made.external_id, "text": made.text, "category": CATEGORY,
        "place": {"lon": made.place.lon, "lat": made.place.lat},
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
        raise RuntimeError(f"the server answered {load.statuses}: {load.answers[-1]}")
    return load, cpu
