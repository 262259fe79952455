"""The fictional district without a web server, one for all tests of a module."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from tests.acceptance.installation import Installation, opened
from tests.conftest import START

from xiuhua.platform.clock import SimulatedClock
from xiuhua.platform.postgres.cluster import Cluster


@pytest.fixture(scope="module")
def district(server: Cluster, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installation]:
    """On a clock that stands at 09:00 on Monday 2 March 2026."""
    with opened(server, tmp_path_factory.mktemp("district"), SimulatedClock(START)) as found:
        yield found
