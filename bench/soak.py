"""Half of what a server carries, for half an hour: does it need more memory, does it become slower?

How much it carries is measured first, for some seconds with 32 clients at full speed. Then as many clients take turns
at half of that: of twenty requests eight send a report that is accepted at once, eight decline the case that has waited
longest, three read an inbox, one a list. So the bureau keeps up, as one does; cases that nobody touches would bring
reminders by the hundred thousand. Reports tell of moments all over the year: what lies near each is as dense as in a
city, not a year's worth in half an hour. The normal size runs for two minutes.
"""

from __future__ import annotations

import asyncio
import itertools
import random
import re
import subprocess
import time
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import numpy as np
import orjson
import uvloop

import harness
import intake
import million
import start
from harness import Request, Result, result
from xiuhua import bootstrap
from xiuhua.loop.service import Loop

CLIENTS = 32
WARM_UP = 1500
FEW, MANY = 10_000, million.CASES
FULL_S, NORMAL_S = 1800.0, 120.0
YEAR_S = 364 * 86_400
PARTS = 12
"""Of the time: each with its memory and its latencies."""


@dataclass(slots=True)
class _Part:
    """A twelfth of the time."""

    latencies_ms: list[float] = field(default_factory=list)
    resident_mb: float = 0.0


def run(full: bool = False) -> list[Result]:
    """Memory and latency of the last third against the first; the first twelfth, in which memories fill, left out."""
    seconds, cases = (FULL_S, MANY) if full else (NORMAL_S, FEW)
    settings = million.data_set(cases)
    with bootstrap.opened(settings) as services:
        officers = [harness.person(services, million.CITY, f"intake_officer{number:02}") for number in (1, 2)]
        leader = harness.person(services, million.CITY, "shift_leader01")
        with services.database.reading() as tx:
            view = services.port(Loop).view(tx, million.CITY)
    open_cases: deque[str] = deque()
    requests = _requests(view, officers, leader, open_cases)
    with harness.server(settings) as (host, port, process):
        chains = [[one] for one in itertools.islice(requests, WARM_UP)]
        harness.send(host, port, chains[: WARM_UP // 3], CLIENTS)
        rate = harness.send(host, port, chains[WARM_UP // 3 :], CLIENTS).per_second() / 2
        parts, failed = uvloop.run(_paced((host, port), requests, open_cases, rate, seconds, process, settings.data))
    if failed:
        raise RuntimeError(f"requests that were not answered as they should be: {failed}")
    first, last = parts[1 : PARTS // 3 + 1], parts[-(PARTS // 3) :]
    tails = [float(np.percentile(part.latencies_ms, 99)) for part in parts]
    middles = [float(np.median(part.latencies_ms)) for part in parts]
    memory = [part.resident_mb for part in parts]
    count = sum(len(part.latencies_ms) for part in parts)
    if count < 0.9 * rate * seconds:
        raise RuntimeError(f"{count} requests were sent of {rate * seconds:.0f}: the machine became slower than half")
    note = f"{seconds:.0f} s at {rate:.0f} requests/s (half of full speed), {count:,} requests, {cases:,} cases before"

    def growth(values: list[float]) -> float:
        begin, end = values[1 : len(first) + 1], values[-len(last) :]
        return (float(np.mean(end)) / float(np.mean(begin)) - 1) * 100

    return [
        result("resident_growth_percent", [growth(memory)], "%", "lower", f"last third to first; {note}"),
        result("resident_mb", memory, "MB", "lower", "PSS of serve, its children and its worker, by twelfths"),
        result("p50_growth_percent", [growth(middles)], "%", "lower", "last third to first"),
        result("p99_growth_percent", [growth(tails)], "%", "lower", "last third to first"),
        result("p50_ms", middles, "ms", "lower", "by twelfths"),
        result("p99_ms", tails, "ms", "lower", "by twelfths"),
    ]


def _requests(view: Any, officers: list[str], leader: str, open_cases: deque[str]) -> Iterator[Request]:
    prefix, chance = f"soak-{time.time_ns()}", random.Random(1)
    for number in itertools.count():
        turn = number % 20
        if turn < 16 and turn % 2 and open_cases:
            path = f"/api/cases/{open_cases.popleft()}/actions/decline"
            yield Request("POST", path, leader, {"fields": {}, "reason": "soak"})
        elif turn < 16:
            at = datetime.now(UTC) - timedelta(seconds=chance.randrange(1, YEAR_S))
            body = intake.body(view, number, prefix) | {"at": at.isoformat()}
            yield Request("POST", "/api/reports", officers[number % 2], body)
        elif turn < 19:
            yield Request("GET", "/api/inbox?limit=20", leader)
        else:
            yield Request("GET", "/api/cases?limit=50&state=accepted", leader)


async def _paced(
    address: tuple[str, int],
    requests: Iterator[Request],
    open_cases: deque[str],
    rate: float,
    seconds: float,
    process: subprocess.Popen[str],
    data: Path,
) -> tuple[list[_Part], dict[int, int]]:
    """Requests at even distances, whoever of the clients is free; stops by itself when the time is over."""
    parts, failed = [_Part() for _ in range(PARTS)], dict[int, int]()
    begun = time.perf_counter()

    async def client(number: int) -> None:
        connection = await asyncio.open_connection(*address)
        for turn in itertools.count(number, CLIENTS):
            at = turn / rate
            if at >= seconds or time.perf_counter() - begun > seconds:
                break  # what could not be sent in time is not sent any more
            await asyncio.sleep(max(0.0, begun + at - time.perf_counter()))
            one = next(requests)
            sent = time.perf_counter()
            status, answer = await _answered(*connection, one.encoded(address[0]))
            if one.path == "/api/reports" and status == 201:
                open_cases.append(orjson.loads(answer)["case"])
            part = parts[min(PARTS - 1, int((sent - begun) / seconds * PARTS))]
            part.latencies_ms.append((time.perf_counter() - sent) * 1000)
            if status not in (200, 201):
                failed[status] = failed.get(status, 0) + 1
        connection[1].close()

    async def watch() -> None:
        for part, number in zip(parts, itertools.count(1), strict=False):
            await asyncio.sleep(max(0.0, begun + number * seconds / PARTS - 1 - time.perf_counter()))
            part.resident_mb = (await asyncio.to_thread(start.resident, process, data))[0]

    await asyncio.gather(watch(), *(client(number) for number in range(CLIENTS)))
    return parts, failed


async def _answered(reader: asyncio.StreamReader, writer: asyncio.StreamWriter, request: bytes) -> tuple[int, bytes]:
    """Status and content of an answer."""
    writer.write(request)
    head = await reader.readuntil(b"\r\n\r\n")
    length = re.search(rb"(?i)content-length: *(\d+)", head)
    content = await reader.readexactly(int(length[1]) if length else 0)
    return int(head[9:12]), content
