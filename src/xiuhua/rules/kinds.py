"""How a finding becomes its row. Pure; replay uses the same function."""

from __future__ import annotations

from typing import Any, Final

import orjson

from xiuhua.flow.model import State
from xiuhua.platform.copying import Table, moment
from xiuhua.platform.eventlog import Head

COLUMNS: Final = ("id", "version", "head", "rule", "key", "state", "role", "raised_at", "changed_at", "doc")
TABLE: Final = Table("rule_finding", COLUMNS, {"raised_at": moment, "changed_at": moment})


def row(state: State, head: Head, changed: int) -> tuple[Any, ...]:
    """The row of a finding, in the order of `COLUMNS`; times as epoch seconds."""
    data = state["data"]
    return (
        state["id"], head.version, head.digest, state["procedure"], data["key"], state["state"], data["role"],
        state["opened"], changed, orjson.dumps(state, option=orjson.OPT_SORT_KEYS).decode(),
    )  # fmt: skip
