"""The drill: backups are made, something terrible happens, and a moment between two cases comes back."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from datetime import UTC, date, datetime
from pathlib import Path

import psycopg
import pytest

from xiuhua import bootstrap
from xiuhua.flow.model import Attempt
from xiuhua.loop import replay
from xiuhua.loop.forms import PlaceIn, ReportIn
from xiuhua.loop.service import Loop
from xiuhua.operations import backup, backup_folder, restore
from xiuhua.platform import keys, seals
from xiuhua.platform.errors import DatabaseUnavailable, DataFolderUnusable, NotFound, SettingsWrong
from xiuhua.platform.identity.model import Actor, Post
from xiuhua.platform.postgres.locks import is_free, wait_until
from xiuhua.platform.postgres.state import load_state
from xiuhua.platform.services import Services
from xiuhua.platform.settings import Settings
from xiuhua.platform.verify import verify_log
from xiuhua.simulate import city as simulated_city

CITY = "990101"


def case(services: Services, number: int) -> datetime:
    """One report accepted as a case, once however often told, and sealed; the server's time when all was kept."""
    officer = Actor("intake_officer01", CITY, "", (Post("intake_officer", CITY),))
    loop = services.port(Loop)
    with services.database.transaction() as tx:
        view = loop.view(tx, CITY)
        middle = view.areas.area(view.areas.grid_codes[number]).geometry.representative_point()
        work = loop.work(tx, CITY, view)
        given = ReportIn(source="collector", external_id=f"drill-{number}", text="路边有暴露垃圾",
                         place=PlaceIn(round(middle.x, 6), round(middle.y, 6)))  # fmt: skip
        [receipt] = loop.submit_in(work, view, [given], officer)
        category = {"category": "GB/T 47678.5/matter/06010"}
        if receipt.status == "new":
            loop.act_in(work, "report", str(receipt.id), Attempt("accept", category), officer)
        work.flush()
    seal(services)
    with services.database.reading() as tx:
        return tx.execute("select clock_timestamp() as now").fetchone().now


def taken(services: Services, number: int) -> bool:
    """The same while the database may just be lost: nothing is kept then, and it is asked again."""
    try:
        case(services, number)
    except DatabaseUnavailable:
        return False
    return True


def seal(services: Services) -> dict[str, int]:
    folder = services.settings.data / "keys"
    return seals.seal_all(services.database, keys.load_or_create(folder), keys.Witness(folder / "sealed"))


def cases(services: Services) -> int:
    with services.database.reading() as tx:
        return int(tx.execute("select count(*) as n from city_case").fetchone().n)


def demand_whole(services: Services) -> None:
    folder = services.settings.data / "keys"
    with services.database.reading() as tx:
        report = verify_log(tx, None, keys.public_keys(folder), keys.Witness(folder / "sealed").known())
        assert report.broken is None, str(report.broken)
        assert replay.check(tx, None).equal


def at_rest(data: Path) -> None:
    lock = data / "postgres" / "supervisor.lock"
    assert wait_until(lambda: not lock.exists() or is_free(lock), timeout_s=60)


@pytest.fixture
def settings(open_folder: Path) -> Settings:
    return Settings(data=open_folder / "data", backup=open_folder / "backup")


def made(services: Services) -> None:
    with services.database.transaction() as tx:
        simulated_city.make(tx, 1, date(2024, 1, 1))


def test_a_moment_between_two_cases_comes_back_after_a_kill(settings: Settings, open_folder: Path) -> None:
    photo = settings.data / "media" / CITY / "ab" / "abcd.jpg"
    with bootstrap.opened(settings) as services:
        made(services)
        photo.parent.mkdir(parents=True)
        photo.write_bytes(b"a photo")
        case(services, 1)
        backup.create(settings, services.database)
        between = case(services, 2)
        os.kill(load_state(settings.data / "postgres").server, signal.SIGKILL)
        assert wait_until(lambda: taken(services, 3), timeout_s=60)
        backup.switch_log(settings)
        backup.sync(settings)
        assert wait_until(lambda: backup.verify(settings) == [], timeout_s=30), backup.verify(settings)
    at_rest(settings.data)

    earlier = Settings(data=open_folder / "earlier")
    restore.restore(settings.backup, earlier.data, moment=between)
    with bootstrap.opened(earlier) as services:
        assert cases(services) == 2 and (earlier.data / "media" / CITY / "ab" / "abcd.jpg").read_bytes() == b"a photo"
        demand_whole(services)
        case(services, 4)
        demand_whole(services)
    at_rest(earlier.data)

    latest = Settings(data=open_folder / "latest")
    restore.restore(settings.backup, latest.data)
    with bootstrap.opened(latest) as services:
        assert cases(services) == 3
        demand_whole(services)
    at_rest(latest.data)

    after_all = Settings(data=open_folder / "after-all")
    restore.restore(settings.backup, after_all.data, moment=datetime.now(UTC))
    with bootstrap.opened(after_all) as services:
        assert cases(services) == 3


