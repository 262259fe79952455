"""What was joined or merged wrongly is taken apart again, and every reporter is answered by the right case."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest
from tests.acceptance.installation import STREET_CLEANING, Installation
from tests.integration.loop.acting import act

from xiuhua.flow.model import Attempt
from xiuhua.loop.model import PlaceIn, ReportIn
from xiuhua.platform.errors import ConditionUnmet, NotAllowed
from xiuhua.platform.identity.model import system


def sent(district: Installation, text: str = "路边有暴露垃圾") -> str:
    """A report that was taken in."""
    view = district.view()
    middle = view.areas.area(view.areas.grid_codes[5]).geometry.representative_point()
    report = ReportIn("public", uuid4().hex, text, place=PlaceIn(middle.x, middle.y))
    with district.database.transaction() as tx:
        [receipt] = district.loop.submit(tx, district.city, [report], system(district.city))
    return str(receipt.id)


def officer(district: Installation, report: str, action: str, reason: str | None = None, **fields: Any) -> None:
    """An intake officer does something with a report."""
    act(district, "intake_officer01", "report", report, Attempt(action, fields, reason))


def accepted(district: Installation, report: str) -> str:
    """The case that is made of a report."""
    officer(district, report, "accept", category=STREET_CLEANING)
    return str(data(district, "report", report)["case"])


def data(district: Installation, kind: str, id_: str) -> dict[str, Any]:
    return dict(district.state(kind, id_)["data"])


def states(district: Installation, *reports: str) -> list[tuple[str, str | None]]:
    """State and case of reports."""
    found = [district.state("report", one) for one in reports]
    return [(one["state"], one["data"]["case"]) for one in found]


def declined(district: Installation, case: str) -> None:
    """The case ends, which answers its reporters."""
    act(district, "shift_leader01", "case", case, Attempt("decline", {}, "nothing there"))


def merged(district: Installation, case: str, into: str) -> None:
    act(district, "dispatcher01", "case", case, Attempt("merge", {"into": into}, "twin"))


def unmerged(district: Installation, case: str, into: str) -> None:
    act(district, "dispatcher01", "case", case, Attempt("unmerge", {"into": into}, "another matter"))


def test_a_report_joined_wrongly_makes_its_own_case(district: Installation) -> None:
    first, second = sent(district), sent(district, "路灯不亮")
    case = accepted(district, first)
    officer(district, second, "join", case=case)
    officer(district, second, "unjoin", "another matter")

    assert states(district, first, second) == [("joined", case), ("received", None)]
    assert data(district, "case", case)["reports"] == [first]
    assert accepted(district, second) != case
    district.demand_sound_log()


def test_one_answered_by_the_wrong_case_is_answered_again(district: Installation) -> None:
    first, second = sent(district), sent(district)
    case = accepted(district, first)
    officer(district, second, "join", case=case)
    declined(district, case)
    answered = states(district, first, second)
    officer(district, second, "unjoin", "another matter")
    own = accepted(district, second)
    declined(district, own)

    assert answered == [("answered", case), ("answered", case)]
    assert states(district, first, second) == [("answered", case), ("answered", own)]
    district.demand_sound_log()


def test_a_case_keeps_at_least_one_report(district: Installation) -> None:
    only = sent(district)
    case = accepted(district, only)

    with pytest.raises(ConditionUnmet):
        officer(district, only, "unjoin", "another matter")
    assert states(district, only) == [("joined", case)]


def test_a_wrong_merge_is_undone_with_every_report(district: Installation) -> None:
    first, second, third = sent(district), sent(district), sent(district)
    right, wrong = accepted(district, first), accepted(district, second)
    officer(district, third, "join", case=wrong)
    merged(district, wrong, right)
    together = data(district, "case", right)["reports"]
    unmerged(district, wrong, right)

    assert together == [first, second, third]
    assert states(district, first, second, third) == [("joined", right), ("joined", wrong), ("joined", wrong)]
    assert (district.state("case", wrong)["state"], data(district, "case", right)["reports"]) == ("accepted", [first])
    declined(district, wrong)
    assert states(district, first, second) == [("joined", right), ("answered", wrong)]
    district.demand_sound_log()


def test_reporters_answered_by_the_merged_case_are_answered_anew(district: Installation) -> None:
    first, second = sent(district), sent(district)
    right, wrong = accepted(district, first), accepted(district, second)
    merged(district, wrong, right)
    declined(district, right)
    unmerged(district, wrong, right)

    assert states(district, first, second) == [("answered", right), ("joined", wrong)]
    declined(district, wrong)
    assert states(district, second) == [("answered", wrong)]
    district.demand_sound_log()


def test_what_was_taken_out_in_between_does_not_come_back(district: Installation) -> None:
    first, second, third = sent(district), sent(district), sent(district)
    right, wrong = accepted(district, first), accepted(district, second)
    officer(district, third, "join", case=wrong)
    merged(district, wrong, right)
    officer(district, third, "unjoin", "another matter")
    unmerged(district, wrong, right)

    assert data(district, "case", wrong)["reports"] == [second]
    assert states(district, second, third) == [("joined", wrong), ("received", None)]
    district.demand_sound_log()


def test_a_merge_is_undone_out_of_the_case_its_reports_are_in(district: Installation) -> None:
    first, second, third = (accepted(district, sent(district)) for _ in range(3))
    merged(district, first, second)
    merged(district, second, third)

    with pytest.raises(ConditionUnmet):
        unmerged(district, first, second)
    unmerged(district, first, third)
    assert len(data(district, "case", third)["reports"]) == 2
    district.demand_sound_log()


def test_not_everybody_takes_apart(district: Installation) -> None:
    first, second = sent(district), sent(district)
    case = accepted(district, first)
    officer(district, second, "join", case=case)

    with pytest.raises(NotAllowed):
        act(district, "leader01", "report", second, Attempt("unjoin", {}, "another matter"))
