"""Rows of filing conditions: every one read or rejected, every contradiction flagged."""

import csv
from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import pytest

import xiuhua.packs
from xiuhua.city.categories.catalogue import Catalogue
from xiuhua.city.categories.filing_rows import Parsed, read_rows
from xiuhua.city.categories.limits import PlainUnits
from xiuhua.city.categories.model import FlagCode, LimitKind
from xiuhua.city.categories.plan import ImportPlan
from xiuhua.city.categories.standards_import import read_pack
from xiuhua.city.categories.tables import read_table, rows_of

LIBRARY = Path(xiuhua.packs.__file__).parent / "library"
EXAMPLE = LIBRARY / "example-case-standards"
NEW, OLD = "GB/T 47678.5", "GB/T 30428.2"
PLAN = ImportPlan("test", OLD, plain_units=PlainUnits(LimitKind.WORK_HOUR, LimitKind.WORK_DAY))


PACKS = [read_pack(LIBRARY / name) for name in ("gbt47678-5", "gbt30428-2", "example-case-standards")]
KNOWN = Catalogue((one for pack in PACKS for one in pack.categories), (one for pack in PACKS for one in pack.mappings))


def line(text: str = "破损", limit: str = "2工作日", **other: str) -> dict[str, str]:
    made = {
        "kind": "部件",
        "code": "0101",
        "filing_condition": text,
        "limit": limit,
        "closing_condition": "修复",
    }
    return made | other


def parse(*lines: Mapping[str, str], plan: ImportPlan = PLAN, known: Catalogue | None = None) -> Parsed:
    return read_rows(rows_of(lines, "t.tsv"), plan, "990101", known or KNOWN)


@pytest.fixture(scope="module")
def example() -> Parsed:
    plan = PACKS[-1].plan
    assert plan is not None
    return read_rows(read_table(EXAMPLE / "filing_conditions.tsv", plan.needed()), plan, "990101", KNOWN)


@pytest.fixture(scope="module")
def source() -> list[dict[str, str]]:
    with (EXAMPLE / "filing_conditions.tsv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t"))


def test_every_row_of_the_example_is_read(example: Parsed, source: list[dict[str, str]]) -> None:
    assert (len(source), len(example.drafts), example.rejected) == (519, 519, [])
    assert [(one.code, one.text, one.closing) for one in example.drafts] == [
        (row["code"], row["filing_condition"], row["closing_condition"]) for row in source
    ]
    assert all(one.milestones for one in example.drafts)


def test_flags_of_the_example_counted_another_way(example: Parsed, source: list[dict[str, str]]) -> None:
    as_later = [row["limit_raw"].replace("小时", "工作时").replace("天", "工作日") for row in source]
    both = [(raw, row["limit_preview"]) for raw, row in zip(as_later, source, strict=True) if row["limit_preview"]]
    only_raw = [row["limit_raw"] for row in source if not row["limit_preview"]]
    taken = [row["limit_preview"] or row["limit_raw"] for row in source]
    counted = {
        "columns_disagree": sum(raw != later for raw, later in both),
        "unit_missing": sum(text.endswith(("小时", "天")) for text in only_raw),
        "limit_in_words": sum(not text[0].isdigit() or text[-1] not in "时日天" for text in taken),
        "season_undated": sum("季节" in text for text in taken),
        "closing_by_season": sum("季节" in row["closing_condition"] for row in source),
        "local_extension": sum(row["local"] == "Y" for row in source),
    }

    assert Counter(finding["code"] for finding in example.findings) == counted
    assert counted == {
        "columns_disagree": 4, "unit_missing": 218, "limit_in_words": 2, "season_undated": 1,
        "closing_by_season": 9, "local_extension": 147,
    }  # fmt: skip


def test_amounts_of_the_example_are_those_of_its_words(example: Parsed, source: list[dict[str, str]]) -> None:
    taken = [row["limit_preview"] or row["limit_raw"] for row in source]
    digits = ["".join(filter(str.isdigit, text)) for text in taken]
    urgent = ["紧急" in text for text in taken]
    limits = [one.milestones[0] for one in example.drafts]

    assert [str(one.amount) for one in limits] == digits
    assert [one.kind.startswith("urgent") for one in limits] == urgent
    assert [one.kind.endswith("hour") for one in limits] == [("时" in text) for text in taken]


