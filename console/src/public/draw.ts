// A small map on a canvas: outlines of the streets, cases, a position with how exact it is. No tiles, no library.

import { colour } from './page'

export type Point = [number, number]
export interface Case {
  number: string
  category: string
  place: string
  since: string
  state: 'open' | 'closed'
  stage: string
}
export interface Feature<P> {
  id: string
  properties: P
  geometry: { type: string; coordinates: unknown }
}
export interface Collection<P> {
  features: Feature<P>[]
}
export interface Spot {
  at: Point
  cases: Case[]
}
export type Outline = Point[][]
export interface Name {
  at: Point
  name: string
}

const DEGREE_M = 111_195

/** Where the map looks: a middle, and metres to a pixel. */
export class View {
  constructor(
    public middle: Point,
    public scale: number,
    public width = 0,
    public height = 0,
  ) {}

  pixel([lon, lat]: Point): Point {
    const [x, y] = this.middle
    const wide = Math.cos((y * Math.PI) / 180)
    return [
      this.width / 2 + ((lon - x) * wide * DEGREE_M) / this.scale,
      this.height / 2 - ((lat - y) * DEGREE_M) / this.scale,
    ]
  }

  move(dx: number, dy: number): void {
    const [x, y] = this.middle
    const wide = Math.cos((y * Math.PI) / 180)
    this.middle = [x - (dx * this.scale) / (DEGREE_M * wide), y + (dy * this.scale) / DEGREE_M]
  }

  /** Shows all of some points. */
  fit(points: Point[]): void {
    if (points.length === 0) return
    const lon = points.map(([x]) => x)
    const lat = points.map(([, y]) => y)
    const [west, east] = [Math.min(...lon), Math.max(...lon)]
    const [south, north] = [Math.min(...lat), Math.max(...lat)]
    this.middle = [(west + east) / 2, (south + north) / 2]
    const wide = (east - west) * Math.cos((this.middle[1] * Math.PI) / 180)
    const needed = Math.max(wide / this.width, (north - south) / this.height) * DEGREE_M * 1.15
    this.scale = Math.max(needed, 1)
  }
}

/** Cases that are shown at one place, as one spot. */
export function spots(features: Feature<Case>[]): Spot[] {
  const found = new Map<string, Spot>()
  for (const { geometry, properties } of features) {
    const at = geometry.coordinates as Point
    const spot = found.get(at.join()) ?? { at, cases: [] }
    spot.cases.push(properties)
    found.set(at.join(), spot)
  }
  return [...found.values()]
}

export function outlinesOf(features: Feature<{ name: string }>[]): Outline {
  return features.flatMap(({ geometry }) => (geometry.coordinates as Point[][][]).flat())
}

/** Where the name of each street stands: in the middle of its largest part. */
export function namesOf(features: Feature<{ name: string }>[]): Name[] {
  return features.flatMap(({ geometry, properties }) => {
    const rings = (geometry.coordinates as Point[][][]).flat().sort((a, b) => b.length - a.length)
    const ring = rings[0] ?? []
    if (ring.length === 0) return []
    const middle = (values: number[]) => (Math.min(...values) + Math.max(...values)) / 2
    return [{ at: [middle(ring.map(([x]) => x)), middle(ring.map(([, y]) => y))] as Point, name: properties.name }]
  })
}

/** A canvas as large as its box, sharp on every screen; null where there is none. */
export function prepared(canvas: HTMLCanvasElement, view: View): CanvasRenderingContext2D | null {
  const dense = Math.min(window.devicePixelRatio || 1, 3)
  view.width = canvas.clientWidth
  view.height = canvas.clientHeight
  canvas.width = Math.round(view.width * dense)
  canvas.height = Math.round(view.height * dense)
  const paper = canvas.getContext('2d')
  paper?.setTransform(dense, 0, 0, dense, 0, 0)
  return paper
}

export function drawOutline(paper: CanvasRenderingContext2D, view: View, rings: Outline): void {
  paper.fillStyle = colour('paper')
  paper.fillRect(0, 0, view.width, view.height)
  paper.beginPath()
  for (const ring of rings) {
    ring.forEach((point, index) => {
      const [x, y] = view.pixel(point)
      if (index === 0) paper.moveTo(x, y)
      else paper.lineTo(x, y)
    })
    paper.closePath()
  }
  paper.fillStyle = colour('card')
  paper.fill('evenodd')
  paper.strokeStyle = colour('edge')
  paper.lineWidth = 1
  paper.stroke()
}

export function drawNames(paper: CanvasRenderingContext2D, view: View, names: Name[]): void {
  paper.fillStyle = colour('soft')
  paper.font = '13px system-ui, "Noto Sans CJK SC", sans-serif'
  paper.textAlign = 'center'
  paper.textBaseline = 'middle'
  for (const { at, name } of names) paper.fillText(name, ...view.pixel(at))
}

/** Round where something is open, square where all is closed; the number where there are several. */
export function drawSpot(paper: CanvasRenderingContext2D, view: View, spot: Spot, chosen = false): void {
  const [x, y] = view.pixel(spot.at)
  const size = 6 + Math.min(8, 3 * Math.log2(spot.cases.length))
  const open = spot.cases.some((one) => one.state === 'open')
  paper.beginPath()
  if (open) paper.arc(x, y, size, 0, 2 * Math.PI)
  else paper.rect(x - size, y - size, size * 2, size * 2)
  paper.fillStyle = colour(open ? 'open' : 'main')
  paper.fill()
  paper.strokeStyle = colour(chosen ? 'focus' : 'card')
  paper.lineWidth = chosen ? 4 : 2
  paper.stroke()
  if (spot.cases.length > 1) {
    paper.fillStyle = colour('card')
    paper.font = '600 12px system-ui, sans-serif'
    paper.textAlign = 'center'
    paper.textBaseline = 'middle'
    paper.fillText(String(spot.cases.length), x, y + 0.5)
  }
}

/** A position and the circle in which it lies. */
export function drawPosition(paper: CanvasRenderingContext2D, view: View, at: Point, accuracy: number): void {
  const [x, y] = view.pixel(at)
  paper.beginPath()
  paper.arc(x, y, Math.max(8, accuracy / view.scale), 0, 2 * Math.PI)
  paper.globalAlpha = 0.18
  paper.fillStyle = colour('focus')
  paper.fill()
  paper.globalAlpha = 1
  paper.strokeStyle = colour('focus')
  paper.lineWidth = 1.5
  paper.stroke()
  paper.beginPath()
  paper.arc(x, y, 5, 0, 2 * Math.PI)
  paper.fillStyle = colour('focus')
  paper.fill()
  paper.strokeStyle = colour('card')
  paper.lineWidth = 2
  paper.stroke()
}
