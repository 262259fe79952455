"""Where one room goes over into another: what a rule, an inspection, a plan, a closed order bring about elsewhere."""

from __future__ import annotations

from collections import Counter
from datetime import date, datetime, timedelta
from decimal import Decimal
from io import BytesIO
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import httpx
import pytest
from PIL import Image
from tests.acceptance.installation import Installation, pages, told
from tests.acceptance.walking import taken_in
from tests.reading import older_ended

from xiuhua.checks import replay as checks_replay
from xiuhua.notices.notifier import Notifier
from xiuhua.plans import replay as plans_replay
from xiuhua.plans.doing import Asked
from xiuhua.plans.service import Plans
from xiuhua.platform.clock import SimulatedClock
from xiuhua.proceedings import replay as proceedings_replay
from xiuhua.records import expiry
from xiuhua.records.service import Records
from xiuhua.rules import replay as rules_replay
from xiuhua.rules.service import Rules

SUPERVISOR, OFFICER, COLLECTOR, LEADER = "supervisor01", "officer-sanitation", "collector01", "leader01"
ZONE, PLACE = ZoneInfo("Asia/Shanghai"), {"lon": 105.3123, "lat": 29.1045}
MARCH = {"from": "2026-03-01", "to": "2026-03-31"}
HAULIER = "91350100M000100Y43"
PACK = Path(__file__).parents[1] / "fixtures" / "joint"


@pytest.fixture(scope="module")
def kept(town: Installation) -> Installation:
    """The district with packs whose declarations reach into other rooms, and three toilets."""
    town.take_up("municipal", "construction-waste", "public-toilets", "supervision", "rectification", PACK)
    for number in (1, 2, 3):
        fields = {"number": f"WC-{number}", "name": f"公厕{number}", "upkeep": "sanitation"}
        ok(post(town, SUPERVISOR, "registers/toilet/records", fields=fields, place=PLACE))
    look(town)
    return town


def post(town: Installation, who: str, path: str, /, **body: Any) -> httpx.Response:
    return town.client(who).post(f"/api/{path}", json=body)


def ok(answer: httpx.Response) -> Any:
    assert answer.is_success, answer.text
    return answer.json() if answer.content else None


def look(town: Installation) -> None:
    """The workers that read the log, until nothing is new."""
    older_ended(town.database)
    while town.services.port(Rules).turn(town.database):
        pass
    while town.services.port(Notifier).turn(town.database):
        pass


def findings(town: Installation, rule: str) -> list[Any]:
    return pages(town, COLLECTOR, "/api/findings", rule=rule)


def toilet(town: Installation, key: str = "WC-1") -> Any:
    return town.get(SUPERVISOR, f"/api/registers/toilet/keys/{key}")


def proceeding(town: Installation, stream: str, person: str = SUPERVISOR) -> Any:
    return town.get(person, f"/api/proceedings/{stream.partition('/')[2]}")


def inspect(town: Installation, checklist: str, key: str = "WC-1", *findings: dict[str, Any]) -> Any:
    body = {"checklist": checklist, "key": key, "finish": True, "findings": list(findings)}
    return ok(post(town, COLLECTOR, "inspections", **body))


def bad_toilet(town: Installation, key: str) -> Any:
    return inspect(town, "toilet_check", key, {"item": "smell", "choice": "none"}, {"item": "flies", "count": 2})


def order(town: Installation, key: str | None = "WC-1", area: str | None = "20") -> Any:
    """A work order that the unit has finished."""
    fields = {"title": "修门", "unit": "sanitation", **({"toilet": key} if key else {})}
    made = ok(post(town, SUPERVISOR, "proceedings", procedure="joint_order", fields=fields))
    act(town, OFFICER, made["id"], "finish", **({"area": area} if area else {}))
    return made


def act(town: Installation, who: str, id_: str, action: str, reason: str | None = None, **fields: Any) -> Any:
    body = {"fields": fields, **({"reason": reason} if reason else {})}
    return ok(post(town, who, f"proceedings/{id_}/actions/{action}", **body))


