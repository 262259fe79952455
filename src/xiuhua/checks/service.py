"""What can be done with inspections; every way in (HTTP, commands, the clock) ends here."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from typing import Any, Final
from uuid import UUID, uuid5

import numpy as np
import orjson

from xiuhua.checks import deciding, kinds, model, sight, telling
from xiuhua.checks.deciding import Told
from xiuhua.checks.model import MAKE, READ, RECTIFY, Declared
from xiuhua.checks.sight import Sight
from xiuhua.checks.telling import Message, Tell
from xiuhua.city.areas import datum
from xiuhua.city.calendars.model import WorkCalendar
from xiuhua.city.compiled import CityData, CityReader
from xiuhua.flow.held import Held, by_id, demand_version, write
from xiuhua.flow.model import State, apply, instance
from xiuhua.flow.moments import done_at
from xiuhua.packs import service as packs
from xiuhua.packs.kinds import Checklist
from xiuhua.platform import edges
from xiuhua.platform.database import Tx
from xiuhua.platform.errors import ConditionUnmet, Conflict, Invalid, NotAllowed, NotFound, NotNow
from xiuhua.platform.identity.model import Actor, system
from xiuhua.platform.identity.permissions import role_for
from xiuhua.platform.media import uses
from xiuhua.platform.media.uses import Named
from xiuhua.platform.revision import Memory
from xiuhua.platform.sql import queries, rows_as_json
from xiuhua.proceedings.follows import Begun, Failed
from xiuhua.records import model as records_model
from xiuhua.records.service import Records

UNIT_ROLE: Final = "unit_officer"
"""Whose calendar the time for rectification is counted by: that of the units' desks."""
_OF_SENDERS: Final = UUID("0195a1b2-77aa-7000-8000-5a1c3de04f00")
"""The namespace of ids that are made of what senders name an inspection by (RFC 9562 §5.5)."""


@dataclass(frozen=True, slots=True)
class Inspection:
    """An inspection as it stands."""

    version: int
    state: State
    declared: Declared


@dataclass(frozen=True, slots=True)
class OnFail:
    """The port: starts the procedures that failed items of an inspection declare; what came of each, in order."""

    start: Callable[[Tx, Actor, State, Sequence[Failed]], Sequence[Begun]]


