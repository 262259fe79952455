"""Plans as subjects of notices: what missed a period, and the units that answer for it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import orjson

from xiuhua.flow.surroundings import CityView
from xiuhua.notices.subjects import Subject
from xiuhua.plans.model import Declared
from xiuhua.plans.service import Plans
from xiuhua.platform.database import Tx
from xiuhua.platform.eventlog import Event
from xiuhua.platform.sql import queries
from xiuhua.records import model
from xiuhua.records.service import Records

MOST_NAMED: Final = 5
"""Keys that a notice names; the others are counted."""


@dataclass(frozen=True, slots=True)
class _Key:
    called: str
    unit: str | None
    """That answers for it."""


@dataclass(frozen=True, slots=True)
class Missed:
    """What missed a period of a plan; a `Subjects`."""

    plans: Plans
    records: Records

    def of(self, tx: Tx, view: CityView, events: Sequence[Event]) -> Iterator[tuple[Event, Subject]]:
        """The plans of some events `PlanMissed`, each with what that event tells."""
        known = self.plans.declared(tx, view.city)
        for event in events:
            declared = known.get(event.stream.partition("/")[2])
            if declared is not None:
                yield event, self._subject(tx, view, declared, event.payload)

    def _subject(self, tx: Tx, view: CityView, declared: Declared, payload: Mapping[str, Any]) -> Subject:
        missed, title = payload["missed"], declared.plan.title
        keys = self._keys(tx, view, declared.plan.per, [one["key"] for one in missed])
        parts = [
            " ".join(part for part in (keys[one["key"]].called, f"{one['done']}/{one['expected']}") if part)
            for one in missed[:MOST_NAMED]
        ] + (["…"] if len(missed) > MOST_NAMED else [])
        units = list(dict.fromkeys(one.unit for one in keys.values() if one.unit in view.directory.units))
        words = {
            "plan": (title.zh, title.en), "period": (payload["period"],) * 2, "missed": (str(len(missed)),) * 2,
            "keys": ("、".join(parts), ", ".join(parts)),
        }  # fmt: skip
        if found := [view.directory.units[one] for one in units if one is not None]:
            words["unit"] = "、".join(one.name for one in found), ", ".join(one.name_en or one.name for one in found)
        return Subject(declared.name, payload["period"], {}, words, [one for one in units if one is not None])

    def _keys(self, tx: Tx, view: CityView, per: str | None, codes: Sequence[str]) -> dict[str, _Key]:
        """What the keys of a plan are called, and who answers for each."""
        found = {code: _Key(code, None) for code in codes}
        directory = view.directory
        if per == "unit":
            return found | {one: _Key(directory.units[one].name, one) for one in codes if one in directory.units}
        if per == "person":
            people = {one: directory.people[one] for one in codes if one in directory.people}
            return found | {code: _Key(person.name, person.unit) for code, person in people.items()}
        register = self.records.registers(tx, view.city).get(per or "")
        if register is None:
            return found | {one: _Key(view.areas.area(one).name, None) for one in codes if one in view.areas}
        asked = {"city": view.city, "register": register.name, "keys": list(codes)}
        for row in tx.execute(queries("xiuhua.records")["by_key"], asked):
            data = orjson.loads(row.doc)["data"]
            shown = register.register.sensitivity != "counts_only"
            called = str(data.get(register.called) or row.key) if shown else ""
            found[row.key] = _Key(called, model.unit(register.register, data))
        return found
