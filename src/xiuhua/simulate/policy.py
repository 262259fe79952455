"""What a person of the fictional district does with what waits for them. Pure, by the story of the case.

A story is drawn for each case when it begins; it says what is unusual about it. `decide` looks at the state,
the track and the story and names the action with its fields, or nothing when the person lets it lie.
"""

from __future__ import annotations

from xiuhua.flow.model import Attempt
from xiuhua.simulate.case_policy import CASE
from xiuhua.simulate.report_policy import REPORT
from xiuhua.simulate.track_policy import TRACKS
from xiuhua.simulate.turn import Turn


def decide(turn: Turn) -> Attempt | None:
    """The action for a turn."""
    track = turn.wait["track"]
    if track != "main":
        state = turn.item()["state"]
        attempt = TRACKS[track, state](turn)
        return Attempt(attempt.action, attempt.fields, attempt.reason, turn.wait["n"]) if attempt else None
    table = REPORT if turn.state["subject"] == "report" else CASE
    step = table.get(turn.state["state"])
    return step(turn) if step else None
