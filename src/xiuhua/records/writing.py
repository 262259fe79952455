"""How records are written: events, rows, what is personal apart, photos named, demands kept."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

import psycopg

from xiuhua.flow import held
from xiuhua.flow.held import Held
from xiuhua.flow.model import State
from xiuhua.platform import copying, eventlog, personal
from xiuhua.platform.database import Tx
from xiuhua.platform.errors import ConditionUnmet, Conflict
from xiuhua.platform.identity.model import Actor
from xiuhua.platform.identity.permissions import role_for
from xiuhua.platform.media import uses
from xiuhua.platform.media.uses import Named
from xiuhua.platform.sql import queries, rows_as_json
from xiuhua.records import kinds, outlines, shapes, totals
from xiuhua.records.deciding import Told
from xiuhua.records.model import ASK, KEEP, Declared

PERSONAL: Final = "personal"
"""In a record's data: the digest of what is kept apart."""
Change = tuple[Held | None, Declared, Told]


def lock(tx: Tx, city: str, ids: Iterable[str]) -> dict[str, Held]:
    """Those that there are, locked in the order of their ids."""
    return held.by_id(tx.execute(_sql()["load"], {"city": city, "ids": sorted(set(ids))}))


def write(tx: Tx, actor: Actor, what: Sequence[Change], when: int | None = None) -> list[tuple[str, State, int]]:
    """Events and rows of some changes, one for each record; gives id, state and version of each.

    `when`: epoch seconds, where it was done earlier than now.
    """
    at, role = int(tx.now.timestamp()) if when is None else when, role_for(actor, KEEP if actor.may(KEEP) else ASK)
    done = held.write(tx, actor, role, [(here, [told]) for here, _, told in what], at)
    _name_photos(tx, actor.city, what, [state for state, _ in done])
    rows_of = {id(declared): kinds.Rows(declared.register) for _, declared, _ in what}
    fresh: list[tuple[Any, ...]] = []
    rest: list[tuple[Any, ...]] = []
    for (here, declared, _), (state, head) in zip(what, done, strict=True):
        (fresh if here is None else rest).append(rows_of[id(declared)].row(state, head, at))
    if len(fresh) <= eventlog.FEW:
        fresh, rest = [], [*fresh, *rest]
    try:
        if fresh:
            copying.put(tx, actor.city, kinds.TABLE, fresh)
        if rest:
            tx.execute(_sql()["save"], {"city": actor.city, "rows": rows_as_json(kinds.COLUMNS, rest)})
    except psycopg.errors.UniqueViolation as error:
        keys = ", ".join(state["number"] for state, _ in done)
        raise Conflict(f"there is a record {keys} already", keys=keys) from error
    _draw_again(tx, actor.city, what, [state for state, _ in done])
    return [(state["id"], state, head.version) for state, head in done]


def draw(tx: Tx, city: str, states: Iterable[State]) -> None:
    """Keep for maps what there is of records of registers of lines and polygons."""
    if rows := outlines.rows(states):
        tx.execute(_sql()["save_shapes"], {"city": city, "rows": rows_as_json(outlines.COLUMNS, rows)})


def _draw_again(tx: Tx, city: str, what: Sequence[Change], states: Sequence[State]) -> None:
    """The same of what was done to some; `states`: what each has become."""
    drawn = [
        (state, not told[1].get("set", {}).keys().isdisjoint(("shape", "place")))
        for (_, declared, told), state in zip(what, states, strict=True)
        if declared.register.geometry in shapes.KINDS
    ]
    draw(tx, city, (state for state, moved in drawn if moved))
    if rest := [
        (state["id"], state["state"], state["data"].get("merged_into") is not None)
        for state, moved in drawn
        if not moved
    ]:
        tx.execute(_sql()["move_shapes"], {"city": city, "rows": rows_as_json(("id", "state", "gone"), rest)})


def _name_photos(tx: Tx, city: str, what: Sequence[Change], states: Sequence[State]) -> None:
    """The photos in the fields of records are known through them."""
    named = [
        Named(photo, "record", state["id"])
        for (_, declared, (_, payload)), state in zip(what, states, strict=True)
        for photo in _photos(declared, payload)
    ]
    if named:
        uses.name(tx, city, named)


def _photos(declared: Declared, payload: Mapping[str, Any]) -> list[str]:
    """The photos in a record's fields that an event names."""
    given = payload.get("set") or {}
    names = [name for name, spec in declared.register.fields.items() if spec.type == "photo" and given.get(name)]
    return [one for name in names for one in (given[name] if isinstance(given[name], list) else [given[name]])]


def apart(
    tx: Tx, city: str, declared: Declared, id_: str, here: Held | None, given: Mapping[str, Any]
) -> dict[str, Any]:
    """What is personal is kept apart; the record holds its digest."""
    mine = {name: given[name] for name, spec in declared.register.fields.items() if spec.personal and name in given}
    if not mine:
        return {}
    before = here.state["data"].get(PERSONAL) if here else None
    content = personal.over(tx, city, before["id"] if before else "", mine)
    if content is None:
        return {}
    kept = f"record/{id_}/{here.head.version + 1 if here else 1}"
    return {PERSONAL: {"id": kept, "digest": personal.keep(tx, city, kept, "record", content)}}


def demand(
    tx: Tx, city: str, registers: Mapping[str, Declared], told: Sequence[tuple[Declared, Mapping[str, Any]]]
) -> None:
    """Refuse what breaks a demand of a record written now, or of one whose totals it goes into.

    `told`: registers and data as written. The records looked at are locked, so that of two payments that do not fit
    together one waits for the other and is refused. Raises `ConditionUnmet`.
    """
    wanted: set[tuple[str, str]] = set()
    for declared, data in told:
        wanted.add((declared.name, str(data[declared.register.key])))
        for name, other in registers.items():
            wanted |= {
                (name, str(data[total.by]))
                for total in other.register.totals.values()
                if total.of == declared.name and data.get(total.by)
            }
    for name, key in sorted(wanted):
        declared = registers.get(name, told[0][0])
        demands = {one: demand for one, demand in declared.register.demands.items() if demand.refuse}
        if not demands:
            continue
        row = tx.execute(_sql()["by_key"], {"city": city, "register": name, "keys": [key]}).fetchone()
        here = lock(tx, city, [row.id]).get(row.id) if row is not None else None
        if here is None:
            continue
        for one in totals.of(tx, city, declared.register, key, here.state["data"]).unmet:
            if one in demands:
                title = declared.register.title.en
                raise ConditionUnmet(f"{title} {key}: {demands[one].title.en}", demand=one, key=key)


def _sql() -> dict[str, str]:
    return queries("xiuhua.records")
