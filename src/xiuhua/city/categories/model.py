"""Categories of parts and matters, filing conditions and their limits, as plain values. Pure.

A category is known by standard, kind and code together: the same digits mean a part or a matter, and other
things in another standard. A time limit hangs on the filing condition, never on the category.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Any, NamedTuple


class Kind(StrEnum):
    """Part (a thing) or matter (something that happened); GB/T 30428.2 called a matter an event."""

    PART = "part"
    MATTER = "matter"


class Status(StrEnum):
    """Whether the standard that a category belongs to is the one in force."""

    IN_FORCE = "in_force"
    SUPERSEDED = "superseded"


class Trust(StrEnum):
    """How sure a row is: read in a public file, in a city's document, on a page; inferred; recalled."""

    PUBLIC_FILE = "G"
    CITY_DOCUMENT = "C"
    PAGE = "P"
    INFERRED = "I"
    RECALLED = "R"


class How(StrEnum):
    """What became of a category in the newer standard. `unsure` is a candidate and is never followed."""

    SAME_POSITION = "same_position"
    RENAMED = "renamed"
    MOVED = "moved"
    DROPPED = "dropped"
    UNSURE = "unsure"


class LimitKind(StrEnum):
    """What a limit counts in: urgent and calendar ones run day and night, the others follow a calendar."""

    URGENT_HOUR = "urgent_hour"
    URGENT_DAY = "urgent_day"
    WORK_HOUR = "work_hour"
    WORK_DAY = "work_day"
    CALENDAR_DAY = "calendar_day"


class Proof(StrEnum):
    """What shows that a milestone was kept."""

    NONE = "none"
    PHOTO = "photo"
    TEXT = "text"


class AreaClass(StrEnum):
    """Management level of a place; one condition may have another limit in each."""

    A = "A"
    B = "B"
    C = "C"


class FlagCode(StrEnum):
    """Why a person should look at a condition that was imported."""

    COLUMNS_DISAGREE = "columns_disagree"
    LIMIT_IN_WORDS = "limit_in_words"
    LIMIT_UNREAD = "limit_unread"
    NO_LIMIT = "no_limit"
    UNIT_MISSING = "unit_missing"
    SEASON_UNDATED = "season_undated"
    CLOSING_MISSING = "closing_missing"
    CLOSING_BY_SEASON = "closing_by_season"
    LOCAL_EXTENSION = "local_extension"
    CATEGORY_UNKNOWN = "category_unknown"
    NAME_DIFFERS = "name_differs"


class Key(NamedTuple):
    """What names a category, as text `<standard>/<kind>/<code>`, e.g. `GB/T 47678.5/matter/08014`."""

    standard: str
    kind: Kind
    code: str

    @property
    def text(self) -> str:
        """The key as it is written everywhere outside this room."""
        return f"{self.standard}/{self.kind}/{self.code}"


_KEY = re.compile(r"(?P<standard>[^\s/].*)/(?P<kind>part|matter)/(?P<code>\d{4,6})")


def parse_key(text: str) -> Key | None:
    """Read a key's text; None when it has not the form `<standard>/<part|matter>/<code>`."""
    match = _KEY.fullmatch(text)
    return Key(match["standard"], Kind(match["kind"]), match["code"]) if match else None


@dataclass(frozen=True, slots=True)
class Category:
    """One row of one standard's catalogue."""

    standard: str
    kind: Kind
    code: str
    name: str
    class_code: str
    class_name: str
    name_en: str = ""
    class_name_en: str = ""
    kind_word: str = ""
    """The standard's own word for the kind, which changed from standard to standard."""
    also: tuple[str, ...] = ()
    """Other names under which cities list the same code."""
    of: str = ""
    """For a matter that is the fault of a part: that part's code in the same standard."""
    status: Status = Status.IN_FORCE
    valid_from: date | None = None
    """First day the standard was in force; None where no source says."""
    valid_to: date | None = None
    source: str = ""
    trust: Trust = Trust.RECALLED

    @property
    def key(self) -> str:
        """The key's text."""
        return Key(self.standard, self.kind, self.code).text


@dataclass(frozen=True, slots=True)
class CodeMapping:
    """What an older category became."""

    old: str
    new: str
    """Empty when it was dropped."""
    how: How
    trust: Trust
    note: str = ""

    @property
    def followed(self) -> bool:
        """Whether `Catalogue.newest` goes this way by itself."""
        return bool(self.new) and self.how is not How.UNSURE


