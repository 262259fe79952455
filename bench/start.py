"""A start as a bureau sees it: from the command to the first answer of `/ready`, and the memory it then holds.

The data folder is there already; each run starts everything anew, the embedded database included. Memory is the
proportional set size of the Python processes of `serve` (worker inside), PostgreSQL's printed apart: after the
start, and after reports were taken in, when the city's data are compiled.
"""

from __future__ import annotations

import subprocess
import time
import urllib.error
import urllib.request
from pathlib import Path
from typing import Any

import psutil

import harness
from harness import CATEGORY, Request, Result, result
from xiuhua import bootstrap
from xiuhua.loop.service import Loop

CASES = 2_000
RUNS = 5
REPORTS = 200


def run(full: bool = False) -> list[Result]:
    """Seconds to `/ready`, megabytes at rest and at work."""
    settings = harness.data_set(CASES)
    bodies, token = _reports(settings, REPORTS * (5 if full else 1))
    seconds, cpu, fresh, worked, database = [], [], [], [], []
    for _ in range(RUNS):
        begun = time.perf_counter()
        with harness.server(settings, processes=1) as (host, port, process):
            _until_ready(host, port)
            seconds.append(time.perf_counter() - begun)
            times = psutil.Process(process.pid).cpu_times()
            cpu.append(times.user + times.system)
            fresh.append(resident(process, settings.data)[0])
            harness.send(host, port, [[Request("POST", "/api/reports", token, one)] for one in bodies], 8)
            ours, servers = resident(process, settings.data)
            worked.append(ours)
            database.append(servers)
    return [
        result("seconds", seconds, "s", "lower", "command to /ready, database started too, data folder there"),
        result("cpu_seconds", cpu, "s", "lower", "processor time of serve until then, without the database"),
        result("resident_mb", worked, "MB", "lower", f"PSS of serve with its worker after {len(bodies)} reports"),
        result("resident_mb_at_start", fresh, "MB", "lower", "the same before the first request of a city"),
        result("postgresql_mb", database, "MB", "lower", "PSS of PostgreSQL's processes, after the reports"),
    ]


def _reports(settings: Any, count: int) -> tuple[list[dict[str, Any]], str]:
    """Bodies of reports and a collector's token."""
    with bootstrap.opened(settings) as services:
        token = harness.person(services, "990101", "collector01")
        with services.database.reading() as tx:
            view = services.port(Loop).view(tx, "990101")
        prefix = f"start-{time.time_ns()}"
        made = [harness.report(view, number, prefix) for number in range(count)]
    return [
        {
            "source": one.source, "external_id": one.external_id, "text": one.text, "category": CATEGORY,
            "place": {"lon": one.place.lon, "lat": one.place.lat},
        }
        for one in made if one.place is not None
    ], token  # fmt: skip


def _until_ready(host: str, port: int) -> None:
    for _ in range(400):
        try:
            with urllib.request.urlopen(f"http://{host}:{port}/ready", timeout=10):
                return
        except (urllib.error.URLError, OSError):
            time.sleep(0.005)
    raise RuntimeError("the server never said that it is ready")


def resident(process: subprocess.Popen[str], data: Path) -> tuple[float, float]:
    """Megabytes (10⁶ bytes) of our Python processes, and of PostgreSQL."""
    ours, servers = 0, 0
    serve = psutil.Process(process.pid)
    python = {process.pid, *(child.pid for child in serve.children(recursive=True))}
    for one in psutil.process_iter(["pid", "cmdline", "name"]):
        found = " ".join(one.info["cmdline"] or ())
        try:
            if one.info["name"] == "postgres" and _of(one, data):
                servers += one.memory_full_info().pss
            elif one.info["pid"] in python or ("postgres.supervisor" in found and str(data) in found):
                ours += one.memory_full_info().pss
        except psutil.Error:
            continue
    return ours / 1e6, servers / 1e6


def _of(one: psutil.Process, data: Path) -> bool:
    """Whether a server's process works in the cluster of a data folder."""
    return Path(one.cwd()).is_relative_to(data.resolve())