def enter(town: Installation, quantity: str, key: str = "WC-1", who: str = OFFICER, **more: Any) -> Any:
    given = {"quantity": quantity, "thing": key, "place": PLACE, "fields": {}, **more}
    return ok(post(town, who, "ledgers/joint_mended/entries", **given))


def progress(town: Installation, plan: str, **span: str) -> Any:
    return town.get(COLLECTOR, f"/api/plans/{plan}/progress", **(span or MARCH))


def notices(town: Installation, person: str, name: str) -> list[Any]:
    return [one for one in pages(town, person, "/api/notices", limit=100) if one["name"] == name]


# ---- a rule's task


def test_a_rules_task_begins_its_procedure(kept: Installation) -> None:
    walk = taken_in(kept).to_be("accepted")
    for _ in range(2):
        kept.does("intake_officer01", "report", taken_in(kept).report, "join", {"case": walk.case})
    look(kept)
    [found] = [one for one in findings(kept, "repeated_to_task") if one["key"] == walk.case]
    begun = proceeding(kept, found["opened"])

    assert (found["state"], found["problem"]) == ("open", None), "who looks after it decides what comes of the finding"
    assert begun["title"].startswith("三十天内第三次投诉：") and begun["data"]["unit"] == "sanitation"
    assert begun["about"]["kind"] == "report"
    assert kept.get(SUPERVISOR, f"/api/proceedings/{begun['id']}/events")[0]["actor"] == "system"
    there = pages(kept, SUPERVISOR, "/api/proceedings", area=walk.scopes[0], procedure="task")
    assert begun["id"] in {one["id"] for one in there}, "it lies where the report does"
    due = datetime.fromisoformat(begun["due"]) - datetime.fromisoformat(found["raised_at"])
    assert timedelta(days=2) < due <= timedelta(days=3)
    assert begun["id"] in {one["id"] for one in kept.inbox(OFFICER, "task")}


def test_a_task_that_cannot_begin_is_told_with_its_finding(kept: Installation) -> None:
    ok(post(kept, SUPERVISOR, "registers/haulier/records", fields={"credit": HAULIER, "name": "川建运输"}))
    body = {"figure": "haulier_score", "every": "month", "day": "2026-02-15", "by": {"haulier": HAULIER}}
    ok(post(kept, SUPERVISOR, "figures", **body, value="30"))
    before = len(pages(kept, SUPERVISOR, "/api/proceedings", procedure="task"))
    look(kept)
    [found] = findings(kept, "score_too_low")

    assert (found["opened"], found["state"]) == (None, "open") and "due is needed" in found["problem"]
    assert found["about"][0]["kind"] == "record", "what is named by its key in the world is told as the record"
    assert kept.get(SUPERVISOR, f"/api/records/{found['about'][0]['id']}")["key"] == HAULIER
    assert len(pages(kept, SUPERVISOR, "/api/proceedings", procedure="task")) == before
    assert ok(post(kept, SUPERVISOR, f"findings/{found['id']}/take"))["by"] == SUPERVISOR
    assert notices(kept, SUPERVISOR, "finding_raised")


def test_rules_look_at_inspections_too(kept: Installation) -> None:
    for _ in range(2):
        last = bad_toilet(kept, "WC-2")
    look(kept)
    [found] = [one for one in findings(kept, "failed_again") if one["key"] == toilet(kept, "WC-2")["id"]]

    assert found["about"] == [{"kind": "inspection", "id": last["id"]}]
    begun = proceeding(kept, found["opened"])
    assert begun["data"]["what"] == "一月内两次检查不合格：公厕2" and begun["data"]["unit"] == "sanitation"


# ---- a failed item


