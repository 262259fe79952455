"""Lists as files: cases, reports, inbox, hits of a search; codes with titles, every time stamp in the bureau's zone."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from importlib.resources import files
from typing import Any, Final

import orjson
from ruamel.yaml import YAML

from xiuhua.loop.lists import query
from xiuhua.loop.lists.query import Wanted
from xiuhua.loop.service import Loop
from xiuhua.loop.surroundings import CityView
from xiuhua.platform import personal
from xiuhua.platform.database import Tx
from xiuhua.platform.errors import NotAllowed, TooLarge
from xiuhua.platform.identity.model import Actor
from xiuhua.platform.sql import queries

EXPORT: Final = "list.export"
PERSONAL: Final = ("name", "phone", "address", "title", "text")
_CHUNK: Final = 1000


@dataclass(frozen=True, slots=True)
class Table:
    """What goes into a file."""

    heads: Sequence[str]
    rows: Iterable[Sequence[Any]]


def table(
    tx: Tx, loop: Loop, actor: Actor, wanted: Wanted, language: str, most: int, texts: bool = False, why: str = ""
) -> Table:
    """A list of cases or reports; `texts` adds what reporters wrote, masked unless there is a reason.

    With a reason `personal.unmask` is needed and each look is written down. Raises `NotAllowed`, `TooLarge`.
    """
    if not actor.may(EXPORT):
        raise NotAllowed(permission=EXPORT)
    ids = query.ids(tx, wanted, most + 1)
    if len(ids) > most:
        raise TooLarge(
            f"The list has more than {most} rows; narrow it down, or raise XIUHUA_EXPORT_MAX_ROWS.", most=most
        )
    shown = why if texts else ""
    said = orjson.dumps(wanted.filter.to_json()).decode()
    personal.note_export(tx, actor, f"export_{wanted.kind}s", f"{len(ids)} {said} {shown}")
    view = loop.view(tx, actor.city)
    more = PERSONAL if texts and wanted.kind == "report" else ()
    return made(view, language, _rows(tx, actor, wanted.kind, ids, bool(more), why), _columns(wanted.kind, more))


def made(view: CityView, language: str, rows: Iterable[Mapping[str, Any]], columns: Sequence[str]) -> Table:
    """Rows as cells: titles beside codes, moments on the bureau's clock, lists joined."""
    titles = {"state_title": _states(view, language), "category_name": _category(view), "unit_name": _unit(view)}

    def cells(row: Mapping[str, Any]) -> list[Any]:
        return [titles[name](row) if name in titles else _cell(row.get(name), view) for name in columns]

    return Table(heads(columns, language), map(cells, rows))


def heads(columns: Sequence[str], language: str) -> list[str]:
    """What stands above columns."""
    return [_heads()[name][language] for name in columns]


def _columns(kind: str, more: Sequence[str]) -> list[str]:
    if kind == "case":
        return [
            "number", "state", "state_title", "category", "category_name", "source", "unit", "unit_name", "unit_grid",
            "lon", "lat", "opened_at", "filed_at", "dispatched_at", "received_at", "handed_back_at", "checked_at",
            "closed_at", "due", "overdue", "suspended", "tags", "version", "id",
        ]  # fmt: skip
    return [
        "external_id", "source", "state", "state_title", "category", "category_name", "unit_grid", "lon", "lat",
        "reported_at", "opened_at", "answered_at", "outcome", "tags", *more, "case_id", "version", "id",
    ]  # fmt: skip


def _rows(tx: Tx, actor: Actor, kind: str, ids: Sequence[str], texts: bool, why: str) -> Iterator[Mapping[str, Any]]:
    for begin in range(0, len(ids), _CHUNK):
        asked = {"city": actor.city, "ids": ids[begin : begin + _CHUNK]}
        found = [{**row._asdict(), "kind": kind} for row in tx.execute(_sql()[f"{kind}s"], asked)]
        if texts:
            _add_texts(tx, actor, found, why)
        yield from found


def _add_texts(tx: Tx, actor: Actor, rows: Sequence[dict[str, Any]], why: str) -> None:
    names = [f"report/{row['id']}" for row in rows]
    kept = personal.unmask(tx, actor, names, why) if why else personal.get(tx, actor.city, names)
    for name, row in zip(names, rows, strict=True):
        row.update({each: (kept.get(name) or {}).get(each) for each in PERSONAL})


def _cell(value: Any, view: CityView) -> Any:
    if isinstance(value, datetime):
        return value.astimezone(view.zone)
    return ", ".join(value) if isinstance(value, list) else value


def _states(view: CityView, language: str) -> Any:
    names = {"case": "city_case", "report": "report"}
    states = {
        kind: view.procedures[name][1].tracks["main"].states for kind, name in names.items() if name in view.procedures
    }

    def title(row: Mapping[str, Any]) -> str:
        found = states.get(str(row["kind"]), {}).get(str(row["state"]))
        return str(found.title.model_dump()[language]) if found else str(row["state"])

    return title


def _category(view: CityView) -> Any:
    def name(row: Mapping[str, Any]) -> str | None:
        found = view.catalogue.get(row["category"]) if row.get("category") else None
        return found.name if found else None

    return name


def _unit(view: CityView) -> Any:
    def name(row: Mapping[str, Any]) -> str | None:
        found = view.directory.units.get(row["unit"]) if row.get("unit") else None
        return found.name if found else None

    return name


@cache
def _heads() -> dict[str, dict[str, str]]:
    text = files("xiuhua.loop").joinpath("strings", "export.yaml").read_text(encoding="utf-8")
    content: dict[str, dict[str, str]] = YAML(typ="safe", pure=True).load(text)
    return content


def _sql() -> dict[str, str]:
    return queries("xiuhua.loop.lists", "export.sql")
