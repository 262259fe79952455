"""A running installation: the fictional district, a real server, and a client for everybody who works there."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any
from uuid import uuid4

import httpx
from tests.conftest import ROOT, clone

from xiuhua import bootstrap
from xiuhua.flow.model import State
from xiuhua.http.server import running
from xiuhua.loop import replay
from xiuhua.loop.replay import Replayed
from xiuhua.loop.service import Loop
from xiuhua.loop.surroundings import CityView
from xiuhua.packs import service as packs
from xiuhua.packs.loader import load_library, load_pack
from xiuhua.platform.clock import Clock
from xiuhua.platform.database import Database
from xiuhua.platform.identity.model import system
from xiuhua.platform.identity.permissions import known_permissions
from xiuhua.platform.postgres.cluster import Cluster
from xiuhua.platform.postgres.conf import OWNER
from xiuhua.platform.services import Services
from xiuhua.platform.settings import Settings
from xiuhua.platform.verify import VerifyReport, verify_log
from xiuhua.simulate import city as simulated_city
from xiuhua.simulate import pictures
from xiuhua.simulate.over_http import token_for

VALID_FROM = date(2024, 1, 1)
STREET_CLEANING = "GB/T 47678.5/matter/06010"
"""Rubbish lying about: handled by the sanitation office everywhere in the district."""


@contextmanager
def opened(
    server: Cluster, folder: Path, clock: Clock | None = None, seed: int = 1, **chosen: Any
) -> Iterator[Installation]:
    """The district in a fresh database, without a web server."""
    with clone(server) as name:
        conninfo = server.conninfo(database=name)
        owner = server.conninfo(OWNER, name)
        settings = Settings(data=folder, database_url=conninfo, database_owner_url=owner, **chosen)
        with Database(conninfo, size=10, clock=clock).open() as database:
            with database.transaction() as tx:
                city = simulated_city.make(tx, seed, VALID_FROM)
            yield Installation(bootstrap.services_of(database, settings), city)


@contextmanager
def served(server: Cluster, folder: Path, clock: Clock | None = None, **chosen: Any) -> Iterator[Installation]:
    """The same, and a server that answers at `url`."""
    with opened(server, folder, clock, **chosen) as found, running(bootstrap.app_of(found.services)) as found.url:
        try:
            yield found
        finally:
            found.hang_up()


@dataclass(slots=True)
class Installation:
    """The district, and how everybody in it reaches the server."""

    services: Services
    city: str
    url: str = ""
    _clients: dict[str, httpx.Client] = field(default_factory=dict)

    @property
    def database(self) -> Database:
        """The database of the server."""
        return self.services.database

    @property
    def loop(self) -> Loop:
        """The loop of the server's process."""
        return self.services.port(Loop)

    def view(self) -> CityView:
        """The reference data of the district."""
        with self.database.reading() as tx:
            return self.loop.view(tx, self.city)

    def take_up(self, *given: str | Path) -> None:
        """Put packs in force one after another: of the library by their names, others by their folders."""
        library, problems = load_library()
        assert problems == []
        with self.database.transaction() as tx:
            for one in given:
                pack, problems = (library[one], []) if isinstance(one, str) else load_pack(one)
                assert pack is not None, problems
                packs.install(tx, self.city, pack, system(self.city))

    def state(self, kind: str, id_: str) -> State:
        """A report or case as it stands, read past the server."""
        with self.database.reading() as tx:
            return self.loop.docs(tx, self.city, kind, [id_])[id_][1]

    # ---- people

    def client(self, person: str) -> httpx.Client:
        """A person's client, with a token of their own."""
        if person not in self._clients:
            token = token_for(self.database, self.city, person, sorted(known_permissions()))
            headers = {"Authorization": f"Bearer {token}", "Accept-Language": "en"}
            self._clients[person] = httpx.Client(base_url=self.url, headers=headers, timeout=30)
        return self._clients[person]

    def hang_up(self) -> None:
        """Close all clients."""
        for client in self._clients.values():
            client.close()

    def who(self, role: str, scopes: Sequence[str] = (), unit: str | None = None) -> str:
        """The first person who holds a role for a place, or at the desk of a unit."""
        directory = self.view().directory
        desk = directory.desk_of(unit) if unit else None
        return directory.holders(role, scopes, desk)[0]

    def get(self, person: str, path: str, **params: Any) -> Any:
        """What a person reads."""
        answer = self.client(person).get(path, params=params)
        assert answer.status_code == 200, f"{path}: {answer.text}"
        return answer.json()

    def report(self, person: str, **given: Any) -> str:
        """Somebody sends a report in; its id."""
        answer = self.client(person).post("/api/reports", json=report_form(**given))
        assert answer.status_code == 201, answer.text
        return str(answer.json()["id"])

    def photo(self, person: str, shows: str = "after") -> str:
        """Somebody sends a photo in; its id, the same for the same picture."""
        answer = self.client(person).post("/api/media", files={"file": (f"{shows}.png", pictures.drawn(shows))})
        assert answer.is_success, answer.text
        return str(answer.json()["id"])

    def act(
        self, person: str, kind: str, id_: str, action: str, fields: dict[str, Any] | None = None,
        headers: dict[str, str] | None = None, **more: Any,
    ) -> httpx.Response:  # fmt: skip
        """Somebody tries an action; the server's answer, whatever it is."""
        body = {"fields": fields or {}, **more}
        return self.client(person).post(f"/api/{kind}s/{id_}/actions/{action}", json=body, headers=headers)

    def does(
        self, person: str, kind: str, id_: str, action: str, fields: dict[str, Any] | None = None, **more: Any
    ) -> dict[str, Any]:
        """Somebody does an action that must succeed."""
        answer = self.act(person, kind, id_, action, fields, **more)
        assert answer.status_code == 200, f"{person} {action}: {answer.text}"
        return dict(answer.json())

    def inbox(self, person: str, kind: str | None = None) -> list[dict[str, Any]]:
        """Everything that waits for a person; `kind` leaves out reports or cases."""
        found: list[dict[str, Any]] = []
        wanted = {"kind": kind} if kind else {}
        while page := self.get(person, "/api/inbox", limit=200, offset=len(found), **wanted):
            found += page
        return found

    # ---- the log

    def events(self) -> int:
        """How many events the log of the district holds."""
        with self.database.reading() as tx:
            return int(tx.execute("select count(*) as n from event where city = %s", (self.city,)).fetchone().n)

    def verified(self) -> VerifyReport:
        """The log's chains, computed again."""
        with self.database.reading() as tx:
            return verify_log(tx, self.city, {})

    def replayed(self) -> Replayed:
        """The projections, made again from the log and compared."""
        with self.database.transaction(snapshot=True) as tx:
            return replay.check(tx, self.city)

    def demand_sound_log(self) -> None:
        """The log verifies, and everything stands as it says."""
        assert self.verified().broken is None
        assert self.replayed().differences == {}

    # ---- the command line

    def xiuhua(self, *words: str | Path) -> subprocess.CompletedProcess[str]:
        """The program `xiuhua` on this installation, as a process of its own."""
        settings = self.services.settings
        assert settings.database_url is not None and settings.database_owner_url is not None
        given = {
            "XIUHUA_DATA": str(settings.data),
            "XIUHUA_DATABASE_URL": settings.database_url.get_secret_value(),
            "XIUHUA_DATABASE_OWNER_URL": settings.database_owner_url.get_secret_value(),
        }
        return program(given, *words)


