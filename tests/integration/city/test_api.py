"""Areas, units, categories, duties and calendars over HTTP: for those who may, and for those who may not."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import Any

import httpx
import pytest
from tests.acceptance.installation import STREET_CLEANING, Installation, served

from xiuhua.platform.identity import service, tokens
from xiuhua.platform.identity.model import NewAccount, system
from xiuhua.platform.identity.passwords import Hasher
from xiuhua.platform.postgres.cluster import Cluster

Given = dict[str, Any]
STREET = "990101001"
STREET_LIGHTS = "GB/T 47678.5/matter/01037"
SQUARE = [[[105.31, 29.11], [105.32, 29.11], [105.32, 29.12], [105.31, 29.12], [105.31, 29.11]]]
DUTIES = "kind,category,place_kind,place,unit\nhandle,*,everywhere,*,{unit}\n"
HOLIDAYS = "date,kind,name\n2026-10-01,holiday,国庆节\n"
PLAN = {"set": "own-2026", "standard": "GB/T 47678.5", "plain_hour": "work_hour", "whole": False}
CONDITIONS = "kind,code,filing_condition,limit,closing_condition\nmatter,06010,路面有垃圾,{limit},已清理\n"
CALENDAR = {"name": "夜班", "zone": "Asia/Shanghai", "seasons": [
    {"from": "01-01", "to": "12-31", "weekdays": {"mon": ["20:00-04:00"]}}
]}  # fmt: skip


def geojson(*codes: str, name: str = "roads.geojson") -> Given:
    features = [
        {"type": "Feature", "properties": {"code": code, "name": code, "kind": "road_segment"},
         "geometry": {"type": "LineString", "coordinates": SQUARE[0][:2]}}
        for code in codes
    ]  # fmt: skip
    return upload(name, json.dumps({"type": "FeatureCollection", "features": features}))


def upload(name: str, content: str | bytes, field_name: str = "files", **data: Any) -> Given:
    return {"files": [(field_name, (name, content))], "data": data}


def table(name: str, content: str, **data: Any) -> Given:
    return upload(name, content, "file", **data)


@dataclass(frozen=True)
class Case:
    """One endpoint: how it is asked rightly and wrongly, and which permission it demands."""

    method: str
    path: str
    permission: str
    valid: Given = field(default_factory=dict)
    invalid: Given = field(default_factory=dict)
    wrong_path: str = ""
    refused: int = 422
    ok: int = 200


def query(**params: Any) -> Given:
    return {"params": params}


CASES = [
    Case("GET", "/areas", "area.read", query(kind="street"), query(kind="village")),
    Case("GET", "/areas/at", "area.read", query(lon=105.31, lat=29.11), query(lon=29.11, lat=105.31)),
    Case("GET", f"/areas/{STREET}", "area.read", {}, query(on="yesterday")),
    Case("GET", f"/areas/{STREET}/geometry", "area.read", {}, {}, "/areas/990199999/geometry", 404),
    Case("POST", "/areas/import", "area.write", geojson("R1"), upload("map.vrt", "<OGRVRTDataSource/>")),
    Case("GET", "/units", "unit.read", query(kind="department"), query(limit=0)),
    Case("GET", "/units/tree", "unit.read", {}, query(on="2026-13-01")),
    Case("GET", "/units/roads", "unit.read", {}, {}, "/units/nowhere", 404),
    Case("GET", "/units/roads/people", "unit.read", query(role="handler"), query(cursor="!")),
    Case("GET", "/posts", "unit.read", query(role="dispatcher"), query(limit="many")),
    Case("GET", "/duty-cards/missing", "unit.read", {}, query(on="x")),
    Case(
        "POST", "/units/import/time_bands", "unit.write",
        table("bands.csv", "code,name,hours\nnight,夜间,20:00-04:00\n"),
        table("bands.csv", "code,name,hours\nnight,夜间,25:00\n"),
    ),
    Case("GET", "/categories", "category.read", query(class_code="06"), query(kind="thing")),
    Case("GET", "/categories/search", "category.read", query(text="路灯"), query(text="")),
    Case("GET", "/categories/classes", "category.read", {}, query(kind="thing")),
    Case("GET", "/categories/one", "category.read", query(key=STREET_CLEANING), query(key="x/matter/1"), "", 404),
    Case(
        "GET", "/categories/conditions", "category.read", query(category=STREET_CLEANING, area_class="A"),
        query(category=STREET_CLEANING, area_class="D"),
    ),
    Case(
        "POST", "/categories/conditions/import", "category.write",
        table("own.csv", CONDITIONS.format(limit="4工作时"), plan=json.dumps(PLAN)),
        table("own.csv", CONDITIONS.format(limit="4工作时"), plan="{"),
    ),
    Case(
        "POST", "/categories/sets/own-2026/close", "category.write", {"json": {"last_day": "2030-12-31"}}, {"json": {}}
    ),
    Case("GET", "/duties", "duty.read", query(kind="handle"), query(kind="watch")),
    Case("GET", "/duties/resolve", "duty.read", query(category=STREET_CLEANING, area=STREET), query(category="x")),
    Case("GET", "/duties/check", "duty.check", {}, query(on="x")),
    Case("GET", "/duties/export", "duty.read", query(form="xlsx"), query(form="pdf")),
    Case(
        "POST", "/duties/import", "duty.write", table("d.csv", DUTIES.format(unit="roads"), draft="api"),
        table("d.csv", DUTIES.format(unit="nowhere"), draft="api"),
    ),
    Case("GET", "/duties/drafts", "duty.read", {}, query(category="x", area=STREET), "/duties/resolve", 404),
    Case(
        "GET", "/duties/drafts/api/dry-run", "duty.check", {"params": {"from": "2026-01-01", "to": "2026-02-01"}},
        {"params": {"from": "2026-01-01"}},
    ),
    Case("GET", "/calendars", "calendar.read", {}, {}, "/calendars/holidays?year=1", 422),
    Case("GET", "/calendars/holidays", "calendar.read", query(year=2026), query(year="x")),
    Case(
        "POST", "/calendars/deadline", "calendar.read",
        {"json": {"start": "2026-09-30T16:00:00+08:00", "amount": "4", "kind": "work_hour", "role": "handler"}},
        {"json": {"start": "2026-09-30T16:00:00+08:00", "amount": "4", "kind": "week", "role": "handler"}},
    ),
    Case(
        "POST", "/calendars/holidays/import", "calendar.write", table("h.csv", HOLIDAYS),
        table("h.csv", "date,kind,name\n2026-02-30,holiday,x\n"),
    ),
    Case("PUT", "/calendars/night", "calendar.write", {"json": {"valid_from": "2027-01-01", "calendar": CALENDAR}},
         {"json": {"valid_from": "2027-01-01", "calendar": {"name": "夜班"}}}),
    Case("POST", "/duties/drafts/api/adopt", "duty.write", {"json": {"on": "2035-01-01"}}, {"json": {}}),
    Case("DELETE", "/duties/drafts/api", "duty.write", {}, {}, "/duties/drafts/none", 404, 204),
    Case("PUT", "/calendars/roles", "calendar.write", {"json": {"leader": "office"}}, {"json": {"leader": "nothing"}}),
]  # fmt: skip
IDS = [f"{one.method} {one.path}" for one in CASES]


@dataclass
class Desk:
    """The server of the made city, asked as someone with one permission, or as a stranger."""

    town: Installation
    client: httpx.Client

    def ask(self, one: Case, given: Given, permission: str | None = None) -> httpx.Response:
        headers = {"Accept-Language": "en", "X-Requested-With": "test"}
        if permission is not None:
            headers["Authorization"] = f"Bearer {self._token(permission)}"
        return self.client.request(one.method, f"/api{one.path}", headers=headers, **given)

    def get(self, path: str, permission: str, **params: Any) -> Any:
        answer = self.ask(Case("GET", path, permission), query(**params), permission)
        assert answer.status_code == 200, answer.text
        return answer.json()

    def _token(self, permission: str) -> str:
        with self.town.database.transaction() as tx:
            expires = tx.now + timedelta(hours=1)
            [(_, text)] = tokens.make_tokens(tx, self.town.city, ["tester"], permission, [permission], expires)
        return text


@pytest.fixture(scope="module")
def desk(server: Cluster, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    with served(server, tmp_path_factory.mktemp("api")) as town, httpx.Client(base_url=town.url, timeout=30) as client:
        tester = NewAccount("tester", "P-tester", roles=("administrator",))
        with town.database.transaction() as tx:
            service.create_accounts(tx, system(town.city), [tester], Hasher(time_cost=1, memory_kib=8))
        yield Desk(town, client)


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


def drafted(desk: Desk) -> None:
    imported = next(case for case in CASES if case.path == "/duties/import")
    assert desk.ask(imported, imported.valid, imported.permission).status_code == 200


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
