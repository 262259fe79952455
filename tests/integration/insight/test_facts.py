"""Facts that grew round by round are those that are made at once; any past day is read as it was."""

from __future__ import annotations

from collections import defaultdict
from datetime import date, timedelta

import pytest
from tests.integration.insight.conftest import DAYS, FIRST, ZONE, Facts, Rows, shown

from xiuhua.insight.facts import changes, exporting, files
from xiuhua.insight.facts.changes import Days


def test_what_grew_in_rounds_is_what_is_made_at_once_also_when_compacted(facts: Facts) -> None:
    grown = facts.rows()
    kinds = {one.kind for one in facts.files()}
    compactor = facts.compactor()
    while compactor.turn():
        pass
    compacted, past_days = facts.rows(), [facts.rows(day) for day in days()]
    fewer = facts.files()
    facts.exporter.whole(facts.city)

    assert kinds == {"current", "delta"}
    assert {one.kind for one in fewer} >= {"current", "past"}
    assert len(grown["subject.case"]) > 40 and len(grown["subject.case.leg"]) > 30 and grown["event.event"]
    assert compacted == grown
    assert facts.rows() == grown
    assert [facts.rows(day) for day in days()] == past_days


@pytest.mark.parametrize("day", range(DAYS))
def test_a_past_day_is_read_as_it_was_known_then(facts: Facts, day: int) -> None:
    on = FIRST + timedelta(days=day)

    assert facts.rows(on) == known_on(facts, on)


def days() -> list[date]:
    return [FIRST + timedelta(days=day) for day in range(DAYS)]


def known_on(facts: Facts, day: date) -> Rows:
    """What holds by those events alone that were recorded until the end of a day."""
    last, of = (day - date(1970, 1, 1)).days, Days(ZONE)
    rows: dict[str, list[changes.Row]] = defaultdict(list)
    with facts.database.reading() as tx:
        tables, found = facts.exporter.tables(tx, facts.city), facts.exporter.changes(tx, facts.city)
        for stream, events in exporting.streams(tx, facts.city, None):
            known = [one for one in events if of.of(one.recorded) <= last]
            for table, _, row in changes.settled(found.of(stream, events, 0, len(known))):
                if row[-1] is None:
                    rows[table].append(row)
    held: Rows = {}
    for table in tables.all():
        names = shown(table)
        content = files.content(table, facts.city, rows[table.key], ZONE).select(names) if rows[table.key] else None
        told = content.sort_by([("_id", "ascending"), ("_part", "ascending")]).to_pylist() if content else []
        held[table.key] = [tuple(str(one[name]) for name in names) for one in told]
    return held
