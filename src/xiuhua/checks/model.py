"""What an inspection is: its state, its findings, what must be put right. Pure.

A state has the keys of `flow.model`, so that events fold the same way: `procedure` is the checklist; `data` holds

- `thing` `{"kind", "id", "key", "called"}`; kind is `record`, `area`, `unit` or `place`
- `unit` that answers for it, or None; `inspectors`, codes of people; `round` and `party`, or None
- `place`, `scopes`, `unit_grid`
- when it is finished: `original` and `scored` (`scoring.Scored` as JSON), `finished`, epoch s

The track `finding` holds what was found (`standing`, `taken_back`), the track `rectification` what must be put right
(`open` → `rectified` → `passed`, or `open` again). The clock of rectification 1 is `rectification.1`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from xiuhua.flow.model import State
from xiuhua.packs.kinds import Checklist

MAKE: Final = "inspection.make"
RECTIFY: Final = "inspection.rectify"
READ: Final = "inspection.read"
OPEN_ROUND: Final = "round.open"
BEGUN: Final = "begun"
RECTIFYING: Final = "rectifying"
FINISHED: Final = "finished"
DROPPED: Final = "dropped"
STATES: Final = (BEGUN, RECTIFYING, FINISHED, DROPPED)
FINDING: Final = "finding"
STANDING: Final = "standing"
TAKEN_BACK: Final = "taken_back"
RECTIFICATION: Final = "rectification"
OPEN: Final = "open"
RECTIFIED: Final = "rectified"
PASSED: Final = "passed"
MOST_FINDINGS: Final = 500
"""Of one inspection."""
MOST_COUNT: Final = 10_000
"""Of one finding: shops with goods on the pavement, leaves of posters."""
MOST_PHOTOS: Final = 20
"""Of one finding."""


@dataclass(frozen=True, slots=True)
class Declared:
    """A checklist as it is in force in a city."""

    name: str
    digest: str
    """Of the pack version."""
    checklist: Checklist
    of_register: bool = False
    """Whether `of` names a register, and not an area kind."""

    @property
    def inspects(self) -> str:
        """What kind of thing is inspected: `record`, `area`, `unit` or `place`."""
        of = self.checklist.of
        if of is None:
            return "place"
        if of == "unit":
            return "unit"
        return "record" if self.of_register else "area"


def findings(state: State) -> list[dict[str, Any]]:
    """What was found and not taken back: each its values with `n`."""
    return [{**one["item"], "n": one["n"]} for one in state["tracks"].get(FINDING, ()) if one["state"] == STANDING]


def rectifications(state: State) -> list[dict[str, Any]]:
    """What must be put right, or was: each its values with `n` and `state`."""
    tracks = state["tracks"].get(RECTIFICATION, ())
    return [{**one["item"], "n": one["n"], "state": one["state"], "since": one["since"]} for one in tracks]


def since(state: State, n: int) -> int:
    """Since when rectification `n` is in its state, epoch s; of one that there is not, since the inspection began."""
    return next((int(one["since"]) for one in rectifications(state) if one["n"] == n), int(state["opened"]))


def passed(state: State) -> frozenset[str]:
    """The items whose recheck has passed."""
    return frozenset(one["item"] for one in rectifications(state) if one["state"] == PASSED)


def clock_name(n: int) -> str:
    """The clock of a rectification."""
    return f"{RECTIFICATION}.{n}"


def view(state: State) -> dict[str, Any]:
    """An inspection as expressions see it; points are texts, null where there is no score yet."""
    data = state["data"]
    scored: Mapping[str, Any] = data.get("scored") or {}
    return {
        **{name: data.get(name) for name in ("thing", "unit", "inspectors", "round", "party")},
        "state": state["state"], "score": scored.get("score"), "points": scored.get("points"),
        "full": scored.get("full"), "band": scored.get("band"), "list": scored.get("list"),
        "original": (data.get("original") or {}).get("score"), "findings": findings(state),
        "rectifications": rectifications(state),
    }  # fmt: skip
