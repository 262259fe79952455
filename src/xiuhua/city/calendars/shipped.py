"""The calendars and holidays that are shipped, compiled without a database: for scenarios and tries."""

from __future__ import annotations

from datetime import date
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

from xiuhua.city.calendars.compile import compile_calendar
from xiuhua.city.calendars.forms import parse_spec
from xiuhua.city.calendars.holidays import Checked, read_csv, table
from xiuhua.city.calendars.model import Calendars
from xiuhua.city.calendars.spec import Content, Dated

ALWAYS = date(2000, 1, 1)


def folder() -> Path:
    """Where the shipped calendars lie."""
    return Path(str(files("xiuhua.packs").joinpath("library/holidays-cn")))


def declared() -> tuple[list[dict[str, Any]], dict[str, str]]:
    """The calendars as written, and which role follows which."""
    data = YAML(typ="safe", pure=True).load(folder() / "calendars.yaml")
    return data["calendars"], data["roles"]


def holidays() -> Checked:
    """The official arrangements that are shipped."""
    return read_csv(folder() / "holidays.csv")


@cache
def calendars() -> Calendars:
    """All shipped calendars with the shipped holidays."""
    specs, roles = declared()
    checked = holidays()
    days = table(checked.rows, sorted(checked.whole_years()))
    return Calendars(
        {
            text["code"]: compile_calendar(Content((Dated(parse_spec(text, text["code"]), ALWAYS),), days))
            for text in specs
        },
        roles,
    )
