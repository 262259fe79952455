"""The catalogue of the field by hand: one March of a small city, and what every indicator says of it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from tests.unit.insight.making import ZONE, Made, library

from xiuhua.insight.figures import numbers, periods
from xiuhua.insight.figures.engine import Asked, Engine
from xiuhua.packs.check import check_path

MARCH = periods.parsed("2026-03")
NOW = datetime(2026, 4, 15, 12, tzinfo=ZONE)
PACK = next(pack for pack in check_path().packs if pack.name == "evaluation")


def leg(unit: str, begins: str, due: str, verdict: str | None, late: bool | None, **more: Any) -> dict[str, Any]:
    ended = {} if verdict is None else {"to": "2026-03-08 10:00"}
    told = {"unit": unit, "begins": begins, "from": "2026-03-01 09:00", "due": f"2026-{due} 18:00", "verdict": verdict}
    return {**told, **ended, "late": late, "case_state": "closed", **more}


LEGS = [
    leg("u1", "dispatch", "03-05", "handed_back", False),
    leg("u1", "dispatch", "03-06", "handed_back", True),
    leg("u1", "dispatch", "03-07", "handed_back", True, case_overtime_exempt=True),
    leg("u2", "dispatch", "03-10", None, False, case_state="received"),
    leg("u2", "dispatch", "04-30", None, False, case_state="received"),
    leg("u2", "dispatch", "03-11", "returned", False),
    leg("u1", "adjudication", "03-20", "noticed", False, extended=True),
    leg("u2", "dispatch", "03-12", "recalled", False),
    leg("u1", "rework", "03-25", "handed_back", False),
    leg("u2", "dispatch", "03-15", "handed_back", False, case_state="void"),
    leg("u2", "dispatch", "03-16", "noticed", None, extended=True),
]


def case(
    state: str, filed: str | None, due: str | None, closed: str | None, source: str, **more: Any
) -> dict[str, Any]:
    days = {"filed_at": filed, "due": due, "closed_at": closed}
    return {
        "state": state, "source": source, "opened": "2026-02-27", "reworks": 0, "wrong_dispatches": 0, "overdue": False,
        **{name: None if day is None else f"2026-{day} 12:00" for name, day in days.items()}, **more,
    }  # fmt: skip


CASES = [
    case("closed", "03-01", "03-05", "03-06", "collector", reworks=1),
    case("closed", "03-02", "03-06", "03-09", "public", overdue=True, missed=True, wrong_dispatches=1),
    case("closed", "03-02", "03-07", "04-02", "hotline_12345", overdue=True, overtime_exempt=True),
    case("received", "03-03", "03-10", None, "public"),
    case("received", "03-28", "04-30", None, "collector"),
    case("void", "03-04", "03-11", "03-05", "collector"),
    case("declined", None, None, "03-08", "public"),
    case("merged", "03-05", "03-12", "03-06", "collector"),
    case("closed", None, None, "03-11", "collector", close_kind="self_handled"),
    case("accepted", None, None, None, "public"),
    case("closed", "02-27", "03-02", "03-02", "video", wrong_dispatches=1),
]


def run(clock: str, person: str | None, action: str | None, due: str, late: bool | None, **more: Any) -> dict[str, Any]:
    stopped = None if late is None else f"2026-{due} 12:00"
    return {"clock": clock, "person": person, "action": action, "due": f"2026-{due} 12:00", "stopped": stopped,
            "late": late, **more}  # fmt: skip


def filing(person: str, action: str, late: bool, filed: str, state: str = "closed") -> dict[str, Any]:
    return run("file", person, action, filed, late, case_filed_at=f"2026-{filed} 12:00", case_state=state)


CASE_RUNS = [
    filing("s1", "file", False, "03-01"), filing("s1", "file", True, "03-02"),
    filing("s2", "file", False, "03-04", "void"), filing("s1", "decline", False, "03-05"),
    run("close", "s1", "close", "03-06", False), run("close", "s1", "close", "03-09", True),
    run("close", None, None, "03-12", None),
    run("dispatch", "d1", "dispatch", "03-01", False, case_returns=0),
    run("dispatch", "d1", "dispatch", "03-02", True, case_returns=1),
    run("dispatch", "d2", "adjudicate", "03-03", False, case_returns=2),
    run("dispatch", None, None, "03-10", None, case_returns=0),
    run("dispatch", "d2", "return_to_filing", "03-04", False, case_returns=0),
    run("verify", "c1", "report_verification", "03-02", False), run("verify", "c1", None, "03-05", None),
    run("check", "c1", "report_check", "03-06", False), run("check", "c2", "report_check", "03-07", True),
    run("send_check", "i1", "send_check", "03-05", False), run("send_check", "i1", "send_check", "03-06", True),
    run("send_check", None, None, "03-08", None),
]  # fmt: skip
REPORT_RUNS = [
    run("verify", "c2", "report_verification", "03-03", True),
    run("verify", "c1", "report_verification", "03-04", False),
    run("verify", "c1", None, "04-20", None), run("accept", "i1", "accept", "03-01", False),
    run("accept", "i1", "accept", "03-02", True), run("accept", "i2", "refuse", "03-03", False),
    run("accept", None, None, "03-04", None),
]  # fmt: skip


def report(source: str, state: str, outcome: str | None = None, of: str | None = None) -> dict[str, Any]:
    return {"source": source, "state": state, "outcome": outcome, "case": of, "reported_at": "2026-03-01 08:00"}


REPORTS = [
    report("collector", "done", "closed", "c1"), report("collector", "done", "declined", "c2"),
    report("collector", "refused", "refused"), report("collector", "done", "void", "c3"), report("public", "received"),
    report("public", "done", "closed", "c4"), report("letter", "done", "answered_directly"),
]  # fmt: skip
EVENTS = [
    {"type": "VerificationAsked", "actor": "i1", "late": False, "at": "2026-03-01"},
    {"type": "CaseVerificationAsked", "actor": "i1", "late": True, "at": "2026-03-02"},
    {"type": "ReportAccepted", "actor": "i1", "late": False, "at": "2026-03-02"},
]
TRACKS = {
    "suspension": ["over", "standing", "refused"], "extension": ["granted", "refused"],
    "supervision": ["ordered", "signed_off"], "appeal": ["upheld", "rejected"],
}  # fmt: skip
EXPECTED: dict[str, tuple[int, int | None, str]] = {
    "legs_dispatched": (10, None, "10"), "handling_due": (7, None, "7"), "handled": (6, None, "6"),
    "handled_on_time": (5, None, "5"), "handled_late": (1, None, "1"), "unhandled_overdue": (1, None, "1"),
    "handling_waiting": (0, None, "0"), "handled_exempt": (1, None, "1"), "handling_rate": (6, 7, "85.71"),
    "on_time_handling_rate": (5, 7, "71.43"), "overdue_rate": (1, 7, "14.29"), "extension_rate": (2, 7, "28.57"),
    "legs_returned": (1, None, "1"), "return_rate": (1, 10, "10.00"), "legs_reworked": (1, None, "1"),
    "rework_rate": (1, 6, "16.67"), "rework_rate_of_closing": (1, 5, "20.00"),
    "closing_due": (5, None, "5"), "cases_closed": (4, None, "4"), "closed_on_time": (3, None, "3"),
    "closed_late": (1, None, "1"), "unclosed_overdue": (1, None, "1"), "closing_waiting": (0, None, "0"),
    "closing_rate": (4, 5, "80.00"), "on_time_closing_rate": (3, 5, "60.00"), "closing_step_on_time": (1, None, "1"),
    "closing_step_on_time_rate": (1, 3, "33.33"), "cases_reworked": (1, None, "1"), "suspensions": (2, None, "2"),
    "extensions": (1, None, "1"), "supervisions": (2, None, "2"), "overtime_appeals_upheld": (1, None, "1"),
    "cases_filed": (7, None, "7"), "filed_on_time": (2, None, "2"), "on_time_filing_rate": (2, 3, "66.67"),
    "accurate_filing_rate": (2, 3, "66.67"), "cases_void": (1, None, "1"), "cases_declined": (1, None, "1"),
    "filing_waiting": (1, None, "1"), "dispatch_due": (4, None, "4"), "dispatched": (3, None, "3"),
    "dispatched_on_time": (2, None, "2"), "on_time_dispatch_rate": (2, 4, "50.00"),
    "accurate_dispatch_rate": (1, 4, "25.00"), "wrong_dispatches": (1, None, "1"),
    "reports_accepted": (2, None, "2"), "reports_refused": (1, None, "1"), "accepted_on_time": (1, None, "1"),
    "on_time_acceptance_rate": (1, 2, "50.00"), "acceptance_waiting": (1, None, "1"),
    "verifications_sent": (2, None, "2"), "on_time_verification_sending_rate": (1, 2, "50.00"),
    "checks_sent": (2, None, "2"), "on_time_check_sending_rate": (1, 3, "33.33"),
    "collector_reports": (4, None, "4"), "public_reports": (3, None, "3"), "valid_reports": (2, None, "2"),
    "valid_reporting_rate": (2, 4, "50.00"), "verification_due": (4, None, "4"), "verified_on_time": (2, None, "2"),
    "on_time_verification_rate": (2, 4, "50.00"), "check_due": (2, None, "2"), "checked_on_time": (1, None, "1"),
    "on_time_checking_rate": (1, 2, "50.00"), "cases_missed": (1, None, "1"), "missed_rate": (1, 7, "14.29"),
    "public_share": (3, 7, "42.86"), "self_handled_cases": (1, None, "1"),
}  # fmt: skip


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    yield of_march(tmp_path_factory.mktemp("march")).engine(NOW)


def of_march(folder: Path) -> Made:
    made = Made(folder)
    made.keep("subject.case.leg", LEGS)
    made.keep("subject.case", CASES)
    made.keep("subject.case.run", CASE_RUNS)
    made.keep("subject.report.run", REPORT_RUNS)
    made.keep("subject.report", REPORTS)
    made.keep("event.event", EVENTS)
    for track, states in TRACKS.items():
        made.keep(f"subject.case.{track}", [{"state": one, "since": "2026-03-03 10:00"} for one in states])
    return made


def test_every_indicator_of_the_catalogue_is_computed_by_hand() -> None:
    told = {name for name, one in PACK.indicators.items() if one.told}

    assert set(EXPECTED) == set(PACK.indicators) - told
    assert told == {"shirked"}


@pytest.mark.parametrize("name", EXPECTED)
def test_an_indicator_says_what_was_computed_by_hand(engine: Engine, name: str) -> None:
    [figure] = engine.figures([library()[name]], Asked([MARCH]))

    assert (figure.numerator, figure.denominator, numbers.text(figure.value)) == EXPECTED[name]


@pytest.mark.parametrize("name", EXPECTED)
def test_each_side_opens_to_as_many_records(engine: Engine, name: str) -> None:
    definition = library()[name]
    [figure] = engine.figures([definition], Asked([MARCH]))
    below = {"denominator": figure.denominator}
    for side, measures in definition.sides.items():
        found = [engine.records(one, MARCH, Asked([MARCH])) for one in measures]
        assert sum(one.sum for one in found) == below.get(side, figure.numerator)


@pytest.mark.parametrize("name", [name for name in EXPECTED if PACK.indicators[name].by])
def test_what_dimensions_say_adds_up_to_the_whole(engine: Engine, name: str) -> None:
    definition = library()[name]
    above, below, _ = EXPECTED[name]
    for dimension in definition.indicator.by:
        parts = engine.figures([definition], Asked([MARCH], (dimension,)))
        assert sum(one.numerator for one in parts) == above
        assert sum(one.denominator or 0 for one in parts) == (below or 0)


def test_the_sums_of_the_standard_agree(engine: Engine) -> None:
    of = {name: one[0] for name, one in EXPECTED.items()}

    assert of["handling_due"] == of["handled_on_time"] + of["handled_late"] + of["unhandled_overdue"]
    assert of["closing_due"] == of["closed_on_time"] + of["closed_late"] + of["unclosed_overdue"]
    assert of["handled"] == of["handled_on_time"] + of["handled_late"]
    assert of["verification_due"] == 4


def test_what_is_not_due_yet_waits_and_is_not_overdue(engine: Engine) -> None:
    april = periods.parsed("2026-04")
    names = ("handling_due", "unhandled_overdue", "handling_waiting", "closing_waiting")
    found = engine.figures([library()[name] for name in names], Asked([april]))

    assert [one.numerator for one in found] == [0, 0, 1, 1]


def test_units_are_scored_by_their_legs(engine: Engine) -> None:
    found = engine.figures([library()["on_time_handling_rate"]], Asked([MARCH], ("unit",)))

    assert {one.by[0]: (one.numerator, one.denominator, one.value) for one in found} == {
        "u1": (4, 5, Decimal("80.00")), "u2": (1, 2, Decimal("50.00")),
    }  # fmt: skip
