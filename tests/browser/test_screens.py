"""Every screen that the console names: in both languages, on desk and phone, light and dark; clean, and open to all.

`make tour` (`XIUHUA_TOUR=1`) looks at more of them and puts a picture of each into docs/tour/.
"""

from __future__ import annotations

import io
import os
from collections.abc import Iterator
from typing import Any, Final

import pytest
from PIL import Image
from playwright.sync_api import Browser, Page
from tests.browser.conftest import DESK, PHONE, Office, accessible, lived
from tests.browser.furnished import furnish
from tests.browser.screens import Screen, screens
from tests.conftest import ROOT

from xiuhua.platform.identity import service
from xiuhua.platform.identity.model import NewAccount, system
from xiuhua.platform.postgres.cluster import Cluster
from xiuhua.simulate.demo import accounts_of_the_demo

TARGET: Final = ROOT / "docs/tour"
TOUR: Final = bool(os.environ.get("XIUHUA_TOUR"))
DAYS: Final = 12 if TOUR else 7
PASSWORD: Final = "Harbour-lantern-42"
MOST_BYTES: Final = 6_000_000
SETTLED: Final = (
    "() => !document.querySelector('.waiting, .lists [aria-busy=true], .ant-spin-spinning, .ant-skeleton-active')"
)
TITLES: Final = {"field": ("城管通（手机）", "Field app"), "report": ("随手拍（公众）", "Public page"),
                 "sign-in": ("登录", "Sign-in")}  # fmt: skip
ALL: Final = list(screens())
SIGHTS: Final = (
    [(language, size, "light") for language in ("zh", "en") for size in (DESK, PHONE)]
    if TOUR
    else [("zh", DESK, "light"), ("en", PHONE, "dark")]
)
TABS: Final = ("/admin/duties?tab=check", "/admin/duties?tab=drafts", "/admin/units?tab=cards")
"""What a screen shows besides what it opens with."""


