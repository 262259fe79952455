"""Where bytes are kept: one contract, held by the folder and by a real S3 server alike."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from uuid import uuid4

import pytest
from tests.integration.platform import object_store

from xiuhua import bootstrap
from xiuhua.platform.errors import MediaUnavailable, SettingsWrong
from xiuhua.platform.media import s3
from xiuhua.platform.media.folder import Folder
from xiuhua.platform.media.model import Blobs
from xiuhua.platform.settings import Settings

SECRET = s3.Secret(object_store.KEY_ID, object_store.KEY)


@pytest.fixture(scope="module")
def endpoint(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    if object_store.program() is None:
        pytest.skip("the program weed is not installed")
    with object_store.running(tmp_path_factory.mktemp("weed")) as found:
        yield found


@pytest.fixture(params=["folder", "s3", "s3 below a prefix"])
def blobs(request: pytest.FixtureRequest, tmp_path: Path) -> Blobs:
    if request.param == "folder":
        return Folder(tmp_path)
    prefix = f"below/{uuid4().hex}" if "prefix" in request.param else ""
    return s3.Bucket(s3.Place(object_store.BUCKET, prefix, request.getfixturevalue("endpoint")), SECRET)


@pytest.fixture
def city() -> str:
    """Tests share the bucket: each has a city of its own."""
    return uuid4().hex[:6]


def test_what_was_put_is_there(blobs: Blobs, city: str) -> None:
    data = bytes(range(256)) * 5000

    blobs.put(f"{city}/ab/cd/abcd.jpg", data)

    assert blobs.get(f"{city}/ab/cd/abcd.jpg") == data
    assert blobs.has(f"{city}/ab/cd/abcd.jpg") and not blobs.has(f"{city}/ab/cd/other.jpg")


def test_what_was_never_put_is_none(blobs: Blobs, city: str) -> None:
    assert blobs.get(f"{city}/ab/none.jpg") is None
    assert list(blobs.keys(city, 0)) == []
    blobs.delete([f"{city}/ab/none.jpg"])


def test_putting_again_replaces(blobs: Blobs, city: str) -> None:
    for data in (b"first", b""):
        blobs.put(f"{city}/one", data)

    assert blobs.get(f"{city}/one") == b""


def test_keys_are_those_below_a_prefix(blobs: Blobs, city: str) -> None:
    for key in (f"{city}/b/2", f"{city}/a/1", f"{city}9/other"):
        blobs.put(key, b"x")

    assert sorted(blobs.keys(city, 0)) == [f"{city}/a/1", f"{city}/b/2"]
    assert list(blobs.keys(city, 3600)) == []


def test_more_keys_than_a_page_holds(blobs: Blobs, city: str) -> None:
    wanted = [f"{city}/{number:04}" for number in range(60 if isinstance(blobs, Folder) else 1010)]
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda key: blobs.put(key, b"x"), wanted))

    assert sorted(blobs.keys(city, -60)) == wanted


def test_what_was_deleted_is_gone(blobs: Blobs, city: str) -> None:
    blobs.put(f"{city}/one", b"x")
    blobs.put(f"{city}/two", b"x")

    blobs.delete([f"{city}/one", f"{city}/one"])

    assert (blobs.get(f"{city}/one"), blobs.get(f"{city}/two")) == (None, b"x")


@pytest.mark.parametrize(
    "key", ["", "/", "../x", "a/../b", "a//b", "/a", "a/", ".hidden", "a\0", "a b", "ü", "x" * 501]
)
def test_what_is_no_key_is_refused(blobs: Blobs, key: str) -> None:
    for call in (lambda: blobs.put(key, b"x"), lambda: blobs.get(key), lambda: blobs.has(key)):
        with pytest.raises(ValueError, match="is no key"):
            call()


def test_two_writers_of_one_key_leave_one_of_them_whole(blobs: Blobs, city: str) -> None:
    contents = [bytes([number]) * 200_000 for number in range(6)]
    with ThreadPoolExecutor(6) as pool:
        list(pool.map(lambda data: blobs.put(f"{city}/one", data), contents))

    assert blobs.get(f"{city}/one") in contents


# ---- what only a store over a network does


def test_a_wrong_secret_is_told_without_it(endpoint: str, city: str) -> None:
    blobs = s3.Bucket(s3.Place(object_store.BUCKET, "", endpoint), s3.Secret(object_store.KEY_ID, "geheim"))

    with pytest.raises(MediaUnavailable) as caught:
        blobs.put(f"{city}/one", b"x")

    assert "geheim" not in str(caught.value) and object_store.KEY_ID not in str(caught.value)
    assert caught.value.__cause__ is None


def test_a_store_that_is_not_there_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(s3, "_TRIES", 0)
    blobs = s3.Bucket(s3.Place("photos", "", "http://127.0.0.1:1"), SECRET)

    with pytest.raises(MediaUnavailable):
        blobs.get("a/b")


def test_the_settings_name_the_store(endpoint: str, tmp_path: Path, city: str) -> None:
    secret = tmp_path / "secret"
    secret.write_text(f"{object_store.KEY_ID}:{object_store.KEY}\n")
    settings = Settings(
        data=tmp_path, media_url=f"s3://{object_store.BUCKET}/by-settings?endpoint={endpoint}",
        media_credentials_file=secret,
    )  # fmt: skip

    blobs = bootstrap.blobs_of(settings)
    blobs.put(f"{city}/one", b"x")

    assert blobs.get(f"{city}/one") == b"x"
    assert object_store.KEY not in repr(settings) + repr(blobs) + repr(SECRET)


@pytest.mark.parametrize(
    ("url", "why"),
    [
        ("https://bucket", "is no URL of the form"),
        ("s3://", "names no bucket"),
        ("s3://Photos", "names no bucket"),
        ("s3://key:geheim@bucket", "put them into XIUHUA_MEDIA_CREDENTIALS"),
        ("s3://bucket/../x", "the prefix holds signs"),
        ("s3://bucket?endpoint=ftp://x", "no http"),
        ("s3://bucket?endpoint=http://key:geheim@x", "no http"),
        ("s3://bucket?secret=geheim", "not secret"),
        ("s3://bucket?style=other", "path or virtual"),
        ("s3://bucket?region=a&region=b", "twice"),
    ],
)
def test_a_wrong_url_is_told_without_it(url: str, why: str) -> None:
    with pytest.raises(SettingsWrong, match=why) as caught:
        s3.place_of(url)

    assert "geheim" not in str(caught.value)


@pytest.mark.parametrize("text", ["geheim", ":geheim", "id:", "id:ge heim"])
def test_wrong_credentials_are_told_without_them(text: str) -> None:
    with pytest.raises(SettingsWrong) as caught:
        s3.secret_of(text)

    assert "heim" not in str(caught.value)


def test_a_file_of_credentials_that_is_not_there_is_told(tmp_path: Path) -> None:
    settings = Settings(data=tmp_path, media_url="s3://bucket", media_credentials_file=tmp_path / "none")

    with pytest.raises(SettingsWrong, match="CREDENTIALS_FILE"):
        bootstrap.blobs_of(settings)
