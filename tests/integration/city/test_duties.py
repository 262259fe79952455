from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from xiuhua.city.areas.index import AreaIndex
from xiuhua.city.categories.catalogue import Catalogue
from xiuhua.city.categories.model import Category, Kind
from xiuhua.city.categories.tables import rows_of
from xiuhua.city.duties import sections, service
from xiuhua.city.duties.dead import Known
from xiuhua.city.duties.dry_run import PastCase
from xiuhua.city.duties.model import Asked, CategoryGroup, Contract, DutyRow, Section, Won
from xiuhua.city.units.bands import TimeBand
from xiuhua.city.units.model import Bureau, Unit
from xiuhua.city.units.service import save_bureau, save_time_bands, save_units
from xiuhua.platform import eventlog
from xiuhua.platform.clock import SimulatedClock
from xiuhua.platform.database import Database, Tx
from xiuhua.platform.errors import Invalid, NotFound
from xiuhua.platform.identity.model import system
from xiuhua.platform.revision import Memory

CITY = "990100"
DAY, JULY = date(2026, 1, 1), date(2026, 7, 1)
ADMIN = system(CITY)
NOON = datetime(2026, 3, 2, 12, tzinfo=ZoneInfo("Asia/Shanghai"))
KEY = "GB/T 47678.5/matter/06012"
KNOWN = Known({"U": [(DAY, None)], "V": [(DAY, None)]}, {"ST1": "street"}, {KEY}, CITY)
EVERY = DutyRow("handle", "*", "everywhere", "*", "U", DAY, source="1")
STREET = replace(EVERY, category=KEY, place_kind="street", place="ST1", unit="V")


@pytest.fixture
def city(tx: Tx) -> Tx:
    """A bureau with two units."""
    save_bureau(tx, ADMIN, Bureau(CITY, "A"))
    save_units(tx, ADMIN, [Unit("U", "department", "U", DAY), Unit("V", "contractor", "V", DAY)])
    return tx


def answer(tx: Tx, on: date = DAY, **more: object) -> str:
    asked = replace(Asked("handle", KEY, NOON, ("ST1", CITY)), **more)  # type: ignore[arg-type]
    found = service.load_matrix(tx, CITY).resolve(asked, on)
    return f"{found.unit} {found.row.id}" if isinstance(found, Won) and found.row else type(found).__name__


def table(*rows: DutyRow) -> list[dict[str, str]]:
    columns = ("kind", "category", "place_kind", "place", "unit", "source")
    return [{column: getattr(row, column) for column in columns} for row in rows]


def taken(tx: Tx, *rows: DutyRow, day: date = DAY, **more: object) -> service.Imported:
    return service.import_duties(tx, ADMIN, rows_of(table(*rows), "duties.csv"), KNOWN, day, **more)  # type: ignore[arg-type]


def test_rows_are_numbered_and_answer(city: Tx) -> None:
    made = service.save_duties(city, ADMIN, [EVERY, STREET])

    assert sorted(row.id for row in made.written) == [1, 2] and made.opened == 2
    assert (answer(city), answer(city, scopes=(CITY,))) == ("V 2", "U 1")


def test_a_file_again_changes_nothing_and_is_told_once(city: Tx) -> None:
    first, again = taken(city, EVERY, STREET), taken(city, EVERY, STREET, day=JULY, close_vanished=True)

    assert (first.new, first.unchanged, again.new, again.unchanged, again.closed) == (2, 0, 0, 2, 0)
    (event,) = eventlog.read(city, CITY, f"duties/{CITY}")
    assert (event.type, event.payload["opened"], len(event.payload["digest"])) == ("DutiesChanged", 2, 64)


def test_vanished_rows_end_the_day_before_and_keep_their_number(city: Tx) -> None:
    taken(city, EVERY, STREET)

    made = taken(city, EVERY, day=JULY, close_vanished=True)

    assert (made.new, made.unchanged, made.changed, made.closed) == (0, 1, 0, 1)
    assert (answer(city, JULY - timedelta(days=1)), answer(city, JULY)) == ("V 2", "U 1")


def test_a_new_source_is_a_new_row_from_its_day_on(city: Tx) -> None:
    taken(city, EVERY)

    made = taken(city, replace(EVERY, source="2"), day=JULY)

    assert (made.new, made.changed, made.closed) == (1, 1, 0)
    assert (answer(city, DAY), answer(city, JULY)) == ("U 1", "U 2")


