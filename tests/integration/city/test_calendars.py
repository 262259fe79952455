"""A city's calendars in the database: set up, imported, corrected, known as of a moment."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import psycopg
import pytest

from xiuhua.city.calendars import service
from xiuhua.city.calendars.forms import parse_spec
from xiuhua.city.calendars.limits import epoch, moment
from xiuhua.city.calendars.spec import CalendarSpec
from xiuhua.flow import clocks
from xiuhua.platform.clock import SimulatedClock
from xiuhua.platform.database import Database, Tx
from xiuhua.platform.errors import Invalid, NotFound, SettingsWrong
from xiuhua.platform.eventlog import read
from xiuhua.platform.revision import Memory

CITY = "990100"
YEAR_2027 = [{"date": date(2027, 1, n), "kind": "holiday", "name": "元旦"} for n in range(1, 4)] + [
    {"date": date(2027, 10, n), "kind": "holiday", "name": "国庆节"} for n in range(1, 8)
]


@pytest.fixture
def city(tx: Tx) -> Tx:
    service.install_default_calendars(tx, CITY)
    return tx


def due(tx: Tx, start: str, amount: int = 4000, kind: str = "work_hour", known: datetime | None = None) -> str:
    zone = ZoneInfo("Asia/Shanghai")
    begin = epoch(datetime.fromisoformat(start).replace(tzinfo=zone))
    found, _ = service.load_calendars(tx, CITY, known).of("office").deadline_one(begin, amount, kind)
    return f"{moment(found).astimezone(zone):%Y-%m-%d %H:%M}"


def hours(text: str) -> CalendarSpec:
    weekdays = {name: [text] for name in ("mon", "tue", "wed", "thu", "fri")}
    season = {"from": "01-01", "to": "12-31", "weekdays": weekdays}
    return parse_spec({"code": "office", "name": "office", "zone": "Asia/Shanghai", "seasons": [season]})


def events(tx: Tx) -> list[str]:
    return [event.type for event in read(tx, CITY, f"calendars/{CITY}")]


def test_a_new_city_has_calendars_holidays_and_roles(city: Tx) -> None:
    calendars = service.load_calendars(city, CITY)

    assert sorted(calendars.by_code) == ["office", "patrol", "round_the_clock"]
    assert calendars.of_role("collector").code == "patrol" and calendars.of_role("handler").code == "office"
    assert due(city, "2026-02-14 16:00") == "2026-02-24 11:00"
    assert events(city) == ["CalendarsChanged", "RolesAssigned", "HolidaysImported"]


def test_setting_up_again_changes_nothing_and_leaves_what_the_city_set(city: Tx) -> None:
    service.put_calendars(city, CITY, [hours("09:00-17:00")], date(2026, 1, 1))
    service.assign_roles(city, CITY, {"collector": "office"})
    before = events(city)

    service.install_default_calendars(city, CITY)

    assert events(city) == before and service.load_calendars(city, CITY).roles["collector"] == "office"
    assert due(city, "2026-03-02 12:30", 1000) == "2026-03-02 13:30"


def test_a_city_in_another_zone_has_its_own_hours(tx: Tx) -> None:
    service.install_default_calendars(tx, CITY, zone="Asia/Urumqi")

    assert service.load_calendars(tx, CITY).of("office").zone == "Asia/Urumqi"


def test_a_new_year_is_imported_once_and_its_provisional_deadlines_move(city: Tx) -> None:
    office = service.load_calendars(city, CITY).of("office")
    start = epoch(datetime(2026, 12, 31, 15, 30, tzinfo=ZoneInfo("Asia/Shanghai")))
    run = clocks.start(office, "handle", 4, "work_hour", start)

    first = service.import_holidays(city, CITY, YEAR_2027, name="2027")
    again = service.import_holidays(city, CITY, YEAR_2027, name="2027")

    assert (first.new, first.unchanged, first.announced, first.announced_through) == (10, 0, (2027,), 2027)
    assert (again.new, again.changed, again.unchanged, again.announced) == (0, 0, 10, ())
    assert events(city).count("HolidaysImported") == 2
    fresh = clocks.recompute(run, service.load_calendars(city, CITY).of("office"))
    assert run.provisional and not fresh.provisional
    assert fresh.due - run.due == timedelta(days=3).total_seconds()
    assert clocks.verify(run, service.load_version(city, CITY, run.digest))


def test_a_file_is_imported_by_its_name(city: Tx, tmp_path: Path) -> None:
    file = tmp_path / "2027.csv"
    file.write_text("date,kind,name\n2026-12-31,holiday,元旦\n2027-01-04,workday,元旦\n", encoding="utf-8")

    outcome = service.import_holidays(city, CITY, file)

    assert outcome.new == 2 and outcome.announced == () and outcome.announced_through == 2026
    assert [warning["row"] for warning in outcome.warnings] == [3]
    assert read(city, CITY, f"calendars/{CITY}")[-1].payload["source"] == "2027.csv"


def test_an_arrangement_may_be_corrected(city: Tx) -> None:
    changed = [{"date": "2026-05-09", "kind": "holiday", "name": "劳动节"}]
    outcome = service.import_holidays(city, CITY, changed)

    assert (outcome.new, outcome.changed) == (0, 1)
    assert due(city, "2026-05-08 16:30") == "2026-05-11 11:30"


def test_replacing_a_year_withdraws_what_is_not_in_it(city: Tx) -> None:
    changed = [{"date": f"2026-10-0{n}", "kind": "holiday", "name": "国庆节"} for n in range(1, 4)]
    outcome = service.import_holidays(city, CITY, changed, announced=[2026], replace=True)

    assert outcome.withdrawn == 39 - 3 and outcome.unchanged == 3
    assert due(city, "2026-02-14 16:00") == "2026-02-16 14:30"
    service.install_default_calendars(city, CITY)
    assert due(city, "2026-02-14 16:00") == "2026-02-16 14:30"


def test_of_an_import_with_errors_nothing_is_taken_over(city: Tx) -> None:
    rows = [*YEAR_2027, {"date": "2027-02-30", "kind": "rest", "name": "x"}]

    with pytest.raises(Invalid) as caught:
        service.import_holidays(city, CITY, rows)

    assert [(error["row"], error["field"]) for error in caught.value.params["errors"]] == [(11, "date"), (11, "kind")]
    assert due(city, "2026-12-31 15:30") == "2027-01-01 10:30" and len(events(city)) == 3


def test_new_hours_hold_from_their_day_on(city: Tx) -> None:
    changed = service.put_calendars(city, CITY, [hours("09:00-17:00")], date(2026, 7, 1))
    again = service.put_calendars(city, CITY, [hours("09:00-17:00")], date(2026, 8, 1))

    assert changed == ["office"] and again == []
    assert due(city, "2026-06-30 17:00", 2000) == "2026-07-01 10:00"
    service.put_calendars(city, CITY, [hours("10:00-17:00")], date(2026, 6, 30))
    assert due(city, "2026-06-30 09:00", 1000) == "2026-06-30 11:00"
    assert due(city, "2026-07-01 09:00", 1000) == "2026-07-01 11:00"


def test_calendars_are_known_as_of_a_moment(city: Tx, clock: SimulatedClock) -> None:
    clock.move_to(city.now + timedelta(days=1))
    later = Tx(city.connection, clock, clock.now())

    service.put_calendars(later, CITY, [hours("00:00-24:00")], date(2026, 1, 1))
    service.import_holidays(later, CITY, [{"date": "2026-03-05", "kind": "holiday", "name": "x"}])
    service.assign_roles(later, CITY, {"collector": "office"})

    assert due(later, "2026-03-02 20:00", 1000) == "2026-03-02 21:00"
    assert due(later, "2026-03-02 20:00", 1000, known=city.now) == "2026-03-03 09:30"
    assert due(later, "2026-03-04 17:00", 1000, known=city.now) == "2026-03-05 09:00"
    assert service.load_calendars(later, CITY, city.now).roles["collector"] == "patrol"


def test_what_is_wrong_with_calendars_and_roles_is_named(city: Tx) -> None:
    elsewhere = replace(hours("09:00-17:00"), zone="Asia/Urumqi")
    with pytest.raises(Invalid) as zones:
        service.put_calendars(city, CITY, [elsewhere, elsewhere])
    with pytest.raises(Invalid) as roles:
        service.assign_roles(city, CITY, {"collector": "night", "handler": "office"})

    assert [error["path"] for error in zones.value.params["errors"]] == ["office.zone", "office", "office.zone"]
    assert [error["path"] for error in roles.value.params["errors"]] == ["collector"]


def test_what_is_not_there_is_said_so(city: Tx) -> None:
    calendars = service.load_calendars(city, CITY)

    with pytest.raises(NotFound, match="no calendar night"):
        calendars.of("night")
    with pytest.raises(SettingsWrong, match="role diver"):
        calendars.of_role("diver")
    with pytest.raises(NotFound, match="0123456789abcdef"):
        service.load_version(city, CITY, "0123456789abcdef")


def test_cities_do_not_see_one_another(city: Tx) -> None:
    assert not service.load_calendars(city, "990200").by_code


def test_processes_keep_calendars_until_they_change(database: Database) -> None:
    memory = Memory()
    with database.transaction() as tx:
        service.install_default_calendars(tx, CITY)
    with database.transaction() as tx:
        first = memory.get(tx, CITY, service.REVISION, service.load_calendars)
    with database.transaction() as tx:
        assert memory.get(tx, CITY, service.REVISION, service.load_calendars) is first
        service.import_holidays(tx, CITY, YEAR_2027)
    with database.transaction() as tx:
        assert (
            memory.get(tx, CITY, service.REVISION, service.load_calendars).of("office").digest
            != first.of("office").digest
        )


def test_kept_versions_are_never_changed(database: Database) -> None:
    with database.transaction() as tx:
        service.install_default_calendars(tx, CITY)
    for statement in ("update calendar_version set code = 'x'", "delete from calendar_version"):
        with pytest.raises(psycopg.errors.InsufficientPrivilege), database.transaction() as tx:
            tx.execute(statement)
