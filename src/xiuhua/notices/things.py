"""Records of registers as subjects of notices."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from xiuhua.flow.model import State
from xiuhua.loop.surroundings import CityView
from xiuhua.notices.people import area_of
from xiuhua.notices.subjects import Subject
from xiuhua.platform.database import Tx
from xiuhua.platform.eventlog import Event
from xiuhua.records import forms, model
from xiuhua.records.model import Declared
from xiuhua.records.service import Records


@dataclass(frozen=True, slots=True)
class Things:
    """What is kept in registers; a `Subjects`."""

    records: Records

    def of(self, tx: Tx, view: CityView, events: Sequence[Event]) -> Iterator[tuple[Event, Subject]]:
        """Records as they stand now."""
        ids = sorted({event.stream.partition("/")[2] for event in events})
        states = self.records.states(tx, view.city, ids)
        subjects = {
            id_: subject_of(view, self.records.declared(tx, view.city, state), state) for id_, state in states.items()
        }
        for event in events:
            if (found := subjects.get(event.stream.partition("/")[2])) is not None:
                yield event, found


def subject_of(view: CityView, declared: Declared, state: State) -> Subject:
    """A record with what a text may name of it: nothing that is personal."""
    register, data = declared.register, state["data"]
    title = forms.state_title(register, state["state"])
    units = model.units(register, data)
    called = None if register.fields[declared.called].personal else data.get(declared.called)
    words: dict[str, tuple[str, str]] = {
        "number": (state["number"],) * 2, "called": (str(called or state["number"]),) * 2,
        "register": (register.title.zh, register.title.en), "state": (title["zh"], title["en"]),
    }  # fmt: skip
    if known := [view.directory.units[one] for one in units if one in view.directory.units]:
        words["unit"] = "、".join(one.name for one in known), ", ".join(one.name_en or one.name for one in known)
    if area := area_of(view, data.get("scopes") or ()):
        words["area"] = (area, area)
    if register.expires is not None and (until := model.expires(register, data)):
        dated = register.fields[register.expires].title
        words["until"] = (until.isoformat(),) * 2
        words["date"] = (dated.zh, dated.en) if dated is not None else (register.expires,) * 2
    return Subject(declared.name, state["number"], data, words, units)
