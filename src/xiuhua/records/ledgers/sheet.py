"""Entries as a table."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from typing import Any, Final
from zoneinfo import ZoneInfo

from xiuhua.flow.model import State
from xiuhua.records import export
from xiuhua.records.ledgers import forms
from xiuhua.records.ledgers.model import Declared

_OWN: Final = ("day", "quantity", "unit")
_BEHIND: Final = ("of_unit", "note", "late", "counters", "id")


def heads(declared: Declared, lang: str) -> list[str]:
    """What stands above the columns."""
    told = forms.titles(declared)
    own, behind = ([forms.title_of(name)[lang] for name in names] for names in (_own(declared), _BEHIND))
    return [*own, *(told[name][lang] for name in _shown(declared)), *behind]


def rows(
    declared: Declared, states: Iterable[State], lang: str, names: forms.Names, zone: ZoneInfo
) -> Iterator[Sequence[Any]]:
    """A row of cells for each entry; what is personal is left out."""
    ledger = declared.ledger
    for state in states:
        data = state["data"]
        cells: list[Any] = [data["day"], Decimal(data["quantity"]), ledger.quantity]
        cells += [data.get("thing_key")] if ledger.of else []
        for name in _shown(declared):
            spec = ledger.fields[name]
            numbers = spec.type in ("integer", "decimal", "money") and not spec.many and data.get(name) is not None
            cells.append(Decimal(data[name]) if numbers else export.text(spec, names, zone, lang, data.get(name)))
        unit = data.get("of_unit")
        cells += [names(unit) or unit if unit else None, data.get("note"), data.get("late") or 0]
        yield [*cells, data.get("counters"), state["id"]]


def _own(declared: Declared) -> list[str]:
    return [*_OWN, *(["thing"] if declared.ledger.of else [])]


def _shown(declared: Declared) -> list[str]:
    fields = declared.ledger.fields.items()
    return [name for name, spec in fields if not spec.personal and spec.type not in ("photo", "file")]
