"""The file of one thing (一物一档): what rooms have to say of a record, section by section.

A room gives a source at the bootstrap. Sources are asked in order, within the reader's transaction, and tell only what
the reader may see; a source that has nothing to say of a thing gives nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from xiuhua.platform.database import Tx
from xiuhua.platform.identity.model import Actor

Said = Mapping[str, str]
"""A text in both languages: `zh`, `en`."""


@dataclass(frozen=True, slots=True)
class Thing:
    """The record that is asked about."""

    city: str
    register: str
    id: str
    key: str
    place: tuple[float, float] | None
    """Longitude and latitude, WGS-84."""
    part_code: str | None
    """Its code as a part of the city, where it has one (GB/T 30428.2: 16 or 17 digits)."""
    data: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Line:
    """One entry of a section."""

    text: Said
    note: Said | None = None
    """Said beside it: a state, an amount."""
    at: datetime | None = None
    link: str | None = None
    """Address within the console."""


@dataclass(frozen=True, slots=True)
class Section:
    """What one source has to say."""

    name: str
    title: Said
    lines: Sequence[Line]
    count: int | None = None
    """How many there are, where it is known; the lines may be fewer."""
    more: str | None = None
    """Address within the console of all of them."""
    note: Said | None = None
    """What they add up to."""


Source = Callable[[Tx, Actor, Thing], Iterable[Section]]


class Dossier:
    """All sources of a process."""

    def __init__(self, sources: Sequence[Source]) -> None:
        self._sources = tuple(sources)

    def sections(self, tx: Tx, actor: Actor, thing: Thing) -> list[Section]:
        """Everything there is to say of a thing, in the order of the sources."""
        return [section for source in self._sources for section in source(tx, actor, thing) if section.lines]
