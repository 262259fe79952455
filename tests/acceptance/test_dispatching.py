"""What waits to be dispatched, with whom the duty matrix names; and sending many of it at once."""

from __future__ import annotations

from typing import Any

import httpx
from tests.acceptance.installation import Installation
from tests.acceptance.walking import Walk, taken_in


def waiting(town: Installation, person: str, walk: Walk) -> list[dict[str, Any]]:
    return [one for one in town.get(person, "/api/dispatching") if one["id"] == walk.case]


def test_what_waits_names_the_unit_of_the_duty_matrix_and_why(town: Installation) -> None:
    walk = taken_in(town).to_be("filed")

    [one] = waiting(town, town.who("dispatcher", walk.scopes), walk)

    assert (one["action"], one["field"], one["suggested"]["unit"]) == ("dispatch", "unit", "sanitation")
    assert one["suggested"]["title"]["zh"] and one["suggested"]["why"]["row"] and one["area_title"]
    assert one["returns"] == 0


def test_only_who_may_send_it_is_shown_it(town: Installation) -> None:
    walk = taken_in(town).to_be("filed")

    assert waiting(town, "officer-sanitation", walk) == waiting(town, "shift_leader01", walk) == []


def test_strangers_are_asked_to_sign_in(town: Installation) -> None:
    assert httpx.get(f"{town.url}/api/dispatching").status_code == 401


def test_of_many_only_the_chosen_ones_are_sent_and_what_is_gone_is_told(town: Installation) -> None:
    mine, theirs, left = (taken_in(town).to_be("filed") for _ in range(3))
    dispatcher = town.who("dispatcher", mine.scopes)
    body = {"only": [mine.case, theirs.case], "action": "dispatch", "fields": {"unit": "sanitation"}}
    town.does("dispatcher02", "case", theirs.case, "dispatch", {"unit": "sanitation"})

    run = town.client(dispatcher).post("/api/cases/bulk", json=body).json()

    items = town.get(dispatcher, f"/api/bulk/{run['id']}/items")["items"]
    assert {one["subject"]: one["status"] for one in items} == {mine.case: "done", theirs.case: "refused"}
    assert town.state("case", left.case)["state"] == "filed"
