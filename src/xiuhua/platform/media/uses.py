"""Through whom and what a photo is known: so it is told who may see it, and what goes when its subject is erased."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from typing import Any, Final, NamedTuple

from xiuhua.platform.database import Tx
from xiuhua.platform.identity.model import Actor
from xiuhua.platform.sql import queries

_ID: Final = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
PERSON: Final = "person"
_MOST_LOOKED_AT: Final = 200
"""Subjects of one photo, the latest first; only a picture that stands for many is named by more."""


class Named(NamedTuple):
    """A subject that names a photo."""

    media: str
    kind: str
    """`case`, `report`, or `message` for a report that has no id yet: its source and external id then."""
    subject: str


Sees = Callable[[Tx, Actor, Sequence[Named]], bool]


def sees_none(_tx: Tx, _actor: Actor, _named: Sequence[Named]) -> bool:
    """Of an installation without subjects: a photo is its sender's."""
    return False


def any_of(*ways: Sees) -> Sees:
    """Whether a person sees a photo by any of some rooms' subjects."""
    return lambda tx, actor, named: any(sees(tx, actor, named) for sees in ways)


def sent_in(tx: Tx, actor: Actor, media: str) -> None:
    """Somebody has sent a photo in, perhaps not the first."""
    values = {"city": actor.city, "media": media, "subject": actor.id, "now": tx.now}
    tx.execute(_sql()["sent_in"], values)


def name(tx: Tx, city: str, named: Iterable[Named]) -> set[str]:
    """Note that subjects name photos; the ids that are no photos of the city. One statement, none without ids."""
    wanted = list(dict.fromkeys(named))
    plausible = [one for one in wanted if _ID.fullmatch(one.media)]
    present: set[str] = set()
    if plausible:
        columns = [list(column) for column in zip(*plausible, strict=True)]
        values = {"city": city, "now": tx.now, "media": columns[0], "kinds": columns[1], "subjects": columns[2]}
        present = {row.id for row in tx.execute(_sql()["name"], values)}
    return {one.media for one in wanted} - present


def is_seen(tx: Tx, actor: Actor, media: str, sees: Sees) -> bool:
    """Whether a person may see a photo."""
    values = {"city": actor.city, "media": media, "limit": _MOST_LOOKED_AT}
    if tx.execute(_sql()["is_mine"], {**values, "subject": actor.id}).fetchone() is not None:
        return True
    named = [Named(media, row.kind, row.subject) for row in tx.execute(_sql()["uses_of"], values)]
    return bool(named) and sees(tx, actor, named)


def _sql() -> dict[str, Any]:
    return queries("xiuhua.platform.media")