class Checks:
    """The inspections of one process' cities."""

    def __init__(
        self, cities: CityReader, memory: Memory, records: Records, tell: Tell | None = None,
        on_fail: OnFail | None = None,
    ) -> None:  # fmt: skip
        self.cities, self._memory, self.records = cities, memory, records
        self._tell, self._on_fail = tell or Tell(telling.nobody), on_fail

    # ---- what is declared

    def checklists(self, tx: Tx, city: str) -> dict[str, Declared]:
        """The checklists in force by name."""
        return self._memory.get(tx, city, packs.CHECKLISTS, _declared)

    def named(self, tx: Tx, city: str, name: str) -> Declared:
        """The checklist that a request names in its body. Raises `Invalid`."""
        found = self.checklists(tx, city).get(name)
        if found is None:
            raise Invalid(errors=[{"field": "checklist", "why": "no pack with this checklist is installed"}])
        return found

    def declared(self, tx: Tx, city: str, state: State) -> Declared:
        """The checklist as a subject began under it: points do not change under way."""
        found = self.checklists(tx, city).get(state["procedure"])
        if found is not None and found.digest == state["pack"]:
            return found
        kept = packs.pack_version(tx, state["pack"])
        checklist = kept.checklists[state["procedure"]]
        return Declared(state["procedure"], state["pack"], checklist, checklist.of in self.records.registers(tx, city))

    # ---- reading

    def sight(self, tx: Tx, actor: Actor) -> Sight:
        """Whose inspections a person sees."""
        return Sight(actor, self.cities.of(tx, actor.city).directory())

    def get(self, tx: Tx, actor: Actor, id_: str) -> Inspection:
        """An inspection that a person may see. Raises `NotFound` (what is not yours to see is not told of)."""
        row = tx.execute(_sql()["docs"], {"city": actor.city, "ids": [id_]}).fetchone()
        if row is None:
            raise NotFound
        state = orjson.loads(row.doc)
        if not actor.may(READ) or not self.sight(tx, actor).sees(state["data"]):
            raise NotFound
        return Inspection(row.version, state, self.declared(tx, actor.city, state))

    def seen(self, tx: Tx, city: str, id_: str) -> dict[str, Any] | None:
        """An inspection as other rooms see what they are about: `{"id", "called", "scopes", "unit"}`."""
        row = tx.execute(_sql()["docs"], {"city": city, "ids": [id_]}).fetchone()
        if row is None:
            return None
        data = orjson.loads(row.doc)["data"]
        return {
            "id": id_, "called": data["thing"]["called"], "scopes": data.get("scopes") or [], "unit": data.get("unit"),
        }  # fmt: skip

    def of_thing(self, tx: Tx, city: str, thing: str) -> list[str]:
        """The ids of the latest inspections of a record, at most a thousand."""
        return [row.id for row in tx.execute(_sql()["ids_of_thing"], {"city": city, "thing": thing})]

    def sees_media(self, tx: Tx, actor: Actor, named: Sequence[Named]) -> bool:
        """Whether a person sees a photo: as whoever may read one of the inspections that name it."""
        ids = [one.subject for one in named if one.kind == "inspection"]
        if not ids or not actor.may(READ):
            return False
        mine = self.sight(tx, actor)
        rows = tx.execute(_sql()["docs"], {"city": actor.city, "ids": ids})
        return any(mine.sees(orjson.loads(row.doc)["data"]) for row in rows)

    def names(self, tx: Tx, city: str) -> Callable[[str], str | None]:
        """What units and people are called, by code."""
        return self.records.names(tx, city)

    # ---- changing

    def begin(self, tx: Tx, actor: Actor, checklist: str, given: Mapping[str, Any]) -> Inspection:
        """A new inspection, with what was found and its end where these are given with it.

        `given`: `thing` (id of a record, code of an area or unit) or `key` of the record, `place`, `unit`, `round`,
        `party`, `inspectors`, `at` (a moment), `findings`, `finish`, `external_id` (what the same sender calls
        so is made once: a repeat gives the first). Raises `Invalid`, `NotNow` for a round that is closed, `NotAllowed`.
        """
        if not actor.may(MAKE):
            raise NotAllowed(permission=MAKE)
        id_ = tx.new_id()
        if given.get("external_id"):
            id_ = str(uuid5(_OF_SENDERS, f"{actor.city}/{actor.id}/{given['external_id']}"))
            if tx.execute(_sql()["docs"], {"city": actor.city, "ids": [id_]}).fetchone() is not None:
                return self.get(tx, actor, id_)
        city = self.cities.of(tx, actor.city)
        # In a round all are scored by the version that it was opened under.
        within = _open_round(tx, actor.city, given["round"], checklist) if given.get("round") else None
        declared = self.declared(tx, actor.city, within) if within else self.named(tx, actor.city, checklist)
        data = self._thing(tx, actor, city, declared, given)
        data["inspectors"] = self._inspectors(actor, city, given)
        data |= self._of_round(tx, actor, declared, within, data, given.get("party"))
        self._demand_others(city, declared, data)
        at = done_at(tx.now, given.get("at"))
        local = datetime.fromtimestamp(at, city.zone)
        number = f"{local:%Y%m%d}-{id_.replace('-', '')[-8:]}"
        state: State | None = None
        tellings: list[Told] = [deciding.begun(declared, id_, number, data)]
        state = apply(None, tellings[0][1], at)
        errors: list[dict[str, str]] = []
        for place, one in enumerate(given.get("findings") or ()):
            try:
                told = deciding.found(declared.checklist, state, self._placed(city, one), actor.id, at)
            except Invalid as error:
                errors += [{**each, "field": f"findings.{place}.{each['field']}"} for each in error.params["errors"]]
                continue
            tellings.append(told)
            state = apply(state, told[1], at)
        if errors:
            raise Invalid(f"{len(errors)} fields do not fit.", errors=errors)
        if given.get("finish"):
            calendar = self._calendar(city)
            tellings.append(deciding.finished(declared.checklist, state, actor.id, at, _at(tx), calendar))
        return self._write(tx, actor, MAKE, None, declared, tellings, at)

    def find(self, tx: Tx, actor: Actor, id_: str, given: Mapping[str, Any], expect: int | None = None) -> Inspection:
        """Something that was found."""
        held, declared = self._mine(tx, actor, id_, expect)
        at, city = _at(tx), self.cities.of(tx, actor.city)
        told = deciding.found(declared.checklist, held.state, self._placed(city, given), actor.id, at)
        return self._write(tx, actor, MAKE, held, declared, [told], at)

    def take_back(self, tx: Tx, actor: Actor, id_: str, n: int, expect: int | None = None) -> Inspection:
        """A finding that was none."""
        held, declared = self._mine(tx, actor, id_, expect)
        return self._write(
            tx, actor, MAKE, held, declared, [deciding.taken_back(held.state, n, actor.id, _at(tx))], _at(tx)
        )

    def finish(self, tx: Tx, actor: Actor, id_: str, expect: int | None = None) -> Inspection:
        """The score, and what must be put right."""
        held, declared = self._mine(tx, actor, id_, expect)
        at, city = _at(tx), self.cities.of(tx, actor.city)
        told = deciding.finished(declared.checklist, held.state, actor.id, at, at, self._calendar(city))
        return self._write(tx, actor, MAKE, held, declared, [told], at)

    def drop(self, tx: Tx, actor: Actor, id_: str, why: str, expect: int | None = None) -> Inspection:
        """Begun by mistake."""
        held, declared = self._mine(tx, actor, id_, expect)
        return self._write(tx, actor, MAKE, held, declared, [deciding.dropped(held.state, actor.id, why)], _at(tx))

    def rectified(
        self, tx: Tx, actor: Actor, id_: str, n: int, given: Mapping[str, Any], expect: int | None = None
    ) -> Inspection:
        """The unit has put something right. `given`: `photos`, `note`, `at` (a moment), `witness`."""
        held, declared = self._locked(tx, actor, id_, expect, n)
        city = self.cities.of(tx, actor.city)
        if not sight.puts_right(actor, city.directory(), held.state["data"]):
            raise NotAllowed(permission=RECTIFY)
        with _telling_where(held, n):
            at = done_at(tx.now, given.get("at"), model.since(held.state, n))
            told = deciding.rectified(declared.checklist, held.state, n, given, actor.id, at, self._calendar(city))
        return self._write(tx, actor, RECTIFY, held, declared, [_witnessed(told, given)], at)

    def recheck(
        self, tx: Tx, actor: Actor, id_: str, n: int, given: Mapping[str, Any], expect: int | None = None
    ) -> Inspection:
        """An inspector of another organisation has looked again. Nobody rechecks what their own have put right.

        `given`: as for `rectified`, and `passed`.
        """
        held, declared = self._locked(tx, actor, id_, expect, n)
        if not actor.may(MAKE):
            raise NotAllowed(permission=MAKE)
        city = self.cities.of(tx, actor.city)
        if sight.is_of_same(city.directory(), actor.id, held.state["data"].get("unit")):
            raise ConditionUnmet("a recheck is made by another organisation than the one that put it right")
        calendar, known = self._calendar(city), _at(tx)
        with _telling_where(held, n):
            at = done_at(tx.now, given.get("at"), model.since(held.state, n))
            told = deciding.rechecked(declared.checklist, held.state, n, given, actor.id, at, known, calendar)
        return self._write(tx, actor, MAKE, held, declared, [_witnessed(told, given)], at)

    def tell_late(self, tx: Tx, limit: int = 200) -> int:
        """What should have been put right by now is marked and told; how many inspections that were."""
        rows = tx.execute(_sql()["overdue"], {"now": tx.now, "limit": limit}).fetchall()
        cities, at = {row.id: row.city for row in rows}, _at(tx)

        def one(id_: str) -> int:
            city = cities[id_]
            [held] = self._lock(tx, city, [id_]).values()
            if (told := deciding.late(held.state, at)) is not None:
                self._write(tx, system(city), RECTIFY, held, self.declared(tx, city, held.state), [told], at)
            return 1

        return edges.each_within(tx, cities, one, "inspection")

    # ---- how

    def _thing(
        self, tx: Tx, actor: Actor, city: CityData, declared: Declared, given: Mapping[str, Any]
    ) -> dict[str, Any]:
        """What is inspected, who answers for it, and where it is."""
        placed = self._located(city, given.get("place"))
        code, unit = str(given.get("thing") or ""), given.get("unit")
        match declared.inspects:
            case "record":
                found = self._record(tx, actor, declared, given)
                register, data = found.declared.register, found.state["data"]
                called = str(data.get(found.declared.called) or found.state["number"])
                thing = {"kind": "record", "id": found.state["id"], "key": found.state["number"], "called": called}
                unit = unit or records_model.unit(register, data)
                placed = placed or {name: data.get(name) for name in ("place", "scopes", "unit_grid")}
            case "area":
                areas = city.areas()
                if code not in areas or areas.area(code).kind != declared.checklist.of:
                    raise Invalid(errors=[{"field": "thing", "why": f"is a {declared.checklist.of} of this city"}])
                thing = {"kind": "area", "id": code, "key": code, "called": areas.area(code).name}
                placed = placed or {"scopes": list(areas.around(code))}
            case "unit":
                if code not in city.directory().units:
                    raise Invalid(errors=[{"field": "thing", "why": "is a unit of this city"}])
                thing = {"kind": "unit", "id": code, "key": code, "called": city.directory().unit(code).name}
                unit = code
            case _:
                if not placed:
                    raise Invalid(errors=[{"field": "place", "why": "is needed: lon and lat"}])
                thing = {"kind": "place", "id": None, "key": None, "called": str(given.get("called") or "")[:100]}
        if unit is not None and unit not in city.directory().units:
            raise Invalid(errors=[{"field": "unit", "why": "there is no such unit"}])
        return {"thing": thing, "unit": unit, "place": None, "scopes": [], "unit_grid": None, **placed}

    def _record(self, tx: Tx, actor: Actor, declared: Declared, given: Mapping[str, Any]) -> Any:
        register, code, key = str(declared.checklist.of), given.get("thing"), given.get("key")
        try:
            by_key = self.records.by_key
            found = by_key(tx, actor, register, str(key)) if key else self.records.get(tx, actor, str(code))
        except NotFound:
            raise Invalid(errors=[{"field": "key" if key else "thing", "why": "there is no such record"}]) from None
        if found.state["procedure"] != register:
            raise Invalid(errors=[{"field": "thing", "why": f"is a record of {register}"}])
        if found.state["data"].get("merged_into"):
            raise Invalid(errors=[{"field": "thing", "why": "was merged into another record"}])
        return found

    def _inspectors(self, actor: Actor, city: CityData, given: Mapping[str, Any]) -> list[str]:
        people = list(dict.fromkeys(given.get("inspectors") or [actor.id]))
        if unknown := [one for one in people if one not in city.directory().people and one != actor.id]:
            raise Invalid(errors=[{"field": "inspectors", "why": f"there is no {', '.join(unknown)}"}])
        if actor.id not in people:
            raise Invalid(errors=[{"field": "inspectors", "why": "hold whoever keeps the inspection"}])
        return people

    def _of_round(
        self, tx: Tx, actor: Actor, declared: Declared, within: State | None, data: Mapping[str, Any], party: str | None
    ) -> dict[str, Any]:
        """The round and party that an inspection belongs to, and whom the round says answers for the thing."""
        if within is None:
            if party is not None:
                raise Invalid(errors=[{"field": "party", "why": "is only given in a round"}])
            return {"round": None, "party": None}
        asked = {"city": actor.city, "round": within["id"], "thing": data["thing"]["id"]}
        thing = tx.execute(_sql()["thing"], asked).fetchone()
        if thing is None:
            raise Invalid(errors=[{"field": "thing", "why": "is not in the round"}])
        chosen = _party(actor, declared.checklist, party)
        own = chosen is not None and declared.checklist.parties[chosen].own
        if thing.inspectors and not own and not set(data["inspectors"]) & set(thing.inspectors):
            raise NotAllowed(f"drawn for {thing.called}: {', '.join(thing.inspectors)}")
        if thing.inspectors and not own:
            for person in data["inspectors"]:
                if sight.is_of_same(self.cities.of(tx, actor.city).directory(), person, data["unit"] or thing.unit):
                    raise ConditionUnmet(f"{person} belongs to the organisation that is inspected")
        return {"round": within["id"], "party": chosen, "unit": data["unit"] or thing.unit}

    def _demand_others(self, city: CityData, declared: Declared, data: Mapping[str, Any]) -> None:
        """Who inspects is not of what is inspected; of a self-assessment it is the other way round."""
        unit, party = data.get("unit"), data.get("party")
        directory = city.directory()
        parties = declared.checklist.parties
        own = parties[party].own if party in parties else declared.checklist.own
        for person in data["inspectors"]:
            if own:
                if not sight.is_of_same(directory, person, unit):
                    raise ConditionUnmet(f"{person} does not belong to the unit that assesses itself")
            elif sight.is_of_unit(directory, person, unit):
                raise ConditionUnmet(f"{person} belongs to the unit that is inspected")

    def _placed(self, city: CityData, given: Mapping[str, Any]) -> dict[str, Any]:
        """A finding with its place as it is kept."""
        if given.get("place") is None:
            return dict(given)
        return {**given, "place": self._located(city, given["place"])["place"]}

    def _located(self, city: CityData, place: Mapping[str, Any] | None) -> dict[str, Any]:
        """Where a place lies: WGS 84, with the areas around it. Raises `Invalid`."""
        if place is None:
            return {}
        try:
            lon, lat, used = float(place["lon"]), float(place["lat"]), str(place.get("datum") or "wgs84")
            if used not in datum.DATUMS or bool(datum.faults(np.array([lon]), np.array([lat]))[0]):
                raise ValueError
        except (KeyError, TypeError, ValueError, AttributeError, OverflowError):
            raise Invalid(errors=[{"field": "place", "why": "needs lon and lat in China, and a known datum"}]) from None
        x, y = (float(one[0]) for one in datum.to_wgs84(np.array([lon]), np.array([lat]), used))
        areas = city.areas()
        grid = areas.locate_one(x, y)
        scopes, code = (list(areas.scopes(grid)), areas.grid_codes[grid]) if grid >= 0 else ([], None)
        if not scopes and (area := areas.locate_any(x, y)) is not None:
            scopes = list(areas.ancestors(area.code))
        return {"place": {"lon": round(x, 7), "lat": round(y, 7)}, "scopes": scopes, "unit_grid": code}

    def _calendar(self, city: CityData) -> WorkCalendar:
        return city.calendars.of_role(UNIT_ROLE)

    def _mine(self, tx: Tx, actor: Actor, id_: str, expect: int | None) -> tuple[Held, Declared]:
        """An inspection that this person makes."""
        held, declared = self._locked(tx, actor, id_, expect)
        if not actor.may(MAKE) or actor.id not in held.state["data"]["inspectors"]:
            raise NotAllowed("Only who inspects does that.", permission=MAKE)
        return held, declared

    def _locked(
        self, tx: Tx, actor: Actor, id_: str, expect: int | None, n: int | None = None
    ) -> tuple[Held, Declared]:
        held = self._lock(tx, actor.city, [id_]).get(id_)
        if held is None or not self.sight(tx, actor).sees(held.state["data"]):
            raise NotFound(f"there is no inspection {id_}")
        with _telling_where(held, n):
            demand_version(held.head, expect)
        return held, self.declared(tx, actor.city, held.state)

    def _lock(self, tx: Tx, city: str, ids: Sequence[str]) -> dict[str, Held]:
        return by_id(tx.execute(_sql()["load"], {"city": city, "ids": sorted(set(ids))}))

    def _write(
        self, tx: Tx, actor: Actor, permission: str, held: Held | None, declared: Declared, tellings: Sequence[Told],
        at: int,
    ) -> Inspection:  # fmt: skip
        """Events of one inspection, its row, its photos, what is told of it."""
        [(state, end)] = write(tx, actor, role_for(actor, permission), [(held, tellings)], at)
        self._name_photos(tx, actor.city, state["id"], [payload for _, payload in tellings])
        rows = rows_as_json(kinds.COLUMNS, [kinds.row(state, end, at)])
        tx.execute(_sql()["save"], {"city": actor.city, "rows": rows})
        self._tell_of(tx, actor, declared, state, end.version, tellings)
        starts = [one for _, payload in tellings for one in payload.get("starts", ())]
        follows = self._begin(tx, actor, declared, state, starts)
        if follows is None:
            return Inspection(end.version, state, declared)
        return self._write(tx, actor, permission, Held(state, end), declared, [follows], at)

    def _name_photos(self, tx: Tx, city: str, id_: str, payloads: Sequence[Mapping[str, Any]]) -> None:
        """The photos of findings, rectifications, rechecks have been sent in before. Raises `Invalid`."""
        named = [photo for payload in payloads for photo in _photos(payload)]
        if named and (lost := uses.name(tx, city, [Named(one, "inspection", id_) for one in dict.fromkeys(named)])):
            raise Invalid(errors=[{"field": "photos", "why": f"there is no photo {one[:64]}"} for one in sorted(lost)])

    def _begin(
        self, tx: Tx, actor: Actor, declared: Declared, state: State, starts: Sequence[Mapping[str, str]]
    ) -> Told | None:
        """The procedures that failed items start; what the inspection keeps of that."""
        if not starts or self._on_fail is None:
            return None
        wanted = [_failed(declared.checklist, state, one["item"], one["procedure"]) for one in starts]
        begun = self._on_fail.start(tx, actor, state, wanted)
        return deciding.followed(starts, [{"stream": one.stream, "problem": one.problem} for one in begun])

    def _tell_of(
        self, tx: Tx, actor: Actor, declared: Declared, state: State, version: int,
        events: Sequence[tuple[str, Mapping[str, Any]]],
    ) -> None:  # fmt: skip
        """Who is told."""
        city, data = self.cities.of(tx, actor.city), state["data"]
        messages: list[Message | None] = []
        desk = partial(telling.at_desk, city, data.get("unit"))
        for type_, payload in events:
            numbers = [one["n"] for one in payload.get("tracks", {}).get(model.RECTIFICATION, ())]
            tell = partial(
                telling.of_inspection, city, declared.checklist, state=state, version=version, rectifications=numbers,
                but=actor.id,
            )  # fmt: skip
            if type_ == deciding.INSPECTION_FINISHED:
                messages.append(tell("rectification_opened", people=desk()))
            elif type_ == deciding.RECTIFICATION_DONE:
                messages.append(tell("rectification_done", people=data["inspectors"]))
            elif type_ == deciding.RECHECK_FAILED:
                messages.append(tell("recheck_failed", people=desk()))
            elif type_ == deciding.RECTIFICATION_LATE:
                messages.append(tell("rectification_late", people=[*desk(), *data["inspectors"]]))
        if told := [one for one in messages if one is not None]:
            self._tell.send(tx, actor.city, told)