def test_a_file_with_errors_is_refused_whole(city: Tx) -> None:
    with pytest.raises(Invalid) as raised:
        taken(city, EVERY, replace(EVERY, unit="GONE", place_kind="street", place="ST9"))

    assert [(one["file"], one["row"], one["field"]) for one in raised.value.params["errors"]] == [
        ("duties.csv", 3, "place"),
        ("duties.csv", 3, "unit"),
    ]
    assert service.load_matrix(city, CITY).rows == ()


def test_rows_that_quarrel_are_taken_and_told(city: Tx) -> None:
    made = taken(city, EVERY, replace(EVERY, unit="V"))

    assert [one["row"] for one in made.quarrels] == [3] and answer(city) == "Tie"


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_an_export_reads_as_it_was(city: Tx, tmp_path: Path, form: str) -> None:
    service.save_duties(city, ADMIN, [EVERY, STREET, replace(EVERY, owner="W", valid_to=JULY)])
    path = tmp_path / f"duties.{form}"
    path.write_bytes(service.export_duties(city, CITY, form))

    made = service.import_duties(city, ADMIN, path, KNOWN, JULY, close_vanished=True)

    assert (made.new, made.unchanged, made.changed, made.closed) == (0, 3, 0, 0)
    assert service.export_duties(city, CITY, "csv", on=date(2027, 1, 1)).count(b"\n") == 3
    with pytest.raises(Invalid):
        service.export_duties(city, CITY, "pdf")


def test_an_adjudication_leaves_no_tie(city: Tx) -> None:
    service.save_duties(city, ADMIN, [EVERY, STREET])
    decided = replace(STREET, unit="U", valid_from=JULY, source_case="990100-20260630-0001")

    row = service.add_duty(city, ADMIN, decided, KNOWN)

    assert row == decided and row.id == 3
    assert (answer(city, JULY - timedelta(days=1)), answer(city, JULY)) == ("V 2", "U 3")
    told = eventlog.read(city, CITY, f"duties/{CITY}")[-1]
    assert (told.type, told.payload["source_case"], told.payload["gave_way"]) == (
        "DutyAdjudicated", "990100-20260630-0001", [2],
    )  # fmt: skip


def test_an_adjudication_for_a_time_gives_back_afterwards(city: Tx) -> None:
    service.save_duties(city, ADMIN, [STREET])
    service.add_duty(city, ADMIN, replace(STREET, unit="U", valid_from=JULY, valid_to=JULY + timedelta(days=9)))

    days = [JULY - timedelta(days=1), JULY, JULY + timedelta(days=9), JULY + timedelta(days=10)]
    assert [answer(city, day) for day in days] == ["V 1", "U 2", "U 2", "V 3"]


def test_an_adjudication_ends_before_a_row_that_is_decreed_for_later(city: Tx) -> None:
    service.save_duties(city, ADMIN, [replace(STREET, valid_from=JULY)])

    row = service.add_duty(city, ADMIN, replace(STREET, unit="U"))

    assert row.valid_to == JULY - timedelta(days=1) and (answer(city), answer(city, JULY)) == ("U 2", "V 1")


def test_a_wrong_adjudication_is_refused(city: Tx) -> None:
    with pytest.raises(Invalid, match="GONE"):
        service.add_duty(city, ADMIN, replace(STREET, unit="GONE"), KNOWN)


def test_a_draft_answers_nothing_until_it_is_adopted(city: Tx) -> None:
    service.save_duties(city, ADMIN, [EVERY, STREET])
    taken(city, replace(EVERY, unit="V"), STREET, day=JULY, draft="2027")

    assert [tuple(one)[:2] for one in service.drafts(city, CITY)] == [("2027", 2)]
    assert answer(city, JULY, scopes=(CITY,)) == "U 1"
    made = service.adopt_draft(city, ADMIN, "2027", JULY)

    assert (made.opened, made.closed, made.unchanged) == (1, 1, 1)
    assert (answer(city, JULY, scopes=(CITY,)), answer(city, JULY)) == ("V 5", "V 2")
    assert service.drafts(city, CITY) == [] and answer(city, DAY, scopes=(CITY,)) == "U 1"
    assert eventlog.read(city, CITY, f"duties/{CITY}")[-1].type == "DraftAdopted"


@pytest.mark.parametrize("draft", ["", "none"])
def test_an_unknown_draft_is_not_found(city: Tx, draft: str) -> None:
    for act in (lambda: service.adopt_draft(city, ADMIN, draft, JULY), lambda: service.drop_draft(city, ADMIN, draft)):
        with pytest.raises(NotFound):
            act()


def test_a_dropped_draft_is_gone(city: Tx) -> None:
    taken(city, EVERY, draft="2027")

    service.drop_draft(city, ADMIN, "2027")

    with pytest.raises(NotFound):
        service.load_matrix(city, CITY, "2027")


