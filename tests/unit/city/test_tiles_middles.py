"""Middles of tiles by their numbers."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from xiuhua.city.areas import tiles


@given(st.floats(-180, 179.99), st.floats(-85, 85), st.integers(0, 20))
def test_the_middle_of_a_tile_lies_in_it(lon: float, lat: float, zoom: int) -> None:
    x, y = tiles.tile_xy(lon, lat, zoom)
    lons, lats = tiles.middles(np.array([tiles.interleaved(x, y)], dtype=np.int64), zoom)

    assert tiles.tile_xy(float(lons[0]), float(lats[0]), zoom) == (x, y)
