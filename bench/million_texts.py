"""Texts of reporters for the million: real sentences where the shared folder is there, else synthetic ones."""

from __future__ import annotations

import os
import random
import re
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import openpyxl
from ruamel.yaml import YAML


def content(chance: random.Random, pool: Sequence[str]) -> dict[str, str]:
    """What a reporter sent in: one to three sentences; one in five left a phone, some of them over and over."""
    found = {"text": "".join(chance.choice(pool) for _ in range(chance.choice((1, 2, 2, 3))))}
    if chance.random() < 0.2:
        found["phone"] = f"138{int(chance.random() ** 2 * 300_000):08}"
        found["address"] = chance.choice(words()["streets"]) + f"{chance.randrange(1, 400)}号"
    return found


def texts() -> list[str]:
    """Sentences: of real messages where the shared folder is there, else put together from `bulk.yaml`."""
    folder = Path(os.environ.get("XIUHUA_SHARED") or Path(__file__).parents[2] / "shared")
    book = folder / "data" / "citizen_messages" / "messages_with_replies_2816.xlsx"
    if book.exists():
        return list(_sentences(book))
    return plain()


def plain() -> list[str]:
    """Sentences put together from `bulk.yaml`: each says what it is about."""
    found = words()
    return [
        f"{street}{number}号{what}。{told}"
        for street in found["streets"]
        for what, told in found["what"]
        for number in range(1, 100)
    ]


def _sentences(book: Path) -> Iterable[str]:
    rows = openpyxl.load_workbook(book, read_only=True).active.iter_rows(min_row=2, values_only=True)
    for row in rows:
        text = re.sub(r"\s+", "", f"{row[2]}。{row[4]}")
        yield from (one[:120] + "。" for one in re.split(r"[。！？!?]", text) if len(one) >= 8)


def words() -> dict[str, Any]:
    """The words of `bulk.yaml`."""
    if not _WORDS:
        path = Path(__file__).with_name("bulk.yaml")
        _WORDS.update(YAML(typ="safe", pure=True).load(path.read_text(encoding="utf-8")))
    return _WORDS


_WORDS: dict[str, Any] = {}
