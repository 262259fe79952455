"""What is given of records of a register, read for one transaction: fields, places, and what follows from them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache, partial
from typing import Any, Final

import numpy as np

from xiuhua.city.areas import datum
from xiuhua.city.compiled import CityData
from xiuhua.flow import fields
from xiuhua.flow.batches import Batch
from xiuhua.flow.context import Context
from xiuhua.packs.common import FieldSpec
from xiuhua.platform.errors import Invalid
from xiuhua.platform.wording import Wrong, wrong
from xiuhua.records import refs, shapes
from xiuhua.records.model import Declared
from xiuhua.records.reading import computed
from xiuhua.records.shapes import Shape

Placed = dict[str, Any] | tuple[str, Wrong]
"""What is kept of where a record lies (empty: nothing was said of it), or the field and what is wrong with it."""
_PLACES: Final = ("place", "shape")


class Filling:
    """Reads one row or many; what a row refers to is looked up once for all of them."""

    def __init__(self, city: CityData, declared: Declared, look_up: fields.LookUp, at: int) -> None:
        """`at`: epoch seconds of the transaction."""
        register = declared.register
        self._city, self._declared, self._at = city, declared, at
        self.key_field = self._key = declared.register.key
        remembered = cache(look_up)
        self._apart = {name: spec for name, spec in register.fields.items() if spec.personal}
        given = {name: spec for name, spec in declared.given().items() if not spec.personal}
        self._fields = Batch(given, remembered)
        self.look_up, self._valid = remembered, {name: spec for name, spec in given.items() if spec.valid}
        self._personal = Batch(self._apart, remembered)
        self._one_key = Batch({self._key: register.fields[self._key]}, lambda kind, code: {"code": code})
        self._follows = any(spec.value is not None for spec in register.fields.values())

    def key(self, given: Mapping[str, Any]) -> str | None:
        """What a row names its record by, as it is kept; None where it names none."""
        values, errors = self._one_key.read_some({self._key: given.get(self._key)}, _nothing)
        value = values.get(self._key)
        return None if errors or value is None else str(value)

    def read(self, given: Mapping[str, Any], before: Mapping[str, Any] | None, placed: Placed) -> dict[str, Any]:
        """Given fields as they are kept, where the record lies, and what follows. Raises `Invalid` with every error.

        `before`: the record's data; None for a new one, which needs all that is required.
        """

        def context() -> Context:
            return Context({"record": dict(before or {}), "now": self._at})

        apart = self._apart
        asked = {name: value for name, value in given.items() if name not in _PLACES and name not in apart}
        read = self._fields.read if before is None else self._fields.read_some
        values, errors = read(asked, context)
        if before is not None:
            known = self._declared.register.fields
            unknown = (name for name in asked if name not in known or known[name].type == "computed")
            errors += [wrong(name, "unknown_field") for name in unknown]
            key = self._key
            if key in values and str(values[key]) != str(before[key]):
                errors.append(wrong(key, "key_stays"))
        if self._valid:
            errors += refs.refused(self._valid, values, before, self.look_up)
        if apart and (private := {name: given[name] for name in apart if name in given}):
            errors += self._personal.read_some(private, context)[1]
        if isinstance(placed, tuple):
            field, why = placed
            errors.append(why.at(field))
        elif placed:
            values |= placed
        elif before is None and self._declared.register.geometry == "point":
            errors.append(wrong("place", "place_needed"))
        if errors:
            raise Invalid(f"{len(errors)} fields do not fit.", errors=errors)
        if self._follows:
            values |= computed(self._declared.register.fields, {**(before or {}), **values}, self._at)
        return values

    def placed(self, rows: Sequence[Mapping[str, Any]]) -> list[Placed]:
        """Where each row says it is, with the areas around it; or what is wrong with that."""
        found: list[Placed] = [{} for _ in rows]
        return places_of(self._city, rows, self._shapes(rows, found), found)

    def _shapes(self, rows: Sequence[Mapping[str, Any]], found: list[Placed]) -> dict[int, Shape]:
        """Lines and polygons by row; of what is none `found` tells why."""
        good = {}
        for index, row in enumerate(rows):
            if row.get("shape") is not None:
                try:
                    good[index] = shapes.read(row["shape"], self._declared.register.geometry)
                except shapes.NoShape as error:
                    found[index] = "shape", error
        return good


def places_of(
    city: CityData, rows: Sequence[Mapping[str, Any]], lines: Mapping[int, Shape] | None = None,
    told: list[Placed] | None = None,
) -> list[Placed]:  # fmt: skip
    """Where each row says it is, with the areas around it; or what is wrong with that.

    `lines`: what lies along a line or over a polygon, by row; `told`: what is known to be wrong already, filled in.
    """
    found: list[Placed] = [{} for _ in rows] if told is None else told
    lines = lines or {}
    good: list[tuple[int, float, float, str]] = []
    for index, row in enumerate(rows):
        place = lines[index].middle if index in lines else row.get("place")
        if place is None or found[index]:
            continue
        try:
            good.append((index, float(place["lon"]), float(place["lat"]), str(place.get("datum", "wgs84"))))
        except (KeyError, TypeError, ValueError, AttributeError, OverflowError):
            found[index] = "place", Wrong("lon_and_lat")
    if not good:
        return found
    at, lons, lats, used = zip(*good, strict=True)
    lon, lat = np.array(lons), np.array(lats)
    nowhere = datum.faults(lon, lat).astype(bool)
    x, y = lon.copy(), lat.copy()
    for one in datum.DATUMS:
        chosen = np.array([each == one for each in used]) & ~nowhere
        if chosen.any():
            x[chosen], y[chosen] = datum.to_wgs84(lon[chosen], lat[chosen], one)
    grids = city.areas().locate(np.where(nowhere, 0, x), np.where(nowhere, 0, y))
    around = cache(partial(_around, city))
    columns = zip(at, lons, lats, used, nowhere.tolist(), grids.tolist(), x.tolist(), y.tolist(), strict=True)
    for index, lon_, lat_, used_, lost, grid, x_, y_ in columns:
        if lost or used_ not in datum.DATUMS:
            found[index] = "place", Wrong("nowhere")
            continue
        kept: dict[str, Any] = {"lon": round(x_, 7), "lat": round(y_, 7)}
        if used_ not in ("wgs84", "cgcs2000"):
            kept["given"] = {"lon": lon_, "lat": lat_, "datum": used_}
        code, scopes = around(grid) if grid >= 0 else (None, _wider(city, x_, y_))
        more = lines[index].kept() if index in lines else {}
        found[index] = {"place": kept, "scopes": list(scopes), "unit_grid": code, **more}
    return found


def _around(city: CityData, grid: int) -> tuple[str, tuple[str, ...]]:
    areas = city.areas()
    return areas.grid_codes[grid], tuple(areas.scopes(grid))


def _wider(city: CityData, x: float, y: float) -> tuple[str, ...]:
    areas = city.areas()
    area = areas.locate_any(x, y)
    return areas.ancestors(area.code) if area is not None else ()


def personal_faults(specs: Mapping[str, FieldSpec], given: Mapping[str, Any], look_up: fields.LookUp) -> fields.Errors:
    """What is wrong in fields that are kept apart."""
    return fields.read_some({name: specs[name] for name in given}, given, Context({}), look_up)[1]


def _nothing() -> Context:
    return Context({})
