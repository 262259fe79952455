"""Triage: reports into cases by keyboard alone, in both languages, on desk and phone; a second officer; an undo."""

from __future__ import annotations

import re
from typing import Any

import pytest
from playwright.sync_api import Page, expect
from tests.acceptance.installation import STREET_CLEANING, Installation
from tests.acceptance.walking import taken_in
from tests.browser.conftest import DESK, Office, Size, accessible, in_every_sight, shot
from tests.reading import older_ended

from xiuhua.loop import background
from xiuhua.platform.identity import service
from xiuhua.platform.identity.model import NewAccount, system

OFFICER = "intake_officer01"


@pytest.fixture
def waiting(office: Office) -> list[str]:
    """Reports that wait to be decided, the oldest first; all others are away."""
    for task in office.town.inbox(OFFICER, "report"):
        if task["state"] == "received":
            office.town.does(OFFICER, "report", task["id"], "refuse", reason="测试前清理")
    texts = (
        "解放路菜市场门口暴露垃圾没人清理，气味很大，电话13812345678", "人行道地砖松动积水", "路灯杆倾斜，怕倒下来",
        "烧烤店占道经营，油烟扰民", "小区门口垃圾桶满了没人收",
    )  # fmt: skip
    photo = office.town.photo(OFFICER, "before")
    told = {"reporter": {"name": "王小明", "contact": "13812345678"}, "source": "hotline_12345"}
    return [taken_in(office.town, text=text, photos=[photo], **told).report for text in texts]


@pytest.fixture(scope="module")
def both_posts(lived_town: Installation, people: dict[str, tuple[str, str]]) -> str:
    """Somebody who takes reports in and files cases, as in a small bureau."""
    person, password = "intake_officer05", "a long password of one"
    with lived_town.database.transaction() as tx:
        tx.execute(_SECOND_POST, {"city": lived_town.city, "person": person})
        account = NewAccount(person, person, password=password, must_change=False)
        service.create_accounts(tx, system(lived_town.city), [account], lived_town.services.identity.hasher)
    people["both"] = (person, password)
    return "both"


_SECOND_POST = """
insert into post (city, person, role, unit, area, valid_from, recorded_at)
select city, person, 'shift_leader', unit, area, valid_from, recorded_at from post
where city = %(city)s and person = %(person)s and role = 'intake_officer'
"""


def at(page: Page, number: str) -> None:
    """That report is shown, and what is suggested for it."""
    expect(page.locator(".message .from")).to_contain_text(number)
    expect(page.locator(".guess[aria-checked=true]").first).to_be_visible()


def number_of(office: Office, report: str) -> str:
    return str(office.town.state("report", report)["data"]["external_id"])


def test_reports_are_decided_by_keyboard_alone(office: Office, waiting: list[str]) -> None:
    page = office.signed_in("intake_officer")
    at(page, number_of(office, waiting[0]))
    assert page.url.endswith("/triage")
    expect(page.locator(".message blockquote")).to_contain_text("138****5678")
    shot(page, "triage-zh-1366")

    page.keyboard.press("Enter")
    at(page, number_of(office, waiting[1]))
    page.keyboard.press("c")
    page.keyboard.type("bllj")
    expect(page.locator(".ant-select-dropdown:visible .ant-select-item-option").first).to_contain_text("暴露垃圾")
    shot(page, "triage-search")
    page.keyboard.press("Enter")
    expect(page.locator(".other .ant-select").first).to_contain_text("暴露垃圾")
    page.keyboard.press("Enter")
    at(page, number_of(office, waiting[2]))
    page.keyboard.press("2")
    page.keyboard.press("q")
    page.keyboard.press("Escape")
    page.keyboard.press("e")
    form = page.locator(".open-form")
    expect(form).to_be_visible()
    shot(page, "triage-form")

    done = [office.town.state("report", one) for one in waiting[:2]]
    assert [one["state"] for one in done] == ["joined", "joined"]
    assert done[1]["data"]["category"].endswith("/06010")
    expect(page.locator(".decided li")).to_have_count(2)


