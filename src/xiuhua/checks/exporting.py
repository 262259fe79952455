"""Inspections and rankings as files for spreadsheets."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cache
from importlib.resources import files
from typing import Any, Final

from fastapi.responses import Response
from ruamel.yaml import YAML

from xiuhua.checks.forms import InspectionLineOut, RankedOut
from xiuhua.platform import sheets
from xiuhua.platform.errors import TooLarge

MOST: Final = 50_000
_INSPECTION: Final = (
    "number", "title", "called", "unit_name", "state", "score", "original", "band", "list", "failed", "open", "recheck",
    "late", "begun_at", "finished_at", "id",
)  # fmt: skip
_RANKED: Final = ("rank", "called", "score", "before", "up", "list", "band", "name")


def inspections(lines: Sequence[InspectionLineOut], language: str) -> Response:
    """A line for each. Raises `TooLarge`."""
    if len(lines) > MOST:
        raise TooLarge(f"more than {MOST} rows: narrow the list")
    rows = ([_cell(getattr(one, name), language) for name in _INSPECTION] for one in lines)
    return _sent("inspections", _INSPECTION, rows, language)


def ranking(lines: Sequence[RankedOut], language: str) -> Response:
    """A line for each."""
    return _sent("ranking", _RANKED, ([getattr(one, name) for name in _RANKED] for one in lines), language)


def _cell(value: Any, language: str) -> Any:
    return value[language] if isinstance(value, dict) else value


def _sent(name: str, columns: Sequence[str], rows: Iterable[Sequence[Any]], language: str) -> Response:
    heads = _heads()
    file = sheets.written("csv", [heads[one][language] for one in columns], rows)
    with file:
        content = file.read()
    told = {"Content-Disposition": f'attachment; filename="{name}.csv"', "Cache-Control": "no-store"}
    return Response(content, media_type=sheets.TYPES["csv"], headers=told)


@cache
def _heads() -> dict[str, dict[str, str]]:
    text = files("xiuhua.checks").joinpath("heads.yaml").read_text(encoding="utf-8")
    found: dict[str, dict[str, str]] = YAML(typ="safe", pure=True).load(text)
    return found
