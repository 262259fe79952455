"""Clocks of a procedure: when they start, stand still, go on and begin anew. 2 March 2026 is a Monday, 09:00."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from tests.unit.flow.conftest import START, Running

from xiuhua.flow import timing
from xiuhua.platform.errors import NotNow

Make = Callable[..., Running]
CLOCKS = """
settings:
  mode: {type: choice, of: [early, late], default: late, title: {zh: 起, en: start}}
  back: {type: choice, of: [restart, continue], default: restart, title: {zh: 返, en: back}}
tracks:
  main: {states: {new: {}, open: {}, rest: {}, over: {final: true}}}
  ask: {states: {asked: {}, standing: {}, over: {final: true}}}
clocks:
  work:
    limit: {value: thing.limit}
    calendar_of: handler
    runs_in: {setting: mode, choices: {early: [new, open], late: [open]}}
    starts_after: {value: 'thing.count == 5 ? {"amount": "30", "kind": "urgent_minute"} : null'}
    pauses_in: [ask.asked, ask.standing]
    on_reentry: {setting: back}
    stages_done: thing.list
  asking: {limit: {value: '{"amount": "1", "kind": "urgent_hour"}'}, calendar_of: dispatcher, runs_in: [ask.asked]}
actions:
  begin: {creates: true, to: new, fields: {limit: {type: limit, many: true}}, effects: {set: {limit: fields.limit}}}
  open: {from: [new, rest], to: open}
  rest: {from: [open], to: rest}
  note: {from: [new, open, rest]}
  count: {from: [new], effects: {set: {count: "5"}}}
  prove: {from: [open], fields: {stage: {type: integer}}, effects: {set: {list: "thing.list + [fields.stage]"}}}
  forget: {from: [rest], effects: {set: {list: "[]"}}}
  ask: {from: [open], fields: {until: {type: integer}}, opens: {track: ask, item: {until: fields.until}}}
  grant: {on: ask, from: [asked], to: standing}
  finish: {on: ask, from: [asked, standing], to: over}
  halt: {from: [open, rest], fields: {name: {type: text}}, effects: {stop_clock: fields.name}}
  more: {from: [rest, open], effects: {extend: {clock: work, limit: '{"amount": "1", "kind": "urgent_hour"}'}}}
  anew: {from: [new, open], effects: {restart_clock: '"work"'}}
