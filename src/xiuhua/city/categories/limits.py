"""Limits as standards word them, read into milestones and written back. Pure; the words are data.

What is not understood to the last character is not read at all: a limit guessed wrong would make every
deadline that hangs on it wrong.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cache

from xiuhua.city.categories.model import LimitKind, Milestone, Proof, Season, plain
from xiuhua.city.categories.words import Words, words

LONGEST = 3650
"""Largest amount that is taken for a limit."""
_NARROW = {0xFF01 + offset: 0x21 + offset for offset in range(94)}
"""Full-width forms only: a full normalisation would make the digit 1 of a circled list number."""


@dataclass(frozen=True, slots=True)
class PlainUnits:
    """What units mean that do not say whether they run at night; None: the source does not tell."""

    hour: LimitKind | None = None
    day: LimitKind | None = None


@dataclass(frozen=True, slots=True)
class Reading:
    """What came of one limit in words."""

    milestones: tuple[Milestone, ...] = ()
    stated: bool = True
    """False when the cell is empty or says that there is no limit."""
    unread: bool = False
    """True when words stand there that were not understood; then there are no milestones."""
    in_words: bool = False
    """True when more than an amount and a unit was read: a stage's title, a season."""
    plain_units: tuple[str, ...] = ()
    """Units in it that do not say whether they run at night, as spelled."""
    undated: tuple[str, ...] = ()
    """Seasons in it whose days are not known."""


@dataclass(slots=True)
class _Notes:
    in_words: bool = False
    plain_units: list[str] = field(default_factory=list)
    undated: list[str] = field(default_factory=list)


def read_limit(
    text: str, plain_units: PlainUnits | None = None, seasons: Mapping[str, Season] | None = None
) -> Reading:
    """Read a limit such as `2 urgent hours`, a staged or a seasonal one, in the standard's own words.

    `plain_units` says what a bare "hour" or "day" means in this source; where it does not, such a limit is
    left unread. `seasons` gives the days of seasons by name.
    """
    cleaned = re.sub(r"\s+", "", text.translate(_NARROW))
    if not cleaned or cleaned in words().no_limit:
        return Reading(stated=False)
    notes, milestones = _Notes(), []
    for stage in _split(cleaned):
        milestone = _read_stage(stage, plain_units or PlainUnits(), seasons or {}, notes)
        if milestone is None:
            return Reading(unread=True, plain_units=tuple(notes.plain_units))
        milestones.append(milestone)
    if not _told_apart(milestones):
        return Reading(unread=True, plain_units=tuple(notes.plain_units))
    return Reading(
        tuple(milestones),
        in_words=notes.in_words,
        plain_units=tuple(notes.plain_units),
        undated=tuple(notes.undated),
    )


def write_limit(milestones: Sequence[Milestone]) -> str:
    """The limit in the standard's words; `read_limit` reads it back, season days from its own argument."""
    known = words()
    unit = {kind: spelling for spelling, kind in reversed(known.units.items())}
    mark = {proof: spelling for spelling, proof in reversed(known.proof.items())}
    stages = []
    for one in milestones:
        season = one.season.name if one.season else ""
        proof = "" if one.proof is Proof.NONE else f"({mark[one.proof]})"
        stages.append(f"{season}{one.title}{plain(one.amount)}{unit[one.kind]}{proof}")
    return known.stages[0].join(stages)


def _split(text: str) -> list[str]:
    return re.split(_any_of(words().stages), text)


def _told_apart(milestones: Sequence[Milestone]) -> bool:
    """Whether each stage says what it is about; only the last may be the whole."""
    names = [(one.title, one.season) for one in milestones]
    return len(set(names)) == len(names) and all(title or season for title, season in names[:-1])


def _read_stage(stage: str, plain_units: PlainUnits, seasons: Mapping[str, Season], notes: _Notes) -> Milestone | None:
    match = _pattern(tuple(sorted(seasons))).fullmatch(stage)
    if match is None:
        return None
    kind = _kind(match["unit"], plain_units, notes)
    amount = _amount(match["amount"], words())
    titles = [title for title in (match["before"], match["after"]) if title]
    named = [name for name in (match["season"], match["season_after"]) if name]
    if kind is None or not 0 < amount <= LONGEST or len(titles) > 1 or len(named) > 1:
        return None
    season = _season(named[0] if named else None, seasons, notes)
    proof = words().proof[match["proof"]] if match["proof"] else Proof.NONE
    notes.in_words = notes.in_words or bool(titles) or season is not None
    return Milestone(amount, kind, titles[0] if titles else "", proof, season)


def _kind(unit: str, plain_units: PlainUnits, notes: _Notes) -> LimitKind | None:
    if (kind := words().units.get(unit)) is not None:
        return kind
    notes.plain_units.append(unit)
    return plain_units.hour if words().plain_units[unit] == "hour" else plain_units.day


def _season(name: str | None, seasons: Mapping[str, Season], notes: _Notes) -> Season | None:
    if not name:
        return None
    season = seasons.get(name, Season(name))
    if season.first is None:
        notes.undated.append(name)
    return season


def _amount(text: str, known: Words) -> Decimal:
    """Digits, or a Chinese numeral up to ninety-nine, or one half."""
    if text[0].isascii():
        return Decimal(text)
    if text == known.half:
        return Decimal("0.5")
    tens, ten, ones = text.rpartition(known.ten)
    high = (known.numerals[tens] if tens else 1) if ten else 0
    return Decimal(high * 10 + (known.numerals[ones] if ones else 0))


@cache
def _pattern(more_seasons: tuple[str, ...]) -> re.Pattern[str]:
    """One stage: season, what to do, amount, unit, again what to do, and a proof in brackets."""
    known = words()
    action = _any_of(known.actions)
    title = rf"{action}(?:{_any_of(known.joiners)}?{action})*"
    season = _any_of({*known.seasons, *more_seasons})
    ones = _any_of(known.numerals)
    numeral = f"{known.half}|{ones}?{known.ten}{ones}?|{ones}"
    return re.compile(
        rf"(?P<season>{season})?:?{_any_of(known.up_to)}?(?P<before>{title})?:?{_any_of(known.up_to)}?"
        rf"(?P<amount>[0-9]+(?:\.[0-9]{{1,3}})?|{numeral}){_any_of(known.counters)}?"
        rf"(?P<unit>{_any_of([*known.units, *known.plain_units])}){_any_of(known.within)}?"
        rf"(?P<after>{title})?(?:\((?P<season_after>{season})\))?(?:\((?P<proof>{_any_of(known.proof)})\))?"
    )


def _any_of(spellings: Iterable[str]) -> str:
    """A group that prefers the longest spelling, so that none hides behind another's beginning."""
    ordered = sorted(spellings, key=lambda one: (-len(one), one))
    return f"(?:{'|'.join(map(re.escape, ordered))})"
