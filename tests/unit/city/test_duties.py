from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from xiuhua.city.duties.matrix import DutyMatrix
from xiuhua.city.duties.model import (
    KINDS,
    NOBODY,
    PLACE_KINDS,
    Answer,
    Asked,
    CategoryGroup,
    DutyRow,
    Gap,
    Section,
    Tie,
    Won,
)
from xiuhua.city.units.bands import TimeBand, minute_of_week, week_of

DAY = date(2026, 1, 1)
ZONE = ZoneInfo("Asia/Shanghai")
NOON = datetime(2026, 3, 2, 4, 0, tzinfo=UTC)  # Monday 12:00 in Shanghai
KEY, OLD, FAULT = "GB/T 47678.5/matter/06012", "GB/T 30428.2/matter/0112", "GB/T 47678.5/matter/01001"
CLASS, KIND = "GB/T 47678.5/matter/06", "GB/T 47678.5/matter"
SCOPES = ("UG1", "DG1", "CO1", "ST1", "DI1", "990100")
NIGHT = TimeBand("night", "night", "18:00-08:00", DAY)
GROUPS = (CategoryGroup("clean", "clean", (KEY, "GB/T 47678.5/matter/07"), DAY),)
SECTIONS = (Section("SEC1", "1", "K1", ("ST1", "R9/L"), DAY), Section("SEC2", "2", "K2", ("R1",), DAY))


def row(unit: str, place_kind: str = "everywhere", place: str = "*", category: str = "*", **more: object) -> DutyRow:
    made = DutyRow("handle", category, place_kind, place, unit, DAY)
    return replace(made, **more)  # type: ignore[arg-type]


def matrix(*rows: DutyRow) -> DutyMatrix:
    numbered = [replace(one, id=number) for number, one in enumerate(rows, 1)]
    return DutyMatrix(numbered, ZONE, [NIGHT], GROUPS, SECTIONS)


def ask(category: str = KEY, at: datetime = NOON, **more: object) -> Asked:
    return replace(Asked("handle", category, at, SCOPES), **more)  # type: ignore[arg-type]


def unit_of(answer: Answer) -> str:
    return answer.unit if isinstance(answer, Won) else type(answer).__name__


LADDER = (
    row("everywhere"),
    row("city", "city", "990100"),
    row("district", "district", "DI1"),
    row("street", "street", "ST1"),
    row("community", "community", "CO1"),
    row("duty_grid", "duty_grid", "DG1"),
    row("unit_grid", "unit_grid", "UG1"),
    row("section", "section", "SEC1"),
    row("segment", "road_segment", "R1"),
    row("side", "road_segment", "R1", side="L"),
    row("record", "record", "M7"),
)


@pytest.mark.parametrize("height", range(1, len(LADDER) + 1))
def test_the_most_specific_place_answers(height: int) -> None:
    here = ask(segment="R1", side="L", record="M7")

    assert unit_of(matrix(*LADDER[:height]).resolve(here)) == LADDER[height - 1].unit


WAYS = (
    row("all"),
    row("kind of another standard", category="GB/T 30428.2/matter"),
    row("kind", category=KIND),
    row("class of another standard", category="GB/T 30428.2/matter/01"),
    row("class", category=CLASS),
    row("group", category="group:clean"),
    row("mapped", category=OLD),
    row("category", category=KEY),
)


@pytest.mark.parametrize("height", range(1, len(WAYS) + 1))
def test_within_a_place_the_most_specific_category_answers(height: int) -> None:
    assert unit_of(matrix(*WAYS[:height]).resolve(ask(mapped=(OLD,)))) == WAYS[height - 1].unit


def test_the_place_counts_before_the_category_and_both_before_time_and_owner() -> None:
    fine = row("fine", "street", "ST1", KEY, time_band="00:00-24:00", owner="W")
    wide = row("wide", "community", "CO1")

    assert unit_of(matrix(fine, wide).resolve(ask(owner="W"))) == "wide"
    assert unit_of(matrix(fine, row("class", "street", "ST1", CLASS)).resolve(ask(owner="X"))) == "class"


@pytest.mark.parametrize(
    ("at", "owner", "unit"),
    [
        (NOON, None, "any"),
        (NOON, "W", "owner"),
        (NOON + timedelta(hours=8), None, "night"),
        (NOON + timedelta(hours=8), "W", "both"),
        (NOON + timedelta(hours=8), "X", "night"),
        (NOON + timedelta(hours=20), "W", "owner"),
    ],
)
def test_time_counts_before_owner(at: datetime, owner: str | None, unit: str) -> None:
    rows = [
        row("any"),
        row("owner", owner="W"),
        row("night", time_band="night"),
        row("both", time_band="night", owner="W"),
    ]

    assert unit_of(matrix(*rows).resolve(ask(at=at, owner=owner))) == unit


