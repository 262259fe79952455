"""Files of reports brought in over HTTP: looked into, tried, taken in by a job, cancelled; bad rows kept."""

from __future__ import annotations

import csv
import io
from typing import Any
from uuid import uuid4

import openpyxl
import pytest
from tests.acceptance.installation import Installation, told

from xiuhua.loop.files.target import ReportTable
from xiuhua.platform.imports import running, service
from xiuhua.platform.imports.service import KIND
from xiuhua.platform.jobs.model import Job
from xiuhua.platform.jobs.runner import Runner

OFFICER, LEADER, NOBODY = "intake_officer01", "shift_leader01", "appraiser01"
HEADER = ["工单编号", "来件时间", "诉求内容", "来电人", "联系电话"]
MAPPING = {
    "columns": {"external_id": "工单编号", "at": "来件时间", "text": "诉求内容", "reporter.name": "来电人",
                "reporter.contact": "联系电话"},
    "constants": {"source": "hotline_12345"},
}  # fmt: skip


def rows(count: int, **bad: Any) -> list[list[str]]:
    """So many rows with ids of their own; `bad` is what stands in the time of the first."""
    found = [[uuid4().hex, "2026-03-01 08:00", f"路灯不亮 {n}", "王五", "13812345678"] for n in range(count)]
    found[0][1] = bad.get("at", found[0][1])
    return found


def csv_of(lines: list[list[str]]) -> bytes:
    text = io.StringIO()
    csv.writer(text).writerows([HEADER, *lines])
    return text.getvalue().encode("utf-8")


def sent(town: Installation, content: bytes, name: str = "messages.csv", person: str = OFFICER) -> Any:
    answer = town.client(person).post("/api/imports", files={"file": (name, content)})
    assert answer.status_code == 201, answer.text
    return answer.json()["id"]


def work(town: Installation) -> None:
    """The worker's part, done now."""
    Runner(town.services).run_due()


def job_of(town: Installation, id_: str) -> Job:
    """The job that is to take an import in."""
    with town.database.reading() as tx:
        [row] = tx.execute("select job from import_run where id = %s", (id_,))
    return Job(town.city, "j", KIND, row.job, {"import": id_}, 1)


def test_columns_are_guessed_by_name_and_what_is_personal_is_masked(town: Installation) -> None:
    seen = town.get(OFFICER, f"/api/imports/{sent(town, csv_of(rows(3)))}/columns")

    assert seen["guess"] == MAPPING["columns"]
    assert [one["title"] for one in seen["columns"]] == HEADER
    assert seen["columns"][3]["samples"] == ["王**"]
    assert seen["columns"][4]["samples"] == ["138****5678"]


def test_titles_below_a_heading_of_a_workbook_are_found(town: Installation) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for line in [["2026年3月来件"], [], HEADER, *rows(2)]:
        sheet.append(line)
    content = io.BytesIO()
    book.save(content)

    seen = town.get(OFFICER, f"/api/imports/{sent(town, content.getvalue(), 'messages.xlsx')}/columns")

    assert (seen["sheet"], seen["header_row"], seen["guess"]) == ("Sheet", 3, MAPPING["columns"])


def test_a_trial_tells_every_fault_and_keeps_nothing(town: Installation) -> None:
    lines = rows(3, at="前天下午")
    id_ = sent(town, csv_of(lines))
    before = town.events()

    tried = town.client(OFFICER).post(f"/api/imports/{id_}/try", json={"mapping": MAPPING}).json()

    assert [one["fate"] for one in tried["rows"]] == ["rejected", "new", "new"]
    assert tried["rows"][0]["faults"][0]["column"] == "来件时间"
    assert tried["rows"][1]["row"] == 3
    assert tried["rows"][1]["cells"][3:] == ["王**", "138****5678"]
    assert town.events() == before


def test_good_rows_come_in_and_bad_ones_are_kept_with_their_reasons(town: Installation) -> None:
    lines = rows(4, at="前天下午")
    id_ = sent(town, csv_of(lines))

    begun = town.client(OFFICER).post(f"/api/imports/{id_}/start", json={"mapping": MAPPING}).json()
    work(town)

    done = town.get(OFFICER, f"/api/imports/{id_}")
    kept = town.client(OFFICER).get(f"/api/imports/{id_}/rejected").content.decode("utf-8-sig")
    assert begun["state"] == "waiting"
    assert (done["state"], done["new"], done["rejected"], done["fraction"], done["kept"]) == ("done", 3, 1, 1.0, True)
    assert done["reasons"][0]["rows"] == [2]
    assert lines[0][0] in kept and lines[1][0] not in kept
    assert town.get(LEADER, "/api/reports", external_id=lines[1][0])["items"][0]["source"] == "hotline_12345"


