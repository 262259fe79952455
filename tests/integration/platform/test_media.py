"""Photos and their bytes: kept once, apart for each city, and never half."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from dataclasses import replace
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from threading import BoundedSemaphore
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from PIL import Image
from tests.conftest import ROOT

from xiuhua.platform.database import Database, Tx
from xiuhua.platform.errors import DataFolderUnusable, Invalid, NotFound, TooLarge, TooMany
from xiuhua.platform.identity.model import system
from xiuhua.platform.media import service, uses
from xiuhua.platform.media.folder import Folder
from xiuhua.platform.media.model import Position, key_of
from xiuhua.platform.media.service import Store
from xiuhua.platform.media.uses import Named
from xiuhua.platform.postgres.cluster import Cluster

CITY, OTHER = "990101", "990102"
US, THEM = system(CITY), system(OTHER)


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(Folder(tmp_path), zone=ZoneInfo("Asia/Shanghai"))


def photo(**options: Any) -> bytes:
    target = BytesIO()
    Image.new("RGB", (400, 300), "red").save(target, "JPEG", **options)
    return target.getvalue()


def files(store: Store, city: str = CITY) -> list[str]:
    return list(store.blobs.keys(city, 0))


def rows(tx: Tx) -> int:
    return int(tx.execute("select count(*) as n from media").fetchone().n)


def test_a_photo_is_kept_with_what_the_camera_told(tx: Tx, store: Store) -> None:
    exif = Image.Exif()
    exif.get_ifd(0x8769)[0x9003] = "2026:03:02 08:30:00"
    exif.get_ifd(0x8825).update({1: "N", 2: (29.0, 6.0, 16.2), 3: "E", 4: (105.0, 18.0, 44.28)})
    data = photo(exif=exif)

    made = service.put(tx, store, US, data, "a.jpg")

    assert service.get(tx, CITY, made.id) == made
    assert (made.width, made.height, made.bytes, made.created_by) == (400, 300, len(data), "system")
    assert made.position == Position(105.3123, 29.1045)
    assert made.taken_at == datetime(2026, 3, 2, 0, 30, tzinfo=UTC)
    assert Image.open(BytesIO(service.content(store, made))).size == (400, 300)
    assert Image.open(BytesIO(service.content(store, made, "thumb"))).size == (320, 240)


def test_the_same_photo_is_kept_once(tx: Tx, store: Store) -> None:
    first, second = service.put(tx, store, US, photo()), service.put(tx, store, US, photo(), "other.jpg")

    assert first == second
    assert (rows(tx), len(files(store))) == (1, 2)


def test_two_who_send_the_same_photo_at_once_get_one(database: Database, store: Store) -> None:
    prepared = service.prepare(store, photo())
    with database.transaction() as tx:
        first, is_new = service.keep(tx, store, US, prepared)
    with database.transaction() as tx:
        second, is_new_again = service.keep(tx, store, US, prepared)

    assert (first, is_new, is_new_again) == (second, True, False)


def test_a_photo_that_is_known_is_not_worked_on_again(database: Database, store: Store) -> None:
    made = service.upload(database, store, US, photo())
    closed = replace(store, gate=BoundedSemaphore(1))
    closed.gate.acquire()

    assert service.upload(database, closed, US, photo()) == (made[0], False)


def test_cities_do_not_see_each_other(tx: Tx, store: Store) -> None:
    ours, theirs = service.put(tx, store, US, photo()), service.put(tx, store, THEM, photo())

    assert ours.id != theirs.id and ours.digest == theirs.digest
    assert uses.name(tx, CITY, [Named(one.id, "case", "1") for one in (ours, theirs)]) == {theirs.id}
    assert not set(files(store, CITY)) & set(files(store, OTHER))
    with pytest.raises(NotFound):
        service.get(tx, CITY, theirs.id)


@pytest.mark.parametrize("id_", ["", "before", "x\0", "\ud800", "0195a1b2-0000-7000-8000-000000000001", "../../x"])
def test_an_unknown_photo_is_missing(tx: Tx, id_: str) -> None:
    assert uses.name(tx, CITY, [Named(id_, "case", "1")] * 2) == {id_}
    assert uses.name(tx, CITY, []) == set()
    with pytest.raises(NotFound):
        service.get(tx, CITY, id_)


@pytest.mark.parametrize(
    ("data", "error", "reason"),
    [
        (b"<html>", Invalid, "picture_type"),
        (photo()[:-300], Invalid, "truncated"),
        (b"x" * 4000, TooLarge, "too_many_bytes"),
    ],
)
def test_a_refusal_names_file_and_reason(tx: Tx, store: Store, data: bytes, error: type[Invalid], reason: str) -> None:
    with pytest.raises(error) as caught:
        service.put(tx, replace(store, most_bytes=3500), US, data, "C:\\photos\\a\n.jpg")

    [told] = caught.value.params["errors"]
    assert (told["file"], told["field"], told["reason"]) == ("a.jpg", "file", reason)
    assert (rows(tx), files(store)) == (0, [])


def test_too_many_pictures_at_once_are_told_to_come_back(tx: Tx, store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(service, "_WAIT_S", 0.01)
    closed = replace(store, gate=BoundedSemaphore(1))
    closed.gate.acquire()

    with pytest.raises(TooMany):
        service.put(tx, closed, US, photo())


def test_lost_bytes_are_told_and_made_again(tx: Tx, store: Store, tmp_path: Path) -> None:
    made = service.put(tx, store, US, photo())
    (tmp_path / "media" / made.key("thumb")).unlink()

    with pytest.raises(DataFolderUnusable, match=made.key("thumb")):
        service.content(store, made, "thumb")
    assert service.put(tx, store, US, photo()) == made
    assert service.content(store, made, "thumb")


def test_an_undone_transaction_leaves_bytes_that_are_listed(database: Database, store: Store) -> None:
    with pytest.raises(RuntimeError), database.transaction() as tx:
        service.put(tx, store, US, photo())
        raise RuntimeError

    with database.transaction() as tx:
        assert (rows(tx), service.orphans(tx, store, CITY)) == (0, [])  # may belong to somebody at work
        assert service.orphans(tx, store, CITY, older_than_s=0) == files(store) != []
        service.put(tx, store, US, photo())
        assert service.orphans(tx, store, CITY, older_than_s=0) == []


def test_bytes_that_cannot_be_written_leave_no_row(tx: Tx, store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)

    with pytest.raises(DataFolderUnusable, match="No space"):
        service.put(tx, store, US, photo())
    assert (rows(tx), files(store)) == (0, [])


KILLED = """
import sys, time
from pathlib import Path
from xiuhua.platform.database import Database
from xiuhua.platform.identity.model import system
from xiuhua.platform.media import service
from xiuhua.platform.media.folder import Folder
store = service.Store(Folder(Path(sys.argv[2])))
with Database(sys.argv[1]).open() as database, database.transaction() as tx:
    service.put(tx, store, system("990101"), sys.stdin.buffer.read())
    print("kept", flush=True)
    time.sleep(60)
