"""What comes in: how many reports in a span of time, from whom, about what, with which words. Pure."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta, tzinfo
from random import Random
from typing import Any, Final, Literal

from xiuhua.loop.model import Mandate, PlaceIn, Reporter, ReportIn
from xiuhua.loop.surroundings import CityView
from xiuhua.simulate.turn import OWNED, Plan

# Share of a day's reports by hour: little at night, most in the morning and late afternoon.
_HOURS: Final = (1, 1, 1, 1, 1, 2, 4, 8, 12, 13, 11, 8, 6, 7, 9, 10, 10, 9, 7, 6, 5, 4, 2, 1)
_WEEKEND: Final = 0.75
_RAW_SHARE: Final = 1.2
"""Reports per case: some are refused, answered, forwarded, joined."""


@dataclass(frozen=True, slots=True)
class Made:
    """A report, and what the simulation knows of it."""

    report: ReportIn
    plan: Plan


class Arrivals:
    """Draws reports from one source of chance."""

    def __init__(self, habits: Mapping[str, Any], random: Random, cases_per_day: int, zone: tzinfo) -> None:
        self._habits, self._random, self._per_day = habits, random, cases_per_day * _RAW_SHARE
        self._zone = zone
        self._number = 0
        self._stories: list[str] = list(habits["stories"])
        self._drawn: list[str] = []
        self._recent: list[tuple[int, str]] = []

    def number(self, now: datetime, span: timedelta) -> int:
        """How many reports come in the span that begins now."""
        local = now.astimezone(self._zone)
        share = _HOURS[local.hour] / sum(_HOURS) * span.total_seconds() / 3600
        mean = self._per_day * share * (_WEEKEND if local.weekday() >= 5 else 1)
        return self._poisson(mean)

    def made(self, view: CityView, now: datetime, number: int) -> list[Made]:
        """So many reports of this moment."""
        return [self._one(view, now) for _ in range(number)]

    def _poisson(self, mean: float) -> int:
        """Knuth's method; means here are small."""
        limit, product, number = math.exp(-mean), self._random.random(), 0
        while product > limit:
            product *= self._random.random()
            number += 1
        return number

    def _one(self, view: CityView, now: datetime) -> Made:
        habits, random = self._habits, self._random
        self._number += 1
        source = random.choices(list(habits["sources"]), list(habits["sources"].values()))[0]
        kind = "ours" if source in ("collector", "video") else random.choices(
            list(habits["kinds"]), list(habits["kinds"].values())
        )[0]  # fmt: skip
        matter = random.choices(habits["matters"], [one[1] for one in habits["matters"]])[0]
        story = self._story()
        if story in OWNED:
            source, kind = "upper_level", "ours"
        category, text = matter[0], random.choice(matter[2])
        grid = random.randrange(len(view.areas.grid_codes))
        if (kind == "twin" or story in ("merged", "unmerged")) and self._recent:
            grid, category = random.choice(self._recent[-4:])
        elif kind == "ours":
            self._recent.append((grid, category))
        if kind in ("question", "foreign", "nonsense"):
            text = random.choice(habits["questions" if kind == "question" else kind])
        self_handled = source == "collector" and (story == "self_rejected" or random.random() < 0.04)
        report = ReportIn(
            source=source,
            external_id=f"{source}-{self._number:07}",
            text=text,
            at=now - timedelta(minutes=random.randrange(0, 8)),
            place=self._place(view, grid, source, text),
            photos=(habits["photos"]["before"],) if source in ("collector", "video", "public") else (),
            photos_after=(habits["photos"]["after"],) if self_handled else (),
            reporter=self._reporter(source),
            question=kind == "question",
            self_handled=self_handled,
            mandate=self._mandate(source, now, story in OWNED),
        )
        return Made(report, Plan(story, kind, category))

    def _story(self) -> str:
        """Every story comes round, however short the run; in the shares of the habits."""
        if not self._drawn:
            rare = [name for name in self._stories if name != "plain"]
            self._random.shuffle(rare)
            self._drawn = rare
        if self._random.random() < 0.25:
            return self._drawn.pop()
        weights = self._habits["stories"]
        return self._random.choices(self._stories, list(weights.values()))[0]

    def _place(self, view: CityView, grid: int, source: str, text: str) -> PlaceIn:
        area = view.areas.area(view.areas.grid_codes[grid])
        if source in ("hotline_12345", "letter", "media") and self._random.random() < 0.7:
            road = self._random.choice(self._roads(view))
            parent = view.areas.area(area.parent).name if area.parent else area.name
            return PlaceIn(words=self._random.choice(self._habits["places"]).format(road=road, area=parent))
        west, south, east, north = area.geometry.bounds
        lon = self._random.uniform(west, east)
        lat = self._random.uniform(south, north)
        return PlaceIn(round(lon, 7), round(lat, 7), "wgs84")

    def _roads(self, view: CityView) -> Sequence[str]:
        return sorted({one.name for one in view.areas.areas("road_segment")})

    def _reporter(self, source: str) -> Reporter | None:
        if source not in ("hotline_12345", "public", "letter", "media"):
            return None
        name = self._random.choice(self._habits["surnames_public"]) + self._habits["somebody"]
        return Reporter(name, f"1390000{self._random.randrange(10_000):04}")

    def _mandate(self, source: str, now: datetime, owned: bool) -> Mandate | None:
        if source not in ("upper_level", "hotline_12345") or (self._random.random() < 0.4 and not owned):
            return None
        due = now + timedelta(days=self._random.randrange(3, 10))
        closes: Literal["owner", "us"] = "owner" if owned or self._random.random() < 0.7 else "us"
        return Mandate(self._habits["owner"], f"SJ{self._number:08}", due, now + timedelta(days=1), ("result",), closes)
