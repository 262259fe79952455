"""What waits besides the inbox: change requests, documents, rectifications; for whose turn it is and nobody else."""

from __future__ import annotations

import pytest
from tests.acceptance.installation import Installation
from tests.acceptance.test_checks import APPRAISER, COLLECTOR, ELSEWHERE, KEEPER, SUPERVISOR, failing, post
from tests.acceptance.test_documents import AUTHOR, draft
from tests.acceptance.test_records import PLACE, add


@pytest.fixture(scope="module")
def kept(town: Installation) -> Installation:
    """The district with toilets, their checklist and documents."""
    town.take_up("municipal", "public-toilets", "inspections", "documents")
    fields = {"number": "WC-1", "name": "公厕1", "upkeep": "sanitation", "grade": "first"}
    add(town, "toilet", fields, place=PLACE)
    return town


def waits(town: Installation, person: str) -> dict[str, int]:
    return {one["name"]: one["count"] for one in town.get(person, "/api/queues")}


def test_change_requests_wait_for_who_keeps_the_record(kept: Installation) -> None:
    record = kept.get(COLLECTOR, "/api/registers/toilet/keys/WC-1")["id"]
    for hours in ("6-22", "6-23"):
        body = {"fields": {"hours": hours}, "why": "看到告示"}
        asked = kept.client(COLLECTOR).post(f"/api/records/{record}/change-requests", json=body)
        assert asked.status_code == 201, asked.text
    own = kept.client(KEEPER).post(f"/api/records/{record}/change-requests", json={"fields": {"men": 3}, "why": "自查"})

    assert own.status_code == 201
    assert (waits(kept, KEEPER)["change_requests"], waits(kept, SUPERVISOR)["change_requests"]) == (2, 3)
    assert "change_requests" not in waits(kept, ELSEWHERE) | waits(kept, COLLECTOR)
    kept.client(SUPERVISOR).post(f"/api/records/{record}/change-requests/1/refuse", json={"why": "不符"})
    assert waits(kept, KEEPER)["change_requests"] == 1


def test_documents_wait_for_the_role_whose_turn_it_is(kept: Installation) -> None:
    fields = {"to": "各单位", "due": "2026-04-01"}
    written = {person: draft(kept, "order", person, fields=fields)["id"] for person in (AUTHOR, SUPERVISOR)}
    for person, id_ in written.items():
        submitted = kept.client(person).post(f"/api/documents/{id_}/submit")
        assert submitted.status_code == 200, submitted.text
    mine = kept.get(SUPERVISOR, "/api/documents", waits=True)["items"]

    assert [one["id"] for one in mine] == [written[AUTHOR]], "nobody approves what they wrote"
    assert waits(kept, SUPERVISOR)["document_approvals"] == 1
    assert "document_approvals" not in waits(kept, COLLECTOR)


def test_what_failed_waits_for_the_unit_and_then_for_another_organisation(kept: Installation) -> None:
    photo = kept.photo(KEEPER)
    made = failing(kept, "WC-1", place=PLACE)
    n = made["rectifications"][0]["n"]
    before = {person: waits(kept, person) for person in (KEEPER, ELSEWHERE, COLLECTOR)}
    done = post(kept, KEEPER, f"inspections/{made['id']}/rectifications/{n}/rectified", photos=[photo])
    assert done.status_code == 200, done.text
    after = {person: waits(kept, person) for person in (KEEPER, ELSEWHERE, COLLECTOR, APPRAISER)}

    assert before[KEEPER]["rectify"] == 1 and "recheck" not in before[COLLECTOR]
    assert "rectify" not in before[ELSEWHERE] | before[COLLECTOR]
    assert after[COLLECTOR]["recheck"] == after[APPRAISER]["recheck"] == 1
    assert not {"rectify", "recheck"} & after[KEEPER].keys()
    [listed] = kept.get(COLLECTOR, "/api/inspections", turn="recheck")["items"]
    assert listed["id"] == made["id"] and kept.get(KEEPER, "/api/inspections", turn="rectify")["items"] == []


def test_figures_tell_of_nobody(kept: Installation) -> None:
    for one in kept.get(SUPERVISOR, "/api/queues"):
        assert set(one) == {"name", "title", "count", "late", "link"} and one["link"].startswith("/")