"""
HOURS2 = [{"amount": "2", "kind": "urgent_hour"}]
STAGES = [{"amount": "1", "kind": "urgent_hour"}, {"amount": "8", "kind": "urgent_hour"}]


def test_it_starts_where_the_setting_says(running: Make) -> None:
    early = running(CLOCKS, mode="early").do("begin", limit=HOURS2).do("open", after_min=10)
    late = running(CLOCKS).do("begin", limit=HOURS2).do("open", after_min=10)
    assert early.clock("work") == ("running", 120) and late.clock("work") == ("running", 130)


def test_a_limit_that_goes_before(running: Make) -> None:
    one = running(CLOCKS).do("begin", limit=HOURS2).do("count").do("open")
    assert one.clock("work") == ("running", 150)


def test_it_begins_anew_or_goes_on(running: Make) -> None:
    anew = running(CLOCKS).do("begin", limit=HOURS2).do("open").do("rest", after_min=30).do("open", after_min=40)
    goes_on = running(CLOCKS, back="continue").do("begin", limit=HOURS2).do("open")
    goes_on.do("rest", after_min=30).do("open", after_min=40)
    assert anew.clock("work") == ("running", 190) and anew.state["clocks"]["work"]["round"] == 2
    assert goes_on.clock("work") == ("running", 160) and goes_on.state["clocks"]["work"]["round"] == 1


def test_without_a_limit_there_is_no_clock(running: Make) -> None:
    assert running(CLOCKS).do("begin").do("open").state["clocks"] == {}


def test_a_clock_stopped_by_hand_does_not_start_by_the_next_action(running: Make) -> None:
    one = running(CLOCKS).do("begin", limit=HOURS2).do("open").do("halt", name="work").do("note", after_min=5)
    assert one.clock("work")[0] == "stopped"
    with pytest.raises(NotNow):
        one.do("halt", name="work")
    with pytest.raises(NotNow):
        one.do("halt", name="other")
    assert one.do("halt").clock("work")[0] == "stopped"


def test_no_more_time_for_a_stopped_clock(running: Make) -> None:
    one = running(CLOCKS).do("begin", limit=HOURS2).do("open")
    assert one.do("more").clock("work") == ("running", 180)
    with pytest.raises(NotNow):
        one.do("rest").do("more")


# ---- stages


def test_stages_run_side_by_side(running: Make) -> None:
    one = running(CLOCKS).do("begin", limit=STAGES).do("open").do("prove", after_min=50, stage=1)
    assert one.clock("work.1") == ("stopped", 60) and one.clock("work") == ("running", 480)
    seen = timing.described(one.engine.procedure, one.state, int(one.now.timestamp()), one.city)["work"]
    assert [stage["state"] for stage in seen["stages"]] == ["stopped"] and not seen["stages"][0]["overdue"]


@pytest.mark.parametrize("proven", [True, False])
def test_stages_that_go_on(running: Make, proven: bool) -> None:
    one = running(CLOCKS, back="continue").do("begin", limit=STAGES).do("open")
    if proven:
        one.do("prove", stage=1)
    one.do("rest").do("open", after_min=20)
    assert one.clock("work.1") == (("stopped", 60) if proven else ("running", 80))
    assert one.clock("work") == ("running", 500)


def test_stages_that_begin_anew(running: Make) -> None:
    one = running(CLOCKS).do("begin", limit=STAGES).do("open").do("prove", stage=1).do("rest").do("forget")
    assert one.do("open", after_min=20).clock("work.1") == ("running", 80)


def test_a_stage_done_does_not_begin_anew(running: Make) -> None:
    one = running(CLOCKS).do("begin", limit=STAGES).do("open").do("prove", stage=1).do("rest")
    assert one.do("open", after_min=20).clock("work.1") == ("stopped", 60)


def test_begun_anew_where_it_runs(running: Make) -> None:
    one = running(CLOCKS, mode="early").do("begin", limit=STAGES).do("note", after_min=15)
    one.do("anew")
    assert one.clock("work.1") == ("running", 75) and one.clock("work") == ("running", 495)
    late = running(CLOCKS).do("begin", limit=STAGES).do("anew")
    assert late.state["clocks"] == {}


# ---- pauses


def test_it_stands_still_until_the_date(running: Make) -> None:
    until = int(START.timestamp()) + 5 * 3600
    one = running(CLOCKS).do("begin", limit=HOURS2).do("open").do("ask", after_min=60, until=until)
    assert one.clock("work") == ("suspended", 360)
    assert one.do("note", after_min=300).clock("work") == ("suspended", 360)
    assert one.do("finish", after_min=10).clock("work") == ("running", 360)


def test_it_goes_on_when_the_pause_ends_early(running: Make) -> None:
    until = int(START.timestamp()) + 5 * 3600
    one = running(CLOCKS).do("begin", limit=HOURS2).do("open").do("ask", after_min=60, until=until)
    assert one.do("finish", after_min=30).clock("work") == ("running", 150)


def test_a_pause_that_another_follows_lasts_as_long_as_that(running: Make) -> None:
    one = running(CLOCKS).do("begin", limit=HOURS2).do("open").do("ask", after_min=60)
    assert one.clock("work") == ("suspended", 120 + 30 * 24 * 60)
    one.do("ask", until=int(START.timestamp()) + 5 * 3600)
    one.do("grant", after_min=30, n=2).do("finish", n=1)
    assert one.clock("work") == ("suspended", 360)
    assert one.do("finish", after_min=30, n=2).clock("work") == ("running", 180)


def test_two_pauses_the_longer_counts(running: Make) -> None:
    begin = int(START.timestamp())
    one = running(CLOCKS).do("begin", limit=HOURS2).do("open")
    one.do("ask", until=begin + 3600).do("ask", until=begin + 7200)
    assert one.clock("work") == ("suspended", 240)
    assert one.do("finish", after_min=30, n=2).clock("work") == ("suspended", 180)


def test_a_date_that_has_passed_is_no_pause(running: Make) -> None:
    one = running(CLOCKS).do("begin", limit=HOURS2).do("open", after_min=10)
    assert one.do("ask", until=int(START.timestamp())).clock("work") == ("running", 130)


def test_stopping_ends_a_pause(running: Make) -> None:
    one = running(CLOCKS).do("begin", limit=HOURS2).do("open").do("ask", after_min=60)
    assert one.do("rest", after_min=30).clock("work") == ("stopped", 150)


def test_a_clock_of_a_side_track(running: Make) -> None:
    one = running(CLOCKS).do("begin", limit=HOURS2).do("open").do("ask").do("finish", after_min=61)
    assert one.clock("asking") == ("stopped", 60)
    assert one.do("ask").clock("asking") == ("running", 121)


# ---- what expressions see


def test_percent_is_whole_and_100_only_when_used_up(running: Make) -> None:
    one = running(CLOCKS).do("begin", limit=[{"amount": "4", "kind": "work_hour"}]).do("open")
    seen = [
        timing.described(one.engine.procedure, one.state, int(START.timestamp()) + 60 * minutes, one.city)["work"]
        for minutes in (0, 60, 119, 359, 360, 361, 600)
    ]
    assert [each["percent"] for each in seen] == [0, 25, 49, 99, 100, 100, 162]
    assert [each["overdue"] for each in seen] == [False] * 5 + [True] * 2


def test_a_clock_that_never_ran_is_null(running: Make) -> None:
    one = running(CLOCKS).do("begin")
    seen = timing.described(one.engine.procedure, one.state, int(START.timestamp()), one.city)
    assert dict(seen) == {"work": None, "asking": None} and len(seen) == 2
    with pytest.raises(KeyError):
        seen["other"]
