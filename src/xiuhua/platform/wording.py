"""Texts in both languages (`strings/errors.yaml`), and why a value does not fit: a reason with its limits."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any, Literal

from ruamel.yaml import YAML

Code = Literal["zh", "en"]


@cache
def strings() -> dict[str, dict[str, dict[str, str]]]:
    """`strings/errors.yaml`: sections `errors`, `fields` and `breaks`, each code with `zh` and `en`."""
    text = files("xiuhua.platform").joinpath("strings", "errors.yaml").read_text(encoding="utf-8")
    content: dict[str, Any] = YAML(typ="safe", pure=True).load(text)
    return content


def say(section: str, code: str, language: Code) -> str | None:
    """A text; None when there is none for the code."""
    found = strings()[section].get(code)
    return None if found is None else found[language]


class Wrong(ValueError):
    """Why a value does not fit: a key of `fields` in `strings/errors.yaml`, and what stands in its braces."""

    def __init__(self, reason: str, /, **limits: Any) -> None:
        super().__init__(reason)
        self.reason, self.limits = reason, limits

    def __str__(self) -> str:
        return strings()["fields"][self.reason]["en"].format(**self.limits)

    def at(self, field: str) -> dict[str, Any]:
        """An entry of `Invalid.errors`: `field`, `reason`, `why` in English, and `limits` where it has some."""
        more = {"limits": self.limits} if self.limits else {}
        return {"field": field, "reason": self.reason, "why": str(self), **more}


def wrong(field: str, reason: str, /, **limits: Any) -> dict[str, Any]:
    """What is wrong with a field, as `Wrong.at` tells it."""
    return Wrong(reason, **limits).at(field)


def why(error: Mapping[str, Any], language: Code) -> str:
    """Why an entry of `Invalid.errors` is one, in a language; as it stands where there is no text for its reason."""
    known = strings()["fields"].get(error.get("reason", ""))
    if known is not None:
        try:
            return known[language].format(**error.get("limits", {}))
        except (KeyError, IndexError):
            pass
    return str((error.get("why_zh") if language == "zh" else None) or error.get("why", ""))
