"""What notices know of subjects that are no reports and cases; rooms that have some give them at the bootstrap."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

from xiuhua.loop.surroundings import CityView
from xiuhua.notices.model import Words
from xiuhua.platform.database import Tx
from xiuhua.platform.eventlog import Event


@dataclass(frozen=True, slots=True)
class Subject:
    """What a notice is about."""

    declared: str
    """What it is of, as `on` names it: the register."""
    number: str
    data: Mapping[str, Any]
    """With `scopes`: the areas around it."""
    words: Words
    units: Sequence[str] = field(default=())
    """Those that answer for it."""


class Subjects(Protocol):
    """The subjects of one kind of stream."""

    def of(self, tx: Tx, view: CityView, events: Sequence[Event]) -> Iterable[tuple[Event, Subject]]:
        """What some events are about, as it stands now; what is not to be told of is left out."""
