"""Entries as a CSV file for spreadsheets."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator
from typing import Any, Final

from xiuhua.flow.model import State
from xiuhua.platform.tables.rejects import guarded
from xiuhua.records.ledgers import forms
from xiuhua.records.ledgers.model import Declared

_DECIMAL: Final = re.compile(r"-?(0|[1-9]\d{0,10})(\.\d{1,6})?")
_OWN: Final = ("day", "quantity", "unit")
_BEHIND: Final = ("of_unit", "note", "late", "counters", "id")


def lines(declared: Declared, states: Iterable[State], lang: str, names: forms.Names) -> Iterator[bytes]:
    """The file line by line, with a byte order mark; cells that a spreadsheet would run are made harmless."""
    ledger = declared.ledger
    shown = [name for name, spec in ledger.fields.items() if not spec.personal and spec.type not in ("photo", "file")]
    own = [*_OWN, *(["thing"] if ledger.of else [])]
    told = forms.titles(declared)
    heads = [forms.title_of(name)[lang] for name in own] + [told[name][lang] for name in shown]
    yield b"\xef\xbb\xbf" + _line([*heads, *(forms.title_of(name)[lang] for name in _BEHIND)])
    for state in states:
        data = state["data"]
        cells = [data["day"], data["quantity"], ledger.quantity, *([data.get("thing_key")] if ledger.of else [])]
        cells += [_cell(declared, name, data.get(name), lang, names) for name in shown]
        unit = data.get("of_unit")
        cells += [names(unit) or unit if unit else None, data.get("note"), data.get("late") or 0]
        yield _line([*cells, data.get("counters"), state["id"]])


def _cell(declared: Declared, name: str, value: Any, lang: str, names: forms.Names) -> Any:
    spec = declared.ledger.fields[name]
    if isinstance(value, list):
        return ", ".join(str(_cell(declared, name, one, lang, names)) for one in value)
    if spec.type in ("unit", "person") and isinstance(value, str):
        return names(value) or value
    if spec.type == "choice" and value in spec.titles:
        return getattr(spec.titles[value], lang)
    return value if not isinstance(value, dict) else ""


def _line(cells: Iterable[Any]) -> bytes:
    text = io.StringIO()
    csv.writer(text).writerow(["" if one is None else one for one in map(_harmless, cells)])
    return text.getvalue().encode()


def _harmless(cell: Any) -> Any:
    """A decimal stays one, also below zero."""
    return cell if not isinstance(cell, str) or _DECIMAL.fullmatch(cell) else guarded(cell)
