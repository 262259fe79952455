"""Where somebody is signed in: seen, and ended, by themself or by who manages accounts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from xiuhua.platform.database import Tx
from xiuhua.platform.errors import NotAllowed, NotFound
from xiuhua.platform.identity.authentication import Credentials, Identity, changed
from xiuhua.platform.identity.events import tell
from xiuhua.platform.identity.model import Actor
from xiuhua.platform.identity.tokens import MANAGE_OTHERS, Owner
from xiuhua.platform.sql import queries


@dataclass(frozen=True, slots=True)
class Session:
    """A session as listed; not what opens it."""

    id: str
    created_at: datetime
    seen_at: datetime
    """Last use, to within some minutes."""
    expires_at: datetime
    address: str
    device: str
    by_provider: bool
    this: bool
    """Whether it is the one that asks."""


def list_sessions(
    tx: Tx, identity: Identity, city: str, account: str, this: Credentials | None = None
) -> list[Session]:  # fmt: skip
    """An account's sessions that still hold, newest first."""
    idle_since = tx.now - timedelta(minutes=identity.policy.idle_minutes)
    rows = tx.execute(
        _sql()["sessions"], {"city": city, "account": account, "now": tx.now, "idle_since": idle_since}
    )  # fmt: skip
    digest = this.digest if this is not None else b""
    return [
        Session(
            row.id, row.created_at, row.seen_at, row.expires_at, row.address, row.device, row.by_provider,
            bytes(row.digest) == digest,
        )
        for row in rows
    ]  # fmt: skip


def end_sessions(
    tx: Tx, actor: Actor, owner: Owner, id: str | None = None, but: Credentials | None = None
) -> int:  # fmt: skip
    """End one session, or all except `but`; how many. Of others only with `account.manage`.

    Raises `NotAllowed`, `NotFound`.
    """
    others = owner.person != actor.id
    if others and not actor.may(MANAGE_OTHERS):
        raise NotAllowed(permission=MANAGE_OTHERS)
    if id is not None:
        one = {"city": actor.city, "account": owner.account, "id": id}
        ended = len(tx.execute(_sql()["close_session_of"], one).fetchall())
        if not ended:
            raise NotFound(session=id)
    else:
        spared = but.digest if but is not None else None
        all_but = {"city": actor.city, "accounts": [owner.account], "but": spared}
        ended = len(tx.execute(_sql()["close_sessions"], all_but).fetchall())
    changed(tx, actor.city)
    if others and ended:
        tell(tx, actor, MANAGE_OTHERS, "SessionsEnded", [(owner.person, {"count": ended})])
    return ended


def _sql() -> dict[str, str]:
    return queries("xiuhua.platform.identity")
