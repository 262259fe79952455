from pathlib import Path
from typing import Any
from zipfile import ZipFile

import numpy as np
import pytest
import shapely
from area_city import block, write_geojson
from pyogrio.raw import write

from xiuhua.city.areas.datum import from_wgs84
from xiuhua.city.areas.files import Source, read
from xiuhua.platform.errors import Invalid

GRID = "990101001001001"


def write_map(path: Path, columns: dict[str, list[Any]], shapes: list[Any], **options: Any) -> Path:
    texts = [np.array(values, dtype=object) for values in columns.values()]
    given = {"geometry_type": "Polygon", "crs": "EPSG:4490"} | options
    write(path, shapely.to_wkb(np.array(shapes)), texts, list(columns), **given)
    return path


def test_geojson(tmp_path: Path) -> None:
    path = write_geojson(tmp_path / "grids.geojson", [({"code": GRID, "name": " 一号 ", "parent": None}, block(0, 0))])

    [feature] = read(Source(path))

    assert feature.fields == {"code": GRID, "name": "一号"}
    assert (feature.file, feature.row, feature.datum, feature.original) == ("grids.geojson", 1, "wgs84", None)
    assert feature.geometry.equals(block(0, 0))


def test_geopackage_with_several_layers(tmp_path: Path) -> None:
    path = write_map(tmp_path / "map.gpkg", {"code": [GRID]}, [block(0, 0)], layer="grids")
    write_map(path, {"code": ["990101001"]}, [block(0, 0, 4, 4)], layer="streets", append=True)

    [feature] = read(Source(path, layer="streets"))

    assert feature.fields["code"] == "990101001" and feature.datum == "cgcs2000"
    with pytest.raises(Invalid, match="name one of its layers: grids, streets"):
        read(Source(path))


@pytest.mark.parametrize("cpg", [True, False])
def test_a_shapefile_in_gbk_with_chinese_columns(tmp_path: Path, cpg: bool) -> None:
    columns = {"网格编码": [GRID], "网格名称": ["阳光一号网格"], "社区代码": ["990101001001"], "初始时间": ["20240229"]}
    path = write_map(tmp_path / "grid.shp", columns, [block(0, 0)], encoding="GBK")
    path.with_suffix(".cpg" if not cpg else ".none").unlink(missing_ok=cpg)

    [feature] = read(Source(path, "unit_grid"))

    assert feature.fields == {
        "code": GRID, "name": "阳光一号网格", "parent": "990101001001", "valid_from": "20240229",
    }  # fmt: skip


def test_a_shapefile_in_utf8_without_a_word_about_it(tmp_path: Path) -> None:
    path = write_map(tmp_path / "grid.shp", {"code": [GRID], "name": ["阳光"]}, [block(0, 0)], encoding="UTF-8")
    path.with_suffix(".cpg").unlink()

    assert read(Source(path))[0].fields["name"] == "阳光"


def test_the_wrong_encoding_says_what_to_do(tmp_path: Path) -> None:
    path = write_map(tmp_path / "grid.shp", {"code": [GRID], "name": ["阳光"]}, [block(0, 0)], encoding="GBK")

    with pytest.raises(Invalid, match=r"e\.g\. GB18030"):
        read(Source(path, encoding="UTF-8"))


def test_a_zipped_shapefile(tmp_path: Path) -> None:
    folder = tmp_path / "parts"
    folder.mkdir()
    write_map(folder / "grid.shp", {"code": [GRID]}, [block(0, 0)])
    archive = tmp_path / "grid.zip"
    with ZipFile(archive, "w") as zipped:
        for part in folder.iterdir():
            zipped.write(part, part.name)

    assert read(Source(archive))[0].fields["code"] == GRID


def test_codes_kept_as_numbers_keep_all_their_digits(tmp_path: Path) -> None:
    path = write_geojson(
        tmp_path / "a.geojson", [({"code": 990101001001001}, block(0, 0)), ({"code": None}, block(1, 0))]
    )

    assert [feature.fields for feature in read(Source(path))] == [{"code": GRID}, {}]


