"""Registers over HTTP: records added, changed, moved, asked to be changed, merged; who may, and what is told."""

from __future__ import annotations

import csv
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import httpx
import pytest
from tests.acceptance.bringing import bring_in
from tests.acceptance.installation import Installation, pages, told

import xiuhua.packs
from xiuhua.cli.tables import taking
from xiuhua.platform.errors import Invalid
from xiuhua.platform.helpers import helpers
from xiuhua.platform.identity.model import system
from xiuhua.platform.imports.model import Outcome
from xiuhua.records import replay
from xiuhua.records.service import Records

LIBRARY = Path(xiuhua.packs.__file__).parent / "library"
KEEPER, ELSEWHERE, SUPERVISOR, COLLECTOR = "officer-sanitation", "officer-greening", "supervisor01", "collector01"
PLACE = {"lon": 105.3123, "lat": 29.1045}


@pytest.fixture(scope="module")
def kept(town: Installation) -> Installation:
    """The district with three packs that declare registers."""
    town.take_up("municipal", "construction-waste", "public-toilets")
    return town


def add(town: Installation, register: str, fields: dict[str, Any], person: str = SUPERVISOR, **more: Any) -> Any:
    answer = town.client(person).post(f"/api/registers/{register}/records", json={"fields": fields, **more})
    assert answer.status_code == 201, answer.text
    return answer.json()


def toilet(town: Installation, number: str, person: str = SUPERVISOR, **fields: Any) -> Any:
    given = {"number": number, "name": f"公厕{number}", "upkeep": "sanitation", **fields}
    return add(town, "toilet", given, person, place=PLACE)


def post(town: Installation, person: str, path: str, **body: Any) -> httpx.Response:
    return town.client(person).post(f"/api/records/{path}", json=body)


def test_registers_are_told_with_their_forms(kept: Installation) -> None:
    found = {one["name"]: one for one in kept.get(COLLECTOR, "/api/registers")}

    assert {"truck", "haulier", "site", "manhole_cover", "toilet"} <= set(found)
    assert found["toilet"]["title"] == {"zh": "公厕", "en": "Public toilet"} and not found["toilet"]["may_add"]
    assert found["truck"]["needs"]["properties"]["haulier"]["x-to"] == "haulier"
    assert found["toilet"]["needs"]["required"] == ["number", "name"]
    assert "places" not in found["toilet"]["needs"]["properties"], "what is computed is not filled in"
    assert [one["name"] for one in found["truck"]["states"]] == ["active", "suspended", "retired"]


def test_a_record_is_added_found_and_opened(kept: Installation) -> None:
    made = toilet(kept, "WC-001", men=4, women=6, grade="first")

    assert (made["state"], made["version"], made["fields"]["places"]) == ("open", 1, 10)
    assert made["unit_grid"] in made["scopes"] and made["units"] == ["sanitation"]
    assert kept.get(COLLECTOR, "/api/registers/toilet/keys/WC-001")["id"] == made["id"]
    assert kept.get(COLLECTOR, f"/api/records/{made['id']}")["called"] == "公厕WC-001"
    [event] = kept.get(COLLECTOR, f"/api/records/{made['id']}/events")
    assert (event["type"], event["actor"]) == ("RecordAdded", SUPERVISOR)


def test_every_error_is_named_and_nothing_is_kept(kept: Installation) -> None:
    before = kept.events()
    answer = kept.client(SUPERVISOR).post(
        "/api/registers/truck/records",
        json={"fields": {"plate": "12345", "haulier": "nobody", "volume": "-1", "terminal": "T1", "wheels": 6}},
    )
    wrong = {one["field"] for one in answer.json()["errors"]}

    assert told(answer) == (422, "invalid") and wrong == {"plate", "haulier", "volume", "wheels"}
    assert kept.events() == before


@pytest.mark.parametrize(
    "place", [{"lon": 10**400, "lat": 1}, {"lon": "east", "lat": 1}, {"lat": 29.1}, {"lon": 0, "lat": 0},
              {**PLACE, "datum": "mars"}, {"lon": None, "lat": []}],
)  # fmt: skip
def test_what_is_no_place_is_refused(kept: Installation, place: dict[str, Any]) -> None:
    body = {"fields": {"number": "WC-X", "name": "无处"}, "place": place}
    answer = kept.client(SUPERVISOR).post("/api/registers/toilet/records", json=body)

    assert told(answer) == (422, "invalid") and [one["field"] for one in answer.json()["errors"]] == ["place"]


