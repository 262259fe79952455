from __future__ import annotations

from pathlib import Path

import pytest
from tests.conftest import ROOT
from tests.unit.loop.files.file_making import MAPPING, mapping

from xiuhua.loop.files.loading import load, parse
from xiuhua.loop.files.mapping import FIELDS, Column, Coordinates, FileMapping, Times
from xiuhua.platform.errors import Invalid
from xiuhua.platform.tables.texts import EN, ZH, data, place_text


def errors_of(text: str) -> list[dict[str, object]]:
    with pytest.raises(Invalid) as error:
        parse(text, "m.yaml")
    return list(error.value.params["errors"])


def test_the_shipped_example_reads_the_messages() -> None:
    example = load(ROOT / "docs/examples/messages.mapping.yaml")
    assert example.titles() == ["留言编号", "留言用户", "留言主题", "留言时间", "留言详情", "答复意见", "答复时间"]
    assert example.constants == {"source": "letter"}


def test_a_title_a_list_and_the_long_form_mean_the_same() -> None:
    found = mapping(
        base="""
columns:
  external_id: {digest_of: [时间, 内容]}
  at: [日期, 时间]
  text: {join: [标题, 内容], by: "：" }
constants: {source: public}
extra: {reply: 答复}
"""
    )
    assert found.columns["at"].join == ["日期", "时间"] and found.columns["at"].by == " "
    assert found.columns["text"].by == "："
    assert found.extra["reply"].column == "答复"
    assert found.titles_of("external_id") == ["时间", "内容"]


def test_every_error_is_named_with_its_line_and_path() -> None:
    wrong = """\
columns:
  external_id: 编号
  txt: 内容
  at: 2026
encodng: gbk
constants:
  source: public
"""
    assert [(one["row"], one["field"]) for one in errors_of(wrong)] == [
        (3, "columns.txt"),
        (4, "columns.at"),
        (5, "encodng"),
    ]
    shown = [place_text(one, ZH) for one in errors_of(wrong)]
    assert shown[0].startswith("m.yaml，第 3 行，columns.txt：不可以写“txt”（是不是“text”？）；可以是：external_id、")
    assert shown[2] == "m.yaml，第 5 行，encodng：没有这一项（是不是“encoding”？）"
    assert place_text(errors_of(wrong)[2], EN) == ("m.yaml, row 5, encodng: there is no such key (perhaps encoding?)")


@pytest.mark.parametrize(
    ("more", "line", "field", "zh"),
    [
        ("times: {zone: Asia/Peking}", 3, "times.zone", "不认识时区“Asia/Peking”"),
        ("times:\n  formats: ['%d/%m']", 4, "times.formats.0", "“%d/%m”不是完整的日期格式"),
        ("encoding: gbk2312x", 3, "encoding", "不认识编码“gbk2312x”"),
        ("encoding: undefined", 3, "encoding", "不认识编码“undefined”"),
        ("encoding: unicode_escape", 3, "encoding", "不认识编码“unicode_escape”"),
        ("skip:\n  - matches: '(?=a)b'", 4, "skip.0.matches", "不是合格的正则表达式"),
        ("separator: '||'", 3, "separator", "分隔符应是一个字符，或 tab、auto"),
        ("header: 0", 3, "header", "从 1 开始计数"),
        ("sheet: 0", 3, "sheet", "从 1 开始计数"),
        ("skip:\n  - matches: '(合计'", 4, "skip.0.matches", "不是合格的正则表达式"),
        ("values: {category: {水: w}}", 3, "values.category", "values 写了 category，columns 里却没有它"),
        ("coordinates: {datum: beijing54}", 3, "coordinates.datum", "不可以写“beijing54”；可以是：wgs84、"),
        ("coordinates: {decimal_comma: true}", 3, "coordinates.datum", "缺少必须写的一项"),
        ("extra: {Reply: 答复}", 3, "extra.Reply", "不合要求"),
        ("fill_down: 街道", 3, "fill_down", "应是列表"),
        ("title: 2816", 3, "title", "应是文字；数字或 true/false 请加引号"),
    ],
)
def test_wrong_keys_are_explained(more: str, line: int, field: str, zh: str) -> None:
    (error,) = errors_of(MAPPING + more)
    assert (error["row"], error["field"]) == (line, field)
    assert str(error["why_zh"]).startswith(zh)


