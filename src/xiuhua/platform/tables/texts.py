"""What a person reads of an import, in both languages; the texts are in `messages.yaml`."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, Final, cast

from ruamel.yaml import YAML

from xiuhua.platform.errors import Invalid
from xiuhua.platform.masking import mask_text

ZH, EN = "zh-CN", "en"
_LONGEST_EXCERPT: Final = 40


@cache
def data(file: str) -> dict[str, Any]:
    """A YAML file of this package (1.2)."""
    text = files("xiuhua.platform.tables").joinpath(file).read_text(encoding="utf-8")
    return cast(dict[str, Any], YAML(typ="safe", pure=True).load(text))


def say(lang: str, key: str, /, **params: Any) -> str:
    """One text of `messages.yaml`; `lang` is `zh-CN` (the default everywhere) or `en`.

    Lists are joined as the language does it; `nearest` is a name that may have been meant, or None.
    """
    here = "en" if lang.startswith("en") else "zh"
    shown = {name: _shown(lang, name, value) for name, value in params.items()}
    return str(data("messages.yaml")[key][here]).format(**shown)


def _shown(lang: str, name: str, value: Any) -> Any:
    if name == "nearest":
        return say(lang, "nearest", name=value) if value else ""
    if isinstance(value, list | tuple):
        return say(lang, "between").join(map(str, value)) or say(lang, "none_present")
    return value


def excerpt(value: object) -> str:
    """The beginning of a cell's content for a message: numbers of people masked, one line, short."""
    text = mask_text(" ".join(str(value).split()))
    return text if len(text) <= _LONGEST_EXCERPT else text[:_LONGEST_EXCERPT] + "…"


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong in one row."""

    column: str
    """The column's title as in the file; empty for the whole row."""
    code: str
    """Key in `messages.yaml`; `service` for what the intake found."""
    why: str
    why_zh: str

    def text(self, lang: str) -> str:
        """Why, in a language."""
        return self.why if lang.startswith("en") else self.why_zh or self.why


def fault(column: str, code: str, /, **params: Any) -> Fault:
    """A fault with the texts of its code."""
    return Fault(column, code, say(EN, code, **params), say(ZH, code, **params))


class Unreadable(ValueError):
    """A cell that does not hold what it should; `code` is a key in `messages.yaml`."""

    def __init__(self, code: str, /, **params: Any) -> None:
        super().__init__(code)
        self.code, self.params = code, params


def place(file: str, row: int, field: str, code: str, /, **params: Any) -> dict[str, Any]:
    """One entry of `Invalid.errors`: row 0 is the whole file; of a mapping file the row is its line."""
    why = {"why": say(EN, code, **params), "why_zh": say(ZH, code, **params)}
    return {"file": file, "row": row, "field": field, **why}


class FileRefused(Invalid):
    """The file or its mapping cannot be read; nothing was taken in."""

    @classmethod
    def code(cls) -> str:
        """The same as any other wrong input."""
        return Invalid.code()


def refusal(errors: Iterable[dict[str, Any]]) -> FileRefused:
    """The error that refuses a whole file or mapping, all of its places listed."""
    listed = list(errors)
    return FileRefused(" ".join(f"{place_text(one, EN)}." for one in listed), errors=listed)


def place_text(error: dict[str, Any], lang: str) -> str:
    """One line for one entry of `Invalid.errors`."""
    key = {
        (True, True): "place",
        (True, False): "place_without_field",
        (False, True): "place_without_row",
        (False, False): "place_of_file",
    }[bool(error.get("row")), bool(error.get("field"))]
    why = error["why"] if lang.startswith("en") else error.get("why_zh") or error["why"]
    return say(lang, key, **{**error, "why": why})
