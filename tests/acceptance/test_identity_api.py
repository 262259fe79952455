"""Signing in, accounts and tokens over HTTP: for everyone who may, and for everyone who may not."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import httpx
import pytest

from xiuhua.platform.clock import SimulatedClock
from xiuhua.platform.identity.model import NewAccount

PASSWORD = "a long enough one"


@pytest.fixture
def served(serve: Any) -> Iterator[Any]:
    with serve() as found:
        yield found


@pytest.fixture
def manager(served: Any) -> Iterator[httpx.Client]:
    with served.program("administrator", name="manager") as client:
        yield client


def sign_in(client: httpx.Client, name: str, password: str, **more: str) -> httpx.Response:
    return client.post("/api/session", json={"name": name, "password": password, **more})


def create(manager: httpx.Client, name: str = "wang", **given: Any) -> httpx.Response:
    return manager.post("/api/accounts", json={"name": name, "person": f"P-{name}", **given})


ENDPOINTS = [
    ("GET", "/api/me", None),
    ("DELETE", "/api/session", None),
    ("POST", "/api/me/password", {"old": "x", "new": "y"}),
    ("GET", "/api/me/tokens", None),
    ("POST", "/api/me/tokens", {"name": "x", "scopes": ["case.read"]}),
    ("DELETE", "/api/me/tokens/x", None),
    ("GET", "/api/roles", None),
    ("GET", "/api/accounts", None),
    ("POST", "/api/accounts", {"name": "x", "person": "P1"}),
    ("GET", "/api/accounts/x", None),
    ("PATCH", "/api/accounts/x", {"valid": False}),
    ("POST", "/api/accounts/x/password", None),
]


def test_strangers_see_nothing(served: Any) -> None:
    with served.client() as stranger:
        answers = [stranger.request(method, path, json=body) for method, path, body in ENDPOINTS]

    assert {(answer.status_code, answer.json()["code"]) for answer in answers} == {(401, "not_signed_in")}


def test_accounts_are_for_managers(served: Any) -> None:
    with served.program("leader") as leader:
        answers = [leader.request(*request[:2], json=request[2]) for request in ENDPOINTS if "accounts" in request[1]]

    assert {(answer.status_code, answer.json()["permission"]) for answer in answers} == {(403, "account.manage")}


def test_tokens_are_for_those_who_may_make_them(served: Any) -> None:
    with served.program("handler") as handler:
        made = handler.post("/api/me/tokens", json={"name": "x", "scopes": ["case.read"]})
        revoked = handler.delete("/api/me/tokens/x")

        assert (made.status_code, revoked.status_code) == (403, 403)
        assert len(handler.get("/api/me/tokens").json()) == 1


def test_from_first_password_to_first_request(served: Any, manager: httpx.Client) -> None:
    made = create(manager, "Wang", title="王五", roles=["dispatcher"])
    assert (made.status_code, made.headers["location"]) == (201, "/api/accounts/wang")
    first = made.json()["password"]

    with served.client() as browser:
        assert sign_in(browser, "wang", first).json()["must_change_password"] is True
        assert browser.get("/api/roles").json()["code"] == "password_must_change"
        assert browser.get("/api/me").json()["must_change_password"] is True
        chosen = browser.post("/api/me/password", json={"old": first, "new": PASSWORD})
        assert (chosen.status_code, chosen.content) == (204, b"")
        me = browser.get("/api/me").json()

    assert (me["id"], me["name"], me["via"], me["must_change_password"]) == ("P-Wang", "王五", "session", False)
    assert me["posts"] == [{"role": "dispatcher", "unit": None, "area": None}] and "case.act" in me["permissions"]


def test_the_cookie_is_out_of_reach_of_scripts_and_other_sites(served: Any) -> None:
    served.account(NewAccount("wang", "P1", password=PASSWORD, must_change=False))
    with served.client(**{"X-Forwarded-Proto": "https"}) as secure, served.client() as plain:
        over_tls = sign_in(secure, "wang", PASSWORD).headers.get_list("set-cookie")
        without = sign_in(plain, "wang", PASSWORD).headers.get_list("set-cookie")

    session, device = without
    assert session.startswith("xiuhua=990101.") and session.endswith("Path=/; Max-Age=43200; HttpOnly; SameSite=Strict")
    assert device.startswith("xiuhua_device=") and device.endswith("Max-Age=15552000; HttpOnly; SameSite=Strict")
    assert [one.partition("=")[0] for one in over_tls] == ["__Host-xiuhua", "__Host-xiuhua_device"]
    assert all(one.endswith("HttpOnly; SameSite=Strict; Secure") for one in over_tls)


def test_signing_out_ends_the_session(served: Any) -> None:
    with served.browser("leader") as browser:
        kept = browser.cookies["xiuhua"]
        out = browser.delete("/api/session")
        browser.cookies.set("xiuhua", kept)

        assert (out.status_code, browser.get("/api/me").status_code) == (204, 401)
        assert "Max-Age=0" in out.headers["set-cookie"]


@pytest.mark.parametrize(("name", "password"), [("browser", "wrong"), ("nobody", PASSWORD)])
def test_wrong_names_and_passwords_look_alike_and_are_locked(served: Any, name: str, password: str) -> None:
    with served.browser("leader"), served.client() as guesser:
        answers = [sign_in(guesser, name, password) for _ in range(6)]

    assert [(one.status_code, one.json()["code"]) for one in answers] == [
        *[(401, "sign_in_failed")] * 4,
        *[(429, "sign_in_locked")] * 2,
    ]
    assert 0 < int(answers[-1].headers["retry-after"]) <= 901


@pytest.mark.parametrize(
    "body", [{}, {"name": "x"}, {"name": "", "password": "x"}, {"name": "x", "password": "y", "city": "1"}]
)
def test_a_sign_in_that_lacks_something_is_told_so(served: Any, body: dict[str, str]) -> None:
    with served.client() as stranger:
        assert stranger.post("/api/session", json=body).status_code == 422


def test_a_session_ends_by_itself(served: Any, clock: SimulatedClock) -> None:
    with served.browser("leader") as browser:
        clock.move_to(clock.now() + timedelta(hours=13))

        assert browser.get("/api/me").json()["code"] == "not_signed_in"


def test_a_reset_ends_sessions_and_gives_a_first_password(served: Any, manager: httpx.Client) -> None:
    with served.browser("leader", name="wang") as browser:
        password = manager.post("/api/accounts/wang/password").json()["password"]
        gone = browser.get("/api/me")
        again = sign_in(browser, "wang", password)

    assert gone.status_code == 401
    assert (again.status_code, again.json()["must_change_password"]) == (201, True)


def test_accounts_are_listed_in_pages_and_changed_by_version(manager: httpx.Client) -> None:
    for name in ("wang", "li", "zhao"):
        create(manager, name)
    page = manager.get("/api/accounts", params={"limit": 2}).json()
    rest = manager.get("/api/accounts", params={"limit": 2, "cursor": page["next"]}).json()
    etag = manager.get("/api/accounts/li").headers["etag"]

    changed = manager.patch("/api/accounts/li", json={"title": "李四"}, headers={"If-Match": etag})
    stale = manager.patch("/api/accounts/li", json={"valid": False}, headers={"If-Match": etag})

    names = [one["name"] for one in page["items"] + rest["items"]]
    assert names == ["li", "manager", "wang", "zhao"] and rest["next"] is None
    assert (changed.json()["title"], changed.headers["etag"], etag) == ("李四", '"2"', '"1"')
    assert (stale.status_code, stale.json()["code"]) == (412, "conflict")


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"name": "a b", "person": "P1"}, "name"),
        ({"name": "x", "person": "P1", "roles": ["king"]}, "roles"),
        ({"name": "x", "person": "P1", "colour": "red"}, "colour"),
        ({"name": "x"}, "person"),
    ],
)
def test_an_unfit_account_is_refused(manager: httpx.Client, body: dict[str, Any], field: str) -> None:
    answer = manager.post("/api/accounts", json=body)

    assert (answer.status_code, [one["field"] for one in answer.json()["errors"]]) == (422, [field])


def test_an_account_exists_once_and_must_exist_to_be_changed(manager: httpx.Client) -> None:
    answers = [
        create(manager),
        create(manager),
        manager.get("/api/accounts/nobody"),
        manager.patch("/api/accounts/nobody", json={}),
        manager.post("/api/accounts/nobody/password"),
    ]

    assert [one.status_code for one in answers] == [201, 409, 404, 404, 404]


def test_accounts_of_another_city_do_not_exist(served: Any, manager: httpx.Client) -> None:
    with served.services.database.transaction() as tx:
        tx.execute(
            "insert into account (city, name, person, created_at, changed_at)"
            " values ('990102', 'li', 'P1', now(), now())"
        )

    assert manager.get("/api/accounts/li").status_code == 404
    assert [one["name"] for one in manager.get("/api/accounts").json()["items"]] == ["manager"]


def test_a_token_is_shown_once_works_and_ends(served: Any) -> None:
    with served.browser("leader", name="boss") as browser:
        made = browser.post("/api/me/tokens", json={"name": "script", "scopes": ["case.read"], "days": 7}).json()
        [listed] = browser.get("/api/me/tokens").json()
        with served.client(Authorization=f"Bearer {made['text']}") as program:
            me = program.get("/api/me").json()
            password = program.post("/api/me/password", json={"old": PASSWORD, "new": "quite another one"})
            browser.delete(f"/api/me/tokens/{listed['id']}").raise_for_status()
            gone = program.get("/api/me")

    assert listed == made["token"] and "text" not in listed
    assert (me["via"], me["permissions"]) == ("token", ["case.read"])
    assert (password.status_code, gone.status_code) == (403, 401)
    assert made["text"].startswith("xh_990101_")


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"name": "x", "scopes": ["account.manage"]}, "scopes"),
        ({"name": "x", "scopes": []}, "scopes"),
        ({"name": "x", "scopes": ["case.read"], "days": 366}, "days"),
        ({"name": " ", "scopes": ["case.read"]}, "name"),
    ],
)
def test_an_unfit_token_is_refused(served: Any, body: dict[str, Any], field: str) -> None:
    with served.browser("leader") as browser:
        answer = browser.post("/api/me/tokens", json=body)

    assert (answer.status_code, [one["field"] for one in answer.json()["errors"]]) == (422, [field])


def test_only_ones_own_tokens_can_be_ended(served: Any) -> None:
    with served.browser("leader", name="one") as one, served.browser("leader", name="two") as two:
        made = one.post("/api/me/tokens", json={"name": "x", "scopes": ["case.read"]}).json()

        assert two.delete(f"/api/me/tokens/{made['token']['id']}").status_code == 404


def test_roles_are_told_with_titles(manager: httpx.Client) -> None:
    roles = {role["name"]: role for role in manager.get("/api/roles").json()}

    assert roles["dispatcher"]["title"] == {"zh": "派遣员", "en": "Dispatcher"}
    assert "case.act" in roles["dispatcher"]["permissions"] and len(roles) == 13
