"""What became of cases by category: filing conditions chosen, units that handled them. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple


class Share(NamedTuple):
    """What was chosen most often, and how often of how many."""

    value: str
    times: int
    of: int

    @property
    def confidence(self) -> float:
        """The share, a little lower where little was seen."""
        return self.times / (self.of + 1)


class Tally:
    """Counts by key; kept as JSON beside the model."""

    def __init__(self, counts: Mapping[str, Mapping[str, int]] | None = None) -> None:
        self._counts: dict[str, dict[str, int]] = {key: dict(value) for key, value in (counts or {}).items()}

    def filed(self, category: str, condition: str) -> None:
        """A case of this category was filed under this condition."""
        self._add(f"filed {category}", condition)

    def handled(self, category: str, street: str, unit: str) -> None:
        """A unit has handled a case of this category in this street (empty: unknown)."""
        self._add(f"unit {category}", unit)
        if street:
            self._add(f"unit {category} {street}", unit)

    def condition(self, category: str) -> Share | None:
        """The condition most cases of the category were filed under."""
        return self._most(f"filed {category}")

    def unit(self, category: str, street: str) -> Share | None:
        """The unit that handled most such cases in the street, or in the city where none was there."""
        return (self._most(f"unit {category} {street}") if street else None) or self._most(f"unit {category}")

    def knows_unit(self, category: str) -> bool:
        """Whether any unit was seen to handle the category."""
        return f"unit {category}" in self._counts

    def kept(self) -> dict[str, Any]:
        """As JSON."""
        return self._counts

    def _add(self, key: str, value: str) -> None:
        held = self._counts.setdefault(key, {})
        held[value] = held.get(value, 0) + 1

    def _most(self, key: str) -> Share | None:
        held = self._counts.get(key)
        if not held:
            return None
        value = max(sorted(held), key=lambda one: held[one])
        return Share(value, held[value], sum(held.values()))
