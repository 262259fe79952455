"""Limits in words: what is read, what is left unread, and that reading undoes writing."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xiuhua.city.categories.limits import PlainUnits, read_limit, write_limit
from xiuhua.city.categories.model import LimitKind as K
from xiuhua.city.categories.model import Milestone, Proof, Season
from xiuhua.city.categories.words import words

DECLARED = PlainUnits(K.WORK_HOUR, K.WORK_DAY)
PLANTING = Season("种植季节", (10, 15), (3, 31))


def m(amount: str, kind: K, title: str = "", season: str = "", proof: Proof = Proof.NONE) -> Milestone:
    return Milestone(Decimal(amount), kind, title, proof, Season(season) if season else None)


@pytest.mark.parametrize(
    ("text", "milestones"),
    [
        ("2紧急工作时", [m("2", K.URGENT_HOUR)]),
        ("2 紧急小时", [m("2", K.URGENT_HOUR)]),
        ("1紧急工作日", [m("1", K.URGENT_DAY)]),
        ("4工作时", [m("4", K.WORK_HOUR)]),
        ("4个工作小时", [m("4", K.WORK_HOUR)]),
        ("15工作日 ", [m("15", K.WORK_DAY)]),
        ("7个工作日", [m("7", K.WORK_DAY)]),
        ("７个工作日内", [m("7", K.WORK_DAY)]),
        ("两个工作日以内", [m("2", K.WORK_DAY)]),
        ("十五个工作日", [m("15", K.WORK_DAY)]),
        ("二十四工作时", [m("24", K.WORK_HOUR)]),
        ("半个工作日", [m("0.5", K.WORK_DAY)]),
        ("1.5工作日", [m("1.5", K.WORK_DAY)]),
        ("不超过3个自然日", [m("3", K.CALENDAR_DAY)]),
        ("30日历天", [m("30", K.CALENDAR_DAY)]),
        ("1天", [m("1", K.WORK_DAY)]),
        ("5小时", [m("5", K.WORK_HOUR)]),
        ("24小时内", [m("24", K.WORK_HOUR)]),
        ("1紧急工作时制止", [m("1", K.URGENT_HOUR, "制止")]),
        ("限时清理、整改：3工作日", [m("3", K.WORK_DAY, "清理、整改")]),
        ("种植季节15工作日", [m("15", K.WORK_DAY, season="种植季节")]),
        ("15工作日（种植季节）", [m("15", K.WORK_DAY, season="种植季节")]),
        (
            "正常季节5工作日，非正常季节15工作日",
            [m("5", K.WORK_DAY, season="正常季节"), m("15", K.WORK_DAY, season="非正常季节")],
        ),
        (
            "停工4工作时→处罚7工作日→拆除20工作日",
            [m("4", K.WORK_HOUR, "停工"), m("7", K.WORK_DAY, "处罚"), m("20", K.WORK_DAY, "拆除")],
        ),
        ("围护2紧急工作时；1工作日", [m("2", K.URGENT_HOUR, "围护"), m("1", K.WORK_DAY)]),
        (
            "2紧急工作时围护（照片），修复1工作日（文字说明）",
            [m("2", K.URGENT_HOUR, "围护", proof=Proof.PHOTO), m("1", K.WORK_DAY, "修复", proof=Proof.TEXT)],
        ),
    ],
)
def test_limits_that_are_read(text: str, milestones: list[Milestone]) -> None:
    assert list(read_limit(text, DECLARED).milestones) == milestones


@pytest.mark.parametrize(
    "text",
    ["立即", "2-3天", "30分钟", "0天", "4000天", "3个月", "十十天", "2天3天", "2天，3天", "约2天", "-1天",
     "①2天", "除雨天外3工作日", "正常季节5天非正常季节15天", "清理2天修复", "2天→", "1.2345天", "٣天", "2", "天"],
)  # fmt: skip
def test_what_is_not_understood_is_left_unread(text: str) -> None:
    reading = read_limit(text, DECLARED)

    assert reading.unread and reading.stated and not reading.milestones


@pytest.mark.parametrize("text", ["", " ", "　", "无", "不限", "—", "/"])
def test_no_limit(text: str) -> None:
    reading = read_limit(text, DECLARED)

    assert not reading.stated and not reading.unread and not reading.milestones


@pytest.mark.parametrize("text", ["5小时", "1天", "24小时内", "3日"])
def test_a_bare_unit_is_read_only_when_declared(text: str) -> None:
    assert read_limit(text).unread and read_limit(text).plain_units
    assert read_limit(text, DECLARED).milestones and read_limit(text, DECLARED).plain_units


def test_a_season_gets_its_days_from_the_city() -> None:
    dated = read_limit("种植季节15工作日", seasons={"种植季节": PLANTING})

    assert read_limit("种植季节15工作日").undated == ("种植季节",)
    assert dated.undated == () and dated.milestones[0].season == PLANTING
    assert read_limit("槐花季2工作日", seasons={"槐花季": Season("槐花季")}).in_words


@pytest.mark.parametrize(
    ("season", "day", "covers"),
    [
        (PLANTING, date(2026, 10, 14), False),
        (PLANTING, date(2026, 10, 15), True),
        (PLANTING, date(2027, 3, 31), True),
        (PLANTING, date(2027, 4, 1), False),
        (Season("a", (4, 1), (6, 30)), date(2026, 6, 30), True),
        (Season("a", (4, 1), (6, 30)), date(2026, 7, 1), False),
        (Season("a", (12, 1), (2, 28)), date(2028, 2, 29), True),
        (Season("a"), date(2026, 1, 1), None),
    ],
)
def test_days_of_seasons(season: Season, day: date, covers: bool | None) -> None:
    assert season.covers(day) is covers


KNOWN = words()
AMOUNTS = st.decimals(Decimal("0.001"), 3650, places=3).filter(lambda amount: amount > 0)
STAGES = st.lists(
    st.builds(
        Milestone,
        AMOUNTS,
        st.sampled_from(K),
        st.sampled_from(KNOWN.actions),
        st.sampled_from(Proof),
        st.none() | st.sampled_from(KNOWN.seasons).map(Season),
    ),
    min_size=1,
    max_size=4,
    unique_by=lambda one: (one.title, one.season),
)


@given(STAGES)
def test_reading_undoes_writing(stages: list[Milestone]) -> None:
    assert read_limit(write_limit(stages)).milestones == tuple(stages)


@given(STAGES)
def test_milestones_survive_json(stages: list[Milestone]) -> None:
    assert [Milestone.from_json(one.to_json()) for one in stages] == stages


@given(st.text("0123456789.工作时日天小紧急个内半十二→，种植季节清理 （）", max_size=14))
def test_no_text_is_read_into_something_else(text: str) -> None:
    reading = read_limit(text, DECLARED)

    again = read_limit(write_limit(reading.milestones)) if reading.milestones else reading
    assert again.milestones == reading.milestones
    assert bool(reading.milestones) == (reading.stated and not reading.unread)
