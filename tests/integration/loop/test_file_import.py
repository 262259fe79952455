"""The import over a real database: its transactions, not the intake's rules, which have tests of their own."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from tests.conftest import ROOT

from xiuhua.loop.files.loading import load, parse
from xiuhua.loop.files.run import run
from xiuhua.loop.model import Receipt, ReportIn
from xiuhua.platform import personal
from xiuhua.platform.database import Database, Tx
from xiuhua.platform.identity.model import Actor, system
from xiuhua.platform.personal import Personal

CITY = "330100"
MESSAGES = "data/citizen_messages/messages_with_replies_2816.xlsx"
PLAIN = "columns: {external_id: 编号, at: 时间, text: 内容, reporter.contact: 电话}\nconstants: {source: public}\n"

Submit = Callable[[Tx, str, Sequence[ReportIn], Actor], list[Receipt]]


def keeping(tx: Tx, city: str, reports: Sequence[ReportIn], _actor: Actor) -> list[Receipt]:
    """An intake that keeps each report once among the personal data."""
    ids = [f"{report.source}/{report.external_id}" for report in reports]
    known = personal.get(tx, city, ids)
    fresh = [
        Personal(id_, "report", {"text": report.text, "contact": report.reporter.contact if report.reporter else ""})
        for id_, report in zip(ids, reports, strict=True)
        if id_ not in known
    ]
    personal.keep_many(tx, city, fresh)
    return [
        Receipt(index, report.external_id, "unchanged" if id_ in known else "new", id_)
        for index, (id_, report) in enumerate(zip(ids, reports, strict=True))
    ]


def kept(database: Database) -> int:
    with database.reading() as tx:
        row = tx.execute("select count(*) as rows from personal where city = %s", (CITY,)).fetchone()
    return int(row.rows) if row else 0


def imported(database: Database, path: Path, submit: Submit = keeping, mapping: str = PLAIN) -> tuple[int, int, int]:
    outcome = run(database, CITY, path, parse(mapping), system(CITY), submit, batch=10)
    return outcome.new, outcome.unchanged, outcome.rejected


@pytest.fixture
def table(tmp_path: Path) -> Path:
    path = tmp_path / "a.csv"
    lines = "".join(f"A{n},2026-03-01 14:05,第{n}件👷\x00,1381234{n:04}\n" for n in range(35))
    path.write_text("编号,时间,内容,电话\n" + lines + "B1,昨天,水,\n", encoding="gb18030")
    return path


def test_each_batch_is_committed_and_a_stopped_run_is_finished_by_the_next(database: Database, table: Path) -> None:
    seen: list[int] = []

    def stopping(tx: Tx, city: str, reports: Sequence[ReportIn], actor: Actor) -> list[Receipt]:
        seen.append(len(reports))
        receipts = keeping(tx, city, reports, actor)
        if len(seen) == 3:
            raise KeyboardInterrupt  # after the rows were written, before they are committed
        return receipts

    with pytest.raises(KeyboardInterrupt):
        imported(database, table, stopping)
    assert kept(database) == 20
    assert imported(database, table) == (15, 20, 1)
    assert imported(database, table) == (0, 35, 1)
    assert kept(database) == 35


def test_what_is_kept_is_clean_and_masked(database: Database, table: Path) -> None:
    imported(database, table)
    with database.reading() as tx:
        assert personal.get(tx, CITY, ["public/A7"]) == {"public/A7": {"text": "第7件👷", "contact": "1**"}}


@pytest.mark.shared(MESSAGES)
def test_the_messages_of_citizens_twice(database: Database, shared: Path) -> None:
    mapping = load(ROOT / "docs/examples/messages.mapping.yaml")
    outcomes = [run(database, CITY, shared / MESSAGES, mapping, system(CITY), keeping) for _ in range(2)]
    assert [(one.new, one.unchanged, one.rejected) for one in outcomes] == [(2816, 0, 0), (0, 2816, 0)]
    assert kept(database) == 2816
