"""Tags, saved filters, bulk actions and exports over HTTP."""

from __future__ import annotations

import csv
import io
from typing import Any
from uuid import uuid4

import openpyxl
import pytest
from tests.acceptance.installation import Installation, told
from tests.acceptance.walking import Walk, taken_in
from tests.reading import caught_up

LEADER, OFFICER, COLLECTOR = "shift_leader01", "intake_officer01", "collector01"
PHONE = "13812345678"


def with_text(town: Installation, text: str, **given: Any) -> Walk:
    return taken_in(town, text=text, **given)


# ---- fields, tags, saved filters


def test_declared_fields_are_searched_by_value(town: Installation) -> None:
    walk = taken_in(town).to_be("dispatched")
    caught_up(town.services)
    rows = town.get(LEADER, "/api/cases", field="reworks=0", number=town.state("case", walk.case)["number"])["items"]

    assert [row["id"] for row in rows] == [walk.case]
    assert town.get(LEADER, "/api/cases", field="reworks=7")["items"] == []


def test_tags_are_events_and_filters(town: Installation) -> None:
    tag = uuid4().hex[:8]
    walk = taken_in(town).to_be("closed")
    put = town.client(LEADER).post(f"/api/cases/{walk.case}/tags", json={"add": [tag, "other"], "remove": []})
    again = town.client(LEADER).post(f"/api/cases/{walk.case}/tags", json={"add": [tag]})
    town.client(LEADER).post(f"/api/cases/{walk.case}/tags", json={"remove": ["other"]})
    rows = town.get(LEADER, "/api/cases", tag=tag)["items"]

    assert put.json()["version"] == again.json()["version"]
    assert [(row["id"], row["tags"]) for row in rows] == [(walk.case, [tag])]
    assert [one["type"] for one in walk.timeline()][-2:] == ["TagsChanged", "TagsChanged"]
    town.demand_sound_log()


@pytest.mark.parametrize(
    ("person", "tags", "expected"),
    [
        (COLLECTOR, ["x"], (403, "not_allowed")),
        (LEADER, [""], (422, "invalid")),
        (LEADER, ["x" * 33], (422, "invalid")),
        (LEADER, [f"t{n}" for n in range(21)], (422, "invalid")),
    ],
)
def test_tags_that_are_refused(town: Installation, person: str, tags: list[str], expected: tuple[int, str]) -> None:
    walk = taken_in(town)

    assert told(town.client(person).post(f"/api/reports/{walk.report}/tags", json={"add": tags})) == expected


def test_a_filter_is_kept_shared_and_used(town: Installation) -> None:
    tag = uuid4().hex[:8]
    walk = taken_in(town).to_be("accepted")
    town.client(LEADER).post(f"/api/cases/{walk.case}/tags", json={"add": [tag]})
    form = {"title": "mine", "kind": "case", "filter": {"tag": [tag]}, "role": "shift_leader"}
    id_ = town.client(LEADER).post("/api/filters", json=form).json()["id"]

    assert [row["id"] for row in town.get(LEADER, "/api/cases", filter=id_)["items"]] == [walk.case]
    assert town.get(LEADER, "/api/cases", filter=id_, state="closed")["items"] == []
    assert id_ in {one["id"] for one in town.get("shift_leader02", "/api/filters")}
    assert id_ not in {one["id"] for one in town.get("dispatcher01", "/api/filters")}
    assert told(town.client("dispatcher01").get("/api/cases", params={"filter": id_})) == (404, "not_found")
    assert told(town.client("shift_leader02").delete(f"/api/filters/{id_}")) == (404, "not_found")
    assert town.client(LEADER).delete(f"/api/filters/{id_}").status_code == 204


@pytest.mark.parametrize(
    "form",
    [
        {"title": "", "kind": "case", "filter": {}},
        {"title": "x", "kind": "case", "filter": {"nothing": 1}},
        {"title": "x", "kind": "report", "filter": {"unit": ["roads"]}},
        {"title": "x", "kind": "case", "filter": {}, "role": "dispatcher"},
    ],
)
def test_filters_that_are_refused(town: Installation, form: dict[str, Any]) -> None:
    assert told(town.client(LEADER).post("/api/filters", json=form)) == (422, "invalid")


# ---- bulk


def tagged(town: Installation, states: list[str]) -> tuple[str, list[Walk]]:
    tag = uuid4().hex[:8]
    walks = [taken_in(town).to_be(state) for state in states]
    for walk in walks:
        town.client(LEADER).post(f"/api/cases/{walk.case}/tags", json={"add": [tag]}).raise_for_status()
    return tag, walks


def test_a_bulk_action_tells_what_came_of_each(town: Installation) -> None:
    tag, walks = tagged(town, ["filed", "filed", "accepted"])
    body = {"filter": {"tag": [tag]}, "action": "dispatch", "fields": {"unit": "sanitation"}}
    run = town.client("dispatcher01").post("/api/cases/bulk", json=body).json()
    items = town.get("dispatcher01", f"/api/bulk/{run['id']}/items")["items"]

    assert (run["total"], run["done"], run["refused"]) == (3, 2, 1) and run["ended_at"] is not None
    assert {item["subject"]: item["status"] for item in items} == {
        walks[0].case: "done", walks[1].case: "done", walks[2].case: "refused",
    }  # fmt: skip
    assert [item["code"] for item in items if item["status"] == "refused"] == ["not_now"]
    town.demand_sound_log()


