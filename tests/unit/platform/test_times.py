"""Moments as they are given from outside."""

from __future__ import annotations

import pytest
from pydantic import TypeAdapter, ValidationError

from xiuhua.platform.web.times import Moment


@pytest.mark.parametrize("text", ["9999-12-31T23:59:59Z", "0001-01-01T00:00:00+14:00", "20260302", "2026-03-02T09:00"])
def test_a_moment_that_has_no_local_time_is_refused(text: str) -> None:
    with pytest.raises(ValidationError):
        TypeAdapter(Moment).validate_python(text)
