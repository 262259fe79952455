"""Many wishes in one unit of work: each comes out as it would alone, and one that fails undoes no other."""

from __future__ import annotations

from uuid import uuid4

import pytest
from tests.acceptance.installation import STREET_CLEANING, Installation
from tests.integration.loop.acting import brought_on, somebody

from xiuhua.flow.model import Attempt
from xiuhua.flow.work import Loaded
from xiuhua.loop.model import PlaceIn, Receipt, ReportIn
from xiuhua.loop.together import Deed, Outcome, Submission, do_all
from xiuhua.platform.errors import NotAllowed, NotFound, NotNow, XiuhuaError
from xiuhua.platform.web.together import Apart

ACCEPTED, FILED = 1, 2
ACCEPT = Attempt("accept", {"category": STREET_CLEANING})


def done(district: Installation, *wishes: Submission | Deed) -> list[Outcome]:
    with district.database.transaction() as tx:
        return do_all(district.loop, tx, district.city, wishes)


def sent(district: Installation, then: Attempt | None = None, text: str = "路边有暴露垃圾") -> Submission:
    view = district.view()
    middle = view.areas.area(view.areas.grid_codes[3]).geometry.representative_point()
    report = ReportIn("hotline_12345", uuid4().hex, text, place=PlaceIn(middle.x, middle.y))
    return Submission(report, somebody(district, "intake_officer01"), then)


def deed(district: Installation, person: str, kind: str, id_: str, attempt: Attempt, **more: int) -> Deed:
    return Deed(kind, id_, attempt, somebody(district, person), **more)


def filed(district: Installation) -> str:
    return str(brought_on(district, FILED)[1])


def told(outcome: Outcome) -> str:
    if isinstance(outcome, XiuhuaError):
        return outcome.code()
    first, _ = outcome
    return first.status if isinstance(first, Receipt) else str(first.state["state"])


def test_each_has_its_own_outcome(district: Installation) -> None:
    report, _ = brought_on(district, 0)
    case, other = filed(district), filed(district)
    to_sanitation = Attempt("dispatch", {"unit": "sanitation"})

    outcomes = done(
        district,
        deed(district, "dispatcher01", "case", case, to_sanitation),
        sent(district),
        deed(district, "dispatcher02", "case", case, to_sanitation),
        sent(district, text=""),
        deed(district, "dispatcher01", "case", "nowhere", to_sanitation),
        deed(district, "officer-sanitation", "case", other, to_sanitation),
        deed(district, "intake_officer01", "report", report, ACCEPT),
        sent(district, ACCEPT),
        deed(district, "dispatcher01", "case", other, to_sanitation, expect=99),
    )

    expected = ["dispatched", "new", "not_now", "rejected", "not_found", "not_allowed", "joined", "new", "conflict"]
    assert list(map(told, outcomes)) == expected
    assert district.state("case", case)["state"] == "dispatched"
    assert district.state("case", other)["state"] == "filed"
    district.demand_sound_log()


def test_a_report_accepted_at_once_is_a_case(district: Installation) -> None:
    [(receipt, report)] = done(district, sent(district, ACCEPT))  # type: ignore[misc]

    assert isinstance(report, Loaded)
    assert isinstance(receipt, Receipt)
    assert report.state["state"] == "joined"
    assert district.state("case", report.state["data"]["case"])["data"]["reports"] == [receipt.id]


def test_one_that_fails_half_way_is_done_apart(district: Installation) -> None:
    wrong = sent(district, Attempt("accept", {"category": "no such"}))
    before = district.events()

    with pytest.raises(Apart):
        done(district, sent(district), wrong)
    with pytest.raises(XiuhuaError):
        done(district, wrong)

    assert district.events() == before


@pytest.mark.parametrize(
    ("person", "id_", "error"),
    [("handler-cleaning-1", None, NotAllowed), ("dispatcher01", "nowhere", NotFound), ("shift_leader01", None, NotNow)],
)
def test_alone_an_error_is_raised(
    district: Installation, person: str, id_: str | None, error: type[XiuhuaError]
) -> None:
    case = id_ or filed(district)
    attempt = Attempt("file") if error is NotNow else Attempt("dispatch", {"unit": "sanitation"})
    with pytest.raises(error):
        done(district, deed(district, person, "case", case, attempt))
