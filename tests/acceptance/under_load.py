"""Clients at work on a server of processes of their own, and what must hold of it afterwards."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from threading import Event, Lock, Thread
from typing import Any
from uuid import uuid4

import httpx
import psutil
from tests.acceptance.installation import STREET_CLEANING, VALID_FROM, command, environment, report_form
from tests.acceptance.lines import demand_projections
from tests.reading import caught_up

from xiuhua import bootstrap
from xiuhua.loop.service import Loop
from xiuhua.platform import keys
from xiuhua.platform.database import Tx
from xiuhua.platform.identity.permissions import known_permissions
from xiuhua.platform.postgres.base import find_base
from xiuhua.platform.postgres.locks import wait_until
from xiuhua.platform.postgres.state import load_state
from xiuhua.platform.services import Services
from xiuhua.platform.settings import Settings
from xiuhua.platform.verify import verify_log
from xiuhua.simulate import city as simulated_city
from xiuhua.simulate.over_http import token_for

PATIENCE_S = 400.0
"""How long a client tries again before it gives up, which the test takes for a fault."""


@dataclass(slots=True)
class Plan:
    """What every client needs to know of the district."""

    url: str
    city: str
    tokens: dict[str, str]
    condition: str
    place: dict[str, float]
    today: date
    due: str
    """A moment some days ahead."""
    months: tuple[str, ...]
    """First days of this month and the two before."""


@dataclass(slots=True)
class Heard:
    """What the server said it has done; shared between clients."""

    reports: list[str] = field(default_factory=list)
    """External ids that were acknowledged."""
    sent: list[str] = field(default_factory=list)
    acts: list[tuple[str, str]] = field(default_factory=list)
    """Report's external id and event."""
    steps: list[tuple[str, str]] = field(default_factory=list)
    """Stream and event of all else."""
    kept: dict[str, list[Any]] = field(default_factory=lambda: defaultdict(list))
    """What clients need to know afterwards, by what it is."""
    answers: Counter[str] = field(default_factory=Counter)
    """How many each client has had."""
    surprises: list[str] = field(default_factory=list)
    repeated: int = 0
    """Answers that came from the first try."""
    tried_again: int = 0
    refused: int = 0
    """Answers 503."""
    lock: Lock = field(default_factory=Lock)

    def note(self, into: list[Any], what: Any) -> None:
        with self.lock:
            into.append(what)


class Client(Thread):
    """Does something from its beginning to its end, and begins anew; each step until it is acknowledged."""

    def __init__(self, number: int, plan: Plan, heard: Heard, stop: Event) -> None:
        super().__init__(name=f"{type(self).__name__} {number}")
        self._plan, self._heard, self._stopping = plan, heard, stop
        self._http = httpx.Client(base_url=plan.url, timeout=15)
        self._rounds = 0

    def run(self) -> None:
        try:
            while not self._stopping.is_set() or self._rounds == 0:
                self._one()
                self._rounds += 1
        except Exception as error:
            self._heard.note(self._heard.surprises, f"{self.name}: {error!r}")
        finally:
            self._http.close()

    def _one(self) -> None:
        raise NotImplementedError

    def _post(self, person: str, path: str, body: Any, refused: tuple[int, ...] = ()) -> Any:
        """What is answered; None where it is refused in a way that may be."""
        return self._until_answered("POST", person, path, {"Idempotency-Key": uuid4().hex}, body, refused)

    def _get(self, person: str, path: str) -> Any:
        return self._until_answered("GET", person, path, {}, None)

    def _until_answered(
        self, method: str, person: str, path: str, headers: dict[str, str], body: Any, refused: tuple[int, ...] = ()
    ) -> Any:
        headers = headers | {"Authorization": f"Bearer {self._plan.tokens[person]}"}
        deadline = time.monotonic() + PATIENCE_S
        while time.monotonic() < deadline:
            with suppress(httpx.TransportError):
                answer = self._http.request(method, path, json=body, headers=headers)
                self._heard.repeated += answer.headers.get("idempotent-replayed") == "true"
                if answer.status_code < 300 or answer.status_code in refused:
                    self._heard.answers[self.name] += 1
                    return (answer.json() if answer.content else {}) if answer.status_code < 300 else None
                self._heard.refused += answer.status_code == 503
                if answer.status_code != 503 or "retry-after" not in answer.headers:
                    raise AssertionError(f"{method} {path}: {answer.status_code} {answer.text}")
            self._heard.tried_again += 1
            time.sleep(0.05)
        raise TimeoutError(f"{method} {path} was not answered within {PATIENCE_S} s")


