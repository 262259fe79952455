"""Uploads in parts: what has come stays, whatever breaks."""

from __future__ import annotations

import hashlib
import os
import signal
import socket
import subprocess
import sys
from base64 import b64encode
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from io import BytesIO
from pathlib import Path
from urllib.parse import urlsplit

import httpx
import pytest
from PIL import Image
from tests.acceptance import hostile
from tests.acceptance.conftest import Serve, Served
from tests.conftest import ROOT

from xiuhua.platform.clock import SimulatedClock
from xiuhua.platform.identity.authentication import of_bearer
from xiuhua.platform.identity.model import Actor
from xiuhua.platform.media import receiving, service, upload_api, uploads
from xiuhua.platform.media.api import router
from xiuhua.platform.media.folder import Folder
from xiuhua.platform.media.service import Store
from xiuhua.platform.postgres.cluster import Cluster
from xiuhua.platform.postgres.locks import wait_until

TUS = {"Tus-Resumable": "1.0.0"}
PATCH = {**TUS, "Content-Type": "application/offset+octet-stream"}
ROUTERS = (upload_api.router, router)


def large(seed: bytes = b"x") -> bytes:
    """A sound picture of 2.7 MB, so of three parts."""
    noise = hashlib.shake_256(seed).digest(900 * 1000 * 3)
    return png_of(Image.frombytes("RGB", (1000, 900), noise))


def png_of(image: Image.Image) -> bytes:
    target = BytesIO()
    image.save(target, "PNG", compress_level=1)
    return target.getvalue()


LARGE = large()


@pytest.fixture
def served(serve: Serve, tmp_path: Path) -> Iterator[Served]:
    with serve(*ROUTERS) as found:
        found.services.ports[Store] = Store(Folder(tmp_path), most_bytes=4_000_000)
        yield found


@pytest.fixture
def client(served: Served) -> Iterator[httpx.Client]:
    with served.program("collector") as found:
        yield found


def begin(client: httpx.Client, length: int, **headers: str) -> str:
    answer = client.post("/api/media/uploads", headers={**TUS, "Upload-Length": str(length), **headers})
    assert answer.status_code == 201, answer.text
    return answer.headers["location"]


def patch(client: httpx.Client, path: str, offset: int, data: bytes, **headers: str) -> httpx.Response:
    return client.patch(path, content=data, headers={**PATCH, "Upload-Offset": str(offset), **headers})


def offset_of(client: httpx.Client, path: str) -> int:
    return int(client.head(path, headers=TUS).headers["upload-offset"])


def parts(tmp_path: Path) -> list[Path]:
    return [path for path in tmp_path.rglob("uploads/*/*") if path.is_file()]


def checksum(data: bytes, name: str = "sha1") -> str:
    return f"{name} {b64encode(hashlib.new(name, data).digest()).decode()}"


def test_what_is_understood(client: httpx.Client) -> None:
    answer = client.options("/api/media/uploads")

    assert (answer.status_code, answer.headers["tus-version"], answer.headers["tus-max-size"]) == (
        204, "1.0.0", "4000000",
    )  # fmt: skip
    assert answer.headers["tus-extension"] == "creation,expiration,checksum,termination"


def test_a_photo_comes_in_parts(client: httpx.Client, tmp_path: Path) -> None:
    path = begin(client, len(LARGE))

    for start in range(0, len(LARGE), 700_000):
        assert offset_of(client, path) == start
        answer = patch(client, path, start, LARGE[start : start + 700_000])
        assert (answer.status_code, answer.headers["tus-resumable"]) == (204, "1.0.0")

    found = client.get(path).json()
    assert (found["offset"], found["media"]) == (len(LARGE), answer.headers["upload-media"])
    assert client.get(f"/api/media/{found['media']}").content[:3] == b"\xff\xd8\xff"
    assert parts(tmp_path) == []


