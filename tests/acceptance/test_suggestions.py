"""Suggestions and duplicates over HTTP: who may ask, what is wrong, what is told."""

from __future__ import annotations

from typing import Any

import httpx
import pytest
from tests.acceptance.installation import STREET_CLEANING, Installation, told
from tests.acceptance.walking import taken_in
from tests.reading import older_ended

from xiuhua.loop import background
from xiuhua.simulate.over_http import token_for

OFFICER = "intake_officer01"
TEXT = "路边有暴露垃圾没人清理"
NOWHERE = "0195a1b2-0000-7000-8000-000000000001"
PATHS = [
    ("POST", "/api/suggestions"), ("GET", f"/api/reports/{NOWHERE}/suggestion"),
    ("GET", f"/api/reports/{NOWHERE}/duplicates"), ("GET", f"/api/cases/{NOWHERE}/duplicates"),
]  # fmt: skip


def middle(town: Installation, grid: int) -> dict[str, float]:
    """A point in a grid."""
    found = town.view().areas.area(town.view().areas.grid_codes[grid]).geometry.representative_point()
    return {"lon": found.x, "lat": found.y}


def suggested(town: Installation, **given: Any) -> httpx.Response:
    return town.client(OFFICER).post("/api/suggestions", json={"text": TEXT, **given})


def traced(town: Installation) -> None:
    """The worker has read on."""
    older_ended(town.database)
    while background.trace(town.database):
        pass


@pytest.mark.parametrize(("method", "path"), PATHS)
def test_a_stranger_is_told_nothing(town: Installation, method: str, path: str) -> None:
    with httpx.Client(base_url=town.url, headers={"X-Requested-With": "test"}) as stranger:
        answer = stranger.request(method, path, json={"text": TEXT} if method == "POST" else None)

    assert told(answer) == (401, "not_signed_in")


@pytest.mark.parametrize(("method", "path"), PATHS)
def test_whoever_may_not_read_is_refused(town: Installation, method: str, path: str) -> None:
    token = token_for(town.database, town.city, OFFICER, ["area.read"])
    headers = {"Authorization": f"Bearer {token}"}
    with httpx.Client(base_url=town.url, headers=headers) as client:
        answer = client.request(method, path, json={"text": TEXT} if method == "POST" else None)

    assert told(answer) == (403, "not_allowed")


@pytest.mark.parametrize("path", [path for method, path in PATHS if method == "GET"])
def test_what_there_is_not_is_not_found(town: Installation, path: str) -> None:
    assert told(town.client(OFFICER).get(path)) == (404, "not_found")


def test_what_lies_in_another_area_is_not_found(town: Installation) -> None:
    walk = taken_in(town).to_be("filed")
    areas = town.view().areas
    elsewhere = town.who("collector", areas.scopes(len(areas.grid_codes) - 1))

    assert told(town.client(elsewhere).get(f"/api/cases/{walk.case}/duplicates")) == (404, "not_found")
    assert told(town.client(elsewhere).get(f"/api/reports/{walk.report}/suggestion")) == (404, "not_found")


@pytest.mark.parametrize(
    "wrong",
    [
        {"text": ""},
        {"text": None},
        {"place": {"lon": 1}},
        {"place": {"lon": 29.1, "lat": 105.3}},
        {"source": "x"},
        {"a": 1},
    ],
)
def test_what_cannot_be_is_invalid(town: Installation, wrong: dict[str, Any]) -> None:
    assert told(suggested(town, **wrong)) == (422, "invalid")


def test_something_not_sent_yet_is_suggested_for(town: Installation) -> None:
    answer = suggested(town, place=middle(town, 0), source="public").json()
    best = answer["categories"][0]

    assert (best["category"], best["name"], best["why"]) == (STREET_CLEANING, "暴露垃圾", ["暴露垃圾"])
    assert 0.4 < best["confidence"] <= 1
    assert (answer["unit"]["unit"], answer["unit"]["name"]) == ("sanitation", "环境卫生管理所")
    assert answer["unit"]["by"] == "duty" and answer["unit"]["row"]["row"]
    assert answer["condition"]["due"] and answer["condition"]["limit"]["amount"]
    assert answer["area"]["unit_grid"] == town.view().areas.grid_codes[0]
    assert answer["urgency"]["level"] == "ordinary"


def test_without_a_place_there_is_neither_unit_nor_duplicate(town: Installation) -> None:
    answer = suggested(town).json()

    assert answer["categories"][0]["category"] == STREET_CLEANING
    assert (answer["area"], answer["duplicates"]) == (None, [])


def test_a_report_is_shown_its_suggestion_and_its_duplicates(town: Installation) -> None:
    place = middle(town, 90)
    first = taken_in(town, place=place, text=TEXT).to_be("filed")
    second = taken_in(town, place={**place, "lat": place["lat"] + 0.0001}, text=f"{TEXT}，请处理")
    traced(town)
    answer = town.get(OFFICER, f"/api/reports/{second.report}/suggestion")
    [listed] = town.get(OFFICER, f"/api/reports/{second.report}/duplicates")
    [one] = answer["duplicates"]

    assert (one["kind"], one["id"], one["open"], one["likely"]) == ("case", first.case, True, True)
    assert 10 < one["distance_m"] < 12 and one["likeness"] > 0.3
    assert listed["id"] == first.case
    assert answer["categories"][0]["category"] == STREET_CLEANING


def test_one_joined_by_that_suggestion_comes_out_again(town: Installation) -> None:
    place = middle(town, 95)
    first, second = (taken_in(town, place=place, text=TEXT) for _ in range(2))
    case = first.to_be("accepted").case
    town.does(OFFICER, "report", second.report, "join", {"case": case})
    town.does(OFFICER, "report", second.report, "unjoin", reason="不是同一处")
    traced(town)

    assert town.state("report", second.report)["state"] == "received"
    assert [one["id"] for one in town.get(OFFICER, f"/api/cases/{case}/duplicates")] == [second.report]


def test_a_machine_that_repeats_itself_is_answered_with_its_report(town: Installation) -> None:
    told_by = {"source": "sensor", "place": middle(town, 99), "machine": {"thing": "bin-1", "kind": "full"}}
    first = town.report(OFFICER, **told_by)
    body = {"text": "满溢", "external_id": "again", **told_by}
    answer = town.client(OFFICER).post("/api/reports", json=body)

    assert (answer.status_code, answer.json()["status"], answer.json()["id"]) == (200, "counted", first)
