"""What can be done with registers and their records; every way in (HTTP, files, commands) ends here."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Literal

import orjson

from xiuhua.city.compiled import CityData, CityReader
from xiuhua.city.units.directory import Directory
from xiuhua.flow import fields
from xiuhua.flow.held import Held, demand_version
from xiuhua.flow.model import State, apply
from xiuhua.flow.moments import done_at
from xiuhua.packs import service as packs
from xiuhua.packs.kinds import Register
from xiuhua.platform import eventlog
from xiuhua.platform.database import Tx
from xiuhua.platform.errors import Conflict, Invalid, NotAllowed, NotFound, NotNow
from xiuhua.platform.identity.model import Actor
from xiuhua.platform.imports.model import Put
from xiuhua.platform.media import uses
from xiuhua.platform.media.uses import Named
from xiuhua.platform.revision import Memory
from xiuhua.platform.sql import queries
from xiuhua.platform.wording import wrong
from xiuhua.records import deciding, forms, lookups, model, refs, totals
from xiuhua.records.deciding import Told
from xiuhua.records.filling import Filling, Placed
from xiuhua.records.keeping import Keeping
from xiuhua.records.model import ASK, CHANGE_REQUEST, KEEP, READ, Declared, waiting
from xiuhua.records.reading import computed
from xiuhua.records.writing import Change, apart, demand, lock, write


@dataclass(frozen=True, slots=True)
class Record:
    """A record as it stands."""

    version: int
    state: State
    declared: Declared


@dataclass(frozen=True, slots=True)
class Referred:
    """A record that another refers to."""

    field: str
    register: str
    key: str
    id: str | None = None
    called: str | None = None
    fault: refs.Fault | None = None
    """Why it is not valid, where it must be."""


@dataclass(frozen=True, slots=True)
class Moved:
    """What became of one record that should go into another state."""

    id: str
    status: Literal["moved", "unchanged", "refused"]
    why: str | None = None


@dataclass(frozen=True, slots=True)
class Asking:
    """What goes with a change request besides the change."""

    photos: Sequence[str] = ()
    at: datetime | None = None
    """When it was asked for, told late by a phone that had no network."""
    seen: int | None = None
    """The version of the record that was looked at."""
    external_id: str | None = None
    """What the sender calls it: a repeat changes nothing."""
    witness: Mapping[str, Any] | None = None
    """What a device said of place and time; kept in the event as it is."""


class Records:
    """The registers of one process' cities."""

    def __init__(self, cities: CityReader, memory: Memory) -> None:
        self._cities, self._memory = cities, memory

    # ---- what is declared

    def registers(self, tx: Tx, city: str) -> dict[str, Declared]:
        """The registers in force by name."""
        return self._memory.get(tx, city, packs.REGISTERS, _declared)

    def register(self, tx: Tx, city: str, name: str) -> Declared:
        """One of them. Raises `NotFound`."""
        found = self.registers(tx, city).get(name)
        if found is None:
            raise NotFound(f"no pack with the register {name} is installed in {city}")
        return found

    # ---- reading

    def get(self, tx: Tx, actor: Actor, id_: str) -> Record:
        """A record that a person may see. Raises `NotFound` (what is not yours to see is not told of)."""
        row = tx.execute(_sql()["docs"], {"city": actor.city, "ids": [id_]}).fetchone()
        if row is None:
            raise NotFound
        found = self._record(tx, actor.city, row)
        if not self.sees(tx, actor, found):
            raise NotFound
        return found

    def by_key(self, tx: Tx, actor: Actor, register: str, key: str) -> Record:
        """The record that is called so in the world. Raises `NotFound`."""
        asked = {"city": actor.city, "register": register, "keys": [key]}
        row = tx.execute(_sql()["by_key"], asked).fetchone()
        if row is None:
            raise NotFound
        return self.get(tx, actor, row.id)

    def id_of(self, tx: Tx, city: str, register: str, key: str) -> str | None:
        """The id of the record that is called so in the world."""
        row = tx.execute(_sql()["by_key"], {"city": city, "register": register, "keys": [key]}).fetchone()
        return None if row is None else str(row.id)

    def found(self, tx: Tx, city: str, id_: str) -> dict[str, Any] | None:
        """A record as other rooms see what they refer to: `{"id", "key", "scopes", "called", "unit"}`.

        Of what is told as numbers only nobody is told what it is called.
        """
        state = self.states(tx, city, [id_]).get(id_)
        if state is None:
            return None
        declared, data = self.declared(tx, city, state), state["data"]
        shown = declared.register.sensitivity != "counts_only"
        return {
            "id": id_, "key": state["number"], "scopes": data.get("scopes") or [],
            "called": str(data.get(declared.called) or state["number"]) if shown else "",
            "unit": model.unit(declared.register, data),
        }  # fmt: skip

    def sees(self, tx: Tx, actor: Actor, record: Record) -> bool:
        """Whether a person sees a record: everybody in the bureau does, but of registers told as numbers."""
        if not actor.may(READ):
            return False
        register = record.declared.register
        return register.sensitivity != "counts_only" or self.keeping(tx, actor).keeps(register, record.state["data"])

    def shows(self, tx: Tx, actor: Actor, register: str) -> bool:
        """Whether a person may be told of single records of a register: of one told as numbers, who keeps some."""
        declared = self.registers(tx, actor.city).get(register)
        return declared is None or declared.register.sensitivity != "counts_only" or actor.may(KEEP)

    def narrowed(self, tx: Tx, actor: Actor, declared: Declared) -> tuple[list[str], list[str]] | None:
        """Areas and units whose records a list is narrowed to: of a register told as numbers those that this person
        keeps; None: it is not."""
        return self.keeping(tx, actor).sight() if declared.register.sensitivity == "counts_only" else None

    def keeping(self, tx: Tx, actor: Actor) -> Keeping:
        """What a person changes without asking."""
        return Keeping(actor, self.directory(tx, actor.city))

    def directory(self, tx: Tx, city: str) -> Directory:
        """Units and people of today."""
        return self._cities.of(tx, city).directory()

    def today(self, tx: Tx, city: str) -> date:
        """The day on the bureau's own clock."""
        return self._cities.of(tx, city).today

    def states(self, tx: Tx, city: str, ids: Sequence[str]) -> dict[str, State]:
        """Records as they stand, by id."""
        rows = tx.execute(_sql()["docs"], {"city": city, "ids": list(ids)})
        return {row.id: orjson.loads(row.doc) for row in rows}

    def referred(self, tx: Tx, actor: Actor, record: Record) -> list[Referred]:
        """The records that one refers to, in the order of its fields; those that a person may not see by key alone."""
        specs, data, city = record.declared.register.fields, record.state["data"], actor.city
        wanted = [(name, str(spec.to), key) for name, spec in specs.items() for key in refs.named(spec, data.get(name))]
        if not wanted:
            return []
        keys = {"registers": [to for _, to, _ in wanted], "keys": [key for _, _, key in wanted]}
        rows = {(row.register, row.key): row for row in tx.execute(_sql()["targets"], {"city": city, **keys})}
        known, today = self.registers(tx, city), self.today(tx, city)
        found = []
        for name, to, key in wanted:
            row, must = rows.get((to, key)), specs[name].valid
            if row is None or to not in known:
                found.append(Referred(name, to, key, fault="missing" if must else None))
                continue
            other = Record(row.version, orjson.loads(row.doc), known[to])
            why = refs.fault(other.declared.register, row.state, row.expires, today) if must else None
            seen = self.sees(tx, actor, other)
            found.append(Referred(name, to, key, row.id if seen else None, row.called if seen else key, why))
        return found

    def seen(self, tx: Tx, actor: Actor, id_: str | None) -> State | None:
        """A record as it stands, where there is one and this person may see it."""
        try:
            return self.get(tx, actor, id_).state if id_ is not None else None
        except NotFound:
            return None

    def along(self, tx: Tx, actor: Actor, line: Record, limit: int) -> list[Record]:
        """Records that tell something of a stretch of a line, of each register the newest changes first."""
        found: list[Record] = []
        for declared in self.registers(tx, actor.city).values():
            along = declared.register.along
            if along is None or declared.register.fields[along.line].to != line.declared.name:
                continue
            values = {
                "city": actor.city, "register": declared.name, "limit": limit,
                "facet": model.facet(declared.name, along.line, line.state["number"]),
            }  # fmt: skip
            rows = tx.execute(_sql()["referring"], values)
            records = (Record(row.version, orjson.loads(row.doc), declared) for row in rows)
            found += [one for one in records if self.sees(tx, actor, one)]
        return found

    def invalid(self, tx: Tx, city: str, register: str) -> list[str]:
        """Keys of the records of a register that others must not refer to."""
        declared = self.registers(tx, city).get(register)
        if declared is None:
            return []
        values = {"city": city, "register": register, "today": self.today(tx, city), "states": declared.valid_in}
        return [row.key for row in tx.execute(_sql()["invalid"], values)]

    def names(self, tx: Tx, city: str) -> Callable[[str], str | None]:
        """What units and people are called, by code."""
        directory = self.directory(tx, city)

        def name(code: str) -> str | None:
            found = directory.units.get(code) or directory.people.get(code)
            return found.name if found is not None else None

        return name

    def queue(self, tx: Tx, actor: Actor, limit: int = 100) -> list[Record]:
        """Records with change requests that this person decides on, the longest waiting first."""
        rows = tx.execute(_sql()["queue"], {"city": actor.city, "limit": 1000}).fetchall()
        mine, found = self.keeping(tx, actor), (self._record(tx, actor.city, row) for row in rows)
        return [one for one in found if mine.keeps(one.declared.register, one.state["data"])][:limit]

    def _record(self, tx: Tx, city: str, row: Any) -> Record:
        state = orjson.loads(row.doc)
        return Record(row.version, state, self.declared(tx, city, state))

    def declared(self, tx: Tx, city: str, state: State) -> Declared:
        """The register as it is in force; as the record began under, where no pack declares it any more."""
        found = self.registers(tx, city).get(state["procedure"])
        if found is not None:
            return found
        kept = packs.pack_version(tx, state["pack"]).registers[state["procedure"]]
        return Declared(state["procedure"], state["pack"], kept)

    # ---- changing

    def add(self, tx: Tx, actor: Actor, register: str, given: Mapping[str, Any]) -> Record:
        """A new record. Raises `Invalid` with every error, `Conflict` when its key is taken, `NotAllowed`."""
        declared, city = self.register(tx, actor.city, register), self._cities.of(tx, actor.city)
        data = self._read(tx, city, declared, given, None)
        if not self.keeping(tx, actor).keeps(declared.register, data):
            raise NotAllowed(permission=KEEP)
        id_ = tx.new_id()
        data |= apart(tx, actor.city, declared, id_, None, given)
        [(_, state, version)] = write(tx, actor, [(None, declared, deciding.added(declared, id_, data))])
        demand(tx, actor.city, self.registers(tx, actor.city), [(declared, state["data"])])
        return Record(version, state, declared)

    def change(self, tx: Tx, actor: Actor, id_: str, given: Mapping[str, Any], expect: int | None = None) -> Record:
        """Fields otherwise; those not given stay. Raises `NotAllowed` for who must ask for it (`ask`)."""
        held, declared = self._locked(tx, actor, id_, expect)
        city = self._cities.of(tx, actor.city)
        data = held.state["data"]
        values = self._read(tx, city, declared, given, data)
        mine = self.keeping(tx, actor)
        if not all(mine.keeps(declared.register, one) for one in (data, {**data, **values})):
            raise NotAllowed(permission=KEEP)
        values |= apart(tx, actor.city, declared, id_, held, given)
        told = deciding.changed(held.state, values)
        return self._done(tx, actor, held, declared, [told] if told else [])

    def move(self, tx: Tx, actor: Actor, id_: str, to: str, reason: str | None, expect: int | None = None) -> Record:
        """Into another state."""
        held, declared = self._locked(tx, actor, id_, expect)
        self._demand_keeper(tx, actor, declared, held.state)
        return self._done(tx, actor, held, declared, [deciding.moved(declared.register, held.state, to, reason)])

    def move_many(
        self, tx: Tx, actor: Actor, register: str, ids: Sequence[str], to: str, reason: str | None
    ) -> list[Moved]:
        """Records of one register into another state, each by itself: one that does not go stays, and says why.

        Raises `Invalid` for a state that there is not, `ConditionUnmet` when all together break a demand.
        """
        declared, mine = self.register(tx, actor.city, register), self.keeping(tx, actor)
        if to not in declared.register.states:
            known = ", ".join(declared.register.states) or "none"
            raise Invalid(errors=[wrong("to", "none_of", known=known)])
        held, found = lock(tx, actor.city, ids), []
        work: list[Change] = []
        for id_ in ids:
            here = held.get(id_)
            if here is None or here.state["procedure"] != register:
                found.append(Moved(id_, "refused", "is not there"))
            elif not mine.keeps(declared.register, here.state["data"]):
                found.append(Moved(id_, "refused", "is not yours to keep"))
            elif here.state["state"] == to:
                found.append(Moved(id_, "unchanged"))
            else:
                try:
                    work.append((here, declared, deciding.moved(declared.register, here.state, to, reason)))
                    found.append(Moved(id_, "moved"))
                except NotNow as error:
                    found.append(Moved(id_, "refused", error.detail))
        if work:
            done = write(tx, actor, work)
            demand(tx, actor.city, self.registers(tx, actor.city), [(declared, state["data"]) for _, state, _ in done])
        return found

    def ask(
        self, tx: Tx, actor: Actor, id_: str, given: Mapping[str, Any], to: str | None, why: str,
        asking: Asking = Asking(),
    ) -> Record:  # fmt: skip
        """Ask for a change that somebody who keeps the record must approve.

        Raises `Conflict` when what it touches was changed since it was seen, with where the record stands now.
        """
        held, declared = self._locked(tx, actor, id_, None)
        if not actor.may(ASK):
            raise NotAllowed(permission=ASK)
        if asking.external_id and _is_known(held.state, actor.id, asking.external_id):
            return Record(held.head.version, held.state, declared)
        specs = declared.register.fields
        if own := [name for name in given if name in specs and specs[name].personal]:
            raise Invalid(errors=[wrong(name, "personal_field") for name in own])
        if to is not None and to not in declared.register.states:
            known = ", ".join(declared.register.states) or "none"
            raise Invalid(errors=[wrong("to", "none_of", known=known)])
        values = self._read(tx, self._cities.of(tx, actor.city), declared, given, held.state["data"])
        wish = {name: value for name, value in values.items() if name not in _following(declared.register)}
        photos = list(dict.fromkeys(asking.photos))
        whole = {"set": wish, "to": to, "photos": photos, "external_id": asking.external_id}
        at = done_at(tx.now, asking.at, held.state["opened"])
        seen = self._as_of(tx, actor.city, held, asking.seen) if asking.seen is not None else None
        try:
            type_, payload = deciding.asked(held.state, whole, reason_of(why), actor.id, at, seen)
        except Conflict as error:
            stands = {"version": held.head.version, "state": held.state["state"], "since": held.state["since"]}
            title = forms.state_title(declared.register, held.state["state"])
            error.params["current"] = {**stands, "title": title}
            raise
        lost = uses.name(tx, actor.city, [Named(one, "record", id_) for one in photos]) if photos else ()
        if faults := [{"field": "photos", "why": f"there is no photo {one[:64]!r}"} for one in lost]:
            raise Invalid(errors=faults)
        if asking.witness:
            payload = {**payload, "witness": dict(asking.witness)}
        return self._done(tx, actor, held, declared, [(type_, payload)], at)

    def sees_media(self, tx: Tx, actor: Actor, named: Sequence[Named]) -> bool:
        """The port that media ask: whether a person sees any of the records that name a photo."""
        ids = sorted({one.subject for one in named if one.kind == "record"})
        rows = tx.execute(_sql()["docs"], {"city": actor.city, "ids": ids}).fetchall() if ids else []
        return any(self.sees(tx, actor, self._record(tx, actor.city, row)) for row in rows)

    def approve(self, tx: Tx, actor: Actor, id_: str, n: int) -> Record:
        """The change that was asked for is made. Nobody approves what they asked for themselves."""
        held, declared = self._locked(tx, actor, id_, None)
        self._demand_keeper(tx, actor, declared, held.state)
        specs, data = declared.register.fields, held.state["data"]
        wish: Mapping[str, Any] = next((one["item"]["set"] for one in waiting(held.state) if one["n"] == n), {})
        look_up = self._filling(tx, self._cities.of(tx, actor.city), declared, [wish]).look_up
        if errors := list(refs.refused(specs, wish, data, look_up)):
            raise Invalid(errors=errors)
        told = deciding.approved(
            declared.register, held.state, n, actor.id, _at(tx), lambda new: computed(specs, {**data, **new}, _at(tx))
        )
        return self._done(tx, actor, held, declared, [told])

    def refuse(self, tx: Tx, actor: Actor, id_: str, n: int, why: str) -> Record:
        """It is not."""
        held, declared = self._locked(tx, actor, id_, None)
        self._demand_keeper(tx, actor, declared, held.state)
        told = deciding.refused(held.state, n, actor.id, reason_of(why), _at(tx))
        return self._done(tx, actor, held, declared, [told])

    def withdraw(self, tx: Tx, actor: Actor, id_: str, n: int) -> Record:
        """Whoever asked for it does not any more."""
        held, declared = self._locked(tx, actor, id_, None)
        return self._done(tx, actor, held, declared, [deciding.withdrawn(held.state, n, actor.id, _at(tx))])

    def merge(self, tx: Tx, actor: Actor, id_: str, into: str, expect: int | None = None) -> Record:
        """Two records of one thing: the first ends, the second goes on. Gives the second."""
        both = lock(tx, actor.city, [id_, into])
        for one in (id_, into):
            if one not in both:
                raise NotFound(f"there is no record {one}")
        held, other = both[id_], both[into]
        demand_version(held.head, expect)
        declared = self.declared(tx, actor.city, other.state)
        for each in (held, other):
            self._demand_keeper(tx, actor, declared, each.state)
        end, taken = deciding.merged(held.state, other.state)
        done = write(tx, actor, [(held, declared, end), (other, declared, taken)])
        return Record(done[-1][2], done[-1][1], declared)

    def put_many(
        self, tx: Tx, actor: Actor, register: str, rows: Sequence[Mapping[str, Any]], trial: set[str] | None = None
    ) -> list[Put]:
        """Records of a file: new ones added, known ones (by key) changed in what is given. One answer for each row.

        A row with errors is left out with all of them; so is one that names a record of another row. Of a trial
        nothing is written but what is personal: undo the transaction; `trial` holds the keys that were new so far.
        """
        declared, city = self.register(tx, actor.city, register), self._cities.of(tx, actor.city)
        filling = self._filling(tx, city, declared, rows, trial or ())
        key, keys = declared.register.key, [filling.key(row) for row in rows]
        wanted = {"city": actor.city, "register": register, "keys": sorted({one for one in keys if one})}
        known = {row.key: row.id for row in tx.execute(_sql()["keys"], wanted)}
        held, mine = lock(tx, actor.city, known.values()), self.keeping(tx, actor)
        answers: list[Put] = []
        work: list[Change] = []
        taken: set[str] = set()
        for row, named, placed in zip(rows, keys, filling.placed(rows), strict=True):
            here = held.get(known[named]) if named in known else None
            try:
                if named in taken:
                    raise Invalid(errors=[wrong(key, "earlier_row")])
                told = self._put(tx, mine, declared, row, here, filling, placed)
            except Invalid as error:
                answers.append(Put("rejected", None, tuple(error.params["errors"])))
                continue
            except NotAllowed:
                answers.append(Put("rejected", None, (wrong(key, "not_yours_to_keep"),)))
                continue
            except NotNow as error:
                answers.append(Put("rejected", None, (wrong(key, "merged_away", into=error.params["into"]),)))
                continue
            taken.add(named or "")
            id_ = here.state["id"] if here else str(told[1]["id"]) if told else ""
            changes = _changes(here.state, told) if trial is not None and here and told else None
            answers.append(Put("unchanged" if told is None else "changed" if here else "new", id_, (), changes))
            if told is not None:
                work.append((here, declared, told))
        if trial is None:
            write(tx, actor, work)
        else:
            trial.update(str(payload["number"]) for here, _, (_, payload) in work if here is None)
        return answers

    def _put(
        self, tx: Tx, mine: Keeping, declared: Declared, row: Mapping[str, Any], here: Held | None,
        filling: Filling, placed: Placed,
    ) -> Told | None:  # fmt: skip
        before = here.state["data"] if here else None
        values = filling.read(row, before, placed)
        for data in (values,) if before is None else ({**before, **values}, before):
            if not mine.keeps(declared.register, data):
                raise NotAllowed(permission=KEEP)
        id_ = here.state["id"] if here else tx.new_id()
        values |= apart(tx, mine.city, declared, id_, here, row)
        return deciding.changed(here.state, values) if here else deciding.added(declared, id_, values)

    def reckoned(self, tx: Tx, city: str, record: Record) -> totals.Reckoned:
        """What the records that refer to one add up to, and what follows."""
        return totals.of(tx, city, record.declared.register, record.state["number"], record.state["data"])

    # ---- how

    def _as_of(self, tx: Tx, city: str, held: Held, version: int) -> State:
        """A record as it was at a version of it; the newest where it has not come so far."""
        state: State | None = None
        for event in eventlog.read(tx, city, f"record/{held.state['id']}")[:version]:
            state = apply(state, event.payload, int(event.at.timestamp()))
        return state or held.state

    def _done(
        self, tx: Tx, actor: Actor, held: Held, declared: Declared, told: Sequence[Told], at: int | None = None
    ) -> Record:
        if not told:
            return Record(held.head.version, held.state, declared)
        done = write(tx, actor, [(held, declared, one) for one in told], at)
        both = [(declared, held.state["data"]), (declared, done[-1][1]["data"])]
        demand(tx, actor.city, self.registers(tx, actor.city), both)
        return Record(done[-1][2], done[-1][1], declared)

    def _demand_keeper(self, tx: Tx, actor: Actor, declared: Declared, state: State) -> None:
        if not self.keeping(tx, actor).keeps(declared.register, state["data"]):
            raise NotAllowed(permission=KEEP)

    def _locked(self, tx: Tx, actor: Actor, id_: str, expect: int | None) -> tuple[Held, Declared]:
        held = lock(tx, actor.city, [id_]).get(id_)
        if held is None:
            raise NotFound(f"there is no record {id_}")
        declared = self.declared(tx, actor.city, held.state)
        if not self.sees(tx, actor, Record(held.head.version, held.state, declared)):
            raise NotFound(f"there is no record {id_}")
        demand_version(held.head, expect)
        return held, declared

    def _read(
        self, tx: Tx, city: CityData, declared: Declared, given: Mapping[str, Any], before: Mapping[str, Any] | None
    ) -> dict[str, Any]:
        """One record's given fields as they are kept. Raises `Invalid`."""
        filling = self._filling(tx, city, declared, [given])
        [placed] = filling.placed([given])
        return filling.read(given, before, placed)

    def _filling(
        self, tx: Tx, city: CityData, declared: Declared, rows: Sequence[Mapping[str, Any]],
        assumed: Iterable[str] = (),
    ) -> Filling:  # fmt: skip
        """Reads rows of a register; the records that they refer to are looked up together.

        `assumed`: keys of records of this register that count as there.
        """
        wanted: dict[str, set[str]] = {}
        for name, spec in declared.given().items():
            if spec.type == "ref" and spec.to is not None:
                codes = (row.get(name) for row in rows)
                flat = (one for code in codes for one in (code if isinstance(code, list) else (code,)))
                fit = (one for one in flat if isinstance(one, str) and not fields.unfit(one, fields.LONGEST_CODE))
                wanted.setdefault(spec.to, set()).update(fit)
        found: dict[tuple[str, str], dict[str, Any]] = {}
        for register, keys in wanted.items():
            asked = {"city": city.city, "register": register, "keys": sorted(keys)}
            to = self.registers(tx, city.city).get(register)
            for row in tx.execute(_sql()["keys"], asked):
                why = refs.fault(to.register, row.state, row.expires, city.today) if to is not None else None
                found[register, row.key] = {"id": row.id, "key": row.key, "fault": why}
        for key in assumed:
            found.setdefault((declared.name, key), {"id": key, "key": key, "fault": None})
        return Filling(city, declared, lookups.together(city, found), _at(tx))


def _declared(tx: Tx, city: str) -> dict[str, Declared]:
    return {
        name: Declared(name, pack.digest, register)
        for pack in packs.active_packs(tx, city).values()
        for name, register in pack.registers.items()
    }


def _changes(state: State, told: Told) -> dict[str, tuple[Any, Any]]:
    """What a change sets: field → what stands, what would stand."""
    return {name: (state["data"].get(name), value) for name, value in told[1]["set"].items()}


def _is_known(state: State, by: str, external_id: str) -> bool:
    """Whether somebody has asked for what they call so before."""
    asked = (one["item"] for one in state["tracks"].get(CHANGE_REQUEST, ()))
    return any(one["by"] == by and one.get("external_id") == external_id for one in asked)


def _following(register: Register) -> set[str]:
    """Fields that follow from others."""
    return {name for name, spec in register.fields.items() if spec.type == "computed"}


def reason_of(why: str) -> str:
    """A reason without blanks around it. Raises `Invalid` for none."""
    if not why.strip():
        raise Invalid(errors=[wrong("why", "missing")])
    return why.strip()


def _at(tx: Tx) -> int:
    return int(tx.now.timestamp())


def _sql() -> dict[str, str]:
    return queries("xiuhua.records")
