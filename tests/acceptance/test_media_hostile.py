"""Files that deceive or hurt, sent in over HTTP: refused with a reason, or nothing of them comes out again."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import httpx
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.acceptance import hostile
from tests.acceptance.conftest import Serve, Served

from xiuhua.platform.media.api import router
from xiuhua.platform.media.folder import Folder
from xiuhua.platform.media.service import Store

# Pillow warns of broken metadata and of bombs; who sends such files shall not decide what our log says.
pytestmark = pytest.mark.filterwarnings("ignore::UserWarning:PIL")
NAMES = ("a.jpg", "a.svg", "../../etc/passwd", "a.html", "x\0.png", "照片.jpg", "a" * 300 + ".php")
SOUND = (
    hostile.picture(), hostile.picture("PNG"), hostile.picture("WEBP"), hostile.film(), hostile.sound(b"told"),
    hostile.archive(),
)  # fmt: skip


@pytest.fixture
def served(serve: Serve, tmp_path: Path) -> Iterator[Served]:
    with serve(router) as found:
        found.services.ports[Store] = Store(Folder(tmp_path), most_bytes=2_000_000)
        yield found


@pytest.fixture
def client(served: Served) -> Iterator[httpx.Client]:
    with served.program("collector") as found:
        yield found


@pytest.fixture
def recording(served: Served, client: httpx.Client) -> httpx.Client:
    """A client of an installation that takes recordings."""
    served.services.ports[Store] = replace(served.services.port(Store), recordings=True)
    return client


def send(client: httpx.Client, data: bytes, name: str = "a.jpg", type_: str = "image/jpeg") -> httpx.Response:
    return client.post("/api/media", files={"file": (name, data, type_)})


def kept(tmp_path: Path) -> list[Path]:
    return [path for path in tmp_path.joinpath("media").rglob("*") if path.is_file()]


@pytest.mark.parametrize("name", sorted(hostile.refused()))
def test_what_deceives_is_refused_and_leaves_nothing(client: httpx.Client, tmp_path: Path, name: str) -> None:
    answer = send(client, hostile.refused()[name])

    assert answer.status_code == 422, name
    assert answer.json()["errors"][0]["reason"] and hostile.MARK.decode() not in answer.text
    assert kept(tmp_path) == []


@pytest.mark.parametrize("name", sorted(hostile.cleaned()))
def test_what_a_picture_carries_is_gone(client: httpx.Client, tmp_path: Path, name: str) -> None:
    answer = send(client, hostile.cleaned()[name], "a.html", "text/html")

    shown = client.get(answer.headers["location"])
    assert (answer.status_code, shown.headers["content-type"]) == (201, "image/jpeg")
    assert shown.content[-2:] == b"\xff\xd9"
    for path in kept(tmp_path):
        data = path.read_bytes()
        assert hostile.MARK not in data and b"PK\3\4" not in data and b"<script" not in data


@pytest.mark.parametrize("name", sorted(hostile.taken_recordings()))
def test_a_recording_is_stored_and_never_run(recording: httpx.Client, name: str) -> None:
    data, kind = hostile.taken_recordings()[name]

    answer = send(recording, data, "a.html", "text/html")
    found = recording.get(answer.headers["location"])

    assert (answer.status_code, answer.json()["kind"], answer.json()["width"]) == (201, kind, None)
    assert found.headers["content-type"].split("/")[0] == kind
    assert found.headers["content-disposition"].startswith("attachment; filename=")
    assert found.headers["x-content-type-options"] == "nosniff"
    assert "sandbox" in found.headers["content-security-policy"]
    assert len(found.content) == len(data) and hostile.MARK not in found.content
    assert recording.get(answer.headers["location"] + "?size=thumb").status_code == 404


@pytest.mark.parametrize("name", sorted(hostile.refused_recordings()))
def test_a_recording_that_does_not_hold_together_is_refused(
    recording: httpx.Client, tmp_path: Path, name: str
) -> None:  # fmt: skip
    data, reason = hostile.refused_recordings()[name]

    answer = send(recording, data)

    assert (answer.status_code, answer.json()["errors"][0]["reason"]) == (422, reason)
    assert kept(tmp_path) == []


def test_a_recording_may_not_be_too_large(recording: httpx.Client) -> None:
    answer = send(recording, hostile.film(more=hostile.box(b"mdat", bytes(2_000_000))))

    assert (answer.status_code, answer.json()["errors"][0]["reason"]) == (413, "too_many_bytes")


@pytest.mark.parametrize("name", NAMES)
def test_a_name_is_only_repeated(client: httpx.Client, tmp_path: Path, name: str) -> None:
    answer = send(client, hostile.picture(), name)

    assert answer.status_code in (201, 422)
    assert all(path.suffix in (".jpg", ".webp") and path.is_relative_to(tmp_path / "media") for path in kept(tmp_path))
    assert "/" not in send(client, b"x", name).json()["errors"][0].get("file", "")


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(data=st.data())
def test_whatever_comes_is_taken_or_refused(recording: httpx.Client, tmp_path: Path, data: st.DataObject) -> None:
    """Sound files spliced, cut, overwritten and joined: never a fault of ours, never anything but pixels shown."""
    first, second = data.draw(st.sampled_from(SOUND)), data.draw(st.sampled_from(SOUND))
    joined = bytearray(
        first[: data.draw(st.integers(0, len(first)))] + second[data.draw(st.integers(0, len(second))) :]
    )
    for place in data.draw(st.lists(st.integers(0, max(0, len(joined) - 1)), max_size=8)):
        joined[place : place + 1] = data.draw(st.binary(max_size=3))

    answer = send(recording, bytes(joined), data.draw(st.sampled_from(NAMES)))

    assert answer.status_code in (200, 201, 422), answer.text
    if answer.is_success:
        found = recording.get(f"/api/media/{answer.json()['id']}")
        assert found.status_code == 200
        assert (found.content[:3] == b"\xff\xd8\xff") == (answer.json()["kind"] == "photo")
