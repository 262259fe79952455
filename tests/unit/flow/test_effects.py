"""What an action changes, in which order, and what its expressions see."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from tests.unit.flow.conftest import Running, the_system

Make = Callable[..., Running]
ORDER = """
tracks:
  main: {states: {open: {}, shut: {}, over: {final: true}}}
  side: {states: {asked: {}, over: {final: true}}}
clocks:
  work: {limit: {value: '{"amount": "1", "kind": "urgent_hour"}'}, calendar_of: handler, runs_in: [shut]}
actions:
  begin: {creates: true, to: open}
  ask: {from: [open, shut], opens: {track: side, item: {size: thing.count}}}
  close:
    from: [open]
    to: shut
    fields: {note: {type: text}}
    effects:
      set: {count: thing.count + 1, note: 'thing.state + " " + (clock.work == null ? "still" : "runs")'}
      append: {list: {state: thing.state, count: thing.count, due: clock.work.due - now, note: fields.note}}
      calls: [{name: answer_reports, args: {outcome: thing.state, count: size(thing.list)}}]
  amend: {from: [shut], effects: {amend_last: {list: {count: "thing.list[0].count + 10"}}}}
  grow:
    on: side
    from: [asked]
    effects: {item: {size: item.size + 1}, set: {count: item.size * 100}, append: {list: {size: item.size}}}
  halt: {from: [shut], effects: {stop_clock: '"work"', append: {list: {state: clock.work.state}}}}
  again:
    from: [shut]
    effects: {restart_clock: '"work"', append: {list: {state: clock.work.state, round: clock.work.round}}}
  more:
    from: [shut]
    effects:
      extend: {clock: work, limit: '{"amount": "2", "kind": "urgent_hour"}'}
      append: {list: {due: clock.work.due - now}}
  secret:
    from: [open]
    fields: {who: {type: text, personal: true}, what: {type: text}, many: {type: text, many: true}}
    effects: {calls: [{name: answer_reports, args: {who: fields.who}}]}
"""


def test_set_sees_the_old_state_lists_and_calls_the_new(running: Make) -> None:
    one = running(ORDER).do("begin").do("close", note="n")

    assert one.data["count"] == 1 and one.data["note"] == "open still"
    assert one.data["list"] == [{"state": "shut", "count": 1, "due": 3600, "note": "n"}]
    assert [(call.name, call.args) for call in one.events[-1].calls] == [
        ("answer_reports", {"outcome": "shut", "count": 1})
    ]


def test_amend_last_keeps_what_it_does_not_name(running: Make) -> None:
    one = running(ORDER).do("begin").do("close").do("amend")
    assert one.data["list"] == [{"state": "shut", "count": 11, "due": 3600, "note": None}]


def test_values_of_an_instance(running: Make) -> None:
    one = running(ORDER).do("begin").do("ask").do("grow")
    # `set` sees the instance as it was, lists see it as it is
    assert one.data["count"] == 0 and one.items("side")[0]["size"] == 1 and one.data["list"] == [{"size": 1}]


def test_a_stopped_clock_stays_stopped(running: Make) -> None:
    one = running(ORDER).do("begin").do("close").do("halt", after_min=10)
    assert one.data["list"][-1] == {"state": "stopped"}
    assert one.do("amend", after_min=10).clock("work") == ("stopped", 60)


def test_lists_see_an_extension_but_not_a_new_beginning(running: Make) -> None:
    one = running(ORDER).do("begin").do("close").do("more", after_min=10)
    assert one.data["list"][-1] == {"due": 170 * 60}
    one.do("again", after_min=10)
    assert one.data["list"][-1] == {"state": "running", "round": 1}
    assert one.clock("work") == ("running", 80) and one.state["clocks"]["work"]["round"] == 2


def test_what_is_personal_is_handed_over_but_never_told(running: Make) -> None:
    one = running(ORDER).do("begin").do("secret", who="Li", what="x")
    assert one.events[-1].payload["fields"] == {"what": "x"}
    assert one.events[-1].calls[0].args == {"who": "Li"}
    assert "Li" not in str(one.state)


TURNS = """
settings: {days: {type: integer, default: 2, title: {zh: 天, en: days}}}
tracks:
  main:
    states:
      open:
        waits_for: [{role: clerk, when: thing.count == 0}, {role: chief, unit: '"desk"', when: thing.count > 0}]
        clock: work
        timer: {at: 'thing.count == 9 ? null : thing.since + setting.days * 86400', do: stop}
      over: {final: true}
  side:
    states:
      asked: {waits_for: [{role: chief, person: item.who}], due: item.until}
      over: {final: true}
clocks:
  work: {limit: {value: '{"amount": "1", "kind": "urgent_hour"}'}, calendar_of: handler, runs_in: [open]}
  long:
    limit: {value: 'thing.count == 9 ? null : {"until": thing.opened + 7200}'}
    calendar_of: handler
    overall: true
    runs_in: [open]
actions:
  begin: {creates: true, to: open}
  count: {from: [open], fields: {to: {type: integer}}, effects: {set: {count: fields.to}}}
  ask: {from: [open], opens: {track: side, item: {who: '"li"', until: now + 60}}}
  note: {from: [open]}
  stop: {by: [{role: system}], from: [open], to: over}
"""


def test_whose_turn_it_is(running: Make) -> None:
    one = running(TURNS).do("begin").do("ask")
    since = one.state["opened"]
    assert one.state["waits"] == [
        {"role": "clerk", "track": "main", "since": since, "clock": "work", "also": ["long"]},
        {"role": "chief", "person": "li", "track": "side", "since": since, "due": since + 60, "also": ["long"], "n": 1},
    ]
    assert one.do("count", to=1).state["waits"][0]["unit"] == "desk"


def test_turns_and_timers_are_told_only_when_they_change(running: Make) -> None:
    one = running(TURNS).do("begin").do("note", after_min=5)
    assert {"waits", "timers"} & set(one.events[-1].payload) == set()
    assert one.state["timers"] == [{"at": one.state["opened"] + 2 * 86_400, "do": "stop", "track": "main", "n": None}]
    assert one.do("count", to=9).state["timers"] == []


SENT_BACK = """
tracks:
  main:
    states:
      open: {timer: {at: 'thing.opened + 600', do: note}}
      told: {}
      over: {final: true}
actions:
  begin: {creates: true, to: open}
  tell: {from: [open], to: told}
  send_back: {from: [told], to: open}
  note: {by: [{role: system}], from: [open]}
  end: {from: [open], to: over}
"""


def test_what_comes_back_after_its_time_is_due_when_it_comes(running: Make) -> None:
    """Before that the clock could not act on it: its moment would lie before the state."""
    one = running(SENT_BACK).do("begin").do("tell", after_min=5).do("send_back", after_min=30)
    [timer] = one.state["timers"]

    assert timer["at"] == one.state["since"] == one.state["opened"] + 35 * 60


def test_the_end_takes_turns_and_timers_away(running: Make) -> None:
    one = running(TURNS).do("begin").do("ask").do("stop", the_system(), after_min=2880)
    assert one.state["waits"] == [] and one.state["timers"] == []


@pytest.mark.parametrize("count", [0, 9])
def test_a_limit_that_is_a_moment(running: Make, count: int) -> None:
    one = running(TURNS).do("begin").do("count", to=count)
    assert one.clock("long") == ("running", 120)
