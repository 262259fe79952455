"""What can be done with figures: which indicators there are, and what they say."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from threading import Lock
from typing import TYPE_CHECKING, Any

from xiuhua.city.compiled import CityReader
from xiuhua.insight.facts import manifest
from xiuhua.insight.facts.service import Facts
from xiuhua.insight.figures import measures, rollups
from xiuhua.insight.figures.measures import Definition
from xiuhua.packs import service as packs
from xiuhua.platform.database import Tx
from xiuhua.platform.errors import NotFound
from xiuhua.platform.revision import Memory

if TYPE_CHECKING:
    from xiuhua.insight.figures.engine import Engine

_KIND = f"{packs.FACTS}.indicators"


class Figures:
    """The indicators of the cities of one process."""

    def __init__(self, cities: CityReader, memory: Memory, facts: Facts) -> None:
        self._cities, self._memory, self._facts = cities, memory, facts
        self._lock = Lock()
        self._duck: Any = None

    def definitions(self, tx: Tx, city: str) -> dict[str, Definition]:
        """The indicators of the packs in force, by name."""
        tables = self._facts.tables(tx, city)
        return self._memory.get(
            tx, city, packs.FACTS, lambda tx, city: measures.definitions(packs.active_packs(tx, city), tables), _KIND
        )

    def definition(self, tx: Tx, city: str, name: str) -> Definition:
        """One of them. Raises `NotFound`."""
        found = self.definitions(tx, city).get(name)
        if found is None:
            raise NotFound(f"no pack in force has the indicator {name}")
        return found

    @contextmanager
    def engine(self, tx: Tx, city: str) -> Iterator[Engine]:
        """What computes them over the facts as they are committed now. Raises `NotFound` where there are none."""
        from xiuhua.insight.facts import duck  # noqa: PLC0415 - a hundred megabytes that only who asks needs
        from xiuhua.insight.figures.engine import Engine, Store  # noqa: PLC0415

        data, files, root = self._cities.of(tx, city), self._facts.files(tx, city), self._facts.root / city
        plans = rollups.plans(self.definitions(tx, city).values())
        wanted = {key: plan.digest for key, plan in plans.items()}
        known = manifest.rollups(tx, city)
        rolled = {
            one.id: rollups.path_of(root, one.table, known[one.id, wanted[one.table]])
            for one in files
            if (one.id, wanted.get(one.table, "")) in known
        }
        with self._lock:
            self._duck = self._duck or duck.connect()
            connection = self._duck.cursor()
        try:
            yield Engine(Store(connection, files, root, data.zone, tx.now.astimezone(data.zone), rolled, plans))
        finally:
            connection.close()
