"""Tables brought into registers and ledgers by the wizard: looked into, tried, checked whole, taken in by a job."""

from __future__ import annotations

import csv
import io
import json
import os
import signal
import subprocess
import time
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import openpyxl
import pytest
from tests.acceptance.bringing import Wizard, counts, csv_of
from tests.acceptance.installation import Installation, command, environment, told

from xiuhua.platform.imports import running
from xiuhua.platform.jobs.runner import Runner

KEEPER, OTHER, ELSEWHERE, READER = "supervisor01", "officer-roads", "officer-greening", "appraiser01"
LAMPS, DRAINS, STORE, TREES = "register:street_lamp", "ledger:drain_dredged", "ledger:upkeep_store", "register:tree"
PACK = """
tree:
  title: {zh: 树, en: Tree}
  key: code
  fields:
    code: {type: text, required: true, title: {zh: 树号, en: Tree number}}
    beside: {type: ref, to: tree, title: {zh: 旁边的树, en: Beside}}
"""


@pytest.fixture(scope="module")
def kept(town: Installation, tmp_path_factory: pytest.TempPathFactory) -> Installation:
    """The district with lamps and ledgers, and trees that refer to one another."""
    folder = tmp_path_factory.mktemp("packs") / "tree-test"
    folder.mkdir()
    (folder / "pack.yaml").write_text("name: tree-test\ntitle: {zh: 测试, en: Test}\nversion: 1\n", encoding="utf-8")
    (folder / "registers.yaml").write_text(PACK, encoding="utf-8")
    town.take_up("municipal", folder)
    return town


def lamps(*rows: tuple[Any, ...]) -> bytes:
    """Lamps, all at one place."""
    return csv_of(
        ("杆号", "功率（W）", "光源", "养护单位", "经度", "纬度"), *((*row, 105.3123, 29.1045) for row in rows)
    )


def many(prefix: str, count: int) -> bytes:
    """So many lamps."""
    return lamps(*((f"{prefix}{n:05}", 90, "LED", "roads") for n in range(count)))


def written(town: Installation, prefix: str) -> tuple[int, int]:
    """Lamps whose key begins so, and all of their events."""
    with town.database.reading() as tx:
        sql = """select count(distinct r.id) as records, count(*) as events from record r
            join event e on e.city = r.city and e.stream = 'record/' || r.id
            where r.city = %s and r.register = 'street_lamp' and r.key like %s"""
        row = tx.execute(sql, (town.city, f"{prefix}%")).fetchone()
        return row.records, row.events


# ---- registers


def test_columns_are_guessed_by_titles_in_either_language(kept: Installation) -> None:
    zh, en = (Wizard(kept, KEEPER, LAMPS) for _ in range(2))
    zh.send(lamps(("G1", 90, "LED", "roads")))
    en.send(csv_of(("Pole number", "Power", "remarks", "lng", "latitude"), ("G1", 90, "x", 105.3, 29.1)))

    assert zh.guessed()["columns"] == {
        "code": "杆号", "watts": "功率（W）", "light": "光源", "upkeep": "养护单位", "lon": "经度", "lat": "纬度"
    }  # fmt: skip
    assert en.guessed()["columns"] == {"code": "Pole number", "watts": "Power", "lon": "lng", "lat": "latitude"}
    fields = {one["name"]: one for one in kept.get(KEEPER, f"/api/imports/{zh.id}/columns")["fields"]}
    assert fields["code"]["needed"] and not fields["watts"]["needed"]
    assert fields["watts"]["hint"]["zh"] == "整数 (W)，如 12"


