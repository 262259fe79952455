"""Cases held in memory against the same told case by case."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from xiuhua.loop.brief import choosing, model
from xiuhua.loop.brief.held import merged
from xiuhua.loop.brief.reading import KEPT, Columns

NOW = 1000


def columns(rows: list[dict[str, Any]]) -> Columns:
    rows = sorted(rows, key=lambda row: row["tile"])
    return {name: np.array([row.get(name, 0) for row in rows], kind) for name, kind in KEPT.items()}


CASE = st.fixed_dictionaries({
    "no": st.integers(1, 40), "tile": st.integers(-1, 255), "lon": st.floats(105, 106), "lat": st.floats(28, 29),
    "opened": st.integers(0, 2000), "due": st.sampled_from([0, 500, 2000]), "yellow": st.sampled_from([400, 1600]),
    "stopped": st.sampled_from([0, 300, 900, 3000]), "flags": st.integers(0, 3),
})  # fmt: skip
CASES = st.lists(CASE, max_size=60, unique_by=lambda row: row["no"])


@given(old=CASES, new=CASES)
def test_what_changed_is_merged_in(old: list[dict[str, Any]], new: list[dict[str, Any]]) -> None:
    given_ = columns(old)
    before = {name: column.copy() for name, column in given_.items()}
    found = merged(given_, columns(new))
    wanted = {row["no"]: row for row in [*old, *new]}

    assert {name: column.dtype for name, column in found.items()} == {
        name: np.dtype(kind) for name, kind in KEPT.items()
    }
    assert (np.diff(found["tile"]) >= 0).all() and len(found["no"]) == len(wanted)
    for name in ("tile", "opened", "flags"):
        assert dict(zip(found["no"].tolist(), found[name].tolist(), strict=True)) == {
            no: row[name] for no, row in wanted.items()
        }
    assert all((given_[name] == before[name]).all() for name in before), "what others read stays as it is"


@given(rows=CASES.filter(bool), shift=st.sampled_from([0, 2, 4, 8]))
def test_squares_hold_every_case_once(rows: list[dict[str, Any]], shift: int) -> None:
    given_ = choosing.within(columns(rows), [(0, 255)])
    if not len(given_["no"]):
        return
    found = choosing.squares(given_, shift, NOW)
    cells: dict[int, list[dict[str, Any]]] = defaultdict(list)
    for row in rows:
        if row["tile"] >= 0:
            cells[row["tile"] >> shift].append(row)

    told = sorted(cells.items())

    def of(light: int) -> list[int]:
        return [model.lights(columns(cell), NOW).tolist().count(light) for _, cell in told]

    assert found["count"].tolist() == [len(cell) for _, cell in told]
    assert found["lon"].tolist() == pytest.approx([np.mean([row["lon"] for row in cell]) for _, cell in told])
    assert [found[name].tolist() for name in ("red", "yellow", "grey")] == [
        of(light) for light in (model.RED, model.YELLOW, model.GREY)
    ]


@given(rows=CASES, spans=st.sampled_from([[(0, 15)], [(0, 15), (32, 47)], [(16, 16), (17, 17), (240, 255)]]))
def test_spans_of_tiles(rows: list[dict[str, Any]], spans: list[tuple[int, int]]) -> None:
    found = choosing.within(columns(rows), spans)
    wanted = sorted(row["no"] for row in rows if any(first <= row["tile"] <= last for first, last in spans))

    assert sorted(found["no"].tolist()) == wanted


@given(rows=CASES, most=st.integers(1, 20))
def test_of_too_many_the_newest_are_told(rows: list[dict[str, Any]], most: int) -> None:
    found = choosing.newest(columns(rows), most)

    assert sorted(found["opened"].tolist()) == sorted(row["opened"] for row in rows)[-most:]
