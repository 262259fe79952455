"""Signing in through a real provider program: Canaille on loopback, in an environment of its own (`make test`)."""

from __future__ import annotations

import os
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest
from tests.conftest import ROOT

from xiuhua.platform.identity.model import NewAccount
from xiuhua.platform.identity.oidc import CALLBACK, Provider, ProviderSettings

PASSWORD = "a long enough one"
BASE = "http://xiuhua.test"
"""Where the provider sends browsers back to; the tests take the answer themselves."""
PYTHON = Path(os.environ.get("XIUHUA_TEST_PROVIDER") or ROOT / ".venv" / "provider") / "bin" / "python"


@pytest.fixture(scope="module")
def issuer() -> Iterator[str]:
    """The address of the provider."""
    if not PYTHON.exists():
        pytest.skip("the provider program is not installed (.venv/provider)")
    program = [PYTHON, Path(__file__).with_name("provider_program.py"), f"{BASE}{CALLBACK}", f"{BASE}/"]
    alone = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    with subprocess.Popen(program, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, env=alone) as running:
        assert running.stdout is not None
        yield running.stdout.readline().strip()
        running.terminate()


@pytest.fixture
def served(serve: Any, issuer: str) -> Iterator[Any]:
    with serve() as found:
        set_up(found, issuer)
        yield found


def set_up(served: Any, issuer: str, **chosen: Any) -> None:
    given: dict[str, Any] = {"claim": "sub", "client_id": "xiuhua", "client_secret": "between us", **chosen}
    served.services.ports[Provider] = Provider(ProviderSettings(issuer, public_url=BASE, **given))


def account(served: Any, name: str = "wang") -> None:
    served.account(NewAccount(name, f"P-{name}", title="王五", roles=("leader",)))


def back_from(url: str, name: str = "wang") -> str:
    """Sign in at the provider; the address that the browser is sent back to, with state and code."""
    with httpx.Client(timeout=20) as browser:
        answer = browser.get(url)
        for _ in range(12):
            if answer.is_redirect:
                target = str(httpx.URL(url).join(answer.headers["location"]))
                if target.startswith(BASE):
                    return target.removeprefix(BASE)
                answer = browser.get(target)
            else:
                answer = submitted(browser, answer, {"login": name, "password": PASSWORD})
    raise AssertionError(f"{answer.status_code} {answer.url} {answer.text[:2000]}")


def submitted(browser: httpx.Client, page: httpx.Response, known: dict[str, str]) -> httpx.Response:
    """Fill a form in and send it."""
    inputs = re.findall(r"<input[^>]*>", page.text)
    names = {found[1]: tag for tag in inputs if (found := re.search(r'name="([^"]+)"', tag))}
    values = {
        name: known.get(name) or (found[1] if (found := re.search(r'value="([^"]*)"', tag)) else "")
        for name, tag in names.items()
    }
    return browser.post(str(page.url), data={**values, "answer": "accept"})


def begun(client: httpx.Client) -> str:
    answer = client.get("/api/session/oidc")
    assert answer.status_code == 303, answer.text
    return answer.headers["location"]


def test_who_has_an_account_signs_in_and_out(served: Any) -> None:
    account(served)
    with served.client() as browser:
        url = begun(browser)
        page = browser.get(back_from(url))
        me = browser.get("/api/me").json()
        [session] = browser.get("/api/me/sessions").json()
        out = browser.post("/api/session/oidc/end").json()

        assert page.status_code == 200 and 'content="0;url=/"' in page.text
        assert (me["id"], me["via"], me["must_change_password"]) == ("P-wang", "session", False)
        assert session["by_provider"] and browser.get("/api/me").status_code == 401
        assert "/oauth/end_session?client_id=xiuhua&post_logout" in out["url"]
    asked = parse_qs(urlsplit(url).query)
    assert asked["code_challenge_method"] == ["S256"] and asked["response_type"] == ["code"]
    assert {"state", "nonce", "code_challenge"} <= asked.keys() and "code_verifier" not in asked


def test_who_has_no_account_is_not_let_in(served: Any) -> None:
    with served.client() as browser:
        answer = browser.get(back_from(begun(browser), "zhao"))

        assert (answer.status_code, answer.json()["code"]) == (401, "provider_refused")
        assert browser.get("/api/me").status_code == 401


def test_an_account_is_made_only_where_that_is_chosen(served: Any, issuer: str) -> None:
    account(served, "someone")
    set_up(served, issuer, create_roles=("handler",))
    with served.client() as browser:
        assert browser.get(back_from(begun(browser), "zhao")).status_code == 200
        me = browser.get("/api/me").json()

    assert (me["id"], me["posts"]) == ("zhao", [{"role": "handler", "unit": None, "area": None}])


def test_an_account_stays_with_the_person_who_came_first(served: Any) -> None:
    account(served)
    with served.client() as browser:
        browser.get(back_from(begun(browser)))
    with served.services.database.transaction() as tx:
        tx.execute("update provider_subject set subject = 'the one before'")
    with served.client() as browser:
        answer = browser.get(back_from(begun(browser)))

    assert (answer.status_code, answer.json()["code"]) == (401, "provider_refused")


def test_an_answer_serves_the_browser_that_asked_and_once(served: Any) -> None:
    account(served)
    with served.client() as browser, served.client() as other:
        target = back_from(begun(browser))
        elsewhere = other.get(target)
        first = browser.get(target)
        other.cookies.set("xiuhua_flow", parse_qs(urlsplit(target).query)["state"][0])
        again = other.get(target)

    assert [one.status_code for one in (elsewhere, first, again)] == [401, 200, 401]


@pytest.mark.parametrize("change", ["nonce", "verifier"])
def test_a_code_without_its_verifier_or_with_another_nonce_is_refused(served: Any, change: str) -> None:
    account(served)
    with served.client() as browser:
        target = back_from(begun(browser))
        with served.services.database.transaction() as tx:
            tx.execute(f"update provider_flow set {change} = repeat('x', 43)")
        answer = browser.get(target)

    assert (answer.status_code, answer.json()["code"]) == (401, "provider_refused")


def test_without_a_provider_there_is_no_such_sign_in(serve: Any) -> None:
    with serve() as served, served.client() as browser:
        served.services.ports[Provider] = Provider(ProviderSettings())

        assert browser.get("/api/session/oidc").status_code == 404
