"""An inbox with thousands of tasks waiting: the first page with the actions that may be taken, over HTTP."""

from __future__ import annotations

import harness
from harness import Request, Result, result
from xiuhua import bootstrap

CASES = 2_000
RUNS = 3


def run(full: bool = False) -> list[Result]:
    """The shift leader's inbox, where all accepted cases wait; and a list with two filters."""
    count = 1000 if full else 200
    settings = harness.data_set(CASES)
    with bootstrap.opened(settings) as services:
        token = harness.person(services, "990101", "shift_leader01")
        with services.database.reading() as tx:
            row = tx.execute("select count(*) as waiting from task where city = '990101'").fetchone()
    waiting = row.waiting if row else 0
    with harness.server(settings) as (host, port, _):
        harness.send(host, port, [[Request("GET", "/api/inbox", token)]] * 5, 1)
        inbox, listed = [], []
        for _ in range(RUNS):
            load = harness.send(host, port, [[Request("GET", "/api/inbox?limit=20", token)]] * count, 1)
            inbox.append(load.p99_ms())
            path = "/api/cases?state=accepted&category=GB/T%2047678.5/matter/06010&limit=50"
            listed.append(harness.send(host, port, [[Request("GET", path, token)]] * count, 1).p99_ms())
            if any(status != 200 for status in load.statuses):
                raise RuntimeError(f"the server answered {load.statuses}")
    return [
        result("p99_ms", inbox, "ms", "lower", f"first 20 of {waiting:,} tasks with their actions, one client"),
        result("list_p99_ms", listed, "ms", "lower", f"50 rows of {CASES:,} cases, two filters, one client"),
    ]
