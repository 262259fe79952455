"""Cases beside a thing, for its file: no case names a record, so those that lie within some metres are told as near."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, Final

from ruamel.yaml import YAML

from xiuhua.flow.dossier import Line, Section, Thing
from xiuhua.loop import scope
from xiuhua.loop.lists import query
from xiuhua.loop.lists.model import ListFilter
from xiuhua.loop.lists.query import Wanted
from xiuhua.loop.service import Loop
from xiuhua.loop.titles import titles_of
from xiuhua.platform.database import Tx
from xiuhua.platform.identity.model import Actor

METRES: Final = 15
MOST: Final = 20
_READ: Final = "case.read"
_DEGREE_M: Final = 111_320
"""Metres of a degree of latitude."""


@dataclass(frozen=True, slots=True)
class CasesNear:
    """The newest cases within `METRES` of a thing; of a part of the city only those of its own category."""

    loop: Loop

    def __call__(self, tx: Tx, actor: Actor, thing: Thing) -> Iterator[Section]:
        """One section, marked as near; nothing for who reads no cases, or of a thing without a place."""
        if thing.place is None or not actor.may(_READ):
            return
        view, (lon, lat) = self.loop.view(tx, actor.city), thing.place
        wide = METRES / (_DEGREE_M * math.cos(math.radians(lat)))
        high = METRES / _DEGREE_M
        corners = [
            (lon - wide, lat - high),
            (lon + wide, lat - high),
            (lon + wide, lat + high),
            (lon - wide, lat + high),
        ]
        drawn = " ".join(f"{x:.7f},{y:.7f}" for x, y in corners)
        wanted = Wanted(actor.city, "case", ListFilter(drawn=drawn), scope.sight(view, actor, _READ), tx.now)
        rows = [row for row in query.page(tx, wanted, None, 200) if _near(row, thing, wide, high)]
        lines = []
        for row in rows[:MOST]:
            titles = titles_of(view, "case", row.state, row.category, row.unit)
            category = titles.category or {"zh": row.number, "en": row.number}
            said = {one: f"{row.number} {category[one]}" for one in ("zh", "en")}
            lines.append(Line(said, titles.state, row.opened_at, f"/cases/{row.id}"))
        yield Section("cases_near", _titles()["cases_near"], lines, len(rows))


@cache
def _titles() -> dict[str, dict[str, str]]:
    text = files("xiuhua.loop").joinpath("strings", "near.yaml").read_text(encoding="utf-8")
    found: dict[str, dict[str, str]] = YAML(typ="safe", pure=True).load(text)
    return found


def _near(row: Any, thing: Thing, wide: float, high: float) -> bool:
    assert thing.place is not None
    if math.hypot((row.lon - thing.place[0]) / wide, (row.lat - thing.place[1]) / high) > 1:
        return False
    if thing.part_code is None:
        return True
    _, _, last = str(row.category or "").rpartition("/part/")
    return last == thing.part_code[6:10]
