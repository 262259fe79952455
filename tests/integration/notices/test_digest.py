"""The digest on the simulated clock: each morning once, as much as the inbox holds."""

from __future__ import annotations

from tests.integration.loop.acting import somebody
from tests.integration.notices.conftest import Town

OFFICER = "officer-sanitation"


def digests(town: Town, person: str = OFFICER) -> list[str]:
    return [head for one, _, head in town.told("day") if one == person]


def test_each_morning_once(town: Town) -> None:
    town.case(4)
    town.at("03-03 07:59")
    early = digests(town)
    for moment in ("03-03 08:00", "03-03 08:01", "03-03 23:00", "03-04 07:59"):
        town.at(moment)
    one = digests(town)
    town.at("03-04 08:30")

    assert early == []
    assert one == ["2026-03-03: 1 waiting, 1 late"]
    assert digests(town) == [*one, "2026-03-04: 1 waiting, 1 late"]


def test_days_without_a_worker_are_said_by_the_next(town: Town) -> None:
    town.case(4)
    town.at("03-05 15:00")

    assert digests(town) == ["2026-03-05: 1 waiting, 1 late"]


def test_it_counts_what_the_inbox_shows(town: Town) -> None:
    for steps in (1, 2, 3, 4, 4, 5):
        town.case(steps)
    town.at("03-03 08:00")
    told = {person: head for person, _, head in town.told("day")}
    counted = {}
    with town.district.database.reading() as tx:
        for person in told:
            found = town.district.loop.inbox(tx, somebody(town.district, person), limit=200)
            subjects = {(one.task.kind, one.task.subject): one.task.due for one in found}
            late = {
                key
                for one in found
                if one.task.due and one.task.due < tx.now
                for key in [(one.task.kind, one.task.subject)]
            }
            counted[person] = f"2026-03-03: {len(subjects)} waiting, {len(late)} late"

    assert told == counted and OFFICER in told and "dispatcher01" in told


def test_who_has_nothing_waiting_gets_none(town: Town) -> None:
    town.case(4)
    town.at("03-03 08:00")

    assert digests(town, "officer-roads") == []
