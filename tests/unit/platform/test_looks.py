"""Pictures that look alike, and those that do not."""

from __future__ import annotations

from itertools import combinations
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, ImageEnhance

from xiuhua.platform.media.looks import NEAR, apart, look_of

PHOTOS = ("DSCN0010.jpg", "DSCN0021.jpg", "pothole_1.jpg")


def photo(shared: Path, name: str) -> Image.Image:
    return Image.open(shared / "data/photos" / name).convert("RGB")


@pytest.mark.shared("data/photos")
@pytest.mark.parametrize("name", PHOTOS)
def test_the_same_photo_made_smaller_lighter_or_cut_a_little_is_alike(shared: Path, name: str) -> None:
    image = photo(shared, name)
    width, height = image.size
    edge = (width // 50, height // 50, width - width // 50, height - height // 50)

    others = [image.resize((width // 3, height // 3)), ImageEnhance.Brightness(image).enhance(1.2), image.crop(edge)]

    look = look_of(image)
    assert look is not None
    assert all(apart(look, look_of(one) or 0) <= NEAR for one in others)


@pytest.mark.shared("data/photos")
def test_other_photos_are_not(shared: Path) -> None:
    looks = [look_of(photo(shared, name)) or 0 for name in PHOTOS]

    assert all(apart(*two) > 2 * NEAR for two in combinations(looks, 2))


@pytest.mark.parametrize("grey", [0, 128, 255])
def test_a_picture_that_shows_nothing_looks_like_nothing(grey: int) -> None:
    assert look_of(Image.new("L", (100, 80), grey)) is None


@given(st.integers(-(2**63), 2**63 - 1), st.integers(-(2**63), 2**63 - 1))
def test_bits_apart(one: int, other: int) -> None:
    assert apart(one, one) == 0 and apart(one, ~one) == 64
    assert apart(one, other) == apart(other, one) == 64 - apart(one, ~other)
