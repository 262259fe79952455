from datetime import date, timedelta
from typing import Any

import pytest
from tests.integration.platform.people import (
    CITY,
    OTHER,
    PASSWORD,
    Posts,
    failing,
    known,
    make,
    opened,
)

from xiuhua.platform import revision
from xiuhua.platform.clock import SimulatedClock
from xiuhua.platform.database import Database
from xiuhua.platform.errors import (
    Invalid,
    NotSignedIn,
    SignInFailed,
    SignInLocked,
)
from xiuhua.platform.identity import signin
from xiuhua.platform.identity.authentication import Identity, of_bearer, of_session
from xiuhua.platform.identity.model import NewAccount, Policy, Post
from xiuhua.platform.identity.passwords import Hasher


@pytest.mark.parametrize("typed", ["zhang.san", " ZHANG.SAN ", "ｚｈａｎｇ.san", "zhang.san@990101"])
@pytest.mark.usefixtures("account")
def test_a_name_is_known_however_it_is_typed(database: Database, identity: Identity, typed: str) -> None:
    actor = known(database, identity, opened(database, identity, typed)).actor

    assert (actor.id, actor.city, actor.name, actor.via) == ("P1", CITY, "张三", "session")
    assert actor.roles() == {"dispatcher"} and actor.may("case.act") and not actor.may("account.manage")


def test_a_name_in_two_cities_needs_the_city(database: Database, identity: Identity, account: str) -> None:
    make(database, NewAccount(account, "P9", password=PASSWORD), city=OTHER)

    with pytest.raises(SignInFailed):
        opened(database, identity, account)
    assert opened(database, identity, f"{account}@{OTHER}").city == OTHER
    assert opened(database, identity, account, city=CITY).city == CITY


@pytest.mark.parametrize(("name", "password"), [("zhang.san", "wrong"), ("nobody", PASSWORD), ("", ""), ("tokens", "")])
@pytest.mark.usefixtures("account")
def test_whatever_is_wrong_looks_the_same(database: Database, identity: Identity, name: str, password: str) -> None:
    make(database, NewAccount("tokens", "P2"))

    with pytest.raises(SignInFailed) as caught:
        signin.sign_in(database, identity, name, password)

    assert caught.value.params == {} and caught.value.detail == SignInFailed.message()


@pytest.mark.parametrize("name", ["zhang.san", "nobody"])
@pytest.mark.usefixtures("account")
def test_a_name_is_locked_after_too_many_tries_known_or_not(
    database: Database, identity: Identity, clock: SimulatedClock, name: str
) -> None:
    errors = [failing(database, identity, name) for _ in range(6)]

    assert errors == [SignInFailed] * 4 + [SignInLocked] * 2
    clock.move_to(clock.now() + timedelta(minutes=61))
    assert failing(database, identity, name) is SignInFailed


def test_the_right_password_waits_for_the_lock_too(
    database: Database, identity: Identity, clock: SimulatedClock, account: str
) -> None:
    for _ in range(5):
        failing(database, identity, account)

    assert failing(database, identity, account, PASSWORD) is SignInLocked
    clock.move_to(clock.now() + timedelta(minutes=16))
    assert opened(database, identity, account)


def test_the_right_password_in_between_starts_the_count_anew(
    database: Database, identity: Identity, account: str
) -> None:
    errors = []
    for _ in range(2):
        errors += [failing(database, identity, account) for _ in range(4)]
        opened(database, identity, account)

    assert set(errors) == {SignInFailed}


class Interrupted(Hasher):
    """Five wrong guesses of others come in while this one is looked at."""

    def __init__(self, database: Database, identity: Identity, name: str) -> None:
        super().__init__(time_cost=1, memory_kib=8)
        self._others = lambda: [failing(database, identity, name) for _ in range(5)]

    def verify(self, hashed: str | None, password: str) -> bool:
        self._others()
        return super().verify(hashed, password)


def test_guessing_side_by_side_gains_nothing(
    database: Database, identity: Identity, posts: Posts, account: str
) -> None:
    slow = Identity(Policy(), posts_of=posts, hasher=Interrupted(database, identity, account))

    assert failing(database, slow, account, PASSWORD) is SignInLocked


def test_old_parameters_are_renewed_at_sign_in(database: Database, posts: Posts, account: str) -> None:
    newer = Identity(Policy(), posts_of=posts, hasher=Hasher(time_cost=2, memory_kib=16))

    opened(database, newer, account)

    with database.reading() as tx:
        hashed = tx.execute("select password_hash as h from account").fetchone().h
    assert "m=16,t=2" in hashed and opened(database, newer, account)


@pytest.mark.parametrize(("hours", "minutes"), [(12, 1), (4, 1)])
def test_a_session_ends(
    database: Database, identity: Identity, clock: SimulatedClock, account: str, hours: int, minutes: int
) -> None:
    session = opened(database, identity, account)

    clock.move_to(clock.now() + timedelta(hours=hours, minutes=minutes))

    with pytest.raises(NotSignedIn):
        known(database, identity, session)


