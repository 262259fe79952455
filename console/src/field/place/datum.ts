import type { Point } from './geo'

/** The published approximation of GCJ-02, undone by iteration; the same as the server's (`city/areas/datum.py`). */
const A = 6_378_245.0
const EE = 0.006_693_421_622_965_943
const TURN = Math.PI

function shifted({ lon, lat }: Point): Point {
  const [x, y] = [lon - 105, lat - 35]
  const root = Math.sqrt(Math.abs(x))
  const wave = (20 * Math.sin(6 * x * TURN) + 20 * Math.sin(2 * x * TURN)) * 2 / 3
  const north = -100 + 2 * x + 3 * y + 0.2 * y * y + 0.1 * x * y + 0.2 * root + wave
    + (20 * Math.sin(y * TURN) + 40 * Math.sin(y / 3 * TURN)) * 2 / 3 + (160 * Math.sin(y / 12 * TURN) + 320 * Math.sin(y * TURN / 30)) * 2 / 3
  const east = 300 + x + 2 * y + 0.1 * x * x + 0.1 * x * y + 0.1 * root + wave
    + (20 * Math.sin(x * TURN) + 40 * Math.sin(x / 3 * TURN)) * 2 / 3 + (150 * Math.sin(x / 12 * TURN) + 300 * Math.sin(x / 30 * TURN)) * 2 / 3
  const radians = lat / 180 * TURN
  const magic = 1 - EE * Math.sin(radians) ** 2
  return {
    lon: lon + east * 180 / (A / Math.sqrt(magic) * Math.cos(radians) * TURN),
    lat: lat + north * 180 / ((A * (1 - EE)) / (magic * Math.sqrt(magic)) * TURN),
  }
}

/** Where a place of Chinese maps really lies. */
export function fromGcj02(given: Point): Point {
  let found = given
  for (let step = 0; step < 12; step += 1) {
    const there = shifted(found)
    found = { lon: found.lon + given.lon - there.lon, lat: found.lat + given.lat - there.lat }
  }
  return found
}
