"""A report walked to its close through HTTP: each step by the person it waits for, each deadline worked out again."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final

from tests.acceptance.installation import STREET_CLEANING, Installation

from xiuhua.city.calendars.limits import thousandths
from xiuhua.city.units.directory import Directory
from xiuhua.loop.surroundings import CityView

LIMITS: Final[Mapping[str, tuple[str, str, str]]] = {
    "accept": ("intake_officer", "15", "urgent_minute"),
    "file": ("shift_leader", "15", "urgent_minute"),
    "dispatch": ("dispatcher", "15", "urgent_minute"),
    "receive": ("unit_officer", "2", "work_hour"),
    "send_check": ("intake_officer", "30", "urgent_minute"),
    "check": ("collector", "30", "work_minute"),
    "close": ("shift_leader", "60", "urgent_minute"),
}
"""Clock → whose calendar it follows, amount and kind of its limit, as the shipped pack sets them."""
MAIN_ROAD: Final = (
    "CaseAccepted", "CaseFiled", "Dispatched", "CaseReceived", "Assigned", "WorkFinished", "Reviewed", "HandedBack",
    "CheckAsked", "Checked", "CaseClosed",
)  # fmt: skip


BY: Final[Mapping[str, str]] = {
    "accept": "intake_officer", "file": "shift_leader", "dispatch": "dispatcher", "receive": "unit_officer",
    "assign": "unit_officer", "finish": "handler", "review": "unit_officer", "hand_back": "unit_officer",
    "send_check": "intake_officer", "report_check": "collector", "close": "shift_leader",
}  # fmt: skip
"""The ordinary road from a report to the close: action, and whose it is."""
ROAD: Final = (*BY, "")
BEFORE: Final[Mapping[str, str]] = {
    "received": "accept", "accepted": "file", "filed": "dispatch", "dispatched": "receive",
    "received_by_unit": "assign", "assigned": "finish", "finished": "review", "reviewed": "hand_back",
    "handed_back": "send_check", "checking": "report_check", "checked": "close", "closed": "",
}  # fmt: skip
"""The state in which an action is next."""
ORDINARY: Final[Mapping[str, Mapping[str, Any]]] = {
    "accept": {"category": STREET_CLEANING}, "dispatch": {"unit": "sanitation"}, "assign": {"squad": "cleaning-1"},
    "close": {"answer": "已处理"},
}  # fmt: skip


def taken_in(town: Installation, person: str = "intake_officer01", **given: Any) -> Walk:
    """A fresh report in the first grid of the district."""
    middle = town.view().areas.area(town.view().areas.grid_codes[0]).geometry.representative_point()
    return Walk(town, town.report(person, **{"place": {"lon": middle.x, "lat": middle.y}, **given}))


@dataclass(slots=True)
class Walk:
    """One report on its way."""

    town: Installation
    report: str
    case: str = ""
    steps: list[str] = field(default_factory=list)
    """Actions done, in order."""
    checked: int = 0
    """Deadlines that were worked out again."""

    @property
    def view(self) -> CityView:
        """The district's reference data."""
        return self.town.view()

    @property
    def scopes(self) -> list[str]:
        """The areas of the case, the smallest first."""
        kind, id_ = ("case", self.case) if self.case else ("report", self.report)
        return list(self.town.state(kind, id_)["data"]["scopes"])

    def seen(self, person: str) -> dict[str, Any]:
        """The case as a person sees it."""
        return dict(self.town.get(person, f"/api/cases/{self.case}"))

    # ---- the report

    def accept(self, place: Mapping[str, Any], category: str = STREET_CLEANING) -> None:
        """An intake officer places the report where it has no place, and accepts it."""
        town, officer = self.town, self.town.who("intake_officer")
        shown = town.get(officer, f"/api/reports/{self.report}")
        assert {"accept", "place"} <= {one["action"] for one in shown["actions"]}
        self._clocks(shown)
        if not self.scopes:
            town.does(officer, "report", self.report, "place", {"place": dict(place)})
        town.does(officer, "report", self.report, "accept", {"category": category})
        self.case = str(town.get(officer, f"/api/reports/{self.report}")["data"]["case"])

    # ---- the case

    def step(self, person: str, action: str, fields: dict[str, Any] | None = None, **more: Any) -> dict[str, Any]:
        """A person does what waits for them, is offered, and whose deadline is right."""
        [task] = [one for one in self.town.inbox(person, "case") if one["id"] == self.case]
        assert action in {one["action"] for one in task["actions"]}
        self._clocks(self.seen(person))
        self.steps.append(action)
        return self.town.does(person, "case", self.case, action, fields, **more)

    def file_and_dispatch(self) -> None:
        """The shift leader files by the first condition with a limit, the dispatcher sends it as the matrix says."""
        town, view = self.town, self.view
        leader, dispatcher = town.who("shift_leader", self.scopes), town.who("dispatcher", self.scopes)
        category = self.seen(leader)["data"]["category"]
        condition = next(one for one in view.catalogue.conditions(category, view.day) if one.milestones_on(view.day))
        self.step(leader, "file", {"filing_condition": condition.id})
        answers = self.seen(dispatcher)["duties"]["handle"]
        assert answers["why"]
        self.step(dispatcher, "dispatch", {"unit": answers["unit"]})

    def handle(self) -> None:
        """The unit receives, assigns to a squad if it has one, works, reviews and hands back."""
        unit = str(self.seen(self.town.who("dispatcher"))["data"]["unit"])
        officer, squad = self.town.who("unit_officer", unit=unit), _squad(self.view.directory, unit)
        self.step(officer, "receive")
        self.step(officer, "assign", {"squad": squad} if squad else {})
        worker = self.town.who("handler", unit=squad or unit)
        for stage in range(1, len(self.seen(officer)["data"]["limit"])):
            photos = [self.town.photo(worker, "stage")]
            self.step(worker, "prove_milestone", {"stage": stage, "photos": photos})
        self.step(worker, "finish", {"photos": [self.town.photo(worker)], "note": "清理完毕"})
        self.step(officer, "review")
        self.step(officer, "hand_back", {"note": "已清运"})

    def check(self, verdict: str = "done") -> None:
        """A collector of another organisation looks whether it is done."""
        collector = self.town.who("collector", self.scopes)
        directory, case = self.view.directory, self.seen(self.town.who("intake_officer"))
        assert directory.organisation_of(directory.person(collector).unit) != case["data"]["unit_organisation"]
        self.step(self.town.who("intake_officer"), "send_check", {"checker": collector})
        photos = [self.town.photo(collector, "check")]
        self.step(collector, "report_check", {"verdict": verdict, "photos": photos})

    def close(self, answer: str) -> None:
        """The shift leader closes, which answers the reporters."""
        self.step(self.town.who("shift_leader", self.scopes), "close", {"answer": answer})

    def to_the_close(self, place: Mapping[str, Any], answer: str) -> None:
        """All of it."""
        self.accept(place)
        self.file_and_dispatch()
        self.handle()
        self.check()
        self.close(answer)

    # ---- without looking on the way

    def do(self, person: str, action: str, fields: dict[str, Any] | None = None, **more: Any) -> None:
        """A person does the ordinary thing, with ordinary fields unless others are given."""
        kind, id_ = ("case", self.case) if self.case else ("report", self.report)
        given = fields if fields is not None else self._ordinary(person, action)
        self.town.does(person, kind, id_, action, given, **more)
        if action in ("accept", "join"):
            self.case = str(self.town.state("report", self.report)["data"]["case"])

    def _ordinary(self, person: str, action: str) -> dict[str, Any]:
        if action == "file":
            view = self.view
            category = self.town.state("case", self.case)["data"]["category"]
            conditions = view.catalogue.conditions(category, view.day)
            return {"filing_condition": next(one.id for one in conditions if one.milestones_on(view.day))}
        if action == "send_check":
            return {"checker": self.town.who("collector", self.scopes)}
        if action == "report_check":
            return {"verdict": "done", "photos": [self.town.photo(person, "check")]}
        return dict(ORDINARY.get(action, {}))

    def to_be(self, state: str) -> Walk:
        """Bring it so far, by the ordinary road."""
        for action in ROAD[: ROAD.index(BEFORE[state])]:
            self.do(self.person(action), action)
        return self

    def person(self, action: str) -> str:
        """Whose an action of the ordinary road is."""
        role = BY[action]
        return {"unit_officer": "officer-sanitation", "handler": "worker1-cleaning-1"}.get(role) or self.town.who(
            role, self.scopes
        )

    # ---- what is told

    def timeline(self, kind: str = "cases") -> list[dict[str, Any]]:
        """The timeline of the case or of the report."""
        id_ = self.case if kind == "cases" else self.report
        return list(self.town.get(self.town.who("shift_leader"), f"/api/{kind}/{id_}/events"))

    def _clocks(self, shown: Mapping[str, Any]) -> None:
        """Every running clock's deadline follows from the city's calendar and the limit alone."""
        view = self.view
        for clock in shown["clocks"]:
            limit = self._limit(shown, clock["name"])
            if clock["state"] == "running" and limit is not None:
                role, amount, kind = limit
                started = int(datetime.fromisoformat(clock["started"]).timestamp())
                due, _ = view.calendars.of_role(role).deadline_one(started, thousandths(amount), kind)
                assert datetime.fromisoformat(clock["due"]).timestamp() == due, clock["name"]
                self.checked += 1

    def _limit(self, shown: Mapping[str, Any], name: str) -> tuple[str, str, str] | None:
        clock, _, stage = name.partition(".")
        if clock == "handling":
            one = shown["data"]["limit"][int(stage) - 1 if stage else -1]
            return "handler", one["amount"], one["kind"]
        return LIMITS.get(clock)


def _squad(directory: Directory, unit: str) -> str | None:
    below = directory.descendants(unit)[1:]
    return next((one for one in below if directory.units[one].desk == "own"), None)
