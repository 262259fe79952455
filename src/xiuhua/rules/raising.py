"""What a rule raises: a finding, and with it a proposal, a notice, or what a room opens for it. A person decides."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, Protocol

from ruamel.yaml import YAML

from xiuhua.city.units.directory import Directory
from xiuhua.flow import held
from xiuhua.flow.context import Context
from xiuhua.flow.held import Held
from xiuhua.flow.model import State
from xiuhua.notices.model import Telling
from xiuhua.notices.telling import tell
from xiuhua.packs.expressions import ExpressionError
from xiuhua.platform.database import Tx
from xiuhua.platform.errors import NotFound, XiuhuaError
from xiuhua.platform.identity.model import Actor, system
from xiuhua.platform.identity.permissions import role_for
from xiuhua.platform.sql import queries, rows_as_json
from xiuhua.proceedings.follows import Begun
from xiuhua.records.service import Records
from xiuhua.rules import deciding, kinds, model
from xiuhua.rules.deciding import Told
from xiuhua.rules.model import Known, Occurrence

About = Sequence[tuple[str, str]]
"""Kinds and ids."""


class Opens(Protocol):
    """The port by which what a rule raises becomes a thing of another room, e.g. a task with a clock."""

    def __call__(
        self, tx: Tx, city: str, name: str, about: About, fields: Mapping[str, Any], why: Mapping[str, str]
    ) -> Begun:
        """`name`: of the task; `why`: the rule's title."""


def opens_nothing(
    tx: Tx, city: str, name: str, about: About, fields: Mapping[str, Any], why: Mapping[str, str]
) -> Begun:
    """Of an installation without such a room: the finding itself is what a person takes."""
    return Begun()


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
    work: list[tuple[Held | None, Told]] = []
    for one in all_:
        known, raises = one.known, one.known.rule.raises
        why: dict[str, Any] = {"values": _shown(one), "at": one.occurrence.at}
        about = _about(tx, city, records, one.occurrence)
        if raises.change is not None:
            why["asked"] = _ask(tx, city, records, one, about)
        if raises.task is not None:
            begun = _open(tx, city, opens, one, about)
            why |= {"opened": begun.stream, "problem": begun.problem}
        work.append((None, deciding.raised(known, tx.new_id(), one.key, about, why)))
    states = write(tx, system(city), work)
    told = zip(all_, states, strict=True)
    tell(tx, city, [telling for one, state in told for telling in _tellings(tx, directory, one, state)])


def write(tx: Tx, actor: Actor, work: Sequence[tuple[Held | None, Told]]) -> list[State]:
    """Events and rows of some findings."""
    at = int(tx.now.timestamp())
    done = held.write(tx, actor, role_for(actor, model.ACT), [(before, [told]) for before, told in work], at)
    rows = [kinds.row(state, head, at) for state, head in done]
    tx.execute(_sql()["save"], {"city": actor.city, "rows": rows_as_json(kinds.COLUMNS, rows)})
    return [state for state, _ in done]


def proposed(known: Known, scope: Mapping[str, Any]) -> tuple[dict[str, Any], str | None]:
    """The fields and the state that a rule proposes. Raises `ExpressionError`."""
    context = Context(dict(scope))
    values = {name: context.value(text) for name, text in (known.rule.raises.change or {}).items()}
    to = values.pop("state", None)
    return values, None if to is None else str(to)


def _about(tx: Tx, city: str, records: Records, occurrence: Occurrence) -> About:
    """Of what it is; a thing that a figure or plan names by its key in the world is a record."""
    known = records.registers(tx, city)
    found = []
    for kind, id_ in occurrence.about:
        record = records.id_of(tx, city, kind, id_) if kind in known else None
        found.append((kind, id_) if record is None else ("record", record))
    return found


def task_fields(known: Known, scope: Mapping[str, Any]) -> dict[str, Any]:
    """What the form of a rule's task holds. Raises `ExpressionError`."""
    context = Context(dict(scope))
    return {name: context.value(text) for name, text in known.rule.raises.fields.items()}


def _open(tx: Tx, city: str, opens: Opens, one: Raised, about: About) -> Begun:
    """Ask for the task; what stands in its way is kept with the finding, which then is what a person takes."""
    known = one.known
    try:
        fields = {**_shown(one), **task_fields(known, one.occurrence.scope)}
    except ExpressionError as error:
        return Begun(None, str(error))
    return opens(tx, city, str(known.rule.raises.task), about, fields, known.rule.title.model_dump())


def _ask(tx: Tx, city: str, records: Records, one: Raised, about: About) -> dict[str, Any]:
    """Ask who keeps the record for the change; what stands in its way is kept with the finding."""
    try:
        values, to = proposed(one.known, one.occurrence.scope)
        id_ = _record(tx, city, records, one, about)
        with tx.connection.transaction():
            found = records.ask(tx, system(city), id_, values, to, one.known.rule.title.zh)
    except (XiuhuaError, ExpressionError) as error:
        return {"problem": str(error)}
    n = max(each["n"] for each in found.state["tracks"]["change_request"])
    return {"record": id_, "n": n}


def _record(tx: Tx, city: str, records: Records, one: Raised, about: About) -> str:
    thing = one.known.rule.raises.thing
    if not thing:
        kind, id_ = about[0]
        if kind != "record":
            raise NotFound("the rule does not say whose record is to be changed")
        return id_
    [(register, text)] = list(thing.items())[:1]
    key = str(Context(dict(one.occurrence.scope)).value(text))
    found = records.id_of(tx, city, register, key)
    if found is None:
        raise NotFound(f"there is no {register} {key}")
    return found


def _shown(one: Raised) -> dict[str, Any]:
    """Plain values that say why."""
    scope = one.occurrence.scope
    names = ("value", "previous", "rank", "ranked", "expected", "done", "date")
    plain = {name: scope[name] for name in names if scope.get(name) is not None}
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


def _sql() -> dict[str, str]:
    return queries("xiuhua.rules")
