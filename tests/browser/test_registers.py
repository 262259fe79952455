"""Registers in the browser: found, opened, changed; a change asked for by one and decided by another."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, Final

import pytest
from playwright.sync_api import expect
from tests.acceptance.installation import Installation
from tests.browser.conftest import Office, Size, accessible, in_every_sight, shot

from xiuhua.simulate import things

WORDS: Final = {
    "zh": {"registers": "台账", "toilets": "公厕", "search": "编号或名称", "ask": "申请变更", "hours": "开放时间",
           "reason": "理由", "send": "提交申请", "asked": "待审核", "approve": "同意", "approved": "已同意",
           "queue": "台账变更审核", "change": "修改", "save": "保存", "add": "新增", "number": "编号", "name": "名称"},
    "en": {"registers": "Registers", "toilets": "Public toilet", "search": "Key or name", "ask": "Ask for a change",
           "hours": "Open", "reason": "Reason", "send": "Ask", "asked": "Waits", "approve": "Approve",
           "approved": "Approved", "queue": "Change requests", "change": "Change", "save": "Save", "add": "Add",
           "number": "Number", "name": "Name"},
}  # fmt: skip
ASKS, KEEPS = "collector", "unit_officer"


@pytest.fixture(scope="module", autouse=True)
def furnished(lived_town: Installation) -> Iterator[None]:
    """Things in the registers."""
    things.make(lived_town.services, lived_town.city)
    yield


@in_every_sight
def test_a_change_is_asked_for_and_approved(office: Office, language: str, size: Size, look: Any) -> None:
    words, number = WORDS[language], f"WC-{10 + ['zh', 'en'].index(language) * 2 + (size[0] < 500):03}"
    page = office.signed_in(ASKS, language, size, "/registers", color_scheme=look)
    page.get_by_role("link", name=words["toilets"], exact=True).click()
    page.get_by_placeholder(words["search"]).fill(number)
    page.get_by_placeholder(words["search"]).press("Enter")
    expect(page.locator("tbody a.number")).to_have_text([number])
    accessible(page)
    page.locator("tbody a.number").click()
    page.get_by_role("button", name=words["ask"]).click()
    page.get_by_label(words["hours"]).fill("7:00-21:00")
    page.get_by_label(words["reason"]).fill("门口告示如此")
    page.get_by_role("button", name=words["send"], exact=True).click()
    expect(page.locator(".asked-changes")).to_contain_text("7:00-21:00")
    expect(page.locator(".asked-changes b").first).to_have_text(words["asked"])
    shot(page, f"record-{language}-{size[0]}")
    accessible(page)

    desk = office.signed_in(KEEPS, language, size, "/changes", color_scheme=look)
    expect(desk.get_by_role("heading", name=words["queue"])).to_be_visible()
    card = desk.locator(".changes .ant-card").filter(has_text=number)
    expect(card).to_contain_text("门口告示如此")
    shot(desk, f"changes-{language}-{size[0]}")
    accessible(desk)
    card.get_by_role("button", name=words["approve"]).click()
    expect(card).to_have_count(0)
    kept = office.town.get("collector01", f"/api/registers/toilet/keys/{number}")
    assert (kept["fields"]["hours"], kept["change_requests"][-1]["state"]) == ("7:00-21:00", "approved")


def test_a_record_is_added_and_changed_by_whose_it_is(office: Office) -> None:
    words = WORDS["zh"]
    page = office.signed_in(KEEPS, path="/registers/toilet")
    page.get_by_role("button", name=words["add"]).click()
    form = page.locator(".ant-drawer")
    form.get_by_label(words["number"]).fill("WC-901")
    form.get_by_label(words["name"]).fill("新建公厕")
    form.get_by_label("管护单位").fill("sanitation")
    form.get_by_label("管护单位").press("Enter")
    form.get_by_placeholder("经度").fill("105.3123")
    form.get_by_placeholder("纬度").fill("29.1045")
    form.get_by_role("button", name=words["save"]).click()
    expect(page).to_have_url(re.compile("/records/"))
    page.get_by_role("button", name=words["change"]).click()
    page.locator(".ant-drawer").get_by_label(words["hours"]).fill("全天")
    page.locator(".ant-drawer").get_by_role("button", name=words["save"]).click()
    expect(page.get_by_text("全天").first).to_be_visible()
    kept = office.town.get("collector01", "/api/registers/toilet/keys/WC-901")

    assert (kept["version"], kept["fields"]["hours"], kept["fields"]["name"]) == (2, "全天", "新建公厕")
    assert kept["place"]["lon"] == 105.3123


def test_a_label_opens_its_thing(office: Office) -> None:
    page = office.signed_in(ASKS, path="/registers/toilet/WC-003")

    expect(page.get_by_role("heading", name="第3公厕")).to_be_visible()
