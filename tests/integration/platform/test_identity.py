from datetime import date, timedelta
from threading import Thread
from typing import Any

import pytest

from xiuhua.platform import eventlog, revision
from xiuhua.platform.clock import SimulatedClock
from xiuhua.platform.database import Database, Tx
from xiuhua.platform.errors import (
    Conflict,
    Invalid,
    NotAllowed,
    NotFound,
    NotSignedIn,
    SignInFailed,
    SignInLocked,
)
from xiuhua.platform.identity import service, signin, tokens
from xiuhua.platform.identity.authentication import Credentials, Identity, Known, of_bearer, of_session
from xiuhua.platform.identity.model import Actor, NewAccount, Policy, Post, system
from xiuhua.platform.identity.passwords import Hasher

CITY, OTHER = "990101", "990102"
PASSWORD = "a long enough one"
QUICK = Hasher(time_cost=1, memory_kib=8)


class Posts:
    """The port of units, with posts given by hand; counts how often it is asked."""

    def __init__(self) -> None:
        self.by_person: dict[str, tuple[Post, ...]] = {}
        self.asked: list[date] = []

    def __call__(self, tx: Tx, city: str, person: str, on: date) -> tuple[Post, ...]:
        self.asked.append(on)
        return self.by_person.get(person, ())


@pytest.fixture
def posts() -> Posts:
    return Posts()


@pytest.fixture
def identity(posts: Posts) -> Identity:
    return Identity(Policy(), posts_of=posts, hasher=QUICK)


@pytest.fixture
def account(database: Database) -> str:
    make(database, NewAccount("Zhang.San", "P1", "张三", ("dispatcher",), PASSWORD, must_change=False))
    return "zhang.san"


def make(database: Database, *accounts: NewAccount, city: str = CITY) -> None:
    with database.transaction() as tx:
        service.create_accounts(tx, system(city), accounts, QUICK)


def known(database: Database, identity: Identity, credentials: Credentials | None) -> Known:
    assert credentials is not None
    with database.reading() as tx:
        return identity.known(tx, credentials)


def opened(database: Database, identity: Identity, name: str, **given: Any) -> Credentials:
    signed = signin.sign_in(database, identity, name, PASSWORD, **given)
    credentials = of_session(signed.secret)
    assert credentials is not None
    return credentials


def administrator() -> Actor:
    return Actor("admin", CITY, "", (Post("administrator", CITY),), frozenset({"account.manage"}), "session")


def test_the_first_start_makes_one_administrator(database: Database, identity: Identity) -> None:
    with database.transaction() as tx:
        made = service.create_first_administrator(tx, CITY, QUICK)
        again = service.create_first_administrator(tx, CITY, QUICK)
        elsewhere = service.create_first_administrator(tx, OTHER, QUICK)

    assert made is not None and again is None and elsewhere is not None
    signed = signin.sign_in(database, identity, made.name, made.password, CITY)
    assert signed.account.must_change
    with database.reading() as tx:
        [event] = eventlog.read(tx, CITY, "account/administrator")
        assert (event.type, event.actor, event.payload) == ("AccountCreated", "system", {"roles": ["administrator"]})


