"""How a document becomes its row. Pure; replay uses the same function."""

from __future__ import annotations

from typing import Any, Final

import orjson

from xiuhua.documents import model
from xiuhua.flow.model import State
from xiuhua.platform.copying import Table, array, moment
from xiuhua.platform.eventlog import Head

COLUMNS: Final = (
    "id", "version", "head", "kind", "state", "title", "number", "series", "year", "n", "since", "until", "due_on",
    "waits", "replaces", "open", "facets", "opened_at", "changed_at", "doc",
)  # fmt: skip
TABLE: Final = Table("document", COLUMNS, {"facets": array("\x1f"), "opened_at": moment, "changed_at": moment})


def row(state: State, head: Head, changed: int) -> tuple[Any, ...]:
    """The row of a document, in the order of `COLUMNS`; times as epoch seconds."""
    data = state["data"]
    found = model.facets([data["title"], data.get("number") or ""])
    return (
        state["id"], head.version, head.digest, state["procedure"], state["state"], data["title"], data.get("number"),
        data.get("series"), data.get("year"), data.get("n"), data.get("since"), data.get("until"),
        model.due_on(data, state["state"]), model.waiting_for(state), data.get("replaces"),
        bool(data.get("open")), "\x1f".join(found), state["opened"], changed,
        orjson.dumps(state, option=orjson.OPT_SORT_KEYS).decode(),
    )  # fmt: skip
