"""What an examination finds: stable codes with their texts in both languages, and what to do about each."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from typing import Any, Final, Literal

from ruamel.yaml import YAML

Level = Literal["ok", "warning", "error"]
LEVELS: Final[tuple[Level, ...]] = ("ok", "warning", "error")


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at."""

    check: str
    """What was looked at, e.g. `seals`."""
    level: Level
    code: str
    """A text of `strings/doctor.yaml`."""
    values: dict[str, Any] = field(default_factory=dict)
    """Figures and names in the text; nothing personal, no secret."""

    def what(self, lang: str) -> str:
        """What was found, in a sentence."""
        return texts()[self.code]["what"][lang].format(**self.values)

    def todo(self, lang: str) -> str:
        """What to do about it; empty when all is well."""
        told = texts()[self.code].get("do")
        return told[lang].format(**self.values) if told and self.level != "ok" else ""


def worst(found: list[Finding]) -> Level:
    """The gravest level among findings."""
    return max((one.level for one in found), key=LEVELS.index, default="ok")


@cache
def texts() -> dict[str, dict[str, dict[str, str]]]:
    """`strings/doctor.yaml`: by code, `what` and `do`, each with `zh` and `en`."""
    text = files("xiuhua.operations").joinpath("strings", "doctor.yaml").read_text(encoding="utf-8")
    content: dict[str, dict[str, dict[str, str]]] = YAML(typ="safe", pure=True).load(text)
    return content
