"""The one place where ports meet adapters: a process of any kind is put together here."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import time
from zoneinfo import ZoneInfo

from fastapi import FastAPI

from xiuhua.city.areas.api import router as areas_router
from xiuhua.city.calendars.api import router as calendars_router
from xiuhua.city.categories.api import router as categories_router
from xiuhua.city.compiled import CityReader
from xiuhua.city.duties.api import router as duties_router
from xiuhua.city.duties.history import History
from xiuhua.city.units import service as units
from xiuhua.city.units.api import router as units_router
from xiuhua.http.app import create_app
from xiuhua.loop.api import router as loop_router
from xiuhua.loop.past import past_cases
from xiuhua.loop.service import Loop, numbers_of
from xiuhua.notices.api import router as notices_router
from xiuhua.notices.model import Quiet
from xiuhua.notices.notifier import Notifier
from xiuhua.notices.sending import channels_of, kinds_of
from xiuhua.platform import eventlog
from xiuhua.platform.clock import Clock
from xiuhua.platform.database import Database
from xiuhua.platform.identity.authentication import Identity
from xiuhua.platform.identity.model import Policy
from xiuhua.platform.jobs.api import router as jobs_router
from xiuhua.platform.jobs.model import Kinds
from xiuhua.platform.media.api import router as media_router
from xiuhua.platform.media.folder import Folder
from xiuhua.platform.media.service import Store
from xiuhua.platform.postgres.opening import open_database
from xiuhua.platform.revision import Memory
from xiuhua.platform.services import Services
from xiuhua.platform.settings import Settings

ROUTERS = (
    areas_router,
    units_router,
    categories_router,
    duties_router,
    calendars_router,
    media_router,
    loop_router,
    jobs_router,
    notices_router,
)
NUMBER_BLOCK = 20
"""Case numbers taken at once; after a crash at most so many of a day stay unused."""


def services_of(database: Database, settings: Settings) -> Services:
    """What a process is made of, over an open database."""
    policy = Policy(session_hours=settings.session_hours, time_zone=settings.time_zone)
    identity = Identity(policy, posts_of=units.posts_of, posts_kind=units.REVISION)
    eventlog.use(eventlog.SM3 if settings.digest == "sm3" else eventlog.SHA256)
    memory = Memory()
    loop = Loop(numbers_of(database.transaction), NUMBER_BLOCK, memory)
    store = Store(Folder(settings.data), settings.media_max_mib << 20, zone_of(settings))
    channels, at = channels_of(settings), settings.notices_digest
    digest_at = None if at == "off" else time.fromisoformat(at)
    notifier = Notifier(loop, Quiet.parsed(settings.notices_quiet), digest_at, frozenset(channels))
    ports = {
        Loop: loop,
        CityReader: CityReader(memory),
        History: History(past_cases),
        Store: store,
        Kinds: Kinds(kinds_of(channels)),
        Notifier: notifier,
    }
    return Services(database, settings, identity, ports)


@contextmanager
def opened(settings: Settings, clock: Clock | None = None) -> Iterator[Services]:
    """The services of a process; closed with the block."""
    database = open_database(settings, clock=clock)
    try:
        yield services_of(database, settings)
    finally:
        database.close()


def app_of(services: Services) -> FastAPI:
    """The web app of a process."""
    return create_app(services, ROUTERS)


def zone_of(settings: Settings) -> ZoneInfo:
    """The installation's time zone."""
    return ZoneInfo(settings.time_zone)
