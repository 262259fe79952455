from __future__ import annotations

import csv
import pickle
from collections.abc import Sequence
from concurrent.futures import Future
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from tests.conftest import ROOT
from tests.unit.loop.files.file_making import MAPPING, TITLES, MemoryIntake, csv_file, mapping, rows_of, workbook

from xiuhua.loop.files.loading import load
from xiuhua.loop.files.mapping import FileMapping
from xiuhua.loop.files.run import run, taking
from xiuhua.loop.files.several import packed, unpacked
from xiuhua.loop.model import Mandate, PlaceIn, Receipt, Reporter, ReportIn
from xiuhua.platform.errors import Internal, Invalid
from xiuhua.platform.identity.model import system
from xiuhua.platform.imports.model import Outcome, Put, Standing

CITY = "330100"
MESSAGES = "data/citizen_messages/messages_with_replies_2816.xlsx"


def imported(intake: MemoryIntake, path: Path, by: FileMapping | None = None, **more: Any) -> Outcome:
    return run(intake, CITY, path, by or mapping(), system(CITY), intake.submit, **more)


def counts(outcome: Outcome) -> tuple[int, int, int]:
    return outcome.new, outcome.unchanged, outcome.rejected


def rejected_rows(outcome: Outcome) -> list[dict[str, str]]:
    assert outcome.rejected_path is not None
    with outcome.rejected_path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def table(path: Path, *lines: str) -> Path:
    return csv_file(path, "编号,时间,内容\n" + "".join(f"{line}\n" for line in lines))


def test_the_second_import_changes_nothing(tmp_path: Path) -> None:
    intake = MemoryIntake()
    path = workbook(tmp_path / "a.xlsx", [TITLES, *rows_of("井盖", "路灯", "")])
    assert counts(imported(intake, path)) == (2, 0, 1)
    kept = dict(intake.kept)
    assert counts(imported(intake, path)) == (0, 2, 1)
    assert intake.kept == kept


def test_every_batch_is_a_transaction_and_a_stopped_run_is_repeated(tmp_path: Path) -> None:
    intake = MemoryIntake(fails_in_batch=3)
    path = table(tmp_path / "a.csv", "B1,昨天,坏", *(f"A{n},2026-03-02,好{n}" for n in range(10)))
    with pytest.raises(ConnectionError):
        imported(intake, path, batch=3)
    assert intake.batches == [2, 3, 3] and len(intake.kept) == 5
    assert [one.name for one in tmp_path.iterdir()] == ["a.csv"]
    assert counts(imported(intake, path, batch=3)) == (5, 5, 1)


def test_repeats_within_a_file(tmp_path: Path) -> None:
    intake = MemoryIntake()
    path = table(
        tmp_path / "a.csv", "A1,2026-03-02,井盖", "A1,2026/3/2, 井盖 ", "A1,2026-03-02,路灯", "A2,2026-03-02,水"
    )
    outcome = imported(intake, path)
    assert counts(outcome) == (2, 1, 1)
    (row,) = rejected_rows(outcome)
    assert (row["行号"], row["字段"]) == ("4", "编号")
    assert row["原因"] == "编号: “A1”在第 2 行已经出现，而内容不同；请核对编号"
    assert intake.kept["public", "A1"].text == "井盖"


def test_a_repeat_of_a_rejected_row_counts_for_itself(tmp_path: Path) -> None:
    by = mapping(base=MAPPING.replace("text: 内容", "text: 内容, category: 类别"))
    intake = MemoryIntake(unknown_categories=frozenset({"x"}))
    path = csv_file(
        tmp_path / "a.csv",
        "编号,时间,内容,类别\nA1,2026-03-02,好,x\nA1,2026-03-02,好,y\nA2,昨天,好,y\nA2,2026-03-02,好,y\n",
    )
    outcome = imported(intake, path, by)
    assert counts(outcome) == (2, 0, 2)
    assert [row["原因"][:9] for row in rejected_rows(outcome)] == ["类别: 没有这个类", "时间: “昨天”不"]


def test_what_the_intake_refuses_stands_beside_what_the_file_lacks_in_the_order_of_rows(tmp_path: Path) -> None:
    by = mapping(base=MAPPING.replace("text: 内容", "text: 内容, category: 类别"))
    intake = MemoryIntake(unknown_categories=frozenset({"x"}))
    path = csv_file(tmp_path / "a.csv", "编号,时间,内容,类别\nA1,2026-03-02,好,x\nA2,昨天,好,y\nA3,2026-03-02,好,x\n")
    outcome = imported(intake, path, by)
    assert [(row["行号"], row["字段"]) for row in rejected_rows(outcome)] == [
        ("2", "类别"),
        ("3", "时间"),
        ("4", "类别"),
    ]
    assert [(one.first.column, one.count, one.rows) for one in outcome.reasons] == [
        ("类别", 2, (2, 4)),
        ("时间", 1, (3,)),
    ]