def test_who_holds_both_posts_accepts_and_files(office: Office, waiting: list[str], both_posts: str) -> None:
    page = office.signed_in(both_posts, path="/triage")
    at(page, number_of(office, waiting[0]))
    expect(page.get_by_role("button", name="受理并立案")).to_be_enabled()

    page.keyboard.press("f")

    expect(page.locator(".decided li").first).to_contain_text("已立案")
    case = office.town.state("report", waiting[0])["data"]["case"]
    events = office.town.get("dispatcher01", f"/api/cases/{case}/events")
    assert [one["type"] for one in events] == ["CaseAccepted", "CaseFiled"]
    at(page, number_of(office, waiting[1]))


def test_an_officer_without_the_second_post_is_not_offered_to_file(office: Office, waiting: list[str]) -> None:
    page = office.signed_in("intake_officer", path="/triage")
    at(page, number_of(office, waiting[0]))

    expect(page.get_by_role("button", name="受理并立案")).to_have_count(0)


def test_of_two_officers_one_is_told_and_goes_on(office: Office, waiting: list[str]) -> None:
    page = office.signed_in("intake_officer", path="/triage")
    office.seen(page).expected += ["412", "409", "422"]
    page.route("**/api/live", lambda route: route.abort())
    office.seen(page).expected += ["live", "ERR_FAILED"]
    page.reload()
    at(page, number_of(office, waiting[0]))
    office.town.does("intake_officer02", "report", waiting[0], "accept", {"category": STREET_CLEANING})

    page.keyboard.press("Enter")

    expect(page.locator(".decided li").first).to_contain_text("他人已办")
    at(page, number_of(office, waiting[1]))
    cases = office.town.get(OFFICER, "/api/reports", external_id=number_of(office, waiting[0]))["items"]
    assert len(cases) == 1


def test_a_decision_is_undone_where_the_procedure_has_a_way(office: Office, waiting: list[str]) -> None:
    page = office.signed_in("intake_officer", path="/triage")
    at(page, number_of(office, waiting[0]))
    page.keyboard.press("Enter")
    at(page, number_of(office, waiting[1]))

    page.keyboard.press("u")
    dialog = page.get_by_role("dialog")
    dialog.get_by_role("button", name="申请作废").first.click()
    shot(page, "triage-undo")
    dialog.get_by_label("理由").fill("受理错了")
    dialog.get_by_label("理由").press("Control+Enter")

    expect(dialog).to_be_hidden()
    case = office.town.state("report", waiting[0])["data"]["case"]
    assert [one["state"] for one in office.town.state("case", case)["tracks"]["voiding"]] == ["asked"]


def test_a_report_joins_a_case_that_is_the_same(office: Office, waiting: list[str]) -> None:
    middle = office.town.view().areas.area(office.town.view().areas.grid_codes[7]).geometry.representative_point()
    told = {"text": "红旗桥头护栏被货车撞断三根", "place": {"lon": middle.x, "lat": middle.y}}
    first = taken_in(office.town, **told).report
    case = office.town.does(OFFICER, "report", first, "accept", {"category": STREET_CLEANING})["case"]
    twin = taken_in(office.town, **told).report
    older_ended(office.town.database)
    while background.trace(office.town.database):
        pass
    page = office.signed_in("intake_officer", path="/triage")
    at(page, number_of(office, waiting[0]))
    for report in (*waiting[1:], twin):
        page.keyboard.press("j")
        at(page, number_of(office, report))
    expect(page.locator(".duplicate [aria-checked=true]")).to_be_visible()
    shot(page, "triage-duplicate")

    page.keyboard.press("m")

    expect(page.locator(".decided li").first).to_contain_text("并入案件")
    assert office.town.state("report", twin)["data"]["case"] == case


@in_every_sight
def test_an_intake_officer_accepts_what_is_suggested(
    office: Office, waiting: list[str], language: str, size: Size, look: Any
) -> None:  # fmt: skip
    page = office.signed_in("intake_officer", language, size, "/triage", color_scheme=look)
    at(page, number_of(office, waiting[0]))
    expect(page.locator(".minimap svg")).to_be_visible()

    shot(page, f"triage-{language}-{size[0]}-{look}")
    accessible(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= size[0]
    accept = page.get_by_role("button", name=re.compile("^(受理|Accept)"))
    page.keyboard.press("Enter") if size == DESK else accept.click()

    at(page, number_of(office, waiting[1]))
    assert office.town.state("report", waiting[0])["state"] == "joined"
