"""The six fixings of a duty grid (person, time, post, duty, standard, reward/penalty): what lacks. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from xiuhua.city.units.directory import Directory
from xiuhua.city.units.model import FIXINGS, DutyCard, holds_on


@dataclass(frozen=True, slots=True)
class Missing:
    """One thing that a duty grid lacks."""

    duty_grid: str
    person: str
    """Whose card; empty when the grid has none."""
    fixing: str
    """One of `FIXINGS`."""
    why: str
    """`no_card`, `empty`, `no_active_person` or `post_not_held` (in that grid or above it)."""


def missing_fixings(
    grids: Iterable[tuple[str, tuple[str, ...]]], cards: Iterable[DutyCard], directory: Directory
) -> list[Missing]:
    """Everything missing on the directory's day, by grid.

    `grids` are all duty grids, each with its area codes from the most specific up (itself among them). A post
    is held when the person has the card's role in one of those areas or in the whole city.
    """
    by_grid: dict[str, list[DutyCard]] = {}
    for card in cards:
        if holds_on(card, directory.day):
            by_grid.setdefault(card.duty_grid, []).append(card)
    found: list[Missing] = []
    for grid, scopes in sorted(grids):
        for card in sorted(by_grid.get(grid, ()), key=lambda one: (one.person, one.time_band)):
            found += _of_card(card, (grid, *scopes), directory)
        if grid not in by_grid:
            found += [Missing(grid, "", fixing, "no_card") for fixing in FIXINGS]
    return found


def _of_card(card: DutyCard, scopes: tuple[str, ...], directory: Directory) -> list[Missing]:
    given = {
        "person": card.person, "time": card.time_band, "post": card.role, "duty": card.duty,
        "standard": card.standard, "reward_penalty": card.reward_penalty,
    }  # fmt: skip
    found = [Missing(card.duty_grid, card.person, name, "empty") for name in FIXINGS if not given[name].strip()]
    if card.person and card.person not in directory.people:
        found.append(Missing(card.duty_grid, card.person, "person", "no_active_person"))
    elif card.person and card.role and not _held(card, scopes, directory):
        found.append(Missing(card.duty_grid, card.person, "post", "post_not_held"))
    return found


def _held(card: DutyCard, scopes: tuple[str, ...], directory: Directory) -> bool:
    return any(
        post.role == card.role and (post.area is None or post.area in scopes)
        for post in directory.posts_of(card.person)
    )
