"""The one place where ports meet adapters: a process of any kind is put together here."""

from __future__ import annotations

import socket
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import time
from typing import Any
from zoneinfo import ZoneInfo

from fastapi import FastAPI

from xiuhua.checks.api import router as checks_router
from xiuhua.checks.carrying import Checklists, Left, Waiting
from xiuhua.checks.dossier import Inspected
from xiuhua.checks.queues import ToLookAt
from xiuhua.checks.rounds import Rounds
from xiuhua.checks.service import Checks, OnFail
from xiuhua.checks.telling import Message, Tell
from xiuhua.city.areas.api import router as areas_router
from xiuhua.city.calendars.api import router as calendars_router
from xiuhua.city.categories.api import router as categories_router
from xiuhua.city.compiled import CityReader
from xiuhua.city.duties.api import router as duties_router
from xiuhua.city.duties.history import History
from xiuhua.city.units import service as units
from xiuhua.city.units.api import router as units_router
from xiuhua.documents.api import router as documents_router
from xiuhua.documents.finding import DocumentsNamed
from xiuhua.documents.open import OpenPapers
from xiuhua.documents.queues import ToApprove
from xiuhua.documents.service import Documents
from xiuhua.flow.api import router as flow_router
from xiuhua.flow.carrying import Carrying
from xiuhua.flow.dossier import Dossier
from xiuhua.flow.finding import Finder
from xiuhua.flow.queues import Queues
from xiuhua.http import server
from xiuhua.http.app import create_app
from xiuhua.http.static import script_of
from xiuhua.insight import keeping as facts_keeping
from xiuhua.insight.api import router as insight_router
from xiuhua.insight.facts.service import Facts
from xiuhua.insight.figures.service import Figures
from xiuhua.loop import pictures
from xiuhua.loop.api import router as loop_router
from xiuhua.loop.approvals.api import router as approvals_router
from xiuhua.loop.brief.held import Held
from xiuhua.loop.brief.kept import Kept
from xiuhua.loop.cockpit.api import router as cockpit_router
from xiuhua.loop.dispatching import router as dispatching_router
from xiuhua.loop.duplicates.api import router as duplicates_router
from xiuhua.loop.files.target import ReportTables
from xiuhua.loop.finding import CasesNumbered
from xiuhua.loop.lists.acting import router as acting_router
from xiuhua.loop.lists.api import router as lists_router
from xiuhua.loop.lists.describe_api import router as describe_router
from xiuhua.loop.lists.files_api import router as files_router
from xiuhua.loop.live import LoopSource
from xiuhua.loop.maps.api import router as map_router
from xiuhua.loop.maps.shapes import Shapes
from xiuhua.loop.media_api import router as case_media_router
from xiuhua.loop.near import CasesNear
from xiuhua.loop.past import past_cases
from xiuhua.loop.search.api import router as search_router
from xiuhua.loop.search.index import Contacts
from xiuhua.loop.service import Loop, numbers_of
from xiuhua.loop.suggest.api import router as suggest_router
from xiuhua.loop.suggest.service import Suggester
from xiuhua.notices.api import router as notices_router
from xiuhua.notices.channels import Channel, Letter
from xiuhua.notices.model import Quiet, Telling
from xiuhua.notices.notifier import Notifier
from xiuhua.notices.sending import channels_of, kinds_of
from xiuhua.notices.subjects import Subjects
from xiuhua.notices.telling import tell
from xiuhua.notices.things import Things
from xiuhua.packs.api import router as packs_router
from xiuhua.plans import sources
from xiuhua.plans.api import router as plans_router
from xiuhua.plans.campaigns import Campaigns
from xiuhua.plans.duty import Rosters
from xiuhua.plans.service import Plans
from xiuhua.plans.telling import Missed
from xiuhua.platform import eventlog, logging, personal
from xiuhua.platform.clock import Clock
from xiuhua.platform.database import Database, Tx
from xiuhua.platform.errors import SettingsWrong
from xiuhua.platform.identity.authentication import Identity
from xiuhua.platform.identity.model import Policy
from xiuhua.platform.identity.oidc import Provider, ProviderSettings
from xiuhua.platform.identity.permissions import roles
from xiuhua.platform.identity.vault import Vault
from xiuhua.platform.imports import running as imports_running
from xiuhua.platform.imports.api import router as imports_router
from xiuhua.platform.imports.model import Kinds as ImportKinds
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
from xiuhua.platform.media.uses import any_of
from xiuhua.platform.postgres.opening import open_database
from xiuhua.platform.revision import Memory
from xiuhua.platform.services import Services
from xiuhua.platform.settings import Settings
from xiuhua.proceedings import pictures as proceeding_pictures
from xiuhua.proceedings.api import router as proceedings_router
from xiuhua.proceedings.dossier import About
from xiuhua.proceedings.finding import ProceedingsNamed
from xiuhua.proceedings.follows import Follows
from xiuhua.proceedings.live import ProceedingsSource
from xiuhua.proceedings.service import Proceedings
from xiuhua.public import mailing
from xiuhua.public.page import PublicPage
from xiuhua.public.routes import routes as public_routes
from xiuhua.records.api import router as records_router
from xiuhua.records.carrying import Choices, Forms, Near
from xiuhua.records.dossier import Referring
from xiuhua.records.finding import RecordsNamed
from xiuhua.records.importing import RecordTables
from xiuhua.records.ledgers.api import router as ledgers_router
from xiuhua.records.ledgers.carrying import LedgerForms
from xiuhua.records.ledgers.dossier import Entered
from xiuhua.records.ledgers.importing import EntryTables
from xiuhua.records.ledgers.service import CALL, Ledgers
from xiuhua.records.queues import ToDecide
from xiuhua.records.service import Records
from xiuhua.rules.api import router as rules_router
from xiuhua.rules.service import Rules
from xiuhua.shifts.api import router as shifts_router
from xiuhua.shifts.field_api import router as field_router
from xiuhua.shifts.names import Names

