"""What can be done with a city's categories: install a pack, import conditions, close a set, load it all."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import date, timedelta, tzinfo
from datetime import datetime as moment
from hashlib import sha256
from pathlib import Path
from typing import Any, Final
from zoneinfo import ZoneInfo

import orjson

from xiuhua.city.categories import store
from xiuhua.city.categories.catalogue import Catalogue
from xiuhua.city.categories.changes import compare, ended
from xiuhua.city.categories.filing_rows import read_rows
from xiuhua.city.categories.installing import install_categories, install_mappings
from xiuhua.city.categories.plan import ImportPlan
from xiuhua.city.categories.report import ImportReport, Installed, report_of, told
from xiuhua.city.categories.standards_import import read_pack
from xiuhua.city.categories.tables import Row, read_table, rows_of
from xiuhua.platform import eventlog, revision
from xiuhua.platform.database import Tx
from xiuhua.platform.errors import Invalid, NotFound
from xiuhua.platform.identity.model import Actor, system

REVISION: Final = "categories"
"""The kind under which a `revision.Memory` keeps the loaded catalogue."""
CHINA: Final = ZoneInfo("Asia/Shanghai")


def install_catalogue(
    tx: Tx,
    city: str,
    folder: Path,
    *,
    valid_from: date | None = None,
    actor: Actor | None = None,
    zone: tzinfo = CHINA,
) -> Installed:
    """Install categories, mappings and filing conditions of a pack; the same pack again changes nothing.

    `valid_from`, `zone`: as for `import_filing_conditions`. Raises `Invalid` with every error of its files.
    """
    pack = read_pack(folder)
    store.lock(tx, city)
    categories = install_categories(tx, city, pack)
    mappings = install_mappings(tx, city, pack)
    report = None
    if pack.conditions is not None and pack.plan is not None:
        rows = read_table(pack.conditions, pack.plan.needed())
        report = _import(tx, city, rows, pack.plan, valid_from, zone, dry_run=False)
        if report.errors:
            raise Invalid(f"The pack {pack.name} has conditions that cannot be read.", errors=report.errors)
    made = Installed(pack.name, pack.version, categories, mappings, report)
    if categories.any_change or mappings.any_change or (report and report.conditions.any_change):
        payload: dict[str, Any] = {"pack": pack.name, "version": pack.version, "source": pack.source}
        payload |= {"categories": asdict(categories), "mappings": asdict(mappings)}
        payload |= {"conditions": told(report)} if report else {}
        _tell(tx, city, actor, "CatalogueInstalled", payload)
    return made


def import_filing_conditions(
    tx: Tx,
    city: str,
    source: Path | Sequence[Mapping[str, str]],
    plan: ImportPlan,
    *,
    valid_from: date | None = None,
    dry_run: bool = False,
    actor: Actor | None = None,
    zone: tzinfo = CHINA,
) -> ImportReport:
    """Import a table of filing conditions (TSV, CSV, XLSX, or rows by header) as the plan reads it.

    Rows that cannot be taken are rejected and reported; the others are kept. Changes hold from `valid_from`;
    without it a new set holds from the plan's day, and changes to a known set from today (in `zone`) or the
    plan's day if that is later. Raises `Invalid` when the file cannot be read at all.
    """
    rows = read_table(source, plan.needed()) if isinstance(source, Path) else rows_of(source, "rows")
    store.lock(tx, city)
    report = _import(tx, city, rows, plan, valid_from, zone, dry_run)
    if not dry_run and (report.conditions.any_change or report.new_categories):
        _tell(tx, city, actor, "FilingConditionsImported", told(report) | {"source": plan.source})
    return report


def close_standard_set(tx: Tx, city: str, standard_set: str, last_day: date, *, actor: Actor | None = None) -> int:
    """End every condition of a set after `last_day`, when another set takes its place; returns how many.

    Raises `NotFound` when the city has no such set.
    """
    store.lock(tx, city)
    kept = store.conditions(tx, city, standard_set)
    if not kept:
        raise NotFound(f"There is no set of filing conditions {standard_set!r}.", standard_set=standard_set)
    since = last_day + timedelta(days=1)
    closed = [done for one in kept if (done := ended(one, since)) is not None]
    if closed:
        store.put_conditions(tx, city, [], closed)
        payload = {"set": standard_set, "last_day": last_day.isoformat(), "ended": len(closed)}
        _tell(tx, city, actor, "FilingSetClosed", payload)
    return len(closed)


def load_catalogue(tx: Tx, city: str, known_at: moment | None = None) -> Catalogue:
    """All a city's categories, mappings and conditions, compiled; `known_at`: as recorded by that moment.

    Keep it in a `revision.Memory` under the kind `categories`.
    """
    return Catalogue(
        (kept.value for kept in store.categories(tx, city, known_at)),
        (kept.value for kept in store.mappings(tx, city, known_at)),
        store.conditions(tx, city, known_at=known_at),
    )


def content_digest(tx: Tx, city: str) -> str:
    """SHA-256 over all that stands, as the last event of the stream `categories/<city>` tells it."""
    content = (
        [kept.value for kept in store.categories(tx, city)],
        [kept.value for kept in store.mappings(tx, city)],
        store.conditions(tx, city),
    )
    return sha256(orjson.dumps(content, default=str, option=orjson.OPT_SORT_KEYS)).hexdigest()


def _import(
    tx: Tx,
    city: str,
    rows: Sequence[Row],
    plan: ImportPlan,
    valid_from: date | None,
    zone: tzinfo,
    dry_run: bool,
) -> ImportReport:
    catalogue = Catalogue(kept.value for kept in store.categories(tx, city))
    parsed = read_rows(rows, plan, city, catalogue)
    latest = {one.id: one for one in store.conditions(tx, city, plan.standard_set)}
    since = valid_from or _first_day(tx, plan, bool(latest), zone)
    # A rejected row may be a kept condition with a typing mistake: it must not be closed for that.
    changes = compare(parsed.drafts, latest.values(), plan.standard_set, since, plan.whole and not parsed.rejected)
    if not dry_run:
        store.put_categories(tx, city, f"set:{plan.standard_set}", parsed.categories.values())
        store.put_conditions(tx, city, changes.added, changes.closed)
    return report_of(plan.standard_set, len(rows), parsed, changes)


def _first_day(tx: Tx, plan: ImportPlan, known: bool, zone: tzinfo) -> date:
    today = tx.now.astimezone(zone).date()
    if known:
        return max(today, plan.valid_from or today)
    return plan.valid_from or today


def _tell(tx: Tx, city: str, actor: Actor | None, event: str, payload: dict[str, Any]) -> None:
    who = actor or system(city)
    stream = f"categories/{city}"
    role = who.posts[0].role if who.posts else "system"
    payload = payload | {"digest": content_digest(tx, city)}
    change = eventlog.NewEvent(stream, event, payload, who.id, role, tx.now)
    eventlog.append(tx, city, [change], eventlog.heads(tx, city, [stream]))
    revision.bump(tx, city, REVISION)
