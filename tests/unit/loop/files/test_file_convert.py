from __future__ import annotations

from datetime import UTC, date, datetime
from datetime import time as clock_time
from typing import Any

import pytest
from tests.unit.loop.files.file_making import NOW, SHANGHAI

from xiuhua.loop.files.convert import Converter
from xiuhua.loop.files.loading import parse
from xiuhua.loop.model import Mandate, PlaceIn, Reporter, ReportIn
from xiuhua.platform.tables.cells import Cell
from xiuhua.platform.tables.rows import Row
from xiuhua.platform.tables.texts import EN, ZH, Fault, fault

MAPPING = """\
columns:
  external_id: 编号
  at: 时间
  text: 内容
  source: 来源
  category: 类别
  question: 咨询
  tags: 标签
  reporter.name: 姓名
  reporter.contact: 电话
  place.lon: 经度
  place.lat: 纬度
  place.words: 地址
  mandate.owner: 平台
  mandate.number: 案号
  mandate.due: 期限
constants: {source: letter, tags: [信件]}
values:
  source: {热线: hotline_12345, 微 信: public}
  category: {井盖: "GB/T 47678.5/part/0101", "*": other}
coordinates: {datum: gcj02}
extra: {reply: 答复, replied_at: {column: 答复时间, as: time}}
"""
GOOD: dict[str, Cell] = {"编号": "A1", "时间": "2026-03-02 14:05", "内容": "井盖破损"}


def convert(text: str = MAPPING, **cells: Cell) -> ReportIn | tuple[Fault, ...]:
    mapping = parse(text)
    values = {**dict.fromkeys(mapping.titles(), ""), **GOOD, **cells}
    return Converter(mapping, list(values), SHANGHAI, NOW).convert(Row(7, tuple(values.values())))


def report(text: str = MAPPING, **cells: Cell) -> ReportIn:
    found = convert(text, **cells)
    assert isinstance(found, ReportIn), found
    return found


def faults(text: str = MAPPING, **cells: Cell) -> list[tuple[str, str]]:
    found = convert(text, **cells)
    assert isinstance(found, tuple), found
    assert all(one.why for one in found)
    return [(one.column, one.why_zh) for one in found]


def test_a_row_with_little_is_a_report_with_little() -> None:
    assert report() == ReportIn("letter", "A1", "井盖破损", at=datetime(2026, 3, 2, 6, 5, tzinfo=UTC), tags=("信件",))


def test_a_row_with_everything() -> None:
    found = report(
        来源="微信", 类别="井盖", 咨询="是", 标签="急，雨后", 姓名="张三", 电话=13812345678.0, 经度=116.39, 纬度="39.9",
        地址="幸福路\n3号", 平台="市级", 案号="S-1", 期限=date(2027, 1, 1), 答复="\t已转办\n", 答复时间="2018/4/24",
    )  # fmt: skip
    assert found.source == "public"
    assert found.category == "GB/T 47678.5/part/0101"
    assert found.question
    assert found.tags == ("急", "雨后")
    assert found.reporter == Reporter("张三", "13812345678")
    assert found.place == PlaceIn(116.39, 39.9, "gcj02", "幸福路 3号")
    assert found.mandate == Mandate("市级", "S-1", due=datetime(2026, 12, 31, 16, tzinfo=UTC))
    assert found.extra == {"reply": "已转办", "replied_at": "2018-04-24"}


def test_constants_stand_for_missing_columns_and_empty_cells() -> None:
    text = (
        "columns: {external_id: 编号, text: 内容, at: 时间}\ncoordinates: {datum: wgs84}\nconstants: {source: video,"
        " at: '2026-03-01', question: true, place.lon: '116.4', place.lat: '39.9', reporter.name: 值班室}"
    )
    found = report(text, 时间="")
    assert found.at == datetime(2026, 2, 28, 16, tzinfo=UTC)
    assert found.place == PlaceIn(116.4, 39.9) and found.question
    assert found.reporter == Reporter("值班室")


def test_a_kept_time_of_day_carries_its_offset() -> None:
    assert report(答复时间="2026/12/31 23:59:59").extra == {"replied_at": "2026-12-31T23:59:59+08:00"}


def test_a_date_and_a_time_in_two_columns() -> None:
    text = "columns: {external_id: 编号, at: [日期, 钟点], text: [标题, 内容]}\nconstants: {source: public}"
    found = report(text, 日期=datetime(2026, 12, 31), 钟点=clock_time(23, 30), 标题="井盖")
    assert found.at == datetime(2026, 12, 31, 15, 30, tzinfo=UTC)
    assert found.text == "井盖 井盖破损"


def test_an_id_made_of_columns_is_the_same_every_time_and_tells_columns_apart() -> None:
    text = "columns: {external_id: {digest_of: [姓名, 内容]}, text: 内容}\nconstants: {source: public}"
    first = report(text, 姓名="张三").external_id
    assert first == report(text, 姓名="\u200b张三 ").external_id and len(first) == 32
    assert first != report(text, 姓名="张", 内容="三井盖破损").external_id
    assert faults(text, 姓名="", 内容="") == [("姓名", "不能为空"), ("内容", "不能为空")]


