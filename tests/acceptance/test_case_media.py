"""The photos of a case: who sees them, how they belong together, and which were used twice."""

from __future__ import annotations

from datetime import timedelta
from importlib.resources import files
from io import BytesIO
from random import Random
from typing import Any

import httpx
import pytest
from PIL import Image, ImageDraw
from tests.acceptance.installation import Installation
from tests.acceptance.walking import Walk, taken_in

from xiuhua.loop import pictures
from xiuhua.platform.clock import SimulatedClock
from xiuhua.platform.media import erasure
from xiuhua.platform.media.service import Store
from xiuhua.simulate.over_http import token_for

WORKER, OFFICER = "worker1-cleaning-1", "officer-sanitation"


def street(seed: int, light: int = 0, size: int = 240, lon: float | None = None, lat: float = 0.0) -> bytes:
    """A picture that differs with its seed, and is told to be taken somewhere."""
    image = Image.new("RGB", (size, size), (120 + light,) * 3)
    draw = ImageDraw.Draw(image)
    step, random = size // 8, Random(seed)
    for place in range(64):
        grey = random.randrange(200) + light
        x, y = place % 8 * step, place // 8 * step
        draw.rectangle((x, y, x + step, y + step), (grey, grey, grey))
    notes = Image.Exif()
    if lon is not None:
        notes.get_ifd(0x8825).update({1: "N", 2: (lat, 0.0, 0.0), 3: "E", 4: (lon, 0.0, 0.0), 0x12: "WGS-84"})
    target = BytesIO()
    image.save(target, "JPEG", exif=notes, quality=90 - light)
    return target.getvalue()


def send(town: Installation, person: str, data: bytes) -> str:
    answer = town.client(person).post("/api/media", files={"file": ("a.jpg", data)})
    assert answer.is_success, answer.text
    return str(answer.json()["id"])


def see(town: Installation, person: str, photo: str) -> int:
    return town.client(person).get(f"/api/media/{photo}").status_code


def media_of(town: Installation, person: str, walk: Walk) -> dict[str, Any]:
    return dict(town.get(person, f"/api/cases/{walk.case}/media"))


def tick(town: Installation) -> None:
    clock = town.database.clock
    assert isinstance(clock, SimulatedClock)
    clock.move_to(clock.now() + timedelta(minutes=1))


def finished(town: Installation, seed: int, after: bytes, reported: bytes | None = None) -> Walk:
    """A case whose handler has sent a photo of the finished work, a minute after whatever was before."""
    tick(town)
    photo = send(town, "collector01", reported or street(seed))
    walk = taken_in(town, "collector01", source="collector", photos=[photo]).to_be("assigned")
    walk.do(WORKER, "finish", {"photos": [send(town, WORKER, after)], "note": "done"})
    return walk


def place_of(town: Installation) -> tuple[float, float]:
    middle = town.view().areas.area(town.view().areas.grid_codes[0]).geometry.representative_point()
    return middle.x, middle.y


def test_photos_are_listed_by_phase_and_as_pairs(town: Installation) -> None:
    lon, lat = place_of(town)
    reported = street(1, lon=lon, lat=lat + 0.001)
    walk = finished(town, 1, street(2, lon=lon, lat=lat), reported)
    walk.do(OFFICER, "review")
    walk.do(OFFICER, "hand_back")
    walk.do("intake_officer01", "send_check")
    checker = town.state("case", walk.case)["data"]["checker"]
    found = send(town, checker, street(3))
    walk.do(checker, "report_check", {"verdict": "done", "photos": [found]})

    told = media_of(town, "intake_officer01", walk)

    before, after, check = told["photos"]
    assert [one["phase"] for one in told["photos"]] == ["report", "after", "check"]
    assert told["pairs"] == [{"leg": 1, "before": [before["id"]], "after": [after["id"]], "check": [found]}]
    assert (before["distance_m"], after["distance_m"], check["distance_m"]) == (111, 0, None)
    assert before["position"]["lat"] == pytest.approx(lat + 0.001, abs=1e-4)
    assert (after["by"], after["at"], after["alike"]) == (WORKER, "2026-03-02T01:01:00Z", [])


def test_where_a_reporter_stood_is_not_for_everybody(town: Installation) -> None:
    lon, lat = place_of(town)
    walk = finished(town, 4, street(5, lon=lon, lat=lat), street(4, lon=lon, lat=lat))

    before, after = media_of(town, WORKER, walk)["photos"]

    assert (before["position"], before["distance_m"]) == (None, 0)
    assert after["position"] is not None


def test_photos_of_reports_that_were_joined_are_among_them(town: Installation) -> None:
    walk = finished(town, 6, street(7))
    other = send(town, "collector01", street(8))
    second = town.report(
        "collector01", source="collector", photos=[other], place=dict(zip(("lon", "lat"), place_of(town), strict=True))
    )
    town.does("intake_officer01", "report", second, "join", {"case": walk.case})

    told = media_of(town, "intake_officer01", walk)

    assert (told["photos"][0]["id"], told["photos"][0]["phase"]) == (other, "report")
    assert see(town, WORKER, other) == 200


# ---- the same picture twice


def test_a_picture_sent_a_second_time_is_told(town: Installation) -> None:
    first = finished(town, 11, street(12))
    second = finished(town, 13, street(12, light=6, size=200))

    [alike] = media_of(town, "intake_officer01", second)["photos"][1]["alike"]

    assert (alike["case"], alike["bits"] <= 8) == (first.case, True)
    assert media_of(town, "intake_officer01", first)["photos"][1]["alike"][:1] != [alike]


