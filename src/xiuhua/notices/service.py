"""What people do with notices: read them, say where they want them; and other systems that are told."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, Final

from xiuhua.notices.outward import url_fault
from xiuhua.platform.database import Tx
from xiuhua.platform.errors import Invalid, NotFound
from xiuhua.platform.identity.model import Actor
from xiuhua.platform.sql import queries

MOST_WEBHOOKS: Final = 20
"""Of one city; each of them doubles what is sent."""
_FORMS: Final = {
    "mail": re.compile(r"[^\s@<>,;:\"]{1,64}@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)*"),
    "sms": re.compile(r"\+?\d{5,15}"),
    "wechat": re.compile(r"[\w.@-]{1,64}"),
}


def inbox(
    tx: Tx, actor: Actor, unread: bool = False, before: tuple[datetime, str] | None = None, limit: int = 50
) -> list[Any]:
    """What a person was told, newest first; rows of `notice`, texts as JSON."""
    values = {"unread": unread, "before": before and before[0], "before_id": before and before[1], "limit": limit}
    return tx.execute(_sql()["inbox"], {**_mine(tx, actor), **values}).fetchall()


def unread(tx: Tx, actor: Actor) -> int:
    """How many notices a person has not read."""
    row = tx.execute(_sql()["unread"], _mine(tx, actor)).fetchone()
    return int(row.number) if row else 0


def read(tx: Tx, actor: Actor, ids: Sequence[str] = (), until: datetime | None = None) -> int:
    """A person has read these, or all that were shown up to a moment; how many were unread before."""
    return tx.execute(_sql()["read"], {**_mine(tx, actor), "ids": list(ids), "until": until}).rowcount


def addresses(tx: Tx, actor: Actor) -> list[Any]:
    """Where a person wants to be told besides the inbox: way, address, since."""
    return tx.execute(_sql()["addresses"], _mine(tx, actor)).fetchall()


def put_address(tx: Tx, actor: Actor, way: str, address: str) -> None:
    """A person wants to be told there. Raises `Invalid` when it cannot be such an address."""
    if _FORMS[way].fullmatch(address) is None:
        raise Invalid(errors=[{"field": "address", "why": f"is no address for {way}"}])
    tx.execute(_sql()["put_address"], {**_mine(tx, actor), "way": way, "address": address})


def drop_address(tx: Tx, actor: Actor, way: str) -> None:
    """A person wants to be told there no more. Raises `NotFound`."""
    if tx.execute(_sql()["drop_address"], {**_mine(tx, actor), "way": way}).rowcount == 0:
        raise NotFound


def webhooks(tx: Tx, city: str) -> list[Any]:
    """The other systems of a city, by age, those that were stopped as well; rows without their secret."""
    return tx.execute(_sql()["webhooks"], {"city": city}).fetchall()


def add_webhook(tx: Tx, actor: Actor, url: str, names: Sequence[str], secret: str, known: Sequence[str]) -> str:
    """Another system is told of these notices (none named: of all) from now on; its id. Raises `Invalid`."""
    fault = url_fault(url)
    errors = [{"field": "url", "why": fault}] if fault else []
    errors += [{"field": "names", "why": f"there is no notice {name}"} for name in names if name not in known]
    standing = [one for one in webhooks(tx, actor.city) if one.stopped_at is None]
    if len(standing) >= MOST_WEBHOOKS:
        errors.append({"field": "url", "why": f"there are {MOST_WEBHOOKS} webhooks already"})
    if errors:
        raise Invalid(errors=errors)
    id_ = tx.new_id()
    values = {"id": id_, "url": url, "secret": secret, "names": list(names), "now": tx.now, "by": actor.id}
    tx.execute(_sql()["add_webhook"], {"city": actor.city, **values})
    return id_


def stop_webhook(tx: Tx, actor: Actor, id_: str) -> None:
    """It is told no more; what waits for it is dropped. Raises `NotFound`."""
    if tx.execute(_sql()["stop_webhook"], {"city": actor.city, "id": id_, "now": tx.now}).fetchone() is None:
        raise NotFound


def _mine(tx: Tx, actor: Actor) -> dict[str, Any]:
    return {"city": actor.city, "person": actor.id, "now": tx.now}


def _sql() -> Mapping[str, str]:
    return queries("xiuhua.notices")
