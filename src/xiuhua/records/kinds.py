"""How a record becomes its row. Pure; replay uses the same function."""

from __future__ import annotations

from typing import Any, Final

import orjson

from xiuhua.city.areas.tiles import tile_of
from xiuhua.flow.model import State
from xiuhua.packs.kinds import Register
from xiuhua.platform.copying import Table, array, moment
from xiuhua.platform.eventlog import Head
from xiuhua.records import model

COLUMNS: Final = (
    "id", "version", "head", "register", "key", "called", "state", "scopes", "unit_grid", "lon", "lat", "tile",
    "units", "facets", "expires", "asked", "opened_at", "changed_at", "merged_into", "doc", "told",
)  # fmt: skip
TABLE: Final = Table(
    "record", COLUMNS,
    {"scopes": array(" "), "units": array(" "), "facets": array("\x1f"), "opened_at": moment, "changed_at": moment},
)  # fmt: skip


def row(state: State, head: Head, register: Register, changed: int) -> tuple[Any, ...]:
    """The row of a record, in the order of `COLUMNS`; times as epoch seconds."""
    data = state["data"]
    place = data.get("place") or {}
    called = str(data.get(register.called or register.key) or state["number"])
    day = model.expires(register, data)
    return (
        state["id"], head.version, head.digest, state["procedure"], state["number"], called, state["state"],
        " ".join(data.get("scopes") or ()), data.get("unit_grid"), place.get("lon"), place.get("lat"),
        tile_of(place.get("lon"), place.get("lat")), " ".join(model.units(register, data)),
        "\x1f".join(model.facets(state["procedure"], register, data, [state["number"], called])),
        day.isoformat() if day else None, len(model.waiting(state)), state["opened"], changed,
        data.get("merged_into"), orjson.dumps(state, option=orjson.OPT_SORT_KEYS).decode(), model.told(register, data),
    )  # fmt: skip
