"""One broken pack for every kind of error: all problems are told, with file, line, path and words, and no others."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pytest

from xiuhua.packs import texts, yaml
from xiuhua.packs.check import Checked, check_path
from xiuhua.packs.loader import load_pack

HERE = Path(__file__).parent


def cases() -> list[Any]:
    found = []
    for path in sorted((HERE / "broken").glob("*.yaml")):
        document, problems = yaml.read(path.read_bytes(), path.name)
        assert document is not None, problems
        numbered = enumerate(document.data)
        found += [pytest.param(case, id=f"{path.stem}-{number}-{case['code']}") for number, case in numbered]
    return found


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the good packs."""
    return Path(shutil.copytree(HERE / "good", tmp_path / "packs"))


def break_(path: Path, case: dict[str, Any]) -> None:
    """Do what the case says to its file."""
    path.parent.mkdir(exist_ok=True)
    text = path.read_text(encoding="utf-8") if path.exists() else ""
    for change in case.get("change", ()):
        assert change["from"] in text
        text = text.replace(change["from"], change["to"], 1)
    path.write_text(case.get("content", text), encoding="utf-8")
    if case.get("delete"):
        path.unlink()


def told(checked: Checked) -> list[str]:
    mine = [one for one in checked.problems if one.file.startswith("demo/")]
    return [f"{one.file.removeprefix('demo/')}:{one.line} {one.path} – {one.why}" for one in mine]


def test_the_good_packs_are_good(folder: Path) -> None:
    checked = check_path(folder)
    assert (checked.problems, checked.looked_at, checked.wrong) == ((), 2, 0)


@pytest.mark.parametrize("case", cases())
def test_every_problem_is_told_and_no_other(folder: Path, case: dict[str, Any]) -> None:
    break_(folder / "demo" / case["file"], case)
    checked = check_path(folder)
    assert told(checked) == case["problems"]
    assert all(one.advice(lang) is not None for one in checked.problems for lang in ("zh", "en"))
    assert case["code"] in {one.code for one in checked.problems}


@pytest.mark.parametrize(
    ("file", "content", "line", "why"),
    [
        ("plans.yaml", b"a: \xff\n", 1, "this line is not in UTF-8"),
        ("trees.tsv", b"code\tname\n1\t\xb9\xfa\n", 2, "this line is not in UTF-8"),
        ("pack.yaml", b"name: de\x07mo\n", 1, "the character U+0007 does not belong into a text"),
        ("pack.yaml", b"name: demo\nversion: 1\n\x00", 3, "the character U+0000 does not belong into a text"),
        ("plans.yaml", b"#" * 1_000_001, 0, "the file is larger than 1000000 bytes"),
        ("plans.yaml", b"a: " + b"[" * 100_000, 1, "nested more than 40 levels deep"),
    ],
)
def test_files_that_are_no_text(folder: Path, file: str, content: bytes, line: int, why: str) -> None:
    (folder / "demo" / file).write_bytes(content)
    pack, problems = load_pack(folder / "demo")
    assert pack is None
    assert [(one.file, one.line, one.why) for one in problems][:1] == [(file, line, why)]


def test_all_errors_of_all_packs_come_at_once(folder: Path) -> None:
    procedures = folder / "demo" / "procedures.yaml"
    text = procedures.read_text(encoding="utf-8").replace(
        "from: [open]\n      to: assigned", "form: [open]\n      to: assign"
    )
    procedures.write_text(text, encoding="utf-8")
    (folder / "demo" / "rules.yaml").write_text("demo_unchecked: 5\n", encoding="utf-8")
    (folder / "other" / "plans.yaml").write_text("other_plan: {titel: {zh: 计划, en: Plan}}\n", encoding="utf-8")
    files = [(one.file, one.code) for one in check_path(folder).problems]
    assert files == [
        ("demo/procedures.yaml", "unknown_key"), ("demo/procedures.yaml", "no_such_state"),
        ("demo/rules.yaml", "map_expected"),
        ("other/plans.yaml", "missing_key"), ("other/plans.yaml", "unknown_key"),
    ]  # fmt: skip


def test_a_guess_is_offered(folder: Path) -> None:
    case = {"change": [{"from": "from: [open]\n      to: assigned", "to": "form: [open]\n      to: assigned"}]}
    break_(folder / "demo" / "procedures.yaml", case)
    (problem,) = check_path(folder / "demo", library=folder).problems
    assert (problem.why, problem.hint) == ("unknown key 'form'", "did you mean 'from'?")
    assert (problem.text("zh"), problem.advice("zh")) == ("不认识的键“form”", "是不是“from”？")
    assert (problem.file, problem.line, problem.column) == ("procedures.yaml", 59, 7)


def test_every_text_is_there_in_both_languages() -> None:
    for code, said in texts.catalogue().items():
        assert {"zh", "en"} <= set(said) <= {"zh", "en", "hint_zh", "hint_en"}, code
        assert ("hint_zh" in said) == ("hint_en" in said), code


def test_every_kind_of_error_has_its_broken_pack() -> None:
    shown = {param.values[0]["code"] for param in cases()}
    elsewhere = {code for code in texts.catalogue() if code.startswith(("expression_", "value_"))}
    apart = {"did_you_mean", "known_are", "does_not_fit", "not_utf8", "file_too_large", "too_deep"}
    assert set(texts.catalogue()) - shown - elsewhere - apart == set()
