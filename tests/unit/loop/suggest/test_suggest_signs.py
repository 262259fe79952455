"""Names of the catalogue, words of urgency, decisions in the log, and what was counted."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from xiuhua.city.categories.model import Category, Kind, Status
from xiuhua.loop.suggest.decisions import decisions_in
from xiuhua.loop.suggest.features import bags
from xiuhua.loop.suggest.names import Names
from xiuhua.loop.suggest.tally import Share, Tally
from xiuhua.loop.suggest.urgency import urgency
from xiuhua.platform.eventlog import Event

NAMES = ["暴露垃圾", "路灯", "路灯井盖", "污水井盖", "雨水井盖", "非机动车乱停放", "机动车乱停放"]
TODAY = date(2026, 3, 2)


def category(number: int, name: str, status: Status = Status.IN_FORCE) -> Category:
    return Category("S", Kind.MATTER, f"{number:05}", name, "00", "x", status=status)


@pytest.mark.parametrize(
    ("text", "name"),
    [("路边有暴露垃圾没人清理", "暴露垃圾"), ("污水井盖破损", "污水井盖"), ("非机动车乱停放", "非机动车乱停放")],
)
def test_a_name_that_stands_there_is_found(text: str, name: str) -> None:
    names = Names([category(number, one) for number, one in enumerate(NAMES)], TODAY)
    [[best, *_]] = names.find(bags([text]))

    assert best.name == name and best.score > 0.6


def test_a_text_without_any_name_finds_none() -> None:
    names = Names([category(number, one) for number, one in enumerate(NAMES)], TODAY)

    assert names.find(bags(["今天天气不错", ""])) == [[], []]


def test_names_of_superseded_standards_are_left_out() -> None:
    names = Names([category(1, "暴露垃圾", Status.SUPERSEDED), category(2, "路灯")], TODAY)

    assert names.find(bags(["暴露垃圾"])) == [[]]


@pytest.mark.parametrize(
    ("text", "source", "level", "why"),
    [
        ("路口电线断了，漏电！", "public", "danger", ("电线断", "漏电")),
        ("小区门口积水", "public", "soon", ("积水",)),
        ("墙上贴满小广告", "leader", "soon", ("leader",)),
        ("墙上贴满小广告", "public", "ordinary", ()),
        ("古树要枯死了", "public", "danger", ("古树",)),
    ],
)
def test_words_and_source_make_it_urgent(text: str, source: str, level: str, why: tuple[str, ...]) -> None:
    found = urgency(text, source, more="古树 文物")

    assert (found.level, found.why) == (level, why)


def event(stream: str, type_: str) -> Event:
    at = datetime(2026, 3, 2, tzinfo=UTC)
    return Event("990101", stream, 1, type_, 1, {}, "p", "r", at, at)


def test_decisions_are_told_from_other_events() -> None:
    found = decisions_in(
        [
            event("report/1", "ReportRefused"), event("report/2", "ReportAccepted"), event("case/3", "CaseFiled"),
            event("case/3", "HandedBack"), event("report/4", "ReportForwarded"), event("case/5", "ReportRefused"),
        ]
    )  # fmt: skip

    assert found.order == [("report", "1"), ("case", "3"), ("report", "4")]
    assert found.handled == ["3"]


def test_what_was_counted_is_told_by_street_before_the_city() -> None:
    tally = Tally()
    for street, unit in (("s1", "roads"), ("s1", "roads"), ("s2", "water"), ("s1", "water")):
        tally.handled("c", street, unit)
    again = Tally(tally.kept())

    assert again.unit("c", "s1") == Share("roads", 2, 3)
    assert again.unit("c", "s2") == Share("water", 1, 1)
    assert again.unit("c", "s9") == Share("roads", 2, 4)
    assert again.unit("d", "s1") is None
