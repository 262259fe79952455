"""The console's files, held to the program: types of the API, both languages, the lock."""

from __future__ import annotations

import hashlib
import json
import re
from pathlib import Path

import pytest
from tests.conftest import ROOT

from xiuhua.cli.openapi import canonical

CONSOLE = ROOT / "console"
FOLDERS = sorted(path.stem for path in (CONSOLE / "src/strings/zh").glob("*.json"))


def test_types_of_the_api_are_those_of_this_api() -> None:
    head = (CONSOLE / "src/api/schema.d.ts").read_text(encoding="utf-8")[:300]

    assert f"openapi sha256: {hashlib.sha256(canonical()).hexdigest()}" in head, "run `make api`"


@pytest.mark.parametrize("folder", FOLDERS)
def test_both_languages_hold_the_same_texts(folder: str) -> None:
    zh, en = (_texts(language, folder) for language in ("zh", "en"))

    assert zh.keys() == en.keys()
    for key in zh:
        assert _blanks(zh[key]) == _blanks(en[key]), key


def test_every_folder_of_texts_has_both_languages_and_its_type() -> None:
    english = sorted(path.stem for path in (CONSOLE / "src/strings/en").glob("*.json"))
    typed = (CONSOLE / "src/strings/catalogues.ts").read_text(encoding="utf-8")

    assert english == FOLDERS
    assert [name for name in FOLDERS if f"  {name}: typeof {name}" not in typed] == []


def test_no_chinese_stands_in_the_code() -> None:
    code = [*CONSOLE.glob("src/**/*.ts"), *CONSOLE.glob("src/**/*.tsx")]
    found = [path.name for path in code if path.name != "schema.d.ts" and re.search("[一-鿿]", _code(path))]

    assert found == []


def test_the_lock_has_a_digest_for_everything_and_names_no_place() -> None:
    lock = json.loads((CONSOLE / "package-lock.json").read_text(encoding="utf-8"))
    packages = {name: one for name, one in lock["packages"].items() if name}

    assert [name for name, one in packages.items() if "integrity" not in one] == []
    assert [name for name, one in packages.items() if "resolved" in one] == []


def _texts(language: str, folder: str) -> dict[str, str]:
    path = CONSOLE / "src/strings" / language / f"{folder}.json"
    return dict(json.loads(path.read_text(encoding="utf-8")))


def _blanks(text: str) -> set[str]:
    return set(re.findall(r"\{(\w+)\}", text))


def _code(path: Path) -> str:
    """Without comments, which may say what a thing is called in the field."""
    return re.sub(r"/\*.*?\*/|//[^\n]*", "", path.read_text(encoding="utf-8"), flags=re.S)
