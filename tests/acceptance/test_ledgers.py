"""Ledgers over HTTP and by files: entries, counter-entries, stores, sums; who may, and what is told."""

from __future__ import annotations

import csv
import io
import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import httpx
import openpyxl
import pytest
from tests.acceptance.bringing import bring_in, layout
from tests.acceptance.installation import Installation, pages, told
from tests.acceptance.test_records import COLLECTOR, ELSEWHERE, KEEPER, PLACE, SUPERVISOR, add

from xiuhua.city.compiled import CityReader
from xiuhua.flow.model import CallOut
from xiuhua.loop.service import Loop
from xiuhua.platform.errors import Invalid
from xiuhua.platform.identity.model import system
from xiuhua.platform.imports.model import Outcome
from xiuhua.records.ledgers import replay
from xiuhua.records.ledgers.service import Ledgers


@pytest.fixture(scope="module")
def kept(town: Installation) -> Installation:
    """The district with the packs that declare ledgers."""
    town.take_up("municipal", "construction-waste")
    return town


@pytest.fixture(scope="module")
def today(kept: Installation) -> date:
    with kept.database.reading() as tx:
        return kept.services.port(CityReader).of(tx, kept.city).today


def post(town: Installation, person: str, ledger: str, **body: Any) -> httpx.Response:
    return town.client(person).post(f"/api/ledgers/{ledger}/entries", json=body)


def enter(town: Installation, ledger: str, quantity: str, person: str = SUPERVISOR, **body: Any) -> Any:
    answer = post(town, person, ledger, quantity=quantity, **body)
    assert answer.status_code == 201, answer.text
    return answer.json()


def sums(town: Installation, ledger: str, **asked: Any) -> Any:
    answer = town.client(SUPERVISOR).get(f"/api/ledgers/{ledger}/sums", params=asked)
    assert answer.status_code == 200, answer.text
    return answer.json()


def drained(town: Installation, **asked: Any) -> Decimal:
    return Decimal(sums(town, "drain_dredged", **asked)["quantity"])


def assert_replays(town: Installation) -> None:
    differ: list[str] = []
    with town.database.reading() as tx:
        replay.check(tx, town.services.port(Ledgers), town.city, lambda table, key: differ.append(f"{table} {key}"))
    assert differ == []


def test_ledgers_are_told_with_their_forms(kept: Installation) -> None:
    found = {one["name"]: one for one in kept.get(COLLECTOR, "/api/ledgers")}

    assert {"road_repaired", "drain_dredged", "upkeep_store", "waste_transported"} <= set(found)
    repaired = found["road_repaired"]
    assert (repaired["unit"], repaired["of"], repaired["balance"]) == ("m²", "road", False)
    assert {"ha", "km²"} <= set(repaired["unit_also"]) and repaired["needs"]["required"] == ["surface"]
    assert found["waste_transported"]["needs"]["properties"]["site"]["x-to"] == "site"


def test_an_entry_is_converted_placed_and_read_again(kept: Installation, today: date) -> None:
    day = (today - timedelta(days=3)).isoformat()
    made = enter(kept, "drain_dredged", "1.25", unit="km", day=day, place=PLACE, fields={"pipe": "rain", "sludge": "3"})

    assert (made["quantity"], made["unit"], made["given"]) == ("1250", "m", {"quantity": "1.25", "unit": "km"})
    assert (made["day"], made["late"], made["counters"]) == (day, 3, None)
    assert len(made["scopes"]) > 3 and made["scopes"][-1] == kept.city
    assert kept.get(COLLECTOR, f"/api/entries/{made['id']}") == made | {"personal": None}


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"quantity": "0"}, "quantity"), ({"quantity": "-3"}, "quantity"), ({"quantity": "NaN"}, "quantity"),
        ({"quantity": "three"}, "quantity"), ({"quantity": "1e30"}, "quantity"),
        ({"quantity": "0.0000001"}, "quantity"),
        ({"quantity": "1", "unit": "t"}, "unit"), ({"quantity": "1", "unit": "furlong"}, "unit"),
        ({"quantity": "1", "day": "2999-01-01"}, "day"), ({"quantity": "1", "of_unit": "nobody"}, "of_unit"),
        ({"quantity": "1", "photos": ["no-photo"]}, "photos"), ({"quantity": "1", "thing": "x"}, "thing"),
        ({"quantity": "1", "place": {"lon": 0, "lat": 0}}, "place"), ({"quantity": "1", "fields": {}}, "pipe"),
        ({"quantity": "1", "fields": {"pipe": "rain", "depth": 1}}, "depth"),
        ({"quantity": "1", "note": "\x00"}, "note"),
        ({"quantity": "1", "fields": {"pipe": "rain", "source": "x"}}, "source"),
    ],
)  # fmt: skip
def test_what_does_not_fit_is_named_and_nothing_is_kept(kept: Installation, body: dict[str, Any], field: str) -> None:
    before = kept.events()
    answer = post(kept, SUPERVISOR, "drain_dredged", **{"fields": {"pipe": "rain"}, **body})

    assert told(answer) == (422, "invalid") and [one["field"] for one in answer.json()["errors"]] == [field]
    assert kept.events() == before


