"""The search box: records, cases, proceedings and documents by what they are called; who is told of what."""

from __future__ import annotations

from typing import Any

import httpx
import pytest
from tests.acceptance.installation import Installation
from tests.acceptance.test_documents import AUTHOR, draft
from tests.acceptance.test_records import COLLECTOR, PLACE, SUPERVISOR, add
from tests.acceptance.walking import taken_in

from xiuhua.simulate.over_http import token_for

PACK = """
name: names-test
title: {zh: 测试, en: Test}
version: 1
"""
REGISTERS = """
lamp_post:
  title: {zh: 灯杆, en: Lamp post}
  key: code
  called: name
  fields:
    code: {type: text, required: true, title: {zh: 编号, en: Code}}
    name: {type: text, title: {zh: 名称, en: Name}}
shelter:
  title: {zh: 安置点, en: Shelter}
  key: code
  sensitivity: counts_only
  fields: {code: {type: text, required: true, title: {zh: 编号, en: Code}}}
"""


@pytest.fixture(scope="module")
def kept(town: Installation, tmp_path_factory: pytest.TempPathFactory) -> Installation:
    """The district with tasks, documents and two registers, one of which is told as numbers only."""
    folder = tmp_path_factory.mktemp("packs") / "names-test"
    folder.mkdir()
    (folder / "pack.yaml").write_text(PACK, encoding="utf-8")
    (folder / "registers.yaml").write_text(REGISTERS, encoding="utf-8")
    town.take_up(folder, "supervision", "documents", "municipal")
    for code, name in (("DG-001", "锦绣大道一号灯"), ("DG-0010", "锦绣大道十号灯"), ("XDG-001", "中山路灯")):
        add(town, "lamp_post", {"code": code, "name": name})
    add(town, "street_lamp", {"code": "DG-001"}, place=PLACE)
    add(town, "shelter", {"code": "DG-001-AZ"})
    return town


def named(town: Installation, person: str, q: str, **asked: Any) -> list[tuple[str, str]]:
    return [(one["kind"], one["name"]) for one in town.get(person, "/api/names", q=q, **asked)]


def test_what_is_called_exactly_so_comes_first_of_all_registers(kept: Installation) -> None:
    found = kept.get(COLLECTOR, "/api/names", q="dg-001")

    assert [one["name"] for one in found] == ["DG-001", "DG-001", "DG-0010", "XDG-001"]
    assert {one["note"]["zh"].partition(" · ")[0] for one in found[:2]} == {"灯杆", "路灯"}
    opened = kept.get(COLLECTOR, found[0]["link"].replace("/records/", "/api/records/"))
    assert opened["key"] == "DG-001"


def test_two_signs_of_a_name_are_enough_and_one_is_not(kept: Installation) -> None:
    assert named(kept, COLLECTOR, "锦绣") == [("record", "DG-001"), ("record", "DG-0010")]
    assert named(kept, COLLECTOR, " 山路 ") == [("record", "XDG-001")]
    assert named(kept, COLLECTOR, "锦") == named(kept, COLLECTOR, "  ") == named(kept, COLLECTOR, "") == []
    assert len(named(kept, COLLECTOR, "DG", limit=2)) == 2


def test_a_register_told_as_numbers_is_never_told_of(kept: Installation) -> None:
    shelter = kept.get(SUPERVISOR, "/api/registers/shelter/records")["items"]

    assert [one["key"] for one in shelter] == ["DG-001-AZ"], "who keeps it sees it in its list"
    assert named(kept, SUPERVISOR, "DG-001-AZ") == named(kept, SUPERVISOR, "01-AZ") == []


def test_without_the_permission_no_record_is_told_of(kept: Installation) -> None:
    token = token_for(kept.database, kept.city, COLLECTOR, ["case.read"])
    answer = httpx.get(f"{kept.url}/api/names?q=DG-001", headers={"Authorization": f"Bearer {token}"}, timeout=30)

    assert (answer.status_code, answer.json()) == (200, [])


def test_tasks_are_found_by_number_and_title_by_whom_they_concern(kept: Installation) -> None:
    body = {"title": "锦绣大道整治", "unit": "sanitation", "due": "2026-04-01T18:00:00+08:00"}
    made = kept.client(SUPERVISOR).post("/api/proceedings", json={"procedure": "task", "fields": body}).json()
    by_title = kept.get(SUPERVISOR, "/api/names", q="道整治")

    assert [(one["kind"], one["called"], one["link"]) for one in by_title] == [
        ("proceeding", "锦绣大道整治", f"/tasks/{made['id']}")
    ]
    assert [kind for kind, _ in named(kept, SUPERVISOR, made["number"])] == ["proceeding"]
    assert named(kept, "collector24", "道整治") == []


def test_documents_are_found_by_whoever_may_see_them(kept: Installation) -> None:
    draft(kept, title="锦绣大道管理办法")

    assert ("document", "") in named(kept, AUTHOR, "管理办法")
    assert named(kept, COLLECTOR, "管理办法") == [], "a draft is of those who write"


def test_a_case_is_found_by_its_number(kept: Installation) -> None:
    case = taken_in(kept).to_be("accepted").case
    number = kept.state("case", case)["number"]
    [found] = kept.get(SUPERVISOR, "/api/names", q=number)

    assert (found["kind"], found["link"]) == ("case", f"/cases/{case}")
    assert named(kept, "collector24", number) == []
