"""What can be done with ledgers and their entries; every way in (HTTP, phones, files, procedures) ends here."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Any, Final

import orjson
import psycopg

from xiuhua.city.compiled import CityData, CityReader
from xiuhua.flow import fields, held
from xiuhua.flow.context import Context
from xiuhua.flow.held import Held
from xiuhua.flow.model import CallOut, Decided, State, subject_view
from xiuhua.flow.moments import done_at
from xiuhua.flow.work import Follow, Loaded, Work
from xiuhua.packs import service as packs
from xiuhua.packs.kinds import EntersOn
from xiuhua.platform import copying, edges, eventlog, personal
from xiuhua.platform.database import Tx
from xiuhua.platform.errors import ConditionUnmet, Conflict, Invalid, NotAllowed, NotFound, NotNow, XiuhuaError
from xiuhua.platform.identity.model import Actor
from xiuhua.platform.identity.permissions import role_for
from xiuhua.platform.imports.model import Put
from xiuhua.platform.media import uses
from xiuhua.platform.media.uses import Named
from xiuhua.platform.revision import Memory
from xiuhua.platform.sql import queries, rows_as_json
from xiuhua.platform.wording import Wrong, wrong
from xiuhua.records import lookups
from xiuhua.records.filling import Placed, personal_faults, places_of
from xiuhua.records.keeping import Keeping
from xiuhua.records.ledgers import deciding, kinds, model, reading
from xiuhua.records.ledgers.deciding import Told
from xiuhua.records.ledgers.model import ENTER, READ, Declared, Stock
from xiuhua.records.service import Records, reason_of

PERSONAL: Final = "personal"
"""In an entry's data: the digest of what is kept apart."""
CALL: Final = "enter_ledger"
"""What procedures name in `effects.calls`."""


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry as it stands."""

    version: int
    state: State
    declared: Declared


Moves = dict[str, list[tuple[date, Decimal]]]
"""Store → what comes in and goes out, by day."""


@dataclass(frozen=True, slots=True)
class _InForce:
    by_name: dict[str, Declared]
    entering: dict[tuple[str, str], list[tuple[str, EntersOn]]] = field(default_factory=dict)
    """Procedure and event → the ledgers that enter something of it."""


@dataclass(slots=True)
class _Around:
    """What the entries of one transaction are read with."""

    city: CityData
    mine: Keeping | None
    """None: whoever asks may (a procedure)."""
    look_up: fields.LookUp
    things: dict[str, Any]
    """Key → record, of the things that are named."""


class Ledgers:
    """The ledgers of one process' cities."""

    def __init__(self, cities: CityReader, memory: Memory, records: Records) -> None:
        self._cities, self._memory, self._records = cities, memory, records

    # ---- what is declared

    def ledgers(self, tx: Tx, city: str) -> dict[str, Declared]:
        """The ledgers in force by name."""
        return self._in_force(tx, city).by_name

    def _in_force(self, tx: Tx, city: str) -> _InForce:
        return self._memory.get(tx, city, packs.LEDGERS, _declared)

    def ledger(self, tx: Tx, city: str, name: str) -> Declared:
        """One of them. Raises `NotFound`."""
        found = self.ledgers(tx, city).get(name)
        if found is None:
            raise NotFound(f"no pack with the ledger {name} is installed in {city}")
        return found

    def declared(self, tx: Tx, city: str, state: State) -> Declared:
        """The ledger of an entry as it is in force; as it was entered under, where no pack declares it any more."""
        found = self.ledgers(tx, city).get(state["procedure"])
        if found is not None:
            return found
        kept = packs.pack_version(tx, state["pack"]).ledgers[state["procedure"]]
        return Declared(state["procedure"], state["pack"], kept)

    # ---- reading

    def get(self, tx: Tx, actor: Actor, id_: str) -> Entry:
        """An entry. Raises `NotFound`."""
        row = tx.execute(_sql()["docs"], {"city": actor.city, "ids": [id_]}).fetchone()
        if row is None or not actor.may(READ):
            raise NotFound
        state = orjson.loads(row.doc)
        return Entry(row.version, state, self.declared(tx, actor.city, state))

    def sees(self, tx: Tx, actor: Actor, named: Sequence[Named]) -> bool:
        """The port that media ask: whether a person may read any of the entries that name a photo."""
        ids = sorted({one.subject for one in named if one.kind == "entry"})
        if not ids or not actor.may(READ):
            return False
        return tx.execute(_sql()["docs"], {"city": actor.city, "ids": ids}).fetchone() is not None

    def entering(self, tx: Tx, actor: Actor) -> Keeping:
        """Whose work a person enters, and where."""
        return Keeping(actor, self._cities.of(tx, actor.city).directory(), ENTER)

    def balance(self, tx: Tx, city: str, declared: Declared, store: str, on: date) -> Decimal:
        """What is in a store at the end of a day, in the ledger's unit."""
        return self._stocks(tx, city, declared, [store])[store].on(on)

    # ---- writing

    def enter(
        self, tx: Tx, actor: Actor, name: str, given: Mapping[str, Any], when: datetime | None = None
    ) -> Entry:  # fmt: skip
        """A new entry; the one that is there when it has the same `key` and is the same.

        `when`: told late by a phone that had no network. Raises `Invalid` with every error, `NotAllowed`, `Conflict`
        when its key names another, `ConditionUnmet` where a store lacks it.
        """
        declared = self.ledger(tx, actor.city, name)
        digest = None
        if given.get("key"):
            digest = digest_of(given)
            wanted = {"city": actor.city, "ledger": name, "keys": [given["key"]]}
            for row in tx.execute(_sql()["by_key"], wanted):
                if row.digest != digest:
                    raise Conflict(f"the key names entry {row.id}, which is not this")
                return self.get(tx, actor, row.id)
        around = self._around(tx, actor, declared, [given], self.entering(tx, actor))
        at = done_at(tx.now, when)
        told = self._made(tx, actor, declared, given, around, at=at, digest=digest)
        self._move(tx, actor.city, declared, [told])
        return self._done(tx, actor, declared, [(None, told)], at=at)[0]

    def counter(
        self, tx: Tx, actor: Actor, id_: str, why: str, instead: Mapping[str, Any] | None = None
    ) -> tuple[Entry, Entry | None]:
        """Take an entry back by a counter-entry, and make the right one in the same step where it is told.

        `instead`: what is otherwise in the right entry; the rest is as it was. Gives counter-entry and right entry.
        """
        before, declared = self._locked(tx, actor, id_)
        mine = self.entering(tx, actor)
        data = before.state["data"]
        self._demand_mine(mine, data)
        today = self._cities.of(tx, actor.city).today
        mark, back = deciding.countered(declared, before.state, tx.new_id(), reason_of(why), today)
        what: list[tuple[Held | None, Told]] = [(before, mark), (None, back)]
        if instead is not None:
            if data.get("counted") is not None:
                raise NotNow("a stocktake is countered only; take stock again")
            given = {**_as_given(declared, data), **instead}
            around = self._around(tx, actor, declared, [given], mine)
            right = self._made(tx, actor, declared, given, around, instead=id_, before=data)
            what.append((None, right))
        self._move(tx, actor.city, declared, [told for _, told in what[1:]])
        _, made, *rest = self._done(tx, actor, declared, what)
        return made, rest[0] if rest else None

    def take_stock(self, tx: Tx, actor: Actor, name: str, given: Mapping[str, Any], why: str) -> Entry:
        """What was counted in a store (`counted`, with `unit`); the difference is entered with its reason."""
        declared = self.ledger(tx, actor.city, name)
        if not declared.ledger.balance:
            raise NotNow(f"the ledger {name} keeps no balance")
        around = self._around(tx, actor, declared, [given], self.entering(tx, actor))
        _, payload = self._made(tx, actor, declared, given, around, counted=True)
        data = {**payload["set"], "why": reason_of(why)}
        counted, on = Decimal(data.pop("counted")), date.fromisoformat(data["day"])
        store = model.store(declared, data)
        assert store is not None
        stock = self._stocks(tx, actor.city, declared, [store], lock=True)[store]
        told = deciding.stock_taken(declared, payload["id"], data, counted, stock.on(on))
        deciding.move(declared, stock, [(on, Decimal(told[1]["set"]["quantity"]))])
        return self._done(tx, actor, declared, [(None, told)])[0]

    def put_many(
        self, tx: Tx, actor: Actor, name: str, rows: Sequence[Mapping[str, Any]], trial: Moves | None = None
    ) -> list[Put]:
        """Entries of a file, each with its `key`; one answer for each row.

        What is in already by its key is unchanged, when it is the same; a row with errors is left out with all of
        them. Of a trial no entry is written: undo the transaction; `trial` holds what rows so far would move.
        """
        declared = self.ledger(tx, actor.city, name)
        around = self._around(tx, actor, declared, rows, self.entering(tx, actor))
        wanted = {"city": actor.city, "ledger": name, "keys": [one["key"] for one in rows if one.get("key")]}
        known = {row.key: (row.id, row.digest) for row in tx.execute(_sql()["by_key"], wanted)}
        places = places_of(around.city, rows)
        answers: list[Put] = []
        good: list[tuple[int, Told]] = []
        for row, placed in zip(rows, places, strict=True):
            key, digest = row.get("key"), digest_of(row)
            if key in known:
                id_, before = known[key]
                faults = () if before == digest else (wrong("key", "other_entry", id=id_),)
                answers.append(Put("rejected" if faults else "unchanged", id_, faults))
                continue
            try:
                told = self._made(tx, actor, declared, row, around, placed=placed, digest=digest)
            except Invalid as error:
                answers.append(Put("rejected", None, tuple(error.params["errors"])))
                continue
            except NotAllowed:
                answers.append(Put("rejected", None, (wrong("of_unit", "not_yours_to_enter"),)))
                continue
            if key:
                known[key] = (told[1]["id"], digest)
            good.append((len(answers), told))
            answers.append(Put("new", told[1]["id"]))
        kept = self._fitting(tx, actor.city, declared, good, answers, trial)
        if trial is None:
            self._done(tx, actor, declared, [(None, told) for told in kept])
        return answers

    def enter_for(self, work: Work, subject: Loaded, call: CallOut, actor: Actor) -> None:
        """The call `enter_ledger` of a procedure: an entry of what a subject has come to, in the same transaction.

        Arguments: `ledger`, `quantity` (null or 0: nothing is entered), `unit`, `day`, `thing`, `of_unit`, `note`,
        `photos`, `key` (known already: nothing is entered), and fields of the ledger. It lies where the subject lies.
        """
        tx, args = work.tx, dict(call.args)
        name, quantity = str(args.pop("ledger", "")), args.get("quantity")
        if quantity is None or quantity in (0, "0"):
            return
        declared = self.ledger(tx, work.city, name)
        subject_key = f"{subject.kind}/{subject.state['id']}"
        key = str(args.pop("key", None) or f"{subject_key}/{subject.head.version + len(subject.events)}")
        wanted = {"city": work.city, "ledger": name, "keys": [key]}
        if tx.execute(_sql()["by_key"], wanted).fetchone() is not None:
            return
        given = {name: value for name, value in args.items() if value is not None} | {"key": key}
        around = self._around(tx, actor, declared, [given], None)
        told = self._made(tx, actor, declared, given, around, before=subject.state["data"], source=subject_key)
        self._move(tx, work.city, declared, [told])
        self._done(tx, actor, declared, [(None, told)], role="system")

    def following(self, tx: Tx, city: str) -> Follow | None:
        """Makes the entries that ledgers declare of events of procedures (`from`), one for each subject.

        What does not fit is told in the log: another line's ledger must not hold up a case.
        """
        known = self._in_force(tx, city).entering
        if not known:
            return None

        def follow(work: Work, subject: Loaded, event: Decided, actor: Actor) -> None:
            for name, enters in known.get((subject.state["procedure"], event.type), ()):
                try:
                    with work.tx.connection.transaction():
                        if (call := _call(name, enters, subject, event)) is not None:
                            self.enter_for(work, subject, call, actor)
                except XiuhuaError as error:
                    edges.tell(f"ledger {name} from {event.type} of {subject.kind} {subject.state['id']}", error)

        return follow

    # ---- how

    def _around(
        self, tx: Tx, actor: Actor, declared: Declared, rows: Sequence[Mapping[str, Any]], mine: Keeping | None
    ) -> _Around:
        city = self._cities.of(tx, actor.city)
        things: dict[str, Any] = {}
        keys = sorted({one["thing"] for one in rows if isinstance(one.get("thing"), str)})
        if declared.ledger.of is not None and keys:
            asked = {"city": actor.city, "register": declared.ledger.of, "keys": keys}
            for row in tx.execute(queries("xiuhua.records")["by_key"], asked):
                things[row.key] = orjson.loads(row.doc)
        return _Around(city, mine, lookups.remembered(lookups.one_by_one(tx, city)), things)

    def _made(
        self, tx: Tx, actor: Actor, declared: Declared, given: Mapping[str, Any], around: _Around, *,
        placed: Placed | None = None, before: Mapping[str, Any] | None = None, counted: bool = False,
        digest: str | None = None, instead: str | None = None, source: str | None = None, at: int | None = None,
    ) -> Told:  # fmt: skip
        """An entry ready to be written. `before`: where it lies, when what is given does not say; `at`: not now."""
        city, moment = around.city, _at(tx) if at is None else at
        today = datetime.fromtimestamp(moment, city.zone).date()
        data, faults = reading.read(declared, given, today, moment, around.look_up, counted)
        apart = {name: given[name] for name, spec in declared.ledger.fields.items() if spec.personal and name in given}
        faults += personal_faults(declared.ledger.fields, apart, around.look_up)
        [where] = places_of(city, [given]) if placed is None else [placed]
        if isinstance(where, tuple):
            faults.append(where[1].at(where[0]))
        thing = self._thing(declared, given, around, faults)
        photos = _photos(declared, data)
        id_ = tx.new_id()
        lost = uses.name(tx, city.city, [Named(photo, "entry", id_) for _, photo in photos]) if photos else set()
        faults += [wrong(name, "no_photo", id=photo[:64]) for name, photo in photos if photo in lost]
        if faults:
            said = "; ".join(f"{one['field']} {one['why']}" for one in faults[:3])
            raise Invalid(f"{len(faults)} fields do not fit: {said}", errors=faults)
        assert isinstance(where, dict)
        if thing is not None:
            data |= {"thing": thing["id"], "thing_key": thing["number"]}
        data |= where or _elsewhere(declared, data, thing, before, around, actor)
        if "of_unit" not in data and (unit := _own_unit(around, actor)) is not None:
            data["of_unit"] = unit
        if around.mine is not None:
            self._demand_mine(around.mine, data)
        more = {"digest": digest, "instead": instead, "source": source}
        data |= {name: value for name, value in more.items() if value is not None}
        if apart:
            kept = f"entry/{id_}"
            data[PERSONAL] = {"id": kept, "digest": personal.keep(tx, city.city, kept, "entry", apart)}
        return deciding.entered(declared, id_, data)

    def _thing(
        self, declared: Declared, given: Mapping[str, Any], around: _Around, faults: fields.Errors
    ) -> State | None:
        key, register = given.get("thing"), declared.ledger.of
        if key is None or key == "":
            if declared.ledger.balance and register is not None:
                faults.append(wrong("thing", "missing"))
            return None
        found: State | None = around.things.get(key) if isinstance(key, str) else None
        if found is None:
            why = fields.nothing_such(register, str(key), record=True) if register else Wrong("about_no_thing")
            faults.append(why.at("thing"))
        return found

    def _demand_mine(self, mine: Keeping, data: Mapping[str, Any]) -> None:
        units = [data["of_unit"]] if data.get("of_unit") else []
        if not mine.covers(units, data.get("scopes") or ()):
            raise NotAllowed(permission=ENTER)

    def _locked(self, tx: Tx, actor: Actor, id_: str) -> tuple[Held, Declared]:
        row = tx.execute(_sql()["load"], {"city": actor.city, "ids": [id_]}).fetchone()
        if row is None or not actor.may(READ):
            raise NotFound(f"there is no entry {id_}")
        found = held.of(row)
        return found, self.declared(tx, actor.city, found.state)

    def _stocks(
        self, tx: Tx, city: str, declared: Declared, stores: Iterable[str], lock: bool = False
    ) -> dict[str, Stock]:
        wanted = sorted(set(stores))
        if lock:
            names = [f"{city}\x1f{declared.name}\x1f{one}" for one in wanted]
            tx.execute(_sql()["lock_stores"], {"stores": names})
        found = {one: Stock() for one in wanted}
        for row in tx.execute(_sql()["nets"], {"city": city, "ledger": declared.name, "stores": wanted}):
            found[row.store].nets[row.day] = row.quantity
        return found

    def _move(self, tx: Tx, city: str, declared: Declared, told: Sequence[Told]) -> None:
        """All of it at once, where the ledger keeps a balance. Raises `ConditionUnmet`."""
        if not declared.ledger.balance:
            return
        moves: Moves = {}
        for _, payload in told:
            store, move = _moved(declared, payload)
            moves.setdefault(store, []).append(move)
        stocks = self._stocks(tx, city, declared, moves, lock=True)
        for store, these in moves.items():
            deciding.move(declared, stocks[store], these)

    def _fitting(
        self, tx: Tx, city: str, declared: Declared, good: Sequence[tuple[int, Told]], answers: list[Put],
        trial: Moves | None,
    ) -> list[Told]:  # fmt: skip
        """Those for which the stores hold enough, in the order of the file; the others are rejected."""
        if not declared.ledger.balance or not good:
            return [told for _, told in good]
        moved = [_moved(declared, payload) for _, (_, payload) in good]
        stocks = self._stocks(tx, city, declared, {store for store, _ in moved}, lock=trial is None)
        for store, stock in stocks.items():
            for day, quantity in (trial or {}).get(store, ()):
                stock.move(day, quantity)
        kept = []
        for (number, told), (store, move) in zip(good, moved, strict=True):
            try:
                deciding.move(declared, stocks[store], [move])
            except ConditionUnmet as error:
                answers[number] = Put("rejected", None, (wrong("quantity", "store_lacks", **error.params),))
                continue
            kept.append(told)
            if trial is not None:
                trial.setdefault(store, []).append(move)
        return kept

    def _done(
        self, tx: Tx, actor: Actor, declared: Declared, what: Sequence[tuple[Held | None, Told]],
        role: str | None = None, at: int | None = None,
    ) -> list[Entry]:  # fmt: skip
        """Events, rows and sums, one for each entry; gives the entries in order. `at`: epoch seconds, where not now."""
        if not what:
            return []
        at = _at(tx) if at is None else at
        role = role or role_for(actor, ENTER)
        made = held.write(tx, actor, role, [(before, [told]) for before, told in what], at)
        fresh: list[tuple[Any, ...]] = []
        marked: list[tuple[Any, ...]] = []
        for (before, _), (state, head) in zip(what, made, strict=True):
            (fresh if before is None else marked).append(kinds.row(state, head, declared))
        self._keep(tx, actor.city, fresh, marked)
        return [Entry(head.version, state, declared) for state, head in made]

    def _keep(self, tx: Tx, city: str, fresh: Sequence[tuple[Any, ...]], marked: Sequence[tuple[Any, ...]]) -> None:
        try:
            if len(fresh) > eventlog.FEW:
                copying.put(tx, city, kinds.TABLE, fresh)
            elif fresh:
                tx.execute(_sql()["save"], {"city": city, "rows": rows_as_json(kinds.COLUMNS, fresh)})
        except psycopg.errors.UniqueViolation as error:
            raise Conflict("an entry with this key is there already, or the entry was countered already") from error
        if marked:
            tx.execute(_sql()["mark"], {"city": city, "rows": rows_as_json(kinds.COLUMNS, marked)})
        add_up(tx, city, [row[0] for row in fresh])


