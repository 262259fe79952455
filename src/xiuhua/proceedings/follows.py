"""What other rooms have begun: a rule's task, a failed item's procedure. What cannot begin is told to who asked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from xiuhua.flow.model import State
from xiuhua.packs.common import FieldSpec
from xiuhua.platform.database import Tx
from xiuhua.platform.errors import XiuhuaError
from xiuhua.platform.identity.model import Actor, system
from xiuhua.proceedings import model
from xiuhua.proceedings.service import Proceedings, Thing

_TITLES: Final = ("title", "what")
_LONGEST: Final = 200
"""Of a title; a field may say less."""


@dataclass(frozen=True, slots=True)
class Begun:
    """What came of it: neither where there is no procedure of the name."""

    stream: str | None = None
    """`task/<id>`."""
    problem: str | None = None
    """Why it could not begin."""


@dataclass(frozen=True, slots=True)
class Failed:
    """An item of an inspection that failed, and names a procedure."""

    item: str
    procedure: str
    title: Mapping[str, str]
    """What the item is called: `zh`, `en`."""
    line: Mapping[str, str]
    """What the checklist is called."""
    notes: tuple[str, ...] = ()
    photos: tuple[str, ...] = ()
    due: datetime | None = None
    """Until when it must be put right, where the checklist says so."""


@dataclass(frozen=True, slots=True)
class Follows:
    """Begins procedures for other rooms, in their transaction, by the system.

    Of what is told a procedure takes the fields of its form that bear the name; titles are in the words of the pack,
    Chinese as all that the bureau writes.
    """

    proceedings: Proceedings

    def task(
        self, tx: Tx, city: str, name: str, about: Sequence[tuple[str, str]], fields: Mapping[str, Any],
        why: Mapping[str, str],
    ) -> Begun:  # fmt: skip
        """The task of a rule, where a procedure of its name runs here.

        It holds the `fields` of the rule; unless these say so, `title` or `what` are the rule's title with what it is
        about, and `unit` is who answers for that.
        """
        thing = Thing(*about[0]) if about else None
        seen = (self.proceedings.look_at(tx, city, thing.kind, thing.id) if thing else None) or {}
        titled = "：".join(part for part in (why["zh"], seen.get("called")) if part)
        told = {**dict.fromkeys(_TITLES, titled), "unit": seen.get("unit"), **fields}
        return self._begin(tx, city, name, told, thing if seen else None, seen.get("scopes"))

    def failed(self, tx: Tx, actor: Actor, inspection: State, items: Sequence[Failed]) -> list[Begun]:
        """A procedure for each failed item that declares one, in their order.

        It is about the inspection, lies where that was, and goes to the unit inspected; `title` and `what` are the
        item's words, `what` with what was noted; `before` or `photos` what was photographed.
        """
        data = inspection["data"]
        called = str((data.get("thing") or {}).get("called") or "")
        about, found = Thing("inspection", inspection["id"]), []
        for one in items:
            title = "：".join(part for part in (called, one.title["zh"]) if part)
            told = {
                "line": one.line["zh"], "object": called, "unit": data.get("unit"), "title": title,
                "what": "\n".join((title, *one.notes)), "before": list(one.photos), "photos": list(one.photos),
                "place": data.get("place"), "due": one.due.isoformat() if one.due else None,
            }  # fmt: skip
            found.append(self._begin(tx, actor.city, one.procedure, told, about, data.get("scopes")))
        return found

    def _begin(
        self, tx: Tx, city: str, name: str, told: Mapping[str, Any], about: Thing | None,
        scopes: Sequence[str] | None,
    ) -> Begun:  # fmt: skip
        found = model.of_room(self.proceedings.view(tx, city).procedures).get(name)
        if found is None:
            return Begun()
        specs = found.actions[model.beginning(found)].fields
        fields = {one: _fitting(spec, told[one]) for one, spec in specs.items() if told.get(one) not in (None, [])}
        try:
            with tx.connection.transaction():
                made = self.proceedings.begin(
                    tx, system(city), name, fields, {"scopes": list(scopes)} if scopes else None, about=about
                )
        except XiuhuaError as error:
            return Begun(None, _said(error))
        return Begun(f"{found.subject}/{made.state['id']}")


def _fitting(spec: FieldSpec, value: Any) -> Any:
    """A value as a form takes it: one text for one field, no longer than it may be."""
    if isinstance(value, list) and not spec.many:
        value = value[0]
    if isinstance(value, str) and spec.type in ("text", "long_text"):
        return value[: spec.max_length or (_LONGEST if spec.type == "text" else None)]
    return value


def _said(error: XiuhuaError) -> str:
    """Why, with the fields that do not fit."""
    wrong = "; ".join(f"{one.get('field')} {one.get('why')}" for one in error.params.get("errors", ()))
    return f"{error.detail} {wrong}".strip()
