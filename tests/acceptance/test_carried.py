"""What a phone carries of the lines of business: whole, small, its person's alone, and the same until it changes."""

from __future__ import annotations

from datetime import timedelta
from math import cos, radians
from typing import Any, Final

import httpx
import pytest
from tests.acceptance.installation import Installation, told

from xiuhua.packs import service as packs
from xiuhua.packs.loader import load_library
from xiuhua.platform.clock import SimulatedClock
from xiuhua.platform.identity.model import system
from xiuhua.proceedings import rounds
from xiuhua.proceedings.service import Proceedings
from xiuhua.simulate import things

KEEPER, ELSEWHERE, SUPERVISOR, COLLECTOR = "officer-sanitation", "officer-greening", "supervisor01", "collector01"
NO_SMELL: Final = {"item": "smell", "choice": "none"}
LIMITS_KB: Final = {"forms": 80, "names": 60, "work": 20, "near": 40}
"""Gzipped, with every pack of the library in force: half a minute over a slow network in all."""


@pytest.fixture(scope="module")
def kept(town: Installation) -> Installation:
    """The district with every pack of the library, and some hundreds of things."""
    found, problems = load_library()
    assert problems == []
    waiting = dict(found)
    with town.database.transaction() as tx:
        while waiting:
            ready = [name for name, pack in waiting.items() if not set(pack.head.needs) & waiting.keys()]
            for name in ready:
                packs.install(tx, town.city, waiting.pop(name), system(town.city))
    things.make(town.services, town.city)
    return town


def part(town: Installation, person: str, name: str, **asked: Any) -> Any:
    return town.get(person, f"/api/field/carried/{name}", **asked)


def tasks(town: Installation, person: str, **asked: Any) -> dict[str, Any]:
    return {one["id"]: one for one in town.get(person, "/api/field/bundle", **asked)["tasks"]}


def begin(town: Installation, clock: SimulatedClock, procedure: str = "task", **fields: Any) -> Any:
    due = (clock.now() + timedelta(days=5)).isoformat()
    given = {"title": "雨前清淤", "unit": "sanitation", "due": due, **fields}
    body = {"procedure": procedure, "fields": given}
    answer = town.client(SUPERVISOR).post("/api/proceedings", json=body)
    assert answer.status_code == 201, answer.text
    return answer.json()


def failing(town: Installation, key: str) -> Any:
    wet = {"item": "floor", "count": 2, "note": "积水", "photos": [town.photo(COLLECTOR, "before")]}
    body = {"checklist": "toilet_check", "key": key, "finish": True, "findings": [NO_SMELL, wet]}
    answer = town.client(COLLECTOR).post("/api/inspections", json=body)
    assert answer.status_code == 201, answer.text
    return answer.json()


def kept_by(town: Installation, unit: str) -> str:
    """The key of a toilet that a unit keeps up."""
    found = town.get(SUPERVISOR, "/api/registers/toilet/records", field=f"upkeep={unit}", limit=1)["items"]
    return str(found[0]["key"])


@pytest.mark.parametrize("name", LIMITS_KB)
def test_each_part_is_small_and_not_sent_twice(kept: Installation, name: str) -> None:
    lon, lat = kept.view().areas.area(kept.view().areas.grid_codes[0]).point()
    path = f"/api/field/carried/{name}?lon={lon}&lat={lat}"
    first = kept.client(COLLECTOR).get(path)
    again = kept.client(COLLECTOR).get(path, headers={"If-None-Match": first.headers["etag"]})

    assert first.headers["content-encoding"] == "gzip"
    assert int(first.headers["content-length"]) < LIMITS_KB[name] * 1024
    assert (first.status_code, again.status_code) == (200, 304)


