"""The map over HTTP: areas, cases as columns, numbers of a drawn area."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import httpx
import numpy as np
import pytest
from tests.acceptance.installation import Installation, pages, told
from tests.acceptance.walking import Walk, taken_in
from tests.reading import caught_up

from xiuhua.city.areas.tiles import tile_xy
from xiuhua.loop.brief import keeping
from xiuhua.loop.brief.held import Held
from xiuhua.loop.brief.model import lights
from xiuhua.loop.lists.model import ListFilter
from xiuhua.loop.maps import service
from xiuhua.platform.clock import SimulatedClock
from xiuhua.platform.columns import decode
from xiuhua.platform.errors import NotFound
from xiuhua.platform.identity.model import system

STATES = ("accepted", "dispatched", "handed_back", "closed")
SQUARE = [[[105.0, 28.0], [106.0, 28.0], [106.0, 30.0], [105.0, 30.0], [105.0, 28.0]]]


@pytest.fixture(scope="module")
def walks(town: Installation) -> dict[str, Walk]:
    """A case in each of some states, told to the map."""
    found = {state: taken_in(town).to_be(state) for state in STATES}
    caught_up(town.services)
    return found


def shown(town: Installation, person: str, path: str = "/api/map/cases", **params: Any) -> tuple[dict[str, Any], Any]:
    answer = town.client(person).get(path, params=params)
    assert answer.status_code == 200, answer.text
    assert answer.headers["content-type"] == "application/vnd.xiuhua.columns"
    return decode(answer.content)


def states(header: dict[str, Any], columns: Any) -> list[str]:
    return sorted(header["dictionaries"]["state"][number]["code"] for number in columns["state"])


def drawn(**more: Any) -> dict[str, Any]:
    return {"area": {"type": "Polygon", "coordinates": SQUARE}, **more}


def test_cases_are_shown_as_the_list_has_them(town: Installation, walks: dict[str, Walk]) -> None:
    header, columns = shown(town, "shift_leader01")
    listed = pages(town, "shift_leader01", "/api/cases")

    assert header["count"] == len(listed) == len(columns["lon"]) == 4 and header["truncated"] is False
    assert states(header, columns) == sorted(line["state"] for line in listed) == sorted(STATES)
    assert sorted(columns["lon"].tolist()) == sorted(line["lon"] for line in listed)
    assert all(entry["title"]["zh"] for entry in header["dictionaries"]["category"])
    assert {name: column.dtype.name for name, column in columns.items()} == {
        "lon": "float64", "lat": "float64", "state": "uint8", "source": "uint8", "category": "uint16",
        "unit": "uint16", "light": "uint8", "opened": "int32", "closed": "int32", "no": "uint32",
    }  # fmt: skip


def test_columns_begin_at_multiples_of_eight(town: Installation, walks: dict[str, Walk]) -> None:
    content = town.client("shift_leader01").get("/api/map/cases").content
    header, _ = decode(content)

    assert content[:4] == b"XHM1" and (8 + int.from_bytes(content[4:8], "little")) % 8 == 0
    assert all(column["offset"] % 8 == 0 for column in header["columns"])


@pytest.mark.parametrize(
    ("given", "wanted"),
    [
        ({"state": ["accepted", "closed"]}, ["accepted", "closed"]),
        ({"unit": "sanitation"}, ["closed", "dispatched", "handed_back"]),
        ({"unit": "nobody"}, []),
        ({"open": "true"}, ["accepted", "dispatched", "handed_back"]),
        ({"open": "false"}, ["closed"]),
        ({"source": "public", "area": "990101"}, sorted(STATES)),
        ({"opened_from": "2027-01-01T00:00:00+08:00"}, []),
        ({"opened_to": "2026-03-01T00:00:00+08:00"}, []),
    ],
)
def test_filters_are_those_of_the_list(
    town: Installation, walks: dict[str, Walk], given: dict[str, Any], wanted: list[str]
) -> None:
    assert states(*shown(town, "shift_leader01", **given)) == wanted


def test_a_unit_sees_its_own_and_a_grid_its_own(town: Installation, walks: dict[str, Walk]) -> None:
    assert states(*shown(town, "officer-sanitation")) == ["closed", "dispatched", "handed_back"]
    assert shown(town, "collector24")[0]["count"] == 0
    assert town.client("collector24").post("/api/map/count", json=drawn()).json()["total"] == 0


def test_a_point_opens_its_case(town: Installation, walks: dict[str, Walk]) -> None:
    _, columns = shown(town, "shift_leader01", state="dispatched")
    number = int(columns["no"][0])
    line = town.get("shift_leader01", f"/api/map/cases/{number}")

    assert line["id"] == walks["dispatched"].case and line["state_title"]["zh"] and line["category_title"]["zh"]
    assert told(town.client("collector24").get(f"/api/map/cases/{number}")) == (404, "not_found")
    assert told(town.client("shift_leader01").get("/api/map/cases/999999999")) == (404, "not_found")


@pytest.mark.parametrize("zoom", [0, 8, 14, 17, 20])
def test_a_tile_holds_what_lies_in_it(town: Installation, walks: dict[str, Walk], zoom: int) -> None:
    _, columns = shown(town, "shift_leader01")
    x, y = tile_xy(float(columns["lon"][0]), float(columns["lat"][0]), zoom)
    inside = [tile_xy(lon, lat, zoom) == (x, y) for lon, lat in zip(columns["lon"], columns["lat"], strict=True)]

    assert shown(town, "shift_leader01", f"/api/map/cases/{zoom}/{x}/{y}")[0]["count"] == sum(inside)
    assert shown(town, "shift_leader01", f"/api/map/cases/{zoom}/0/0")[0]["count"] == (4 if zoom == 0 else 0)


def test_too_many_are_told_as_squares(
    town: Installation, walks: dict[str, Walk], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(service, "MOST_OF_TILE", 3)
    header, columns = shown(town, "shift_leader01", "/api/map/cases/0/0/0", source="public")

    assert header["kind"] == "clusters" and columns["count"].sum() == 4
    assert all(105 < lon < 106 for lon in columns["lon"])


@pytest.mark.parametrize("path", ["21/0/0", "2/4/0", "2/0/-1", "a/0/0"])
def test_there_is_no_such_tile(town: Installation, path: str) -> None:
    answer = town.client("shift_leader01").get(f"/api/map/cases/{path}")

    assert answer.status_code in (404, 422)


def test_a_clock_changes_colour(town: Installation, town_clock: SimulatedClock, walks: dict[str, Walk]) -> None:
    def light(state: str) -> str:
        header, columns = shown(town, "shift_leader01", state=state)
        return str(header["lights"][columns["light"][0]])

    before = light("dispatched"), light("accepted"), light("handed_back")
    town_clock.move_to(town_clock.now() + timedelta(days=30))

    assert before == ("green", "grey", "green")
    assert (light("dispatched"), light("handed_back")) == ("red", "green")


def test_the_numbers_of_a_drawn_area(town: Installation, walks: dict[str, Walk]) -> None:
    found = town.client("shift_leader01").post("/api/map/count", json=drawn()).json()
    elsewhere = [[[1.0, 1.0], [2.0, 1.0], [2.0, 2.0], [1.0, 1.0]]]
    nothing = drawn(area={"type": "MultiPolygon", "coordinates": [elsewhere]})

    assert (found["total"], found["open"], found["handled"]) == (4, 3, 2)
    assert sum(found["by_light"].values()) == 4 and {one["code"] for one in found["by_state"]} == set(STATES)
    assert (found["by_unit"][0]["code"], found["by_unit"][0]["count"]) == ("sanitation", 3)
    assert found["median_handling_s"] is not None
    assert town.client("shift_leader01").post("/api/map/count", json=nothing).json()["total"] == 0


@pytest.mark.parametrize(
    "area",
    [
        {"type": "Point", "coordinates": [105, 29]},
        {"type": "Polygon", "coordinates": []},
        {"type": "Polygon", "coordinates": [[[105, 29], [106, 29], [105, 29]]]},
        {"type": "Polygon", "coordinates": [[[105, 29], [106, 30], [106, 29], [105, 30], [105, 29]]]},
        {"type": "Polygon", "coordinates": [[[105, 29], [105, 29], [105, 29], [105, 29]]]},
        {"type": "Polygon", "coordinates": [[["NaN", 29], [106, 30], [106, 29], [105, 30]]]},
        {"type": "Polygon", "coordinates": [[[1e308, 29], [106, 30], [106, 29], [105, 30]]]},
        {"type": "MultiPolygon", "coordinates": [[]]},
    ],
)
def test_what_is_no_area_is_refused(town: Installation, area: dict[str, Any]) -> None:
    assert told(town.client("shift_leader01").post("/api/map/count", json={"area": area})) == (422, "invalid")


def test_areas_are_simplified_and_known_by_their_tag(town: Installation) -> None:
    def asked(**params: Any) -> httpx.Response:
        return town.client("collector24").get("/api/map/areas", params={"kind": "street", **params})

    exact, coarse = asked(tolerance_m=0), asked(tolerance_m=50)
    again = town.client("collector24").get(
        "/api/map/areas", params={"kind": "street"}, headers={"If-None-Match": asked().headers["etag"]}
    )

    assert exact.json()["type"] == "FeatureCollection" and exact.json()["features"][0]["properties"]["name"]
    assert len(coarse.content) <= len(exact.content) and again.status_code == 304
    assert told(asked(kind="nothing")) == (422, "invalid")


def test_areas_within_another(town: Installation) -> None:
    street = town.view().areas.areas("street")[0].code
    kinds = ("community", "unit_grid", "duty_grid")
    found = {
        kind: town.get("collector24", "/api/map/areas", kind=kind, within=street)["features"] for kind in kinds
    }  # fmt: skip

    assert all(0 < len(found[kind]) < len(town.view().areas.areas(kind)) for kind in kinds)
    assert all(one["properties"]["parent"] == street for one in found["community"])


def test_the_worker_is_the_only_one_that_is_told(town: Installation, walks: dict[str, Walk]) -> None:
    walks["accepted"].do("shift_leader01", "file")
    before = shown(town, "shift_leader01", state="filed")[0]["count"]
    caught_up(town.services)

    assert (before, shown(town, "shift_leader01", state="filed")[0]["count"]) == (0, 1)


def test_no_tile_beyond_the_map(town: Installation) -> None:
    with town.database.reading() as tx, pytest.raises(NotFound):
        service.tile(tx, Held(), town.view(), system(town.city), ListFilter(), None, (2, 4, 0))


def test_lights_of_columns() -> None:
    told_ = {"due": [0, 9, 9, 9, 9, 9], "yellow": [0, 5, 5, 5, 5, 5], "stopped": [0, 0, 9, 3, 10, 0]}
    columns = {name: np.array(values) for name, values in told_.items()}
    columns["flags"] = np.array([0, 0, 0, 0, 0, 2])

    assert lights(columns, 7).tolist() == [0, 2, 2, 1, 3, 0]


@pytest.mark.parametrize("person", ["shift_leader01", "officer-sanitation", "collector24"])
@pytest.mark.parametrize("given", [{}, {"open": True}, {"state": ["closed"]}, {"area_code": "990101"}])
def test_the_numbers_of_a_drawn_area_open_to_their_lists(
    town: Installation, walks: dict[str, Walk], person: str, given: dict[str, Any]
) -> None:
    found = town.client(person).post("/api/map/count", json=drawn(**given)).json()
    numbers = [(found["total"], found["records"]), (found["open"], found["open_records"])]
    numbers += [(one["count"], one["records"]) for by in ("state", "category", "unit") for one in found[f"by_{by}"]]
    numbers += [(count, found["light_records"][light]) for light, count in found["by_light"].items()]

    listed = [(len(pages(town, person, "/api/cases", **one["filter"])), number) for number, one in numbers if one]

    assert [length for length, _ in listed] == [number for _, number in listed]


def test_a_list_of_what_lies_in_a_triangle(town: Installation, walks: dict[str, Walk]) -> None:
    [line] = pages(town, "shift_leader01", "/api/cases", state="dispatched")
    lon, lat = line["lon"], line["lat"]
    around = f"{lon - 0.001:.6f},{lat - 0.001:.6f} {lon + 0.001:.6f},{lat - 0.001:.6f} {lon},{lat + 0.002:.6f}"
    beside = f"{lon + 0.00001:.6f},{lat} {lon + 0.001:.6f},{lat} {lon + 0.001:.6f},{lat + 0.001:.6f}"

    assert line["id"] in [one["id"] for one in pages(town, "shift_leader01", "/api/cases", drawn=around)]
    assert line["id"] not in [one["id"] for one in pages(town, "shift_leader01", "/api/cases", drawn=beside)]


def test_numbers_of_what_no_list_can_hold_have_none(town: Installation, walks: dict[str, Walk]) -> None:
    hole = [[105.4, 28.5], [105.5, 28.5], [105.5, 28.6], [105.4, 28.5]]
    holed = {"type": "Polygon", "coordinates": [*SQUARE, hole]}
    found = town.client("shift_leader01").post("/api/map/count", json={"area": holed}).json()

    assert (found["records"], found["open_records"], found["light_records"]) == (None, None, None)


@pytest.mark.parametrize("given", [{"drawn": "105,29 106,29"}, {"drawn": "105,29 106,29 x,y"}, {"light": "blue"}])
def test_a_list_refuses_what_is_no_area_and_no_colour(town: Installation, given: dict[str, str]) -> None:
    assert told(town.client("shift_leader01").get("/api/cases", params=given)) == (422, "invalid")


def test_reports_have_no_colour(town: Installation) -> None:
    assert told(town.client("shift_leader01").get("/api/reports", params={"light": "red"})) == (422, "invalid")


def of_memory(held: Held, town: Installation) -> dict[str, list[Any]]:
    with town.database.reading() as tx:
        found = held.of(tx, town.city)
    assert (np.diff(found["tile"]) >= 0).all()
    order = np.argsort(found["no"])
    return {name: column[order].tolist() for name, column in found.items()}


def test_what_is_held_in_memory_is_what_is_kept(
    town: Installation, walks: dict[str, Walk], monkeypatch: pytest.MonkeyPatch
) -> None:
    held = Held()
    before = of_memory(held, town)
    fresh = taken_in(town).to_be("accepted")
    caught_up(town.services)
    one_more = of_memory(held, town)
    fresh.do("shift_leader01", "file")
    caught_up(town.services)
    moved = of_memory(held, town)

    assert len(one_more["no"]) == len(moved["no"]) == len(before["no"]) + 1
    assert one_more["state"][-1] != moved["state"][-1]
    assert moved == of_memory(Held(), town)

    monkeypatch.setattr(keeping, "ROUNDS", 1)
    for _ in range(3):
        taken_in(town).to_be("accepted")
        caught_up(town.services)
    assert of_memory(held, town) == of_memory(Held(), town) != moved, "more rounds than are remembered"

    with town.database.transaction() as tx:
        tx.execute("delete from brief_round")
        tx.execute("delete from case_brief")
        tx.execute("delete from brief_position")
    caught_up(town.services)
    again = of_memory(held, town)
    assert again == of_memory(Held(), town) and min(again["no"]) > max(moved["no"]), "all of it was made again"
