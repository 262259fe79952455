"""Tiles of registers on a map: points, and lines of which each has a dozen corners, over HTTP by one client.

`python bench/tiles.py` prints the figures as JSON, `--full` those of a million things of each kind. Rows go straight
into the tables: what is measured is reading them.
"""

from __future__ import annotations

import http.client
import json
import random
import sys
import time
from collections.abc import Iterator
from datetime import date
from typing import Any, Final

import numpy as np

import harness
from harness import Result, result
from records import CITY, Points, places
from xiuhua import bootstrap
from xiuhua.city.areas.tiles import tile_xy
from xiuhua.packs import service as packs
from xiuhua.packs.loader import load_library
from xiuhua.platform import copying
from xiuhua.platform.columns import decode
from xiuhua.platform.eventlog import Head
from xiuhua.platform.identity.model import system
from xiuhua.platform.settings import Settings
from xiuhua.records import kinds
from xiuhua.records.service import Records
from xiuhua.records.writing import draw
from xiuhua.simulate import city as simulated_city
from xiuhua.simulate.over_http import token_for

THINGS, THINGS_FULL = 50_000, 1_000_000
RUNS: Final = 3
TILES: Final = 300
BATCH: Final = 10_000
POINTS, LINES = "street_lamp", "pipe_section"
CORNERS: Final = 12
_FILTERS: Final = ("", "", "", "?state={state}")
_STATES: Final = {POINTS: "lit", LINES: "sound"}


def run(full: bool = False) -> list[Result]:
    """The slowest of a hundred tiles, of points and of lines."""
    things = THINGS_FULL if full else THINGS
    settings, found = data_set(things), []
    with bootstrap.opened(settings) as services:
        token = token_for(services.database, CITY, "shift_leader01", ["record.read"])
        spots = places(services)
    with harness.server(settings) as (host, port, _):
        for register in (POINTS, LINES):
            runs = [p99_ms(host, port, token, list(_paths(register, spots, seed))) for seed in range(RUNS)]
            note = f"{TILES} tiles of zoom 10-18 of {things:,} {register}, one of four narrowed down, one client"
            found.append(result(f"{register}_tilep99_ms", runs, "ms", "lower", note))
    return found


def data_set(things: int) -> Settings:
    """An installation with so many points and so many lines, made once."""

    def make(settings: Settings) -> None:
        with bootstrap.opened(settings) as services:
            found, problems = load_library()
            assert not problems
            with services.database.transaction() as tx:
                city = simulated_city.make(tx, 1, date(2024, 1, 1))
                for name in ("municipal", "drainage"):
                    packs.install(tx, city, found[name], system(city))
            spots, records = places(services), services.port(Records)
            for register in (POINTS, LINES):
                for first in range(0, things, BATCH):
                    with services.database.transaction(durable=False) as tx:
                        declared = records.register(tx, CITY, register)
                        rows = kinds.Rows(declared.register)
                        states = [_state(declared, spots, number) for number in range(first, first + BATCH)]
                        head = Head(1, b"\0" * 32)
                        copying.put(tx, CITY, kinds.TABLE, [rows.row(one, head, one["opened"]) for one in states])
                        draw(tx, CITY, states if register == LINES else [])
            with services.database.transaction() as tx:
                tx.execute("analyze record")
                tx.execute("analyze record_shape")

    return harness.made_once(f"tiles-{things}", make)


def _state(declared: Any, spots: Points, number: int) -> dict[str, Any]:
    """A record as it stands: a point in a grid, or a line that winds on from there."""
    chance = random.Random(number)
    lon, lat = chance.choice(spots)
    lon, lat = round(lon + chance.uniform(-5e-4, 5e-4), 7), round(lat + chance.uniform(-5e-4, 5e-4), 7)
    key = f"{declared.name}-{number:07}"
    data: dict[str, Any] = {declared.register.key: key, "place": {"lon": lon, "lat": lat}, "scopes": [CITY]}
    if declared.name == LINES:
        steps = np.cumsum(np.random.default_rng(number).uniform(-1, 1.4, (CORNERS, 2)) * 1e-4, axis=0)
        xy = np.round(np.array([lon, lat]) + steps, 7)
        data["shape"] = {"type": "LineString", "coordinates": xy.tolist()}
    return {
        "id": f"{declared.name}-{number}", "procedure": declared.name, "number": key, "state": declared.first,
        "opened": 1_700_000_000, "tracks": {}, "data": data,
    }  # fmt: skip


def _paths(register: str, spots: Points, seed: int) -> Iterator[str]:
    chance = random.Random(seed)
    for _ in range(TILES):
        zoom = chance.randint(10, 18)
        x, y = tile_xy(*chance.choice(spots), zoom)
        narrowed = chance.choice(_FILTERS).format(state=_STATES[register])
        yield f"/api/registers/{register}/tiles/{zoom}/{x}/{y}{narrowed}"


def p99_ms(host: str, port: int, token: str, paths: list[str]) -> float:
    """Milliseconds of the slowest of a hundred tiles, asked for one after another."""
    client, spent = http.client.HTTPConnection(host, port), []
    for path in paths:
        begun = time.perf_counter()
        client.request("GET", path, headers={"Authorization": f"Bearer {token}"})
        answer = client.getresponse()
        content = answer.read()
        spent.append((time.perf_counter() - begun) * 1000)
        if answer.status != 200:
            raise RuntimeError(f"{path}: {answer.status}")
        decode(content)
    return sorted(spent)[int(len(spent) * 0.99) - 1]


if __name__ == "__main__":
    print(json.dumps(run("--full" in sys.argv), ensure_ascii=False, indent=1))
