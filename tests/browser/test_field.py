"""The field app on a phone: reports in three taps, tasks, patrol."""

from __future__ import annotations

from io import BytesIO
from typing import Any

import pytest
from PIL import Image
from playwright.sync_api import expect
from tests.acceptance.walking import taken_in
from tests.browser.conftest import PHONE, Office, Size, accessible, in_every_sight, shot
from tests.browser.field import (
    WORDS,
    carried,
    middle,
    now,
    phone,
    photo,
    reports,
    sent,
    to_check,
    walked,
)


@in_every_sight
def test_a_collectors_day(office: Office, language: str, size: Size, look: Any) -> None:
    words, since, mark = WORDS[language], now(), f"field-{language}-{size[0]}"
    walk, lon_lat = to_check(office.town), middle(office.town)
    page = phone(office, language=language, size=size, color_scheme=look)
    carried(page)
    shot(page, f"{mark}-home")
    accessible(page)

    page.locator(".hero input").set_input_files(photo(1))
    expect(page.get_by_role("group", name=words["photos"]).locator("img")).to_have_count(1)
    page.locator(".chips button:not(.more)").first.click()
    expect(page.locator(".map")).to_be_visible()
    shot(page, f"{mark}-report")
    accessible(page)
    page.get_by_role("button", name=words["all"]).click()
    shot(page, f"{mark}-categories")
    accessible(page)
    page.keyboard.press("Escape")
    page.get_by_role("button", name=words["send"], exact=True).click()
    sent(page, 1)
    shot(page, f"{mark}-home-after")

    page.get_by_role("link", name=words["tasks"]).click()
    expect(page.locator(".tasks li").first).to_be_visible()
    shot(page, f"{mark}-tasks")
    accessible(page)
    page.goto(f"{office.url}/field/task/case/{walk.case}")
    expect(page.locator(".foot a")).to_be_visible()
    shot(page, f"{mark}-task")
    accessible(page)
    page.locator(".foot a").click()
    page.locator(".choice button").first.click()
    page.locator(".photos input[capture]").set_input_files(photo(2))
    expect(page.locator(".photos img")).to_have_count(1)
    shot(page, f"{mark}-check")
    accessible(page)
    page.locator("button.big").click()
    sent(page, 2)

    [made] = reports(office.town, since)
    assert (made["actor"], len(made["photos"])) == ("collector01", 1)
    assert [round(made["place"][one], 4) for one in ("lon", "lat")] == [round(one, 4) for one in lon_lat]
    assert made["witness"]["accuracy_m"] == 12 and abs(made["witness"]["sent"] - since.timestamp()) < 120
    assert office.town.state("case", walk.case)["state"] == "checked"


@pytest.mark.parametrize("language", ["zh", "en"])
def test_duty_patrol_and_the_phones_own_page(office: Office, language: str) -> None:
    words, mark = WORDS[language], f"field-{language}"
    page = phone(office, language=language)
    carried(page)
    page.get_by_role("link", name=words["patrol"]).click()
    page.get_by_role("button", name=words["on"], exact=True).click()
    expect(page.get_by_role("button", name=words["off"], exact=True)).to_be_visible()
    sent(page, 1)
    lon, lat = middle(office.town)
    for step in range(1, 6):
        page.context.set_geolocation({"longitude": lon + step * 2e-4, "latitude": lat + step * 1e-4, "accuracy": 8})
        page.wait_for_timeout(300)
    walked(page, [(lon + step * 3e-4, lat + step % 3 * 2e-4) for step in range(8)])
    expect(page.locator(".track")).to_have_count(1)
    shot(page, f"{mark}-patrol")
    accessible(page)
    page.get_by_role("button", name=words["off"], exact=True).click()
    sent(page, 2)
    page.get_by_role("link", name=words["me"]).click()
    shot(page, f"{mark}-me")
    accessible(page)
    assert office.town.get("collector01", "/api/shifts/mine") == {"turn": None}


