"""Tags: words that people put on reports and cases, by an event like everything that changes a subject."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from xiuhua.flow.work import Loaded
from xiuhua.loop import scope
from xiuhua.loop.lists.model import Kind
from xiuhua.loop.service import Loop
from xiuhua.platform.database import Tx
from xiuhua.platform.errors import Conflict, Invalid, NotAllowed
from xiuhua.platform.identity.model import Actor
from xiuhua.platform.identity.permissions import role_for

TAG: Final = "case.tag"
MOST: Final = 20
"""Tags of one subject."""


def change(
    tx: Tx, loop: Loop, actor: Actor, kind: Kind, id_: str, add: Sequence[str], remove: Sequence[str],
    expect: int | None = None,
) -> tuple[Loaded, list[str]]:  # fmt: skip
    """Add and take away tags; the subject, and the events, none where nothing changes.

    Raises `NotAllowed`, `NotFound`, `Conflict`, `Invalid` when there would be too many.
    """
    if not actor.may(TAG):
        raise NotAllowed(permission=TAG)
    view = loop.view(tx, actor.city)
    work = loop.work(tx, actor.city, view)
    one = work.get(kind, id_)
    scope.demand(view, actor, f"{kind}.read", one.state)
    if expect is not None and one.head.version != expect:
        raise Conflict(f"it has moved on to version {one.head.version}", version=one.head.version)
    before = one.state["data"].get("tags") or []
    after = [tag for tag in dict.fromkeys([*before, *add]) if tag not in set(remove)]
    if len(after) > MOST:
        raise Invalid(errors=[{"field": "add", "why": f"makes more than {MOST} tags"}])
    if after != before:
        work.record(kind, id_, "TagsChanged", {"set": {"tags": after}}, actor, role_for(actor, TAG))
        work.flush()
    return one, ["TagsChanged"] if after != before else []
