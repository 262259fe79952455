"""Ledgers: what entries add up to by month, street and choice; the bar is a second over ten million entries.

`python bench/ledgers.py` takes half a million (`--full` ten million); entries are put into the tables as they stand,
without their events, and go into the sums by the same statement as in service.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any, Final

import harness
from harness import Result, result
from xiuhua import bootstrap
from xiuhua.packs.common import FieldSpec, Title
from xiuhua.packs.kinds import Ledger
from xiuhua.platform.settings import load_settings
from xiuhua.records.ledgers import query
from xiuhua.records.ledgers.model import Declared
from xiuhua.records.ledgers.query import EntryFilter
from xiuhua.records.ledgers.service import add_up

FEW, MANY, RUNS = 500_000, 10_000_000, 5
BAR_S: Final = 1.0
CITY: Final = "bench"
TITLE: Final = Title(zh="台", en="Work")
SURFACES: Final = ["asphalt", "concrete", "pavement", "other"]
WORK: Final = Declared(
    "work", "d",
    Ledger(title=TITLE, fields={"surface": FieldSpec(type="choice", of=SURFACES)}, quantity="m²", of="road", cites=[]),
)  # fmt: skip
STREETS: Final = [f"street{number}" for number in range(40)]
FILL: Final = """
insert into ledger_entry (city, id, version, head, ledger, day, quantity, weight, thing, scopes, tile, of_unit, facets,
    late, opened_at, doc)
select %(city)s, 'e' || n, 1, '', 'work', date '2023-01-01' + (n %% 1095)::int, (n %% 9973 + 1) / 10.0, 1,
    'road' || n %% 5000, array['community' || n %% 400, 'street' || n %% 40, 'district' || n %% 4, %(city)s], -1,
    'unit' || n %% 25, array['work:surface=' || (array['asphalt', 'concrete', 'pavement', 'other'])[n %% 4 + 1]], 0,
    now(), '{}' from generate_series(%(first)s::bigint, %(last)s::bigint) n
"""


def run(full: bool = False) -> list[Result]:
    """Sums as the console asks for them, over half a million entries (full: ten million)."""
    entries = MANY if full else FEW
    settings = load_settings(data=harness.FOLDER / f"ledgers-{entries}")
    year = EntryFilter(date(2024, 1, 1), date(2024, 12, 31))
    all_ = EntryFilter()
    asked: dict[str, Callable[[Any], list[Any]]] = {
        "by month, all years": lambda tx: query.sums(tx, CITY, WORK, all_, "month", query.By()),
        "by month and street, all years": lambda tx: query.sums(
            tx, CITY, WORK, all_, "month", query.by(WORK, "area", STREETS)
        ),
        "by choice, a year": lambda tx: query.sums(tx, CITY, WORK, year, "none", query.by(WORK, "surface")),
        "by thing, a year": lambda tx: query.sums(tx, CITY, WORK, year, "none", query.by(WORK, "thing")),
        "by month and unit, all years": lambda tx: query.sums(tx, CITY, WORK, all_, "month", query.by(WORK, "unit")),
    }
    found: list[Result] = []
    with bootstrap.opened(settings) as services:
        _filled(services, entries)
        slowest: list[float] = []
        for what, ask in asked.items():
            seconds, total = [], Decimal()
            for _ in range(RUNS):
                with services.database.reading() as tx:
                    begun = time.perf_counter()
                    total = sum((row.quantity for row in ask(tx)), Decimal())
                    seconds.append(time.perf_counter() - begun)
            print(f"{what}: {sorted(seconds)[RUNS // 2]:.4f} s, {total:,} m²", file=sys.stderr)
            slowest = max(slowest, seconds, key=lambda one: sorted(one)[len(one) // 2] if one else 0.0)
    note = f"the slowest of {len(asked)} questions over {entries:,} entries; bar {BAR_S:g} s over {MANY:,}"
    found.append(result("ledger_sum_seconds", slowest, "s", "lower", note))
    return found


def _filled(services: Any, entries: int) -> None:
    with services.database.reading() as tx:
        kept = tx.execute("select count(*) as n from ledger_entry where city = %s", (CITY,)).fetchone().n
    if kept == entries:
        return
    with services.database.transaction(durable=False) as tx:
        tx.execute("delete from ledger_entry where city = %s", (CITY,))
        tx.execute("delete from ledger_sum where city = %s", (CITY,))
        for first in range(1, entries + 1, FEW):
            tx.execute(FILL, {"city": CITY, "first": first, "last": min(first + FEW - 1, entries)})
        add_up(tx, CITY, None)
    with services.database.transaction() as tx:
        tx.execute("analyze ledger_sum")


if __name__ == "__main__":
    print(json.dumps(run("--full" in sys.argv), ensure_ascii=False, indent=1))
