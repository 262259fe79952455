"""The fold: events alone give the state, without the procedure."""

from __future__ import annotations

import copy
import json
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.unit.flow.conftest import Running

from xiuhua.flow.model import State, apply, described, instance, places, subject_view

SEED = {"id": "i", "number": "n", "procedure": "p", "pack": "d", "subject": "thing", "to": "open", "set": {"a": 1}}


def state() -> State:
    return apply(None, SEED, 100)


def test_a_beginning() -> None:
    one = state()
    assert (one["state"], one["since"], one["opened"], one["data"]) == ("open", 100, 100, {"a": 1})
    assert one["tracks"] == one["clocks"] == {} and one["waits"] == one["timers"] == []


@pytest.mark.parametrize(
    ("payload", "changed"),
    [
        ({"to": "shut"}, {"state": "shut", "since": 200}),
        ({"action": "note"}, {}),
        ({"set": {"b": 2}}, {"data": {"a": 1, "b": 2}}),
        ({"append": {"list": {"x": 1}}}, {"data": {"a": 1, "list": [{"x": 1}]}}),
        ({"clocks": {"c": {"due": 1}}}, {"clocks": {"c": {"due": 1}}}),
        ({"waits": [{"role": "x"}]}, {"waits": [{"role": "x"}]}),
        ({"timers": [{"at": 1}]}, {"timers": [{"at": 1}]}),
        ({"track": "side", "to": "shut"}, {}),
    ],
)
def test_what_each_key_changes(payload: dict[str, Any], changed: dict[str, Any]) -> None:
    assert apply(state(), payload, 200) == state() | changed


def test_amending_the_last_of_a_list() -> None:
    one = apply(state(), {"append": {"list": {"x": 1, "y": 1}}}, 1)
    one = apply(one, {"append": {"list": {"x": 2}}, "amend": {"list": {"x": 3, "z": 0}}}, 2)
    assert one["data"]["list"] == [{"x": 1, "y": 1}, {"x": 3, "z": 0}]


def test_instances_are_put_in_order() -> None:
    one = apply(state(), {"tracks": {"side": [{"n": 2, "state": "b"}, {"n": 1, "state": "a"}]}}, 1)
    one = apply(one, {"tracks": {"side": [{"n": 1, "state": "c"}]}}, 2)
    assert one["tracks"]["side"] == [{"n": 1, "state": "c"}, {"n": 2, "state": "b"}]
    assert instance(one, "side", 2) == {"n": 2, "state": "b"} and instance(one, "side", 3) is None
    assert instance(one, "other", 1) is None and places(one) == {"open", "side.b", "side.c"}


def test_how_expressions_see_it() -> None:
    one = {"n": 1, "state": "a", "since": 5, "item": {"unit": "roads"}}
    assert described(one) == {"n": 1, "state": "a", "since": 5, "unit": "roads"}
    assert subject_view(state())["a"] == 1 and subject_view(state())["state"] == "open"


def test_unknown_keys_are_left_alone() -> None:
    assert apply(state(), {"weather": "rain", "to": "shut"}, 5) == apply(state(), {"to": "shut"}, 5)
    assert apply(None, {**SEED, "weather": "rain"}, 100) == state()


names = st.sampled_from(["a", "b", "list"])
payloads = st.fixed_dictionaries(
    {},
    optional={
        "to": st.sampled_from(["open", "shut"]),
        "set": st.dictionaries(names, st.integers(), max_size=2),
        "append": st.fixed_dictionaries({"rows": st.dictionaries(names, st.integers(), max_size=2)}),
        "tracks": st.fixed_dictionaries(
            {"side": st.lists(st.fixed_dictionaries({"n": st.integers(1, 4), "state": names}), max_size=3)}
        ),
        "clocks": st.dictionaries(names, st.fixed_dictionaries({"due": st.integers()}), max_size=2),
        "waits": st.lists(st.fixed_dictionaries({"role": names}), max_size=2),
    },
)


@settings(deadline=None)
@given(events=st.lists(payloads, max_size=8))
def test_a_fold_changes_nothing_it_was_given(events: list[dict[str, Any]]) -> None:
    one, before = state(), copy.deepcopy(events)
    for number, payload in enumerate(events):
        kept = copy.deepcopy(one)
        new = apply(one, payload, number)
        assert one == kept
        one = new
    assert events == before and json.loads(json.dumps(one)) == one


WORK = """
tracks: {main: {states: {open: {}, over: {final: true}}}, side: {states: {asked: {}, over: {final: true}}}}
clocks: {work: {limit: {value: '{"amount": "1", "kind": "work_hour"}'}, calendar_of: handler, runs_in: [open]}}
actions:
  begin: {creates: true, to: open}
  ask: {from: [open], opens: {track: side}}
  grant: {on: side, from: [asked], to: over, effects: {append: {list: {at: now}}}}
  end: {from: [open], to: over}
"""


def test_the_log_gives_the_live_state(running: Callable[..., Running]) -> None:
    one = running(WORK).do("begin").do("ask").do("ask").do("grant", n=2, after_min=5).do("end", after_min=5)
    folded = None
    for event in one.events:
        folded = apply(folded, json.loads(json.dumps(event.payload)), event.at)
    assert folded == one.state
