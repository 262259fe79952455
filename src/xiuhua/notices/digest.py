"""The digest: once a day each person hears how much waits for them, and how much of it presses."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from typing import Any

from xiuhua.loop.service import Loop
from xiuhua.loop.surroundings import CityView
from xiuhua.notices.model import Quiet, Rules, Telling, body_of, filled
from xiuhua.notices.telling import tell
from xiuhua.platform.database import Tx
from xiuhua.platform.sql import queries


def tell_the_day(
    tx: Tx, city: str, loop: Loop, rules: Rules, at: time | None, quiet: Quiet | None, last: date | None
) -> int:
    """Make today's digest when its hour has come and it was not made; how many people got one.

    Days on which no worker ran are left out: what they would have said is said by today's.
    """
    if not rules.digests or at is None:
        return 0
    view = loop.view(tx, city)
    local = tx.now.astimezone(view.zone)
    if local.time() < at or (last is not None and last >= local.date()):
        return 0
    rows = tx.execute(queries("xiuhua.notices")["days"], _posts(view, tx.now)).fetchall()
    shown = (quiet.over(local) if quiet else None) or tx.now
    told = tell(tx, city, list(_tellings(view, rules, rows, tx.now, shown)))
    tx.execute(queries("xiuhua.notices")["told_the_day"], {"city": city, "day": view.day})
    return told


def _posts(view: CityView, now: datetime) -> dict[str, Any]:
    """Every post of the city on this day, with the desks it keeps for others; as arrays."""
    desks: dict[str, list[str]] = {}
    for unit in view.directory.units.values():
        desk = view.directory.desk_of(unit.code)
        if desk != unit.code:
            desks.setdefault(desk, []).append(unit.code)
    rows: list[tuple[str, str, str | None, str | None]] = []
    for person in view.directory.people:
        for post in view.directory.posts_of(person):
            rows.append((person, post.role, post.unit, post.area))
            rows += [(person, post.role, unit, post.area) for unit in desks.get(post.unit or "", ())]
    people, roles, units, areas = map(list, zip(*rows, strict=True)) if rows else ([], [], [], [])
    end = datetime.combine(view.day + timedelta(days=1), time(), view.zone)
    return {
        "city": view.city, "people": people, "roles": roles, "units": units, "areas": areas, "now": now, "end": end,
    }  # fmt: skip


def _tellings(view: CityView, rules: Rules, rows: list[Any], now: datetime, shown: datetime) -> Iterator[Telling]:
    for name in rules.digests:
        notice = rules.by_name[name]
        roles = {one.role for one in notice.to}
        for row in rows:
            if not roles & {post.role for post in view.directory.posts_of(row.person)}:
                continue
            counts = {key: (str(getattr(row, key)),) * 2 for key in ("waiting", "due_today", "late")}
            words = {**counts, "day": (view.day.isoformat(),) * 2}
            yield Telling(
                name, f"day/{view.day}", filled(notice.subject, words), body_of(notice, None, words), now,
                now if notice.urgent else shown, notice.urgent, row.person, ways=tuple(notice.also),
            )  # fmt: skip
