from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import psycopg
import pytest

from xiuhua.city.units import keeping, service
from xiuhua.city.units.bands import TimeBand
from xiuhua.city.units.files import import_table
from xiuhua.city.units.fixings import Missing
from xiuhua.city.units.model import Bureau, DutyCard, Holding, Person, Unit
from xiuhua.platform import eventlog
from xiuhua.platform.clock import SimulatedClock
from xiuhua.platform.database import Database, Tx
from xiuhua.platform.errors import Invalid, NotFound
from xiuhua.platform.identity.model import Post, system
from xiuhua.platform.revision import Memory

CITY, OTHER = "990100", "990200"
DAY, JULY = date(2026, 1, 1), date(2026, 7, 1)
ADMIN = system(CITY)
UNITS = [
    Unit("B", "bureau", "B", DAY),
    Unit("SAN", "department", "SAN", DAY, parent="B", credit_code="91350100M000100Y43"),
    Unit("POWER", "external", "POWER", DAY, parent="B", desk="offline", proxy="SAN"),
]
PEOPLE = [Person("p1", "P1", "SAN", DAY), Person("p2", "P2", "B", DAY)]
POSTS = [Holding("p1", "unit_officer", DAY, "SAN"), Holding("p1", "handler", DAY, "SAN", "ST1", DAY)]


@pytest.fixture
def city(tx: Tx) -> Tx:
    """A bureau with units, people and posts."""
    service.save_bureau(tx, ADMIN, Bureau(CITY, "A"))
    service.save_units(tx, ADMIN, UNITS)
    service.save_people(tx, ADMIN, PEOPLE)
    service.save_posts(tx, ADMIN, POSTS, areas={"ST1"})
    return tx


def test_what_was_saved_is_compiled(city: Tx) -> None:
    here = service.load_directories(city, CITY).on(DAY)

    assert here.units == {unit.code: unit for unit in UNITS}
    assert here.holders("unit_officer", unit="SAN") == ("p1",)
    assert here.may_act_for("p1", "POWER") is not None


def test_posts_of_a_person_on_a_day(city: Tx) -> None:
    handler = Post("handler", CITY, "SAN", "ST1", DAY, DAY)
    officer = Post("unit_officer", CITY, "SAN", None, DAY)

    assert service.posts_of(city, CITY, "p1", DAY) == (handler, officer)
    assert service.posts_of(city, CITY, "p1", JULY) == (officer,)
    assert service.posts_of(city, OTHER, "p1", DAY) == () == service.posts_of(city, CITY, "p1", date(2025, 1, 1))


def test_an_inactive_person_holds_no_post(city: Tx) -> None:
    service.save_people(city, ADMIN, [replace(PEOPLE[0], active=False, valid_from=JULY)])

    assert service.posts_of(city, CITY, "p1", JULY) == ()
    assert service.load_directories(city, CITY).on(JULY).holders("unit_officer") == ()


def test_the_same_again_is_told_to_nobody(city: Tx) -> None:
    before = eventlog.read(city, CITY, f"units/{CITY}")

    assert service.save_units(city, ADMIN, UNITS, close_missing_on=JULY).empty
    service.save_bureau(city, ADMIN, Bureau(CITY, "A"))
    assert eventlog.read(city, CITY, f"units/{CITY}") == before
    assert [event.type for event in before] == ["BureauChanged", "UnitsChanged", "PeopleChanged", "PostsChanged"]
    assert before[1].payload["opened"] == 3 and len(before[1].payload["digest"]) == 64


def test_a_renamed_unit_keeps_its_past_and_what_was_known(database: Database, clock: SimulatedClock) -> None:
    with database.transaction() as tx:
        service.save_units(tx, ADMIN, UNITS)
        first = tx.now
    clock.move_to(clock.now() + timedelta(days=1))
    with database.transaction() as tx:
        made = service.save_units(tx, ADMIN, [replace(UNITS[1], name="NEW", valid_from=JULY)])
        now, then = service.load_directories(tx, CITY), service.load_directories(tx, CITY, known_at=first)

    assert (made.opened, made.closed) == (1, 1)
    assert [now.on(day).unit("SAN").name for day in (DAY, JULY)] == ["SAN", "NEW"]
    assert then.on(JULY).unit("SAN").name == "SAN"


def test_compiled_directories_are_read_anew_after_a_change(city: Tx) -> None:
    memory = Memory()
    first = memory.get(city, CITY, "units", service.load_directories)

    assert memory.get(city, CITY, "units", service.load_directories) is first
    service.save_posts(city, ADMIN, [Holding("p2", "leader", DAY)])
    assert memory.get(city, CITY, "units", service.load_directories).on(DAY).holders("leader") == ("p2",)


def test_a_unit_with_units_below_cannot_end_alone(city: Tx) -> None:
    with pytest.raises(Invalid) as raised:
        service.save_units(city, ADMIN, [replace(UNITS[0], valid_to=JULY)])

    assert {error["row"] for error in raised.value.params["errors"]} == {"SAN", "POWER"}


