import type * as GeoJSON from 'geojson'
/** Datums that a base map's tiles may be in. CGCS2000 agrees with WGS-84 within 0.1 m. */
export type Datum = 'wgs84' | 'cgcs2000' | 'gcj02' | 'bd09'
export type Place = [lon: number, lat: number]
/** From WGS-84 to what a map is drawn in, and back. */
export type Shift = { forth: (place: Place) => Place; back: (place: Place) => Place; none: boolean }

// The same published approximations, and the same box, as src/xiuhua/city/areas/datum.py; a test holds them together.
const [WEST, SOUTH, EAST, NORTH] = [72.004, 0.8293, 137.8347, 55.8271]
const A = 6_378_245.0
const EE = 0.006_693_421_622_965_943
const BD = (Math.PI * 3000) / 180
const { PI, sin, cos, sqrt, abs, hypot, atan2 } = Math

const inChina = ([x, y]: Place): boolean => x >= WEST && x <= EAST && y >= SOUTH && y <= NORTH

function gcj02([x, y]: Place): Place {
  const [dx, dy] = [x - 105, y - 35]
  const waves = 20 * sin(6 * dx * PI) + 20 * sin(2 * dx * PI)
  const root = sqrt(abs(dx))
  const north = -100 + 2 * dx + 3 * dy + 0.2 * dy * dy + 0.1 * dx * dy + 0.2 * root
    + (waves + 20 * sin(dy * PI) + 40 * sin((dy / 3) * PI) + 160 * sin((dy / 12) * PI) + 320 * sin((dy * PI) / 30)) * (2 / 3)
  const east = 300 + dx + 2 * dy + 0.1 * dx * dx + 0.1 * dx * dy + 0.1 * root
    + (waves + 20 * sin(dx * PI) + 40 * sin((dx / 3) * PI) + 150 * sin((dx / 12) * PI) + 300 * sin((dx / 30) * PI)) * (2 / 3)
  const phi = (y * PI) / 180
  const magic = 1 - EE * sin(phi) ** 2
  const dLat = ((north * magic * sqrt(magic)) / (A * (1 - EE))) * (180 / PI)
  const dLon = ((east * sqrt(magic)) / (A * cos(phi))) * (180 / PI)
  return [x + dLon, y + dLat]
}

function bd09([x, y]: Place): Place {
  const radius = hypot(x, y) + 0.000_02 * sin(y * BD)
  const angle = atan2(y, x) + 0.000_003 * cos(x * BD)
  return [radius * cos(angle) + 0.0065, radius * sin(angle) + 0.006]
}

/** What `shift` makes `place` of: the shifts stretch by under 3 %, so each step gains a digit and a half. */
function undone(shift: (place: Place) => Place, place: Place): Place {
  let found = place
  for (let step = 0; step < 20; step++) {
    const [x, y] = shift(found)
    const [dx, dy] = [place[0] - x, place[1] - y]
    found = [found[0] + dx, found[1] + dy]
    if (Math.max(abs(dx), abs(dy)) < 1e-12) break
  }
  return found
}

const forthGcj = (place: Place): Place => (inChina(place) ? gcj02(place) : place)
// Who was shifted is told by where the shifted place lies: within 600 m of the box it may be wrong.
const backGcj = (place: Place): Place => (inChina(place) ? undone(gcj02, place) : place)
const same = (place: Place): Place => place

const SHIFTS: Record<Datum, Shift> = {
  wgs84: { forth: same, back: same, none: true },
  cgcs2000: { forth: same, back: same, none: true },
  gcj02: { forth: forthGcj, back: backGcj, none: false },
  bd09: { forth: (place) => bd09(forthGcj(place)), back: (place) => backGcj(undone(bd09, place)), none: false },
}

export const shiftOf = (datum: Datum | undefined): Shift => SHIFTS[datum ?? 'wgs84']

/** GeoJSON with every position moved; what is not moved is the same object. */
export function moved<T extends GeoJSON.GeoJSON>(data: T, shift: Shift): T {
  if (shift.none) return data
  const of = (value: unknown): unknown => {
    if (!Array.isArray(value)) return value
    return typeof value[0] === 'number' ? shift.forth([value[0], value[1] as number]) : value.map(of)
  }
  if (data.type === 'FeatureCollection') return { ...data, features: data.features.map((one) => moved(one, shift)) }
  if (data.type === 'Feature') return { ...data, geometry: moved(data.geometry, shift) }
  if (data.type === 'GeometryCollection') return data
  return { ...data, coordinates: of(data.coordinates) }
}
