"""Two weeks of the fictional district with its lines of business: everything is lived, sound, and as habits say."""

from __future__ import annotations

import hashlib
import subprocess
from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import psycopg
import pytest
from psycopg.rows import namedtuple_row
from tests.acceptance.installation import Installation, command, environment
from tests.acceptance.test_simulation import Month, log_of, played, unforeseen
from tests.conftest import clone

from xiuhua.platform.postgres.cluster import Cluster
from xiuhua.platform.postgres.conf import OWNER
from xiuhua.platform.postgres.locks import wait_until
from xiuhua.simulate.lines.figures import figures, told
from xiuhua.simulate.lines.reading import lines
from xiuhua.simulate.profile import Manners, Profile
from xiuhua.simulate.run import plain

FIRST = date(2026, 3, 2)
UNITS = [
    Manners(manner="perfect", units=["cleaning-1", "brigade-1"]),
    Manners(manner="late", units=["cleaning-2", "brigade-2", "greening-2"]),
    Manners(manner="shirking", units=["cleaning-3", "brigade-3"]),
]
FORTNIGHT = plain(14, 1, 12, FIRST, over_http=False, lines=True).model_copy(update={"units": UNITS})


@pytest.fixture(scope="module")
def fortnight(server: Cluster, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Month]:
    with played(server, tmp_path_factory.mktemp("fortnight"), FORTNIGHT) as found:
        yield found


def rows(town: Installation, sql: str) -> list[Any]:
    with town.database.reading() as tx:
        return tx.execute(sql).fetchall()


def found_of(town: Installation) -> Any:
    return SimpleNamespace(**figures(town.database, town.city))


def test_the_log_verifies_and_everything_stands_as_it_says(fortnight: Month) -> None:
    town, _ = fortnight
    checked = town.xiuhua("replay", "--check")

    assert town.verified().broken is None
    assert checked.returncode == 0, checked.stdout + checked.stderr


def test_next_to_nothing_is_refused_and_nothing_unforeseen(fortnight: Month) -> None:
    _, done = fortnight

    assert unforeseen(done) == []
    assert sum(done.refused.values()) < (done.actions + done.lines).total() / 50


def test_what_is_declared_is_lived(fortnight: Month) -> None:
    """Registers are filled; what comes round in a fortnight has come round."""
    town, _ = fortnight
    each = list(lines().values())
    wanted = {
        "record.register": {one.of for line in each for one in line.things},
        "ledger_entry.ledger": {one.ledger for line in each for one in line.entries if not one.when.months},
        "inspection.checklist": {one.checklist for line in each for one in line.rounds},
        "proceeding.procedure": {name for line in each for name in line.procedures},
        "document.kind": {one.kind for line in each for one in line.papers},
    }
    there = {
        place: {row.name for row in rows(town, "select distinct {1} as name from {0}".format(*place.split(".")))}
        for place in wanted
    }

    assert {place: sorted(names - there[place]) for place, names in wanted.items() if names - there[place]} == {}


def test_figures_add_up(fortnight: Month) -> None:
    """What the play counted, what the log holds and what the summary tells are the same."""
    town, done = fortnight
    found, log = found_of(town), Counter[str]()
    for row in rows(town, "select type, count(*) as n from event group by type"):
        log[row.type] = row.n

    assert found.entries.n == log["EntryMade"] - log["EntryCountered"]
    assert log["EntryMade"] == done.lines["entry"] + done.lines["entry countered"]
    assert found.inspections.n == log["InspectionFinished"] == done.lines["inspection"]
    assert found.rounds.n == log["RoundOpened"] == done.lines["round opened"]
    assert found.rounds.closed == log["RoundClosed"] > 0
    assert found.documents.published == log["DocumentPublished"] == done.lines["document published"]
    assert found.findings.n == log["FindingRaised"] > 0
    assert found.grouped.campaigns == log["CampaignOpened"] == done.lines["campaign opened"]
    assert found.grouped.results == log["ExternalResultKept"] == done.lines["result kept"]
    assert found.reports.n == log["DailyReportAsked"] + log["WeeklyReportAsked"]
    assert found.reports.met == log["DailyReportAnswered"] + log["WeeklyReportAnswered"]
    assert found.things.n == log["RecordAdded"]
    assert len(told(town.database, town.city)) == 4


def test_nothing_goes_as_planned_and_most_of_it_does(fortnight: Month) -> None:
    """Plans are met and missed, faults put right and not, reports answered, late and missed, people on duty or not."""
    town, _ = fortnight
    found = found_of(town)
    [waiting] = rows(town, "select count(*) as n from inspection where state = 'rectifying'")
    outcomes = {row.outcome for row in rows(town, "select distinct outcome from proceeding where day is not null")}

    assert found.periods.n / 2 < found.periods.met < found.periods.n
    assert 0 < found.faults.passed < found.faults.n and found.faults.late > 0 and waiting.n > 0
    assert {"answered", "missed", "late"} <= outcomes
    assert found.reports.n * 0.7 < found.reports.met < found.reports.n
    assert 0 < found.proceedings.late < found.proceedings.closed
    assert 0 < found.entries.late < found.entries.n / 4


