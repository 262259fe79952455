"""The map: what it draws, what it counts, and that its numbers are the server's."""

from __future__ import annotations

import json
import re
from typing import Any, Final

import pytest
from playwright.sync_api import Locator, Page, Route, expect
from tests.acceptance.installation import Installation, pages
from tests.browser.conftest import DESK, PHONE, Office, Size, accessible, shot
from tests.reading import caught_up

from xiuhua.city.areas.datum import from_wgs84

PERSON: Final = "shift_leader01"
FRAME: Final = ".map-frame"
WORDS: Final[dict[str, dict[str, str]]] = {
    "zh": {"view": "视野内", "count": "统计视野", "numbers": "视野统计", "filter": "筛选", "layers": "图层"},
    "en": {"view": "In view", "count": "Count the view", "numbers": "Numbers of the view", "filter": "Filter",
           "layers": "Layers"},
}  # fmt: skip
PIXEL: Final = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c4890000000d49444154789c63601860"
    "f80f0001040100ad7e6f2d0000000049454e44ae426082"
)
"""A small PNG in the place of a base map's tiles."""


@pytest.fixture(autouse=True)
def up_to_date(lived_town: Installation) -> None:
    """What other tests did stands in cases in brief too."""
    caught_up(lived_town.services)


def drawn(page: Page) -> Page:
    """Wait until the map has drawn everything."""
    expect(page.locator(f"{FRAME}[data-map=idle]")).to_be_visible(timeout=60_000)
    return page


def on_map(page: Page, script: str) -> Any:
    """What a script makes of `map`, MapLibre's own."""
    return page.evaluate(f"() => {{ const map = document.querySelector('{FRAME}').map; return {script} }}")


def cases_seen(page: Page) -> int:
    """Cases that are drawn, alone or in bubbles. Near the border of two tiles nothing is drawn twice."""
    points = on_map(page, "map.queryRenderedFeatures({layers: ['points']}).map((one) => one.properties.no)")
    bubbles = "map.queryRenderedFeatures({layers: ['bubbles']})"
    counts = f"{bubbles}.map((one) => [one.geometry.coordinates.join(), one.properties.count])"
    return len(set(points)) + sum(dict(map(tuple, on_map(page, counts))).values())


def number(place: Locator) -> int:
    """A number as it is shown."""
    return int(place.inner_text().replace(",", ""))


def in_view(page: Page) -> Locator:
    return page.locator(".map-in-view b")


def all_of(office: Office, **filters: Any) -> list[Any]:
    """The list of cases with a place."""
    return [one for one in pages(office.town, PERSON, "/api/cases", limit=200, **filters) if one["lon"] is not None]


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("size", [DESK, PHONE], ids=["desk", "phone"])
def test_areas_and_cases_are_drawn_and_counted(office: Office, language: str, size: Size) -> None:
    words, mark = WORDS[language], f"{language}-{size[0]}"
    page = drawn(office.signed_in("shift_leader", language, size, "/map?all=1"))
    expect(in_view(page)).to_have_text(f"{len(all_of(office)):,}")
    drawn(page)

    kinds = ["line-street", "name-street", "line-community"]
    counts = [on_map(page, f"map.queryRenderedFeatures({{layers: ['{kind}']}}).length") for kind in kinds]
    assert all(counts) and cases_seen(page) == len(all_of(office))
    shot(page, f"map-{mark}")
    accessible(page)
    page.get_by_role("button", name=words["count"]).click()
    numbers = page.get_by_role("region", name=words["numbers"], exact=True)
    expect(numbers.locator(".figure").first).to_have_text(f"{len(all_of(office)):,}")
    shot(page, f"map-numbers-{mark}")
    accessible(page)