def test_a_trial_tells_what_would_change_and_every_fault_in_both_languages(kept: Installation) -> None:
    first = Wizard(kept, KEEPER, LAMPS)
    first.send(lamps(("T1", 90, "LED", "roads"), ("T2", 90, "LED", "roads")))
    assert counts(first.done("start", first.guessed())) == (2, 0, 0, 0)
    before = kept.events()

    again = Wizard(kept, KEEPER, LAMPS)
    again.send(
        lamps(("T1", 90, "LED", "roads"), ("T2", 120, "LED", "roads"), ("T3", 0, "", "nobody"), ("T4", 9, "", ""))
    )
    tried = again.post("try", again.guessed()).json()

    assert counts(tried) == (1, 1, 1, 1) and tried["whole"] and kept.events() == before
    assert [one["fate"] for one in tried["rows"]] == ["unchanged", "changed", "rejected", "new"]
    assert tried["rows"][1]["changes"][0] == {
        "field": {"zh": "功率", "en": "Power"}, "before": {"zh": "90", "en": "90"}, "after": {"zh": "120", "en": "120"}
    }  # fmt: skip
    assert tried["rows"][2]["faults"] == [
        {"column": "功率（W）", "zh": "不应小于 1", "en": "is at least 1"},
        {"column": "养护单位", "zh": "没有单位“nobody”", "en": "there is no unit 'nobody'"},
    ]
    assert tried["rows"][2]["row"] == 4 and tried["rows"][2]["cells"][:2] == ["T3", "0"]


def test_all_rows_are_looked_at_by_a_job_before_anything_is_kept(kept: Installation) -> None:
    rows = [(f"C{n:03}", 0 if n % 50 == 0 else 90, "LED", "roads") for n in range(700)]
    wizard, before = Wizard(kept, KEEPER, LAMPS), kept.events()
    wizard.send(lamps(*rows, rows[1]))
    looked = wizard.done("check", wizard.guessed())
    seen = wizard.preview()

    assert (looked["state"], counts(looked), looked["fraction"]) == ("checked", (686, 0, 1, 14), 1.0)
    assert kept.events() == before and counts(seen) == counts(looked) and seen["whole"]
    assert sum(one["fate"] == "rejected" for one in seen["rows"]) == 14
    assert sum(one["fate"] == "new" for one in seen["rows"]) < 700, "not all of them are shown"
    [reason] = looked["reasons"]
    assert (reason["column"], reason["count"], reason["rows"]) == ("功率（W）", 14, [2, 52, 102])
    assert len(list(csv.reader(io.StringIO(wizard.rejected().decode("utf-8-sig"))))) == 15

    taken = wizard.done("start", wizard.guessed())
    assert (taken["state"], counts(taken)) == ("done", (686, 0, 1, 14)) and kept.events() == before + 686
    assert told(kept.client(KEEPER).get(f"/api/imports/{wizard.id}/preview")) == (404, "not_found")


def test_rejected_rows_are_mended_and_brought_again(kept: Installation) -> None:
    wizard = Wizard(kept, KEEPER, LAMPS)
    wizard.send(lamps(("M1", 90, "LED", "roads"), ("M2", "九十", "LED", "roads")))
    assert counts(wizard.done("start", wizard.guessed())) == (1, 0, 0, 1)

    again = Wizard(kept, KEEPER, LAMPS)
    again.send(wizard.rejected().replace("九十".encode(), b"90", 1), "mended.csv")
    assert counts(again.done("start", again.guessed())) == (1, 0, 0, 0)
    assert kept.get(KEEPER, "/api/registers/street_lamp/keys/M2")["fields"]["watts"] == 90


def test_geojson_comes_in_with_its_places(kept: Installation) -> None:
    features = [
        {"type": "Feature", "properties": {"杆号": f"J{n}", "功率": 90},
         "geometry": {"type": "Point", "coordinates": [105.3123 + n / 1e4, 29.1045]} if n else None}
        for n in range(3)
    ]  # fmt: skip
    wizard = Wizard(kept, KEEPER, LAMPS)
    wizard.send(json.dumps({"type": "FeatureCollection", "features": features}).encode(), "lamps.geojson")
    done = wizard.done("start", wizard.guessed())

    assert counts(done) == (2, 0, 0, 1)
    assert done["reasons"][0]["zh"] == "须有位置：经度和纬度"
    assert kept.get(KEEPER, "/api/registers/street_lamp/keys/J1")["place"]["lon"] == 105.3124