def test_a_draft_is_tried_on_past_cases(city: Tx) -> None:
    service.save_duties(city, ADMIN, [EVERY])
    taken(city, replace(EVERY, unit="V"), day=JULY, draft="2027")
    asked: list[tuple[str, date, date]] = []

    def cases(tx: Tx, of: str, since: date, until: date) -> list[PastCase]:
        asked.append((of, since, until))
        return [PastCase("1", KEY, NOON, "U", (CITY,))]

    run = service.try_draft(city, CITY, "2027", DAY, JULY, cases)

    assert asked == [(CITY, DAY, JULY)] and run.on == JULY
    assert run.flows == (("U", "V", 1),) and answer(city) == "U 1"


def test_bands_groups_and_sections_are_part_of_the_matrix(city: Tx) -> None:
    save_time_bands(city, ADMIN, [TimeBand("night", "night", "18:00-08:00", DAY)])
    sections.save_contracts(city, ADMIN, [Contract("K1", "K1", "V", DAY)])
    sections.save_sections(city, ADMIN, [Section("S1", "S1", "K1", ("ST1", "R1/L"), DAY)], areas={"ST1", "R1"})
    sections.save_groups(city, ADMIN, [CategoryGroup("clean", "clean", (KEY,), DAY)], categories={KEY})
    rows = [
        EVERY,
        replace(EVERY, category="group:clean", time_band="night", unit="V"),
        replace(EVERY, place_kind="section", place="S1", category=KEY, unit="V"),
    ]

    service.save_duties(city, ADMIN, rows)

    night = NOON + timedelta(hours=8)
    assert (answer(city), answer(city, scopes=()), answer(city, scopes=(), at=night)) == ("V 3", "U 1", "V 2")


@pytest.mark.parametrize(
    ("save", "row", "fields"),
    [
        (sections.save_contracts, Contract("K", "", "GONE", DAY), ["name", "unit"]),
        (sections.save_sections, Section("S", "S", "K", (), DAY), ["contract", "places"]),
        (sections.save_groups, CategoryGroup("1", "G", (), DAY), ["code", "members"]),
    ],
)
def test_what_rows_lean_on_is_checked(city: Tx, save, row, fields: list[str]) -> None:  # type: ignore[no-untyped-def]
    with pytest.raises(Invalid) as raised:
        save(city, ADMIN, [row])

    assert [error["field"] for error in raised.value.params["errors"]] == fields


def test_the_check_of_a_city_exits_by_what_it_finds(city: Tx) -> None:
    catalogue = Catalogue([Category("GB/T 47678.5", Kind.MATTER, "06012", "M", "06", "C")])
    index = AreaIndex(CITY, DAY, [])
    service.save_duties(city, ADMIN, [replace(EVERY, kind=kind) for kind in ("regulate", "handle", "enforce")])

    lacking = service.check_duties(city, CITY, DAY, index, catalogue)
    service.save_duties(city, ADMIN, [replace(EVERY, kind="maintain")])

    assert [(gap.kind, gap.areas) for gap in lacking.gaps] == [("maintain", ((CITY, 1),))] and lacking.exit_code == 1
    assert service.check_duties(city, CITY, DAY, index, catalogue).exit_code == 0


def test_the_matrix_is_read_anew_after_a_change_and_as_known_before(database: Database, clock: SimulatedClock) -> None:
    memory = Memory()
    with database.transaction() as tx:
        save_bureau(tx, ADMIN, Bureau(CITY, "A"))
        service.save_duties(tx, ADMIN, [EVERY])
        first, then = memory.get(tx, CITY, "duties", service.load_matrix), tx.now
    clock.move_to(clock.now() + timedelta(hours=1))
    with database.transaction() as tx:
        assert memory.get(tx, CITY, "duties", service.load_matrix) is first
        service.save_duties(tx, ADMIN, [STREET], close_missing_on=JULY)
        assert memory.get(tx, CITY, "duties", service.load_matrix).rows == service.load_matrix(tx, CITY).rows
        before = service.load_matrix(tx, CITY, known_at=then)

    assert before.rows == (EVERY,) and before.rows[0].valid_to is None


def test_bureaus_have_matrices_of_their_own(city: Tx) -> None:
    save_bureau(city, ADMIN, Bureau("990200", "B"))
    service.save_duties(city, ADMIN, [EVERY])
    service.save_duties(city, system("990200"), [replace(EVERY, unit="B")])

    assert [row.unit for row in service.load_matrix(city, "990200").rows] == ["B"]
    assert [row.id for row in service.load_matrix(city, "990200").rows] == [1]
    with pytest.raises(NotFound):
        service.load_matrix(city, "990300")
