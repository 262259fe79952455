"""A server is told to stop under load: what was answered is kept, what was kept is answered, and it ends well."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from threading import Event, Thread

import httpx
import pytest
from tests.acceptance.installation import Installation, opened

from xiuhua.platform.postgres.cluster import Cluster
from xiuhua.simulate.over_http import token_for

PLACE = (105.31, 29.11)


@pytest.fixture
def town(server: Cluster, tmp_path: Path) -> Iterator[Installation]:
    with opened(server, tmp_path) as found:
        yield found


@contextmanager
def serving(town: Installation, **more: str) -> Iterator[tuple[subprocess.Popen[str], str]]:
    settings = town.services.settings
    assert settings.database_url is not None and settings.database_owner_url is not None
    environment = {
        **os.environ, "XIUHUA_DATA": str(settings.data), "XIUHUA_LOG_LEVEL": "error",
        "XIUHUA_DATABASE_URL": settings.database_url.get_secret_value(),
        "XIUHUA_DATABASE_OWNER_URL": settings.database_owner_url.get_secret_value(), **more,
    }  # fmt: skip
    command = [sys.executable, "-c", "from xiuhua.cli import main; main()", "serve"]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment)
    with process:
        try:
            assert process.stdout is not None
            line = next(line for line in process.stdout if line.startswith("listening on"))
            yield process, line.split()[-1]
        finally:
            process.kill()


@dataclass
class Senders:
    """Clients that send one report after another until the server has gone."""

    url: str
    token: str
    answered: list[int] = field(default_factory=list)
    begun: Event = field(default_factory=Event)

    def send(self, who: int) -> None:
        headers = {"Authorization": f"Bearer {self.token}"}
        with httpx.Client(base_url=self.url, headers=headers, timeout=30) as client:
            for number in range(10_000):
                body = {"source": "collector", "external_id": f"{who}-{number}", "text": "路边有暴露垃圾",
                        "place": {"lon": PLACE[0], "lat": PLACE[1]}}  # fmt: skip
                try:
                    self.answered.append(client.post("/api/reports", json=body).status_code)
                except httpx.TransportError:
                    return
                if len(self.answered) > 20:
                    self.begun.set()


def test_what_was_kept_was_answered(town: Installation) -> None:
    token = token_for(town.services.database, town.city, "collector01")
    with serving(town) as (process, url):
        senders = Senders(url, token)
        threads = [Thread(target=senders.send, args=(who,)) for who in range(6)]
        for thread in threads:
            thread.start()
        assert senders.begun.wait(60)
        process.send_signal(signal.SIGTERM)
        for thread in threads:
            thread.join(60)
        assert process.wait(60) in (0, -signal.SIGTERM)

    with town.services.database.reading() as tx:
        kept = tx.execute("select count(*) as n from report").fetchone().n
    assert set(senders.answered) == {201} and kept == len(senders.answered)


def test_while_it_drains_it_is_not_ready_and_goes_on_serving(town: Installation) -> None:
    with serving(town, XIUHUA_DRAIN_SECONDS="300") as (process, url), httpx.Client(base_url=url) as client:
        assert client.get("/ready").status_code == 200
        process.send_signal(signal.SIGTERM)
        deadline = time.monotonic() + 30
        while client.get("/ready").status_code == 200 and time.monotonic() < deadline:
            pass

        assert client.get("/ready").status_code == 503 and client.get("/health").status_code == 200
        process.send_signal(signal.SIGTERM)
        assert process.wait(60) in (0, -signal.SIGTERM)
