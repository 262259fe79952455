import type * as GeoJSON from 'geojson'
import { useQueries } from '@tanstack/react-query'
import { useMemo } from 'react'
import { type Schemas, send } from '../../api/client'
import type { Box } from '../../common/MapView'
import { titled } from '../../common/language'
import { type Columns, decoded } from '../../common/map/columns'

type Register = Schemas['RegisterOut']
type Tile = { z: number; x: number; y: number }
/** Of layers of registers, told apart by the first sign of their titles as well; at least 3:1 on a light and a dark map, 4.5:1 below white. */
const COLOURS = ['#0b7c90', '#8860c6', '#9a6500', '#2e7d36', '#c0487a', '#3d6fca']
const MOST_TILES = 12
const NEAREST = 16

export const colourOf = (at: number): string => COLOURS[at % COLOURS.length]!

const column = (lon: number, z: number): number => Math.floor(((lon + 180) / 360) * 2 ** z)
const line = (lat: number, z: number): number => {
  const phi = (Math.max(-85, Math.min(85, lat)) * Math.PI) / 180
  return Math.floor(((1 - Math.asinh(Math.tan(phi)) / Math.PI) / 2) * 2 ** z)
}

/** Few tiles that cover what is seen, not finer than what is seen needs. */
export function tilesOf(view: Box, zoom: number): Tile[] {
  for (let z = Math.max(0, Math.min(NEAREST, Math.floor(zoom))); z >= 0; z -= 1) {
    const [west, east, north, south] = [column(view.west, z), column(view.east, z), line(view.north, z), line(view.south, z)]
    if ((east - west + 1) * (south - north + 1) > MOST_TILES) continue
    const found: Tile[] = []
    for (let x = west; x <= east; x += 1) for (let y = north; y <= south; y += 1) found.push({ z, x, y })
    return found.filter((one) => one.x >= 0 && one.y >= 0 && one.x < 2 ** z && one.y < 2 ** z)
  }
  return []
}

/** Features of one tile: each thing alone with its key, its line or polygon, or squares with their numbers. */
export function featuresOf({ header, columns }: Columns, register: Register, colour: string): GeoJSON.Feature[] {
  const sign = [...titled(register.title, register.name)][0] ?? ''
  const shapes = header.kind === 'shapes' ? shapesOf(header.geometry!, columns) : []
  return Array.from({ length: header.count }, (_, at) => {
    const [shape, key] = [shapes[at], header.keys?.[at]]
    const point = { type: 'Point' as const, coordinates: [columns['lon']![at]!, columns['lat']![at]!] }
    const of = { register: register.name, colour }
    if (header.kind === 'clusters') return [feature(point, { ...of, sign, count: columns['count']![at] })]
    return shape ? [feature(shape, { ...of, key }), feature(point, { ...of, key, name: `${sign} ${key}` })] : [feature(point, { ...of, sign, key })]
  }).flat()
}

const feature = (geometry: GeoJSON.Geometry, properties: GeoJSON.GeoJsonProperties): GeoJSON.Feature => ({ type: 'Feature', geometry, properties })
const E7 = 1e7

/** Lines or polygons out of the columns of a tile, in the order of its things; null where one has none. */
export function shapesOf(geometry: 'line' | 'polygon', { rings, sizes, outer, x, y }: Columns['columns']): (GeoJSON.Geometry | null)[] {
  let [ring, point] = [0, 0]
  return Array.from(rings!, (count) => {
    const parts: GeoJSON.Position[][][] = []
    for (const last = ring + count; ring < last; ring += 1) {
      const end = point + sizes![ring]!
      const positions: GeoJSON.Position[] = []
      for (; point < end; point += 1) positions.push([x![point]! / E7, y![point]! / E7])
      if (outer![ring]) parts.push([])
      parts.at(-1)!.push(positions)
    }
    if (!parts.length) return null
    return geometry === 'polygon' ? { type: 'MultiPolygon', coordinates: parts } : { type: 'MultiLineString', coordinates: parts.flat() }
  })
}

/** What touches several tiles is told of by each of them, and drawn once. */
function once(features: GeoJSON.Feature[]): GeoJSON.Feature[] {
  const seen = new Set<string>()
  return features.filter(({ geometry, properties }) => {
    if (properties?.['key'] === undefined) return true
    const named = `${properties['register']} ${geometry.type} ${properties['key']}`
    return !seen.has(named) && !!seen.add(named)
  })
}

/** Layers of registers as the map draws them; null while none is switched on. */
export function useRecordLayers(registers: readonly Register[], chosen: readonly string[], view: Box | null, zoom: number): GeoJSON.FeatureCollection | null {
  const shown = registers.filter((one) => chosen.includes(one.name))
  const tiles = view && shown.length ? tilesOf(view, zoom) : []
  const wanted = shown.flatMap((register) => tiles.map((tile) => ({ register, tile })))
  const found = useQueries({
    queries: wanted.map(({ register, tile: { z, x, y } }) => ({
      queryKey: ['records', register.name, 'tile', z, x, y], staleTime: 30_000,
      queryFn: ({ signal }: { signal: AbortSignal }) => send(new Request(`/api/registers/${register.name}/tiles/${z}/${x}/${y}`, { signal })).then((answer) => answer.arrayBuffer()).then(decoded),
    })),
  })
  const stamp = found.map((one) => one.dataUpdatedAt).join()
  const names = wanted.map(({ register, tile }) => `${register.name}/${tile.z}/${tile.x}/${tile.y}`).join()
  return useMemo(() => {
    if (!shown.length) return null
    const features = found.flatMap((one, at) => (one.data ? featuresOf(one.data, wanted[at]!.register, colourOf(registers.indexOf(wanted[at]!.register))) : []))
    return { type: 'FeatureCollection', features: once(features) }
  }, [stamp, names])
}
