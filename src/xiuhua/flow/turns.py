"""Whose turn it is, as keys of live messages: the same that the query `inbox` asks for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from xiuhua.flow.sight import stands_in_for
from xiuhua.flow.surroundings import CityView
from xiuhua.platform.database import Tx
from xiuhua.platform.identity.model import Actor
from xiuhua.platform.live.model import Key
from xiuhua.platform.sql import queries


def waits_before(tx: Tx, city: str, first: Mapping[str, int]) -> dict[str, list[dict[str, Any]]]:
    """Whose turn it was before some versions, by stream."""
    rows = tx.execute(
        queries("xiuhua.flow", "tasks.sql")["waits_before"],
        {"city": city, "streams": list(first), "versions": list(first.values())},
    )
    return {row.stream: row.waits for row in rows}


def keys_of(waits: Sequence[Mapping[str, Any]], scopes: Sequence[str]) -> frozenset[Key]:
    """The keys of those in whose inbox a subject stands; the same that the query `inbox` asks for."""
    found: set[Key] = set()
    for one in waits:
        role = one["role"]
        if one.get("person"):
            found.add(("turn", role, one["person"]))
        elif one.get("unit"):
            found.add(("desk", role, one["unit"]))
        else:
            found |= {("post", role), *(("post", role, area) for area in scopes)}
    return frozenset(found)


def keys_of_posts(view: CityView, actor: Actor) -> set[Key]:
    """The keys that a person bears by their posts."""
    stands_in = stands_in_for(view, actor)
    found: set[Key] = {("turn", role, actor.id) for role in actor.roles()}
    for post in actor.posts:
        found.add(("post", post.role) if post.area is None else ("post", post.role, post.area))
        if post.unit is not None:
            found |= {("desk", post.role, unit) for unit in (post.unit, *stands_in.get(post.unit, ()))}
    return found
