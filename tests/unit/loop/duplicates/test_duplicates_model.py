"""What counts as the same problem, and that the join in memory finds exactly what a plain comparison finds."""

from __future__ import annotations

import numpy as np
import pytest

from xiuhua.city.areas.plane import metres_per_degree
from xiuhua.loop.duplicates.batch import Grid, Many
from xiuhua.loop.duplicates.likeness import likeness, sketches
from xiuhua.loop.duplicates.model import MATTERS, Rules, cells, cells_around, matter_of, rules_of, scored
from xiuhua.loop.suggest.features import bags

RUBBISH = "幸福路12号门口垃圾堆积如山，臭气熏天，请尽快清运"
SAME = "垃圾堆积如山，在幸福路12号门口，臭气熏天没人清运"
LAMP = "幸福路12号门口路灯坏了好几天，晚上一片漆黑"


def alike(one: str, other: str) -> float:
    left, right = sketches(bags([one, other]))
    return float(likeness(left, right))


def score(distance_m: float, hours: float, matter: str, words: float) -> float:
    return float(scored([distance_m], [hours], [MATTERS.index(matter)], [words], [50.0], 7.0)[0])  # type: ignore[arg-type]


def test_likeness_follows_the_words() -> None:
    assert alike(RUBBISH, RUBBISH) == 1
    assert alike(RUBBISH, SAME) > 0.4 > alike(RUBBISH, LAMP)
    assert alike(RUBBISH, "") == 0


def test_likeness_is_near_the_share_of_common_features() -> None:
    texts = [RUBBISH, SAME, LAMP, RUBBISH + LAMP, "公厕没有水，地面很脏"]
    found = bags(texts)
    sets = [set(found.index[found.starts[n] : found.starts[n + 1]].tolist()) for n in range(len(texts))]
    drawn = sketches(found)
    for one in range(len(texts)):
        for other in range(len(texts)):
            share = len(sets[one] & sets[other]) / len(sets[one] | sets[other])
            assert abs(float(likeness(drawn[one], drawn[other])) - share) < 0.3


def test_another_matter_at_the_same_place_stays_low() -> None:
    rules, words = Rules(), alike(RUBBISH, LAMP)

    assert score(0, 0, "other", words) < rules.shown
    assert score(0, 0, "unknown", words) < rules.likely
    assert score(10, 5, "same", alike(RUBBISH, SAME)) > rules.likely


@pytest.mark.parametrize("matter", MATTERS)
def test_nearer_sooner_and_more_alike_is_likelier(matter: str) -> None:
    assert score(0, 1, matter, 0.5) >= score(40, 1, matter, 0.5)
    assert score(10, 1, matter, 0.5) >= score(10, 100, matter, 0.5)
    assert score(10, 1, matter, 0.9) >= score(10, 1, matter, 0.1)


@pytest.mark.parametrize(
    ("one", "other", "matter"),
    [
        ("S/matter/06010", "S/matter/06010", "same"), ("S/matter/06010", "S/matter/06012", "related"),
        ("S/matter/06010", "S/matter/01010", "other"), ("S/matter/06010", "T/matter/06010", "other"),
        ("S/matter/06010", "T/event/0101", "same"), (None, "S/matter/06010", "unknown"),
    ],
)  # fmt: skip
def test_categories_are_compared(one: str | None, other: str, matter: str) -> None:
    assert matter_of(one, other, ("S/matter/06010", "T/event/0101")) == matter


def test_rules_come_from_the_settings() -> None:
    rules = rules_of({"duplicate_radius_m": 30, "duplicate_radii": "matter/06=80 matter/06010=120 nonsense"})

    assert [rules.radius(f"S/matter/{code}") for code in ("06010", "06012", "01001")] == [120, 80, 30]
    assert rules.radius(None) == 30


@pytest.mark.parametrize("lat", [-33.4, 0.0002, 29.1, 52.0])
def test_every_point_of_a_circle_lies_in_its_cells(lat: float) -> None:
    turn = np.linspace(0, 2 * np.pi, 400)
    east, north = metres_per_degree(lat)
    lon, around = 105.3 + 79.9 * np.cos(turn) / east, lat + 79.9 * np.sin(turn) / north

    assert set(cells(lon, around).tolist()) <= set(cells_around(105.3, lat, 80))


def many(count: int, seed: int) -> Many:
    chance = np.random.default_rng(seed)
    category = chance.integers(0, 40, count)
    return Many(
        105.3 + chance.random(count) * 0.004, 29.1 + chance.random(count) * 0.004,
        1_770_000_000 + chance.integers(0, 20 * 86400, count),
        np.where(category == 0, 0, (category // 8 << 16) + category),
        chance.integers(0, 3, (count, 32)).astype(np.uint8),
    )  # fmt: skip


def test_the_join_finds_what_comparing_all_with_all_finds() -> None:
    asked, known = many(150, 1), many(400, 2)
    found = Grid(known, days=7).find(asked, radius_m=60, least=0.2)
    east = np.array([metres_per_degree(lat)[0] for lat in asked.lat])
    dx = (asked.lon[:, None] - known.lon) * east[:, None]
    dy = (asked.lat[:, None] - known.lat) * metres_per_degree(29.102)[1]
    distance, hours = np.hypot(dx, dy), np.abs(asked.at[:, None] - known.at) / 3600
    matter = np.where(
        (asked.category[:, None] == 0) | (known.category == 0), 2,
        np.where(asked.category[:, None] == known.category, 0,
                 np.where(asked.category[:, None] >> 16 == known.category >> 16, 1, 3)),
    )  # fmt: skip
    words = likeness(asked.sketch[:, None, :], known.sketch[None])  # type: ignore[index]
    wanted = (distance <= 60) & (hours <= 168) & (scored(distance, hours, matter, words, 60, 7) >= 0.2)

    assert set(zip(found.asked.tolist(), found.known.tolist(), strict=True)) == set(
        zip(*(one.tolist() for one in np.nonzero(wanted)), strict=True)
    )
    assert len(found.asked) > 50


def test_what_is_asked_for_itself_is_left_out() -> None:
    known = many(300, 3)
    found = Grid(known).find(known, itself=True)

    assert len(found.asked) > 0 and (found.asked != found.known).all()


def test_nothing_among_nothing() -> None:
    nothing = many(0, 1)
    assert len(Grid(nothing).find(many(3, 2)).asked) == 0
    assert len(Grid(many(3, 2)).find(nothing).asked) == 0
