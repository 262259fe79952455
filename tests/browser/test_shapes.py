"""Lines and polygons in the console: layers of the map with their legend, the page of a line, stretches on it."""

from __future__ import annotations

import re
from typing import Any, Final

import pytest
from playwright.sync_api import Page, expect
from tests.acceptance.installation import Installation
from tests.acceptance.test_record_shapes import install
from tests.acceptance.test_records import SUPERVISOR, add
from tests.browser.conftest import Office, Size, accessible, in_every_sight, shot

HERE: Final = (105.3123, 29.1045)
WORDS: Final = {
    "zh": {"layers": "图层", "way": "道路", "green": "绿地", "legend": "图例", "place": "位置", "filter": "筛选",
           "long": "米", "map": "看位置", "hide": "收起面板", "range": "100–700 米"},
    "en": {"layers": "Layers", "way": "Road", "green": "Green", "legend": "Legend", "place": "Place",
           "filter": "Filter", "long": "m long", "map": "On the map", "hide": "Hide the panel",
           "range": "from 100 to 700 m"},
}  # fmt: skip
SEES: Final = "collector"


@pytest.fixture(scope="module", autouse=True)
def drawn(lived_town: Installation, tmp_path_factory: pytest.TempPathFactory) -> None:
    """Roads, greens and stretches around one place."""
    install(lived_town, tmp_path_factory.mktemp("packs"))
    (lon, lat) = HERE
    for n in range(4):
        bent = [[lon - 0.006, lat + n * 2e-3], [lon, lat + n * 2e-3 + 4e-4], [lon + 0.006, lat + n * 2e-3]]
        add(lived_town, "way", {"code": f"DL-{n + 1}", "lanes": 2}, shape={"type": "LineString", "coordinates": bent})
    for n in range(2):
        west = lon + n * 4e-3 - 4e-3
        ring = [[west, lat + 7e-4], [west + 2e-3, lat + 7e-4], [west + 2e-3, lat + 18e-4], [west, lat + 18e-4]]
        shape = {"type": "Polygon", "coordinates": [[*ring, ring[0]]]}
        add(lived_town, "green", {"code": f"LD-{n + 1}"}, shape=shape)
    for code, begin, end in (("QS-1", 0, "400"), ("QS-2", 400, "900")):
        add(lived_town, "sweep", {"code": code, "way": "DL-1", "begin": begin, "end": end, "team": "a"})
    entry = {"quantity": "600", "thing": "DL-1", "fields": {"begin": 100, "end": 700}}
    made = lived_town.client(SUPERVISOR).post("/api/ledgers/swept/entries", json=entry)
    assert made.status_code == 201


def idle(page: Page) -> None:
    expect(page.locator(".map-frame")).to_have_attribute("data-map", "idle", timeout=60_000)


def shown(page: Page, layer: str) -> None:
    seen = f"() => document.querySelector('.map-frame')?.map?.queryRenderedFeatures({{layers: ['{layer}']}}).length > 0"
    page.wait_for_function(seen, timeout=60_000)
    idle(page)


@in_every_sight
def test_lines_and_polygons_are_layers_and_a_click_opens_the_thing(
    office: Office, language: str, size: Size, look: Any
) -> None:
    words = WORDS[language]
    page = office.signed_in(SEES, language, size, "/map", color_scheme=look)
    idle(page)
    page.get_by_role("button", name=re.compile(f"{words['layers']}$")).click()
    for one in ("way", "green"):
        page.get_by_role("checkbox", name=re.compile(rf"^{words[one]}[\s\d]*$")).check()
    page.get_by_role("button", name=words["hide"]).click()
    page.evaluate(
        "([lon, lat]) => document.querySelector('.map-frame').map.jumpTo({center: [lon, lat], zoom: 15})", [*HERE]
    )
    shown(page, "records-line")
    shown(page, "records-fill")
    shown(page, "records-name")
    expect(page.get_by_role("note", name=words["legend"])).to_contain_text(words["way"])
    shot(page, f"map-shapes-{language}-{size[0]}")
    accessible(page)
    at = page.evaluate(
        "([lon, lat]) => { const map = document.querySelector('.map-frame').map;"
        " const box = map.getCanvas().getBoundingClientRect(); const at = map.project([lon, lat]);"
        " return {x: box.x + at.x, y: box.y + at.y} }", [HERE[0] + 0.001, HERE[1] + 12e-4],
    )  # fmt: skip
    page.mouse.click(at["x"], at["y"])
    expect(page).to_have_url(re.compile("/registers/green/LD-2"))
    shown(page, "records-fill")
    shot(page, f"green-{language}-{size[0]}")


@in_every_sight
def test_the_page_of_a_line_shows_the_stretches_on_it(office: Office, language: str, size: Size, look: Any) -> None:
    words = WORDS[language]
    page = office.signed_in(SEES, language, size, "/registers/way/DL-1", color_scheme=look)
    place = page.locator(".ant-card").filter(has=page.locator(".record-map"))
    expect(place).to_contain_text(words["long"])
    expect(place.locator(".stretches li")).to_have_count(2)
    place.scroll_into_view_if_needed()
    shown(page, "records-line")
    shot(page, f"line-{language}-{size[0]}")
    accessible(page)
    place.get_by_role("link", name=re.compile("QS-2")).click()
    expect(page.get_by_role("heading", name="QS-2")).to_be_visible()
    shown(page, "records-line")


@in_every_sight
def test_an_entry_is_shown_on_its_line(office: Office, language: str, size: Size, look: Any) -> None:
    words = WORDS[language]
    page = office.signed_in("supervisor", language, size, "/ledgers/swept", color_scheme=look)
    page.get_by_role("button", name=words["map"]).click()
    expect(page.get_by_role("dialog").locator(".stretches")).to_contain_text(words["range"])
    shown(page, "records-line")
    shot(page, f"entry-on-line-{language}-{size[0]}")