def test_rows_may_refer_to_rows_of_an_earlier_batch(kept: Installation, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(running, "BATCH", 2)
    wizard = Wizard(kept, KEEPER, TREES)
    wizard.send(csv_of(("树号", "旁边的树"), ("B1", ""), ("B2", ""), ("B3", "B1"), ("B4", "B9")))
    looked = wizard.done("check", wizard.guessed())
    taken = wizard.done("start", wizard.guessed())

    assert counts(looked) == counts(taken) == (3, 0, 0, 1)


def test_a_template_has_a_column_for_each_field_and_comes_in_filled(kept: Installation) -> None:
    answer = kept.client(KEEPER).get("/api/imports/template", params={"of": LAMPS}, headers={"Accept-Language": "zh"})
    book = openpyxl.load_workbook(io.BytesIO(answer.content))
    sheet, about = book.worksheets
    titles = [cell.value for cell in sheet[1]]
    filled = {"杆号": "007", "功率": "90", "光源": "LED", "经度": "105.3123", "纬度": "29.1045"}
    sheet.append([filled.get(str(title), "") for title in titles])
    content = io.BytesIO()
    book.save(content)
    wizard = Wizard(kept, KEEPER, LAMPS)
    wizard.send(content.getvalue(), "filled.xlsx")

    assert {"杆号", "所在道路", "功率", "光源", "养护单位", "经度", "纬度"} <= set(titles)
    assert about["A2"].value == "杆号" and about["B2"].value == "是" and "LED" in str(list(about.values))
    assert counts(wizard.done("start", wizard.guessed())) == (1, 0, 0, 0)
    assert kept.get(KEEPER, "/api/registers/street_lamp/keys/007")["fields"]["light"] == "led"


# ---- ledgers


def test_a_table_of_work_comes_in_once(kept: Installation) -> None:
    rows = [("日期", "数量", "管道类别"), ("2026/2/2", "1.2km", "污水"), ("2026/2/2", "1.2km", "污水"),
            ("2999-01-01", "5", "雨水"), ("合计", "2.4km", "")]  # fmt: skip
    first, again = Wizard(kept, KEEPER, DRAINS), Wizard(kept, KEEPER, DRAINS)
    first.send(csv_of(*rows))
    again.send(csv_of(*rows))
    tried = first.post("try", first.guessed()).json()
    taken, known = first.done("start", first.guessed()), again.done("start", again.guessed())

    assert counts(tried) == counts(taken) == (2, 0, 0, 2) and counts(known) == (0, 0, 2, 2)
    assert [one["zh"] for one in taken["reasons"]] == [
        tried["rows"][2]["faults"][0]["zh"], "这一行是合计，不是一条记录"
    ]  # fmt: skip
    assert tried["rows"][2]["faults"][0]["zh"].startswith("在将来：今天是 ")


def test_a_look_at_a_store_counts_what_rows_before_would_move(
    kept: Installation, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(running, "BATCH", 1)
    moves = ((2, 10), (3, -6), (4, -6), (5, -4))
    wizard = Wizard(kept, KEEPER, STORE)
    wizard.send(
        csv_of(("日期", "数量", "仓库", "物资"), *((f"2026-02-0{day}", n, "九库", "防坠网") for day, n in moves))
    )
    looked = wizard.done("check", wizard.guessed())
    taken = wizard.done("start", wizard.guessed())

    assert counts(looked) == counts(taken) == (3, 0, 0, 1)
    assert looked["reasons"][0]["zh"] == taken["reasons"][0]["zh"] == "库存将差 2 套；可出库 4 套"


# ---- who may


def test_who_may_not_keep_a_register_brings_nothing_into_it(kept: Installation) -> None:
    def targets(person: str) -> set[str]:
        return {one["of"] for one in kept.get(person, "/api/imports/targets")}

    refused = Wizard(kept, READER, LAMPS).send(lamps(("P1", 90, "LED", "roads")))
    assert told(refused) == (403, "not_allowed") and refused.json()["permission"] == "record.keep"
    assert told(Wizard(kept, READER, DRAINS).send(csv_of(("日期", "数量"), ("2026-02-02", 1)))) == (403, "not_allowed")
    assert {LAMPS, DRAINS} <= targets(KEEPER) and targets(READER) == set()
    assert told(Wizard(kept, KEEPER, "register:nothing").send(b"a,b\n1,2\n")) == (404, "not_found")
    assert told(Wizard(kept, KEEPER, "weather:nothing").send(b"a,b\n1,2\n")) == (404, "not_found")


def test_rows_of_others_are_refused_one_by_one(kept: Installation) -> None:
    wizard = Wizard(kept, ELSEWHERE, LAMPS)
    wizard.send(lamps(("O1", 90, "LED", "roads"), ("O2", 90, "LED", "greening")))
    done = wizard.done("start", wizard.guessed())

    assert counts(done) == (1, 0, 0, 1)
    assert (done["reasons"][0]["zh"], done["reasons"][0]["rows"]) == ("不由您维护", [2])
    [event] = kept.get(KEEPER, f"/api/records/{kept.get(KEEPER, '/api/registers/street_lamp/keys/O2')['id']}/events")
    assert event["actor"] == ELSEWHERE


def test_nobody_sees_the_files_of_others_nor_those_of_another_city(kept: Installation) -> None:
    wizard = Wizard(kept, KEEPER, LAMPS)
    wizard.send(lamps(("N1", 0, "LED", "roads")))
    wizard.done("check", mapping := wizard.guessed())
    paths = ("", "/columns", "/preview", "/rejected")

    for path in paths:
        assert told(kept.client(OTHER).get(f"/api/imports/{wizard.id}{path}")) == (404, "not_found")
    with kept.database.transaction() as tx:
        tx.execute("update import_run set city = '990102' where id = %s", (wizard.id,))
    for path in paths:
        assert told(kept.client(KEEPER).get(f"/api/imports/{wizard.id}{path}")) == (404, "not_found")
    for word in ("try", "check", "start"):
        assert told(wizard.post(word, mapping)) == (404, "not_found")
    assert wizard.id not in {one["id"] for one in kept.get(KEEPER, "/api/imports", of=LAMPS)["items"]}


def test_a_kept_mapping_is_offered_for_its_own_target_alone(kept: Installation) -> None:
    wizard = Wizard(kept, KEEPER, LAMPS)
    wizard.send(lamps(("K1", 90, "LED", "roads")))
    body = {"of": LAMPS, "title": "每月", "mapping": wizard.guessed()}
    made = kept.client(KEEPER).post("/api/imports/mappings", json=body)

    assert made.status_code == 201, made.text
    assert kept.get(KEEPER, f"/api/imports/{wizard.id}/columns")["kept"]["title"] == "每月"
    assert kept.get(KEEPER, "/api/imports/mappings", of=DRAINS) == []
    dropped = f"/api/imports/mappings/{made.json()['id']}"
    assert told(kept.client(READER).delete(dropped)) == (403, "not_allowed")
    assert kept.client(KEEPER).delete(dropped).status_code == 204


# ---- what does not fit


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (b"%PDF-1.7", "a.csv"), (b"", "a.csv"), (b"<html><table></table></html>", "a.xls"),
        (b"PK\x03\x04broken", "a.xlsx"), (b"PK\x05\x06" + bytes(18), "a.xlsx"),
        (b'{"type": "FeatureCollection"}', "a.geojson"), (b'{"type": "Feature', "a.geojson"),
    ],
    ids=["pdf", "empty", "html", "broken workbook", "empty zip", "no features", "broken json"],
)  # fmt: skip
def test_broken_files_are_refused_with_a_reason(kept: Installation, content: bytes, name: str) -> None:
    answer = Wizard(kept, KEEPER, LAMPS).send(content, name)

    assert told(answer) == (422, "invalid"), answer.text
    assert all(one["why"] for one in answer.json()["errors"])