@pytest.fixture(scope="module")
def office(server: Cluster, chromium: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    """A city that has lived some days with its lines of business, and things in it that days do not bring."""
    with lived(server, tmp_path_factory.mktemp("tour"), DAYS, cases_per_day=50, lines=True) as town:
        people = {
            role: (name, password) for role, name, password in accounts_of_the_demo(town.services, town.city)
        }  # fmt: skip
        with town.database.transaction() as tx:
            made = [("administrator", "administrator01"), ("auditor", "auditor01")]
            accounts = [NewAccount(name, name, roles=(role,), password=PASSWORD, must_change=False)
                        for role, name in made]  # fmt: skip
            service.create_accounts(tx, system(town.city), accounts, town.services.identity.hasher)
        people |= {role: (name, PASSWORD) for role, name in made}
        furnish(town)
        found = Office(town, chromium, people)
        yield found
        found.close(clean=False)


@pytest.fixture(scope="module")
def ids(office: Office) -> dict[str, str]:
    """The path of a screen with `:id` → one of something that is there."""
    get: Any = office.town.get
    cases = get("shift_leader01", "/api/cases", state="closed", limit=1)["items"]
    reports = get("shift_leader01", "/api/reports", limit=1)["items"]
    imports = get("intake_officer01", "/api/imports", limit=1)["items"]
    documents = [
        *get("leader01", "/api/documents", state="published", limit=1)["items"],
        *get("leader01", "/api/documents", limit=1)["items"],  # in a week of holidays nothing is published
    ]
    inspections = get("supervisor01", "/api/inspections", waits=True, limit=1)["items"]
    rounds = get("supervisor01", "/api/rounds", state="closed", checklist="cleaning_check", limit=1)["items"]
    orders = get("supervisor01", "/api/proceedings", procedure="assignment_order", limit=1)["items"]
    return {
        "/cases/:id": f"/cases/{cases[0]['id']}",
        "/reports/:id": f"/reports/{reports[0]['id']}",
        "/import/:id": f"/import/{imports[0]['id']}",
        "/documents/:id": f"/documents/{documents[0]['id']}",
        "/inspections/:id": f"/inspections/{inspections[0]['id']}",
        "/rounds/:id": f"/rounds/{rounds[0]['id']}",
        "/tasks/:id": f"/tasks/{orders[0]['id']}",
        "/campaigns/:id": f"/campaigns/{get('leader01', '/api/campaigns', limit=1)['items'][0]['id']}",
        "/plans/:plan": "/plans/toilet_cleaned_daily",
        "/rosters/:plan": "/rosters/duty_round_the_clock",
        "/ledgers/:ledger": "/ledgers/cleaning_work",
        "/registers/:register": "/registers/toilet",
        "/registers/:register/:key": "/registers/toilet/WC-001",
        "/records/:id": f"/records/{get('leader01', '/api/registers/truck/records', limit=1)['items'][0]['id']}",
    }


def shown(page: Page) -> None:
    """Wait until the page stands still: what draws maps and charts does so a moment after its data came."""
    page.locator("h1, main, canvas").first.wait_for(state="attached")
    page.wait_for_function(SETTLED)
    if TOUR:
        page.wait_for_timeout(1_200)


def kept(page: Page, name: str, language: str) -> None:
    """The picture, in the place of the one before."""
    folder = TARGET / language
    folder.mkdir(parents=True, exist_ok=True)
    picture = Image.open(io.BytesIO(page.screenshot()))
    picture.save(folder / f"{name}.webp", quality=80, method=6)


@pytest.fixture(scope="module")
def page(request: pytest.FixtureRequest, office: Office) -> Iterator[Page]:
    """One person's browser: they go from screen to screen in it, as people do."""
    role, language, size, scheme = request.param
    yield office.signed_in(role, language, size, "/account", color_scheme=scheme)
    office.close(clean=False)


@pytest.mark.parametrize(
    ("page", "screen"),
    [
        pytest.param((one.role, *sight), one, id="-".join(map(str, (one.name, *sight))))
        for sight in SIGHTS
        for one in ALL
    ],
    indirect=["page"],
)
def test_a_screen(
    request: pytest.FixtureRequest, office: Office, ids: dict[str, str], page: Page, screen: Screen
) -> None:  # fmt: skip
    _, language, size, _ = request.node.callspec.params["page"]
    page.goto(office.url + ids.get(screen.path, screen.path))
    shown(page)

    if TOUR and size == DESK:
        kept(page, screen.name, language)
    accessible(page)
    office.seen(page).demand_clean()


@pytest.mark.parametrize("page", [("administrator", "en", PHONE, "dark")], indirect=True)
@pytest.mark.parametrize("path", TABS)
def test_a_tab(office: Office, page: Page, path: str) -> None:
    page.goto(office.url + path)
    shown(page)

    accessible(page)
    office.seen(page).demand_clean()


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("name", TITLES)
def test_pages_beside_the_console(office: Office, name: str, language: str) -> None:
    path = "/" if name == "sign-in" else f"/{name}"
    size = DESK if name == "sign-in" else PHONE
    if name == "field":
        page = office.signed_in("collector", language, size, path)
    else:
        page = office.stranger(language, size, path)
    shown(page)

    if TOUR:
        kept(page, name, language)
    accessible(page)
    office.close(clean=True)


@pytest.mark.skipif(not TOUR, reason="make tour writes it")
def test_the_page_of_the_tour() -> None:
    named = {one.name: (one.called("zh"), one.called("en"), one.path) for one in ALL}
    named |= {name: (*titles, "/" if name == "sign-in" else f"/{name}") for name, titles in TITLES.items()}
    lines = [
        "# Every screen, as it is",
        "",
        f"Made by `make tour` from a fictional district that has lived {DAYS} days; not edited. The same in",
        "[Chinese](zh/) and [English](en/); each screen was opened in both languages, on desk and phone,",
        "without an error.",
        "",
    ]
    for name, (zh, en, path) in named.items():
        if (TARGET / "zh" / f"{name}.webp").exists():
            lines += [f"## {zh} · {en}", "", f"`{path}`", "", f"![{zh}](zh/{name}.webp)", ""]
    (TARGET / "README.md").write_text("\n".join(lines), encoding="utf-8")
    for folder in ("zh", "en"):
        for old in (TARGET / folder).glob("*.webp"):
            if old.stem not in named:
                old.unlink()

    assert sum(one.stat().st_size for one in TARGET.rglob("*.webp")) < MOST_BYTES
