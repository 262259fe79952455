"""The field app without a network and back: nothing is lost, nothing goes twice, and it is kept on the phone."""

from __future__ import annotations

import shutil
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from playwright.sync_api import Playwright, expect
from tests.browser.conftest import Office, accessible, shot
from tests.browser.field import (
    OFFLINE,
    Flaps,
    carried,
    kept_phone,
    now,
    phone,
    photo,
    report,
    reports,
    sent,
    texts,
    to_verify,
    visit,
)

from xiuhua import bootstrap
from xiuhua.http import static
from xiuhua.http.server import running


def test_twenty_reports_over_a_network_that_comes_and_goes(office: Office) -> None:
    """Nothing is lost, nothing comes twice, all of it in order: as the database has it."""
    since, page = now(), phone(office)
    carried(page)
    office.seen(page).expected += OFFLINE
    page.context.set_offline(True)
    for number in range(20):
        report(page, "zh", number, note=f"第{number:02}件")
    expect(page.locator(".chip")).to_have_attribute("data-waiting", "20")
    shot(page, "field-zh-twenty")
    assert reports(office.town, since) == []

    flaps = Flaps(page)
    flaps.run()
    sent(page, 20)

    made = reports(office.town, since)
    assert flaps.broken > 5 and flaps.resumed > 0
    assert [texts(office.town, one["id"]) for one in made] == [f"第{number:02}件" for number in range(20)]
    assert [len(one["photos"]) for one in made] == [1] * 20 and len({one["photos"][0] for one in made}) == 20
    assert {one["actor"] for one in made} == {"collector01"}


def test_closed_and_opened_again_without_a_network(playwright: Playwright, office: Office, tmp_path: Path) -> None:
    """Drafts, photos, queue and tasks are on the phone, whatever becomes of the browser."""
    since, walk = now(), to_verify(office.town)
    with kept_phone(playwright, office, tmp_path) as page:
        carried(page)
        page.context.set_offline(True)
        report(page, "zh", 41, note="关机之前")
        page.locator(".hero input").set_input_files(photo(42))
        page.locator("textarea").fill("写到一半的草稿")
        expect(page.locator(".photos img")).to_have_count(1)
        page.wait_for_timeout(300)
    with kept_phone(playwright, office, tmp_path, offline=True) as page:
        expect(page.locator(".chip")).to_have_attribute("data-waiting", "1")
        shot(page, "field-zh-again")
        page.get_by_role("link", name="写到一半的草稿").click()
        expect(page.locator("textarea")).to_have_value("写到一半的草稿")
        expect(page.locator(".photos img")).to_have_count(1)
        page.goto(f"{office.url}/field/task/report/{walk.report}")
        page.get_by_role("link", name="核实反馈").click()
        page.get_by_role("button", name="属实", exact=True).click()
        page.locator("button.big").click()
        expect(page.locator(".chip")).to_have_attribute("data-waiting", "2")
        shot(page, "field-zh-tasks-offline")
        page.context.set_offline(False)
        sent(page, 2)

    assert [texts(office.town, one["id"]) for one in reports(office.town, since)] == ["关机之前"]
    assert office.town.state("report", walk.report)["data"]["verification"] == "true_as_told"


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_conflict_is_shown_and_decided_by_the_person(office: Office, language: str) -> None:
    walks = [to_verify(office.town) for _ in range(2)]
    page = phone(office, language=language)
    carried(page)
    office.seen(page).expected += [*OFFLINE, "409", "412"]
    page.context.set_offline(True)
    for walk in walks:
        visit(page, f"/field/task/report/{walk.report}")
        page.locator(".foot a.big").click()
        page.locator(".choice button").nth(1).click()
        page.locator("textarea").fill("现场没有看到")
        page.locator("button.big").click()
        expect(page.locator(".tasks")).to_be_visible()
    # Meanwhile one is asked of somebody else, and the other of the same person once more.
    office.town.does("intake_officer01", "report", walks[0].report, "verify", {"verifier": "collector02"})
    office.town.does("intake_officer01", "report", walks[1].report, "verify", {"verifier": "collector01"})
    page.context.set_offline(False)
    expect(page.locator(".chip")).to_have_attribute("data-parked", "2", timeout=30_000)
    page.locator("a.chip").click()
    expect(page.locator(".conflict")).to_have_count(2)
    shot(page, f"field-{language}-conflict")
    accessible(page)

    first = page.locator(".conflict").first
    first.locator("button.danger").click()
    expect(first.locator("button.danger")).to_be_disabled()
    first.locator("textarea").fill("已由他人核实")
    first.locator("button.danger").click()
    expect(page.locator(".conflict")).to_have_count(1)
    page.locator(".conflict button").first.click()
    expect(page.locator("textarea")).to_have_value("现场没有看到")
    page.locator("button.big").click()
    sent(page, 3)

    assert office.town.state("report", walks[1].report)["data"]["verification"] == "not_found"
    assert office.town.state("report", walks[0].report)["state"] == "verifying"
    page.locator("a.chip").click()
    expect(page.locator("[data-status=thrown]")).to_contain_text("已由他人核实")


