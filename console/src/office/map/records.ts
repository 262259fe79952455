import type * as GeoJSON from 'geojson'
import { useQueries } from '@tanstack/react-query'
import { useMemo } from 'react'
import { type Schemas, send } from '../../api/client'
import type { Box } from '../../common/MapView'
import { titled } from '../../common/language'
import { type Columns, decoded } from '../../common/map/columns'

type Register = Schemas['RegisterOut']
type Tile = { z: number; x: number; y: number }
/** Of layers of registers, told apart by the first sign of their titles as well. */
const COLOURS = ['#0b7285', '#7048a8', '#8a5a00', '#2b6a30', '#a03a64', '#345fae']
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

/** Features of one tile: each thing alone with its key, or squares with their numbers. */
export function featuresOf({ header, columns }: Columns, register: Register, colour: string): GeoJSON.Feature[] {
  const sign = [...titled(register.title, register.name)][0] ?? ''
  return Array.from({ length: header.count }, (_, at) => ({
    type: 'Feature' as const, geometry: { type: 'Point' as const, coordinates: [columns['lon']![at]!, columns['lat']![at]!] },
    properties: { register: register.name, colour, sign, ...(header.kind === 'points' ? { key: header.keys?.[at] } : { count: columns['count']![at] }) },
  }))
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
    return { type: 'FeatureCollection', features }
  }, [stamp, names])
}