def test_a_failed_item_begins_its_procedure_in_its_own_words(kept: Installation) -> None:
    photo = kept.photo(COLLECTOR, "before")
    floor = {"item": "floor", "count": 1, "note": "洗手台前积水", "photos": [photo]}
    one = inspect(kept, "joint_check", "WC-1", floor, {"item": "lock"})
    begun = {each["item"]: proceeding(kept, each["stream"]) for each in one["follows"]}

    wet = begun["floor"]["data"]
    assert wet["what"] == "公厕1：地面积水\n洗手台前积水" and wet["line"] == "公厕专项检查"
    assert begun["lock"]["about"] == {"kind": "inspection", "id": one["id"]}
    assert wet["before"] == [photo] and wet["unit"] == "sanitation" and wet["scopes"] == one["scopes"]
    assert begun["lock"]["title"] == "公厕1：门锁损坏"
    assert begun["lock"]["due"] == one["rectifications"][1]["due"], "until then it must be put right"
    events = [each["type"] for each in kept.get(COLLECTOR, f"/api/inspections/{one['id']}/events")]
    assert events[-2:] == ["InspectionFinished", "InspectionFollowed"]
    assert kept.client(OFFICER).get(f"/api/media/{photo}").status_code == 200


def test_of_an_item_whose_procedure_cannot_begin_the_inspection_says_why(kept: Installation) -> None:
    one = inspect(kept, "joint_round", "WC-1", {"item": "sign"})

    [follow] = one["follows"]
    assert (one["state"], follow["stream"]) == ("finished", None) and "due is needed" in follow["problem"]
    assert inspect(kept, "joint_round", "WC-1")["follows"] == []


# ---- a closed order makes an entry


def test_a_finished_order_makes_one_entry_however_often_it_is_opened(kept: Installation) -> None:
    made = order(kept, "WC-3", "12.5")
    act(kept, SUPERVISOR, made["id"], "reopen", "未修好")
    act(kept, OFFICER, made["id"], "finish", area="12.5")
    mine = [
        one for one in pages(kept, OFFICER, "/api/ledgers/joint_mended/entries", limit=100)
        if one["source"] == f"joint_order/{made['id']}"
    ]  # fmt: skip

    assert [(one["quantity"], one["thing_key"], one["of_unit"]) for one in mine] == [("12.5", "WC-3", "sanitation")]
    items = [one["id"] for one in kept.get(COLLECTOR, "/api/plans/by_proceeding_toilet/done", **MARCH, key="WC-3")]
    assert items == [made["id"]], "what was closed, opened and closed again counts once"


def test_a_closed_case_makes_an_entry_of_its_own_line(kept: Installation) -> None:
    walk = taken_in(kept).to_be("closed")
    case = kept.state("case", walk.case)

    [made] = [
        one
        for one in pages(kept, OFFICER, "/api/ledgers/joint_cleared/entries")
        if one["source"] == f"case/{walk.case}"
    ]
    assert (made["quantity"], made["of_unit"], made["fields"]) == ("1", "sanitation", {"case": case["number"]})
    assert made["scopes"] == case["data"]["scopes"], "it lies where the case does"


def test_an_entry_that_does_not_fit_refuses_the_action(kept: Installation) -> None:
    made = ok(
        post(kept, SUPERVISOR, "proceedings", procedure="joint_order", fields={"title": "x", "unit": "sanitation"})
    )
    refused = post(kept, OFFICER, f"proceedings/{made['id']}/actions/finish", fields={"area": "-3"})

    assert told(refused) == (422, "invalid")
    assert proceeding(kept, f"joint_order/{made['id']}")["state"] == "open"


# ---- plans over every kind