def test_units_keep_their_habits(fortnight: Month) -> None:
    town, _ = fortnight
    entries = {
        row.of_unit: row
        for row in rows(
            town,
            "select of_unit, count(*) as n, count(*) filter (where late > 0) as late from ledger_entry"
            " where counters is null and doc::jsonb -> 'data' ->> 'instead' is null group by 1",
        )
    }
    lost = {
        row.unit: row.lost
        for row in rows(
            town,
            "select unit, avg(100 - score) as lost from inspection where checklist in"
            " ('frontage_check', 'mutual_scoring') and score is not null group by 1",
        )
    }

    assert entries["cleaning-1"].late == entries["brigade-1"].late == 0
    assert entries["cleaning-2"].late > entries["cleaning-2"].n / 10
    assert lost["brigade-1"] < lost["brigade-3"]


def test_the_summary_of_the_command_tells_the_lines(fortnight: Month) -> None:
    """`xiuhua demo` over what is there prints the figures of the lines below those of the cases."""
    town, _ = fortnight
    done = town.xiuhua("demo", "--once")

    assert done.returncode == 0, done.stderr
    assert told(town.database, town.city)[0] in done.stdout.splitlines()


def test_cases_are_what_they_are_without_the_lines(server: Cluster, tmp_path: Path) -> None:
    """The same reports, actions, people and moments: what is lived beside them changes nothing."""
    sql = "select type, at, actor, role from event where stream like any('{case/%,report/%}') order by at, type, actor"
    found = []
    for name, profile in (("with", _days(3, 5)), ("without", _days(3, 5).model_copy(update={"lines": False}))):
        with played(server, tmp_path / name, profile) as (town, _):
            found.append([tuple(row) for row in rows(town, sql)])

    assert len(found[0]) > 500
    assert found[0] == found[1]


def test_the_same_seed_gives_the_same_log(server: Cluster, tmp_path: Path) -> None:
    logs = []
    for number, seed in enumerate((7, 7, 8)):
        with played(server, tmp_path / str(number), _days(2, seed)) as (town, _):
            logs.append(log_of(town))
    first, second, other = (hashlib.sha256(repr(log).encode()).hexdigest() for log in logs)

    assert first == second, next(pair for pair in zip(logs[0], logs[1], strict=False) if pair[0] != pair[1])
    assert first != other


def _days(days: int, seed: int) -> Profile:
    return plain(days, seed, 25, FIRST, over_http=False, lines=True)


def test_killed_in_the_midst_it_goes_on(server: Cluster, tmp_path: Path) -> None:
    """What the first process had begun (a round, tasks, documents) is ended by the second; the log is whole."""
    with clone(server) as name:
        given = {
            "XIUHUA_DATA": str(tmp_path), "XIUHUA_DATABASE_URL": server.conninfo(database=name),
            "XIUHUA_DATABASE_OWNER_URL": server.conninfo(OWNER, name),
        }  # fmt: skip
        words = ("simulate", "--lines", "--no-http", "--cases-per-day", "10", "--seed", "3", "--from")
        first = subprocess.Popen(command(*words, FIRST.isoformat(), "--days", "20"), env=environment(given))
        sql = "select max(at) as last, count(*) filter (where type = 'RoundOpened') as rounds from event"
        assert wait_until(lambda: _answer(server, name, sql).rounds > 3, timeout_s=600, pause_s=0.2)
        first.kill()
        assert first.wait(60) != 0
        before = _answer(server, name, sql)
        next_ = before.last.date() + timedelta(days=1)
        second = subprocess.run(
            command(*words, next_.isoformat(), "--days", "9"), env=environment(given), capture_output=True, text=True,
            timeout=900,
        )  # fmt: skip
        checks = [
            subprocess.run(command(*one), env=environment(given), capture_output=True, text=True, timeout=300)
            for one in (("verify", "log"), ("replay", "--check"))
        ]
        closed = _answer(
            server, name,
            f"select count(*) as rounds, sum(things) as things, (select count(*) from inspection"
            f" where begun_at > '{next_}' and round = any(array_agg(r.id))) as made"
            f" from inspection_round r where opened_at <= '{before.last}' and state = 'closed'",
        )  # fmt: skip

    assert second.returncode == 0, second.stderr
    assert [one.returncode for one in checks] == [0, 0], [one.stdout + one.stderr for one in checks]
    assert closed.rounds > 0 and closed.made > 0


def _answer(server: Cluster, name: str, sql: str) -> Any:
    with psycopg.connect(server.conninfo(OWNER, name), row_factory=namedtuple_row) as connection:
        connection.execute("set search_path to xiuhua, public")
        return connection.execute(sql).fetchone()
