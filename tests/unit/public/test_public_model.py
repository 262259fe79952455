"""What the public page computes: proofs, what may be shown, numbers, contacts, words."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xiuhua.public import texts
from xiuhua.public.model import (
    Language,
    PublicCase,
    Shown,
    bits_for,
    contact_of,
    metres,
    nearest,
    neighbourhood,
    number_of,
    proves,
    rounded,
    zero_bits,
)
from xiuhua.public.proof import CHALLENGE_S, TICKET_S, Signer

SIGNER = Signer(b"k" * 32)
TEMPLATES = Path(texts.__file__).with_name("templates")


def case(lon: float = 105.0, lat: float = 29.0, closed: bool = False) -> PublicCase:
    at = datetime(2026, 3, 2, tzinfo=UTC)
    return PublicCase("n", "垃圾", "Refuse", "街道", (), lon, lat, at, at if closed else None, "working")


def test_zero_bits() -> None:
    assert [zero_bits(one) for one in (b"\xff\0", b"\x01\0", b"\0\x80", b"\0\0")] == [0, 7, 8, 16]


@pytest.mark.parametrize("found", ["", "-1", "1e3", "１", "9" * 16, "x"])
def test_what_is_no_number_proves_nothing(found: str) -> None:
    assert not proves("challenge", found, 0)


def test_proofs_grow_harder_with_the_load_and_never_beyond_a_bound() -> None:
    assert [bits_for(16, near, 0, 3000) for near in (0, 4, 12, 28)] == [16, 17, 18, 19]
    assert bits_for(16, 0, 3000, 3000) == 20
    assert bits_for(18, 10**9, 10**9, 10) == 20
    assert bits_for(0, 10**9, 10**9, 10) == 0


@pytest.mark.parametrize(
    ("address", "network"),
    [("203.0.113.9", "203.0.113.0/24"), ("2001:db8:1:2::3", "2001:db8:1::/48"), ("testclient", "testclient")],
)
def test_neighbours_share_a_network(address: str, network: str) -> None:
    assert neighbourhood(address) == network


@given(st.binary(min_size=1))
def test_numbers_can_be_read_aloud(seed: bytes) -> None:
    assert re.fullmatch(r"([0-9A-HJKMNP-TV-Z]{4}-){2}[0-9A-HJKMNP-TV-Z]{4}", number_of(seed))


@pytest.mark.parametrize(
    ("given", "plain"),
    [
        ("138 0000 1234", "13800001234"),
        ("+86-138-0000-1234", "+8613800001234"),
        (" a@b.cn ", "a@b.cn"),
        ("a@b", None),
        ("call me", None),
        ("1234", None),
    ],
)
def test_contacts(given: str, plain: str | None) -> None:
    assert contact_of(given) == plain


def test_the_longest_beginning_decides_and_nothing_is_shown_undeclared() -> None:
    shown = Shown.of("a/matter/06; !a/matter/06028 ;; a/part")

    assert shown.of_all(["a/matter/06010", "a/matter/06028", "a/part/01001", "a/matter/09003", "b/part/1"]) == [
        "a/matter/06010",
        "a/part/01001",
    ]
    assert not Shown.of("").shows("a/part/01001")


@given(st.floats(70, 135), st.floats(18, 53), st.sampled_from([50, 100, 500]))
def test_rounding_moves_a_place_by_no_more_than_its_square(lon: float, lat: float, side_m: int) -> None:
    x, y = rounded(lon, lat, side_m)

    assert metres(lon, lat, case(x, y)) <= side_m * 0.75
    assert rounded(x, y, side_m) == (x, y)


def test_what_is_near_is_open_and_within() -> None:
    near, far, over = case(105.001), case(105.1), case(105.0, closed=True)

    assert nearest([far, over, near], 105.0, 29.0, 400, 5) == [near]


def test_what_is_signed_serves_its_purpose_only() -> None:
    ticket = SIGNER.ticket(1000)

    assert SIGNER.read_ticket(ticket.text, 1000) == ticket
    assert SIGNER.read_ticket(ticket.text, 1001 + TICKET_S) is None
    assert SIGNER.read("work", ticket.text) is None
    assert Signer(b"x" * 32).read_ticket(ticket.text, 1000) is None
    assert SIGNER.read_ticket(ticket.text[:-1], 1000) is None


@given(st.text(max_size=400))
def test_no_text_is_taken_for_a_ticket(text: str) -> None:
    assert SIGNER.read_ticket(text, 1000) is None
    assert not SIGNER.worked(text, "1", 1000)
    assert SIGNER.mail_id(text) is None


def test_a_question_is_answered_in_time_by_its_sum_alone() -> None:
    token, one, other = SIGNER.question(1000)

    assert SIGNER.answered(token, one + other, 1000 + CHALLENGE_S)
    assert not SIGNER.answered(token, one + other + 1, 1000)
    assert not SIGNER.answered(token, one + other, 1001 + CHALLENGE_S)


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("value", range(30))
def test_numbers_in_words_are_read_as_they_are_written(value: int, language: Language) -> None:
    assert texts.number_from(texts.number_in_words(value, language)) == value


@pytest.mark.parametrize(
    ("typed", "value"), [(" 12 ", 12), ("１２", 12), ("Twenty one", 21), ("12a", None), ("", None)]
)
def test_numbers_as_people_type_them(typed: str, value: int | None) -> None:
    assert texts.number_from(typed) == value


@pytest.mark.parametrize("name", ["page", "steps"])
def test_every_text_is_there_in_both_languages(name: str) -> None:
    content = texts.catalogue(name)
    groups = [content] if name == "page" else [content["steps"], content["stages"]]
    assert [key for group in groups for key, said in group.items() if not (said.get("zh") and said.get("en"))] == []


def test_both_languages_have_the_same_places_in_a_text() -> None:
    def places(text: str) -> set[str]:
        return set(re.findall(r"\{\w+\}", text))

    assert [key for key, said in texts.catalogue("page").items() if places(said["zh"]) != places(said["en"])] == []


def test_templates_say_only_what_there_is() -> None:
    used = {
        key
        for path in TEMPLATES.glob("*.html")
        for key in re.findall(r"\bt\('(\w+)'", path.read_text(encoding="utf-8"))
    }
    assert {key for key in used if not key.endswith("_")} - texts.catalogue("page").keys() == set()


def test_no_style_or_script_stands_in_a_page() -> None:
    wrong = re.compile(r'<style|\sstyle=|\son[a-z]+="|<script(?![^>]*\bsrc=)|https?://')
    assert [path.name for path in TEMPLATES.glob("*.html") if wrong.search(path.read_text(encoding="utf-8"))] == []
