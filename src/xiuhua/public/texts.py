"""The page's words in both languages, and which steps of a report the public is told."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache
from importlib.resources import files
from typing import Any

from ruamel.yaml import YAML

from xiuhua.public.model import Language


@cache
def catalogue(name: str) -> Mapping[str, Any]:
    """`strings/<name>.yaml`."""
    text = files("xiuhua.public").joinpath("strings", f"{name}.yaml").read_text(encoding="utf-8")
    content: Mapping[str, Any] = YAML(typ="safe", pure=True).load(text)
    return content


def say(key: str, language: Language, **params: object) -> str:
    """A text of `page.yaml`; raises `KeyError` for one that there is not."""
    text: str = catalogue("page")[key][language]
    return text.format(**params) if params else text


def words_of(keys: Iterable[str], language: Language) -> dict[str, str]:
    """Texts for a script, with their `{places}` as they stand."""
    return {key: catalogue("page")[key][language] for key in keys}


def stage_of(state: str, closed: bool) -> str:
    """How far a case is, in the public's terms: `closed`, else by its state, else `working`."""
    if closed:
        return "closed"
    return str(catalogue("steps")["states"].get(state, "working"))


def stage(name: str, language: Language) -> str:
    """The word for a stage."""
    return str(catalogue("steps")["stages"][name][language])


def number_in_words(value: int, language: Language) -> str:
    """A number up to 29, written out."""
    words = catalogue("numbers")[language]
    if value < len(words["ones"]):
        return str(words["ones"][value])
    tens, ones = divmod(value, 10)
    rest = words["join"] + words["ones"][ones] if ones else ""
    return f"{words['tens'][tens]}{rest}"


def number_from(text: str) -> int | None:
    """A number as people type it: digits of either width, or one of the words; None for anything else."""
    plain = "".join(str(ord(sign) - 0xFF10) if "\uff10" <= sign <= "\uff19" else sign for sign in text)
    plain = " ".join(plain.split()).casefold()
    if plain.isascii() and plain.isdigit() and len(plain) <= 3:
        return int(plain)
    return _by_word().get(plain.replace("-", " "))


@cache
def _by_word() -> dict[str, int]:
    return {
        number_in_words(value, language).replace("-", " ").casefold(): value
        for language in ("zh", "en")
        for value in range(30)
    }
