"""Alive, ready, figures: what a proxy and a monitor ask; and nothing personal in any log."""

from __future__ import annotations

import json
import logging
from dataclasses import replace
from datetime import timedelta
from typing import Any

import httpx
import pytest
from tests.acceptance.conftest import Serve
from tests.acceptance.installation import Installation
from tests.acceptance.things import room

from xiuhua.operations import life
from xiuhua.operations.tally import Tally
from xiuhua.platform.logging import JsonFormatter
from xiuhua.platform.postgres.locks import wait_until
from xiuhua.platform.settings import Settings


def test_ready_tells_migrations_and_worker(serve: Serve) -> None:
    with serve(room()) as served, served.client() as client:
        never = client.get("/ready").json()
        with served.services.database.transaction() as tx:
            life.beat(tx, "worker", tx.now, {})
        fine = client.get("/ready").json()
        with served.services.database.transaction() as tx:
            life.beat(replace(tx, now=tx.now - timedelta(minutes=2)), "worker", tx.now, {})

        assert never == {"status": "ok", "migrations": "current", "worker": "never"}
        assert fine["worker"] == "ok" and client.get("/ready").json()["worker"] == "silent"


def test_a_stopping_process_is_not_ready(serve: Serve) -> None:
    from xiuhua.http.app import create_app

    with serve(room()) as served:
        app = create_app(served.services)
        app.state.stopping = True
        transport = httpx.ASGITransport(app)

        async def ask() -> int:
            async with httpx.AsyncClient(transport=transport, base_url="http://x") as client:
                return (await client.get("/ready")).status_code

        import asyncio

        assert asyncio.run(ask()) == 503


def test_figures_for_a_monitor(town: Installation) -> None:
    with httpx.Client(base_url=town.url) as client:
        client.get("/health")
        answer = client.get("/metrics")

    assert answer.headers["content-type"].startswith("text/plain; version=0.0.4")
    told = answer.text
    assert 'xiuhua_requests_total{operation="health",status="200"} ' in told
    assert 'xiuhua_request_seconds_bucket{le="+Inf",operation="health"}' in told
    assert "\nxiuhua_up 1.0" in told and "\nxiuhua_database_bytes " in told
    for name in ("xiuhua_connections", "xiuhua_timers_late", "xiuhua_events", "xiuhua_unsealed_seconds"):
        assert f"# TYPE {name} gauge" in told


@pytest.mark.parametrize("header", ["X-Forwarded-For", "Via", "Forwarded"])
def test_nobody_reads_figures_through_a_proxy(town: Installation, header: str) -> None:
    with httpx.Client(base_url=town.url) as client:
        assert client.get("/metrics", headers={header: "1.2.3.4"}).status_code == 404


def test_with_a_token_only_who_shows_it(serve: Serve) -> None:
    with serve(room()) as served, served.client() as client:
        served.services.settings = Settings(data=served.services.settings.data, metrics_token="long and secret")

        assert client.get("/metrics").status_code == 404
        assert client.get("/metrics", headers={"Authorization": "Bearer wrong"}).status_code == 404
        assert client.get("/metrics", headers={"Authorization": "Bearer long and secret"}).status_code == 200


def test_every_request_is_counted_in_one_part_of_its_histogram() -> None:
    tally = Tally()
    for seconds in (0.001, 0.005, 0.3, 99.0):
        tally("act_on_case", 200, seconds)

    assert tally.counts == {("act_on_case", 200): 4}
    assert dict(tally.durations["act_on_case"].cumulated())["0.005"] == 2
    assert dict(tally.durations["act_on_case"].cumulated())["+Inf"] == 4


def test_no_log_line_holds_what_people_typed(town: Installation, caplog: pytest.LogCaptureFixture) -> None:
    phone, text, token = "13812345678", "张三家门口的垃圾", "xh_990101.secretsecretsecret"
    headers = {"Authorization": f"Bearer {token}", "X-Requested-With": "x", "X-Request-Id": "request-4711"}
    body = {"source": "hotline", "external_id": phone, "text": text, "reporter": {"phone": phone}}
    with caplog.at_level(logging.DEBUG, "xiuhua"), httpx.Client(base_url=town.url) as client:
        answers = [
            client.post("/api/reports", json=body, headers=headers),
            client.post("/api/reports", content=json.dumps(body)[:-3], headers=headers),
            client.get(f"/api/cases?q={phone}", headers=headers),
            client.get(f"/api/cases/{phone}", headers=headers),
            client.post("/api/session", json={"name": text, "password": token}, headers=headers),
        ]
        # A request's line is written once its answer has gone.
        assert wait_until(lambda: len(_told(caplog)) >= len(answers), timeout_s=30)

    lines = _told(caplog)
    assert all(answer.status_code >= 400 for answer in answers)
    assert not [line for line in lines for secret in (phone, text, "张三", token, "secretsecret") if secret in line]
    assert all(answer.headers["x-request-id"] == "request-4711" for answer in answers)


def _told(caplog: pytest.LogCaptureFixture) -> list[str]:
    return [JsonFormatter().format(record) for record in [*caplog.records] if record.name.startswith("xiuhua")]


def test_the_number_of_a_request_stands_in_its_problem(town: Installation) -> None:
    with httpx.Client(base_url=town.url) as client:
        answer: Any = client.get("/api/cases/x", headers={"X-Request-Id": "request-4712"})

    assert answer.json()["request"] == answer.headers["x-request-id"] == "request-4712"
