"""Several server processes on one port: all answer, one that dies is replaced, none outlives its parent."""

from __future__ import annotations

import json
import os
import signal
import subprocess
from collections.abc import Iterator
from pathlib import Path

import httpx
import psutil
import pytest
from tests.acceptance.installation import command, environment

PATIENCE_S = 60


@pytest.fixture
def serving(open_folder: Path) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """`xiuhua serve --processes 2`, and its address."""
    settings = environment({"XIUHUA_DATA": str(open_folder / "data")})
    process = subprocess.Popen(
        command("serve", "--processes", "2"), env=settings, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    )
    assert process.stdout is not None
    line = process.stdout.readline()
    yield process, line.split()[-1]
    process.kill()
    process.wait()
    process.stdout.close()


def servers(process: subprocess.Popen[str]) -> list[psutil.Process]:
    """Its server processes: those that came of `spawn` and are no helpers of it."""
    return [one for one in psutil.Process(process.pid).children() if "spawn_main" in " ".join(one.cmdline())]


def answers(url: str) -> bool:
    with httpx.Client(transport=httpx.HTTPTransport(retries=20)) as client:
        return client.get(f"{url}/ready", timeout=PATIENCE_S).status_code == 200


def test_one_that_dies_is_replaced(serving: tuple[subprocess.Popen[str], str]) -> None:
    process, url = serving
    first = servers(process)
    first[0].kill()
    first[0].wait(PATIENCE_S)

    while len(new := servers(process)) < 2 or {one.pid for one in new} == {one.pid for one in first}:
        assert process.poll() is None
    assert answers(url)


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT, signal.SIGKILL])
def test_none_outlives_its_parent(serving: tuple[subprocess.Popen[str], str], number: signal.Signals) -> None:
    process, url = serving
    assert answers(url)
    children = servers(process)
    os.kill(process.pid, number)

    code = process.wait(PATIENCE_S)
    _, alive = psutil.wait_procs(children, PATIENCE_S)

    assert (len(children), alive) == (2, [])
    assert code == (-number if number is signal.SIGKILL else 0)


def test_what_a_server_does_is_told_in_lines_of_json(open_folder: Path) -> None:
    settings, log = environment({"XIUHUA_DATA": str(open_folder / "data")}), open_folder / "log"
    with log.open("wb") as told:
        process = subprocess.Popen(
            command("serve", "--processes", "2"), env=settings, stdout=subprocess.PIPE, stderr=told, text=True
        )
    assert process.stdout is not None
    with process.stdout:
        url = process.stdout.readline().split()[-1]
        with httpx.Client(transport=httpx.HTTPTransport(retries=20)) as client:
            client.get(f"{url}/ready", headers={"X-Request-Id": "asked-by-the-test"}, timeout=PATIENCE_S)
        process.terminate()
        process.wait(PATIENCE_S)

    lines = [json.loads(line) for line in log.read_text(encoding="utf-8").splitlines()]
    [one] = [line for line in lines if line.get("request") == "asked-by-the-test"]
    assert (one["message"], one["path"], one["status"]) == ("request", "/ready", 200)
