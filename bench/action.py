"""Actions over HTTP: file, dispatch, receive and hand back, by the people whose turn it is, beside many cases."""

from __future__ import annotations

import time
from typing import Any

import harness
import million
from harness import CATEGORY, Request, Result, result
from xiuhua import bootstrap
from xiuhua.loop.service import Loop

SOME, MANY = 100_000, million.CASES
RUNS = 3
WARM = 200
"""Cases of a run before, that is not counted."""
CITY = million.CITY
CLIENTS = 32


def run(full: bool = False) -> list[Result]:
    """Each run takes fresh cases through four actions."""
    count, cases = (2000, MANY) if full else (500, SOME)
    settings = million.tidied(cases)
    with bootstrap.opened(settings) as services:
        harness.fill(services, CITY, count * RUNS + WARM, prefix=f"action-{time.time_ns()}")
        tokens = {
            who: harness.person(services, CITY, who) for who in ("shift_leader01", "dispatcher01", "officer-sanitation")
        }
        with services.database.reading() as tx:
            loop = services.port(Loop)
            view = loop.view(tx, CITY)
            condition = next(c for c in view.catalogue.conditions(CATEGORY, view.day) if c.milestones_on(view.day))
            found = tx.execute(
                "select id from city_case where city = %s and state = 'accepted' and category = %s"
                " order by opened_at desc limit %s",
                (CITY, CATEGORY, count * RUNS + WARM),
            ).fetchall()
    ids = [row.id for row in found]
    with harness.server(settings) as (host, port, process):
        rates, tails, cpus = [], [], []
        harness.send(host, port, [_chain(id_, tokens, condition.id) for id_ in ids[count * RUNS :]], CLIENTS)
        for number in range(RUNS):
            chains = [_chain(id_, tokens, condition.id) for id_ in ids[number * count : (number + 1) * count]]
            before = harness.cpu_seconds(process, settings.data)
            load = harness.send(host, port, chains, CLIENTS)
            cpu = harness.cpu_seconds(process, settings.data) - before
            if any(status >= 300 for status in load.statuses):
                raise RuntimeError(f"the server answered {load.statuses}: {load.answers[-1]}")
            rates.append(load.per_second())
            tails.append(load.p99_ms())
            cpus.append(cpu * 1000 / len(load.latencies_ms))
    note = f"{CLIENTS} clients, {cases:,} cases before, client on the same cores, fsync on"
    return [
        result("actions_per_second", rates, "actions/s", "higher", note),
        result("p99_ms", tails, "ms", "lower", f"{CLIENTS} clients"),
        result("cpu_ms_per_request", cpus, "ms", "lower", "server, worker and database"),
    ]


def _chain(case: str, tokens: dict[str, str], condition: str) -> list[Request]:
    steps: list[tuple[str, str, dict[str, Any]]] = [
        ("shift_leader01", "file", {"filing_condition": condition}),
        ("dispatcher01", "dispatch", {"unit": "sanitation"}),
        ("officer-sanitation", "receive", {}),
        ("officer-sanitation", "hand_back", {"note": "done"}),
    ]
    return [
        Request("POST", f"/api/cases/{case}/actions/{action}", tokens[who], {"fields": fields})
        for who, action, fields in steps
    ]
