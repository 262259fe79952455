"""From a cookie or a token to an actor: one statement a request, posts kept until they change."""

from __future__ import annotations

import re
import secrets
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from hashlib import sha256
from typing import Any, Literal
from zoneinfo import ZoneInfo

from xiuhua.platform.database import Tx
from xiuhua.platform.errors import NotSignedIn
from xiuhua.platform.identity.model import Actor, Policy, Post
from xiuhua.platform.identity.passwords import Hasher
from xiuhua.platform.identity.permissions import permissions_of
from xiuhua.platform.sql import queries

PostsOf = Callable[[Tx, str, str, date], Sequence[Post]]
"""Port: the posts of a person (city, person code, local day). The room of units gives it."""

PREFIX = "xh_"
"""Of every personal token, so that it is recognised where it should not be."""
_SECRET = re.compile(r"(\d{6})[._]([\w-]{43})")
_MOST_KEPT = 20_000


def no_posts(_tx: Tx, _city: str, _person: str, _on: date) -> Sequence[Post]:
    """The port of an installation without units: roles come from accounts alone."""
    return ()


@dataclass(frozen=True, slots=True)
class Credentials:
    """What a request shows; only the digest of the secret goes on from here."""

    kind: Literal["session", "token"]
    city: str
    digest: bytes


@dataclass(frozen=True, slots=True)
class Answer:
    """What was answered to an idempotency key."""

    request: bytes
    """Digest of the request that was answered."""
    status: int
    headers: str
    body: str
    """Both JSON."""


@dataclass(frozen=True, slots=True)
class Known:
    """Who makes a request."""

    actor: Actor
    account: str
    must_change: bool
    touch: bool
    """Whether the last use should be written down again."""
    answer: Answer | None = None


def new_secret(city: str) -> tuple[str, bytes]:
    """A fresh secret of 256 bits with its city in front, and the digest under which it is kept."""
    secret = secrets.token_urlsafe(32)
    return f"{city}.{secret}", sha256(secret.encode()).digest()


def of_session(cookie: str) -> Credentials | None:
    """What a session cookie shows; None when it cannot be one."""
    found = _SECRET.fullmatch(cookie)
    return Credentials("session", found[1], sha256(found[2].encode()).digest()) if found else None


def of_bearer(header: str) -> Credentials | None:
    """What `Authorization: Bearer xh_…` shows; None when it cannot be a token."""
    scheme, _, text = header.partition(" ")
    if scheme.lower() != "bearer" or not text.startswith(PREFIX):
        return None
    found = _SECRET.fullmatch(text.removeprefix(PREFIX))
    return Credentials("token", found[1], sha256(found[2].encode()).digest()) if found else None


class Identity:
    """Accounts as this process sees them: policy, hasher, the port to posts, and posts already looked up."""

    def __init__(
        self,
        policy: Policy | None = None,
        *,
        posts_of: PostsOf = no_posts,
        posts_kind: str = "units",
        hasher: Hasher | None = None,
    ) -> None:
        """`posts_kind` is the revision that is bumped when any post changes."""
        self.policy = policy or Policy()
        self.hasher = hasher or Hasher()
        self._posts_of, self._posts_kind = posts_of, posts_kind
        self._zone = ZoneInfo(self.policy.time_zone)
        self._kept: dict[tuple[str, str], tuple[Any, ...]] = {}

    def known(self, tx: Tx, credentials: Credentials, key: str | None = None) -> Known:
        """Who it is; with `key` also what was answered to it before. Raises `NotSignedIn`."""
        found = self.known_many(tx, [(credentials, key)])[0]
        if found is None:
            raise NotSignedIn
        return found

    def known_many(self, tx: Tx, asked: Sequence[tuple[Credentials, str | None]]) -> list[Known | None]:
        """Who they are, all of one city; None for those that are nobody. One statement for each kind of credentials.

        Posts come from memory as long as neither account, revision nor day changes.
        """
        found: list[Known | None] = [None] * len(asked)
        for kind in {credentials.kind for credentials, _ in asked}:
            mine = [number for number, (credentials, _) in enumerate(asked) if credentials.kind == kind]
            values = {
                "city": asked[0][0].city, "digests": [asked[number][0].digest for number in mine],
                "keys": [asked[number][1] for number in mine], "now": tx.now, "kind": self._posts_kind,
                "touch_before": self._touch_before(tx.now),
                "idle_since": tx.now - timedelta(minutes=self.policy.idle_minutes),
            }  # fmt: skip
            for row in tx.execute(_sql()[f"by_{kind}"], values):
                found[mine[row.number - 1]] = self._known(tx, asked[0][0].city, kind, row)
        return found

    def _known(self, tx: Tx, city: str, kind: Literal["session", "token"], row: Any) -> Known:
        posts, permissions = self._posts(tx, city, row)
        if row.scopes is not None:
            permissions = permissions & frozenset(row.scopes)
        actor = Actor(row.person, city, row.title, posts, permissions, kind)
        answer = None if row.request is None else Answer(bytes(row.request), row.status, row.headers, row.answer)
        return Known(actor, row.name, row.must_change, row.touch, answer)

    def touch(self, tx: Tx, credentials: Credentials) -> None:
        """Write down that a session or token is in use."""
        values = {
            "city": credentials.city, "digest": credentials.digest, "now": tx.now,
            "touch_before": self._touch_before(tx.now),
        }  # fmt: skip
        tx.execute(_sql()[f"touch_{credentials.kind}"], values)

    def _touch_before(self, now: datetime) -> datetime:
        return now - timedelta(minutes=self.policy.touch_minutes)

    def _posts(self, tx: Tx, city: str, row: Any) -> tuple[tuple[Post, ...], frozenset[str]]:
        day = tx.now.astimezone(self._zone).date()
        state = (row.version, row.revision, day)
        kept = self._kept.get((city, row.person))
        if kept is not None and kept[0] == state:
            return kept[1], kept[2]
        posts = (*(Post(role, city) for role in row.roles), *self._posts_of(tx, city, row.person, day))
        permissions = permissions_of(posts)
        if len(self._kept) >= _MOST_KEPT:
            self._kept.clear()
        self._kept[city, row.person] = state, posts, permissions
        return posts, permissions


def _sql() -> dict[str, str]:
    return queries("xiuhua.platform.identity")
