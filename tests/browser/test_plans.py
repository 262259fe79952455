"""Plans in the browser: expected against done, a target set, a week of the calendar and of a roster, a campaign."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

import pytest
from playwright.sync_api import expect
from tests.acceptance.installation import Installation
from tests.browser.conftest import Office, Size, accessible, in_every_sight, shot

from xiuhua.simulate import things

WORDS: Final = {
    "zh": {"built": "年度新建公厕", "share": "完成率", "set": "调整目标", "target": "目标", "save": "保存",
           "calendar": "工作日历", "gaps": "空档", "open": "发起专项行动", "title": "名称", "first": "首日",
           "last": "末日", "post": "发布动态"},
    "en": {"built": "Toilets built in the year", "share": "Share done", "set": "Set the target", "target": "Target",
           "save": "Save", "calendar": "Work calendar", "gaps": "Gaps", "open": "Open a campaign", "title": "Title",
           "first": "First day", "last": "Last day", "post": "Post"},
}  # fmt: skip
KEEPS = "supervisor"


@pytest.fixture(scope="module", autouse=True)
def furnished(lived_town: Installation) -> Iterator[None]:
    """Things in the registers, and the packs with plans."""
    things.make(lived_town.services, lived_town.city)
    lived_town.take_up("municipal", "public-toilets", "duty-rosters")
    body = {
        "turns": [{"person": "collector01", "day": lived_town.database.clock.now().date().isoformat(), "shift": "day"}]
    }
    answer = lived_town.client("supervisor01").post("/api/rosters/duty_round_the_clock/turns", json=body)
    assert answer.json()[0]["status"] == "new", answer.text
    yield


@in_every_sight
def test_a_plan_is_seen_and_its_target_set(office: Office, language: str, size: Size, look: Any) -> None:
    words = WORDS[language]
    page = office.signed_in(KEEPS, language, size, "/plans", color_scheme=look)
    expect(page.get_by_role("link", name=words["built"], exact=True)).to_be_visible()
    shot(page, f"plans-{language}-{size[0]}")
    accessible(page)
    page.get_by_role("link", name=words["built"], exact=True).click()
    expect(page.locator(".plan-figures")).to_contain_text(words["share"])
    number = str(40 + ["zh", "en"].index(language) * 2 + (size[0] < 500))
    page.get_by_role("button", name=words["set"]).click()
    page.get_by_label(words["target"], exact=True).fill(number)
    page.get_by_role("button", name=words["save"]).click()
    expect(page.locator(".plan-figures dd").first).to_contain_text(number)
    shot(page, f"plan-{language}-{size[0]}")
    accessible(page)


@in_every_sight
def test_the_week_is_seen(office: Office, language: str, size: Size, look: Any) -> None:
    words = WORDS[language]
    page = office.signed_in(KEEPS, language, size, "/calendar", color_scheme=look)
    expect(page.get_by_role("heading", name=words["calendar"])).to_be_visible()
    expect(page.locator(".week > section")).to_have_count(7)
    shot(page, f"work-calendar-{language}-{size[0]}")
    accessible(page)
    page.goto(page.url.replace("/calendar", "/rosters/duty_round_the_clock"))
    expect(page.locator(".week li")).to_have_count(1)
    expect(page.locator(".roster")).to_contain_text(words["gaps"])
    shot(page, f"roster-{language}-{size[0]}")
    accessible(page)


def test_a_campaign_is_opened_and_posted_to(office: Office) -> None:
    words = WORDS["zh"]
    page = office.signed_in(KEEPS, path="/campaigns")
    page.get_by_role("button", name=words["open"]).click()
    page.get_by_label(words["title"]).fill("夜间市容整治")
    page.get_by_label(words["first"]).fill("2026-01-01")
    page.get_by_label(words["last"]).fill("2026-12-31")
    page.get_by_role("button", name=words["save"]).click()
    page.get_by_label(words["post"]).fill("首日出动三十人")
    page.get_by_role("button", name=words["post"]).click()
    expect(page.locator(".campaign")).to_contain_text("首日出动三十人")
    shot(page, "campaign")
    accessible(page)
    kept = office.town.get("supervisor01", "/api/campaigns")["items"]
    assert [one["title"] for one in kept] == ["夜间市容整治"]