def test_a_key_is_taken_once(kept: Installation) -> None:
    toilet(kept, "WC-002")
    answer = kept.client(SUPERVISOR).post(
        "/api/registers/toilet/records", json={"fields": {"number": "WC-002", "name": "另一座"}, "place": PLACE}
    )

    assert told(answer) == (409, "conflict")


def test_codes_are_kept_in_one_form(kept: Installation) -> None:
    add(kept, "haulier", {"credit": "91350100m000100y43", "name": "川建运输", "person": "张三", "phone": "13800001111"})
    made = add(kept, "truck", {"plate": "川s·12345", "haulier": "91350100M000100Y43"})

    assert made["key"] == "川S12345"
    wrong = kept.client(SUPERVISOR).post(
        "/api/registers/haulier/records", json={"fields": {"credit": "91350100M000100Y44", "name": "错码"}}
    )
    assert [one["field"] for one in wrong.json()["errors"]] == ["credit"]


def test_what_is_personal_is_kept_apart_and_masked(kept: Installation) -> None:
    record = kept.get(SUPERVISOR, "/api/registers/haulier/keys/91350100M000100Y43")
    with kept.database.reading() as tx:
        rows = tx.execute("select payload::text as text from event where stream = %s", (f"record/{record['id']}",))
        log = "".join(row.text for row in rows)

    assert "13800001111" not in log and "张三" not in log and "person" not in record["fields"]
    assert record["personal"]["phone"] != "13800001111" and record["personal"]["phone"]
    assert kept.get(COLLECTOR, f"/api/records/{record['id']}")["personal"] is None


def test_of_what_is_personal_only_what_is_given_changes(kept: Installation) -> None:
    def patched(**fields: Any) -> Any:
        return kept.client(SUPERVISOR).patch(f"/api/records/{record['id']}", json={"fields": fields}).json()

    record = kept.get(SUPERVISOR, "/api/registers/haulier/keys/91350100M000100Y43")
    same, other = patched(phone="13800001111"), patched(phone="13900002222")
    gone = patched(phone=None)

    assert (same["version"], other["version"], gone["version"]) == (1, 2, 3)
    assert other["personal"]["person"] == record["personal"]["person"] and "phone" not in gone["personal"]


def test_only_whose_it_is_changes_it(kept: Installation) -> None:
    made = toilet(kept, "WC-003", person=KEEPER)
    changed = kept.client(KEEPER).patch(
        f"/api/records/{made['id']}", json={"fields": {"hours": "6:00-22:00"}}, headers={"If-Match": '"1"'}
    )
    stale = kept.client(KEEPER).patch(
        f"/api/records/{made['id']}", json={"fields": {"hours": "全天"}}, headers={"If-Match": '"1"'}
    )
    other = kept.client(ELSEWHERE).patch(f"/api/records/{made['id']}", json={"fields": {"hours": "全天"}})
    given_away = kept.client(KEEPER).patch(f"/api/records/{made['id']}", json={"fields": {"upkeep": "greening"}})

    assert (changed.status_code, changed.json()["version"]) == (200, 2) and changed.headers["ETag"] == '"2"'
    assert told(stale) == (412, "conflict") and told(other)[0] == 403 and told(given_away)[0] == 403
    assert told(kept.client(COLLECTOR).patch(f"/api/records/{made['id']}", json={"fields": {}}))[0] == 403


def test_the_same_again_is_no_change(kept: Installation) -> None:
    made = toilet(kept, "WC-004")
    answer = kept.client(SUPERVISOR).patch(f"/api/records/{made['id']}", json={"fields": {"name": "公厕WC-004"}})
    renamed = kept.client(SUPERVISOR).patch(f"/api/records/{made['id']}", json={"fields": {"number": "WC-5"}})
    emptied = kept.client(SUPERVISOR).patch(f"/api/records/{made['id']}", json={"fields": {"name": None}})

    assert (answer.status_code, answer.json()["version"]) == (200, 1)
    assert [one["field"] for one in renamed.json()["errors"]] == ["number"]
    assert [one["field"] for one in emptied.json()["errors"]] == ["name"]


def test_states_go_where_the_pack_lets_them(kept: Installation) -> None:
    made = toilet(kept, "WC-006")
    moved = post(kept, SUPERVISOR, f"{made['id']}/move", to="rebuilding", reason="改造")

    assert (moved.status_code, moved.json()["state"]) == (200, "rebuilding")
    assert told(post(kept, SUPERVISOR, f"{made['id']}/move", to="closed")) == (409, "not_now")
    assert told(post(kept, SUPERVISOR, f"{made['id']}/move", to="gone")) == (422, "invalid")


