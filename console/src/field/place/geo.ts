import type { MultiPolygon, Polygon, Position } from 'geojson'

/** WGS-84 degrees. */
export type Point = { lon: number; lat: number }
/** West, south, east, north in degrees. */
export type Box = [number, number, number, number]

const METRES_A_DEGREE = 111_320
const RADIANS = Math.PI / 180

/** Metres of a degree of longitude at a latitude. */
const across = (lat: number): number => METRES_A_DEGREE * Math.cos(lat * RADIANS)

/** Metres between two points of one city: on a plane, right to a thousandth over 50 km. */
export function metres(one: Point, other: Point): number {
  return Math.hypot((other.lon - one.lon) * across((one.lat + other.lat) / 2), (other.lat - one.lat) * METRES_A_DEGREE)
}

/** Which of eight directions the other lies in: 0 north, 1 north-east … 7 north-west. */
export function direction(from: Point, to: Point): number {
  const turn = Math.atan2((to.lon - from.lon) * across(from.lat), (to.lat - from.lat) * METRES_A_DEGREE) / RADIANS
  return ((Math.round(turn / 45) % 8) + 8) % 8
}

/** `350 m`, `1.2 km`. */
export function distance(m: number): string {
  if (m < 995) return `${Math.max(10, Math.round(m / 10) * 10)} m`
  return `${(m / 1000).toFixed(m < 9950 ? 1 : 0)} km`
}

const ringsOf = (shape: Polygon | MultiPolygon): Position[][] => (shape.type === 'Polygon' ? shape.coordinates : shape.coordinates.flat())

/** Whether a point lies in a shape: an odd number of borders to its east. */
export function within(shape: Polygon | MultiPolygon, { lon, lat }: Point): boolean {
  let inside = false
  for (const ring of ringsOf(shape)) {
    for (let at = 0, last = ring.length - 1; at < ring.length; last = at, at += 1) {
      const [[x1, y1], [x2, y2]] = [ring[at] as [number, number], ring[last] as [number, number]]
      if (y1 > lat !== y2 > lat && lon < ((x2 - x1) * (lat - y1)) / (y2 - y1) + x1) inside = !inside
    }
  }
  return inside
}

/** What holds all of it; null of nothing. */
export function boxOf(shapes: (Polygon | MultiPolygon)[], points: Point[] = []): Box | null {
  const all = [...shapes.flatMap((shape) => ringsOf(shape).flat()), ...points.map(({ lon, lat }) => [lon, lat])] as [number, number][]
  if (!all.length) return null
  const box: Box = [Infinity, Infinity, -Infinity, -Infinity]
  for (const [lon, lat] of all) {
    box[0] = Math.min(box[0], lon)
    box[1] = Math.min(box[1], lat)
    box[2] = Math.max(box[2], lon)
    box[3] = Math.max(box[3], lat)
  }
  return box
}

/** A plane in metres, north up (y downwards), about the middle of a box: what an SVG draws. */
export class Plane {
  readonly middle: Point
  private readonly kx: number

  constructor(box: Box) {
    this.middle = { lon: (box[0] + box[2]) / 2, lat: (box[1] + box[3]) / 2 }
    this.kx = across(this.middle.lat)
  }

  to({ lon, lat }: Point): [number, number] {
    return [(lon - this.middle.lon) * this.kx, (this.middle.lat - lat) * METRES_A_DEGREE]
  }

  from(x: number, y: number): Point {
    return { lon: this.middle.lon + x / this.kx, lat: this.middle.lat - y / METRES_A_DEGREE }
  }

  /** The `d` of an SVG path. */
  path(shape: Polygon | MultiPolygon): string {
    const ring = (points: Position[]): string => points.map(([lon, lat]) => this.to({ lon: lon!, lat: lat! }).map((one) => one.toFixed(1)).join(' ')).join('L')
    return ringsOf(shape).map((points) => `M${ring(points)}Z`).join('')
  }
}
