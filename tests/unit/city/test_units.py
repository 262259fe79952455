from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xiuhua.city.units.check import card_errors, holding_errors, person_errors, tree_errors, unit_errors
from xiuhua.city.units.directory import ActsFor, Directories, Directory
from xiuhua.city.units.fixings import Missing, missing_fixings
from xiuhua.city.units.model import Bureau, Bureaus, DutyCard, Holding, Person, Unit, credit_code_fault
from xiuhua.platform.errors import Invalid, NotFound

DAY = date(2026, 1, 1)
CITY = "990100"


def unit(code: str, kind: str = "squad", parent: str | None = None, **more: object) -> Unit:
    return replace(Unit(code, kind, code.title(), DAY, parent=parent), **more)  # type: ignore[arg-type]


def person(code: str, at: str = "B", **more: object) -> Person:
    return replace(Person(code, code, at, DAY), **more)  # type: ignore[arg-type]


TREE = (
    unit("B", "bureau"),
    unit("D1", "district", "B"),
    unit("S1", "street", "D1"),
    unit("Q1", "squad", "S1"),
    unit("SAN", "department", "B"),
    unit("CON", "contractor", "SAN"),
    unit("CREW", "squad", "CON"),
    unit("POWER", "external", "B", desk="offline", proxy="SAN", contact="0000-95598"),
    unit("RAIL", "external", "B", desk="offline", proxy="p3"),
    unit("METRO", "external", "B", desk="offline", proxy="RAIL"),
)
PEOPLE = tuple(person(f"p{n}") for n in range(1, 6))
POSTS = (
    Holding("p1", "unit_officer", DAY, "SAN"),
    Holding("p1", "handler", DAY, "CREW"),
    Holding("p2", "collector", DAY, "CON", "DG1"),
    Holding("p3", "dispatcher", DAY),
    Holding("p4", "collector", DAY, None, "ST1"),
    Holding("p5", "collector", DAY, "CON", valid_to=DAY),
)


def directory(day: date = DAY) -> Directory:
    return Directory(CITY, day, TREE, PEOPLE, POSTS)


def test_the_tree_is_walked_both_ways() -> None:
    tree = directory()

    assert tree.ancestors("Q1") == ("Q1", "S1", "D1", "B")
    assert tree.descendants("SAN") == ("SAN", "CON", "CREW")
    assert tree.is_within("CREW", "SAN") and not tree.is_within("SAN", "CREW")
    assert tree.ancestors("nowhere") == () == tree.descendants("nowhere")


@pytest.mark.parametrize(
    ("of", "organisation"),
    [("CREW", "SAN"), ("CON", "SAN"), ("Q1", "D1"), ("D1", "D1"), ("B", "B"), ("nowhere", "nowhere")],
)
def test_the_organisation_is_the_topmost_contractor_or_department(of: str, organisation: str) -> None:
    assert directory().organisation_of(of) == organisation


def test_a_given_organisation_holds_for_everything_below() -> None:
    given_one = Directory(CITY, DAY, [*TREE[:5], replace(TREE[5], organisation="CON"), TREE[6]], (), ())

    assert given_one.organisation_of("CREW") == "CON"
    assert not given_one.same_organisation("CREW", "SAN")
    assert directory().same_organisation("CREW", "SAN")


@pytest.mark.parametrize(
    ("role", "scopes", "at", "found"),
    [
        ("collector", ("UG1", "DG1", "ST1", CITY), None, ("p2", "p4", "p5")),
        ("collector", ("UG2", "DG2", "ST1", CITY), None, ("p4", "p5")),
        ("collector", ("UG1", "DG1", "ST1", CITY), "CON", ("p2", "p5")),
        ("collector", (), None, ("p5",)),
        ("unit_officer", (), "SAN", ("p1",)),
        ("unit_officer", (), "CON", ()),
        ("dispatcher", ("UG1",), None, ("p3",)),
    ],
)
def test_holders_are_found_by_area_the_nearest_first(
    role: str, scopes: tuple[str, ...], at: str | None, found: tuple[str, ...]
) -> None:
    assert directory().holders(role, scopes, at) == found


def test_what_does_not_hold_on_the_day_is_not_there() -> None:
    later = Directories(CITY, TREE, (*PEOPLE[:4], person("p5", active=False)), POSTS)

    assert later.on(DAY + timedelta(days=1)).holders("collector", ("DG1",)) == ("p2",)
    assert later.on(DAY - timedelta(days=1)).units == {}
    assert later.on(DAY) is later.on(DAY)
    with pytest.raises(NotFound):
        later.on(DAY).person("p5")


@pytest.mark.parametrize(
    ("who", "to", "reason"),
    [
        ("p1", "POWER", ActsFor("POWER", "p1", "SAN", "unit")),
        ("p3", "RAIL", ActsFor("RAIL", "p3", "p3", "person")),
        ("p3", "METRO", ActsFor("METRO", "p3", "RAIL", "person")),
        ("p3", "POWER", None),
        ("p1", "SAN", None),
        ("p2", "CON", None),
        ("nobody", "POWER", None),
    ],
)
def test_only_the_proxy_acts_for_an_offline_unit(who: str, to: str, reason: ActsFor | None) -> None:
    assert directory().may_act_for(who, to) == reason


