import re
from threading import Event, Thread

import pytest

from xiuhua.platform.errors import Invalid, TooMany
from xiuhua.platform.identity import passwords
from xiuhua.platform.identity.passwords import Hasher


@pytest.fixture(scope="module")
def hasher() -> Hasher:
    return Hasher(time_cost=1, memory_kib=8)


def test_a_password_fits_its_own_hash_only(hasher: Hasher) -> None:
    hashed = hasher.hash("K7m-R2p-Q9x-W4d")

    assert hashed.startswith("$argon2id$v=19$m=8,t=1,p=1$")
    assert hasher.verify(hashed, "K7m-R2p-Q9x-W4d")
    assert not hasher.verify(hashed, "K7m-R2p-Q9x-W4D")
    assert not hasher.verify(None, "K7m-R2p-Q9x-W4d")
    assert not hasher.verify("nonsense", "x")


def test_the_ordinary_cost_is_the_one_decided(hasher: Hasher) -> None:
    ordinary = Hasher()

    assert ordinary.hash("x").startswith("$argon2id$v=19$m=19456,t=2,p=1$")
    assert ordinary.outdated(hasher.hash("x")) and not ordinary.outdated(ordinary.hash("x"))


def test_a_name_that_is_unknown_costs_as_much_as_one_that_is_known() -> None:
    ordinary = Hasher()

    assert not ordinary.outdated(ordinary._nobody) and not ordinary.verify(ordinary._nobody, "x")


def test_composed_and_decomposed_letters_are_the_same(hasher: Hasher) -> None:
    assert hasher.verify(hasher.hash("caf\u00e9 au lait"), "cafe\u0301 au lait")


def test_more_than_may_wait_are_turned_away() -> None:
    hasher, begun, go_on = Hasher(time_cost=1, memory_kib=8, at_once=1, waiting=1, wait_s=0.05), Event(), Event()

    def hold() -> None:
        with hasher._turn():
            begun.set()
            go_on.wait(10)

    holder = Thread(target=hold)
    holder.start()
    begun.wait(10)
    with pytest.raises(TooMany):
        hasher.hash("waits too long")
    go_on.set()
    holder.join()

    assert hasher.hash("there is room again")


def test_generated_passwords_are_readable_and_differ() -> None:
    made = {passwords.generate() for _ in range(1000)}

    assert len(made) == 1000
    assert all(re.fullmatch(r"([A-HJ-NP-Z][2-9][a-km-z]-){3}[A-HJ-NP-Z][2-9][a-km-z]", one) for one in made)


@pytest.mark.parametrize(
    ("password", "reasons"),
    [
        ("correct horse", []),
        ("今天天气真好我们去散步吧", []),
        ("short", ["string_too_short"]),
        ("x" * 129, ["string_too_long", "common"]),
        ("my Zhang.San rules", ["holds_name"]),
        ("Password123", ["common"]),
        ("aaaaaaaaaaaa", ["common"]),
        ("zhang.san", ["string_too_short", "holds_name"]),
    ],
)
def test_all_that_speaks_against_a_password_is_told(password: str, reasons: list[str]) -> None:
    assert faults(password) == reasons


def faults(password: str) -> list[str]:
    try:
        passwords.demand(password, "zhang.san")
    except Invalid as error:
        return [one["reason"] for one in error.params["errors"]]
    return []
