"""The board of the day: each number opens to exactly its records."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from tests.acceptance.installation import Installation, pages, told
from tests.acceptance.walking import taken_in
from tests.reading import caught_up

from xiuhua.platform.clock import SimulatedClock


@pytest.fixture(scope="module")
def busy(town: Installation, town_clock: SimulatedClock) -> Installation:
    """A day with a late case, one handed back on time, one handed back too late, and some open ones."""
    town.report("intake_officer01", source="letter")
    taken_in(town).to_be("accepted")
    taken_in(town).to_be("handed_back")
    late = taken_in(town).to_be("reviewed")
    taken_in(town).to_be("dispatched")
    town_clock.move_to(town_clock.now() + timedelta(days=20))
    late.do("officer-sanitation", "hand_back")
    taken_in(town, source="hotline_12345")
    caught_up(town.services)
    return town


def count(town: Installation, person: str, listed: dict[str, Any]) -> int:
    return len(pages(town, person, f"/api/{listed['kind']}s", **listed["filter"]))


@pytest.mark.parametrize("person", ["shift_leader01", "officer-sanitation", "collector24", "leader01"])
def test_every_number_opens_to_its_records(busy: Installation, person: str) -> None:
    board = busy.get(person, "/api/cockpit")
    numbers = [
        (one["count"], one["records"]) for part in ("intake", "open") for one in (board[part] or {"items": ()})["items"]
    ]
    numbers += [(one["count"], one["records"]) for one in (board["late"], *(board["hot_spots"] or ()))]
    numbers += [(one["total"], one["records"]) for part in ("intake", "open") if (one := board[part])]
    for rate in (*board["rates"], *([board["on_time"]] if board["on_time"] else ())):
        numbers += [(rate[name], rate[f"{name}_records"]) for name in ("numerator", "denominator")]

    for day in board["trend"]:
        parts = [day[name] for name in ("reports", "opened", "handed_back") if day[name] is not None]
        numbers += [(one["count"], one["records"]) for one in parts if one["count"] or day is board["trend"][-1]]

    assert [count(busy, person, listed) for _, listed in numbers] == [number for number, _ in numbers]


def test_the_board_of_a_leader(busy: Installation, town_clock: SimulatedClock) -> None:
    board = busy.get("leader01", "/api/cockpit")
    [rate] = board["rates"]

    assert {one["code"]: one["count"] for one in board["intake"]["items"]} == {"hotline_12345": 1}
    assert [one["code"] for one in board["open"]["items"]] == ["accepted", "dispatched", "handed_back"]
    assert [len(board["trend"]), board["trend"][-1]["reports"]["count"]] == [30, 1]
    assert sum(day["opened"]["count"] for day in board["trend"]) == 4
    assert board["open"]["total"] == 4 and board["open"]["items"][0]["title"]["zh"] == "待立案"
    assert (rate["numerator"], rate["denominator"], rate["percent"]) == (1, 2, 50.0)
    assert board["late"]["count"] == len(board["late"]["worst"]) == 1
    assert board["late"]["worst"][0]["late_s"] > 86400 and board["late"]["worst"][0]["unit"] == "sanitation"


def test_who_reads_no_reports_is_told_of_none(busy: Installation) -> None:
    board = busy.get("officer-sanitation", "/api/cockpit")

    assert (board["intake"], board["hot_spots"]) == (None, None) and board["open"]["total"] == 3


def test_a_grid_elsewhere_has_nothing(busy: Installation) -> None:
    board = busy.get("collector24", "/api/cockpit")

    assert (board["open"]["total"], board["late"]["count"], board["rates"]) == (0, 0, [])


def test_hot_spots_are_grids_with_several_reports(busy: Installation, town_clock: SimulatedClock) -> None:
    for _ in range(3):
        taken_in(busy)
    town_clock.move_to(town_clock.now() + timedelta(seconds=6))
    [spot] = busy.get("shift_leader01", "/api/cockpit")["hot_spots"]

    assert spot["count"] == 4 and spot["unit_grid"] == busy.view().areas.grid_codes[0]
    assert 105 < spot["lon"] < 106


def test_a_list_of_handed_back_takes_no_reports(busy: Installation) -> None:
    asked = {"handed_back_from": "2026-03-01T00:00:00+08:00"}

    assert told(busy.client("shift_leader01").get("/api/reports", params=asked)) == (422, "invalid")


PERIOD = {"first": "2026-03-01", "last": "2026-05-31"}


@pytest.mark.parametrize("by", ["unit", "street", "community", "category"])
@pytest.mark.parametrize("person", ["leader01", "officer-sanitation", "collector24"])
def test_every_number_of_a_comparison_opens_to_its_records(busy: Installation, person: str, by: str) -> None:
    found = busy.get(person, "/api/comparison", by=by, **PERIOD)
    names = ("opened", "handed_back", "on_time", "late", "late_now")
    numbers = [(row[name]["count"], row[name]["records"]) for row in (*found["rows"], found["total"]) for name in names]

    assert [count(busy, person, listed) for _, listed in numbers] == [number for number, _ in numbers]
    assert all(row["on_time"]["count"] + row["late"]["count"] == row["handed_back"]["count"] for row in found["rows"])


def test_units_beside_each_other(busy: Installation) -> None:
    found = busy.get("leader01", "/api/comparison", **PERIOD)
    [row] = found["rows"]
    told_ = {name: row[name]["count"] for name in ("opened", "handed_back", "on_time", "late", "late_now")}

    assert (row["code"], row["percent"]) == ("sanitation", 50.0) and row["median_handling_s"] > 86400
    assert told_ == {"opened": 3, "handed_back": 2, "on_time": 1, "late": 1, "late_now": 1}
    assert found["total"]["opened"]["count"] == len(pages(busy, "leader01", "/api/cases")) > 3
    assert found["total"]["percent"] == 50.0


def test_a_day_without_anything_compares_nothing(busy: Installation) -> None:
    found = busy.get("leader01", "/api/comparison", first="2020-02-29", last="2020-02-29")

    assert found["total"]["opened"]["count"] == found["total"]["handed_back"]["count"] == 0
    assert [row["percent"] for row in found["rows"]] == [None] and found["rows"][0]["late_now"]["count"] == 1


def test_a_comparison_as_a_file(busy: Installation) -> None:
    answer = busy.client("leader01").get("/api/comparison/export", params=PERIOD, headers={"Accept-Language": "zh"})
    lines = answer.content.decode("utf-8-sig").splitlines()

    assert answer.status_code == 200 and lines[0].startswith("代码,名称,新增案件,反馈,按期反馈")
    assert [line.split(",")[0] for line in lines[1:]] == ["sanitation", ""] and ",3,2,1,1,50.0," in lines[1]


@pytest.mark.parametrize(
    "given", [{"first": "2026-03-02", "last": "2026-03-01"}, {"first": "2026-02-29", "last": "2026-03-01"},
              {"first": "1900-01-01", "last": "2026-03-01"}, {**PERIOD, "by": "person"}],
)  # fmt: skip
def test_what_is_no_period_is_refused(busy: Installation, given: dict[str, str]) -> None:
    assert told(busy.client("leader01").get("/api/comparison", params=given)) == (422, "invalid")