class Cases(Client):
    """Sends a report in and brings it on its way."""

    def _one(self) -> None:
        form = report_form(place=self._plan.place)
        external = form["external_id"]
        self._heard.note(self._heard.sent, external)
        report = self._post("intake_officer01", "/api/reports", form)["id"]
        self._heard.note(self._heard.reports, external)
        self._act(external, "intake_officer01", f"reports/{report}", "accept", {"category": STREET_CLEANING})
        case = self._get("intake_officer01", f"/api/reports/{report}")["data"]["case"]
        self._act(external, "shift_leader01", f"cases/{case}", "file", {"filing_condition": self._plan.condition})
        self._act(external, "dispatcher01", f"cases/{case}", "dispatch", {"unit": "sanitation"})
        for _ in range(2):
            self._act(external, "dispatcher01", f"cases/{case}", "urge", {"note": "请抓紧"})

    def _act(self, external: str, person: str, what: str, action: str, fields: dict[str, Any]) -> None:
        told = self._post(person, f"/api/{what}/actions/{action}", {"fields": fields})
        self._heard.note(self._heard.acts, (external, told["events"][0]))


class Server:
    """An installation's processes: `xiuhua serve --without-worker` in two, and `xiuhua work`."""

    def __init__(self, data: Path) -> None:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        self.data, self.log = data, (data.parent / "processes.log").open("ab")
        self.processes: dict[str, subprocess.Popen[bytes]] = {}
        self.others: dict[str, Callable[[], None]] = {}
        """How to kill what else is at work, by name."""

    @property
    def url(self) -> str:
        """Where it answers."""
        return f"http://127.0.0.1:{self.port}"

    def start(self, *which: str) -> None:
        """Start `server`, `worker` or, told nothing, both."""
        serve = ("serve", "--port", str(self.port), "--processes", "2", "--without-worker")
        words = {"server": command(*serve), "worker": command("work")}
        settings = environment({"XIUHUA_DATA": str(self.data)})
        for name in which or words:
            self.processes[name] = subprocess.Popen(words[name], env=settings, stdout=self.log, stderr=self.log)

    def database(self) -> list[int]:
        """Process ids of the database's server and of all that it has started."""
        server = load_state(find_base(self.data)[0]).server
        return [server, *(one.pid for one in psutil.Process(server).children())] if server else []

    def kill(self, whom: str) -> None:
        """`server`, `worker`, `database`, the database's `supervisor` or another; the first two are started anew."""
        if whom in self.others:
            self.others[whom]()
            return
        state = load_state(find_base(self.data)[0])
        pids = {"database": state.server, "supervisor": state.supervisor}
        pid = self.processes[whom].pid if whom in self.processes else pids[whom]
        if pid:
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        if whom in self.processes:
            self.processes[whom].wait()
            self.start(whom)

    @contextmanager
    def frozen(self) -> Iterator[None]:
        """The database takes what is sent to it, and answers nothing."""
        stopped = self.database()
        _signal(stopped, signal.SIGSTOP)
        try:
            yield
        finally:
            _signal(stopped, signal.SIGCONT)

    def stop(self) -> None:
        """In order; both must end."""
        for process in self.processes.values():
            process.send_signal(signal.SIGTERM)
        for process in self.processes.values():
            process.wait(timeout=60)
        self.log.close()


def _signal(pids: Iterable[int], number: signal.Signals) -> None:
    for pid in pids:
        with suppress(ProcessLookupError):
            os.kill(pid, number)


def found(data: Path, furnish: Callable[[Services, str], None] | None = None) -> Path:
    """A fresh installation with the district in it."""
    with bootstrap.opened(Settings(data=data)) as services:
        with services.database.transaction() as tx:
            city = simulated_city.make(tx, 1, VALID_FROM)
        if furnish is not None:
            furnish(services, city)
    return data


@dataclass(frozen=True, slots=True)
class Crew:
    """Who is at work, and what must hold of their work afterwards."""

    clients: tuple[type[Client], ...]
    people: tuple[str, ...] = ()
    beside: Callable[[Server, Heard, Event], Thread] | None = None
    """Something else that goes on, by processes of its own."""
    demand: Callable[[Services, Heard], None] = lambda services, heard: None


@contextmanager
def busy(data: Path, crew: Crew) -> Iterator[tuple[Server, Heard]]:
    """An installation at work; what the block did to it must have lost nothing, and have done nothing twice."""
    heard, server = Heard(), Server(data)
    with bootstrap.opened(Settings(data=data)) as services:
        plan = planned(services, server.url, crew.people)
    server.start()
    try:
        with load(crew, plan, server, heard):
            demand_progress(heard)
            yield server, heard
            demand_progress(heard)
    finally:
        server.stop()
    assert not heard.surprises, (heard.surprises[:3], unforeseen(data))
    with bootstrap.opened(Settings(data=data)) as services:
        demand_all_there_once(services, heard)
        crew.demand(services, heard)
        demand_sound(services, data)
        demand_found(services)