def test_forms_are_those_of_the_desk(kept: Installation) -> None:
    found = part(kept, COLLECTOR, "forms")
    names = {key: {one["name"] for one in found[key]} for key in ("registers", "ledgers", "checklists")}

    assert {"toilet", "truck"} <= names["registers"] and "drain_dredged" in names["ledgers"]
    assert "toilet_check" in names["checklists"]
    [truck] = [one for one in found["registers"] if one["name"] == "truck"]
    assert truck["needs"]["properties"]["haulier"]["x-to"] == "haulier" and truck["count"] == 0


def test_names_hold_units_people_areas_and_short_registers(kept: Installation) -> None:
    found = part(kept, COLLECTOR, "names")
    [mine] = {post.area for post in kept.view().directory.posts_of(COLLECTOR) if post.area}
    kinds = {one["kind"] for one in found["areas"]}
    grids = {one["code"] for one in found["areas"] if one["kind"] == "unit_grid"}

    assert {"code": "sanitation", "name": {"zh": kept.view().directory.unit("sanitation").name,
            "en": kept.view().directory.unit("sanitation").name_en}} in found["units"]  # fmt: skip
    assert {"code": COLLECTOR, "name": kept.view().directory.person(COLLECTOR).name,
            "unit": kept.view().directory.person(COLLECTOR).unit} in found["people"]  # fmt: skip
    assert {"street", "community", "duty_grid"} <= kinds and mine in {one["code"] for one in found["areas"]}
    assert grids and len(grids) < len(kept.view().areas.areas("unit_grid"))
    assert len(found["refs"]["haulier"]) > 3 and all(len(one) == 2 for one in found["refs"]["haulier"])
    assert len(found["refs"]["toilet"]) == 36


def test_the_records_around_come_nearest_first_and_without_a_position_those_of_the_post(kept: Installation) -> None:
    lon, lat = kept.view().areas.area(kept.view().areas.grid_codes[5]).point()
    near = part(kept, COLLECTOR, "near", lon=lon, lat=lat)["records"]
    far = [((one["lon"] - lon) * cos(radians(lat))) ** 2 + (one["lat"] - lat) ** 2 for one in near]
    mine = part(kept, COLLECTOR, "near")["records"]
    of_unit = part(kept, KEEPER, "near")["records"]

    assert near and far == sorted(far) and max(far) < 0.0002
    assert {"id", "register", "key", "called", "state", "version", "fields", "asked"} <= near[0].keys()
    assert mine and {one["id"] for one in mine} != {one["id"] for one in near}
    assert of_unit and all("sanitation" in str(one["fields"]) for one in of_unit)


def test_a_task_comes_with_what_it_holds_and_what_may_be_done(kept: Installation, town_clock: SimulatedClock) -> None:
    grid = kept.view().areas.grid_codes[3]
    made = begin(kept, town_clock, area=grid, measures="先清主干道", post="养护岗")
    mine = tasks(kept, KEEPER)[made["id"]]
    facts = {one["title"]["en"]: one["values"] for one in mine["facts"]}

    assert (mine["kind"], mine["title"]["zh"], mine["state_title"]["zh"]) == ("proceeding", "雨前清淤", "待签收")
    assert mine["path"] == f"/api/proceedings/{made['id']}/actions" and mine["number"] == made["number"]
    assert facts["Measures"] == ["先清主干道"] and facts["Area"][0]["zh"] == mine["place"]["words"]
    assert mine["place"]["lon"] and mine["due"] and mine["version"] == made["version"]
    assert [one["action"] for one in mine["actions"]] == ["receive"]
    assert [one["action"] for one in mine["next"]["receive"]] == ["finish"], "what can be done once it is received"
    assert made["id"] not in tasks(kept, ELSEWHERE) | tasks(kept, COLLECTOR)


def test_what_was_done_meanwhile_is_told_when_it_is_asked_for(kept: Installation, town_clock: SimulatedClock) -> None:
    made = begin(kept, town_clock)
    done = kept.client(KEEPER).post(f"/api/proceedings/{made['id']}/actions/receive", json={})
    kept.client(KEEPER).post(f"/api/proceedings/{made['id']}/actions/finish", json={"fields": {"result": "已清"}})
    still = tasks(kept, KEEPER, also=[made["id"], "nothing"])[made["id"]]

    assert done.is_success and made["id"] not in tasks(kept, KEEPER)
    assert (still["state"], still["actions"]) == ("submitted", [])
    assert made["id"] not in tasks(kept, ELSEWHERE, also=[made["id"]]), "what is not theirs to see"


