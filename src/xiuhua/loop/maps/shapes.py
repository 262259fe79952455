"""Areas as GeoJSON for a map: simplified together, so that neighbours keep a common border; kept while they hold."""

from __future__ import annotations

from collections import OrderedDict
from hashlib import sha256
from threading import Lock
from typing import Any, Final

import numpy as np
import orjson
import shapely

from xiuhua.city.areas.index import AreaIndex
from xiuhua.city.areas.model import LAYERS, Area, Kind
from xiuhua.city.areas.plane import metres_per_degree

_MOST_KEPT: Final = 32
_DIGITS: Final = 6
"""Of degrees: a tenth of a metre."""


class Shapes:
    """What was made for a map lately."""

    def __init__(self) -> None:
        self._kept: OrderedDict[tuple[Any, ...], tuple[AreaIndex, bytes, str]] = OrderedDict()
        self._lock = Lock()

    def of(self, index: AreaIndex, kind: Kind, tolerance_m: float, within: str | None) -> tuple[bytes, str]:
        """GeoJSON of one kind of area as of the index's day, and its digest as an ETag."""
        key = (index.city, kind, tolerance_m, within)
        with self._lock:
            kept = self._kept.get(key)
        if kept is None or kept[0] is not index:
            content = _made(index, kind, tolerance_m, within)
            kept = (index, content, f'"{sha256(content).hexdigest()[:32]}"')
            with self._lock:
                self._kept[key] = kept
                while len(self._kept) > _MOST_KEPT:
                    self._kept.popitem(last=False)
        return kept[1], kept[2]


def _made(index: AreaIndex, kind: Kind, tolerance_m: float, within: str | None) -> bytes:
    areas = [one for one in index.areas(kind) if within is None or _within(index, one, within)]
    shapes = simplified(kind, np.array([one.geometry for one in areas], dtype=object), tolerance_m)
    features = [
        {
            "type": "Feature", "id": area.code, "geometry": shape.__geo_interface__,
            "properties": {
                "code": area.code, "kind": area.kind, "name": area.name,
                "parent": next(iter(index.ancestors(area.code)[1:2]), None), "area_class": index.area_class(area.code),
                "duty_grid": index.duty_grid_of(area.code), "point": [round(one, _DIGITS) for one in area.point()],
            },
        }
        for area, shape in zip(areas, shapes, strict=True)
    ]  # fmt: skip
    return orjson.dumps({"type": "FeatureCollection", "features": features})


def simplified(kind: Kind, shapes: Any, tolerance_m: float) -> Any:
    """Shapes with fewer corners: no border moves by more than about `tolerance_m`; six digits of a degree."""
    if len(shapes) and tolerance_m > 0:
        middle = shapely.total_bounds(shapes)
        tolerance = tolerance_m / metres_per_degree(float(middle[1] + middle[3]) / 2)[1]
        if kind in LAYERS and shapely.coverage_is_valid(shapes):
            shapes = shapely.coverage_simplify(shapes, tolerance)
        else:
            shapes = shapely.simplify(shapes, tolerance, preserve_topology=True)
    return shapely.transform(shapes, lambda points: np.round(points, _DIGITS))


def _within(index: AreaIndex, area: Area, wanted: str) -> bool:
    if area.kind == "duty_grid":
        return any(index.within(member, wanted) for member in area.members if member in index)
    return index.within(area.code, wanted)
