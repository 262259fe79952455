"""Map files of a city (GeoJSON, GeoPackage, Shapefile, CSV …) read by GDAL into features in WGS-84."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final
from xml.sax.saxutils import escape, quoteattr

import numpy as np
import shapely
from numpy.typing import NDArray
from ruamel.yaml import YAML
from shapely.geometry.base import BaseGeometry

from xiuhua.city.areas.datum import FAULTS, Datum, faults, geometry_to_wgs84
from xiuhua.city.areas.model import Kind
from xiuhua.platform.errors import Invalid

FIELDS: Final = (
    "code", "name", "kind", "parent", "area_class", "sides", "members", "valid_from", "valid_to",
)  # fmt: skip
_GEOGRAPHIC: Final[dict[str, Datum]] = {
    "EPSG:4326": "wgs84",
    "EPSG:4979": "wgs84",
    "OGC:CRS84": "wgs84",
    "EPSG:4490": "cgcs2000",
    "EPSG:4480": "cgcs2000",
}
_PROJECTED: Final = (range(4491, 4555), range(32601, 32661), range(32701, 32761), range(3857, 3858))
"""EPSG: CGCS2000 Gauss-Krüger in 6 and 3 degree zones, UTM on WGS-84, the web's Mercator."""


@dataclass(frozen=True, slots=True)
class Source:
    """One file to import, and how to read it."""

    path: Path
    kind: Kind | None = None
    """Kind of all features; None: the column `kind` tells."""
    columns: Mapping[str, str] = field(default_factory=dict)
    """Our field (`FIELDS`) to the file's column; for the rest the names in `words.yaml` are tried."""
    datum: Datum | None = None
    """What the coordinates really are (files in GCJ-02 or BD-09 claim WGS-84); None: as the file says."""
    layer: str | None = None
    encoding: str | None = None
    """Of attributes; None: as the file says, else found out."""


@dataclass(frozen=True, slots=True)
class Feature:
    """One feature: its texts, its geometry in WGS-84 and as it came."""

    file: str
    row: int
    """From 1."""
    fields: dict[str, str]
    """Our field to text, stripped; missing ones are left out."""
    geometry: BaseGeometry | None
    datum: Datum = "wgs84"
    crs: str | None = None
    original: bytes | None = None
    """WKB as it came, where that differs from `geometry`."""
    fault: str = ""
    """Why its coordinates cannot be meant; "" when they can."""


@cache
def words() -> dict[str, Any]:
    """The names that `words.yaml` holds: `columns` by kind and field, `values` by field and value."""
    text = files("xiuhua.city.areas").joinpath("words.yaml").read_text(encoding="utf-8")
    loaded: dict[str, Any] = YAML(typ="safe").load(text)
    return loaded


def read(source: Source) -> list[Feature]:
    """All features of a file. Raises `Invalid` when the file as a whole cannot be taken."""
    # GDAL is loaded when a map is read: a server that reads none saves its 30 ms and its memory.
    import pyogrio  # noqa: PLC0415
    from pyogrio.raw import read as read_raw  # noqa: PLC0415

    where = f"/vsizip/{source.path}" if source.path.suffix.lower() == ".zip" else str(source.path)
    layer = _layer(where, source)
    try:
        meta, ids, shapes, columns = read_raw(
            where,
            layer=layer,
            force_2d=True,
            return_fids=True,
            datetime_as_string=True,
            encoding=_encoding(source),
        )
    except (
        pyogrio.errors.DataSourceError,
        pyogrio.errors.DataLayerError,
        pyogrio.errors.FeatureError,
    ) as error:
        raise _unusable(source, "", f"cannot be read: {error}") from error
    except (UnicodeDecodeError, LookupError) as error:
        raise _unusable(source, "encoding", f"{error}; name the file's encoding, e.g. GB18030") from error
    texts = _texts(source, [str(name) for name in meta["fields"]], columns)
    rows = len(columns[0]) if columns else len(shapes) if shapes is not None else 0
    if shapes is None or not any(shape is not None for shape in shapes):
        return [Feature(source.path.name, row + 1, _row(texts, row), None) for row in range(rows)]
    datum, projected = _system(source, meta["crs"])
    degrees = shapely.from_wkb(shapes, on_invalid="ignore")
    if projected:
        degrees = _unproject(where, layer, datum, ids)
    return _with_geometry(source, texts, shapes, degrees, datum, meta["crs"] if projected else None)


def _with_geometry(
    source: Source,
    texts: dict[str, list[str]],
    shapes: NDArray[Any],
    degrees: NDArray[Any],
    datum: Datum,
    projection: str | None,
) -> list[Feature]:
    bad = _faults(degrees)
    broken = [shape is not None and known is None for shape, known in zip(shapes, degrees, strict=True)]
    sound = ~shapely.is_missing(degrees) & (bad == 0)
    wgs84 = degrees.copy()
    wgs84[sound] = geometry_to_wgs84(degrees[sound], datum)
    kept = projection is not None or datum in ("gcj02", "bd09")
    return [
        Feature(
            source.path.name,
            row + 1,
            _row(texts, row),
            wgs84[row],
            datum,
            projection,
            bytes(shapes[row]) if kept and shapes[row] is not None else None,
            "its shape is broken and cannot be read" if broken[row] else FAULTS[bad[row]],
        )
        for row in range(len(shapes))
    ]


def _unusable(source: Source, field_: str, why: str) -> Invalid:
    error = {"file": source.path.name, "row": 0, "field": field_, "why": why, "what": "unusable_file"}
    return Invalid(f"{source.path.name}: {why}", errors=[error])


