"""The endpoints of the city's rooms, each with how it is asked rightly and wrongly, and someone who asks."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

import httpx
from tests.acceptance.installation import STREET_CLEANING, Installation

from xiuhua.platform.identity import tokens

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


def drafted(desk: Desk) -> None:
    """Import the draft `api`, as often as wanted."""
    imported = next(case for case in CASES if case.path == "/duties/import")
    assert desk.ask(imported, imported.valid, imported.permission).status_code == 200