@pytest.fixture(scope="module")
def deeds(kept: Installation) -> dict[str, list[str]]:
    """Something of each kind, and of each something that does not count: their ids by kind, of those that count."""
    wrong = enter(kept, "5")
    ok(post(kept, OFFICER, f"entries/{wrong['id']}/counter", why="重复"))
    enter(kept, "8", "WC-2", fields={"by": "worker1-cleaning-1"})
    failing = inspect(kept, "joint_check", "WC-2", {"item": "floor"})
    path = f"inspections/{failing['id']}/rectifications/1"
    ok(post(kept, OFFICER, f"{path}/rectified", note="已清"))
    ok(post(kept, COLLECTOR, f"{path}/recheck", passed=True))
    ok(post(kept, COLLECTOR, "inspections", checklist="joint_check", key="WC-2"))
    order(kept, "WC-2", None)
    taken_in(kept).to_be("dispatched")
    note = ok(post(kept, OFFICER, "documents", kind="joint_note", title="简报", text="一", fields={}))
    ok(post(kept, OFFICER, f"documents/{note['id']}/submit"))
    ok(post(kept, LEADER, f"documents/{note['id']}/publish"))
    ok(post(kept, OFFICER, "documents", kind="joint_note", title="草稿", text="二", fields={}))
    return {"note": [note["id"]], "inspection": [failing["id"]]}


_PERS = ("street", "unit", "toilet", "person")
PLANS = [
    *(f"by_{kind}_{per}" for kind in ("ledger", "inspection", "proceeding") for per in _PERS),
    *(f"by_{kind}_{per}" for kind in ("case", "register") for per in ("street", "unit")), "by_document_all",
]  # fmt: skip


@pytest.mark.parametrize("plan", PLANS)
def test_every_number_opens_to_exactly_its_records(
    kept: Installation, deeds: dict[str, list[str]], plan: str
) -> None:  # fmt: skip
    kind, per = plan.removeprefix("by_").split("_")
    found = progress(kept, plan)
    counts = {one["name"]: int(one["sum"]["count"]) for one in found["keys"] if one["sum"]["count"]}
    opened = {key: kept.get(COLLECTOR, f"/api/plans/{plan}/done", **MARCH, key=key) for key in counts}

    assert found["unmeasured"] == [] and counts
    assert counts == {key: len(items) for key, items in opened.items()}
    assert all(one["kind"] == kind and one["key"] == key for key, items in opened.items() for one in items)
    every = kept.get(COLLECTOR, f"/api/plans/{plan}/done", **MARCH)
    assert Counter(one["id"] for one in every) == Counter(one["id"] for items in opened.values() for one in items)
    if kind == "document":
        assert [one["id"] for one in every] == deeds["note"]
    if kind == "inspection":
        assert all(n == 1 for n in Counter(one["id"] for one in every).values()), "a recheck is no second inspection"
    if per == "toilet":
        assert set(counts) <= {"WC-1", "WC-2", "WC-3"}
    if per == "person":
        assert set(counts) <= {"worker1-cleaning-1", OFFICER, COLLECTOR, ""}
    for one in every:
        if one["path"]:
            kind_path = {"/tasks": "proceedings"}.get(one["path"].rpartition("/")[0], one["path"][1:].partition("/")[0])
            assert kept.client(SUPERVISOR).get(f"/api/{kind_path}/{one['id']}").status_code == 200


def test_what_was_taken_back_was_not_done_in_time_either(kept: Installation, deeds: dict[str, list[str]]) -> None:
    asked = Asked(("joint_mended",), date(2026, 3, 1), date(2026, 3, 31), "Asia/Shanghai", "record")
    with kept.database.reading() as tx:
        rows = list(kept.services.port(Plans).sources["ledger"].done(tx, kept.city, asked))

    assert [(one.count, one.quantity) for one in rows if one.key == "WC-1"] == [(0, 0)], "on one day of entering"
    assert [one.count for one in rows if one.key == "WC-2"] == [1]


