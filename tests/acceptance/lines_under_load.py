"""Clients at work in registers, ledgers, inspections, tasks, documents, rules and plans, and what must hold of them."""

from __future__ import annotations

import csv
import json
import subprocess
from collections import Counter
from collections.abc import Iterator
from datetime import timedelta
from decimal import Decimal
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from threading import Event, Thread
from typing import Any, Final

from tests.acceptance import lines
from tests.acceptance.installation import command, environment
from tests.acceptance.lines import COLLECTOR, KEEPER, LEADER, NO_SMELL, PLACE, SUPERVISOR
from tests.acceptance.under_load import Cases, Client, Crew, Heard, Server
from tests.reading import older_ended

from xiuhua.plans.service import Plans
from xiuhua.platform.database import Tx
from xiuhua.platform.services import Services
from xiuhua.rules.service import Rules

YARDS: Final = ("东库", "西库")
ROWS: Final = 2500
"""Of a file: more than one batch."""
ROSTER: Final = "duty_round_the_clock"
PLAN: Final = "shift_handed_over"


class Line(Client):
    """Somebody whose every step is an event of a stream."""

    def did(self, stream: str, *events: str) -> None:
        """The server has said so."""
        for event in events:
            self._heard.note(self._heard.steps, (stream, event))

    def new(self) -> str:
        """A number of one's own."""
        return f"{self.name.replace(' ', '')}-{self._rounds}"


class Things(Line):
    """Adds a record; somebody asks for a change of it, which is approved; it goes into another state."""

    def _one(self) -> None:
        fields = {"number": self.new(), "name": "公厕", "upkeep": "sanitation"}
        body = {"fields": fields, "place": PLACE}
        id_ = self._post(SUPERVISOR, "/api/registers/toilet/records", body)["id"]
        self.did(f"record/{id_}", "RecordAdded")
        path = f"/api/records/{id_}"
        self._post(COLLECTOR, f"{path}/change-requests", {"fields": {"men": 7}, "why": "现场数过"})
        self.did(f"record/{id_}", "ChangeRequested")
        self._post(SUPERVISOR, f"{path}/change-requests/1/approve", None)
        self.did(f"record/{id_}", "ChangeRequestApproved")
        self._post(SUPERVISOR, f"{path}/move", {"to": "closed", "reason": "停水"})
        self.did(f"record/{id_}", "RecordMoved")
        self._heard.note(self._heard.kept["toilet"], id_)


class Stores(Line):
    """Brings into a store, takes out what may not be there, counts it, takes an entry back and enters it right."""

    def _one(self) -> None:
        yard = YARDS[self._rounds % len(YARDS)]
        brought = self._enter(yard, "5")
        assert brought is not None
        self._enter(yard, "-3")
        self._enter(yard, "-3")
        body = {"why": "少记一套", "instead": {"quantity": "6"}}
        answer = self._post(SUPERVISOR, f"/api/entries/{brought}/counter", body, refused=(409,))
        if answer is not None:
            self.did(f"entry/{brought}", "EntryCountered")
            self._entered(answer["counter"], "CounterEntryMade")
            self._entered(answer["instead"], "EntryMade")
        if self._rounds % 3 == 2:
            fields = {"yard": yard, "item": "net"}
            body = {"counted": "4", "fields": fields, "why": "盘点"}
            self._entered(self._post(SUPERVISOR, "/api/ledgers/upkeep_store/stock", body), "StockTaken")

    def _enter(self, yard: str, quantity: str) -> str | None:
        body = {"quantity": quantity, "fields": {"yard": yard, "item": "net"}}
        answer = self._post(SUPERVISOR, "/api/ledgers/upkeep_store/entries", body, refused=(409,))
        return None if answer is None else self._entered(answer, "EntryMade")

    def _entered(self, entry: Any, event: str) -> str:
        self.did(f"entry/{entry['id']}", event)
        self._heard.note(self._heard.kept["store"], (entry["fields"]["yard"], Decimal(entry["quantity"])))
        return str(entry["id"])


class Inspections(Line):
    """Inspects a thing; what failed is put right and rechecked."""

    def _one(self) -> None:
        fields = {"number": self.new(), "name": "公厕", "upkeep": "sanitation"}
        thing = self._post(SUPERVISOR, "/api/registers/toilet/records", {"fields": fields, "place": PLACE})["id"]
        self.did(f"record/{thing}", "RecordAdded")
        body = {"checklist": "toilet_check", "thing": thing, "findings": [NO_SMELL]}
        id_ = self._post(COLLECTOR, "/api/inspections", body)["id"]
        stream, path = f"inspection/{id_}", f"/api/inspections/{id_}"
        self.did(stream, "InspectionBegun", "FindingMade")
        self._post(COLLECTOR, f"{path}/findings", {"item": "flies", "count": 2})
        self.did(stream, "FindingMade")
        self._post(COLLECTOR, f"{path}/finish", None)
        self.did(stream, "InspectionFinished")
        self._post(KEEPER, f"{path}/rectifications/1/rectified", {"note": "已清理"})
        self.did(stream, "RectificationDone")
        done = self._post(COLLECTOR, f"{path}/rectifications/1/recheck", {"passed": True})
        self.did(stream, "RecheckPassed")
        assert (done["state"], len(done["findings"])) == ("finished", 2)


