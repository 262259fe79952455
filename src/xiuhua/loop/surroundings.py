"""What the procedures of the loop see of their city: settings, things looked up, duties, organisations."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from xiuhua.city.areas.gazetteer import Gazetteer
from xiuhua.city.areas.index import AreaIndex
from xiuhua.city.categories.catalogue import Catalogue
from xiuhua.city.duties.matrix import DutyMatrix
from xiuhua.city.duties.model import KINDS, Asked, Won
from xiuhua.city.units.directory import Directory
from xiuhua.flow.clocks import Calendars
from xiuhua.flow.model import State
from xiuhua.flow.work import Work
from xiuhua.packs.procedure import Procedure
from xiuhua.platform.identity.model import Post


@dataclass(frozen=True, slots=True)
class CityView:
    """A city's reference data as one transaction sees it; compiled, shared between threads."""

    city: str
    zone: ZoneInfo
    day: date
    directory: Directory
    catalogue: Catalogue
    calendars: Calendars
    areas: AreaIndex
    gazetteer: Gazetteer
    duties: DutyMatrix
    procedures: Mapping[str, tuple[str, Procedure]]
    """Pack digest and procedure in force, by name."""
    settings: Mapping[str, Mapping[str, Any]]
    """Settings by procedure."""

    def duty_of(self, state: State, kind: str, at: int) -> str | None:
        """The unit that answers for a duty kind of a case; None for nobody or several."""
        question = next(one for one in asked(self, state, at) if one.kind == kind)
        answer = self.duties.resolve(question)
        return answer.unit if isinstance(answer, Won) else None


class Surroundings:
    """The view of one procedure; see `flow.model.Surroundings`."""

    def __init__(self, view: CityView, procedure: str, work: Work) -> None:
        self._view, self._work = view, work
        self.calendars = view.calendars
        self.settings: Mapping[str, Any] = view.settings[procedure]

    def look_up(self, kind: str, code: str, state: State) -> dict[str, Any] | None:
        """What a field refers to, as expressions see it; None when there is no such thing."""
        if kind.startswith("ref:"):  # of a register, which is a room beside this one: kept as it is told
            return {"key": code}
        look = getattr(self, f"_{kind}")
        return look(code, state)  # type: ignore[no-any-return]

    def _unit(self, code: str, _: State) -> dict[str, Any] | None:
        unit = self._view.directory.units.get(code)
        if unit is None:
            return None
        return {"code": code, "organisation": self._view.directory.organisation_of(code), "desk": unit.desk}

    def _person(self, code: str, _: State) -> dict[str, Any] | None:
        person = self._view.directory.people.get(code)
        if person is None:
            return None
        organisation = self._view.directory.organisation_of(person.unit) if person.unit else None
        return {"code": code, "unit": person.unit, "organisation": organisation}

    def _area(self, code: str, _: State) -> dict[str, Any] | None:
        return {"code": code} if code in self._view.areas else None

    def _category(self, code: str, _: State) -> dict[str, Any] | None:
        found = self._view.catalogue.get(code)
        return None if found is None else {"key": code, "standard": found.standard}

    def _filing_condition(self, code: str, state: State) -> dict[str, Any] | None:
        catalogue = self._view.catalogue
        condition = catalogue.get_condition(code, self._view.day)
        if condition is None:
            return None
        category = state["data"].get("category")
        return {
            "id": code,
            "fits": category is not None and condition.category in catalogue.family(category),
            "milestones": [one.to_json() for one in condition.milestones_on(self._view.day)],
        }

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

    def duties(self, state: State, at: int) -> dict[str, Any]:
        """The unit of each duty kind, with the reason; null where nobody or more than one answers."""
        answers = self._view.duties.resolve_batch(asked(self._view, state, at))
        return {
            kind: {"unit": answer.unit, "why": answer.why()} if isinstance(answer, Won) else None
            for kind, answer in zip(KINDS, answers, strict=True)
        }

    def organisation_of(self, post: Post) -> str | None:
        """The organisation of a post's unit."""
        return self._view.directory.organisation_of(post.unit) if post.unit else None

    def acts_for(self, post: Post, unit: str) -> str | None:
        """Whether a post is at a unit's desk or stands in for it."""
        return self._view.directory.acts_for(post, unit)


def asked(view: CityView, state: State, at: int) -> list[Asked]:
    """The four questions to the duty matrix that a case asks, in the order of `KINDS`."""
    data = state["data"]
    category = data["category"]
    mapped = tuple(key for key in view.catalogue.family(category) if key != category) if category else ()
    moment = datetime.fromtimestamp(at, UTC)
    return [
        Asked(
            kind, category or "", moment, tuple(data["scopes"]), mapped,
            segment=data.get("road_segment"), record=data.get("part"), owner=data.get("asset_owner"),
        )
        for kind in KINDS
    ]  # fmt: skip
