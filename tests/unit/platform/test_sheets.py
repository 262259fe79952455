"""Tables as files for spreadsheets."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from xiuhua.platform import sheets


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_rows_that_fail_on_the_way_leave_nothing_behind(
    form: sheets.Format, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def rows() -> Iterator[list[str]]:
        yield ["x"]
        raise LookupError

    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    with pytest.raises(LookupError):
        sheets.written(form, ["title"], rows())

    assert list(tmp_path.iterdir()) == []
