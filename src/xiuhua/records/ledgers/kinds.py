"""How an entry becomes its row. Pure; replay uses the same function."""

from __future__ import annotations

from typing import Any, Final

import orjson

from xiuhua.city.areas.tiles import tile_of
from xiuhua.flow.model import State
from xiuhua.platform.copying import Table, array, moment
from xiuhua.platform.eventlog import Head
from xiuhua.records.ledgers import model
from xiuhua.records.ledgers.model import Declared

COLUMNS: Final = (
    "id", "version", "head", "ledger", "key", "day", "quantity", "weight", "thing", "store", "scopes", "unit_grid",
    "lon", "lat", "tile", "of_unit", "facets", "late", "counters", "countered_by", "opened_at", "doc",
)  # fmt: skip
TABLE: Final = Table(
    "ledger_entry", COLUMNS, {"scopes": array(" "), "facets": array("\x1f"), "opened_at": moment}
)  # fmt: skip


def row(state: State, head: Head, declared: Declared) -> tuple[Any, ...]:
    """The row of an entry, in the order of `COLUMNS`; the day as text, the moment as epoch seconds."""
    data = state["data"]
    place = data.get("place") or {}
    return (
        state["id"], head.version, head.digest, state["procedure"], data.get("key"), data["day"], data["quantity"],
        model.weight(data), data.get("thing"), model.store(declared, data), " ".join(data.get("scopes") or ()),
        data.get("unit_grid"), place.get("lon"), place.get("lat"), tile_of(place.get("lon"), place.get("lat")),
        data.get("of_unit"), "\x1f".join(model.facets(declared, data)), data.get("late") or 0,
        data.get("counters"), data.get("countered_by"), state["opened"],
        orjson.dumps(state, option=orjson.OPT_SORT_KEYS).decode(),
    )  # fmt: skip
