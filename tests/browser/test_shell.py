"""Sign-in, desk and lists, as people of different roles see them."""

from __future__ import annotations

import re
from typing import Any

import pytest
from playwright.sync_api import Page, expect
from tests.browser.conftest import DESK, PHONE, Office, Size, accessible, shot

WORDS: dict[str, dict[str, Any]] = {
    "zh": {
        "name": "用户名",
        "password": "密码",
        "sign_in": "登录",
        "desk": "工作台",
        "lists": "案件清单",
        "menu": "主菜单",
    },
    "en": {
        "name": "Name",
        "password": "Password",
        "sign_in": "Sign in",
        "desk": "My desk",
        "lists": "Cases",
        "menu": "Main menu",
    },
}


def fill_in(page: Page, words: dict[str, Any], name: str, password: str) -> None:
    page.get_by_label(words["name"], exact=True).fill(name)
    page.get_by_label(words["password"], exact=True).fill(password)
    page.get_by_role("button", name=words["sign_in"], exact=True).click()


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("size", [DESK, PHONE], ids=["desk", "phone"])
def test_from_sign_in_to_desk_to_list(office: Office, language: str, size: Size) -> None:
    words, mark = WORDS[language], f"{language}-{size[0]}"
    page = office.stranger(language, size)
    expect(page.get_by_label(words["name"], exact=True)).to_be_visible()
    shot(page, f"sign-in-{mark}")
    accessible(page)

    fill_in(page, words, *office.people["shift_leader"])

    expect(page.get_by_role("heading", name=words["desk"])).to_be_visible()
    expect(page.get_by_role("status")).to_have_count(0)
    shot(page, f"desk-{mark}")
    accessible(page)
    if size == PHONE:
        page.get_by_role("button", name=words["menu"]).click()
    page.get_by_role("menuitem", name=words["lists"]).click()
    expect(page.get_by_role("link", name=re.compile(r"^\d{6}-\d{8}-\d{4}$")).first).to_be_visible()
    shot(page, f"lists-{mark}")
    accessible(page)


@pytest.mark.parametrize("look", ["light", "dark"])
def test_the_desk_by_keyboard(office: Office, look: Any) -> None:
    for text in ("路灯杆倾斜，怕倒下来", "人行道地砖松动积水"):
        office.town.report("intake_officer01", source="hotline_12345", text=text)
    page = office.signed_in("intake_officer", path="/desk", color_scheme=look)
    rows = page.locator(".tasks tr[aria-selected], .tasks .ant-table-row[aria-selected]")
    expect(rows.nth(1)).to_be_visible()

    page.keyboard.press("j")

    expect(rows.nth(1)).to_have_attribute("aria-selected", "true")
    expect(page.locator(".pane .actions button").first).to_be_visible()
    shot(page, f"desk-pane-{look}")
    accessible(page)
    page.keyboard.press("?")
    expect(page.get_by_role("dialog", name="快捷键")).to_be_visible()
    shot(page, f"keys-{look}")
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog", name="快捷键")).to_be_hidden()


def test_a_list_is_narrowed_down_paged_and_its_address_kept(office: Office) -> None:
    page = office.signed_in("leader", path="/lists?state=closed")
    numbers = page.get_by_role("link", name=re.compile(r"^\d{6}-\d{8}-\d{4}$"))
    expect(numbers.first).to_be_visible()
    states = page.locator("tbody tr.ant-table-row td:nth-child(3)").all_inner_texts()
    assert set(filter(None, states)) == {"已结案"}

    page.get_by_role("button", name="清除").click()

    expect(page).to_have_url(f"{office.url}/lists")


def test_a_session_that_ends_asks_over_the_page_and_loses_nothing(office: Office) -> None:
    page = office.signed_in("dispatcher", path="/lists")
    office.seen(page).expected.append("401")
    page.get_by_label("编号").fill("990101-2026")
    page.context.clear_cookies()
    page.get_by_role("button", name="search").first.dispatch_event("click")  # something else may have found out first
    again = page.get_by_role("dialog", name="登录已过期，请重新登录")
    expect(again).to_be_visible()
    shot(page, "sign-in-again")

    again.get_by_label("密码", exact=True).fill(office.people["dispatcher"][1])
    again.get_by_role("button", name="登录", exact=True).click()

    expect(again).to_be_hidden()
    expect(page.get_by_label("编号")).to_have_value("990101-2026")


def test_the_language_is_kept_for_the_person(office: Office) -> None:
    page = office.signed_in("supervisor", path="/desk")
    page.get_by_role("button", name="EN 切换到 English").click()
    expect(page.get_by_role("heading", name="My desk")).to_be_visible()

    page.reload()

    expect(page.get_by_role("heading", name="My desk")).to_be_visible()
    expect(page.locator("html")).to_have_attribute("lang", "en")


def test_the_menu_holds_what_the_role_may(office: Office) -> None:
    page = office.signed_in("collector")
    expect(page.get_by_role("menuitem", name="工作台")).to_be_visible()

    expect(page.get_by_label("搜索案件、上报内容")).to_have_count(0)


def test_the_field_app_signs_in_without_ant_design(office: Office) -> None:
    page = office.stranger(size=PHONE, path="/field")
    expect(page.get_by_label("用户名")).to_be_visible()
    accessible(page)

    fill_in(page, WORDS["zh"], *office.people["collector"])

    expect(page.get_by_role("button", name="拍照上报").first).to_be_visible()
    loaded = page.evaluate(
        "performance.getEntriesByType('resource').reduce((sum, one) => sum + one.encodedBodySize, 0)"
    )
    assert loaded < 300_000


def test_an_action_by_keys_is_done_and_the_next_task_stands_there(office: Office) -> None:
    first = office.town.report(
        "intake_officer01", source="hotline_12345", text="楼道里太吵", external_id="12345-test-0001"
    )
    page = office.signed_in("intake_officer", path="/desk")
    page.get_by_role("button", name="12345-test-0001").click()
    expect(page.locator(".pane blockquote")).to_have_text("楼道里太吵")
    key = page.locator(".pane .actions button", has_text="不予受理").locator("kbd").inner_text()

    page.keyboard.press(key)
    page.get_by_label("理由").fill("不属于城市管理职责")
    shot(page, "action-form")
    accessible(page)
    page.keyboard.press("Control+Enter")

    expect(page.get_by_text("12345-test-0001 不予受理 完成")).to_be_visible()
    expect(page.get_by_role("button", name="12345-test-0001")).to_have_count(0)
    assert office.town.state("report", first)["state"] == "refused"