@pytest.mark.parametrize(
    ("save", "row"),
    [
        (service.save_units, Unit("X", "club", "X", DAY)),
        (service.save_people, Person("x", "X", "NOWHERE", DAY)),
        (service.save_posts, Holding("p1", "king", DAY)),
        (service.save_time_bands, TimeBand("x", "X", "noon", DAY)),
        (service.save_duty_cards, DutyCard("DG1", DAY, "nobody")),
    ],
)
def test_wrong_rows_are_refused_and_nothing_is_kept(city: Tx, save, row) -> None:  # type: ignore[no-untyped-def]
    events = len(eventlog.read(city, CITY, f"units/{CITY}"))

    with pytest.raises(Invalid) as raised:
        save(city, ADMIN, [row])

    assert raised.value.params["errors"] and len(eventlog.read(city, CITY, f"units/{CITY}")) == events


def test_a_post_in_an_unknown_area_is_refused(city: Tx) -> None:
    with pytest.raises(Invalid, match="ST9 is no area"):
        service.save_posts(city, ADMIN, [Holding("p1", "collector", DAY, None, "ST9")], areas={"ST1"})


def test_bureaus_stand_apart_and_roll_up(city: Tx) -> None:
    service.save_bureau(city, ADMIN, Bureau(OTHER, "B", "B", "Asia/Urumqi", CITY))
    service.save_units(city, system(OTHER), [Unit("B", "bureau", "other", DAY)])

    assert service.bureaus(city).descendants(CITY) == (CITY, OTHER)
    assert service.load_directories(city, OTHER).on(DAY).units["B"].name == "other"
    assert service.load_directories(city, CITY).on(DAY).units["B"].name == "B"
    assert str(service.time_zone(city, OTHER)) == "Asia/Urumqi"
    with pytest.raises(NotFound):
        service.time_zone(city, "990300")
    with pytest.raises(Invalid, match="no time zone"):
        service.save_bureau(city, ADMIN, Bureau(OTHER, "B", time_zone="Mars/Base"))


def test_the_fixings_of_every_grid_are_reported(city: Tx) -> None:
    service.save_time_bands(city, ADMIN, [TimeBand("day", "day", "08:00-18:00", DAY)])
    service.save_duty_cards(city, ADMIN, [DutyCard("DG1", DAY, "p1", "day", "unit_officer", "walk", "S-1")])

    found = service.fixings_missing(city, CITY, [("DG1", ("DG1", CITY)), ("DG2", ("DG2", CITY))], DAY)

    assert found[0] == Missing("DG1", "p1", "reward_penalty", "empty")
    assert {one.why for one in found[1:]} == {"no_card"} and len(found) == 7


def test_a_table_is_taken_whole_or_not_at_all(city: Tx, tmp_path: Path) -> None:
    path = tmp_path / "units.csv"
    path.write_bytes("code,kind,name,parent\nQ1,squad,一中队,B\nQ2,squad,二中队,Q9\n".encode("gb18030"))

    with pytest.raises(Invalid) as raised:
        import_table(city, ADMIN, "units", path, JULY)
    path.write_text(path.read_text("gb18030").replace("Q9", "Q1"), "utf-8")
    made = import_table(city, ADMIN, "units", path, JULY)

    (error,) = raised.value.params["errors"]
    assert (error["file"], error["row"], error["field"], error["code"]) == ("units.csv", 3, "parent", "Q2")
    assert made.opened == 2 and import_table(city, ADMIN, "units", path, JULY).empty
    assert service.load_directories(city, CITY).on(JULY).ancestors("Q2") == ("Q2", "Q1", "B")


def test_vanished_rows_end_the_day_before(city: Tx, tmp_path: Path) -> None:
    path = tmp_path / "posts.csv"
    path.write_text("person,role,unit\np1,unit_officer,SAN\np2,dispatcher,\n", "utf-8")

    made = import_table(city, ADMIN, "posts", path, JULY, close_vanished=True)

    assert (made.opened, made.closed, made.unchanged) == (1, 0, 1)
    assert service.posts_of(city, CITY, "p2", JULY)[0].role == "dispatcher"
    with pytest.raises(Invalid, match="none of"):
        import_table(city, ADMIN, "poems", path, JULY)


@pytest.mark.parametrize("statement", ["update unit set name = 'X'", "delete from unit", "truncate unit"])
def test_the_application_cannot_change_a_row(city: Tx, statement: str) -> None:
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        city.execute(statement)


def test_a_row_is_superseded_once_only(city: Tx) -> None:
    service.save_units(city, ADMIN, [replace(UNITS[1], name="NEW", valid_from=JULY)])

    standing = keeping.values(city, CITY, service.UNITS)
    every = city.execute("select count(*) as n from unit where city = %s", (CITY,)).fetchone()

    assert len(standing) == 4 and every is not None and every.n == 5
