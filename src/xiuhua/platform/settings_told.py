"""Settings as they are shown to a person: with help in both languages, and never a secret."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Final, get_args

from pydantic import SecretStr
from ruamel.yaml import YAML

from xiuhua.platform.settings import Settings, kind_of, variable

_KEYS: Final = re.compile(r"(?<=://)[^/@\s]*@|(?<=[\w/])\?[^\s\"]*")
"""Of an address: the user before the host, the query behind the path."""


@dataclass(frozen=True, slots=True)
class Told:
    """A setting as it is shown to a person: what it does, what it is, never a secret."""

    variable: str
    help: dict[str, str]
    """`zh` and `en`."""
    allowed: str
    secret: bool
    given: bool
    value: str | None
    default: str | None


def told(settings: Settings) -> list[Told]:
    """Every setting in order; of addresses what may hold a key (user, query) is left out."""
    found = []
    for name, field in Settings.model_fields.items():
        secret = SecretStr in (field.annotation, *get_args(field.annotation))
        value = None if secret else _shown(getattr(settings, name))
        help_ = {"zh": chinese_help().get(name) or str(field.description), "en": str(field.description)}
        default = _shown(field.default)
        given = name in settings.model_fields_set
        found.append(Told(variable(name), help_, kind_of(field), secret, given, value, default))
    return found


def _shown(value: object) -> str | None:
    if isinstance(value, bool):
        return str(value).lower()
    text = "" if value is None else str(value)
    return _KEYS.sub("", text) or None


@cache
def chinese_help() -> dict[str, str]:
    """Help in Chinese by the name of the field."""
    text = files("xiuhua.platform").joinpath("strings", "settings.yaml").read_text(encoding="utf-8")
    loaded: dict[str, str] = YAML(typ="safe", pure=True).load(text)
    return loaded
