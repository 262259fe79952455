"""How long what is no record of business is kept: one rule for each table, applied once a day.

Events, seals, reports, cases and reference data are records; no rule is about them.
"""

from __future__ import annotations

import logging
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from psycopg import sql

from xiuhua.operations import life
from xiuhua.platform.database import Database, Tx
from xiuhua.platform.settings import Settings

_log = logging.getLogger(__name__)
_BATCH: Final = 5_000
"""Rows of one transaction: locks are short, and a stop loses little."""
MAINTAIN: Final = "maintain"
_EVERY: Final = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Rule:
    """Rows whose `moment` is longer ago than `days` are forgotten."""

    table: str
    moment: str
    """A column, or an expression over columns, of type timestamptz; null keeps the row."""
    days: float
    why: str


RULES: Final = (
    Rule("idempotency", "at", 2, "answers are asked for again within minutes; the page on the web promises a day"),
    Rule("session", "expires_at", 0, "an ended session opens nothing"),
    Rule("sign_in_failure", "greatest(at, locked_until)", 2, "locks last minutes"),
    Rule("known_device", "seen_at", 90, "browsers that have not signed in for long count as strangers again"),
    Rule("provider_flow", "at", 1 / 24, "sign-ins through a provider that nobody finished"),
    Rule("token", "coalesce(revoked_at, expires_at)", 400, "who had access last year can still be told"),
    Rule("heartbeat", "seen_at", 2, "processes that are gone"),
)
"""All tables that are pruned but one: `access_log`, kept for `XIUHUA_ACCESS_LOG_YEARS`, refuses to be deleted from
and has a function of its own that keeps three years in any case."""


def forget(database: Database, settings: Settings, stop: object = None) -> dict[str, int]:
    """Apply every rule now; how many rows went, by table. A table that this database has not is passed over."""
    gone: dict[str, int] = {}
    with database.reading() as tx:
        now = tx.now
        names = [rule.table for rule in RULES]
        there = {
            row.name
            for row in tx.execute(
                "select name from unnest(%s::text[]) as name where to_regclass(name) is not null", (names,)
            )
        }
    for rule in RULES:
        if rule.table in there:
            gone[rule.table] = _apply(database, rule, now - timedelta(days=rule.days))
    years = now - timedelta(days=366 * settings.access_log_years)
    gone["access_log"] = 0
    while True:
        with database.transaction() as tx:
            row = tx.execute("select forget_access(%s, %s) as rows", (years, _BATCH)).fetchone()
        gone["access_log"] += row.rows if row else 0
        if row is None or row.rows < _BATCH:
            return gone


def maintain(database: Database, settings: Settings) -> dict[str, int] | None:
    """The daily run, by whichever worker comes first; None when it is not due or another is at it.

    The row that says when it was last done stays locked meanwhile, in a transaction of its own.
    """
    with database.transaction() as tx:
        if not _due(tx):
            return None
        gone = forget(database, settings)
        life.note(tx, MAINTAIN, {"gone": gone})
    _log.info("maintain", extra={"fields": {"gone": gone}})
    return gone


def _due(tx: Tx) -> bool:
    tx.execute("insert into upkeep (name, at) values (%s, 'epoch') on conflict do nothing", (MAINTAIN,))
    row = tx.execute(
        "select at < %(now)s::timestamptz - %(every)s::interval as due from upkeep where name = %(name)s"
        " for update skip locked",
        {"now": tx.now, "every": _EVERY, "name": MAINTAIN},
    ).fetchone()
    return bool(row and row.due)


def _apply(database: Database, rule: Rule, before: datetime) -> int:
    table = sql.Identifier(rule.table)
    statement = sql.SQL(
        "delete from {table} where ctid = any (array("
        "select ctid from {table} where {moment} < %(before)s limit %(most)s for update skip locked))"
    ).format(table=table, moment=sql.SQL(rule.moment))
    gone = 0
    while True:
        with database.transaction() as tx:
            rows = tx.connection.execute(statement, {"before": before, "most": _BATCH}).rowcount
        gone += rows
        if rows < _BATCH:
            return gone
