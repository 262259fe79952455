"""`areas`: map files in, lists, and what lies around a place."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any, Final

import click

from xiuhua.city.areas import service
from xiuhua.city.areas.datum import DATUMS, Datum, to_wgs84
from xiuhua.city.areas.files import Source
from xiuhua.city.areas.forms import AreaDetail, AreaImportOut, AreaOut
from xiuhua.city.areas.model import KINDS, Kind
from xiuhua.city.areas.report import ImportReport
from xiuhua.cli.output import DAY, Output, desk, fail, options
from xiuhua.platform.errors import NotFound

_FILE: Final = click.Path(exists=True, dir_okay=False, path_type=Path)
_SHOWN: Final = 200
_KIND: Final = click.Choice(KINDS)


@click.group()
def areas() -> None:
    """Areas: districts, streets, communities, grids, road segments."""


@areas.command("import")
@click.argument("files", nargs=-1, required=True, type=_FILE)
@click.option("--kind", type=_KIND, help="Kind of all features; default: the column `kind` tells.")
@click.option("--datum", type=click.Choice(DATUMS), help="What the coordinates really are; default: as the file says.")
@click.option("--valid-from", type=DAY, help="Day from which changes hold; default: today.")
@click.option("--encoding", help="Of the attributes, e.g. GB18030; default: found out.")
@click.option("--strict", is_flag=True, help="Take nothing when anything is refused.")
@click.option("--close-missing", is_flag=True, help="Close areas of these kinds that no file holds.")
@options
def import_areas(
    files: tuple[Path, ...], kind: Kind | None, datum: Datum | None, valid_from: datetime | None, encoding: str | None,
    strict: bool, close_missing: bool, city: str | None, as_json: bool,
) -> None:  # fmt: skip
    """Take in map FILES: GeoJSON, GeoPackage, Shapefile, CSV. Exit code 1 when anything is refused."""
    with desk(city, as_json) as here:
        sources = [Source(path, kind, datum=datum, encoding=encoding) for path in files]
        with here.writing() as data:
            report = service.import_areas(
                data.tx, here.city, sources, valid_from=valid_from.date() if valid_from else data.today,
                actor=here.actor.id, strict=strict, close_missing=close_missing,
            )  # fmt: skip
        here.out.json(AreaImportOut.of(report))
        _tell(here.out, report)
    if report.errors:
        fail()


def _tell(out: Output, report: ImportReport) -> None:
    rows = [
        (
            out.text(f"severity_{one.severity}"), one.what, f"{one.file}:{one.row}" if one.row else one.file,
            ", ".join(one.codes[:3]), one.why,
        )
        for one in report.findings[:_SHOWN]
    ]  # fmt: skip
    out.table(("severity", "what", "at", "codes", "why"), rows)
    if len(report.findings) > _SHOWN:
        out.say("and_more", count=len(report.findings) - _SHOWN)
    out.say(report.summary())


@areas.command("list")
@click.option("--kind", type=_KIND, help="Only of this kind.")
@click.option("--parent", help="Only directly below this area.")
@click.option("--on", type=DAY, help="Day that is asked about; default: today.")
@options
def list_areas(kind: Kind | None, parent: str | None, on: datetime | None, city: str | None, as_json: bool) -> None:
    """List areas by code."""
    with desk(city, as_json) as here, here.reading() as data:
        found = service.list_areas(data.tx, here.city, on.date() if on else data.today, kind, parent)
    here.out.json([AreaOut.of(one) for one in found])
    here.out.table(
        ("code", "kind", "name", "parent", "area_class", "valid_from", "valid_to"),
        [
            (one.code, here.out.text(f"area_{one.kind}"), one.name, one.parent, one.area_class, one.valid_from,
             one.valid_to)
            for one in found
        ],
    )  # fmt: skip
    here.out.say("areas_listed", count=len(found))


@areas.command("at")
@click.argument("lon", type=float)
@click.argument("lat", type=float)
@click.option("--datum", type=click.Choice(DATUMS), default="wgs84", show_default=True, help="Of the two numbers.")
@click.option("--on", type=DAY, help="Day that is asked about; default: today.")
@options
def at(lon: float, lat: float, datum: Datum, on: datetime | None, city: str | None, as_json: bool) -> None:
    """Tell what lies around the place LON LAT. Exit code 1 when it lies outside of the city."""
    (x,), (y,) = to_wgs84(lon, lat, datum)
    with desk(city, as_json) as here, here.reading() as data:
        index = data.areas(on.date() if on else None)
    area = index.locate_any(float(x), float(y))
    if area is None:
        raise NotFound("no area of the city holds that place")
    around = [index.area(code) for code in index.around(area.code) if code in index]
    road = index.nearest_road(float(x), float(y), 50)
    told: dict[str, Any] = {
        "area": AreaDetail.at(index, area), "scopes": index.around(area.code),
        "road": {"code": road.code, "side": road.side, "distance_m": round(road.distance_m, 1)} if road else None,
    }  # fmt: skip
    here.out.json(told)
    here.out.table(
        ("kind", "code", "name", "area_class"),
        [(here.out.text(f"area_{one.kind}"), one.code, one.name, index.area_class(one.code)) for one in around],
    )
    if road is not None:
        side = here.out.text(f"side_{road.side}")
        here.out.say("road_near", code=road.code, side=side, metres=round(road.distance_m, 1))
