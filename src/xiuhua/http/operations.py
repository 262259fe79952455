"""What machines ask of the server: alive, ready, figures. None of it is under `/api`, none needs a session."""

from __future__ import annotations

import hmac
import ipaddress

from fastapi import APIRouter, Request, Response
from starlette.concurrency import run_in_threadpool

import xiuhua
from xiuhua.operations import life, metrics
from xiuhua.operations.metrics import Metrics
from xiuhua.platform.errors import DatabaseUnavailable, NotFound
from xiuhua.platform.migrations import find_migrations
from xiuhua.platform.services import Services

router = APIRouter(tags=["operations"])


@router.get("/health")
async def health() -> dict[str, str]:
    """The process is alive."""
    return {"status": "ok", "version": xiuhua.__version__}


@router.get("/ready")
async def ready(request: Request) -> dict[str, str]:
    """The database answers and is migrated; 503 when not, and while the process is stopping.

    `worker` tells whether one was heard of within a minute: `ok`, `silent` or `never`; it does not decide.
    """
    if getattr(request.app.state, "stopping", False):
        raise DatabaseUnavailable("This process is stopping; ask another.", headers={"Retry-After": "30"})
    return await run_in_threadpool(_ask, request.app.state.services)


@router.get("/metrics", include_in_schema=False)
async def figures(request: Request) -> Response:
    """Figures for a monitor, in the text format of Prometheus."""
    services: Services = request.app.state.services
    _demand_monitor(request, services)
    return Response(await run_in_threadpool(services.port(Metrics).text), media_type=metrics.CONTENT_TYPE)


def _ask(services: Services) -> dict[str, str]:
    with services.database.reading() as tx:
        done = {row.name for row in tx.execute("select name from migration")}
        missing = [one.name for one in find_migrations() if one.name not in done]
        beat = life.beats(tx).get("worker") if not missing else None
        now = tx.now
    if missing:
        raise DatabaseUnavailable(f"Migrations are due, {missing[0]} first.", migrations="due")
    silent = beat is not None and (now - beat.seen_at).total_seconds() > life.SILENT_S
    return {
        "status": "ok",
        "migrations": "current",
        "worker": "never" if beat is None else "silent" if silent else "ok",
    }


def _demand_monitor(request: Request, services: Services) -> None:
    """With a token: who shows it. Without: this very machine, and not through a proxy on it."""
    token = services.settings.metrics_token
    if token is not None:
        shown = request.headers.get("authorization", "").removeprefix("Bearer ").encode()
        if hmac.compare_digest(shown, token.get_secret_value().encode()):
            return
    elif _from_here(request):
        return
    raise NotFound


def _from_here(request: Request) -> bool:
    if any(name in request.headers for name in ("x-forwarded-for", "forwarded", "via", "x-real-ip")):
        return False
    try:
        return request.client is not None and ipaddress.ip_address(request.client.host).is_loopback
    except ValueError:
        return False
