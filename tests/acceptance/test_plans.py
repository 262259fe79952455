"""Plans over HTTP: expected against done, targets, what was missed; rosters, campaigns, results, the calendar."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import httpx
import pytest
from tests.acceptance.installation import Installation, pages, told
from tests.acceptance.walking import taken_in

from xiuhua.plans import importing, replay
from xiuhua.plans.doing import Asked, Item
from xiuhua.plans.duty import Rosters
from xiuhua.plans.progress import Done
from xiuhua.plans.service import Plans
from xiuhua.platform import eventlog
from xiuhua.platform.clock import SimulatedClock
from xiuhua.platform.database import Tx
from xiuhua.platform.errors import Invalid
from xiuhua.platform.identity.model import system

KEEPER, LEADER, COLLECTOR, HANDLER = "supervisor01", "leader01", "collector01", "handler01"
ZONE = ZoneInfo("Asia/Shanghai")
PLACE = {"lon": 105.3123, "lat": 29.1045}
PACK = {
    "pack.yaml": "name: own\nversion: 1\ntitle: {zh: 自有, en: Own}\nneeds: [city-case]\n",
    "plans.yaml": """
cases_filed_weekly:
  title: {zh: 每周立案, en: Cases filed a week}
  every: week
  times: 2
  done_by: {case: city_case}
  cases: {at: filed}
cases_by_street:
  title: {zh: 街道立案, en: Cases by street}
  every: month
  per: street
  done_by: {case: city_case}
  cases: {at: opened, category: GB/T 47678.5/matter}
cases_by_unit:
  title: {zh: 年度办结, en: Cases closed in the year}
  every: year
  per: unit
  target: "10"
  done_by: {case: city_case}
  cases: {at: opened}
on_work_days:
  title: {zh: 工作日, en: On days of work}
  every: day
  work_days: true
  done_by: {handover: shift}
