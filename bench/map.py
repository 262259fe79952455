"""The map over more than 100,000 cases: tiles from the server, and frames in a browser that draws by software.

Tiles are asked one after another by one client, of zooms from the whole city to a street, with the filters that a map
uses. Frames are counted by MapLibre itself while the map is moved about for some seconds, in Debian's Chromium with
SwiftShader, which a machine without a graphics card has: any office computer draws faster.
"""

from __future__ import annotations

import random
import time
from typing import Final

import browser
import million
from browser import Stage
from harness import Result, result
from tiles import p99_ms
from xiuhua import bootstrap
from xiuhua.city.areas.tiles import tile_xy
from xiuhua.loop import after
from xiuhua.platform.services import Services
from xiuhua.simulate.over_http import token_for

RUNS: Final = 3
CASES: Final = 110_000
"""Asked for; copies of a whole fortnight make more of them."""
TILES: Final = 300
MOVES_S: Final = 5
_FILTERS: Final = ("", "", "?open=true", "?open=true&source=public", "?opened_from=2026-01-01T00:00:00%2B08:00")
_IDLE: Final = ".map-frame[data-map=idle]"
_MOVED: Final = """async ([zoom, seconds]) => {
  const map = document.querySelector('.map-frame').map
  map.jumpTo({zoom})
  await new Promise((go) => map.once('idle', go))
  const shown = map.queryRenderedFeatures({layers: ['points', 'bubbles']})
    .reduce((sum, one) => sum + (one.properties.count ?? 1), 0)
  let frames = 0
  const count = () => { frames += 1 }
  const middle = map.getCenter()
  const begun = performance.now()
  const turn = () => {
    const angle = (performance.now() - begun) / 700
    const {x, y} = map.project(middle)
    map.jumpTo({center: map.unproject([x + 130 * Math.cos(angle), y + 130 * Math.sin(angle)])})
  }
  map.on('render', count)
  await new Promise((go) => {
    const step = () => performance.now() - begun < seconds * 1000 ? (turn(), requestAnimationFrame(step)) : go()
    step()
  })
  map.off('render', count)
  map.jumpTo({center: middle})
  return [frames / ((performance.now() - begun) / 1000), shown]
}"""


def run(full: bool = False) -> list[Result]:
    """Tiles of more than 100,000 cases (full: of a million), and frames a second over them."""
    cases = million.CASES if full else CASES
    settings = million.tidied(cases)
    with bootstrap.opened(settings) as services:
        while after.brief_of(services, million.CITY):
            pass
        token = token_for(services.database, million.CITY, "shift_leader02", ["case.read"])
        paths, there = _paths(services)
    with browser.stage(settings, million.CITY, maps=True) as stage:
        host, _, port = stage.url.removeprefix("http://").partition(":")
        runs = [p99_ms(host, int(port), token, random.Random(seed).sample(paths, TILES)) for seed in range(RUNS)]
        note = f"{TILES} tiles of zoom 10-18 of {there:,} cases, five filters, one client"
        return [result("tile_p99_ms", runs, "ms", "lower", note), *_frames(stage)]


def _paths(services: Services) -> tuple[list[str], int]:
    """Tiles with cases in them and a filter for each; and how many cases there are."""
    with services.database.reading() as tx:
        rows = tx.execute(
            "select lon, lat from case_brief where city = %(city)s and tile >= 0 order by md5(id) limit 5000",
            {"city": million.CITY},
        ).fetchall()
        count = "select count(*) as n from case_brief where city = %(city)s"
        [(there,)] = tx.execute(count, {"city": million.CITY}).fetchall()
    chance, found = random.Random(7), set()
    for row in rows:
        zoom = chance.randint(10, 18)
        x, y = tile_xy(row.lon, row.lat, zoom)
        found.add(f"/api/map/cases/{zoom}/{x}/{y}{chance.choice(_FILTERS)}")
    return sorted(found), there


def _frames(stage: Stage) -> list[Result]:
    with stage.before("shift_leader01") as page:
        begun = time.perf_counter()
        page.goto(f"{stage.url}/map?all=1")
        page.wait_for_selector(_IDLE, timeout=120_000)
        drawn_s = time.perf_counter() - begun
        whole = page.evaluate("() => document.querySelector('.map-frame').map.getZoom()")
        near = [page.evaluate(_MOVED, [16, MOVES_S]) for _ in range(RUNS)]
        far = [page.evaluate(_MOVED, [whole, MOVES_S]) for _ in range(RUNS)]
    told = "1366 x 768, moved in circles, Chromium drawing by software (SwiftShader), server on the same cores"
    return [
        result("map_fps", [fps for fps, _ in far], "1/s", "higher", f"whole city, {far[0][1]:,} cases seen; {told}"),
        result("map_fps_points", [fps for fps, _ in near], "1/s", "higher", f"{near[0][1]:,} cases each alone; {told}"),
        result("map_drawn_s", [drawn_s], "s", "lower", "from the address to everything drawn, first visit"),
    ]