@pytest.mark.parametrize("look", ["light", "dark"])
def test_filters_narrow_the_map_and_stand_in_the_address(office: Office, look: Any) -> None:
    page = drawn(office.signed_in("shift_leader", path="/map", color_scheme=look))
    expect(in_view(page)).to_have_text(f"{len(all_of(office, open=True)):,}")
    page.keyboard.press("f")
    panel = page.get_by_role("search", name="筛选")
    accessible(page)

    panel.get_by_text("已结", exact=True).click()

    expect(page).to_have_url(re.compile(r"open=false"))
    expect(in_view(page)).to_have_text(f"{len(all_of(office, open=False)):,}")
    shot(page, f"map-filters-{look}")


def test_a_drawn_area_has_the_numbers_of_its_lists(office: Office) -> None:
    page = drawn(office.signed_in("shift_leader", path="/map?all=1"))
    page.keyboard.press("d")
    box = page.locator(f"{FRAME} canvas").bounding_box()
    assert box is not None
    places = [(0.25, 0.25), (0.7, 0.3), (0.65, 0.75), (0.3, 0.7)]
    for step, (x, y) in enumerate(places, 1):
        page.mouse.click(box["x"] + x * box["width"], box["y"] + y * box["height"])
        expect(page.locator(".map-drawing b")).to_have_text(f"已落 {step} 点")
    shot(page, "map-drawing")
    with page.expect_response("**/api/map/count") as answered:
        page.keyboard.press("Enter")
    found = answered.value.json()

    panel = page.get_by_role("region", name="区域统计")
    expect(panel.locator(".figure").first).to_have_text(f"{found['total']:,}")
    assert found["total"] > 0
    listed = all_of(office, **found["records"]["filter"])
    assert len(listed) == found["total"]
    for light in ("red", "green"):
        filters = found["light_records"][light]["filter"]
        assert len(all_of(office, **filters)) == found["by_light"][light]
    shot(page, "map-drawn")
    panel.locator(".figure").first.click()
    expect(page.locator("tbody tr.ant-table-row")).to_have_count(min(50, found["total"]))
    expect(page.get_by_text("地图所画区域内")).to_be_visible()
    shot(page, "list-of-drawn")
    accessible(page)


def test_an_area_is_drawn_by_keyboard_alone(office: Office) -> None:
    page = drawn(office.signed_in("shift_leader", path="/map?all=1"))
    page.keyboard.press("d")
    for step, key in enumerate(("ArrowRight", "ArrowDown", "ArrowLeft"), 1):
        page.keyboard.press("Space")
        expect(page.locator(".map-drawing b")).to_have_text(f"已落 {step} 点")
        before = on_map(page, "map.getCenter().toArray().join()")
        page.keyboard.press(key)
        page.wait_for_function(
            f"before => {{ const map = document.querySelector('{FRAME}').map;"
            " return !map.isMoving() && map.getCenter().toArray().join() !== before }",
            arg=before,
        )
    accessible(page)

    page.keyboard.press("Enter")

    expect(page.get_by_role("region", name="区域统计")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_role("region", name="区域统计")).to_be_hidden()


def test_an_outline_that_crosses_itself_is_told_and_not_sent(office: Office) -> None:
    page = drawn(office.signed_in("shift_leader", path="/map"))
    page.keyboard.press("d")
    box = page.locator(f"{FRAME} canvas").bounding_box()
    assert box is not None
    for step, (x, y) in enumerate([(0.3, 0.3), (0.7, 0.7), (0.7, 0.3), (0.3, 0.7)], 1):
        page.mouse.click(box["x"] + x * box["width"], box["y"] + y * box["height"])
        expect(page.locator(".map-drawing b")).to_have_text(f"已落 {step} 点")

    page.keyboard.press("Enter")

    expect(page.get_by_role("region", name="区域统计").get_by_role("alert")).to_contain_text("相交")


