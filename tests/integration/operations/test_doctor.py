"""An examination finds what an operator got wrong, and says what to do about it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from tests.acceptance.installation import Installation, opened
from tests.conftest import ROOT, START

from xiuhua import bootstrap
from xiuhua.operations import findings, life, machine
from xiuhua.operations.doctor import examine
from xiuhua.operations.findings import Finding
from xiuhua.platform import keys
from xiuhua.platform.postgres.cluster import Cluster
from xiuhua.platform.settings import Settings


@pytest.fixture
def town(server: Cluster, tmp_path: Path) -> Iterator[Installation]:
    with opened(server, tmp_path) as found:
        yield found


def found(town: Installation) -> dict[str, Finding]:
    return {one.code: one for one in examine(town.services.settings, bootstrap.services_of)}


def test_a_bureau_in_order_but_for_its_worker(town: Installation) -> None:
    keys.load_or_create(town.services.settings.data / "keys")

    told = found(town)

    assert {code for code, one in told.items() if one.level == "error"} <= {"worker_never", "fsync_off"}
    assert {"migrations_fine", "duties_fine", "packs_fine", "library_fine", "key_fine"} <= told.keys()


def test_a_silent_worker_and_a_holiday_table_that_ends(town: Installation) -> None:
    with town.services.database.transaction() as tx:
        life.beat(replace(tx, now=tx.now - timedelta(hours=1)), "worker", tx.now, {})
        tx.execute("delete from announced_year where year >= extract(year from %s::timestamptz)", (tx.now,))

    told = found(town)

    assert told["worker_silent"].values == {"minutes": 60}
    assert told["holidays_missing"].level == "error" and "xiuhua calendars holidays" in told["holidays_missing"].todo(
        "en"
    )


def test_a_key_open_to_others_and_no_backup(town: Installation) -> None:
    folder = town.services.settings.data / "keys"
    keys.load_or_create(folder)
    (folder / "seal.pem").chmod(0o644)

    told = found(town)

    assert told["key_open"].level == "error" and told["backup_off"].level == "warning"


def test_migrations_are_told_and_not_made(server: Cluster, town: Installation) -> None:
    import psycopg

    owner = town.services.settings.database_owner_url
    assert owner is not None
    with psycopg.connect(owner.get_secret_value()) as connection:
        connection.execute("insert into xiuhua.migration (name, digest) values ('9999_later.sql', '')")

    assert found(town)["migrations_newer"].values == {"name": "9999_later.sql"}


def test_no_data_folder_is_no_data_folder(tmp_path: Path) -> None:
    told = list(examine(Settings(data=tmp_path / "nowhere"), bootstrap.services_of))

    assert [one.code for one in told if one.level == "error"] == ["data_missing", "key_missing"]
    assert not (tmp_path / "nowhere").exists()


def test_a_database_that_does_not_answer_is_told_without_its_password(tmp_path: Path) -> None:
    settings = Settings(data=tmp_path, database_url="host=/nowhere password=geheim dbname=x")

    [told] = [one for one in examine(settings, bootstrap.services_of) if one.check == "database"]

    assert told.level == "error" and "geheim" not in told.what("en")


@pytest.mark.parametrize(("host", "code"), [("127.0.0.1", "network_loopback"), ("0.0.0.0", "network_open")])
def test_an_open_address_is_told(tmp_path: Path, host: str, code: str) -> None:
    assert code in [one.code for one in machine.network(Settings(data=tmp_path, host=host))]


@pytest.mark.parametrize(("hours", "code"), [(None, "backup_none"), (27, "backup_old"), (2, "backup_fine")])
def test_the_age_of_backups(tmp_path: Path, hours: int | None, code: str) -> None:
    settings = Settings(data=tmp_path, backup=tmp_path / "backup")
    last = None if hours is None else life.Note(START - timedelta(hours=hours), {})

    assert [one.code for one in machine.backups(settings, last, START)] == [code]


def test_every_finding_has_its_text_in_both_languages_and_every_text_is_used() -> None:
    texts: dict[str, Any] = findings.texts()
    code = "".join(
        path.read_text()
        for path in (ROOT / "src/xiuhua").rglob("*.py")
        if "operations" in str(path) or path.name == "doctor.py"
    )
    used = set(re.findall(r'"([a-z]+_[a-z_]+)"', code))

    assert [name for name in texts if name not in used] == []
    assert all(set(part) == {"zh", "en"} for text in texts.values() for part in text.values())
    assert all("do" in text or name.endswith(("_fine", "_loopback")) for name, text in texts.items())
