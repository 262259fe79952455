"""Areas, units, categories, duties and calendars over HTTP: for those who may, and for those who may not."""

from __future__ import annotations

import io
import json
import zipfile
from dataclasses import replace

import pytest
from tests.acceptance.installation import STREET_CLEANING
from tests.integration.city.asking import (
    CASES,
    CONDITIONS,
    IDS,
    PLAN,
    STREET,
    STREET_LIGHTS,
    Case,
    Desk,
    drafted,
    geojson,
    query,
    table,
    upload,
)

EVERY = pytest.mark.parametrize("one", CASES, ids=IDS)


@EVERY
def test_strangers_are_sent_away(desk: Desk, one: Case) -> None:
    answer = desk.ask(one, one.valid)

    assert (answer.status_code, answer.json()["code"]) == (401, "not_signed_in")


@EVERY
def test_each_endpoint_demands_its_permission(desk: Desk, one: Case) -> None:
    answer = desk.ask(one, one.valid, "case.read")

    assert (answer.status_code, answer.json()["permission"]) == (403, one.permission)


@EVERY
def test_what_does_not_fit_is_refused_with_its_place(desk: Desk, one: Case) -> None:
    answer = desk.ask(replace(one, path=one.wrong_path or one.path), one.invalid, one.permission)

    assert answer.status_code == one.refused, answer.text
    assert one.refused == 404 or answer.json()["errors"]


@EVERY
def test_what_fits_is_answered(desk: Desk, one: Case) -> None:
    drafted(desk)

    answer = desk.ask(one, one.valid, one.permission)

    assert answer.status_code == one.ok, answer.text


def test_areas_come_in_pages(desk: Desk) -> None:
    first = desk.get("/areas", "area.read", kind="unit_grid", limit=200)
    rest = desk.get("/areas", "area.read", kind="unit_grid", limit=200, cursor=first["next"])

    codes = [one["code"] for one in first["items"] + rest["items"]]
    assert (len(codes), codes, rest["next"]) == (312, sorted(set(codes)), None)


@pytest.mark.parametrize(("datum", "lon", "lat"), [("wgs84", 105.31, 29.11), ("gcj02", 105.31243, 29.10712)])
def test_a_place_is_told_with_all_around_it(desk: Desk, datum: str, lon: float, lat: float) -> None:
    told = desk.get("/areas/at", "area.read", lon=lon, lat=lat, datum=datum)

    assert told["area"]["kind"] == "unit_grid" and told["scopes"][0] == told["area"]["code"]
    assert told["scopes"][-2:] == [STREET, "990101"]


def test_an_area_is_a_feature(desk: Desk) -> None:
    answer = desk.ask(Case("GET", f"/areas/{STREET}/geometry", ""), {}, "area.read")

    assert answer.headers["content-type"] == "application/geo+json"
    assert answer.json()["geometry"]["type"] == "Polygon" and answer.json()["properties"]["kind"] == "street"


@pytest.mark.parametrize(
    ("name", "content", "why"),
    [
        ("a.geojson", "<OGRVRTDataSource/>", "is no JSON object"),
        ("a.csv", "<OGRVRTDataSource/>", "does not look like a .csv file"),
        ("a.shp", "x", "does not begin like a .shp file"),
        ("a.zip", "x", "cannot be unpacked"),
        ("a.dbf", "x", "send at least one of"),
        ("/etc/passwd", "x", "has no usable name"),
    ],
)
def test_files_that_are_not_what_they_say_are_not_opened(desk: Desk, name: str, content: str, why: str) -> None:
    answer = desk.ask(Case("POST", "/areas/import", ""), upload(name, content), "area.write")

    assert answer.status_code == 422 and why in answer.json()["errors"][0]["why"]


def test_a_zip_is_looked_into(desk: Desk) -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("map.vrt", "<OGRVRTDataSource/>")

    answer = desk.ask(Case("POST", "/areas/import", ""), upload("a.zip", packed.getvalue()), "area.write")

    assert [one["file"] for one in answer.json()["errors"]] == ["a.zip", "a.zip#map.vrt"]


def test_a_map_is_taken_once_and_its_faults_are_told(desk: Desk) -> None:
    asked = Case("POST", "/areas/import", "")
    first = desk.ask(asked, geojson("R7", " ", "R8"), "area.write").json()
    again = desk.ask(asked, geojson("R7", "R8"), "area.write").json()
    strict = desk.ask(asked, geojson("R9", " ") | {"data": {"strict": "true"}}, "area.write")

    assert (first["new"], first["rejected"], again["new"], again["unchanged"]) == (2, 1, 0, 2)
    assert [(one["row"], one["field"]) for one in first["findings"] if one["severity"] == "error"] == [
        (2, "code"),
        (2, "name"),
    ]
    assert strict.status_code == 422 and desk.get("/areas", "area.read", kind="road_segment", limit=200)
    assert desk.ask(Case("GET", "/areas/R9", ""), {}, "area.read").status_code == 404


def test_units_stand_in_a_tree(desk: Desk) -> None:
    tree = {one["code"]: one for one in desk.get("/units/tree", "unit.read")}
    one = desk.get("/units/roads-1", "unit.read")
    people = desk.get("/units/roads/people", "unit.read", role="handler", below=True)["items"]

    assert "roads" in {child["code"] for child in tree["bureau"]["children"]}
    assert (one["ancestors"], one["organisation_here"]) == (["roads-1", "roads", "bureau"], "roads")
    assert {person["unit"] for person in people} == {"roads", "roads-1", "roads-2"}


