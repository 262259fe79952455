"""What an import changes in a set: numbers that stay, versions by day, conditions found under any code."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

import xiuhua.packs
from xiuhua.city.categories.catalogue import Catalogue
from xiuhua.city.categories.changes import Changes, compare
from xiuhua.city.categories.filing_rows import Parsed, read_rows
from xiuhua.city.categories.limits import PlainUnits
from xiuhua.city.categories.model import AreaClass, FilingCondition, LimitKind, Season
from xiuhua.city.categories.plan import ImportPlan
from xiuhua.city.categories.standards_import import read_pack
from xiuhua.city.categories.tables import rows_of
from xiuhua.platform.errors import NotFound

LIBRARY = Path(xiuhua.packs.__file__).parent / "library"
NEW, OLD = "GB/T 47678.5", "GB/T 30428.2"
FIRST, LATER = date(2024, 1, 1), date(2026, 5, 1)
PLAN = ImportPlan("test", OLD, plain_units=PlainUnits(LimitKind.WORK_HOUR, LimitKind.WORK_DAY))


PACKS = [read_pack(LIBRARY / name) for name in ("gbt47678-5", "gbt30428-2")]
KNOWN = Catalogue((one for pack in PACKS for one in pack.categories), (one for pack in PACKS for one in pack.mappings))


def line(text: str = "破损", limit: str = "2工作日", **other: str) -> dict[str, str]:
    made = {
        "kind": "部件",
        "code": "0101",
        "filing_condition": text,
        "limit": limit,
        "closing_condition": "修复",
    }
    return made | other


def parse(*lines: Mapping[str, str], plan: ImportPlan = PLAN, known: Catalogue | None = None) -> Parsed:
    return read_rows(rows_of(lines, "t.tsv"), plan, "990101", known or KNOWN)


def changed(kept: list[FilingCondition], *lines: Mapping[str, str], since: date = LATER) -> Changes:
    return compare(parse(*lines).drafts, kept, "test", since)


def after(kept: list[FilingCondition], changes: Changes) -> list[FilingCondition]:
    gone = {(one.id, one.version) for one in changes.closed}
    return sorted(
        [one for one in kept if (one.id, one.version) not in gone] + changes.closed + changes.added,
        key=lambda one: (one.id, one.version),
    )


def test_limits_by_area_class() -> None:
    columns = {"limit_a": "a_days", "limit_b": "b_days"}
    parsed = parse(line(limit="3工作日", a_days="1工作日"), plan=replace(PLAN, columns=columns))

    limits = {one.area_class: str(one.milestones[0].amount) for one in parsed.drafts}
    assert limits == {AreaClass.A: "1", AreaClass.B: "3", AreaClass.C: "3"}
    assert [one.id[-2:] for one in compare(parsed.drafts, [], "test", FIRST).added] == ["1A", "1B", "1C"]


def test_an_import_again_changes_nothing() -> None:
    lines = [line("一"), line("二"), line("三", limit="停工4工作时→拆除20工作日")]
    kept = changed([], *lines, since=FIRST).added

    again = changed(kept, *lines)

    assert [one.id for one in kept] == [f"test/part/0101/{n}" for n in (1, 2, 3)]
    assert (again.unchanged, again.added, again.closed) == (3, [], [])


def test_a_changed_limit_closes_one_version_and_opens_another() -> None:
    kept = changed([], line(), since=FIRST).added
    made = changed(kept, line(limit="1工作日"))

    old, new = after(kept, made)
    assert (made.changed, old.id, old.version, new.version) == (1, new.id, 1, 2)
    assert (old.valid_to, new.valid_from, new.valid_to) == (date(2026, 4, 30), LATER, None)
    catalogue = Catalogue(KNOWN, [], [old, new])
    limits = [catalogue.condition(old.id, day).milestones[0].amount for day in (FIRST, date(2026, 4, 30), LATER)]
    assert limits == [Decimal(2), Decimal(2), Decimal(1)]
    assert len(catalogue.history(old.id)) == 2 and catalogue.condition(old.id) is not None


def test_numbers_stay_with_their_texts() -> None:
    kept = changed([], line("一"), line("二"), line("三"), since=FIRST).added
    made = changed(kept, line("新"), line("三"), line("一"))

    assert {one.id[-1]: one.text for one in made.added} == {"4": "新"}
    assert (made.new, made.changed, made.unchanged, made.ended) == (1, 0, 2, 1)


def test_an_edited_text_keeps_its_number_by_its_place() -> None:
    kept = changed([], line("一"), line("二"), since=FIRST).added
    made = changed(kept, line("一"), line("二（改）"))

    assert [(one.id[-1], one.version, one.text) for one in made.added] == [("2", 2, "二（改）")]


def test_what_is_gone_is_closed_and_comes_back_under_its_number() -> None:
    kept = changed([], line("一"), line("二"), since=FIRST).added
    gone = changed(kept, line("二"))
    kept = after(kept, gone)
    back = changed(kept, line("二"), line("一"), since=date(2026, 9, 1))

    assert (gone.ended, gone.closed[0].id[-1], gone.closed[0].valid_to) == (1, "1", date(2026, 4, 30))
    assert [(one.id[-1], one.version, one.valid_from) for one in back.added] == [("1", 2, date(2026, 9, 1))]
    assert back.closed == []


def test_a_correction_on_the_first_day_never_held() -> None:
    kept = changed([], line(), since=LATER).added
    made = changed(kept, line(limit="1工作日"))
    catalogue = Catalogue(KNOWN, [], after(kept, made))

    assert made.closed[0].valid_to == date(2026, 4, 30) and not made.closed[0].valid_on(LATER)
    assert catalogue.condition("test/part/0101/1", LATER).version == 2


def test_conditions_are_found_under_old_and_new_codes() -> None:
    kept = changed([], line(), since=FIRST).added
    catalogue = Catalogue(KNOWN, [one for pack in PACKS for one in pack.mappings], kept)
    keys = [f"{OLD}/part/0101", f"{NEW}/part/01001", f"{NEW}/matter/01001"]

    found = [[one.id for one in catalogue.conditions(key, LATER)] for key in keys]
    assert found == [["test/part/0101/1"]] * 3
    assert catalogue.conditions(keys[0], date(2020, 1, 1)) == [] and kept[0].mapped == ""
    assert catalogue.condition("test/part/0101/1").mapped == f"{NEW}/part/01001"
    assert catalogue.conditions(f"{OLD}/part/0102", LATER) == []


def test_conditions_by_area_class_and_set() -> None:
    kept = changed([], line("一", area_class="A"), line("一", area_class="B"), line("二"), since=FIRST).added
    catalogue = Catalogue(KNOWN, [], kept)
    key = f"{OLD}/part/0101"

    assert [one.id[-2:] for one in catalogue.conditions(key, LATER, "A")] == ["1A", "/2"]
    assert [one.id[-2:] for one in catalogue.conditions(key, LATER, AreaClass.C)] == ["/2"]
    assert len(catalogue.conditions(key, LATER)) == 3
    assert catalogue.conditions(key, LATER, standard_set="other") == []


def test_unknown_conditions_are_not_found() -> None:
    catalogue = Catalogue(KNOWN, [], changed([], line(), since=FIRST).added)

    with pytest.raises(NotFound, match="no filing condition"):
        catalogue.condition("test/part/0101/2")
    with pytest.raises(NotFound, match="on 2020-01-01"):
        catalogue.condition("test/part/0101/1", date(2020, 1, 1))
    assert catalogue.get_condition("test/part/0101/2") is None and catalogue.get_condition("test/part/0101/1")


def test_milestones_of_a_season_run_only_in_it() -> None:
    seasons = {"春季": Season("春季", (3, 1), (5, 31)), "冬季": Season("冬季", (12, 1), (2, 28))}
    parsed = parse(line(limit="春季5工作日，冬季15工作日，2紧急工作日"), plan=replace(PLAN, seasons=seasons))
    condition = compare(parsed.drafts, [], "test", FIRST).added[0]

    amounts = {day.month: [int(m.amount) for m in condition.milestones_on(day)] for day in (LATER, date(2027, 1, 1))}
    assert amounts == {5: [5, 2], 1: [15, 2]}
    assert not parsed.drafts[0].flags[1:]
