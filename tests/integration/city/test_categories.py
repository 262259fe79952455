"""Packs installed, tables imported, sets closed and catalogues loaded, in a real database."""

from collections.abc import Mapping
from datetime import date, timedelta
from pathlib import Path

import pytest

import xiuhua.packs
from xiuhua.city.categories.catalogue import Catalogue
from xiuhua.city.categories.limits import PlainUnits
from xiuhua.city.categories.model import LimitKind
from xiuhua.city.categories.plan import ImportPlan
from xiuhua.city.categories.report import Counts, Installed
from xiuhua.city.categories.service import (
    REVISION,
    close_standard_set,
    content_digest,
    import_filing_conditions,
    install_catalogue,
    load_catalogue,
)
from xiuhua.platform import eventlog
from xiuhua.platform.clock import SimulatedClock
from xiuhua.platform.database import Database, Tx
from xiuhua.platform.errors import Invalid, NotFound
from xiuhua.platform.identity.model import Actor, Post
from xiuhua.platform.revision import Memory

CITY = "990101"
LIBRARY = Path(xiuhua.packs.__file__).parent / "library"
NAMES = ("gbt47678-5", "gbt30428-2", "cjt214", "example-case-standards")
OLD, NEW = "GB/T 30428.2", "GB/T 47678.5"
TODAY = date(2026, 3, 2)
PLAN = ImportPlan("own-2026", OLD, plain_units=PlainUnits(LimitKind.WORK_HOUR, LimitKind.WORK_DAY))


def install(tx: Tx, *names: str) -> list[Installed]:
    return [install_catalogue(tx, CITY, LIBRARY / name) for name in names or NAMES]


def line(text: str = "破损", limit: str = "2工作日", **other: str) -> dict[str, str]:
    made = {
        "kind": "部件",
        "code": "0101",
        "filing_condition": text,
        "limit": limit,
        "closing_condition": "修复",
    }
    return made | other


def pack(folder: Path, *lines: str) -> Path:
    header = (LIBRARY / "gbt47678-5" / "categories.tsv").read_text(encoding="utf-8").splitlines()[0]
    (folder / "pack.yaml").write_text("name: own\nversion: 1\n", encoding="utf-8")
    (folder / "categories.tsv").write_text("\n".join([header, *lines]) + "\n", encoding="utf-8")
    return folder


def row(code: str, name: str, standard: str = "local:990101", of: str = "", kind: str = "part") -> str:
    return "\t".join([standard, kind, code, "", code[:2], "c", "", name, "", "", of, "in_force", "", "", "own", "C"])


def events(tx: Tx) -> list[eventlog.Event]:
    return eventlog.read(tx, CITY, f"categories/{CITY}")


def test_the_library_installs_and_loads(tx: Tx) -> None:
    made = install(tx)

    catalogue = load_catalogue(tx, CITY)
    assert [one.categories.new for one in made] == [403, 185, 113, 58]
    assert [one.mappings.new for one in made] == [0, 185, 108, 31]
    assert len(catalogue) == 759 and len(catalogue.condition_ids("example-2024")) == 519
    report = made[-1].conditions
    assert report is not None and (report.rows, report.rejected, report.conditions.new) == (519, 0, 519)
    assert report.flags["columns_disagree"] == 4 and sum(report.flags.values()) == len(report.findings)


def test_what_was_kept_is_what_was_read(tx: Tx) -> None:
    install(tx)

    catalogue = load_catalogue(tx, CITY)
    tree = next(one for one in catalogue.conditions(f"{NEW}/matter/04002", TODAY) if one.text == "缺失")
    assert (tree.id, tree.category, tree.mapped) == (
        "example-2024/part/0402/2", f"{OLD}/part/0402", f"{NEW}/part/04002",
    )  # fmt: skip
    assert tree.milestones[0].to_json() == {
        "amount": "15",
        "kind": "work_day",
        "season": {"name": "种植季节"},
    }
    assert {flag.code.value for flag in tree.flags} == {
        "columns_disagree",
        "limit_in_words",
        "season_undated",
    }


def test_one_event_for_each_pack_with_the_digest_of_all(tx: Tx) -> None:
    install(tx)

    told = events(tx)
    assert [one.payload["pack"] for one in told] == list(NAMES)
    assert {one.type for one in told} == {"CatalogueInstalled"}
    assert told[-1].payload["digest"] == content_digest(tx, CITY) != told[-2].payload["digest"]
    assert told[-1].payload["conditions"]["new"] == 519 and told[0].payload["categories"]["new"] == 403


def test_installing_again_changes_nothing(tx: Tx) -> None:
    install(tx)
    again = install(tx)

    assert not any(one.categories.any_change or one.mappings.any_change for one in again)
    assert again[-1].conditions is not None and again[-1].conditions.conditions == Counts(unchanged=519)
    assert len(events(tx)) == 4


def test_a_pack_that_lacks_what_it_needs_is_refused(tx: Tx) -> None:
    with pytest.raises(Invalid) as caught:
        install(tx, "gbt30428-2")

    assert {error["field"] for error in caught.value.params["errors"]} == {"to"}


def test_rows_of_a_pack_change_and_end(tx: Tx, tmp_path: Path) -> None:
    install_catalogue(tx, CITY, pack(tmp_path, row("0199", "a"), row("0198", "b"), row("0197", "c")))
    counts = install_catalogue(tx, CITY, pack(tmp_path, row("0199", "a"), row("0198", "bb"))).categories

    assert counts == Counts(new=0, changed=1, unchanged=1, ended=1)
    assert {one.name for one in load_catalogue(tx, CITY)} == {"a", "bb"}


