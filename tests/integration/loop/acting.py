"""People of the fictional district who act through the services, without a web server."""

from __future__ import annotations

from uuid import uuid4

from tests.acceptance.installation import STREET_CLEANING, Installation

from xiuhua.flow.model import Attempt
from xiuhua.loop.model import PlaceIn, ReportIn
from xiuhua.platform.identity.model import Actor, system


def somebody(district: Installation, person: str) -> Actor:
    """A person with all their posts."""
    posts = district.view().directory.posts_of(person)
    return Actor(person, district.city, person, posts, frozenset({"*"}), "test")


def act(district: Installation, person: str, kind: str, id_: str, attempt: Attempt) -> None:
    """One action of a person."""
    with district.database.transaction() as tx:
        district.loop.act(tx, kind, id_, attempt, somebody(district, person))


def brought_on(district: Installation, steps: int) -> tuple[str, str | None]:
    """A report and its case, so many steps on the ordinary road; their ids."""
    view = district.view()
    middle = view.areas.area(view.areas.grid_codes[0]).geometry.representative_point()
    report = ReportIn("public", uuid4().hex, "路边有暴露垃圾", place=PlaceIn(middle.x, middle.y))
    with district.database.transaction() as tx:
        [receipt] = district.loop.submit(tx, district.city, [report], system(district.city))
    assert receipt.id is not None
    if not steps:
        return receipt.id, None
    act(district, "intake_officer01", "report", receipt.id, Attempt("accept", {"category": STREET_CLEANING}))
    case = str(district.state("report", receipt.id)["data"]["case"])
    conditions = view.catalogue.conditions(STREET_CLEANING, view.day)
    condition = next(one.id for one in conditions if one.milestones_on(view.day))
    road = (
        ("shift_leader01", Attempt("file", {"filing_condition": condition})),
        ("dispatcher01", Attempt("dispatch", {"unit": "sanitation"})),
        ("officer-sanitation", Attempt("receive")),
        ("officer-sanitation", Attempt("assign", {"squad": "cleaning-1"})),
    )
    for person, attempt in road[: steps - 1]:
        act(district, person, "case", case, attempt)
    return receipt.id, case
