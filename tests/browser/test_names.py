"""The search box: things, tasks and cases by name and number, at a desk and on a phone."""

from __future__ import annotations

import re
from typing import Any, Final

import pytest
from playwright.sync_api import Page, expect
from tests.acceptance.installation import Installation
from tests.browser.conftest import DESK, Office, Size, accessible, in_every_sight, shot

from xiuhua.simulate import things

WORDS: Final = {
    "zh": {"search": "搜索台账、任务、公文、案件", "names": "名称与编号", "toilet": "公厕", "none": "没有找到"},
    "en": {"search": "Search things, tasks, documents, cases", "names": "Called so", "toilet": "Public toilet",
           "none": "Nothing found"},
}  # fmt: skip


@pytest.fixture(scope="module", autouse=True)
def furnished(lived_town: Installation) -> None:
    """Things in the registers."""
    things.make(lived_town.services, lived_town.city)


def typed(page: Page, size: Size, language: str, text: str) -> None:
    if size != DESK:
        page.get_by_role("button", name=WORDS[language]["search"]).click()
    page.get_by_role("combobox", name=WORDS[language]["search"]).fill(text)


@in_every_sight
def test_a_thing_is_found_by_two_characters(office: Office, language: str, size: Size, look: Any) -> None:
    words = WORDS[language]
    page = office.signed_in("supervisor", language, size, "/desk", color_scheme=look)
    typed(page, size, language, "公厕")
    expect(page.get_by_text(words["names"], exact=True)).to_be_visible()
    hit = page.locator(".hit").first
    expect(hit).to_contain_text(words["toilet"])
    hit.hover()  # when it has opened
    shot(page, f"names-{language}-{size[0]}")
    accessible(page)
    hit.click()
    expect(page).to_have_url(re.compile("/records/"))
    typed(page, size, language, "没有这样的东西")
    expect(page.get_by_text(words["none"])).to_be_visible()


def test_who_searches_no_texts_finds_things_by_keyboard(office: Office) -> None:
    page = office.signed_in("collector", path="/desk")
    box = page.get_by_role("combobox", name=WORDS["zh"]["search"])
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    page.keyboard.press("/")
    expect(box).to_be_focused()
    page.keyboard.type("WC-012")
    expect(page.locator(".hit").first).to_contain_text("WC-012")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("/records/"))
    expect(page.get_by_role("heading", name="第12公厕")).to_be_visible()
