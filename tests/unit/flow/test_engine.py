"""The engine on small procedures: what is open, to whom, in which order, and what follows by itself."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from tests.unit.flow.conftest import START, Running, clerk, the_system

from xiuhua.flow.engine import Birth
from xiuhua.flow.model import Attempt
from xiuhua.flow.scenarios import CITY
from xiuhua.platform.errors import ConditionUnmet, Invalid, NotAllowed, NotNow

Make = Callable[..., Running]
PLAIN = """
tracks: {main: {states: {open: {}, shut: {}, over: {final: true}}}}
actions:
  begin: {creates: true, to: open}
  close: {from: [open], to: shut}
  open_again: {from: [shut], to: open, backward: true}
  end: {from: [shut], to: over, requires: [{that: thing.count == 0, otherwise: {zh: 数, en: count it}}]}
  add: {from: [open], fields: {by: {type: integer, required: true}}, effects: {set: {count: thing.count + fields.by}}}
  tick: {from: [open], by: [{role: system}], effects: {set: {count: thing.count + 1}}}
"""


def test_an_action_moves_and_is_told(running: Make) -> None:
    one = running(PLAIN).do("begin").do("close", after_min=5)

    assert one.state["state"] == "shut" and one.told == ["Begin", "Close"]
    assert one.events[1].payload == {"action": "close", "from": "open", "to": "shut"}
    assert one.state["since"] == one.events[1].at == int(START.timestamp()) + 300


def test_what_is_there_is_not_brought_into_being_again(running: Make) -> None:
    with pytest.raises(NotNow):
        running(PLAIN).do("begin").do("begin")


def test_nothing_begins_with_an_ordinary_action(running: Make) -> None:
    with pytest.raises(NotNow):
        running(PLAIN).do("close")


def test_unknown_action(running: Make) -> None:
    with pytest.raises(Invalid):
        running(PLAIN).do("begin").do("jump")


def test_a_step_back_needs_its_reason(running: Make) -> None:
    one = running(PLAIN).do("begin").do("close")
    with pytest.raises(Invalid) as caught:
        one.do("open_again", reason="  ")
    assert caught.value.params["errors"][0]["field"] == "reason"
    assert one.do("open_again", reason="too early").events[-1].payload["reason"] == "too early"


@pytest.mark.parametrize("reason", ["x" * 2001, "a\x00b", "\ud800"])
def test_a_reason_that_cannot_be_kept(running: Make, reason: str) -> None:
    with pytest.raises(Invalid):
        running(PLAIN).do("begin").do("close").do("open_again", reason=reason)


def test_a_condition_speaks_both_languages(running: Make) -> None:
    one = running(PLAIN).do("begin").do("add", by=2).do("close")
    with pytest.raises(ConditionUnmet) as caught:
        one.do("end")
    assert caught.value.params["texts"] == {"zh": "数", "en": "count it"}


def test_errors_come_in_order_who_then_when_then_what(running: Make) -> None:
    one = running(PLAIN).do("begin")
    with pytest.raises(NotAllowed):
        one.do("tick", by=2)
    with pytest.raises(NotNow):
        one.do("end", nonsense=1)
    with pytest.raises(Invalid):
        one.do("add", by="two")


def test_only_the_system_does_what_is_the_systems(running: Make) -> None:
    one = running(PLAIN).do("begin").do("tick", the_system())
    assert one.data["count"] == 1
    with pytest.raises(NotAllowed):
        one.do("close", the_system())


def test_what_is_offered_and_why_it_would_fail(running: Make) -> None:
    one = running(PLAIN).do("begin").do("add", by=2).do("close")
    offered = {each.action: each for each in one.engine.allowed(one.state, clerk(), one.now, one.city)}
    assert set(offered) == {"open_again", "end"}
    assert offered["end"].unmet == ({"zh": "数", "en": "count it"},) and offered["open_again"].reason_needed


# ---- business time


def test_an_offline_action_keeps_its_own_time(running: Make) -> None:
    one = running(PLAIN).do("begin").do("close", after_min=30, at=START + timedelta(minutes=10))
    assert one.state["since"] == int(START.timestamp()) + 600


def test_a_phone_whose_clock_is_a_little_ahead_acts_now(running: Make) -> None:
    one = running(PLAIN).do("begin").do("close", after_min=30, at=START + timedelta(minutes=34))
    assert one.state["since"] == int(START.timestamp()) + 1800


@pytest.mark.parametrize("minutes", [-1, 36])
def test_business_time_lies_between_the_present_state_and_now(running: Make, minutes: int) -> None:
    one = running(PLAIN).do("begin")
    with pytest.raises(Invalid) as caught:
        one.do("close", after_min=30, at=START + timedelta(minutes=minutes))
    assert caught.value.params["errors"][0]["field"] == "at"


# ---- what follows by itself

CHAIN = """
tracks: {main: {states: {open: {}, middle: {}, over: {final: true}}}}
actions:
  begin: {creates: true, to: open}
  go:
    from: [open]
    to: middle
    effects: {set: {count: thing.count + 1}}
    then: [{do: finish, when: thing.count == 1, fields: {by: thing.count + 10}}, {do: never, when: thing.count == 9}]
  finish:
    by: [{role: system}]
    from: [middle]
    to: over
    fields: {by: {type: integer}}
    effects: {set: {count: fields.by}}
  never: {by: [{role: system}], from: [middle], to: over}
  spin: {from: [open], then: [{do: turn}]}
  turn: {by: [{role: system}], from: [open], then: [{do: turn}]}
  fail: {from: [open], effects: {set: {count: "99"}}, then: [{do: never}]}
