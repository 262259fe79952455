"""Whose a record is: who changes it without asking, and whose records a person sees of a register told as numbers.

What holds for records by `record.keep` holds for entries of ledgers by `ledger.enter`.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from xiuhua.city.units.directory import Directory
from xiuhua.packs.kinds import Register
from xiuhua.platform.identity.model import Actor, Post
from xiuhua.platform.identity.permissions import roles
from xiuhua.records import model
from xiuhua.records.model import KEEP


class Keeping:
    """What one person keeps: by posts that bear `record.keep`, at the desk of a unit or one above it, in their areas.

    A record that no unit answers for is kept by posts at no desk, and at those of the units at the very top.
    """

    def __init__(self, actor: Actor, directory: Directory, permission: str = KEEP) -> None:
        known = roles()
        self.city = actor.city
        self._directory = directory
        self._posts: list[Post] = [
            post
            for post in actor.posts
            if post.city == actor.city
            and post.role in known
            and known[post.role].bears(permission)
            and actor.may(permission)
        ]
        self._everything = any(post.area is None and post.unit is None for post in self._posts)

    def keeps(self, register: Register, data: Mapping[str, Any]) -> bool:
        """Whether a record is this person's to change."""
        return self.covers(model.units(register, data), data.get("scopes") or ())

    @property
    def posts(self) -> Sequence[Post]:
        """The posts that bear the permission."""
        return self._posts

    def covers(self, units: Sequence[str], around: Collection[str]) -> bool:
        """Whether something of these units, in these areas, is this person's."""
        if self._everything:
            return True
        desks = {desk for unit in units for desk in self._above(unit)} or self._tops()
        return any(
            (post.area is None or post.area in around) and (post.unit is None or post.unit in desks)
            for post in self._posts
        )

    def sight(self) -> tuple[list[str], list[str]] | None:
        """The areas and units whose records this person keeps; None: all of them."""
        if self._everything:
            return None
        tops = self._tops()
        if any(post.area is None and post.unit in tops for post in self._posts):
            return None
        below = [one for post in self._posts if post.unit for one in self._directory.descendants(post.unit)]
        return [post.area for post in self._posts if post.area and not post.unit], below

    def _above(self, unit: str) -> list[str]:
        known = unit in self._directory.units
        return [unit, *(self._directory.ancestors(unit) if known else ())]

    def _tops(self) -> set[str]:
        units = self._directory.units
        return {code for code, unit in units.items() if unit.parent not in units}
