"""A real S3 server on loopback: the program `weed`, with a folder and ports of its own."""

from __future__ import annotations

import json
import shutil
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import httpx

from xiuhua.platform.postgres.locks import wait_until

BUCKET = "photos"
KEY_ID, KEY = "test-key-id", "test-secret-never-logged"
_GRPC = 10_000
"""Its services also listen that much above each port."""


def program() -> str | None:
    """Where `weed` is; None where the wheel is not installed."""
    beside = Path(sys.executable).parent / "weed"
    return str(beside) if beside.exists() else shutil.which("weed")


@contextmanager
def running(folder: Path) -> Iterator[str]:
    """A server with an empty bucket; gives its endpoint, ends by killing the process that was started."""
    master, volume, filer, s3 = _free(4)
    rights = {"identities": [{"name": "test", "actions": ["Admin", "Read", "Write", "List", "Tagging"],
              "credentials": [{"accessKey": KEY_ID, "secretKey": KEY}]}]}  # fmt: skip
    (folder / "rights.json").write_text(json.dumps(rights))
    (folder / "data").mkdir()
    words = [
        str(program()), "-logdir", str(folder), "server", f"-dir={folder / 'data'}", "-ip=127.0.0.1",
        "-ip.bind=127.0.0.1", f"-master.port={master}", "-master.telemetry=false", "-master.volumeSizeLimitMB=64",
        f"-volume.port={volume}", "-volume.max=20", "-filer", f"-filer.port={filer}", "-s3", f"-s3.port={s3}",
        "-s3.port.iceberg=0", "-s3.port.lance=0", f"-s3.config={folder / 'rights.json'}",
    ]  # fmt: skip
    with (folder / "weed.log").open("wb") as log:
        process = subprocess.Popen(words, stdout=log, stderr=log, cwd=folder)
    try:
        assert wait_until(lambda: _has_bucket(filer, s3), timeout_s=90), (folder / "weed.log").read_text()[-3000:]
        yield f"http://127.0.0.1:{s3}"
    finally:
        process.kill()
        process.wait()


def _has_bucket(filer: int, s3: int) -> bool:
    """Makes the bucket, and whether an object can be written and read already: volumes are made at the first."""
    try:
        made = httpx.post(f"http://127.0.0.1:{filer}/buckets/{BUCKET}/", timeout=5)
        put = httpx.put(f"http://127.0.0.1:{filer}/buckets/{BUCKET}/ready", content=b"x", timeout=5)
        answer = httpx.get(f"http://127.0.0.1:{s3}/", timeout=5)
    except httpx.HTTPError:
        return False
    return (made.is_success or made.status_code == 409) and put.is_success and answer.status_code in (200, 403)


def _free(count: int) -> list[int]:
    """Ports that are free, and free `_GRPC` above as well; held until all are found."""
    found: list[int] = []
    with ExitStack() as held:
        while len(found) < count:
            one = held.enter_context(socket.socket())
            one.bind(("127.0.0.1", 0))
            port = one.getsockname()[1]
            if port + _GRPC >= 65_536:
                port -= 2 * _GRPC
            above = held.enter_context(socket.socket())
            try:
                if port != one.getsockname()[1]:
                    held.enter_context(socket.socket()).bind(("127.0.0.1", port))
                above.bind(("127.0.0.1", port + _GRPC))
            except OSError:
                continue
            found.append(port)
    return found