def add_up(tx: Tx, city: str, ids: list[str] | None) -> None:
    """Put new entries into the sums; None: all entries of the city."""
    tx.execute(_sql()["add_up"].replace("{summed}", _sql()["summed"]), {"city": city, "ids": ids})


def digest_of(row: Mapping[str, Any]) -> str:
    """What a row gives, as 64 hex digits; two rows that give the same have the same."""
    told = {name: value for name, value in row.items() if name != "key"}
    text = json.dumps(told, sort_keys=True, separators=(",", ":"), ensure_ascii=False)  # of numbers of any length
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def _declared(tx: Tx, city: str) -> _InForce:
    found = _InForce({
        name: Declared(name, pack.digest, ledger)
        for pack in packs.active_packs(tx, city).values()
        for name, ledger in pack.ledgers.items()
    })  # fmt: skip
    for name, declared in found.by_name.items():
        for one in declared.ledger.from_:
            procedure, _, event = one.on.partition(".")
            found.entering.setdefault((procedure, event), []).append((name, one))
    return found


def _call(ledger: str, enters: EntersOn, subject: Loaded, event: Decided) -> CallOut | None:
    """What is entered of an event; None where its condition does not hold. Raises `ExpressionError`."""
    state = subject.state
    seen = Context({state["subject"]: subject_view(state), "event": dict(event.payload), "now": event.at})
    if enters.when is not None and not seen.holds(enters.when):
        return None
    asked = {"quantity": enters.quantity, "thing": enters.thing, "of_unit": enters.of_unit, **enters.fields}
    args = {name: seen.value(text) for name, text in asked.items() if text is not None}
    return CallOut(CALL, {**args, "ledger": ledger, "key": f"{subject.kind}/{state['id']}/{event.type}"})