def test_a_table_with_errors_names_each_cell(desk: Desk) -> None:
    content = "code,name,unit,valid_from\nP1,,roads,\nP2,Li,nowhere,2026-99-01\n"

    answer = desk.ask(Case("POST", "/units/import/people", ""), table("p.csv", content), "unit.write")

    assert {(one["file"], one["row"], one["field"]) for one in answer.json()["errors"]} == {
        ("p.csv", 2, "name"),
        ("p.csv", 3, "valid_from"),
    }


def test_a_wrong_key_is_answered_with_the_nearest(desk: Desk) -> None:
    answer = desk.ask(
        Case("GET", "/categories/one", ""), query(key="GB/T 47678.5/matter/06001x"), "category.read"
    ).json()
    near = desk.ask(Case("GET", "/categories/one", ""), query(key="GB/T 30428.2/matter/08014"), "category.read").json()

    assert answer["code"] == "not_found" and near["nearest"]


def test_conditions_of_an_own_table_follow_their_day(desk: Desk) -> None:
    content = CONDITIONS.format(limit="2工作日") + "thing,06010,x,4工作时,y\n"
    asked = Case("POST", "/categories/conditions/import", "")
    told = desk.ask(asked, table("own.csv", content, plan=json.dumps(PLAN | {"set": "own-2027"}),
                                 valid_from="2027-01-01"), "category.write").json()  # fmt: skip

    params = {"category": STREET_CLEANING, "standard_set": "own-2027"}
    before = desk.get("/categories/conditions", "category.read", on="2026-12-31", **params)
    [after] = desk.get("/categories/conditions", "category.read", on="2027-01-01", **params)
    assert (told["new"], told["rejected"], before) == (1, 1, [])
    assert after["milestones"] == [{"amount": "2", "kind": "work_day"}]


def test_every_duty_kind_is_answered_with_its_row(desk: Desk) -> None:
    told = desk.get("/duties/resolve", "duty.read", category=STREET_LIGHTS, lon=105.31, lat=29.11)
    answers = {one["kind"]: one for one in told["answers"]}

    assert answers["handle"]["unit"] == "lighting" and answers["handle"]["unit_name"] == "路灯管理所"
    assert answers["handle"]["why"]["category_by"] == "category" and answers["handle"]["rows"][0]["id"]
    assert (answers["maintain"]["word"], answers["maintain"]["unit"]) == ("nobody", None)


def test_a_draft_is_imported_checked_tried_adopted_or_dropped(desk: Desk) -> None:
    drafted(desk)
    [draft] = [one for one in desk.get("/duties/drafts", "duty.read") if one["draft"] == "api"]
    checked = desk.get("/duties/check", "duty.check", draft="api")
    kinds = {one["kind"] for one in checked["gaps"]}
    dropped = desk.ask(Case("DELETE", "/duties/drafts/api", ""), {}, "duty.write")
    gone = desk.ask(Case("DELETE", "/duties/drafts/api", ""), {}, "duty.write")

    assert draft["rows"] == 1 and not checked["in_order"] and kinds == {"regulate", "enforce", "maintain"}
    assert (dropped.status_code, gone.status_code) == (204, 404)


def test_the_matrix_goes_out_and_in_again_unchanged(desk: Desk) -> None:
    asked = Case("GET", "/duties/export", "")
    content = desk.ask(asked, query(form="xlsx"), "duty.read").content
    told = desk.ask(Case("POST", "/duties/import", ""), upload("duties.xlsx", content, "file"), "duty.write").json()

    assert (told["new"], told["changed"], told["quarrels"]) == (0, 0, []) and told["unchanged"] > 60


def test_a_draft_is_put_in_force(desk: Desk) -> None:
    drafted(desk)
    adopted = desk.ask(Case("POST", "/duties/drafts/api/adopt", ""), {"json": {"on": "2035-01-01"}}, "duty.write")
    before = desk.get("/duties", "duty.read", kind="enforce", on="2034-12-31")["items"]
    after = desk.get("/duties", "duty.read", kind="enforce", on="2035-01-01")["items"]

    assert adopted.status_code == 200 and before and not after


def test_a_deadline_leaps_over_holidays(desk: Desk) -> None:
    body = {"start": "2026-09-30T16:00:00+08:00", "amount": "4", "kind": "work_hour", "role": "handler"}
    asked = Case("POST", "/calendars/deadline", "")
    told = desk.ask(asked, {"json": body}, "calendar.read").json()
    late = desk.ask(asked, {"json": body | {"start": "2029-09-30T16:00:00+08:00"}}, "calendar.read").json()
    both = desk.ask(asked, {"json": body | {"calendar": "office"}}, "calendar.read")

    assert (told["due"], told["provisional"]) == ("2026-10-08T10:30:00+08:00", False)
    assert (late["provisional"], both.status_code) == (True, 422)


def test_the_description_tells_permissions_and_files(desk: Desk) -> None:
    described = desk.client.get("/api/openapi.json").json()
    operations = {
        f"{method.upper()} {path.removeprefix('/api')}": one
        for path, of in described["paths"].items()
        for method, one in of.items()
    }
    imported = operations["POST /areas/import"]

    assert imported["x-permission"] == "area.write" and "multipart/form-data" in imported["requestBody"]["content"]
    assert all(operations[key]["description"] for key in operations if "/duties" in key or "/areas" in key)
