"""What can be done with documents; every way in (HTTP, the worker) ends here."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

import orjson

from xiuhua.city.compiled import CityData, CityReader
from xiuhua.city.units import turns
from xiuhua.documents import content, deciding, kinds, model, telling
from xiuhua.documents.deciding import Told
from xiuhua.documents.model import APPROVE, DRAFT, PUBLISH, READ, Declared, Drawn
from xiuhua.documents.telling import Occasion
from xiuhua.flow.held import Held, demand_version, of, write
from xiuhua.flow.model import State
from xiuhua.packs import service as packs
from xiuhua.platform import eventlog
from xiuhua.platform.database import Database, Tx
from xiuhua.platform.errors import Invalid, NotAllowed, NotFound
from xiuhua.platform.eventlog import Event
from xiuhua.platform.identity.model import Actor, system
from xiuhua.platform.identity.permissions import role_for
from xiuhua.platform.media import uses
from xiuhua.platform.media.uses import Named
from xiuhua.platform.revision import Memory
from xiuhua.platform.sql import queries, rows_as_json
from xiuhua.records import lookups

KIND: Final = "document"
_BATCH: Final = 200
"""Documents of one turn of the clock in a city."""


@dataclass(frozen=True, slots=True)
class Written:
    """A document as it stands."""

    version: int
    """Of its stream, for If-Match; that of the text is in its data."""
    state: State
    declared: Declared


@dataclass(frozen=True, slots=True)
class Version:
    """A text as it was written, and by whom."""

    version: int
    content: Mapping[str, Any]
    by: str
    at: datetime


@dataclass(slots=True)
class _Held(Held):
    declared: Declared


class Documents:
    """The documents of one process' cities."""

    def __init__(self, cities: CityReader, memory: Memory) -> None:
        self._cities, self._memory = cities, memory

    # ---- what is declared

    def kinds(self, tx: Tx, city: str) -> dict[str, Declared]:
        """The kinds of document in force by name."""
        return self._memory.get(tx, city, packs.DOCUMENTS, _declared)

    def kind(self, tx: Tx, city: str, name: str) -> Declared:
        """One of them. Raises `NotFound`."""
        found = self.kinds(tx, city).get(name)
        if found is None:
            raise NotFound(f"no pack with the document {name} is installed in {city}")
        return found

    def declared(self, tx: Tx, city: str, state: State) -> Declared:
        """The kind as it is in force; as the document began under, where no pack declares it any more."""
        name = state["procedure"]
        return self.kinds(tx, city).get(name) or _of_pack(packs.pack_version(tx, state["pack"]), name)

    # ---- reading

    def get(self, tx: Tx, actor: Actor, id_: str) -> Written:
        """A document that a person may see. Raises `NotFound` (what is not yours to see is not told of)."""
        row = tx.execute(_sql()["docs"], {"city": actor.city, "ids": [id_]}).fetchone()
        state = orjson.loads(row.doc) if row is not None else None
        if row is None or state is None or not sees(actor, state):
            raise NotFound
        return Written(row.version, state, self.declared(tx, actor.city, state))

    def versions(self, tx: Tx, actor: Actor, id_: str) -> list[Version]:
        """Every text that it had, in order: what was published among them."""
        found = self.get(tx, actor, id_)
        told = list(_versions(eventlog.read(tx, actor.city, f"{KIND}/{id_}")))
        return told if writes(actor) else [one for one in told if one.version == found.state["data"]["version"]]

    def city_of(self, tx: Tx, city: str) -> CityData:
        """The city's own data, as the transaction sees it."""
        return self._cities.of(tx, city)

    def sees_media(self, tx: Tx, actor: Actor, named: Sequence[Named]) -> bool:
        """Whether a person may read any of the documents that photos are attached to: the port that media ask."""
        ids = [one.subject for one in named if one.kind == KIND]
        if not ids:
            return False
        rows = tx.execute(_sql()["docs"], {"city": actor.city, "ids": ids})
        return any(sees(actor, orjson.loads(row.doc)) for row in rows)

    # ---- writing

    def draft(self, tx: Tx, actor: Actor, kind: str, given: Mapping[str, Any]) -> Written:
        """A new document. Raises `Invalid` with every error."""
        _demand(actor, DRAFT)
        declared, id_ = self.kind(tx, actor.city, kind), tx.new_id()
        found = self._read(tx, actor.city, declared, id_, given, None)
        return self._write(tx, actor, DRAFT, [(None, declared, deciding.drafted(declared, id_, found, actor.id))])

    def change(self, tx: Tx, actor: Actor, id_: str, given: Mapping[str, Any], expect: int | None = None) -> Written:
        """What is given otherwise, as a version of its own."""
        _demand(actor, DRAFT)
        held = self._locked(tx, actor, id_, expect)
        found = self._read(tx, actor.city, held.declared, id_, given, held.state["data"])
        return self._done(tx, actor, DRAFT, held, deciding.changed(held.state, found, actor.id))

    def submit(self, tx: Tx, actor: Actor, id_: str, expect: int | None = None) -> Written:
        """To those who approve it."""
        _demand(actor, DRAFT)
        held = self._locked(tx, actor, id_, expect)
        return self._done(tx, actor, DRAFT, held, deciding.submitted(held.declared, held.state))

    def approve(self, tx: Tx, actor: Actor, id_: str, expect: int | None = None) -> Written:
        """One step of its approval."""
        _demand(actor, APPROVE)
        held = self._locked(tx, actor, id_, expect)
        told = deciding.approved(held.state, actor.id, actor.roles(), _at(tx))
        return self._done(tx, actor, APPROVE, held, told)

    def send_back(self, tx: Tx, actor: Actor, id_: str, why: str, expect: int | None = None) -> Written:
        """To who wrote it."""
        if not (actor.may(APPROVE) or actor.may(PUBLISH)):
            raise NotAllowed(permission=APPROVE)
        held = self._locked(tx, actor, id_, expect)
        told = deciding.sent_back(held.state, actor.id, actor.roles(), why, actor.may(PUBLISH))
        return self._done(tx, actor, APPROVE if actor.may(APPROVE) else PUBLISH, held, told)

    def publish(
        self, tx: Tx, actor: Actor, id_: str, since: date | None = None, until: date | None = None,
        expect: int | None = None,
    ) -> Written:  # fmt: skip
        """Number it and put it in force; what it revises is replaced in the same moment."""
        _demand(actor, PUBLISH)
        before = self.get(tx, actor, id_).state["data"].get("replaces")
        both = self._lock(tx, actor.city, [id_, *([before] if before else [])])
        held = self._checked(actor, both.get(id_), id_, expect)
        deciding.demand_publishable(held.state)
        today = self._cities.of(tx, actor.city).today
        drawn = self._draw(tx, actor.city, held.declared, today)
        told = deciding.published(held.declared, held.state, drawn, today, since, until)
        work: list[tuple[_Held | None, Declared, Told]] = [(held, held.declared, told)]
        old = both.get(before) if before else None
        if old is not None and old.state["state"] != "revoked":
            first = date.fromisoformat(told[1]["set"]["since"])
            work.append((old, old.declared, deciding.replaced(old.state, held.state, first)))
        return self._write(tx, actor, PUBLISH, work)

    def revise(self, tx: Tx, actor: Actor, id_: str, expect: int | None = None) -> Written:
        """A draft that will replace it. Gives the draft."""
        _demand(actor, DRAFT)
        held = self._locked(tx, actor, id_, expect)
        is_open = tx.execute(_sql()["revision_of"], {"city": actor.city, "id": id_}).fetchone() is not None
        new = tx.new_id()
        told = deciding.revised(held.declared, held.state, new, actor.id, is_open)
        self._attach(tx, actor.city, new, held.state["data"]["attachments"])
        return self._write(tx, actor, DRAFT, [(None, held.declared, told)])

    def revoke(self, tx: Tx, actor: Actor, id_: str, why: str, expect: int | None = None) -> Written:
        """In force no longer; or a draft given up."""
        if not (actor.may(PUBLISH) or actor.may(DRAFT)):
            raise NotAllowed(permission=PUBLISH)
        held = self._locked(tx, actor, id_, expect)
        today, publishes = self._cities.of(tx, actor.city).today, actor.may(PUBLISH)
        told = deciding.revoked(held.state, actor.id, why, today, publishes)
        return self._done(tx, actor, PUBLISH if publishes else DRAFT, held, told)

    # ---- the clock

    def turn(self, database: Database) -> int:
        """Whatever runs out, or will soon, in every city; how many documents that were."""
        return turns.in_each_at_once(database, self.turn_of)

    def turn_of(self, tx: Tx, city: str) -> int:
        """The same in one city: each end is told once beforehand, and once when it has come."""
        day = self._cities.of(tx, city).today
        rows = tx.execute(_sql()["due"], {"city": city, "day": day, "limit": _BATCH}).fetchall()
        work: list[tuple[_Held | None, Declared, Told]] = []
        for row in rows:
            held = self._held(tx, city, row)
            is_over = held.state["data"]["until"] < day.isoformat()
            told = deciding.expired(held.state) if is_over else deciding.expiry_told(held.state, day)
            work.append((held, held.declared, told))
        if work:
            self._write(tx, system(city), PUBLISH, work)
        return len(rows)

    # ---- how

    def _read(
        self, tx: Tx, city: str, declared: Declared, id_: str, given: Mapping[str, Any],
        before: Mapping[str, Any] | None,
    ) -> dict[str, Any]:  # fmt: skip
        found = content.read(declared, given, before, _at(tx), lookups.one_by_one(tx, self._cities.of(tx, city)))
        known = set(before["attachments"]) if before else set()
        self._attach(tx, city, id_, [one for one in found.get("attachments", ()) if one not in known])
        return found

    def _attach(self, tx: Tx, city: str, id_: str, media: Iterable[str]) -> None:
        unknown = uses.name(tx, city, [Named(one, KIND, id_) for one in media])
        if unknown:
            raise Invalid(errors=[{"field": "attachments", "why": f"there is no file {one}"} for one in unknown])

    def _draw(self, tx: Tx, city: str, declared: Declared, today: date) -> Drawn:
        year = declared.year(today)
        asked = {"city": city, "series": declared.series, "year": year}
        row = tx.execute(_sql()["draw"], asked).fetchone()
        assert row is not None
        n: int = row.last
        return Drawn(declared.series, year, n, declared.number(city, today.year, n))

    def _locked(self, tx: Tx, actor: Actor, id_: str, expect: int | None) -> _Held:
        return self._checked(actor, self._lock(tx, actor.city, [id_]).get(id_), id_, expect)

    def _checked(self, actor: Actor, held: _Held | None, id_: str, expect: int | None) -> _Held:
        if held is None or not sees(actor, held.state):
            raise NotFound(f"there is no document {id_}")
        demand_version(held.head, expect)
        return held

    def _lock(self, tx: Tx, city: str, ids: Iterable[str]) -> dict[str, _Held]:
        rows = tx.execute(_sql()["load"], {"city": city, "ids": sorted(set(ids))}).fetchall()
        return {row.id: self._held(tx, city, row) for row in rows}

    def _held(self, tx: Tx, city: str, row: Any) -> _Held:
        found = of(row)
        return _Held(found.state, found.head, self.declared(tx, city, found.state))

    def _done(self, tx: Tx, actor: Actor, permission: str, held: _Held, told: Told | None) -> Written:
        if told is None:
            return Written(held.head.version, held.state, held.declared)
        return self._write(tx, actor, permission, [(held, held.declared, told)])

    def _write(
        self, tx: Tx, actor: Actor, permission: str, work: Sequence[tuple[_Held | None, Declared, Told]]
    ) -> Written:
        """Events, rows and notices of some changes, one for each document; gives the first."""
        at = _at(tx)
        done = write(tx, actor, role_for(actor, permission), [(held, [told]) for held, _, told in work], at)
        made = [kinds.row(state, head, at) for state, head in done]
        tx.execute(_sql()["save"], {"city": actor.city, "rows": rows_as_json(kinds.COLUMNS, made)})
        found = [
            Written(head.version, state, declared) for (state, head), (_, declared, _) in zip(done, work, strict=True)
        ]
        occasions = [
            Occasion(one.declared, one.state, one.version, type_, actor.id)
            for one, (_, _, (type_, _)) in zip(found, work, strict=True)
        ]
        telling.tell_of(tx, actor.city, self._cities.of(tx, actor.city).directory(), occasions)
        return found[0]


