"""Moments as they are given from outside."""

from __future__ import annotations

import pytest
from pydantic import TypeAdapter, ValidationError

from xiuhua.platform.web.times import Day, Moment


@pytest.mark.parametrize("text", ["9999-12-31T23:59:59Z", "0001-01-01T00:00:00+14:00", "20260302", "2026-03-02T09:00"])
def test_a_moment_that_has_no_local_time_is_refused(text: str) -> None:
    with pytest.raises(ValidationError):
        TypeAdapter(Moment).validate_python(text)


@pytest.mark.parametrize("text", ["0001-01-01", "0100-12-31", "9901-01-01", "9999-12-31", "2026-02-29", "20260302"])
def test_a_day_from_which_one_cannot_count_is_refused(text: str) -> None:
    with pytest.raises(ValidationError):
        TypeAdapter(Day).validate_python(text)
