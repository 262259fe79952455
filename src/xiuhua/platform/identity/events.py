"""What the log is told of accounts: who let whom in; never a password, a token or a name.

Stream `account/<person code>`; types `AccountCreated`, `AccountChanged`, `PasswordChanged`, `PasswordReset`,
`TokenMade`, `TokenRevoked`.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from xiuhua.platform import eventlog
from xiuhua.platform.database import Tx
from xiuhua.platform.identity.model import Actor
from xiuhua.platform.identity.permissions import role_for


def tell(tx: Tx, actor: Actor, permission: str, what: str, told: Sequence[tuple[str, dict[str, Any]]]) -> None:
    """One event for each person code and payload, in the order given."""
    role = role_for(actor, permission)
    events = [eventlog.NewEvent(f"account/{person}", what, payload, actor.id, role, tx.now) for person, payload in told]
    if events:
        heads = eventlog.heads(tx, actor.city, sorted({event.stream for event in events}))
        eventlog.append(tx, actor.city, events, heads)
