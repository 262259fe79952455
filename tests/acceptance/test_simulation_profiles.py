"""Days of a profile: bursts, too few people, units that shirk, and adversaries, with what comes of each."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from tests.acceptance.installation import Installation
from tests.acceptance.test_simulation import Month, log_of, played, unforeseen
from tests.reading import caught_up

from xiuhua.loop.search import repeats
from xiuhua.loop.service import Loop
from xiuhua.platform.identity.model import system
from xiuhua.platform.postgres.cluster import Cluster
from xiuhua.simulate import profiles

HARD = """
title: {zh: 四天, en: four days}
first_day: "2026-03-02"
days: 4
cases: 120
seed: 11
bursts: [{name: calls, percent: 400, days: [{first: "2026-03-03", last: "2026-03-03"}], sources: {hotline_12345: 1},
          categories: {GB/T 47678.5/matter/09010: 1}}]
staffing: [{role: intake_officer, shifts: [{first: "08:00", last: "18:00", people: 1}]}]
units: [{manner: shirking, percent: 100, units: [sanitation], wrong_returns: 60, false_hand_backs: 50}]
adversaries:
  - {kind: flooding, per_day: 60, days: {first: "2026-03-04", last: "2026-03-04"}}
  - {kind: wrong_places, per_day: 20, days: {first: "2026-03-02", last: "2026-03-05"}}
  - {kind: false_duplicates, per_day: 12, days: {first: "2026-03-02", last: "2026-03-05"}}
"""


@pytest.fixture(scope="module")
def hard(server: Cluster, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Month]:
    with played(server, tmp_path_factory.mktemp("hard"), profiles.parse(HARD.encode(), "hard.yaml")) as found:
        yield found


def rows(town: Installation, sql: str) -> list[Any]:
    with town.database.reading() as tx:
        return tx.execute(sql).fetchall()


def test_the_log_is_sound_and_nothing_unforeseen_is_refused(hard: Month) -> None:
    town, done = hard
    town.demand_sound_log()

    assert unforeseen(done) == []


def test_a_flood_is_one_case_and_stands_among_the_repeats(hard: Month) -> None:
    town, _ = hard
    [flood] = rows(
        town,
        "select count(*) as reports, count(distinct case_id) as cases from report where external_id like 'flooding%'",
    )
    caught_up(town.services)
    with town.database.reading() as tx:
        period = (tx.now.replace(day=1), tx.now)
        loop = town.services.port(Loop)
        most = repeats.groups(tx, loop, system(town.city), "reporter", *period, at_least=20, limit=5)

    assert flood.reports > 30 and flood.cases <= 2
    assert [group.reports for group in most] == [flood.reports]


def test_wrong_places_are_rejected_or_refused(hard: Month) -> None:
    town, done = hard
    outcomes = rows(town, "select outcome, scopes, case_id from report where external_id like 'wrong_places%'")

    assert done.rejected > 10 and len(outcomes) > 10
    assert {(one.outcome, one.case_id) for one in outcomes} <= {("refused", None), (None, None)}
    assert not any(one.scopes for one in outcomes)


def test_false_duplicates_become_cases_of_their_own(hard: Month) -> None:
    town, _ = hard
    [found] = rows(
        town,
        "select count(*) as reports, count(distinct case_id) as cases from report"
        " where external_id like 'false_duplicates%' and case_id is not null",
    )

    assert found.reports == found.cases > 10


def test_a_burst_comes_on_its_day_from_its_source(hard: Month) -> None:
    town, _ = hard
    days = rows(
        town,
        "select (reported_at at time zone 'Asia/Shanghai')::date as day, count(*) as number from report"
        " where source = 'hotline_12345' group by 1 order by 1",
    )
    number = {one.day: one.number for one in days}

    assert number[date(2026, 3, 3)] > 4 * number[date(2026, 3, 2)]


def test_units_shirk(hard: Month) -> None:
    _, done = hard

    assert done.actions["ask_return"] > 20 and done.actions["refuse_return"] > 10
    assert done.actions["rework"] > 3


def test_one_officer_alone_is_late_with_the_burst(hard: Month) -> None:
    """The officer's queue of that day goes on into the next."""
    town, _ = hard
    [late] = rows(
        town,
        "select count(*) as number from event where type = 'ReportAccepted' and at >= '2026-03-04'"
        " and stream in (select 'report/' || id from report where opened_at < '2026-03-03 16:00+00')",
    )
    hours = rows(
        town,
        "select distinct extract(hour from at at time zone 'Asia/Shanghai')::int as hour from event"
        " where type = 'ReportAccepted'",
    )

    assert late.number > 0
    assert {one.hour for one in hours} <= set(range(8, 19))


def test_the_same_profile_gives_the_same_log(hard: Month, server: Cluster, tmp_path_factory: Any) -> None:
    with played(server, tmp_path_factory.mktemp("again"), profiles.parse(HARD.encode(), "hard.yaml")) as (again, _):
        assert log_of(again) == log_of(hard[0])
