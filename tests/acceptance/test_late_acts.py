"""What a phone without a network did in the lines of business: told late, told twice, and told when it is too late."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

import httpx
import pytest
from tests.acceptance.installation import Installation, told

from xiuhua.checks import replay as checks_replay
from xiuhua.checks.service import Checks
from xiuhua.platform.clock import SimulatedClock
from xiuhua.proceedings import rounds
from xiuhua.proceedings.service import Proceedings
from xiuhua.records import replay as records_replay
from xiuhua.records.ledgers import replay as ledgers_replay
from xiuhua.records.ledgers.service import Ledgers
from xiuhua.records.service import Records

KEEPER, SUPERVISOR, COLLECTOR, OTHER = "officer-sanitation", "supervisor01", "collector01", "collector02"
PLACE = {"lon": 105.3123, "lat": 29.1045}
NO_SMELL = {"item": "smell", "choice": "none"}


@pytest.fixture(scope="module")
def kept(town: Installation) -> Installation:
    """The district with checklists, registers, ledgers and tasks, and a toilet."""
    town.take_up("municipal", "public-toilets", "supervision")
    for number in (1, 2):
        fields = {"number": f"WC-{number}", "name": f"公厕{number}", "upkeep": "sanitation", "hours": "6:00-22:00"}
        body = {"fields": fields, "place": PLACE}
        assert town.client(SUPERVISOR).post("/api/registers/toilet/records", json=body).status_code == 201
    return town


def post(town: Installation, person: str, path: str, once: str = "", match: int | None = None, **body: Any) -> Any:
    headers = {"Idempotency-Key": once or uuid4().hex} | ({"If-Match": f'"{match}"'} if match is not None else {})
    return town.client(person).post(f"/api/{path}", json=body, headers=headers)


def ago(clock: SimulatedClock, **time: float) -> str:
    return (clock.now() - timedelta(**time)).isoformat()


def witness(at: str) -> dict[str, Any]:
    return {"at": at, "sent_at": at, "lon": 105.31, "lat": 29.1, "accuracy_m": 7}


def moment(text: str) -> datetime:
    return datetime.fromisoformat(text).astimezone(UTC).replace(microsecond=0)


def forgotten(town: Installation) -> None:
    """The answers that keys are repeated by are over two days old, and gone."""
    with town.database.transaction() as tx:
        tx.execute("delete from idempotency where city = %s", (town.city,))


def failing(town: Installation, **more: Any) -> Any:
    """A finished inspection with one failed item."""
    found = [NO_SMELL, {"item": "flies", "count": 2}]
    answer = post(
        town, COLLECTOR, "inspections", checklist="toilet_check", key="WC-1", findings=found, finish=True, **more
    )
    assert answer.status_code == 201, answer.text
    return answer.json()


def put_right(town: Installation, id_: str, verb: str, person: str, **more: Any) -> httpx.Response:
    answer: httpx.Response = post(town, person, f"inspections/{id_}/rectifications/1/{verb}", **more)
    return answer


def the_first(inspection: Any) -> Any:
    [found] = inspection["rectifications"]
    return found


# ---- rectifications


def test_what_was_put_right_in_time_counts_as_in_time_when_told_late(
    kept: Installation, town_clock: SimulatedClock
) -> None:
    one = failing(kept)
    due = datetime.fromisoformat(the_first(one)["due"])
    in_time = (due - timedelta(minutes=30)).isoformat()
    town_clock.move_to(due + timedelta(hours=3))
    with kept.database.transaction() as tx:
        assert kept.services.port(Checks).tell_late(tx) >= 1
    marked = kept.get(KEEPER, f"/api/inspections/{one['id']}")
    photo = kept.photo(KEEPER)
    given = {"photos": [photo], "note": "已清", "at": in_time, "witness": witness(in_time)}
    done = put_right(kept, one["id"], "rectified", KEEPER, match=marked["version"], **given)
    event = kept.get(COLLECTOR, f"/api/inspections/{one['id']}/events")[-1]

    assert the_first(marked)["late"] and done.status_code == 200, done.text
    assert not the_first(done.json())["late"]
    assert moment(the_first(done.json())["tries"][0]["at"]) == moment(in_time) == moment(event["at"])
    assert (event["payload"]["witness"]["accuracy_m"], event["recorded_at"] > event["at"]) == (7, True)


def test_a_rectification_told_twice_is_one_try(kept: Installation, town_clock: SimulatedClock) -> None:
    one, key = failing(kept), uuid4().hex
    town_clock.move_to(town_clock.now() + timedelta(minutes=20))
    at = ago(town_clock, minutes=5)
    answers = [
        put_right(kept, one["id"], "rectified", KEEPER, once=key, match=one["version"], note="已清", at=at)
        for _ in range(2)
    ]
    forgotten(kept)
    later = put_right(kept, one["id"], "rectified", KEEPER, once=key, match=one["version"], note="已清", at=at)
    now = kept.get(COLLECTOR, f"/api/inspections/{one['id']}")

    assert [each.status_code for each in answers] == [200, 200] and len({each.text for each in answers}) == 1
    assert told(later) == (412, "conflict") and later.json()["current"]["state"] == "rectified"
    assert later.json()["current"]["title"]["zh"] == "待复查" and len(the_first(now)["tries"]) == 1


def test_another_rectification_moved_on_and_this_one_stands(kept: Installation) -> None:
    """What a phone needs to send again on the new version: this one's own state and since, not the inspection's."""
    found = [NO_SMELL, {"item": "flies", "count": 1}, {"item": "paper", "count": 1}]
    answer = post(kept, COLLECTOR, "inspections", checklist="toilet_check", key="WC-1", findings=found, finish=True)
    one = answer.json()
    assert len(one["rectifications"]) == 2, answer.text
    other = post(kept, KEEPER, f"inspections/{one['id']}/rectifications/2/rectified", match=one["version"])
    stale = put_right(kept, one["id"], "rectified", KEEPER, match=one["version"])
    current = stale.json()["current"]
    again = put_right(kept, one["id"], "rectified", KEEPER, match=current["version"])

    assert (other.status_code, told(stale), again.status_code) == (200, (412, "conflict"), 200)
    assert (current["state"], current["version"]) == ("open", one["version"] + 1)


def test_a_recheck_told_late_gives_the_time_anew_from_when_it_is_known(
    kept: Installation, town_clock: SimulatedClock
) -> None:
    one = failing(kept)
    done = put_right(kept, one["id"], "rectified", KEEPER).json()
    town_clock.move_to(town_clock.now() + timedelta(hours=5))
    looked, early = ago(town_clock, hours=4), ago(town_clock, hours=9)
    too_early = put_right(kept, one["id"], "recheck", COLLECTOR, match=done["version"], passed=False, at=early)
    ahead = put_right(
        kept, one["id"], "recheck", COLLECTOR, match=done["version"], passed=False, at=ago(town_clock, minutes=-6)
    )
    failed = put_right(kept, one["id"], "recheck", COLLECTOR, match=done["version"], passed=False, at=looked).json()
    opened = the_first(failed)
    stale = put_right(kept, one["id"], "rectified", KEEPER, match=failed["version"], at=looked)
    passed = put_right(kept, one["id"], "rectified", KEEPER, match=failed["version"], at=ago(town_clock)).json()
    late = put_right(kept, one["id"], "recheck", COLLECTOR, match=done["version"], passed=True, at=looked)

    assert [told(each) for each in (too_early, ahead, stale)] == [(422, "invalid")] * 3
    assert moment(opened["tries"][0]["recheck"]["at"]) == moment(looked) and opened["round"] == 2
    assert moment(opened["due"]) > town_clock.now() and the_first(passed)["state"] == "rectified"
    assert told(late) == (412, "conflict") and late.json()["current"]["state"] == "rectified"


# ---- inspections


def test_an_inspection_is_made_once_also_when_its_key_is_forgotten(
    kept: Installation, town_clock: SimulatedClock
) -> None:
    at, name = ago(town_clock, days=3), f"field-{uuid4()}"
    first = failing(kept, external_id=name, at=at)
    before = kept.events()
    forgotten(kept)
    again = failing(kept, external_id=name, at=ago(town_clock, days=3, seconds=-2))
    mine = post(kept, OTHER, "inspections", checklist="toilet_check", key="WC-1", findings=[NO_SMELL], finish=True,
                external_id=name)  # fmt: skip

    assert again["id"] == first["id"] and moment(first["begun_at"]) == moment(at)
    assert mine.status_code == 201 and mine.json()["id"] != first["id"] and kept.events() > before


# ---- change requests


def toilet(town: Installation, number: int = 2) -> Any:
    return town.get(COLLECTOR, f"/api/registers/toilet/keys/WC-{number}")


def test_a_change_is_asked_for_late_with_photos_that_its_keeper_sees(
    kept: Installation, town_clock: SimulatedClock
) -> None:
    record, photo, at = toilet(kept), kept.photo(COLLECTOR, "before"), ago(town_clock, hours=-1)
    town_clock.move_to(town_clock.now() + timedelta(hours=7))
    given = {
        "fields": {"hours": "6:00-23:00"}, "why": "门牌已换", "photos": [photo], "seen": record["version"], "at": at,
        "external_id": f"field-{uuid4()}", "witness": witness(at),
    }  # fmt: skip
    path, key = f"records/{record['id']}/change-requests", uuid4().hex
    answers = [post(kept, COLLECTOR, path, once=key, **given) for _ in range(2)]
    forgotten(kept)
    later = post(kept, COLLECTOR, path, once=key, **given)
    [asked] = [one for one in later.json()["change_requests"] if one["state"] == "asked"]
    [event] = [
        one for one in kept.get(KEEPER, f"/api/records/{record['id']}/events") if one["type"] == "ChangeRequested"
    ]

    assert [one.status_code for one in (*answers, later)] == [201] * 3, later.text
    assert (moment(asked["since"]), asked["photos"]) == (moment(at), [photo]) and event["payload"]["witness"]
    assert moment(event["at"]) == moment(at) < moment(event["recorded_at"])
    assert kept.client(KEEPER).get(f"/api/media/{photo}").status_code == 200
    done = kept.client(KEEPER).post(f"/api/records/{record['id']}/change-requests/{asked['n']}/approve")
    assert done.json()["fields"]["hours"] == "6:00-23:00"


def test_a_change_of_what_was_changed_since_it_was_seen_is_told_so(kept: Installation) -> None:
    record = toilet(kept, 1)
    path = f"records/{record['id']}/change-requests"
    other = kept.client(SUPERVISOR).patch(f"/api/records/{record['id']}", json={"fields": {"men": 9}})
    fits = post(kept, COLLECTOR, path, fields={"hours": "全天"}, why="现场", seen=record["version"])
    kept.client(SUPERVISOR).patch(f"/api/records/{record['id']}", json={"fields": {"hours": "7:00-21:00"}})
    late = post(kept, COLLECTOR, path, fields={"hours": "8:00-20:00"}, why="现场", seen=record["version"])
    again = post(kept, COLLECTOR, path, fields={"hours": "8:00-20:00"}, why="现场", seen=other.json()["version"] + 50)

    assert (other.status_code, fits.status_code, again.status_code) == (200, 201, 201)
    assert told(late) == (409, "conflict") and late.json()["fields"] == ["hours"]
    assert late.json()["current"]["version"] == record["version"] + 3 and late.json()["current"]["title"]["zh"]


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"photos": ["nothing"]}, "photos"), ({"at": "2099-01-01T00:00:00+08:00"}, "at"),
        ({"at": "2020-01-01T00:00:00+08:00"}, "at"), ({"witness": {"lon": 105.3}}, "witness.at"), ({"seen": 0}, "seen"),
    ],
)  # fmt: skip
def test_what_does_not_fit_a_change_is_named(kept: Installation, body: dict[str, Any], field: str) -> None:
    before, record = kept.events(), toilet(kept)
    path = f"records/{record['id']}/change-requests"
    answer = post(kept, COLLECTOR, path, fields={"men": 3}, why="现场", **body)

    assert told(answer) == (422, "invalid") and answer.json()["errors"][0]["field"] == field
    assert kept.events() == before


# ---- entries


def test_an_entry_belongs_to_the_day_on_which_the_phone_made_it(kept: Installation, town_clock: SimulatedClock) -> None:
    at, key = ago(town_clock, days=3), f"field-{uuid4()}"
    given = {"quantity": "40", "fields": {"pipe": "rain"}, "key": key}
    path = "ledgers/drain_dredged/entries"
    first = post(kept, SUPERVISOR, path, **given, at=at)
    before = kept.events()
    forgotten(kept)
    again = post(kept, SUPERVISOR, path, **given, at=ago(town_clock, days=3, seconds=-1))
    of_before = post(kept, SUPERVISOR, path, quantity="1", fields={"pipe": "rain"}, at=at,
                     day=(moment(at) - timedelta(days=2)).date().isoformat())  # fmt: skip
    to_come = post(kept, SUPERVISOR, path, quantity="1", fields={"pipe": "rain"}, at=at,
                   day=town_clock.now().date().isoformat())  # fmt: skip
    old = post(kept, SUPERVISOR, path, quantity="1", fields={"pipe": "rain"}, at=ago(town_clock, days=400))

    assert (first.status_code, first.json()["late"], of_before.json()["late"]) == (201, 0, 2), first.text
    assert first.json()["day"] == moment(at).date().isoformat() and moment(first.json()["entered_at"]) == moment(at)
    assert again.json()["id"] == first.json()["id"] and kept.events() == before + 1
    assert [told(one) for one in (to_come, old)] == [(422, "invalid")] * 2


# ---- proceedings


def test_a_task_is_finished_late_once_and_in_its_order(kept: Installation, town_clock: SimulatedClock) -> None:
    due = (town_clock.now() + timedelta(days=9)).isoformat()
    fields = {"title": "雨前清淤", "unit": "sanitation", "due": due}
    made = post(kept, SUPERVISOR, "proceedings", procedure="task", fields=fields).json()
    town_clock.move_to(town_clock.now() + timedelta(hours=3))
    path, keys = f"proceedings/{made['id']}/actions", [uuid4().hex, uuid4().hex]
    receive = {"once": keys[0], "match": made["version"], "at": ago(town_clock, hours=2)}
    first = [post(kept, KEEPER, f"{path}/receive", **receive) for _ in range(2)]
    photo = kept.photo(KEEPER)
    finish = {
        "once": keys[1], "match": made["version"], "at": ago(town_clock, hours=1), "witness": witness(ago(town_clock)),
        "fields": {"result": "已清", "proof": [photo]},
    }  # fmt: skip
    stale = post(kept, KEEPER, f"{path}/finish", **finish)
    finish["match"] = first[0].json()["version"]
    done = [post(kept, KEEPER, f"{path}/finish", **finish) for _ in range(2)]
    forgotten(kept)
    later = post(kept, KEEPER, f"{path}/finish", **finish)
    events = kept.get(SUPERVISOR, f"/api/proceedings/{made['id']}/events")

    assert [one.status_code for one in (*first, *done)] == [200] * 4, done[0].text
    assert told(stale) == (412, "conflict") and stale.json()["current"]["state"] == "working"
    assert told(later) == (412, "conflict") and later.json()["current"]["state"] == "submitted"
    assert [one["type"] for one in events] == ["TaskAssigned", "TaskReceived", "TaskFinished"]
    assert moment(events[-1]["at"]) == moment(finish["at"]) and events[-1]["witness"]["accuracy_m"] == 7


def test_a_zero_report_that_comes_after_the_cut_off_is_told_that_it_was_missed(
    kept: Installation, town_clock: SimulatedClock
) -> None:
    tomorrow = (town_clock.now() + timedelta(days=1)).astimezone(kept.view().zone).replace(hour=9, minute=0)
    town_clock.move_to(tomorrow)
    assert rounds.turn(kept.database, kept.services.port(Proceedings)) > 0
    day = tomorrow.date().isoformat()
    lines = kept.get(COLLECTOR, "/api/proceedings", procedure="daily_report", whose="mine", day=day)["items"]
    mine = kept.get(COLLECTOR, f"/api/proceedings/{lines[0]['id']}")
    town_clock.move_to(tomorrow.replace(hour=20))
    with kept.database.transaction() as tx:
        kept.loop.run_timers(tx, limit=1000)
    path = f"proceedings/{mine['id']}/actions"
    given = {"fields": {"found": 0}, "at": tomorrow.replace(hour=17).isoformat()}
    late = post(kept, COLLECTOR, f"{path}/answer", match=mine["version"], **given)
    current = late.json()["current"]
    made_up = post(kept, COLLECTOR, f"{path}/answer_late", match=current["version"], fields={"found": 0})

    assert told(late) == (412, "conflict") and (current["state"], current["title"]["zh"]) == ("missed", "漏报")
    assert made_up.status_code == 200 and made_up.json()["state"] == "late"


def test_what_stands_is_what_the_log_says(kept: Installation) -> None:
    differs: list[tuple[str, str]] = []

    def tell(table: str, key: str) -> None:
        differs.append((table, key))

    with kept.database.transaction(snapshot=True) as tx:
        records_replay.check(tx, kept.services.port(Records), kept.city, tell)
        ledgers_replay.check(tx, kept.services.port(Ledgers), kept.city, tell)
        checks_replay.check(tx, kept.city, tell)

    assert differs == [] and kept.verified().broken is None
