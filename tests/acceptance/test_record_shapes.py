"""Lines and polygons over HTTP and from GeoJSON files; metres along lines."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from tests.acceptance.bringing import layout
from tests.acceptance.installation import Installation
from tests.acceptance.test_records import COLLECTOR, SUPERVISOR, add, run

from xiuhua.city.areas import tiles
from xiuhua.platform.columns import decode
from xiuhua.platform.errors import Invalid
from xiuhua.records import layer, replay
from xiuhua.records.service import Records

PACK = """
name: shapes-test
title: {zh: 测试, en: Test}
version: 1
"""
REGISTERS = """
way:
  title: {zh: 道路, en: Road}
  key: code
  geometry: line
  fields:
    code: {type: text, required: true, title: {zh: 编号, en: Code}}
    lanes: {type: integer, title: {zh: 车道数, en: Lanes}}
    longer: {type: computed, value: 'decimal(record.length_m) > decimal("500")', title: {zh: 长路, en: Long}}
green:
  title: {zh: 绿地, en: Green}
  key: code
  geometry: polygon
  fields: {code: {type: text, required: true, title: {zh: 编号, en: Code}}}
  states: {kept: [given_up], given_up: []}
  titles: {kept: {zh: 养护, en: Kept up}, given_up: {zh: 移交, en: Handed over}}
bin:
  title: {zh: 果皮箱, en: Bin}
  key: code
  geometry: point
  fields: {code: {type: text, required: true, title: {zh: 编号, en: Code}}}
sweep:
  title: {zh: 清扫段, en: Stretch}
  key: code
  fields:
    code: {type: text, required: true, title: {zh: 编号, en: Code}}
    way: {type: ref, to: way, title: {zh: 道路, en: Road}}
    begin: {type: integer, unit: m, title: {zh: 起, en: From}}
    end: {type: decimal, unit: m, title: {zh: 止, en: To}}
    team: {type: choice, of: [a, b], title: {zh: 班组, en: Team}}
  along: {line: way, from: begin, to: end}
"""
LEDGERS = """
swept:
  title: {zh: 清扫流水, en: Swept}
  of: way
  quantity: m
  along: {from: begin, to: end}
  fields:
    begin: {type: integer, unit: m, title: {zh: 起, en: From}}
    end: {type: integer, unit: m, title: {zh: 止, en: To}}
