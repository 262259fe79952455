"""Actions over HTTP: file, dispatch, receive and hand back, by the people whose turn it is, 16 clients."""

from __future__ import annotations

from typing import Any

import harness
from harness import CATEGORY, Request, Result, result
from xiuhua import bootstrap
from xiuhua.loop.service import Loop

CASES = 2_000
RUNS = 3


def run(full: bool = False) -> list[Result]:
    """Each run takes fresh cases through four actions."""
    count = 2000 if full else 400
    settings = harness.data_set(CASES)
    with bootstrap.opened(settings) as services:
        city = "990101"
        tokens = {
            who: harness.person(services, city, who) for who in ("shift_leader01", "dispatcher01", "officer-sanitation")
        }
        with services.database.reading() as tx:
            loop = services.port(Loop)
            view = loop.view(tx, city)
            condition = next(c for c in view.catalogue.conditions(CATEGORY, view.day) if c.milestones_on(view.day))
            found = tx.execute(
                "select id from city_case where city = %s and state = 'accepted' order by opened_at limit %s",
                (city, count * RUNS),
            ).fetchall()
    ids = [row.id for row in found]
    if len(ids) < count * RUNS:
        raise RuntimeError(f"only {len(ids)} accepted cases are left; remove {harness.FOLDER} to begin anew")
    with harness.server(settings) as (host, port, process):
        rates, tails, cpus = [], [], []
        for number in range(RUNS):
            chains = [_chain(id_, tokens, condition.id) for id_ in ids[number * count : (number + 1) * count]]
            before = harness.cpu_seconds(process, settings.data)
            load = harness.send(host, port, chains, 16)
            cpu = harness.cpu_seconds(process, settings.data) - before
            if any(status >= 300 for status in load.statuses):
                raise RuntimeError(f"the server answered {load.statuses}: {load.answers[-1]}")
            rates.append(load.per_second())
            tails.append(load.p99_ms())
            cpus.append(cpu * 1000 / len(load.latencies_ms))
    note = f"16 clients, {CASES:,} cases, client on the same cores, fsync on"
    return [
        result("actions_per_second", rates, "actions/s", "higher", note),
        result("p99_ms", tails, "ms", "lower", "16 clients"),
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