def test_days_of_the_slider_are_those_of_the_list(office: Office) -> None:
    page = drawn(office.signed_in("shift_leader", path="/map?all=1"))
    expect(in_view(page)).to_have_text(f"{len(all_of(office)):,}")
    slider = page.get_by_role("slider", name="截止日期")

    page.locator(".map-time").get_by_text("当日", exact=True).click()
    slider.press("ArrowLeft")

    expect(page).to_have_url(re.compile("opened_from"))
    day = page.evaluate("Object.fromEntries(new URLSearchParams(location.search))")
    wanted = all_of(office, opened_from=day["opened_from"], opened_to=day["opened_to"])
    assert 0 < len(wanted) < len(all_of(office))
    expect(in_view(page)).to_have_text(f"{len(wanted):,}")
    drawn(page)
    assert cases_seen(page) == len(wanted)
    shot(page, "map-day")


def test_a_point_opens_its_card_and_its_case(office: Office) -> None:
    page = drawn(office.signed_in("shift_leader", path="/map?all=1"))
    x, y = on_map(
        page,
        "(() => { const seen = map.queryRenderedFeatures({layers: ['points']}).map((one) => map.project(one.geometry"
        ".coordinates)).filter(({x, y}) => x > 120 && x < 900 && y > 120 && y < 500)[0];"
        " const at = map.getCanvas().getBoundingClientRect(); return [at.left + seen.x, at.top + seen.y] })()",
    )
    page.mouse.click(x, y)
    card = page.get_by_role("region", name="案件", exact=True)
    heading = card.get_by_role("heading", level=2)
    expect(heading).to_have_text(re.compile(r"^990101-\d{8}-\d{4}$"))
    [line] = pages(office.town, PERSON, "/api/cases", number=heading.inner_text())
    shot(page, "map-card")
    accessible(page)

    card.get_by_role("link", name="打开案件").click()

    expect(page).to_have_url(f"{office.url}/cases/{line['id']}")


def test_heat_is_drawn_in_the_place_of_points(office: Office) -> None:
    page = drawn(office.signed_in("shift_leader", path="/map?all=1"))
    page.keyboard.press("l")

    page.get_by_role("radio", name="热力").check()

    page.wait_for_function(
        f"() => document.querySelector('{FRAME}').map.querySourceFeatures('cases', {{sourceLayer: 'heat'}}).length > 0"
    )
    drawn(page)
    assert on_map(page, "map.queryRenderedFeatures({layers: ['points', 'bubbles']}).length") == 0
    shot(page, "map-heat")
    accessible(page)


@pytest.mark.parametrize("datum", ["gcj02", "bd09", "cgcs2000"])
def test_our_own_layers_are_shifted_over_a_base_map(office: Office, datum: Any) -> None:
    page = office.signed_in("shift_leader", path="/account")
    tiles = f"{office.url}/tiles/{{z}}/{{x}}/{{y}}.png"

    def with_base_map(route: Route) -> None:
        answer = route.fetch()
        me = answer.json()
        me["map"]["base_maps"] = [{"title": "base", "url": tiles, "datum": datum, "attribution": "", "max_zoom": 18}]
        route.fulfill(response=answer, body=json.dumps(me))

    page.route("**/api/me", with_base_map)
    page.route("**/tiles/**", lambda route: route.fulfill(body=PIXEL, content_type="image/png"))
    page.goto(f"{office.url}/map?all=1")
    drawn(page)
    expect(in_view(page)).to_have_text(f"{len(all_of(office)):,}")
    drawn(page)
    assert cases_seen(page) == len(all_of(office))
    on_map(page, "map.jumpTo({zoom: 16})")
    page.wait_for_function(f"() => document.querySelector('{FRAME}').map.areTilesLoaded()")
    drawn(page)

    found = on_map(page, "map.queryRenderedFeatures({layers: ['points']}).map((one) => one.geometry.coordinates)")
    lines = all_of(office)
    lon, lat = from_wgs84([one["lon"] for one in lines], [one["lat"] for one in lines], datum)
    assert found
    for x, y in found:
        # A tile of zoom 16 has steps of about 13 cm.
        assert min(abs(lon - x) + abs(lat - y)) < 5e-6
