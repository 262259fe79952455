"""The file of a thing, layers of registers on the map, merging, many moved at once, a sheet of labels."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, Final

import pytest
from playwright.sync_api import expect
from tests.acceptance.installation import Installation
from tests.browser.conftest import Office, Size, accessible, in_every_sight, shot

from xiuhua.platform.identity.model import system
from xiuhua.records.service import Records
from xiuhua.simulate import things

WORDS: Final = {
    "zh": {"figures": "合计与核对", "sections": "标段 · 所属合同", "layers": "图层", "toilets": "公厕",
           "refs": "关联记录",
           "over": "已过期", "merge": "并入另一条", "now": "并入", "into": "并入的记录"},
    "en": {"figures": "Totals", "sections": "Section · Contract", "layers": "Layers", "toilets": "Public toilet",
           "refs": "Refers to", "over": "expired", "merge": "Merge into another", "now": "Merge",
           "into": "The record that goes on"},
}  # fmt: skip
SEES, KEEPS = "collector", "supervisor"


@pytest.fixture(scope="module", autouse=True)
def furnished(lived_town: Installation) -> Iterator[None]:
    """Things in the registers; a contract with a section that was paid too much, and that is over."""
    things.make(lived_town.services, lived_town.city)
    actor, records = system(lived_town.city), lived_town.services.port(Records)
    lived_town.take_up("contracts")
    with lived_town.database.transaction() as tx:
        contract = {
            "number": "HT-1",
            "name": "城区道路保洁",
            "company": "洁城公司",
            "sum": "90000",
            "until": "2099-12-31",
        }
        records.add(tx, actor, "contract", contract)
        records.add(tx, actor, "section", {"number": "BD-1", "name": "一标段", "contract": "HT-1", "price": "60000.5"})
        paid = {"number": "FK-1", "contract": "HT-1", "section": "BD-1", "amount": "60001", "period": "一季度"}
        records.add(tx, actor, "payment", paid)
        held = records.by_key(tx, actor, "contract", "HT-1")
        records.change(tx, actor, held.state["id"], {"until": "2020-12-31"})
    yield


@in_every_sight
def test_the_file_of_a_thing(office: Office, language: str, size: Size, look: Any) -> None:
    words = WORDS[language]
    page = office.signed_in(KEEPS, language, size, "/registers/contract/HT-1", color_scheme=look)
    expect(page.get_by_text(words["figures"])).to_be_visible()
    expect(page.get_by_text("29999", exact=True)).to_be_visible()
    expect(page.get_by_text(words["sections"])).to_be_visible()
    shot(page, f"contract-{language}-{size[0]}")
    accessible(page)
    page.get_by_role("link", name="BD-1 一标段").click()
    expect(page.locator(".refs .light-red").first).to_contain_text(words["over"])
    expect(page.get_by_text("-0.5", exact=True)).to_be_visible()
    shot(page, f"section-{language}-{size[0]}")
    accessible(page)
    page.goto(f"{office.town.url}/registers/toilet")
    expect(page.locator("tbody a.number").first).to_be_visible()
    shot(page, f"toilets-{language}-{size[0]}")
    accessible(page)


def test_layers_of_registers_are_switched_on_and_a_click_opens_the_thing(office: Office) -> None:
    page = office.signed_in(SEES, path="/map")
    frame = page.locator(".map-frame")
    expect(frame).to_have_attribute("data-map", "idle", timeout=30_000)
    page.get_by_role("button", name=re.compile(f"{WORDS['zh']['layers']}$")).click()
    page.get_by_role("checkbox", name=re.compile(WORDS["zh"]["toilets"])).check()
    rendered = "() => document.querySelector('.map-frame').map.queryRenderedFeatures({layers: ['records']}).length"
    page.wait_for_function(rendered + " > 0", timeout=30_000)
    shot(page, "map-things")
    at = page.evaluate(
        "() => { const map = document.querySelector('.map-frame').map;"
        " const box = map.getCanvas().getBoundingClientRect();"
        " const far = (p) => document.elementFromPoint(box.x + p.x, box.y + p.y) === map.getCanvas();"
        " const found = map.queryRenderedFeatures({layers: ['records']})"
        ".map((one) => ({...map.project(one.geometry.coordinates), key: one.properties.key})).filter(far)[0];"
        " return {x: box.x + found.x, y: box.y + found.y} }"
    )
    page.mouse.click(at["x"], at["y"])
    expect(page).to_have_url(re.compile("/registers/toilet/WC-"))


def test_two_records_become_one(office: Office) -> None:
    words = WORDS["zh"]
    page = office.signed_in(KEEPS, path="/registers/toilet/WC-030")
    page.get_by_role("button", name=words["merge"]).click()
    page.get_by_role("combobox", name=words["into"]).fill("WC-031")
    page.get_by_title(re.compile("WC-031")).first.click()
    shot(page, "merge")
    page.get_by_role("dialog").get_by_role("button", name=re.compile("并.?入$")).click()
    expect(page.get_by_role("heading", name="第31公厕")).to_be_visible()
    kept = office.town.get("collector01", "/api/registers/toilet/keys/WC-031")

    assert [one["key"] for one in kept["merged"]] == ["WC-030"]


def test_many_are_moved_at_once_and_what_did_not_go_is_told(office: Office) -> None:
    page = office.signed_in(KEEPS, path="/registers/toilet?q=WC-02")
    page.get_by_role("combobox", name="批量转为").click()
    page.get_by_title("停用", exact=True).click()
    page.get_by_role("button", name="转换筛选出的全部").click()
    page.get_by_role("dialog").get_by_role("button", name=re.compile("确.?定")).click()
    expect(page.locator(".ant-modal-confirm-title").filter(has_text="已转换")).to_be_visible()
    shot(page, "moved-many")
    closed = office.town.get("collector01", "/api/registers/toilet/records", q="WC-02", state="closed")["items"]

    assert len(closed) >= 8
    labels = page.context.request.get(f"{office.town.url}/api/registers/toilet/labels?state=closed")
    assert labels.status == 200 and labels.text().count("<svg") == len(closed)