def test_a_band_decides_where_another_row_has_an_owner() -> None:
    rows = [row("owner", owner="W"), row("night", time_band="night")]

    assert unit_of(matrix(*rows).resolve(ask(at=NOON + timedelta(hours=8), owner="W"))) == "night"


@pytest.mark.parametrize(
    ("day", "unit"), [(-1, "Gap"), (0, "first"), (9, "first"), (10, "second"), (20, "second"), (21, "Gap")]
)
def test_only_rows_of_the_day_answer(day: int, unit: str) -> None:
    first = row("first", valid_to=DAY + timedelta(days=9))
    second = row("second", valid_from=DAY + timedelta(days=10), valid_to=DAY + timedelta(days=20))
    at = datetime(2026, 1, 1, 0, 0, tzinfo=ZONE) + timedelta(days=day)

    assert unit_of(matrix(first, second).resolve(ask(at=at))) == unit


def test_the_day_is_the_bureaus_own() -> None:
    late = datetime(2025, 12, 31, 17, 0, tzinfo=UTC)  # 01:00 on 1 January in Shanghai

    assert unit_of(matrix(row("U")).resolve(ask(at=late))) == "U"
    assert unit_of(matrix(row("U")).resolve(ask(at=late), on=date(2025, 12, 31))) == "Gap"


@pytest.mark.parametrize(
    ("segment", "side", "unit"),
    [("R1", None, "both"), ("R1", "R", "both"), ("R1", "L", "left"), ("R9", "L", "section"), ("R9", "R", "Gap")],
)
def test_a_side_of_a_road_is_told_apart(segment: str, side: str, unit: str) -> None:
    rows = [
        row("both", "road_segment", "R1", side="both"),
        row("left", "road_segment", "R1", side="L"),
        row("section", "section", "SEC1"),
    ]

    assert unit_of(matrix(*rows).resolve(ask(scopes=(), segment=segment, side=side))) == unit


def test_two_sections_at_one_place_quarrel() -> None:
    both = matrix(row("A", "section", "SEC1"), row("B", "section", "SEC2"))

    assert both.resolve(ask(segment="R1")) == Tie(both.rows)
    assert unit_of(both.resolve(ask())) == "A"
    assert unit_of(both.resolve(ask(scopes=(), sections=("SEC2",)))) == "B"


@pytest.mark.parametrize(("kind", "unit"), [("maintain", "M"), ("handle", "M"), ("regulate", "R"), ("enforce", "R")])
def test_a_parts_own_maintainer_comes_first(kind: str, unit: str) -> None:
    rows = [replace(row("R", "record", "M7"), kind=kind)]
    answer = matrix(*rows).resolve(ask(kind=kind, record="M7", maintainer="M"))

    assert unit_of(answer) == unit


def test_an_adjudication_about_the_part_itself_overrules_its_register() -> None:
    decided = matrix(row("J", "record", "M7", source_case="990100-20260301-0001"))
    here = ask(record="M7", maintainer="M")

    assert decided.resolve(here).why()["case"] == "990100-20260301-0001"  # type: ignore[union-attr]
    assert unit_of(decided.resolve(replace(here, record="M8"))) == "M"


def test_rows_that_agree_are_no_tie_and_those_that_do_not_are() -> None:
    agree, quarrel = matrix(row("A"), row("A", source="2")), matrix(row("A"), row("B"))

    assert unit_of(agree.resolve(ask())) == "A"
    assert quarrel.resolve(ask()) == Tie(quarrel.rows)


def test_nobody_by_rule_is_a_gap_with_its_row() -> None:
    here = matrix(row("A"), row(NOBODY, category=CLASS))

    assert here.resolve(ask()) == Gap(here.rows[1])
    assert here.resolve(ask(FAULT)).why() == {  # type: ignore[union-attr]
        "by": "row", "row": "1", "unit": "A", "category_by": "all", "category": "*", "place_kind": "everywhere",
        "place": "*",
    }  # fmt: skip


def test_a_row_with_an_unknown_band_never_answers() -> None:
    assert unit_of(matrix(row("A", time_band="gone"), row("B", time_band="99:00-3")).resolve(ask())) == "Gap"


# -- against a scan of all rows --

