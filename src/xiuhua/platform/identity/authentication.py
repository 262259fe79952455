"""From a cookie or a token to an actor, remembered for minutes and still gone at once when it is revoked.

Whatever ends or changes a sign-in bumps the revision `identity` of its city in the same transaction. A request reads
the city's revisions, which the rooms need anyway, in one small query; as long as `identity` and the posts' kind
stand, who it was a moment ago it is still.
"""

from __future__ import annotations

import re
import secrets
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from hashlib import sha256
from typing import Any, Literal
from zoneinfo import ZoneInfo

from xiuhua.platform import revision
from xiuhua.platform.database import Tx
from xiuhua.platform.errors import NotAllowed, NotSignedIn, PasswordMustChange, SecondFactorMustBeSet
from xiuhua.platform.identity.model import Actor, Policy, Post
from xiuhua.platform.identity.passwords import Hasher
from xiuhua.platform.identity.permissions import permissions_of
from xiuhua.platform.identity.vault import Vault
from xiuhua.platform.sql import queries

PostsOf = Callable[[Tx, str, str, date], Sequence[Post]]
"""Port: the posts of a person (city, person code, local day). The room of units gives it."""
NamesOf = Callable[[Tx, str, Sequence[str], date], Mapping[str, dict[str, str]]]
"""Port: names of a city and of units by their codes, `{"zh", "en"}` (city, unit codes, local day)."""

REVISION = "identity"
"""Bumped by whatever ends a session or token or changes an account."""
PREFIX = "xh_"
"""Of every personal token, so that it is recognised where it should not be."""
_SECRET = re.compile(r"(\d{6})[._]([\w-]{43})")
_MOST_KEPT = 20_000


def no_posts(_tx: Tx, _city: str, _person: str, _on: date) -> Sequence[Post]:
    """The port of an installation without units: roles come from accounts alone."""
    return ()


def no_names(_tx: Tx, _city: str, _units: Sequence[str], _on: date) -> Mapping[str, dict[str, str]]:
    """The port of an installation without units."""
    return {}


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
    must: type[NotAllowed] | None
    """What has to be done before anything else is open: `PasswordMustChange`, `SecondFactorMustBeSet`."""
    touch: bool
    """Whether the last use should be written down again."""
    answer: Answer | None = None


