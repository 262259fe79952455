"""Inspections over HTTP: findings, scores, rectification, recheck; rounds, draws, rankings; who may."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import httpx
import orjson
import pytest
from tests.acceptance.installation import Installation, told
from tests.conftest import START

import xiuhua.packs
from xiuhua.checks import drawing, replay
from xiuhua.checks.rounds import Rounds
from xiuhua.checks.service import Checks

LIBRARY = Path(xiuhua.packs.__file__).parent / "library"
KEEPER, ELSEWHERE, SUPERVISOR, COLLECTOR = "officer-sanitation", "officer-greening", "supervisor01", "collector01"
APPRAISER, LEADER = "appraiser01", "leader01"
PLACE = {"lon": 105.3123, "lat": 29.1045}
NO_SMELL = {"item": "smell", "choice": "none"}


@pytest.fixture(scope="module")
def kept(town: Installation) -> Installation:
    """The district with packs that declare checklists, and some toilets."""
    town.take_up("municipal", "public-toilets", "inspections")
    for number in range(1, 7):
        upkeep, grade = "sanitation" if number < 6 else "greening", "first" if number < 4 else "second"
        fields = {"number": f"WC-{number}", "name": f"公厕{number}", "upkeep": upkeep, "grade": grade}
        answer = town.client(SUPERVISOR).post("/api/registers/toilet/records", json={"fields": fields, "place": PLACE})
        assert answer.status_code == 201, answer.text
    return town


def make(town: Installation, person: str = COLLECTOR, **body: Any) -> httpx.Response:
    given = {"checklist": "toilet_check", **body}
    return town.client(person).post("/api/inspections", json=given)


def made(town: Installation, person: str = COLLECTOR, **body: Any) -> Any:
    answer = make(town, person, **body)
    assert answer.status_code == 201, answer.text
    return answer.json()


def post(town: Installation, person: str, path: str, **body: Any) -> httpx.Response:
    return town.client(person).post(f"/api/{path}", json=body)


def failing(town: Installation, key: str = "WC-1", **more: Any) -> Any:
    """A finished inspection with one failed item."""
    return made(town, key=key, findings=[NO_SMELL, {"item": "flies", "count": 2}], finish=True, **more)


def told_of(town: Installation, person: str, name: str) -> list[Any]:
    return [one for one in town.get(person, "/api/notices")["items"] if one["name"] == name]


def test_checklists_are_told_with_their_items(kept: Installation) -> None:
    found = {one["name"]: one for one in kept.get(COLLECTOR, "/api/checklists")}

    assert {"toilet_check", "manhole_check", "clean_index", "satisfaction"} <= set(found)
    assert (found["toilet_check"]["inspects"], found["clean_index"]["inspects"]) == ("record", "area")
    assert [one["name"] for one in found["toilet_check"]["items"]][:3] == ["floor", "fixtures", "smell"]
    assert found["sanitation_trinity"]["parties"][0]["weight"] == "50"


def test_an_inspection_is_begun_item_by_item_and_finished(kept: Installation) -> None:
    one = made(kept, key="WC-1")
    photo = kept.photo(COLLECTOR, "before")
    bare = post(kept, COLLECTOR, f"inspections/{one['id']}/findings", item="floor", count=2)
    lost = post(kept, COLLECTOR, f"inspections/{one['id']}/findings", item="floor", photos=["nothing"])
    kept_ = post(kept, COLLECTOR, f"inspections/{one['id']}/findings", item="floor", count=2, photos=[photo])
    early = post(kept, COLLECTOR, f"inspections/{one['id']}/finish")
    wrong = post(kept, COLLECTOR, f"inspections/{one['id']}/findings", item="flies", count=3)
    back = post(kept, COLLECTOR, f"inspections/{one['id']}/findings/2/take-back")
    post(kept, COLLECTOR, f"inspections/{one['id']}/findings", **NO_SMELL)
    stale = kept.client(COLLECTOR).post(f"/api/inspections/{one['id']}/finish", headers={"If-Match": '"2"'})
    done = post(kept, COLLECTOR, f"inspections/{one['id']}/finish").json()

    assert (one["state"], one["unit"], one["thing"]["called"]) == ("begun", "sanitation", "公厕1")
    assert [told(each) for each in (bare, lost, early)] == [(422, "invalid")] * 3
    assert (kept_.status_code, wrong.status_code, back.status_code) == (201, 201, 200)
    assert told(stale) == (412, "conflict")
    assert (done["state"], done["scored"]["score"], done["scored"]["band"]) == ("rectifying", "90", "excellent")
    assert [line["deducted"] for line in done["scored"]["lines"]][:2] == ["10", "0"]
    [waiting] = done["rectifications"]
    assert (waiting["item"], waiting["state"], waiting["may_rectify"]) == ("floor", "open", False)
    assert told(post(kept, COLLECTOR, f"inspections/{one['id']}/finish")) == (409, "not_now")


def test_all_of_it_at_once_and_the_same_again_changes_nothing(kept: Installation) -> None:
    body = {"checklist": "toilet_check", "key": "WC-2", "finish": True, "findings": [NO_SMELL], "place": PLACE,
            "at": (START - timedelta(days=1)).isoformat()}  # fmt: skip
    headers = {"Idempotency-Key": "inspection-of-a-phone"}
    first = kept.client(COLLECTOR).post("/api/inspections", json=body, headers=headers)
    events = kept.events()
    again = kept.client(COLLECTOR).post("/api/inspections", json=body, headers=headers)

    assert (first.status_code, first.json()["scored"]["score"], first.json()["state"]) == (201, "100", "finished")
    assert again.json()["id"] == first.json()["id"] and kept.events() == events
    assert datetime.fromisoformat(first.json()["begun_at"]) == datetime.fromisoformat(body["at"])


def test_every_error_is_named_with_its_place_and_nothing_is_kept(kept: Installation) -> None:
    before = kept.events()
    answer = make(
        kept, key="WC-2", findings=[NO_SMELL, {"item": "noise"}, {"item": "flies", "choice": "x"}], finish=True
    )

    assert [one["field"] for one in answer.json()["errors"]] == ["findings.1.item", "findings.2.choice"]
    for wrong, field in (
        ({"key": "WC-99"}, "key"), ({"thing": "nothing"}, "thing"),
        ({"key": "WC-1", "inspectors": ["nobody"]}, "inspectors"),
        ({"key": "WC-1", "inspectors": [SUPERVISOR]}, "inspectors"), ({"key": "WC-1", "round": "nothing"}, "round"),
        ({"key": "WC-1", "party": "bureau"}, "party"), ({"key": "WC-1", "place": {"lon": 0, "lat": 0}}, "place"),
        ({"key": "WC-1", "at": "2099-01-01T00:00:00+08:00"}, "at"), ({"key": "WC-1", "unit": "nothing"}, "unit"),
        ({"checklist": "pump_station_check", "unit": "drainage"}, "place"),
        ({"checklist": "pump_station_check", "place": PLACE}, "unit"),
        ({"checklist": "clean_index", "thing": "WC-1"}, "thing"),
    ):  # fmt: skip
        answer = make(kept, **wrong)
        assert (told(answer), [one["field"] for one in answer.json()["errors"]]) == ((422, "invalid"), [field]), wrong
    assert told(make(kept, checklist="nothing")) == (422, "invalid")
    assert told(make(kept, key="WC-1", at="0001-01-01T00:00:00+14:00")) == (422, "invalid")
    assert kept.events() == before


def test_what_failed_is_put_right_and_rechecked_by_another_organisation(kept: Installation) -> None:
    one = failing(kept)
    path = f"inspections/{one['id']}/rectifications/1"
    told_then = told_of(kept, KEEPER, "rectification_opened")
    not_theirs = post(kept, ELSEWHERE, f"{path}/rectified")
    early = post(kept, COLLECTOR, f"{path}/recheck", passed=True)
    put_right = post(kept, KEEPER, f"{path}/rectified", note="已清理")
    again = post(kept, KEEPER, f"{path}/rectified")
    own = post(kept, KEEPER, f"{path}/recheck", passed=True)
    failed = post(kept, COLLECTOR, f"{path}/recheck", passed=False, note="仍有").json()
    post(kept, KEEPER, f"{path}/rectified")
    done = post(kept, SUPERVISOR, f"{path}/recheck", passed=True).json()

    assert told_then[0]["head"]["en"] == "To be put right: 公厕1"
    assert told(not_theirs)[0] == 404 and told(early) == (409, "not_now") and put_right.status_code == 200
    assert told(again) == (409, "not_now") and told(own)[1] == "condition_unmet"
    assert (failed["rectifications"][0]["state"], failed["rectifications"][0]["round"]) == ("open", 2)
    assert told_of(kept, KEEPER, "recheck_failed") and told_of(kept, COLLECTOR, "rectification_done")
    assert (done["state"], done["scored"]["score"], done["original"]["score"]) == ("finished", "98", "96")
    events = [each["type"] for each in kept.get(COLLECTOR, f"/api/inspections/{one['id']}/events")]
    assert events[-4:] == ["RectificationDone", "RecheckFailed", "RectificationDone", "RecheckPassed"]


def test_what_is_late_is_found_once_and_told(kept: Installation) -> None:
    one = failing(kept, "WC-3")
    due = datetime.fromisoformat(one["rectifications"][0]["due"])
    checks = kept.services.port(Checks)

    def found(at: datetime) -> int:
        with kept.database.transaction(at=at) as tx:
            return checks.tell_late(tx)

    found(due - timedelta(minutes=1))
    early = kept.get(COLLECTOR, f"/api/inspections/{one['id']}")
    assert not early["rectifications"][0]["late"]
    assert found(due + timedelta(minutes=1)) >= 1 and found(due + timedelta(minutes=2)) == 0
    late = kept.get(COLLECTOR, f"/api/inspections/{one['id']}")
    listed = kept.get(COLLECTOR, "/api/inspections", late=True)["items"]
    assert late["rectifications"][0]["late"] and one["id"] in [each["id"] for each in listed]
    with kept.database.reading() as tx:
        rows = tx.execute(
            "select person from notice where subject = %s and name = 'rectification_late'", (one["id"],)
        ).fetchall()
    assert {KEEPER, COLLECTOR} <= {row.person for row in rows} and len(rows) == len({row.person for row in rows})


def test_who_sees_what(kept: Installation) -> None:
    one = failing(kept, "WC-4")
    ids = {
        person: {each["id"] for each in kept.get(person, "/api/inspections", limit=200)["items"]}
        for person in (COLLECTOR, KEEPER, SUPERVISOR, ELSEWHERE)
    }

    assert (
        all(one["id"] in ids[person] for person in (COLLECTOR, KEEPER, SUPERVISOR)) and one["id"] not in ids[ELSEWHERE]
    )
    assert told(kept.client(ELSEWHERE).get(f"/api/inspections/{one['id']}"))[0] == 404
    assert told(post(kept, SUPERVISOR, f"inspections/{one['id']}/findings", **NO_SMELL))[0] == 403
    assert told(make(kept, KEEPER, key="WC-1")) == (409, "condition_unmet"), "nobody inspects their own unit"


def test_a_photo_is_seen_by_who_sees_the_inspection(kept: Installation) -> None:
    photo = kept.photo(COLLECTOR, "before")
    made(kept, key="WC-1", findings=[NO_SMELL, {"item": "floor", "photos": [photo]}], finish=True)

    assert kept.client(KEEPER).get(f"/api/media/{photo}").status_code == 200
    assert kept.client(ELSEWHERE).get(f"/api/media/{photo}").status_code == 404


def test_lists_are_narrowed_paged_and_sent_as_files(kept: Installation) -> None:
    def ids(**asked: Any) -> set[str]:
        return {each["id"] for each in kept.get(SUPERVISOR, "/api/inspections", limit=200, **asked)["items"]}

    everything, waiting = ids(), ids(waits=True)
    first = kept.get(SUPERVISOR, "/api/inspections", limit=2)
    second = kept.get(SUPERVISOR, "/api/inspections", limit=2, cursor=first["next"])

    assert waiting and waiting < everything and ids(state="finished") and ids(unit="sanitation") == everything
    assert (
        ids(q="公厕4") == ids(thing=kept.get(SUPERVISOR, "/api/inspections", q="公厕4")["items"][0]["thing"]) != set()
    )
    assert ids(checklist="clean_index") == set() and ids(band="excellent") and ids(inspector=COLLECTOR) == everything
    assert ids(since=(START - timedelta(hours=1)).isoformat()) | ids(until=START.isoformat()) == everything
    assert len(ids(until=START.isoformat())) == 1
    assert len(first["items"]) == len(second["items"]) == 2 and first["items"][-1] != second["items"][0]
    answer = kept.client(SUPERVISOR).get("/api/inspections/export", params={"q": "公厕4"})
    assert answer.headers["content-type"].startswith("text/csv") and "公厕4" in answer.content.decode("utf-8-sig")


def opened(town: Installation, person: str = SUPERVISOR, **body: Any) -> httpx.Response:
    due = (START + timedelta(days=2)).isoformat()
    return town.client(person).post(
        "/api/rounds", json={"checklist": "toilet_check", "title": "全面检查", "due": due, **body}
    )


def test_a_round_goes_over_all_things_and_tells_what_is_missing(kept: Installation) -> None:
    answer = opened(kept)
    one = answer.json()
    things = {each["key"]: each for each in one["things"]}
    made(kept, key="WC-1", round=one["id"], findings=[NO_SMELL], finish=True)
    made(kept, key="WC-2", round=one["id"], findings=[NO_SMELL, {"item": "flies", "count": 1}], finish=True)
    made(kept, key="WC-3", round=one["id"])
    now = kept.get(SUPERVISOR, f"/api/rounds/{one['id']}")
    ranking = kept.get(SUPERVISOR, f"/api/rounds/{one['id']}/ranking")

    assert answer.status_code == 201 and set(things) == {f"WC-{n}" for n in range(1, 7)} and one["drawn"] is None
    assert now["done"] == 2 and {each["key"] for each in now["things"] if each["missing"]} == {
        f"WC-{n}" for n in range(3, 7)
    }
    assert [(each["called"], each["rank"], each["score"]) for each in ranking[:2]] == [
        ("公厕1", 1, "100"),
        ("公厕2", 2, "98"),
    ]
    assert {each["rank"] for each in ranking[2:]} == {None}
    by_unit = kept.get(SUPERVISOR, f"/api/rounds/{one['id']}/ranking", by="unit")
    assert [(each["name"], each["score"]) for each in by_unit] == [("sanitation", "99"), ("greening", None)]
    by_street = kept.get(SUPERVISOR, f"/api/rounds/{one['id']}/ranking", by="area", kind="street")
    assert [each["score"] for each in by_street] == ["99"]
    assert told(opened(kept, COLLECTOR))[0] == 403
    closed = post(kept, SUPERVISOR, f"rounds/{one['id']}/close").json()
    assert closed["state"] == "closed" and sum(bool(each["missing"]) for each in closed["things"]) == 4
    assert told(make(kept, key="WC-4", round=one["id"])) == (409, "not_now")
    assert told(post(kept, SUPERVISOR, f"rounds/{one['id']}/close")) == (409, "not_now")

    other = opened(kept, things=[things["WC-1"]["id"], things["WC-2"]["id"]], title="第二次").json()
    made(kept, key="WC-1", round=other["id"], findings=[NO_SMELL, {"item": "flies", "count": 3}], finish=True)
    made(kept, key="WC-2", round=other["id"], findings=[NO_SMELL], finish=True)
    moved = kept.get(SUPERVISOR, f"/api/rounds/{other['id']}/ranking")
    assert [(each["called"], each["rank"], each["before"], each["up"]) for each in moved] == [
        ("公厕2", 1, 2, 1), ("公厕1", 2, 1, -1),
    ]  # fmt: skip
    answer = kept.client(SUPERVISOR).get(f"/api/rounds/{other['id']}/ranking/export")
    assert answer.content.decode("utf-8-sig").splitlines()[1].startswith("1,公厕2,100,2,1,red")
    [second, first] = kept.get(SUPERVISOR, "/api/rounds", checklist="toilet_check")["items"][:2]
    assert (first["missed"], first["done"], second["missed"], second["state"]) == (4, 2, None, "open")


def test_a_round_whose_day_has_come_is_closed_by_the_clock(kept: Installation) -> None:
    one = opened(kept, title="夜查").json()
    rounds = kept.services.port(Rounds)
    with kept.database.transaction(at=datetime.fromisoformat(one["due"]) + timedelta(seconds=1)) as tx:
        assert rounds.close_due(tx) >= 1
    found = kept.get(SUPERVISOR, f"/api/rounds/{one['id']}")

    assert found["state"] == "closed" and all(each["missing"] for each in found["things"])


def test_things_and_inspectors_are_drawn_and_the_draw_can_be_made_again(kept: Installation) -> None:
    people = [SUPERVISOR, COLLECTOR, "collector02", KEEPER]
    one = opened(kept, draw=3, each=2, inspectors=people, seed="20260302").json()
    everything = [each["id"] for each in opened(kept, title="all").json()["things"]]

    assert [each["id"] for each in one["things"]] == drawing.drawn("20260302", everything, 3)
    assert (one["drawn"]["seed"], one["drawn"]["from"], one["drawn"]["count"]) == ("20260302", 6, 3)
    for thing in one["things"]:
        assert len(thing["inspectors"]) == 2 and (thing["unit"] != "sanitation" or KEEPER not in thing["inspectors"])
    thing = one["things"][0]
    other = next(person for person in people[:3] if person not in thing["inspectors"])
    if other not in thing["inspectors"]:
        assert told(make(kept, other, thing=thing["id"], round=one["id"]))[0] == 403
    assert make(kept, thing["inspectors"][0], thing=thing["id"], round=one["id"]).status_code == 201

    quota = opened(kept, type="grade", quota={"first": 2, "second": 1}).json()
    assert sorted(each["type"] for each in quota["things"]) == ["first", "first", "second"]
    assert told(opened(kept, type="grade", quota={"third": 1}))[1] == "condition_unmet"
    assert told(opened(kept, each=2, inspectors=[KEEPER, COLLECTOR]))[1] == "condition_unmet"
    for wrong in ({"quota": {"first": 1}}, {"things": ["nothing"]}, {"due": "2020-01-01T00:00:00+08:00"},
                  {"field": ["grade=third"]}, {"checklist": "waste_site_check"},
                  {"inspectors": ["nobody"], "each": 1}):  # fmt: skip
        assert told(opened(kept, **wrong)) == (422, "invalid"), wrong


def test_several_parties_score_one_thing_by_weight(kept: Installation) -> None:
    one = opened(kept, checklist="sanitation_trinity", title="三月", things=["cleaning-1", "cleaning-2"]).json()

    def score(person: str, count: int, **more: Any) -> httpx.Response:
        return make(kept, person, checklist="sanitation_trinity", thing="cleaning-1", round=one["id"], finish=True,
                    findings=[{"item": "daily", "count": count}], **more)  # fmt: skip

    assert score(SUPERVISOR, 10).json()["party"] == "bureau"
    assert score(APPRAISER, 20).json()["party"] == "bureau"
    assert score("officer-street-1", 20).json()["party"] == "street"
    assert told(score(COLLECTOR, 0, party="bureau"))[0] == 403
    waiting = kept.get(SUPERVISOR, f"/api/rounds/{one['id']}/ranking")
    missing = {each["id"]: each["missing"] for each in kept.get(SUPERVISOR, f"/api/rounds/{one['id']}")["things"]}
    assert {each["score"] for each in waiting} == {None}
    assert missing == {"cleaning-1": ["third"], "cleaning-2": ["bureau", "street", "third"]}
    assert score(COLLECTOR, 30).json()["party"] == "third"
    [first, second] = kept.get(SUPERVISOR, f"/api/rounds/{one['id']}/ranking")
    # bureau (90 + 80) / 2, street 80, third party 70: 0.5 · 85 + 0.3 · 80 + 0.2 · 70
    assert (first["name"], first["score"], first["rank"]) == ("cleaning-1", "80.5", 1) and second["rank"] is None


def test_a_questionnaire_tells_shares_and_means(kept: Installation) -> None:
    street = next(one["code"] for one in kept.get(SUPERVISOR, "/api/areas", kind="street")["items"])
    one = opened(kept, checklist="satisfaction", title="满意度", things=[street]).json()
    for answer in ("very", "very", "not"):
        findings = [
            {"item": "clean", "choice": answer},
            {"item": "order", "choice": "so_so"},
            {"item": "toilets", "applies": False},
        ]
        made(kept, checklist="satisfaction", thing=street, round=one["id"], findings=findings, finish=True)
    found = {each["item"]: each for each in kept.get(SUPERVISOR, f"/api/rounds/{one['id']}/answers")}

    assert (found["clean"]["answers"], found["clean"]["mean"]) == (3, "6.67")
    assert [(each["choice"], each["share"]) for each in found["clean"]["shares"]][:1] == [("very", "66.67")]
    assert (found["toilets"]["answers"], found["toilets"]["mean"]) == (0, None)
    assert kept.get(SUPERVISOR, f"/api/rounds/{one['id']}/ranking")[0]["score"] == "63.33"


def test_a_unit_assesses_itself_and_others_do_not(kept: Installation) -> None:
    findings = [{"item": one, "count": 0, "note": "见附表"} for one in ("coverage", "record")]
    gap = {"item": "kitchen", "count": 1, "note": "处理能力不足"}
    body = {"checklist": "benchmark", "thing": "sanitation", "finish": True}

    assert told(make(kept, SUPERVISOR, **body, findings=[*findings, gap]))[1] == "condition_unmet"
    assert [one["field"] for one in make(kept, KEEPER, **body, findings=findings).json()["errors"]] == ["kitchen"]
    one = made(kept, KEEPER, **body, findings=[*findings, gap])
    assert (one["scored"]["score"], [each["item"] for each in one["rectifications"]]) == ("70", ["kitchen"])


def test_what_stands_is_what_the_log_says(kept: Installation) -> None:
    different = list[tuple[str, str]]()

    def checked() -> tuple[int, int]:
        different.clear()
        with kept.database.transaction(snapshot=True) as tx:
            return replay.check(tx, kept.city, lambda table, key: different.append((table, key)))

    assert kept.verified().broken is None
    events, subjects = checked()
    assert different == [] and events > subjects > 20
    with kept.database.transaction() as tx:
        tx.execute("update inspection set score = 1 where id = (select min(id) from inspection)")
        first = "select round, min(thing) from round_thing group by 1 order by 1 limit 1"
        tx.execute(f"update round_thing set called = 'x' where (round, thing) = ({first})")
        tx.execute("update inspection_round set title = 'x' where id = (select max(id) from inspection_round)")
    checked()
    assert sorted(table for table, _ in different) == ["inspection", "inspection_round", "round_thing"]
    with kept.database.transaction(snapshot=True) as tx:
        assert replay.repair(tx, kept.city) == (events, subjects)
    checked()
    assert different == []


def test_rounds_from_the_shell(kept: Installation) -> None:
    made = kept.xiuhua(
        "rounds", "open", "toilet_check", "四月", "--due", "2027-04-30", "--draw", "2", "--seed", "1", "--json"
    )
    one = orjson.loads(made.stdout)
    listed = orjson.loads(kept.xiuhua("rounds", "list", "--checklist", "toilet_check", "--json").stdout)
    ranking = orjson.loads(kept.xiuhua("rounds", "ranking", one["id"], "--by", "unit", "--json").stdout)
    closed = orjson.loads(kept.xiuhua("rounds", "close", one["id"], "--json").stdout)
    again = kept.xiuhua("rounds", "close", one["id"])

    assert (one["things"], one["drawn"]["seed"], one["drawn"]["from"]) == (2, "1", 6)
    assert [each["missed"] for each in listed if each["id"] == one["id"]] == [0] and {
        each["rank"] for each in ranking
    } == {None}
    assert closed["missed"] == 2 and again.returncode == 1 and "closed" in again.stderr + again.stdout
