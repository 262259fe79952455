from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xiuhua.platform.errors import Invalid
from xiuhua.platform.web.paging import Paged, encode


@given(st.text(max_size=50), st.integers(-(2**53), 2**53), st.dates(), st.datetimes(timezones=st.just(UTC)))
def test_a_cursor_holds_the_sort_key(text: str, number: int, day: date, moment: datetime) -> None:
    cursor = encode([text, number, day, moment])

    assert Paged(cursor, 10).after(str, int, date, datetime) == (text, number, day, moment)


@pytest.mark.parametrize("cursor", ["", "x", "!!!!", encode(["a", "b"]), encode([{}]), encode([]), "WyJh"])
def test_another_text_is_no_cursor(cursor: str) -> None:
    with pytest.raises(Invalid):
        Paged(cursor, 10).after(int)


@pytest.mark.parametrize(("count", "shown", "more"), [(0, 0, False), (2, 2, False), (3, 3, False), (4, 3, True)])
def test_one_row_more_than_shown_tells_that_there_are_more(count: int, shown: int, more: bool) -> None:
    page = Paged(None, 3).page(list(range(count)), lambda one: (one,))

    assert (page.items, page.next is not None) == (list(range(shown)), more)
