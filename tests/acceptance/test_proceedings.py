"""Proceedings over HTTP: begun, acted on, listed, in trees; who sees them, what the clock does, what replay says."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import httpx
import pytest
from tests.acceptance.installation import Installation, pages
from tests.reading import older_ended

from xiuhua.notices.notifier import Notifier
from xiuhua.platform.clock import SimulatedClock
from xiuhua.platform.identity.model import system
from xiuhua.proceedings import replay, rounds
from xiuhua.proceedings.service import Proceedings, Thing, Wish

SUPERVISOR, OFFICER, ELSEWHERE, COLLECTOR = "supervisor01", "officer-sanitation", "officer-greening", "collector01"
DUE = "2026-03-20T18:00:00+08:00"


@pytest.fixture(scope="module")
def kept(town: Installation) -> Installation:
    """The district with the pack of supervision."""
    town.take_up("supervision")
    return town


def begin(
    town: Installation,
    procedure: str,
    by: str = SUPERVISOR,
    *,
    expected: int = 201,
    parent: Any = None,
    **fields: Any,
) -> Any:
    body = {"procedure": procedure, "fields": fields}
    if parent is not None:
        body["parent"] = {"kind": parent["subject"], "id": parent["id"]}
    answer = town.client(by).post("/api/proceedings", json=body)
    assert answer.status_code == expected, answer.text
    return answer.json()


def task(town: Installation, title: str = "Drains before the rain", **more: Any) -> Any:
    given = {"title": title, "unit": "sanitation", "due": DUE, **more}
    return begin(town, "task", **given)


def act(town: Installation, person: str, id_: str, action: str, **body: Any) -> httpx.Response:
    headers = {"If-Match": body.pop("match")} if "match" in body else {}
    return town.client(person).post(f"/api/proceedings/{id_}/actions/{action}", json=body, headers=headers)


def done(town: Installation, person: str, id_: str, action: str, **body: Any) -> Any:
    answer = act(town, person, id_, action, **body)
    assert answer.status_code == 200, answer.text
    return answer.json()


def finished(town: Installation, id_: str) -> None:
    done(town, OFFICER, id_, "receive")
    done(town, OFFICER, id_, "finish", fields={"result": "done"})
    done(town, SUPERVISOR, id_, "accept")


def get(town: Installation, id_: str, person: str = SUPERVISOR) -> Any:
    return town.get(person, f"/api/proceedings/{id_}")


def listed(town: Installation, person: str = SUPERVISOR, **params: Any) -> list[Any]:
    found: list[Any] = town.get(person, "/api/proceedings", limit=100, **params)["items"]
    return found


def tick(town: Installation) -> int:
    with town.database.transaction() as tx:
        return town.loop.run_timers(tx, limit=1000)


def equal(town: Installation) -> None:
    """The projection is what the log says."""
    differs: list[tuple[str, str]] = []
    with town.database.transaction(snapshot=True) as tx:
        events, subjects = replay.check(tx, town.city, lambda table, key: differs.append((table, key)))
    assert differs == [] and events >= subjects > 0


def test_procedures_are_told_with_the_forms_that_begin_them(kept: Installation) -> None:
    found = {one["name"]: one for one in kept.get(SUPERVISOR, "/api/proceedings/procedures")}

    assert {"task", "task_plan", "assignment_order", "talk", "meeting", "daily_report"} <= set(found)
    assert not {"city_case", "report"} & set(found)
    [form] = found["task"]["begin"]
    assert form["action"] == "assign" and {"title", "unit", "due"} == set(form["needs"]["required"])
    assert found["daily_report"]["round"] and found["daily_report"]["begin"] == []
    mine = {one["name"]: one for one in kept.get(COLLECTOR, "/api/proceedings/procedures")}
    assert mine["task"]["begin"] == [], "a collector assigns nothing"


def test_a_task_goes_from_its_assignment_to_being_struck_off(kept: Installation) -> None:
    made = task(kept)
    assert (made["state"], made["version"], made["late"], made["data"]["unit"]) == (
        "assigned", 1, False, "sanitation",
    )  # fmt: skip
    assert made["number"].startswith("T2026-") and made["due"] == "2026-03-20T10:00:00Z"
    assert made["names"]["sanitation"]["en"] and made["fields"]["unit"]["type"] == "unit"
    seen = get(kept, made["id"], OFFICER)
    assert [one["action"] for one in seen["actions"]] == ["receive"]

    finished(kept, made["id"])

    after = get(kept, made["id"])
    assert (after["state"], after["outcome"], after["version"]) == ("done", "done", 4)
    told = kept.get(SUPERVISOR, f"/api/proceedings/{made['id']}/events")
    assert [one["type"] for one in told] == ["TaskAssigned", "TaskReceived", "TaskFinished", "TaskStruckOff"]
    assert told[0]["title"]["en"] == "Assign" and told[-1]["state"]["en"] == "Struck off"
    equal(kept)


def test_every_error_is_named_and_no_number_is_used_up(kept: Installation) -> None:
    first = task(kept)["number"]
    refused = begin(kept, "task", title="", unit="nobody", due="soon", expected=422)
    assert {one["field"] for one in refused["errors"]} == {"title", "unit", "due"}
    assert begin(kept, "task", title="x", unit="sanitation", due="2020-01-01T00:00:00Z", expected=409)
    begin(kept, "nothing_such", expected=404)
    begin(kept, "city_case", expected=404)
    begin(kept, "task", COLLECTOR, title="x", unit="sanitation", due=DUE, expected=403)

    second = task(kept)["number"]

    assert int(second.partition("-")[2]) == int(first.partition("-")[2]) + 1


def test_numbers_have_no_gaps_when_many_begin_at_once(kept: Installation) -> None:
    begun = 24

    def one(n: int) -> str:
        return str(begin(kept, "bulletin", title=f"Bulletin {n}")["number"])

    with ThreadPoolExecutor(8) as pool:
        found = sorted(pool.map(one, range(begun)))

    assert found == [f"TB2026-{n:03}" for n in range(1, begun + 1)]


def test_of_two_who_act_on_one_version_one_is_told_where_it_stands(kept: Installation) -> None:
    made = task(kept)
    assert get(kept, made["id"], OFFICER)["version"] == 1

    with ThreadPoolExecutor(2) as pool:
        answers = list(pool.map(lambda _: act(kept, OFFICER, made["id"], "receive", match='"1"'), range(2)))

    assert sorted(one.status_code for one in answers) == [200, 412]
    [late] = [one.json() for one in answers if one.status_code == 412]
    assert late["current"]["version"] == 2 and late["current"]["state"] == "working"
    assert late["current"]["title"]["en"] == "Being done"
    again = act(kept, OFFICER, made["id"], "receive")
    assert again.status_code == 409 and again.json()["current"]["state"] == "working"


def test_who_may_see_and_act(kept: Installation) -> None:
    made = task(kept, "Only for sanitation")

    assert act(kept, SUPERVISOR, made["id"], "receive").status_code == 403
    assert kept.client(ELSEWHERE).get(f"/api/proceedings/{made['id']}").status_code == 404
    assert act(kept, ELSEWHERE, made["id"], "receive").status_code == 404
    assert made["id"] not in {one["id"] for one in listed(kept, ELSEWHERE)}
    assert made["id"] in {one["id"] for one in listed(kept, OFFICER)}
    named = task(kept, "For one person", person=ELSEWHERE)
    assert named["id"] in {one["id"] for one in listed(kept, ELSEWHERE, whose="mine")}
    assert get(kept, named["id"], ELSEWHERE)["title"] == "For one person"


def test_lists_are_narrowed_and_paged(kept: Installation) -> None:
    early = task(kept, "Kerbs one", due="2026-03-04T18:00:00+08:00")
    later = task(kept, "Kerbs two", due="2026-03-14T18:00:00+08:00")
    other = begin(kept, "talk", title="Kerbs three", whom="a contractor", due=DUE)

    def ids(**params: Any) -> set[str]:
        return {one["id"] for one in listed(kept, q="kerbs", **params)}

    assert ids() == {early["id"], later["id"], other["id"]}
    assert ids(procedure="task") == {early["id"], later["id"]} == ids(unit="sanitation")
    assert ids(due_before="2026-03-05T00:00:00+08:00") == {early["id"]}
    assert ids(state="called") == {other["id"]} and ids(going="closed") == set() and ids(late=True) == set()
    assert ids(about="record/none") == set() and ids(area=kept.view().areas.areas("district")[0].code) == ids()
    assert [one["id"] for one in listed(kept, q=early["number"])] == [early["id"]]
    by_due = [one["id"] for one in listed(kept, q="kerbs", sort="due")]
    assert by_due == [early["id"], later["id"], other["id"]]
    for sort in ("due", "newest"):
        found = [one["id"] for one in pages(kept, SUPERVISOR, "/api/proceedings", limit=2, q="kerbs", sort=sort)]
        assert sorted(found) == sorted(by_due)
    counted = kept.get(SUPERVISOR, "/api/proceedings/counts", q="kerbs")
    assert {(one["procedure"], one["state"], one["n"]) for one in counted} == {
        ("task", "assigned", 2), ("talk", "called", 1),
    }  # fmt: skip
    bad = kept.client(SUPERVISOR).get("/api/proceedings", params={"cursor": "zzz"})
    assert bad.status_code == 422


def test_a_plan_counts_its_tasks_and_ends_after_them(kept: Installation) -> None:
    plan = begin(kept, "task_plan", title="The year", year=2026, due="2026-12-31T18:00:00+08:00")
    tasks = [begin(kept, "task", parent=plan, title=f"Part {n}", unit="sanitation", due=DUE)["id"] for n in range(3)]
    assert get(kept, plan["id"])["children"] == {"all": 3, "open": 3, "late": 0, "done": 0}
    assert get(kept, plan["id"])["data"]["open_tasks"] == 3
    assert act(kept, SUPERVISOR, plan["id"], "finish").status_code == 409
    assert {one["id"] for one in listed(kept, parent=plan["id"])} == set(tasks)
    assert not {one["id"] for one in listed(kept, top=True)} & set(tasks)

    for one in tasks:
        finished(kept, one)

    seen = get(kept, plan["id"])
    assert seen["children"] == {"all": 3, "open": 0, "late": 0, "done": 3} and seen["data"]["open_tasks"] == 0
    done(kept, SUPERVISOR, plan["id"], "finish")
    body = {"procedure": "task", "fields": {"title": "x", "unit": "sanitation", "due": DUE},
            "parent": {"kind": "task_plan", "id": plan["id"]}}  # fmt: skip
    assert kept.client(SUPERVISOR).post("/api/proceedings", json=body).status_code == 409, "it has ended"
    equal(kept)


def test_tasks_that_end_at_once_leave_the_plan_with_the_right_count(kept: Installation) -> None:
    plan = begin(kept, "task_plan", title="At once", year=2026, due="2026-12-31T18:00:00+08:00")
    tasks = [begin(kept, "task", parent=plan, title=f"P{n}", unit="sanitation", due=DUE)["id"] for n in range(6)]
    for one in tasks:
        done(kept, OFFICER, one, "receive")
        done(kept, OFFICER, one, "finish", fields={"result": "done"})

    with ThreadPoolExecutor(6) as pool:
        list(pool.map(lambda one: done(kept, SUPERVISOR, one, "accept"), tasks))

    assert get(kept, plan["id"])["data"]["open_tasks"] == 0
    equal(kept)


def test_an_order_is_struck_off_when_all_its_items_are(kept: Installation) -> None:
    order = begin(kept, "assignment_order", title="Order 1", kind="sanitation")
    for n in range(2):
        fields = {"title": f"Bin {n}", "unit": "sanitation", "due": DUE}
        done(kept, SUPERVISOR, order["id"], "add_item", fields=fields)
    done(kept, SUPERVISOR, order["id"], "issue")
    items = listed(kept, parent=order["id"])
    assert [one["procedure"] for one in items] == ["assignment_item"] * 2
    assert {one["number"] for one in items} == {"GH2026-00001", "GH2026-00002"}
    photo = kept.photo(OFFICER)

    for one in items:
        fields = {"result": "mended", "proof": [photo]}
        done(kept, OFFICER, one["id"], "rectify", fields=fields)
        done(kept, SUPERVISOR, one["id"], "strike_off", fields={"review": "seen"})

    assert get(kept, order["id"])["state"] == "struck_off"
    equal(kept)


def test_many_are_acted_on_each_on_its_own(kept: Installation) -> None:
    good = [task(kept, f"Batch {n}")["id"] for n in range(3)]
    gone = task(kept, "Batch gone")["id"]
    done(kept, OFFICER, gone, "receive")

    body = {"ids": [*good, gone, "nothing"], "action": "receive"}
    answer = kept.client(OFFICER).post("/api/proceedings/batch", json=body)

    assert answer.status_code == 200
    found = answer.json()
    assert [one["state"] for one in found[:3]] == ["working"] * 3
    assert [one["error"] for one in found] == [None, None, None, "not_now", "not_found"]
    assert get(kept, good[0])["version"] == 2


def test_the_inbox_holds_tasks_of_every_room(kept: Installation) -> None:
    made = task(kept, "In the inbox")

    mine = {one["id"]: one for one in kept.get(OFFICER, "/api/inbox", limit=200)}

    assert mine[made["id"]]["kind"] == "task" and mine[made["id"]]["called"] == "In the inbox"
    assert mine[made["id"]]["titles"]["state"]["en"] == "To be received"
    assert [one["action"] for one in mine[made["id"]]["actions"]] == ["receive"]
    assert {one["id"] for one in kept.get(OFFICER, "/api/inbox", kind="task", limit=200)} >= {made["id"]}
    export = kept.client(SUPERVISOR).get("/api/inbox/export")
    assert export.status_code == 200


def test_another_room_begins_several_in_one_transaction(kept: Installation) -> None:
    room = kept.services.port(Proceedings)
    fields = {"title": "From a rule", "unit": "sanitation", "due": DUE}
    with kept.database.transaction() as tx:
        about = Thing("inspection", "i1")
        one = room.begin(tx, system(kept.city), "task", fields, about=about)
        work = room.work(tx, kept.city)
        room.begin_in(work, system(kept.city), Wish("task", fields, about=about), Wish("task", fields, about=about))
        work.flush()

    found = listed(kept, about="inspection/i1")
    assert len(found) == 3 and one.state["id"] in {each["id"] for each in found}
    body = {"procedure": "task", "fields": fields, "about": {"kind": "record", "id": "none"}}
    assert kept.client(SUPERVISOR).post("/api/proceedings", json=body).status_code == 422
    equal(kept)


def test_late_is_found_by_the_clock_and_told(kept: Installation, town_clock: SimulatedClock) -> None:
    made = task(kept, "Soon due", due="2026-03-02T12:00:00+08:00", weekly=True)
    older_ended(kept.database)
    with kept.database.transaction() as tx:
        kept.services.port(Notifier).turn_of(tx, kept.city)
    assert made["id"] in {one["id"] for one in listed(kept, due_before="2026-03-02T13:00:00+08:00")}
    town_clock.move_to(town_clock.now() + timedelta(hours=4))

    assert tick(kept) >= 1

    seen = get(kept, made["id"])
    assert seen["late"] and seen["data"]["overdue"] and seen["state"] == "assigned"
    assert made["id"] in {one["id"] for one in listed(kept, late=True)}
    older_ended(kept.database)
    with kept.database.transaction() as tx:
        kept.services.port(Notifier).turn_of(tx, kept.city)
    heads = [one["head"]["en"] for one in kept.get(OFFICER, "/api/notices")["items"]]
    assert any(one == f"Task late: {made['number']}" for one in heads)
    equal(kept)


def test_a_round_asks_every_grid_once_and_tells_who_has_not_answered(
    kept: Installation, town_clock: SimulatedClock
) -> None:
    room, view = kept.services.port(Proceedings), kept.view()
    grids = [one.code for one in view.areas.areas("duty_grid")]
    assert rounds.turn(kept.database, room) >= len(grids)
    assert rounds.turn(kept.database, room) == 0, "a day has one round"

    asked = kept.get(SUPERVISOR, "/api/proceedings/rounds/daily_report")
    assert (asked["asked"], asked["answered"], asked["waiting"]) == (len(grids), 0, len(grids))
    person = kept.who("collector", [grids[0]])
    [mine] = [one for one in listed(kept, person, procedure="daily_report") if one["title"].startswith(
        view.areas.area(grids[0]).name)][:1]  # fmt: skip
    done(kept, person, mine["id"], "answer", fields={"found": 0})
    town_clock.move_to(town_clock.now() + timedelta(hours=12))
    while tick(kept):
        pass

    after = kept.get(SUPERVISOR, "/api/proceedings/rounds/daily_report", day=asked["day"])
    assert (after["answered"], after["missed"], after["waiting"]) == (1, len(grids) - 1, 0)
    assert mine["id"] not in {one["id"] for one in after["unanswered"]}
    assert all(one["area_name"]["zh"] for one in after["unanswered"])
    assert kept.get(ELSEWHERE, "/api/proceedings/rounds/daily_report", day=asked["day"])["asked"] == 0
    assert kept.get(ELSEWHERE, "/api/proceedings/counts", procedure="daily_report") == []
    assert kept.client(SUPERVISOR).get("/api/proceedings/rounds/nothing").status_code == 404
    equal(kept)


def test_rows_that_were_touched_are_found_and_made_again(kept: Installation) -> None:
    made = task(kept, "Touched")
    with kept.database.transaction() as tx:
        tx.execute("update proceeding set title = 'x' where id = %(id)s", {"id": made["id"]})
        tx.execute("delete from task where subject = %(id)s", {"id": made["id"]})
    differs: list[tuple[str, str]] = []
    with kept.database.transaction(snapshot=True) as tx:
        replay.check(tx, kept.city, lambda table, key: differs.append((table, key)))
    assert {table for table, _ in differs} == {"proceeding", "task"}
    with kept.database.transaction() as tx:
        for table in ("task", "timer"):
            tx.execute(f"delete from {table} where kind not in ('case', 'report')")
        replay.repair(tx, kept.city)

    equal(kept)
    assert get(kept, made["id"])["title"] == "Touched"
