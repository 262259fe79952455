"""The two kinds of subject of the loop: how a state becomes its row. Pure; replay uses the same functions."""

from __future__ import annotations

from typing import Any, Final

import orjson

from xiuhua.flow.model import State
from xiuhua.flow.work import Kind
from xiuhua.platform.copying import Table, array, moment
from xiuhua.platform.eventlog import Head
from xiuhua.platform.sql import queries

_SQL: Final = queries("xiuhua.loop")

CASE_COLUMNS: Final = (
    "id", "version", "head", "number", "state", "category", "source", "unit", "organisation", "scopes", "unit_grid",
    "lon", "lat", "opened_at", "filed_at", "due", "handed_back_at", "closed_at", "overdue", "suspended", "tags", "doc",
)  # fmt: skip
REPORT_COLUMNS: Final = (
    "id", "version", "head", "source", "external_id", "state", "case_id", "category", "scopes", "unit_grid",
    "lon", "lat", "reported_at", "opened_at", "outcome", "tags", "doc",
)  # fmt: skip


def case_row(state: State, head: Head) -> tuple[Any, ...]:
    """The row of a case, in the order of `CASE_COLUMNS`; times as epoch seconds."""
    data = state["data"]
    place, run = data["place"] or {}, state["clocks"].get("handling") or {}
    return (
        state["id"], head.version, head.digest, state["number"], state["state"], data["category"], data["source"],
        data["unit"], data["unit_organisation"], " ".join(data["scopes"]), data["unit_grid"], place.get("lon"),
        place.get("lat"), state["opened"], data["filed_at"], run.get("due"), data["handed_back_at"],
        data["closed_at"], data["overdue"], data["suspended_until"] is not None, _tags(data), dump(state),
    )  # fmt: skip


def report_row(state: State, head: Head) -> tuple[Any, ...]:
    """The row of a report, in the order of `REPORT_COLUMNS`; times as epoch seconds."""
    data = state["data"]
    place = data["place"] or {}
    return (
        state["id"], head.version, head.digest, data["source"], data["external_id"], state["state"], data["case"],
        data["category"], " ".join(data["scopes"]), data["unit_grid"], place.get("lon"), place.get("lat"),
        data["reported_at"], state["opened"], data["outcome"], _tags(data), dump(state),
    )  # fmt: skip


def _tags(data: dict[str, Any]) -> str:
    """Joined by a character that no tag holds: arrays of arrays would have to be of one length."""
    return "\x1f".join(data["tags"] or ())


def dump(state: State) -> str:
    """A state as it is kept: sorted keys, so that equal states are equal texts."""
    return orjson.dumps(state, option=orjson.OPT_SORT_KEYS).decode()


_WRITTEN: Final = {"scopes": array(" "), "tags": array("\x1f")} | dict.fromkeys(
    ("reported_at", "opened_at", "filed_at", "due", "handed_back_at", "closed_at"), moment
)
CASE: Final = Kind(
    "case", _SQL["load_cases"], _SQL["save_cases"], Table("city_case", CASE_COLUMNS, _WRITTEN), case_row
)  # fmt: skip
REPORT: Final = Kind(
    "report", _SQL["load_reports"], _SQL["save_reports"], Table("report", REPORT_COLUMNS, _WRITTEN), report_row
)  # fmt: skip
KINDS: Final = {"case": CASE, "report": REPORT}