@pytest.mark.parametrize(
    ("line_", "why"),
    [
        (row("01001", "other", NEW), "says otherwise"),
        (row("09999", "fault", NEW, "09998", "matter"), "no part"),
    ],
)
def test_a_pack_may_not_contradict(tx: Tx, tmp_path: Path, line_: str, why: str) -> None:
    install(tx, "gbt47678-5")

    with pytest.raises(Invalid) as caught:
        install_catalogue(tx, CITY, pack(tmp_path, line_))

    assert why in caught.value.params["errors"][0]["why"]


def test_an_import_by_versions_with_its_history(database: Database, clock: SimulatedClock) -> None:
    with database.transaction() as tx:
        install(tx, "gbt47678-5", "gbt30428-2")
        first = import_filing_conditions(tx, CITY, [line(), line("缺失")], PLAN)
    before = clock.now()
    clock.move_to(before + timedelta(days=60))
    with database.transaction() as tx:
        second = import_filing_conditions(tx, CITY, [line(limit="1工作日"), line("缺失")], PLAN)
        now, then = load_catalogue(tx, CITY), load_catalogue(tx, CITY, before)

    key, day = "own-2026/part/0101/1", TODAY + timedelta(days=60)
    assert (first.conditions, second.conditions) == (Counts(new=2), Counts(changed=1, unchanged=1))
    assert [int(now.condition(key, on).milestones[0].amount) for on in (TODAY, day)] == [2, 1]
    assert [one.valid_to for one in now.history(key)] == [day - timedelta(days=1), None]
    assert [one.valid_to for one in then.history(key)] == [None]


def test_the_last_day_of_a_new_limit_may_be_set(tx: Tx) -> None:
    install(tx, "gbt47678-5", "gbt30428-2")
    import_filing_conditions(tx, CITY, [line()], PLAN, valid_from=date(2025, 1, 1))
    import_filing_conditions(tx, CITY, [line(limit="1工作日")], PLAN, valid_from=date(2027, 1, 1))

    history = load_catalogue(tx, CITY).history("own-2026/part/0101/1")
    assert [(one.valid_from, one.valid_to) for one in history] == [
        (date(2025, 1, 1), date(2026, 12, 31)), (date(2027, 1, 1), None),
    ]  # fmt: skip


def test_a_dry_run_reports_and_writes_nothing(tx: Tx) -> None:
    report = import_filing_conditions(tx, CITY, [line(), line(code="1")], PLAN, dry_run=True)

    assert (report.conditions.new, report.rejected, report.flags) == (1, 1, {"category_unknown": 1})
    assert load_catalogue(tx, CITY).condition_ids() == [] and events(tx) == []


@pytest.mark.parametrize(
    ("second", "ended"),
    [([line("一")], 1), ([line("一"), line("二", code="x")], 0)],
    ids=["gone", "rejected"],
)
def test_a_rejected_row_closes_nothing(tx: Tx, second: list[Mapping[str, str]], ended: int) -> None:
    import_filing_conditions(tx, CITY, [line("一"), line("二")], PLAN)

    report = import_filing_conditions(tx, CITY, second, PLAN)

    assert report.conditions == Counts(unchanged=1, ended=ended)


def test_local_extensions_come_with_the_table_and_a_pack_may_take_them_over(tx: Tx, tmp_path: Path) -> None:
    install(tx, "gbt47678-5", "gbt30428-2")
    row_ = line(code="0199", name="驿站", local="是", **{"class": "公用设施"})
    report = import_filing_conditions(tx, CITY, [row_], PLAN)
    taken = install_catalogue(tx, CITY, pack(tmp_path, row("0199", "Station")))

    assert (report.new_categories, taken.categories) == (1, Counts(changed=1))
    assert load_catalogue(tx, CITY).category("local:990101/part/0199").name == "Station"


def test_a_set_is_closed_when_another_takes_its_place(tx: Tx) -> None:
    install(tx)
    closed = close_standard_set(tx, CITY, "example-2024", date(2026, 6, 30))

    catalogue, key = load_catalogue(tx, CITY), f"{NEW}/part/01001"
    assert (closed, close_standard_set(tx, CITY, "example-2024", date(2026, 6, 30))) == (519, 0)
    assert len(catalogue.conditions(key, date(2026, 6, 30))) == 4 and not catalogue.conditions(key, date(2026, 7, 1))
    assert events(tx)[-1].payload["ended"] == 519
    with pytest.raises(NotFound):
        close_standard_set(tx, CITY, "other", TODAY)


def test_readers_keep_the_catalogue_until_it_changes(database: Database) -> None:
    memory, loads = Memory(), list[str]()

    def load(tx: Tx, city: str) -> Catalogue:
        loads.append(city)
        return load_catalogue(tx, city)

    for names in (("gbt47678-5",), (), ("gbt30428-2",), ("gbt30428-2",)):
        with database.transaction() as tx:
            install(tx, *names) if names else None
        with database.reading() as tx:
            kept = memory.get(tx, CITY, REVISION, load)
    assert len(loads) == 2 and len(kept) == 588


def test_cities_do_not_see_one_another(tx: Tx) -> None:
    install(tx, "gbt47678-5")

    assert len(load_catalogue(tx, "990102")) == 0


def test_who_did_it_is_in_the_log(tx: Tx) -> None:
    actor = Actor("p7", CITY, "", (Post("administrator", CITY),))
    import_filing_conditions(tx, CITY, [line()], PLAN, actor=actor)

    event = events(tx)[-1]
    assert (event.actor, event.role, event.type) == ("p7", "administrator", "FilingConditionsImported")
    assert event.payload["set"] == "own-2026" and event.payload["rows"] == 1
