"""The packs of registers, ledgers, inspections, tasks, documents, rules and plans; and what must hold of them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any, Final

from tests.acceptance.installation import Installation
from tests.reading import older_ended

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
from xiuhua.rules.service import Rules

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


def furnish(town: Installation) -> dict[str, str]:
    """One of everything, somebody's work half done; its id by the beginning of its path, as `/api/records/{id}`."""
    install(town.services, town.city)
    _look(town)
    now = town.database.clock.now()
    today, due = now.date(), (now + timedelta(days=5)).isoformat()
    for number in (1, 2):
        fields = {"number": f"WC-{number}", "name": f"公厕{number}", "upkeep": "sanitation"}
        record = make(town, SUPERVISOR, "registers/toilet/records", fields=fields, place=PLACE)
    make(town, COLLECTOR, f"records/{record}/change-requests", fields={"men": 7}, why="现场数过")
    entry = make(town, SUPERVISOR, "ledgers/upkeep_store/entries", quantity="20", fields={"yard": "库", "item": "net"})
    found = [NO_SMELL, {"item": "flies", "count": 2}]
    inspection = make(town, COLLECTOR, "inspections", checklist="toilet_check", key="WC-1", findings=found, finish=True)
    round_ = make(town, SUPERVISOR, "rounds", checklist="toilet_check", title="全面检查", due=due)
    document = make(town, KEEPER, "documents", kind="notice", title="通知", text="正文", fields={"to": "各单位"})
    task = make(
        town, SUPERVISOR, "proceedings", procedure="task", fields={"title": "清掏", "unit": "sanitation", "due": due}
    )
    days = {"first": today.isoformat(), "last": (today + timedelta(days=9)).isoformat()}
    campaign = make(town, LEADER, "campaigns", title="占道整治", **days)
    result = make(town, SUPERVISOR, "external-results", title="测评", issuer="省厅", rank=3, of=11, **days)
    turns = [{"person": COLLECTOR, "day": today.isoformat(), "shift": "day"}]
    answer = town.client(SUPERVISOR).post("/api/rosters/duty_round_the_clock/turns", json={"turns": turns})
    for months in (2, 1, 0):
        first = (today.replace(day=15) - timedelta(days=30 * months)).replace(day=1)
        body = {"figure": "haulier_score", "every": "month", "day": first.isoformat(), "by": {"haulier": "H"}}
        assert town.client(SUPERVISOR).post("/api/figures", json={**body, "value": "1"}).status_code == 204
    _look(town)
    [finding] = town.get(SUPERVISOR, "/api/findings", rule="haulier_below_60")["items"]
    return {
        "/api/records/{id}": record, "/api/entries/{id}": entry, "/api/inspections/{id}": inspection,
        "/api/rounds/{id}": round_, "/api/documents/{id}": document, "/api/proceedings/{id}": task,
        "/api/campaigns/{id}": campaign, "/api/external-results/{id}": result,
        "/api/rosters/turns/{id}": answer.json()[0]["id"], "/api/findings/{id}": finding["id"],
    }  # fmt: skip


NAMES: Final = {
    "/api/registers/{register}": "toilet", "/api/ledgers/{ledger}": "upkeep_store",
    "/api/rules/{name}": "permit_runs_out",
    "/api/plans/{plan}": "shift_handed_over", "/api/rosters/{plan}": "duty_round_the_clock",
    "/api/proceedings/rounds/{procedure}": "daily_report",
}  # fmt: skip
"""Beginnings of paths → what a pack declares there."""
PARTS: Final = {
    "{n}": "1",
    "{key}": "WC-1",
    "{action}": "receive",
    "{part}": "any",
    "{z}": "14",
    "{x}": "12985",
    "{y}": "6800",
}


def filled(path: str, ids: Mapping[str, str]) -> str:
    """A path of the API with something real in every place, as far as `furnish` has made it."""
    for begin, value in {**NAMES, **ids}.items():
        if path == begin or path.startswith(f"{begin}/"):
            name = begin[begin.index("{") : begin.index("}") + 1]
            path = begin.replace(name, value) + path.removeprefix(begin)
    for name, value in PARTS.items():
        path = path.replace(name, value)
    return path


def make(town: Installation, person: str, path: str, **body: Any) -> str:
    """Somebody makes something; its id."""
    answer = town.client(person).post(f"/api/{path}", json=body)
    assert answer.status_code == 201, (path, answer.text)
    return str(answer.json()["id"])


def _look(town: Installation) -> None:
    """The worker's part of rules, until nothing is new."""
    older_ended(town.database)
    while town.services.port(Rules).turn(town.database):
        pass