def test_a_change_is_asked_for_and_approved(kept: Installation) -> None:
    made = toilet(kept, "WC-007", person=KEEPER, men=2)
    asked = post(kept, COLLECTOR, f"{made['id']}/change-requests", fields={"men": 3}, why="现场实有三个")
    waiting = [one["key"] for one in kept.get(KEEPER, "/api/records/change-requests")]
    elsewhere = [one["key"] for one in kept.get(ELSEWHERE, "/api/records/change-requests")]

    assert asked.status_code == 201 and asked.json()["fields"]["men"] == 2
    [change] = asked.json()["change_requests"]
    assert (change["state"], change["set"]["men"], change["before"]["men"]) == ("asked", 3, 2)
    assert "WC-007" in waiting and "WC-007" not in elsewhere
    assert told(post(kept, ELSEWHERE, f"{made['id']}/change-requests/1/approve"))[0] == 403
    done = post(kept, KEEPER, f"{made['id']}/change-requests/1/approve").json()
    assert (done["fields"]["men"], done["fields"]["places"], done["change_requests"][0]["state"]) == (3, 3, "approved")
    assert done["change_requests"][0]["decided_by"] == KEEPER
    assert told(post(kept, KEEPER, f"{made['id']}/change-requests/1/approve")) == (409, "not_now")
    assert "WC-007" not in [one["key"] for one in kept.get(KEEPER, "/api/records/change-requests")]


def test_a_change_does_not_undo_what_came_in_between(kept: Installation) -> None:
    made = toilet(kept, "WC-008", men=2)
    post(kept, COLLECTOR, f"{made['id']}/change-requests", fields={"men": 3}, why="现场实有三个")
    kept.client(SUPERVISOR).patch(f"/api/records/{made['id']}", json={"fields": {"men": 4}})
    answer = post(kept, SUPERVISOR, f"{made['id']}/change-requests/1/approve")

    assert told(answer) == (409, "conflict") and answer.json()["fields"] == ["men"]
    post(kept, COLLECTOR, f"{made['id']}/change-requests", fields={"women": 5}, why="女厕五个")
    beside = post(kept, SUPERVISOR, f"{made['id']}/change-requests/2/approve").json()
    assert (beside["fields"]["women"], beside["fields"]["places"]) == (5, 9), "what nobody touched is in nobody's way"
    refused = post(kept, SUPERVISOR, f"{made['id']}/change-requests/1/refuse", why="已是四个")
    assert (refused.json()["change_requests"][0]["state"], refused.json()["fields"]["men"]) == ("refused", 4)


def test_nobody_decides_on_what_they_asked_for(kept: Installation) -> None:
    made = toilet(kept, "WC-011")
    asked = post(kept, SUPERVISOR, f"{made['id']}/change-requests", fields={"men": 3}, why="现场实有三个")

    assert asked.status_code == 201
    assert told(post(kept, SUPERVISOR, f"{made['id']}/change-requests/1/approve")) == (409, "condition_unmet")
    with kept.database.reading() as tx:
        row = tx.execute(
            "select role from event where stream = %s and type = 'ChangeRequested'", (f"record/{made['id']}",)
        ).fetchone()
    assert row.role == "supervisor"


def test_who_asked_may_take_it_back_and_nobody_else(kept: Installation) -> None:
    made = toilet(kept, "WC-009")
    post(kept, COLLECTOR, f"{made['id']}/change-requests", to="closed", why="已停用")

    assert told(post(kept, "collector02", f"{made['id']}/change-requests/1/withdraw")) == (409, "not_now")
    assert (
        post(kept, COLLECTOR, f"{made['id']}/change-requests/1/withdraw").json()["change_requests"][0]["state"]
        == "withdrawn"
    )
    assert (
        told(post(kept, COLLECTOR, f"{made['id']}/change-requests", fields={"name": "公厕WC-009"}, why="一样"))[0]
        == 409
    )


def test_two_records_of_one_thing_become_one(kept: Installation) -> None:
    one, other = toilet(kept, "WC-010"), toilet(kept, "WC-010B")
    merged = post(kept, SUPERVISOR, f"{other['id']}/merge", into=one["id"])

    assert merged.status_code == 200 and merged.json()["merged"] == [{"id": other["id"], "key": "WC-010B"}]
    assert kept.get(COLLECTOR, f"/api/records/{other['id']}")["merged_into"] == one["id"]
    assert told(kept.client(COLLECTOR).get("/api/registers/toilet/keys/WC-010B"))[0] == 404
    assert told(post(kept, SUPERVISOR, f"{other['id']}/move", to="closed")) == (409, "not_now")
    assert told(post(kept, SUPERVISOR, f"{one['id']}/merge", into=one["id"])) == (422, "invalid")
    assert toilet(kept, "WC-010B")["version"] == 1, "the key is free again"


