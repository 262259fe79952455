"""Metres along lines are counted once."""

from __future__ import annotations

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from xiuhua.records.stretches import covered, union

METRES = st.integers(0, 60)


def test_what_overlaps_is_counted_once_and_lines_apart() -> None:
    told = [("R1", 0, 100), ("R1", 250, 80), ("R1", 300, 400), ("R2", 0, 50), ("R1", 320, 330), ("R3", 7, 7)]
    found = {one.line: one for one in covered((line, Decimal(a), Decimal(b)) for line, a, b in told)}

    assert {line: (int(one.metres), int(one.told), one.stretches) for line, one in found.items()} == {
        "R1": (350, 380, 4), "R2": (50, 50, 1), "R3": (0, 0, 1),
    }  # fmt: skip
    assert list(covered([])) == []


@given(st.lists(st.tuples(METRES, METRES)))
def test_as_if_every_metre_were_ticked_off(pairs: list[tuple[int, int]]) -> None:
    ticked = {metre for a, b in pairs for metre in range(min(a, b), max(a, b))}
    assert union([(Decimal(min(one)), Decimal(max(one))) for one in pairs]) == len(ticked)
