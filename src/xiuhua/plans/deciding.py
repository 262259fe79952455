"""What is done with plans, rosters, campaigns and external results becomes an event, or is refused. Pure.

Each function gives the event's type and payload, which `flow.model.apply` folds.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any, Final

from xiuhua.flow.model import State
from xiuhua.plans import model
from xiuhua.plans.model import Declared
from xiuhua.plans.periods import Period
from xiuhua.plans.progress import Cell, total
from xiuhua.platform.errors import ConditionUnmet, Invalid, NotFound, NotNow

PLAN_BEGUN: Final = "PlanBegun"
PLAN_TARGET_SET: Final = "PlanTargetSet"
PLAN_PART_MOVED: Final = "PlanPartMoved"
PLAN_PERIOD_ENDED: Final = "PlanPeriodEnded"
PLAN_MISSED: Final = "PlanMissed"
ROSTER_TURN_PLANNED: Final = "RosterTurnPlanned"
ROSTER_TURN_SWAPPED: Final = "RosterTurnSwapped"
ROSTER_TURN_CANCELLED: Final = "RosterTurnCancelled"
CAMPAIGN_OPENED: Final = "CampaignOpened"
CAMPAIGN_CHANGED: Final = "CampaignChanged"
CAMPAIGN_POSTED: Final = "CampaignPosted"
CAMPAIGN_LINKED: Final = "CampaignLinked"
CAMPAIGN_UNLINKED: Final = "CampaignUnlinked"
CAMPAIGN_CLOSED: Final = "CampaignClosed"
EXTERNAL_RESULT_KEPT: Final = "ExternalResultKept"
EXTERNAL_RESULT_CORRECTED: Final = "ExternalResultCorrected"
EXTERNAL_RESULT_WITHDRAWN: Final = "ExternalResultWithdrawn"
MOST_DAYS: Final = 3_660
"""Of a campaign; its figures look at as many days before and after it."""
MOST_POSTS: Final = 1_000
MOST_LINKS: Final = 10_000
MOST_MISSED: Final = 500
"""Keys of one event `PlanMissed`; more of a period go into further ones."""
Told = tuple[str, dict[str, Any]]


def _first(subject: str, id_: str, number: str, pack: str = "") -> dict[str, Any]:
    return {"id": id_, "number": number, "procedure": number, "pack": pack, "subject": subject}


# ---- plans


def begun(declared: Declared, since: date) -> Told:
    """A plan is known in a city from a day on."""
    first = _first("plan", declared.name, declared.name, declared.digest)
    return PLAN_BEGUN, {**first, "to": "running", "set": model.begun(declared, since)}


def target_set(declared: Declared, version: Mapping[str, Any]) -> Told:
    """Another target or frequency, for periods from a day on. `version`: `from`, `target` | `times`, `of`, `why`, `by`.

    Raises `Invalid` where it does not fit to what the plan counts.
    """
    wrong = []
    if declared.every is None:
        wrong.append({"field": "plan", "why": "has no periods"})
    if declared.plan.target is None and version.get("target") is not None:
        wrong.append({"field": "target", "why": "is of plans with a target; say `times`"})
    if declared.plan.target is not None and version.get("times") is not None:
        wrong.append({"field": "times", "why": "is of plans without a target; say `target`"})
    if version.get("target") is None and version.get("times") is None and not version.get("of"):
        wrong.append({"field": "target", "why": "nothing is set"})
    if version.get("of") and declared.plan.per is None:
        wrong.append({"field": "of", "why": "the plan is for the whole city"})
    if wrong:
        raise Invalid(errors=wrong)
    return PLAN_TARGET_SET, {"append": {"targets": dict(version)}}


def part_moved(declared: Declared, state: State, part: str, share: Decimal, note: str, by: str, at: int) -> Told:
    """How far a part of a task tree is. Raises `NotFound`, or `ConditionUnmet` where it follows from others."""
    declared_part = declared.plan.parts.get(part)
    if declared_part is None:
        raise NotFound(f"the plan has no part {part}")
    if declared_part.plan is not None or any(one.under == part for one in declared.plan.parts.values()):
        raise ConditionUnmet(f"how far {part} is follows from its own parts or plan")
    entry = {"share": str(share), "note": note, "by": by, "at": at}
    return PLAN_PART_MOVED, {"part": part, "set": {"parts": {**state["data"]["parts"], part: entry}}}


def period_ended(period: Period, per: str | None, cells: Sequence[Cell]) -> list[Told]:
    """What came of a period that is over: its figures once, and the keys that missed it by the hundred."""
    sum_ = total(cells)
    figures = {
        "name": period.name, "first": period.first.isoformat(), "last": period.last.isoformat(),
        "expected": str(sum_.expected), "done": str(sum_.done), "count": sum_.count, "keys": sum_.cells,
        "met": sum_.met, "late": sum_.late, "missed": sum_.missed,
        "share": None if sum_.share is None else str(sum_.share),
    }  # fmt: skip
    told: list[Told] = [(PLAN_PERIOD_ENDED, {"period": figures, "set": {"told_until": period.last.isoformat()}})]
    missed = [
        {"key": one.key.code, "expected": str(one.expected), "done": str(one.done)}
        for one in cells
        if one.expected and one.standing == "missed"
    ]
    for begin in range(0, len(missed), MOST_MISSED):
        some = missed[begin : begin + MOST_MISSED]
        which = {"period": period.name, "first": figures["first"], "last": figures["last"], "per": per}
        told.append((PLAN_MISSED, {**which, "missed": some}))
    return told


# ---- rosters


def turn_planned(id_: str, data: Mapping[str, Any]) -> Told:
    """A person is to be on duty. `data`: `plan`, `person`, `begins`, `ends` (epoch s), `day`, `shift`, `place`."""
    if data["ends"] <= data["begins"]:
        raise Invalid(errors=[{"field": "ends", "why": "is not after the begin"}])
    if data["ends"] - data["begins"] > 36 * 3600:
        raise Invalid(errors=[{"field": "ends", "why": "nobody is on duty for more than 36 hours"}])
    return ROSTER_TURN_PLANNED, {**_first("roster", id_, str(data["plan"])), "to": "planned", "set": dict(data)}


def turn_swapped(state: State, person: str, reason: str, by: str) -> Told:
    """Somebody else takes the turn."""
    _demand(state, "planned")
    if state["data"]["person"] == person:
        raise ConditionUnmet("that is whose turn it is already")
    swap = {"from": state["data"]["person"], "to": person, "reason": _said(reason, "reason"), "by": by}
    return ROSTER_TURN_SWAPPED, {"set": {"person": person}, "append": {"swaps": swap}}


def turn_cancelled(state: State, reason: str) -> Told:
    """The turn falls out."""
    _demand(state, "planned")
    return ROSTER_TURN_CANCELLED, {"to": "cancelled", "reason": _said(reason, "reason")}


# ---- campaigns


def campaign_opened(id_: str, data: Mapping[str, Any]) -> Told:
    """A campaign of some days, areas and units, with goals."""
    _check_days(data)
    empty: dict[str, Any] = {"posts": [], "links": []}
    return CAMPAIGN_OPENED, {**_first("campaign", id_, str(data["title"])), "to": "open", "set": {**empty, **data}}


def campaign_changed(state: State, values: Mapping[str, Any]) -> Told | None:
    """What it is about, otherwise; None when nothing is."""
    _demand(state, "open")
    new = {name: value for name, value in values.items() if state["data"].get(name) != value}
    _check_days({**state["data"], **new})
    return (CAMPAIGN_CHANGED, {"set": new}) if new else None


def campaign_posted(state: State, text: str, photos: Sequence[str], by: str, at: int) -> Told:
    """A line of its log."""
    _demand(state, "open")
    if len(state["data"]["posts"]) >= MOST_POSTS:
        raise ConditionUnmet(f"a campaign's log has {MOST_POSTS:,} lines at most")
    post = {"text": _said(text, "text"), "photos": list(photos), "by": by, "at": at}
    return CAMPAIGN_POSTED, {"append": {"posts": post}}


def campaign_linked(state: State, kind: str, id_: str) -> Told | None:
    """Something belongs to it whatever its rule says; None when it does already."""
    _demand(state, "open")
    link = {"kind": kind, "id": id_}
    if link in state["data"]["links"]:
        return None
    if len(state["data"]["links"]) >= MOST_LINKS:
        raise ConditionUnmet(f"{MOST_LINKS:,} things are linked to a campaign at most")
    return CAMPAIGN_LINKED, {"append": {"links": link}}


def campaign_unlinked(state: State, kind: str, id_: str) -> Told:
    """It does not."""
    _demand(state, "open")
    link = {"kind": kind, "id": id_}
    if link not in state["data"]["links"]:
        raise NotFound(f"{kind} {id_} is not linked")
    return CAMPAIGN_UNLINKED, {"set": {"links": [one for one in state["data"]["links"] if one != link]}}


def campaign_closed(state: State, summary: str, figures: Mapping[str, Any], by: str) -> Told:
    """Its end, with a summary and the figures as they were then."""
    _demand(state, "open")
    ended = {"summary": _said(summary, "summary"), "figures": dict(figures), "closed_by": by}
    return CAMPAIGN_CLOSED, {"to": "closed", "set": ended}


# ---- external results


def result_kept(id_: str, data: Mapping[str, Any]) -> Told:
    """What somebody else decided. Raises `Invalid` for a rank without, or beyond, how many were ranked."""
    _check_result(data)
    return EXTERNAL_RESULT_KEPT, {**_first("result", id_, str(data["title"])), "to": "kept", "set": dict(data)}


def result_corrected(state: State, values: Mapping[str, Any], why: str) -> Told:
    """A new version; those before it stay in the log."""
    _demand(state, "kept")
    new = {name: value for name, value in values.items() if state["data"].get(name) != value}
    if not new:
        raise ConditionUnmet("the result holds all of this already")
    _check_result({**state["data"], **new})
    return EXTERNAL_RESULT_CORRECTED, {"set": new, "reason": _said(why, "why")}


def result_withdrawn(state: State, why: str) -> Told:
    """It was kept by mistake."""
    _demand(state, "kept")
    return EXTERNAL_RESULT_WITHDRAWN, {"to": "withdrawn", "reason": _said(why, "why")}


def _check_days(data: Mapping[str, Any]) -> None:
    first, last = date.fromisoformat(data["first"]), date.fromisoformat(data["last"])
    if last < first:
        raise Invalid(errors=[{"field": "last", "why": "lies before the first day"}])
    if (last - first).days >= MOST_DAYS:
        raise Invalid(errors=[{"field": "last", "why": f"is more than {MOST_DAYS:,} days after the first"}])


def _check_result(data: Mapping[str, Any]) -> None:
    wrong = []
    if data.get("rank") is None and data.get("value") is None:
        wrong.append({"field": "value", "why": "a value or a rank is needed"})
    if data.get("rank") is not None and data.get("of") is not None and data["rank"] > data["of"]:
        wrong.append({"field": "rank", "why": "is beyond how many were ranked"})
    if data["first"] > data["last"]:
        wrong.append({"field": "last", "why": "lies before the first day"})
    if wrong:
        raise Invalid(errors=wrong)


def _demand(state: State, standing: str) -> None:
    if state["state"] != standing:
        raise NotNow(f"it is {state['state']}")


def _said(text: str, name: str) -> str:
    if not text.strip():
        raise Invalid(errors=[{"field": name, "why": "is needed"}])
    return text.strip()
