"""Inspections in the browser: made on a phone without a network, put right with a photo, rechecked; rounds."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta
from typing import Any, Final

import pytest
from playwright.sync_api import expect
from tests.acceptance.installation import Installation
from tests.browser.conftest import Office, Size, accessible, in_every_sight, shot
from tests.browser.field import OFFLINE, phone, photo, sent

from xiuhua.simulate import things

WORDS: Final = {
    "zh": {"inspect": "检查", "flies": "蚊蝇 加一", "wet": "地面积水、污渍 加一", "none": "无", "finish": "完成检查",
           "pass": "复查合格", "round": "全面检查", "ranking": "排名", "left": "未检"},
    "en": {"inspect": "Inspect", "flies": "One more: Flies", "wet": "One more: Wet or stained floor", "none": "None",
           "finish": "Finish", "pass": "Passed", "round": "Full round", "ranking": "Ranking", "left": "Missing"},
}  # fmt: skip
TOILET: Final = "第2公厕"


@pytest.fixture(scope="module", autouse=True)
def furnished(lived_town: Installation) -> Iterator[None]:
    """Toilets, and the checklist for them."""
    things.make(lived_town.services, lived_town.city)
    yield


def opened(town: Installation, title: str) -> str:
    """A round over every toilet; its id."""
    with town.database.reading() as tx:
        due = (tx.now + timedelta(days=2)).isoformat()
    body = {"checklist": "toilet_check", "title": title, "due": due}
    answer = town.client("supervisor01").post("/api/rounds", json=body)
    assert answer.status_code == 201, answer.text
    return str(answer.json()["id"])


@in_every_sight
def test_an_inspection_from_the_phone_to_the_recheck(office: Office, language: str, size: Size, look: Any) -> None:
    words, mark = WORDS[language], f"{language}-{size[0]}"
    title = f"{words['round']} {size[0]}"
    round_id = opened(office.town, title)
    page = phone(office, language=language, size=size, color_scheme=look)
    page.get_by_role("link", name=words["inspect"], exact=True).click()
    page.get_by_role("button", name=title).click()
    page.get_by_role("button", name=TOILET).click()
    expect(page.locator("[data-item]")).to_have_count(7)
    expect(page.get_by_role("button", name=words["finish"])).to_be_disabled()
    page.get_by_role("button", name=words["flies"]).click(click_count=2)
    page.get_by_role("button", name=words["wet"]).click()
    expect(page.get_by_role("button", name=words["finish"])).to_be_disabled()
    page.locator("[data-item=floor] input[type=file]").first.set_input_files(photo(3))
    expect(page.locator("[data-item=floor] img")).to_have_count(1)
    page.locator("[data-item=smell]").get_by_role("button", name=words["none"], exact=True).click()
    shot(page, f"inspect-{mark}")
    accessible(page)
    office.seen(page).expected += OFFLINE
    page.context.set_offline(True)
    page.get_by_role("button", name=words["finish"]).click()
    expect(page.locator(".chip")).to_have_attribute("data-waiting", "1")
    page.context.set_offline(False)
    sent(page, 1)

    [made] = office.town.get("supervisor01", "/api/inspections", round=round_id)["items"]
    assert (made["score"], made["called"], made["failed"]) == ("91", TOILET, 2)
    desk = office.signed_in("supervisor", language, size, f"/inspections?round={round_id}", color_scheme=look)
    expect(desk.locator("tbody")).to_contain_text("91")
    shot(desk, f"inspections-{mark}")
    accessible(desk)

    unit = made["unit"]
    keeper = next(
        one for one in office.town.view().directory.people
        if any(p.role == "unit_officer" and p.unit == unit for p in office.town.view().directory.posts_of(one))
    )  # fmt: skip
    shown = office.town.photo(keeper)
    for n in (1, 2):
        path = f"/api/inspections/{made['id']}/rectifications/{n}/rectified"
        answer = office.town.client(keeper).post(path, json={"photos": [shown]})
        assert answer.status_code == 200, answer.text
    desk.goto(desk.url.split("/inspections")[0] + f"/inspections/{made['id']}")
    cards = desk.locator(".rectification")
    expect(cards).to_have_count(2)
    expect(cards.first.locator("figure img")).to_have_count(2)
    shot(desk, f"inspection-{mark}")
    accessible(desk)
    for n in (0, 1):
        cards.nth(n).get_by_role("button", name=words["pass"]).click()
        expect(cards.nth(n).get_by_role("button", name=words["pass"])).to_have_count(0)
    expect(desk.locator(".score").first).to_contain_text("95.5")

    desk.goto(desk.url.split("/inspections")[0] + f"/rounds/{round_id}")
    expect(desk.get_by_text(words["ranking"]).first).to_be_visible()
    expect(desk.locator("tbody").first).to_contain_text("95.5")
    expect(desk.get_by_text(re.compile(words["left"])).first).to_be_visible()
    shot(desk, f"round-{mark}")
    accessible(desk)