def program(settings: dict[str, str], *words: str | Path) -> subprocess.CompletedProcess[str]:
    """The program `xiuhua` with these settings and no others."""
    return subprocess.run(command(*words), env=environment(settings), capture_output=True, text=True, timeout=180)


def command(*words: str | Path) -> list[str]:
    """The command line of the program."""
    return [sys.executable, "-c", "from xiuhua.cli import main; main()", *map(str, words)]


def environment(settings: dict[str, str]) -> dict[str, str]:
    """The environment of a process with these settings and no others."""
    others = {name: value for name, value in os.environ.items() if not name.startswith("XIUHUA_")}
    return {**others, **settings, "PYTHONPATH": str(ROOT / "src")}


def report_form(**given: Any) -> dict[str, Any]:
    """A report as it is sent in: each with an id of its own unless told."""
    return {"source": "public", "external_id": uuid4().hex, "text": "路边有暴露垃圾没人清理", **given}


def told(answer: httpx.Response) -> tuple[int, str]:
    """Status and code of a problem."""
    return answer.status_code, answer.json()["code"]


def pages(town: Installation, person: str, path: str, limit: int = 7, **params: Any) -> list[dict[str, Any]]:
    """All rows of a list, page by page of so many rows."""
    found: list[dict[str, Any]] = []
    cursor: dict[str, str] = {}
    while True:
        page = town.get(person, path, limit=limit, **params, **cursor)
        found += page["items"]
        if page["next"] is None:
            return found
        cursor = {"cursor": page["next"]}