def test_units_that_are_unlike_say_so(kept: Installation) -> None:
    answer = post(kept, SUPERVISOR, "drain_dredged", quantity="3", unit="吨", fields={"pipe": "rain"})

    assert "unlike units" in answer.json()["errors"][0]["why"]


def test_a_mistake_is_countered_once_and_every_sum_is_right(kept: Installation, today: date) -> None:
    day = (today - timedelta(days=40)).isoformat()
    before = drained(kept)
    wrong = enter(kept, "drain_dredged", "3800", day=day, fields={"pipe": "sewage"}, note="东街")
    path = f"/api/entries/{wrong['id']}/counter"
    answer = kept.client(SUPERVISOR).post(path, json={"why": "多写一个零", "instead": {"quantity": "380"}})
    done = answer.json()

    assert answer.status_code == 201, answer.text
    assert (done["counter"]["quantity"], done["counter"]["counters"], done["counter"]["day"]) == (
        "-3800", wrong["id"], day
    )  # fmt: skip
    right = done["instead"]
    assert (right["quantity"], right["instead"], right["note"], right["day"]) == ("380", wrong["id"], "东街", day)
    assert kept.get(COLLECTOR, f"/api/entries/{wrong['id']}")["countered_by"] == done["counter"]["id"]
    assert drained(kept) - before == 380
    assert sums(kept, "drain_dredged", **{"from": day, "to": day})["entries"] == 1
    for id_ in (wrong["id"], done["counter"]["id"]):
        again = kept.client(SUPERVISOR).post(f"/api/entries/{id_}/counter", json={"why": "再来"})
        assert told(again) == (409, "not_now")
    assert_replays(kept)


def test_two_who_counter_at_once_do_it_once(kept: Installation) -> None:
    made = enter(kept, "drain_dredged", "7", fields={"pipe": "rain"})
    before = drained(kept)

    def counter(_: int) -> int:
        path = f"/api/entries/{made['id']}/counter"
        return kept.client(SUPERVISOR).post(path, json={"why": "重复"}).status_code

    with ThreadPoolExecutor(6) as pool:
        found = sorted(pool.map(counter, range(6)))
    assert found == [201, *[409] * 5] and before - drained(kept) == 7


def test_only_whose_work_it_is_enters_and_counters_it(kept: Installation) -> None:
    mine = enter(kept, "drain_dredged", "5", KEEPER, fields={"pipe": "rain"})
    given_away = post(kept, KEEPER, "drain_dredged", quantity="5", of_unit="greening", fields={"pipe": "rain"})
    other = kept.client(ELSEWHERE).post(f"/api/entries/{mine['id']}/counter", json={"why": "不是我的"})

    assert mine["of_unit"] == "sanitation"
    assert told(given_away) == (403, "not_allowed") and told(other) == (403, "not_allowed")
    assert told(post(kept, "leader01", "drain_dredged", quantity="5", fields={"pipe": "rain"}))[0] in (401, 403)