def test_quantities_are_told_in_the_plans_unit(kept: Installation, deeds: dict[str, list[str]]) -> None:
    plan = kept.get(COLLECTOR, "/api/plans/mended_of_the_year")
    total = sum(
        Decimal(one["quantity"]) for one in pages(kept, OFFICER, "/api/ledgers/joint_mended/entries", limit=100)
    )
    items = kept.get(COLLECTOR, "/api/plans/mended_of_the_year/done", **{"from": "2026-01-01", "to": "2026-12-31"})

    assert plan["unit"] == "万m²" and Decimal(plan["running"]["done"]) == total / 10_000
    assert sum(Decimal(one["quantity"]) for one in items) == total / 10_000
    assert Decimal(plan["running"]["share"]) == (total / 10_000 / Decimal("0.002") * 100).quantize(Decimal("0.01"))


def test_a_plan_is_per_what_entries_name_beside_their_thing(kept: Installation) -> None:
    ok(post(kept, SUPERVISOR, "registers/joint_permit/records", fields={"number": "XK-9", "unit": "sanitation"}))
    enter(kept, "3", "WC-3", fields={"permit": "XK-9"})
    keys = {one["name"]: one["sum"]["count"] for one in progress(kept, "mended_by_permit")["keys"]}

    assert keys["XK-9"] == 1 and set(keys) == {"XK-9"}


# ---- campaigns


def test_a_campaign_groups_records_of_every_kind(kept: Installation, deeds: dict[str, list[str]]) -> None:
    kinds = ["case", "ledger", "inspection", "proceeding", "register", "document"]
    given = {
        "title": "春季整治", "first": "2026-03-01", "last": "2026-03-31", "kinds": kinds, "areas": [kept.city],
        "names": {"ledger": ["joint_mended"], "inspection": ["joint_check"], "proceeding": ["joint_order"]},
    }  # fmt: skip
    made = ok(post(kept, LEADER, "campaigns", **given))
    path = f"/api/campaigns/{made['id']}/items"
    during = {kind: made["counts"][kind]["during"] for kind in kinds}

    for kind in kinds:
        items = kept.get(COLLECTOR, path, kind=kind)
        assert len(items) == during[kind] and {one["kind"] for one in items} <= {kind}, kind
    assert during["document"] == 0, "a document lies nowhere: it belongs to a campaign of an area by a link alone"
    assert during["register"] == 3 and min(during[kind] for kind in ("case", "ledger", "inspection", "proceeding")) > 0
    linked = ok(post(kept, LEADER, f"campaigns/{made['id']}/links", kind="document", id=deeds["note"][0]))
    assert linked["counts"]["document"]["during"] == 1
    again = ok(post(kept, LEADER, f"campaigns/{made['id']}/links", kind="inspection", id=deeds["inspection"][0]))
    assert again["counts"]["inspection"]["during"] == during["inspection"], "by rule and by link it counts once"
    nothing = post(kept, LEADER, f"campaigns/{made['id']}/links", kind="case", id="nothing")
    assert told(nothing) == (422, "invalid")
    wrong = post(kept, LEADER, "campaigns", **{**given, "names": {"poem": ["x"]}})
    assert told(wrong) == (422, "invalid")


# ---- results of others


def test_a_result_of_others_feeds_rules_with_its_proof(kept: Installation) -> None:
    proof = kept.photo(SUPERVISOR, "stage")
    given = {
        "title": "数字化城管考评", "issuer": "省住建厅", "first": "2025-01-01", "last": "2025-12-31",
        "rank": 8, "of": 11, "figure": "province_rank", "proof": [proof],
    }  # fmt: skip
    assert told(post(kept, SUPERVISOR, "external-results", **{**given, "figure": "nothing"})) == (422, "invalid")
    assert told(post(kept, SUPERVISOR, "external-results", **{**given, "proof": ["nothing"]})) == (422, "invalid")
    made = ok(post(kept, SUPERVISOR, "external-results", **given))
    look(kept)
    [found] = findings(kept, "rank_low")

    assert made["figure"] == "province_rank" and kept.client(COLLECTOR).get(f"/api/media/{proof}").status_code == 200
    assert (found["values"]["rank"], found["values"]["ranked"], found["state"]) == (8, 11, "open")
    ok(post(kept, SUPERVISOR, f"findings/{found['id']}/settle", why="已约谈"))
    ok(post(kept, SUPERVISOR, f"external-results/{made['id']}/correct", **{**given, "rank": 7}, why="公报更正"))
    look(kept)
    assert len(findings(kept, "rank_low")) == 1, "the same year, corrected, is the same low rank"
    later = {**given, "first": "2026-01-01", "last": "2026-12-31", "rank": 2}
    ok(post(kept, SUPERVISOR, "external-results", **later))
    look(kept)
    assert len(findings(kept, "rank_low")) == 1


