"""Tasks and timers: whose turn it is and what the clock will do, kept in the transaction of the event."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from xiuhua.flow.model import State, instance
from xiuhua.platform import copying
from xiuhua.platform.copying import Table
from xiuhua.platform.database import Tx
from xiuhua.platform.eventlog import FEW
from xiuhua.platform.identity.model import Actor
from xiuhua.platform.sql import queries, rows_as_json

TASK_COLUMNS = ("kind", "subject", "ordinal", "role", "unit", "person", "scopes", "track", "n", "state", "clock",
                "since", "due")  # fmt: skip
TIMER_COLUMNS = ("kind", "subject", "ordinal", "at", "action", "track", "n")
_TASK = Table("task", TASK_COLUMNS, {"scopes": copying.array(" "), "since": copying.moment, "due": copying.moment})


def task_rows(kind: str, state: State) -> list[tuple[Any, ...]]:
    """The tasks of one subject, in the order of `TASK_COLUMNS`; times as epoch seconds."""
    scopes = " ".join(state["data"].get("scopes") or ())
    rows = []
    for ordinal, wait in enumerate(state["waits"]):
        runs = [state["clocks"].get(name) for name in (wait.get("clock"), *wait.get("also", ()))]
        dues = [run["due"] for run in runs if run is not None]
        due = min([*dues, wait["due"]] if "due" in wait else dues, default=None)
        track, n = wait["track"], wait.get("n")
        one = instance(state, track, n) if n is not None else None
        rows.append(
            (kind, state["id"], ordinal, wait["role"], wait.get("unit"), wait.get("person"), scopes, track, n,
             one["state"] if one else state["state"], wait.get("clock"), wait["since"], due)
        )  # fmt: skip
    return rows


def timer_rows(kind: str, state: State) -> list[tuple[Any, ...]]:
    """The timers of one subject, in the order of `TIMER_COLUMNS`."""
    return [
        (kind, state["id"], ordinal, timer["at"], timer["do"], timer["track"], timer.get("n"))
        for ordinal, timer in enumerate(state["timers"])
    ]


def replace(tx: Tx, city: str, moved: Sequence[tuple[str, State, bool]]) -> None:
    """Put the tasks and timers of subjects that moved in the place of the old; `True` marks a new subject."""
    sql = queries("xiuhua.flow", "tasks.sql")
    old = [(kind, state["id"]) for kind, state, is_new in moved if not is_new]
    if old:
        which = {"city": city, "kinds": [kind for kind, _ in old], "subjects": [id_ for _, id_ in old]}
        tx.execute(sql["clear_tasks"], which)
        tx.execute(sql["clear_timers"], which)
    tasks = [row for kind, state, _ in moved for row in task_rows(kind, state)]
    timers = [row for kind, state, _ in moved for row in timer_rows(kind, state)]
    if len(tasks) > FEW:
        copying.put(tx, city, _TASK, tasks)
    elif tasks:
        tx.execute(sql["add_tasks"], {"city": city, "rows": rows_as_json(TASK_COLUMNS, tasks)})
    if timers:
        tx.execute(sql["add_timers"], {"city": city, "rows": rows_as_json(TIMER_COLUMNS, timers)})


def inbox(
    tx: Tx,
    actor: Actor,
    stands_in_for: Mapping[str, Sequence[str]],
    kind: str | None = None,
    limit: int = 50,
    offset: int = 0,
    places: Sequence[str] | None = None,
) -> list[Any]:
    """What waits for this person, most urgent first; rows of `task`; only at some places `track.state` if told.

    `stands_in_for` names, for each of the person's units, the offline units it is the proxy of.
    """
    desks = [
        (post.role, unit)
        for post in actor.posts
        if post.unit is not None
        for unit in (post.unit, *stands_in_for.get(post.unit, ()))
    ]
    areas = [(post.role, post.area) for post in actor.posts]
    return tx.execute(
        queries("xiuhua.flow", "tasks.sql")["inbox"],
        {
            "city": actor.city, "person": actor.id, "roles": sorted(actor.roles()), "kind": kind,
            "unit_roles": [role for role, _ in desks], "units": [unit for _, unit in desks],
            "area_roles": [role for role, _ in areas], "areas": [area for _, area in areas],
            "limit": limit, "offset": offset, "reach": limit + offset,
            "places": None if places is None else list(places),
        },
    ).fetchall()  # fmt: skip