def test_the_import_names_the_columns(tmp_path: Path) -> None:
    path = write_geojson(tmp_path / "a.geojson", [({"wgbm": GRID, "code": "no"}, block(0, 0))])

    assert read(Source(path, columns={"code": "wgbm"}))[0].fields["code"] == GRID
    with pytest.raises(Invalid, match="has no column 'nix'; its columns: wgbm, code"):
        read(Source(path, columns={"code": "nix"}))


@pytest.mark.parametrize(
    ("crs", "lon"), [("EPSG:4549", 120.0), ("EPSG:4527", 117.0), ("EPSG:32651", 123.0), ("EPSG:3857", None)]
)
def test_projected_coordinates_are_brought_to_degrees(tmp_path: Path, crs: str, lon: float | None) -> None:
    east = {"EPSG:4527": 39_500_000, "EPSG:3857": 13_358_338.895}.get(crs, 500_000)
    shape = shapely.box(east - 50, 3_500_000, east + 50, 3_500_100)
    path = write_map(tmp_path / "a.gpkg", {"code": [GRID]}, [shape], crs=crs)

    [feature] = read(Source(path))

    assert feature.geometry.centroid.x == pytest.approx(lon or 120.0, abs=1e-7)
    assert feature.crs == crs and shapely.from_wkb(feature.original).equals(shape)


def test_a_shifted_datum_is_converted_once_and_the_original_kept(tmp_path: Path) -> None:
    shifted = shapely.transform(block(0, 0), lambda xy: np.column_stack(from_wgs84(xy[:, 0], xy[:, 1], "bd09")))
    path = write_map(tmp_path / "a.gpkg", {"code": [GRID]}, [shifted], crs="EPSG:4326")

    [feature] = read(Source(path, datum="bd09"))

    assert feature.geometry.equals_exact(block(0, 0), 1e-9)
    assert shapely.from_wkb(feature.original).equals_exact(shifted, 0) and feature.datum == "bd09"


@pytest.mark.parametrize("crs", ["EPSG:4610", "EPSG:2362", "EPSG:2437"])
def test_the_old_national_datums_must_be_converted_first(tmp_path: Path, crs: str) -> None:
    path = write_map(tmp_path / "a.gpkg", {"code": [GRID]}, [shapely.box(0, 0, 1, 1)], crs=crs)

    with pytest.raises(Invalid, match="not on CGCS2000 or WGS-84: convert the file first"):
        read(Source(path))


def test_a_file_without_a_coordinate_system_needs_a_datum(tmp_path: Path) -> None:
    path = write_map(tmp_path / "a.shp", {"code": [GRID]}, [block(0, 0)])
    path.with_suffix(".prj").unlink()

    assert read(Source(path, datum="cgcs2000"))[0].datum == "cgcs2000"
    with pytest.raises(Invalid, match="name the datum"):
        read(Source(path))


@pytest.mark.parametrize(("content", "name"), [("{", "a.geojson"), ("", "a.shp"), (None, "a.gpkg")])
def test_a_file_that_is_none_is_told(tmp_path: Path, content: str | None, name: str) -> None:
    path = tmp_path / name
    if content is not None:
        path.write_text(content)

    with pytest.raises(Invalid, match=f"{name}: cannot be read") as caught:
        read(Source(path))

    assert caught.value.params["errors"][0]["what"] == "unusable_file"


def test_a_table_without_geometry(tmp_path: Path) -> None:
    path = tmp_path / "duty.csv"
    path.write_text(f"责任网格编码,单元网格编码\nD1,{GRID};990101001001002\n", encoding="utf-8")

    [feature] = read(Source(path, "duty_grid"))

    assert feature.fields == {"code": "D1", "members": f"{GRID};990101001001002"} and feature.geometry is None


@pytest.mark.parametrize(
    ("shape", "fault"),
    [
        (shapely.Point(30.0, 120.0).buffer(0.01), "swapped"),
        (shapely.box(500_000, 3_500_000, 500_100, 3_500_100), "metres"),
        (block(0, 0), ""),
        (None, ""),
    ],
)
def test_places_that_cannot_be_meant_are_told_with_the_feature(tmp_path: Path, shape: Any, fault: str) -> None:
    path = write_geojson(tmp_path / "a.geojson", [({"code": "a"}, shape), ({"code": "b"}, block(1, 1))])

    first, second = read(Source(path, datum="gcj02"))

    assert fault in first.fault and bool(fault) == bool(first.fault) and not second.fault
