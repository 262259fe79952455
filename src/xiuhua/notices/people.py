"""Who a notice is for, and what its texts can name. Pure, over the city's compiled data."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from xiuhua.city.calendars.limits import moment
from xiuhua.flow.clock_run import ClockRun
from xiuhua.flow.model import State
from xiuhua.loop.surroundings import CityView
from xiuhua.notices.model import Words
from xiuhua.packs.notice import Recipient


class People:
    """Recipients in one city, each question answered once for a batch."""

    def __init__(self, view: CityView) -> None:
        self._view = view
        self._holders: dict[tuple[str, tuple[str, ...], str | None], tuple[str, ...]] = {}

    def of(
        self, recipients: Iterable[Recipient], data: Mapping[str, Any], waits: Sequence[Mapping[str, Any]],
        units: Sequence[str] = (),
    ) -> list[str]:  # fmt: skip
        """The people meant, each once; `waits` are those of the subject that count here, `units` answer for it."""
        found: dict[str, None] = {}
        scopes = tuple(data.get("scopes") or ())
        for one in recipients:
            if one.waiting:
                for wait in waits:
                    found |= dict.fromkeys(self._waiting(wait, scopes))
            elif one.person is not None:
                found |= dict.fromkeys([data[one.person]] if data.get(one.person) else ())
            elif one.duty:
                for unit in units:
                    found |= dict.fromkeys(self._at(str(one.role), unit))
            elif one.duty is False and units:
                continue
            elif one.unit is not None:
                found |= dict.fromkeys(self._at(str(one.role), data[one.unit]) if data.get(one.unit) else ())
            else:
                found |= dict.fromkeys(self._in(str(one.role), scopes, None))
        return [person for person in found if person in self._view.directory.people]

    def _waiting(self, wait: Mapping[str, Any], scopes: tuple[str, ...]) -> tuple[str, ...]:
        if wait.get("person"):
            return (str(wait["person"]),)
        if wait.get("unit"):
            return self._at(wait["role"], wait["unit"])
        return self._in(wait["role"], scopes, None)

    def _at(self, role: str, unit: str) -> tuple[str, ...]:
        """Those at the desk of a unit; of one that takes no part, those who stand in for it."""
        desk = self._view.directory.desk_of(unit)
        return (desk,) if desk in self._view.directory.people else self._in(role, (), desk)

    def _in(self, role: str, scopes: tuple[str, ...], unit: str | None) -> tuple[str, ...]:
        key = (role, scopes, unit)
        if key not in self._holders:
            self._holders[key] = self._view.directory.holders(role, scopes, unit)
        return self._holders[key]


def words_of(view: CityView, state: State, run: ClockRun | None = None, percent: int | None = None) -> Words:
    """What a text may name of a subject: numbers, codes' names, states, moments; nothing of a person."""
    data, procedure = state["data"], view.procedures.get(state["procedure"], (None, None))[1]
    words: dict[str, tuple[str, str]] = {"number": (state["number"] or "–",) * 2}
    if procedure is not None and (title := procedure.tracks["main"].states.get(state["state"])):
        words["state"] = (title.title.zh, title.title.en)
    if category := view.catalogue.get(data.get("category") or ""):
        words["category"] = (category.name, category.name_en or category.name)
    if unit := view.directory.units.get(data.get("unit") or ""):
        words["unit"] = (unit.name, unit.name_en or unit.name)
    if area := area_of(view, data.get("scopes") or ()):
        words["area"] = (area, area)
    if run is not None:
        spec = procedure.clocks.get(run.name.partition(".")[0]) if procedure else None
        words["clock"] = (spec.title.zh, spec.title.en) if spec and spec.title else (run.name,) * 2
        words["due"] = (local(view, run.due),) * 2
        words["percent"] = (str(percent if percent is not None else 100),) * 2
    return words


def local(view: CityView, at: int | datetime) -> str:
    """A moment on the bureau's clock."""
    when = moment(at) if isinstance(at, int) else at
    return f"{when.astimezone(view.zone):%Y-%m-%d %H:%M}"


def area_of(view: CityView, scopes: Sequence[str]) -> str | None:
    """The name of the place as people call it: its community, else its street, else what there is."""
    found = [view.areas.area(code) for code in scopes if code in view.areas]
    for kind in ("community", "street"):
        for one in found:
            if one.kind == kind:
                return one.name
    return found[0].name if found else None
