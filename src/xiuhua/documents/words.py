"""`words.yaml`: what people are told of documents, and what stands on paper, in both languages."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import Any

from ruamel.yaml import YAML


@cache
def words() -> dict[str, Any]:
    """All of it, read once."""
    text = files("xiuhua.documents").joinpath("words.yaml").read_text(encoding="utf-8")
    found: dict[str, Any] = YAML(typ="safe", pure=True).load(text)
    return found
