"""What is done with a record becomes an event, or is refused. Pure.

Each function gives the event's type and payload, which `flow.model.apply` folds. Payloads of changes hold only what
changed; nothing personal is in them.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any, Final

from xiuhua.flow.model import State, instance
from xiuhua.packs.kinds import Register
from xiuhua.platform.errors import ConditionUnmet, Conflict, Invalid, NotFound, NotNow
from xiuhua.platform.wording import wrong
from xiuhua.records import model
from xiuhua.records.model import ASKED, CHANGE_REQUEST, MOST_ASKED, Declared, waiting

ADDED: Final = "RecordAdded"
CHANGED: Final = "RecordChanged"
MOVED: Final = "RecordMoved"
MERGED: Final = "RecordMerged"
TAKEN_OVER: Final = "RecordTakenOver"
CHANGE_REQUESTED: Final = "ChangeRequested"
CHANGE_REQUEST_APPROVED: Final = "ChangeRequestApproved"
CHANGE_REQUEST_REFUSED: Final = "ChangeRequestRefused"
CHANGE_REQUEST_WITHDRAWN: Final = "ChangeRequestWithdrawn"
EXPIRY_WARNED: Final = "ExpiryWarned"
RECORD_EXPIRED: Final = "RecordExpired"
Told = tuple[str, dict[str, Any]]


def added(declared: Declared, id_: str, data: Mapping[str, Any]) -> Told:
    """A new record in the first state."""
    return ADDED, {
        "id": id_, "number": str(data[declared.register.key]), "procedure": declared.name, "pack": declared.digest,
        "subject": "record", "to": declared.first, "set": dict(data),
    }  # fmt: skip


def changed(state: State, values: Mapping[str, Any]) -> Told | None:
    """What differs from what stands; None when nothing does."""
    _demand_standing(state)
    new = {name: value for name, value in values.items() if state["data"].get(name) != value}
    return (CHANGED, {"set": new}) if new else None


def moved(register: Register, state: State, to: str, reason: str | None) -> Told:
    """Into another of the declared states."""
    _demand_standing(state)
    allowed = register.states.get(state["state"], [])
    if to not in register.states:
        raise Invalid(errors=[wrong("to", "none_of", known=", ".join(register.states) or "none")])
    if to not in allowed:
        told = ", ".join(allowed) or "nowhere"
        raise NotNow(f"a record that is {state['state']} goes to {told}, not to {to}")
    return MOVED, {"to": to, **({"reason": reason} if reason else {})}


def asked(
    state: State, wish: Mapping[str, Any], why: str, by: str, at: int, seen: State | None = None
) -> Told:  # fmt: skip
    """A change that somebody else must approve.

    `wish`: `set` (fields), `to` (state), both may be missing; `photos` that show why; `external_id`, what the sender
    calls it. `seen`: the record as the sender saw it; raises `Conflict` when what it touches was changed since.
    """
    _demand_standing(state)
    before = {name: state["data"].get(name) for name in wish.get("set", {})}
    new = {name: value for name, value in wish.get("set", {}).items() if before[name] != value}
    if not new and not wish.get("to"):
        raise ConditionUnmet("the record holds all of this already")
    if len(waiting(state)) >= MOST_ASKED:
        raise ConditionUnmet(f"{MOST_ASKED} change requests wait already")
    if seen is not None:
        moved_on = sorted(name for name in new if seen["data"].get(name) != before[name])
        if wish.get("to") and seen["state"] != state["state"]:
            moved_on.append("state")
        if moved_on:
            raise Conflict(f"changed since it was seen: {', '.join(moved_on)}", fields=moved_on)
    item = {"set": new, "before": {name: before[name] for name in new}, "to": wish.get("to"), "why": why, "by": by}
    item |= {name: wish[name] for name in ("photos", "external_id") if wish.get(name)}
    n = max((one["n"] for one in state["tracks"].get(CHANGE_REQUEST, ())), default=0) + 1
    return CHANGE_REQUESTED, {"tracks": {CHANGE_REQUEST: [{"n": n, "state": ASKED, "since": at, "item": item}]}}


def approved(
    register: Register, state: State, n: int, by: str, at: int, follows: Callable[[Mapping[str, Any]], dict[str, Any]]
) -> Told:
    """The change is made, with what `follows` from it. Raises `Conflict` when a field it touches has changed since."""
    one = _waiting(state, n)
    item = one["item"]
    if item["by"] == by:
        raise ConditionUnmet("who asked for a change does not decide on it")
    moved_on = sorted(name for name, value in item["before"].items() if state["data"].get(name) != value)
    if moved_on:
        raise Conflict(f"changed since it was asked for: {', '.join(moved_on)}", fields=moved_on)
    if item["to"] is not None and item["to"] not in register.states.get(state["state"], ()):
        raise NotNow(f"a record that is {state['state']} does not go to {item['to']}")
    new = {**item["set"], **follows(item["set"])}
    told: dict[str, Any] = {"set": new, **_decided(one, "approved", by, None, at)}
    return CHANGE_REQUEST_APPROVED, {**told, **({"to": item["to"]} if item["to"] else {})}


def refused(state: State, n: int, by: str, why: str, at: int) -> Told:
    """The change is not made."""
    return CHANGE_REQUEST_REFUSED, _decided(_waiting(state, n), "refused", by, why, at)


def withdrawn(state: State, n: int, by: str, at: int) -> Told:
    """Whoever asked does not ask any more."""
    one = _waiting(state, n)
    if one["item"]["by"] != by:
        raise NotNow("only who asked for a change withdraws it")
    return CHANGE_REQUEST_WITHDRAWN, _decided(one, "withdrawn", by, None, at)


def merged(state: State, into: State) -> tuple[Told, Told]:
    """A record that was one with another: its end, and what the other is told. Nothing is lost: both keep their log."""
    _demand_standing(state)
    _demand_standing(into)
    if state["id"] == into["id"] or state["procedure"] != into["procedure"]:
        raise Invalid(errors=[{"field": "into", "why": "is another record of the same register"}])
    if waiting(state):
        raise ConditionUnmet("change requests wait for a verdict")
    end = {"set": {"merged_into": into["id"]}}
    return (MERGED, end), (TAKEN_OVER, {"append": {"merged": {"id": state["id"], "key": state["number"]}}})


def expiring(register: Register, state: State, today: date) -> Told | None:
    """What the clock tells of a record today: that it will expire, that it has; None: nothing, or it was told."""
    what = model.to_tell(register, state, today)
    if what is None:
        return None
    told = {"until": str(state["data"][register.expires]), "told": what}
    return (RECORD_EXPIRED if what == model.EXPIRED else EXPIRY_WARNED), {"set": {model.EXPIRY: told}}


def _decided(one: Mapping[str, Any], to: str, by: str, why: str | None, at: int) -> dict[str, Any]:
    item = {**one["item"], "decided_by": by, **({"refusal": why} if why else {})}
    return {"tracks": {CHANGE_REQUEST: [{"n": one["n"], "state": to, "since": at, "item": item}]}}


def _waiting(state: State, n: int) -> dict[str, Any]:
    _demand_standing(state)
    one = instance(state, CHANGE_REQUEST, n)
    if one is None:
        raise NotFound(f"there is no change request {n}")
    if one["state"] != ASKED:
        raise NotNow(f"the change request is {one['state']}")
    return one


def _demand_standing(state: State) -> None:
    if into := state["data"].get("merged_into"):
        raise NotNow(f"the record was merged into {into}", into=into)