def test_an_old_backup_goes_with_what_only_it_needs_and_a_cut_one_does_not_count(settings: Settings) -> None:
    one_kept = settings.model_copy(update={"backup_keep": 1})
    with bootstrap.opened(settings) as services:
        first = backup.create(one_kept, services.database)
        cut = settings.backup / "sets" / "20200101T000000Z"
        (cut / "base").mkdir(parents=True)
        while datetime.now(UTC).replace(microsecond=0) <= first.kept.began_at:
            time.sleep(0.05)
        second = backup.create(one_kept, services.database)

        assert [one.path for one in backup_folder.sets(settings.backup)] == [second.kept.path]
        assert second.removed == 2 and not cut.exists()
        segments = [path.name for path in (settings.backup / "wal").glob("?" * 24)]
        assert min(segments)[8:] >= second.kept.first_segment[8:]
        with pytest.raises(NotFound, match="was finished by"):
            restore.restore(settings.backup, settings.data.parent / "new", moment=first.kept.ended_at)


def test_damage_shows(settings: Settings) -> None:
    with bootstrap.opened(settings) as services:
        kept = backup.create(settings, services.database).kept
        keys.load_or_create(settings.data / "keys")
        backup.sync(settings)
    (kept.path / "base" / "PG_VERSION").write_text("17\n")

    assert any("PG_VERSION" in line for line in backup.verify(settings))


def test_a_gap_in_the_log_shows(tmp_path: Path) -> None:
    for name in ("000000010000000000000002", "000000010000000000000004", "00000002.history"):
        (tmp_path / name).touch()

    assert backup.gaps(tmp_path, "000000010000000000000002") == ["the archive lacks 0000000000000003 of the log"]


def test_a_database_started_without_the_setting_says_so(settings: Settings) -> None:
    with (
        bootstrap.opened(settings.model_copy(update={"backup": None})) as services,
        pytest.raises(SettingsWrong, match="archives nothing"),
    ):
        backup.create(settings, services.database)


def test_a_folder_in_use_is_not_restored_into(settings: Settings) -> None:
    with bootstrap.opened(settings) as services:
        backup.create(settings, services.database)
    with pytest.raises(DataFolderUnusable, match="in use"):
        restore.restore(settings.backup, settings.data)


def test_after_a_dump_sealing_goes_on(settings: Settings, open_folder: Path) -> None:
    """A dump's log names transactions that a younger cluster has not had yet."""
    new = Settings(data=open_folder / "new")
    dump = open_folder / "dump"
    tool = [sys.executable, "-m", "xiuhua.platform.postgres.tool"]
    with bootstrap.opened(settings) as services:
        made(services)
        case(services, 1)
        burn(services, settings)
        case(services, 2)
        environment = {**os.environ, "XIUHUA_DATA": str(settings.data), "XIUHUA_BACKUP": str(settings.backup)}
        subprocess.run([*tool, "pg_dump", "-Fc", "-f", str(dump)], check=True, env=environment)
    at_rest(settings.data)
    environment = {**os.environ, "XIUHUA_DATA": str(new.data)}
    subprocess.run([*tool, "pg_restore", "--exit-on-error", "-d", "xiuhua", str(dump)], check=True, env=environment)
    subprocess.run(["cp", "-a", settings.data / "keys", new.data / "keys"], check=True)
    at_rest(new.data)

    assert restore.move_ids_on(new.data) and not restore.move_ids_on(new.data)

    with bootstrap.opened(new) as services:
        case(services, 3)
        demand_whole(services)
        assert seal(services) == {}


def burn(services: Services, settings: Settings) -> None:
    """Use up some thousand transaction numbers."""
    from xiuhua.platform.postgres.archive import cluster_of
    from xiuhua.platform.postgres.conf import SUPERUSER

    with cluster_of(settings) as cluster, psycopg.connect(cluster.conninfo(SUPERUSER), autocommit=True) as connection:
        connection.execute(
            "create procedure public.burn() language plpgsql as $$ begin"
            " for i in 1..5000 loop perform pg_current_xact_id(); commit; end loop; end $$"
        )
        connection.execute("call public.burn()")
        connection.execute("drop procedure public.burn()")