@in_every_sight
def test_a_handler_gives_photos_of_before_and_after(office: Office, language: str, size: Size, look: Any) -> None:
    words, walk = WORDS[language], taken_in(office.town).to_be("assigned")
    path = f"/field/task/case/{walk.case}"
    page = phone(office, "handler", language, path, size, color_scheme=look)
    carried(page)
    expect(page.get_by_role("heading", name=words["handling"])).to_be_visible()
    shot(page, f"field-{language}-{size[0]}-handler")
    page.get_by_role("link", name=words["finish"]).click()
    done = page.get_by_role("button", name=words["finish"])
    page.get_by_label(words["note"]).fill("已清运")
    expect(done).to_be_disabled()
    page.get_by_role("group", name=words["after"]).locator("input[capture]").set_input_files(photo(7))
    expect(page.locator(".lacks")).to_contain_text(words["lacks"])
    shot(page, f"field-{language}-{size[0]}-pair")
    accessible(page)
    page.get_by_role("group", name=words["before"]).locator("input[capture]").set_input_files(photo(8))
    done.click()
    sent(page, 1)

    data = office.town.state("case", walk.case)["data"]
    assert (len(data["photos_before"]), len(data["photos_after"])) == (1, 1)
    assert office.town.state("case", walk.case)["state"] == "finished"


def test_a_unit_receives_asks_for_time_and_returns_on_the_phone(office: Office) -> None:
    walk = taken_in(office.town).to_be("dispatched")
    page = phone(office, "unit_officer", path=f"/field/task/case/{walk.case}")
    carried(page)
    page.get_by_role("link", name="签收").click()
    page.get_by_role("button", name="签收").click()
    sent(page, 1)
    page.goto(f"{office.url}/field/task/case/{walk.case}")
    page.get_by_role("link", name="申请延期").click()
    page.get_by_label("数量").fill("4")
    page.get_by_role("button", name="工作时", exact=True).click()
    page.get_by_label("理由").fill("连日大雨，清运车进不去")
    shot(page, "field-zh-extension")
    page.get_by_role("button", name="申请延期").click()
    sent(page, 2)

    assert office.town.state("case", walk.case)["tracks"]["extension"][0]["state"] == "asked"


def test_a_photo_from_the_gallery_brings_its_place(office: Office) -> None:
    since, (lon, lat) = now(), middle(office.town)
    page = phone(office)
    carried(page)
    page.get_by_role("button", name="相册 / 补报").click()
    page.locator(".photos input[multiple]").set_input_files(photo(71, at=(lon + 0.004, lat)))
    page.get_by_role("button", name="照片位置").click()
    page.locator("label.switch input").check()
    page.locator(".chips button").first.click()
    expect(page.locator(".lacks")).to_contain_text("处置后照片")
    page.get_by_role("group", name="处置后照片").locator("input[capture]").set_input_files(photo(72, size=(3000, 2000)))
    shot(page, "field-zh-self-handled")
    page.get_by_role("button", name="上报", exact=True).click()
    sent(page, 1)

    [made] = reports(office.town, since)
    assert made["self_handled"] and len(made["photos_after"]) == 1
    assert round(made["place"]["lon"] - lon, 4) == 0.004
    kept = page.context.request.get(f"{office.url}/api/media/{made['photos_after'][0]}").body()
    assert max(Image.open(BytesIO(kept)).size) == 1920


def test_a_place_by_the_map_without_a_position(office: Office) -> None:
    since, page = now(), phone(office, permissions=[])
    carried(page)
    page.locator(".hero input").set_input_files(photo(81))
    page.locator(".chips button").first.click()
    expect(page.locator(".lacks")).to_contain_text("位置")
    page.get_by_role("button", name="地图点选").click()
    page.get_by_role("button", name="放大").click()
    shot(page, "field-zh-pick")
    accessible(page)
    page.get_by_role("button", name="就在这里").click()
    page.get_by_role("button", name="上报", exact=True).click()
    sent(page, 1)

    [made] = reports(office.town, since)
    assert made["place"]["lon"] and "lon" not in made["witness"]


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_first_sign_in(office: Office, language: str) -> None:
    page = office.stranger(language, PHONE, "/field")
    expect(page.locator(".front")).to_be_visible()
    shot(page, f"field-{language}-sign-in")
    accessible(page)
    name, password = office.people["collector"]
    page.locator("input[name=name]").fill(name)
    page.locator("input[name=password]").fill(password)
    page.locator("button.big").click()
    expect(page.locator(".hero")).to_be_visible()