def test_lists_are_narrowed_down(kept: Installation) -> None:
    for number in range(25):
        add(kept, "bridge", {
            "code": f"B{number:03}", "name": f"{'锦绣' if number % 5 else '望江'}桥{number}", "length": "12.5",
            "checked": f"2026-{number % 12 + 1:02}-01", "upkeep": "roads" if number % 2 else None,
        }, place=PLACE)  # fmt: skip

    def keys(**given: Any) -> list[str]:
        return [one["key"] for one in pages(kept, COLLECTOR, "/api/registers/bridge/records", **given)]

    assert keys(limit=7) == [f"B{number:03}" for number in range(25)]
    assert keys(q="望江") == ["B000", "B005", "B010", "B015", "B020"] and keys(q="b00") == [
        f"B{n:03}" for n in range(10)
    ]
    assert len(keys(unit="roads")) == len(keys(field="upkeep=roads")) == 12
    assert len(keys(expires_before="2026-03-01")) == 5 and keys(state="closed") == []
    assert len(keys(area=kept.get(COLLECTOR, "/api/registers/bridge/keys/B000")["unit_grid"])) == 25
    answer = kept.client(COLLECTOR).get("/api/registers/bridge/records", params={"field": "length=12.5"})
    assert told(answer) == (422, "invalid") and "upkeep" in answer.json()["errors"][0]["why"]


def test_counts_are_told_by_state(kept: Installation) -> None:
    [bridges] = [one for one in kept.get(COLLECTOR, "/api/registers") if one["name"] == "bridge"]

    assert bridges["count"] == sum(one["count"] for one in bridges["states"]) == 25


TABLE = """市政设施台账,,,,,
标识码,类别,所在道路,经度,纬度,启用日期,已装防坠网,养护单位,备注
9901010101000101,污水,锦绣路,105.3123,29.1045,2019年5月1日,是,roads,
9901010101000102,雨水,锦绣路,105.3124,29.1046,2019.5.2,否,roads,井圈略低
9901010101000103,sewage,望江路,105.3125,29.1047,2020-02-30,是,roads,
9901010101000104,下水,望江路,105.3126,,2020/3/1,也许,nobody,
99010101,污水,望江路,105.3127,29.1049,,是,roads,
,污水,望江路,105.3128,29.1050,,是,roads,
9901010101000101,污水,重复路,105.3123,29.1045,,是,roads,
"""


def run(town: Installation, path: Path, register: str = "manhole_cover", **more: Any) -> Outcome:
    return bring_in(town, f"register:{register}", path, **more)


def test_a_file_is_brought_in_and_every_bad_row_is_explained(kept: Installation, tmp_path: Path) -> None:
    path = tmp_path / "井盖.csv"
    path.write_text(TABLE, encoding="gb18030")
    looked = run(kept, path, dry=True)
    found = run(kept, path)

    assert (looked.new, looked.rejected, found.new, found.changed, found.rejected) == (2, 5, 2, 0, 5)
    assert found.unused == ()
    assert found.rejected_path is not None
    rejected = found.rejected_path.read_text(encoding="utf-8-sig").splitlines()
    assert [line.split(",")[0].strip("'") for line in rejected[1:]] == [
        "9901010101000103", "9901010101000104", "99010101", "", "9901010101000101"
    ]  # fmt: skip
    assert "2020-02-30" in rejected[1] and all(one in rejected[2] for one in ("下水", "也许"))
    first = kept.get(COLLECTOR, "/api/registers/manhole_cover/keys/9901010101000101")
    assert (first["fields"]["use"], first["fields"]["laid_on"], first["fields"]["net"]) == (
        "sewage",
        "2019-05-01",
        True,
    )
    assert first["unit_grid"] and first["units"] == ["roads"]


def test_the_same_file_again_changes_nothing_and_another_only_what_differs(kept: Installation, tmp_path: Path) -> None:
    path = tmp_path / "again.csv"
    path.write_text(TABLE.replace("井圈略低", "已调平"), encoding="utf-8")
    before = kept.events()
    found = run(kept, path)
    once_more = run(kept, path)
    second = kept.get(COLLECTOR, "/api/registers/manhole_cover/keys/9901010101000102")

    assert (found.new, found.changed, found.unchanged) == (0, 1, 1) and kept.events() == before + 1
    assert (once_more.changed, once_more.unchanged) == (0, 2)
    assert (second["version"], second["fields"]["note"], second["fields"]["road"]) == (2, "已调平", "锦绣路")


