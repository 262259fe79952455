"""What can be wrong in service: worker silent, timers late, seals stale, holidays not announced, gaps in duties."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any, Final

from xiuhua.city.calendars import overview
from xiuhua.city.compiled import CityData, CityReader
from xiuhua.city.duties import service as duties
from xiuhua.operations import life
from xiuhua.operations.findings import Finding
from xiuhua.packs.check import check_path
from xiuhua.packs.service import active_packs
from xiuhua.platform import keys
from xiuhua.platform.database import Tx
from xiuhua.platform.errors import XiuhuaError
from xiuhua.platform.services import Services

_LATE_S: Final = 300
_NEXT_YEAR_FROM_MONTH: Final = 12
"""The State Council announces the next year's holidays in November as a rule."""


def worker(tx: Tx) -> Iterator[Finding]:
    """Whether somebody does what the clock does by itself."""
    beat = life.beats(tx).get("worker")
    if beat is None:
        yield Finding("worker", "error", "worker_never")
    elif (silent := (tx.now - beat.seen_at).total_seconds()) > life.SILENT_S:
        yield Finding("worker", "error", "worker_silent", {"minutes": int(silent // 60)})
    else:
        yield Finding("worker", "ok", "worker_fine", {"living": beat.living})
    row = tx.execute(life.sql()["timers"], {"now": tx.now}).fetchone()
    if row is not None and row.oldest_s > _LATE_S:
        yield Finding("timers", "error", "timers_late", {"late": row.late, "minutes": int(row.oldest_s // 60)})


def seals(tx: Tx, services: Services) -> Iterator[Finding]:
    """Whether the log is sealed, with keys that are known, as this machine remembers it."""
    folder = services.settings.data / "keys"
    known, witnessed = keys.public_keys(folder), keys.Witness(folder / "sealed").known()
    allowed = timedelta(minutes=3 * services.settings.seal_minutes)
    begun = tx.execute("select pg_snapshot_xmax(pg_current_snapshot())::text as next").fetchone()
    for row in tx.execute(life.sql()["seals"]).fetchall():
        if row.next_tx is not None and begun is not None and int(row.next_tx) > int(begun.next):
            yield Finding("seals", "error", "seals_gone_back", {"city": row.city})
        elif row.unsealed_since is not None and _wall(tx) - row.unsealed_since > allowed:
            minutes = int((_wall(tx) - row.unsealed_since).total_seconds() // 60)
            yield Finding("seals", "error", "seals_stale", {"city": row.city, "minutes": minutes})
        else:
            yield Finding("seals", "ok", "seals_fine", {"city": row.city})
    for row in tx.execute(
        "select distinct on (city) city, number, digest, key_id from seal order by city, number desc"
    ):
        if row.key_id not in known:
            yield Finding("keys", "error", "key_unknown", {"city": row.city, "key": row.key_id})
        if row.city in witnessed and witnessed[row.city][0] > row.number:
            yield Finding("keys", "error", "witness_ahead", {"city": row.city, "seal": witnessed[row.city][0]})
        elif row.city not in witnessed:
            yield Finding("keys", "warning", "witness_missing", {"city": row.city})


def _wall(tx: Tx) -> datetime:
    row = tx.execute("select clock_timestamp() as now").fetchone()
    assert row is not None
    found: datetime = row.now
    return found


def cities(tx: Tx, services: Services) -> Iterator[Finding]:
    """Each bureau: time zone, holidays, duties, procedures."""
    rows = tx.execute("select city, time_zone from bureau order by city").fetchall()
    if not rows:
        yield Finding("bureaus", "warning", "bureaus_none")
    for row in rows:
        if row.time_zone != services.settings.time_zone:
            values = {"city": row.city, "zone": row.time_zone, "setting": services.settings.time_zone}
            yield Finding("time_zone", "warning", "zone_differs", values)
        try:
            yield from _city(services.port(CityReader).of(tx, row.city))
        except XiuhuaError as error:
            yield Finding("city", "error", "city_unreadable", {"city": row.city, "why": error.detail})


def _city(data: CityData) -> Iterator[Finding]:
    city, year = data.city, data.today.year
    through = max(overview.announced(data.tx, city), default=0)
    if through < year:
        yield Finding("holidays", "error", "holidays_missing", {"city": city, "year": year})
    elif through == year and data.today.month >= _NEXT_YEAR_FROM_MONTH:
        yield Finding("holidays", "warning", "holidays_next", {"city": city, "year": year + 1})
    else:
        yield Finding("holidays", "ok", "holidays_fine", {"city": city, "year": through})
    yield _duties(data)
    names = [pack.name for pack in active_packs(data.tx, city).values()]
    values: dict[str, Any] = {"city": city, "packs": ", ".join(sorted(names))}
    yield Finding("packs", "ok" if names else "error", "packs_fine" if names else "packs_none", values)


def _duties(data: CityData) -> Finding:
    report = duties.check_duties(data.tx, data.city, data.today, data.areas(), data.catalogue)
    gaps, overlaps = len(report.gaps), len(report.overlaps) + len(report.dead)
    values = {"city": data.city, "gaps": gaps, "overlaps": overlaps}
    return (
        Finding("duties", "error", "duties_wrong", values)
        if gaps or overlaps
        else Finding("duties", "ok", "duties_fine", values)
    )


def library() -> Finding:
    """Whether the packs that came with the program are whole: a damaged installation shows here."""
    checked = check_path()
    if checked.problems:
        return Finding("library", "error", "library_wrong", {"problems": len(checked.problems)})
    return Finding("library", "ok", "library_fine", {"packs": checked.looked_at})
