"""Draws can be made again, are fair enough, and keep people away from their own."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xiuhua.checks import drawing
from xiuhua.platform.errors import ConditionUnmet

THINGS = [f"t{n}" for n in range(40)]


@given(st.permutations(THINGS), st.text(max_size=20))
def test_the_same_seed_draws_the_same_in_whatever_order_things_come(things: list[str], seed: str) -> None:
    assert drawing.drawn(seed, things, 7) == drawing.drawn(seed, THINGS, 7)


def test_another_seed_draws_otherwise_and_everything_is_drawn_at_times() -> None:
    counts = Counter(one for seed in range(400) for one in drawing.drawn(str(seed), THINGS, 10))

    assert set(counts) == set(THINGS) and min(counts.values()) > 60 and max(counts.values()) < 140


def test_a_known_draw_stays_as_it_is_for_ever() -> None:
    # SHA-256 of "2026031|s1" … in the order of their digits: whoever has the seed finds the same.
    assert drawing.drawn("2026031", ["s1", "s2", "s3", "s4", "s5", "s6"], 3) == ["s2", "s5", "s3"]


def test_of_each_type_as_many_as_asked_for() -> None:
    types = {one: "big" if n % 4 == 0 else "small" for n, one in enumerate(THINGS)}
    found = drawing.by_quota("x", types, {"big": 4, "small": 3})

    assert Counter(types[one] for one in found) == {"big": 4, "small": 3}
    with pytest.raises(ConditionUnmet):
        drawing.by_quota("x", types, {"big": 11})


@given(st.text(max_size=10))
def test_inspectors_share_the_work_and_never_meet_their_own(seed: str) -> None:
    people = [f"{unit}{n}" for unit in "ab" for n in range(4)]
    found = drawing.inspectors(seed, THINGS, people, 2, lambda thing, person: thing == "t0" and person.startswith("a"))
    load = Counter(one for some in found.values() for one in some)

    assert all(len(set(some)) == 2 for some in found.values()) and set(found) == set(THINGS)
    assert all(one.startswith("b") for one in found["t0"])
    assert max(load.values()) - min(load.values()) <= 1


def test_too_few_inspectors_are_told() -> None:
    with pytest.raises(ConditionUnmet):
        drawing.inspectors("x", ["t1"], ["a", "b"], 2, lambda _thing, person: person == "a")
