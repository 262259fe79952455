"""How inspections and rounds become their rows. Pure; replay uses the same functions."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any, Final

import orjson

from xiuhua.checks import model
from xiuhua.flow.model import State
from xiuhua.platform.eventlog import Head

COLUMNS: Final = (
    "id", "version", "head", "number", "checklist", "state", "thing", "called", "unit", "inspectors", "round", "party",
    "scopes", "lon", "lat", "score", "original", "band", "list", "failed", "open", "recheck", "late", "next_due",
    "begun_at", "finished_at", "changed_at", "doc",
)  # fmt: skip
ROUND_COLUMNS: Final = (
    "id", "version", "head", "checklist", "title", "state", "due", "things", "opened_at", "closed_at", "doc",
)  # fmt: skip
THING_COLUMNS: Final = (
    "round", "thing", "place", "key", "called", "unit", "type", "inspectors", "scopes", "score", "missed",
)  # fmt: skip
_BESIDE: Final = ("things", "scores", "missed")
"""What of a round's state stands in rows of its things."""


def row(state: State, head: Head, changed: int) -> tuple[Any, ...]:
    """The row of an inspection, in the order of `COLUMNS`; times as epoch seconds."""
    data = state["data"]
    place, thing = data.get("place") or {}, data["thing"]
    scored: Mapping[str, Any] = data.get("scored") or {}
    waiting = model.rectifications(state)
    opened = [one for one in waiting if one["state"] == model.OPEN]
    ahead = [one["due"] for one in opened if one["told_late"] != one["round"]]
    return (
        state["id"], head.version, head.digest, state["number"], state["procedure"], state["state"], thing["id"] or "",
        thing["called"], data.get("unit"), " ".join(data["inspectors"]), data.get("round"), data.get("party"),
        " ".join(data.get("scopes") or ()), place.get("lon"), place.get("lat"), _number(scored.get("score")),
        _number((data.get("original") or {}).get("score")), scored.get("band"), scored.get("list"),
        sum(line["failed"] for line in scored.get("lines", ())), len(opened),
        sum(one["state"] == model.RECTIFIED for one in waiting), len(opened) - len(ahead), min(ahead, default=None),
        state["opened"], data.get("finished"), changed, orjson.dumps(state, option=orjson.OPT_SORT_KEYS).decode(),
    )  # fmt: skip


def round_row(state: State, head: Head) -> tuple[Any, ...]:
    """The row of a round, in the order of `ROUND_COLUMNS`."""
    data = state["data"]
    kept = {**state, "data": {name: value for name, value in data.items() if name not in _BESIDE}}
    return (
        state["id"], head.version, head.digest, state["procedure"], data["title"], state["state"], data["due"],
        data["count"], state["opened"], data.get("closed"),
        orjson.dumps(kept, option=orjson.OPT_SORT_KEYS).decode(),
    )  # fmt: skip


def thing_rows(state: State) -> list[tuple[Any, ...]]:
    """The rows of a round's things, in the order of `THING_COLUMNS`."""
    data = state["data"]
    scores, missed = data.get("scores"), set(data.get("missed") or ())
    return [
        (
            state["id"], one["id"], place, one["key"], one["called"], one["unit"], one.get("type"),
            " ".join(one["inspectors"]), " ".join(one["scopes"]), _number(scores.get(one["id"])) if scores else None,
            None if scores is None else one["id"] in missed,
        )
        for place, one in enumerate(data["things"])
    ]  # fmt: skip


def _number(text: str | None) -> str | None:
    """Points as the database tells them: `98.50` and `98.5` are one text."""
    return None if text is None else f"{Decimal(text):f}"
