"""Rules over what really happens: read once, raised once, waiting for a person."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from click.testing import CliRunner
from tests.acceptance.installation import Installation, pages, told
from tests.acceptance.walking import taken_in
from tests.reading import older_ended

from xiuhua.cli import program
from xiuhua.rules import replay
from xiuhua.rules.forms import RuleTriedOut
from xiuhua.rules.service import Rules

SUPERVISOR, LEADER, COLLECTOR = "supervisor01", "leader01", "collector01"
H1, H2 = "91350100M000100Y43", "91350211M000100Y46"


@pytest.fixture(scope="module")
def kept(town: Installation) -> Iterator[Installation]:
    """The district with rules in force; at the end the log gives the very same findings."""
    town.take_up("municipal", "construction-waste")
    look(town)
    yield town
    wrong: list[tuple[str, str]] = []
    with town.database.reading() as tx:
        events, findings = replay.check(tx, None, lambda table, key: wrong.append((table, key)))
    assert wrong == [] and events >= findings > 0


def look(town: Installation) -> None:
    """The worker, until nothing is new."""
    older_ended(town.database)
    while town.services.port(Rules).turn(town.database):
        pass


def record(town: Installation, register: str, **fields: Any) -> str:
    answer = town.client(SUPERVISOR).post(f"/api/registers/{register}/records", json={"fields": fields})
    assert answer.status_code == 201, answer.text
    return str(answer.json()["id"])


def figure(town: Installation, haulier: str, month: int, value: str, person: str = SUPERVISOR) -> Any:
    body = {"figure": "haulier_score", "every": "month", "day": f"2026-{month:02d}-15", "by": {"haulier": haulier}}
    return town.client(person).post("/api/figures", json={**body, "value": value})


def of_rule(town: Installation, rule: str, **wanted: Any) -> list[dict[str, Any]]:
    return pages(town, COLLECTOR, "/api/findings", rule=rule, **wanted)


def test_rules_are_told(kept: Installation) -> None:
    found = {one["name"]: one for one in kept.get(SUPERVISOR, "/api/rules")}

    assert found["complaint_repeated"]["times"] == 2 and found["haulier_below_60"]["lasts"] == "3 months"
    assert found["haulier_below_60"]["changes"] and found["permit_runs_out"]["notice"]["en"].startswith("A haulage")
    assert told(kept.client(COLLECTOR).get("/api/rules")) == (403, "not_allowed")


def test_three_bad_months_propose_and_decide_nothing(kept: Installation) -> None:
    id_ = record(kept, "haulier", credit=H1, name="川建运输")
    for month, value in ((1, "58"), (2, "59.5")):
        assert figure(kept, H1, month, value).status_code == 204
        look(kept)
    assert of_rule(kept, "haulier_below_60") == []
    for _ in range(2):
        figure(kept, H1, 3, "40")
        look(kept)
    [found] = of_rule(kept, "haulier_below_60")

    assert (found["state"], found["key"], found["values"]["run"], found["by"]) == ("open", H1, 3, None)
    assert found["asked"] == {"record": id_, "n": 1}
    haulier = kept.get(SUPERVISOR, f"/api/records/{id_}")
    assert haulier["state"] == "active" and haulier["change_requests"][0]["to"] == "left"
    assert haulier["change_requests"][0]["by"] == "system"
    decided = kept.client(SUPERVISOR).post(f"/api/records/{id_}/change-requests/1/approve")
    assert decided.json()["state"] == "left"


def test_what_stands_in_the_way_of_a_proposal_is_kept(kept: Installation) -> None:
    for month in (1, 2, 3):
        figure(kept, H2, month, "10")
    look(kept)
    [found] = [one for one in of_rule(kept, "haulier_below_60") if one["key"] == H2]

    assert "no haulier" in found["asked"]["problem"]


def test_figures_are_checked(kept: Installation) -> None:
    assert told(figure(kept, H1, 4, "many")) == (422, "invalid")
    assert told(figure(kept, H1, 4, "1e20")) == (422, "invalid")
    assert told(figure(kept, H1, 4, "50", COLLECTOR)) == (403, "not_allowed")
    body = {"figure": "nothing", "every": "month", "day": "2026-04-01", "value": "1"}
    assert told(kept.client(SUPERVISOR).post("/api/figures", json=body)) == (404, "not_found")


def test_a_date_is_told_once_however_often_it_is_looked_at(kept: Installation) -> None:
    today = kept.database.clock.now().date()
    near, far = today + timedelta(days=10), today + timedelta(days=300)
    soon = record(kept, "haulage_permit", number="P-soon", haulier=H1, until=str(near))
    record(kept, "haulage_permit", number="P-far", haulier=H1, until=str(far))
    tomorrow = kept.database.clock.now() + timedelta(days=1)
    for _ in range(3):
        with kept.database.transaction(tomorrow) as tx:
            kept.services.port(Rules).turn_of(tx, kept.city)
    found = of_rule(kept, "permit_runs_out")

    assert [(one["key"], one["about"]) for one in found] == [("P-soon", [{"kind": "record", "id": soon}])]
    with kept.database.reading() as tx:
        people = tx.execute("select person from notice where subject = %s", (found[0]["id"],)).fetchall()
    assert SUPERVISOR in {row.person for row in people}


def test_a_third_complaint_about_one_case_is_raised_from_the_log(kept: Installation) -> None:
    walk = taken_in(kept).to_be("accepted")
    for _ in range(2):
        kept.does("intake_officer01", "report", taken_in(kept).report, "join", {"case": walk.case})
    look(kept)
    found = [one for one in of_rule(kept, "complaint_repeated") if one["key"] == walk.case]

    assert len(found) == 1 and found[0]["task"] == "look_into_repeats" and found[0]["values"] == {"times": 2}
    tried = kept.get(SUPERVISOR, "/api/rules/complaint_repeated/try", **span(kept))
    assert tried["raised"] >= 1 and tried["held"] >= 2 and tried["whole"]
    assert walk.case in {one["key"] for one in tried["samples"]}


def span(town: Installation) -> dict[str, str]:
    """All days that anything here happened on."""
    today = town.database.clock.now().date()
    return {"from": str(today - timedelta(days=300)), "to": str(today + timedelta(days=30))}


def test_a_person_takes_and_settles_or_dismisses(kept: Installation) -> None:
    for month in (1, 2, 3):
        figure(kept, "H3", month, "10")
        figure(kept, "H4", month, "10")
    look(kept)
    ids = {one["key"]: one["id"] for one in of_rule(kept, "haulier_below_60", state="open")}

    def act(key: str, verb: str, person: str = SUPERVISOR, **body: str) -> Any:
        return kept.client(person).post(f"/api/findings/{ids[key]}/{verb}", **({"json": body} if body else {}))

    assert told(act("H3", "take", LEADER)) == (403, "not_allowed")
    assert act("H3", "take").json()["by"] == SUPERVISOR
    assert told(act("H3", "take")) == (409, "not_now")
    assert act("H3", "dismiss").status_code == 422
    done = act("H3", "dismiss", why="分数填报有误").json()
    assert (done["state"], done["outcome"], done["actions"]) == ("dismissed", "分数填报有误", [])
    assert act("H4", "settle", why="已约谈").json()["state"] == "settled"
    figure(kept, "H3", 4, "10")
    look(kept)
    assert len([one for one in of_rule(kept, "haulier_below_60") if one["key"] == "H3"]) == 1, "the same bad months"


def test_what_a_dry_run_tells_is_what_was_raised(kept: Installation) -> None:
    with kept.database.reading() as tx:
        today = kept.database.clock.now().date()
        tried = kept.services.port(Rules).try_(
            tx, kept.city, "haulier_below_60", today - timedelta(days=1), today + timedelta(days=1)
        )
    before = kept.events()

    assert RuleTriedOut.of(tried).raised == len(of_rule(kept, "haulier_below_60")) and kept.events() == before
    days = {"from": "2026-02-01", "to": "2026-01-01"}
    wrong = kept.client(SUPERVISOR).get("/api/rules/haulier_below_60/try", params=days)
    assert told(wrong) == (422, "invalid")


def test_a_batch_that_fails_is_read_again(kept: Installation, monkeypatch: pytest.MonkeyPatch) -> None:
    rules = kept.services.port(Rules)
    for month in (1, 2, 3):
        figure(kept, "H5", month, "10")

    def broken(*_: Any, **__: Any) -> None:
        raise RuntimeError("lost")

    with monkeypatch.context() as patch:
        patch.setattr("xiuhua.rules.raising.write", broken)
        with pytest.raises(RuntimeError), kept.database.transaction() as tx:
            rules.turn_of(tx, kept.city)
    assert [one for one in of_rule(kept, "haulier_below_60") if one["key"] == "H5"] == []
    look(kept)
    assert len([one for one in of_rule(kept, "haulier_below_60") if one["key"] == "H5"]) == 1


def test_the_command_is_there() -> None:
    answer = CliRunner().invoke(program, ["rules", "try", "--help"])
    assert answer.exit_code == 0 and "--from" in answer.output
