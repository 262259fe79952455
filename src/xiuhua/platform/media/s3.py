"""Bytes kept in an object store that speaks S3: the adapter of `model.Blobs` for a bucket.

A put of S3 is whole or not at all, and answered once it is durable; so the contract of `Blobs` holds as it is.
"""

from __future__ import annotations

import re
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import parse_qs, urlsplit

from xiuhua.platform.errors import MediaUnavailable, SettingsWrong
from xiuhua.platform.media.model import checked

if TYPE_CHECKING:
    from obstore.store import S3Config, S3Store

_BUCKET: Final = re.compile(r"[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]")
_REGION: Final = "us-east-1"
"""What stores of one's own ask for, most of which look at no region."""
_TRIES: Final = 3
_TIMEOUT_S: Final = 30


@dataclass(frozen=True, slots=True)
class Place:
    """Where a bucket is, taken from `s3://bucket/prefix?endpoint=…&region=…&style=path`."""

    bucket: str
    prefix: str = ""
    endpoint: str | None = None
    """Of a store of one's own; None: that of the region."""
    region: str = _REGION
    virtual_hosted: bool = False
    """Whether the bucket stands in the host's name, as some stores insist on."""


@dataclass(frozen=True, slots=True)
class Secret:
    """What a store asks for; never printed."""

    key_id: str
    key: str = field(repr=False)


def place_of(url: str) -> Place:
    """The place that a URL names. Raises `SettingsWrong`, which never repeats the URL."""
    parts = urlsplit(url)
    given = parse_qs(parts.query, keep_blank_values=True)
    wrong = _fault(parts.scheme, parts.netloc, parts.path.strip("/"), given)
    if wrong:
        raise SettingsWrong(f"XIUHUA_MEDIA_URL: {wrong}")
    one = {name: values[0] for name, values in given.items()}
    return Place(
        parts.netloc, parts.path.strip("/"), one.get("endpoint"), one.get("region", _REGION),
        one.get("style") == "virtual",
    )  # fmt: skip


def _fault(scheme: str, bucket: str, prefix: str, given: dict[str, list[str]]) -> str:
    if scheme != "s3":
        return "is no URL of the form s3://bucket/prefix?endpoint=…"
    if "@" in bucket:
        return "holds a user or password; put them into XIUHUA_MEDIA_CREDENTIALS or a file"
    if not _BUCKET.fullmatch(bucket):
        return "names no bucket"
    if prefix and not checked(prefix):
        return "the prefix holds signs other than letters, digits, `_`, `.`, `-` and `/`"
    if unknown := given.keys() - {"endpoint", "region", "style"}:
        return f"knows endpoint, region and style, not {', '.join(sorted(unknown))}"
    if any(len(values) != 1 or not values[0] for values in given.values()):
        return "gives a part twice, or empty"
    endpoint = urlsplit(given.get("endpoint", ["https://x"])[0])
    if endpoint.scheme not in ("http", "https") or not endpoint.hostname or "@" in endpoint.netloc:
        return "the endpoint is no http(s) address"
    if given.get("style", ["path"])[0] not in ("path", "virtual"):
        return "the style is path or virtual"
    return ""


def secret_of(text: str) -> Secret:
    """`KEY_ID:SECRET`, as the setting or its file holds it. Raises `SettingsWrong` without repeating it."""
    key_id, colon, key = text.strip().partition(":")
    if not (key_id and colon and key) or any(sign.isspace() for sign in text.strip()):
        raise SettingsWrong("The credentials of XIUHUA_MEDIA_URL are not of the form KEY_ID:SECRET.")
    return Secret(key_id, key)


class Bucket:
    """A bucket, or the part of it below a prefix."""

    def __init__(self, place: Place, secret: Secret | None) -> None:
        """Without a secret the machine's own role is asked, as it is in a cloud. Nothing is sent yet."""
        self._place, self._secret = place, secret
        self._made: S3Store | None = None

    def put(self, key: str, data: bytes) -> None:
        """One request; the store acknowledges what it keeps."""
        import obstore  # noqa: PLC0415  # 15 MB that an installation with a folder never loads

        with self._told():
            obstore.put(self._store(), _path(key), data)

    def get(self, key: str) -> bytes | None:
        """The object's bytes."""
        import obstore  # noqa: PLC0415

        with self._told():
            try:
                return bytes(obstore.get(self._store(), _path(key)).bytes())
            except FileNotFoundError:
                return None

    def has(self, key: str) -> bool:
        """Whether there is such an object."""
        import obstore  # noqa: PLC0415

        with self._told():
            try:
                obstore.head(self._store(), _path(key))
            except FileNotFoundError:
                return False
        return True

    def delete(self, keys: Sequence[str]) -> None:
        """One request a key; that there was none is as well."""
        import obstore  # noqa: PLC0415

        with self._told():
            for key in keys:
                try:
                    obstore.delete(self._store(), _path(key))
                except FileNotFoundError:
                    continue

    def keys(self, prefix: str, older_than_s: float) -> Iterator[str]:
        """By the times that the store gave; page by page, in order within a page as the store lists them."""
        import obstore  # noqa: PLC0415

        before = time.time() - older_than_s
        with self._told():
            for page in obstore.list(self._store(), f"{_path(prefix)}/"):
                yield from sorted(one["path"] for one in page if one["last_modified"].timestamp() <= before)

    def _store(self) -> S3Store:
        if self._made is None:
            from obstore.store import S3Store  # noqa: PLC0415

            place = self._place
            given: S3Config = {}
            if self._secret is not None:
                given |= {"access_key_id": self._secret.key_id, "secret_access_key": self._secret.key}
            if place.endpoint:
                given["endpoint"] = place.endpoint
            limit = timedelta(seconds=_TIMEOUT_S)
            plain = (place.endpoint or "").startswith("http:")
            self._made = S3Store(
                place.bucket, prefix=place.prefix or None, region=place.region, config=given,
                virtual_hosted_style_request=place.virtual_hosted,
                client_options={"allow_http": plain, "timeout": limit, "connect_timeout": timedelta(seconds=5)},
                retry_config={"max_retries": _TRIES, "retry_timeout": limit},
            )  # fmt: skip
        return self._made

    @contextmanager
    def _told(self) -> Iterator[None]:
        """Errors of the store as one of ours: the answer of a store may repeat key ids, so none of it goes on."""
        from obstore.exceptions import BaseError  # noqa: PLC0415

        try:
            yield
        except (BaseError, OSError) as error:
            kind: Any = type(error).__name__
            raise MediaUnavailable(f"The store of photos does not answer as it should ({kind}).") from None


def _path(key: str) -> str:
    if not checked(key):
        raise ValueError(f"{key!r} is no key")
    return key
