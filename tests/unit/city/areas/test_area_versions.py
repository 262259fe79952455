from dataclasses import replace
from datetime import date

from area_city import area, block

from xiuhua.city.areas.versions import Around, Change, closing, compare, look_at

D = date(2026, 3, 1)
OLD = area("G", "unit_grid", block(0, 0), valid_from=date(2024, 2, 29))
NEW = area("G", "unit_grid", block(0, 0, 2, 2), valid_from=D)
NOTHING = Around(None, None, None)


def test_something_new_starts_on_its_own_day() -> None:
    early = replace(NEW, valid_from=date(2015, 5, 5))

    assert compare(early, NOTHING, D) == Change("G", opened=early)


def test_the_same_again_changes_nothing() -> None:
    assert compare(replace(OLD, valid_from=D), Around(OLD, None, None), D) is None


def test_a_changed_border_closes_the_day_before_and_opens_on_the_day() -> None:
    assert compare(NEW, Around(OLD, None, None), D) == Change("G", OLD.valid_from, date(2026, 2, 28), NEW)


def test_a_change_never_reaches_back_before_the_import() -> None:
    backdated = replace(NEW, valid_from=date(2020, 1, 1))

    change = compare(backdated, Around(OLD, None, None), D)

    assert change is not None and change.opened is not None
    assert (change.close_to, change.opened.valid_from) == (date(2026, 2, 28), D)


def test_a_change_announced_for_later_starts_later() -> None:
    later = replace(NEW, valid_from=date(2026, 5, 1))

    change = compare(later, Around(OLD, None, None), D)

    assert change is not None and change.close_to == date(2026, 4, 30)


def test_a_correction_on_the_same_day_withdraws_the_row() -> None:
    wrong = replace(OLD, valid_from=D)

    assert compare(NEW, Around(wrong, None, None), D) == Change("G", D, date(2026, 2, 28), NEW)


def test_a_change_in_the_past_ends_where_the_row_it_splits_ended() -> None:
    bounded = replace(OLD, valid_to=date(2026, 12, 31))

    change = compare(NEW, Around(bounded, None, date(2027, 1, 1)), D)

    assert change is not None and change.opened is not None and change.opened.valid_to == date(2026, 12, 31)


def test_something_new_ends_before_what_is_known_to_come() -> None:
    change = compare(NEW, Around(None, None, date(2026, 7, 1)), D)

    assert change is not None and change.opened is not None and change.opened.valid_to == date(2026, 6, 30)


def test_something_that_comes_back_starts_after_its_last_end() -> None:
    back = replace(NEW, valid_from=date(2020, 1, 1))

    change = compare(back, Around(None, date(2025, 12, 31), None), D)

    assert change is not None and change.opened is not None and change.opened.valid_from == date(2026, 1, 1)


def test_a_last_day_in_the_file_closes_the_row() -> None:
    ended = replace(OLD, valid_from=D, valid_to=date(2026, 6, 30))

    assert compare(ended, Around(OLD, None, None), D) == Change("G", OLD.valid_from, date(2026, 6, 30))
    assert compare(ended, Around(replace(OLD, valid_to=date(2026, 6, 30)), None, None), D) is None


def test_what_ended_before_the_import_is_compared_with_its_own_days() -> None:
    past = replace(OLD, valid_to=date(2025, 12, 31))

    assert look_at(past, D) == date(2025, 12, 31)
    assert look_at(OLD, D) == D
    assert look_at(replace(NEW, valid_from=date(2026, 5, 1)), D) == date(2026, 5, 1)


def test_closing_ends_the_day_before_or_withdraws() -> None:
    assert closing(OLD, D) == Change("G", OLD.valid_from, date(2026, 2, 28))
    assert closing(NEW, D) == Change("G", D, date(2026, 2, 28))