@pytest.mark.parametrize(
    ("cells", "order", "comma", "point"),
    [
        ("116.39,39.9", "lon_lat", "false", (116.39, 39.9)),
        ("39.9 116.39", "lat_lon", "false", (116.39, 39.9)),
        ("116,39;39,9", "lon_lat", "true", (116.39, 39.9)),
    ],
)
def test_points_in_one_cell(cells: str, order: str, comma: str, point: tuple[float, float]) -> None:
    text = (
        "columns: {external_id: 编号, text: 内容, place.point: 坐标}\nconstants: {source: public}\n"
        f"coordinates: {{datum: bd09, order: {order}, decimal_comma: {comma}}}"
    )
    assert report(text, 坐标=cells).place == PlaceIn(*point, "bd09")
    assert report(text, 坐标="").place is None


@pytest.mark.parametrize(
    ("cells", "column", "zh"),
    [
        ({"编号": " \u200b"}, "编号", "不能为空"),
        ({"编号": 2.020032500012346e17}, "编号", "数字 2.02003E+17 超过 15 位，表格软件已丢失末尾数字"),
        ({"编号": "2.02003E+17"}, "编号", "数字 2.02003E+17 超过 15 位"),
        ({"内容": "\n\t \x00"}, "内容", "不能为空"),
        ({"内容": "长" * 10_001}, "内容", "有 10001 个字，最多 10000 个字；请缩短或分成几件"),
        ({"内容": "#VALUE!"}, "内容", "公式出错（#VALUE!）；请在原表中改正后再导入"),
        ({"时间": "前天下午三点"}, "时间", "“前天下午三点”不是确切的日期时间，系统不作猜测"),
        ({"时间": "2026-02-30 8:00"}, "时间", "“2026-02-30 8:00”这个日期或时间不存在"),
        ({"时间": "2027-01-02 08:00"}, "时间", "“2027-01-02 08:00”在将来（现在是 2026-12-31 23:00）"),
        ({"时间": datetime(1900, 1, 1)}, "时间", "“1900-01-01”早于 1990 年，应是录入错误"),
        ({"来源": "火星"}, "来源", "“火星”不在映射文件 values.source 中；已有：热线、微 信"),
        ({"咨询": "也许"}, "咨询", "“也许”既不是“是”也不是“否”"),
        ({"经度": "116.39"}, "纬度", "经度和纬度必须同时填写，此处为空"),
        ({"经度": "东经116度", "纬度": "39.9"}, "经度", "“东经116度”不是以度为单位的数字"),
        ({"经度": "39.9", "纬度": "116.39"}, "经度", "经度 39.9、纬度 116.39 似乎填反了"),
        ({"经度": "0", "纬度": 0.0}, "经度", "坐标 0,0 不是真实地点；位置不明时请留空"),
        ({"经度": "447500.5", "纬度": "4417000"}, "经度", "经度 447500.5、纬度 4417000.0 像是以米为单位的投影坐标"),
        ({"经度": "216.39", "纬度": "39.9"}, "经度", "经度 216.39、纬度 39.9 不在地球上"),
        ({"平台": "市级"}, "案号", "上级平台案件须同时写明所属平台和案号"),
        ({"案号": "S-1"}, "平台", "上级平台案件须同时写明所属平台和案号"),
        ({"答复时间": "已答复"}, "答复时间", "“已答复”不是确切的日期时间"),
    ],
)  # fmt: skip
def test_what_a_person_sees_of_one_bad_cell(cells: dict[str, Cell], column: str, zh: str) -> None:
    ((found, why),) = faults(**cells)
    assert found == column
    assert why.startswith(zh)


def test_all_faults_of_a_row_are_told_at_once_each_column_once() -> None:
    found = faults(编号="", 时间="昨天", 内容="#N/A", 来源="火星", 经度="x", 纬度="y")
    assert [column for column, _ in found] == ["编号", "来源", "内容", "时间", "经度", "纬度"]


def test_a_long_text_with_emoji_is_counted_in_characters() -> None:
    assert len(report(内容="👷" * 10_000).text) == 10_000


def test_a_source_column_without_a_table_of_values_names_ours() -> None:
    text = "columns: {external_id: 编号, text: 内容, source: 来源}"
    assert report(text, 来源="video").source == "video"
    ((column, why),) = faults(text, 来源="监控")
    assert (column, why[:22]) == ("来源", "“监控”不是 source 的值；可以是：c")


def test_faults_of_the_reader_count_in_columns_that_are_used() -> None:
    mapping = parse(MAPPING)
    header = [*mapping.titles(), "备注"]
    cells = tuple({**dict.fromkeys(header, ""), **GOOD}.values())
    converter = Converter(mapping, header, SHANGHAI, NOW)
    spoiled: Any = [fault(title, "undecodable", encoding="utf-8") for title in ("备注", "姓名")]
    assert isinstance(converter.convert(Row(2, cells, (spoiled[0],))), ReportIn)
    assert converter.convert(Row(2, cells, tuple(spoiled))) == (spoiled[1],)


def test_phone_numbers_do_not_stand_in_messages() -> None:
    ((_, why),) = faults(时间="回电13812345678")
    assert "13812345678" not in why and "138****5678" in why


def test_a_fault_tells_both_languages() -> None:
    one = fault("内容", "required")
    assert (one.text(ZH), one.text(EN)) == ("不能为空", "must not be empty")
