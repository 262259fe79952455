"""What a rule has raised, and what a person does with it: events, or a refusal. Pure.

Nothing follows from a finding by itself: it is taken by a person, who settles it or dismisses it with a reason.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from xiuhua.flow.model import State
from xiuhua.platform.errors import Invalid, NotNow
from xiuhua.rules.model import OPEN, Known

RAISED: Final = "FindingRaised"
TAKEN: Final = "FindingTaken"
SETTLED: Final = "FindingSettled"
DISMISSED: Final = "FindingDismissed"
FIGURE_TOLD: Final = "FigureTold"
Told = tuple[str, dict[str, Any]]


def raised(known: Known, id_: str, key: str, about: Sequence[tuple[str, str]], why: Mapping[str, Any]) -> Told:
    """A new finding. `why`: what held, and what was opened or asked for."""
    raises = known.rule.raises
    return RAISED, {
        "id": id_, "number": "", "procedure": known.name, "pack": known.digest, "subject": "finding", "to": "open",
        "set": {
            "key": key, "about": [{"kind": kind, "id": one} for kind, one in about], "role": raises.to,
            "task": raises.task, "alarm": raises.alarm, "severity": raises.severity, "by": None, **why,
        },
    }  # fmt: skip


def taken(state: State, by: str) -> Told:
    """Somebody looks after it."""
    if state["state"] != "open":
        raise NotNow(f"the finding is {state['state']}")
    return TAKEN, {"to": "taken", "set": {"by": by}}


def settled(state: State, by: str, what: str) -> Told:
    """What was to be done is done."""
    _demand_open(state)
    return SETTLED, {"to": "settled", "reason": _needed(what), "set": {"by": by, "outcome": _needed(what)}}


def dismissed(state: State, by: str, why: str) -> Told:
    """There was nothing to be done."""
    _demand_open(state)
    return DISMISSED, {"to": "dismissed", "reason": _needed(why), "set": {"by": by, "outcome": _needed(why)}}


def _demand_open(state: State) -> None:
    if state["state"] not in OPEN:
        raise NotNow(f"the finding is {state['state']}")


def _needed(text: str) -> str:
    if not text.strip():
        raise Invalid(errors=[{"field": "why", "why": "is needed"}])
    return text.strip()
