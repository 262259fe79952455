"""Fields of many rows come out as of one row read with care, right and wrong ones alike."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from xiuhua.flow import fields
from xiuhua.flow.batches import Batch
from xiuhua.flow.context import Context
from xiuhua.packs.common import FieldSpec

SPECS = {
    "code": FieldSpec(type="text", required=True, max_length=5),
    "use": FieldSpec(type="choice", of=["gas", "rain"]),
    "deep": FieldSpec(type="decimal", minimum=0),
    "count": FieldSpec(type="integer", maximum=9),
    "owner": FieldSpec(type="unit"),
    "tags": FieldSpec(type="text", many=True),
    "net": FieldSpec(type="boolean"),
}
MORE = {
    **SPECS,
    "kind": FieldSpec(type="text", default="'plain'"),
    "why": FieldSpec(type="text", required="fields.net == true"),
}
VALUES = st.one_of(
    st.none(), st.booleans(), st.integers(-3, 12),
    st.sampled_from(["", "gas", "rain", "roads", "x", "1.50", "toolong"]),
    st.lists(st.sampled_from(["a", "b", 1]), max_size=2), st.just({"a": 1}),
)  # fmt: skip
ROWS = st.dictionaries(st.sampled_from([*MORE, "unheard"]), VALUES)


def look_up(kind: str, code: str) -> dict[str, Any] | None:
    return {"code": code} if code == "roads" else None


@pytest.mark.parametrize("specs", [SPECS, MORE])
@given(rows=st.lists(ROWS, max_size=4))
@example(rows=[{"code": "gas", "unheard": None}])
def test_both_ways_give_the_same(specs: dict[str, FieldSpec], rows: list[dict[str, Any]]) -> None:
    batch = Batch(specs, look_up)
    for row in rows:
        context = Context({"now": 0})
        values, _, errors = fields.read(specs, row, context, look_up)
        assert batch.read(row, lambda: Context({"now": 0})) == (values, errors)


@given(rows=st.lists(ROWS, max_size=4))
def test_changes_too(rows: list[dict[str, Any]]) -> None:
    batch, context = Batch(SPECS, look_up), Context({"now": 0})
    for row in rows:
        named = {name: SPECS[name] for name in row if name in SPECS}
        assert batch.read_some(row, lambda: context) == fields.read_some(named, row, context, look_up)
