"""Search by words and contacts, and what is reported again and again, over HTTP."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import httpx
import pytest
from tests.acceptance.installation import Installation, told
from tests.acceptance.walking import Walk, taken_in
from tests.reading import caught_up

from xiuhua.platform import personal
from xiuhua.platform.clock import SimulatedClock
from xiuhua.platform.identity.model import Actor, Post
from xiuhua.platform.identity.permissions import permissions_of

LEADER, OFFICER, COLLECTOR = "shift_leader01", "intake_officer01", "collector01"
PHONE = "13812345678"


def found(town: Installation, q: str, person: str = LEADER, **given: Any) -> list[dict[str, Any]]:
    caught_up(town.services)
    return list(town.get(person, "/api/search", q=q, **given)["items"])


def with_text(town: Installation, text: str, **given: Any) -> Walk:
    return taken_in(town, text=text, **given)


# ---- texts


@pytest.mark.parametrize("q", ["蝴蝶", "蝴蝶兰", "花坛里的蝴蝶兰", "蝴蝶 花坛", "ABC１２3", "abc123"])
def test_words_of_two_characters_and_more_are_found(town: Installation, q: str) -> None:
    walk = with_text(town, "花坛里的蝴蝶兰被偷，牌号ABC123。")

    assert walk.report in {hit["id"] for hit in found(town, q)}


@pytest.mark.parametrize("q", ["蝶蝴", "兰被牌", "坛里蝴蝶", "偷牌"])
def test_neighbours_only_count_as_they_stand(town: Installation, q: str) -> None:
    walk = with_text(town, "花坛里的蝴蝶兰被偷，牌号ABC123。")

    assert walk.report not in {hit["id"] for hit in found(town, q)}


def test_a_hit_shows_masked_words_around_it(town: Installation) -> None:
    walk = with_text(town, f"蜻蜓公园大门坏了，请打{PHONE}")
    [hit] = [one for one in found(town, "蜻蜓") if one["id"] == walk.report]

    assert "蜻蜓公园" in hit["snippet"] and PHONE not in hit["snippet"] and "138****5678" in hit["snippet"]


def test_what_is_masked_cannot_be_searched(town: Installation) -> None:
    with_text(town, f"蜻蜓公园大门坏了，请打{PHONE}")

    assert found(town, PHONE) == []


def test_pages_go_on_and_newest_come_first(town: Installation) -> None:
    sent = [with_text(town, f"第{n}只蟋蟀").report for n in range(5)]
    caught_up(town.services)
    ids, cursor = [], {}
    for _ in range(3):
        page = town.get(LEADER, "/api/search", q="蟋蟀", limit=2, **cursor)
        ids += [hit["id"] for hit in page["items"]]
        cursor = {"cursor": page["next"]}

    assert ids == sorted(sent, reverse=True) and page["next"] is None


def test_a_filter_is_of_the_case(town: Installation) -> None:
    one, other = with_text(town, "螳螂甲").to_be("accepted"), with_text(town, "螳螂乙").to_be("dispatched")
    with_text(town, "螳螂丙")

    assert {hit["id"] for hit in found(town, "螳螂", state="accepted")} == {one.report}
    assert {hit["id"] for hit in found(town, "螳螂", unit="sanitation")} == {other.report}
    assert len(found(town, "螳螂")) == 3


def test_a_rare_word_is_found_behind_many_others(town: Installation, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("xiuhua.loop.search.service._REACH", "order by opened_at desc, id desc offset 2 limit 1")
    walk = with_text(town, "蝈蝈在叫").to_be("accepted")
    for _ in range(6):
        with_text(town, "别的事情")

    assert [hit["id"] for hit in found(town, "蝈蝈")] == [walk.report]
    assert [hit["id"] for hit in found(town, "蝈蝈", state="accepted")] == [walk.report]


def test_every_search_is_written_down_once_with_numbers_masked(town: Installation) -> None:
    found(town, f"蚂蚱 {PHONE}")
    with town.database.reading() as tx:
        rows = tx.execute("select actor, why from access_log where what = 'search' order by id desc limit 2").fetchall()

    assert rows[0].actor == LEADER and rows[0].why == "蚂蚱 138****5678"
    assert rows[1].why != rows[0].why


def test_an_erasure_takes_the_index_with_it(town: Installation) -> None:
    walk = with_text(town, "知了太吵", reporter={"name": "王五", "contact": PHONE})
    assert len(found(town, "知了")) == 1
    posts = (Post("administrator", town.city),)
    with town.database.transaction() as tx:
        eraser = Actor("admin", town.city, "", posts, permissions_of(posts))
        personal.erase(tx, eraser, [f"report/{walk.report}"], "asked for")
        kept = tx.execute("select tokens::text as t, contact from search_text where id = %s", (walk.report,)).fetchone()

    assert (kept.t, kept.contact) == ("", None) and found(town, "知了") == []


@pytest.mark.parametrize(
    ("person", "q", "expected"),
    [
        (COLLECTOR, "井盖", (403, "not_allowed")),
        ("leader01", "井盖", (403, "not_allowed")),
        (LEADER, "井", (422, "invalid")),
        (LEADER, "，。", (422, "invalid")),
        (LEADER, "井" * 60, (422, "invalid")),
    ],
)
def test_who_may_not_and_what_is_no_word(town: Installation, person: str, q: str, expected: tuple[int, str]) -> None:
    assert told(town.client(person).get("/api/search", params={"q": q})) == expected


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", "/api/search?q=xx"), ("POST", "/api/search/contact"), ("GET", "/api/repeats"), ("GET", "/api/filters"),
        ("POST", "/api/filters"), ("DELETE", "/api/filters/x"), ("POST", "/api/cases/bulk"), ("GET", "/api/bulk/x"),
        ("POST", "/api/reports/bulk"), ("GET", "/api/bulk/x/items"), ("GET", "/api/cases/export"),
        ("GET", "/api/reports/export"), ("GET", "/api/inbox/export"), ("GET", "/api/search/export?q=xx"),
        ("POST", "/api/cases/x/tags"),
    ],
)  # fmt: skip
def test_strangers_see_nothing(town: Installation, method: str, path: str) -> None:
    with httpx.Client(base_url=town.url) as stranger:
        assert stranger.request(method, path, json={} if method == "POST" else None).status_code == 401


# ---- contacts


def test_a_phone_is_found_exactly_with_a_reason(town: Installation) -> None:
    reporter = {"name": "李四", "contact": "139 0000 1111"}
    walk = with_text(town, "路灯不亮", reporter=reporter)
    caught_up(town.services)
    client = town.client(OFFICER)
    answer = client.post("/api/search/contact", json={"contact": "+86-13900001111", "why": "calls again"})
    none = client.post("/api/search/contact", json={"contact": "1390000111", "why": "calls again"})
    refused = town.client("dispatcher01").post("/api/search/contact", json={"contact": "13900001111", "why": "x y"})

    assert [hit["id"] for hit in answer.json()["items"]] == [walk.report]
    assert none.json()["items"] == [] and told(refused) == (403, "not_allowed")
    with town.database.reading() as tx:
        [row] = tx.execute("select why from access_log where what = 'search_contact' order by id desc limit 1")
    assert row.why == "calls again"


# ---- repeats


@pytest.fixture
def often(town: Installation) -> Iterator[list[Walk]]:
    """Three reports of one reporter at one place."""
    grid = town.view().areas.area(town.view().areas.grid_codes[150]).geometry.representative_point()
    place, reporter = {"lon": grid.x, "lat": grid.y}, {"name": "赵六", "contact": "13711112222"}
    walks = [with_text(town, f"又是这里{n}", place=place, reporter=reporter).to_be("accepted") for n in range(3)]
    caught_up(town.services)
    yield walks


@pytest.mark.parametrize("by", ["place", "matter", "reporter"])
def test_what_is_reported_again_and_again_is_found(town: Installation, often: list[Walk], by: str) -> None:
    groups = town.get(LEADER, "/api/repeats", by=by)
    mine = [one for one in groups if {walk.report for walk in often} <= set(one["ids"])]

    assert len(mine) == 1 and mine[0]["reports"] >= 3
    assert town.get(LEADER, "/api/repeats", by=by, at_least=1000) == []
    assert "13711112222" not in str(groups)


def test_a_case_tells_how_often_its_place_was_reported(
    town: Installation, often: list[Walk], town_clock: SimulatedClock
) -> None:
    assert town.get(LEADER, f"/api/cases/{often[0].case}")["repeated"] >= 3
