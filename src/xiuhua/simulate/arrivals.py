"""What comes in: how many reports in an hour, from whom, about what, with which words. Pure."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta, tzinfo
from random import Random
from typing import Any, Final, Literal

from xiuhua.loop.model import Mandate, PlaceIn, Reporter, ReportIn
from xiuhua.loop.surroundings import CityView
from xiuhua.simulate.adversaries import Adversaries
from xiuhua.simulate.profile import Burst, Profile
from xiuhua.simulate.season import Calendar
from xiuhua.simulate.turn import OWNED, Plan

_TAKEN_FOR: Final = {"flooding": "twin", "wrong_places": "nonsense", "false_duplicates": "ours"}
"""What an intake officer who looks closely takes the reports of adversaries for."""


@dataclass(frozen=True, slots=True)
class Made:
    """A report, and what the simulation knows of it."""

    report: ReportIn
    plan: Plan


@dataclass(frozen=True, slots=True)
class Batch:
    """The reports of an hour, handed over together."""

    at: int
    drawn: list[Burst | None]
    """The burst that each belongs to."""
    bad: int
    """How many more come from adversaries."""


class Arrivals:
    """Draws reports from one source of chance."""

    def __init__(self, habits: Mapping[str, Any], random: Random, profile: Profile, zone: tzinfo) -> None:
        self._habits, self._random = habits, random
        self._calendar = Calendar(profile, zone)
        self._adversaries = Adversaries(profile.adversaries, habits)
        self._number = 0
        self._stories: list[str] = list(habits["stories"])
        self._drawn: list[str] = []
        self._recent: list[tuple[int, str]] = []
        self._roads: Sequence[str] = ()

    def batches(self, begin: datetime, end: datetime) -> list[Batch]:
        """What comes in each hour between two moments, in order of time; none for an hour without reports."""
        hours = (begin + timedelta(hours=n) for n in range((end - begin) // timedelta(hours=1)))
        return [batch for hour in hours if (batch := self._hour(hour)).drawn or batch.bad]

    def _hour(self, moment: datetime) -> Batch:
        usual, bursts = self._calendar.usual(moment), self._calendar.bursts(moment)
        less = sum(added for _, added in bursts if added < 0)
        drawn: list[Burst | None] = [None] * self._poisson(max(0.0, usual + less))
        for burst, added in bursts:
            drawn += [burst] * self._poisson(added)
        bad = self._adversaries.expected(self._calendar.day(moment)) * self._calendar.share_of_day(moment)
        within = timedelta(seconds=self._random.randrange(3600)) if drawn or bad else timedelta(0)
        return Batch(int((moment + within).timestamp()), drawn, self._poisson(bad))

    def made(self, view: CityView, now: datetime, batch: Batch) -> list[Made]:
        """The reports of this moment."""
        day, random = self._calendar.day(now), self._random
        found = [self._one(view, now, burst) for burst in batch.drawn]
        for _ in range(batch.bad):
            self._number += 1
            report, kind = self._adversaries.report(view, now, day, random, self._number)
            report = replace(report, reporter=report.reporter or self._reporter(report.source))
            found.append(Made(report, Plan(kind=_TAKEN_FOR[kind], category=report.category)))
        return found

    def _poisson(self, mean: float) -> int:
        """Knuth's method, in steps: large means would run out of the smallest float."""
        number = 0
        while mean > 0:
            step = min(mean, 30.0)
            limit, product = math.exp(-step), self._random.random()
            while product > limit:
                product *= self._random.random()
                number += 1
            mean -= step
        return number

    def _one(self, view: CityView, now: datetime, burst: Burst | None) -> Made:
        habits, random = self._habits, self._random
        self._number += 1
        sources = burst.sources if burst is not None and burst.sources else habits["sources"]
        source = random.choices(list(sources), list(sources.values()))[0]
        kind = "ours" if source in ("collector", "video") else random.choices(
            list(habits["kinds"]), list(habits["kinds"].values())
        )[0]  # fmt: skip
        matter = self._matter(burst)
        story = self._story()
        if story in OWNED:
            source, kind = "upper_level", "ours"
        elif story == "self_rejected":
            source, kind = "collector", "ours"
        category, text = matter[0], random.choice(matter[2])
        grid = random.randrange(len(view.areas.grid_codes))
        if (kind == "twin" or story in ("merged", "unmerged")) and self._recent:
            grid, category = random.choice(self._recent[-4:])
        elif kind == "ours":
            self._recent.append((grid, category))
            del self._recent[:-4]
        if kind in ("question", "foreign", "nonsense"):
            text = random.choice(habits["questions" if kind == "question" else kind])
        self_handled = source == "collector" and (story == "self_rejected" or random.random() < 0.04)
        report = ReportIn(
            source=source,
            external_id=f"{source}-{self._number:07}",
            text=text,
            at=now - timedelta(minutes=random.randrange(0, 8)),
            place=self._place(view, grid, source),
            photos=(habits["photos"]["before"],) if source in ("collector", "video", "public") else (),
            photos_after=(habits["photos"]["after"],) if self_handled else (),
            reporter=self._reporter(source),
            question=kind == "question",
            self_handled=self_handled,
            mandate=self._mandate(source, now, story in OWNED),
        )
        if kind == "ours" and report.place is not None and report.place.lon is not None:
            self._adversaries.look_at(report, category)
        return Made(report, Plan(story, kind, category))

    def _matter(self, burst: Burst | None) -> Sequence[Any]:
        matters = self._habits["matters"]
        if burst is None or not burst.categories:
            weights = [one[1] for one in matters]
        else:
            weights = [burst.categories.get(one[0], 0) for one in matters]
        chosen: Sequence[Any] = self._random.choices(matters, weights)[0]
        return chosen

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

    def _place(self, view: CityView, grid: int, source: str) -> PlaceIn:
        area = view.areas.area(view.areas.grid_codes[grid])
        if source in ("hotline_12345", "letter", "media") and self._random.random() < 0.7:
            self._roads = self._roads or sorted({one.name for one in view.areas.areas("road_segment")})
            parent = view.areas.area(area.parent).name if area.parent else area.name
            words = self._random.choice(self._habits["places"])
            return PlaceIn(words=words.format(road=self._random.choice(self._roads), area=parent))
        west, south, east, north = area.geometry.bounds
        lon = self._random.uniform(west, east)
        lat = self._random.uniform(south, north)
        return PlaceIn(round(lon, 7), round(lat, 7), "wgs84")

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
