"""HTML from templates; everything that is put in is escaped, and a value that is missing is an error."""

from __future__ import annotations

import hashlib
from datetime import datetime
from functools import cache, partial
from importlib.resources import files
from typing import TYPE_CHECKING, Any, Final
from zoneinfo import ZoneInfo

from xiuhua.public.model import Language
from xiuhua.public.texts import say, stage

if TYPE_CHECKING:
    from jinja2 import Environment

ASSETS: Final = {"public.css": "text/css; charset=utf-8", "icon.svg": "image/svg+xml"}


def render(template: str, language: Language, **values: Any) -> str:
    """A template in a language."""
    words = {"t": partial(_say, language), "stage": lambda name: stage(name, language), "language": language}
    return _environment().get_template(template).render(**words, asset=asset_path, **values)


def _say(language: Language, key: str, **params: object) -> str:
    return say(key, language, **params)


@cache
def _environment() -> Environment:
    from jinja2 import Environment, PackageLoader, StrictUndefined  # noqa: PLC0415 - only pages need it

    made = Environment(
        loader=PackageLoader("xiuhua.public"), autoescape=True, undefined=StrictUndefined, trim_blocks=True,
        lstrip_blocks=True,
    )  # fmt: skip
    made.filters["moment"] = moment
    made.filters["day"] = day
    made.filters["count"] = lambda value: f"{value:,}"
    return made


def moment(at: datetime, zone: ZoneInfo) -> str:
    """`2026-11-22 14:05`."""
    return f"{at.astimezone(zone):%Y-%m-%d %H:%M}"


def day(at: datetime, zone: ZoneInfo) -> str:
    """`2026-11-22`."""
    return f"{at.astimezone(zone):%Y-%m-%d}"


@cache
def asset(name: str) -> bytes:
    """A file of `static/`, one of `ASSETS`."""
    return files("xiuhua.public").joinpath("static", name).read_bytes()


@cache
def asset_path(name: str) -> str:
    """Where it is found: the address changes with its content, so that it may be kept for ever."""
    return f"/report/assets/{hashlib.sha256(asset(name)).hexdigest()[:16]}/{name}"
