"""How a unit behaves in the lines of business: the manner it has in the play, and a little of its own."""

from __future__ import annotations

from random import Random
from typing import Literal

from xiuhua.flow.surroundings import CityView
from xiuhua.simulate.attention import Units
from xiuhua.simulate.words import read

What = Literal["misses", "enters_late", "fails", "late", "never", "not_really"]
"""Of a hundred: what nobody gets to; entries written down days later; items that fail; what is put right late, never,
or only said to be."""
_OWN_PERCENT = (50, 150)
"""Of what its manner says."""


class Manners:
    """Shares by unit or person."""

    def __init__(self, units: Units, seed: int) -> None:
        self._units, self._seed = units, seed
        self._own: dict[str, int] = {}

    def percent(self, view: CityView, who: str | None, what: What) -> int:
        """So often, of a hundred, for a unit, or a person (whose unit's manner it is); for nobody the ordinary."""
        person = view.directory.people.get(who or "")
        manner = self._units.manner(view, person.unit if person is not None else who)
        usual: int = read("lines/manners.yaml")[manner.name][what]
        return min(100, usual * self._share(who) // 100)

    def _share(self, who: str | None) -> int:
        if who is None:
            return 100
        if who not in self._own:
            self._own[who] = Random(f"{self._seed} {who}").randint(*_OWN_PERCENT)
        return self._own[who]