def _moved(declared: Declared, payload: Mapping[str, Any]) -> tuple[str, tuple[date, Decimal]]:
    data = payload["set"]
    store = model.store(declared, data)
    assert store is not None
    return store, (date.fromisoformat(data["day"]), Decimal(data["quantity"]))


def _as_given(declared: Declared, data: Mapping[str, Any]) -> dict[str, Any]:
    """An entry as somebody would write it again."""
    found = {name: data[name] for name in declared.given() if data.get(name) is not None}
    found |= {"quantity": data["quantity"], "unit": declared.ledger.quantity, "day": data["day"]}
    found |= {name: data[name] for name in ("note", "photos", "of_unit") if data.get(name)}
    if data.get("thing_key") is not None:
        found["thing"] = data["thing_key"]
    return found


def _elsewhere(
    declared: Declared, data: Mapping[str, Any], thing: State | None, before: Mapping[str, Any] | None,
    around: _Around, actor: Actor,
) -> dict[str, Any]:  # fmt: skip
    """Where an entry lies that gives no place: as what it comes from, its thing, an area it names, or its writer."""
    names = ("place", "scopes", "unit_grid")
    if before is not None and before.get("scopes"):
        return {name: before.get(name) for name in names}
    if thing is not None and thing["data"].get("scopes"):
        return {name: thing["data"].get(name) for name in names[1:]}
    named = [data.get(name) for name, spec in declared.ledger.fields.items() if spec.type == "area" and not spec.many]
    posts = around.mine.posts if around.mine is not None else actor.posts
    areas = around.city.areas()
    for code in (*named, *(post.area for post in posts)):
        if code is not None and code in areas:
            return {"scopes": list(areas.ancestors(code))}
    return {}


def _own_unit(around: _Around, actor: Actor) -> str | None:
    posts = around.mine.posts if around.mine is not None else actor.posts
    return next((post.unit for post in posts if post.unit is not None), None)


def _photos(declared: Declared, data: Mapping[str, Any]) -> list[tuple[str, str]]:
    found = [("photos", one) for one in data.get("photos") or ()]
    for name, spec in declared.ledger.fields.items():
        if spec.type == "photo" and data.get(name):
            found += [(name, one) for one in (data[name] if spec.many else [data[name]])]
    return found


def _at(tx: Tx) -> int:
    return int(tx.now.timestamp())


def _sql() -> dict[str, str]:
    return queries("xiuhua.records.ledgers")