""",
}


class Entries:
    """A source of deeds, as a room above or beside this one brings it."""

    def __init__(self) -> None:
        self.rows: list[tuple[str, Done]] = []

    def measures(self, per: str | None) -> bool:
        return True

    def done(self, tx: Tx, city: str, asked: Asked) -> Iterator[Done]:
        yield from (one for name, one in self.rows if name in asked.names and asked.first <= one.day <= asked.last)

    def items(self, tx: Tx, city: str, asked: Asked, key: str | None, limit: int) -> list[Item]:
        found = [one for one in self.done(tx, city, asked) if key in (None, one.key)]
        return [Item("ledger", str(n), one.key, one.day, one.key, one.quantity, None) for n, one in enumerate(found)]


@pytest.fixture(scope="module", autouse=True)
def packed(town: Installation, tmp_path_factory: pytest.TempPathFactory) -> None:
    """The packs that declare plans, and ledgers that this test writes."""
    folder = tmp_path_factory.mktemp("own") / "own"
    folder.mkdir()
    for name, text in PACK.items():
        (folder / name).write_text(text, encoding="utf-8")
    town.take_up("municipal", "public-toilets", "duty-rosters", folder)
    plans = town.services.port(Plans)
    plans.sources = {**plans.sources, "ledger": Entries()}


@pytest.fixture
def clock(town_clock: SimulatedClock) -> SimulatedClock:
    return town_clock


@pytest.fixture
def entries(town: Installation) -> Entries:
    found = town.services.port(Plans).sources["ledger"]
    assert isinstance(found, Entries)
    return found


def post(town: Installation, who: str, path: str, /, **body: Any) -> httpx.Response:
    return town.client(who).post(f"/api/{path}", json=body)


def ok(answer: httpx.Response) -> Any:
    assert answer.is_success, answer.text
    return answer.json() if answer.content else None


def plan(town: Installation, name: str) -> Any:
    return town.get(COLLECTOR, f"/api/plans/{name}")


def progress(town: Installation, name: str, **params: Any) -> Any:
    return town.get(COLLECTOR, f"/api/plans/{name}/progress", **params)


def turned(town: Installation) -> int:
    return town.services.port(Plans).turn(town.database)


def events(town: Installation, stream: str) -> list[tuple[str, dict[str, Any]]]:
    with town.database.reading() as tx:
        return [(one.type, one.payload) for one in eventlog.read(tx, town.city, stream)]


def toilet(town: Installation, number: str, **fields: Any) -> None:
    given = {"number": number, "name": f"公厕{number}", "upkeep": "sanitation", **fields}
    ok(post(town, KEEPER, "registers/toilet/records", fields=given, place=PLACE))


def test_plans_are_told_with_their_running_period(town: Installation, entries: Entries) -> None:
    found = {one["name"]: one for one in town.get(COLLECTOR, "/api/plans")}

    assert {"toilet_cleaned_daily", "manholes_of_the_year", "patrol_roster", "cases_filed_weekly"} <= set(found)
    manholes = found["manholes_of_the_year"]
    assert (manholes["period"], manholes["running"]["expected"], manholes["by_quantity"]) == ("2026", "800", True)
    assert not manholes["may_keep"] and town.get(KEEPER, "/api/plans/manholes_of_the_year")["may_keep"]
    assert found["patrol_roster"]["roster"] and [one["name"] for one in found["patrol_roster"]["shifts"]] == [
        "early", "late",
    ]  # fmt: skip


def test_a_yearly_target_set_by_people_is_divided_exactly(town: Installation, entries: Entries) -> None:
    entries.rows.append(("manhole_repair", Done("", date(2026, 3, 2), 3, Decimal("443.5"))))
    entries.rows.append(("manhole_repair", Done("", date(2026, 3, 1), 2, Decimal("442.5"))))
    assert progress(town, "manholes_of_the_year")["total"]["share"] == "110.75"

    made = ok(post(town, KEEPER, "plans/manholes_of_the_year/targets", target="1000", why="市里下达"))
    assert (made["running"]["expected"], made["running"]["share"]) == ("1000", "88.60")
    assert made["targets"][0]["since"] == "2026-01-01" and made["version"] == 2
    ok(post(town, KEEPER, "plans/manholes_of_the_year/targets", target="500", **{"from": "2027-01-01"}))
    assert plan(town, "manholes_of_the_year")["running"]["expected"] == "1000", "that one is of the next year"
    both = progress(town, "manholes_of_the_year", **{"from": "2026-05-01", "to": "2027-05-01"})
    assert [one["sum"]["expected"] for one in both["periods"]] == ["1000", "500"]


def test_a_target_that_does_not_fit_is_refused(town: Installation) -> None:
    path = "plans/manholes_of_the_year/targets"
    assert told(post(town, KEEPER, path, times=3)) == (422, "invalid")
    assert told(post(town, KEEPER, path, target="-1")) == (422, "invalid")
    assert told(post(town, COLLECTOR, path, target="1")) == (403, "not_allowed")
    assert told(post(town, KEEPER, "plans/no_such/targets", target="1")) == (404, "not_found")
    wrong = post(town, KEEPER, "plans/cases_by_unit/targets", of={"nowhere": "3"})
    assert [one["field"] for one in wrong.json()["errors"]] == ["of.nowhere"]
    stale = town.client(KEEPER).post(f"/api/{path}", json={"target": "1"}, headers={"If-Match": '"1"'})
    assert told(stale) == (412, "conflict")


def test_targets_are_broken_down_to_units(town: Installation) -> None:
    made = ok(post(town, KEEPER, "plans/cases_by_unit/targets", of={"sanitation": "3", "greening": "4"}))

    assert made["running"]["expected"] == "7" and made["running"]["cells"] == 2


def test_frequencies_go_by_the_grade_of_the_record(
    town: Installation, entries: Entries, clock: SimulatedClock
) -> None:  # fmt: skip
    toilet(town, "WC-1", grade="first")
    toilet(town, "WC-2")
    toilet(town, "WC-3")
    closed = town.get(KEEPER, "/api/registers/toilet/keys/WC-3")
    ok(post(town, KEEPER, f"records/{closed['id']}/move", to="closed"))
    entries.rows.append(("toilet_cleaning", Done("WC-1", date(2026, 3, 2), 5)))
    entries.rows.append(("toilet_cleaning", Done("WC-2", date(2026, 3, 2), 2)))
    found = progress(town, "toilet_cleaned_daily", **{"from": "2026-03-02", "to": "2026-03-02"})

    assert {one["name"]: (one["sum"]["expected"], one["sum"]["done"]) for one in found["keys"]} == {
        "WC-1": ("6", "5"), "WC-2": ("2", "2"),
    }, "of what is closed nothing is expected"  # fmt: skip
    [deed] = town.get(
        COLLECTOR, "/api/plans/toilet_cleaned_daily/done", **{"from": "2026-03-02", "to": "2026-03-02", "key": "WC-1"}
    )
    assert (deed["kind"], deed["key"]) == ("ledger", "WC-1")


def test_cases_count_by_street_unit_and_moment(town: Installation) -> None:
    walk = taken_in(town)
    walk.to_be("dispatched")
    case = walk.case
    street = next(
        one for one in town.state("case", case)["data"]["scopes"]
        if town.view().areas.area(one).kind == "street"
    )  # fmt: skip
    weekly = plan(town, "cases_filed_weekly")["running"]
    found = progress(town, "cases_by_street", **{"from": "2026-03-01", "to": "2026-03-31"})

    assert (weekly["expected"], weekly["done"], weekly["share"]) == ("2", "1", "50.00")
    done = {one["name"]: one["sum"]["done"] for one in found["keys"]}
    assert done[street] == "1" and sum(map(int, done.values())) == 1
    [item] = town.get(
        COLLECTOR, "/api/plans/cases_by_street/done", **{"from": "2026-03-01", "to": "2026-03-31", "key": street}
    )
    assert item["path"] == f"/cases/{case}"
    by_unit = progress(town, "cases_by_unit")
    assert {one["name"]: one["sum"]["done"] for one in by_unit["keys"]}["sanitation"] == "1"


def test_days_without_work_expect_nothing(town: Installation) -> None:
    found = progress(town, "on_work_days", **{"from": "2026-02-27", "to": "2026-03-03"})

    assert [one["name"] for one in found["periods"]] == [
        "2026-02-27", "2026-02-28", "2026-03-02", "2026-03-03",
    ], "Saturday, 28 February, is worked after the spring festival"  # fmt: skip


@pytest.mark.parametrize("span", [{"from": "2026-03-02", "to": "2026-03-01"}, {"from": "1990-01-01"}])
def test_days_that_cannot_be_are_refused(town: Installation, span: dict[str, str]) -> None:
    answer = town.client(COLLECTOR).get("/api/plans/toilet_cleaned_daily/progress", params=span)

    assert told(answer) == (422, "invalid")


def test_what_is_missed_is_told_once_also_after_a_stop(
    town: Installation, entries: Entries, clock: SimulatedClock
) -> None:  # fmt: skip
    turned(town)
    assert events(town, "plan/toilet_opened_daily")[0][0] == "PlanBegun"
    entries.rows.append(("toilet_opening", Done("WC-1", date(2026, 3, 3))))
    clock.move_to(datetime(2026, 3, 6, 8, 0, tzinfo=ZONE))

    assert turned(town) > 0 and turned(town) == 0, "nothing is told twice"
    kinds = [type_ for type_, _ in events(town, "plan/toilet_opened_daily")]
    assert kinds == ["PlanBegun", *["PlanPeriodEnded", "PlanMissed"] * 4], "the days of the stop are told, each once"
    told_ = [payload for type_, payload in events(town, "plan/toilet_opened_daily") if type_ == "PlanMissed"]
    assert [one["period"] for one in told_] == ["2026-03-02", "2026-03-03", "2026-03-04", "2026-03-05"]
    assert [[each["key"] for each in one["missed"]] for one in told_][:3] == [
        ["WC-1", "WC-2"], ["WC-2"], ["WC-1", "WC-2"],
    ]  # fmt: skip
    assert town.get(COLLECTOR, "/api/plans/toilet_opened_daily/events")[-1]["type"] == "PlanMissed"


def test_two_workers_tell_nothing_twice(town: Installation, clock: SimulatedClock) -> None:
    clock.move_to(datetime(2026, 3, 9, 8, 0, tzinfo=ZONE))
    with ThreadPoolExecutor(4) as pool:
        for one in [pool.submit(turned, town) for _ in range(4)]:
            one.result()

    told_ = events(town, "plan/toilet_opened_daily")
    ended = [one["period"]["name"] for type_, one in told_ if type_ == "PlanPeriodEnded"]
    assert ended == sorted(set(ended)) and ended[-1] == "2026-03-08"


def test_what_cannot_be_measured_is_said_and_never_told_as_missed(town: Installation, clock: SimulatedClock) -> None:
    plans = town.services.port(Plans)
    kept = plans.sources
    plans.sources = {kind: one for kind, one in kept.items() if kind != "ledger"}
    try:
        clock.move_to(datetime(2026, 3, 10, 8, 0, tzinfo=ZONE))
        turned(town)
        assert plan(town, "toilet_opened_daily")["unmeasured"] == ["ledger"]
        assert progress(town, "toilet_opened_daily")["unmeasured"] == ["ledger"]
        ended = [one for type_, one in events(town, "plan/toilet_opened_daily") if type_ == "PlanPeriodEnded"]
        assert ended[-1]["period"]["name"] == "2026-03-08"
    finally:
        plans.sources = kept


def test_parts_of_a_task_tree(town: Installation) -> None:
    path = "plans/municipal_works_of_the_year/parts"
    ok(post(town, KEEPER, f"{path}/bridges", share="40", note="已查12座"))
    found = {one["name"]: one for one in plan(town, "municipal_works_of_the_year")["parts"]}

    assert (found["bridges"]["share"], found["bridges"]["note"]) == ("40.00", "已查12座")
    assert (found["manholes"]["share"], found["safety"]["share"]) == ("88.60", "64.30")
    assert told(post(town, KEEPER, f"{path}/safety", share="50")) == (409, "condition_unmet")
    assert told(post(town, KEEPER, f"{path}/bridges", share="101")) == (422, "invalid")


# ---- rosters


def turns(town: Installation, name: str, *rows: dict[str, Any]) -> Any:
    return ok(post(town, KEEPER, f"rosters/{name}/turns", turns=list(rows)))


def board(town: Installation, name: str, first: str, last: str) -> Any:
    return town.get(COLLECTOR, f"/api/rosters/{name}", **{"from": first, "to": last})


def test_a_roster_shows_gaps_overlaps_and_swaps(town: Installation) -> None:
    one, two = (
        {"person": COLLECTOR, "day": "2026-03-16", "shift": "day"},
        {"person": "collector02", "day": "2026-03-16", "shift": "night"},
    )
    made = turns(town, "duty_round_the_clock", one, two, {**one, "person": "nobody"}, {**one, "day": "2026-02-30"}, one)
    assert [each["status"] for each in made] == ["new", "new", "rejected", "rejected", "unchanged"]
    assert [each["field"] for each in made[3]["problems"]] == ["day"]
    turns(town, "staggered_roster", {"person": COLLECTOR, "day": "2026-03-16", "begins": "19:00", "ends": "21:00"})
    found = board(town, "duty_round_the_clock", "2026-03-16", "2026-03-17")

    assert [(gap["shift"], gap["have"], gap["need"]) for gap in found["gaps"]] == [("day", 0, 1), ("night", 0, 1)]
    assert [(each["person"], each["begins"]) for each in found["overlaps"]] == [(COLLECTOR, "2026-03-16T11:00:00Z")]
    mine = found["turns"][0]["id"]
    assert told(post(town, KEEPER, f"rosters/turns/{mine}/swap", person="nobody", reason="病假")) == (422, "invalid")
    assert told(post(town, COLLECTOR, f"rosters/turns/{mine}/swap", person="collector03", reason="病假"))[0] == 403
    ok(post(town, KEEPER, f"rosters/turns/{mine}/swap", turn=found["turns"][1]["id"], reason="互换"))
    after = board(town, "duty_round_the_clock", "2026-03-16", "2026-03-16")["turns"]
    assert [(each["shift"], each["person"]) for each in after] == [("day", "collector02"), ("night", COLLECTOR)]
    assert after[0]["swaps"][0]["reason"] == "互换"
    ok(post(town, KEEPER, f"rosters/turns/{mine}/cancel", reason="停班"))
    assert len(board(town, "duty_round_the_clock", "2026-03-16", "2026-03-16")["turns"]) == 1
    assert turns(town, "duty_round_the_clock", {**two, "shift": "day"})[0]["status"] == "new", "it is free again"


def test_a_roster_is_held_against_who_was_on_duty(town: Installation, clock: SimulatedClock) -> None:
    clock.move_to(datetime(2026, 3, 18, 8, 20, tzinfo=ZONE))
    for person, day in ((COLLECTOR, "2026-03-18"), ("collector02", "2026-03-18"), ("collector03", "2026-03-17")):
        turns(town, "duty_round_the_clock", {"person": person, "day": day, "shift": "day"})
    ok(post(town, COLLECTOR, "shifts/start"))
    clock.move_to(datetime(2026, 3, 18, 9, 0, tzinfo=ZONE))
    found = {one["person"]: one for one in board(town, "duty_round_the_clock", "2026-03-17", "2026-03-18")["turns"]}

    assert {person: one["standing"] for person, one in found.items()} == {
        COLLECTOR: "late", "collector02": "running", "collector03": "absent",
    }  # fmt: skip
    assert found[COLLECTOR]["late_min"] == 20


def test_a_roster_comes_from_a_table(town: Installation, tmp_path: Path) -> None:
    streets = list(town.view().areas.areas("street"))
    path = tmp_path / "排班.csv"
    path.write_text(
        "三月排班,,,\n日期,姓名,班次,区域\n"
        f"2026年3月20日,collector01,早班,{streets[0].name}\n"
        f"2026-03-20,collector02,late,{streets[0].code}\n"
        f"2026-03-20,查无此人,早班,{streets[0].code}\n"
        f"2026-03-20,collector03,午班,{streets[0].code}\n",
        encoding="gb18030",
    )
    services = town.services
    given = (services.port(Plans), services.port(Rosters), system(town.city), "patrol_roster", path, "en")
    found, again = importing.run(town.database, *given), importing.run(town.database, *given)

    assert (found.new, found.unchanged, found.rejected) == (2, 0, 2) and (again.new, again.unchanged) == (0, 2)
    assert found.rejected_path is not None and "查无此人" in found.rejected_path.read_text(encoding="utf-8-sig")
    shown = board(town, "patrol_roster", "2026-03-20", "2026-03-20")
    assert {one["place"] for one in shown["gaps"]} == {one.code for one in streets[1:]}
    path.write_text("姓名,班次\ncollector01,早班\n", encoding="utf-8")
    with pytest.raises(Invalid):
        importing.run(town.database, *given)


# ---- campaigns


def test_a_campaign_counts_by_rule_and_link_and_keeps_its_figures(town: Installation, clock: SimulatedClock) -> None:
    clock.move_to(datetime(2026, 4, 2, 9, 0, tzinfo=ZONE))
    inside, outside = taken_in(town), taken_in(town)
    inside.to_be("filed")
    street = next(
        one for one in town.state("case", inside.case)["data"]["scopes"]
        if town.view().areas.area(one).kind == "street"
    )  # fmt: skip
    outside.to_be("filed")
    given = {
        "title": "夜间市容整治", "first": "2026-04-01", "last": "2026-04-10", "areas": [street],
        "kinds": ["case", "register"], "goals": [{"title": "整治十处", "kind": "case", "target": 10}],
    }  # fmt: skip
    assert told(post(town, COLLECTOR, "campaigns", **given)) == (403, "not_allowed")
    wrong = post(town, LEADER, "campaigns", **{**given, "areas": ["nowhere"], "kinds": ["camera"]})
    assert sorted(one["field"] for one in wrong.json()["errors"]) == ["areas", "kinds"]
    made = ok(post(town, LEADER, "campaigns", **given))

    assert made["counts"]["case"] == {"during": 2, "before": 0, "after": None} and made["goals"][0]["done"] == 2
    narrowed = ok(town.client(LEADER).patch(f"/api/campaigns/{made['id']}", json={"categories": ["GB/T 47678.5/part"]}))
    assert narrowed["counts"]["case"]["during"] == 0
    linked = ok(post(town, LEADER, f"campaigns/{made['id']}/links", kind="case", id=inside.case))
    assert linked["counts"]["case"]["during"] == 1
    [item] = town.get(COLLECTOR, f"/api/campaigns/{made['id']}/items", kind="case")
    assert item["id"] == inside.case
    posted = ok(post(town, LEADER, f"campaigns/{made['id']}/posts", text="首日出动30人"))
    assert posted["posts"][0]["text"] == "首日出动30人"
    closed = ok(post(town, LEADER, f"campaigns/{made['id']}/close", summary="整治结束"))
    ok(town.client(LEADER).get(f"/api/campaigns/{made['id']}"))
    assert (closed["state"], closed["counts"]["case"]["during"]) == ("closed", 1)
    assert told(post(town, LEADER, f"campaigns/{made['id']}/posts", text="x")) == (409, "not_now")
    assert [one["id"] for one in pages(town, COLLECTOR, "/api/campaigns", limit=1)] == [made["id"]]
    assert town.get(COLLECTOR, "/api/campaigns", state="open")["items"] == []


# ---- results


def test_results_decided_elsewhere_are_kept_once_and_corrected(town: Installation) -> None:
    given = {
        "title": "污水处理提质增效", "issuer": "省住建厅", "first": "2025-01-01", "last": "2025-12-31", "rank": 1,
        "of": 11,
    }  # fmt: skip
    made = ok(post(town, KEEPER, "external-results", **given))

    assert made["computed"] is False and made["part"] == "lead"
    assert told(post(town, KEEPER, "external-results", **{**given, "part": "partner"})) == (409, "conflict")
    assert told(post(town, KEEPER, "external-results", **{**given, "title": "x", "rank": 12})) == (422, "invalid")
    assert told(post(town, LEADER, "external-results", **given)) == (403, "not_allowed")
    wrong = ok(post(town, KEEPER, f"external-results/{made['id']}/correct", **{**given, "rank": 2}, why="公报更正"))
    assert (wrong["rank"], wrong["version"]) == (2, 2)
    types = [one["type"] for one in town.get(COLLECTOR, f"/api/external-results/{made['id']}/events")]
    assert types == ["ExternalResultKept", "ExternalResultCorrected"]
    ok(post(town, KEEPER, f"external-results/{made['id']}/withdraw", reason="重复登记"))
    assert pages(town, COLLECTOR, "/api/external-results") == []
    assert ok(post(town, KEEPER, "external-results", **given))["id"] != made["id"], "it may be kept again"


# ---- the calendar


def test_the_calendar_tells_what_is_due_where(town: Installation, clock: SimulatedClock) -> None:
    ok(post(town, KEEPER, "registers/bridge/records", fields={
        "code": "B1", "name": "望江桥", "length": "12", "checked": "2026-04-09"}, place=PLACE))  # fmt: skip
    walk = taken_in(town)
    walk.to_be("received_by_unit")
    found = town.get(COLLECTOR, "/api/calendar", **{"from": "2026-03-30", "to": "2026-04-30"})["items"]
    kinds = {one["kind"] for one in found}

    assert {"plan", "case"} <= kinds
    assert [one["day"] for one in found] == sorted(one["day"] for one in found)
    weekly = [one for one in found if one["of"] == "cases_filed_weekly"]
    assert weekly[0]["path"] == "/plans/cases_filed_weekly" and weekly[0]["of_title"]["en"] == "Cases filed a week"
    mine = town.get(COLLECTOR, "/api/calendar", **{"from": "2026-03-30", "to": "2026-04-30", "unit": "sanitation"})
    assert {one["unit"] for one in mine["items"] if one["kind"] == "case"} == {"sanitation"}
    answer = town.client(COLLECTOR).get("/api/calendar", params={"from": "2026-01-01", "to": "2026-12-31"})
    assert told(answer) == (422, "invalid")


# ---- the log and the command line


def test_everything_can_be_made_again_from_the_log(town: Installation) -> None:
    town.demand_sound_log()
    wrong: list[tuple[str, str]] = []
    with town.database.transaction(snapshot=True) as tx:
        folded, things = replay.check(tx, town.city, lambda *one: wrong.append(one))
    assert wrong == [] and folded > things > 5
    with town.database.transaction() as tx:
        tx.execute("update undertaking set person = 'somebody' where kind = 'roster'")
        replay.check(tx, town.city, lambda *one: wrong.append(one))
        assert wrong and wrong[0][0] == "undertaking"
        replay.repair(tx, town.city)
        wrong.clear()
        replay.check(tx, town.city, lambda *one: wrong.append(one))
        assert wrong == []


def test_the_command_tells_the_same(town: Installation) -> None:
    done = town.xiuhua("plans", "progress", "cases_by_street", "--from", "2026-03-01", "--to", "2026-03-31", "--json")

    assert done.returncode == 0 and '"done": "1"' in done.stdout, done.stderr
    listed = town.xiuhua("plans", "list")
    assert "manholes_of_the_year" in listed.stdout
