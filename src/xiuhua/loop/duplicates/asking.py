"""What is asked for a report or a case as it stands."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from xiuhua.flow.model import State
from xiuhua.loop.duplicates.service import Wanted, text_of
from xiuhua.platform import personal
from xiuhua.platform.database import Tx


def of_report(tx: Tx, city: str, state: State, category: str | None = None) -> Wanted | None:
    """Duplicates of a report; None for one without a place. `category` where it names none itself."""
    id_, data = state["id"], state["data"]
    content = personal.get(tx, city, [f"report/{id_}"]).get(f"report/{id_}")
    return _wanted(state, data["reported_at"], text_of(content), data["category"] or category, id_, data["case"])


def of_case(tx: Tx, city: str, state: State) -> Wanted | None:
    """Duplicates of a case, by the words of its first report; None for one without a place."""
    data, reports = state["data"], state["data"]["reports"] or []
    kept = personal.get(tx, city, [f"report/{one}" for one in reports[:1]])
    text = "".join(text_of(content) for content in kept.values())
    return _wanted(state, state["opened"], text, data["category"], None, state["id"])


def _wanted(
    state: State, at: int, text: str, category: str | None, report: str | None, case: str | None
) -> Wanted | None:
    place: dict[str, Any] = state["data"]["place"] or {}
    if place.get("lon") is None or place.get("lat") is None:
        return None
    return Wanted(place["lon"], place["lat"], datetime.fromtimestamp(at, UTC), text, category, report, case)
