"""Who is signed in, and what a console needs to begin."""

from __future__ import annotations

import json
from datetime import datetime

from tests.acceptance.conftest import Serve
from tests.acceptance.installation import Installation

import xiuhua
from xiuhua.platform.clock import SimulatedClock


def test_an_officer_is_told_desk_and_roles(town: Installation, town_clock: SimulatedClock) -> None:
    me = town.get("officer-sanitation", "/api/me")

    assert (me["id"], me["city"], me["language"], me["via"]) == ("officer-sanitation", "990101", "en", "token")
    assert [one["name"] for one in me["roles"]] == ["unit_officer"] and me["roles"][0]["title"]["zh"]
    assert [one["code"] for one in me["units"]] == ["sanitation"]
    assert me["units"][0]["name"]["zh"] not in ("", "sanitation") and me["city_name"]["zh"] != "990101"
    assert "case.act" in me["permissions"] and me["must_change_password"] is False
    assert me["map"] == {"datum": "wgs84", "base_maps": []}
    assert me["server"]["version"] == xiuhua.__version__
    assert datetime.fromisoformat(me["server"]["time"]) == town_clock.now()


def test_the_language_is_the_readers(town: Installation) -> None:
    answer = town.client("officer-sanitation").get("/api/me", headers={"Accept-Language": "zh-CN,zh;q=0.9"})

    assert answer.json()["language"] == "zh"


def test_base_maps_are_told_to_those_who_are_signed_in(serve: Serve) -> None:
    tiles = {"title": "Own", "url": "https://tiles.example.gov.cn/{z}/{x}/{y}.png", "datum": "gcj02"}
    with serve(base_maps=json.dumps([tiles])) as served, served.browser("leader") as leader, served.client() as nobody:
        found = leader.get("/api/me").json()["map"]["base_maps"]

        assert nobody.get("/api/me").status_code == 401
    assert found == [{**tiles, "attribution": "", "max_zoom": 18}]