"""


def test_killed_between_file_and_commit(
    server: Cluster, database_name: str, database: Database, store: Store, tmp_path: Path
) -> None:
    conninfo = server.conninfo(database=database_name)
    process = subprocess.Popen(
        [sys.executable, "-c", KILLED, conninfo, str(tmp_path)],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, env={**os.environ, "PYTHONPATH": str(ROOT / "src")},
    )  # fmt: skip
    assert process.stdin is not None and process.stdout is not None
    process.stdin.write(photo())
    process.stdin.close()
    assert process.stdout.readline() == b"kept\n"
    process.send_signal(signal.SIGKILL)
    process.wait()
    process.stdout.close()

    with database.transaction() as tx:
        assert rows(tx) == 0
        left = [(tmp_path / "media" / key).read_bytes() for key in files(store)]
        assert [Image.open(BytesIO(data)).format for data in left] == ["JPEG", "WEBP"]
        made = service.put(tx, store, US, photo())
    with database.reading() as tx:
        assert service.get(tx, CITY, made.id) == made


def test_files_are_whole_or_not_there(store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    key = key_of(CITY, bytes(32))
    store.blobs.put(key, b"first")

    def killed(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(Path, "replace", killed)
    with pytest.raises(KeyboardInterrupt):
        store.blobs.put(key, b"second")

    assert (store.blobs.get(key), files(store)) == (b"first", [key])
    assert {path.stat().st_mode & 0o077 for path in (tmp_path / "media").rglob("*")} == {0}


@pytest.mark.parametrize("key", ["", "/etc/passwd", "../x", "a/../../x", "a//b", "a/.b", "a\0", "a/b\n"])
def test_no_key_leads_out_of_the_folder(store: Store, key: str) -> None:
    with pytest.raises(ValueError, match="is no key"):
        store.blobs.put(key, b"")


def test_what_lies_there_is_told_by_age(store: Store, tmp_path: Path) -> None:
    store.blobs.put("990101/old.jpg", b"x")
    store.blobs.put("990101/new.jpg", b"x")
    hour_ago = time.time() - 3601
    os.utime(tmp_path / "media/990101/old.jpg", (hour_ago, hour_ago))

    assert list(store.blobs.keys("990101", 3600)) == ["990101/old.jpg"]
    assert list(store.blobs.keys("990199", 0)) == []
