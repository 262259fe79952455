from dataclasses import replace
from datetime import date
from typing import Any

from area_city import CITY, DAY, block, city

from xiuhua.city.areas.drafts import Draft, draft
from xiuhua.city.areas.files import Feature
from xiuhua.city.areas.importing import Outcome, counted, resolve
from xiuhua.city.areas.model import Area
from xiuhua.city.areas.report import Finding, ImportReport, in_order
from xiuhua.city.areas.settle import union_of
from xiuhua.city.areas.versions import Change

GRID = "990101001001001"
KNOWN = {one.code: one for one in city()}
KNOWN["D1"] = replace(KNOWN["D1"], geometry=union_of(KNOWN["D1"].members, KNOWN))


def drafted(shape: Any, **fields: str) -> Draft:
    return draft(Feature("a.geojson", 1, {"code": GRID} | fields, shape), "unit_grid", CITY, DAY)


def outcome(*drafts: Draft, unread: tuple[Finding, ...] = (), close_missing: bool = False) -> Outcome:
    return resolve(drafts, unread, CITY, KNOWN, day=DAY, close_missing=close_missing, sliver_m=1.0)


def whats(result: Outcome) -> list[str]:
    return [finding.what for finding in result.findings]


def test_what_changes_now_takes_its_duty_grid_along() -> None:
    result = outcome(drafted(block(0, 0, 1, 0.5)))

    assert list(result.drawn) == ["D1"]
    assert "gap" in whats(result)


def test_what_is_announced_for_later_leaves_the_day_as_it_is() -> None:
    result = outcome(drafted(block(0, 0, 1, 0.5), valid_from="2026-05-01"))

    assert result.taken[GRID].valid_from == date(2026, 5, 1) and not result.drawn
    assert whats(result) == ["member_changes_later"]
    assert "change on 2026-05-01: import it again" in result.findings[0].why


def test_what_has_ended_is_no_longer_in_its_duty_grid() -> None:
    result = outcome(drafted(block(0, 0), valid_from="2020-01-01", valid_to="2025-12-31"))

    assert GRID not in result.drawn["D1"].members
    assert "member_closed" in whats(result)


def test_an_unread_file_forbids_closing() -> None:
    broken = Finding("error", "unusable_file", (), "cannot be read", file="b.geojson")

    result = outcome(drafted(block(0, 0)), unread=(broken,), close_missing=True)

    assert not result.gone and "not_closed" in whats(result)
    assert [finding.file for finding in result.errors] == ["b.geojson"]


def test_closing_goes_up_as_far_as_nothing_stands_on_it() -> None:
    community = "990101002002"
    sent = [one for one in KNOWN.values() if one.kind in ("community", "unit_grid")]
    drafts = [
        draft(Feature("a", 1, {"code": one.code, "name": "x", "kind": one.kind}, one.geometry), None, CITY, DAY)
        for one in sent
        if not one.code.startswith(community)
    ]

    result = outcome(*drafts, close_missing=True)

    assert community in result.gone and len(result.gone) == 9


def test_every_feature_is_counted_once() -> None:
    same, bad = drafted(block(0, 0), parent="990101001001"), drafted(None)
    changed = Change(GRID, DAY, date(2025, 12, 31), KNOWN[GRID])
    result = Outcome((same, bad), {GRID: KNOWN[GRID]}, {}, {}, ())

    assert counted(result, []) == ImportReport(unchanged=1, rejected=1)
    assert counted(result, [changed]).summary() == "new 0, changed 1, unchanged 0, closed 0, rejected 1"
    assert counted(result, [Change(GRID, opened=KNOWN[GRID])]).new == 1


def test_findings_come_errors_first_and_large_ones_first() -> None:
    rows = [
        Finding("note", "n", (), ""),
        Finding("warning", "gap", ("a",), "", 5.0),
        Finding("warning", "gap", ("b",), "", 50.0),
        Finding("error", "bad_code", (), "", file="z", row=3),
        Finding("error", "bad_code", (), "", file="a", row=9),
    ]

    assert [(row.severity, row.file, row.area_m2) for row in in_order(rows)] == [
        ("error", "a", None), ("error", "z", None), ("warning", "", 50.0), ("warning", "", 5.0), ("note", "", None),
    ]  # fmt: skip


def test_known_areas_are_left_alone() -> None:
    before: dict[str, Area] = dict(KNOWN)

    outcome(drafted(block(0, 0, 1, 0.5)))

    assert before == KNOWN