def test_the_very_same_file_is_told(town: Installation) -> None:
    first = finished(town, 14, street(15))
    second = finished(town, 16, street(15))

    photo = media_of(town, "intake_officer01", second)["photos"][1]

    assert [(one["id"], one["bits"]) for one in photo["alike"]] == [(photo["id"], 0)]
    assert photo["alike"][0]["case"] == first.case


def test_another_picture_is_not_told(town: Installation) -> None:
    finished(town, 17, street(18))
    walk = finished(town, 19, street(20))

    assert media_of(town, "intake_officer01", walk)["photos"][1]["alike"] == []


def test_a_picture_sent_again_after_a_rework_is_told(town: Installation) -> None:
    walk = finished(town, 21, street(22))
    walk.do(OFFICER, "send_back", reason="not clean")
    tick(town)
    again = send(town, WORKER, street(22, light=4))
    walk.do(WORKER, "finish", {"photos": [again]})

    told = media_of(town, "intake_officer01", walk)

    assert [one["case"] for one in told["photos"][-1]["alike"]] == [walk.case]


# ---- who sees them


def stranger(town: Installation, walk: Walk) -> str:
    """Somebody at the desk of a unit that has nothing to do with a case."""
    seen = {"sanitation"}
    return next(
        person
        for person, one in sorted(town.view().directory.people.items())
        if one.unit and town.client(person).get(f"/api/cases/{walk.case}").status_code == 404 and one.unit not in seen
    )


def test_a_photo_is_seen_by_those_who_may_read_its_case(town: Installation) -> None:
    walk = finished(town, 31, street(32))
    before, after = [one["id"] for one in media_of(town, "intake_officer01", walk)["photos"]]
    other = stranger(town, walk)

    for photo in (before, after):
        assert [see(town, one, photo) for one in ("collector01", WORKER, OFFICER, "intake_officer01")] == [200] * 4
        assert see(town, other, photo) == 404
    assert town.client(other).get(f"/api/cases/{walk.case}/media").status_code == 404


def test_a_photo_that_nothing_names_is_its_senders(town: Installation) -> None:
    photo = send(town, "collector01", street(33))

    assert (see(town, "collector01", photo), see(town, "intake_officer01", photo)) == (200, 404)


def test_who_sends_the_same_file_sees_it(town: Installation) -> None:
    photo = send(town, "collector01", street(34))

    assert (see(town, WORKER, photo), send(town, WORKER, street(34)), see(town, WORKER, photo)) == (404, photo, 200)


def test_a_photo_of_a_refused_action_is_not_named(town: Installation) -> None:
    walk = finished(town, 35, street(36))
    photo = send(town, "collector01", street(37))

    refused = town.act(WORKER, "case", walk.case, "finish", {"photos": [photo]})

    assert refused.status_code == 409
    assert see(town, WORKER, photo) == 404


@pytest.mark.parametrize(("person", "status"), [("", 401), ("nobody", 403)])
def test_strangers_list_nothing(town: Installation, person: str, status: int) -> None:
    walk = finished(town, 38, street(39))
    client = httpx.Client(base_url=town.url) if not person else limited(town)

    with client:
        assert client.get(f"/api/cases/{walk.case}/media").status_code == status


def limited(town: Installation) -> httpx.Client:
    """A person's client whose token allows cases, but no media."""
    token = token_for(town.database, town.city, "intake_officer01", ["case.read"])
    return httpx.Client(base_url=town.url, headers={"Authorization": f"Bearer {token}"})


def test_there_is_no_such_case(town: Installation) -> None:
    assert town.client("intake_officer01").get("/api/cases/20260302-999999/media").status_code == 404


# ---- erased with what named them


def test_photos_go_with_their_report(town: Installation) -> None:
    walk = finished(town, 41, street(42))
    before, after = [one["id"] for one in media_of(town, "intake_officer01", walk)["photos"]]
    store = town.services.port(Store)
    with town.database.transaction() as tx:
        erased = pictures.erase_of(tx, town.city, [f"report/{walk.report}"])
        kept = tx.execute("select * from media where city = %s and id = %s", (town.city, before)).fetchone()
    taken_away = erasure.sweep(town.database, store)

    assert (erased, taken_away) == ([before], 1)
    assert (kept.lon, kept.look, kept.created_by, kept.bytes) == (None, None, "", 0)
    assert [see(town, one, before) for one in ("collector01", "intake_officer01")] == [404, 404]
    assert see(town, "intake_officer01", after) == 200
    told = media_of(town, "intake_officer01", walk)
    assert [(one["id"], one["kind"]) for one in told["photos"]] == [(before, None), (after, "photo")]
    town.demand_sound_log()


def test_what_old_events_name_is_found_by_the_migration(town: Installation) -> None:
    walk = finished(town, 51, street(52))
    before, after = [one["id"] for one in media_of(town, "intake_officer01", walk)["photos"]]
    script = files("xiuhua.platform.schema").joinpath("0108_media.sql").read_text(encoding="utf-8")
    statements = [one for one in script.split(";") if one.strip().startswith("insert into media_use")]

    which = (town.city, [before, after])
    with town.database.transaction() as tx:
        tx.execute("delete from media_use where city = %s and media = any(%s)", which)
        for one in statements:
            tx.execute(one.rstrip() + " on conflict do nothing")
        rows = tx.execute("select media, kind, subject from media_use where city = %s and media = any(%s)", which)
        found = {tuple(row) for row in rows}

    assert found == {
        (before, "person", "collector01"), (after, "person", WORKER), (before, "report", walk.report),
        (before, "case", walk.case), (after, "case", walk.case),
    }  # fmt: skip
    assert len(statements) == 2
