"""What a rule raises: a finding, and with it a proposal, a notice, or what a room opens for it. A person decides."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from importlib.resources import files
from typing import Any, Protocol

import orjson
from ruamel.yaml import YAML

from xiuhua.city.units.directory import Directory
from xiuhua.flow.context import Context
from xiuhua.flow.model import State, apply
from xiuhua.notices.model import Telling
from xiuhua.notices.telling import tell
from xiuhua.packs.expressions import ExpressionError
from xiuhua.platform import eventlog
from xiuhua.platform.database import Tx
from xiuhua.platform.errors import NotFound, XiuhuaError
from xiuhua.platform.eventlog import Head, NewEvent
from xiuhua.platform.identity.model import Actor, system
from xiuhua.platform.identity.permissions import role_for
from xiuhua.platform.sql import queries, rows_as_json
from xiuhua.records.service import Records
from xiuhua.rules import deciding, kinds, model
from xiuhua.rules.deciding import Told
from xiuhua.rules.model import Known, Occurrence


class Opens(Protocol):
    """The port by which a room above makes what a rule raises a thing of its own, e.g. a task with a clock."""

    def __call__(
        self, tx: Tx, city: str, name: str, to: str | None, about: Sequence[tuple[str, str]],
        fields: Mapping[str, Any], why: Mapping[str, str],
    ) -> str | None:  # fmt: skip
        """`name`: of the task; `why`: the rule's title. Gives its stream (`task/<id>`), None: no such procedure."""


def opens_nothing(
    tx: Tx, city: str, name: str, to: str | None, about: Sequence[tuple[str, str]], fields: Mapping[str, Any],
    why: Mapping[str, str],
) -> str | None:  # fmt: skip
    """Of an installation without such a room: the finding itself is what a person takes."""
    return None


@dataclass(frozen=True, slots=True)
class Raised:
    """Something to be raised."""

    known: Known
    key: str
    occurrence: Occurrence
    values: Mapping[str, Any]


def raise_all(tx: Tx, city: str, records: Records, opens: Opens, directory: Directory, all_: Sequence[Raised]) -> None:
    """A finding of each, in the transaction in which the log was read so far."""
    if not all_:
        return
    work: list[tuple[State | None, Head, Told]] = []
    for one in all_:
        known, raises = one.known, one.known.rule.raises
        why: dict[str, Any] = {"values": _shown(one), "at": one.occurrence.at}
        if raises.change is not None:
            why["asked"] = _ask(tx, city, records, one)
        if raises.task is not None:
            title = known.rule.title.model_dump()
            why["opened"] = opens(tx, city, raises.task, raises.to, one.occurrence.about, why["values"], title)
        work.append((None, Head(), deciding.raised(known, tx.new_id(), one.key, one.occurrence.about, why)))
    states = write(tx, system(city), work)
    told = zip(all_, states, strict=True)
    tell(tx, city, [telling for one, state in told for telling in _tellings(tx, directory, one, state)])


def write(tx: Tx, actor: Actor, work: Sequence[tuple[State | None, Head, Told]]) -> list[State]:
    """Events and rows of some findings."""
    at, events, states, known = int(tx.now.timestamp()), [], [], {}
    for before, head, (type_, payload) in work:
        state = apply(before, payload, at)
        stream = f"finding/{state['id']}"
        known[stream] = head
        role = role_for(actor, model.ACT)
        events.append(NewEvent(stream, type_, payload, actor.id, role, datetime.fromtimestamp(at, UTC)))
        states.append(state)
    ends = eventlog.append(tx, actor.city, events, known)
    rows = [kinds.row(state, ends[f"finding/{state['id']}"], at) for state in states]
    tx.execute(_sql()["save"], {"city": actor.city, "rows": rows_as_json(kinds.COLUMNS, rows)})
    return states


def proposed(known: Known, scope: Mapping[str, Any]) -> tuple[dict[str, Any], str | None]:
    """The fields and the state that a rule proposes. Raises `ExpressionError`."""
    context = Context(dict(scope))
    values = {name: context.value(text) for name, text in (known.rule.raises.change or {}).items()}
    to = values.pop("state", None)
    return values, None if to is None else str(to)


def _ask(tx: Tx, city: str, records: Records, one: Raised) -> dict[str, Any]:
    """Ask who keeps the record for the change; what stands in its way is kept with the finding."""
    try:
        values, to = proposed(one.known, one.occurrence.scope)
        id_ = _record(tx, city, one)
        found = records.ask(tx, system(city), id_, values, to, one.known.rule.title.zh)
    except (XiuhuaError, ExpressionError) as error:
        return {"problem": str(error)}
    n = max(each["n"] for each in found.state["tracks"]["change_request"])
    return {"record": id_, "n": n}


def _record(tx: Tx, city: str, one: Raised) -> str:
    thing = one.known.rule.raises.thing
    if not thing:
        kind, id_ = one.occurrence.about[0]
        if kind != "record":
            raise NotFound("the rule does not say whose record is to be changed")
        return id_
    [(register, text)] = list(thing.items())[:1]
    key = str(Context(dict(one.occurrence.scope)).value(text))
    asked = {"city": city, "register": register, "keys": [key]}
    row = tx.execute(queries("xiuhua.records")["by_key"], asked).fetchone()
    if row is None:
        raise NotFound(f"there is no {register} {key}")
    return str(row.id)


def _shown(one: Raised) -> dict[str, Any]:
    """Plain values that say why."""
    scope = one.occurrence.scope
    plain = {name: scope[name] for name in ("value", "previous", "expected", "done", "date") if name in scope}
    return {**plain, **one.values}


def _tellings(tx: Tx, directory: Directory, one: Raised, state: State) -> Iterator[Telling]:
    """Those in the role that the rule names, for the place where there is one."""
    raises = one.known.rule.raises
    if raises.to is None:
        return
    title, said = one.known.rule.title.model_dump(), _words()["notice"]
    body = raises.notice.model_dump() if raises.notice is not None else {
        language: text.format(title=title[language], about=one.key or "–") for language, text in said["body"].items()
    }  # fmt: skip
    head = {language: text.format(title=title[language]) for language, text in said["head"].items()}
    for person in directory.holders(raises.to, one.occurrence.scopes):
        if person in directory.people:
            yield Telling(
                "finding_raised", f"finding/{state['id']}", head, body, tx.now, tx.now, person=person, kind="finding",
                subject=state["id"], number=one.key[:120],
            )  # fmt: skip


@cache
def _words() -> dict[str, Any]:
    text = files("xiuhua.rules").joinpath("words.yaml").read_text(encoding="utf-8")
    found: dict[str, Any] = YAML(typ="safe", pure=True).load(text)
    return found


def loaded(tx: Tx, city: str, ids: Sequence[str], *, lock: bool = False) -> dict[str, tuple[State, int, Head]]:
    """Findings by id: state, version, and where they are locked the head of the stream."""
    rows = tx.execute(_sql()["load" if lock else "docs"], {"city": city, "ids": list(ids)})
    return {
        row.id: (orjson.loads(row.doc), row.version, Head(row.version, bytes(row.head)) if lock else Head())
        for row in rows
    }


def _sql() -> dict[str, str]:
    return queries("xiuhua.rules")
