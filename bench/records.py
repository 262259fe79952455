"""A register of many things: a table brought in, one thing's page, and lists by filters, over HTTP.

`python bench/records.py` prints the figures as JSON. `FIGURES` takes more of them: each is given the installation and
how many things it holds.
"""

from __future__ import annotations

import csv
import json
import random
import tempfile
import time
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from datetime import date
from pathlib import Path
from typing import Any, Final
from urllib.parse import quote, urlencode

import harness
from harness import Load, Request, Result, result
from xiuhua import bootstrap
from xiuhua.city.compiled import CityReader
from xiuhua.cli.tables import taking
from xiuhua.packs import service as packs
from xiuhua.packs.loader import load_library
from xiuhua.platform import garbage
from xiuhua.platform.helpers import Helpers, helpers
from xiuhua.platform.identity.model import system
from xiuhua.platform.imports.model import Kinds, Outcome
from xiuhua.platform.imports.taking import Wanted, bring_in
from xiuhua.platform.services import Services
from xiuhua.platform.settings import Settings
from xiuhua.simulate import city as simulated_city
from xiuhua.simulate.over_http import token_for

CITY: Final = "990101"
REGISTER: Final = "street_lamp"
OF: Final = f"register:{REGISTER}"
THINGS, THINGS_FULL = 50_000, 1_000_000
ROWS, ROWS_FULL = 20_000, 100_000
RUNS: Final = 3
PROCESSES: Final = 2
WARM: Final = 20
TITLES: Final = ("code", "road", "watts", "light", "upkeep", "lon", "lat")
LIGHTS: Final = ("led", "led", "led", "sodium", "other")
ROADS: Final = 400
Points = Sequence[tuple[float, float]]


def run(full: bool = False) -> list[Result]:
    """All figures of a register of 50,000 things, or of a million."""
    things = THINGS_FULL if full else THINGS
    settings = data_set(things)
    return [one for figure in FIGURES for one in figure(settings, things, full)]


def data_set(things: int) -> Settings:
    """An installation with so many street lamps, made once; imports add to it."""

    def make(settings: Settings) -> None:
        with bootstrap.opened(settings) as services:
            found, problems = load_library()
            assert not problems
            with services.database.transaction() as tx:
                city = simulated_city.make(tx, 1, date(2024, 1, 1))
                packs.install(tx, city, found["municipal"], system(city))
            with tempfile.TemporaryDirectory() as folder, garbage.rarely(), several(settings) as pool:
                path = table(Path(folder) / "lamps.csv", "L", things, places(services))
                if brought_in(services, path, pool).new != things:
                    raise AssertionError("not every thing was taken")

    return harness.made_once(f"records-{things}", make)


def places(services: Services) -> Points:
    """Points that lie in the grids of the district."""
    with services.database.reading() as tx:
        areas = services.port(CityReader).of(tx, CITY).areas()
    middles = [areas.area(code).geometry.representative_point() for code in areas.grid_codes]
    return [(one.x, one.y) for one in middles]


def table(path: Path, prefix: str, count: int, points: Points, watts: int = 90) -> Path:
    """A table of street lamps; the same for the same prefix, but for the power."""
    chance = random.Random(prefix)
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(TITLES)
        for number in range(count):
            lon, lat = chance.choice(points)
            road, light = f"road {chance.randrange(ROADS):03}", chance.choice(LIGHTS)
            spread = chance.uniform(-0.0005, 0.0005), chance.uniform(-0.0005, 0.0005)
            writer.writerow([
                f"{prefix}{number:06}", road, watts, light, chance.choice(("roads", "sanitation", "greening")),
                f"{lon + spread[0]:.6f}", f"{lat + spread[1]:.6f}",
            ])  # fmt: skip
    return path


def _prefix(letter: str) -> str:
    """What no table of an earlier run began with, as short as numbers of poles are."""
    return f"{letter}{int(time.time()) % 16**6:06x}-"


def brought_in(services: Services, path: Path, pool: Helpers | None = None) -> Outcome:
    """A table as `xiuhua registers import` brings it in."""
    with services.database.reading() as tx:
        target: Any = services.port(Kinds).target(tx, system(CITY), OF)
    wanted = Wanted(target.found(path))
    return bring_in(services.database, target, path, wanted, helpers=pool)


def several(settings: Settings) -> AbstractContextManager[Helpers]:
    """Processes that take rows in, as of the command."""
    return helpers(PROCESSES, taking, settings, system(CITY), OF, False)


