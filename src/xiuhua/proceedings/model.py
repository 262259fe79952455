"""What a proceeding is: what its data say of whose it is, what it is about and when it is due. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, Final

from xiuhua.flow.model import State
from xiuhua.packs.known import RESERVED_SUBJECTS
from xiuhua.packs.procedure import Action, Procedure

READ: Final = "proceeding.read"
ACT: Final = "proceeding.act"
_LONGEST_TITLE: Final = 300


def owns(subject: str) -> bool:
    """Whether things of a subject are proceedings: whatever no other room keeps in streams of this name."""
    return subject not in RESERVED_SUBJECTS


def of_room(procedures: Mapping[str, tuple[str, Procedure]]) -> dict[str, Procedure]:
    """The procedures in force that run here, by name."""
    return {name: one for name, (_, one) in procedures.items() if owns(one.subject)}


def beginning(procedure: Procedure) -> str:
    """The action by which it begins when none is named: the first that brings something into being."""
    return next(name for name, action in procedure.actions.items() if action.creates)


def beginnings(procedure: Procedure) -> dict[str, Action]:
    """The actions by which a person may begin it."""
    return {
        name: action
        for name, action in procedure.actions.items()
        if action.creates and any(who.role != "system" for who in action.by)
    }


def called(state: State) -> str:
    """What people read in a list: its title, else its number."""
    return str(state["data"].get("title") or state["number"])[:_LONGEST_TITLE]


def units(state: State) -> list[str]:
    """The units that it is about or waits for, each once."""
    data = state["data"]
    told = [data.get("unit"), *_listed(data.get("units")), *(wait.get("unit") for wait in state["waits"])]
    return list(dict.fromkeys(one for one in told if isinstance(one, str)))


def people(state: State) -> list[str]:
    """The people that it is about or waits for, and who began it, each once."""
    data = state["data"]
    told = [data.get("person"), *_listed(data.get("people")), data.get("begun_by")]
    told += [wait.get("person") for wait in state["waits"]]
    return list(dict.fromkeys(one for one in told if isinstance(one, str)))


def _listed(value: Any) -> list[Any]:
    """A list as it is; of a pack's own field of that name (how many people there were) nothing."""
    return value if isinstance(value, list) else []


def due(state: State) -> int | None:
    """When it is due, epoch seconds: what its data say, else the earliest of its clocks and of what it waits for."""
    given = state["data"].get("due")
    if isinstance(given, int):
        return given
    dues = [run["due"] for run in state["clocks"].values()]
    dues += [wait["due"] for wait in state["waits"] if "due" in wait]
    return min(dues, default=None)


def day(state: State) -> str | None:
    """The day that it is for, ISO."""
    given = state["data"].get("day")
    try:
        return date.fromisoformat(given).isoformat() if isinstance(given, str) else None
    except ValueError:
        return None


def is_final(procedure: Procedure, state: State) -> bool:
    """Whether its main track has come to an end."""
    return procedure.tracks["main"].states[state["state"]].final


def outcome(procedure: Procedure, state: State) -> str | None:
    """What came of it."""
    return procedure.tracks["main"].states[state["state"]].outcome


def overdue(procedure: Procedure, state: State) -> bool:
    """Whether it was found late, or ended after it was due."""
    at = due(state)
    late = is_final(procedure, state) and at is not None and state["since"] > at
    return late or bool(state["data"].get("overdue"))
