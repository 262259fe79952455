"""Somebody's turn in the fictional district: the subject, what it waits for, and the story behind it. Pure."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from random import Random
from typing import Any, Final

from xiuhua.flow.model import Attempt, State, described, instance
from xiuhua.loop.surroundings import CityView

OWNED: Final = frozenset({"split_owner", "owner_return"})
"""Stories of cases that belong to another platform."""
SHIRKED: Final = "shirked"
"""Done when a unit sent a case back without reason."""


@dataclass(slots=True)
class Plan:
    """What the simulation knows of a report or case and the platform does not."""

    story: str = "plain"
    kind: str = "ours"
    category: str | None = None
    done: set[str] = field(default_factory=set)
    """Unusual things that have happened already."""


@dataclass(frozen=True, slots=True)
class Manner:
    """How a unit behaves; shares in percent."""

    name: str = "ordinary"
    slow: int = 100
    """Percent of the usual time."""
    wrong_returns: int = 0
    false_hand_backs: int = 0
    never_wrong: bool = False
    """What goes wrong in a story does not go wrong here."""


ORDINARY: Final = Manner()


@dataclass(slots=True)
class Turn:
    """Somebody's turn."""

    state: State
    wait: Mapping[str, Any]
    plan: Plan
    view: CityView
    random: Random
    now: int
    opens: Callable[[State], str | None]
    """An open case near this one that it may be joined or merged with."""
    habits: Mapping[str, Any]
    manner: Manner = ORDINARY
    """Of the unit that the case is with."""
    aim: str | None = None
    """The case that the action is done to, when it is another one: set by what decides."""

    @property
    def data(self) -> dict[str, Any]:
        """What the subject holds."""
        return self.state["data"]  # type: ignore[no-any-return]

    def first(self, what: str) -> bool:
        """Whether this is the first time for something in this story."""
        if what in self.plan.done:
            return False
        self.plan.done.add(what)
        return True

    def drawn(self, percent: int) -> bool:
        """Whether something of so many percent happens; no chance is used up where it never does."""
        return percent > 0 and self.random.random() * 100 < percent

    def photos(self, shows: str) -> list[str]:
        """The photo that shows something: `stage`, `after`, `check`."""
        return [self.habits["photos"][shows]]

    def item(self) -> dict[str, Any]:
        """The track instance whose turn it is."""
        one = instance(self.state, self.wait["track"], self.wait["n"])
        assert one is not None
        return described(one)


Step = Callable[[Turn], Attempt | None]
"""What is done in a state; nothing when the person lets it lie."""
Table = Mapping[str, Step]
"""By state."""


def collector_of(turn: Turn) -> str:
    """Who patrols that place."""
    found = turn.view.directory.holders("collector", turn.data["scopes"])
    return found[0] if found else turn.view.directory.holders("collector", ())[0]


def helper_of(unit: str) -> str:
    """A unit that can help another."""
    return "waste" if unit == "sanitation" else "sanitation"