def test_a_repeated_request_is_one_run(town: Installation) -> None:
    tag, _ = tagged(town, ["filed"])
    body = {"filter": {"tag": [tag]}, "action": "dispatch", "fields": {"unit": "sanitation"}}
    key = {"Idempotency-Key": uuid4().hex}
    first, second = (town.client("dispatcher01").post("/api/cases/bulk", json=body, headers=key) for _ in range(2))

    assert first.json() == second.json()


def test_a_large_run_goes_on_in_the_worker(town: Installation, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("xiuhua.loop.lists.bulk.AT_ONCE", 0)
    monkeypatch.setattr("xiuhua.loop.lists.bulk.CHUNK", 2)
    tag, _ = tagged(town, ["filed"] * 3)
    body = {"filter": {"tag": [tag]}, "action": "dispatch", "fields": {"unit": "sanitation"}}
    run = town.client("dispatcher01").post("/api/cases/bulk", json=body).json()
    caught_up(town.services)
    ended = town.get("dispatcher01", f"/api/bulk/{run['id']}")

    assert (run["done"], run["ended_at"]) == (0, None)
    assert (ended["done"], ended["refused"]) == (3, 0) and ended["ended_at"] is not None


def test_bulk_actions_that_are_refused(town: Installation) -> None:
    body = {"filter": {}, "action": "dispatch"}
    run = town.client("dispatcher01").post("/api/cases/bulk", json={"filter": {"tag": ["none"]}, "action": "close"})

    assert told(town.client("dispatcher01").post("/api/cases/bulk", json=body)) == (422, "invalid")
    assert told(town.client(COLLECTOR).post("/api/cases/bulk", json=body)) == (403, "not_allowed")
    assert told(town.client(LEADER).get(f"/api/bulk/{run.json()['id']}")) == (404, "not_found")


# ---- exports


def test_a_csv_has_every_stamp_and_title(town: Installation) -> None:
    tag, [walk] = tagged(town, ["closed"])
    answer = town.client(LEADER).get("/api/cases/export", params={"tag": tag})
    heads, row = csv.reader(io.StringIO(answer.content.decode("utf-8-sig")))
    cells = dict(zip(heads, row, strict=True))

    assert answer.content.startswith(b"\xef\xbb\xbf") and answer.headers["content-type"].startswith("text/csv")
    assert cells["Case number"] == town.state("case", walk.case)["number"]
    assert all(
        cells[name] for name in ("Opened", "Filed", "Dispatched", "Received", "Handed back", "Checked", "Closed", "Due")
    )
    assert cells["Opened"].startswith("2026-03-02 09:") and cells["State"] == "Closed" and cells["Category"]


def test_a_workbook_holds_the_same(town: Installation) -> None:
    tag, _ = tagged(town, ["closed", "accepted"])
    answer = town.client(LEADER).get("/api/cases/export", params={"tag": tag, "format": "xlsx"})
    sheet = openpyxl.load_workbook(io.BytesIO(answer.content)).active

    assert sheet.max_row == 3 and sheet["A1"].value == "Case number"


def test_texts_go_out_masked_and_harmless(town: Installation) -> None:
    source_id = f"={uuid4().hex}"
    reporter = {"name": "张三", "contact": PHONE}
    town.report(OFFICER, text="+cmd|' /C calc'!A0", external_id=source_id, reporter=reporter)
    params = {"external_id": source_id, "texts": True}
    masked = town.client(OFFICER).get("/api/reports/export", params=params).text
    bare = town.client(OFFICER).get("/api/reports/export", params={**params, "why": "asked by the court"}).text
    refused = town.client("dispatcher01").get("/api/reports/export", params={**params, "why": "curious"})

    assert PHONE not in masked and "138****5678" in masked and f"'{source_id}" in masked and "'+cmd" in masked
    assert PHONE in bare and told(refused) == (403, "not_allowed")


def test_too_long_a_list_is_refused_clearly(town: Installation, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("xiuhua.loop.lists.export.query.ids", lambda tx, wanted, limit: ["x"] * limit)
    answer = town.client(LEADER).get("/api/cases/export")

    assert told(answer) == (413, "too_large") and "XIUHUA_EXPORT_MAX_ROWS" in answer.json()["detail"]


def test_inbox_and_hits_go_out_too(town: Installation) -> None:
    walk = with_text(town, "蜈蚣很多").to_be("accepted")
    caught_up(town.services)
    number = town.state("case", walk.case)["number"]
    inbox = town.client(LEADER).get("/api/inbox/export").text
    hits = town.client(LEADER).get("/api/search/export", params={"q": "蜈蚣"}).text

    assert number in inbox and "蜈蚣很多" in hits
    assert told(town.client(COLLECTOR).get("/api/inbox/export")) == (403, "not_allowed")


def test_the_command_line_exports(town: Installation, tmp_path: Any) -> None:
    tag, _ = tagged(town, ["accepted"])
    out = tmp_path / "cases.csv"
    done = town.xiuhua("export", "cases", "--out", out, "--tag", tag)

    assert done.returncode == 0, done.stderr
    assert len(out.read_text("utf-8-sig").splitlines()) == 2
