"""Case page, dispatch, approvals and duty: dispatcher, shift leader and unit officer on their way, and each other's."""

from __future__ import annotations

import re
from typing import Any, Final

import pytest
from playwright.sync_api import Locator, Page, expect
from tests.acceptance.installation import Installation
from tests.acceptance.walking import Walk, taken_in
from tests.browser.conftest import DESK, PHONE, Office, Size, accessible, in_every_sight, shot

UNIT_OFFICER = "officer-sanitation"
WORDS: Final[dict[str, dict[str, str]]] = {
    "zh": {
        "actions": "办理", "timeline": "办理过程", "close": "结案", "answer": "对反映人的答复", "send": "派遣 3 件",
        "result": "批量结果", "tally": "成功 2，未办 1", "receive": "签收", "more": "申请延期", "amount": "数量",
        "unit": "单位", "hour": "工作时", "reason": "理由",
    },
    "en": {
        "actions": "Actions", "timeline": "Timeline", "close": "Close", "answer": "Answer to the reporters",
        "send": "Dispatch 3", "result": "What came of it", "tally": "2 done, 1 refused", "receive": "Receive",
        "more": "Ask for more time", "amount": "Amount", "unit": "Unit of time", "hour": "work hours",
        "reason": "Reason",
    },
}  # fmt: skip


def actions(page: Page, language: str = "zh") -> Locator:
    return page.get_by_role("group", name=WORDS[language]["actions"], exact=True)


def timeline(page: Page, language: str = "zh") -> Locator:
    return page.get_by_role("region", name=WORDS[language]["timeline"])


@in_every_sight
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


@in_every_sight
def test_a_shift_leader_finds_a_case_by_its_number_and_closes_it(
    office: Office, language: str, size: Size, look: Any
) -> None:  # fmt: skip
    words, walk = WORDS[language], taken_in(office.town).to_be("checked")
    number = office.town.state("case", walk.case)["number"]
    page = office.signed_in("shift_leader", language, size, f"/cases/{number}", color_scheme=look)
    expect(page).to_have_url(re.compile(walk.case))
    close = actions(page, language).get_by_role("button", name=re.compile(f"^{words['close']}"))
    page.keyboard.press(close.locator("kbd").inner_text()) if size == DESK else close.click()

    page.get_by_label(words["answer"]).fill("已清理")
    page.keyboard.press("Control+Enter") if size == DESK else page.locator(".open-form button[type=submit]").click()

    expect(timeline(page, language)).to_contain_text("已清理")
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


@in_every_sight
def test_a_dispatcher_sends_many_at_once_and_sees_what_came_of_each(
    office: Office, language: str, size: Size, look: Any
) -> None:  # fmt: skip
    words, walks = WORDS[language], [taken_in(office.town).to_be("filed") for _ in range(3)]
    page = office.signed_in("dispatcher", language, size, "/account", color_scheme=look)
    # What others do is not told live here: else what they sent leaves the list before it can be sent again.
    page.route("**/api/live", lambda route: route.abort())
    office.seen(page).expected += ["live", "ERR_FAILED"]
    page.goto(f"{office.url}/dispatch")
    numbers = [str(office.town.state("case", walk.case)["number"]) for walk in walks]
    group = page.get_by_role("region").filter(has=page.get_by_label(numbers[0]))
    for number in numbers:
        group.get_by_label(number).check()
    office.town.does("dispatcher02", "case", walks[2].case, "dispatch", {"unit": "sanitation"})
    shot(page, f"dispatch-{language}-{size[0]}")
    accessible(page)

    group.get_by_role("button", name=words["send"]).click()

    expect(page.get_by_role("dialog", name=words["result"])).to_contain_text(words["tally"])
    shot(page, f"dispatch-result-{language}-{size[0]}")
    assert [office.town.state("case", one.case)["state"] for one in walks] == ["dispatched"] * 3


def test_the_dispatch_desk_by_keyboard(office: Office) -> None:
    walk = taken_in(office.town).to_be("filed")
    page = office.signed_in("dispatcher", path="/dispatch")
    expect(page.get_by_label(office.town.state("case", walk.case)["number"])).to_be_visible()

    page.keyboard.press("a")
    page.keyboard.press("d")

    expect(page.get_by_role("dialog")).to_contain_text("成功")
    assert office.town.state("case", walk.case)["state"] == "dispatched"


@in_every_sight
def test_a_unit_officer_receives_and_asks_for_time(office: Office, language: str, size: Size, look: Any) -> None:
    words, walk = WORDS[language], taken_in(office.town).to_be("dispatched")
    page = office.signed_in("unit_officer", language, size, f"/cases/{walk.case}", color_scheme=look)
    actions(page, language).get_by_role("button", name=re.compile(f"^{words['receive']}")).click()
    page.locator(".open-form button[type=submit]").click()

    actions(page, language).get_by_role("button", name=re.compile(f"^{words['more']}")).click()
    form = page.locator(".open-form")
    form.get_by_label(words["amount"]).fill("4")
    form.get_by_label(words["unit"]).click()
    page.locator(".ant-select-dropdown:visible .ant-select-item-option").filter(has_text=words["hour"]).first.click()
    form.get_by_label(words["reason"]).fill("等待材料")
    shot(page, f"case-extension-form-{language}-{size[0]}")
    accessible(page)
    form.get_by_label(words["reason"]).press("Control+Enter")

    expect(timeline(page, language)).to_contain_text("等待材料")
    assert office.town.state("case", walk.case)["state"] == "received"
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
