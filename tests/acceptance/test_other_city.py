"""Two bureaus in one installation: nothing of one is seen or changed by whoever may do all in the other."""

from __future__ import annotations

from collections.abc import Iterator

import httpx
import pytest
from tests.acceptance import lines
from tests.acceptance.administrator import Administrator
from tests.acceptance.installation import VALID_FROM, Installation
from tests.acceptance.test_hostile_lines import ROOMS

from xiuhua.city.units.model import Bureau
from xiuhua.loop import found
from xiuhua.platform.identity.model import system

OTHER = "990102"


@pytest.fixture(scope="module")
def ids(town: Installation) -> dict[str, str]:
    """One of everything in the first city."""
    lines.install(town.services, town.city, "drainage", "devices")
    return lines.furnish(town)


@pytest.fixture(scope="module")
def boss(town: Installation) -> Iterator[httpx.Client]:
    """Whoever may do everything in the second, where the same packs are in force."""
    with town.database.transaction() as tx:
        found.make_bureau(tx, system(OTHER), Bureau(OTHER, "邻城城市管理局", "The city beside"), VALID_FROM)
    lines.install(town.services, OTHER, "drainage", "devices")
    token = Administrator(Installation(town.services, OTHER, town.url)).token
    with httpx.Client(base_url=town.url, headers={"Authorization": f"Bearer {token}"}, timeout=60) as client:
        yield client


def test_what_is_asked_for_by_its_id_is_not_there(boss: httpx.Client, ids: dict[str, str]) -> None:
    paths = boss.get("/api/openapi.json").json()["paths"]
    asked = {"before": 1, "after": 1, "kind": "case"}
    told = {
        path: boss.get(lines.filled(path, ids), params=asked).status_code
        for path, operations in paths.items()
        if "get" in operations and path.startswith(tuple(ids))
    }

    assert len(told) >= 20 and {path: status for path, status in told.items() if status != 404} == {}


def test_what_is_done_to_it_is_not_done(town: Installation, boss: httpx.Client, ids: dict[str, str]) -> None:
    forms = [one for one in lines.forms(town, ids) if any(id_ in one[2] for id_ in ids.values())]
    before = town.events()
    told = {}
    for _, method, path, form in forms:
        plain = {name: value for name, value in form.items() if name != "about"}  # an area that is not theirs: 422
        told[f"{method} {path}"] = boss.request(method, f"/api/{path}", json=plain).status_code

    assert len(told) >= 18 and {what: status for what, status in told.items() if status != 404} == {}
    assert town.events() == before


def test_what_is_named_by_it_is_unknown(town: Installation, boss: httpx.Client, ids: dict[str, str]) -> None:
    """Things of the first city in forms of the second: a thing inspected, merged into, told about, swapped with."""
    record, task = ids["/api/records/{id}"], ids["/api/proceedings/{id}"]
    due = "2026-03-20T18:00:00+08:00"
    task_fields = {"title": "清掏", "due": due}
    tries = [
        ("inspections", {"checklist": "toilet_check", "thing": record}),
        ("inspections", {"checklist": "toilet_check", "key": "WC-1"}),
        ("rounds", {"checklist": "toilet_check", "title": "检查", "due": due, "things": [record]}),
        ("ledgers/part_replaced/entries", {"quantity": "1", "thing": "WC-1", "fields": {"what": "cover"}}),
        ("proceedings", {"procedure": "task", "fields": task_fields, "about": {"kind": "record", "id": record}}),
        ("proceedings", {"procedure": "task", "fields": task_fields, "parent": {"kind": "task", "id": task}}),
        ("campaigns", {"title": "整治", "first": "2026-03-01", "last": "2026-03-09", "areas": ["990101"]}),
        ("campaigns", {"title": "整治", "first": "2026-03-01", "last": "2026-03-09", "units": ["sanitation"]}),
        ("external-results", {"title": "测评", "issuer": "省厅", "first": "2025-01-01", "last": "2025-12-31", "rank": 1,
                              "about": "990101"}),
        ("rosters/duty_round_the_clock/turns", {"turns": [
            {"person": "collector01", "day": "2026-03-04", "shift": "day"}]}),
    ]  # fmt: skip
    before = town.events()
    for path, body in tries:
        answer = boss.post(f"/api/{path}", json=body)
        rejected = answer.is_success and [one["status"] for one in answer.json()] == ["rejected"]
        assert answer.status_code in (404, 422) or rejected, (path, answer.status_code, answer.text)
    assert town.events() == before
    done = boss.post("/api/proceedings/batch", json={"ids": [task], "action": "receive"}).json()
    assert [one["error"] for one in done] == ["not_found"]


def test_no_list_or_file_holds_anything_of_it(boss: httpx.Client, ids: dict[str, str]) -> None:
    paths = boss.get("/api/openapi.json").json()["paths"]
    asked = {"from": "2026-01-01", "to": "2026-12-31", "of": "nothing", "kind": "case"}
    read, leaked = 0, []
    for path, operations in paths.items():
        if path.startswith(ROOMS) and "get" in operations and not path.startswith(tuple(ids)):
            answer = boss.get(lines.filled(path, ids), params=asked)
            read += answer.is_success
            leaked += [(path, id_) for id_ in ids.values() if id_ in answer.text]

    assert read >= 25 and leaked == []
