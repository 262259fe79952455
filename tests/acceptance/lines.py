"""The packs of registers, ledgers, inspections, tasks, documents, rules and plans; and what must hold of them."""

from __future__ import annotations

from typing import Any, Final

from xiuhua.checks import replay as checks_replay
from xiuhua.documents import replay as documents_replay
from xiuhua.loop import replay as loop_replay
from xiuhua.packs import service as packs
from xiuhua.packs.loader import load_library
from xiuhua.plans import replay as plans_replay
from xiuhua.platform.identity.model import system
from xiuhua.platform.services import Services
from xiuhua.proceedings import replay as proceedings_replay
from xiuhua.records import replay as records_replay
from xiuhua.records.ledgers import replay as ledgers_replay
from xiuhua.records.ledgers.service import Ledgers
from xiuhua.records.service import Records
from xiuhua.rules import replay as rules_replay

PACKS: Final = (
    "municipal", "public-toilets", "construction-waste", "inspections", "supervision", "documents", "duty-rosters",
)  # fmt: skip
SUPERVISOR, KEEPER, COLLECTOR, LEADER = "supervisor01", "officer-sanitation", "collector01", "leader01"
PLACE: Final = {"lon": 105.3123, "lat": 29.1045}
NO_SMELL: Final = {"item": "smell", "choice": "none"}
_ROOMS: Final = (proceedings_replay, checks_replay, documents_replay, plans_replay, rules_replay)


def install(services: Services, city: str, *more: str) -> None:
    """Put the packs in force."""
    found, problems = load_library()
    assert problems == []
    with services.database.transaction() as tx:
        for name in (*PACKS, *more):
            packs.install(tx, city, found[name], system(city))


def demand_projections(services: Services, city: str | None = None) -> None:
    """The projections of every room are what the log says, as `xiuhua replay --check` asks."""
    with services.database.transaction(snapshot=True) as tx:
        done = loop_replay.check(tx, city)
        rooms: list[Any] = [
            records_replay.check(tx, services.port(Records), city, done.differs),
            ledgers_replay.check(tx, services.port(Ledgers), city, done.differs),
            *(room.check(tx, city, done.differs) for room in _ROOMS),
        ]
    assert done.differences == {}
    assert sum(events for events, _ in rooms) > 0
