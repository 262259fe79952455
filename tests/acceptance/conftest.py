"""A real server in a thread, on a fresh database, and people who can sign in."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from threading import Thread
from typing import Any

import httpx
import pytest
import uvicorn
from fastapi import FastAPI
from tests.acceptance.installation import Installation
from tests.acceptance.installation import served as served_district
from tests.conftest import START

from xiuhua.http.app import create_app
from xiuhua.platform.clock import SimulatedClock
from xiuhua.platform.database import Database
from xiuhua.platform.identity import service, tokens
from xiuhua.platform.identity.authentication import Identity
from xiuhua.platform.identity.model import NewAccount, Policy, Post, system
from xiuhua.platform.identity.passwords import Hasher
from xiuhua.platform.identity.permissions import permissions_of
from xiuhua.platform.identity.vault import Vault
from xiuhua.platform.postgres.cluster import Cluster
from xiuhua.platform.services import Services
from xiuhua.platform.settings import Settings
from xiuhua.platform.web import Router

CITY = "990101"
PASSWORD = "a long enough one"


@dataclass(slots=True)
class Served:
    """An installation that answers at `url`."""

    url: str
    services: Services
    app: FastAPI

    def client(self, **headers: str) -> httpx.Client:
        """A stranger's client; `language="en"` and the like become headers."""
        return httpx.Client(base_url=self.url, headers={"X-Requested-With": "test", **headers}, timeout=20)

    @contextmanager
    def browser(self, *roles: str, name: str = "browser", password: str = PASSWORD) -> Iterator[httpx.Client]:
        """A client signed in by cookie, of a new account if roles are given."""
        if roles:
            self.account(NewAccount(name, f"P-{name}", roles=roles, password=password, must_change=False))
        with self.client() as client:
            client.post("/api/session", json={"name": name, "password": password}).raise_for_status()
            yield client

    def account(self, new: NewAccount) -> None:
        """Make an account."""
        with self.services.database.transaction() as tx:
            service.create_accounts(tx, system(CITY), [new], self.services.identity.hasher)

    def program(self, *roles: str, scopes: Iterable[str] | None = None, name: str = "program") -> httpx.Client:
        """A client with a token, of a new account with roles over the whole city."""
        self.account(NewAccount(name, f"P-{name}", roles=roles))
        with self.services.database.transaction() as tx:
            wanted = list(permissions_of(Post(role, CITY) for role in roles) if scopes is None else scopes)
            [(_, text)] = tokens.make_tokens(tx, CITY, [name], "test", wanted or ["none"], tx.now + timedelta(days=1))
        return self.client(Authorization=f"Bearer {text}")


Serve = Callable[..., AbstractContextManager[Served]]


@pytest.fixture
def serve(database: Database, tmp_path: Path) -> Serve:
    """Serves some routers beside those of identity, as long as the context lasts."""

    @contextmanager
    def served(*routers: Router, policy: Policy | None = None, **chosen: Any) -> Iterator[Served]:
        quick, vault = Hasher(time_cost=1, memory_kib=8), Vault(tmp_path / "keys")
        identity = Identity(policy or Policy(), hasher=quick, vault=vault)
        services = Services(database, Settings(data=tmp_path, **chosen), identity)
        app = create_app(services, routers)
        config = uvicorn.Config(app, port=0, log_config=None, access_log=False)
        server = uvicorn.Server(config)
        thread = Thread(target=server.run)
        thread.start()
        deadline = time.monotonic() + 20
        while not server.started and time.monotonic() < deadline:
            time.sleep(0.005)
        port = server.servers[0].sockets[0].getsockname()[1]
        yield Served(f"http://127.0.0.1:{port}", services, app)
        server.should_exit = True
        thread.join()

    return served


@pytest.fixture(scope="module")
def town_clock() -> SimulatedClock:
    """The clock of `town`: 09:00 on Monday 2 March 2026 until a test moves it on."""
    return SimulatedClock(START)


@pytest.fixture(scope="module")
def town(
    server: Cluster, town_clock: SimulatedClock, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Installation]:
    """The fictional district behind a real server, one for all tests of a module."""
    with served_district(server, tmp_path_factory.mktemp("town"), town_clock) as found:
        yield found


@pytest.fixture(scope="module")
def town_now(server: Cluster, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installation]:
    """The same at the present moment, so that programs and server tell the same time."""
    with served_district(server, tmp_path_factory.mktemp("town")) as found:
        yield found
