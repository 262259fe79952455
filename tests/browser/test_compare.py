"""The appraiser's day: units beside each other over a period; every number opens to exactly what it counts."""

from __future__ import annotations

import re
from typing import Any, Final
from urllib.parse import parse_qs, urlsplit

from playwright.sync_api import expect
from tests.acceptance.installation import pages
from tests.browser.conftest import Office, Size, accessible, in_every_sight, shot
from tests.browser.test_map import up_to_date

__all__ = ["up_to_date"]  # a fixture for every test here too
NUMBERS: Final = "all => all.map((one) => [one.lastChild.textContent, one.getAttribute('href')])"
PERSON: Final = "appraiser01"
WORDS: Final = {
    "zh": {"title": "办理情况对比", "year": "本年", "street": "街道", "export": "导出", "file": "Excel",
           "whole": "合计"},
    "en": {"title": "Comparison", "year": "This year", "street": "Street", "export": "Export", "file": "Excel",
           "whole": "All"},
}  # fmt: skip


@in_every_sight
def test_an_appraiser_compares_opens_and_takes_along(office: Office, language: str, size: Size, look: Any) -> None:
    words = WORDS[language]
    page = office.signed_in("appraiser", language, size, color_scheme=look)
    expect(page.get_by_role("heading", name=words["title"])).to_be_visible()
    page.get_by_role("button", name=words["year"], exact=True).click()
    expect(page.locator("tr.whole")).to_contain_text(words["whole"])
    expect(page.locator(".ant-spin-spinning")).to_have_count(0)
    shot(page, f"compare-{language}-{size[0]}")
    accessible(page)

    told = page.locator("a.figure").evaluate_all(NUMBERS)
    assert len(told) >= 15 and any(int(number.replace(",", "")) for number, _ in told[5:])
    for number, path in told[:10]:
        query = parse_qs(urlsplit(path).query)
        assert len(pages(office.town, PERSON, "/api/cases", limit=200, **query)) == int(number.replace(",", ""))

    page.get_by_text(words["street"], exact=True).first.click()
    expect(page).to_have_url(re.compile("by=street"))
    expect(page.locator("tbody tr:not(.whole) b").first).to_be_visible()
    page.get_by_role("button", name=words["export"]).click()
    with page.expect_download() as coming:
        page.get_by_role("menuitem").filter(has_text=words["file"]).click()
    assert coming.value.suggested_filename == "comparison.xlsx"

    page.locator("tr.whole a.figure").first.click()
    expect(page).to_have_url(re.compile("/lists[?]"))