class Tasks(Line):
    """A numbered task, from its assignment to being struck off."""

    def _one(self) -> None:
        fields = {"title": "雨前清掏", "unit": "sanitation", "due": self._plan.due}
        made = self._post(SUPERVISOR, "/api/proceedings", {"procedure": "task", "fields": fields})
        self.did(f"task/{made['id']}", "TaskAssigned")
        for person, action, given in ((KEEPER, "receive", {}), (KEEPER, "finish", {"result": "已清"}),
                                      (SUPERVISOR, "accept", {})):  # fmt: skip
            path = f"/api/proceedings/{made['id']}/actions/{action}"
            self.did(f"task/{made['id']}", *self._post(person, path, {"fields": given})["events"])


class Papers(Line):
    """A document from its draft to its number; every other one is revised, and replaced by its revision."""

    def _one(self) -> None:
        body = {"kind": "notice", "title": "通知", "text": "加强值守。", "fields": {"to": "各单位"}}
        old = self._published(self._post(KEEPER, "/api/documents", body)["id"])
        if self._rounds % 2:
            new = self._published(self._post(KEEPER, f"/api/documents/{old}/revise", None)["id"])
            self.did(f"document/{old}", "DocumentReplaced")
            assert new != old

    def _published(self, id_: str) -> str:
        self.did(f"document/{id_}", "DocumentDrafted")
        for person, verb, event in ((KEEPER, "submit", "DocumentSubmitted"), (LEADER, "approve", "DocumentApproved")):
            self._post(person, f"/api/documents/{id_}/{verb}", None)
            self.did(f"document/{id_}", event)
        out = self._post(LEADER, f"/api/documents/{id_}/publish", {})
        self.did(f"document/{id_}", "DocumentPublished")
        self._heard.note(self._heard.kept["number"], out["number"])
        return id_


class Figures(Line):
    """Tells three bad months of somebody: a rule raises that once, and somebody takes it in hand."""

    def _one(self) -> None:
        haulier = self.new()
        for month in self._plan.months:
            by = {"haulier": haulier}
            body = {"figure": "haulier_score", "every": "month", "day": month, "by": by, "value": "10"}
            self._post(SUPERVISOR, "/api/figures", body)
            self.did("told/haulier_score", "FigureTold")
        self._heard.note(self._heard.kept["haulier"], haulier)


class Planners(Line):
    """Puts people on a roster, and sets the target of a plan."""

    def _one(self) -> None:
        day = (self._plan.today + timedelta(days=self._rounds + 1)).isoformat()
        turns = [{"person": COLLECTOR, "day": day, "shift": shift} for shift in ("day", "night")]
        told = self._post(SUPERVISOR, f"/api/rosters/{ROSTER}/turns", {"turns": turns})
        assert [one["status"] for one in told] == ["new", "new"]
        for one in told:
            self.did(f"roster/{one['id']}", "RosterTurnPlanned")
        body = {"times": self._rounds % 9 + 1, "why": "调整"}
        self._post(SUPERVISOR, f"/api/plans/{PLAN}/targets", body)
        self.did(f"plan/{PLAN}", "PlanTargetSet")


class Imports(Thread):
    """Brings files into a register and a ledger by the command line; each is begun again until it has been all done."""

    def __init__(self, server: Server, heard: Heard, stop: Event) -> None:
        super().__init__(name="Imports")
        self._data, self._log, self._heard, self._stopping = server.data, server.log, heard, stop
        self._process: subprocess.Popen[bytes] | None = None
        self._files = TemporaryDirectory()
        server.others["import"] = self._kill

    def run(self) -> None:
        try:
            number = 0
            while not self._stopping.is_set() or number == 0:
                self._bring_in("registers", "street_lamp", self._file(f"lamps-{number}", list(_lamps(number))))
                self._bring_in("ledgers", "drain_dredged", self._file(f"drains-{number}", list(_drains(number))))
                number += 1
            self._heard.note(self._heard.kept["files"], number)
        except Exception as error:
            self._heard.note(self._heard.surprises, f"{self.name}: {error!r}")
        finally:
            self._files.cleanup()

    def _bring_in(self, group: str, name: str, file: Path) -> None:
        """Until it has been all done; once more changes nothing."""
        told = [self._until_done(group, name, file) for _ in range(2)]
        again = told[1]
        assert all(one["rejected"] == 0 for one in told), told
        assert (again["new"], again.get("unchanged", again.get("known"))) == (0, ROWS), told

    def _until_done(self, group: str, name: str, file: Path) -> Any:
        settings = environment({"XIUHUA_DATA": str(self._data)})
        for _ in range(40):
            words = command(group, "import", name, file, "--json")
            self._process = subprocess.Popen(words, env=settings, stdout=subprocess.PIPE, stderr=self._log)
            said, _ = self._process.communicate(timeout=300)
            if self._process.returncode == 0:
                return json.loads(said)
            self._heard.tried_again += 1
        raise TimeoutError(f"{file.name} was never all brought in")

    def _kill(self) -> None:
        if self._process is not None:
            self._process.kill()

    def _file(self, name: str, rows: list[tuple[str, ...]]) -> Path:
        """Not on the installation's disk, which may be full."""
        path = Path(self._files.name) / f"{name}.csv"
        with path.open("w", encoding="utf-8", newline="") as target:
            csv.writer(target).writerows(rows)
        return path


