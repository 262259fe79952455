"""What a phone carries of registers: their forms, short lists to choose from, and the records around it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from math import cos, radians
from typing import Any, Final

import orjson

from xiuhua.city.areas import tiles
from xiuhua.flow.carrying import Spot
from xiuhua.platform.database import Tx
from xiuhua.platform.identity.model import Actor
from xiuhua.platform.sql import queries
from xiuhua.records.forms import RegisterOut
from xiuhua.records.model import ASK, READ, Declared
from xiuhua.records.service import Record, Records

MOST_NEAR: Final = 300
RADIUS_M: Final = 800
MOST_OF_ONE: Final = 400
"""Records of a register that is carried whole; of a larger one what is near is carried."""
MOST_NAMES: Final = 8000
_METRES_A_DEGREE: Final = 111_320


@dataclass(frozen=True, slots=True)
class Forms:
    """The registers whose records this person may see and ask to be changed."""

    records: Records

    def __call__(self, tx: Tx, actor: Actor, _: Spot | None) -> Mapping[str, Any]:
        """`registers`, as lists of registers tell them, without numbers: those change all the time."""
        if not (actor.may(READ) and actor.may(ASK)):
            return {"registers": []}
        listed = _listed(self.records, tx, actor)
        return {"registers": [RegisterOut.of(one, {}, True, False).model_dump(mode="json") for one in listed]}


@dataclass(frozen=True, slots=True)
class Choices:
    """What fields that refer to records are chosen from."""

    records: Records

    def __call__(self, tx: Tx, actor: Actor, _: Spot | None) -> Mapping[str, Any]:
        """`refs`: register → key and name of each record, of registers that are small enough."""
        found: dict[str, list[list[str]]] = {}
        left = MOST_NAMES
        for declared in _listed(self.records, tx, actor) if actor.may(READ) else ():
            wanted = {"city": actor.city, "register": declared.name, "limit": MOST_OF_ONE + 1}
            rows = tx.execute(_sql()["choices"], wanted).fetchall()
            if 0 < len(rows) <= min(MOST_OF_ONE, left):
                found[declared.name] = [[row.key, row.called] for row in rows]
                left -= len(rows)
        return {"refs": found}


@dataclass(frozen=True, slots=True)
class Near:
    """The records around the phone; without a position those of the areas and units of the person's posts."""

    records: Records

    def __call__(self, tx: Tx, actor: Actor, spot: Spot | None) -> Mapping[str, Any]:
        """`records`, nearest first, or those that changed last."""
        if not actor.may(READ):
            return {"records": []}
        known = {one.name: one for one in _listed(self.records, tx, actor)}
        asked: dict[str, Any] = {"city": actor.city, "registers": list(known), "limit": MOST_NEAR}
        if spot is not None:
            spans = tiles.spans(_around(spot))
            squeeze = cos(radians(spot.lat))
            asked |= {"lon": spot.lon, "lat": spot.lat, "squeeze": squeeze}
            asked |= {"firsts": [first for first, _ in spans], "lasts": [last for _, last in spans]}
            rows = tx.execute(_sql()["around"], asked)
        else:
            directory = self.records.directory(tx, actor.city)
            units = {below for post in actor.posts if post.unit for below in directory.descendants(post.unit)}
            areas = [post.area for post in actor.posts if post.area is not None]
            rows = tx.execute(_sql()["of_posts"], {**asked, "areas": areas, "units": sorted(units)})
        return {"records": list(self._told(tx, actor, known, rows))}

    def _told(self, tx: Tx, actor: Actor, known: Mapping[str, Declared], rows: Any) -> Iterator[dict[str, Any]]:
        for row in rows:
            declared, state = known[row.register], orjson.loads(row.doc)
            if self.records.sees(tx, actor, Record(row.version, state, declared)):
                yield told(declared, row, state["data"])


def told(declared: Declared, row: Any, data: Mapping[str, Any]) -> dict[str, Any]:
    """A record as a phone keeps it: what it can be asked to change, nothing personal."""
    fields = {name: data.get(name) for name, spec in declared.given().items() if not spec.personal}
    return {
        "id": row.id, "register": declared.name, "key": row.key, "called": row.called, "state": row.state,
        "version": row.version, "lon": row.lon, "lat": row.lat, "asked": row.asked,
        "fields": {name: value for name, value in fields.items() if value is not None},
    }  # fmt: skip


def _listed(records: Records, tx: Tx, actor: Actor) -> list[Declared]:
    """The registers whose records this person is shown: of one told as numbers only who keeps some of it."""
    keeps = bool(records.keeping(tx, actor).posts)
    every = records.registers(tx, actor.city).values()
    return [one for one in every if keeps or one.register.sensitivity != "counts_only"]


def _around(spot: Spot) -> tuple[float, float, float, float]:
    up = RADIUS_M / _METRES_A_DEGREE
    aside = up / max(0.1, cos(radians(spot.lat)))
    return spot.lon - aside, spot.lat - up, spot.lon + aside, spot.lat + up


def _sql() -> dict[str, str]:
    return queries("xiuhua.records")