def test_a_photo_comes_at_once(client: httpx.Client, tmp_path: Path) -> None:
    path = begin(client, len(LARGE), **{"Upload-Metadata": f"filename {b64encode('照片.jpg'.encode()).decode()},x"})

    answer = patch(client, path, 0, LARGE)

    assert (answer.status_code, offset_of(client, path), parts(tmp_path)) == (204, len(LARGE), [])
    again = client.post("/api/media", files={"file": ("a.png", LARGE)})
    assert (again.status_code, again.json()["id"]) == (200, answer.headers["upload-media"])


def test_what_came_before_the_connection_broke_is_kept(served: Served, client: httpx.Client) -> None:
    path = begin(client, len(LARGE))
    address = urlsplit(served.url)
    head = "".join(f"{name}: {value}\r\n" for name, value in {
        **PATCH, "Host": address.netloc, "Authorization": client.headers["Authorization"], "Upload-Offset": "0",
        "Content-Length": str(len(LARGE)),
    }.items())  # fmt: skip
    with socket.create_connection((address.hostname, address.port)) as broken:
        broken.sendall(f"PATCH {path} HTTP/1.1\r\n{head}\r\n".encode() + LARGE[:1_500_000])

    assert wait_until(lambda: offset_of(client, path) == 1_500_000, timeout_s=30)
    answer = patch(client, path, 1_500_000, LARGE[1_500_000:])
    assert answer.status_code == 204 and answer.headers["upload-media"]


@pytest.mark.parametrize("name", ["sha1", "sha256"])
def test_a_checksum_guards_a_part(client: httpx.Client, tmp_path: Path, name: str) -> None:
    path = begin(client, len(LARGE))
    first = LARGE[:1_200_000]

    wrong = patch(client, path, 0, b"x" + first[1:], **{"Upload-Checksum": checksum(first, name)})
    left, offset = parts(tmp_path), offset_of(client, path)
    right = patch(client, path, 0, first, **{"Upload-Checksum": checksum(first, name)})
    last = LARGE[1_200_000:]
    done = patch(client, path, 1_200_000, last, **{"Upload-Checksum": checksum(last, name)})

    assert (wrong.status_code, left, offset) == (460, [], 0)
    assert (right.status_code, done.status_code) == (204, 204)


@pytest.mark.parametrize("header", ["md5 abc=", "sha1 ***", "sha1"])
def test_an_unknown_checksum_is_refused(client: httpx.Client, header: str) -> None:
    answer = patch(client, begin(client, 10), 0, b"x", **{"Upload-Checksum": header})

    assert answer.status_code in (400, 460)


def test_a_file_that_is_no_photo_is_refused_with_its_last_part(client: httpx.Client) -> None:
    data = hostile.refused()["HTML"] + bytes(1_500_000)
    path = begin(client, len(data), **{"Upload-Metadata": f"filename {b64encode(b'a.html').decode()}"})

    answer = patch(client, path, 0, data)

    [error] = answer.json()["errors"]
    assert (answer.status_code, error["reason"], error["file"]) == (422, "picture_type", "a.html")
    assert offset_of(client, path) < len(data) and client.get(path).json()["media"] is None


@pytest.mark.parametrize(
    ("offset", "data", "headers", "status"),
    [
        (5, b"x", {}, 409),
        (0, bytes(11), {}, 413),
        (0, b"x", {"Content-Type": "text/plain"}, 415),
        (0, b"x", {"Tus-Resumable": "0.2.2"}, 412),
        (-1, b"x", {}, 422),
    ],
)
def test_a_part_that_does_not_fit_is_refused(
    client: httpx.Client, offset: int, data: bytes, headers: dict[str, str], status: int
) -> None:
    path = begin(client, 10)

    answer = patch(client, path, offset, data, **headers)

    assert (answer.status_code, offset_of(client, path)) == (status, 0)


@pytest.mark.parametrize(("length", "status"), [("0", 422), ("-1", 422), ("x", 422), ("4000001", 413)])
def test_an_upload_of_such_a_length_is_not_begun(client: httpx.Client, length: str, status: int) -> None:
    answer = client.post("/api/media/uploads", headers={**TUS, "Upload-Length": length})

    assert answer.status_code == status


