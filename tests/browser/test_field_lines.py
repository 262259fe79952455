"""The lines of business on a phone without a network: changes, inspections, tasks, entries, all in one queue."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any, Final

import pytest
from playwright.sync_api import Page, Playwright, expect
from tests.acceptance.installation import Installation
from tests.browser.conftest import DESK, PHONE, Office, Size, accessible, shot
from tests.browser.field import (
    OFFLINE,
    Flaps,
    carried,
    kept_phone,
    middle,
    now,
    phone,
    photo,
    report,
    reports,
    sent,
    to_verify,
    visit,
)

from xiuhua.proceedings import rounds
from xiuhua.proceedings.service import Proceedings
from xiuhua.simulate import things

COLLECTOR, SUPERVISOR, UNIT = "collector01", "supervisor01", "sanitation"
PACKS: Final = ("supervision", "rectification", "grids")
NO_SMELL: Final = {"item": "smell", "choice": "none"}
WORDS: Final[dict[str, dict[str, str]]] = {
    "zh": {
        "hours": "开放时间", "why": "理由", "daily": "日巡查零报告", "answer": "报送", "found": "发现问题数",
        "recheck": "复查", "yes": "是", "no": "否", "note": "说明", "ledger": "渣土运输", "quantity": "数量",
        "what": "对象", "list": "公厕检查",
        "site": "出土工地", "stage": "去向", "disposed": "消纳", "choose": "选择", "search": "搜索名称、首字母或编号",
        "flies": "蚊蝇 加一", "none": "无", "receive": "签收", "finish": "报完成", "result": "完成情况",
        "proof": "佐证",
        "put_right": "报整改完成", "photos": "照片", "reward": "绩效与奖惩", "person": "人员", "rule": "考核办法版本",
        "meanwhile": "开放时间 · 现为：全天",
        "thing": "检查对象", "verify": "核实反馈", "true": "属实", "instead": "改为：补报", "state": "状态",
    },
    "en": {
        "hours": "Open", "why": "Reason", "daily": "Daily zero report", "answer": "Answer", "found": "Problems found",
        "recheck": "Recheck", "yes": "Yes", "no": "No", "note": "Note", "ledger": "Waste transported",
        "quantity": "Quantity", "what": "Thing", "list": "Toilet inspection",
        "site": "From building site", "stage": "Where to",
        "disposed": "Disposal site", "choose": "Choose", "search": "Search by name, initials or number",
        "flies": "One more: Flies", "none": "None", "receive": "Receive", "finish": "Report it done",
        "result": "Result", "proof": "Proof", "put_right": "Report it put right", "photos": "Photos",
        "reward": "Rewards and deductions", "person": "Person", "rule": "Version of the rules",
        "meanwhile": "Open · Now: 全天", "thing": "What is inspected", "verify": "Report what was found",
        "true": "True as told", "instead": "Instead: Answer late", "state": "State",
    },
}  # fmt: skip


@pytest.fixture(scope="module", autouse=True)
def furnished(lived_town: Installation) -> Iterator[None]:
    """Things, tasks, ledgers, and the daily report of every grid."""
    things.make(lived_town.services, lived_town.city)
    lived_town.take_up(*PACKS)
    with lived_town.database.transaction() as tx:
        rounds.turn_of(tx, lived_town.services.port(Proceedings), lived_town.city)
    yield


def toilets(town: Installation, mark: str, many: int) -> list[dict[str, Any]]:
    """New toilets in the grid of the collector, kept up by the unit."""
    lon, lat = middle(town)
    found = []
    for number in range(many):
        fields = {
            "number": f"T-{mark}-{number}",
            "name": f"试验公厕{mark}{number}",
            "upkeep": UNIT,
            "hours": "6:00-22:00",
        }
        body = {"fields": fields, "place": {"lon": lon + number * 1e-5, "lat": lat}}
        answer = town.client(SUPERVISOR).post("/api/registers/toilet/records", json=body)
        assert answer.status_code == 201, answer.text
        found.append(answer.json())
    return found


def keeper(town: Installation) -> str:
    """Somebody at the desk of the unit."""
    return town.who("unit_officer", unit=UNIT)


def failed(town: Installation, thing: str, *, put_right: bool) -> str:
    """An inspection of the collector with something that failed, perhaps put right already; its id."""
    body = {"checklist": "toilet_check", "thing": thing, "findings": [NO_SMELL, {"item": "flies"}], "finish": True}
    made = town.client(COLLECTOR).post("/api/inspections", json=body)
    assert made.status_code == 201, made.text
    id_ = str(made.json()["id"])
    if put_right:
        path = f"/api/inspections/{id_}/rectifications/1/rectified"
        assert town.client(keeper(town)).post(path, json={"note": "已清理"}).is_success
    return id_


def task(town: Installation, title: str) -> dict[str, Any]:
    due = (town.database.clock.now() + timedelta(days=3)).isoformat()
    body = {"procedure": "task", "fields": {"title": title, "unit": UNIT, "due": due}}
    made = town.client(SUPERVISOR).post("/api/proceedings", json=body)
    assert made.status_code == 201, made.text
    return dict(made.json())


def daily(town: Installation) -> dict[str, Any]:
    """The daily report that waits for the collector, if it is not answered."""
    found = town.get(COLLECTOR, "/api/proceedings", procedure="daily_report", whose="mine")["items"]
    return dict(town.get(COLLECTOR, f"/api/proceedings/{found[0]['id']}"))


def waits(page: Page, many: int) -> None:
    expect(page.locator(".chip")).to_have_attribute("data-waiting", str(many))


def pick(page: Page, words: dict[str, str], field: str, typed: str) -> None:
    """Choose by name, the first that is found."""
    page.get_by_role("group", name=field).get_by_role("button").last.click()
    sheet = page.get_by_role("dialog")
    sheet.get_by_label(words["search"]).fill(typed)
    sheet.locator(".rows button").first.click()
    expect(sheet).to_have_count(0)


def begins(page: Page, action: str) -> None:
    """Open the form of an action, where the task itself is on the screen."""
    page.locator(".page.task").get_by_role("link", name=action, exact=True).click()


def asks_for_change(page: Page, words: dict[str, str], record: str, hours: str, seed: int) -> None:
    visit(page, f"/field/record/{record}/change")
    page.get_by_label(words["hours"]).fill(hours)
    page.get_by_label(words["why"]).fill("现场公示牌")
    page.locator(".photos input[capture]").last.set_input_files(photo(seed))
    expect(page.locator(".photos img")).to_have_count(1)
    page.locator("button.big").click()
    expect(page.locator(".page.task")).to_be_visible()


def inspects(page: Page, words: dict[str, str], name: str) -> None:
    visit(page, "/field/inspect")
    page.get_by_role("button", name=words["list"]).last.click()
    pick(page, words, words["thing"], name)
    page.get_by_role("button", name=words["flies"]).click()
    page.locator("[data-item=smell]").get_by_role("button", name=words["none"], exact=True).click()
    page.locator("button.big").click()
    expect(page.locator("form")).to_have_count(0)


def enters(page: Page, words: dict[str, str], trips: int) -> None:
    visit(page, "/field/ledgers")
    page.locator(".page input[type=search]").fill(words["ledger"])
    page.get_by_role("link", name=words["ledger"]).click()
    page.get_by_label(words["quantity"]).fill(str(trips))
    pick(page, words, words["what"], "")
    pick(page, words, words["site"], "")
    page.get_by_role("group", name=words["stage"]).get_by_role("button", name=words["disposed"]).click()
    page.locator("button.big").click()
    expect(page.locator("form")).to_have_count(0)


def rechecks(page: Page, words: dict[str, str], inspection: str, seed: int, *, passes: bool) -> None:
    visit(page, f"/field/task/rectification/{inspection}.1")
    begins(page, words["recheck"])
    page.get_by_role("button", name=words["yes" if passes else "no"], exact=True).click()
    page.locator(".photos input[capture]").set_input_files(photo(seed))
    expect(page.locator(".photos img")).to_have_count(1)
    page.locator("button.big").click()
    expect(page.locator(".tasks")).to_be_visible()


def entered(town: Installation, since: str) -> list[dict[str, Any]]:
    items = town.get(SUPERVISOR, "/api/ledgers/waste_transported/entries", limit=200)["items"]
    return [one for one in items if one["entered_at"] >= since]


@pytest.mark.parametrize("language", ["zh", "en"])
def test_twenty_acts_of_every_kind_a_killed_page_and_a_bad_network(
    playwright: Playwright, office: Office, tmp_path: Path, language: str
) -> None:
    """Each is at the server once, with its photo, also where the answer was lost; nothing is lost with the page."""
    town, words, since = office.town, WORDS[language], now()
    made = toilets(town, language, 4)
    inspections = [failed(town, one["id"], put_right=True) for one in made[:3]]
    walk, before = to_verify(town), len(entered(town, ""))
    with kept_phone(playwright, office, tmp_path, language=language) as page:
        carried(page)
        page.context.set_offline(True)
        for number, one in enumerate(made):
            asks_for_change(page, words, one["id"], f"6:00-23:0{number}", 900 + number)
        waits(page, 4)
        shot(page, f"lines-{language}-record")
        for number, inspection in enumerate(inspections):
            rechecks(page, words, inspection, 910 + number, passes=number < 2)
        waits(page, 7)
        for number in range(4):
            enters(page, words, 10 + number)
        waits(page, 11)
        visit(page, f"/field/record/{made[0]['id']}/change")
        page.get_by_label(words["hours"]).fill("写到一半")
        page.wait_for_timeout(300)
        page.close(run_before_unload=False)
    with kept_phone(playwright, office, tmp_path, offline=True, language=language) as page:
        waits(page, 11)
        for one in made:
            inspects(page, words, one["called"])
        visit(page, "/field")
        for number in range(3):
            report(page, language, 930 + number, note=f"第{number}件")
        visit(page, f"/field/task/report/{walk.report}")
        begins(page, words["verify"])
        page.get_by_role("button", name=words["true"], exact=True).click()
        page.locator("button.big").click()
        expect(page.locator(".tasks")).to_be_visible()
        waits(page, 19)
        visit(page, f"/field/record/{made[0]['id']}/change")
        expect(page.get_by_label(words["hours"])).to_have_value("写到一半")
        page.get_by_label(words["why"]).fill("门口公示")
        page.locator("button.big").click()
        waits(page, 20)
        page.locator("a.chip").click()
        shot(page, f"lines-{language}-outbox")
        flaps = Flaps(page)
        flaps.run(language)
        sent(page, 20)
        shot(page, f"lines-{language}-sent")

    asked = [town.get(SUPERVISOR, f"/api/records/{one['id']}")["change_requests"] for one in made]
    assert flaps.broken > 5 and flaps.lost > 2
    assert [len(one) for one in asked] == [2, 1, 1, 1] and all(len(one[0]["photos"]) == 1 for one in asked)
    assert [one[0]["set"]["hours"] for one in asked] == [f"6:00-23:0{number}" for number in range(4)]
    looked = [town.get(COLLECTOR, f"/api/inspections/{one}")["rectifications"][0] for one in inspections]
    assert [one["state"] for one in looked] == ["passed", "passed", "open"]
    assert [len(one["tries"][0]["recheck"]["photos"]) for one in looked] == [1, 1, 1]
    again = [town.get(COLLECTOR, "/api/inspections", thing=one["id"])["items"] for one in made]
    assert [len(one) for one in again] == [2, 2, 2, 1] and {one[0]["state"] for one in again} == {"rectifying"}
    assert len(entered(town, "")) == before + 4
    assert (
        len(reports(town, since)) == 3 and town.state("report", walk.report)["data"]["verification"] == "true_as_told"
    )


@pytest.mark.parametrize(("language", "size"), [("zh", PHONE), ("en", PHONE), ("zh", DESK)], ids=["zh", "en", "desk"])
def test_a_unit_receives_finishes_and_puts_right_on_the_way(office: Office, language: str, size: Size) -> None:
    """A task is received and finished in one go, before the server knows of either; then something is put right."""
    town, words, mark = office.town, WORDS[language], f"{language}-{size[0]}"
    [thing] = toilets(town, f"u{mark}", 1)
    made, inspection = task(town, f"雨前清淤 {mark}"), failed(town, thing["id"], put_right=False)
    page = phone(office, "unit_officer", language, "/field/tasks", size)
    carried(page)
    expect(page.locator(".tasks")).to_contain_text(f"雨前清淤 {mark}")
    shot(page, f"lines-{mark}-tasks")
    accessible(page)
    office.seen(page).expected += OFFLINE
    page.context.set_offline(True)
    visit(page, f"/field/task/proceeding/{made['id']}")
    expect(page.get_by_role("heading", name=f"雨前清淤 {mark}")).to_be_visible()
    begins(page, words["receive"])
    page.locator("button.big").click()
    waits(page, 1)
    visit(page, f"/field/task/proceeding/{made['id']}")
    shot(page, f"lines-{mark}-chain")
    accessible(page)
    begins(page, words["finish"])
    page.get_by_label(words["result"]).fill("已清掏，路面无积水")
    page.get_by_role("group", name=words["proof"]).locator("input[capture]").set_input_files(photo(951))
    expect(page.locator(".photos img")).to_have_count(1)
    shot(page, f"lines-{mark}-finish")
    accessible(page)
    page.locator("button.big").click()
    waits(page, 2)
    visit(page, f"/field/task/rectification/{inspection}.1")
    begins(page, words["put_right"])
    page.get_by_label(words["note"]).fill("已喷药")
    page.get_by_role("group", name=words["photos"]).locator("input[capture]").set_input_files(photo(952))
    expect(page.locator(".photos img")).to_have_count(1)
    page.locator("button.big").click()
    waits(page, 3)
    page.context.set_offline(False)
    sent(page, 3)

    after = town.get(SUPERVISOR, f"/api/proceedings/{made['id']}")
    assert (after["state"], len(after["data"]["proof"])) == ("submitted", 1)
    [one] = town.get(SUPERVISOR, f"/api/inspections/{inspection}")["rectifications"]
    assert (one["state"], len(one["tries"][0]["photos"]), one["tries"][0]["note"]) == ("rectified", 1, "已喷药")


@pytest.mark.parametrize("language", ["zh", "en"])
def test_what_was_too_late_says_why_keeps_what_was_typed_and_goes_on(office: Office, language: str) -> None:
    """A change of what others changed, a rectification that somebody else has put right, a task that was withdrawn."""
    town, words = office.town, WORDS[language]
    [first, second] = toilets(town, f"x{language}", 2)
    made, inspection = task(town, f"撤回的任务 {language}"), failed(town, second["id"], put_right=False)
    page = phone(office, "unit_officer", language, "/field/tasks")
    carried(page)
    office.seen(page).expected += [*OFFLINE, "409", "412"]
    page.context.set_offline(True)
    asks_for_change(page, words, first["id"], "5:00-23:00", 961)
    visit(page, f"/field/task/rectification/{inspection}.1")
    begins(page, words["put_right"])
    page.get_by_label(words["note"]).fill("我也清理了")
    page.locator("button.big").click()
    expect(page.locator(".tasks")).to_be_visible()
    visit(page, f"/field/task/proceeding/{made['id']}")
    begins(page, words["receive"])
    page.locator("button.big").click()
    waits(page, 3)
    # Meanwhile others were quicker.
    town.client(SUPERVISOR).patch(f"/api/records/{first['id']}", json={"fields": {"hours": "全天"}})
    path = f"/api/inspections/{inspection}/rectifications/1/rectified"
    assert town.client(keeper(town)).post(path, json={"note": "先到一步"}).is_success
    void = f"/api/proceedings/{made['id']}/actions/void"
    assert town.client(SUPERVISOR).post(void, json={"reason": "不再需要"}).is_success
    page.context.set_offline(False)
    expect(page.locator(".chip")).to_have_attribute("data-parked", "3", timeout=60_000)
    page.locator("a.chip").click()
    expect(page.locator(".conflict")).to_have_count(3)
    expect(page.locator(".conflict").first).to_contain_text(words["meanwhile"])
    shot(page, f"lines-{language}-conflicts")
    accessible(page)
    page.locator(".conflict").first.locator("button").first.click()
    expect(page.get_by_label(words["hours"])).to_have_value("5:00-23:00")
    expect(page.locator(".changed")).to_contain_text("全天")
    expect(page.locator(".photos img")).to_have_count(1)
    shot(page, f"lines-{language}-again")
    accessible(page)
    page.locator("button.big").click()
    expect(page.locator(".page.task")).to_be_visible()
    page.locator("a.chip").click()
    expect(page.locator(".conflict")).to_have_count(2)
    for _ in range(2):
        page.locator(".conflict button.danger").first.click()
        page.locator(".conflict textarea").fill("已由他人处理")
        page.locator(".conflict button.danger").first.click()
    sent(page, 4)

    [asked] = town.get(SUPERVISOR, f"/api/records/{first['id']}")["change_requests"]
    assert (asked["set"], asked["before"], len(asked["photos"])) == ({"hours": "5:00-23:00"}, {"hours": "全天"}, 1)
    [one] = town.get(SUPERVISOR, f"/api/inspections/{inspection}")["rectifications"]
    assert [each["note"] for each in one["tries"]] == ["先到一步"]


def test_the_zero_report_is_answered_and_made_up_for_when_it_was_missed(office: Office) -> None:
    town, words = office.town, WORDS["zh"]
    mine = daily(town)
    page = phone(office, path="/field/tasks")
    carried(page)
    office.seen(page).expected += [*OFFLINE, "409", "412"]
    page.context.set_offline(True)
    page.get_by_role("link", name=words["daily"]).first.click()
    begins(page, words["answer"])
    page.get_by_label(words["found"]).fill("0")
    shot(page, "lines-zh-daily")
    accessible(page)
    page.locator("button.big").click()
    waits(page, 1)
    _miss(town, mine["id"])
    page.context.set_offline(False)
    expect(page.locator(".chip")).to_have_attribute("data-parked", "1", timeout=60_000)
    page.locator("a.chip").click()
    expect(page.locator(".conflict")).to_contain_text("漏报")
    instead = page.get_by_role("button", name=words["instead"])
    expect(instead).to_be_visible(timeout=30_000)
    shot(page, "lines-zh-missed")
    instead.click()
    expect(page.get_by_label(words["found"])).to_have_value("0")
    page.locator("button.big").click()
    sent(page, 2)

    assert town.get(COLLECTOR, f"/api/proceedings/{mine['id']}")["state"] == "late"


def _miss(town: Installation, id_: str) -> None:
    """The cut-off comes: what the clock does then."""
    with town.database.transaction() as tx:
        room = town.services.port(Proceedings)
        sooner = "update timer set at = %s where city = %s and subject = %s returning *"
        rows = tx.execute(sooner, (tx.now, town.city, id_)).fetchall()
        assert room.ring(tx, town.city, rows) == 1


def test_forms_choose_units_people_and_things_by_name(office: Office) -> None:
    """Without a network: a person by initials, a record by name; ages are told."""
    town, words = office.town, WORDS["zh"]
    page = phone(office, path="/field/ledgers")
    carried(page)
    office.seen(page).expected += OFFLINE
    page.context.set_offline(True)
    page.locator(".page input[type=search]").fill(words["reward"])
    page.get_by_role("link", name=words["reward"]).click()
    page.get_by_label(words["quantity"]).fill("50")
    page.get_by_role("group", name=words["person"]).get_by_role("button").click()
    sheet = page.get_by_role("dialog")
    expect(sheet).to_contain_text("名单截至")
    shot(page, "lines-zh-picker")
    accessible(page)
    sheet.get_by_label(words["search"]).fill(COLLECTOR)
    sheet.locator(".rows button").first.click()
    name = town.view().directory.person(COLLECTOR).name
    expect(page.locator(".picked")).to_contain_text(name)
    page.get_by_label(words["rule"]).fill("2026")
    shot(page, "lines-zh-entry")
    accessible(page)
    page.locator("button.big").click()
    waits(page, 1)
    visit(page, "/field/records")
    shot(page, "lines-zh-records")
    accessible(page)
    visit(page, "/field/me")
    expect(page.locator("dl").last).to_contain_text("名单截至")
    shot(page, "lines-zh-me")
    page.context.set_offline(False)
    sent(page, 1)

    [made] = town.get(SUPERVISOR, "/api/ledgers/reward/entries")["items"]
    assert made["fields"]["person"] == COLLECTOR
