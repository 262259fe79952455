"""Who may see the photos of reports and cases, and how they go with them."""

from __future__ import annotations

from collections.abc import Sequence

from xiuhua.flow.model import State
from xiuhua.loop import scope
from xiuhua.loop.photos import MESSAGE, message
from xiuhua.loop.service import Loop
from xiuhua.platform.database import Tx
from xiuhua.platform.identity.model import Actor
from xiuhua.platform.media import erasure
from xiuhua.platform.media.uses import Named, Sees
from xiuhua.platform.sql import queries

_READ = {"case": "case.read", "report": "report.read"}


def sees_by(loop: Loop) -> Sees:
    """The port that media ask: whether a person may read any of the subjects that name a photo."""

    def sees(tx: Tx, actor: Actor, named: Sequence[Named]) -> bool:
        reports = {one.subject for one in named if one.kind == "report"}
        reports |= set(_of_messages(tx, actor.city, [one.subject for one in named if one.kind == MESSAGE]))
        found = _states(loop, tx, actor.city, "report", reports)
        if _any(loop, tx, actor, "report", found):
            return True
        # Who may read a case sees what its reports show, though perhaps not the reports.
        cases = {one.subject for one in named if one.kind == "case"}
        cases |= {state["data"]["case"] for state in found if state["data"].get("case")}
        return _any(loop, tx, actor, "case", _states(loop, tx, actor.city, "case", cases))

    return sees


def _any(loop: Loop, tx: Tx, actor: Actor, kind: str, states: Sequence[State]) -> bool:
    if not states or not actor.may(_READ[kind]):
        return False
    seen = scope.sight(loop.view(tx, actor.city), actor, _READ[kind])
    return any(scope.sees(seen, actor, state) for state in states)


def _states(loop: Loop, tx: Tx, city: str, kind: str, ids: set[str]) -> list[State]:
    return [state for _, state in loop.docs(tx, city, kind, sorted(ids)).values()] if ids else []


def _of_messages(tx: Tx, city: str, messages: Sequence[str]) -> list[str]:
    """Ids of the reports that messages have become."""
    if not messages:
        return []
    pairs = [one.partition(" ") for one in messages]
    values = {"city": city, "sources": [one[0] for one in pairs], "external_ids": [one[2] for one in pairs]}
    return [row.id for row in tx.execute(queries("xiuhua.loop")["known_reports"], values)]


def erase_of(tx: Tx, city: str, ids: Sequence[str]) -> list[str]:
    """Erase the photos of subjects, ids as of `personal` (`report/<id>`, `case/<id>`); the photos' ids, in order.

    A photo that another subject names as well stays. The bytes go once the transaction is committed; until the
    worker has taken them away nobody can reach them. Give several subjects that go together in one call.
    """
    subjects = [(kind, id_) for kind, _, id_ in (one.partition("/") for one in ids)]
    reports = [id_ for kind, id_ in subjects if kind == "report"]
    if reports:
        rows = tx.execute(queries("xiuhua.loop")["sources_of_reports"], {"city": city, "ids": reports})
        subjects += [(MESSAGE, message(row.source, row.external_id)) for row in rows]
    return erasure.erase(tx, city, subjects)
