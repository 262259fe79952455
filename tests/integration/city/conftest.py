"""A made city behind a server, one for all tests of a module."""

from __future__ import annotations

from collections.abc import Iterator

import httpx
import pytest
from tests.acceptance.installation import served
from tests.integration.city.asking import Desk

from xiuhua.platform.identity import service
from xiuhua.platform.identity.model import NewAccount, system
from xiuhua.platform.identity.passwords import Hasher
from xiuhua.platform.postgres.cluster import Cluster


@pytest.fixture(scope="module")
def desk(server: Cluster, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    with served(server, tmp_path_factory.mktemp("api")) as town, httpx.Client(base_url=town.url, timeout=30) as client:
        tester = NewAccount("tester", "P-tester", roles=("administrator",))
        with town.database.transaction() as tx:
            service.create_accounts(tx, system(town.city), [tester], Hasher(time_cost=1, memory_kib=8))
        yield Desk(town, client)
