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
_NOWHERE: Final[dict[str, Any]] = {}
TABLE: Final = Table(
    "record", COLUMNS,
    {"scopes": array(" "), "units": array(" "), "facets": array("\x1f"), "opened_at": moment, "changed_at": moment},
)  # fmt: skip


def row(state: State, head: Head, register: Register, changed: int) -> tuple[Any, ...]:
    """The row of a record, in the order of `COLUMNS`; times as epoch seconds."""
    return Rows(register).row(state, head, changed)


class Rows:
    """Makes the rows of records of one register, which is looked into once."""

    def __init__(self, register: Register) -> None:
        self._register, self._called = register, register.called or register.key
        self._facets = model.facet_fields(register)

    def row(self, state: State, head: Head, changed: int) -> tuple[Any, ...]:
        """The row of a record, in the order of `COLUMNS`; times as epoch seconds."""
        data, number, register = state["data"], state["number"], self._register
        place = data.get("place") or _NOWHERE
        lon, lat = place.get("lon"), place.get("lat")
        called = str(data.get(self._called) or number)
        names = (number,) if called == number else (number, called)
        day = model.expires(register, data)
        return (
            state["id"], head.version, head.digest, state["procedure"], number, called, state["state"],
            " ".join(data.get("scopes") or ()), data.get("unit_grid"), lon, lat, tile_of(lon, lat),
            " ".join(model.units(register, data)),
            "\x1f".join(model.facets(state["procedure"], self._facets, data, names)),
            day.isoformat() if day else None, len(model.waiting(state)), state["opened"], changed,
            data.get("merged_into"), orjson.dumps(state, option=orjson.OPT_SORT_KEYS).decode(),
            model.told(register, data),
        )  # fmt: skip
