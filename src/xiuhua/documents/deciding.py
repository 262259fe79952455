"""What is done with a document becomes an event, or is refused. Pure.

Each function gives the event's type and payload, which `flow.model.apply` folds.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date, timedelta
from typing import Any, Final

from xiuhua.documents import model
from xiuhua.documents.model import Declared, Drawn
from xiuhua.flow.model import State
from xiuhua.platform.errors import ConditionUnmet, Invalid, NotAllowed, NotNow

DRAFTED: Final = "DocumentDrafted"
CHANGED: Final = "DocumentChanged"
SUBMITTED: Final = "DocumentSubmitted"
APPROVED: Final = "DocumentApproved"
SENT_BACK: Final = "DocumentSentBack"
PUBLISHED: Final = "DocumentPublished"
REPLACED: Final = "DocumentReplaced"
EXPIRY_TOLD: Final = "DocumentExpiryTold"
EXPIRED: Final = "DocumentExpired"
REVOKED: Final = "DocumentRevoked"
Told = tuple[str, dict[str, Any]]


def drafted(declared: Declared, id_: str, content: Mapping[str, Any], by: str) -> Told:
    """A new document."""
    return _born(declared, id_, {**content, "version": 1, "authors": [by]})


def revised(declared: Declared, state: State, id_: str, by: str, is_open: bool) -> Told:
    """A draft that will replace a published document, its text to begin with; `is_open`: another such draft waits."""
    if state["state"] not in ("published", "expired"):
        raise NotNow(f"a document that is {state['state']} is not revised")
    if is_open:
        raise ConditionUnmet("a revision of it is being written already")
    data = state["data"]
    told = {**model.content(data), "version": data["version"] + 1, "authors": [by], "replaces": state["id"]}
    return _born(declared, id_, told)


def _born(declared: Declared, id_: str, data: dict[str, Any]) -> Told:
    return DRAFTED, {
        "id": id_, "number": "", "procedure": declared.name, "pack": declared.digest, "subject": "document",
        "to": "draft", "set": data,
    }  # fmt: skip


def changed(state: State, content: Mapping[str, Any], by: str) -> Told | None:
    """What differs from what stands; None when nothing does."""
    _demand(state, "draft")
    data = state["data"]
    new: dict[str, Any] = {name: value for name, value in content.items() if data[name] != value}
    if not new:
        return None
    if data["version"] >= model.MOST_VERSIONS:
        raise ConditionUnmet(f"a text is written {model.MOST_VERSIONS:,} times at most; revise it or draft it anew")
    authors = data["authors"] if by in data["authors"] else [*data["authors"], by]
    return CHANGED, {"set": {**new, "version": data["version"] + 1, "authors": authors}}


def submitted(declared: Declared, state: State) -> Told:
    """To the first who approves it; one that nobody approves is ready at once."""
    _demand(state, "draft")
    data = state["data"]
    if not data["text"].strip() and not data["items"]:
        raise ConditionUnmet("there is no text in it")
    steps = list(declared.document.approved_by)
    return SUBMITTED, {"to": "submitted" if steps else "approved", "set": {"steps": steps, "approvals": []}}


def approved(state: State, by: str, roles: Collection[str], at: int) -> Told:
    """One step. Nobody approves what they wrote."""
    role = _my_turn(state, by, roles)
    given = [*state["data"]["approvals"], {"role": role, "by": by, "at": at}]
    to = {"to": "approved"} if len(given) == len(state["data"]["steps"]) else {}
    return APPROVED, {"set": {"approvals": given}, **to}


def sent_back(state: State, by: str, roles: Collection[str], why: str, publishes: bool) -> Told:
    """To who wrote it: by whose turn it is, or, once approved, by who may publish."""
    if not why.strip():
        raise Invalid(errors=[{"field": "why", "why": "is needed"}])
    if state["state"] == "approved":
        if not publishes:
            raise NotAllowed(permission=model.PUBLISH)
    else:
        _my_turn(state, by, roles)
    return SENT_BACK, {"to": "draft", "reason": why.strip(), "set": {"approvals": [], "sent_back": why.strip()}}


def published(
    declared: Declared, state: State, drawn: Drawn, today: date, since: date | None = None, until: date | None = None
) -> Told:
    """With its number, from a day on until a day; `drawn` must be taken in the same transaction."""
    demand_publishable(state)
    first = since or today
    last = until or (model.last_day(first, declared.document.valid_for) if declared.document.valid_for else None)
    if first < today or (last is not None and last < first):
        why = "lies before today" if first < today else "lies before the first day"
        raise Invalid(errors=[{"field": "since" if first < today else "until", "why": why}])
    warn = declared.document.warn
    told = {
        "number": drawn.number, "series": drawn.series, "year": drawn.year, "n": drawn.n,
        "since": first.isoformat(), "until": last.isoformat() if last else None, "on": today.isoformat(),
        "warn_on": max(last - timedelta(days=warn), first).isoformat() if last and warn else None,
        "open": declared.document.sensitivity == "open",
        "digest": model.digest_of(state["procedure"], drawn.number, state["data"]),
    }  # fmt: skip
    return PUBLISHED, {"to": "published", "set": told}


def demand_publishable(state: State) -> None:
    """Whether a number may be drawn for it. Raises `NotNow`."""
    _demand(state, "approved")


def replaced(state: State, by: State, since: date) -> Told:
    """Another holds in its place from a day on."""
    if state["state"] not in ("published", "expired"):
        raise NotNow(f"the document that it replaces is {state['state']}")
    last = (since - timedelta(days=1)).isoformat()
    until = state["data"].get("until")
    ends = last if until is None else min(last, until)
    return REPLACED, {"to": "replaced", "set": {"replaced_by": by["id"], "until": ends}}


def expiry_told(state: State, day: date) -> Told:
    """Its author was told that it will be in force no longer."""
    return EXPIRY_TOLD, {"set": {"warned": day.isoformat()}}


def expired(state: State) -> Told:
    """Its last day is over."""
    _demand(state, "published")
    return EXPIRED, {"to": "expired"}


def revoked(state: State, by: str, why: str, today: date, publishes: bool) -> Told:
    """In force no longer, or never: a published one by who may publish, any other by one of its authors.

    What has a number keeps it.
    """
    if not why.strip():
        raise Invalid(errors=[{"field": "why", "why": "is needed"}])
    if state["state"] in ("revoked", "replaced"):
        raise NotNow(f"the document is {state['state']}")
    told: dict[str, Any] = {"revoked": why.strip()}
    if model.is_out(state):
        if not publishes:
            raise NotAllowed(permission=model.PUBLISH)
        last = (today - timedelta(days=1)).isoformat()
        until = state["data"].get("until")
        told["until"] = last if until is None else min(last, until)
    elif by not in state["data"]["authors"]:
        raise NotAllowed(permission=model.DRAFT)
    return REVOKED, {"to": "revoked", "reason": why.strip(), "set": told}


def _my_turn(state: State, by: str, roles: Collection[str]) -> str:
    role = model.waiting_for(state)
    if role is None:
        raise NotNow(f"a document that is {state['state']} waits for nobody's approval")
    if role not in roles:
        raise NotAllowed(f"it waits for a {role}", permission=model.APPROVE)
    if by in state["data"]["authors"]:
        raise ConditionUnmet("nobody approves what they wrote")
    return role


def _demand(state: State, wanted: str) -> None:
    if state["state"] != wanted:
        raise NotNow(f"a document that is {state['state']} is no {wanted}")
