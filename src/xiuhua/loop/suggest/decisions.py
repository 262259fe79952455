"""Which events of the log are decisions to learn from. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final, NamedTuple

from xiuhua.platform.eventlog import Event

_NOT_OURS: Final = frozenset({"ReportRefused", "ReportForwarded", "AnsweredDirectly"})
"""A report that made no case. One refused because a collector found nothing there says nothing of its words."""
_FILED: Final = frozenset({"CaseFiled", "SelfHandleConfirmed"})
_HANDLED: Final = "HandedBack"


class Decisions(NamedTuple):
    """What people decided, in the order of the log: ids of reports and cases."""

    order: list[tuple[str, str]]
    """`report` and its id: not ours. `case` and its id: filed under the category it has."""
    handled: list[str]
    """Cases that a unit has handed back as done: it was theirs."""


def decisions_in(events: Iterable[Event]) -> Decisions:
    """The decisions among events."""
    order, handled = [], []
    for event in events:
        kind, _, id_ = event.stream.partition("/")
        if kind == "report" and event.type in _NOT_OURS:
            order.append(("report", id_))
        elif kind == "case" and event.type in _FILED:
            order.append(("case", id_))
        elif kind == "case" and event.type == _HANDLED:
            handled.append(id_)
    return Decisions(order, handled)