def _lamps(number: int) -> Iterator[tuple[str, ...]]:
    yield ("code", "road", "watts", "light", "upkeep", "lon", "lat")
    chance = Random(number)
    for n in range(ROWS):
        yield (f"L{number}-{n:05}", f"路{n % 60}", str(chance.choice((60, 120))), "led", "lighting",
               f"105.31{n % 90 + 10}", f"29.10{n % 40 + 10}")  # fmt: skip


def _drains(number: int) -> Iterator[tuple[str, ...]]:
    yield ("作业日期", "数量", "管道类别")
    for n in range(ROWS):
        yield ("2026-01-15", f"{number + 1}.{n + 1:05}", "雨水")


def furnish(services: Services, city: str) -> None:
    """The packs; a first full store, and plans begun."""
    lines.install(services, city)
    services.port(Plans).turn(services.database)
    _look(services)


def _look(services: Services) -> None:
    older_ended(services.database)
    while services.port(Rules).turn(services.database):
        pass


def demand(services: Services, heard: Heard) -> None:
    """All of it is there once: events, sums, numbers, rows of files, what rules raised."""
    _look(services)
    with services.database.reading() as tx:
        assert _steps(tx) == Counter(heard.steps)
        _demand_stores(tx, heard)
        _demand_numbers(tx, heard)
        _demand_files(tx, heard.kept["files"][0])
        _demand_findings(tx, heard)
        asked = tx.execute(
            "select count(*) as n from record where id = any(%s) and state = 'closed' and asked = 0"
            " and doc -> 'data' ->> 'men' = '7'", (heard.kept["toilet"],),
        ).fetchone()  # fmt: skip
        assert asked is not None and asked.n == len(heard.kept["toilet"]) > 0


def _steps(tx: Tx) -> Counter[tuple[str, str]]:
    """Streams and events of what people have done."""
    rows = tx.execute(
        "select stream, type from event where actor <> 'system' and split_part(stream, '/', 1) = any(%s)",
        (["record", "entry", "inspection", "task", "document", "told", "roster", "plan"],),
    )
    return Counter((row.stream, row.type) for row in rows)


def _demand_stores(tx: Tx, heard: Heard) -> None:
    """What is in each store is the sum of what was said to have come and gone, and was never less than nothing."""
    sums: dict[str, Decimal] = {}
    for yard, quantity in heard.kept["store"]:
        sums[yard] = sums.get(yard, Decimal()) + quantity
    rows = tx.execute(
        "select value, quantity, sum(quantity) over (partition by value order by day) as left from ledger_sum"
        " where ledger = 'upkeep_store' and dimension = 'store' order by value, day"
    ).fetchall()
    assert min(row.left for row in rows) >= 0
    found = {row.value.split("\x1f")[0]: row.left for row in rows}
    assert found == sums


def _demand_numbers(tx: Tx, heard: Heard) -> None:
    """Numbers of documents and tasks go from one on without a gap, and nobody was told one twice."""
    tasks = "select split_part(number, '-', 2)::int as n from proceeding where procedure = 'task' order by n"
    for query in ("select n from document where series = 'outgoing' order by n", tasks):
        found = [row.n for row in tx.execute(query)]
        assert found == list(range(1, len(found) + 1)) != []
    assert len(set(heard.kept["number"])) == len(heard.kept["number"])


def _demand_files(tx: Tx, files: int) -> None:
    """Every row of every file once."""
    assert files > 0
    lamps = tx.execute("select count(*) as n, count(distinct key) as keys from record where register = 'street_lamp'")
    drains = tx.execute("select count(*) as n, sum(quantity) as sum from ledger_entry where ledger = 'drain_dredged'")
    lamp, drain = lamps.fetchone(), drains.fetchone()
    assert lamp is not None and (lamp.n, lamp.keys) == (files * ROWS, files * ROWS)
    wanted = sum(Decimal(row[1]) for number in range(files) for row in list(_drains(number))[1:])
    assert drain is not None and (drain.n, drain.sum) == (files * ROWS, wanted)


def _demand_findings(tx: Tx, heard: Heard) -> None:
    """Three bad months were raised once."""
    rows = tx.execute("select key, count(*) as n from rule_finding where rule = 'haulier_below_60' group by key")
    found = {row.key: row.n for row in rows}
    assert {name: found.get(name) for name in heard.kept["haulier"]} == dict.fromkeys(heard.kept["haulier"], 1)


EVERYTHING: Final = Crew(
    (Cases, Cases, Things, Stores, Stores, Inspections, Tasks, Papers, Figures, Planners),
    (SUPERVISOR, KEEPER, COLLECTOR, LEADER), Imports, demand,
)  # fmt: skip
