"""The one place where ports meet adapters: a process of any kind is put together here."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import time
from typing import Any
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
from xiuhua.http import server
from xiuhua.http.app import create_app
from xiuhua.http.static import script_of
from xiuhua.loop import pictures
from xiuhua.loop.api import router as loop_router
from xiuhua.loop.approvals.api import router as approvals_router
from xiuhua.loop.brief.held import Held
from xiuhua.loop.brief.kept import Kept
from xiuhua.loop.cockpit.api import router as cockpit_router
from xiuhua.loop.dispatching import router as dispatching_router
from xiuhua.loop.duplicates.api import router as duplicates_router
from xiuhua.loop.imports.api import router as imports_router
from xiuhua.loop.imports.running import kinds_of as imports_kinds
from xiuhua.loop.lists.acting import router as acting_router
from xiuhua.loop.lists.api import router as lists_router
from xiuhua.loop.lists.describe_api import router as describe_router
from xiuhua.loop.lists.files_api import router as files_router
from xiuhua.loop.live import LoopSource
from xiuhua.loop.maps.api import router as map_router
from xiuhua.loop.maps.shapes import Shapes
from xiuhua.loop.media_api import router as case_media_router
from xiuhua.loop.past import past_cases
from xiuhua.loop.search.api import router as search_router
from xiuhua.loop.search.index import Contacts
from xiuhua.loop.service import Loop, numbers_of
from xiuhua.loop.suggest.api import router as suggest_router
from xiuhua.loop.suggest.service import Suggester
from xiuhua.notices.api import router as notices_router
from xiuhua.notices.channels import Channel, Letter
from xiuhua.notices.model import Quiet
from xiuhua.notices.notifier import Notifier
from xiuhua.notices.sending import channels_of, kinds_of
from xiuhua.packs.api import router as packs_router
from xiuhua.platform import eventlog, logging, personal
from xiuhua.platform.clock import Clock
from xiuhua.platform.database import Database
from xiuhua.platform.errors import SettingsWrong
from xiuhua.platform.identity.authentication import Identity
from xiuhua.platform.identity.model import Policy
from xiuhua.platform.identity.oidc import Provider, ProviderSettings
from xiuhua.platform.identity.permissions import roles
from xiuhua.platform.identity.vault import Vault
from xiuhua.platform.jobs.api import router as jobs_router
from xiuhua.platform.jobs.model import Kinds
from xiuhua.platform.live.api import router as live_router
from xiuhua.platform.live.tail import Live
from xiuhua.platform.media import s3
from xiuhua.platform.media.api import router as media_router
from xiuhua.platform.media.folder import Folder
from xiuhua.platform.media.model import Blobs
from xiuhua.platform.media.service import Store
from xiuhua.platform.media.upload_api import router as uploads_router
from xiuhua.platform.media.uses import Sees
from xiuhua.platform.postgres.opening import open_database
from xiuhua.platform.revision import Memory
from xiuhua.platform.services import Services
from xiuhua.platform.settings import Settings
from xiuhua.public import mailing
from xiuhua.public.page import PublicPage
from xiuhua.public.routes import routes as public_routes
from xiuhua.records.api import router as records_router
from xiuhua.records.ledgers.api import router as ledgers_router
from xiuhua.records.ledgers.service import CALL, Ledgers
from xiuhua.records.service import Records
from xiuhua.shifts.api import router as shifts_router
from xiuhua.shifts.field_api import router as field_router

ROUTERS = (
    areas_router, units_router, categories_router, duties_router, calendars_router, uploads_router, media_router,
    lists_router, describe_router, files_router, acting_router, search_router, loop_router, case_media_router,
    live_router, duplicates_router, suggest_router, jobs_router, notices_router,
    map_router, cockpit_router, approvals_router, shifts_router, field_router,
    packs_router, imports_router, dispatching_router, records_router,
    ledgers_router,
)  # fmt: skip
NUMBER_BLOCK = 20
"""Case numbers taken at once, more in a rush (`Numbers`); after a crash the rest of a block stays unused."""


def services_of(database: Database, settings: Settings) -> Services:
    """What a process is made of, over an open database."""
    identity = Identity(
        policy_of(settings), posts_of=units.posts_of, posts_kind=units.REVISION, names_of=units.names_of,
        vault=Vault(settings.data / "keys"),
    )  # fmt: skip
    eventlog.use(eventlog.SM3 if settings.digest == "sm3" else eventlog.SHA256)
    memory = Memory()
    cities = CityReader(memory)
    records = Records(cities, memory)
    ledgers = Ledgers(cities, memory, records)
    loop = Loop(numbers_of(database.transaction), NUMBER_BLOCK, memory, {CALL: ledgers.enter_for})
    channels, at = channels_of(settings), settings.notices_digest
    digest_at = None if at == "off" else time.fromisoformat(at)
    notifier = Notifier(loop, Quiet.parsed(settings.notices_quiet), digest_at, frozenset(channels))
    store = Store(
        blobs_of(settings), settings.media_max_mib << 20, zone_of(settings), recordings=settings.media_recordings,
        upload_hours=settings.media_upload_hours, sees=any_sees(pictures.sees_by(loop), ledgers.sees),
    )  # fmt: skip
    live = Live(database, identity, [LoopSource(loop)])  # rooms that have something to tell add themselves here
    ports: dict[type[Any], Any] = {
        Loop: loop, CityReader: cities, Records: records, Ledgers: ledgers,
        History: History(past_cases), Store: store, Live: live,
        Provider: provider_of(settings), Contacts: Contacts(settings.data / "keys"), Settings: settings,
        Suggester: Suggester(memory), Notifier: notifier, Shapes: Shapes(), Kept: Kept(), Held: Held(),
        PublicPage: PublicPage(loop, store, settings, script_of("public")),
        Kinds: Kinds({**kinds_of(channels), **mailing.kinds_of(mails_by(channels.get("mail"))), **imports_kinds()}),
    }  # fmt: skip
    personal.copies["public"] = mailing.forget
    return Services(database, settings, identity, ports, stopping=[live.stop])


def any_sees(*ports: Sees) -> Sees:
    """Whether any of the rooms that have photos shows one to a person."""
    return lambda tx, actor, named: any(sees(tx, actor, named) for sees in ports)


def mails_by(channel: Channel | None) -> mailing.Send | None:
    """How the public page writes to those who asked for it: by the mail server of the notices."""
    if channel is None:
        return None

    def send(mail: mailing.Mail) -> None:
        channel.send(Letter(mail.id, mail.to, mail.head, mail.text, mail.at, mail.at, stop=mail.stop))

    return send


def blobs_of(settings: Settings) -> Blobs:
    """Where photos are kept: the data folder, or the bucket that a URL names. Raises `SettingsWrong`."""
    if not settings.media_url:
        return Folder(settings.data)
    given = settings.media_credentials.get_secret_value() if settings.media_credentials else ""
    if settings.media_credentials_file is not None:
        try:
            given = settings.media_credentials_file.read_text(encoding="utf-8")
        except OSError as error:
            raise SettingsWrong(f"XIUHUA_MEDIA_CREDENTIALS_FILE cannot be read: {error.strerror}") from None
    return s3.Bucket(s3.place_of(settings.media_url), s3.secret_of(given) if given else None)


def policy_of(settings: Settings) -> Policy:
    """What an installation chose about signing in. Raises `SettingsWrong` for roles that there are not."""
    wanted = frozenset(settings.second_factor_roles.replace(",", " ").split())
    if unknown := sorted(wanted - roles().keys()):
        raise SettingsWrong(f"XIUHUA_SECOND_FACTOR_ROLES: there is no role {', '.join(unknown)}")
    return Policy(
        session_hours=settings.session_hours, time_zone=settings.time_zone, second_factor_roles=wanted,
        password_days=settings.password_days, password_history=settings.password_history,
    )  # fmt: skip


def provider_of(settings: Settings) -> Provider:
    """The provider through which people may sign in, as it is set up; it is asked when first needed."""
    secret = settings.oidc_client_secret
    roles = tuple(settings.oidc_create_roles.replace(",", " ").split())
    chosen = ProviderSettings(
        settings.oidc_issuer, settings.oidc_client_id, secret.get_secret_value() if secret else None,
        settings.oidc_claim, roles, settings.public_url,
    )  # fmt: skip
    return Provider(chosen)


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
    return create_app(services, ROUTERS, public_routes(services.settings))


def serve_on(settings: Settings, sock: socket.socket) -> None:
    """One of several server processes: services of its own on a socket of its own, until told to stop."""
    logging.configure(settings.log_level)
    with opened(settings) as services:
        server.run(app_of(services), sock)


def zone_of(settings: Settings) -> ZoneInfo:
    """The installation's time zone."""
    return ZoneInfo(settings.time_zone)