def imports(settings: Settings, things: int, full: bool) -> list[Result]:
    """Rows a second: all new, the same file again, and every row with one field otherwise."""
    rows = ROWS_FULL if full else ROWS
    rates: dict[str, list[float]] = {"new": [], "unchanged": [], "changed": []}
    with (
        bootstrap.opened(settings) as services, tempfile.TemporaryDirectory() as folder, garbage.rarely(),
        several(settings) as pool,
    ):  # fmt: skip
        points, path = places(services), Path(folder) / "lamps.csv"
        brought_in(services, table(path, _prefix("W"), 10_000, points), pool)
        for _ in range(RUNS):
            prefix = _prefix("I")
            for kind, watts in (("new", 90), ("unchanged", 90), ("changed", 120)):
                table(path, prefix, rows, points, watts)
                begun = time.perf_counter()
                outcome = brought_in(services, path, pool)
                rates[kind].append(rows / (time.perf_counter() - begun))
                if getattr(outcome, kind) != rows:
                    raise AssertionError(f"not every row was {kind}")
    note = f"{rows:,} rows of CSV with a point into a register of {things:,}, {PROCESSES} processes; "
    return [
        result("import_rows_per_second", rates["new"], "1/s", "higher", note + "all new"),
        result("import_unchanged_per_second", rates["unchanged"], "1/s", "higher", note + "the same file again"),
        result("import_changed_per_second", rates["changed"], "1/s", "higher", note + "one field otherwise"),
    ]


def pages(settings: Settings, things: int, full: bool) -> list[Result]:
    """A thing's page and lists, one client."""
    count, chance = (1_000 if full else 300), random.Random(1)
    with bootstrap.opened(settings) as services:
        token = token_for(services.database, CITY, "shift_leader01", ["record.read"])
        with services.database.reading() as tx:
            rows = tx.execute(
                "select id, key, scopes, unit_grid from record where city = %(city)s and register = %(register)s"
                " order by md5(id) limit 5000", {"city": CITY, "register": REGISTER},
            ).fetchall()  # fmt: skip
            count_sql = "select count(*) as n from record where city = %(city)s and register = %(register)s"
            [(there,)] = tx.execute(count_sql, {"city": CITY, "register": REGISTER}).fetchall()
    said = [one for one in rows if one.scopes]
    things_asked = [f"/api/records/{one.id}" for one in rows] + [
        f"/api/registers/{REGISTER}/keys/{quote(one.key)}" for one in rows
    ]
    filters: list[Callable[[], dict[str, str]]] = [
        lambda: {},
        lambda: {"state": chance.choice(("lit", "dark"))},
        lambda: {"area": chance.choice(chance.choice(said).scopes)},
        lambda: {"unit": chance.choice(("roads", "sanitation", "greening"))},
        lambda: {"field": f"light={chance.choice(('led', 'sodium', 'other'))}"},
        lambda: {"q": chance.choice(rows).key[-5:]},
        lambda: {"waits": "true"},
        lambda: {"state": "lit", "area": chance.choice(chance.choice(said).scopes), "field": "light=other"},
    ]
    things_p99, lists_p99 = [], []
    with harness.server(settings) as (host, port, _):

        def load(paths: Sequence[str]) -> Load:
            chain = [Request("GET", path, token) for path in paths]
            found = harness.send(host, port, [chain], 1)
            if set(found.statuses) != {200}:
                raise RuntimeError(f"the server answered {found.statuses}")
            return found

        def lists() -> list[str]:
            asked = [filters[number % len(filters)]() for number in range(count)]
            return [f"/api/registers/{REGISTER}/records?{urlencode({'limit': '50', **one})}" for one in asked]

        load([*chance.sample(things_asked, WARM), *lists()[:WARM]])
        for _ in range(RUNS):
            things_p99.append(load(chance.sample(things_asked, count)).p99_ms())
            lists_p99.append(load(lists()).p99_ms())
    note = f"of a register of {there:,}, one client"
    return [
        result("thing_p99_ms", things_p99, "ms", "lower", f"one thing by its id or its key, {note}"),
        result("list_p99_ms", lists_p99, "ms", "lower", f"50 rows by none, one or three of eight filters, {note}"),
    ]


FIGURES: list[Callable[[Settings, int, bool], list[Result]]] = [pages, imports]
"""Each measures some figures of the data set: settings, how many things there are, whether at full size.

Pages first: after an import the server is busy for minutes with what it left behind."""


if __name__ == "__main__":
    print(json.dumps(run(), ensure_ascii=False, indent=1))
