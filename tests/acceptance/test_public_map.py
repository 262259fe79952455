"""What everybody may see: categories that are declared, places that are rounded, and nothing of anybody."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import fromstring

import httpx
import pytest
from tests.acceptance.installation import STREET_CLEANING, Installation, served
from tests.acceptance.walking import Walk, taken_in
from tests.conftest import START

from xiuhua.platform.clock import SimulatedClock
from xiuhua.platform.postgres.cluster import Cluster

NOISE = "GB/T 47678.5/matter/06028"
TEXT = "王小二家楼下 13800001234"


@pytest.fixture(scope="module")
def clock() -> SimulatedClock:
    return SimulatedClock(START)


@pytest.fixture(scope="module")
def cases(server: Cluster, tmp_path_factory: pytest.TempPathFactory, clock: SimulatedClock) -> Iterator[Any]:
    """A district with an open case, a closed one, one of a category that is not shown, and one not accepted yet."""
    with served(server, tmp_path_factory.mktemp("map"), clock) as town:
        reporter = {"name": "王小二", "contact": "13800001234"}
        going = taken_in(town, text=TEXT, reporter=reporter).to_be("filed")
        over = taken_in(town, text=TEXT).to_be("closed")
        hidden = taken_in(town, text=TEXT)
        hidden.do(town.who("intake_officer"), "accept", {"category": NOISE})
        taken_in(town, text=TEXT)
        yield town, going, over, hidden


@pytest.fixture
def client(cases: Any) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=cases[0].url, timeout=30) as made:
        yield made


def number(town: Installation, walk: Walk) -> str:
    return str(town.state("case", walk.case)["number"])


def test_only_declared_categories_are_shown(cases: Any, client: httpx.Client) -> None:
    town, going, over, hidden = cases
    features = client.get("/report/map.geojson").json()["features"]

    shown = {one["id"]: one["properties"]["state"] for one in features}
    assert shown == {number(town, going): "open", number(town, over): "closed"}
    assert number(town, hidden) not in client.get("/report/map").text


def test_places_are_rounded_and_the_same_for_neighbours(cases: Any, client: httpx.Client) -> None:
    town, going, *_ = cases
    place = town.state("case", going.case)["data"]["place"]
    [first, second] = [one["geometry"]["coordinates"] for one in client.get("/report/map.geojson").json()["features"]]

    assert first == second != [place["lon"], place["lat"]]
    assert max(abs(first[0] - place["lon"]), abs(first[1] - place["lat"])) < 0.001


@pytest.mark.parametrize("path", ["/report/map", "/report/map.geojson", "/report/feed", "/report/outline.geojson"])
def test_nothing_of_anybody_is_shown(cases: Any, client: httpx.Client, path: str) -> None:
    town, going, *_ = cases
    text = client.get(path).text

    assert not [word for word in ("王", "13800001234", "138****1234", going.case, going.report) if word in text]
    place = town.state("case", going.case)["data"]["place"]
    assert str(place["lon"]) not in text and str(place["lat"]) not in text


def test_what_is_nearby_is_open_and_says_no_more_than_the_map(cases: Any, client: httpx.Client) -> None:
    town, going, *_ = cases
    place = town.state("case", going.case)["data"]["place"]
    near = client.get("/report/nearby", params={"lon": place["lon"], "lat": place["lat"]}).json()
    away = client.get("/report/nearby", params={"lon": 2.35, "lat": 48.85}).json()

    assert near["inside"] and [one["number"] for one in near["cases"]] == [number(town, going)]
    assert near["cases"][0].keys() == {"number", "category", "place", "since", "state", "stage", "metres"}
    assert near["cases"][0]["metres"] % 50 == 0
    assert away == {"inside": False, "place": "", "cases": []}


@pytest.mark.parametrize(
    "params", [{}, {"lon": "x", "lat": "1"}, {"lon": "181", "lat": "0"}, {"lon": "nan", "lat": "nan"}]
)
def test_a_point_is_two_numbers(client: httpx.Client, params: dict[str, str]) -> None:
    assert client.get("/report/nearby", params=params).status_code == 422


def test_an_area_is_chosen_and_an_unknown_one_is_not_found(cases: Any, client: httpx.Client) -> None:
    town = cases[0]
    communities = [one.code for one in town.view().areas.areas("community")]
    counts = [len(client.get("/report/map.geojson", params={"area": one}).json()["features"]) for one in communities]

    assert sorted(counts)[-1] == 2 and sum(counts) == 2
    assert client.get("/report/map", params={"area": "nowhere"}).status_code == 404


def test_the_feed_is_atom_and_may_be_kept(cases: Any, client: httpx.Client) -> None:
    found = client.get("/report/feed", headers={"Accept-Language": "en"})
    feed = fromstring(found.content)
    atom = "{http://www.w3.org/2005/Atom}"

    assert found.headers["content-type"].startswith("application/atom+xml")
    assert "max-age" in found.headers["cache-control"]
    assert len(feed.findall(f"{atom}entry")) == 2 and feed.find(f"{atom}updated") is not None


def test_who_has_the_data_is_told_so(client: httpx.Client) -> None:
    first = client.get("/report/map.geojson")
    again = client.get("/report/map.geojson", headers={"If-None-Match": first.headers["etag"]})

    assert (again.status_code, again.content) == (304, b"")


def test_closed_cases_are_shown_for_some_days_only(cases: Any, client: httpx.Client, clock: SimulatedClock) -> None:
    town, going, *_ = cases
    clock.move_to(clock.now() + timedelta(days=31))

    assert [one["id"] for one in client.get("/report/map.geojson").json()["features"]] == [number(town, going)]


def test_an_installation_may_show_nothing(server: Cluster, tmp_path: Path) -> None:
    with served(server, tmp_path, public_map=False) as town, httpx.Client(base_url=town.url) as client:
        taken_in(town).to_be("filed")
        found = [
            client.get(f"/report/{path}").status_code for path in ("map", "map.geojson", "feed", "outline.geojson")
        ]
        middle = town.view().areas.area(town.view().areas.grid_codes[0]).geometry.representative_point()
        near = client.get("/report/nearby", params={"lon": middle.x, "lat": middle.y}).json()

    assert (found, near["cases"]) == ([200, 404, 404, 404], [])


def test_a_category_is_a_matter_of_the_pack(cases: Any) -> None:
    town = cases[0]
    declared = town.view().settings["report"]["public_categories"]

    assert "!GB/T 47678.5/matter/06028" in declared and STREET_CLEANING not in declared
