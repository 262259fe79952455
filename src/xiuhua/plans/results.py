"""Results decided elsewhere: ranks and scores that others gave, with what proves them; never computed here."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

import orjson

from xiuhua.flow.model import State
from xiuhua.plans import deciding, keeping
from xiuhua.plans.keeping import RESULT
from xiuhua.plans.model import RESULT as PERMISSION
from xiuhua.plans.service import Plans
from xiuhua.platform.database import Tx
from xiuhua.platform.errors import Invalid
from xiuhua.platform.identity.model import Actor
from xiuhua.platform.sql import queries

_LATEST: Final = ("9999-01-01T00:00:00Z", "")


def page(
    tx: Tx, city: str, states: Sequence[str], before: tuple[Any, ...] | None, limit: int
) -> list[tuple[State, int, Any]]:
    """Results, the latest period first: state, version, begin."""
    at, id_ = before or _LATEST
    asked = {"city": city, "kind": RESULT, "states": list(states), "before": at, "before_id": id_, "limit": limit}
    return [
        (orjson.loads(row.doc), row.version, row.begins) for row in tx.execute(queries("xiuhua.plans")["page"], asked)
    ]


def checked(plans: Plans, tx: Tx, city: str, data: Mapping[str, Any]) -> dict[str, Any]:
    """A result as it is kept, with `about_kind`. Raises `Invalid` where what it is about, or its figure, is unknown."""
    place, about, kind = plans.city(tx, city), data.get("about"), None
    if about is not None:
        known = {"unit": place.directory().units, "area": place.areas()}
        kind = next((name for name, all_ in known.items() if about in all_), None)
        if kind is None:
            raise Invalid(errors=[{"field": "about", "why": "there is no such area or unit"}])
    if data.get("figure") is not None and data["figure"] not in plans.told_figures(tx, city):
        raise Invalid(errors=[{"field": "figure", "why": "no pack in force declares it as told by others"}])
    return {**data, "about_kind": kind}


def keep(tx: Tx, actor: Actor, data: Mapping[str, Any]) -> tuple[State, int]:
    """A new one. Raises `Conflict` when the same (issuer, title, about, days) is kept already: it counts once."""
    id_ = tx.new_id()
    keeping.name_media(tx, actor.city, RESULT, id_, "proof", data.get("proof") or ())
    [done] = keeping.write(tx, actor, PERMISSION, [(None, [deciding.result_kept(id_, data)])])
    return done


def correct(
    tx: Tx, actor: Actor, id_: str, values: Mapping[str, Any], why: str, expect: int | None
) -> tuple[State, int]:
    """A new version of it; those before stay in the log."""
    held = keeping.locked(tx, actor.city, RESULT, id_, expect)
    keeping.name_media(tx, actor.city, RESULT, id_, "proof", values.get("proof") or ())
    [done] = keeping.write(tx, actor, PERMISSION, [(held, [deciding.result_corrected(held.state, values, why)])])
    return done


def withdraw(tx: Tx, actor: Actor, id_: str, why: str, expect: int | None) -> tuple[State, int]:
    """It was kept by mistake."""
    held = keeping.locked(tx, actor.city, RESULT, id_, expect)
    [done] = keeping.write(tx, actor, PERMISSION, [(held, [deciding.result_withdrawn(held.state, why)])])
    return done