# ---- the file of a thing


def test_the_file_of_a_thing_holds_what_was_done_about_it_newest_first(
    kept: Installation, town_clock: SimulatedClock
) -> None:
    fields = {"number": "WC-9", "name": "公厕9", "upkeep": "sanitation"}
    made = ok(post(kept, SUPERVISOR, "registers/toilet/records", fields=fields, place=PLACE))
    about = {"kind": "record", "id": made["id"]}
    for n in range(12):
        town_clock.move_to(town_clock.now() + timedelta(seconds=1))
        ok(post(
            kept, SUPERVISOR, "proceedings", procedure="task", about=about,
            fields={"title": f"事项{n:02}", "unit": "sanitation", "due": "2026-04-20T18:00:00+08:00"},
        ))  # fmt: skip
        enter(kept, f"{n + 1}", "WC-9")
    order(kept, "WC-9", None)
    failing = inspect(kept, "joint_check", "WC-9", {"item": "floor"})
    wrong = enter(kept, "1000", "WC-9")
    ok(post(kept, OFFICER, f"entries/{wrong['id']}/counter", why="误登"))
    sections = kept.get(SUPERVISOR, f"/api/records/{made['id']}/dossier")
    by_name = {one["name"]: one for one in sections}

    names = [one["name"].partition(".")[0] for one in sections]
    assert names == sorted(names, key=["ledger", "inspections", "proceeding", "cases_near"].index)
    ledger, tasks = by_name["ledger.joint_mended"], by_name["proceeding.task"]
    assert (ledger["note"]["zh"], ledger["count"], len(ledger["lines"])) == ("78 m²", 12, 10)
    assert not any("1000" in line["text"]["zh"] for line in ledger["lines"])
    assert (tasks["count"], len(tasks["lines"])) == (12, 10)
    assert [line["text"]["zh"][-4:] for line in tasks["lines"]] == [f"事项{n:02}" for n in range(11, 1, -1)]
    assert tasks["lines"][0]["note"]["zh"] == "待签收"
    [rectified] = by_name["proceeding.rectification"]["lines"]
    assert rectified["link"] == f"/tasks/{failing['follows'][0]['stream'].partition('/')[2]}"
    assert by_name["inspections"]["lines"][0]["link"] == f"/inspections/{failing['id']}"
    listed = pages(kept, SUPERVISOR, "/api/proceedings", about=f"record/{made['id']}", procedure="task")
    assert len(listed) == 12 and f"about=record%2F{made['id']}" in tasks["more"]
    entries = pages(kept, SUPERVISOR, "/api/ledgers/joint_mended/entries", of=made["id"], standing=True)
    assert len(entries) == 12 and ledger["more"] == f"/ledgers/joint_mended?of={made['id']}"


# ---- the clock


