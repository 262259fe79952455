"""Records that expire: told by the clock, once, to whom they concern; and what refers to them."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import numpy as np
import pytest
from tests.acceptance.installation import Installation, told
from tests.reading import older_ended

from xiuhua.city.areas import tiles
from xiuhua.notices.notifier import Notifier
from xiuhua.platform.clock import SimulatedClock
from xiuhua.platform.columns import decode
from xiuhua.records import expiry, layer, replay
from xiuhua.records.service import Records

OFFICER, SUPERVISOR, COLLECTOR = "officer-sanitation", "supervisor01", "collector01"
ZONE = ZoneInfo("Asia/Shanghai")


@pytest.fixture(scope="module")
def kept(town: Installation) -> Installation:
    """The district with permits, hauliers and trucks."""
    town.take_up("construction-waste")
    turn(town)
    add(town, "haulier", credit="91350100M000100Y43", name="川建运输")
    return town


def add(town: Installation, register: str, **fields: Any) -> Any:
    answer = town.client(SUPERVISOR).post(f"/api/registers/{register}/records", json={"fields": fields})
    assert answer.status_code == 201, answer.text
    return answer.json()


def permit(town: Installation, number: str, until: str, unit: str | None = "sanitation") -> Any:
    return add(town, "haulage_permit", number=number, until=until, haulier="91350100M000100Y43", unit=unit)


def turn(town: Installation) -> int:
    done = expiry.turn(town.database, town.services.port(Records))
    older_ended(town.database)
    while town.services.port(Notifier).turn(town.database):
        pass
    return done


def days_on(clock: SimulatedClock, days: int) -> str:
    moved = clock.now() + timedelta(days=days)
    clock.move_to(moved)
    return f"{moved.astimezone(ZONE).date()}"


def today(clock: SimulatedClock) -> datetime:
    return clock.now().astimezone(ZONE)


def heads(town: Installation, record: dict[str, Any]) -> list[tuple[str, str]]:
    with town.database.reading() as tx:
        rows = tx.execute(
            "select person, head->>'en' as head from notice where subject = %s and person is not null order by at, id",
            (record["id"],),
        ).fetchall()
    return [(row.person, row.head) for row in rows]


def types(town: Installation, record: dict[str, Any]) -> list[str]:
    return [one["type"] for one in town.get(SUPERVISOR, f"/api/records/{record['id']}/events")]


def test_a_warning_and_the_end_are_told_once_each_and_again_after_a_renewal(
    kept: Installation, town_clock: SimulatedClock
) -> None:
    last = (today(town_clock) + timedelta(days=40)).date()
    made = permit(kept, "Z-1", last.isoformat())

    assert turn(kept) == 0 and heads(kept, made) == []
    days_on(town_clock, 10)
    assert (turn(kept), turn(kept)) == (1, 0)
    assert heads(kept, made) == [(OFFICER, "Will expire: Haulage permit Z-1")]
    days_on(town_clock, 30)
    assert turn(kept) == 0, "the last day is valid"
    days_on(town_clock, 9)
    assert (turn(kept), turn(kept)) == (1, 0)
    assert heads(kept, made)[1:] == [(OFFICER, "Expired: Haulage permit Z-1")]
    renewed = kept.client(SUPERVISOR).patch(
        f"/api/records/{made['id']}", json={"fields": {"until": str(today(town_clock).date() + timedelta(days=5))}}
    )
    assert renewed.status_code == 200 and turn(kept) == 1
    assert types(kept, made) == ["RecordAdded", "ExpiryWarned", "RecordExpired", "RecordChanged", "ExpiryWarned"]
    assert len(heads(kept, made)) == 3


def test_a_worker_that_was_down_makes_up_for_it_with_one_notice(kept: Installation, town_clock: SimulatedClock) -> None:
    made = permit(kept, "Z-2", str(today(town_clock).date() + timedelta(days=60)))
    days_on(town_clock, 75)
    turn(kept)

    assert types(kept, made) == ["RecordAdded", "RecordExpired"] and len(heads(kept, made)) == 1


def test_of_what_nobody_answers_for_the_supervisors_hear(kept: Installation, town_clock: SimulatedClock) -> None:
    made = permit(kept, "Z-3", str(today(town_clock).date() + timedelta(days=3)), unit=None)
    turn(kept)

    people = {person for person, _ in heads(kept, made)}
    assert SUPERVISOR in people and OFFICER not in people


def test_more_than_a_batch_is_told_in_one_turn(
    kept: Installation, town_clock: SimulatedClock, monkeypatch: Any
) -> None:
    monkeypatch.setattr(expiry, "BATCH", 3)
    soon = str(today(town_clock).date() + timedelta(days=3))
    made = [permit(kept, f"Y-{number}", soon) for number in range(8)]

    assert (turn(kept), turn(kept)) == (8, 0)
    assert all(types(kept, one) == ["RecordAdded", "ExpiryWarned"] for one in made)


def test_refs_to_what_is_over_are_shown_found_and_not_given_anew(
    kept: Installation, town_clock: SimulatedClock
) -> None:
    def trucks() -> list[str]:
        found = kept.get(COLLECTOR, "/api/registers/truck/records", invalid_refs=True)
        return [one["key"] for one in found["items"]]

    day = str(today(town_clock).date() + timedelta(days=2))
    [first, gone, revoked] = [permit(kept, number, day) for number in ("X-1", "X-2", "X-3")]
    one, two, three = [
        add(kept, "truck", plate=f"川S1000{number}", haulier="91350100M000100Y43", permit=key)
        for number, key in enumerate(("X-1", "X-2", "X-3"))
    ]
    assert trucks() == [] and [ref["fault"] for ref in one["refs"]] == [None, None]
    post = kept.client(SUPERVISOR).post
    assert post(f"/api/records/{gone['id']}/merge", json={"into": first["id"]}).status_code == 200
    assert post(f"/api/records/{revoked['id']}/move", json={"to": "revoked"}).status_code == 200
    assert trucks() == ["川S10001", "川S10002"]
    days_on(town_clock, 3)
    assert trucks() == ["川S10000", "川S10001", "川S10002"]

    def ref(record: dict[str, Any]) -> tuple[str, Any]:
        [found] = [
            one for one in kept.get(COLLECTOR, f"/api/records/{record['id']}")["refs"] if one["field"] == "permit"
        ]
        return found["fault"], found["id"]

    assert [ref(each) for each in (one, two, three)] == [
        ("expired", first["id"]), ("missing", None), ("not_in_force", revoked["id"]),
    ]  # fmt: skip
    refused = post(
        "/api/registers/truck/records",
        json={"fields": {"plate": "川S10009", "haulier": "91350100M000100Y43", "permit": "X-1"}},
    )
    assert told(refused) == (422, "invalid")
    assert [(one["field"], one["reason"], one["why"]) for one in refused.json()["errors"]] == [
        ("permit", "ref_expired", "must be valid, but the haulage permit X-1 has expired")
    ]
    kept_as_is = kept.client(SUPERVISOR).patch(f"/api/records/{one['id']}", json={"fields": {"volume": "18.0"}})
    assert kept_as_is.status_code == 200, "what stands is shown, not refused"


def test_a_change_to_a_ref_that_has_expired_meanwhile_is_not_approved(
    kept: Installation, town_clock: SimulatedClock
) -> None:
    permit(kept, "W-1", str(today(town_clock).date() + timedelta(days=2)))
    truck = add(kept, "truck", plate="川S20000", haulier="91350100M000100Y43")
    asked = kept.client(COLLECTOR).post(
        f"/api/records/{truck['id']}/change-requests", json={"fields": {"permit": "W-1"}, "why": "已办证"}
    )
    assert asked.status_code == 201
    days_on(town_clock, 3)
    answer = kept.client(SUPERVISOR).post(f"/api/records/{truck['id']}/change-requests/1/approve")

    assert told(answer) == (422, "invalid")


def differing(town: Installation) -> list[tuple[str, str]]:
    found: list[tuple[str, str]] = []
    with town.database.transaction(snapshot=True) as tx:
        replay.check(tx, town.services.port(Records), town.city, lambda table, key: found.append((table, key)))
    return found


def test_what_was_told_stands_in_the_log(kept: Installation) -> None:
    assert kept.verified().broken is None and differing(kept) == []


def test_a_map_shows_what_stands(kept: Installation, monkeypatch: Any) -> None:
    def tile(zoom: int, **given: Any) -> tuple[dict[str, Any], dict[str, Any]]:
        x, y = tiles.tile_xy(105.3123, 29.1045, zoom)
        answer = kept.client(COLLECTOR).get(f"/api/registers/site/tiles/{zoom}/{x}/{y}", params=given)
        assert answer.status_code == 200, answer.text
        return decode(answer.content)

    client = kept.client(SUPERVISOR)
    for number in range(7):
        body = {
            "fields": {"number": f"GD-{number}", "name": f"工地{number}", "unit": "sanitation"},
            "place": {"lon": 105.3123 + number * 1e-4, "lat": 29.1045},
        }
        assert client.post("/api/registers/site/records", json=body).status_code == 201
    ids = {one["key"]: one["id"] for one in kept.get(COLLECTOR, "/api/registers/site/records")["items"]}
    client.post(f"/api/records/{ids['GD-6']}/merge", json={"into": ids["GD-5"]})
    client.post(f"/api/records/{ids['GD-4']}/move", json={"to": "stopped"})
    client.patch(f"/api/records/{ids['GD-3']}", json={"fields": {}, "place": {"lon": 105.3623, "lat": 29.1045}})

    header, columns = tile(12)
    assert (header["kind"], header["count"], header["truncated"]) == ("points", 6, False)
    assert sorted(header["keys"]) == [f"GD-{number}" for number in range(6)]
    states = dict(zip(header["keys"], columns["state"].tolist(), strict=True))
    assert header["dictionaries"]["state"][states["GD-4"]]["code"] == "stopped"
    assert tile(12, state="stopped")[0]["keys"] == ["GD-4"] and tile(16)[0]["count"] == 5
    monkeypatch.setattr(layer, "MOST", 3)
    header, columns = tile(9)
    filtered = tile(9, state="building")
    assert header["kind"] == "clusters" and sum(columns["count"].tolist()) == 6
    assert filtered[0]["kind"] == "clusters" and sum(filtered[1]["count"].tolist()) == 5
    assert np.allclose(columns["lon"], 105.31, atol=0.1) and np.allclose(columns["lat"], 29.10, atol=0.1)
    header, _ = tile(15)
    assert (header["kind"], header["count"], header["truncated"]) == ("points", 3, True)
    wrong = kept.client(COLLECTOR).get("/api/registers/site/tiles/3/9/1")
    assert told(wrong) == (404, "not_found")


def test_cells_that_do_not_count_what_stands_are_found(kept: Installation) -> None:
    with kept.database.transaction() as tx:
        tx.execute("update record_cell set n = n + 1 where register = 'site'")
    assert [table for table, _ in differing(kept)] == ["record_cell"] * 2
    with kept.database.transaction() as tx:
        tx.execute("update record_cell set n = n - 1 where register = 'site'")
    assert differing(kept) == []


def test_labels_are_printed_of_a_filter(kept: Installation) -> None:
    client = kept.client(COLLECTOR)
    answer = client.get("/api/registers/truck/labels", params={"q": "川S1000"})
    rest = client.get("/api/registers/truck/labels", params={"q": "川S1000", "after": "川S10001"})

    assert answer.status_code == 200 and answer.headers["content-type"].startswith("text/html")
    assert answer.text.count("<article>") == 3 and rest.text.count("<article>") == 1
    assert "style-src 'sha256-" in answer.headers["content-security-policy"]
