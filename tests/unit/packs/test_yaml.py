"""YAML 1.2 with its traps settled, and nothing that makes the reader crash or hang."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from xiuhua.packs.loader import load_pack
from xiuhua.packs.yaml import read

SIGNS = [*"abc:-?[]{},&*!|>'\"%@`#\n \t0123.\\<~=中\x00\x07", "- ", "a: ", "\n  ", "&x ", "*x", "!!str ", "---\n",
         "...\n", "%YAML 1.1\n", '"\\u', "\\U", "|\n", "? ", "<<: ", "\r\n", "\u2028", "\ufeff", "\ud800"]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("on", "on"), ("yes", "yes"), ("no", "no"), ("12:30", "12:30"), ("2026-03-02", "2026-03-02"),
        ("1_000", "1_000"),
        ("true", True), ("False", False), ("~", None), ("null", None), ("", None), ("0", 0), ("-5", -5), ("+7", 7),
        ('"0101"', "0101"), ("'1.20'", "1.20"), ('"true"', "true"), ("中文", "中文"), ("=", "="),
    ],
)  # fmt: skip
def test_scalars_of_yaml_1_2(text: str, value: Any) -> None:
    document, problems = read(f"key: {text}\n".encode(), "a.yaml")
    assert document is not None and problems == []
    assert document.data == {"key": value}


@pytest.mark.parametrize("text", ["0101", "1.20", "0x1F", "0o17", "1e5", ".5", ".inf", "-.INF", ".nan", "9" * 30])
def test_what_reading_would_change_is_refused(text: str) -> None:
    _, (problem,) = read(f"a:\n  key: {text}\n".encode(), "a.yaml")
    assert (problem.file, problem.line, problem.column, problem.path) == ("a.yaml", 2, 8, "a.key")
    assert text in problem.hint


def test_places_of_keys_and_values() -> None:
    document, _ = read("\ufeffa:\n  - {b: 1}\n  - c:  |\n      text\n".encode(), "a.yaml")
    assert document is not None
    place = document.place(("a", 1, "c"))
    assert (place.line, place.column, place.path) == (3, 9, "a[1].c")
    assert document.place(("a", 1, "c"), at_key=True).column == 5
    assert document.place(("a", 0, "missing", "deep")).line == 2


def test_an_alias_stands_where_it_is_used_and_shares_nothing() -> None:
    document, problems = read(b"a: &x {b: [1, 2]}\nc: *x\n", "a.yaml")
    assert document is not None and problems == []
    assert document.data["c"] == {"b": [1, 2]}
    assert document.data["c"] is not document.data["a"]
    assert document.place(("c", "b", 1)).line == 2


def test_aliases_cannot_unfold_without_end() -> None:
    rows = [f"{chr(98 + n)}: &{chr(98 + n)} [{','.join(['*' + chr(97 + n)] * 10)}]" for n in range(9)]
    document, (problem,) = read("\n".join(["a: &a [1,1,1,1,1,1,1,1,1,1]", *rows]).encode(), "a.yaml")
    assert document is None
    assert problem.code == "too_many_values"


@settings(deadline=None)
@given(st.lists(st.sampled_from(SIGNS), max_size=30).map("".join))
@example("a: " + "[" * 5000)
@example("%TAG ! x\n--- !y z")
@example('a: "\\UFFFFFFFF"')
def test_any_text_is_read_or_refused(text: str) -> None:
    document, problems = read(text.encode("utf-8", "surrogatepass"), "a.yaml")
    assert document is not None or problems
    assert all(one.text("zh") and one.text("en") and one.line >= 0 for one in problems)


@given(st.binary(max_size=80))
def test_any_bytes_are_read_or_refused(content: bytes) -> None:
    document, problems = read(content, "a.yaml")
    assert document is not None or problems


@settings(deadline=None)
@given(
    file=st.sampled_from(["pack.yaml", "procedures.yaml", "rules.yaml", "scenarios/a.yaml"]),
    data=st.recursive(
        st.none() | st.booleans() | st.integers(-5, 5) | st.sampled_from(["title", "from", "a.b", "中"]),
        lambda inner: (
            st.lists(inner, max_size=3)
            | st.dictionaries(
                st.sampled_from(["title", "zh", "states", "actions", "tracks", "on", "main", "X"]), inner, max_size=4
            )
        ),
        max_leaves=12,
    ),
)
def test_any_data_is_a_pack_or_has_problems(tmp_path_factory: pytest.TempPathFactory, file: str, data: Any) -> None:

    folder = tmp_path_factory.mktemp("any")
    (folder / "pack.yaml").write_text(
        f"name: {folder.name}\nversion: 1\ntitle: {{zh: 包, en: Pack}}\n", encoding="utf-8"
    )
    (folder / "scenarios").mkdir()
    (folder / file).write_text(json.dumps(data), encoding="utf-8")
    pack, problems = load_pack(folder)
    assert (pack is None) == bool(problems)
    assert all(one.why and one.file for one in problems)
