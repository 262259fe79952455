"""Where the embedded server keeps its files, and under which account it runs."""

from __future__ import annotations

import json
import os
import pwd
import shutil
import subprocess
import sys
from pathlib import Path

import psycopg
import pytest

from xiuhua.platform.datafolder import claim
from xiuhua.platform.errors import DataFolderUnusable, SettingsWrong
from xiuhua.platform.postgres import binaries
from xiuhua.platform.postgres.account import Account
from xiuhua.platform.postgres.cluster import Cluster
from xiuhua.platform.postgres.conf import SUPERUSER
from xiuhua.platform.postgres.locks import is_free, wait_until
from xiuhua.platform.postgres.place import Place

CLIENT = Path(__file__).with_name("database_client.py")
SITE = Path(psycopg.__file__).parents[1]
SOURCE = Path(__file__).parents[3] / "src"
NOBODY = Account("nobody", pwd.getpwnam("nobody").pw_uid, pwd.getpwnam("nobody").pw_gid)
VERSION = f"python{sys.version_info.major}.{sys.version_info.minor}"
as_root = pytest.mark.skipif(os.geteuid() != 0, reason="only root can act as two users")


@pytest.fixture
def folder(open_folder: Path) -> Path:
    return open_folder


def opened(data: Path, **how: object) -> Cluster:
    return Cluster(data, durable=False, shelter=data.parent / "shelter", **how)


def ask(cluster: Cluster, query: str, role: str = SUPERUSER) -> object:
    with psycopg.connect(cluster.conninfo(role)) as connection:
        return connection.execute(query).fetchone()[0]


def run_client(data: Path, account: Account) -> str:
    """What `database_client.py` answers under another account, once told to insert a row."""
    programs = [Path(name) for name in (sys.executable, shutil.which(VERSION, path="/usr/bin:/usr/local/bin")) if name]
    python = next((each for each in programs if account.can_run(each)), None)
    if python is None or not account.can_enter(SITE):
        pytest.skip(f"{account.name} can reach no {VERSION} here")
    done = subprocess.run(
        [python, CLIENT, data, data.parent / "shelter"],
        input="a\n",
        capture_output=True,
        text=True,
        check=False,
        cwd="/",
        env={"PYTHONPATH": f"{SOURCE}:{SITE}", "PATH": "/usr/bin:/bin", "PYTHONDONTWRITEBYTECODE": "1"},
        **account.identity(),
    )
    return done.stdout + done.stderr


def test_the_cluster_is_made_as_it_should_be(data_folder: Path) -> None:
    with Cluster(data_folder) as cluster:
        for setting, value in {
            "data_checksums": "on", "fsync": "on", "listen_addresses": "", "server_encoding": "UTF8",
            "unix_socket_permissions": "0700", "wal_compression": "off", "max_connections": "100",
        }.items():  # fmt: skip
            assert ask(cluster, f"show {setting}") == value
        assert ask(cluster, "select datctype from pg_database where datname = 'xiuhua'") == "C.UTF-8"
        roles = "select string_agg(rolname || rolsuper || rolcreatedb || rolcreaterole, ' ' order by rolname)"
        assert ask(cluster, f"{roles} from pg_roles where rolname like 'xiuhua%'") == (
            "xiuhua_appfalsefalsefalse xiuhua_ownerfalsefalsefalse"
        )


def test_settings_of_an_administrator_are_kept(data_folder: Path) -> None:
    with opened(data_folder):
        (data_folder / "postgres" / "conf" / "local.conf").write_text("work_mem = '7MB'\n")
    assert wait_until(lambda: is_free(data_folder / "postgres" / "supervisor.lock"), 10)

    with opened(data_folder) as cluster:
        assert ask(cluster, "show work_mem") == "7MB"


@as_root
def test_nobody_else_signs_in(folder: Path) -> None:
    with opened(folder / "data", account="postgres") as cluster:
        place = Place.load(folder / "data" / "postgres")
        psql = [place.programs / "psql", cluster.conninfo(), "-c", "select 1"]
        refused = subprocess.run(psql, capture_output=True, text=True, cwd="/", **NOBODY.identity())

        assert "Permission denied" in refused.stderr and refused.returncode != 0
        assert (place.sockets.stat().st_mode & 0o777, place.cluster.stat().st_mode & 0o777) == (0o700, 0o700)


@as_root
def test_a_closed_data_folder_has_its_database_elsewhere(folder: Path) -> None:
    closed = folder / "closed"
    closed.mkdir(mode=0o700)
    before = {each: each.stat().st_mode for each in (closed, *closed.parents)}
    shelter = folder / "shelter"

    with Cluster(closed / "data", durable=False, shelter=shelter) as cluster:
        base = Path(json.loads((closed / "data" / "postgres.json").read_text())["base"])
        assert base.parent == shelter and ask(cluster, "select current_database()") == "xiuhua"
        ask(cluster, "select set_config('a.b', 'c', false)")
    with Cluster(closed / "data", durable=False, shelter=shelter):
        assert Path(json.loads((closed / "data" / "postgres.json").read_text())["base"]) == base
    assert {each: each.stat().st_mode for each in before} == before
    assert wait_until(lambda: is_free(base / "supervisor.lock"), 10)
    shutil.rmtree(closed / "data")
    with Cluster(closed / "data", durable=False, shelter=shelter):
        anew = Path(json.loads((closed / "data" / "postgres.json").read_text())["base"])
        assert anew.name == f"{base.name}-2" and base.exists()


