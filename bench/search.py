"""Search over a million texts: words of two characters, rare to common, over HTTP; and how fast the index is filled."""

from __future__ import annotations

import random
import time
from collections import Counter
from urllib.parse import quote

import harness
import million
from harness import Request, Result, result
from xiuhua import bootstrap
from xiuhua.loop import after
from xiuhua.platform.services import Services
from xiuhua.simulate.over_http import token_for

RUNS = 3


def run(full: bool = False) -> list[Result]:
    """The first page of hits; full: of a million texts, else of 100,000."""
    cases, count = (million.CASES, 300) if full else (100_000, 200)
    settings = million.tidied(cases)
    with bootstrap.opened(settings) as services:
        begun, events = time.perf_counter(), 0
        while done := after.round_of(services, million.CITY):
            events += done
        seconds = time.perf_counter() - begun
        token = token_for(
            services.database, million.CITY, "shift_leader01", ["case.search", "case.read", "case.read_personal"]
        )
        words, texts = _words(services)
    found = []
    with harness.server(settings) as (host, port, _):
        for name, some in words.items():
            chance, runs = random.Random(1), []
            for _ in range(RUNS):
                paths = [f"/api/search?limit=50&q={quote(chance.choice(some))}" for _ in range(count)]
                load = harness.send(host, port, [[Request("GET", path, token)] for path in paths], 1)
                if set(load.statuses) != {200}:
                    raise RuntimeError(f"the server answered {load.statuses}")
                runs.append(load.p99_ms())
            found.append(result(f"{name}_p99_ms", runs, "ms", "lower", f"first 50 hits of {texts:,} texts, one client"))
    if events:
        found.append(result("indexed_per_second", [events / seconds], "events/s", "higher", "two events a subject"))
    return found


def _words(services: Services) -> tuple[dict[str, list[str]], int]:
    """Pairs of characters of some texts: those in many of them, in some, in few; and how many texts there are."""
    with services.database.reading() as tx:
        rows = tx.execute(
            "select tsvector_to_array(tokens) as pairs from search_text tablesample system (0.5)"
        ).fetchall()
        total = tx.execute("select count(*) as n from search_text").fetchone().n  # type: ignore[union-attr]
    seen = Counter(pair for row in rows for pair in row.pairs if not pair.isascii())
    ordered = [pair for pair, _ in seen.most_common()]
    return {
        "two_characters": ordered, "common": ordered[:20], "middling": ordered[20:2000], "rare": ordered[-5000:],
    }, total  # fmt: skip


if __name__ == "__main__":
    print(run())
