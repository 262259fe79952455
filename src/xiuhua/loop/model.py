"""What comes in, and what is told of it. Pure."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final, Literal

SOURCES: Final = (
    "collector", "hotline_12345", "public", "video", "sensor", "vehicle", "drone", "media", "letter", "leader",
    "upper_level", "unit",
)  # fmt: skip

MACHINES: Final = frozenset({"video", "sensor", "vehicle", "drone"})
"""Sources that tell the same again and again until it is mended."""

STRANGERS: Final = frozenset({"public", "hotline_12345", "media", "letter"})
"""Sources whose senders are not on duty: where their device was is nobody's business."""

LONGEST_TEXT: Final = 10_000
"""Characters of a report's text; longer ones are refused with their length, not cut."""


@dataclass(frozen=True, slots=True)
class Reporter:
    """Who reported; kept apart, masked, erasable."""

    name: str | None = None
    contact: str | None = None
    """Phone, e-mail or the id of an account elsewhere."""
    anonymous: bool = False


@dataclass(frozen=True, slots=True)
class PlaceIn:
    """Where, as given: a point with its datum, or words, or both."""

    lon: float | None = None
    lat: float | None = None
    datum: Literal["wgs84", "cgcs2000", "gcj02", "bd09"] = "wgs84"
    words: str | None = None
    unit_grid: str | None = None
    road_segment: str | None = None
    part: str | None = None
    """Id of the very thing (a manhole's code), when it is known."""


@dataclass(frozen=True, slots=True)
class MachineEvent:
    """What makes two messages of machines the same: while one is open, no other is made of it."""

    thing: str
    """What it is about: a device's or a registered thing's id."""
    kind: str
    """What happens to it: `full`, `tilted`, `no_power` …"""


@dataclass(frozen=True, slots=True)
class Mandate:
    """A case that belongs to another platform: what it demands of us."""

    owner: str
    number: str
    due: datetime | None = None
    return_until: datetime | None = None
    answer_fields: tuple[str, ...] = ()
    closes: Literal["owner", "us"] = "owner"


@dataclass(frozen=True, slots=True)
class ReportIn:
    """One message from one source: the same contract for HTTP, files and rules."""

    source: str
    external_id: str
    """The id in its source; a repeat of (source, external_id) changes nothing."""
    text: str
    at: datetime | None = None
    """When it was reported; default: when it came in."""
    place: PlaceIn | None = None
    photos: tuple[str, ...] = ()
    """Ids of media that were uploaded before."""
    reporter: Reporter | None = None
    tags: tuple[str, ...] = ()
    title: str | None = None
    category: str | None = None
    """Category key, where the source names one of ours."""
    question: bool = False
    self_handled: bool = False
    photos_after: tuple[str, ...] = ()
    mandate: Mandate | None = None
    machine: MachineEvent | None = None
    """Of machine sources: counted by thing and kind onto the open report instead of making another."""
    witness: dict[str, Any] | None = None
    """Place and time by the device, as `witness.WitnessForm.kept` gives them."""
    extra: dict[str, Any] = field(default_factory=dict)
    """Other columns of a file, kept as they came."""


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong with one report of a batch."""

    index: int
    """Position in the batch."""
    field: str
    why: str
    why_zh: str = ""


@dataclass(frozen=True, slots=True)
class Receipt:
    """What became of one report of a batch."""

    index: int
    external_id: str
    status: Literal["new", "unchanged", "rejected", "counted"]
    """`counted`: told by a machine of something that has an open report, whose id this has."""
    id: str | None = None
    problems: tuple[Problem, ...] = ()