def _layer(where: str, source: Source) -> str:
    import pyogrio  # noqa: PLC0415 - as in `read`

    try:
        layers = [str(name) for name in pyogrio.list_layers(where)[:, 0]]
    except pyogrio.errors.DataSourceError as error:
        raise _unusable(source, "", f"cannot be read: {error}") from error
    if source.layer in layers:
        return str(source.layer)
    if source.layer is None and len(layers) == 1:
        return layers[0]
    raise _unusable(source, "layer", f"name one of its layers: {', '.join(layers) or 'it has none'}")


def _encoding(source: Source) -> str | None:
    """A Shapefile without .cpg does not say: UTF-8 if its table is that, else GB18030 (which holds GBK)."""
    table = source.path.with_suffix(".dbf")
    silent = source.path.suffix.lower() == ".shp" and not source.path.with_suffix(".cpg").exists()
    if source.encoding or not silent or not table.exists():
        return source.encoding
    try:
        table.read_bytes()[32:].decode("utf-8")
    except UnicodeDecodeError:
        return "GB18030"
    return "UTF-8"


def _system(source: Source, crs: str | None) -> tuple[Datum, bool]:
    """The datum, and whether coordinates are projected ones."""
    if crs is None:
        if source.datum is None:
            raise _unusable(source, "datum", "says no coordinate system: name the datum of its degrees")
        return source.datum, False
    if crs in _GEOGRAPHIC:
        return source.datum or _GEOGRAPHIC[crs], False
    code = int(crs[5:]) if re.fullmatch(r"EPSG:\d+", crs) else 0
    on_cgcs2000 = code in _PROJECTED[0] or re.search(r'DATUM\["[^"]*(?:China_2000|CGCS_?2000)', crs, re.I)
    on_wgs84 = any(code in codes for codes in _PROJECTED) or re.search(r'DATUM\["[^"]*WGS_?(?:19)?84', crs, re.I)
    if not on_cgcs2000 and not on_wgs84:
        why = (
            f"coordinate system {crs[:60]} is not on CGCS2000 or WGS-84: convert the file first, "
            "with the parameters of your survey office (EPSG:4490 is best)"
        )
        raise _unusable(source, "crs", why)
    projected = bool(code) or crs.startswith(("PROJC", "BOUNDCRS"))
    return source.datum or ("cgcs2000" if on_cgcs2000 else "wgs84"), projected


def _unproject(where: str, layer: str, datum: Datum, ids: NDArray[Any]) -> NDArray[Any]:
    """The geometries of the features `ids` in degrees, by GDAL's projections; no datum is shifted in that."""
    from pyogrio.raw import read as read_raw  # noqa: PLC0415 - as in `read`

    target = "EPSG:4490" if datum == "cgcs2000" else "EPSG:4326"
    text = (
        f"<OGRVRTDataSource><OGRVRTWarpedLayer><OGRVRTLayer name={quoteattr(layer)}>"
        f"<SrcDataSource>{escape(str(where))}</SrcDataSource></OGRVRTLayer>"
        f"<TargetSRS>{target}</TargetSRS></OGRVRTWarpedLayer></OGRVRTDataSource>"
    )
    with TemporaryDirectory() as folder:
        view = Path(folder) / "degrees.vrt"
        view.write_text(text, encoding="utf-8")
        _, found, shapes, _ = read_raw(view, columns=[], force_2d=True, return_fids=True)
    by_id = dict(zip(found.tolist(), shapely.from_wkb(shapes, on_invalid="ignore"), strict=True))
    return np.array([by_id.get(number) for number in ids.tolist()], dtype=object)


def _faults(geometries: NDArray[Any]) -> NDArray[np.int8]:
    """[n]: the first of `datum.FAULTS` among each geometry's vertices, 0 for none."""
    xy, owner = shapely.get_coordinates(geometries, return_index=True)
    each = faults(xy[:, 0], xy[:, 1]) if len(xy) else np.zeros(0, dtype=np.int8)
    worst = np.zeros(len(geometries), dtype=np.int8)
    np.maximum.at(worst, owner, each)
    return worst


def _texts(source: Source, names: list[str], columns: Iterable[Any]) -> dict[str, list[str]]:
    """Our fields as texts by row; a column that the source names must be there."""
    values = dict(zip(names, columns, strict=True))
    folded = {name.casefold(): name for name in reversed(names)}
    tried: dict[str, Any] = words()["columns"]
    found: dict[str, list[str]] = {}
    for name in FIELDS:
        wanted = source.columns.get(name)
        if wanted is not None and wanted not in values:
            raise _unusable(source, name, f"has no column {wanted!r}; its columns: {', '.join(names)}")
        usual = [*tried.get(source.kind or "any", {}).get(name, ()), *tried["any"].get(name, ())]
        column = wanted or next((folded[word] for word in usual if word in folded), None)
        if column is not None:
            found[name] = [_text(value) for value in values[column]]
    return found


def _row(texts: dict[str, list[str]], row: int) -> dict[str, str]:
    return {name: column[row] for name, column in texts.items() if column[row]}


def _text(value: Any) -> str:
    """A cell as text: codes kept as numbers come back without their decimal point."""
    if value is None or (isinstance(value, (float, np.floating)) and not np.isfinite(value)):
        return ""
    if isinstance(value, (list, tuple, np.ndarray)):
        return ",".join(map(_text, value))
    if isinstance(value, (float, np.floating)) and float(value).is_integer():
        return str(int(value))
    return str(value).strip()
