"""Notices over HTTP: one's own and nobody else's; addresses; webhooks for whoever manages them."""

from __future__ import annotations

from datetime import timedelta

import httpx
import pytest
from tests.acceptance.installation import Installation, pages
from tests.acceptance.walking import Walk, taken_in
from tests.reading import older_ended

from xiuhua.notices.notifier import Notifier
from xiuhua.platform.clock import SimulatedClock
from xiuhua.platform.identity import service
from xiuhua.platform.identity.model import NewAccount, system

OFFICER, OTHER, ADMIN = "officer-sanitation", "officer-roads", "the-administrator"
NOWHERE = "0195a1b2-0000-7000-8000-000000000001"


def turned(town: Installation) -> None:
    older_ended(town.database)
    while town.services.port(Notifier).turn(town.database):
        pass


@pytest.fixture(scope="module")
def told(town: Installation, town_clock: SimulatedClock) -> list[Walk]:
    """Three cases sent to the sanitation office one after the other, of which it was told."""
    turned(town)
    walks = []
    for _ in range(3):
        walks.append(taken_in(town).to_be("dispatched"))
        turned(town)
        town_clock.move_to(town_clock.now() + timedelta(minutes=1))
    return walks


def test_one_sees_what_one_was_told_newest_first(town: Installation, told: list[Walk]) -> None:
    mine = town.get(OFFICER, "/api/notices")["items"]

    assert [(one["name"], one["subject"], one["kind"]) for one in mine] == [
        ("to_receive", walk.case, "case") for walk in reversed(told)
    ]
    assert all(one["head"].keys() == one["text"].keys() == {"zh", "en"} for one in mine)
    assert town.get(OTHER, "/api/notices")["items"] == []


def test_pages_hold_every_notice_once(town: Installation, told: list[Walk]) -> None:
    first = town.get(OFFICER, "/api/notices", limit=2)
    rest = town.get(OFFICER, "/api/notices", limit=2, cursor=first["next"])

    assert [one["subject"] for one in [*first["items"], *rest["items"]]] == [walk.case for walk in reversed(told)]
    assert rest["next"] is None and len(pages(town, OFFICER, "/api/notices")) == 3


def test_reading_is_ones_own(town: Installation, told: list[Walk], town_clock: SimulatedClock) -> None:
    ids = [one["id"] for one in town.get(OFFICER, "/api/notices")["items"]]
    before = town.get(OFFICER, "/api/notices/unread")
    elsewhere = town.client(OTHER).post("/api/notices/read", json={"ids": ids}).json()
    untouched = town.get(OFFICER, "/api/notices/unread")
    one = town.client(OFFICER).post("/api/notices/read", json={"ids": ids[:1]}).json()
    left = [each["id"] for each in town.get(OFFICER, "/api/notices", unread=True)["items"]]
    town_clock.move_to(town_clock.now() + timedelta(seconds=1))
    rest = town.client(OFFICER).post("/api/notices/read", json={"until": town_clock.now().isoformat()}).json()

    assert before == untouched == {"unread": 3} and elsewhere == {"unread": 0}
    assert (one, left, rest) == ({"unread": 2}, ids[1:], {"unread": 0})


def test_addresses_are_ones_own(town: Installation) -> None:
    client = town.client(OFFICER)
    put = client.put("/api/notices/addresses/mail", json={"address": "wang@unit.example"})
    changed = client.put("/api/notices/addresses/mail", json={"address": "li@unit.example"}).json()

    assert put.status_code == 200 and [(one["way"], one["address"]) for one in changed] == [("mail", "li@unit.example")]
    assert town.get(OTHER, "/api/notices/addresses") == []
    assert client.delete("/api/notices/addresses/mail").status_code == 204
    assert client.delete("/api/notices/addresses/mail").status_code == 404


@pytest.mark.parametrize(
    ("way", "address"),
    [("mail", "a b@c.example"), ("mail", "a@c.example\nBcc: d@e.example"), ("mail", "nobody"), ("sms", "abc"),
     ("sms", ""),
     ("wechat", "<x>"), ("mail", "a@" + "c" * 300), ("pigeon", "x")],
)  # fmt: skip
def test_what_is_no_address(town: Installation, way: str, address: str) -> None:
    assert town.client(OFFICER).put(f"/api/notices/addresses/{way}", json={"address": address}).status_code == 422


@pytest.fixture(scope="module")
def manager(town: Installation) -> str:
    """A person who manages webhooks: the first administrator."""
    with town.database.transaction() as tx:
        service.create_accounts(
            tx, system(town.city), [NewAccount(ADMIN, ADMIN, roles=("administrator",))], town.services.identity.hasher
        )
    return ADMIN


def test_a_webhook_is_added_listed_and_stopped(town: Installation, manager: str) -> None:
    client = town.client(manager)
    made = client.post("/api/webhooks", json={"url": "https://platform.example/in", "names": ["late"]})
    id_ = made.json()["id"]
    [listed] = client.get("/api/webhooks").json()
    stopped = client.delete(f"/api/webhooks/{id_}")
    [after] = client.get("/api/webhooks").json()

    assert made.status_code == 201 and made.headers["location"] == f"/api/webhooks/{id_}"
    assert len(made.json()["secret"]) >= 40
    assert "secret" not in listed and (listed["url"], listed["names"], listed["stopped_at"]) == (
        "https://platform.example/in", ["late"], None,
    )  # fmt: skip
    assert (stopped.status_code, after["stopped_at"] is not None) == (204, True)
    assert client.delete(f"/api/webhooks/{id_}").status_code == 404


@pytest.mark.parametrize(
    "body",
    [{}, {"url": ""}, {"url": "ftp://x.example"}, {"url": "https://x.example", "names": ["nothing"]},
     {"url": "https://u:p@x.example/"}, {"url": "https://x.example", "secret": "mine"}],
)  # fmt: skip
def test_what_is_no_webhook(town: Installation, manager: str, body: dict[str, object]) -> None:
    assert town.client(manager).post("/api/webhooks", json=body).status_code == 422


@pytest.mark.parametrize(
    "body", [{}, {"ids": []}, {"until": "2026-03-02T09:00:00"}, {"ids": ["x" * 65]}, {"all": True}]
)
def test_what_reads_nothing(town: Installation, body: dict[str, object]) -> None:
    assert town.client(OFFICER).post("/api/notices/read", json=body).status_code == 422


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", "/api/notices"), ("GET", "/api/notices/unread"), ("POST", "/api/notices/read"),
        ("GET", "/api/notices/addresses"), ("PUT", "/api/notices/addresses/mail"),
        ("DELETE", "/api/notices/addresses/mail"), ("GET", "/api/webhooks"), ("POST", "/api/webhooks"),
        ("DELETE", f"/api/webhooks/{NOWHERE}"),
    ],
)  # fmt: skip
def test_strangers_are_told_nothing(town: Installation, method: str, path: str) -> None:
    body = {} if method in ("POST", "PUT") else None
    answer = httpx.request(method, town.url + path, headers={"X-Requested-With": "test"}, json=body)

    assert answer.status_code == 401


@pytest.mark.parametrize(("method", "path"), [("GET", "/api/webhooks"), ("DELETE", f"/api/webhooks/{NOWHERE}")])
def test_only_who_manages_them_sees_webhooks(town: Installation, method: str, path: str) -> None:
    assert town.client("dispatcher01").request(method, path).status_code == 403


def test_who_may_not_adds_no_webhook(town: Installation) -> None:
    answer = town.client("dispatcher01").post("/api/webhooks", json={"url": "https://platform.example/in"})

    assert answer.status_code == 403