def test_networks_without_patch(client: httpx.Client) -> None:
    data = hostile.picture()
    headers = {**PATCH, "Upload-Offset": "0", "X-HTTP-Method-Override": "PATCH"}

    answer = client.post(begin(client, len(data)), content=data, headers=headers)

    assert (answer.status_code, bool(answer.headers["upload-media"])) == (204, True)


def test_an_upload_is_given_up(client: httpx.Client, tmp_path: Path) -> None:
    path = begin(client, len(LARGE))
    patch(client, path, 0, LARGE[:1_200_000])

    ended, again = client.delete(path, headers=TUS), client.delete(path, headers=TUS)

    assert (ended.status_code, again.status_code, parts(tmp_path)) == (204, 404, [])
    assert client.head(path, headers=TUS).status_code == 404


def test_what_is_not_finished_expires(
    served: Served, client: httpx.Client, clock: SimulatedClock, tmp_path: Path
) -> None:
    database, store = served.services.database, replace(served.services.port(Store), upload_hours=2)
    served.services.ports[Store] = store
    path = begin(client, len(LARGE))
    patch(client, path, 0, LARGE[:1_200_000])
    clock.move_to(clock.now() + timedelta(hours=1))
    early = uploads.expire(database, store)
    clock.move_to(clock.now() + timedelta(hours=2))

    gone = client.head(path, headers=TUS).status_code

    assert (early, gone, uploads.expire(database, store), uploads.expire(database, store)) == (0, 404, 1, 0)
    assert parts(tmp_path) == []


def test_nobody_goes_on_with_the_upload_of_another(served: Served, client: httpx.Client) -> None:
    path = begin(client, 10)
    with served.program("collector", name="other") as other, served.client() as stranger:
        assert other.head(path, headers=TUS).status_code == 404
        assert patch(other, path, 0, b"x").status_code == 404
        assert other.delete(path, headers=TUS).status_code == 404
        assert patch(stranger, path, 0, b"x").status_code == 401
        assert stranger.post("/api/media/uploads", headers={**TUS, "Upload-Length": "1"}).status_code == 401
        assert stranger.head(path, headers=TUS).status_code == 401


def test_without_the_permission_nothing_is_begun(served: Served, client: httpx.Client) -> None:
    path = begin(client, 10)
    with served.program("leader", scopes=["media.read"], name="leader") as leader:
        assert leader.post("/api/media/uploads", headers={**TUS, "Upload-Length": "1"}).status_code == 403
        assert patch(leader, path, 0, b"x").status_code == 403


def test_one_person_has_only_so_many_unfinished(client: httpx.Client) -> None:
    made = [client.post("/api/media/uploads", headers={**TUS, "Upload-Length": "9"}) for _ in range(21)]

    assert [one.status_code for one in made] == [201] * 20 + [429]