CODES = ("06012", "06013", "07001")
KEYS = [f"GB/T 47678.5/matter/{code}" for code in CODES]
SELECTORS = [*KEYS, OLD, CLASS, "GB/T 47678.5/matter/07", KIND, "GB/T 30428.2/matter/01", "group:clean", "*"]
PLACES = [
    ("record", "M7"), ("road_segment", "R1"), ("road_segment", "R9"), ("section", "SEC1"), ("section", "SEC2"),
    ("unit_grid", "UG1"), ("duty_grid", "DG1"), ("community", "CO1"), ("street", "ST1"), ("street", "ST2"),
    ("district", "DI1"), ("city", "990100"), ("everywhere", "*"),
]  # fmt: skip
rows_of_any_kind = st.builds(
    lambda category, place, unit, side, band, owner, first, length: DutyRow(
        "handle", category, place[0], place[1], unit, DAY + timedelta(days=first),
        side if place[0] == "road_segment" else "", band, owner,
        valid_to=None if length is None else DAY + timedelta(days=first + length),
    ),
    st.sampled_from(SELECTORS), st.sampled_from(PLACES), st.sampled_from("AB-"), st.sampled_from(["", "L", "R"]),
    st.sampled_from(["", "", "night", "1-5 08:00-20:00"]), st.sampled_from(["", "", "W", "X"]),
    st.integers(0, 2), st.sampled_from([None, 0, 1]),
)  # fmt: skip
questions = st.builds(
    lambda category, mapped, hour, scopes, segment, side, record, owner: Asked(
        "handle", category, datetime(2026, 1, 1, 12, tzinfo=ZONE) + timedelta(hours=hour), scopes,
        mapped, segment, side, (), record, None, owner,
    ),
    st.sampled_from(KEYS), st.sampled_from([(), (OLD,)]), st.integers(0, 60),
    st.lists(st.sampled_from([*SCOPES, "ST2"]), unique=True).map(tuple), st.sampled_from([None, "R1", "R9"]),
    st.sampled_from([None, "L", "R", "both"]), st.sampled_from([None, "M7"]), st.sampled_from([None, "W", "X"]),
)  # fmt: skip


def place_level(one: DutyRow, asked: Asked) -> float | None:
    """How specific a row's place is (the smallest is the most), None when it is elsewhere."""
    inside = set(asked.scopes)
    inside |= {f"{asked.segment}/{s}" for s in (asked.side, "") if asked.segment}
    held = {
        "record": one.place == asked.record,
        "road_segment": one.place == asked.segment and one.side in ("", asked.side),
        "section": any(s.code == one.place and inside & {p if "/" in p or p in inside else f"{p}/" for p in s.places}
                       for s in SECTIONS),
        "everywhere": True,
    }.get(one.place_kind, one.place in asked.scopes)  # fmt: skip
    return PLACE_KINDS.index(one.place_kind) - (0.5 if one.side else 0) if held else None


def category_level(one: DutyRow, asked: Asked) -> int | None:
    order = [asked.category, *asked.mapped]
    order += ["group:clean" if asked.category in (KEY, KEYS[2]) else "none"]
    order += [asked.category[:-3], *(key[:-2] for key in asked.mapped)]
    order += [asked.category[:-6], *(key[:-5] for key in asked.mapped), "*"]
    return order.index(one.category) if one.category in order else None


def scan(rows: list[DutyRow], asked: Asked) -> list[DutyRow]:
    """Every row that answers, found the slow and plain way."""
    minute, day = minute_of_week(asked.at), asked.at.date()
    hours = {"night": NIGHT.hours}
    fitting = [
        ((place_level(one, asked), category_level(one, asked), not one.time_band, not one.owner), one)
        for one in rows
        if one.valid_from <= day <= (one.valid_to or day)
        and one.owner in ("", asked.owner)
        and (not one.time_band or week_of(hours.get(one.time_band, one.time_band))[minute])
        and place_level(one, asked) is not None
        and category_level(one, asked) is not None
    ]
    best = min((level for level, _ in fitting), default=None)
    return [one for level, one in fitting if level == best]


@settings(max_examples=400, deadline=None)
@given(st.lists(rows_of_any_kind, max_size=14), questions)
def test_resolving_is_a_scan_for_the_most_specific(rows: list[DutyRow], asked: Asked) -> None:
    compiled = matrix(*rows)

    answer, best = compiled.resolve(asked), scan(list(compiled.rows), asked)

    units = {one.unit for one in best}
    found = {one.unit for one in answer.rows} if isinstance(answer, Tie) else {unit_of(answer)}
    assert found == ({"Gap"} if units <= {NOBODY} else units)
    assert [one.id for one in answer.rows] == [one.id for one in best] if isinstance(answer, Tie) else True


def test_a_batch_is_answered_in_order() -> None:
    batch = [ask(), ask(FAULT), ask(kind="enforce")]

    assert [unit_of(one) for one in matrix(row("A"), row("B", category=KEY)).resolve_batch(batch)] == ["B", "A", "Gap"]
    assert set(KINDS) == {"regulate", "handle", "enforce", "maintain"}
