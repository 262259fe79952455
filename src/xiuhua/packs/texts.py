"""What this room says to people, in both languages: `strings/problems.yaml`, code → zh, en and hints."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any

from ruamel.yaml import YAML


@cache
def catalogue() -> Mapping[str, Mapping[str, str]]:
    """All texts: code → `{"zh", "en", "hint_zh", "hint_en"}`, the hints only where there is one."""
    text = files("xiuhua.packs").joinpath("strings", "problems.yaml").read_text(encoding="utf-8")
    loaded: dict[str, dict[str, str]] = YAML(typ="safe", pure=True).load(text)
    return loaded


def say(code: str, language: str, params: Mapping[str, Any]) -> str:
    """One text with its values filled in."""
    return catalogue()[code][language].format_map(params)


def hint(code: str, language: str, params: Mapping[str, Any]) -> str:
    """What to do about it; empty where nothing is to be said."""
    return catalogue()[code].get(f"hint_{language}", "").format_map(params)
