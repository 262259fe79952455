"""The board on a wall, a desk and a phone; the leader's page. Every number opens to exactly what it counts."""

from __future__ import annotations

from typing import Any, Final
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Page, expect
from tests.acceptance.installation import pages
from tests.browser.conftest import DESK, PHONE, Office, Size, accessible, shot
from tests.browser.test_map import drawn, up_to_date

__all__ = ["up_to_date"]  # a fixture for every test here too
WALL: Final = (1920, 1080)
PERSON: Final = "leader01"
WORDS: Final = {
    "zh": {"table": "表格", "late": "超期未反馈", "urge": "催办", "lists": "案件清单"},
    "en": {"table": "Table", "late": "Late, not handed back", "urge": "Urge", "lists": "Cases"},
}


def listed(office: Office, path: str) -> int:
    """How long the list of a link is."""
    query: dict[str, Any] = parse_qs(urlsplit(path).query)
    kind = query.pop("kind", ["case"])[0]
    return len(pages(office.town, PERSON, f"/api/{kind}s", limit=200, **query))


def figures(page: Page) -> list[tuple[int, str]]:
    """All numbers with the lists they open."""
    told = page.locator("a.figure").evaluate_all("all => all.map((one) => [one.textContent, one.getAttribute('href')])")
    return [(int(text.replace(",", "")), path) for text, path in told]


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("size", [WALL, DESK, PHONE], ids=["wall", "desk", "phone"])
def test_the_board_fits_and_its_numbers_are_those_of_their_lists(office: Office, language: str, size: Size) -> None:
    page = drawn(office.signed_in("leader", language, size, "/cockpit"))
    expect(page.get_by_role("img")).to_be_visible()
    shot(page, f"cockpit-{language}-{size[0]}")
    accessible(page)
    wide, high = page.evaluate(
        "(() => { const page = document.querySelector('#page');"
        " return [page.scrollWidth <= page.clientWidth, page.scrollHeight <= page.clientHeight] })()"
    )
    assert wide and (high or size == PHONE)

    page.get_by_role("button", name=WORDS[language]["table"]).click()

    found = figures(page)
    assert len(found) > 90
    sample = found if (language, size) == ("zh", DESK) else found[:4]
    assert [(path, listed(office, path)) for _, path in sample] == [(path, number) for number, path in sample]


def test_a_number_opens_its_list(office: Office) -> None:
    page = drawn(office.signed_in("leader", path="/cockpit"))
    link = page.locator(".keys4 a.figure").nth(1)
    number = int(link.inner_text().replace(",", ""))

    link.click()

    expect(page.get_by_role("heading", name="案件清单")).to_be_visible()
    expect(page.locator("tbody tr.ant-table-row")).to_have_count(min(50, number))


def test_the_board_moves_by_itself(office: Office) -> None:
    page = drawn(office.signed_in("leader", path="/cockpit"))
    intake = page.locator(".keys4 dd").first
    before = int(intake.inner_text())

    office.town.report("intake_officer01", source="letter", text="河道漂浮物")

    expect(intake).to_have_text(str(before + 1), timeout=30_000)


def test_a_board_without_connection_says_so_and_keeps_its_numbers(office: Office) -> None:
    page = drawn(office.signed_in("leader", path="/cockpit"))
    office.seen(page).expected.append("ERR_FAILED")

    page.route("**/api/cockpit", lambda route: route.abort())

    expect(page.get_by_role("alert")).to_contain_text("连接中断", timeout=30_000)
    expect(page.locator(".keys4 dd").nth(1)).not_to_be_empty()
    accessible(page)


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("size", [PHONE, DESK], ids=["phone", "desk"])
def test_a_leader_urges_a_late_case(office: Office, language: str, size: Size) -> None:
    late = [one for one in pages(office.town, PERSON, "/api/cases", open=True) if one["unit"]][size == DESK]

    page = office.signed_in("leader", language, size, "/account")
    # The board as it is, with an open case among the late ones: whether a young city has any is chance.
    board = page.context.request.get(f"{office.url}/api/cockpit").json()
    told = {"state_title": late["titles"]["state"], "category_title": late["titles"]["category"],
            "unit_title": late["titles"]["unit"], "due": late["opened_at"], "late_s": 86_400}  # fmt: skip
    names = ("id", "number", "state", "category", "unit", "unit_grid")
    board["late"]["worst"].insert(0, {**{name: late[name] for name in names}, **told})
    page.route("**/api/cockpit", lambda route: route.fulfill(json=board))
    page.goto(f"{office.url}/leader")
    row = page.locator(".late-cases button").first
    expect(row).to_contain_text(late["number"])
    shot(page, f"leader-{language}-{size[0]}")
    accessible(page)
    row.click()
    page.get_by_role("button", name=WORDS[language]["urge"]).click()
    form = page.get_by_role("region", name=WORDS[language]["urge"])
    expect(form).to_be_visible()
    shot(page, f"leader-urge-{language}-{size[0]}")
    accessible(page)

    with page.expect_response("**/actions/urge") as answered:
        form.get_by_role("button", name=WORDS[language]["urge"]).click()

    assert answered.value.status == 200
    expect(page.get_by_role("dialog")).to_be_hidden()


@pytest.mark.parametrize(("size", "path"), [(DESK, "/cockpit"), (PHONE, "/leader")], ids=["desk", "phone"])
def test_a_leader_begins_where_the_screen_fits(office: Office, size: Size, path: str) -> None:
    page = office.signed_in("leader", size=size)

    expect(page).to_have_url(f"{office.url}{path}")
    expect(page.locator(".keys4")).to_be_visible()
