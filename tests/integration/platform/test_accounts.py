from datetime import timedelta
from threading import Thread
from typing import Any

import pytest
from tests.integration.platform.people import CITY, OTHER, PASSWORD, QUICK, administrator, failing, known, make, opened

from xiuhua.platform import eventlog
from xiuhua.platform.clock import SimulatedClock
from xiuhua.platform.database import Database, Tx
from xiuhua.platform.errors import (
    Conflict,
    Invalid,
    NotAllowed,
    NotFound,
    NotSignedIn,
    PasswordMustChange,
    SignInFailed,
)
from xiuhua.platform.identity import service, signin, tokens
from xiuhua.platform.identity.authentication import Identity, of_bearer, of_session
from xiuhua.platform.identity.model import Actor, NewAccount, Post


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

    assert known(database, identity, of_session(signed.secret)).must is PasswordMustChange


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