def test_of_two_first_starts_one_is_told_the_password(database: Database) -> None:
    told: list[Any] = []

    def start() -> None:
        with database.transaction() as tx:
            told.append(service.create_first_administrator(tx, CITY, QUICK))

    threads = [Thread(target=start) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert [one is None for one in told].count(False) == 1


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
    clock.move_to(clock.now() + timedelta(minutes=16))
    assert failing(database, identity, name) is SignInFailed


def failing(database: Database, identity: Identity, name: str, password: str = "wrong") -> type[Exception]:
    with pytest.raises((SignInFailed, SignInLocked)) as caught:
        signin.sign_in(database, identity, name, password)
    return caught.type


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


def test_posts_are_asked_anew_on_a_new_local_day(
    database: Database, identity: Identity, posts: Posts, clock: SimulatedClock, account: str
) -> None:
    clock.move_to(clock.now() + timedelta(hours=14, minutes=50))
    session = opened(database, identity, account)
    for _ in range(3):
        known(database, identity, session)
        clock.move_to(clock.now() + timedelta(minutes=5))

    assert posts.asked == [date(2026, 3, 2), date(2026, 3, 3)]


def test_a_token_bears_a_part_of_what_its_owner_may(database: Database, identity: Identity, account: str) -> None:
    actor = known(database, identity, opened(database, identity, account)).actor
    with database.transaction() as tx:
        token, text = tokens.make_token(tx, identity, actor, account, "script", ["case.read"], 30)

    found = known(database, identity, of_bearer(f"Bearer {text}"))

    assert found.actor.permissions == {"case.read"} and found.actor.via == "token"
    assert found.actor.roles() == {"dispatcher"}
    with database.reading() as tx:
        assert tokens.list_tokens(tx, CITY, account) == [token]


def test_a_token_never_bears_more_than_its_owner_holds_now(
    database: Database, identity: Identity, account: str
) -> None:
    with database.transaction() as tx:
        scopes = ["case.read", "account.manage"]
        [(_, text)] = tokens.make_tokens(tx, CITY, [account], "bulk", scopes, tx.now + timedelta(days=1))

    assert known(database, identity, of_bearer(f"Bearer {text}")).actor.permissions == {"case.read"}


@pytest.mark.parametrize(
    ("scopes", "days", "name"),
    [
        (["account.manage"], 30, "x"),
        ([], 30, "x"),
        (["case.read"], 366, "x"),
        (["case.read"], 0, "x"),
        (["case.read"], 1, " "),
    ],
)
def test_an_unfit_token_is_refused(
    database: Database, identity: Identity, account: str, scopes: list[str], days: int, name: str
) -> None:
    actor = known(database, identity, opened(database, identity, account)).actor

    with pytest.raises(Invalid), database.transaction() as tx:
        tokens.make_token(tx, identity, actor, account, name, scopes, days)


def test_a_token_ends_by_time_or_by_its_owner(
    database: Database, identity: Identity, clock: SimulatedClock, account: str
) -> None:
    actor = known(database, identity, opened(database, identity, account)).actor
    with database.transaction() as tx:
        kept, revoked = (tokens.make_token(tx, identity, actor, account, "t", ["case.read"], 1) for _ in range(2))
        tokens.revoke_token(tx, actor, account, revoked[0].id)
        with pytest.raises(NotFound):
            tokens.revoke_token(tx, actor, account, revoked[0].id)

    with pytest.raises(NotSignedIn):
        known(database, identity, of_bearer(f"Bearer {revoked[1]}"))
    assert known(database, identity, of_bearer(f"Bearer {kept[1]}")).account == account
    clock.move_to(clock.now() + timedelta(days=1, minutes=1))
    with pytest.raises(NotSignedIn):
        known(database, identity, of_bearer(f"Bearer {kept[1]}"))


@pytest.mark.parametrize("change", ["disable", "reset"])
def test_an_account_closed_or_reset_loses_all_access(
    database: Database, identity: Identity, account: str, change: str
) -> None:
    session = opened(database, identity, account)
    with database.transaction() as tx:
        [(_, text)] = tokens.make_tokens(tx, CITY, [account], "t", ["case.read"], tx.now + timedelta(days=1))
        act = {
            "disable": lambda: service.change_account(tx, administrator(), account, valid=False),
            "reset": lambda: service.reset_password(tx, administrator(), account, QUICK),
        }
        act[change]()

    for credentials in (session, of_bearer(f"Bearer {text}")):
        with pytest.raises(NotSignedIn):
            known(database, identity, credentials)
    assert failing(database, identity, account, PASSWORD) is SignInFailed


def test_a_reset_password_must_be_changed_and_lifts_the_lock(
    database: Database, identity: Identity, account: str
) -> None:
    for _ in range(5):
        failing(database, identity, account)
    with database.transaction() as tx:
        password = service.reset_password(tx, administrator(), account, QUICK)

    signed = signin.sign_in(database, identity, account, password)

    assert known(database, identity, of_session(signed.secret)).must_change


def test_every_fault_of_every_new_account_is_told(tx: Tx) -> None:
    accounts = [NewAccount("a b", "P1"), NewAccount("ok", "P2", roles=("king",)), NewAccount("OK", " ")]

    with pytest.raises(Invalid) as caught:
        service.create_accounts(tx, administrator(), accounts, QUICK)

    found = sorted((one["row"], one["field"], one["reason"]) for one in caught.value.params["errors"])
    expected = [(1, "name", "malformed"), (2, "name", "twice"), (2, "roles", "unknown"), (3, "name", "twice")]
    assert found == [*expected, (3, "person", "missing")]


@pytest.mark.parametrize("new", [NewAccount("zhang.san", "P2"), NewAccount("other", "P1")])
@pytest.mark.usefixtures("account")
def test_names_and_persons_have_one_account(database: Database, new: NewAccount) -> None:
    with pytest.raises(Conflict):
        make(database, new)


def test_nobody_makes_or_takes_over_accounts_without_permission(database: Database, account: str) -> None:
    posts = (Post("dispatcher", CITY),)
    actor, manager = Actor("P3", CITY, "", posts), Actor("P3", CITY, "", posts, frozenset({"account.manage"}))
    new = NewAccount("x", "P4", roles=("administrator",))

    with pytest.raises(NotAllowed), database.transaction() as tx:
        service.create_accounts(tx, actor, [NewAccount("x", "P4")], QUICK)
    with pytest.raises(NotAllowed), database.transaction() as tx:
        service.create_accounts(tx, manager, [new], QUICK)
    with pytest.raises(NotAllowed), database.transaction() as tx:
        service.reset_password(tx, manager, account, QUICK)
    with pytest.raises(NotAllowed), database.transaction() as tx:
        service.change_account(tx, administrator(), account, roles=["system"])


def test_nobody_locks_themselves_out(database: Database) -> None:
    make(database, NewAccount("boss", "admin", roles=("administrator",)))

    with pytest.raises(Conflict), database.transaction() as tx:
        service.change_account(tx, administrator(), "boss", valid=False)
    with pytest.raises(Conflict), database.transaction() as tx:
        service.change_account(tx, administrator(), "boss", roles=["leader"])


def test_a_change_is_based_on_a_version(database: Database, identity: Identity, account: str) -> None:
    session = opened(database, identity, account)
    with database.transaction() as tx:
        changed = service.change_account(tx, administrator(), account, version=1, roles=["leader"], title="李四")
    with pytest.raises(Conflict), database.transaction() as tx:
        service.change_account(tx, administrator(), account, version=1, roles=["appraiser"])
    with pytest.raises(Invalid), database.transaction() as tx:
        service.change_account(tx, administrator(), account, roles=["king"])

    actor = known(database, identity, session).actor
    assert (changed.account.version, actor.name, actor.roles()) == (2, "李四", {"leader"})


def test_what_is_over_is_forgotten(database: Database, identity: Identity, clock: SimulatedClock, account: str) -> None:
    opened(database, identity, account)
    with database.transaction() as tx:
        tx.execute("insert into idempotency values ('990101', 'P1', 'k', '', 200, 'null', %s)", (tx.now,))
    clock.move_to(clock.now() + timedelta(hours=49))

    with database.transaction() as tx:
        signin.prune(tx, identity)

        assert tx.execute("select count(*) as n from session").fetchone().n == 0
        assert tx.execute("select count(*) as n from idempotency").fetchone().n == 0


@pytest.mark.parametrize("shown", ["", "990101", "990101.short", "x" * 60, "990101." + "a" * 44, "99010a." + "a" * 43])
def test_what_cannot_be_a_secret_asks_no_database(shown: str) -> None:
    assert of_session(shown) is None
    assert of_bearer(f"Bearer {shown}") is None and of_bearer(f"Basic xh_{shown}") is None