def sees(actor: Actor, state: State) -> bool:
    """Whether a person sees a document: what was published everybody in the bureau, the rest who works on them."""
    return actor.may(READ) and (model.is_out(state) or writes(actor))


def writes(actor: Actor) -> bool:
    """Whether a person works on documents before they are published."""
    return actor.may(DRAFT) or actor.may(APPROVE) or actor.may(PUBLISH)


def _versions(events: Iterable[Event]) -> Iterable[Version]:
    data: dict[str, Any] = {}
    for one in events:
        if one.type in (deciding.DRAFTED, deciding.CHANGED):
            data = {**data, **one.payload["set"]}
            yield Version(data["version"], model.content(data), one.actor, one.at)


def _declared(tx: Tx, city: str) -> dict[str, Declared]:
    found = packs.active_packs(tx, city).values()
    return {name: _of_pack(pack, name) for pack in found for name in pack.documents}


def _of_pack(pack: Any, name: str) -> Declared:
    document = pack.documents[name]
    layout = pack.templates.get(document.template) if document.template else None
    return Declared(name, pack.digest, document, layout)


def _demand(actor: Actor, permission: str) -> None:
    if not actor.may(permission):
        raise NotAllowed(permission=permission)


def _at(tx: Tx) -> int:
    return int(tx.now.timestamp())


def _sql() -> dict[str, str]:
    return queries("xiuhua.documents")
