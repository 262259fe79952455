"""Packs as they are read, made and kept."""

from __future__ import annotations

import shutil
from pathlib import Path

import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st

from xiuhua.cli import stages
from xiuhua.packs import scaffold
from xiuhua.packs.check import check_path
from xiuhua.packs.common import Setting, Title
from xiuhua.packs.loader import from_content, load_library, load_pack
from xiuhua.packs.pack import GRAMMAR, KINDS, Pack
from xiuhua.packs.values import setting_wrong
from xiuhua.platform.errors import Conflict, Invalid, PackInvalid

GOOD = Path(__file__).parent / "good"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return Path(shutil.copytree(GOOD / "demo", tmp_path / "demo"))


def read(folder: Path) -> Pack:
    pack, problems = load_pack(folder)
    assert pack is not None, problems
    return pack


@pytest.mark.parametrize("name", ["trees", "street-trees", "a1", "a-very-long-name-of-a-pack-32-c"])
def test_a_new_pack_passes_check_and_test(tmp_path: Path, name: str) -> None:
    made = scaffold.new(name, tmp_path)
    checked = check_path(made, library=tmp_path)
    assert checked.problems == ()
    results = stages.run(checked.packs[0], checked.library)
    assert results and {result.why for result in results} == {()}
    assert all(len(checked.packs[0].of_kind(kind)) == 1 for kind in KINDS)


@pytest.mark.parametrize(
    "name", ["", "a", "Trees", "street_trees", "1trees", "trees-", "a--b", "../trees", "a" * 33, "树"]
)
def test_names_that_are_none(tmp_path: Path, name: str) -> None:
    with pytest.raises(Invalid, match="no name of a pack"):
        scaffold.new(name, tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_is_there_is_let_be(folder: Path) -> None:
    with pytest.raises(Conflict):
        scaffold.new("demo", folder.parent)


def test_a_pack_knows_what_it_declares(folder: Path) -> None:
    pack = read(folder)
    assert (pack.name, pack.head.version, list(pack.procedures)) == ("demo", 1, ["demo_order"])
    assert len(pack.scenarios) == 2
    place = pack.place("procedures", "demo_order", "actions", "assign", "to")
    assert (place.file, place.line, place.path) == ("procedures.yaml", 60, "demo_order.actions.assign.to")


def test_the_digest_is_that_of_what_runs(folder: Path) -> None:
    digest = read(folder).digest
    (folder / "README.md").write_text("other words", encoding="utf-8")
    (folder / "scenarios" / "main-road.yaml").unlink()
    shutil.copy(GOOD / "demo" / "scenarios" / "main-road.yaml", folder / "scenarios" / "renamed.yaml")
    (folder / "plans").mkdir()
    (folder / "plans.yaml").rename(folder / "plans" / "one.yaml")
    rules = folder / "rules.yaml"
    rules.write_text("# a comment\n" + rules.read_text(encoding="utf-8"), encoding="utf-8")
    assert read(folder).digest == digest


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        ("pack.yaml", "version: 1", "version: 2"),
        ("rules.yaml", "30 * 86400", "31 * 86400"),
        ("registers.yaml", "out_of_use: [in_use, gone]", "out_of_use: [gone, in_use]"),
        ("trees.tsv", "", "code\tname\n1\toak\n"),
    ],
)  # fmt: skip
def test_the_digest_changes_with_what_runs(folder: Path, file: str, old: str, new: str) -> None:
    digest = read(folder).digest
    path = folder / file
    path.write_text(path.read_text(encoding="utf-8").replace(old, new) if old else new, encoding="utf-8")
    assert read(folder).digest != digest


def test_a_kept_pack_is_the_same_pack(folder: Path) -> None:
    pack = read(folder)
    again = from_content(orjson.loads(orjson.dumps(pack.content)))
    assert again.digest == pack.digest
    assert [again.of_kind(kind) for kind in KINDS] == [pack.of_kind(kind) for kind in KINDS]
    assert again.place("procedures", "demo_order").file == ""


def test_a_pack_of_a_newer_program_is_refused(folder: Path) -> None:
    with pytest.raises(PackInvalid, match="use a newer one"):
        from_content({**read(folder).content, "grammar": GRAMMAR + 1})


def test_line_ends_of_data_do_not_count(folder: Path) -> None:
    (folder / "trees.tsv").write_bytes(b"code\r\n1\r\n")
    windows = read(folder).data["trees.tsv"]
    (folder / "trees.tsv").write_bytes(b"code\n1\n")
    assert read(folder).data["trees.tsv"] == windows


def test_hidden_files_are_let_be(folder: Path) -> None:
    (folder / ".DS_Store").write_bytes(b"\x00")
    (folder / "__pycache__").mkdir()
    assert read(folder).name == "demo"


def test_a_library_is_read_as_far_as_it_can(folder: Path) -> None:
    (folder.parent / "empty").mkdir()
    packs, problems = load_library(folder.parent)
    assert (list(packs), [one.file for one in problems]) == (["demo"], ["empty/pack.yaml"])


@pytest.mark.parametrize(
    ("type_", "value", "wrong"),
    [
        ("integer", 3, ""), ("integer", True, "number_expected"), ("integer", "3", "number_expected"),
        ("boolean", False, ""), ("boolean", 0, "boolean_expected"),
        ("choice", "a", ""), ("choice", "c", "not_one_of"), ("choice", None, "not_one_of"),
        ("text", "x", ""), ("text", 5, "text_expected"), ("text", "x" * 2001, "text_expected"),
        ("limit", {"amount": "1.5", "kind": "work_day"}, ""), ("limit", {"amount": "2"}, "limit_form"),
        ("limit", {"amount": "0", "kind": "work_day"}, "limit_form"),
        ("limit", {"amount": 2, "kind": "work_day"}, "limit_form"),
        ("limit", {"amount": "NaN", "kind": "work_day"}, "limit_form"),
        ("limit", {"amount": "9999", "kind": "work_day"}, "limit_form"),
        ("limit", {"amount": "two", "kind": "work_day"}, "limit_form"), ("limit", "2 work_day", "limit_form"),
    ],
)  # fmt: skip
def test_values_of_settings(type_: str, value: object, wrong: str) -> None:
    setting = Setting.model_construct(title=Title(zh="设置", en="Setting"), type=type_, default=None, of=["a", "b"])
    assert setting_wrong(setting, value) == wrong


@given(st.text(max_size=12))
def test_any_name_is_taken_or_refused(tmp_path_factory: pytest.TempPathFactory, name: str) -> None:
    folder = tmp_path_factory.mktemp("names")
    try:
        assert scaffold.new(name, folder).parent == folder
    except Invalid as error:
        assert error.params["errors"]