def _failed(checklist: Checklist, state: State, item: str, procedure: str) -> Failed:
    """A failed item with what was found of it, as what it starts is told."""
    found = [one for one in model.findings(state) if one["item"] == item]
    dues = [one["due"] for one in model.rectifications(state) if one["item"] == item]
    return Failed(
        item, procedure, checklist.items[item].title.model_dump(), checklist.title.model_dump(),
        tuple(one["note"] for one in found if one.get("note")),
        tuple(dict.fromkeys(photo for one in found for photo in one.get("photos") or ())),
        datetime.fromtimestamp(dues[0], UTC) if dues else None,
    )  # fmt: skip


@contextmanager
def _telling_where(held: Held, n: int | None) -> Iterator[None]:
    """Whoever is late is told where the inspection, or its rectification `n`, stands now."""
    try:
        yield
    except (Conflict, NotNow) as error:
        one = held.state if n is None else instance(held.state, model.RECTIFICATION, n)
        if one is not None:
            title = dict(telling.words()["states"][one["state"]])
            error.params["current"] = {
                "version": held.head.version, "state": one["state"], "since": one["since"], "title": title,
            }  # fmt: skip
        raise


def _witnessed(told: Told, given: Mapping[str, Any]) -> Told:
    """With what a device said of place and time."""
    type_, payload = told
    return (type_, payload | {"witness": given["witness"]}) if given.get("witness") else told


