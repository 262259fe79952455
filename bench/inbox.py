"""An inbox with thousands of tasks waiting: the first page with the actions that may be taken, over HTTP; and lists."""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import timedelta
from itertools import combinations
from typing import Any
from urllib.parse import urlencode

import harness
import million
from harness import Request, Result, result
from xiuhua import bootstrap
from xiuhua.platform.services import Services

CASES = 2_000
RUNS = 3
Filter = Callable[[], dict[str, Any]]


def run(full: bool = False) -> list[Result]:
    """The shift leader's inbox, where all accepted cases wait; and lists by every pair of filters."""
    count = 1000 if full else 200
    settings = harness.data_set(CASES)
    with bootstrap.opened(settings) as services:
        token = harness.person(services, "990101", "shift_leader01")
        with services.database.reading() as tx:
            row = tx.execute("select count(*) as waiting from task where city = '990101'").fetchone()
    waiting = row.waiting if row else 0
    with harness.server(settings) as (host, port, _):
        harness.send(host, port, [[Request("GET", "/api/inbox", token)]] * 5, 1)
        inbox = []
        for _ in range(RUNS):
            load = harness.send(host, port, [[Request("GET", "/api/inbox?limit=20", token)]] * count, 1)
            inbox.append(load.p99_ms())
            if any(status != 200 for status in load.statuses):
                raise RuntimeError(f"the server answered {load.statuses}")
    return [
        result("p99_ms", inbox, "ms", "lower", f"first 20 of {waiting:,} tasks with their actions, one client"),
        *lists(million.CASES if full else 100_000, 12 if full else 6),
    ]


def lists(cases: int, each: int) -> list[Result]:
    """The first 50 rows by any two filters: every pair, so many times with values drawn among rare and common ones."""
    settings = million.tidied(cases)
    with bootstrap.opened(settings) as services:
        token = harness.person(services, million.CITY, "shift_leader01")
        filters = _filters(services, random.Random(1))
    tails = []
    with harness.server(settings) as (host, port, _):
        for _ in range(RUNS):
            asked = [{**one(), **other()} for _ in range(each) for one, other in combinations(filters, 2)]
            paths = [f"/api/cases?limit=50&{urlencode(values)}" for values in asked]
            load = harness.send(host, port, [[Request("GET", path, token)] for path in paths], 1)
            if set(load.statuses) != {200}:
                raise RuntimeError(f"the server answered {load.statuses}")
            tails.append(load.p99_ms())
    note = f"50 rows of {cases:,} cases, any two of {len(filters)} filters, rare and common values, one client"
    return [result("list_p99_ms", tails, "ms", "lower", note)]


def _filters(services: Services, chance: random.Random) -> list[Filter]:
    with services.database.reading() as tx:

        def known(column: str) -> list[str]:
            rows = tx.execute(f"select distinct {column} as v from city_case where {column} is not null")  # type: ignore[arg-type]
            return sorted(row.v for row in rows)

        columns = {name: known(name) for name in ("state", "category", "unit", "source")}
        rows = tx.execute("select distinct unnest(scopes) as v from (select scopes from city_case limit 20000) as few")
        columns["area"] = sorted(row.v for row in rows)
        [ends] = tx.execute("select min(opened_at) as first, max(opened_at) as last from city_case")

    def period() -> dict[str, Any]:
        begin = ends.first + (ends.last - ends.first) * chance.random()
        end = begin + timedelta(days=chance.choice((1, 30, 200)))
        return {"opened_from": begin.isoformat(), "opened_to": end.isoformat()}

    def chosen(name: str, values: list[str]) -> Filter:
        return lambda: {name: chance.choice(values)}

    flags = [chosen(name, ["true", "true", "false"]) for name in ("overdue", "late", "suspended")]
    return [*(chosen(name, values) for name, values in columns.items()), period, *flags]
