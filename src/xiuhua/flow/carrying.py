"""What a phone carries along of the lines of business, part by part, so that it works without a network.

A room gives sources at the bootstrap. They are asked within the reader's transaction and tell only what the reader may
see; what they tell are JSON values, the same as long as nothing of it changes.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from xiuhua.platform.database import Tx
from xiuhua.platform.errors import NotFound
from xiuhua.platform.identity.model import Actor


@dataclass(frozen=True, slots=True)
class Spot:
    """Where the phone is: longitude and latitude, WGS-84."""

    lon: float
    lat: float


Source = Callable[[Tx, Actor, Spot | None], Mapping[str, Any]]


class Carrying:
    """All sources of a process, by part."""

    def __init__(self, parts: Mapping[str, Sequence[Source]]) -> None:
        self._parts = {name: tuple(sources) for name, sources in parts.items()}

    def part(self, tx: Tx, actor: Actor, name: str, spot: Spot | None = None) -> dict[str, Any]:
        """What the sources of a part tell, side by side. Raises `NotFound`."""
        if name not in self._parts:
            raise NotFound(f"there is no part {name[:40]!r}")
        return {key: value for source in self._parts[name] for key, value in source(tx, actor, spot).items()}