def test_rejected_rows_are_mended_and_imported_with_the_same_mapping(tmp_path: Path) -> None:
    intake = MemoryIntake()
    by = mapping("header: 2\nsheet: 数据\nencoding: gbk\nseparator: ';'\nfill_down: [时间]\n")
    rows = [("台账",), TITLES, ("@1", datetime(2026, 3, 2, 14, 5), ""), ("0042", None, "路灯"), ("A3", "昨天", "水")]
    path = workbook(tmp_path / "a.xlsx", rows)
    outcome = imported(intake, path, by)
    assert counts(outcome) == (1, 0, 2)
    assert outcome.rejected_path is not None
    text = (
        outcome.rejected_path.read_text("utf-8-sig")
        .replace("14:05:00,,", "14:05:00,井盖,")
        .replace("昨天,", "2026-03-01,")
    )
    again = csv_file(tmp_path / "mended.csv", text, "gb18030")
    assert counts(imported(intake, again, by)) == (2, 0, 0)
    assert intake.kept["public", "@1"].at == datetime(2026, 3, 2, 6, 5, tzinfo=UTC)
    assert counts(imported(intake, path, by)) == (0, 1, 2)


def test_rejected_rows_that_were_saved_as_a_workbook_come_back_too(tmp_path: Path) -> None:
    intake = MemoryIntake()
    by = mapping("header: 4\nsheet: 台账\n")
    header = [*TITLES, "row number", "field", "why"]
    path = workbook(tmp_path / "b.xlsx", [header, ("'0042", "2026-03-02", "好", 9, "内容", "x")], sheet="Sheet1")
    assert counts(imported(intake, path, by)) == (1, 0, 0)
    assert [key for _, key in intake.kept] == ["0042"]


def test_still_bad_rows_lose_their_old_reasons(tmp_path: Path) -> None:
    first = imported(MemoryIntake(), table(tmp_path / "a.csv", "A1,昨天,好"))
    assert first.rejected_path is not None
    again = imported(MemoryIntake(), first.rejected_path)
    assert list(rejected_rows(again)[0]) == ["编号", "时间", "内容", "行号", "字段", "原因"]
    assert rejected_rows(again)[0]["行号"] == "2"


def test_totals_are_skipped_and_values_that_stand_once_are_repeated(tmp_path: Path) -> None:
    intake = MemoryIntake()
    base = "columns: {external_id: 编号, text: 内容, place.words: 街道}\nconstants: {source: public}\n"
    by = mapping("fill_down: [街道]\nskip:\n  - {column: 编号, matches: ^合\\s*计}\n", base)
    rows = [
        ("街道", "编号", "内容"),
        ("幸福街道", "1", "好"),
        (None, "2", "好"),
        (None, "合 计", 2),
        ("和平街道", "3", "好"),
    ]
    outcome = imported(intake, workbook(tmp_path / "a.xlsx", rows, merged=["A2:A4"]), by)
    assert (counts(outcome), outcome.skipped) == ((3, 0, 0), 1)
    places = [report.place.words for report in intake.kept.values() if report.place]
    assert places == ["幸福街道", "幸福街道", "和平街道"]


def test_a_table_without_rows(tmp_path: Path) -> None:
    seen: list[Standing] = []
    outcome = imported(MemoryIntake(), table(tmp_path / "a.csv"), progress=seen.append)
    assert counts(outcome) == (0, 0, 0)
    assert outcome.rejected_path is None
    assert seen[-1] == Standing(0, 0, 0, 0, fraction=1.0)


def test_progress_is_told_after_each_batch(tmp_path: Path) -> None:
    seen: list[Standing] = []
    path = table(tmp_path / "a.csv", *(f"A{n},2026-03-02,好" for n in range(5)))
    imported(MemoryIntake(), path, progress=seen.append, batch=2)
    assert [one.rows for one in seen] == [2, 4, 5]
    assert seen[-1].fraction == 1.0


def test_an_intake_that_forgets_a_report_keeps_nothing_of_the_batch(tmp_path: Path) -> None:
    intake = MemoryIntake()

    def forgetful(*args: Any) -> list[Receipt]:
        return intake.submit(*args)[1:]

    path = table(tmp_path / "a.csv", "A1,2026-03-02,好", "A2,2026-03-02,好")
    with pytest.raises(Internal):
        run(intake, CITY, path, mapping(), system(CITY), forgetful)
    assert intake.kept == {}


def test_nothing_is_taken_in_where_the_file_does_not_fit(tmp_path: Path) -> None:
    intake = MemoryIntake()
    with pytest.raises(Invalid, match="there is no such column"):
        imported(intake, csv_file(tmp_path / "a.csv", "编号,内容\nA1,好\n"))
    assert intake.batches == []