def test_a_post_acts_at_its_own_desk_or_as_proxy() -> None:
    here = directory()
    officer, handler = here.posts_of("p1")[::-1][:2]

    assert here.acts_for(officer, "SAN") == "own" and here.acts_for(officer, "POWER") == "proxy"
    assert here.acts_for(handler, "POWER") is None and here.acts_for(officer, "RAIL") is None
    assert (here.desk_of("POWER"), here.desk_of("METRO"), here.desk_of("D1")) == ("SAN", "p3", "D1")


@pytest.mark.parametrize(
    ("code", "fault"),
    [
        ("91350100M000100Y43", None),
        ("91350100M000100Y44", "check digit"),
        ("91350100M000100YI3", "18 digits"),
        ("9135", "18 digits"),
    ],
)
def test_credit_codes_are_checked(code: str, fault: str | None) -> None:
    found = credit_code_fault(code)

    assert (found is None) if fault is None else fault in (found or "")


@given(st.text("0123456789ABCDEFGHJKLMNPQRTUWXY", min_size=17, max_size=17))
def test_each_credit_code_has_exactly_one_check_digit(stem: str) -> None:
    fitting = [sign for sign in "0123456789ABCDEFGHJKLMNPQRTUWXY" if credit_code_fault(stem + sign) is None]

    assert len(fitting) == 1


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        (unit("B", "club"), "kind"),
        (unit("", name="X"), "code"),
        (unit("X", name=" "), "name"),
        (unit("X", desk="offline"), "proxy"),
        (unit("X", proxy="B"), "proxy"),
        (unit("X", desk="closed"), "desk"),
        (unit("X", credit_code="1"), "credit_code"),
        (unit("X", parent="X"), "parent"),
        (unit("X", valid_to=date(2025, 1, 1)), "valid_to"),
    ],
)
def test_a_wrong_unit_is_told_by_field(wrong: Unit, field: str) -> None:
    assert [error["field"] for error in unit_errors(wrong)] == [field]


@pytest.mark.parametrize(
    ("units", "why"),
    [
        ([unit("A", parent="B")], "no unit"),
        ([unit("A", parent="B"), unit("B", parent="A")], "itself"),
        ([unit("A", desk="offline", proxy="nobody")], "neither"),
        ([unit("A", desk="offline", proxy="B"), unit("B", desk="offline", proxy="A")], "no desk"),
        ([unit("A", parent="B"), unit("B", valid_to=date(2026, 6, 30))], "no unit on 2026-07-01"),
    ],
)
def test_a_tree_must_hold_on_every_day(units: list[Unit], why: str) -> None:
    errors = tree_errors(units)

    assert errors and why in errors[0]["why"]


def test_the_sample_tree_has_no_errors() -> None:
    assert tree_errors(TREE, PEOPLE) == [] == [error for one in TREE for error in unit_errors(one)]


def test_people_and_posts_are_checked() -> None:
    assert [error["field"] for error in person_errors(person("system", "X"), {"B"})] == ["code", "unit"]
    wrong = Holding("p9", "king", DAY, "X")
    assert [error["field"] for error in holding_errors(wrong, {"p1"}, {"B"})] == ["person", "role", "unit"]
    assert [e["field"] for e in holding_errors(Holding("p1", "handler", DAY), {"p1"}, {"B"})] == ["unit"]
    card = DutyCard("DG1", DAY, "p9", "25:00-26:00", "king")
    assert {e["field"] for e in card_errors(card, {"p1"}, set())} == {"person", "role", "time_band"}


def test_the_six_fixings_are_reported_by_grid() -> None:
    whole = DutyCard("DG1", DAY, "p2", "1-5 08:00-18:00", "collector", "patrol", "S-1", "R-1")
    partial = replace(whole, duty_grid="DG2", standard=" ", reward_penalty="", person="p4")
    absent = replace(whole, duty_grid="DG3", person="p9")
    elsewhere = replace(whole, duty_grid="DG4")
    grids = [(code, (code, "ST1", CITY)) for code in ("DG1", "DG2", "DG3", "DG4", "DG5")]

    found = missing_fixings(grids, [whole, partial, absent, elsewhere], directory())

    assert found[:4] == [
        Missing("DG2", "p4", "standard", "empty"),
        Missing("DG2", "p4", "reward_penalty", "empty"),
        Missing("DG3", "p9", "person", "no_active_person"),
        Missing("DG4", "p2", "post", "post_not_held"),
    ]
    assert [(one.duty_grid, one.why) for one in found[4:]] == [("DG5", "no_card")] * 6


def test_bureaus_roll_up() -> None:
    bureaus = Bureaus(
        [
            Bureau("990000", "P"),
            Bureau("990100", "A", parent_city="990000"),
            Bureau("990101", "AA", parent_city="990100"),
            Bureau("990200", "B", parent_city="990000"),
        ]
    )

    assert bureaus.descendants("990000") == ("990000", "990100", "990200", "990101")
    assert bureaus.descendants("990200") == ("990200",)
    with pytest.raises(NotFound):
        bureaus.descendants("110000")


def test_bureaus_in_a_ring_are_refused() -> None:
    with pytest.raises(Invalid):
        Bureaus([Bureau("990100", "A", parent_city="990200"), Bureau("990200", "B", parent_city="990100")])