def test_the_daily_report_waits_for_the_collector(kept: Installation) -> None:
    assert rounds.turn(kept.database, kept.services.port(Proceedings)) > 0
    [mine] = [one for one in tasks(kept, COLLECTOR).values() if "answer" in {each["action"] for each in one["actions"]}]

    assert (mine["kind"], mine["procedure_title"]["zh"], mine["number"]) == ("proceeding", "日巡查零报告", "")


def test_what_must_be_put_right_is_a_task_of_the_unit_and_then_of_who_inspected(kept: Installation) -> None:
    one = failing(kept, kept_by(kept, "sanitation"))
    id_ = f"{one['id']}.1"
    before = {each["id"]: each for each in part(kept, KEEPER, "work")["tasks"]}
    photo = kept.photo(KEEPER)
    path = f"/api/inspections/{one['id']}/rectifications/1/rectified"
    assert kept.client(KEEPER).post(path, json={"photos": [photo], "note": "已拖干"}).is_success
    after = {
        person: {each["id"]: each for each in part(kept, person, "work")["tasks"]} for person in (KEEPER, COLLECTOR)
    }
    mine = before[id_]

    assert (mine["kind"], mine["state"], mine["path"]) == ("rectification", "open", path.removesuffix("/rectified"))
    assert [each["action"] for each in mine["actions"]] == ["rectified"] and len(mine["photos"]) == 1
    assert "积水" in str(mine["facts"]) and mine["version"] == one["version"] and mine["due"]
    assert set(mine["actions"][0]["needs"]["properties"]) == {"photos", "note"}
    assert id_ not in after[KEEPER] and [each["action"] for each in after[COLLECTOR][id_]["actions"]] == ["recheck"]
    assert after[COLLECTOR][id_]["actions"][0]["needs"]["required"] == ["passed"]
    assert len(after[COLLECTOR][id_]["photos"]) == 2 and "已拖干" in str(after[COLLECTOR][id_]["facts"])
    assert kept.client(COLLECTOR).post(f"{path.removesuffix('rectified')}recheck", json={"passed": True}).is_success


def test_of_a_round_what_is_left_is_told(kept: Installation, town_clock: SimulatedClock) -> None:
    due = (town_clock.now() + timedelta(days=2)).isoformat()
    body = {"checklist": "toilet_check", "title": "全面检查", "due": due}
    opened = kept.client(SUPERVISOR).post("/api/rounds", json=body).json()
    [first, *_] = [each for each in opened["things"] if each["unit"] != "sanitation"] or opened["things"]
    given = {
        "checklist": "toilet_check",
        "thing": first["id"],
        "round": opened["id"],
        "findings": [NO_SMELL],
        "finish": True,
    }
    assert kept.client(COLLECTOR).post("/api/inspections", json=given).status_code == 201
    [mine] = [each for each in part(kept, COLLECTOR, "work")["rounds"] if each["id"] == opened["id"]]

    assert mine["left"] == len(opened["things"]) - 1 == len(mine["things"])
    assert first["id"] not in {each["id"] for each in mine["things"]} and mine["things"][0]["called"]


def test_who_fills_in_no_form_carries_none(kept: Installation) -> None:
    def carried(name: str) -> httpx.Response:
        return kept.client("appraiser01").get(f"/api/field/carried/{name}")

    assert carried("forms").json()["registers"] == [] and carried("forms").json()["ledgers"] == []
    assert carried("work").json()["tasks"] == []
    assert told(carried("nothing")) == (404, "not_found")
    assert told(kept.client(COLLECTOR).get("/api/field/carried/near", params={"lon": 500, "lat": 1})) == (
        422,
        "invalid",
    )
