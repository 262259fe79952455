"""Known devices, second factors, sessions and tokens of one's own and of others, and who may see the access log."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import httpx
import pyotp
import pytest

from xiuhua.platform.clock import SimulatedClock
from xiuhua.platform.identity.model import NewAccount, Policy

PASSWORD = "a long enough one"


@pytest.fixture
def served(serve: Any) -> Iterator[Any]:
    with serve() as found:
        yield found


def sign_in(client: httpx.Client, name: str, password: str = PASSWORD, **more: str) -> httpx.Response:
    return client.post("/api/session", json={"name": name, "password": password, **more})


def told(answer: httpx.Response) -> tuple[int, str]:
    return answer.status_code, answer.json()["code"]


def with_factor(browser: httpx.Client, clock: SimulatedClock) -> tuple[pyotp.TOTP, list[str]]:
    """Set a second factor up; the codes of the present step are used up."""
    setup = browser.post("/api/me/second-factor", json={"password": PASSWORD})
    assert setup.status_code == 201 and setup.json()["qr"].startswith("data:image/svg+xml")
    totp = pyotp.TOTP(setup.json()["secret"])
    confirmed = browser.post("/api/me/second-factor/confirm", json={"code": totp.at(clock.now())})
    assert confirmed.status_code == 201
    return totp, confirmed.json()["codes"]


def test_strangers_who_guess_do_not_lock_out_who_works_there(served: Any) -> None:
    with served.browser("leader") as known, served.client() as guesser, served.client() as elsewhere:
        guesses = [sign_in(guesser, "browser", "wrong") for _ in range(6)]
        known.delete("/api/session")

        assert told(guesses[-1]) == told(sign_in(elsewhere, "browser")) == (429, "sign_in_locked")
        assert sign_in(known, "browser").status_code == 201


def test_a_known_device_is_locked_by_its_own_failures(served: Any) -> None:
    with served.browser("leader") as known:
        answers = [told(sign_in(known, "browser", "wrong")) for _ in range(6)]

    assert answers == [(401, "sign_in_failed")] * 4 + [(429, "sign_in_locked")] * 2


def test_locks_grow_with_further_failures(served: Any, clock: SimulatedClock) -> None:
    waits = []
    with served.client() as guesser:
        for _ in range(4):
            sign_in(guesser, "nobody", "wrong")
        for _ in range(6):
            wait = int(sign_in(guesser, "nobody", "wrong").headers["retry-after"])
            waits.append(wait // 60)
            clock.move_to(clock.now() + timedelta(seconds=wait))

    assert waits == [1, 2, 4, 8, 15, 15]


def test_an_address_that_tries_many_names_is_locked(serve: Any) -> None:
    with serve(policy=Policy(most_failures_address=7)) as served, served.client() as guesser:
        answers = [told(sign_in(guesser, f"name{n}", "wrong"))[0] for n in range(8)]

    assert answers == [401] * 6 + [429] * 2


def test_a_code_is_asked_for_and_serves_once(served: Any, clock: SimulatedClock) -> None:
    with served.browser("leader") as browser, served.client() as other:
        totp, codes = with_factor(browser, clock)
        clock.move_to(clock.now() + timedelta(seconds=30))
        code = totp.at(clock.now())

        assert told(sign_in(other, "browser")) == (401, "second_factor_needed")
        assert told(sign_in(other, "browser", code="000000")) == (401, "second_factor_wrong")
        assert sign_in(other, "browser", code=code).status_code == 201
        assert told(sign_in(other, "browser", code=code)) == (401, "second_factor_wrong")
        assert sign_in(other, "browser", code=codes[0].upper()).status_code == 201
        assert told(sign_in(other, "browser", code=codes[0])) == (401, "second_factor_wrong")
        assert browser.get("/api/me/second-factor").json()["recovery_codes"] == 9


def test_codes_are_guessed_no_more_often_than_passwords(served: Any, clock: SimulatedClock) -> None:
    with served.browser("leader") as browser, served.client() as guesser:
        with_factor(browser, clock)
        answers = [sign_in(guesser, "browser", code="12345x").status_code for _ in range(6)]

    assert answers == [401] * 4 + [429] * 2


def test_a_role_may_need_a_second_factor(serve: Any, clock: SimulatedClock) -> None:
    policy = Policy(second_factor_roles=frozenset({"leader"}))
    with serve(policy=policy) as served, served.browser("leader") as leader:
        before = told(leader.get("/api/roles"))
        assert leader.get("/api/me").json()["must_set_second_factor"] is True
        with_factor(leader, clock)
        after = leader.get("/api/roles").status_code
        with served.browser("handler", name="other") as handler:
            assert handler.get("/api/roles").status_code == 200

    assert (before, after) == ((403, "second_factor_must_be_set"), 200)


def test_a_second_factor_ends_by_its_code_or_by_the_administrator(served: Any, clock: SimulatedClock) -> None:
    with served.program("administrator", name="manager") as manager, served.browser("leader") as browser:
        _, codes = with_factor(browser, clock)
        wrong = told(browser.post("/api/me/second-factor/end", json={"code": "000000"}))
        ended = browser.post("/api/me/second-factor/end", json={"code": codes[0]}).status_code
        with_factor(browser, clock)
        twice = browser.post("/api/me/second-factor", json={"password": PASSWORD}).status_code
        taken = manager.delete("/api/accounts/browser/second-factor").status_code
        gone = manager.delete("/api/accounts/browser/second-factor").status_code

    assert (wrong, ended, twice, taken, gone) == ((401, "second_factor_wrong"), 204, 409, 204, 404)


def test_a_second_factor_needs_the_password_and_no_token(served: Any) -> None:
    with served.browser("leader") as browser, served.program("leader") as program:
        wrong = browser.post("/api/me/second-factor", json={"password": "wrong"}).status_code
        by_token = program.post("/api/me/second-factor", json={"password": PASSWORD}).status_code

    assert (wrong, by_token) == (401, 403)


def test_sessions_are_listed_and_ended_one_by_one_or_all(served: Any) -> None:
    with served.browser("leader") as here, served.client(**{"User-Agent": "Phone 7"}) as phone:
        sign_in(phone, "browser")
        listed = here.get("/api/me/sessions").json()
        [other] = [one for one in listed if not one["this"]]
        ended = here.delete(f"/api/me/sessions/{other['id']}").status_code
        gone, again = phone.get("/api/me").status_code, here.delete(f"/api/me/sessions/{other['id']}").status_code
        sign_in(phone, "browser")
        here.delete("/api/me/sessions").raise_for_status()

        assert (other["device"], other["address"], len(listed)) == ("Phone 7", "127.0.0.1", 2)
        assert (ended, gone, again, phone.get("/api/me").status_code) == (204, 401, 404, 401)
        assert here.get("/api/me").status_code == 200


def test_an_administrator_ends_what_others_opened(served: Any) -> None:
    with served.program("administrator", name="manager") as manager, served.browser("leader") as browser:
        made = browser.post("/api/me/tokens", json={"name": "x", "scopes": ["case.read"]}).json()
        [session] = manager.get("/api/accounts/browser/sessions").json()
        [token] = manager.get("/api/accounts/browser/tokens").json()
        answers = [
            manager.delete(f"/api/accounts/browser/tokens/{token['id']}"),
            manager.delete(f"/api/accounts/browser/sessions/{session['id']}"),
            manager.delete("/api/accounts/browser/sessions"),
            manager.delete("/api/accounts/browser/tokens"),
            manager.delete("/api/accounts/nobody/sessions"),
        ]
        with served.client(Authorization=f"Bearer {made['text']}") as program:
            assert (program.get("/api/me").status_code, browser.get("/api/me").status_code) == (401, 401)

    assert [one.status_code for one in answers] == [204, 204, 204, 204, 404]


def test_all_ones_own_tokens_end_together(served: Any) -> None:
    with served.browser("leader") as browser:
        for name in ("a", "b"):
            browser.post("/api/me/tokens", json={"name": name, "scopes": ["case.read"]}).raise_for_status()
        browser.delete("/api/me/tokens").raise_for_status()

        assert browser.get("/api/me/tokens").json() == []


def test_passwords_of_before_are_not_chosen_again(served: Any) -> None:
    second = "quite another one"
    with served.browser("leader") as browser:
        browser.post("/api/me/password", json={"old": PASSWORD, "new": second}).raise_for_status()
        back = browser.post("/api/me/password", json={"old": second, "new": PASSWORD})

    assert (back.status_code, back.json()["errors"][0]["reason"]) == (422, "same")


def test_a_password_may_have_to_be_changed_by_age(serve: Any, clock: SimulatedClock) -> None:
    with serve(policy=Policy(password_days=90)) as served, served.browser("leader") as browser:
        clock.move_to(clock.now() + timedelta(days=91))
        sign_in(browser, "browser").raise_for_status()

        assert told(browser.get("/api/roles")) == (403, "password_must_change")


def test_the_auditor_sees_sign_ins_and_the_tries_at_accounts(served: Any) -> None:
    with served.browser("leader") as _, served.client() as guesser, served.program("auditor") as auditor:
        sign_in(guesser, "browser", "wrong")
        sign_in(guesser, "my secret typed here", "wrong")
        rows = auditor.get("/api/access-log", params={"person": "P-browser"}).json()["items"]
        first = auditor.get("/api/access-log", params={"limit": 1}).json()
        rest = auditor.get("/api/access-log", params={"cursor": first["next"]}).json()

    assert [(one["what"], one["subject"]) for one in rows] == [
        ("sign_in_failed", "account/P-browser"),
        ("sign_in", "account/P-browser"),
    ]
    assert rows[0]["why"].startswith("127.0.0.1 ") and first["items"] + rest["items"] == rows


def test_accounts_closed_meanwhile_are_gone_at_once(served: Any) -> None:
    served.account(NewAccount("wang", "P1", roles=("leader",), password=PASSWORD, must_change=False))
    with served.program("administrator", name="manager") as manager, served.client() as browser:
        sign_in(browser, "wang")
        before = browser.get("/api/me").json()["permissions"]
        manager.patch("/api/accounts/wang", json={"roles": ["handler"]}).raise_for_status()
        changed = browser.get("/api/me").json()["permissions"]
        manager.patch("/api/accounts/wang", json={"valid": False}).raise_for_status()

        assert "log.verify" in before and "log.verify" not in changed
        assert browser.get("/api/me").status_code == 401
