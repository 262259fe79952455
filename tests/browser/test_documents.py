"""Documents and findings in the browser: drafted with a preview, approved by another, published, compared, printed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, Final

import pytest
from playwright.sync_api import expect
from tests.acceptance.installation import Installation
from tests.browser.conftest import Office, Size, accessible, in_every_sight, shot
from tests.reading import older_ended

from xiuhua.rules.service import Rules

WORDS: Final = {
    "zh": {"draft": "起草", "kind": "文种", "notice": "通知", "text": "正文", "title": "标题", "to": "主送",
           "save": "保存", "change": "修改", "submit": "提交审批", "approve": "同意", "publish": "编号发布",
           "compare": "比较两个版本", "findings": "规则提示", "take": "接手", "dismiss": "不予处理",
           "reason": "理由"},
    "en": {"draft": "Draft", "kind": "Kind", "notice": "Notice", "text": "Text", "title": "Title", "to": "To",
           "save": "Save", "change": "Change", "submit": "Submit", "approve": "Approve",
           "publish": "Number and publish", "compare": "Compare two versions", "findings": "Findings",
           "take": "Take", "dismiss": "Dismiss", "reason": "Reason"},
}  # fmt: skip
WRITES, APPROVES = "unit_officer", "leader"


@pytest.fixture(scope="module", autouse=True)
def furnished(lived_town: Installation) -> Iterator[None]:
    """Packs with documents and rules, and hauliers below sixty for three months."""
    town = lived_town
    town.take_up("documents", "municipal", "construction-waste")
    rules = town.services.port(Rules)
    older_ended(town.database)
    while rules.turn(town.database):
        pass
    for haulier in ("H1", "H2", "H3", "H4", "H5", "H6", "H7", "H8"):
        for month in (1, 2, 3):
            body = {"figure": "haulier_score", "every": "month", "day": f"2026-0{month}-15", "by": {"haulier": haulier}}
            answer = town.client("supervisor01").post("/api/figures", json={**body, "value": "50"})
            assert answer.status_code == 204, answer.text
    older_ended(town.database)
    while rules.turn(town.database):
        pass
    yield


@in_every_sight
def test_a_document_is_written_approved_and_published(office: Office, language: str, size: Size, look: Any) -> None:
    words, title = WORDS[language], f"关于防汛值守的通知{language}{size[0]}"
    page = office.signed_in(WRITES, language, size, "/documents", color_scheme=look)
    page.get_by_role("button", name=words["draft"]).click()
    drawer = page.locator(".ant-drawer")
    drawer.get_by_role("combobox", name=words["kind"]).click()
    page.locator(".ant-select-item-option", has_text=re.compile(f"^{words['notice']}$")).last.click()
    drawer.get_by_label(words["text"], exact=True).fill("# 一、要求\n**加强**值守。")
    expect(drawer.locator(".paper h3")).to_have_text("一、要求")
    drawer.get_by_label(words["title"], exact=True).fill(title)
    drawer.get_by_label(words["to"], exact=True).fill("各单位")
    shot(page, f"document-draft-{language}-{size[0]}")
    accessible(page)
    drawer.get_by_role("button", name=words["save"]).click()
    expect(page.get_by_role("heading", name=title)).to_be_visible()
    page.get_by_role("button", name=words["change"]).click()
    page.locator(".ant-drawer").get_by_label(words["text"], exact=True).fill("# 一、要求\n**加强**夜间值守。")
    page.locator(".ant-drawer").get_by_role("button", name=words["save"]).click()
    page.get_by_role("combobox", name=words["compare"]).click()
    page.locator(".ant-select-item-option").last.click()
    expect(page.locator(".difference .added")).to_contain_text("夜间")
    page.get_by_role("button", name=words["submit"]).click()
    expect(page.get_by_role("button", name=words["submit"])).to_have_count(0)
    page.mouse.move(0, 0)  # another button stands there now
    shot(page, f"document-{language}-{size[0]}")
    accessible(page)
    id_ = page.url.rsplit("/", 1)[1]

    chief = office.signed_in(APPROVES, language, size, "/documents?waits=1", color_scheme=look)
    chief.get_by_role("link", name=title).click()
    chief.get_by_role("button", name=words["approve"]).click()
    chief.get_by_role("button", name=words["publish"]).click()
    shot(chief, f"document-publish-{language}-{size[0]}")
    chief.get_by_role("dialog").get_by_role("button", name=words["publish"]).click()
    expect(chief.get_by_text("城管发〔").first).to_be_visible()
    kept = office.town.get("collector01", f"/api/documents/{id_}")
    assert (kept["state"], kept["text_version"], kept["intact"]) == ("published", 2, True)
    chief.goto(office.url + f"/api/documents/{id_}/print")
    expect(chief.locator("h1.title")).to_have_text(title)
    assert chief.locator("h1.title").evaluate("one => getComputedStyle(one).textAlign") == "center"
    shot(chief, f"document-print-{language}-{size[0]}")


@in_every_sight
def test_a_finding_is_taken_and_dismissed(office: Office, language: str, size: Size, look: Any) -> None:
    words = WORDS[language]
    page = office.signed_in(WRITES, language, size, "/findings", color_scheme=look)
    expect(page.get_by_role("heading", name=words["findings"])).to_be_visible()
    before = page.locator(".findings-list > li").count()
    shot(page, f"findings-{language}-{size[0]}")
    accessible(page)
    page.get_by_role("button", name=words["take"]).first.click()
    card = page.locator(".findings-list > li").filter(has=page.get_by_role("button", name=words["dismiss"])).first
    card.get_by_role("button", name=words["dismiss"]).click()
    page.get_by_label(words["reason"]).fill("分数填报有误")
    page.get_by_role("button", name=words["dismiss"]).first.click()

    expect(page.locator(".findings-list > li")).to_have_count(before - 1)
