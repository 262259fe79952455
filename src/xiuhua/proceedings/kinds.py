"""How a proceeding becomes its row. Depends on the state and the version it began under alone; replay uses the same."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any, Final

import orjson

from xiuhua.flow.model import State
from xiuhua.flow.work import Kind
from xiuhua.packs.procedure import Procedure
from xiuhua.platform.copying import Table, array, moment
from xiuhua.platform.eventlog import Head
from xiuhua.platform.sql import queries
from xiuhua.proceedings import model

COLUMNS: Final = (
    "id", "version", "head", "procedure", "subject", "number", "state", "outcome", "title", "unit", "person", "units",
    "people", "scopes", "about_kind", "about_id", "parent", "day", "due", "opened_at", "closed_at", "overdue", "doc",
)  # fmt: skip
TABLE: Final = Table(
    "proceeding", COLUMNS,
    dict.fromkeys(("units", "people", "scopes"), array(" "))
    | dict.fromkeys(("due", "opened_at", "closed_at"), moment),
)  # fmt: skip
ProcedureOf = Callable[[State], Procedure]


def row(state: State, head: Head, procedure: Procedure) -> tuple[Any, ...]:
    """The row of a proceeding, in the order of `COLUMNS`; times as epoch seconds."""
    data = state["data"]
    about, parent = data.get("about") or {}, data.get("parent") or {}
    closed = state["since"] if model.is_final(procedure, state) else None
    return (
        state["id"], head.version, head.digest, state["procedure"], state["subject"], state["number"] or None,
        state["state"], model.outcome(procedure, state), model.called(state), _text(data.get("unit")),
        _text(data.get("person")), " ".join(model.units(state)), " ".join(model.people(state)),
        " ".join(data.get("scopes") or ()), about.get("kind"), about.get("id"), parent.get("id"),
        model.day(state), model.due(state), state["opened"], closed, model.overdue(procedure, state),
        orjson.dumps(state, option=orjson.OPT_SORT_KEYS).decode(),
    )  # fmt: skip


def _text(value: Any) -> str | None:
    return value if isinstance(value, str) else None


class Kinds(Mapping[str, Kind]):
    """Every subject of this room; packs name them."""

    def __init__(self, procedure_of: ProcedureOf) -> None:
        self._procedure_of = procedure_of

    def __getitem__(self, subject: str) -> Kind:
        if not model.owns(subject):
            raise KeyError(subject)
        sql = queries("xiuhua.proceedings")
        return Kind(
            subject, sql["load"], sql["save"], TABLE, lambda state, head: row(state, head, self._procedure_of(state))
        )

    def __iter__(self) -> Iterator[str]:
        return iter(())

    def __len__(self) -> int:
        return 0
