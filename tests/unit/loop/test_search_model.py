"""Texts as pairs, contacts made one, places as squares; filters that are kept."""

from __future__ import annotations

from dataclasses import fields
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xiuhua.loop.lists.forms import FilterForm, kept_filter
from xiuhua.loop.lists.model import ListFilter, not_of
from xiuhua.loop.search import model
from xiuhua.platform.sheets import harmless


def pairs(text: str) -> set[str]:
    return {part.split("'")[1] for part in model.tokens({"text": text}).split(" ") if part}


@given(st.text(alphabet=st.characters(categories=["Lo", "Nd", "Po", "Zs", "Ll"]), max_size=60), st.data())
def test_every_piece_of_a_text_is_a_phrase_of_its_pairs(text: str, data: Any) -> None:
    begin = data.draw(st.integers(0, max(0, len(text) - 2)))
    query = model.searched(text[begin : begin + 4])
    wanted = set() if query is None else {part.strip("()& <->") for part in query.split("'")[1::2]}
    # Numbers that look like somebody's are masked and so in no index.
    assert wanted <= pairs(text) or any(character.isdigit() for character in text)


@pytest.mark.parametrize(
    ("typed", "query"),
    [
        ("井盖", "('井盖')"),
        ("井盖破", "('井盖' <-> '盖破')"),
        ("井盖 路灯", "('井盖') & ('路灯')"),
        ("ＡＢ", "('ab')"),
        ("井", None),
        ("井盖 灯", None),
        ("'; drop", "('dr' <-> 'ro' <-> 'op')"),
        ("", None),
    ],
)
def test_what_is_typed_becomes_phrases(typed: str, query: str | None) -> None:
    assert model.searched(typed) == query


def test_only_words_of_a_masked_view_are_indexed() -> None:
    content = {"text": "请打13812345678", "name": "张三丰", "phone": "13812345678", "extra": {"note": "夜里"}}

    assert pairs("请打") | {"夜里"} <= {part.split("'")[1] for part in model.tokens(content).split(" ")}
    assert not {"张三", "三丰", "81", "45"} & {part.split("'")[1] for part in model.tokens(content).split(" ")}
    assert model.tokens(None) == ""


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("138 1234 5678", "+86-13812345678", True),
        ("8613812345678", "13812345678", True),
        ("A@B.cn ", "a@b.CN", True),
        ("13812345678", "13812345679", False),
        ("1381@qq.com", "1381@163.com", False),
    ],
)
def test_contacts_are_one_however_they_are_written(one: str, other: str, same: bool) -> None:
    assert (model.same_contact(one) == model.same_contact(other)) is same


def test_a_place_is_its_thing_or_its_square() -> None:
    assert model.cell(105.31, 29.1, "m-1") == "part:m-1"
    assert model.cell(None, 29.1, None) is None
    assert model.cell(105.3100, 29.1000, None) != model.cell(105.3130, 29.1000, None)
    assert model.cell(105.31001, 29.10001, None) == model.cell(105.31002, 29.10002, None)


@pytest.mark.parametrize(
    ("cell", "written"),
    [
        ("=1+1", "'=1+1"),
        ("-2", "'-2"),
        ("@x", "'@x"),
        ("＝1+1", "'＝1+1"),
        ("\n=1", "'\n=1"),
        ("'=1", "''=1"),
        ("路灯", "路灯"),
        ("007", "007"),
        (-2.5, -2.5),
        (None, None),
    ],
)
def test_no_cell_is_a_formula(cell: Any, written: Any) -> None:
    assert harmless(cell) == written


def test_a_kept_filter_is_what_was_chosen() -> None:
    chosen = ListFilter(state=("filed",), overdue=False, opened_from=datetime(2026, 3, 1, tzinfo=UTC), area="990101")
    form = FilterForm.model_validate(chosen.to_json())

    assert form.chosen() == chosen == kept_filter(form.model_dump_json(exclude_defaults=True))
    assert chosen.over(ListFilter(state=("closed",))).state == ("closed",)
    assert {one.name for one in fields(ListFilter)} == set(FilterForm.model_fields)
    assert not_of("report", ListFilter(unit=("roads",), number="x")) == ["number", "unit"]
