"""What the procedures of the loop see besides: its cases and reports, as the transaction has changed them."""

from __future__ import annotations

from typing import Any

from xiuhua.flow import surroundings
from xiuhua.flow.model import State
from xiuhua.flow.surroundings import CityView, asked

__all__ = ["CityView", "Surroundings", "asked"]


class Surroundings(surroundings.Surroundings):
    """The view of one procedure; see `flow.model.Surroundings`."""

    def _case(self, code: str, _: State) -> dict[str, Any] | None:
        found = self._work.find("case", code)
        if found is None:
            return None
        engine = self._work.engine(found.state)
        final = engine.procedure.tracks["main"].states[found.state["state"]].final
        return {"id": code, "open": not final, "state": found.state["state"]}

    def _report(self, code: str, _: State) -> dict[str, Any] | None:
        found = self._work.find("report", code)
        return None if found is None else {"id": code, "state": found.state["state"]}
