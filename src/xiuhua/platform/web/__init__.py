"""What every room's `api.py` needs: who asks, one transaction per request, and one shape for every answer.

A room writes plain functions; `docs/reference/web.md` shows one and tells what a client can rely on.
"""

from xiuhua.platform.web.call import Call, current_call
from xiuhua.platform.web.dependencies import (
    CurrentActor,
    IfMatch,
    Language,
    Reading,
    Transaction,
    UnsettledActor,
    provided,
    require,
)
from xiuhua.platform.web.paging import Page, Paging
from xiuhua.platform.web.reply import Reply, Replying, ShownOnce
from xiuhua.platform.web.route import Router
from xiuhua.platform.web.times import Day, Moment

__all__ = [
    "Call",
    "CurrentActor",
    "Day",
    "IfMatch",
    "Language",
    "Moment",
    "Page",
    "Paging",
    "Reading",
    "Reply",
    "Replying",
    "Router",
    "ShownOnce",
    "Transaction",
    "UnsettledActor",
    "current_call",
    "provided",
    "require",
]
