from pathlib import Path

import pytest

from xiuhua.platform.postgres.account import Account
from xiuhua.platform.postgres.conf import MIB, write_conf
from xiuhua.platform.postgres.place import Place


@pytest.mark.parametrize(
    ("memory_mib", "shared", "work"), [(512, 32, 4), (4096, 256, 8), (16384, 1024, 32), (262144, 1024, 32)]
)
def test_memory_is_taken_modestly(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, memory_mib: int, shared: int, work: int
) -> None:
    monkeypatch.setattr("xiuhua.platform.postgres.conf.memory_bytes", lambda: memory_mib * MIB)
    place = Place(tmp_path, Account("me", 1, 1), tmp_path, tmp_path / "it's \\ here")

    write_conf(place, {})

    written = (tmp_path / "conf" / "postgresql.conf").read_text()
    assert f"shared_buffers = '{shared}MB'\n" in written and f"work_mem = '{work}MB'\n" in written
    assert "it''s \\\\ here" in written
