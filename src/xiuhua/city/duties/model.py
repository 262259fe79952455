"""Duty rows: who answers for what, where, when, on whose property; which row is more specific. Pure.

Places, the most specific first: a single record, one side of a road segment, a road segment, a contract
section, then areas from the unit grid up to the city, then everywhere. Then the category: itself, a mapped
code of another standard, a group, a class (the longest first), all parts or matters of a standard, `*`.
Then a row with a time band before one without, then one with an asset owner before one without. What comes
first in this list decides; only rows that are equal in all four can be a tie.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Final, Literal, NamedTuple

from xiuhua.city.units.bands import is_written_out, week_of

DutyKind = Literal["regulate", "handle", "enforce", "maintain"]
KINDS: Final[tuple[DutyKind, ...]] = ("regulate", "handle", "enforce", "maintain")

PLACE_KINDS: Final = (
    "record", "road_segment", "section",
    "unit_grid", "duty_grid", "community", "street", "district", "city", "everywhere",
)  # fmt: skip
AREA_KINDS: Final = frozenset(PLACE_KINDS[3:9])
SIDES: Final = ("L", "R", "both")
PLACE_RANKS: Final[Mapping[str, int]] = {kind: 2 * place + 1 for place, kind in enumerate(PLACE_KINDS)}
"""Rank of a place, the smallest is the most specific; one side of a segment stands just before it."""

NOBODY: Final = "-"
"""In a row's unit: by this source nobody has this duty here (nobody maintains a street trader)."""
EVERYTHING: Final = "*"
GROUP: Final = "group:"
MAINTAINER_ANSWERS: Final = frozenset({"maintain", "handle"})
"""Kinds that a part's own maintainer answers for; regulating and enforcing never pass to a maintainer."""


@dataclass(frozen=True, slots=True)
class DutyRow:
    """One line of the duty matrix."""

    kind: str
    category: str
    """A category key, a class (`<standard>/<part|matter>/<first digits>`), all parts or matters of a standard
    (`<standard>/<part|matter>`), `group:<name>`, or `*`."""
    place_kind: str
    place: str
    """Area code, road segment code, contract section code or record id; `*` for everywhere."""
    unit: str
    """Unit code; `-` when nobody is to answer, by rule."""
    valid_from: date
    side: str = ""
    """`L`, `R` or `both` of a road segment in its direction; empty is both."""
    time_band: str = ""
    """Name of a band, or its hours; empty is always."""
    owner: str = ""
    """Asset owner's code; empty is any."""
    source: str = ""
    """Number of the document that says so."""
    source_case: str = ""
    """The case whose adjudication made this row."""
    valid_to: date | None = None
    draft: str = ""
    """Name of the draft it belongs to; empty: in force."""
    id: int = field(default=0, compare=False)
    """Number within the bureau, kept through corrections and closing; 0 until it is kept."""

    @property
    def one_side(self) -> str:
        """`L` or `R` when the row is for one side only."""
        return self.side if self.side in {"L", "R"} else ""

    @property
    def place_rank(self) -> int:
        """Rank of its place; an unknown kind of place ranks last."""
        return PLACE_RANKS.get(self.place_kind, 2 * len(PLACE_KINDS)) - bool(self.one_side)

    def token(self) -> str:
        """The place as the matrix looks it up."""
        return place_token(self.place_kind, self.place, self.one_side)

    def selector(self) -> tuple[str, ...]:
        """What makes two rows speak of the same thing, whoever the unit is."""
        side = self.one_side
        return (
            self.draft,
            self.kind,
            self.category,
            self.place_kind,
            self.place,
            side,
            self.time_band,
            self.owner,
        )


@dataclass(frozen=True, slots=True)
class CategoryGroup:
    """A named group of categories; `members` are category keys and classes."""

    code: str
    name: str
    members: tuple[str, ...]
    valid_from: date
    valid_to: date | None = None


@dataclass(frozen=True, slots=True)
class Contract:
    """What a contractor has undertaken, as far as duties need it."""

    code: str
    name: str
    unit: str
    """The contractor."""
    valid_from: date
    source: str = ""
    valid_to: date | None = None


@dataclass(frozen=True, slots=True)
class Section:
    """A contract section: areas and road segments that one contract covers."""

    code: str
    name: str
    contract: str
    places: tuple[str, ...]
    """Area codes and road segment codes, a segment with `/L` or `/R` for one side."""
    valid_from: date
    valid_to: date | None = None


@dataclass(frozen=True, slots=True)
class Asked:
    """One question to the matrix: who answers for this kind of duty, for this, here and then?"""

    kind: str
    category: str
    at: datetime
    """Aware; the day and the hour are taken on the bureau's own clock."""
    scopes: tuple[str, ...] = ()
    """Codes of every area that holds the place, in any order."""
    mapped: tuple[str, ...] = ()
    """The same category's keys in other standards, the nearest first."""
    segment: str | None = None
    side: str | None = None
    sections: tuple[str, ...] = ()
    """Contract sections known besides those that follow from areas and segment."""
    record: str | None = None
    maintainer: str | None = None
    """The record's own maintainer, when the case is about the record itself and the unit stands."""
    owner: str | None = None


class Won(NamedTuple):
    """One unit answers."""

    unit: str
    row: DutyRow | None
    """None: the record's own maintainer."""
    selected: str
    """What of the category the row named: see `CATEGORY_WORDS`; `maintainer` without a row."""

    def why(self) -> dict[str, str]:
        """The explanation as data; empty parts are left out."""
        if self.row is None:
            return {"by": "maintainer", "unit": self.unit}
        row = self.row
        parts = {
            "by": "row", "row": str(row.id), "unit": row.unit, "category_by": self.selected,
            "category": row.category, "place_kind": row.place_kind, "place": row.place, "side": row.one_side,
            "time_band": row.time_band, "owner": row.owner, "source": row.source, "case": row.source_case,
            "draft": row.draft,
        }  # fmt: skip
        return {name: part for name, part in parts.items() if part}


class Gap(NamedTuple):
    """Nobody answers; with a row, by rule."""

    row: DutyRow | None = None


class Tie(NamedTuple):
    """Several units answer alike: an error of the matrix, with the rows that quarrel."""

    rows: tuple[DutyRow, ...]


Answer = Won | Gap | Tie
CATEGORY_WORDS: Final = ("category", "mapped", "group", "class", "mapped_class", "kind", "mapped_kind", "all")
"""How a row may name a category, the most specific first."""


def place_token(place_kind: str, place: str, side: str = "") -> str:
    """A place as one text; areas are their code, since a code is one area only."""
    if place_kind in AREA_KINDS:
        return place
    return f"{place_kind}:{place}/{side}" if side else f"{place_kind}:{place}"


def split_category(key: str) -> tuple[str, str]:
    """`GB/T 47678.5/matter/08014` → (`GB/T 47678.5/matter`, `08014`)."""
    head, _, code = key.rpartition("/")
    return head, code


def band_week(row: DutyRow, bands: Mapping[str, str]) -> bytes | None:
    """The minutes of the week that a row's band holds; None when it has none.

    `bands` gives the hours of the named bands of one day. Raises KeyError or ValueError for what is no band.
    """
    if not row.time_band:
        return None
    return week_of(row.time_band if is_written_out(row.time_band) else bands[row.time_band])
