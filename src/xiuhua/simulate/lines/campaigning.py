"""Campaigns of the fictional district, from their first day to their summary, and results that others decide."""

from __future__ import annotations

from datetime import date, timedelta
from functools import partial
from typing import Final

from xiuhua.checks import query as inspections
from xiuhua.checks.query import InspectionFilter
from xiuhua.checks.service import Checks
from xiuhua.flow.model import State
from xiuhua.plans import results
from xiuhua.plans.campaigns import Campaigns
from xiuhua.plans.forms import CampaignForm, ResultForm
from xiuhua.platform.identity.model import system
from xiuhua.proceedings import query as proceedings
from xiuhua.proceedings.query import Wanted
from xiuhua.simulate.lines.shape import Campaign, Line, Result
from xiuhua.simulate.lines.world import World

_POSTED_EVERY: Final = 4
"""Days between two lines of a campaign's log."""
_MOST: Final = 1000
_LEADS: Final = "leader"
_KEEPS: Final = "appraiser"


class Campaigning:
    """The campaigns and results of all lines."""

    def __init__(self, world: World, lines: list[Line]) -> None:
        self._world = world
        self._told = [one for line in lines for one in line.campaigns]
        self._results = [one for line in lines for one in line.results]
        self._service = world.services.port(Campaigns)

    def resume(self) -> None:
        """Campaigns that are open go on."""
        world = self._world
        for state, _, _ in self._service.page(world.tx, world.city, ("open",), None, _MOST):
            told = next((one for one in self._told if _is_of(one, state)), None)
            if told is not None:
                self._go_on(told, state)

    def day(self, nth: int) -> None:
        """What begins or is decided today."""
        world = self._world
        for told in self._told:
            if world.falls_on(told.when, nth):
                world.plan(world.within(told.when.hours), partial(self._open, told))
        for result in self._results:
            if world.falls_on(result.when, nth):
                world.plan(world.within(result.when.hours), partial(self._keep, result))

    # ---- campaigns

    def _open(self, told: Campaign) -> None:
        world, by = self._world, self._world.anyone(_LEADS)
        if by is None:
            return
        form = CampaignForm(
            title=world.drawn(told.title), first=world.day, last=world.day + timedelta(days=told.days - 1),
            units=told.units, kinds=told.kinds, categories=told.categories,
            goals=[one.model_dump() for one in told.goals],
        )  # fmt: skip
        state, _ = self._service.open(world.tx, by, form.given())
        world.done["campaign opened"] += 1
        self._go_on(told, state)

    def _go_on(self, told: Campaign, state: State) -> None:
        """Lines of its log and what is linked, every few days; its end on the last."""
        world, id_ = self._world, state["id"]
        left = (date.fromisoformat(state["data"]["last"]) - world.day).days
        for days in range(1, left, _POSTED_EVERY):
            world.plan(world.within([15, 18], days), partial(self._post, told, id_))
        world.plan(world.within([17, 18], max(0, left)), partial(self._close, told, id_))

    def _post(self, told: Campaign, id_: str) -> None:
        world, by = self._world, self._world.anyone(_LEADS)
        if by is None:
            return
        self._service.post(world.tx, by, id_, world.drawn(told.posts), [world.photo("after")])
        for kind in told.links:
            if (found := self._newest(kind)) is not None:
                self._service.link(world.tx, by, id_, kind, found)
        world.done["campaign told of"] += 1

    def _newest(self, kind: str) -> str | None:
        world, everyone = self._world, system(self._world.city)
        if kind == "proceeding":
            rows = proceedings.page(world.tx, world.view, everyone, Wanted(), "newest", None, 1)
        else:
            sight = world.services.port(Checks).sight(world.tx, everyone)
            rows = inspections.page(world.tx, world.city, everyone.id, InspectionFilter(), sight, None, 1)
        return str(rows[0].id) if rows else None

    def _close(self, told: Campaign, id_: str) -> None:
        world, by = self._world, self._world.anyone(_LEADS)
        if by is not None:
            self._service.close(world.tx, by, id_, world.drawn(told.summary), None)
            world.done["campaign closed"] += 1

    # ---- results of others

    def _keep(self, told: Result) -> None:
        world, by = self._world, self._world.anyone(_KEEPS)
        if by is None:
            return
        last = world.day - timedelta(days=1)
        form = ResultForm(
            title=world.drawn(told.title), issuer=world.drawn(told.issuer), first=last - timedelta(days=told.days - 1),
            last=last, level=told.level, about=world.drawn(told.about), value=world.drawn(told.value), unit=told.unit,
            rank=world.chance.randint(*told.rank) if told.rank else None, of=told.of,
        )  # fmt: skip
        results.keep(world.tx, by, form.given())
        world.done["result kept"] += 1


def _is_of(told: Campaign, state: State) -> bool:
    data = state["data"]
    return all(data.get(name) == getattr(told, name) for name in ("kinds", "units", "categories"))
