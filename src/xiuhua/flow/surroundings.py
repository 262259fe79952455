"""What procedures see of their city: settings, things looked up, duties, organisations."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import partial
from typing import Any
from zoneinfo import ZoneInfo

from xiuhua.city.areas import service as areas
from xiuhua.city.areas.gazetteer import Gazetteer
from xiuhua.city.areas.index import AreaIndex
from xiuhua.city.calendars import service as calendars
from xiuhua.city.categories import service as categories
from xiuhua.city.categories.catalogue import Catalogue
from xiuhua.city.duties import service as duties
from xiuhua.city.duties.matrix import DutyMatrix
from xiuhua.city.duties.model import KINDS, Asked, Won
from xiuhua.city.units import service as units
from xiuhua.city.units.directory import Directory
from xiuhua.flow.clocks import Calendars
from xiuhua.flow.model import State
from xiuhua.flow.work import Work
from xiuhua.packs import service as packs
from xiuhua.packs.procedure import Procedure
from xiuhua.platform.database import Tx
from xiuhua.platform.identity.model import Post
from xiuhua.platform.revision import Memory


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


def view_of(tx: Tx, memory: Memory, city: str) -> CityView:
    """The city's reference data as this transaction sees it; each part is read again only when it changed."""
    seen = memory.at(tx, city)
    get = partial(seen.get, tx, city)
    zone: ZoneInfo = get("zone", units.time_zone)
    day = tx.now.astimezone(zone).date()
    return CityView(
        city=city,
        zone=zone,
        day=day,
        directory=get("units", units.load_directories).on(day),
        catalogue=get("categories", categories.load_catalogue),
        calendars=get("calendars", calendars.load_calendars),
        areas=areas.index_on(tx, seen, city, day),
        gazetteer=get(
            "gazetteer", lambda tx, city: Gazetteer(areas.index_on(tx, seen, city, day)), part=day.isoformat()
        ),
        duties=get("duties", duties.load_matrix),
        procedures=get("packs", packs.active_procedures),
        settings=get("settings", lambda tx, city: packs.all_settings(tx, city, day), part=day.isoformat()),
    )


class Surroundings:
    """The view of one procedure; see `flow.model.Surroundings`."""

    def __init__(self, view: CityView, procedure: str, work: Work) -> None:
        self._view, self._work = view, work
        self.calendars = view.calendars
        self.settings: Mapping[str, Any] = view.settings.get(procedure, {})

    def look_up(self, kind: str, code: str, state: State) -> dict[str, Any] | None:
        """What a field refers to, as expressions see it; None when there is no such thing."""
        if kind.startswith("ref:"):  # of a register, which is a room beside this one: kept as it is told
            return {"key": code}
        look: Callable[[str, State], dict[str, Any] | None] = getattr(self, f"_{kind}")
        return look(code, state)

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
    """The four questions to the duty matrix that a subject asks, in the order of `KINDS`."""
    data = state["data"]
    category = data.get("category")
    mapped = tuple(key for key in view.catalogue.family(category) if key != category) if category else ()
    moment = datetime.fromtimestamp(at, UTC)
    return [
        Asked(
            kind, category or "", moment, tuple(data.get("scopes") or ()), mapped,
            segment=data.get("road_segment"), record=data.get("part"), owner=data.get("asset_owner"),
        )
        for kind in KINDS
    ]  # fmt: skip
