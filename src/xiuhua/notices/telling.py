"""Notices are written: each once for an occasion and a recipient, a batch in one statement."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

import orjson

from xiuhua.notices.model import WEBHOOK, Telling
from xiuhua.platform.database import Tx
from xiuhua.platform.sql import queries


def tell(tx: Tx, city: str, tellings: Sequence[Telling]) -> int:
    """Write notices to people, and with them one of each occasion to every other system that wants it.

    Returns how many were new: what a recipient was told of an occasion before is not told again.
    """
    if not tellings:
        return 0
    rows = [*tellings, *_to_systems(tx, city, tellings)]
    values: dict[str, list[Any]] = {
        "id": [tx.new_id() for _ in rows],
        "head": [orjson.dumps(one.head).decode() for one in rows],
        "body": [orjson.dumps(one.body).decode() for one in rows],
        "ways": [" ".join(one.ways) for one in rows],
    }
    for name in ("person", "webhook", "name", "key", "kind", "subject", "number", "urgent", "at", "shown_at"):
        values[name] = [getattr(one, name) for one in rows]
    return tx.execute(_sql()["tell"], {"city": city, **values}).rowcount


def _to_systems(tx: Tx, city: str, tellings: Iterable[Telling]) -> list[Telling]:
    """The same occasions for webhooks: no person in it, no quiet hours; digests are people's own."""
    hooks = tx.execute(_sql()["standing_webhooks"], {"city": city}).fetchall()
    if not hooks:
        return []
    occasions = {(one.name, one.key): one for one in tellings if one.subject is not None}
    return [
        replace(one, person=None, webhook=hook.id, shown_at=tx.now, ways=(WEBHOOK,))
        for one in occasions.values()
        for hook in hooks
        if not hook.names or one.name in hook.names
    ]


def _sql() -> Mapping[str, str]:
    return queries("xiuhua.notices")