def test_many_rows_at_once(kept: Installation, tmp_path: Path) -> None:
    rows = [f"99010101020{n:05},污水,路{n % 7},105.31{n % 90 + 10},29.10{n % 40 + 10}" for n in range(5000)]
    path = tmp_path / "many.csv"
    path.write_text("\n".join(["标识码,类别,所在道路,经度,纬度", *rows]), encoding="utf-8")
    before = counted(kept)
    found = run(kept, path)

    assert (found.new, found.rejected) == (5000, 0) and counted(kept) == before + 5000


def test_several_processes_bring_in_what_one_does(kept: Installation, tmp_path: Path) -> None:
    rows = [f"99010101030{n:05},污水,路{n % 7},105.31{n % 90 + 10},29.10{n % 40 + 10}" for n in range(6000)]
    rows[100], rows[4500], rows[5990] = "9901010103000001,污水,x,,", "9901010103000002,污水,x,,", rows[10]
    path = tmp_path / "several.csv"
    path.write_text("\n".join(["标识码,类别,所在道路,经度,纬度", *rows]), encoding="utf-8")
    before, of = kept.events(), "register:manhole_cover"
    with helpers(2, taking, kept.services.settings, system(kept.city), of, False) as pool:
        found, again = (bring_in(kept, of, path, others=pool) for _ in range(2))

    assert (found.new, found.unchanged, found.rejected) == (5997, 1, 2), "one row stands there twice, as it is"
    assert (again.unchanged, again.rejected) == (5998, 2)
    assert kept.events() == before + 5997 and found.rejected_path is not None
    told = list(csv.reader(found.rejected_path.read_text(encoding="utf-8-sig").splitlines()))[1:]
    assert [row[-1].split(" stands in row ")[1].split()[0] for row in told] == ["3", "4"]


def counted(town: Installation) -> int:
    [covers] = [one for one in town.get(COLLECTOR, "/api/registers") if one["name"] == "manhole_cover"]
    return int(covers["count"])


@pytest.mark.parametrize(
    ("text", "columns"),
    [("编号,类别\n1,污水\n", {}), (TABLE, {"colour": "备注"}), ("", {})],
    ids=["key", "field", "empty"],
)
def test_a_file_that_does_not_fit_is_refused_whole(
    kept: Installation, tmp_path: Path, text: str, columns: dict[str, str]
) -> None:
    path = tmp_path / "wrong.csv"
    path.write_text(text, encoding="utf-8")

    with pytest.raises(Invalid):
        run(kept, path, columns=columns)


def test_one_key_added_by_two_at_once_is_there_once(kept: Installation) -> None:
    def one_of_two(_: int) -> int:
        client = httpx.Client(base_url=kept.url, headers=dict(kept.client(SUPERVISOR).headers), timeout=30)
        with client:
            body = {"fields": {"number": "WC-RACE", "name": "同一座"}, "place": PLACE}
            return client.post("/api/registers/toilet/records", json=body).status_code

    with ThreadPoolExecutor(8) as pool:
        codes = sorted(pool.map(one_of_two, range(8)))

    assert codes == [201] + [409] * 7


def test_what_happened_can_be_verified(kept: Installation) -> None:
    assert kept.verified().broken is None


def test_what_stands_is_what_the_log_says(kept: Installation) -> None:
    records, different = kept.services.port(Records), list[tuple[str, str]]()

    def checked() -> tuple[int, int]:
        different.clear()
        with kept.database.transaction(snapshot=True) as tx:
            return replay.check(tx, records, kept.city, lambda table, key: different.append((table, key)))

    events, subjects = checked()
    assert different == [] and events > subjects > 0

    with kept.database.transaction() as tx:
        tx.execute("update record set state = 'gone' where key = 'WC-001'")
        tx.execute("insert into record select city, 'stray', version, head, register, 'stray', called, state, scopes,"
                   " unit_grid, lon, lat, tile, units, facets, expires, asked, opened_at, changed_at, merged_into, doc"
                   " from record where key = 'WC-002'")  # fmt: skip
    checked()
    assert len(different) == 2 and ("record", "stray") in different
    with kept.database.transaction(snapshot=True) as tx:
        assert replay.repair(tx, records, kept.city) == (events, subjects)
    checked()
    assert different == []