ROUTERS = (
    areas_router, units_router, categories_router, duties_router, calendars_router, uploads_router, media_router,
    lists_router, describe_router, files_router, acting_router, search_router, loop_router, case_media_router,
    live_router, duplicates_router, suggest_router, jobs_router, notices_router,
    map_router, cockpit_router, approvals_router, shifts_router, field_router,
    packs_router, imports_router, dispatching_router, records_router, ledgers_router, proceedings_router,
    checks_router, plans_router, documents_router, rules_router, insight_router, flow_router,
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
    facts = Facts(cities, memory, facts_keeping.folder(settings))
    records, documents = Records(cities, memory), Documents(cities, memory)
    ledgers = Ledgers(cities, memory, records)
    more = {CALL: ledgers.enter_for}
    proceedings = Proceedings(memory, beyond := Beyond(records), more, ledgers.following)
    loop = beyond.loop = Loop(
        numbers_of(database.transaction), NUMBER_BLOCK, memory, proceedings, more, ledgers.following
    )  # fmt: skip
    quiet, channels, at = Quiet.parsed(settings.notices_quiet), channels_of(settings), settings.notices_digest
    digest_at = None if at == "off" else time.fromisoformat(at)
    follows = Follows(proceedings)
    checks = Checks(cities, memory, records, Tell(notices_of(cities, quiet)), OnFail(follows.failed))
    beyond.others["inspection"], beyond.inspected = checks.seen, checks.of_thing
    # Rooms that have something to tell, to count as done, or to show in the file of a thing add themselves below.
    plans = Plans(cities, memory, sources.ALL, sources.DUES)
    others: dict[str, Subjects] = {"record": Things(records), "plan": Missed(plans, records)}
    notifier = Notifier(loop, quiet, digest_at, frozenset(channels), others)
    sees = any_of(
        pictures.sees_by(loop), documents.sees_media, proceeding_pictures.sees_by(proceedings), checks.sees_media,
        ledgers.sees, records.sees_media, plans.sees_media,
    )  # fmt: skip
    store = Store(
        blobs_of(settings), settings.media_max_mib << 20, zone_of(settings), recordings=settings.media_recordings,
        upload_hours=settings.media_upload_hours, sees=sees,
    )  # fmt: skip
    live = Live(database, identity, [LoopSource(loop), ProceedingsSource(proceedings)])
    ports: dict[type[Any], Any] = {
        Loop: loop, CityReader: cities, Records: records, Proceedings: proceedings, Ledgers: ledgers,
        Checks: checks, Rounds: Rounds(checks), Documents: documents,
        Rules: Rules(cities, memory, records, follows.task),
        Plans: plans, Rosters: Rosters(plans), Campaigns: Campaigns(plans),
        Facts: facts, Figures: Figures(cities, memory, facts),
        Dossier: Dossier([
            Referring(records), Entered(ledgers), Inspected(checks), About(proceedings), CasesNear(loop),
        ]),
        Finder: Finder([
            RecordsNamed(records), CasesNumbered(loop), ProceedingsNamed(proceedings), DocumentsNamed(documents),
        ]),
        Queues: Queues([ToDecide(records), ToApprove(), ToLookAt(checks)]),
        Carrying: Carrying({
            "forms": [Forms(records), LedgerForms(ledgers), Checklists(checks)],
            "names": [Names(cities), Choices(records)], "work": [Left(checks), Waiting(checks)],
            "near": [Near(records)],
        }),
        History: History(past_cases), Store: store, Live: live,
        Provider: provider_of(settings), Contacts: Contacts(settings.data / "keys"), Settings: settings,
        Suggester: Suggester(memory), Notifier: notifier, Shapes: Shapes(), Kept: Kept(), Held: Held(),
        PublicPage: PublicPage(loop, store, settings, OpenPapers(documents), script_of("public")),
        ImportKinds: ImportKinds({
            "report": ReportTables(loop.submit, cities), "register": RecordTables(records, cities),
            "ledger": EntryTables(ledgers, records, cities),
        }),
        Kinds: Kinds({
            **kinds_of(channels), **mailing.kinds_of(mails_by(channels.get("mail"))), **imports_running.kinds_of(),
        }),
    }  # fmt: skip
    personal.copies["public"] = mailing.forget
    return Services(database, settings, identity, ports, stopping=[live.stop])


class Beyond:
    """What proceedings ask of the rooms beside and above theirs."""

    def __init__(self, records: Records) -> None:
        """What rooms put in that are made later: `loop`, `others` by the kind of their streams, the ids of the
        inspections of a record (`inspected`)."""
        self._records = records
        self.inspected: Callable[[Tx, str, str], Sequence[str]] = lambda _tx, _city, _id: ()
        self.loop: Loop | None = None
        self.others: dict[str, Callable[[Tx, str, str], dict[str, Any] | None]] = {}

    def subject(self, tx: Tx, city: str, kind: str, id_: str) -> dict[str, Any] | None:
        """A case, a report, or what another room keeps."""
        if kind in self.others:
            return self.others[kind](tx, city, id_)
        found = self.loop.docs(tx, city, kind, [id_]).get(id_) if self.loop is not None else None
        if found is None:
            return None
        _, state = found
        is_open, data = bool(state["waits"] or state["timers"]), state["data"]
        return {
            "id": id_, "open": is_open, "state": state["state"], "scopes": data["scopes"], "called": state["number"],
            "unit": data.get("unit"),
        }  # fmt: skip

    def beneath(self, tx: Tx, city: str, kind: str, id_: str) -> Sequence[tuple[str, str]]:
        """The inspections of a record."""
        return [("inspection", one) for one in self.inspected(tx, city, id_)] if kind == "record" else ()

    def record(self, tx: Tx, city: str, id_: str) -> dict[str, Any] | None:
        """A record by its id."""
        return self._records.found(tx, city, id_)

    def record_by_key(self, tx: Tx, city: str, register: str, key: str) -> dict[str, Any] | None:
        """A record by what names it in the world."""
        id_ = self._records.id_of(tx, city, register, key)
        return None if id_ is None else self._records.found(tx, city, id_)


def notices_of(cities: CityReader, quiet: Quiet | None) -> Callable[[Tx, str, Sequence[Message]], None]:
    """How inspections tell people: by notices, in quiet hours only what is urgent."""

    def send(tx: Tx, city: str, messages: Sequence[Message]) -> None:
        resting = quiet.over(tx.now.astimezone(cities.of(tx, city).zone)) if quiet else None
        tell(tx, city, [
            Telling(
                one.name, one.key, one.head, one.body, tx.now, tx.now if one.urgent or not resting else resting,
                one.urgent, person, None, one.kind, one.subject, one.number,
            )
            for one in messages
            for person in one.people
        ])  # fmt: skip

    return send


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
