"""Photos go with what named them: the rows in the transaction, the bytes by the worker once that is committed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from xiuhua.platform.database import Database, Tx
from xiuhua.platform.media.model import keys_of
from xiuhua.platform.media.service import Store
from xiuhua.platform.sql import queries

_BATCH = 100


def erase(tx: Tx, city: str, subjects: Sequence[tuple[str, str]]) -> list[str]:
    """Erase what some subjects (kind, id) name; the ids of the photos, in order.

    A photo that another subject names as well stays. What is left of an erased one is that there was one: its
    position, its time, its look, who sent it and by which file it is known all go. Tell the log what was erased.
    """
    if not subjects:
        return []
    kinds, ids = (list(column) for column in zip(*subjects, strict=True))
    values = {"city": city, "kinds": kinds, "subjects": ids, "now": tx.now}
    return [row.id for row in tx.execute(_sql()["erase"], values)]


def sweep(database: Database, store: Store) -> int:
    """Take away the bytes of erased photos; returns of how many. Done again it does nothing."""
    done = 0
    with database.transaction() as tx:
        for row in tx.execute(_sql()["gone"], {"limit": _BATCH}).fetchall():
            city, digest = row.city, bytes(row.digest)
            values = {"city": city, "digest": digest}
            tx.execute(_sql()["claim_digest_only"], values)
            # The same file may have come again since: then the bytes are those of another photo.
            if tx.execute(_sql()["by_digest"], values).fetchone() is None:
                store.blobs.delete(keys_of(city, digest))
                done += 1
            tx.execute(_sql()["forget_gone"], values)
    return done


def _sql() -> dict[str, Any]:
    return queries("xiuhua.platform.media")
