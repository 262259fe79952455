"""The administration: accounts handed over, duties checked and tried, jobs, log; everybody sees only their own menu."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from typing import Any, Final
from uuid import uuid4

import pytest
from playwright.sync_api import expect
from tests.browser.conftest import PHONE, Office, Size, accessible, in_every_sight, shot

from xiuhua.platform.identity import service
from xiuhua.platform.identity.model import NewAccount, system

PASSWORD = "Harbour-lantern-42"
WORDS: Final[dict[str, dict[str, str]]] = {
    "zh": {
        "make": "新建帐号", "name": "用户名", "roles": "直接持有的角色", "appraiser": "考核员", "kept": "已记下，关闭",
        "once": "{} 的一次性密码", "password": "密码", "sign_in": "登录", "old": "原密码", "new": "新密码",
        "again": "再次输入新密码", "save": "保存", "menu": "主菜单", "duties": "权责矩阵", "accounts": "用户与权限",
        "active": "可登录", "end": "全部退出", "ok": "^确 ?定$", "nowhere": "没有登录中的设备",
    },
    "en": {
        "make": "New account", "name": "Name", "roles": "Roles held directly", "appraiser": "Appraiser",
        "kept": "I have it, close", "once": "One-time password of {}", "password": "Password", "sign_in": "Sign in",
        "old": "Present password", "new": "New password", "again": "New password once more", "save": "Save",
        "menu": "Main menu", "duties": "Duty matrix", "accounts": "Accounts", "active": "Open",
        "end": "Sign out everywhere",
        "ok": "^OK$", "nowhere": "Signed in nowhere",
    },
}  # fmt: skip


@pytest.fixture(scope="module", autouse=True)
def more_people(lived_town: Any, people: dict[str, tuple[str, str]]) -> Iterator[None]:
    """An administrator who has a password of their own, and an auditor."""
    made = [("administrator", "boss"), ("auditor", "auditor-1")]
    before = dict(people)
    with lived_town.database.transaction() as tx:
        accounts = [NewAccount(name, name, roles=(role,), password=PASSWORD, must_change=False) for role, name in made]
        service.create_accounts(tx, system(lived_town.city), accounts, lived_town.services.identity.hasher)
    people.update({role: (name, PASSWORD) for role, name in made})
    yield
    people.clear()
    people.update(before)


@pytest.mark.parametrize(
    ("role", "shown"),
    [
        ("administrator", {"批量导入", "管理", "权责矩阵", "用户与权限", "后台任务", "审计记录"}),
        ("intake_officer", {"批量导入", "管理", "权责矩阵"}),
        ("leader", {"管理", "权责矩阵"}),
        ("appraiser", {"管理", "权责矩阵"}),
        ("auditor", {"审计记录"}),
        ("collector", set()),
    ],
)
def test_the_menu_of_a_role(office: Office, role: str, shown: set[str]) -> None:
    page = office.signed_in(role, path="/help")
    expect(page.get_by_role("menuitem", name="使用帮助")).to_be_visible()
    every = {"批量导入", "管理", "权责矩阵", "用户与权限", "后台任务", "审计记录"}

    assert every & set(page.locator(".side .ant-menu-item").all_inner_texts()) == shown


def test_a_screen_that_is_not_ones_own_says_so(office: Office) -> None:
    page = office.signed_in("appraiser", path="/admin/accounts")

    expect(page.get_by_text("您的岗位无权打开此页面")).to_be_visible()


@in_every_sight
def test_an_account_is_handed_over_and_its_password_changed(
    office: Office, language: str, size: Size, look: Any
) -> None:  # fmt: skip
    words, name = WORDS[language], f"new-{uuid4().hex[:6]}"
    page = office.signed_in("administrator", language, size, "/admin/accounts", color_scheme=look)
    page.get_by_role("button", name=words["make"]).click()
    making = page.get_by_role("dialog", name=words["make"])
    making.get_by_label(words["name"], exact=True).fill(name)
    making.get_by_label(words["roles"]).click()
    page.get_by_title(words["appraiser"]).click()
    making.get_by_label(words["name"], exact=True).press("Enter")
    once = page.get_by_role("dialog", name=words["once"].format(name))
    password = once.locator("code").inner_text()
    shot(page, f"one-time-password-{language}-{size[0]}")
    accessible(page)
    once.get_by_role("button", name=words["kept"]).click()
    expect(once).to_be_hidden()
    assert password not in page.content()

    theirs = office.stranger(language, size, color_scheme=look)
    theirs.get_by_label(words["name"], exact=True).fill(name)
    theirs.get_by_label(words["password"], exact=True).fill(password)
    theirs.get_by_role("button", name=words["sign_in"], exact=True).click()
    theirs.get_by_label(words["old"]).fill(password)
    theirs.get_by_label(words["new"], exact=True).fill(PASSWORD)
    theirs.get_by_label(words["again"]).fill(PASSWORD)
    theirs.get_by_role("button", name=words["save"]).click()

    if size == PHONE:
        theirs.get_by_role("button", name=words["menu"]).click()
    expect(theirs.get_by_role("menuitem", name=words["duties"])).to_be_visible()
    expect(theirs.get_by_role("menuitem", name=words["accounts"])).to_have_count(0)
    page.get_by_role("button", name=name, exact=True).click()
    expect(page.get_by_role("dialog").get_by_text(words["active"]).first).to_be_visible()
    page.get_by_role("button", name=words["end"]).first.click()
    page.get_by_role("button", name=re.compile(words["ok"])).click()
    expect(page.get_by_text(words["nowhere"])).to_be_visible()
    office.seen(theirs).expected.append("401")


@pytest.fixture(scope="module")
def draft(lived_town: Any) -> str:
    """The matrix in force, but of who handles only one row is left, and that twice; as a draft."""
    actor = lived_town.client("supervisor01")
    rows = list(csv.DictReader(io.StringIO(actor.get("/api/duties/export").text.lstrip("\ufeff"))))
    handled = [row for row in rows if row["kind"] == "handle"]
    twice = next(row for row in handled if row["place_kind"] == "street")
    kept = [row for row in rows if row["kind"] != "handle" or row is twice]
    other = next(row["unit"] for row in handled if row["unit"] not in ("-", twice["unit"]))
    out = io.StringIO()
    writer = csv.DictWriter(out, rows[0])
    writer.writeheader()
    writer.writerows([{**row, "id": ""} for row in [*kept, {**twice, "unit": other}]])
    with lived_town.database.transaction() as tx:
        name = f"keeper-{uuid4().hex[:6]}"
        service.create_accounts(
            tx, system(lived_town.city), [NewAccount(name, name, roles=("administrator",))],
            lived_town.services.identity.hasher,
        )  # fmt: skip
    sent = lived_town.client(name).post(
        "/api/duties/import", data={"draft": "trial"}, files={"file": ("duties.csv", out.getvalue().encode())}
    )
    assert sent.status_code == 200, sent.text
    return "trial"


def test_gaps_and_overlaps_of_a_draft_are_painted_listed_and_tried(office: Office, draft: str) -> None:
    page = office.signed_in("administrator", path=f"/admin/duties?draft={draft}")
    gap = page.locator(".board .cell-gap")
    expect(gap.first).to_be_visible()
    expect(gap.first).to_contain_text("空白")

    gap.first.click()
    expect(page.get_by_role("complementary", name="单元详情").get_by_text("空白")).to_be_visible()
    shot(page, "duties-gaps")
    accessible(page)
    page.locator(".board .class-name").first.click()
    expect(page.locator(".board .inner").nth(1)).to_be_visible()
    page.locator(".board tr:has(.inner) .cell").nth(2).click()
    expect(page.locator(".pane .answer")).to_have_count(4)
    shot(page, "duties-class-open")

    page.get_by_role("tab", name="校核").click()
    expect(page.get_by_text("空白").first).to_be_visible()
    expect(page.locator(".check tbody tr.ant-table-row").first).to_be_visible()
    shot(page, "duties-check")
    page.get_by_role("tab", name="草案").click()
    page.get_by_role("button", name="试算").click()
    run = page.get_by_role("dialog", name=f"草案 {draft} 试算")
    expect(run.get_by_text("新出现空白")).to_be_visible()
    shot(page, "duties-dry-run")
    accessible(page)


def test_a_cell_is_reached_by_arrows(office: Office) -> None:
    page = office.signed_in("dispatcher", path="/admin/duties")
    first = page.locator(".board tbody .cell").first
    expect(first).to_be_visible()
    first.focus()

    page.keyboard.press("ArrowRight")
    page.keyboard.press("Enter")

    expect(page.locator(".board tbody .cell").nth(1)).to_have_attribute("aria-pressed", "true")
    page.keyboard.press("2")
    expect(page).to_have_url(f"{office.url}/admin/duties?kind=regulate")


def test_a_tour_leads_through_the_screens_of_a_role(office: Office) -> None:
    page = office.signed_in("administrator", path="/help")
    page.get_by_role("button", name="开始导览").click()
    tour = page.get_by_role("complementary", name="导览")
    expect(tour.get_by_text("用户与权限")).to_be_visible()
    expect(page).to_have_url(f"{office.url}/admin/accounts")

    tour.get_by_role("button", name="下一站").click()

    expect(page).to_have_url(f"{office.url}/admin/units")
    shot(page, "tour")
    accessible(page)
    tour.get_by_role("button", name="结束导览").click()
    expect(tour).to_be_hidden()
