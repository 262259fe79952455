"""The file of a thing: what refers to it, cases beside it; contracts, whose payments never exceed them."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import httpx
import pytest
from tests.acceptance.installation import Installation, told
from tests.integration.loop.acting import brought_on
from tests.reading import older_ended

from xiuhua.loop.brief import keeping

SUPERVISOR, COLLECTOR = "supervisor01", "collector01"


@pytest.fixture(scope="module")
def kept(town: Installation) -> Installation:
    """The district with contracts and parts of the city; one contract of 100,000 with one section."""
    town.take_up("municipal", "construction-waste", "contracts")
    add(town, "contract", number="HT-1", name="道路保洁", company="洁城公司", sum="100000.00", until="2027-12-31")
    add(town, "section", number="BD-1", name="一标段", contract="HT-1", price="60000.00")
    return town


def post(town: Installation, register: str, **fields: Any) -> httpx.Response:
    return town.client(SUPERVISOR).post(f"/api/registers/{register}/records", json={"fields": fields})


def add(town: Installation, register: str, **fields: Any) -> Any:
    answer = post(town, register, **fields)
    assert answer.status_code == 201, answer.text
    return answer.json()


def moved(town: Installation, record: dict[str, Any], to: str) -> httpx.Response:
    return town.client(SUPERVISOR).post(f"/api/records/{record['id']}/move", json={"to": to})


def figures(town: Installation, register: str, key: str) -> dict[str, Any]:
    found = town.get(COLLECTOR, f"/api/registers/{register}/keys/{key}")
    return {one["name"]: one["value"] for one in found["figures"]} | {"unmet": [one["en"] for one in found["unmet"]]}


def pay(town: Installation, number: str, amount: str) -> httpx.Response:
    return post(town, "payment", number=number, contract="HT-1", section="BD-1", amount=amount)


def test_due_is_the_price_less_confirmed_deductions(kept: Installation) -> None:
    one = add(kept, "deduction", number="KK-1", section="BD-1", day="2026-03-31", amount="1250.10", why="考核 92 分")
    add(kept, "deduction", number="KK-2", section="BD-1", day="2026-03-31", amount="0.20", why="拟扣")
    assert figures(kept, "section", "BD-1")["due"] == "60000"
    assert moved(kept, one, "confirmed").status_code == 200
    assert pay(kept, "FK-1", "58749.9").status_code == 201

    assert figures(kept, "section", "BD-1") == {
        "deducted": "1250.1", "paid": "58749.9", "due": "58749.9", "left": "0", "unmet": [],
    }  # fmt: skip
    assert figures(kept, "contract", "HT-1") == {"paid": "58749.9", "left": "41250.1", "unmet": []}


def test_what_is_paid_beyond_what_is_due_is_shown(kept: Installation) -> None:
    made = pay(kept, "FK-2", "0.01").json()

    assert figures(kept, "section", "BD-1")["unmet"] == ["payments do not exceed what is due"]
    assert moved(kept, made, "refused").status_code == 200
    assert figures(kept, "section", "BD-1")["unmet"] == []


def test_a_payment_beyond_the_contract_is_refused_and_leaves_nothing(kept: Installation) -> None:
    before = kept.events()
    answer = pay(kept, "FK-3", "41250.11")

    assert told(answer) == (409, "condition_unmet") and "exceed the contract's sum" in answer.json()["detail"]
    assert kept.events() == before
    made = pay(kept, "FK-3", "41250.1").json()
    raised = kept.client(SUPERVISOR).patch(f"/api/records/{made['id']}", json={"fields": {"amount": "41250.2"}})
    assert told(raised) == (409, "condition_unmet")
    contract = kept.get(SUPERVISOR, "/api/registers/contract/keys/HT-1")
    lowered = kept.client(SUPERVISOR).patch(f"/api/records/{contract['id']}", json={"fields": {"sum": "99999.99"}})
    assert told(lowered) == (409, "condition_unmet")
    assert moved(kept, made, "refused").status_code == 200


def test_of_payments_at_once_no_more_are_taken_than_fit(kept: Installation) -> None:
    with ThreadPoolExecutor(6) as pool:
        answers = list(pool.map(lambda number: pay(kept, f"FK-1{number}", "20000").status_code, range(6)))

    assert sorted(answers) == [201, 201, 409, 409, 409, 409]
    assert figures(kept, "contract", "HT-1")["paid"] == "98749.9"


def test_the_file_of_a_thing_holds_what_refers_to_it(kept: Installation) -> None:
    contract = kept.get(COLLECTOR, "/api/registers/contract/keys/HT-1")
    sections = {one["name"]: one for one in kept.get(COLLECTOR, f"/api/records/{contract['id']}/dossier")}

    assert sections["section.contract"]["lines"][0]["text"]["zh"] == "BD-1 一标段"
    assert sections["section.contract"]["title"] == {"zh": "标段 · 所属合同", "en": "Section · Contract"}
    assert {one["note"]["zh"] for one in sections["payment.contract"]["lines"]} == {"已申请", "已退回"}
    link = sections["section.contract"]["lines"][0]["link"]
    assert kept.get(COLLECTOR, f"/api{link}")["key"] == "BD-1"


def test_cases_beside_a_thing_are_told_as_near_to_who_reads_cases(kept: Installation) -> None:
    case_id = str(brought_on(kept, 3)[1])
    older_ended(kept.database)
    with kept.database.transaction() as tx:
        keeping.advance(tx, kept.loop.view(tx, kept.city))
    middle = kept.state("case", case_id)["data"]["place"]
    place = {"lon": middle["lon"], "lat": middle["lat"]}

    def near(key: str, east_m: float) -> list[str]:
        made = (
            kept.client(SUPERVISOR)
            .post(
                "/api/registers/bridge/records",
                json={"fields": {"code": key, "name": key}, "place": {**place, "lon": place["lon"] + east_m / 97_000}},
            )
            .json()
        )
        found = {one["name"]: one for one in kept.get(SUPERVISOR, f"/api/records/{made['id']}/dossier")}
        return [one["link"] for one in found["cases_near"]["lines"]] if "cases_near" in found else []

    assert near("B-1", 10) == [f"/cases/{case_id}"] and near("B-2", 17) == []


def test_many_are_moved_each_by_itself(kept: Installation) -> None:
    def put(number: int, unit: str) -> str:
        body = {"fields": {"number": f"GD-{number}", "name": f"工地{number}", "unit": unit}}
        place = {"lon": 105.3123, "lat": 29.1045}
        answer = kept.client(SUPERVISOR).post("/api/registers/site/records", json={**body, "place": place})
        return str(answer.json()["id"])

    def move(person: str, to: str, ids: list[str] | None = None, **given: Any) -> list[tuple[str, str]]:
        body = {"to": to, **({"ids": ids} if ids is not None else {})}
        answer = kept.client(person).post("/api/registers/site/move", json=body, params=given)
        assert answer.status_code == 200, answer.text
        return [(one["key"], one["status"]) for one in answer.json()["results"]]

    ids = [put(number, "sanitation" if number % 2 else "greening") for number in range(4)]
    officer = "officer-sanitation"

    assert move(officer, "stopped", ids) == [
        ("GD-0", "refused"), ("GD-1", "moved"), ("GD-2", "refused"), ("GD-3", "moved"),
    ]  # fmt: skip
    assert move(SUPERVISOR, "finished", state="stopped") == [("GD-1", "moved"), ("GD-3", "moved")]
    assert move(SUPERVISOR, "stopped") == [
        ("GD-0", "moved"), ("GD-1", "refused"), ("GD-2", "moved"), ("GD-3", "refused"),
    ]  # fmt: skip
    wrong = kept.client(SUPERVISOR).post("/api/registers/site/move", json={"to": "gone", "ids": ids})
    assert told(wrong) == (422, "invalid")


def test_many_at_once_break_no_demand_either(kept: Installation) -> None:
    add(kept, "contract", number="HT-9", name="绿化", company="绿城公司", sum="100", until="2027-12-31")
    add(kept, "section", number="BD-9", name="九标段", contract="HT-9", price="100")
    ids = []
    for number in range(2):
        fields = {"number": f"FK-9{number}", "contract": "HT-9", "section": "BD-9", "amount": "60"}
        made = add(kept, "payment", **fields)
        ids.append(made["id"])
        assert moved(kept, made, "refused").status_code == 200
    assert [
        one["status"]
        for one in kept.client(SUPERVISOR)
        .post("/api/registers/payment/move", json={"to": "asked", "ids": ids})
        .json()["results"]
    ] == ["refused"] * 2
