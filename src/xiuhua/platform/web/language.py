"""Which of the two languages a reader wants, and the texts in it."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import Any, Literal

from ruamel.yaml import YAML

Code = Literal["zh", "en"]


def negotiate(accept: str, default: Code = "zh") -> Code:
    """The better of `zh` and `en` by an Accept-Language header (RFC 9110 §12.5.4); `default` when it has none."""
    wanted: dict[str, float] = {}
    for part in accept.split(","):
        tag, _, parameter = part.partition(";")
        quality = parameter.strip().removeprefix("q=")
        try:
            weight = float(quality) if quality else 1.0
        except ValueError:
            continue
        language = tag.strip().lower().split("-")[0]
        wanted[language] = max(weight, wanted.get(language, 0.0))
    anything = wanted.get("*", 0.0)
    zh, en = wanted.get("zh", anything), wanted.get("en", anything)
    if zh == en:
        return default
    return "zh" if zh > en else "en"


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