def _open_round(tx: Tx, city: str, id_: str, checklist: str) -> State:
    """A round that takes inspections, held open until this is done. Raises `Invalid`, `NotNow`."""
    row = tx.execute(_sql()["share_round"], {"city": city, "id": id_}).fetchone()
    if row is None:
        raise Invalid(errors=[{"field": "round", "why": "there is no such round"}])
    if row.state != "open":
        raise NotNow("the round is closed")
    state: State = orjson.loads(row.doc)
    if state["procedure"] != checklist:
        raise Invalid(errors=[{"field": "round", "why": f"is a round of {state['procedure']}"}])
    return state


def _party(actor: Actor, checklist: Checklist, party: str | None) -> str | None:
    """The party that a person scores for: the given one, or the only one that they can."""
    parties = checklist.parties
    if not parties:
        if party is not None:
            raise Invalid(errors=[{"field": "party", "why": "the checklist has no parties"}])
        return None
    mine = [name for name, one in parties.items() if not one.roles or actor.roles() & set(one.roles)]
    if party is None and len(mine) == 1:
        return mine[0]
    if party not in parties:
        raise Invalid(errors=[{"field": "party", "why": f"is one of {', '.join(mine or parties)}"}])
    if party not in mine:
        raise NotAllowed(f"{party} is scored by {', '.join(parties[party].roles)}")
    return party


def _declared(tx: Tx, city: str) -> dict[str, Declared]:
    active = packs.active_packs(tx, city).values()
    registers = {name for pack in active for name in pack.registers}
    return {
        name: Declared(name, pack.digest, checklist, checklist.of in registers)
        for pack in active
        for name, checklist in pack.checklists.items()
    }


def _photos(payload: Mapping[str, Any]) -> list[str]:
    """The photos that an event names."""
    found: list[str] = []
    for instances in payload.get("tracks", {}).values():
        for one in instances:
            item = one["item"]
            found += item.get("photos") or ()
            for attempt in item.get("tries") or ():
                found += [*attempt["photos"], *(attempt.get("recheck") or {}).get("photos", ())]
    return found


def _at(tx: Tx) -> int:
    return int(tx.now.timestamp())


def _sql() -> dict[str, str]:
    return queries("xiuhua.checks")
