"""Tasks in the browser: begun from a form, received at the unit's desk, followed in a tree; who has not answered."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, Final

import pytest
from playwright.sync_api import Page, expect
from tests.acceptance.installation import Installation
from tests.browser.conftest import Office, Size, accessible, in_every_sight, shot

from xiuhua.proceedings import rounds
from xiuhua.proceedings.service import Proceedings

WORDS: Final = {
    "zh": {"title": "任务与事项", "begin": "发起", "task": "任务", "what": "任务", "unit": "责任单位", "due": "时限",
           "assign": "下达任务", "receive": "签收", "working": "办理中", "timeline": "时间线", "daily": "日巡查零报告",
           "round": "报送情况"},
    "en": {"title": "Tasks and proceedings", "begin": "Begin", "task": "Task", "what": "Task",
           "unit": "Responsible unit", "due": "Due", "assign": "Assign", "receive": "Receive",
           "working": "Being done", "timeline": "Timeline", "daily": "Daily zero report", "round": "Who has answered"},
}  # fmt: skip
SUPERVISOR, OFFICER = "supervisor", "unit_officer"
DUE = "2035-03-20 18:00"


@pytest.fixture(scope="module", autouse=True)
def supervised(lived_town: Installation) -> Iterator[None]:
    """The pack of supervision, with the round of the day."""
    lived_town.take_up("supervision")
    with lived_town.database.transaction() as tx:
        rounds.turn_of(tx, lived_town.services.port(Proceedings), lived_town.city)
    yield


def chosen(page: Page, label: str, option: str) -> None:
    """An option of a select."""
    page.get_by_role("combobox", name=label, exact=True).click()
    found = page.locator(".ant-select-dropdown:visible .ant-select-item-option")
    found.filter(has_text=re.compile(f"^{option}$")).first.click()


@in_every_sight
def test_a_task_is_assigned_and_received(office: Office, language: str, size: Size, look: Any) -> None:
    words, title = WORDS[language], f"汛前排查 {language} {size[0]}"
    page = office.signed_in(SUPERVISOR, language, size, "/tasks", color_scheme=look)
    expect(page.get_by_role("heading", name=words["title"])).to_be_visible()
    chosen(page, words["begin"], words["task"])
    form = page.locator(".ant-drawer")
    form.get_by_label(words["what"], exact=True).fill(title)
    form.get_by_label(words["unit"], exact=True).fill("sanitation")
    form.get_by_label(words["unit"], exact=True).press("Enter")
    form.get_by_label(words["due"], exact=True).fill(DUE)
    page.locator(".ant-picker-dropdown:visible .ant-picker-ok button").click()
    form.get_by_role("button", name=words["assign"]).click()
    expect(page).to_have_url(re.compile(r"/tasks/[0-9a-f-]{36}$"))
    expect(page.get_by_role("heading", name=title)).to_be_visible()
    shot(page, f"task-{language}-{size[0]}")
    accessible(page)
    address = page.url.partition("/tasks/")[2]

    desk = office.signed_in(OFFICER, language, size, f"/tasks/{address}", color_scheme=look)
    desk.get_by_role("button", name=words["receive"]).first.click()
    desk.locator(".open-form").get_by_role("button", name=words["receive"]).click()
    expect(desk.locator(".ant-tag", has_text=words["working"])).to_be_visible()
    kept = office.town.get("supervisor01", f"/api/proceedings/{address}")
    assert (kept["state"], kept["title"], kept["version"]) == ("working", title, 2)

    page.goto(f"{office.url}/tasks?procedure=task")
    expect(page.get_by_role("link", name=title)).to_be_visible()
    shot(page, f"tasks-{language}-{size[0]}")
    accessible(page)


def test_the_desk_holds_tasks_beside_cases(office: Office) -> None:
    fields = {"title": "On the desk", "unit": "sanitation", "due": "2035-03-20T18:00:00+08:00"}
    body = {"procedure": "task", "fields": fields}
    assert office.town.client("supervisor01").post("/api/proceedings", json=body).status_code == 201
    page = office.signed_in(OFFICER, path="/desk")
    page.locator(".ant-segmented-item", has_text="事项").click()

    page.locator(".tasks button.number", has_text="On the desk").first.click()
    expect(page.locator(".task h2")).to_contain_text("On the desk")
    shot(page, "desk-task")
    accessible(page)


def test_who_has_not_answered_is_listed(office: Office) -> None:
    words = WORDS["zh"]
    page = office.signed_in(SUPERVISOR, path="/tasks?procedure=daily_report")
    section = page.get_by_role("region", name=words["round"])

    expect(section).to_contain_text("应报")
    assert section.locator("tbody tr a").count() > 0 or section.get_by_text("应报 0").count() == 1
    shot(page, "round")
    accessible(page)
