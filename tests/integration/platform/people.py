"""People who sign in, and the short ways of tests to them."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from xiuhua.platform.database import Database, Tx
from xiuhua.platform.errors import SignInFailed, SignInLocked
from xiuhua.platform.identity import service, signin
from xiuhua.platform.identity.authentication import Credentials, Identity, Known, of_session
from xiuhua.platform.identity.model import Actor, NewAccount, Post, system
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


def failing(database: Database, identity: Identity, name: str, password: str = "wrong") -> type[Exception]:
    with pytest.raises((SignInFailed, SignInLocked)) as caught:
        signin.sign_in(database, identity, name, password)
    return caught.type
