"""The web app: rooms' routers under `/api`, health, and the API's description."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager
from typing import Any, Final

import anyio.to_thread
from fastapi import APIRouter, FastAPI, Request
from fastapi.openapi.utils import get_openapi
from starlette.concurrency import run_in_threadpool
from starlette.types import Receive, Scope, Send

import xiuhua
from xiuhua.http.description import describe
from xiuhua.http.rooms import Rooms
from xiuhua.platform.identity.routers import ROUTERS as IDENTITY
from xiuhua.platform.services import Services
from xiuhua.platform.web import Router, problems
from xiuhua.platform.web.edge import Edge
from xiuhua.platform.web.language import Code
from xiuhua.platform.web.throttle import Throttle

LARGEST_BODY: Final = 1024 * 1024
"""Bytes of a JSON body; a route that takes files sets `max_body_size` of its own."""
_THREADS_BESIDE: Final = 12
"""Threads more than connections: for hashing passwords, and files on their way to a disk."""


def create_app(services: Services, routers: Iterable[Router] = ()) -> FastAPI:
    """An app over services that are open already; the one who opened them closes them."""
    language: Code = "en" if services.settings.language == "en" else "zh"
    app = _App(
        title="Xiuhua",
        summary="绣花 · open city-management platform",
        version=xiuhua.__version__,
        openapi_url="/api/openapi.json",
        docs_url=None,  # the usual pages load scripts from outside; the description itself serves any reader
        redoc_url=None,
        redirect_slashes=False,
        lifespan=_lifespan,
        max_body_size=LARGEST_BODY,
        telemetry={"tracing": False, "metrics": False, "logs": False},
    )
    app.state.services = services
    chosen = services.settings
    throttle = Throttle(
        app.inside, services.identity, language, sign_ins=chosen.sign_ins_per_minute,
        strangers=chosen.strangers_per_minute,
    )  # fmt: skip
    app.edge = Edge(throttle, language)
    app.rooms = Rooms((*IDENTITY, *routers))
    app.router.routes += [*_health().routes, app.rooms]
    problems.install(app, language)
    return app


class _App(FastAPI):
    edge: Edge
    rooms: Rooms

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """The edge goes around everything, FastAPI's own layers included."""
        await self.edge(scope, receive, send)

    async def inside(self, scope: Scope, receive: Receive, send: Send) -> None:
        """What FastAPI does with a request."""
        await super().__call__(scope, receive, send)

    def openapi(self) -> dict[str, Any]:
        """The description, completed by what holds for all operations; made once."""
        if self.openapi_schema is None:
            routes = [*self.routes, *self.rooms.routes]
            made = get_openapi(title=self.title, summary=self.summary, version=self.version, routes=routes)
            self.openapi_schema = describe(made)
        return self.openapi_schema


@asynccontextmanager
async def _lifespan(app: FastAPI) -> AsyncIterator[None]:
    # More threads than connections would only queue at the pool, where waiting costs a thread each.
    services: Services = app.state.services
    threads = services.settings.database_connections + _THREADS_BESIDE
    anyio.to_thread.current_default_thread_limiter().total_tokens = threads
    yield


def _health() -> APIRouter:
    router = APIRouter(tags=["health"])

    @router.get("/health")
    async def health() -> dict[str, str]:
        """The process is alive."""
        return {"status": "ok", "version": xiuhua.__version__}

    @router.get("/ready")
    async def ready(request: Request) -> dict[str, str]:
        """The database answers; 503 when it does not."""
        await run_in_threadpool(_ask, request.app.state.services)
        return {"status": "ok"}

    return router


def _ask(services: Services) -> None:
    with services.database.transaction() as tx:
        tx.execute("select 1")