def unforeseen(data: Path) -> list[str]:
    """What the processes wrote of errors that nobody foresaw."""
    lines = (data.parent / "processes.log").read_text(encoding="utf-8", errors="replace").splitlines()
    return [line for line in lines if '"unforeseen"' in line and '"sqlstate":"53100"' not in line][:5]


def planned(services: Services, url: str, more: Iterable[str] = ()) -> Plan:
    with services.database.reading() as tx:
        view = services.port(Loop).view(tx, "990101")
    conditions = view.catalogue.conditions(STREET_CLEANING, view.day)
    middle = view.areas.area(view.areas.grid_codes[0]).geometry.representative_point()
    people = ("intake_officer01", "shift_leader01", "dispatcher01", *more)
    scopes = sorted(known_permissions())
    tokens = {person: token_for(services.database, "990101", person, scopes) for person in people}
    condition = next(one.id for one in conditions if one.milestones_on(view.day))
    month = view.day.replace(day=1)
    before = (month - timedelta(days=1)).replace(day=1)
    months = tuple(day.isoformat() for day in ((before - timedelta(days=1)).replace(day=1), before, month))
    due = f"{view.day + timedelta(days=9)}T18:00:00+08:00"
    return Plan(url, "990101", tokens, condition, {"lon": middle.x, "lat": middle.y}, view.day, due, months)


@contextmanager
def load(crew: Crew, plan: Plan, server: Server, heard: Heard) -> Iterator[None]:
    """Clients at work; at the end each finishes what it is at."""
    stop = Event()
    threads: list[Thread] = [one(number, plan, heard, stop) for number, one in enumerate(crew.clients)]
    heard.answers.update(dict.fromkeys((one.name for one in threads), 0))
    if crew.beside is not None:
        threads.append(crew.beside(server, heard, stop))
    for one in threads:
        one.start()
    try:
        yield
    finally:
        stop.set()
        for one in threads:
            one.join(timeout=PATIENCE_S + 30)
    assert not any(one.is_alive() for one in threads)


def demand_progress(heard: Heard) -> None:
    """Everybody gets on: each client has had another answer before the next blow."""
    before = dict(heard.answers)

    def got_on() -> bool:
        return all(heard.answers[name] > many for name, many in before.items()) or bool(heard.surprises)

    assert wait_until(got_on, timeout_s=PATIENCE_S), (before, dict(heard.answers))


def demand_all_there_once(services: Services, heard: Heard) -> None:
    """Reports and actions in the log are those that were acknowledged, each once."""
    with services.database.reading() as tx:
        received, acted = in_the_log(tx)
    assert max(received.values()) == 1
    assert set(heard.reports) <= received.keys() <= set(heard.sent)
    acknowledged = Counter(heard.acts)
    assert {what: acted[what] for what in acknowledged} == dict(acknowledged)
    assert sum(acted.values()) == sum(acknowledged.values())


def in_the_log(tx: Tx) -> tuple[Counter[str], Counter[tuple[str, str]]]:
    """Reports by external id, and what was done to them and their cases, by external id and event."""
    rows = tx.execute(
        "select stream, type, payload::json -> 'set' ->> 'external_id' as external,"
        " payload::json -> 'set' -> 'reports' ->> 0 as report, actor from event"
        " where stream like 'report/%' or stream like 'case/%' order by stream, version"
    ).fetchall()
    external = {row.stream: row.external for row in rows if row.type == "ReportReceived"}
    of_case = {row.stream: external[f"report/{row.report}"] for row in rows if row.type == "CaseAccepted"}
    acts = [
        ((external | of_case)[row.stream], row.type)
        for row in rows
        if row.actor != "system" and row.type not in ("ReportReceived", "CaseAccepted")
    ]
    return Counter(external.values()), Counter(acts)


def demand_sound(services: Services, data: Path) -> None:
    """The log verifies with its seals; the projections are what it says."""
    with services.database.reading() as tx:
        folder = data / "keys"
        found = verify_log(tx, None, keys.public_keys(folder), keys.Witness(folder / "sealed").known())
    assert found.broken is None and found.events > 0
    demand_projections(services)


def demand_found(services: Services) -> None:
    """The worker takes up where it was left: the index of search holds every report, once."""
    caught_up(services)
    with services.database.reading() as tx:
        missing = "select count(*) as n from report r full join search_text s on s.city = r.city and s.kind = 'report'"
        row = tx.execute(f"{missing} and s.id = r.id where (s.kind = 'report' or s.kind is null)"
                         " and (r.id is null or s.id is null)").fetchone()  # fmt: skip
    assert row is not None and row.n == 0
