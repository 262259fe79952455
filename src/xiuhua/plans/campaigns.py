"""Campaigns: some days, areas, units and goals; what falls under them is counted by rule and by link."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Any, Final

import orjson

from xiuhua.flow.held import Held
from xiuhua.flow.model import State
from xiuhua.plans import deciding, keeping
from xiuhua.plans.doing import Asked, Item
from xiuhua.plans.keeping import CAMPAIGN
from xiuhua.plans.model import CAMPAIGN as PERMISSION
from xiuhua.plans.service import Plans
from xiuhua.platform.database import Tx
from xiuhua.platform.errors import Invalid
from xiuhua.platform.identity.model import Actor
from xiuhua.platform.sql import queries

_LATEST: Final = ("9999-01-01T00:00:00Z", "")


class Campaigns:
    """The campaigns of one process' cities."""

    def __init__(self, plans: Plans) -> None:
        self._plans = plans

    def page(
        self, tx: Tx, city: str, states: Sequence[str], before: tuple[Any, ...] | None, limit: int
    ) -> list[tuple[State, int, Any]]:
        """Campaigns, the latest first: state, version, begin."""
        at, id_ = before or _LATEST
        asked = {
            "city": city, "kind": CAMPAIGN, "states": list(states), "before": at, "before_id": id_, "limit": limit,
        }  # fmt: skip
        return [(orjson.loads(row.doc), row.version, row.begins) for row in tx.execute(_sql()["page"], asked)]

    def open(self, tx: Tx, actor: Actor, data: Mapping[str, Any]) -> tuple[State, int]:
        """A new one. Raises `Invalid` for areas, units and kinds that there are not."""
        self._check(tx, actor.city, data)
        [done] = keeping.write(tx, actor, PERMISSION, [(None, [deciding.campaign_opened(tx.new_id(), data)])])
        return done

    def change(
        self, tx: Tx, actor: Actor, id_: str, values: Mapping[str, Any], expect: int | None
    ) -> tuple[State, int]:
        """What it is about, otherwise."""
        self._check(tx, actor.city, values)
        held = keeping.locked(tx, actor.city, CAMPAIGN, id_, expect)
        told = deciding.campaign_changed(held.state, values)
        return self._done(tx, actor, held, told)

    def post(self, tx: Tx, actor: Actor, id_: str, text: str, photos: Sequence[str]) -> tuple[State, int]:
        """A line of its log."""
        held = keeping.locked(tx, actor.city, CAMPAIGN, id_)
        keeping.name_media(tx, actor.city, CAMPAIGN, id_, "photos", photos)
        told = deciding.campaign_posted(held.state, text, photos, actor.id, int(tx.now.timestamp()))
        return self._done(tx, actor, held, told)

    def link(self, tx: Tx, actor: Actor, id_: str, kind: str, thing: str) -> tuple[State, int]:
        """Something belongs to it. Raises `Invalid` for a kind that nothing here knows, and for what there is not."""
        held = keeping.locked(tx, actor.city, CAMPAIGN, id_)
        self._check(tx, actor.city, {"kinds": [kind]})
        alone = Asked((), date.max, date.min, "UTC", ids=(thing,))
        if not self._plans.sources[kind].items(tx, actor.city, alone, None, 1):
            raise Invalid(errors=[{"field": "id", "why": f"there is no {kind} {thing}, or nothing came of it yet"}])
        return self._done(tx, actor, held, deciding.campaign_linked(held.state, kind, thing))

    def unlink(self, tx: Tx, actor: Actor, id_: str, kind: str, thing: str) -> tuple[State, int]:
        """It does not."""
        held = keeping.locked(tx, actor.city, CAMPAIGN, id_)
        return self._done(tx, actor, held, deciding.campaign_unlinked(held.state, kind, thing))

    def close(self, tx: Tx, actor: Actor, id_: str, summary: str, expect: int | None) -> tuple[State, int]:
        """Its end; the figures of that day are kept with it."""
        held = keeping.locked(tx, actor.city, CAMPAIGN, id_, expect)
        figures = self.figures(tx, actor.city, held.state)
        return self._done(tx, actor, held, deciding.campaign_closed(held.state, summary, figures, actor.id))

    def figures(self, tx: Tx, city: str, state: State) -> dict[str, Any]:
        """How many of each kind fell under it, and in as many days before and after it; goals beside what was done."""
        data = state["data"]
        first, last = date.fromisoformat(data["first"]), date.fromisoformat(data["last"])
        days = (last - first).days + 1
        spans = {
            "during": (first, last), "before": (first - timedelta(days=days), first - timedelta(days=1)),
            "after": (last + timedelta(days=1), last + timedelta(days=days)),
        }  # fmt: skip
        today = self._plans.city(tx, city).today
        found: dict[str, Any] = {}
        for kind, asked in self._asked(tx, city, state).items():
            source = self._plans.sources[kind]
            counts: dict[str, int | None] = {}
            for name, (begin, end) in spans.items():
                if begin > today:
                    counts[name] = None
                    continue
                wanted = replace(asked, first=begin, last=end, ids=asked.ids if name == "during" else ())
                counts[name] = sum(one.count for one in source.done(tx, city, wanted))
            found[kind] = counts
        goals = [
            {**goal, "done": (found.get(goal["kind"]) or {}).get("during")} for goal in data.get("goals", ())
        ]  # fmt: skip
        return {"days": days, "counts": found, "goals": goals}

    def items(self, tx: Tx, actor: Actor, state: State, kind: str, limit: int) -> list[Item]:
        """What fell under it, one by one; nothing of what is told as numbers only."""
        asked = self._asked(tx, actor.city, state).get(kind)
        if asked is None:
            return []
        asked = replace(asked, hidden=self._plans.hidden(tx, actor))
        return self._plans.sources[kind].items(tx, actor.city, asked, None, limit)

    def _asked(self, tx: Tx, city: str, state: State) -> dict[str, Asked]:
        data, zone = state["data"], str(self._plans.city(tx, city).zone)
        linked: dict[str, list[str]] = {}
        for one in data["links"]:
            linked.setdefault(one["kind"], []).append(one["id"])
        first, last = date.fromisoformat(data["first"]), date.fromisoformat(data["last"])
        return {
            kind: Asked(
                tuple((data.get("names") or {}).get(kind, ())), first, last, zone, at=data.get("at") or "opened",
                category=tuple(data.get("categories") or ()),
                within=tuple(data.get("areas") or ()), units=tuple(data.get("units") or ()),
                tags=tuple(data.get("tags") or ()), ids=tuple(linked.get(kind, ())),
            )
            for kind in dict.fromkeys([*(data.get("kinds") or ()), *linked])
            if kind in self._plans.sources
        }  # fmt: skip

    def _check(self, tx: Tx, city: str, values: Mapping[str, Any]) -> None:
        place = self._plans.city(tx, city)
        known: dict[str, Any] = {
            "areas": place.areas(), "units": place.directory().units, "kinds": self._plans.sources,
        }  # fmt: skip
        wrong = [
            {"field": name, "why": f"there is no {one}"}
            for name, all_ in known.items()
            for one in values.get(name) or ()
            if one not in all_
        ]
        wrong += [
            {"field": name, "why": f"there is no {kind}"}
            for name, kinds in (
                ("goals", [goal["kind"] for goal in values.get("goals") or ()]), ("names", values.get("names") or ()),
            )
            for kind in kinds
            if kind not in self._plans.sources
        ]  # fmt: skip
        if wrong:
            raise Invalid(errors=wrong)

    def _done(
        self, tx: Tx, actor: Actor, held: Held, told: deciding.Told | None
    ) -> tuple[State, int]:  # fmt: skip
        if told is None:
            return held.state, held.head.version
        [done] = keeping.write(tx, actor, PERMISSION, [(held, [told])])
        return done


def _sql() -> dict[str, str]:
    return queries("xiuhua.plans")