@as_root
def test_programs_out_of_reach_are_copied_once(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    closed = folder / "closed"
    closed.mkdir(mode=0o700)
    (closed / "pginstall").symlink_to(binaries.wheel_programs().parent)
    monkeypatch.setattr(binaries, "wheel_programs", lambda: closed / "pginstall" / "bin")

    with Cluster(folder / "data", durable=False, shelter=folder / "shelter") as cluster:
        assert ask(cluster, "select 1") == 1
    copies = list((folder / "shelter").iterdir())
    with Cluster(folder / "data", durable=False, shelter=folder / "shelter") as cluster:
        assert ask(cluster, "select 1") == 1
    assert list((folder / "shelter").iterdir()) == copies and len(copies) == 1


@as_root
def test_a_plain_user_has_a_server_of_his_own(folder: Path) -> None:
    os.chown(folder, NOBODY.uid, NOBODY.gid)

    assert run_client(folder / "data", NOBODY).startswith("ready\nkept a\n")
    assert (folder / "data" / "postgres" / "cluster").stat().st_uid == NOBODY.uid
    with pytest.raises(DataFolderUnusable, match="belongs to nobody, not to root; run this command as nobody"):
        Cluster(folder / "data").join()


@as_root
def test_a_plain_user_is_told_whose_a_data_folder_is(folder: Path) -> None:
    claim(folder / "data")

    assert "belongs to root, not to nobody" in run_client(folder / "data", NOBODY)


@as_root
def test_a_folder_that_may_not_be_written_is_told(folder: Path) -> None:
    assert "data_folder_unusable" in (told := run_client(folder / "data", NOBODY))
    assert "Permission denied" in told and "XIUHUA_DATA" in told


@as_root
def test_a_full_disk_is_told(folder: Path) -> None:
    small = folder / "small"
    small.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=8m,mode=755", "tmpfs", small]
    if subprocess.run(mount, capture_output=True, check=False).returncode != 0:
        pytest.skip("no file system can be mounted here")
    try:
        with pytest.raises(DataFolderUnusable, match="No space left on device"):
            Cluster(small / "data", durable=False).join()
    finally:
        subprocess.run(["umount", small], check=True)


@as_root
@pytest.mark.parametrize("name", ["root", "no-such-account"])
def test_the_account_for_root_must_be_an_unprivileged_one(folder: Path, name: str) -> None:
    with pytest.raises(SettingsWrong, match="XIUHUA_DATABASE_USER must name an existing account"):
        opened(folder / "data", account=name).join()


@as_root
def test_the_account_of_a_database_stays(folder: Path) -> None:
    with opened(folder / "data", account="nobody") as cluster:
        assert ask(cluster, "select 1") == 1

    with pytest.raises(SettingsWrong, match="belongs to nobody"):
        opened(folder / "data", account="games").join()


@pytest.mark.parametrize(
    "name", ["x" * 150, '数据 a, b\'s "c" \\ %2F'], ids=["longer than a socket's path", "every odd sign"]
)
def test_any_path_will_do(data_folder: Path, name: str) -> None:
    odd = data_folder.parent / name
    odd.mkdir()
    data_folder.rename(odd / "data")

    with opened(odd / "data") as cluster:
        assert ask(cluster, "select 1") == 1
        sockets = cluster.place.sockets
        assert not sockets.is_relative_to(odd) and sockets.stat().st_mode & 0o777 == 0o700
    assert wait_until(lambda: not sockets.exists(), 5)


def test_a_data_folder_may_be_moved_and_copied(data_folder: Path) -> None:
    moved, copy = data_folder.with_name("moved"), data_folder.with_name("copy")
    with opened(data_folder) as cluster:
        ask(cluster, "select pg_create_restore_point('a')")
    assert wait_until(lambda: is_free(data_folder / "postgres" / "supervisor.lock"), 10)
    data_folder.rename(moved)
    subprocess.run(["cp", "-a", moved, copy], check=True)

    with opened(moved) as one, opened(copy) as other:
        assert ask(one, "show data_directory") == str(moved / "postgres" / "cluster")
        assert ask(other, "show data_directory") == str(copy / "postgres" / "cluster")


def test_a_database_of_another_major_version_is_left_alone(data_folder: Path) -> None:
    with opened(data_folder):
        pass
    assert wait_until(lambda: is_free(data_folder / "postgres" / "supervisor.lock"), 10)
    (data_folder / "postgres" / "cluster" / "PG_VERSION").write_text("17\n")

    with pytest.raises(DataFolderUnusable, match=r"made by PostgreSQL 17, this program brings 18\..*how-to"):
        opened(data_folder).join()


def test_a_folder_with_other_files_is_not_ours(folder: Path) -> None:
    (folder / "letter.txt").write_text("dear")

    with pytest.raises(DataFolderUnusable, match="holds other files"):
        claim(folder)
    assert [each.name for each in folder.iterdir()] == ["letter.txt"]


def test_a_file_is_no_data_folder(folder: Path) -> None:
    (folder / "data").write_text("")

    with pytest.raises(DataFolderUnusable, match="cannot be used: File exists"):
        claim(folder / "data")


def test_a_fresh_volume_is_taken_for_empty(folder: Path) -> None:
    (folder / "lost+found").mkdir()

    claim(folder)
    (folder / "media").mkdir()
    claim(folder)