def test_an_attempt_cut_short_counts_its_rows_once(town: Installation, monkeypatch: pytest.MonkeyPatch) -> None:
    lines = rows(6)
    id_ = sent(town, csv_of(lines))
    town.client(OFFICER).post(f"/api/imports/{id_}/start", json={"mapping": MAPPING})
    monkeypatch.setattr(running, "BATCH", 2)
    put, calls = ReportTable.put, list[int]()

    def failing(self: ReportTable, *given: Any) -> Any:
        calls.append(1)
        if len(calls) == 3:
            raise RuntimeError("the machine went away")
        return put(self, *given)

    monkeypatch.setattr(ReportTable, "put", failing)
    with pytest.raises(RuntimeError):
        running.take_in(town.services, job_of(town, id_))
    monkeypatch.undo()
    half = town.get(OFFICER, f"/api/imports/{id_}")
    work(town)

    done = town.get(OFFICER, f"/api/imports/{id_}")
    assert (half["state"], half["new"]) == ("running", 4)
    assert (done["state"], done["new"], done["unchanged"], done["rejected"]) == ("done", 6, 0, 0)


def test_the_same_file_again_changes_nothing(town: Installation) -> None:
    content = csv_of(rows(3))
    for _ in range(2):
        id_ = sent(town, content)
        town.client(OFFICER).post(f"/api/imports/{id_}/start", json={"mapping": MAPPING})
        work(town)

    done = town.get(OFFICER, f"/api/imports/{id_}")
    assert (done["new"], done["unchanged"], done["kept"]) == (0, 3, False)


def test_a_waiting_import_is_cancelled_at_once(town: Installation) -> None:
    id_ = sent(town, csv_of(rows(2)))
    town.client(OFFICER).post(f"/api/imports/{id_}/start", json={"mapping": MAPPING})
    over = town.client(OFFICER).post(f"/api/imports/{id_}/cancel").json()
    work(town)

    assert over["state"] == town.get(OFFICER, f"/api/imports/{id_}")["state"] == "cancelled"
    assert town.get(OFFICER, f"/api/imports/{id_}")["new"] == 0
    assert told(town.client(OFFICER).post(f"/api/imports/{id_}/cancel")) == (409, "not_now")


def test_a_kept_mapping_is_offered_for_the_next_file(town: Installation) -> None:
    title = uuid4().hex
    made = town.client(OFFICER).post("/api/imports/mappings", json={"title": title, "mapping": MAPPING})
    again = town.client(LEADER).post("/api/imports/mappings", json={"title": title, "mapping": MAPPING})

    seen = town.get(LEADER, f"/api/imports/{sent(town, csv_of(rows(1)), person=LEADER)}/columns")

    assert made.json() == again.json()
    assert seen["kept"]["title"] == title and seen["kept"]["mapping"] == MAPPING
    assert town.client(LEADER).delete(f"/api/imports/mappings/{made.json()['id']}").status_code == 204


@pytest.mark.parametrize(
    ("mapping", "status"),
    [
        ({"columns": {"external_id": "工单编号"}}, 422),
        ({"columns": {"external_id": "no such", "text": "诉求内容"}, "constants": {"source": "public"}}, 422),
        ({"colums": {}}, 422),
        (MAPPING, 404),
    ],
)
def test_what_cannot_be_imported(town: Installation, mapping: dict[str, Any], status: int) -> None:
    id_ = sent(town, csv_of(rows(1))) if status == 422 else "unknown"
    tries = [
        town.client(OFFICER).post(f"/api/imports/{id_}/{word}", json={"mapping": mapping}) for word in ("try", "start")
    ]

    assert [one.status_code for one in tries] == [status, status]


def test_what_is_no_table_is_refused_and_nobody_sees_the_files_of_others(town: Installation) -> None:
    refused = town.client(OFFICER).post("/api/imports", files={"file": ("a.pdf", b"%PDF-1.7")})
    id_ = sent(town, csv_of(rows(1)))

    assert told(refused) == (422, "invalid")
    for path in ("", "/columns", "/rejected"):
        assert told(town.client(LEADER).get(f"/api/imports/{id_}{path}")) == (404, "not_found")
    assert told(town.client(NOBODY).get("/api/imports/mappings")) == (403, "not_allowed")


def test_a_file_that_nobody_imported_is_forgotten(town: Installation) -> None:
    id_ = sent(town, csv_of(rows(1)))
    with town.database.transaction() as tx:
        tx.execute("update import_run set asked_at = asked_at - interval '2 days' where id = %s", (id_,))
        service.forget_files(tx)

    assert told(town.client(OFFICER).get(f"/api/imports/{id_}")) == (404, "not_found")


@pytest.mark.parametrize(("job", "state"), [("dead", "refused"), ("waiting", "waiting")])
def test_an_import_whose_job_is_dead_is_ended_and_its_file_forgotten(town: Installation, job: str, state: str) -> None:
    id_ = sent(town, csv_of(rows(1)))
    town.client(OFFICER).post(f"/api/imports/{id_}/start", json={"mapping": MAPPING})
    with town.database.transaction() as tx:
        tx.execute("update job set state = %s where key = (select job from import_run where id = %s)", (job, id_))
        tx.execute("update import_run set asked_at = asked_at - interval '2 days' where id = %s", (id_,))
        service.forget_files(tx)
        kept = tx.execute("select content is not null as kept from import_run where id = %s", (id_,)).fetchone()

    seen = town.get(OFFICER, f"/api/imports/{id_}")
    assert (seen["state"], kept.kept) == (state, job == "waiting")
    assert [one["file"] for one in seen["errors"]] == (["messages.csv"] if job == "dead" else [])
