"""What is wrong in a pack: one problem, with its place, in words for a person who cannot program."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from typing import Any

from xiuhua.packs import texts

Step = str | int
Path = tuple[Step, ...]


@dataclass(frozen=True, slots=True)
class Place:
    """Where in a pack: file (relative to the pack's folder), line and column from 1, path in the declarations."""

    file: str
    line: int = 0
    column: int = 0
    path: str = ""


@dataclass(frozen=True, slots=True)
class Problem:
    """One error; `code` and `hint_code` are keys of `strings/problems.yaml`, `params` fill them in."""

    place: Place
    code: str
    params: Mapping[str, Any] = field(default_factory=dict)
    hint_code: str = ""

    @property
    def file(self) -> str:
        """Relative to the pack's folder."""
        return self.place.file

    @property
    def line(self) -> int:
        """From 1; 0 when it is about the file as a whole."""
        return self.place.line

    @property
    def column(self) -> int:
        """From 1."""
        return self.place.column

    @property
    def path(self) -> str:
        """Such as `city_case.actions.dispatch.to`."""
        return self.place.path

    @property
    def why(self) -> str:
        """What is wrong, in English."""
        return self.text("en")

    @property
    def hint(self) -> str:
        """What to do about it, in English; may be empty."""
        return self.advice("en")

    def text(self, language: str) -> str:
        """What is wrong, in `zh` or `en`."""
        return texts.say(self.code, language, self.params)

    def advice(self, language: str) -> str:
        """What to do about it, in `zh` or `en`; empty where nothing is to be said."""
        return texts.hint(self.hint_code or self.code, language, self.params)

    def as_error(self, language: str = "en") -> dict[str, Any]:
        """As one of the `errors` of `PackInvalid`."""
        return {
            "file": self.file, "line": self.line, "column": self.column, "path": self.path,
            "code": self.code, "why": self.text(language), "hint": self.advice(language),
        }  # fmt: skip


def dotted(path: Path) -> str:
    """`city_case.actions.dispatch.by[0].role`."""
    text = ""
    for step in path:
        text += f"[{step}]" if isinstance(step, int) else f".{step}" if text else step
    return text


def did_you_mean(found: str, known: Mapping[str, Any] | frozenset[str] | set[str] | list[str]) -> dict[str, str]:
    """Parameters `near` and `known` of a problem about a name that does not exist."""
    names = sorted(known)
    near = get_close_matches(found, names, n=1, cutoff=0.6)
    shown = ", ".join(names[:20]) + (" …" if len(names) > 20 else "")
    return {"near": near[0] if near else "", "known": shown or "–"}


def hint_for(near: Mapping[str, str]) -> str:
    """The hint that suits the answer of `did_you_mean`."""
    return "did_you_mean" if near["near"] else "known_are"