@dataclass(frozen=True, slots=True)
class CategoryClass:
    """One class of one standard, with the number of categories in it."""

    standard: str
    kind: Kind
    code: str
    name: str
    name_en: str
    size: int


@dataclass(frozen=True, slots=True)
class Season:
    """A part of the year; without days it is known by name only, and nothing may be computed from it."""

    name: str
    first: tuple[int, int] | None = None
    """Month and day it begins."""
    last: tuple[int, int] | None = None
    """Month and day of its last day, before `first` when it runs over the new year; 28 Feb holds the 29th."""

    def covers(self, day: date) -> bool | None:
        """Whether a day lies in it; None when its days are not known."""
        if self.first is None or self.last is None:
            return None
        here = (day.month, day.day)
        last = (2, 29) if self.last == (2, 28) else self.last
        if self.first <= last:
            return self.first <= here <= last
        return here >= self.first or here <= last


@dataclass(frozen=True, slots=True)
class Milestone:
    """One stage of a limit. Every milestone counts from the start of the clock, not from the one before."""

    amount: Decimal
    kind: LimitKind
    title: str = ""
    """What must be done by then, as the standard words it; empty: the whole."""
    proof: Proof = Proof.NONE
    season: Season | None = None

    def limit(self) -> dict[str, str]:
        """The limit as clocks take it: `{"amount": "2", "kind": "work_hour"}`."""
        return {"amount": plain(self.amount), "kind": self.kind.value}

    def to_json(self) -> dict[str, Any]:
        """JSON values; empty parts are left out."""
        made: dict[str, Any] = dict(self.limit())
        if self.title:
            made["title"] = self.title
        if self.proof is not Proof.NONE:
            made["proof"] = self.proof.value
        if self.season is not None:
            season: dict[str, Any] = {"name": self.season.name}
            if self.season.first and self.season.last:
                season |= {"first": list(self.season.first), "last": list(self.season.last)}
            made["season"] = season
        return made

    @classmethod
    def from_json(cls, value: Mapping[str, Any]) -> Milestone:
        """What `to_json` made."""
        season = value.get("season")
        if season is not None:
            first, last = season.get("first"), season.get("last")
            season = Season(season["name"], first and tuple(first), last and tuple(last))
        proof = Proof(value.get("proof", Proof.NONE))
        amount, kind = Decimal(value["amount"]), LimitKind(value["kind"])
        return cls(amount, kind, value.get("title", ""), proof, season)


def plain(amount: Decimal) -> str:
    """A decimal without exponent or trailing zeros."""
    text = f"{amount:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


@dataclass(frozen=True, slots=True)
class Flag:
    """Something a person should look at."""

    code: FlagCode
    field: str
    """Which field of the imported row it is about."""
    text: str


@dataclass(frozen=True, slots=True)
class FilingCondition:
    """When something counts as a case, by when it must be done, and when it is done: one version of it."""

    id: str
    """`<set>/<kind>/<code>/<n>`, with the area class behind `n` when there is one."""
    standard_set: str
    category: str
    """Key of the category in the codes the set is written in."""
    text: str
    milestones: tuple[Milestone, ...]
    """Empty when the set gives no limit or words that could not be read (then flagged)."""
    closing: str
    limit_text: str = ""
    """The limit in the words of the source."""
    area_class: AreaClass | None = None
    """None: the same everywhere."""
    by_notice: bool = False
    """The set itself allows closing by notice here."""
    flags: tuple[Flag, ...] = ()
    source: str = ""
    valid_from: date = date.min
    valid_to: date | None = None
    """Last day inclusive; None: open."""
    version: int = 1
    mapped: str = ""
    """Key of the newest category that `category` became; empty when that is itself."""

    def valid_on(self, day: date) -> bool:
        """Whether this version holds on a day."""
        return self.valid_from <= day and (self.valid_to is None or day <= self.valid_to)

    def milestones_on(self, day: date) -> tuple[Milestone, ...]:
        """The milestones that run for a case filed on a day: those of another season are left out.

        A season without known days is not left out: the stricter reading, until someone enters its days.
        """
        return tuple(one for one in self.milestones if one.season is None or one.season.covers(day) is not False)