def test_what_runs_out_is_told_where_no_pack_says_to_whom(kept: Installation) -> None:
    today = kept.database.clock.now().astimezone(ZONE).date()
    soon, gone = today + timedelta(days=10), today - timedelta(days=1)
    for number, until in (("XK-1", soon), ("XK-2", gone)):
        fields = {"number": number, "unit": "sanitation", "until": str(until)}
        ok(post(kept, SUPERVISOR, "registers/joint_permit/records", fields=fields))
    ok(post(kept, SUPERVISOR, "registers/joint_permit/records", fields={"number": "XK-3", "until": str(soon)}))
    assert expiry.turn(kept.database, kept.services.port(Records)) == 3
    look(kept)

    [expiring] = notices(kept, OFFICER, "record_expiring")
    [expired] = notices(kept, OFFICER, "record_expired")
    assert expiring["head"]["zh"] == "即将到期：占道许可 XK-1" and f"有效期至为 {soon}" in expiring["text"]["zh"]
    assert expired["subject"] and "XK-2" in expired["head"]["en"]
    [nobodys] = notices(kept, SUPERVISOR, "record_expiring")
    assert "XK-3" in nobodys["head"]["zh"], "of what no unit answers for, the supervisors are told"
    assert expiry.turn(kept.database, kept.services.port(Records)) == 0


def test_the_calendar_tells_every_kind_once(kept: Installation, deeds: dict[str, list[str]]) -> None:
    start = kept.database.clock.now().astimezone(ZONE).date()
    due = (start + timedelta(days=6)).isoformat()
    ok(post(kept, SUPERVISOR, "rounds", checklist="joint_round", title="夜查", due=f"{due}T18:00:00+08:00"))
    ok(post(
        kept, SUPERVISOR, "proceedings", procedure="task",
        fields={"title": "限期事项", "unit": "sanitation", "due": f"{due}T12:00:00+08:00"},
    ))  # fmt: skip
    ok(post(kept, SUPERVISOR, "registers/joint_permit/records", fields={"number": "XK-5", "until": due}))
    taken_in(kept).to_be("received_by_unit")
    span = {"from": str(start), "to": str(start + timedelta(days=31))}
    items = kept.get(COLLECTOR, "/api/calendar", **span)["items"]

    kinds = {"plan", "case", "record", "proceeding", "round", "rectification", "document"}
    assert {one["kind"] for one in items} == kinds
    lines = Counter((one["kind"], one["day"], one["of"], one["unit"], one["title"]) for one in items)
    assert set(lines.values()) == {1}, "one line for each kind, day, unit"
    assert all(one["of_title"] and one["of_title"]["zh"] for one in items if one["kind"] != "case")
    [round_] = [one for one in items if one["kind"] == "round"]
    assert (round_["day"], round_["title"], round_["of_title"]["zh"]) == (due, "夜查", "公厕夜查")
    [note] = [one for one in items if one["kind"] == "document"]
    assert note["path"] == f"/documents/{deeds['note'][0]}"
    tasks = [one for one in items if one["kind"] == "proceeding" and one["day"] == due]
    assert [one["of"] for one in tasks] == ["task"]
    mine = kept.get(COLLECTOR, "/api/calendar", **span, unit="greening")["items"]
    assert mine == [], "nothing of all that is that unit's"
    theirs = {one["kind"] for one in kept.get(COLLECTOR, "/api/calendar", **span, unit="sanitation")["items"]}
    assert theirs == {"case", "proceeding", "round", "rectification"} | ({"record"} if "record" in theirs else set())


def test_what_a_plan_missed_is_told_and_raised(kept: Installation, town_clock: SimulatedClock) -> None:
    plans = kept.services.port(Plans)
    plans.turn(kept.database)
    town_clock.move_to(datetime(2026, 3, 5, 8, 0, tzinfo=ZONE))
    assert plans.turn(kept.database) > 0
    look(kept)

    told_ = [one for one in notices(kept, OFFICER, "plan_missed") if one["number"] == "2026-03-03"]
    heads = [one["head"]["zh"] for one in told_]
    assert heads.count("计划未完成：每日开放（2026-03-03）") == 1
    assert any("公厕1 0/1" in one["text"]["zh"] for one in told_)
    assert notices(kept, SUPERVISOR, "plan_missed")
    raised = {one["key"]: one for one in findings(kept, "not_opened")}
    assert set(raised) == {"WC-1", "WC-2", "WC-3", "WC-9"}, "each toilet that was not opened on two days on end"
    assert raised["WC-1"]["about"] == [{"kind": "record", "id": toilet(kept)["id"]}]
    begun = proceeding(kept, raised["WC-1"]["opened"])
    assert (begun["procedure"], begun["data"]["unit"]) == ("rectification", "sanitation")
    assert begun["data"]["what"] == "公厕连续两天未开放：公厕1"