@pytest.mark.parametrize(
    ("mapping", "field"),
    [
        ({"columns": {}}, "code"),
        ({"columns": {"code": "杆号", "colour": "光源"}}, "colour"),
        ({"columns": {"code": "杆号", "lon": "经度", "lat": "纬度"}}, "coordinates"),
        ({"columns": {"code": "杆号", "lon": "经度"}, "coordinates": {"datum": "wgs84"}}, "lon"),
        ({"columns": {"code": "no such"}}, "no such"),
        ({"columns": {"code": 7}}, "columns.code"),
        ({"colums": {}}, "colums"),
        ({"columns": {"code": "杆号"}, "coordinates": {"datum": "mars"}}, "coordinates.datum"),
    ],
)
def test_mappings_that_do_not_fit(kept: Installation, mapping: dict[str, Any], field: str) -> None:
    wizard = Wizard(kept, KEEPER, LAMPS)
    wizard.send(lamps(("X1", 90, "LED", "roads")))
    answers = [wizard.post(word, mapping) for word in ("try", "check", "start")]

    assert [told(one) for one in answers] == [(422, "invalid")] * 3
    assert field in {one["field"] for one in answers[0].json()["errors"]}
    assert wizard.now()["state"] == "uploaded"


# ---- stopped, killed, at once


