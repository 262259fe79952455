"""What procedures of the loop ask of the kernel: open a case, answer its reporters, split, merge, adjudicate.

Packs name these in `effects.calls`; each runs in the transaction of the action that asked for it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any, Final

from xiuhua.flow.engine import Birth
from xiuhua.flow.model import Attempt, CallOut
from xiuhua.flow.work import Handler, Loaded, Work
from xiuhua.platform import personal
from xiuhua.platform.errors import ConditionUnmet
from xiuhua.platform.identity.model import Actor, system

_FROM_REPORT: Final = ("source", "place", "scopes", "unit_grid", "tags", "mandate", "verification")
_FROM_PARENT: Final = (
    "source", "place", "scopes", "unit_grid", "area_class", "part", "road_segment", "asset_owner", "photos_before",
    "tags", "mandate", "description_digest",
)  # fmt: skip
_ANSWERED: Final = frozenset({"answered", "called_back", "done"})


def handlers(number: Callable[[Work], str], add_duty: Callable[..., object]) -> Mapping[str, Handler]:
    """The calls by name; `number` gives visible case numbers, `add_duty` keeps an adjudicated duty row."""

    def open_case(work: Work, report: Loaded, call: CallOut, actor: Actor) -> None:
        given = report.state["data"]
        case_id = work.tx.new_id()
        data: dict[str, Any] = {name: given[name] for name in _FROM_REPORT}
        data |= dict(given["place_extra"] or {})
        data |= {
            "category": call.args["category"], "reports": [report.state["id"]], "photos_before": given["photos"],
            "photos_after": given["photos_after"], "missed": call.args.get("missed"),
        }  # fmt: skip
        if description := call.args.get("description"):
            data["description_digest"] = personal.keep(
                work.tx, work.city, f"case/{case_id}", "case", {"text": description}
            )
        birth = Birth(case_id, number(work), work.city, data)
        action = "accept_self_handled" if given["self_handled"] else "accept"
        work.create("case", "city_case", birth, Attempt(action), actor)
        work.act("report", report.state["id"], Attempt("link", {"case": case_id}), system(work.city))

    def adjudicated(work: Work, case: Loaded, call: CallOut, actor: Actor) -> None:
        until = call.args.get("until")
        add_duty(
            actor, unit=call.args["unit"], category=call.args["category"], scopes=call.args["scopes"],
            until=date.fromisoformat(until) if until else None, number=case.state["number"],
        )  # fmt: skip

    def open_parts(work: Work, case: Loaded, call: CallOut, actor: Actor) -> None:
        parts = []
        for category in call.args["categories"]:
            data = {name: case.state["data"][name] for name in _FROM_PARENT}
            data |= {"category": category, "parent": case.state["id"]}
            birth = Birth(work.tx.new_id(), number(work), work.city, data)
            parts.append(birth.id)
            work.create("case", "city_case", birth, Attempt("accept_part"), system(work.city))
        work.act("case", case.state["id"], Attempt("link_parts", {"parts": parts}), system(work.city))

    return {
        "open_case": open_case, "open_parts": open_parts, "add_duty": adjudicated, "join_case": _join_case,
        "answer_reports": _answer_reports, "rejoin_reports": _rejoin_reports, "move_reports": _move_reports,
        "note_call_back": _note_call_back, "tell_parent": _tell_parent,
        "tell_parent_reopened": _tell_parent_reopened, "leave_case": _leave_case,
        "take_back_reports": _take_back_reports,
    }  # fmt: skip


NAMES: Final = frozenset(
    {
        "open_case", "open_parts", "add_duty", "join_case", "answer_reports", "rejoin_reports", "move_reports",
        "note_call_back", "tell_parent", "tell_parent_reopened", "leave_case", "take_back_reports",
    }
)  # fmt: skip
"""For the validator of packs."""


def _join_case(work: Work, report: Loaded, call: CallOut, actor: Actor) -> None:
    _take(work, call.args["case"], [report.state["id"]])


def _take(work: Work, case: str, reports: list[str]) -> None:
    work.act("case", case, Attempt("take_reports", {"reports": reports}), system(work.city))


def _answer_reports(work: Work, case: Loaded, call: CallOut, actor: Actor) -> None:
    """Every reporter of the case gets its outcome."""
    work.load("report", case.state["data"]["reports"])
    for id_ in case.state["data"]["reports"]:
        if work.get("report", id_).state["state"] == "joined":
            work.act("report", id_, Attempt("answer", call.args), system(work.city))


def _rejoin_reports(work: Work, case: Loaded, call: CallOut, actor: Actor) -> None:
    """The case goes on, so its reporters will be answered again."""
    work.load("report", case.state["data"]["reports"])
    for id_ in case.state["data"]["reports"]:
        if work.get("report", id_).state["state"] in _ANSWERED:
            work.act("report", id_, Attempt("rejoin"), system(work.city))


def _move_reports(work: Work, case: Loaded, call: CallOut, actor: Actor) -> None:
    reports = case.state["data"]["reports"]
    _take(work, call.args["into"], reports)
    work.load("report", reports)
    for id_ in reports:
        work.act("report", id_, Attempt("link", {"case": call.args["into"]}), system(work.city))


def _leave_case(work: Work, report: Loaded, call: CallOut, actor: Actor) -> None:
    _let_go(work, call.args["case"], [report.state["id"]])


def _take_back_reports(work: Work, case: Loaded, call: CallOut, actor: Actor) -> None:
    """A merged case stands alone again: those of its reports that are still in the other case come back."""
    source, mine = call.args["from"], list(case.state["data"]["reports"])
    work.load("report", mine)
    back = [id_ for id_ in mine if work.get("report", id_).state["data"]["case"] == source]
    if not back:
        raise ConditionUnmet(f"none of its reports is in the case {source}")
    _let_go(work, source, back)
    if gone := [id_ for id_ in mine if id_ not in back]:
        _let_go(work, case.state["id"], gone)
    for id_ in back:
        if work.get("report", id_).state["state"] in _ANSWERED:
            work.act("report", id_, Attempt("rejoin"), system(work.city))
        work.act("report", id_, Attempt("link", {"case": case.state["id"]}), system(work.city))


def _let_go(work: Work, case: str, reports: list[str]) -> None:
    work.act("case", case, Attempt("let_go", {"reports": reports}), system(work.city))


def _note_call_back(work: Work, report: Loaded, call: CallOut, actor: Actor) -> None:
    case = work.find("case", call.args["case"]) if call.args["case"] else None
    if case is not None and case.state["state"] == "closed":
        told = {name: call.args[name] for name in ("satisfied", "reached", "solved")}
        fields = {**told, "report": report.state["id"]}
        work.act("case", case.state["id"], Attempt("note_call_back", fields), system(work.city))


def _tell_parent(work: Work, case: Loaded, call: CallOut, actor: Actor) -> None:
    _tell(work, case, "part_ended")


def _tell_parent_reopened(work: Work, case: Loaded, call: CallOut, actor: Actor) -> None:
    _tell(work, case, "part_reopened")


def _tell(work: Work, case: Loaded, action: str) -> None:
    parent = case.state["data"]["parent"]
    if parent is not None and work.get("case", parent).state["state"] == "split":
        work.act("case", parent, Attempt(action, {"part": case.state["id"]}), system(work.city))
