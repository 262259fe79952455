"""The web app: rooms' routers under `/api`, health, and the API's description."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager
from typing import Any, Final

import anyio.to_thread
from fastapi import FastAPI, Request, Response
from fastapi.openapi.utils import get_openapi
from starlette.middleware.gzip import DEFAULT_EXCLUDED_CONTENT_TYPES, GZipMiddleware
from starlette.routing import BaseRoute
from starlette.types import Receive, Scope, Send

import xiuhua
from xiuhua.http.description import describe
from xiuhua.http.operations import router as operations_router
from xiuhua.http.rooms import Rooms
from xiuhua.http.static import Static
from xiuhua.operations.metrics import Metrics
from xiuhua.platform.base_maps import parsed
from xiuhua.platform.columns import MEDIA_TYPE
from xiuhua.platform.identity.routers import ROUTERS as IDENTITY
from xiuhua.platform.services import Services
from xiuhua.platform.sheets import TYPES
from xiuhua.platform.web import Router, problems
from xiuhua.platform.web.edge import Edge
from xiuhua.platform.web.quick import answered
from xiuhua.platform.web.throttle import Throttle
from xiuhua.platform.web.together import Desk
from xiuhua.platform.wording import Code

LARGEST_BODY: Final = 1024 * 1024
"""Bytes of a JSON body; a route that takes files sets `max_body_size` of its own."""
_THREADS_BESIDE: Final = 12
"""Threads more than connections: for hashing passwords, and files on their way to a disk."""
_LONG: Final = 32 * 1024
"""Bytes from which an answer is sent compressed, to who takes it so: an inbox of two hundred tasks shrinks by nine
tenths. Files, columns and tables are packed already, or are to come as fast as they are read."""
_TABLES: Final = (one.partition(";")[0] for one in TYPES.values())
_NOT_COMPRESSED: Final = (*DEFAULT_EXCLUDED_CONTENT_TYPES, *_TABLES, MEDIA_TYPE)


def create_app(services: Services, routers: Iterable[Router] = (), pages: Iterable[BaseRoute] = ()) -> FastAPI:
    """An app over services that are open already; the one who opened them closes them.

    `pages` are routes outside of `/api`, whose answers are no JSON.
    """
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
    app.state.desk = Desk()
    metrics = services.ports.setdefault(Metrics, Metrics(services.database))
    chosen = services.settings
    throttle = Throttle(
        app.inside, services.identity, language, sign_ins=chosen.sign_ins_per_minute,
        strangers=chosen.strangers_per_minute,
    )  # fmt: skip
    compressed = GZipMiddleware(throttle, _LONG, compresslevel=4, exclude_content_types=_NOT_COMPRESSED)
    maps = [one.origin for one in parsed(chosen.base_maps)]
    app.edge, app.language = Edge(Static(compressed, maps=maps), language, metrics.tally), language
    app.rooms = Rooms((*IDENTITY, *routers))
    app.router.routes += [*operations_router.routes, app.rooms, *pages]
    problems.install(app, language)
    return app


class _App(FastAPI):
    edge: Edge
    language: Code
    rooms: Rooms

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """The edge goes around everything, FastAPI's own layers included."""
        await self.edge(scope, receive, send)

    async def inside(self, scope: Scope, receive: Receive, send: Send) -> None:
        """What is done with a request: the short way where there is one, else FastAPI's."""
        quick = self.rooms.quick(scope) if scope["type"] == "http" else None
        if quick is None:
            await super().__call__(scope, receive, send)
            return
        scope["app"] = self
        await answered(quick, scope, receive, send, super().__call__, self.problem)

    def problem(self, request: Request, error: Exception) -> Response:
        """An error as it is answered."""
        return problems.answer(request, problems.translate(error), self.language)

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
    app.state.desk.close()
