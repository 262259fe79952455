"""What is wrong with a report: every fault with its field, worded in both languages. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime, timedelta
from functools import cache
from importlib.resources import files
from typing import Any, Final

from ruamel.yaml import YAML

from xiuhua.loop.model import LONGEST_TEXT, MACHINES, SOURCES, STRANGERS, Problem, ReportIn
from xiuhua.loop.surroundings import CityView

_MOST_TAGS: Final = 20
_CONTROL: Final = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")
_EARLIEST: Final = datetime.fromisoformat("2000-01-01T00:00:00+00:00")
_AHEAD: Final = timedelta(minutes=5)
"""How far another system's clock may be ahead of ours."""


@cache
def _wordings() -> dict[str, dict[str, str]]:
    text = files("xiuhua.loop").joinpath("strings/intake.yaml").read_text(encoding="utf-8")
    return dict(YAML(typ="safe", pure=True).load(text))


def worded(key: str, language: str = "en", **params: Any) -> str:
    """The wording of a fault in one language."""
    return _wordings()[key][language].format(**params)


def problem(index: int, field: str, key: str, **params: Any) -> Problem:
    """A fault of the report at a place of the batch, in both languages."""
    return Problem(index, field, worded(key, "en", **params), worded(key, "zh", **params))


def faults(index: int, report: ReportIn, view: CityView, now: datetime) -> Iterator[Problem]:
    """All that is wrong with one report but its place and photos."""
    if report.source not in SOURCES:
        yield problem(index, "source", "source", known=", ".join(SOURCES))
    if not report.external_id or len(report.external_id) > 200 or _CONTROL.search(report.external_id):
        yield problem(index, "external_id", "external_id")
    if not report.text.strip():
        yield problem(index, "text", "text_empty")
    elif len(report.text) > LONGEST_TEXT:
        yield problem(index, "text", "text_long", length=len(report.text), most=LONGEST_TEXT)
    if _CONTROL.search(report.text + (report.title or "")):
        yield problem(index, "text", "control")
    if report.at is not None and report.at.tzinfo is None:
        yield problem(index, "at", "no_offset")
    elif report.at is not None and not _EARLIEST <= report.at <= now + _AHEAD:
        yield problem(index, "at", "time", at=report.at.isoformat())
    if report.category is not None and report.category not in view.catalogue:
        near = ", ".join(one.key for one in view.catalogue.nearest(report.category))
        yield problem(index, "category", "category", given=report.category, near=near or "–")
    if report.machine is not None and report.source not in MACHINES:
        yield problem(index, "machine", "machine", known=", ".join(sorted(MACHINES)))
    if report.witness is not None and report.source in STRANGERS:
        yield problem(index, "witness", "witness")
    if len(report.tags) > _MOST_TAGS or any(len(tag) > 40 for tag in report.tags):
        yield problem(index, "tags", "tags", most=_MOST_TAGS)
