"""What a table of facts is: its columns and their types, the moments by which it falls into periods. Pure."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final, Literal

from xiuhua.flow.model import State

Type = Literal["text", "texts", "int", "decimal", "bool", "date", "moment"]
"""`decimal` has 24 digits, six of them places; `moment` is epoch seconds; `texts` is a list."""
Anchor = Literal["reported", "filed", "due", "closed", "at"]
AREAS: Final = ("district", "street", "community", "duty_grid", "unit_grid", "road_segment")
"""Kinds of area that every fact with a place can be grouped by, the largest first."""
CITY: Final = "_city"
IDENTITY: Final = ("_id", "_part")
"""What tells facts of a table apart: the subject's id, and the part of it (empty where it has none)."""
KNOWN: Final = ("_version", "_known_from", "_known_until", "_weight")
"""Behind the columns of every fact: the subject's version by which it came to hold, or to hold no more; the known days
from which and before which it held; +1 where it came to hold, -1 where it held no more. No field of a pack has a name
that begins with `_`."""
MAIN: Final = ""


@dataclass(frozen=True, slots=True)
class Column:
    """One column, and how it is read from a subject's state (None: from what the table is about)."""

    name: str
    type: Type
    read: Callable[[State], Any] | None = None


@dataclass(frozen=True, slots=True)
class Table:
    """All facts of one sort."""

    key: str
    """`kind.name` or `kind.name.part`, e.g. `register.truck`, `subject.case.leg`; the folder of its files."""
    columns: tuple[Column, ...]
    anchors: Mapping[Anchor, str] = field(default_factory=dict)
    """Period rule → column of type date or moment."""
    counts_only: bool = False
    """Nobody sees its rows, only what they add up to."""
    counted: str | None = None
    """The column that a count adds up instead of 1: a counter-entry takes one away."""

    @property
    def name(self) -> str:
        """As packs name it: `truck`, `case.leg`."""
        return self.key.partition(".")[2]

    @property
    def part(self) -> str | None:
        """The part of the subject that it is about; None: the subject itself."""
        return self.name.partition(".")[2] or None

    @property
    def subject(self) -> str:
        """The name of the subject: `case` of `case.leg`."""
        return self.name.partition(".")[0]

    @property
    def types(self) -> dict[str, Type]:
        """Column → type."""
        return {one.name: one.type for one in self.columns}

    def day_of(self, anchor: Anchor) -> str | None:
        """The column that holds the local day of a period rule's moment; None where there is none."""
        name = self.anchors.get(anchor)
        return None if name is None else name if self.types[name] == "date" else day_column(name)


def day_column(moment: str) -> str:
    """The column of the local day of a moment."""
    return f"_{moment}_day"


def of_subject(subject: str, column: str) -> str:
    """A column of the subject as a table of its parts names it: `case_source`."""
    return f"{subject}_{column}"