"""


def test_then_sees_the_new_state_and_is_done_by_the_system(running: Make) -> None:
    one = running(CHAIN).do("begin").do("go")
    assert one.state["state"] == "over" and one.data["count"] == 11
    assert [(each.type, each.actor) for each in one.events][1:] == [("GoDone", "clerk1"), ("FinishDone", "system")]


def test_circles_come_to_an_end(running: Make) -> None:
    with pytest.raises(ConditionUnmet, match="circles"):
        running(CHAIN).do("begin").do("spin")


def test_all_or_nothing(running: Make) -> None:
    one = running(CHAIN).do("begin")
    with pytest.raises(NotNow):
        one.do("fail")
    assert one.data["count"] == 0 and one.told == ["Begin"]


# ---- side tracks

VOTES = """
settings: {most: {type: integer, default: 3, title: {zh: 多, en: most}}}
tracks:
  main: {states: {open: {}, decided: {}, over: {final: true}}}
  vote:
    states: {asked: {}, yes: {final: true}, no: {final: true}, gone: {final: true}}
    join: JOIN
  late: {outlives: true, states: {asked: {}, over: {final: true}}}
actions:
  begin: {creates: true, to: open}
  ask:
    from: [open]
    fields: {who: {type: text, many: true}}
    opens: {track: vote, for_each: fields.who, item: {who: each}}
  ask_one: {from: [open], opens: {track: vote, most_open: 1, most: {setting: most}, item: {who: '"one"'}}}
  agree: {on: vote, from: [asked], to: yes, effects: {item: {said: item.who + "!"}}}
  refuse: {on: vote, from: [asked], to: no}
  decide: {by: [{role: system}], from: [open], to: decided}
  end: {from: [open, decided], to: over}
  drop_all: {from: [open], effects: {end_all: [vote.gone]}}
  wait: {from: [open], opens: {track: late}}
  done: {on: late, from: [asked], to: over}
