import type { Columns } from './columns'
import type { Place, Shift } from './datum'
import { EXTENT, type Layer } from './vector'

export type TileAt = { z: number; x: number; y: number }

/** From this zoom on every case stands alone; below it there are never more than FEW marks or a bubble in a cell. */
export const ALONE_FROM = 19
const CELLS = 8
const FEW = 3

const lonOf = (x: number, z: number): number => (x / 2 ** z) * 360 - 180
const latOf = (y: number, z: number): number => (Math.atan(Math.sinh(Math.PI * (1 - (2 * y) / 2 ** z))) * 180) / Math.PI

/** Place in a tile, in its units; outside of it below 0 or at EXTENT and above. */
export function unitsOf([lon, lat]: Place, { z, x, y }: TileAt): [number, number] {
  const across = ((lon + 180) / 360) * 2 ** z - x
  const down = ((1 - Math.asinh(Math.tan((lat * Math.PI) / 180)) / Math.PI) / 2) * 2 ** z - y
  return [Math.floor(across * EXTENT), Math.floor(down * EXTENT)]
}

/** The server's tiles (WGS-84) that hold what a tile of a shifted map shows: up to four. */
export function sourcesOf(at: TileAt, shift: Shift): TileAt[] {
  if (shift.none) return [at]
  const count = 2 ** at.z
  const found = new Map<string, TileAt>()
  for (const [dx, dy] of [[0, 0], [1, 0], [0, 1], [1, 1]] as const) {
    const [lon, lat] = shift.back([lonOf(at.x + dx, at.z), latOf(at.y + dy, at.z)])
    const [x, y] = [Math.floor(((lon + 180) / 360) * count), Math.floor(((1 - Math.asinh(Math.tan((lat * Math.PI) / 180)) / Math.PI) / 2) * count)]
    if (x >= 0 && x < count && y >= 0 && y < count) found.set(`${x}/${y}`, { z: at.z, x, y })
  }
  return [...found.values()]
}

type Item = { x: number; y: number; count: number; red: number; yellow: number; grey: number; no: number; light: number }

function itemsOf(from: Columns[], at: TileAt, shift: Shift): Item[] {
  const found: Item[] = []
  for (const { header, columns } of from) {
    const lights = header.lights ?? []
    const [red, yellow, grey] = [lights.indexOf('red'), lights.indexOf('yellow'), lights.indexOf('grey')]
    for (let n = 0; n < header.count; n++) {
      const place: Place = [columns['lon']![n]!, columns['lat']![n]!]
      const [x, y] = unitsOf(shift.none ? place : shift.forth(place), at)
      if (x < 0 || y < 0 || x >= EXTENT || y >= EXTENT) continue
      if (header.kind === 'clusters') {
        found.push({ x, y, count: columns['count']![n]!, red: columns['red']![n]!, yellow: columns['yellow']![n]!, grey: columns['grey']![n]!, no: 0, light: 0 })
      } else {
        const light = columns['light']![n]!
        found.push({ x, y, count: 1, red: +(light === red), yellow: +(light === yellow), grey: +(light === grey), no: columns['no']![n]!, light })
      }
    }
  }
  return found
}

const empty = (name: string, values: string[]): Layer => ({ name, x: [], y: [], values: Object.fromEntries(values.map((one) => [one, []])) })

function put(layer: Layer, x: number, y: number, values: Record<string, number>): void {
  layer.x.push(x)
  layer.y.push(y)
  for (const name of Object.keys(layer.values)) layer.values[name]!.push(values[name] ?? 0)
}

/** What a tile shows: cases that stand alone, and bubbles with the numbers of those that would cover each other. */
export function gathered(from: Columns[], at: TileAt, shift: Shift): Layer[] {
  const [points, bubbles] = [empty('points', ['no', 'light']), empty('bubbles', ['count', 'red', 'yellow', 'grey'])]
  const cells = new Map<number, Item[]>()
  for (const one of itemsOf(from, at, shift)) {
    if (at.z >= ALONE_FROM && one.no) {
      put(points, one.x, one.y, one)
      continue
    }
    const cell = Math.floor((one.y / EXTENT) * CELLS) * CELLS + Math.floor((one.x / EXTENT) * CELLS)
    const there = cells.get(cell)
    if (there) there.push(one)
    else cells.set(cell, [one])
  }
  for (const items of cells.values()) {
    const count = items.reduce((sum, one) => sum + one.count, 0)
    if (count <= FEW && items.every((one) => one.no)) items.forEach((one) => put(points, one.x, one.y, one))
    else put(bubbles, ...middle(items, count), { count, ...Object.fromEntries(['red', 'yellow', 'grey'].map((name) => [name, items.reduce((sum, one) => sum + one[name as 'red'], 0)])) })
  }
  return [points, bubbles]
}

function middle(items: Item[], count: number): [number, number] {
  const sum = (name: 'x' | 'y') => items.reduce((all, one) => all + one[name] * one.count, 0)
  return [Math.round(sum('x') / count), Math.round(sum('y') / count)]
}

/** The same as weights for a heat map. */
export function weighed(from: Columns[], at: TileAt, shift: Shift): Layer[] {
  const heat = empty('heat', ['count'])
  for (const one of itemsOf(from, at, shift)) put(heat, one.x, one.y, one)
  return [heat]
}
