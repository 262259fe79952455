"""Ledgers in the browser: an entry made, taken back and made rightly; sums; a store that is counted."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

import pytest
from playwright.sync_api import Page, expect
from tests.acceptance.installation import Installation
from tests.browser.conftest import Office, Size, accessible, in_every_sight, shot
from tests.browser.field import OFFLINE, carried, phone, photo

WORDS: Final = {
    "zh": {"ledger": "下水道清掏", "enter": "登记", "quantity": "数量", "pipe": "管道类别", "sewage": "污水",
           "take_back": "冲销", "reason": "理由", "right": "正确数量", "countered": "已冲销", "sums": "汇总",
           "note": "备注", "total": "合计", "store": "养护物资库存", "stock": "盘点", "counted": "实盘数"},
    "en": {"ledger": "Drains dredged", "enter": "Enter", "quantity": "Quantity", "pipe": "Pipe", "sewage": "Sewage",
           "take_back": "Take back", "reason": "Reason", "right": "Right quantity", "countered": "Taken back",
           "sums": "Sums", "note": "Note", "total": "Total", "store": "Store of upkeep material",
           "stock": "Take stock", "counted": "Counted"},
}  # fmt: skip
ENTERS: Final = "unit_officer"


@pytest.fixture(scope="module", autouse=True)
def furnished(lived_town: Installation) -> Iterator[None]:
    """The pack with ledgers, and what was done in other months."""
    lived_town.take_up("municipal")
    for month, metres in (("2025-11", "1250"), ("2025-12", "3800"), ("2026-01", "2400.5")):
        body = {"quantity": metres, "day": f"{month}-15", "fields": {"pipe": "rain", "road": "东大街"}}
        answer = lived_town.client("supervisor01").post("/api/ledgers/drain_dredged/entries", json=body)
        assert answer.status_code == 201, answer.text
    yield


def choose(page: Page, label: str, option: str) -> None:
    page.locator(".ant-drawer").get_by_role("combobox", name=label).click()
    page.locator(".ant-select-dropdown:visible").get_by_title(option, exact=True).click()


@in_every_sight
def test_an_entry_is_made_and_taken_back(office: Office, language: str, size: Size, look: Any) -> None:
    words, note = WORDS[language], f"{language}-{size[0]}"
    page = office.signed_in(ENTERS, language, size, "/ledgers", color_scheme=look)
    expect(page.get_by_role("link", name=words["ledger"], exact=True)).to_be_visible()
    accessible(page)
    shot(page, f"ledgers-{note}")
    page.get_by_role("link", name=words["ledger"], exact=True).click()
    page.get_by_role("button", name=words["enter"]).click()
    form = page.locator(".ant-drawer")
    form.get_by_label(words["quantity"]).fill("380")
    choose(page, words["pipe"], words["sewage"])
    form.get_by_label(words["note"]).fill(note)
    shot(page, f"ledger-form-{note}")
    form.get_by_role("button", name=words["enter"], exact=True).click()
    row = page.locator("tbody tr").filter(has_text=note)
    expect(row).to_contain_text("380")
    expect(row.locator(".late")).to_have_count(0)
    row.get_by_role("button", name=words["take_back"]).click()
    form.get_by_label(words["reason"]).fill("少记两米")
    form.get_by_label(words["right"]).fill("382")
    form.get_by_role("button", name=words["take_back"]).click()
    expect(row.filter(has_text=words["countered"])).to_have_count(1)
    expect(row.filter(has_text="382")).to_have_count(1)
    expect(page.locator("tbody tr").filter(has_text="少记两米").first).to_contain_text("−380")
    accessible(page)
    shot(page, f"ledger-{note}")
    page.locator(".ant-segmented").first.get_by_text(words["sums"], exact=True).click()
    expect(page.locator("tbody")).to_contain_text("3,800")
    expect(page.locator("tfoot")).to_contain_text(words["total"])
    accessible(page)
    shot(page, f"ledger-sums-{note}")


def test_a_store_is_filled_and_counted(office: Office) -> None:
    words = WORDS["zh"]
    page = office.signed_in(ENTERS, path="/ledgers/upkeep_store?sight=balances")
    form = page.locator(".ant-drawer")
    for quantity in ("100", "-70"):
        page.get_by_role("button", name=words["enter"]).click()
        form.get_by_label(words["quantity"]).fill(quantity)
        form.get_by_label("仓库").fill("一库")
        choose(page, "物资", "防坠网")
        form.get_by_role("button", name=words["enter"], exact=True).click()
        expect(form).to_have_count(0)
    expect(page.locator("tbody tr").filter(has_text="一库")).to_contain_text("30")
    page.get_by_role("button", name=words["stock"]).click()
    form.get_by_label(words["counted"]).fill("28")
    form.get_by_label("仓库").fill("一库")
    choose(page, "物资", "防坠网")
    form.get_by_label(words["reason"]).fill("锈蚀两套")
    form.get_by_role("button", name=words["enter"], exact=True).click()
    expect(page.locator("tbody tr").filter(has_text="一库")).to_contain_text("28")
    [kept] = office.town.get("collector01", "/api/ledgers/upkeep_store/balances")["items"]

    assert (kept["quantity"], kept["fields"]) == ("28", {"yard": "一库", "item": "net"})


def test_work_is_entered_on_a_phone_without_a_network(office: Office) -> None:
    """Kept in the outbox with its photo, sent once there is a network, with the day on which it was done."""
    page = phone(office)
    carried(page)
    page.goto(f"{office.url}/field/ledgers")
    page.get_by_role("link", name="下水道清掏").click()
    office.seen(page).expected += OFFLINE
    page.context.set_offline(True)
    page.get_by_label("数量").fill("0.75")
    page.get_by_role("button", name="km", exact=True).click()
    page.get_by_role("button", name="合流", exact=True).click()
    page.get_by_label("路段").fill("无信号路段")
    page.locator(".photos input").first.set_input_files(photo(811))
    expect(page.locator(".photos img")).to_have_count(1)
    accessible(page)
    shot(page, "field-ledger-zh")
    page.locator("button.big").click()
    expect(page.locator(".chip")).to_have_attribute("data-waiting", "1")
    asked = {"field": "pipe=combined"}
    assert office.town.get("supervisor01", "/api/ledgers/drain_dredged/entries", **asked)["items"] == []

    page.context.set_offline(False)
    expect(page.locator(".chip")).to_have_attribute("data-waiting", "0", timeout=30_000)
    [made] = office.town.get("supervisor01", "/api/ledgers/drain_dredged/entries", **asked)["items"]
    assert (made["quantity"], made["given"]) == ("750", {"quantity": "0.75", "unit": "km"})
    assert len(made["photos"]) == 1 and made["late"] == 0 and made["fields"]["road"] == "无信号路段"
