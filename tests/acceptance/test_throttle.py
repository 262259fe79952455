"""Limits for those who are not signed in: by address, whoever says so; the signed-in are left alone."""

from __future__ import annotations

from typing import Any

import httpx
import pytest

from xiuhua.http.server import running
from xiuhua.platform.identity.lock import network_of


def statuses(client: httpx.Client, times: int, **headers: str) -> list[int]:
    return [client.get("/api/me", headers=headers).status_code for _ in range(times)]


def test_strangers_wait_and_the_signed_in_do_not(serve: Any) -> None:
    with serve(strangers_per_minute=3) as served, served.client() as stranger, served.program("leader") as program:
        assert statuses(stranger, 3) == [401] * 3
        late = stranger.get("/api/me")
        health = stranger.get("/health").status_code

        assert (late.status_code, late.json()["code"], health) == (429, "too_many", 200)
        assert 0 < int(late.headers["retry-after"]) <= 120
        assert statuses(program, 8) == [200] * 8


def test_made_up_tokens_are_strangers_too(serve: Any) -> None:
    with serve(strangers_per_minute=3) as served, served.client() as liar, served.program("leader") as program:
        made_up = {"Authorization": f"Bearer xh_990101_{'x' * 43}"}
        assert statuses(program, 1) == [200]
        assert statuses(liar, 6, **made_up) == [401] * 4 + [429] * 2

        assert statuses(program, 5) == [200] * 5


def test_tries_to_sign_in_have_a_limit_of_their_own(serve: Any) -> None:
    with serve(sign_ins_per_minute=2) as served, served.client() as stranger:
        tries = [stranger.post("/api/session", json={"name": f"n{n}", "password": "x"}) for n in range(4)]

        assert [one.status_code for one in tries] == [401, 401, 429, 429]
        assert stranger.get("/api/me").status_code == 401


def test_opening_a_page_is_no_try_to_sign_in(serve: Any) -> None:
    with serve(sign_ins_per_minute=2) as served, served.client() as stranger, served.program("leader") as program:
        opened = [one.get("/api/session").status_code for one in (stranger, program) * 4]

        assert opened == [200] * 8
        assert stranger.post("/api/session", json={"name": "n", "password": "x"}).status_code == 401


@pytest.mark.parametrize(("trusted", "expected"), [("127.0.0.1", [401] * 4), ("10.9.9.9", [401, 401, 429, 429])])
def test_what_a_proxy_says_counts_only_if_it_is_trusted(serve: Any, trusted: str, expected: list[int]) -> None:
    with (
        serve(strangers_per_minute=2, trusted_proxies=trusted) as served,
        running(served.app) as url,
        httpx.Client(base_url=url) as client,
    ):
        answers = [client.get("/api/me", headers={"X-Forwarded-For": f"203.0.113.{n}"}) for n in range(4)]

    assert [one.status_code for one in answers] == expected


@pytest.mark.parametrize(
    ("address", "network"),
    [("203.0.113.9", "203.0.113.9"), ("2001:db8:1:2:3::4", "2001:db8:1:2::/64"), ("testclient", "testclient")],
)
def test_an_ipv6_network_is_one_address(address: str, network: str) -> None:
    assert network_of(address) == network
