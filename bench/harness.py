"""What benches share: a cached installation, a bounded load over loopback, and CPU of all our processes."""

from __future__ import annotations

import asyncio
import random
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import orjson
import psutil
import uvloop
from shapely import contains_xy

from million_texts import content, texts
from xiuhua import bootstrap
from xiuhua.flow.model import Attempt
from xiuhua.loop.model import PlaceIn, ReportIn
from xiuhua.loop.service import Loop
from xiuhua.platform.identity.model import Actor, Post
from xiuhua.platform.services import Services
from xiuhua.platform.settings import Settings, load_settings
from xiuhua.simulate import city as simulated_city
from xiuhua.simulate.over_http import token_for

FOLDER = Path(__file__).parents[1] / ".bench-data"
"""Benches keep data sets of their own here, never the user's."""
CATEGORY = "GB/T 47678.5/matter/06010"
Result = dict[str, Any]


def result(metric: str, runs: Sequence[float], unit: str, better: str, note: str = "") -> Result:
    """One figure: the median of its runs, with all of them."""
    ordered = sorted(runs)
    value = ordered[len(ordered) // 2]
    return {
        "metric": metric, "value": round(value, 3), "unit": unit, "better": better,
        "runs": [round(one, 3) for one in runs], "note": note,
    }  # fmt: skip


def made_once(name: str, make: Callable[[Settings], None]) -> Settings:
    """A data folder that `make` filled, now or at an earlier time; one left half made is made anew."""
    kept = FOLDER / name
    settings = load_settings(data=kept)
    if not (kept / "made").exists():
        shutil.rmtree(kept, ignore_errors=True)
        make(settings)
        (kept / "made").write_text("1")
    return settings


def data_set(cases: int) -> Settings:
    """An installation with the fictional district and so many accepted cases, made once; benches add to it."""

    def make(settings: Settings) -> None:
        with bootstrap.opened(settings) as services:
            with services.database.transaction() as tx:
                city = simulated_city.make(tx, 1, date(2024, 1, 1))
            fill(services, city, cases)

    return made_once(f"cases-{cases}", make)


def fill(services: Services, city: str, cases: int, batch: int = 1000, prefix: str = "bench") -> None:
    """Submit and accept so many reports in batches."""
    officer = Actor("intake_officer01", city, "", (Post("intake_officer", city),))
    loop = services.port(Loop)
    for start in range(0, cases, batch):
        with services.database.transaction() as tx:
            view = loop.view(tx, city)
            work = loop.work(tx, city, view)
            made = loop.submit_in(
                work, view, [report(view, n, prefix) for n in range(start, min(start + batch, cases))], officer
            )
            for receipt in made:
                loop.act_in(work, "report", str(receipt.id), Attempt("accept", {"category": CATEGORY}), officer)
            work.flush()


def report(view: Any, number: int, prefix: str = "fill") -> ReportIn:
    """A report with a point somewhere in the district, in words of its own: neighbours are no duplicates."""
    chance = random.Random(f"{prefix}-{number}")
    text, place = content(chance, _pool())["text"], PlaceIn(*spot(view, chance))
    return ReportIn("collector", f"{prefix}-{number:08}", text, place=place, category=CATEGORY)


@cache
def _pool() -> list[str]:
    return texts()


def spot(view: Any, chance: random.Random) -> tuple[float, float]:
    """A point in one of the grids, each as likely as another."""
    shape = view.areas.area(chance.choice(view.areas.grid_codes)).geometry
    left, bottom, right, top = shape.bounds
    while True:
        x, y = round(chance.uniform(left, right), 6), round(chance.uniform(bottom, top), 6)
        if contains_xy(shape, x, y):
            return x, y


@contextmanager
def server(settings: Settings, processes: int = 2) -> Iterator[tuple[str, int, subprocess.Popen[str]]]:
    """`xiuhua serve` on a data folder, as a bureau runs it: host, port, process."""
    program = Path(sys.executable).with_name("xiuhua")
    process = subprocess.Popen(
        [str(program), "--data", str(settings.data), "serve", "--processes", str(processes)],
        stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    try:
        assert process.stdout is not None
        line = ""
        while not line.startswith("listening on"):
            line = process.stdout.readline()
            if not line and process.poll() is not None:
                raise RuntimeError("the server did not start")
        host, port = line.split("http://")[1].strip().rsplit(":", 1)
        yield host, int(port), process
    finally:
        process.send_signal(signal.SIGINT)
        process.wait(timeout=30)


def cpu_seconds(process: subprocess.Popen[str], data: Path) -> float:
    """User and system time so far of the server, its children, and the database's processes."""
    found = {process.pid: psutil.Process(process.pid)}
    for one in psutil.process_iter(["pid", "cmdline"]):
        if str(data) in " ".join(one.info["cmdline"] or ()):
            found[one.pid] = one
    for one in list(found.values()):
        with _gone_is_nothing():
            found |= {child.pid: child for child in one.children(recursive=True)}
    total = 0.0
    for one in found.values():
        with _gone_is_nothing():
            times = one.cpu_times()
            # Children that have ended count as well: a backend of a closed connection.
            total += times.user + times.system + times.children_user + times.children_system
    return total


@contextmanager
def _gone_is_nothing() -> Iterator[None]:
    try:
        yield
    except psutil.NoSuchProcess:
        return


@dataclass(slots=True)
class Load:
    """What a bounded load gave."""

    seconds: float = 0.0
    latencies_ms: list[float] = field(default_factory=list)
    statuses: dict[int, int] = field(default_factory=dict)
    answers: list[Any] = field(default_factory=list)

    def p99_ms(self) -> float:
        """The 99th percentile."""
        ordered = sorted(self.latencies_ms)
        return ordered[max(0, int(len(ordered) * 0.99) - 1)]

    def per_second(self) -> float:
        """Requests per second."""
        return len(self.latencies_ms) / self.seconds


@dataclass(frozen=True, slots=True)
class Request:
    """One request of a load."""

    method: str
    path: str
    token: str
    body: Any = None

    def encoded(self, host: str) -> bytes:
        """The bytes on the wire."""
        body = orjson.dumps(self.body) if self.body is not None else b""
        head = (
            f"{self.method} {self.path} HTTP/1.1\r\nHost: {host}\r\nAuthorization: Bearer {self.token}\r\n"
            f"Content-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n"
        )
        return head.encode() + body


def send(host: str, port: int, chains: Sequence[Sequence[Request]], clients: int) -> Load:
    """Send chains of requests (each in order) from so many connections; stops when all are answered.

    The client shares the cores with what it measures, so it does as little as it can: bytes made beforehand,
    answers told apart by their length, read as JSON when all is over.
    """
    encoded = [[request.encoded(host) for request in chain] for chain in chains]
    return uvloop.run(_send(host, port, encoded, clients))


async def _send(host: str, port: int, chains: Sequence[Sequence[bytes]], clients: int) -> Load:
    load, waiting, loop = Load(), iter(chains), asyncio.get_running_loop()
    connections = [_Connection(load, waiting, loop.create_future()) for _ in range(clients)]
    for one in connections:
        await loop.create_connection(lambda one=one: one, host, port)
    begun = time.perf_counter()
    for one in connections:
        one.next()
    await asyncio.gather(*(one.ended for one in connections))
    load.seconds = time.perf_counter() - begun
    load.answers = [orjson.loads(body) if body else None for body in load.answers]
    return load


class _Connection(asyncio.Protocol):
    """One client: sends the next request when the answer to the one before is whole."""

    def __init__(self, load: Load, waiting: Iterator[Sequence[bytes]], ended: asyncio.Future[None]) -> None:
        self.ended = ended
        self._load, self._waiting, self._chain, self._read = load, waiting, iter(()), b""

    def connection_made(self, transport: Any) -> None:
        """Keep the way out."""
        self._transport = transport

    def next(self) -> None:
        """Send the next request, or end."""
        request = next(self._chain, None)
        while request is None:
            chain = next(self._waiting, None)
            if chain is None:
                self._transport.close()
                self.ended.set_result(None)
                return
            self._chain = iter(chain)
            request = next(self._chain, None)
        self._begun = time.perf_counter()
        self._transport.write(request)

    def data_received(self, data: bytes) -> None:
        """Once an answer is whole: note it, go on."""
        self._read += data
        head, found, body = self._read.partition(b"\r\n\r\n")
        if not found:
            return
        at = head.lower().find(b"content-length:")
        length = int(head[at + 15 : head.find(b"\r\n", at) if b"\r\n" in head[at:] else len(head)]) if at > 0 else 0
        if len(body) < length:
            return
        status = int(head[9:12])
        self._load.latencies_ms.append((time.perf_counter() - self._begun) * 1000)
        self._load.statuses[status] = self._load.statuses.get(status, 0) + 1
        self._load.answers.append(body)
        self._read = b""
        self.next()

    def connection_lost(self, exc: Exception | None) -> None:
        """A server that hangs up in the middle is a fault of the run."""
        if not self.ended.done():
            self.ended.set_exception(exc or ConnectionError("the server hung up"))


def person(services: Services, city: str, code: str) -> str:
    """A token of a person."""
    return token_for(services.database, city, code)