def test_a_look_that_is_stopped_leaves_the_file_to_be_looked_at_again(kept: Installation) -> None:
    wizard = Wizard(kept, KEEPER, LAMPS)
    wizard.send(lamps(("S1", 90, "LED", "roads")))
    mapping = wizard.guessed()
    wizard.post("check", mapping)
    twice = wizard.post("check", mapping)
    stopped = wizard.post("cancel").json()
    Runner(kept.services).run_due()

    assert told(twice) == (409, "not_now") and stopped["state"] == wizard.now()["state"] == "uploaded"
    assert wizard.done("check", mapping)["state"] == "checked"
    over = wizard.post("cancel").json()
    assert over["state"] == "cancelled" and told(wizard.post("start", mapping)) == (409, "not_now")


def test_what_an_attempt_changed_before_it_was_lost_is_counted_once(
    kept: Installation, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(running, "BATCH", 2)
    rows = [(f"L{n}", 90, "LED", "roads") for n in range(4)]
    first, other = Wizard(kept, KEEPER, LAMPS), Wizard(kept, KEEPER, LAMPS)
    first.send(lamps(*rows))
    first.done("start", first.guessed())
    other.send(lamps(*((key, 120, light, unit) for key, _, light, unit in rows), ("L9", 90, "LED", "roads")))
    put, calls = running._Counted.put, list[int]()

    def failing(self: Any, *given: Any) -> Any:
        calls.append(1)
        if len(calls) == 2:
            raise RuntimeError("the machine went away")
        return put(self, *given)

    monkeypatch.setattr(running._Counted, "put", failing)
    half = other.done("start", other.guessed())
    with kept.database.transaction() as tx:
        tx.execute("update pgqueuer set execute_after = now() where entrypoint = 'import'")
    Runner(kept.services).run_due()

    assert (half["state"], counts(half)) == ("running", (0, 2, 0, 0))
    assert (other.now()["state"], counts(other.now())) == ("done", (1, 4, 0, 0))


def test_two_imports_at_once_into_one_register_double_nothing(kept: Installation) -> None:
    wizards = [Wizard(kept, person, LAMPS) for person in (KEEPER, OTHER)]
    for wizard in wizards:
        wizard.send(many("W", 3000))
        wizard.post("start", wizard.guessed())
    with ThreadPoolExecutor(2) as threads:
        list(threads.map(lambda _: Runner(kept.services, at_once=1).run_due(), range(2)))

    done = [wizard.now() for wizard in wizards]
    assert [one["state"] for one in done] == ["done", "done"]
    assert sum(one["new"] for one in done) == sum(one["unchanged"] for one in done) == 3000
    assert written(kept, "W") == (3000, 3000)


def test_an_import_whose_worker_is_killed_is_taken_up_again(kept: Installation) -> None:
    settings, total = kept.services.settings, 12_000
    assert settings.database_url is not None and settings.database_owner_url is not None
    given = {
        "XIUHUA_DATA": str(settings.data),
        "XIUHUA_DATABASE_URL": settings.database_url.get_secret_value(),
        "XIUHUA_DATABASE_OWNER_URL": settings.database_owner_url.get_secret_value(),
    }
    wizard = Wizard(kept, KEEPER, LAMPS)
    wizard.send(many("Z", total))
    wizard.post("start", wizard.guessed())
    process = subprocess.Popen(
        command("work"), env=environment(given), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        deadline = time.monotonic() + 120
        while not 0 < (half := wizard.now())["new"] < total:
            assert time.monotonic() < deadline and half["state"] in ("waiting", "running")
            time.sleep(0.02)
    finally:
        os.kill(process.pid, signal.SIGKILL)
        process.wait(timeout=30)
    lost = wizard.now()
    time.sleep(1.5)
    Runner(kept.services, stale_s=1.0).run_due()

    done = wizard.now()
    assert lost["state"] == "running" and 0 < lost["new"] < total
    assert (done["state"], counts(done)) == ("done", (total, 0, 0, 0))
    assert written(kept, "Z") == (total, total)
    kept.demand_sound_log()
