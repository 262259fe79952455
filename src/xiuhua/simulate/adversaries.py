"""Reports of those who do not mean well: floods, places outside the city, false duplicates. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from random import Random
from typing import Any, Final

from xiuhua.loop.model import PlaceIn, Reporter, ReportIn
from xiuhua.loop.surroundings import CityView
from xiuhua.simulate.profile import Adversary

FLOODER: Final = "13900009999"
"""The number that floods come from."""
_OUTSIDE_DEGREES: Final = 0.2
_IN_SIGHT: Final = 20


class Adversaries:
    """Draws from the chance it is given; remembers a few honest reports, to imitate them."""

    def __init__(self, told: Sequence[Adversary], habits: Mapping[str, Any]) -> None:
        self._told, self._habits = told, habits
        self._seen: list[tuple[ReportIn, str]] = []
        self._flood: tuple[str, PlaceIn] | None = None
        self._turn = 0

    def expected(self, day: date) -> int:
        """Bad reports expected on a day."""
        return sum(one.per_day for one in self._told if one.days.holds(day.isoformat()))

    def look_at(self, report: ReportIn, category: str) -> None:
        """An honest report with a point, which may be imitated."""
        if self._told:
            self._seen.append((report, category))
            del self._seen[:-_IN_SIGHT]

    def report(self, view: CityView, now: datetime, day: date, random: Random, number: int) -> tuple[ReportIn, str]:
        """One bad report of a day, and which kind it is."""
        at_it = [one for one in self._told if one.days.holds(day.isoformat())]
        one = random.choices(at_it, [each.per_day for each in at_it])[0]
        if one.kind == "wrong_places":
            text, place = self._matter(random)[2][0], self._outside(view, random)
        elif one.kind == "flooding" or not self._seen:
            text, place = self._flooding(view, random)
        else:
            text, place = self._imitation(one, view, random)
        reporter = Reporter(self._habits["somebody"], FLOODER) if one.kind == "flooding" else None
        photos = (self._habits["photos"]["before"],) if one.source in ("collector", "video", "public") else ()
        report = ReportIn(
            source=one.source, external_id=f"{one.kind}-{number:07}", text=text, at=now, place=place, photos=photos,
            reporter=reporter, category=self._category(text),
        )  # fmt: skip
        return report, one.kind

    def _flooding(self, view: CityView, random: Random) -> tuple[str, PlaceIn]:
        """The same words about the same place, every time."""
        if self._flood is None:
            self._flood = (random.choice(self._matter(random)[2]), _within(view, random))
        return self._flood

    def _imitation(self, told: Adversary, view: CityView, random: Random) -> tuple[str, PlaceIn]:
        """What an honest one said about elsewhere, or another matter at its very place."""
        honest, category = random.choice(self._seen)
        self._turn += 1
        ways = ("same_place_other_matter", "same_text_other_place")
        if (told.way or ways[self._turn % 2]) == "same_text_other_place" or honest.place is None:
            return honest.text, _within(view, random)
        others = [one for one in self._habits["matters"] if one[0] != category]
        return random.choice(random.choice(others)[2]), honest.place

    def _matter(self, random: Random) -> Sequence[Any]:
        return random.choice(self._habits["matters"])

    def _category(self, text: str) -> str | None:
        return next((one[0] for one in self._habits["matters"] if text in one[2]), None)

    def _outside(self, view: CityView, random: Random) -> PlaceIn:
        """Beside the city, or with longitude and latitude in each other's place, in turn."""
        west, _, _, north = view.areas.area(view.city).geometry.bounds
        lon, lat = round(west - 0.05 - random.random() * _OUTSIDE_DEGREES, 7), round(north, 7)
        self._turn += 1
        return PlaceIn(lat, lon, "wgs84") if self._turn % 2 else PlaceIn(lon, lat, "wgs84")


def _within(view: CityView, random: Random) -> PlaceIn:
    code = view.areas.grid_codes[random.randrange(len(view.areas.grid_codes))]
    middle = view.areas.area(code).geometry.representative_point()
    return PlaceIn(round(middle.x, 7), round(middle.y, 7), "wgs84")
