"""Suggestions and duplicates over a real database: learnt from decisions, found by one statement."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from tests.acceptance.installation import STREET_CLEANING, Installation
from tests.conftest import START
from tests.integration.loop.acting import act, brought_on, somebody
from tests.reading import older_ended

from xiuhua.flow.model import Attempt
from xiuhua.loop import background
from xiuhua.loop.duplicates import service as duplicates
from xiuhua.loop.duplicates.asking import of_case, of_report
from xiuhua.loop.duplicates.batch import Grid
from xiuhua.loop.duplicates.model import Duplicate
from xiuhua.loop.model import PlaceIn, ReportIn
from xiuhua.loop.placing import Placed, place_batch
from xiuhua.loop.suggest.result import Suggestion
from xiuhua.loop.suggest.service import Asked, Suggester
from xiuhua.platform import personal
from xiuhua.platform.identity.model import Actor, Post, system

LAMP = "GB/T 47678.5/matter/01037"
TENTH_OF_A_METRE = 1e-6


def sent(district: Installation, text: str, grid: int = 7, east_m: float = 0, **more: Any) -> str:
    """A report near the middle of a grid."""
    view = district.view()
    middle = view.areas.area(view.areas.grid_codes[grid]).geometry.representative_point()
    place = PlaceIn(middle.x + east_m * TENTH_OF_A_METRE * 10, middle.y)
    report = ReportIn(more.pop("source", "public"), uuid4().hex, text, place=place, **more)
    with district.database.transaction() as tx:
        [receipt] = district.loop.submit(tx, district.city, [report], system(district.city))
    return str(receipt.id)


def decided(district: Installation, report: str, action: str, reason: str | None = None, **fields: Any) -> None:
    act(district, "intake_officer01", "report", report, Attempt(action, fields, reason))


def filed(district: Installation, report: str, category: str) -> str:
    """The case of a report, filed under a condition with a limit."""
    decided(district, report, "accept", category=category)
    case = str(district.state("report", report)["data"]["case"])
    view = district.view()
    condition = next(one for one in view.catalogue.conditions(category, view.day) if one.milestones_on(view.day))
    act(district, "shift_leader01", "case", case, Attempt("file", {"filing_condition": condition.id}))
    return case


def learnt(district: Installation) -> int:
    older_ended(district.database)
    return background.learn_all(district.database, district.loop, district.services.port(Suggester))


def suggested(district: Installation, *texts: str, source: str = "public") -> list[Suggestion]:
    """What is suggested for texts told of the middle of the first grid."""
    view = district.view()
    middle = view.areas.area(view.areas.grid_codes[0]).geometry.representative_point()
    placed: list[Placed] = place_batch(view, [PlaceIn(middle.x, middle.y)] * len(texts), texts)
    asked = [Asked(text, place, source) for text, place in zip(texts, placed, strict=True)]
    with district.database.reading() as tx:
        return district.services.port(Suggester).suggest(tx, view, asked)


def found(district: Installation, report: str) -> list[Duplicate]:
    """Duplicates of a report, after the worker has read on."""
    older_ended(district.database)
    while background.trace(district.database):
        pass
    with district.database.reading() as tx:
        wanted = of_report(tx, district.city, district.state("report", report))
        assert wanted is not None
        return duplicates.find(tx, district.view(), [wanted])[0]


# ---- suggestions


def test_before_anybody_decided_names_and_duties_speak(district: Installation) -> None:
    [one, other] = suggested(district, "路边有暴露垃圾没人清理，很危险", "今天天气很好")
    best = one.categories[0]

    assert (best.category, best.by, best.why) == (STREET_CLEANING, "name", ("暴露垃圾",))
    assert one.condition is not None and one.condition.due is not None and one.condition.due > START
    assert one.unit is not None and (one.unit.unit, one.unit.by) == ("sanitation", "duty") and one.unit.row["row"]
    assert one.area is not None and one.area.confidence == 1.0
    assert (one.urgency.level, one.ours) == ("danger", 1.0)
    assert (other.categories, other.unit, other.urgency.level) == ((), None, "ordinary")


def test_decisions_are_learnt_once_and_told_with_their_words(district: Installation) -> None:
    for number in range(12):
        filed(district, sent(district, f"{number}巷黑灯瞎火，照明不亮"), LAMP)
        filed(district, sent(district, f"{number}巷脏东西堆成山，臭得很"), STREET_CLEANING)
        decided(district, sent(district, f"孩子上学报名{number}难"), "forward", to="school")
    first, second = learnt(district), learnt(district)
    dark, dirty, school = suggested(district, "河边晚上黑灯瞎火", "巷口臭得很，堆成山", "小学报名问谁")

    assert (first, second) == (36, 0)
    assert dark.categories[0].category == LAMP and "黑灯瞎火" in dark.categories[0].why
    assert dirty.categories[0].category == STREET_CLEANING
    assert dark.condition is not None and dark.condition.times == dark.condition.of == 12
    assert dark.ours > 0.6 and school.ours < 0.4
    assert dark.learnt == 36


def test_who_handled_such_cases_is_counted(district: Installation) -> None:
    _, case = brought_on(district, 5)
    assert case is not None
    act(district, "worker1-cleaning-1", "case", case, Attempt("finish", {}))
    act(district, "officer-sanitation", "case", case, Attempt("review"))
    act(district, "officer-sanitation", "case", case, Attempt("hand_back"))
    learnt(district)
    [one] = suggested(district, "暴露垃圾")

    assert one.unit is not None and (one.unit.times, one.unit.of) == (1, 1)


def test_what_was_erased_is_not_learnt(district: Installation) -> None:
    report = sent(district, "奇怪的事情")
    decided(district, report, "refuse", "nonsense")
    eraser = Actor("admin", district.city, "", (Post("administrator", district.city),), frozenset({"*"}))
    learnt(district)
    again = sent(district, "奇怪的事情")
    decided(district, again, "refuse", "nonsense")
    with district.database.transaction() as tx:
        personal.erase(tx, eraser, [f"report/{again}"], "asked for")

    assert learnt(district) == 0


# ---- duplicates


def test_the_same_problem_told_twice_is_found_with_why(district: Installation) -> None:
    first = sent(district, "垃圾堆积如山，臭气熏天，请尽快清运", grid=20)
    case = filed(district, first, STREET_CLEANING)
    second = sent(district, "垃圾堆积如山没人管，臭气熏天", grid=20, east_m=20, category=STREET_CLEANING)
    [one] = found(district, second)

    assert (one.kind, one.id, one.open, one.likely, one.matter) == ("case", case, True, True, "same")
    assert 15 < one.distance_m < 25 and one.hours == 0 and one.likeness > 0.3
    assert one.number == district.state("case", case)["number"]


def test_another_matter_at_the_same_place_is_not_likely(district: Installation) -> None:
    filed(district, sent(district, "路灯不亮，晚上一片漆黑", grid=30), LAMP)
    told = sent(district, "垃圾堆积如山，臭气熏天", grid=30, category=STREET_CLEANING)

    assert [one for one in found(district, told) if one.likely or one.confidence > 0.3] == []


def test_far_away_and_long_ago_is_none(district: Installation) -> None:
    filed(district, sent(district, "垃圾堆积如山", grid=40), STREET_CLEANING)
    far = sent(district, "垃圾堆积如山", grid=40, east_m=70, category=STREET_CLEANING)
    assert found(district, far) == []
    with district.database.reading() as tx:
        wanted = of_report(tx, district.city, district.state("report", far))
        assert wanted is not None
        late = duplicates.Wanted(wanted.lon, wanted.lat, wanted.at + timedelta(days=8), "", STREET_CLEANING)
        assert duplicates.find(tx, district.view(), [late]) == [[]]


def test_a_batch_is_answered_in_order_and_refused_ones_are_left_out(district: Installation) -> None:
    first = sent(district, "污水井盖没了", grid=50)
    refused = sent(district, "污水井盖没了", grid=51)
    decided(district, refused, "refuse", "nonsense")
    found(district, first)
    with district.database.reading() as tx:
        wanted = [of_report(tx, district.city, district.state("report", one)) for one in (refused, first)]
        asked = [duplicates.Wanted(one.lon, one.lat, one.at, one.text) for one in wanted if one]
        nothing, [one] = duplicates.find(tx, district.view(), asked)

    assert nothing == []
    assert (one.kind, one.id, one.state, one.matter, one.likely) == ("report", first, "received", "unknown", True)


def test_a_case_shows_others_and_not_its_own_reports(district: Installation) -> None:
    first, second = (sent(district, "乱堆杂物，堵住楼道", grid=60, east_m=east) for east in (0, 5))
    case, twin = filed(district, first, STREET_CLEANING), filed(district, second, STREET_CLEANING)
    found(district, second)
    with district.database.reading() as tx:
        wanted = of_case(tx, district.city, district.state("case", case))
        assert wanted is not None
        [[one]] = duplicates.find(tx, district.view(), [wanted])

    assert one.id == twin and one.likely


def test_all_cases_are_joined_in_memory(district: Installation) -> None:
    with district.database.reading() as tx:
        ids, known = duplicates.many(tx, district.city, START - timedelta(days=1), START + timedelta(days=1))
    pairs = Grid(known).find(known, itself=True)

    assert len(ids) == len(known) > 4
    assert {district.state("case", ids[one])["state"] for one in pairs.asked[:3].tolist()} <= {"filed", "handed_back"}
    assert somebody(district, "dispatcher01").city == district.city


@pytest.mark.parametrize("city", ["990101"])
def test_the_worker_reads_each_event_once(district: Installation, city: str) -> None:
    older_ended(district.database)
    while background.trace(district.database):
        pass
    sent(district, "占道经营没人管")
    older_ended(district.database)
    first, second = background.trace(district.database), background.trace(district.database)

    assert (first, second) == (1, 0)