def test_entries_of_a_thing_are_listed_with_it(kept: Installation) -> None:
    cover = add(kept, "manhole_cover", {"code": "9901010010010101", "use": "rain"}, place=PLACE)
    made = enter(kept, "part_replaced", "1", thing="9901010010010101", fields={"what": "cover"})
    found = kept.get(COLLECTOR, "/api/entries", of=cover["id"])["items"]

    assert [one["id"] for one in found] == [made["id"]] and made["thing"] == cover["id"]
    assert made["scopes"] == cover["scopes"] and made["place"] is None
    lines = sums(kept, "part_replaced", by="thing", period="month")["lines"]
    assert [(one["value"], one["label"]["zh"], one["quantity"]) for one in lines] == [
        (cover["id"], "9901010010010101", "1")
    ]


def test_evidence_is_seen_by_who_reads_ledgers(kept: Installation) -> None:
    photo = kept.photo(COLLECTOR)
    made = enter(kept, "drain_dredged", "4", photos=[photo, photo], fields={"pipe": "rain"})

    assert made["photos"] == [photo]
    assert kept.client("leader01").get(f"/api/media/{photo}").status_code == 200


def test_lists_are_narrowed_and_paged_without_gaps(kept: Installation, today: date) -> None:
    road = {"surface": "asphalt", "contractor": "甲"}
    for number in range(7):
        day = (today - timedelta(days=100 + number // 3)).isoformat()
        enter(kept, "road_repaired", str(10 + number), day=day, fields=road, place=PLACE)
    enter(kept, "road_repaired", "1", fields={"surface": "concrete"})
    until = (today - timedelta(days=100)).isoformat()
    found = pages(kept, COLLECTOR, "/api/ledgers/road_repaired/entries", 2, field="surface=asphalt", to=until)

    assert len({one["id"] for one in found}) == len(found) == 7
    assert [one["day"] for one in found] == sorted((one["day"] for one in found), reverse=True)
    asked = {"field": "surface=asphalt", "area": found[0]["scopes"][0], "late": 100, "standing": "true"}
    narrow = kept.client(COLLECTOR).get("/api/ledgers/road_repaired/entries", params=asked).json()["items"]
    assert len(narrow) == 7
    wrong = kept.client(COLLECTOR).get("/api/ledgers/road_repaired/entries", params={"field": "contractor=甲"})
    assert told(wrong) == (422, "invalid")


def test_sums_kept_and_sums_made_are_the_same(kept: Installation, today: date) -> None:
    """By everything: what is kept by day and month, and what is made of the entries because a filter is added."""
    for number in range(40):
        day = (today - timedelta(days=number * 11)).isoformat()
        surface = ("asphalt", "concrete", "pavement")[number % 3]
        enter(kept, "road_repaired", f"{number}.{number:02d}" if number else "0.5", day=day, place=PLACE,
              fields={"surface": surface}, of_unit=("sanitation", None)[number % 2])  # fmt: skip

    for period in ("none", "day", "month", "quarter", "year"):
        for by in ("", "surface", "unit", "thing", "area:street", "area:unit_grid"):
            asked = {"period": period, "by": by, "from": (today - timedelta(days=333)).isoformat()}
            made = sums(kept, "road_repaired", **asked, standing="true")["lines"]
            fast = sums(kept, "road_repaired", **asked)["lines"]
            if by in ("unit", "thing"):  # of entries also those without one are told
                made = [one for one in made if one["value"]]
                fast = [one for one in fast if one["value"]]
            assert {(a["period"], a["value"]): a["quantity"] for a in fast} == {
                (a["period"], a["value"]): a["quantity"] for a in made
            }, (period, by)
    one = sums(kept, "road_repaired", field="surface=asphalt", period="year")
    all_ = sums(kept, "road_repaired", by="surface", period="year")
    assert one["quantity"] == str(sum(Decimal(a["quantity"]) for a in all_["lines"] if a["value"] == "asphalt"))
    assert {a["label"]["zh"] for a in all_["lines"]} == {"沥青路面", "混凝土路面", "人行道板"}
    assert_replays(kept)


@pytest.mark.parametrize("asked", [{"by": "contractor"}, {"by": "area:moon"}, {"field": "leader"}, {"period": "week"}])
def test_sums_by_what_is_no_dimension_are_refused(kept: Installation, asked: dict[str, str]) -> None:
    assert told(kept.client(SUPERVISOR).get("/api/ledgers/road_repaired/sums", params=asked)) == (422, "invalid")


def stored(town: Installation, quantity: str, yard: str, **more: Any) -> httpx.Response:
    return post(town, SUPERVISOR, "upkeep_store", quantity=quantity, fields={"yard": yard, "item": "net"}, **more)


def in_store(town: Installation, yard: str, on: str = "") -> str | None:
    asked = {"on": on} if on else {}
    found = pages(town, COLLECTOR, "/api/ledgers/upkeep_store/balances", 1, **asked)
    return {one["fields"]["yard"]: one["quantity"] for one in found}.get(yard)


def test_a_store_never_holds_less_than_nothing_on_any_day(kept: Installation, today: date) -> None:
    def day(ago: int) -> str:
        return (today - timedelta(days=ago)).isoformat()

    assert stored(kept, "100", "一库", day=day(10)).status_code == 201
    assert stored(kept, "-60", "一库", day=day(2)).status_code == 201
    too_early = stored(kept, "-10", "一库", day=day(11))
    too_much = stored(kept, "-41", "一库", day=day(5))  # 59 would be left then, but 60 went out later
    assert told(too_early) == told(too_much) == (409, "condition_unmet")
    assert "below zero" in too_much.json()["detail"]
    assert stored(kept, "-40", "一库", day=day(5)).status_code == 201
    assert [in_store(kept, "一库", day(ago)) for ago in (11, 10, 5, 2, 0)] == [None, "100", "60", "0", "0"]
    first = kept.get(SUPERVISOR, "/api/ledgers/upkeep_store/entries")["items"][-1]
    taken_back = kept.client(SUPERVISOR).post(f"/api/entries/{first['id']}/counter", json={"why": "没有到货"})
    assert told(taken_back) == (409, "condition_unmet")
    more = {"why": "到货更多", "instead": {"quantity": "120"}}
    assert kept.client(SUPERVISOR).post(f"/api/entries/{first['id']}/counter", json=more).status_code == 201
    assert in_store(kept, "一库") == "20"


def test_what_many_take_at_once_is_there(kept: Installation) -> None:
    assert stored(kept, "10", "二库").status_code == 201
    gate = threading.Barrier(8)

    def take(_: int) -> int:
        client = kept.client(SUPERVISOR)
        gate.wait()
        body = {"quantity": "-3", "fields": {"yard": "二库", "item": "net"}}
        return client.post("/api/ledgers/upkeep_store/entries", json=body).status_code

    with ThreadPoolExecutor(8) as pool:
        found = sorted(pool.map(take, range(8)))
    assert found == [201] * 3 + [409] * 5 and in_store(kept, "二库") == "1"
    assert_replays(kept)


def test_a_stocktake_enters_the_difference_with_its_reason(kept: Installation) -> None:
    stored(kept, "12", "三库")
    body = {"counted": "11", "fields": {"yard": "三库", "item": "net"}}
    without = kept.client(SUPERVISOR).post("/api/ledgers/upkeep_store/stock", json=body)
    made = kept.client(SUPERVISOR).post("/api/ledgers/upkeep_store/stock", json={**body, "why": "锈蚀一套"}).json()
    same = kept.client(SUPERVISOR).post("/api/ledgers/upkeep_store/stock", json={**body, "why": "复盘"}).json()
    other = kept.client(SUPERVISOR).post("/api/ledgers/drain_dredged/stock", json={**body, "why": "无库"})

    assert told(without) == (422, "invalid") and told(other) == (409, "not_now")
    assert (made["quantity"], made["counted"], made["balance_before"], made["why"]) == ("-1", "11", "12", "锈蚀一套")
    assert (same["quantity"], in_store(kept, "三库")) == ("0", "11")
    undone = kept.client(SUPERVISOR).post(f"/api/entries/{made['id']}/counter", json={"why": "盘错"})
    assert undone.status_code == 201 and in_store(kept, "三库") == "12"
    assert_replays(kept)


def test_a_file_is_brought_in_once_and_bad_rows_are_explained(kept: Installation, tmp_path: Path) -> None:
    file = tmp_path / "清掏.csv"
    rows = [
        ("2026/2/2", "120米", "雨水", "约2吨", "东街"), ("2026年2月3日", "1.2km", "污水", "", ""),
        ("2026-02-03", "1.2km", "污水", "", ""), ("2026-02-03", "1.2km", "污水", "", ""), ("三月", "5", "雨水", "", ""),
        ("2026-02-04", "5吨", "雨水", "", ""), ("2026-02-04", "若干", "雨水", "", ""),
        ("2026-02-04", "5", "海水", "", ""),
        ("2999-01-01", "5", "雨水", "", ""), ("", "5", "雨水", "", ""), ("合计", "2530", "", "", ""),
    ]  # fmt: skip
    with file.open("w", encoding="utf-8-sig", newline="") as target:
        csv.writer(target).writerows([("作业日期", "数量", "管道类别", "清淤量", "备注"), *rows])
    before, of = drained(kept), "ledger:drain_dredged"
    dry, first, again = bring_in(kept, of, file, dry=True), bring_in(kept, of, file), bring_in(kept, of, file)

    assert (dry.new, dry.rejected, drained(kept) - before) == (4, 7, Decimal("3720"))
    assert (first.new, first.unchanged, first.rejected, first.about) == (4, 0, 7, 1)
    assert (again.new, again.unchanged, again.rejected) == (0, 4, 7)
    assert layout(kept, of, file).of == {
        "day": "作业日期", "quantity": "数量", "pipe": "管道类别", "sludge": "清淤量", "note": "备注"
    }  # fmt: skip
    assert first.rejected_path is not None
    reasons = first.rejected_path.read_text(encoding="utf-8-sig")
    signs = ("is not measured in m", "is no quantity", "lies in the future", "must not be empty")
    assert all(one in reasons for one in signs)
    assert_replays(kept)


def test_a_key_column_names_each_row(kept: Installation, tmp_path: Path) -> None:
    def run(*rows: tuple[str, ...]) -> Outcome:
        file = tmp_path / "更换.csv"
        with file.open("w", encoding="utf-8", newline="") as target:
            csv.writer(target).writerows([("日期", "单号", "完成量", "计量单位", "部件"), *rows])
        return bring_in(kept, "ledger:part_replaced", file)

    first = run(("2026-02-02", "A1", "2", "千套", "防坠网"), ("2026-02-02", "A2", "2", "套", "井盖"))
    again = run(("2026-02-02", "A1", "2", "千套", "防坠网"), ("2026-02-02", "A2", "3", "套", "井盖"))

    assert (first.new, again.unchanged, again.rejected) == (2, 1, 1)
    assert sums(kept, "part_replaced", field="what=net")["quantity"] == "2000"


def test_files_that_do_not_fit_are_refused_before_anything_is_read(kept: Installation, tmp_path: Path) -> None:
    file = tmp_path / "x.csv"
    file.write_text("日期,部件\n2026-02-02,井盖\n", encoding="utf-8")
    with pytest.raises(Invalid, match="quantity"):
        bring_in(kept, "ledger:part_replaced", file)


def test_a_store_takes_of_a_file_what_it_can(kept: Installation, tmp_path: Path) -> None:
    file = tmp_path / "出入库.csv"
    rows = ["日期,数量,仓库,物资"] + [f"2026-02-{day:02d},{n},四库,防坠网" for day, n in
                                ((2, 10), (3, -6), (4, -6), (5, -4))]  # fmt: skip
    file.write_text("\n".join(rows), encoding="utf-8")
    looked, before = bring_in(kept, "ledger:upkeep_store", file, dry=True), in_store(kept, "四库")
    done = bring_in(kept, "ledger:upkeep_store", file)

    assert (looked.new, looked.rejected, before) == (3, 1, None)
    assert (done.new, done.rejected, in_store(kept, "四库")) == (3, 1, "0")
    assert any("below zero" in one.first.why for one in done.reasons)


def test_the_export_is_a_table_in_both_languages(kept: Installation) -> None:
    made = enter(kept, "drain_dredged", "9", fields={"pipe": "combined", "road": "=cmd()"}, note="-x")
    asked = {"field": "pipe=combined"}
    for lang, head, pipe in (("zh", "日期", "合流"), ("en", "Day", "Combined")):
        answer = kept.client(SUPERVISOR).get(
            "/api/ledgers/drain_dredged/export", params=asked, headers={"Accept-Language": lang}
        )
        heads, *rows = csv.reader(io.StringIO(answer.content.decode("utf-8-sig")))
        [row] = [one for one in rows if one[-1].lstrip("'") == made["id"]]
        assert heads[0] == head and row[1:5] == ["9", "m", pipe, "'=cmd()"] and "'-x" in row


def test_the_export_is_a_workbook_with_numbers_as_well(kept: Installation) -> None:
    made = enter(kept, "drain_dredged", "7.25", fields={"pipe": "combined", "sludge": "1.5"})
    asked = {"field": "pipe=combined", "format": "xlsx"}
    answer = kept.client(SUPERVISOR).get("/api/ledgers/drain_dredged/export", params=asked)
    sheet = openpyxl.load_workbook(io.BytesIO(answer.content)).active
    assert sheet is not None
    heads, *rows = sheet.iter_rows(values_only=True)
    [row] = [dict(zip(heads, one, strict=True)) for one in rows if one[-1] == made["id"]]

    assert (row["Quantity"], row["Sludge taken out"], row["Pipe"]) == (7.25, 1.5, "Combined")


def test_a_repeated_key_is_answered_with_the_first_and_another_entry_of_it_is_a_conflict(kept: Installation) -> None:
    first = enter(kept, "drain_dredged", "2", key="W-1", fields={"pipe": "rain"})
    before = kept.events()
    again = post(kept, SUPERVISOR, "drain_dredged", quantity="2", key="W-1", fields={"pipe": "rain"})
    other = post(kept, SUPERVISOR, "drain_dredged", quantity="3", key="W-1", fields={"pipe": "rain"})

    assert (again.status_code, again.json()["id"]) == (201, first["id"])
    assert told(other) == (409, "conflict") and kept.events() == before


def test_a_procedure_enters_what_it_came_to_once(kept: Installation, today: date) -> None:
    """The call `enter_ledger` in the transaction of a case, twice with one key, and with nothing to enter."""
    loop, ledgers = kept.services.port(Loop), kept.services.port(Ledgers)
    report = kept.report(COLLECTOR, place=PLACE)
    before = drained(kept)

    def call(**args: Any) -> None:
        with kept.database.transaction() as tx:
            work = loop.work(tx, kept.city)
            subject = work.get("report", report)
            told = CallOut("enter_ledger", {"ledger": "drain_dredged", "pipe": "rain", **args})
            ledgers.enter_for(work, subject, told, system(kept.city))
            work.flush()

    call(quantity="1.5", unit="km", key="case-1")
    call(quantity="1.5", unit="km", key="case-1")
    call(quantity=None)
    call(quantity="0")
    assert drained(kept) - before == 1500
    newest = kept.get(SUPERVISOR, "/api/ledgers/drain_dredged/entries", **{"from": today.isoformat()})["items"]
    [made] = [one for one in newest if one["source"]]
    assert made["source"] == f"report/{report}" and made["scopes"]
    with pytest.raises(Invalid, match="unlike"):
        call(quantity="3", unit="t")


def test_everything_is_made_again_from_the_log(kept: Installation) -> None:
    table, summed = "ledger_entry", "ledger_sum"
    with kept.database.transaction() as tx:
        before = [tx.execute(f"select count(*), sum(quantity) from {one}").fetchone() for one in (table, summed)]
        tx.execute("update ledger_entry set quantity = quantity + 1 where id = (select min(id) from ledger_entry)")
        differ: list[str] = []
        replay.check(tx, kept.services.port(Ledgers), kept.city, lambda name, _: differ.append(name))
        assert {"ledger_entry", "ledger_sum"} <= set(differ)
        replay.repair(tx, kept.services.port(Ledgers), kept.city)
        after = [tx.execute(f"select count(*), sum(quantity) from {one}").fetchone() for one in (table, summed)]
    assert before == after
    assert_replays(kept)
