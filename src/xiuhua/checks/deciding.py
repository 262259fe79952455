"""What is done with an inspection becomes an event, or is refused. Pure.

Each function gives the event's type and payload, which `flow.model.apply` folds. Nothing personal is in payloads:
people stand there by their codes.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from xiuhua.checks import model, scoring
from xiuhua.checks.model import BEGUN, FINDING, MOST_FINDINGS, OPEN, PASSED, RECTIFICATION, RECTIFIED, Declared
from xiuhua.city.calendars.model import WorkCalendar
from xiuhua.flow import clocks
from xiuhua.flow.clock_run import ClockRun
from xiuhua.flow.model import State, instance
from xiuhua.packs.kinds import Checklist, ChecklistItem
from xiuhua.platform.errors import ConditionUnmet, Invalid, NotFound, NotNow

INSPECTION_BEGUN: Final = "InspectionBegun"
FINDING_MADE: Final = "FindingMade"
FINDING_TAKEN_BACK: Final = "FindingTakenBack"
INSPECTION_FINISHED: Final = "InspectionFinished"
INSPECTION_FOLLOWED: Final = "InspectionFollowed"
INSPECTION_DROPPED: Final = "InspectionDropped"
RECTIFICATION_DONE: Final = "RectificationDone"
RECHECK_PASSED: Final = "RecheckPassed"
RECHECK_FAILED: Final = "RecheckFailed"
RECTIFICATION_LATE: Final = "RectificationLate"
Told = tuple[str, dict[str, Any]]
_FINDING: Final = ("item", "count", "choice", "applies", "note", "photos", "place")
_MOST_NOTE: Final = 2000


def begun(declared: Declared, id_: str, number: str, data: Mapping[str, Any]) -> Told:
    """A new inspection."""
    if not data.get("unit") and declared.checklist.rectify_within is not None:
        raise Invalid(errors=[{"field": "unit", "why": "is needed: somebody must put right what fails"}])
    return INSPECTION_BEGUN, {
        "id": id_, "number": number, "procedure": declared.name, "pack": declared.digest, "subject": "inspection",
        "to": BEGUN, "set": dict(data),
    }  # fmt: skip


def found(checklist: Checklist, state: State, given: Mapping[str, Any], by: str, at: int) -> Told:
    """Something that was found of an item, what was chosen, or that it does not apply. Raises `Invalid`."""
    _demand(state, BEGUN)
    one = read_finding(checklist, given)
    n = max((each["n"] for each in state["tracks"].get(FINDING, ())), default=0) + 1
    if n > MOST_FINDINGS:
        raise ConditionUnmet(f"an inspection has {MOST_FINDINGS} findings at most")
    return FINDING_MADE, _one(FINDING, n, model.STANDING, at, {**one, "by": by})


def read_finding(checklist: Checklist, given: Mapping[str, Any]) -> dict[str, Any]:
    """A finding as it is kept. Raises `Invalid` with everything that is wrong with it."""
    errors = [{"field": name, "why": "unknown field"} for name in given if name not in _FINDING]
    name = str(given.get("item") or "")
    item = checklist.items.get(name)
    if item is None:
        raise Invalid(errors=[*errors, {"field": "item", "why": f"is one of {', '.join(checklist.items)}"}])
    count, choice, applies = given.get("count"), given.get("choice"), given.get("applies", True)
    photos, note = given.get("photos") or [], given.get("note")
    if count is None:
        count = 0 if item.choices or not applies else 1

    def wrong(field: str, why: str) -> None:
        errors.append({"field": field, "why": why})

    if not isinstance(applies, bool):
        wrong("applies", "is true or false")
    if not isinstance(count, int) or isinstance(count, bool) or not 0 <= count <= model.MOST_COUNT:
        wrong("count", f"is a whole number from 0 to {model.MOST_COUNT}")
    elif count and (item.choices or not applies):
        wrong("count", "is not given with a choice, nor where the item does not apply")
    if item.choices and applies and choice not in item.choices:
        wrong("choice", f"is one of {', '.join(item.choices)}")
    elif choice is not None and not (item.choices and applies):
        wrong("choice", "is not given here")
    if applies is False and not item.may_not_apply:
        wrong("applies", "always applies")
    if note is not None and (not isinstance(note, str) or len(note) > _MOST_NOTE):
        wrong("note", f"is a text of {_MOST_NOTE} characters at most")
    if not isinstance(photos, list) or not all(isinstance(one, str) for one in photos):
        wrong("photos", "is a list of ids")
    elif len(photos) > model.MOST_PHOTOS:
        wrong("photos", f"are {model.MOST_PHOTOS} at most")
    elif item.photo and not photos and not errors and scoring.failed(item, count, choice) and applies:
        wrong("photos", "a finding of this item needs a photo")
    if errors:
        raise Invalid(f"{len(errors)} fields do not fit.", errors=errors)
    kept = {"item": name, "count": count, "choice": choice, "applies": applies, "note": note, "photos": photos}
    return {**kept, "place": given.get("place")}


def taken_back(state: State, n: int, by: str, at: int) -> Told:
    """A finding that was none; it stays in the log."""
    _demand(state, BEGUN)
    one = instance(state, FINDING, n)
    if one is None:
        raise NotFound(f"there is no finding {n}")
    if one["state"] != model.STANDING:
        raise NotNow(f"finding {n} is {one['state']}")
    return FINDING_TAKEN_BACK, _one(FINDING, n, model.TAKEN_BACK, at, {**one["item"], "taken_back_by": by})


def finished(checklist: Checklist, state: State, by: str, at: int, known: int, calendar: WorkCalendar) -> Told:
    """The score, and for each failed item what must be put right and by when. Raises `Invalid` for what is missing.

    Time for that runs from when it is `known`, which is later than `at` where a phone had no network.
    """
    _demand(state, BEGUN)
    found_ = model.findings(state)
    errors = list(_missing(checklist, found_))
    if errors:
        raise Invalid(f"{len(errors)} items are not answered.", errors=errors)
    score = scoring.scored(checklist, found_)
    lost = [line.item for line in score.lines if line.failed]
    told: dict[str, Any] = {"set": {"original": score.as_json(), "scored": score.as_json(), "finished": at, "by": by}}
    opened: list[dict[str, Any]] = []
    runs: dict[str, Any] = {}
    if checklist.rectify_within is not None:
        for n, name in enumerate((one for one in lost if checklist.items[one].rectify), start=1):
            run = _clock(checklist, n, calendar, known)
            runs[run.name] = run.to_json()
            item = {
                "item": name, "findings": [one["n"] for one in found_ if one["item"] == name], "due": run.due,
                "late": False, "told_late": 0, "round": 1, "tries": [],
            }  # fmt: skip
            opened.append({"n": n, "state": OPEN, "since": known, "item": item})
    starts = [
        {"item": name, "procedure": checklist.items[name].on_fail} for name in lost if checklist.items[name].on_fail
    ]
    told |= {"to": model.RECTIFYING if opened else model.FINISHED}
    if opened:
        told |= {"tracks": {RECTIFICATION: opened}, "clocks": runs}
    return INSPECTION_FINISHED, told | ({"starts": starts} if starts else {})


def followed(starts: Sequence[Mapping[str, str]], begun: Sequence[Mapping[str, str | None]]) -> Told | None:
    """What the failed items have begun (`stream`), or why not (`problem`); None where there was nothing to begin."""
    told = [{**one, **came} for one, came in zip(starts, begun, strict=True) if any(came.values())]
    return (INSPECTION_FOLLOWED, {"set": {"follows": told}}) if told else None


def dropped(state: State, by: str, why: str) -> Told:
    """Begun by mistake: it counts nowhere."""
    _demand(state, BEGUN)
    return INSPECTION_DROPPED, {"to": model.DROPPED, "reason": _reason(why), "set": {"by": by}}


def rectified(
    checklist: Checklist, state: State, n: int, given: Mapping[str, Any], by: str, at: int, calendar: WorkCalendar
) -> Told:
    """The unit has put it right: `photos`, `note`. Its clock stops.

    It was in time if it was done in time, also where a phone tells that after the clock has said otherwise.
    """
    one = _rectification(state, n, OPEN)
    item: ChecklistItem = checklist.items[one["item"]["item"]]
    photos = list(given.get("photos") or ())
    if item.photo_after and not photos:
        raise Invalid(errors=[{"field": "photos", "why": "a photo shows that it was put right"}])
    attempt = {"at": at, "by": by, "photos": photos, "note": given.get("note"), "due": one["item"]["due"]}
    run = clocks.stop(ClockRun.from_json(state["clocks"][model.clock_name(n)]), calendar, at)
    tries = [*one["item"]["tries"], attempt]
    kept = {**one["item"], "late": any(each["at"] > each["due"] for each in tries), "tries": tries}
    told = _one(RECTIFICATION, n, RECTIFIED, at, kept)
    return RECTIFICATION_DONE, told | {"clocks": {run.name: run.to_json()}}


def rechecked(
    checklist: Checklist, state: State, n: int, given: Mapping[str, Any], by: str, at: int, known: int,
    calendar: WorkCalendar,
) -> Told:  # fmt: skip
    """An inspector has looked again: `passed`, `photos`, `note`. Who may do so is not asked here.

    The time that a failed one gives anew runs from when it is `known`.
    """
    one = _rectification(state, n, RECTIFIED)
    *before, last = one["item"]["tries"]
    passes = bool(given["passed"])
    check = {"at": at, "by": by, "passed": passes, "photos": list(given.get("photos") or ()), "note": given.get("note")}
    item = {**one["item"], "tries": [*before, {**last, "recheck": check}]}
    if not passes:
        run = _clock(checklist, n, calendar, known)
        again = {**item, "round": item["round"] + 1, "due": run.due}
        return RECHECK_FAILED, _one(RECTIFICATION, n, OPEN, known, again) | {"clocks": {run.name: run.to_json()}}
    told = _one(RECTIFICATION, n, PASSED, at, item)
    others = [each["state"] for each in state["tracks"][RECTIFICATION] if each["n"] != n]
    score = scoring.scored(checklist, model.findings(state), {*model.passed(state), item["item"]})
    told["set"] = {"scored": score.as_json()}
    return RECHECK_PASSED, told | ({"to": model.FINISHED} if all(one == PASSED for one in others) else {})


def late(state: State, at: int) -> Told | None:
    """What should have been put right by now and was not; None where nothing is new about that."""
    over = [
        {**one, "item": {**one["item"], "late": True, "told_late": one["item"]["round"]}}
        for one in state["tracks"].get(RECTIFICATION, ())
        if one["state"] == OPEN and one["item"]["due"] < at and one["item"]["told_late"] != one["item"]["round"]
    ]
    return (RECTIFICATION_LATE, {"tracks": {RECTIFICATION: over}}) if over else None


def _missing(checklist: Checklist, findings: Sequence[Mapping[str, Any]]) -> list[dict[str, str]]:
    errors = []
    for name, item in checklist.items.items():
        about = [one for one in findings if one["item"] == name]
        applies, _, choice = scoring.answered(about)
        if not applies:
            continue
        if item.choices and choice is None:
            errors.append({"field": name, "why": "is not answered"})
        elif item.evidence and not any(one.get("note") or one.get("photos") for one in about):
            errors.append({"field": name, "why": "needs a note or a photo"})
    return errors


def _clock(checklist: Checklist, n: int, calendar: WorkCalendar, at: int) -> ClockRun:
    amount, kind = str(checklist.rectify_within).split()
    return clocks.start(calendar, model.clock_name(n), int(amount), kind, at)


def _rectification(state: State, n: int, wanted: str) -> dict[str, Any]:
    one = instance(state, RECTIFICATION, n)
    if one is None:
        raise NotFound(f"there is no rectification {n}")
    if one["state"] != wanted:
        raise NotNow(f"rectification {n} is {one['state']}")
    return one


def _one(track: str, n: int, to: str, at: int, item: Mapping[str, Any]) -> dict[str, Any]:
    return {"tracks": {track: [{"n": n, "state": to, "since": at, "item": dict(item)}]}}


def _demand(state: State, wanted: str) -> None:
    if state["state"] != wanted:
        raise NotNow(f"the inspection is {state['state']}")


def _reason(why: str) -> str:
    if not why.strip():
        raise Invalid(errors=[{"field": "why", "why": "is needed"}])
    return why.strip()