def test_too_many_small_pieces(client: httpx.Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(uploads, "MOST_PARTS", 3)
    path = begin(client, 100)

    answers = [patch(client, path, number, b"x").status_code for number in range(4)]

    assert (answers, offset_of(client, path)) == ([204, 204, 204, 429], 3)


def test_two_who_go_on_at_once(served: Served, client: httpx.Client, tmp_path: Path) -> None:
    path = begin(client, len(LARGE))
    actor, upload = _mine(served, client, path)
    store, database = served.services.port(Store), served.services.database
    one, other = (receiving.Receiving(database, store, actor, upload) for _ in range(2))
    one.add(LARGE[:1000])
    other.add(LARGE[:1000])
    one.end()

    with pytest.raises(Exception, match="first"):
        other.end()

    assert (offset_of(client, path), len(parts(tmp_path))) == (1000, 1)
    assert patch(client, path, 1000, LARGE[1000:]).status_code == 204


def _mine(served: Served, client: httpx.Client, path: str) -> tuple[Actor, uploads.Upload]:
    shown = of_bearer(client.headers["Authorization"])
    assert shown is not None
    with served.services.database.transaction() as tx:
        actor = served.services.identity.known(tx, shown).actor
        return actor, uploads.get(tx, actor, path.rsplit("/", 1)[1])


def test_the_unfinished_are_no_orphans(served: Served, client: httpx.Client) -> None:
    path = begin(client, len(LARGE))
    patch(client, path, 0, LARGE[:1_200_000])

    with served.services.database.reading() as tx:
        assert service.orphans(tx, served.services.port(Store), "990101", older_than_s=-1) == []


SERVER = """
import sys
from pathlib import Path
from xiuhua.http.app import create_app
from xiuhua.http.server import address_of, listening, run
from xiuhua.platform.database import Database
from xiuhua.platform.identity.authentication import Identity
from xiuhua.platform.media import upload_api
from xiuhua.platform.media.api import router
from xiuhua.platform.media.folder import Folder
from xiuhua.platform.media.service import Store
from xiuhua.platform.services import Services
from xiuhua.platform.settings import Settings
with Database(sys.argv[1]).open() as database:
    services = Services(database, Settings(data=Path(sys.argv[2])), Identity())
    services.ports[Store] = Store(Folder(Path(sys.argv[2])))
    bound = listening("127.0.0.1", 0)
    print(address_of(bound), flush=True)
    run(create_app(services, (upload_api.router, router)), bound)
"""


def start(conninfo: str, folder: Path) -> tuple[subprocess.Popen[str], str]:
    process = subprocess.Popen(
        [sys.executable, "-c", SERVER, conninfo, str(folder)], stdout=subprocess.PIPE, text=True,
        env={**os.environ, "PYTHONPATH": str(ROOT / "src")},
    )  # fmt: skip
    assert process.stdout is not None
    return process, process.stdout.readline().strip()


def test_the_server_is_killed_in_the_middle(
    served: Served, client: httpx.Client, server: Cluster, database_name: str, tmp_path: Path
) -> None:
    """With kill -9 while bytes come in: another process goes on from what was durable."""
    conninfo = server.conninfo(database=database_name)
    with served.services.database.transaction() as tx:  # their clock is the database's: the token must hold there
        tx.execute("update token set expires_at = now() + interval '1 day'")
    first, address = start(conninfo, tmp_path)
    headers = {"Authorization": client.headers["Authorization"]}
    try:
        with httpx.Client(base_url=address, headers=headers, timeout=20) as there:
            path = begin(there, len(LARGE))
            where = urlsplit(address)
            head = "".join(f"{name}: {value}\r\n" for name, value in {
                **PATCH, **headers, "Host": where.netloc, "Upload-Offset": "0", "Content-Length": str(len(LARGE)),
            }.items())  # fmt: skip
            with socket.create_connection((where.hostname, where.port)) as open_still:
                open_still.sendall(f"PATCH {path} HTTP/1.1\r\n{head}\r\n".encode() + LARGE[:1_500_000])
                assert wait_until(lambda: offset_of(there, path) > 0, timeout_s=30)
                first.send_signal(signal.SIGKILL)
                first.wait()
    finally:
        first.kill()
        first.wait()
        first.stdout and first.stdout.close()
    second, address = start(conninfo, tmp_path)
    try:
        with httpx.Client(base_url=address, headers=headers, timeout=20) as there:
            kept = offset_of(there, path)
            answer = patch(there, path, kept, LARGE[kept:])
    finally:
        second.terminate()
        second.wait()
        second.stdout and second.stdout.close()

    assert uploads.PART <= kept <= 1_500_000
    assert answer.status_code == 204 and answer.headers["upload-media"]


def test_the_same_on_a_smaller_part(served: Served, client: httpx.Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(uploads, "PART", 1000)
    served.services.ports[Store] = replace(served.services.port(Store), most_bytes=100_000)
    data = hostile.picture("PNG", (200, 150))
    path = begin(client, len(data))

    assert patch(client, path, 0, data).headers["upload-media"]