@dataclass(frozen=True, slots=True)
class _Remembered:
    known: Known
    revisions: tuple[int, int]
    """Of identity and of posts."""
    since: datetime
    until: datetime


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
        names_of: NamesOf = no_names,
        hasher: Hasher | None = None,
        vault: Vault | None = None,
    ) -> None:
        """`posts_kind` is the revision that is bumped when any post changes."""
        self.policy = policy or Policy()
        self.hasher = hasher or Hasher()
        self.vault = vault or Vault(None)
        self._posts_of, self._posts_kind = posts_of, posts_kind
        self._names_of = names_of
        self._zone = ZoneInfo(self.policy.time_zone)
        self._kept: dict[tuple[str, str], tuple[Any, ...]] = {}
        self._remembered: dict[bytes, _Remembered] = {}

    def names(self, tx: Tx, city: str, units: Sequence[str]) -> Mapping[str, dict[str, str]]:
        """Names of a city and of units of it, today, in both languages; unknown codes are missing."""
        return self._names_of(tx, city, units, tx.now.astimezone(self._zone).date())

    def known(self, tx: Tx, credentials: Credentials, key: str | None = None) -> Known:
        """Who it is; with `key` also what was answered to it before. Raises `NotSignedIn`."""
        found = self.known_many(tx, [(credentials, key)])[0]
        if found is None:
            raise NotSignedIn
        return found

    def known_many(self, tx: Tx, asked: Sequence[tuple[Credentials, str | None]]) -> list[Known | None]:
        """Who they are, all of one city; None for those that are nobody.

        One statement: the city's revisions where all were seen a moment ago, else one for each kind of credentials.
        The revisions stay with the transaction, so that the rooms' memory asks for them no second time.
        """
        # Another thread may forget one of them at any time: they are taken out of the memory once.
        kept = [self._memory_of(one, tx.now) if key is None else None for one, key in asked]
        found: list[Known | None] = [None] * len(asked)
        if any(kept):
            tx.revisions = asked[0][0].city, revision.current(tx, asked[0][0].city)
            both = self._both(tx.revisions[1])
            found = [one.known if one is not None and one.revisions == both else None for one in kept]
        unknown = [number for number, one in enumerate(found) if one is None]
        for kind in {asked[number][0].kind for number in unknown}:
            mine = [number for number in unknown if asked[number][0].kind == kind]
            self._look_up(tx, kind, [asked[number] for number in mine], mine, found)
        return found

    def remembers(self, credentials: Credentials) -> bool:
        """Whether these were good in this process lately; for telling friends from strangers in a flood."""
        return credentials.digest in self._remembered

    def _memory_of(self, credentials: Credentials, now: datetime) -> _Remembered | None:
        kept = self._remembered.get(credentials.digest)
        if kept is None or not kept.since <= now < kept.until or kept.known.actor.via != credentials.kind:
            return None
        return kept

    def _look_up(
        self,
        tx: Tx,
        kind: str,
        asked: Sequence[tuple[Credentials, str | None]],
        places: Sequence[int],
        found: list[Known | None],
    ) -> None:
        """Find people of one kind of credentials, and put each in its place."""
        city = asked[0][0].city
        values = {
            "city": city, "digests": [credentials.digest for credentials, _ in asked],
            "keys": [key for _, key in asked], "now": tx.now, "touch_before": self._touch_before(tx.now),
            "idle_since": tx.now - timedelta(minutes=self.policy.idle_minutes),
        }  # fmt: skip
        for credentials, _ in asked:
            self._remembered.pop(credentials.digest, None)
        for row in tx.execute(_sql()[f"by_{kind}"], values).fetchall():
            tx.revisions = city, row.revisions or {}
            found[places[row.number - 1]] = self._known(tx, asked[row.number - 1][0], row)

    def _known(self, tx: Tx, credentials: Credentials, row: Any) -> Known:
        revisions: dict[str, int] = row.revisions or {}
        posts, permissions = self._posts(tx, credentials.city, row, revisions.get(self._posts_kind, 0))
        if row.scopes is not None:
            permissions = permissions & frozenset(row.scopes)
        actor = Actor(row.person, credentials.city, row.title, posts, permissions, credentials.kind)
        known = Known(actor, row.name, self._must(row, actor, tx.now), touch=False)
        if len(self._remembered) >= _MOST_KEPT:
            self._remembered.clear()
        until = min(row.expires_at, tx.now + timedelta(minutes=self.policy.touch_minutes), self._midnight(tx.now))
        self._remembered[credentials.digest] = _Remembered(known, self._both(revisions), tx.now, until)
        return replace(known, touch=row.touch, answer=_answer(row))

    def _both(self, revisions: dict[str, int]) -> tuple[int, int]:
        return revisions.get(REVISION, 0), revisions.get(self._posts_kind, 0)

    def _must(self, row: Any, actor: Actor, now: datetime) -> type[NotAllowed] | None:
        """Who came through a provider has password and second factor there; a token was made behind both."""
        if actor.via != "session" or row.by_provider:
            return None
        days = self.policy.password_days
        if row.must_change or (days and row.password_at <= now - timedelta(days=days)):
            return PasswordMustChange
        if not row.second_factor and actor.roles() & self.policy.second_factor_roles:
            return SecondFactorMustBeSet
        return None

    def _midnight(self, now: datetime) -> datetime:
        """The end of the local day: posts are held by day."""
        tomorrow = now.astimezone(self._zone).date() + timedelta(days=1)
        return datetime.combine(tomorrow, time.min, self._zone)

    def touch(self, tx: Tx, credentials: Credentials) -> None:
        """Write down that a session or token is in use."""
        values = {
            "city": credentials.city, "digest": credentials.digest, "now": tx.now,
            "touch_before": self._touch_before(tx.now),
        }  # fmt: skip
        tx.execute(_sql()[f"touch_{credentials.kind}"], values)

    def _touch_before(self, now: datetime) -> datetime:
        return now - timedelta(minutes=self.policy.touch_minutes)

    def _posts(self, tx: Tx, city: str, row: Any, revised: int) -> tuple[tuple[Post, ...], frozenset[str]]:
        day = tx.now.astimezone(self._zone).date()
        state = (row.version, revised, day)
        kept = self._kept.get((city, row.person))
        if kept is not None and kept[0] == state:
            return kept[1], kept[2]
        posts = (*(Post(role, city) for role in row.roles), *self._posts_of(tx, city, row.person, day))
        permissions = permissions_of(posts)
        if len(self._kept) >= _MOST_KEPT:
            self._kept.clear()
        self._kept[city, row.person] = state, posts, permissions
        return posts, permissions


def _answer(row: Any) -> Answer | None:
    return None if row.request is None else Answer(bytes(row.request), row.status, row.headers, row.answer)


def changed(tx: Tx, city: str) -> None:
    """Whoever is signed in to a city is looked up anew from the commit of this transaction on."""
    revision.bump(tx, city, REVISION)


def _sql() -> dict[str, str]:
    return queries("xiuhua.platform.identity")
