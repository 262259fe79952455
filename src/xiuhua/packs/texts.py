"""What this room says to people, in both languages: `strings/problems.yaml`, code → zh, en and hints."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any, Final

from ruamel.yaml import YAML

_LONGEST: Final = 300


@cache
def catalogue() -> Mapping[str, Mapping[str, str]]:
    """All texts: code → `{"zh", "en", "hint_zh", "hint_en"}`, the hints only where there is one."""
    text = files("xiuhua.packs").joinpath("strings", "problems.yaml").read_text(encoding="utf-8")
    loaded: dict[str, dict[str, str]] = YAML(typ="safe", pure=True).load(text)
    return loaded


def say(code: str, language: str, params: Mapping[str, Any]) -> str:
    """One text with its values filled in."""
    return catalogue()[code][language].format_map(_clipped(params))


def hint(code: str, language: str, params: Mapping[str, Any]) -> str:
    """What to do about it; empty where nothing is to be said."""
    return catalogue()[code].get(f"hint_{language}", "").format_map(_clipped(params))


def _clipped(params: Mapping[str, Any]) -> dict[str, Any]:
    """A value may be a whole file on one line: nobody reads more than its beginning."""
    return {name: _short(value) if isinstance(value, str) else value for name, value in params.items()}


def _short(text: str) -> str:
    return text if len(text) <= _LONGEST else text[:_LONGEST] + "…"
