"""The fictional district with its notifier, on a clock that stands at 09:00 on Monday 2 March 2026."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import orjson
import pytest
from tests.acceptance.installation import Installation, opened
from tests.integration.loop.acting import act, brought_on
from tests.reading import older_ended

from xiuhua.flow.model import Attempt
from xiuhua.notices.notifier import Notifier
from xiuhua.platform.clock import SimulatedClock
from xiuhua.platform.postgres.cluster import Cluster

ZONE = ZoneInfo("Asia/Shanghai")


@dataclass
class Town:
    """The district, its clock, and what its people were told."""

    district: Installation
    clock: SimulatedClock

    @property
    def notifier(self) -> Notifier:
        return self.district.services.port(Notifier)

    def at(self, text: str) -> Town:
        """Move the clock to a local moment, `03-02 10:00` of 2026, and let the notifier do all there is to do."""
        self.clock.move_to(datetime.fromisoformat(f"2026-{text}").replace(tzinfo=ZONE))
        return self.turn()

    def turn(self) -> Town:
        older_ended(self.district.database)
        while self.notifier.turn(self.district.database):
            pass
        return self

    def case(self, steps: int = 3) -> str:
        """A case brought on: 1 accepted, 2 filed, 3 dispatched to sanitation, 4 received, 5 assigned."""
        return str(brought_on(self.district, steps)[1])

    def act(self, person: str, case: str, action: str, fields: dict[str, Any] | None = None, **more: Any) -> None:
        act(self.district, person, "case", case, Attempt(action, fields or {}, **more))

    def told(self, name: str | None = None, subject: str | None = None) -> list[tuple[str, str, str]]:
        """Person, notice, English head; in the order of their showing."""
        with self.district.database.reading() as tx:
            rows = tx.execute(
                "select person, name, head::text as head from notice where person is not null"
                " and (%s::text is null or name = %s) and (%s::text is null or subject = %s)"
                " order by shown_at, name, person",
                (name, name, subject, subject),
            ).fetchall()
        return [(row.person, row.name, orjson.loads(row.head)["en"]) for row in rows]

    def due(self, case: str, clock: str) -> str:
        run = self.district.state("case", case)["clocks"][clock]
        return f"{datetime.fromtimestamp(run['due'], ZONE):%m-%d %H:%M}"


@pytest.fixture
def town(server: Cluster, tmp_path: Path, clock: SimulatedClock) -> Iterator[Town]:
    with opened(server, tmp_path, clock) as district:
        yield Town(district, clock).turn()
