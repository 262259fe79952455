"""What the lines of business of a city come to: figures from its projections, and how a summary tells them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from types import SimpleNamespace
from typing import Any

from xiuhua.platform.database import Database
from xiuhua.platform.sql import queries


def figures(database: Database, city: str) -> Mapping[str, Any]:
    """By name of the query (`figures.sql`): its only row."""
    with database.reading() as tx:
        asked = {"city": city, "now": tx.now}
        return {
            name: SimpleNamespace(**row._asdict())
            for name, query in queries("xiuhua.simulate.lines", "figures.sql").items()
            for row in tx.execute(query, asked)
        }


def told(database: Database, city: str) -> list[str]:
    """Lines of a summary; none where no line of business is lived."""
    found = SimpleNamespace(**figures(database, city))
    return list(_told(found)) if found.things.n else []


def _told(found: Any) -> Iterator[str]:
    yield (
        f"lines of business: {found.things.n:,} things in {found.things.kinds} registers; {found.entries.n:,} entries"
        f" in {found.entries.kinds} ledgers, {found.entries.late:,} of them days late"
    )
    yield (
        f"{found.inspections.n:,} inspections by {found.inspections.kinds} checklists, {found.rounds.n} rounds"
        f" ({found.rounds.closed} closed); {found.faults.n:,} faults to be put right ({found.faults.passed:,} are,"
        f" {found.faults.late:,} late)"
    )
    yield (
        f"{found.proceedings.n:,} tasks, orders, petitions and the like ({found.proceedings.closed:,} ended,"
        f" {found.proceedings.late:,} late); daily and weekly reports in time {_share(found.reports)}"
    )
    yield (
        f"plans met {_share(found.periods)}; {found.turns.n:,} turns of duty; {found.documents.n} documents"
        f" ({found.documents.published} published); {found.findings.n} findings of rules;"
        f" {found.grouped.campaigns} campaigns, {found.grouped.results} results of others"
    )


def _share(row: Any) -> str:
    return f"{row.met / row.n:.2%} ({row.met:,}/{row.n:,})" if row.n else "—"