@pytest.mark.parametrize(
    ("text", "field", "zh"),
    [
        (
            "columns: {external_id: 编号}\nconstants: {source: public}",
            "columns",
            "没有说明 text 来自哪一列，也没有给常量",
        ),
        ("columns: {external_id: 编号, text: 内容}", "columns", "没有说明 source 来自哪一列，也没有给常量"),
        ("columns: {external_id: a, text: b}\nconstants: {source: radio}", "constants.source", "“radio”不是来源"),
        ("columns: {external_id: a, text: b}\nconstants: {source: true}", "constants.source", "应是文字"),
        (
            "columns: {external_id: a, text: {digest_of: [b]}}\nconstants: {source: public}",
            "columns.text",
            "digest_of 只能用于 external_id",
        ),
        (
            "columns: {external_id: {join: [a], digest_of: [b]}, text: b}\nconstants: {source: public}",
            "columns.external_id",
            "要么写列名，要么写 digest_of",
        ),
        (
            "columns: {external_id: a, text: b, source: c}\nvalues: {source: {热线: hotline}}",
            "values.source.热线",
            "“hotline”不是来源；可以是：collector、hotline_12345",
        ),
        (
            "columns: {external_id: a, text: b, question: c}\nconstants: {source: public}\n"
            "values: {question: {咨询: 'true'}}",
            "values.question.咨询",
            "应是 true 或 false",
        ),
        (
            "columns: {external_id: a, text: b, place.lon: c}\nconstants: {source: public}\n"
            "coordinates: {datum: gcj02}",
            "columns.place.lon",
            "坐标要么是 place.point 一列，要么是 place.lon 和 place.lat 两列",
        ),
        (
            "columns: {external_id: a, text: b, place.point: c}\nconstants: {source: public}",
            "coordinates",
            "有坐标列，必须在 coordinates.datum 写明坐标系：wgs84、cgcs2000、gcj02、bd09",
        ),
        ("[]", "", "应是“键 - 值”形式的 YAML"),
        ("", "", "应是“键 - 值”形式的 YAML"),
        ("columns: {a: b", "", "不是合格的 YAML"),
        ("columns: {text: a, text: b}", "", "不是合格的 YAML"),
        ("columns: 编号", "columns", "应是“键 - 值”"),
    ],
)
def test_what_a_mapping_must_have(text: str, field: str, zh: str) -> None:
    errors = errors_of(text)
    assert [str(one["why_zh"])[: len(zh)] for one in errors if one["field"] == field][:1] == [zh]


def test_a_mapping_that_cannot_be_opened(tmp_path: Path) -> None:
    with pytest.raises(Invalid, match=r"cannot open the file \(No such file"):
        load(tmp_path / "none.yaml")
    (tmp_path / "gbk.yaml").write_bytes(MAPPING.encode("gbk"))
    with pytest.raises(Invalid, match="is not in UTF-8 as the mapping says"):
        load(tmp_path / "gbk.yaml")


def test_every_text_stands_in_both_languages_with_the_same_parameters() -> None:
    for key, texts in data("messages.yaml").items():
        assert set(texts) == {"zh", "en"}, key
        names = [{part.split("}")[0] for part in text.split("{")[1:]} for text in texts.values()]
        assert names[0] == names[1], key


def test_the_page_names_every_key_and_field_and_its_examples_are_right() -> None:
    page = (ROOT / "docs/how-to/import-reports.md").read_text(encoding="utf-8")
    nested = [*Times.model_fields, *Coordinates.model_fields, *Column.model_fields]
    for name in [*FileMapping.model_fields, *nested, *FIELDS]:
        assert f"`{name}`" in page or f"{{{name}:" in page or f", {name}:" in page, name
    examples = [part.split("```")[0] for part in page.split("```yaml\n")[1:]]
    assert [parse(example).columns["external_id"].join for example in examples] == [["工单编号"], ["工单编号"]]