"""


def votes(running: Make, join: str, **settings: int) -> Running:
    return running(VOTES.replace("JOIN", join), **settings).do("begin")


@pytest.mark.parametrize(
    ("join", "answers", "state"),
    [
        ("{rule: all, states: [yes], do: decide}", ["agree", "agree", "agree"], "decided"),
        ("{rule: all, states: [yes], do: decide}", ["agree", "refuse", "agree"], "open"),
        ("{rule: all, states: [yes, no], do: decide}", ["agree", "refuse", "agree"], "decided"),
        ("{rule: all, states: [yes], do: decide}", ["agree", "agree"], "open"),
        ("{rule: any, states: [yes], do: decide}", ["refuse", "agree"], "decided"),
        ("{rule: any, states: [yes], do: decide}", ["refuse", "refuse"], "open"),
        ("{rule: quorum, count: 2, states: [yes], do: decide}", ["agree"], "open"),
        ("{rule: quorum, count: 2, states: [yes], do: decide}", ["refuse", "agree", "agree"], "decided"),
    ],
)
def test_joins(running: Make, join: str, answers: list[str], state: str) -> None:
    one = votes(running, join).do("ask", who=["a", "b", "c"])
    for number, answer in enumerate(answers, start=1):
        one.do(answer, n=number)
    assert one.state["state"] == state
    assert one.told.count("Decide") == (state == "decided")


def test_a_join_is_told_once_and_only_where_its_action_is_open(running: Make) -> None:
    one = votes(running, "{rule: any, states: [yes], do: decide}").do("ask", who=["a", "b"])
    one.do("agree", n=1).do("agree", n=2)
    assert one.told == ["Begin", "Ask", "Agree", "Decide", "Agree"]


def test_instances_have_numbers_and_values_of_their_own(running: Make) -> None:
    one = votes(running, "{rule: any, states: [yes]}").do("ask", who=["a", "b"]).do("ask", who=["c"]).do("agree", n=2)
    assert [(each["n"], each["who"], each["state"]) for each in one.items("vote")] == [
        (1, "a", "asked"), (2, "b", "yes"), (3, "c", "asked"),
    ]  # fmt: skip
    assert one.items("vote")[1]["said"] == "b!"


def test_the_number_is_needed_only_when_several_fit(running: Make) -> None:
    one = votes(running, "{rule: any, states: [yes]}").do("ask", who=["a", "b"])
    with pytest.raises(Invalid):
        one.do("agree")
    assert one.do("agree", n=1).do("agree").items("vote")[1]["state"] == "yes"
    with pytest.raises(NotNow):
        one.do("agree")
    with pytest.raises(NotNow):
        one.do("agree", n=7)


def test_brakes_of_a_track(running: Make) -> None:
    one = votes(running, "{rule: any, states: [yes]}", most=2).do("ask_one")
    offered = {each.action: each.unmet for each in one.engine.allowed(one.state, clerk(), one.now, one.city)}
    assert offered["ask_one"] == ({"zh": "vote ≤ 1", "en": "vote ≤ 1"},)
    with pytest.raises(ConditionUnmet, match="open already"):
        one.do("ask_one")
    one.do("refuse").do("ask_one").do("refuse")
    with pytest.raises(ConditionUnmet, match="at most 2"):
        one.do("ask_one")


def test_end_all_leaves_what_is_over(running: Make) -> None:
    one = votes(running, "{rule: any, states: [yes]}").do("ask", who=["a", "b", "c"]).do("agree", n=2).do("drop_all")
    assert [each["state"] for each in one.items("vote")] == ["gone", "yes", "gone"]


def test_side_tracks_end_with_the_main_track_unless_they_outlive_it(running: Make) -> None:
    one = votes(running, "{rule: any, states: [yes]}").do("ask", who=["a"]).do("wait").do("end")
    with pytest.raises(NotNow, match="ended with over"):
        one.do("agree")
    assert one.do("done").items("late")[0]["state"] == "over"


def test_business_time_of_an_instance(running: Make) -> None:
    one = votes(running, "{rule: any, states: [yes]}").do("ask", after_min=20, who=["a"])
    with pytest.raises(Invalid):
        one.do("agree", after_min=5, at=START + timedelta(minutes=10))


ALIKE = """
tracks: {main: {states: {open: {waits_for: [{role: clerk}]}, many: {waits_for: [{role: clerk}]}}}}
clocks: {look: {limit: {value: '{"amount": "15", "kind": "urgent_minute"}'}, calendar_of: handler, runs_in: [open]}}
actions:
  begin: {creates: true, to: open, effects: {set: {note: '"new"'}}, then: [{do: tick}]}
  tick: {from: [open], by: [{role: system}], effects: {set: {list: '["a"]'}}}
  count: {creates: true, to: open, then: [{do: leap, when: thing.count > 1}]}
  leap: {from: [open], by: [{role: system}], to: many}
"""


@pytest.mark.parametrize("action", ["begin", "count"])
@pytest.mark.parametrize("area", [None, "330102"])
def test_many_begin_as_each_would_alone(running: Make, action: str, area: str | None) -> None:
    one, actor = running(ALIKE), clerk(area=area)
    births = [
        Birth(f"id{n}", f"no{n}", CITY, {"count": n, "note": f"note {n}", "scopes": ["330102"]}) for n in range(4)
    ]

    together = one.engine.create_many(births, Attempt(action), actor, START, one.city)

    alone = [one.engine.create(birth, Attempt(action), actor, START, one.city) for birth in births]
    assert [(list(decided), state) for decided, state in together] == [(list(told), state) for told, state in alone]
    assert [state["state"] for _, state in together] == (
        ["open"] * 4 if action == "begin" else ["open", "open", "many", "many"]
    )
    assert one.engine.create_many([], Attempt(action), actor, START, one.city) == []


def test_one_that_may_not_begin_here_is_told_among_many(running: Make) -> None:
    one = running(ALIKE)
    births = [Birth(f"id{n}", f"no{n}", CITY, {"scopes": [place]}) for n, place in enumerate(["330102", "330106"])]

    with pytest.raises(NotAllowed):
        one.engine.create_many(births, Attempt("begin"), clerk(area="330102"), START, one.city)
