"""Intake: what is refused and why, what is kept, where it is put, and what never reaches the log."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import count
from typing import Any

import pytest
from tests.acceptance.installation import Installation
from tests.conftest import START

from xiuhua.city.areas import datum
from xiuhua.loop.model import PlaceIn, Receipt, Reporter, ReportIn
from xiuhua.platform import eventlog, personal
from xiuhua.platform.identity.model import Actor, Post, system
from xiuhua.platform.identity.permissions import permissions_of

PHONE, NAME = "13900005678", "张三丰"
NAN = float("nan")
_numbers = count(1)


def report(**given: Any) -> ReportIn:
    return ReportIn(**{"source": "public", "external_id": f"R{next(_numbers)}", "text": "路边有暴露垃圾", **given})


def submitted(district: Installation, *reports: ReportIn) -> list[Receipt]:
    with district.database.transaction() as tx:
        return district.loop.submit(tx, district.city, reports, system(district.city))


def middle(district: Installation, grid: int = 0) -> tuple[float, float]:
    areas = district.view().areas
    point = areas.area(areas.grid_codes[grid]).geometry.representative_point()
    return point.x, point.y


def data_of(district: Installation, receipt: Receipt) -> dict[str, Any]:
    assert receipt.id is not None, receipt.problems
    return dict(district.state("report", receipt.id)["data"])


@pytest.mark.parametrize(
    ("given", "field", "why"),
    [
        ({"place": PlaceIn(0, 0)}, "place", "longitude and latitude 0: no position was given"),
        ({"place": PlaceIn(29.1, 105.3)}, "place", "longitude and latitude look swapped"),
        ({"place": PlaceIn(NAN, 29.1)}, "place", "is not a number"),
        ({"place": PlaceIn(105.3, float("inf"))}, "place", "is not a number"),
        ({"place": PlaceIn(105.3, 91)}, "place", "latitude beyond 90 degrees"),
        ({"place": PlaceIn(-200, 29)}, "place", "longitude beyond 180 degrees"),
        ({"place": PlaceIn(528_000, 3_220_000)}, "place", "these look like metres, not degrees"),
        ({"place": PlaceIn(105.3)}, "place", "a point has both lon and lat"),
        ({"place": PlaceIn(lat=29.1, words="春燕社区门口")}, "place", "a point has both lon and lat"),
        ({"place": PlaceIn(unit_grid="990101999999999")}, "place", "there is no unit grid 990101999999999"),
        ({"category": "GB/T 47678.5/matter/06011X"}, "category", "GB/T 47678.5/matter/06011"),
        ({"category": "x"}, "category", "x is unknown"),
        ({"source": "telegram"}, "source", "is one of collector, hotline_12345"),
        ({"text": " \n\t "}, "text", "is empty"),
        ({"text": "水" * 10_001}, "text", "has 10001 characters, 10000 are allowed"),
        ({"text": "水\x00管"}, "text", "holds control characters"),
        ({"title": "水\x1b[31m管"}, "text", "holds control characters"),
        ({"at": START + timedelta(minutes=6)}, "at", "is before 2000 or in the future"),
        ({"at": datetime(1999, 12, 31, tzinfo=UTC)}, "at", "is before 2000 or in the future"),
        ({"at": datetime(2026, 3, 1)}, "at", "needs its offset from UTC"),
        ({"external_id": ""}, "external_id", "has 1 to 200 characters"),
        ({"external_id": "x" * 201}, "external_id", "has 1 to 200 characters"),
        ({"tags": ("t" * 41,)}, "tags", "at most 20 of 40 characters"),
        ({"photos": ("nothing",)}, "photos", "there is no photo nothing"),
    ],
)
def test_what_cannot_be_is_refused_with_its_reason(
    district: Installation, given: dict[str, Any], field: str, why: str
) -> None:
    before = district.events()
    [receipt] = submitted(district, report(**given))
    [problem] = receipt.problems

    assert (receipt.status, receipt.id, problem.field) == ("rejected", None, field)
    assert why in problem.why and problem.why_zh
    assert district.events() == before


def test_all_that_is_wrong_is_told_at_once(district: Installation) -> None:
    [receipt] = submitted(district, report(source="x", text="", category="y", place=PlaceIn(0, 0)))

    assert {one.field for one in receipt.problems} == {"source", "text", "category", "place"}


@pytest.mark.parametrize(
    "given",
    [
        {"text": "水" * 10_000},
        {"text": "路灯坏了💡👷🏽‍♂️，𠮷祥里"},
        {"text": "两行\n三\t列"},
        {"at": START + timedelta(minutes=4)},
        {"at": datetime(2000, 1, 1, tzinfo=UTC)},
        {"category": "GB/T 47678.5/matter/06010"},
    ],
)
def test_what_is_unusual_is_kept_as_it_is(district: Installation, given: dict[str, Any]) -> None:
    [receipt] = submitted(district, report(**given))
    with district.database.reading() as tx:
        kept = personal.get(tx, district.city, [f"report/{receipt.id}"])[f"report/{receipt.id}"]

    assert kept is not None and kept["text"] == given.get("text", "路边有暴露垃圾")
    assert data_of(district, receipt)["reported_at"] <= START.timestamp()


def test_the_bad_ones_do_not_keep_the_good_ones_out(district: Installation) -> None:
    receipts = submitted(district, report(), report(text=""), report())

    assert [one.status for one in receipts] == ["new", "rejected", "new"]
    assert [one.index for one in receipts] == [0, 1, 2]


def test_a_repeat_changes_nothing_within_a_batch_and_later(district: Installation) -> None:
    one = report()
    other_source = report(external_id=one.external_id, source="media")
    before = district.events()
    first = submitted(district, one, report(external_id=one.external_id, text="别的内容"), other_source)
    second = submitted(district, one, other_source)

    assert [receipt.status for receipt in first] == ["new", "unchanged", "new"]
    assert [(receipt.status, receipt.id) for receipt in second] == [
        ("unchanged", first[0].id),
        ("unchanged", first[2].id),
    ]
    assert district.events() == before + 2


# ---- places


@pytest.mark.parametrize("used", ["wgs84", "cgcs2000", "gcj02", "bd09"])
def test_a_point_is_converted_once_and_kept_as_given(district: Installation, used: Any) -> None:
    lon, lat = middle(district, 17)
    (x,), (y,) = shifted(lon, lat, used)
    [receipt] = submitted(district, report(place=PlaceIn(float(x), float(y), used)))
    data = data_of(district, receipt)

    assert data["place"]["lon"] == pytest.approx(lon, abs=2e-7) and data["place"]["lat"] == pytest.approx(lat, abs=2e-7)
    assert data["place"].get("given") == (
        {"lon": float(x), "lat": float(y), "datum": used} if used in ("gcj02", "bd09") else None
    )
    assert data["unit_grid"] == district.view().areas.grid_codes[17]


def shifted(lon: float, lat: float, used: Any) -> Any:
    return datum.from_wgs84([lon], [lat], used)


def test_a_point_knows_all_its_areas(district: Installation) -> None:
    [receipt] = submitted(district, report(place=PlaceIn(*middle(district, 5))))
    data = data_of(district, receipt)
    kinds = [district.view().areas.area(code).kind for code in data["scopes"]]

    assert data["scopes"][0] == data["unit_grid"] and data["scopes"][-1] == district.city
    assert {"unit_grid", "duty_grid", "community", "street", "district"} <= set(kinds)


def test_words_place_it_where_the_gazetteer_is_sure(district: Installation) -> None:
    areas = district.view().areas
    community = areas.areas("community")[3]
    sure, unsure = submitted(
        district, report(place=PlaceIn(words=f"{community.name}门口")), report(place=PlaceIn(words="老地方"))
    )

    assert community.code in data_of(district, sure)["scopes"]
    assert data_of(district, sure)["place_confidence"] >= 60
    assert (data_of(district, unsure)["place"], data_of(district, unsure)["scopes"]) == (None, [])


def test_a_place_outside_of_the_city_waits_for_an_officer(district: Installation) -> None:
    [receipt] = submitted(district, report(place=PlaceIn(116.39, 39.9)))
    data = data_of(district, receipt)

    assert (data["place"]["lon"], data["scopes"], data["unit_grid"]) == (116.39, [], None)


# ---- personal data


def personally(district: Installation) -> Receipt:
    reporter = Reporter(NAME, PHONE)
    [receipt] = submitted(
        district, report(text=f"请打{PHONE}，我叫{NAME}", reporter=reporter, place=PlaceIn(words="我家"))
    )
    return receipt


def test_nothing_personal_reaches_the_log_or_the_projections(district: Installation) -> None:
    personally(district)
    with district.database.reading() as tx:
        texts = {
            table: " ".join(str(row) for row in tx.execute(f"select * from {table}").fetchall())
            for table in ("event", "report", "city_case", "task", "timer")
        }

    assert [table for table, text in texts.items() if PHONE in text or NAME in text or "我家" in text] == []
    assert "text_digest" in texts["event"]


def test_who_sends_anonymously_is_not_kept(district: Installation) -> None:
    [receipt] = submitted(district, report(reporter=Reporter(NAME, PHONE, anonymous=True)))
    with district.database.reading() as tx:
        kept = personal.get(tx, district.city, [f"report/{receipt.id}"])

    assert kept == {f"report/{receipt.id}": {"text": "路边有暴露垃圾"}}


def test_after_an_erasure_the_log_still_verifies_and_replays(district: Installation) -> None:
    id_ = f"report/{personally(district).id}"
    posts = (Post("administrator", district.city),)
    administrator = Actor("admin", district.city, "admin", posts, permissions_of(posts))
    with district.database.transaction() as tx:
        digest = next(iter(eventlog.read(tx, district.city, id_))).payload["set"]["text_digest"]
        before = personal.matches(tx, district.city, {id_: digest})
        assert personal.erase(tx, administrator, [id_], "本人要求删除") == [id_]
        after = personal.matches(tx, district.city, {id_: digest})
        left = tx.execute("select content, salt from personal where id = %s", (id_,)).fetchone()

    assert (before, after) == ({id_: True}, {id_: None})
    assert (left.content, bytes(left.salt)) == (None, b"")
    district.demand_sound_log()