def test_a_session_in_use_lasts_to_its_end(
    database: Database, identity: Identity, clock: SimulatedClock, account: str
) -> None:
    session, touches = opened(database, identity, account), []
    for _ in range(11):
        clock.move_to(clock.now() + timedelta(hours=1))
        touches.append(known(database, identity, session).touch)
        with database.transaction() as tx:
            identity.touch(tx, session)

    assert touches == [True] * 11
    assert not known(database, identity, session).touch


def test_the_secret_itself_is_kept_nowhere(database: Database, identity: Identity, account: str) -> None:
    signed = signin.sign_in(database, identity, account, PASSWORD)

    with database.reading() as tx:
        rows = str(tx.execute("select * from session").fetchall())
    assert signed.secret.partition(".")[2] not in rows


def test_signing_out_ends_this_session_only(database: Database, identity: Identity, account: str) -> None:
    here, there = (opened(database, identity, account) for _ in range(2))

    with database.transaction() as tx:
        signin.sign_out(tx, here)

    assert known(database, identity, there).account == account
    with pytest.raises(NotSignedIn):
        known(database, identity, here)


def test_a_new_password_ends_the_other_sessions(database: Database, identity: Identity, account: str) -> None:
    here, there = (opened(database, identity, account) for _ in range(2))
    actor = known(database, identity, here).actor

    signin.change_password(database, identity, actor, here, PASSWORD, "quite another one")

    assert known(database, identity, here).account == account
    with pytest.raises(NotSignedIn):
        known(database, identity, there)
    assert failing(database, identity, account, PASSWORD) is SignInFailed


@pytest.mark.parametrize(
    ("old", "new", "error"),
    [
        ("wrong", "quite another one", SignInFailed),
        (PASSWORD, "short", Invalid),
        (PASSWORD, PASSWORD, Invalid),
        (PASSWORD, "1234567890", Invalid),
        (PASSWORD, "my zhang.san name", Invalid),
        (PASSWORD, "x" * 129, Invalid),
    ],
)
def test_an_unfit_new_password_is_refused(
    database: Database, identity: Identity, account: str, old: str, new: str, error: type[Exception]
) -> None:
    session = opened(database, identity, account)
    actor = known(database, identity, session).actor

    with pytest.raises(error):
        signin.change_password(database, identity, actor, session, old, new)

    assert opened(database, identity, account)


def test_guessing_the_old_password_locks_too(database: Database, identity: Identity, account: str) -> None:
    session = opened(database, identity, account)
    actor = known(database, identity, session).actor
    for _ in range(5):
        with pytest.raises(SignInFailed):
            signin.change_password(database, identity, actor, session, "wrong", "quite another one")

    with pytest.raises(SignInLocked):
        signin.change_password(database, identity, actor, session, PASSWORD, "quite another one")


def test_posts_come_from_the_port_and_are_kept_until_they_change(
    database: Database, identity: Identity, posts: Posts, clock: SimulatedClock, account: str
) -> None:
    posts.by_person["P1"] = (Post("unit_officer", CITY, "U1"),)
    session = opened(database, identity, account)
    roles = [sorted(known(database, identity, session).actor.roles()) for _ in range(3)]
    posts.by_person["P1"] = ()
    with database.transaction() as tx:
        revision.bump(tx, CITY, "units")
    roles.append(sorted(known(database, identity, session).actor.roles()))

    assert roles == [["dispatcher", "unit_officer"]] * 3 + [["dispatcher"]]
    assert posts.asked == [date(2026, 3, 2)] * 2


class Forgetful(dict[bytes, Any]):
    """A memory of which another thread forgets whatever has just been looked at."""

    def get(self, key: bytes, default: Any = None) -> Any:
        return self.pop(key, default)


def test_one_who_is_forgotten_by_another_thread_meanwhile_is_known(
    database: Database, identity: Identity, account: str
) -> None:
    session = opened(database, identity, account)
    identity._remembered = Forgetful()

    assert [known(database, identity, session).account for _ in range(3)] == [account] * 3


def test_posts_are_asked_anew_on_a_new_local_day(
    database: Database, identity: Identity, posts: Posts, clock: SimulatedClock, account: str
) -> None:
    clock.move_to(clock.now() + timedelta(hours=14, minutes=50))
    session = opened(database, identity, account)
    for _ in range(3):
        known(database, identity, session)
        clock.move_to(clock.now() + timedelta(minutes=5))

    assert posts.asked == [date(2026, 3, 2), date(2026, 3, 3)]


@pytest.mark.parametrize("shown", ["", "990101", "990101.short", "x" * 60, "990101." + "a" * 44, "99010a." + "a" * 43])
def test_what_cannot_be_a_secret_asks_no_database(shown: str) -> None:
    assert of_session(shown) is None
    assert of_bearer(f"Bearer {shown}") is None and of_bearer(f"Basic xh_{shown}") is None
