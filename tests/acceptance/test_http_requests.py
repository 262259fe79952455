"""What every request may say: who it is, on which version it is based, which page, that it is a repetition."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import httpx
import pytest
from tests.acceptance.things import add, room, value

from xiuhua.platform.clock import SimulatedClock


@pytest.fixture
def served(serve: Any) -> Iterator[Any]:
    with serve(room()) as found:
        yield found


@pytest.fixture
def client(served: Any) -> Iterator[httpx.Client]:
    with served.program("collector") as found:
        yield found


@pytest.mark.parametrize("authorization", [None, "Bearer x", "Bearer xh_990101_" + "a" * 43, "Basic eDp5"])
def test_strangers_are_asked_to_sign_in(served: Any, authorization: str | None) -> None:
    headers = {} if authorization is None else {"Authorization": authorization}
    with served.client(**headers) as stranger:
        answer = stranger.get("/api/things")

    assert (answer.status_code, answer.json()["code"]) == (401, "not_signed_in")
    assert answer.headers["www-authenticate"] == "Bearer"


def test_permission_is_asked_before_anything_happens(served: Any) -> None:
    with served.program("handler") as handler:
        answer = add(handler)

        assert (answer.status_code, answer.json()["permission"]) == (403, "report.submit")
        assert value(handler) is None


def test_a_token_may_only_what_it_was_made_for(served: Any) -> None:
    with served.program("collector", scopes=["case.read"]) as narrow:
        assert add(narrow).status_code == 403
        assert narrow.get("/api/things").status_code == 200


def test_a_change_names_the_version_it_is_based_on(client: httpx.Client) -> None:
    add(client, value=3)

    stale = client.patch("/api/things/lamp", headers={"If-Match": '"2"'})
    foreign = client.patch("/api/things/lamp", headers={"If-Match": "W/x"})
    fresh = client.patch("/api/things/lamp", headers={"If-Match": '"3"'})
    blind = client.patch("/api/things/lamp")

    assert [one.status_code for one in (stale, foreign, fresh, blind)] == [412, 412, 200, 200]
    assert stale.json()["code"] == "conflict"


def test_what_the_reader_has_is_not_sent_again(client: httpx.Client) -> None:
    add(client, value=3)

    known = client.get("/api/things/lamp", headers={"If-None-Match": 'W/"3"'})
    other = client.get("/api/things/lamp", headers={"If-None-Match": '"2"'})

    assert (known.status_code, known.content, known.headers["etag"]) == (304, b"", '"3"')
    assert other.status_code == 200


def test_pages_neither_skip_nor_repeat(client: httpx.Client) -> None:
    for name in ("c3", "a1", "d4", "b2", "e5"):
        add(client, name)

    first = client.get("/api/things", params={"limit": 2})
    add(client, "a0")
    second = client.get(first.links["next"]["url"])
    third = client.get("/api/things", params={"limit": 2, "cursor": second.json()["next"]})

    pages = [[one["name"] for one in page.json()["items"]] for page in (first, second, third)]
    assert pages == [["a1", "b2"], ["c3", "d4"], ["e5"]]
    assert third.json()["next"] is None and "next" not in third.links


@pytest.mark.parametrize(
    "query", ["cursor=x", "cursor=W10", "cursor=WzFd", "limit=0", "limit=201", "cursor=" + "a" * 501]
)
def test_what_is_no_cursor_is_refused(client: httpx.Client, query: str) -> None:
    answer = client.get(f"/api/things?{query}")

    assert (answer.status_code, answer.json()["errors"][0]["field"]) == (422, query.partition("=")[0])


def test_a_repeated_request_is_answered_as_the_first_was(client: httpx.Client) -> None:
    first, second = add(client, key="key-00000001"), add(client, key="key-00000001")

    assert first.status_code == second.status_code == 201
    assert first.json() == second.json() and value(client) == 1
    assert "idempotent-replayed" not in first.headers and second.headers["idempotent-replayed"] == "true"
    assert [first.headers[name] for name in ("etag", "location")] == [
        second.headers[name] for name in ("etag", "location")
    ]


def test_an_answer_without_a_body_is_repeated_too(client: httpx.Client) -> None:
    add(client)
    headers = {"Idempotency-Key": "key-00000001"}

    answers = [client.post("/api/things/lamp/close", headers=headers) for _ in range(2)]
    without_key = client.post("/api/things/lamp/close")

    assert [(one.status_code, one.content) for one in answers] == [(204, b"")] * 2
    assert without_key.status_code == 409


def test_a_key_used_for_something_else_is_refused(client: httpx.Client) -> None:
    add(client, key="key-00000001")

    answer = add(client, "other", key="key-00000001")

    assert (answer.status_code, answer.json()["code"]) == (422, "already_done")
    assert value(client, "other") is None


def test_a_failed_request_may_be_repeated_with_its_key(client: httpx.Client) -> None:
    headers = {"Idempotency-Key": "key-00000001"}
    refused = client.post("/api/things/lamp/close", headers=headers)
    add(client)

    assert refused.status_code == 409
    assert client.post("/api/things/lamp/close", headers=headers).status_code == 204


def test_keys_of_different_people_are_different(served: Any) -> None:
    with served.program("collector", name="one") as one, served.program("collector", name="two") as two:
        assert [add(who, key="key-00000001").json()["value"] for who in (one, two)] == [1, 2]


@pytest.mark.parametrize("key", ["short", "x" * 201])
def test_a_malformed_key_is_refused(client: httpx.Client, key: str) -> None:
    answer = add(client, key=key)

    assert (answer.status_code, answer.json()["errors"][0]["field"]) == (422, "Idempotency-Key")


@pytest.mark.parametrize("path", ["secret", "unmasked"])
def test_what_is_shown_once_is_not_kept_for_repetition(served: Any, path: str) -> None:
    headers = {"Idempotency-Key": "key-00000001"}
    with served.program("intake_officer") as officer:
        answers = [officer.post(f"/api/things/{path}", headers=headers).json()["value"] for _ in range(2)]

    assert answers == [1, 2]
    with served.services.database.reading() as tx:
        assert tx.execute("select count(*) as n from idempotency").fetchone().n == 0


@pytest.mark.parametrize("path", ["", "/lamp/close"])
def test_of_many_at_once_with_one_key_one_has_an_effect(client: httpx.Client, path: str) -> None:
    add(client)
    headers = {"Idempotency-Key": "key-00000002"}

    def send(_: int) -> httpx.Response:
        return client.post(f"/api/things{path}", json={"name": "lamp"}, headers=headers)

    with ThreadPoolExecutor(8) as threads:
        answers = list(threads.map(send, range(8)))

    assert len({(one.status_code, one.content) for one in answers}) == 1 and answers[0].is_success
    assert sum("idempotent-replayed" in one.headers for one in answers) == 7
    assert value(client) == (2 if path == "" else 0)


def test_a_form_of_another_site_changes_nothing(served: Any) -> None:
    with served.browser("collector") as browser:
        del browser.headers["X-Requested-With"]
        sites = {None: 403, "cross-site": 403, "same-site": 403, "same-origin": 201}
        found = {
            site: browser.post("/api/things", json={"name": "lamp"}, headers={"Sec-Fetch-Site": site} if site else {})
            for site in sites
        }

        assert {site: answer.status_code for site, answer in found.items()} == sites
        assert found[None].json()["code"] == "cross_site"
        assert browser.get("/api/things", headers={"Sec-Fetch-Site": "cross-site"}).status_code == 200


def test_programs_with_tokens_need_no_such_header(client: httpx.Client) -> None:
    del client.headers["X-Requested-With"]

    assert add(client).status_code == 201


def test_the_last_use_is_written_down_now_and_then(client: httpx.Client, served: Any, clock: SimulatedClock) -> None:
    seen = []
    for minutes in (0, 1, 6):
        clock.move_to(clock.now() + timedelta(minutes=minutes))
        client.get("/api/things")
        with served.services.database.reading() as tx:
            seen.append(clock.now() - tx.execute("select seen_at from token").fetchone().seen_at)

    assert seen == [timedelta(0), timedelta(minutes=1), timedelta(0)]
