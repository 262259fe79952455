"""Plates, credit codes and part codes."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xiuhua.flow.identifiers import credit_code, part_code, plate

SIGNS = "0123456789ABCDEFGHJKLMNPQRTUWXY"


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("川A12345", "川A12345"), ("川s·1234学", "川S1234学"), ("川 A D12345", "川AD12345"), ("川A12345D", "川A12345D"),
        ("京AF0236", "京AF0236"), ("粤Z1234港", "粤Z1234港"),
    ],
)  # fmt: skip
def test_a_plate_has_one_form(text: str, wanted: str) -> None:
    assert plate(text) == wanted


@pytest.mark.parametrize("text", ["12345", "川A1234", "川I12345", "川AI2345", "川A123456", "A川12345", "川A1234O", ""])
def test_what_is_no_plate(text: str) -> None:
    assert plate(text) is None


def test_the_last_sign_of_a_credit_code_checks_the_others() -> None:
    assert credit_code(" 91350100m000100y43 ") == "91350100M000100Y43"  # the example of GB 32100-2015
    assert credit_code("91350100M000100Y44") is None and credit_code("91350100M000100Y4") is None


@given(text=st.text(SIGNS, min_size=17, max_size=17), at=st.integers(0, 16), other=st.sampled_from(SIGNS))
def test_one_wrong_sign_of_a_credit_code_is_found(text: str, at: int, other: str) -> None:
    [good] = [text + sign for sign in SIGNS if credit_code(text + sign)]

    assert other == good[at] or credit_code(good[:at] + other + good[at + 1 :]) is None


@pytest.mark.parametrize(("text", "fits"), [("9901010101000001", True), ("99010101010000017", True), ("990101", False)])
def test_part_codes(text: str, fits: bool) -> None:
    assert (part_code(text) is not None) is fits
