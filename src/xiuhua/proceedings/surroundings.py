"""What the procedures of this room see of their city, and of the things of other rooms."""

from __future__ import annotations

from typing import Any

from xiuhua.flow import surroundings
from xiuhua.flow.model import State
from xiuhua.flow.surroundings import CityView
from xiuhua.flow.work import Work
from xiuhua.proceedings.ports import Beyond


class Surroundings(surroundings.Surroundings):
    """The view of one procedure; see `flow.model.Surroundings`."""

    def __init__(self, view: CityView, procedure: str, work: Work, beyond: Beyond) -> None:
        super().__init__(view, procedure, work)
        self._beyond = beyond

    def look_up(self, kind: str, code: str, state: State) -> dict[str, Any] | None:
        """What a field refers to, as expressions see it; None when there is no such thing."""
        if kind.startswith("ref:"):
            return self._beyond.record_by_key(self._work.tx, self._work.city, kind[4:], code)
        if kind in ("case", "report"):
            return self._beyond.subject(self._work.tx, self._work.city, kind, code)
        return super().look_up(kind, code, state)