def test_the_file_may_name_its_own_time_zone(tmp_path: Path) -> None:
    intake = MemoryIntake()
    path = table(tmp_path / "a.csv", "A1,2026-03-02 14:05,好")
    imported(intake, path, mapping("times: {zone: Asia/Urumqi}"), zone="Asia/Shanghai")
    assert intake.kept["public", "A1"].at == datetime(2026, 3, 2, 8, 5, tzinfo=UTC)


@pytest.mark.shared(MESSAGES)
def test_the_messages_of_citizens_twice(shared: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    intake, by = MemoryIntake(), load(ROOT / "docs/examples/messages.mapping.yaml")
    assert counts(imported(intake, shared / MESSAGES, by)) == (2816, 0, 0)
    assert counts(imported(intake, shared / MESSAGES, by)) == (0, 2816, 0)
    first = intake.kept["letter", "2549"]
    assert (first.at, first.title) == (datetime(2019, 4, 25, 1, 32, 9, tzinfo=UTC), "A2区景蓉华苑物业管理有问题")
    assert first.reporter is not None and first.reporter.contact == "A00045581"
    assert first.text.startswith("2019年4月以来") and first.extra["replied_at"] == "2019-05-10T14:56:53+08:00"
    # A cell of the workbook that is a real date, and a reply of which only the day is known.
    assert intake.kept["letter", "2759"].at == datetime(2019, 4, 8, 0, 37, 20, tzinfo=UTC)
    assert [one.extra["replied_at"] for one in intake.kept.values() if len(one.extra["replied_at"]) == 10] == [
        "2018-04-24"
    ]


@pytest.mark.shared(MESSAGES)
def test_the_messages_with_faults_put_in(shared: Path, tmp_path: Path) -> None:
    book = openpyxl.load_workbook(shared / MESSAGES)
    page = book.worksheets[0]
    page["D2"], page["E3"], page["D4"] = "前天下午三点", "长" * 10_001, "2027/4/25 9:32:09"
    page["A5"], page["E6"].data_type, page["E6"].value = 2549, "s", None
    book.save(tmp_path / "messages.xlsx")
    outcome = imported(MemoryIntake(), tmp_path / "messages.xlsx", load(ROOT / "docs/examples/messages.mapping.yaml"))
    assert counts(outcome) == (2812, 0, 4)
    assert [(row["行号"], row["字段"], row["原因"][6:13]) for row in rejected_rows(outcome)] == [
        ("2", "留言时间", "“前天下午三点"),
        ("3", "留言详情", "有 10001"),
        ("4", "留言时间", "“2027/4"),
        ("6", "留言详情", "不能为空"),
    ]


class Late:
    """Helpers that answer when asked for, and in what order they were given the batches."""

    most = 3

    def __init__(self, intake: MemoryIntake) -> None:
        self._intake, self.under_way, self.seen_at_once = intake, 0, 0

    def submit(self, reports: Sequence[ReportIn]) -> Future[list[Put]]:
        self.under_way += 1
        self.seen_at_once = max(self.seen_at_once, self.under_way)
        late = self

        class Answer(Future[list[Put]]):
            def result(self, timeout: float | None = None) -> list[Put]:
                late.under_way -= 1
                return list(taking(late._intake, CITY, late._intake.submit, system(CITY))(reports))

        return Answer()


def test_batches_side_by_side_come_out_as_one_after_the_other(tmp_path: Path) -> None:
    lines = [f"A{n},{'昨天' if n == 4 else '2026-03-02'},文{n}" for n in range(12)]
    lines[7], lines[9] = "A3,2026-03-02,另一件", "A3,2026-03-02,文3"
    path = table(tmp_path / "a.csv", *lines)
    alone, intake = imported(MemoryIntake(), path, batch=2), MemoryIntake()

    helped = imported(intake, path, batch=2, helpers=(late := Late(intake)))

    assert counts(helped) == counts(alone) == (9, 1, 2) and late.seen_at_once == 3
    assert helped.reasons == alone.reasons
    assert rejected_rows(helped) == rejected_rows(alone)


def test_a_report_goes_to_another_process_and_comes_out_the_same() -> None:
    at = datetime(2026, 3, 2, tzinfo=UTC)
    full = ReportIn(
        "public", "A1", "文", at, PlaceIn(120.1, 30.2, "gcj02", "路口"), ("p1",), Reporter("王", "138", True), ("急",),
        mandate=Mandate("市", "N1", at), extra={"答复": "好"},
    )  # fmt: skip
    for one in (full, ReportIn("public", "A1", "文")):
        assert unpacked(pickle.loads(pickle.dumps(packed(one)))) == one