def test_another_person_on_the_same_phone_sends_nothing_of_mine(office: Office) -> None:
    since, page = now(), phone(office)
    carried(page)
    office.seen(page).expected += [*OFFLINE, "401"]
    page.context.set_offline(True)
    report(page, "zh", 61, note="我的上报")
    name, password = office.people["handler"]
    asked = {"data": {"name": name, "password": password}, "headers": {"X-Requested-With": "test"}}
    assert page.context.request.post(f"{office.url}/api/session", **asked).status == 201
    page.context.set_offline(False)
    expect(page.get_by_role("region", name="登录已过期。可继续工作，登录后自动发送。")).to_be_visible(timeout=30_000)
    assert reports(office.town, since) == []
    shot(page, "field-zh-lapsed")
    accessible(page)
    page.reload()
    expect(page.get_by_role("heading", name="处置通")).to_be_visible()
    expect(page.locator(".chip")).to_have_attribute("data-waiting", "0")

    mine, mine_password = office.people["collector"]
    asked = {"data": {"name": mine, "password": mine_password}, "headers": {"X-Requested-With": "test"}}
    assert page.context.request.post(f"{office.url}/api/session", **asked).status == 201
    page.reload()
    expect(page.get_by_role("heading", name="城管通")).to_be_visible()  # the app begins anew for another person
    sent(page, 1)
    assert [one["actor"] for one in reports(office.town, since)] == ["collector01"]


def test_the_app_is_small_installable_and_keeps_only_itself(office: Office) -> None:
    page = phone(office)
    carried(page)
    manifest = page.context.request.get(f"{office.url}/field.webmanifest").json()
    icons = [
        Image.open(BytesIO(page.context.request.get(f"{office.url}{one['src']}").body())).size
        for one in manifest["icons"]
    ]
    cached = page.evaluate(
        "async () => (await Promise.all((await caches.keys()).map(async (name) =>"
        " (await (await caches.open(name)).keys()).map((one) => new URL(one.url).pathname)))).flat()"
    )

    assert manifest["start_url"] == manifest["scope"] == "/field" and icons[:2] == [(192, 192), (512, 512)]
    assert "/field" in cached and not any(
        one.startswith("/api") or "maplibre" in one or "office" in one for one in cached
    )


def test_a_new_version_waits_for_the_persons_hand(
    office: Office, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """A newer worker is told of, takes nothing over by itself, and what was typed is there after the update."""
    folder = shutil.copytree(static.BUILT, tmp_path / "built", ignore=shutil.ignore_patterns("*.br", "*.gz"))
    layers: list[static.Static] = []
    begin = static.Static.__init__

    def begun(layer: static.Static, app: Any, maps: Any = ()) -> None:
        begin(layer, app, folder, maps)
        layers.append(layer)

    monkeypatch.setattr(static.Static, "__init__", begun)
    with running(bootstrap.app_of(office.town.services)) as url:
        monkeypatch.setattr(office.town, "url", url)
        page = phone(office)
        carried(page)
        page.locator(".hero input").set_input_files(photo(91))
        page.locator("textarea").fill("正在填写")
        with (folder / "field-sw.js").open("a") as script:
            script.write("\n// newer")
        layers[0]._known.clear()  # as a server that was begun anew
        page.evaluate("async () => (await navigator.serviceWorker.getRegistration('/field')).update()")
        button = page.get_by_role("button", name="更新")
        expect(button).to_be_visible()
        expect(page.locator("textarea")).to_have_value("正在填写")
        shot(page, "field-zh-update")
        with page.expect_navigation():
            button.click()
        expect(page.locator("textarea")).to_have_value("正在填写")
        expect(page.locator(".photos img")).to_have_count(1)
        expect(button).to_be_hidden()
        page.close()


def test_a_session_that_ends_is_renewed_over_the_page(office: Office) -> None:
    since, page = now(), phone(office)
    carried(page)
    office.seen(page).expected += [*OFFLINE, "401"]
    page.context.request.delete(f"{office.url}/api/session", headers={"X-Requested-With": "test"})
    report(page, "zh", 51, note="登录过期时上报")
    bar = page.get_by_role("region", name="登录已过期。可继续工作，登录后自动发送。")
    bar.get_by_role("button", name="登录").click()
    shot(page, "field-zh-sign-in-again")
    accessible(page)
    page.locator("input[name=password]").fill(office.people["collector"][1])
    bar.get_by_role("button", name="登录").click()
    expect(bar).to_be_hidden()
    sent(page, 1)

    assert [texts(office.town, one["id"]) for one in reports(office.town, since)] == ["登录过期时上报"]


def test_two_tabs_send_one_queue(office: Office) -> None:
    since, page = now(), phone(office)
    carried(page)
    other = page.context.new_page()
    other.goto(f"{office.url}/field")
    expect(other.locator(".hero")).to_be_visible()
    office.seen(page).expected += OFFLINE
    page.context.set_offline(True)
    for number in range(3):
        report(page, "zh", 52 + 2 * number, note=f"第{2 * number}件")
        report(other, "zh", 53 + 2 * number, note=f"第{2 * number + 1}件")
    page.context.set_offline(False)
    sent(page, 6)

    made = reports(office.town, since)
    assert [texts(office.town, one["id"]) for one in made] == [f"第{number}件" for number in range(6)]
