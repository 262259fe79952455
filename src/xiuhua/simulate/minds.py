"""What the simulation knows of reports and cases and the platform does not: plans, links, what is open near."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Final

from xiuhua.flow.model import State
from xiuhua.flow.work import Work
from xiuhua.simulate.agenda import Due
from xiuhua.simulate.turn import Plan

_REMEMBERED_OPEN: Final = 200
_STILL_OPEN: Final = frozenset(
    {"accepted", "filed", "dispatched", "received", "assigned", "finished", "reviewed"}
)  # fmt: skip
_ANSWERS_SOON: Final = _STILL_OPEN - {"accepted"} | {"handed_back", "checking", "checked", "submitted", "noticed"}
"""States of a case from which its reports may be answered within the hour."""


class Minds:
    """Plans by subject, and which others an action on one may need."""

    def __init__(self) -> None:
        self.plans: dict[tuple[str, str], Plan] = {}
        self._state: dict[str, str] = {}
        self._cases: dict[tuple[str, str], tuple[str, ...]] = {}
        self._reports: dict[str, tuple[str, ...]] = {}
        self._open: dict[tuple[Any, Any], list[str]] = {}

    def plan_of(self, state: State) -> Plan:
        """The plan of a subject; that of a case is its first report's, of a part it depends on the whole."""
        key = (state["subject"], state["id"])
        found = self.plans.get(key)
        if found is None:
            data = state["data"]
            reports = data.get("reports") or ()
            first = self.plans.get(("report", reports[0])) if reports else None
            whole = self.plans.get(("case", data.get("parent") or ""))
            story = "reopened" if whole is not None and whole.story == "split_reopened" else "plain"
            found = self.plans[key] = first or Plan(story, category=data.get("category"))
        return found

    def note(self, kind: str, state: State) -> None:
        """A subject as it has become."""
        data, id_ = state["data"], state["id"]
        if kind == "report":
            self._cases[kind, id_] = (data["case"],) if data["case"] else ()
            return
        self._state[id_] = state["state"]
        parent = data.get("parent")
        self._cases[kind, id_] = (*((parent,) if parent else ()), *(data.get("parts") or ()))
        self._reports[id_] = tuple(data["reports"]) if state["state"] in _ANSWERS_SOON else ()
        if state["state"] in _STILL_OPEN:
            found = self._open.setdefault((data["unit_grid"], data["category"]), [])
            if id_ not in found:
                found.append(id_)
                del found[:-_REMEMBERED_OPEN]

    def load(self, work: Work, due: Iterable[Due]) -> None:
        """Read at once all that these will probably need: cases before reports."""
        cases: set[str] = set()
        reports: set[str] = set()
        for one in due:
            (cases if one.kind == "case" else reports).add(one.id)
            cases.update(self._cases.get((one.kind, one.id), ()))
            if one.kind == "case":
                reports.update(self._reports.get(one.id, ()))
        for case in list(cases):
            cases.update(self._cases.get(("case", case), ()))
        work.load("case", cases)
        work.load("report", reports)

    def near(self, state: State) -> str | None:
        """An open case of the same matter in the same grid: the newest."""
        data = state["data"]
        category = str(data["category"] or self.plan_of(state).category)
        found = self._open.get((data["unit_grid"], category), [])
        found[:] = [one for one in found if self._state[one] in _STILL_OPEN]
        return next((one for one in reversed(found) if one != state["id"]), None)