# ---- what is told as numbers only


def test_what_is_told_as_numbers_only_stays_so_in_every_other_room(kept: Installation) -> None:
    with BytesIO() as target:
        Image.new("RGB", (160, 120), "purple").save(target, "PNG")
        files = {"file": ("door.png", target.getvalue())}
    photo = ok(kept.client(OFFICER).post("/api/media", files=files))["id"]
    until = str(kept.database.clock.now().date() + timedelta(days=3))
    fields = {"number": "H-7", "head": "周某某", "unit": "sanitation", "until": until, "picture": photo}
    made = ok(post(kept, OFFICER, "registers/joint_household/records", fields=fields, place=PLACE))
    visit = {"quantity": "2", "thing": "H-7", "fields": {"with": "H-7"}}
    entry = ok(post(kept, OFFICER, "ledgers/joint_visited/entries", **visit))
    look(kept)
    [finding] = [one for one in findings(kept, "household_added") if not one["key"]]
    span = {"from": until, "to": until}
    paths: dict[str, dict[str, str]] = {
        "/api/ledgers/joint_visited/entries": {}, "/api/ledgers/joint_visited/export": {},
        f"/api/entries/{entry['id']}": {}, "/api/ledgers/joint_visited/sums": {},
        "/api/plans/visited_by_household/progress": MARCH, "/api/plans/visited_by_household/done": MARCH,
        "/api/plans/visited_by_street/done": MARCH, "/api/plans/households_by_street/done": MARCH,
        "/api/plans/visited_by_household/events": {}, "/api/calendar": span,
        "/api/findings": {"rule": "household_added"}, f"/api/findings/{finding['id']}": {},
    }  # fmt: skip

    def names_it(who: str, path: str) -> bool:
        answer = kept.client(who).get(path, params=paths[path])
        assert answer.is_success or (answer.status_code == 403 and path.endswith("/export")), answer.text
        return any(word in answer.text for word in ("H-7", "周某某", made["id"]))

    assert [path for path in paths if names_it(COLLECTOR, path)] == [], "not one names it to who keeps none of them"
    shown = {path for path in paths if names_it(OFFICER, path)}
    assert shown >= {one for one in paths if one.endswith(("/entries", "/findings"))} | {"/api/calendar"}
    assert told(kept.client(COLLECTOR).get("/api/ledgers/joint_visited/sums", params={"by": "thing"}))[0] == 403
    tried = kept.get(LEADER, "/api/rules/household_added/try", **MARCH)
    assert tried["raised"] == 1 and "H-7" not in str(tried) and made["id"] not in str(tried)
    sums = kept.get(COLLECTOR, "/api/ledgers/joint_visited/sums")
    assert sums["quantity"] == "2", "how much it was is told to everybody"
    assert kept.get(COLLECTOR, "/api/plans/visited_by_household/progress", **MARCH)["total"]["count"] == 1
    assert kept.client(COLLECTOR).get(f"/api/media/{photo}").status_code == 404
    assert kept.client(OFFICER).get(f"/api/media/{photo}").status_code == 200
    listed = [one["called"] for one in pages(kept, OFFICER, "/api/registers/joint_household/records")]
    assert listed == ["周某某"]


def test_all_of_it_is_what_the_log_says(kept: Installation) -> None:
    differs: list[tuple[str, str]] = []
    with kept.database.transaction(snapshot=True) as tx:
        for room in (checks_replay, plans_replay, proceedings_replay, rules_replay):
            room.check(tx, kept.city, lambda table, key: differs.append((table, key)))
    assert differs == []
    assert kept.verified().broken is None