def test_contradictions_name_file_row_field_and_why(example: Parsed) -> None:
    found = [one for one in example.findings if one["code"] == "columns_disagree"]

    assert {(one["file"], one["field"]) for one in found} == {("filing_conditions.tsv", "limit_preview")}
    assert [one["row"] for one in found] == [24, 28, 32, 289]
    assert found[0]["why"] == "limit_preview says '4工作时', limit_raw says '1天'; limit_preview is taken"


def test_what_allows_closing_by_notice(example: Parsed) -> None:
    assert [one.code for one in example.drafts if one.by_notice] == ["0301"]


@pytest.mark.parametrize(
    ("other", "field", "why"),
    [
        ({"kind": "物件"}, "kind", "neither"),
        ({"code": "101"}, "code", "leading zero"),
        ({"code": "x"}, "code", "not a code"),
        ({"filing_condition": ""}, "filing_condition", "empty"),
        ({"area_class": "D"}, "area_class", "not A, B or C"),
        ({"n": "0"}, "n", "number"),
        ({"valid_from": "2026-13-01"}, "valid_from", "not a date"),
    ],
)
def test_rows_that_cannot_be_taken(other: dict[str, str], field: str, why: str) -> None:
    parsed = parse(line(**other), line("good"))

    assert [(one["row"], one["field"]) for one in parsed.rejected] == [(2, field)]
    assert why in str(parsed.rejected[0]["why"]) and len(parsed.drafts) == 1 and parsed.rejected_rows == 1


@pytest.mark.parametrize("second", [line("破 损"), line("另", n="3")])
def test_repeats_are_rejected(second: dict[str, str]) -> None:
    parsed = parse(line(n="3"), second)

    assert len(parsed.drafts) == 1 and "repeats row 2" in str(parsed.rejected[0]["why"])


@pytest.mark.parametrize(
    ("other", "codes"),
    [
        ({}, set()),
        ({"limit": ""}, {"no_limit"}),
        ({"limit": "尽快"}, {"limit_unread"}),
        ({"limit": "3天"}, {"unit_missing"}),
        ({"limit": "汛期1工作日"}, {"limit_in_words", "season_undated"}),
        ({"closing_condition": ""}, {"closing_missing"}),
        ({"code": "0158"}, {"category_unknown"}),
        ({"code": "0199", "name": "驿站"}, {"local_extension"}),
        ({"code": "0199"}, {"local_extension", "category_unknown"}),
        ({"code": "2103", "name": "a", "class": "b"}, {"local_extension"}),
        ({"code": "01080", "name": "a", "standard": NEW}, {"local_extension"}),
        ({"name": "雨水井盖"}, {"name_differs"}),
        ({"name": "上水 井盖"}, set()),
    ],
)
def test_flags(other: dict[str, str], codes: set[str]) -> None:
    parsed = parse(line(**other))

    assert {str(one["code"]) for one in parsed.findings} == codes and not parsed.rejected


def test_without_a_declaration_a_bare_unit_is_not_read() -> None:
    parsed = parse(line(limit="3天"), plan=replace(PLAN, plain_units=PlainUnits()))

    assert {one["code"] for one in parsed.findings} == {"unit_missing", "limit_unread"}
    assert parsed.drafts[0].milestones == () and parsed.drafts[0].limit_text == "3天"


def test_a_new_local_extension_becomes_a_category() -> None:
    parsed = parse(line(code="0199", name="驿站", **{"class": "公用设施"}))

    assert list(parsed.categories) == ["local:990101/part/0199"]
    assert parsed.drafts[0].category == "local:990101/part/0199"


def test_flag_codes_are_documented() -> None:
    text = (Path(__file__).parents[3] / "docs" / "reference" / "category-data.md").read_text(encoding="utf-8")

    assert [code for code in FlagCode if f"`{code}`" not in text] == []


@pytest.mark.shared("standards/case_standards_yuncheng.tsv")
def test_the_example_says_what_the_source_says(source: list[dict[str, str]], shared: Path) -> None:
    with (shared / "standards" / "case_standards_yuncheng.tsv").open(encoding="utf-8", newline="") as file:
        original = list(csv.DictReader(file, delimiter="\t"))

    assert [tuple(row.values()) for row in source] == [
        (row["kind"], row["code4"], *list(row.values())[2:]) for row in original
    ]