"""
LINE = {"type": "LineString", "coordinates": [[105.3121, 29.1043], [105.3221, 29.1043]]}
SQUARE = {"type": "Polygon", "coordinates": [[[105.31, 29.1], [105.312, 29.1], [105.312, 29.102], [105.31, 29.1]]]}


def install(town: Installation, folder: Path) -> None:
    """A pack of lines, polygons and stretches, written into a folder of its own."""
    (folder / "shapes-test").mkdir()
    for name, content in (("pack", PACK), ("registers", REGISTERS), ("ledgers", LEDGERS)):
        (folder / "shapes-test" / f"{name}.yaml").write_text(content, encoding="utf-8")
    town.take_up(folder / "shapes-test")


@pytest.fixture(scope="module")
def kept(town: Installation, tmp_path_factory: pytest.TempPathFactory) -> Installation:
    """The district with a pack of lines, polygons and stretches."""
    install(town, tmp_path_factory.mktemp("packs"))
    return town


def test_a_line_is_kept_measured_and_placed(kept: Installation) -> None:
    made = add(kept, "way", {"code": "W1", "lanes": 4}, shape=LINE)

    assert made["shape"] == LINE and made["place"] == {"lon": 105.3171, "lat": 29.1043} and made["scopes"]
    assert float(made["length_m"]) == pytest.approx(973.4, abs=0.5) and made["area_m2"] is None
    assert made["fields"]["longer"] is True
    short = {"type": "LineString", "coordinates": [[105.3121, 29.1043], [105.3131, 29.1043]]}
    changed = kept.client(SUPERVISOR).patch(f"/api/records/{made['id']}", json={"fields": {}, "shape": short})
    assert changed.status_code == 200 and changed.json()["fields"]["longer"] is False
    again = kept.client(SUPERVISOR).patch(f"/api/records/{made['id']}", json={"fields": {"lanes": 2}})
    assert again.json()["fields"]["longer"] is False and again.json()["shape"] == short


def test_a_polygon_has_an_area_and_what_is_none_is_refused(kept: Installation) -> None:
    assert float(add(kept, "green", {"code": "G1"}, shape=SQUARE)["area_m2"]) == pytest.approx(21_583, rel=0.01)
    for register, shape in (("green", LINE), ("bin", LINE), ("way", {"type": "LineString", "coordinates": [[0, 0]]})):
        body = {"fields": {"code": "X"}, "shape": shape}
        answer = kept.client(SUPERVISOR).post(f"/api/registers/{register}/records", json=body)
        assert answer.status_code == 422 and "shape" in [one["field"] for one in answer.json()["errors"]]


def feature(code: Any, geometry: Any, **more: Any) -> dict[str, Any]:
    return {"type": "Feature", "properties": {"编号": code, **more}, "geometry": geometry}


def test_features_are_brought_in_and_bad_ones_told_by_number(kept: Installation, tmp_path: Path) -> None:
    bad = {"type": "LineString", "coordinates": [[105.31, 29.1]]}
    features: list[Any] = [
        feature("F1", LINE, 车道数=2, 别的=None), feature("F2", bad), {"type": "Point"}, feature("F4", None),
        feature("F1", LINE), feature("F6", LINE, 车道数="四"),
    ]  # fmt: skip
    path, lines = tmp_path / "ways.geojson", tmp_path / "ways.ndjson"
    path.write_text(json.dumps({"type": "FeatureCollection", "features": features}, indent=1), encoding="utf-8")
    lines.write_text("\n".join([*map(json.dumps, features), "{broken"]), encoding="utf-8")
    found, again = run(kept, path, "way"), run(kept, lines, "way")

    assert (found.new, found.rejected) == (2, 4) and found.unused == ("别的",)
    assert layout(kept, "register:way", path).of == {"code": "编号", "lanes": "车道数", "shape": "geometry"}
    assert (again.unchanged, again.rejected) == (2, 5)
    assert found.rejected_path is not None
    rejected = found.rejected_path.read_text(encoding="utf-8-sig").splitlines()
    assert [one[-3] for one in csv.reader(rejected[1:])] == ["2", "3", "5", "6"]
    mended = rejected[0] + "\n" + rejected[1].replace("[105.31,29.1]", "[105.31,29.1],[105.32,29.1]")
    again_path = tmp_path / "mended.csv"
    again_path.write_text(mended, encoding="utf-8-sig")
    assert run(kept, again_path, "way").new == 1


def test_points_of_features_are_places(kept: Installation, tmp_path: Path) -> None:
    path = tmp_path / "bins.json"
    point = {"type": "Point", "coordinates": [105.3123, 29.1045, 3]}
    features = [feature("B1", point), feature("B2", {"type": "Point", "coordinates": ["a", "b"]}), feature("B3", LINE)]
    path.write_text(json.dumps({"type": "FeatureCollection", "features": features}), encoding="utf-8")
    found = run(kept, path, "bin")

    assert (found.new, found.rejected) == (1, 2)
    assert kept.get(COLLECTOR, "/api/registers/bin/keys/B1")["place"] == {"lon": 105.3123, "lat": 29.1045}


@pytest.mark.parametrize("text", ['{"type": "FeatureCollection"', '{"features": 3}', '{"a": 1}'])
def test_a_file_without_features_is_refused(kept: Installation, tmp_path: Path, text: str) -> None:
    path = tmp_path / "none.geojson"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(Invalid):
        run(kept, path, "way")


def test_metres_along_a_line_are_counted_once(kept: Installation) -> None:
    add(kept, "way", {"code": "W7"})
    add(kept, "way", {"code": "W8"})
    for code, way, begin, end, team in (
        ("S1", "W7", 0, "100", "a"), ("S2", "W7", 180, "80.5", "b"), ("S3", "W8", 0, "50", "a"),
        ("S4", None, 1, "2", "a"),
    ):  # fmt: skip
        add(kept, "sweep", {"code": code, "way": way, "begin": begin, "end": end, "team": team})
    whole = kept.get(COLLECTOR, "/api/registers/sweep/length")
    one = kept.get(COLLECTOR, "/api/registers/sweep/length", line="W7")
    team = kept.get(COLLECTOR, "/api/registers/sweep/length", field="team=a")

    assert (whole["metres"], whole["overlap"], whole["stretches"], whole["incomplete"]) == ("230", "19.5", 3, 1)
    assert [(each["line"], each["metres"]) for each in whole["lines"]] == [("W7", "180"), ("W8", "50")]
    assert (one["metres"], len(one["lines"]), one["incomplete"]) == ("180", 1, 0)
    assert (team["metres"], team["overlap"]) == ("150", "0")
    assert kept.client(COLLECTOR).get("/api/registers/way/length").status_code == 422


def test_lines_are_taken_out_as_features_and_come_back_unchanged(kept: Installation, tmp_path: Path) -> None:
    add(kept, "way", {"code": "G1", "lanes": 3}, shape=LINE)
    add(kept, "way", {"code": "G2"})
    answer = kept.client(SUPERVISOR).get("/api/registers/way/export", params={"format": "geojson", "q": "G1"})
    path = tmp_path / "ways.geojson"
    path.write_bytes(kept.client(SUPERVISOR).get("/api/registers/way/export", params={"format": "geojson"}).content)
    found = run(kept, path, "way")

    [feature] = answer.json()["features"]
    assert answer.headers["content-type"] == "application/geo+json"
    assert feature["geometry"]["type"] == "LineString" and feature["properties"]["Lanes"] == 3
    assert (found.new, found.changed, found.rejected) == (0, 0, 0) and found.unchanged >= 2


def test_a_filtered_list_is_taken_out_and_comes_back_unchanged(kept: Installation, tmp_path: Path) -> None:
    add(kept, "way", {"code": "E1", "lanes": 3}, shape=LINE)
    add(kept, "way", {"code": "E=2"})
    add(kept, "sweep", {"code": "=cmd|' /C calc'!A0", "way": "E1", "begin": 5, "end": "7.50", "team": "b"})
    client = kept.client(SUPERVISOR)
    chinese = {"Accept-Language": "zh-CN"}
    told = client.get("/api/registers/sweep/export", params={"field": "way=E1"}, headers=chinese)
    sheet = client.get("/api/registers/way/export", params={"format": "xlsx", "q": "E="})

    assert told.status_code == 200 and told.headers["content-disposition"] == 'attachment; filename="sweep.csv"'
    head, row = csv.reader(told.content.decode("utf-8-sig").splitlines())
    assert head[:6] == ["编号", "道路", "起", "止", "班组", "状态"]
    assert row[:6] == ["'=cmd|' /C calc'!A0", "E1", "5", "7.50", "b", "在册"]
    book = openpyxl.load_workbook(io.BytesIO(sheet.content))
    assert [one.value for one in next(iter(book.active.iter_rows(min_row=2)))][:3] == ["E=2", None, None]
    path = tmp_path / "ways.csv"
    path.write_bytes(client.get("/api/registers/way/export").content)
    found = run(kept, path, "way")
    assert (found.new, found.changed, found.rejected) == (0, 0, 0) and found.unchanged >= 2
    assert kept.client(COLLECTOR).get("/api/registers/way/export").status_code == 403


def tile(town: Installation, register: str, zoom: int, at: tuple[float, float], **given: Any) -> tuple[Any, Any]:
    x, y = tiles.tile_xy(*at, zoom)
    answer = town.client(COLLECTOR).get(f"/api/registers/{register}/tiles/{zoom}/{x}/{y}", params=given)
    assert answer.status_code == 200, answer.text
    return decode(answer.content)


def differing(town: Installation) -> list[tuple[str, str]]:
    found: list[tuple[str, str]] = []
    with town.database.transaction(snapshot=True) as tx:
        replay.check(tx, town.services.port(Records), town.city, lambda table, key: found.append((table, key)))
    return found


def test_a_tile_shows_every_line_that_touches_it(kept: Installation, monkeypatch: Any) -> None:
    here, west_end, east_end = (105.40, 29.20), (105.3951, 29.2), (105.4049, 29.2)
    add(kept, "way", {"code": "T1", "lanes": 2}, shape={"type": "LineString", "coordinates": [west_end, east_end]})
    two = [[west_end, [105.397, 29.2]], [[105.399, 29.201], east_end]]
    moved = add(kept, "way", {"code": "T2", "lanes": 4}, shape={"type": "MultiLineString", "coordinates": two})
    add(kept, "way", {"code": "T3"}, place={"lon": here[0], "lat": here[1]})
    add(kept, "way", {"code": "T4"})
    gone = add(kept, "way", {"code": "T5"}, shape={"type": "LineString", "coordinates": [west_end, east_end]})
    kept.client(SUPERVISOR).post(f"/api/records/{gone['id']}/merge", json={"into": moved["id"]})

    header, columns = tile(kept, "way", 14, here)
    assert (header["kind"], header["geometry"], header["truncated"]) == ("shapes", "line", False)
    drawn = dict(zip(header["keys"], columns["rings"].tolist(), strict=True))
    assert drawn == {"T1": 1, "T2": 2, "T3": 0} and header["dictionaries"]["state"][0]["code"] == "live"
    assert tile(kept, "way", 14, here, q="T1")[0]["keys"] == ["T1"]
    assert columns["sizes"].tolist() == [2, 2, 2] and min(columns["x"].tolist()) == 1_053_951_000
    assert sorted(tile(kept, "way", 18, west_end)[0]["keys"]) == ["T1", "T2"], "where their ends lie"
    monkeypatch.setattr(layer, "MOST_SHAPES", 2)
    assert tile(kept, "way", 12, here)[0]["kind"] == "clusters"
    assert tile(kept, "way", 16, west_end)[0]["truncated"] is False
    monkeypatch.setattr(layer, "MOST_SHAPES", 1)
    assert tile(kept, "way", 18, west_end)[0]["truncated"] is True


def test_a_polygon_is_drawn_with_its_holes_and_follows_its_changes(kept: Installation) -> None:
    hole = [[105.506, 29.201], [105.507, 29.201], [105.507, 29.202], [105.506, 29.201]]
    outer = [[105.5, 29.2], [105.51, 29.2], [105.51, 29.21], [105.5, 29.2]]
    made = add(kept, "green", {"code": "T1"}, shape={"type": "Polygon", "coordinates": [outer, hole]})
    header, columns = tile(kept, "green", 15, (105.505, 29.204))
    filtered, _ = tile(kept, "green", 15, (105.505, 29.204), q="T1")

    assert (header["geometry"], header["keys"], filtered["keys"]) == ("polygon", ["T1"], ["T1"])
    assert columns["rings"].tolist() == [2] and columns["outer"].tolist() == [1, 0]
    assert columns["sizes"].tolist() == [4, 4] and columns["state"].tolist() == [0]
    kept.client(SUPERVISOR).post(f"/api/records/{made['id']}/move", json={"to": "given_up"})
    header, columns = tile(kept, "green", 15, (105.505, 29.204), state="given_up")
    assert header["dictionaries"]["state"][columns["state"][0]]["code"] == "given_up"
    shape = {"type": "Polygon", "coordinates": [[[one[0] + 1, one[1]] for one in outer]]}
    kept.client(SUPERVISOR).patch(f"/api/records/{made['id']}", json={"fields": {}, "shape": shape})
    assert tile(kept, "green", 15, (105.505, 29.204))[0]["keys"] == []
    assert tile(kept, "green", 10, (106.505, 29.204))[1]["rings"].tolist() == [1]


def test_drawn_lines_follow_from_the_log(kept: Installation) -> None:
    records = kept.services.port(Records)
    assert differing(kept) == []
    with kept.database.transaction() as tx:
        tx.execute("delete from record_shape where id = (select min(id) from record_shape)")
        tx.execute("update record_shape set west = west - 1 where id = (select max(id) from record_shape)")
        tx.execute(
            "insert into record_shape (city, id, register, key, state, lon, lat, west, south, east, north, near)"
            " values (%s, 'stray', 'way', '', '', 0, 0, 0, 0, 0, 0, '')", (kept.city,),
        )  # fmt: skip
    assert [table for table, _ in differing(kept)] == ["record_shape"] * 3
    with kept.database.transaction() as tx:
        replay.repair(tx, records, kept.city)
    assert differing(kept) == []


def test_a_stretch_is_shown_on_its_line(kept: Installation) -> None:
    add(kept, "way", {"code": "P1"}, shape=LINE)
    made = add(kept, "sweep", {"code": "PS1", "way": "P1", "begin": 100, "end": "300"})
    beyond = add(kept, "sweep", {"code": "PS2", "way": "P1", "begin": 5000, "end": "6000"})
    nowhere = add(kept, "sweep", {"code": "PS3", "way": "P1"})
    line = kept.get(COLLECTOR, "/api/registers/way/keys/P1")
    shown = kept.get(COLLECTOR, f"/api/records/{line['id']}/stretches")

    assert (made["stretch"]["line"], made["stretch"]["line_shape"]) == (line["id"], LINE)
    assert made["stretch"]["shape"]["coordinates"][0] == [pytest.approx(105.313127, abs=1e-5), 29.1043]
    assert beyond["stretch"]["shape"] is None and nowhere["stretch"] is None and line["stretch"] is None
    assert sorted((one["key"], one["stretch"]["begin"]) for one in shown) == [("PS1", "100"), ("PS2", "5000")]


def test_so_is_that_of_an_entry_of_a_ledger(kept: Installation) -> None:
    add(kept, "way", {"code": "L1"}, shape=LINE)
    body = {"quantity": "200", "thing": "L1", "fields": {"begin": 0, "end": 200}}
    made = kept.client(SUPERVISOR).post("/api/ledgers/swept/entries", json=body).json()
    bare = kept.client(SUPERVISOR).post("/api/ledgers/swept/entries", json={"quantity": "1", "thing": "L1"}).json()
    [ledger] = [one for one in kept.get(SUPERVISOR, "/api/ledgers") if one["name"] == "swept"]
    stretch = kept.get(SUPERVISOR, f"/api/entries/{made['id']}")["stretch"]

    assert ledger["along"] and stretch["line_key"] == "L1" and len(stretch["shape"]["coordinates"]) == 2
    assert kept.get(SUPERVISOR, f"/api/entries/{bare['id']}")["stretch"] is None
