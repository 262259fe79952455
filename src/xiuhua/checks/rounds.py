"""Rounds: a checklist over many things, opened with a due date, and closed with what was missed and what was scored."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from fractions import Fraction
from typing import Any, Final, Literal

import orjson

from xiuhua.checks import drawing, kinds, ranking, scoring, sight
from xiuhua.checks.model import MAKE, OPEN_ROUND, Declared
from xiuhua.checks.ranking import Ranked
from xiuhua.checks.service import Checks
from xiuhua.city.compiled import CityData
from xiuhua.flow.held import Held, Told, of, write
from xiuhua.flow.model import State
from xiuhua.platform import edges
from xiuhua.platform.database import Tx
from xiuhua.platform.errors import Invalid, NotAllowed, NotFound, NotNow
from xiuhua.platform.identity.model import Actor, system
from xiuhua.platform.identity.permissions import role_for, roles
from xiuhua.platform.sql import queries, rows_as_json
from xiuhua.records import model as records_model
from xiuhua.records import query as records_query
from xiuhua.records.query import RecordFilter

ROUND_OPENED: Final = "RoundOpened"
ROUND_CLOSED: Final = "RoundClosed"
MOST_THINGS: Final = 10_000
_PAGE: Final = 1000
By = Literal["thing", "unit", "area"]


@dataclass(frozen=True, slots=True)
class Chosen:
    """Which things a round goes over, and who inspects them."""

    ids: tuple[str, ...] = ()
    """These; none: all there are, narrowed by `area` and `fields`."""
    area: str | None = None
    fields: tuple[str, ...] = ()
    """Of a register: `name=value`, all of these."""
    units: Mapping[str, str] = field(default_factory=dict)
    """Who answers for a thing, where the thing itself does not tell: id → unit."""
    draw: int | None = None
    """So many drawn at random; None: all (every one is inspected)."""
    quota: Mapping[str, int] = field(default_factory=dict)
    """Of each value of `type` so many drawn."""
    type: str | None = None
    """The field of the register that says what type a thing is of."""
    inspectors: tuple[str, ...] = ()
    """Drawn among these; with `each` and none named: among all who may inspect."""
    each: int = 0
    """How many inspectors are drawn for each thing; 0: whoever may inspect does."""
    seed: str | None = None


@dataclass(frozen=True, slots=True)
class Round:
    """A round as it stands, without its things."""

    version: int
    state: State
    declared: Declared


@dataclass(frozen=True, slots=True)
class Thing:
    """A thing of a round, and what came of it."""

    id: str
    key: str
    called: str
    unit: str | None
    type: str | None
    inspectors: tuple[str, ...]
    scopes: tuple[str, ...]
    score: Fraction | None
    missing: tuple[str, ...]
    """Parties that have not scored it; of a round without parties an empty name. Empty: nothing is missing."""


class Rounds:
    """The rounds of one process' cities."""

    def __init__(self, checks: Checks) -> None:
        self._checks = checks

    def open(self, tx: Tx, actor: Actor, checklist: str, title: str, due: datetime, chosen: Chosen) -> Round:
        """A round over some things, drawn or all. Raises `Invalid`, `NotAllowed`, `ConditionUnmet` where too few."""
        if not actor.may(OPEN_ROUND):
            raise NotAllowed(permission=OPEN_ROUND)
        declared, at = self._checks.named(tx, actor.city, checklist), _at(tx)
        if int(due.timestamp()) <= at:
            raise Invalid(errors=[{"field": "due", "why": "lies behind us"}])
        if chosen.quota and (chosen.draw is not None or not chosen.type):
            raise Invalid(errors=[{"field": "quota", "why": "needs type, and goes without draw"}])
        id_, city = tx.new_id(), self._checks.cities.of(tx, actor.city)
        seed = chosen.seed or id_
        there = {one["id"]: one for one in self._there(tx, actor, city, declared, chosen)}
        if not there:
            raise Invalid(errors=[{"field": "things", "why": "there is nothing to inspect"}])
        names = self._drawn(seed, there, chosen)
        people = self._drawn_people(tx, actor, city, seed, names, there, chosen)
        things = [{**there[name], "inspectors": people.get(name, [])} for name in names]
        drawn = {
            "seed": seed, "from": len(there), "count": chosen.draw, "quota": dict(chosen.quota), "each": chosen.each,
            "people": sorted({*chosen.inspectors, *(one for some in people.values() for one in some)}),
        } if chosen.draw is not None or chosen.quota or chosen.each else None  # fmt: skip
        payload = {
            "id": id_, "number": title, "procedure": checklist, "pack": declared.digest, "subject": "round",
            "to": "open",
            "set": {
                "title": title, "due": int(due.timestamp()), "count": len(things), "things": things, "drawn": drawn,
                "by": actor.id, "area": chosen.area,
            },
        }  # fmt: skip
        return self._write(tx, actor, declared, None, (ROUND_OPENED, payload))

    def close(self, tx: Tx, actor: Actor, id_: str) -> Round:
        """What is not finished by now is missed; the scores are kept as they are."""
        if not actor.may(OPEN_ROUND):
            raise NotAllowed(permission=OPEN_ROUND)
        return self._close(tx, actor, id_)

    def close_due(self, tx: Tx, limit: int = 20) -> int:
        """Rounds whose day has come are closed; how many that were."""
        rows = tx.execute(_sql()["due_rounds"], {"now": tx.now, "limit": limit}).fetchall()
        cities = {row.id: row.city for row in rows}

        def one(id_: str) -> int:
            self._close(tx, system(cities[id_]), id_)
            return 1

        return edges.each_within(tx, cities, one, "round")

    def get(self, tx: Tx, actor: Actor, id_: str) -> Round:
        """A round. Raises `NotFound`."""
        row = tx.execute(_sql()["round"], {"city": actor.city, "id": id_}).fetchone()
        if row is None:
            raise NotFound(f"there is no round {id_}")
        state = orjson.loads(row.doc)
        return Round(row.version, state, self._checks.declared(tx, actor.city, state))

    def things(self, tx: Tx, city: str, round_: Round) -> list[Thing]:
        """The things of a round in its order, each with its score: as it was closed with, or as it is now."""
        asked = {"city": city, "round": round_.state["id"]}
        now = self._scored(tx, city, round_)
        found = []
        for row in tx.execute(_sql()["things"], asked):
            score, missing = now.get(row.thing, (None, tuple(round_.declared.checklist.parties) or ("",)))
            if row.missed is not None:
                score = None if row.score is None else scoring.exact(row.score)
                missing = missing if row.missed else ()
            found.append(
                Thing(
                    row.thing, row.key, row.called, row.unit, row.type, tuple(row.inspectors), tuple(row.scopes), score,
                    missing,
                )
            )  # fmt: skip
        return found

    def ranking(self, tx: Tx, city: str, round_: Round, by: By = "thing", kind: str = "street") -> list[Ranked]:
        """Who stands where: things, the units that answer for them, or the areas of a kind that they lie in.

        With the rank of each in the closed round of the same checklist before.
        """
        before = tx.execute(
            _sql()["round_before"],
            {
                "city": city, "checklist": round_.declared.name, "id": round_.state["id"],
                "opened_at": datetime.fromtimestamp(round_.state["opened"], UTC),
            },
        ).fetchone()  # fmt: skip
        earlier: dict[str, int | None] = {}
        if before is not None:
            state = orjson.loads(before.doc)
            last = Round(0, state, self._checks.declared(tx, city, state))
            earlier = {one.name: one.rank for one in self._ranked(tx, city, last, by, kind, {})}
        return self._ranked(tx, city, round_, by, kind, earlier)

    def _ranked(
        self, tx: Tx, city: str, round_: Round, by: By, kind: str, before: Mapping[str, int | None]
    ) -> list[Ranked]:
        things, checklist = self.things(tx, city, round_), round_.declared.checklist
        scores: dict[str, Fraction | None]
        if by == "thing":
            scores = {one.id: one.score for one in things}
        else:
            areas = self._checks.cities.of(tx, city).areas()

            def groups(one: Thing) -> list[str]:
                if by == "unit":
                    return [one.unit] if one.unit else []
                return [code for code in one.scopes if code in areas and areas.area(code).kind == kind]

            scores = ranking.grouped((group, one.score) for one in things for group in groups(one))
        told = {
            name: None if score is None else scoring.rounded(score, checklist.decimals)
            for name, score in scores.items()
        }
        return ranking.ranked(told, checklist.ties, before)

    # ---- how

    def _there(
        self, tx: Tx, actor: Actor, city: CityData, declared: Declared, chosen: Chosen
    ) -> Iterator[dict[str, Any]]:
        """The things that a round may go over: id, key, what it is called, unit, type, areas around it."""
        match declared.inspects:
            case "record":
                yield from self._records(tx, actor, declared, chosen)
            case "area":
                areas = city.areas()
                for code in chosen.ids or [one.code for one in areas.areas(declared.checklist.of)]:
                    if code not in areas or areas.area(code).kind != declared.checklist.of:
                        raise Invalid(errors=[{"field": "things", "why": f"{code} is no {declared.checklist.of}"}])
                    scopes = list(areas.around(code))
                    if chosen.area is None or chosen.area in scopes:
                        yield _thing(code, code, areas.area(code).name, chosen.units.get(code), scopes)
            case "unit":
                units = city.directory().units
                if not chosen.ids:
                    raise Invalid(errors=[{"field": "things", "why": "name the units"}])
                for code in chosen.ids:
                    if code not in units:
                        raise Invalid(errors=[{"field": "things", "why": f"there is no unit {code}"}])
                    yield _thing(code, code, units[code].name, code, [])
            case _:
                raise Invalid(errors=[{"field": "checklist", "why": "inspects places; a round goes over things"}])

    def _records(self, tx: Tx, actor: Actor, declared: Declared, chosen: Chosen) -> Iterator[dict[str, Any]]:
        register = self._checks.records.register(tx, actor.city, str(declared.checklist.of))
        if chosen.type is not None and chosen.type not in register.register.fields:
            raise Invalid(errors=[{"field": "type", "why": f"is a field of {register.name}"}])
        wanted = RecordFilter(area=chosen.area, field=chosen.fields)
        sees, ids, after, count = self._checks.records.keeping(tx, actor), set(chosen.ids), None, 0
        inner = register.register.sensitivity == "counts_only"
        while rows := records_query.page(tx, actor.city, register, wanted, None, after, _PAGE):
            after = rows[-1].key
            for row in rows:
                data = orjson.loads(row.doc)["data"]
                if (chosen.ids and row.id not in ids) or (inner and not sees.keeps(register.register, data)):
                    continue
                count += 1
                if count > MOST_THINGS:
                    raise Invalid(errors=[{"field": "things", "why": f"are more than {MOST_THINGS}"}])
                ids.discard(row.id)
                unit = chosen.units.get(row.id) or records_model.unit(register.register, data)
                type_ = None if chosen.type is None else str(data.get(chosen.type))
                yield {**_thing(row.id, row.key, row.called, unit, list(row.scopes)), "type": type_}
        if ids:
            raise Invalid(errors=[{"field": "things", "why": f"there is no {min(ids)}"}])

    def _drawn(self, seed: str, there: Mapping[str, Mapping[str, Any]], chosen: Chosen) -> list[str]:
        if chosen.quota:
            types = {name: str(one.get("type")) for name, one in there.items()}
            return drawing.by_quota(seed, types, chosen.quota)
        return list(there) if chosen.draw is None else drawing.drawn(seed, list(there), chosen.draw)

    def _drawn_people(
        self, tx: Tx, actor: Actor, city: CityData, seed: str, names: Sequence[str],
        there: Mapping[str, Mapping[str, Any]], chosen: Chosen,
    ) -> dict[str, list[str]]:  # fmt: skip
        """Inspectors for each thing, never of the organisation that answers for it."""
        if not chosen.each:
            return {}
        directory = city.directory()
        if unknown := [one for one in chosen.inspectors if one not in directory.people]:
            raise Invalid(errors=[{"field": "inspectors", "why": f"there is no {', '.join(unknown)}"}])
        able = {
            person
            for role in roles().values()
            if MAKE in role.permissions
            for person in directory.people
            if any(post.role == role.name for post in directory.posts_of(person))
        }
        if unable := [one for one in chosen.inspectors if one not in able]:
            raise Invalid(errors=[{"field": "inspectors", "why": f"may not inspect: {', '.join(unable)}"}])

        def excluded(thing: str, person: str) -> bool:
            return sight.is_of_same(directory, person, there[thing]["unit"])

        return drawing.inspectors(seed, names, chosen.inspectors or sorted(able), chosen.each, excluded)

    def _scored(self, tx: Tx, city: str, round_: Round) -> dict[str, tuple[Fraction | None, tuple[str, ...]]]:
        """The score of each thing that was inspected, and the parties that have not scored it."""
        checklist = round_.declared.checklist
        weights = ranking.weights_of(checklist)
        by_thing: dict[str, dict[str | None, list[Fraction]]] = {}
        for row in tx.execute(_sql()["scores"], {"city": city, "round": round_.state["id"]}):
            if row.state != "begun":
                scores = by_thing.setdefault(row.thing, {}).setdefault(row.party, [])
                if row.score is not None:
                    scores.append(scoring.exact(row.score))
        found = {}
        for thing, some in by_thing.items():
            score = ranking.together(some, weights, checklist.missing)
            missing = tuple(party for party in weights if party not in some)
            found[thing] = (None if score is None else scoring.rounded(score, checklist.decimals), missing)
        return found

    def _close(self, tx: Tx, actor: Actor, id_: str) -> Round:
        row = tx.execute(_sql()["load_round"], {"city": actor.city, "id": id_}).fetchone()
        if row is None:
            raise NotFound(f"there is no round {id_}")
        before = of(row)
        if before.state["state"] != "open":
            raise NotNow("the round is closed")
        declared = self._checks.declared(tx, actor.city, before.state)
        things = self.things(tx, actor.city, Round(row.version, before.state, declared))
        payload = {
            "to": "closed",
            "set": {
                "closed": _at(tx), "closed_by": actor.id, "missed": [one.id for one in things if one.missing],
                "scores": {one.id: scoring.text(one.score) for one in things if one.score is not None},
            },
        }  # fmt: skip
        return self._write(tx, actor, declared, before, (ROUND_CLOSED, payload))

    def _write(self, tx: Tx, actor: Actor, declared: Declared, before: Held | None, told: Told) -> Round:
        city = actor.city
        [(state, end)] = write(tx, actor, role_for(actor, OPEN_ROUND), [(before, [told])], _at(tx))
        rows = rows_as_json(kinds.ROUND_COLUMNS, [kinds.round_row(state, end)])
        tx.execute(_sql()["save_round"], {"city": city, "rows": rows})
        if before is None:
            things = rows_as_json(kinds.THING_COLUMNS, kinds.thing_rows(state))
            tx.execute(_sql()["save_things"], {"city": city, "rows": things})
        else:
            data = state["data"]
            missed = set(data["missed"])
            asked = tx.execute(_sql()["things"], {"city": city, "round": state["id"]})
            lines = [
                {"thing": row.thing, "score": data["scores"].get(row.thing), "missed": row.thing in missed}
                for row in asked
            ]
            values = {"city": city, "round": state["id"], "rows": orjson.dumps(lines).decode()}
            tx.execute(_sql()["close_things"], values)
        return Round(end.version, state, declared)


def _thing(id_: str, key: str, called: str, unit: str | None, scopes: list[str]) -> dict[str, Any]:
    return {"id": id_, "key": key, "called": called, "unit": unit, "scopes": scopes, "inspectors": []}


def _at(tx: Tx) -> int:
    return int(tx.now.timestamp())


def _sql() -> dict[str, str]:
    return queries("xiuhua.checks")
