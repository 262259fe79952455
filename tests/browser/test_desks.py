"""Case page, dispatch, approvals and duty: dispatcher, shift leader and unit officer on their way, and each other's."""

from __future__ import annotations

import re
from typing import Any

import pytest
from playwright.sync_api import Page, expect
from tests.acceptance.installation import Installation
from tests.acceptance.walking import Walk, taken_in
from tests.browser.conftest import DESK, PHONE, Office, Size, accessible, shot

UNIT_OFFICER = "officer-sanitation"


def actions(page: Page) -> Any:
    return page.get_by_role("group", name="办理")


def timeline(page: Page) -> Any:
    return page.get_by_role("region", name="办理过程")


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("size", [DESK, PHONE], ids=["desk", "phone"])
@pytest.mark.parametrize("look", ["light", "dark"])
def test_a_case_is_told_on_one_page(office: Office, language: str, size: Size, look: Any) -> None:
    photo = office.town.photo("intake_officer01", "before")
    walk = taken_in(office.town, photos=[photo], reporter={"name": "王小明", "contact": "13812345678"}).to_be("checked")
    page = office.signed_in("shift_leader", language, size, f"/cases/{walk.case}", color_scheme=look)

    expect(page.locator(".timeline li")).to_have_count(10)
    expect(page.locator(".minimap svg")).to_be_visible()
    expect(page.locator(".pair figure")).to_have_count(3)
    expect(page.locator(".reporter").first).to_contain_text("138****5678")
    shot(page, f"case-{language}-{size[0]}-{look}")
    accessible(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= size[0]


def test_a_case_is_found_by_its_number_and_the_shift_leader_closes_it_by_key(office: Office) -> None:
    walk = taken_in(office.town).to_be("checked")
    number = office.town.state("case", walk.case)["number"]
    page = office.signed_in("shift_leader", path=f"/cases/{number}")
    expect(page).to_have_url(re.compile(walk.case))
    close = actions(page).get_by_role("button", name=re.compile("^结案"))
    key = close.locator("kbd").inner_text()

    page.keyboard.press(key)
    page.get_by_label("对反映人的答复").fill("已清理")
    page.keyboard.press("Control+Enter")

    expect(timeline(page)).to_contain_text("已清理")
    assert office.town.state("case", walk.case)["state"] == "closed"


def test_the_unmasked_words_need_a_reason_and_are_nowhere_kept(office: Office) -> None:
    walk = taken_in(office.town, reporter={"name": "王小明", "contact": "13812345678"}).to_be("accepted")
    page = office.signed_in("shift_leader", path=f"/cases/{walk.case}")
    page.get_by_role("button", name="查看原文").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("理由").fill("回访核实地址")
    dialog.get_by_role("button", name="查看原文").click()

    expect(dialog).to_contain_text("13812345678")
    page.keyboard.press("Escape")
    expect(dialog).to_be_hidden()
    expect(page.get_by_text("13812345678")).to_have_count(0)


def test_when_somebody_else_acts_the_typed_text_stays(office: Office) -> None:
    walk = taken_in(office.town).to_be("filed")
    page = office.signed_in("dispatcher", path=f"/cases/{walk.case}")
    office.seen(page).expected += ["409", "412", "422"]
    actions(page).get_by_role("button", name=re.compile("^退回立案")).click()
    page.get_by_label("理由").fill("类别不对，应为渣土")
    office.town.does("dispatcher02", "case", walk.case, "dispatch", {"unit": "sanitation"})

    page.get_by_label("理由").press("Control+Enter")

    told = page.get_by_role("alert").filter(has_text="本件已由他人办理")
    expect(told).to_contain_text("派遣")
    expect(page.get_by_label("理由")).to_have_value("类别不对，应为渣土")
    shot(page, "case-conflict")
    assert office.town.state("case", walk.case)["state"] == "dispatched"


def test_a_session_that_ends_in_the_middle_of_a_form_loses_no_word(office: Office) -> None:
    walk = taken_in(office.town).to_be("filed")
    page = office.signed_in("dispatcher", path=f"/cases/{walk.case}")
    office.seen(page).expected.append("401")
    actions(page).get_by_role("button", name=re.compile("^退回立案")).click()
    page.get_by_label("理由").fill("现场与描述不符")
    page.context.clear_cookies()
    page.get_by_label("理由").press("Control+Enter")
    again = page.get_by_role("dialog", name="登录已过期，请重新登录")
    expect(again).to_be_visible()

    again.get_by_label("密码", exact=True).fill(office.people["dispatcher"][1])
    again.get_by_role("button", name="登录", exact=True).click()

    expect(again).to_be_hidden()
    expect(timeline(page)).to_contain_text("现场与描述不符")
    assert office.town.state("case", walk.case)["state"] == "accepted"


def test_of_two_dispatchers_one_is_told_and_nothing_happens_twice(office: Office) -> None:
    walk = taken_in(office.town).to_be("filed")
    pages = [office.signed_in("dispatcher", path=f"/cases/{walk.case}") for _ in range(2)]
    for page in pages:
        office.seen(page).expected += ["409", "412", "422"]
        actions(page).get_by_role("button", name=re.compile("^派遣")).click()
        expect(page.locator(".open-form")).to_contain_text("主办单位")

    pages[0].locator(".open-form button[type=submit]").click()
    expect(timeline(pages[0])).to_contain_text("派遣 → 待签收")
    pages[1].locator(".open-form button[type=submit]").click()

    expect(pages[1].get_by_role("alert").filter(has_text="本件已由他人办理")).to_be_visible()
    events = office.town.get("dispatcher01", f"/api/cases/{walk.case}/events")
    assert [one["type"] for one in events].count("Dispatched") == 1


def group_of(page: Page, town: Installation, unit: str) -> Any:
    return page.get_by_role("region", name=town.view().directory.units[unit].name)


def test_a_dispatcher_sends_many_at_once_and_sees_what_came_of_each(office: Office) -> None:
    walks = [taken_in(office.town).to_be("filed") for _ in range(3)]
    page = office.signed_in("dispatcher", path="/desk")
    # What others do is not told live here: else what they sent leaves the list before it can be sent again.
    page.route("**/api/live", lambda route: route.abort())
    office.seen(page).expected += ["live", "ERR_FAILED"]
    page.goto(f"{office.url}/dispatch")
    group = group_of(page, office.town, "sanitation")
    for walk in walks:
        group.get_by_label(office.town.state("case", walk.case)["number"]).check()
    office.town.does("dispatcher02", "case", walks[2].case, "dispatch", {"unit": "sanitation"})
    shot(page, "dispatch")
    accessible(page)

    group.get_by_role("button", name="派遣 3 件").click()

    dialog = page.get_by_role("dialog", name="批量结果")
    expect(dialog).to_contain_text("成功 2，未办 1")
    shot(page, "dispatch-result")
    assert [office.town.state("case", one.case)["state"] for one in walks] == ["dispatched"] * 3


def test_the_dispatch_desk_by_keyboard_on_a_phone_and_in_english(office: Office) -> None:
    walk = taken_in(office.town).to_be("filed")
    page = office.signed_in("dispatcher", "en", PHONE, "/dispatch")
    expect(page.locator(".dispatch li").first).to_be_visible()
    shot(page, "dispatch-en-360")
    accessible(page)

    page.keyboard.press("a")
    page.keyboard.press("d")

    expect(page.get_by_role("dialog")).to_contain_text("done")
    assert walk.case


def test_a_unit_officer_receives_assigns_reviews_and_asks_for_time(office: Office) -> None:
    walk = taken_in(office.town).to_be("dispatched")
    page = office.signed_in("unit_officer", path=f"/cases/{walk.case}")
    actions(page).get_by_role("button", name=re.compile("^签收")).click()
    page.locator(".open-form button[type=submit]").click()
    expect(timeline(page)).to_contain_text("签收 → 处置中")

    actions(page).get_by_role("button", name=re.compile("^申请延期")).click()
    form = page.locator(".open-form")
    form.get_by_label("数量").fill("4")
    form.get_by_label("单位").click()
    page.locator(".ant-select-dropdown:visible .ant-select-item-option").filter(has_text="工作时").first.click()
    form.get_by_label("理由").fill("等待材料")
    shot(page, "case-extension-form")
    form.get_by_label("理由").press("Control+Enter")

    expect(timeline(page)).to_contain_text("等待材料")
    [asked] = office.town.state("case", walk.case)["tracks"]["extension"]
    assert (asked["state"], asked["item"]["by"]) == ("asked", UNIT_OFFICER)


@pytest.mark.parametrize("size", [DESK, PHONE], ids=["desk", "phone"])
@pytest.mark.parametrize("language", ["zh", "en"])
def test_an_application_is_granted_with_its_brakes_in_sight(office: Office, language: str, size: Size) -> None:
    walk = asking(office.town)
    page = office.signed_in("dispatcher", language, size, "/approvals")
    card = page.locator(".application").filter(has_text=office.town.state("case", walk.case)["number"])
    expect(card).to_contain_text("路面尚未干透")
    expect(card.locator("meter").first).to_be_visible()
    card.click(position={"x": 4, "y": 4})
    shot(page, f"approvals-{language}-{size[0]}")
    accessible(page)

    card.get_by_role("button", name=re.compile("^同意延期|^Grant more time")).click()

    expect(card).to_have_count(0)
    [asked] = office.town.state("case", walk.case)["tracks"]["extension"]
    assert asked["state"] == "granted"


def asking(town: Installation) -> Walk:
    walk = taken_in(town).to_be("received_by_unit")
    fields = {"amount": 4, "kind": "work_hour"}
    town.does(UNIT_OFFICER, "case", walk.case, "ask_extension", fields, reason="路面尚未干透")
    return walk


@pytest.mark.parametrize("size", [DESK, PHONE], ids=["desk", "phone"])
def test_a_shift_is_begun_and_handed_over(office: Office, size: Size) -> None:
    page = office.signed_in("shift_leader", path="/duty", size=size)
    begin = page.get_by_role("button", name="上岗（值班长）")
    leave = page.get_by_role("button", name="离岗")
    expect(begin.or_(leave)).to_be_visible()
    if begin.is_visible():
        begin.click()
    expect(page.get_by_text("您在岗：值班长")).to_be_visible()

    page.get_by_label("交班说明").fill("东街塌陷点已围挡，夜间须复看")
    page.get_by_role("button", name="交班", exact=True).click()

    expect(page.locator(".handovers li").first).to_contain_text("东街塌陷点已围挡")
    shot(page, f"duty-{size[0]}")
    accessible(page)
