"""What fields of records, entries and documents may refer to: units, people, areas, categories, records."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache
from typing import Any

from xiuhua.city.compiled import CityData
from xiuhua.flow import fields
from xiuhua.platform.database import Tx
from xiuhua.platform.sql import queries

Referred = Callable[[str, str], dict[str, Any] | None]
"""A record by register and key."""


def of(city: CityData, referred: Referred) -> fields.LookUp:
    """What a field may refer to; records as they are told."""

    def found(kind: str, code: str) -> dict[str, Any] | None:
        if kind.startswith("ref:"):
            return referred(kind.removeprefix("ref:"), code)
        known: dict[str, Any] = {
            "unit": city.directory().units, "person": city.directory().people, "area": city.areas(),
        }  # fmt: skip
        if kind in known:
            return {"code": code} if code in known[kind] else None
        if kind == "category":
            return {"key": code} if city.catalogue.get(code) is not None else None
        return {"id": code}

    return found


def one_by_one(tx: Tx, city: CityData) -> fields.LookUp:
    """The same, records asked for one by one."""

    def referred(register: str, key: str) -> dict[str, Any] | None:
        asked = {"city": city.city, "register": register, "keys": [key]}
        row = tx.execute(queries("xiuhua.records")["keys"], asked).fetchone()
        return None if row is None else {"id": row.id, "key": key}

    return of(city, referred)


def together(city: CityData, records: Mapping[tuple[str, str], dict[str, Any]]) -> fields.LookUp:
    """The same, records known already by register and key."""
    return of(city, lambda register, key: records.get((register, key)))


def remembered(look_up: fields.LookUp) -> fields.LookUp:
    """Asked once for each code: a file names the same few units and owners in every row."""
    return cache(look_up)
