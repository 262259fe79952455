"""Two people at the same thing at the same moment: one has done it, the others are told what is so now.

Over HTTP, in threads that go off together; afterwards the log verifies and the projections are what it says.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from decimal import Decimal
from itertools import count
from threading import Barrier, Thread
from typing import Any

import httpx
import pytest
from tests.acceptance.installation import Installation
from tests.acceptance.lines import (
    COLLECTOR,
    KEEPER,
    LEADER,
    NO_SMELL,
    PLACE,
    SUPERVISOR,
    demand_projections,
    install,
)
from tests.conftest import START
from tests.reading import older_ended

from xiuhua.checks.rounds import Rounds
from xiuhua.checks.service import Checks
from xiuhua.platform.identity.model import system
from xiuhua.rules.service import Rules

OTHER = "administrator01"
_numbers = count(1)


@pytest.fixture(scope="module")
def kept(town: Installation) -> Iterator[Installation]:
    """The district with all that lines of business need; at the end everything stands as the log says."""
    install(town.services, town.city)
    yield town
    assert town.verified().broken is None
    demand_projections(town.services)


def at_once(*tries: Callable[[], httpx.Response]) -> list[httpx.Response]:
    """The answers to some requests that go off together, in the order of `tries`."""
    gate = Barrier(len(tries))

    def one(send: Callable[[], httpx.Response]) -> httpx.Response:
        gate.wait()
        return send()

    with ThreadPoolExecutor(len(tries)) as pool:
        return list(pool.map(one, tries))


def poster(
    town: Installation, person: str, path: str, body: Any = None, **headers: str
) -> Callable[[], httpx.Response]:
    """A request that waits to be sent."""
    client = town.client(person)
    return lambda: client.post(f"/api/{path}", json=body, headers=headers)


def of(answers: list[httpx.Response]) -> dict[int, int]:
    """How many answers of each status there are."""
    return dict(Counter(one.status_code for one in answers))


def made(town: Installation, person: str, path: str, **body: Any) -> Any:
    answer = town.client(person).post(f"/api/{path}", json=body)
    assert answer.status_code == 201, answer.text
    return answer.json()


def toilet(town: Installation) -> Any:
    number = f"WC-{next(_numbers):04}"
    fields = {"number": number, "name": f"公厕{number}", "upkeep": "sanitation", "grade": "first"}
    return made(town, SUPERVISOR, "registers/toilet/records", fields=fields, place=PLACE)


def refused(answers: list[httpx.Response], status: int = 409) -> list[dict[str, Any]]:
    """What those were told who came too late."""
    return [one.json() for one in answers if one.status_code == status]


# ---- registers


def test_of_two_who_change_one_version_of_a_record_one_has_done_it(kept: Installation) -> None:
    record = toilet(kept)

    def change(person: str, men: int) -> Callable[[], httpx.Response]:
        client, body = kept.client(person), {"fields": {"men": men}}
        return lambda: client.patch(f"/api/records/{record['id']}", json=body, headers={"If-Match": '"1"'})

    answers = at_once(change(SUPERVISOR, 3), change(KEEPER, 5))
    stands = kept.get(SUPERVISOR, f"/api/records/{record['id']}")

    assert of(answers) == {200: 1, 412: 1} and stands["version"] == 2
    assert stands["fields"]["men"] == next(one.json() for one in answers if one.is_success)["fields"]["men"]
    [late] = refused(answers, 412)
    assert (late["code"], late["version"]) == ("conflict", 2)


def test_a_key_is_taken_by_one(kept: Installation) -> None:
    body = {"fields": {"number": "WC-ONCE", "name": "唯一"}, "place": PLACE}
    answers = at_once(*[poster(kept, SUPERVISOR, "registers/toilet/records", body)] * 6)

    assert of(answers) == {201: 1, 409: 5}
    assert all("WC-ONCE" in one["detail"] for one in refused(answers))


def test_one_verdict_is_given_on_a_change_request(kept: Installation) -> None:
    for verdicts in (
        ("approve", "approve", "approve"),
        ("approve", "refuse", "refuse"),
        ("refuse", "approve", "approve"),
    ):
        record = toilet(kept)
        path = f"records/{record['id']}/change-requests"
        made(kept, COLLECTOR, path, fields={"men": 7}, why="现场数过")
        bodies = [{"why": "不对"} if one == "refuse" else None for one in verdicts]
        people = (SUPERVISOR, KEEPER, SUPERVISOR)
        answers = at_once(
            *[poster(kept, who, f"{path}/1/{verb}", body)
              for who, verb, body in zip(people, verdicts, bodies, strict=True)],
        )  # fmt: skip
        stands = kept.get(SUPERVISOR, f"/api/records/{record['id']}")

        assert of(answers) == {200: 1, 409: 2}, verdicts
        [won] = [verb for verb, one in zip(verdicts, answers, strict=True) if one.is_success]
        said = {"approve": "approved", "refuse": "refused"}[won]
        assert [one["state"] for one in stands["change_requests"]] == [said]
        assert stands["fields"]["men"] == (7 if won == "approve" else None) and stands["version"] == 3
        assert [one["detail"] for one in refused(answers)] == [f"the change request is {said}"] * 2


def test_a_request_that_is_taken_back_is_not_approved(kept: Installation) -> None:
    record = toilet(kept)
    path = f"records/{record['id']}/change-requests"
    made(kept, COLLECTOR, path, fields={"men": 7}, why="现场数过")
    answers = at_once(
        poster(kept, COLLECTOR, f"{path}/1/withdraw"), poster(kept, SUPERVISOR, f"{path}/1/approve"),
        poster(kept, KEEPER, f"{path}/1/refuse", {"why": "不对"}),
    )  # fmt: skip

    assert of(answers) == {200: 1, 409: 2}


def test_two_records_are_not_merged_into_each_other(kept: Installation) -> None:
    one, other = toilet(kept)["id"], toilet(kept)["id"]
    answers = at_once(
        poster(kept, SUPERVISOR, f"records/{one}/merge", {"into": other}),
        poster(kept, SUPERVISOR, f"records/{other}/merge", {"into": one}),
    )

    assert of(answers) == {200: 1, 409: 1} and "was merged into" in refused(answers)[0]["detail"]
    merged = [kept.get(SUPERVISOR, f"/api/records/{id_}")["merged_into"] for id_ in (one, other)]
    assert sorted(map(bool, merged)) == [False, True]


# ---- stores


def entry(town: Installation, quantity: str, yard: str) -> Callable[[], httpx.Response]:
    body = {"quantity": quantity, "fields": {"yard": yard, "item": "net"}}
    return poster(town, SUPERVISOR, "ledgers/upkeep_store/entries", body)


def in_store(town: Installation, yard: str) -> Decimal:
    found = town.get(COLLECTOR, "/api/ledgers/upkeep_store/balances", limit=200)["items"]
    return next(Decimal(one["quantity"]) for one in found if one["fields"]["yard"] == yard)


def test_a_store_is_counted_taken_from_and_corrected_at_once(kept: Installation) -> None:
    """Whatever comes first: never below nothing, and what is in it is the sum of what was told and not refused."""
    for round_ in range(4):
        yard = f"同时{round_}"
        first = entry(kept, "10", yard)().json()
        stock = {"counted": "6", "fields": {"yard": yard, "item": "net"}, "why": "盘点"}
        answers = at_once(
            entry(kept, "-4", yard), entry(kept, "-4", yard), entry(kept, "-4", yard), entry(kept, "2", yard),
            poster(kept, SUPERVISOR, "ledgers/upkeep_store/stock", stock),
            poster(kept, SUPERVISOR, f"entries/{first['id']}/counter", {"why": "没有到货"}),
            poster(kept, OTHER, f"entries/{first['id']}/counter", {"why": "重复"}),
        )  # fmt: skip
        quantities = [Decimal(first["quantity"])]
        quantities += [Decimal((one.json().get("counter") or one.json())["quantity"])
                       for one in answers if one.status_code == 201]  # fmt: skip

        assert set(of(answers)) <= {201, 403, 409} and answers[4].status_code == 201
        assert in_store(kept, yard) == sum(quantities) >= 0
        for late in refused(answers[:3]):
            assert "can go out" in late["detail"] and Decimal(late["there"]) < 4


# ---- inspections


def inspection(town: Installation, **more: Any) -> Any:
    key = toilet(town)["key"]
    return made(town, COLLECTOR, "inspections", checklist="toilet_check", key=key, **more)


def test_an_inspection_is_finished_once(kept: Installation) -> None:
    one = inspection(kept, findings=[NO_SMELL, {"item": "flies", "count": 2}], inspectors=[COLLECTOR, "collector02"])
    path = f"inspections/{one['id']}"
    answers = at_once(
        poster(kept, COLLECTOR, f"{path}/finish"), poster(kept, "collector02", f"{path}/finish"),
        poster(kept, COLLECTOR, f"{path}/drop", {"why": "点错了"}),
    )  # fmt: skip

    assert of(answers) == {200: 1, 409: 2}
    stands = kept.get(COLLECTOR, f"/api/{path}")["state"]
    assert [late["detail"] for late in refused(answers)] == [f"the inspection is {stands}"] * 2


def test_something_is_put_right_and_rechecked_once(kept: Installation) -> None:
    one = inspection(kept, findings=[NO_SMELL, {"item": "flies", "count": 2}], finish=True)
    path = f"inspections/{one['id']}/rectifications/1"
    right = at_once(*[poster(kept, KEEPER, f"{path}/rectified", {"note": "已清理"})] * 3)
    looked = at_once(
        poster(kept, COLLECTOR, f"{path}/recheck", {"passed": True}),
        poster(kept, SUPERVISOR, f"{path}/recheck", {"passed": False, "note": "仍有"}),
        poster(kept, SUPERVISOR, f"{path}/recheck", {"passed": True}),
    )  # fmt: skip
    found = kept.get(COLLECTOR, f"/api/inspections/{one['id']}")["rectifications"][0]

    assert of(right) == {200: 1, 409: 2} and of(looked) == {200: 1, 409: 2}
    assert [late["detail"] for late in refused(looked)] == [f"rectification 1 is {found['state']}"] * 2
    assert len(found["tries"]) == 1


def test_findings_made_at_once_are_all_there_and_numbered(kept: Installation) -> None:
    one = inspection(kept)
    body = {"item": "flies", "count": 1}
    answers = at_once(*[poster(kept, COLLECTOR, f"inspections/{one['id']}/findings", body)] * 6)

    assert of(answers) == {201: 6}
    found = kept.get(COLLECTOR, f"/api/inspections/{one['id']}")["findings"]
    assert [each["n"] for each in found] == list(range(1, 7))


def test_a_round_closes_behind_who_is_in_it_already(kept: Installation) -> None:
    """An inspection that was let in counts: the round waits for it, and then takes no more."""
    record, due = toilet(kept), (START + timedelta(days=2)).isoformat()
    body = {"checklist": "toilet_check", "title": "夜查", "due": due, "things": [record["id"]]}
    round_ = made(kept, SUPERVISOR, "rounds", **body)
    given = {"key": record["key"], "round": round_["id"], "findings": [NO_SMELL], "finish": True}
    close = poster(kept, SUPERVISOR, f"rounds/{round_['id']}/close")
    answers: list[httpx.Response] = []
    closing = Thread(target=lambda: answers.append(close()))
    with kept.database.transaction() as tx:
        kept.services.port(Checks).begin(tx, system(kept.city), "toilet_check", given)
        closing.start()
        closing.join(timeout=1)
        assert closing.is_alive(), "the round was closed over an inspection that it had let in"
    closing.join()

    [thing] = answers[0].json()["things"]
    assert (thing["missing"], thing["score"]) == ([], "100")
    later = kept.client(COLLECTOR).post("/api/inspections", json={"checklist": "toilet_check", **given})
    assert later.status_code == 409 and "closed" in later.json()["detail"]


def test_a_round_is_closed_once(kept: Installation) -> None:
    record, due = toilet(kept), (START + timedelta(days=2)).isoformat()
    body = {"checklist": "toilet_check", "title": "夜查", "due": due, "things": [record["id"]]}
    round_ = made(kept, SUPERVISOR, "rounds", **body)
    answers = at_once(*[poster(kept, SUPERVISOR, f"rounds/{round_['id']}/close")] * 4)

    assert of(answers) == {200: 1, 409: 3}


def test_what_the_clock_closes_no_other_worker_closes_again(kept: Installation) -> None:
    record, due = toilet(kept), START + timedelta(days=2)
    body = {"checklist": "toilet_check", "title": "到期", "due": due.isoformat(), "things": [record["id"]]}
    ids = [made(kept, SUPERVISOR, "rounds", **body)["id"] for _ in range(3)]

    def close(_: int) -> int:
        with kept.database.transaction(at=due + timedelta(seconds=1)) as tx:
            return kept.services.port(Rounds).close_due(tx)

    with ThreadPoolExecutor(4) as pool:
        closed = sum(pool.map(close, range(4)))
    assert closed == len(ids)


# ---- documents


def approved(town: Installation) -> str:
    body = {"kind": "notice", "title": "关于值守的通知", "text": "各单位：\n加强值守。", "fields": {"to": "各单位"}}
    id_ = made(town, KEEPER, "documents", **body)["id"]
    for person, verb in ((KEEPER, "submit"), (LEADER, "approve")):
        assert town.client(person).post(f"/api/documents/{id_}/{verb}").is_success
    return str(id_)


def demand_series_without_gaps(town: Installation) -> None:
    with town.database.reading() as tx:
        rows = tx.execute(
            "select series, year, n from document where n is not null order by series, year, n"
        ).fetchall()
    by_series: dict[Any, list[int]] = {}
    for row in rows:
        by_series.setdefault((row.series, row.year), []).append(row.n)
    assert all(numbers == list(range(1, len(numbers) + 1)) for numbers in by_series.values())


def test_a_document_is_numbered_once_and_its_series_has_no_gap(kept: Installation) -> None:
    ids = [approved(kept) for _ in range(3)]
    answers = at_once(*[poster(kept, LEADER, f"documents/{id_}/publish", {}) for id_ in ids * 3])

    assert of(answers) == {200: 3, 409: 6}
    assert {one["detail"] for one in refused(answers)} == {"a document that is published is no approved"}
    demand_series_without_gaps(kept)


def test_a_document_is_approved_sent_back_or_given_up_by_one(kept: Installation) -> None:
    id_ = made(kept, KEEPER, "documents", kind="notice", title="通知", text="正文", fields={"to": "各单位"})["id"]
    assert kept.client(KEEPER).post(f"/api/documents/{id_}/submit").is_success
    answers = at_once(
        poster(kept, LEADER, f"documents/{id_}/approve"), poster(kept, LEADER, f"documents/{id_}/approve"),
        poster(kept, LEADER, f"documents/{id_}/send-back", {"why": "再议"}),
        poster(kept, KEEPER, f"documents/{id_}/discard", {"why": "不发了"}),
    )  # fmt: skip

    done = sum(one.is_success for one in answers)
    history = [one["type"] for one in kept.get(KEEPER, f"/api/documents/{id_}/events")]
    assert done >= 1 and answers[0].is_success + answers[1].is_success <= 1
    assert len(history) == len(set(history)) == 2 + done


def test_a_document_is_revised_once_and_replaced_once(kept: Installation) -> None:
    old = approved(kept)
    assert kept.client(LEADER).post(f"/api/documents/{old}/publish", json={}).is_success
    answers = at_once(*[poster(kept, KEEPER, f"documents/{old}/revise")] * 4)
    assert of(answers) == {201: 1, 409: 3}
    [new] = [one.json()["id"] for one in answers if one.is_success]
    for person, verb in ((KEEPER, "submit"), (LEADER, "approve")):
        assert kept.client(person).post(f"/api/documents/{new}/{verb}").is_success
    both = at_once(
        poster(kept, LEADER, f"documents/{new}/publish", {}),
        poster(kept, LEADER, f"documents/{old}/revoke", {"why": "作废"}),
        poster(kept, LEADER, f"documents/{new}/publish", {}),
    )  # fmt: skip

    assert of([both[0], both[2]]) == {200: 1, 409: 1} and both[1].status_code in (200, 409)
    states = {kept.get(LEADER, f"/api/documents/{id_}")["state"] for id_ in (old, new)}
    assert states == {"published", "replaced" if both[1].status_code == 409 else "revoked"}
    demand_series_without_gaps(kept)


# ---- tasks, findings of rules, plans


def test_a_step_of_a_task_is_taken_once(kept: Installation) -> None:
    fields = {"title": "雨前清掏", "unit": "sanitation", "due": "2026-03-20T18:00:00+08:00"}
    task = made(kept, SUPERVISOR, "proceedings", procedure="task", fields=fields)
    for action, fields_ in (("receive", {}), ("finish", {"result": "done"})):
        path = f"proceedings/{task['id']}/actions/{action}"
        answers = at_once(*[poster(kept, KEEPER, path, {"fields": fields_})] * 4)

        assert of(answers) == {200: 1, 409: 3}
        stands = kept.get(SUPERVISOR, f"/api/proceedings/{task['id']}")
        assert [late["current"]["state"] for late in refused(answers)] == [stands["state"]] * 3


def test_numbers_of_tasks_have_no_gap_where_some_are_refused(kept: Installation) -> None:
    def begin(unit: str) -> Callable[[], httpx.Response]:
        fields = {"title": "并发", "unit": unit, "due": "2026-03-20T18:00:00+08:00"}
        return poster(kept, SUPERVISOR, "proceedings", {"procedure": "task", "fields": fields})

    answers = at_once(*[begin(unit) for unit in ("sanitation", "nobody", "greening", "nobody", "sanitation")])
    assert of(answers) == {201: 3, 422: 2}
    with kept.database.reading() as tx:
        rows = tx.execute("select number from proceeding where procedure = 'task' order by number").fetchall()
    assert [int(row.number.rpartition("-")[2]) for row in rows] == list(range(1, len(rows) + 1))


def test_a_finding_is_raised_once_and_settled_once(kept: Installation) -> None:
    """Workers that read the log at once raise once; people who take it at once take it once."""
    rules = kept.services.port(Rules)
    older_ended(kept.database)
    while rules.turn(kept.database):
        pass
    for month in (1, 2, 3):
        body = {"figure": "haulier_score", "every": "month", "day": f"2026-0{month}-01", "by": {"haulier": "ONCE"}}
        assert kept.client(SUPERVISOR).post("/api/figures", json={**body, "value": "10"}).status_code == 204
    older_ended(kept.database)
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(lambda _: rules.turn(kept.database), range(8)))
    found = kept.get(SUPERVISOR, "/api/findings", rule="haulier_below_60", limit=200)["items"]
    [id_] = [one["id"] for one in found if one["key"] == "ONCE"]

    assert of(at_once(*[poster(kept, SUPERVISOR, f"findings/{id_}/take")] * 3)) == {200: 1, 409: 2}
    answers = at_once(
        poster(kept, SUPERVISOR, f"findings/{id_}/settle", {"why": "已约谈"}),
        poster(kept, SUPERVISOR, f"findings/{id_}/dismiss", {"why": "数据有误"}),
        poster(kept, SUPERVISOR, f"findings/{id_}/settle", {"why": "已约谈"}),
    )  # fmt: skip
    assert of(answers) == {200: 1, 409: 2}


def test_a_turn_is_planned_once_and_a_target_set_over_what_was_seen(kept: Installation) -> None:
    turn = {"person": COLLECTOR, "day": "2026-03-04", "shift": "day"}
    roster = next(one for one in kept.get(SUPERVISOR, "/api/plans") if one["roster"] and one["per"] is None)
    turn["shift"] = roster["shifts"][0]["name"]
    answers = at_once(*[poster(kept, SUPERVISOR, f"rosters/{roster['name']}/turns", {"turns": [turn]})] * 4)
    told = Counter(one.json()[0]["status"] for one in answers if one.is_success)
    assert told["new"] == 1 and set(of(answers)) <= {200, 409}
    board = kept.get(SUPERVISOR, f"/api/rosters/{roster['name']}", **{"from": "2026-03-02", "to": "2026-03-08"})
    assert len([one for one in board["turns"] if one["person"] == COLLECTOR]) == 1

    plan = next(one for one in kept.get(SUPERVISOR, "/api/plans") if one["every"] and not one["by_quantity"])
    body = {"times": 3, "why": "调整"} if plan["targets"] == [] else {"times": 4, "why": "再调整"}
    seen = {"If-Match": f'"{plan["version"]}"'}
    set_ = at_once(*[poster(kept, SUPERVISOR, f"plans/{plan['name']}/targets", body, **seen)] * 3)
    assert of(set_) == {201: 1, 412: 2}
    assert len(kept.get(SUPERVISOR, f"/api/plans/{plan['name']}")["targets"]) == len(plan["targets"]) + 1


def test_a_result_of_others_is_kept_once(kept: Installation) -> None:
    body = {"title": "测评", "issuer": "省厅", "first": "2025-01-01", "last": "2025-12-31", "rank": 3, "of": 11}
    answers = at_once(*[poster(kept, SUPERVISOR, "external-results", body)] * 4)

    assert of(answers) == {201: 1, 409: 3}
