import type * as GeoJSON from 'geojson'
import { send } from '../../api/client'
import type { Place } from './datum'
import type { AreaKind } from './style'
import type { Box } from './View'

type Areas = { shapes: GeoJSON.FeatureCollection; names: GeoJSON.FeatureCollection; box: Box | null }
const KEPT_MS = 600_000
// How far a border may move: below a pixel at the zoom where each kind is first seen closely.
const TOLERANCE_M: Record<AreaKind, number> = { district: 10, street: 5, community: 3, unit_grid: 2, duty_grid: 3 }
const kept = new Map<AreaKind, { at: number; found: Promise<Areas> }>()

/** Areas of a kind with a point for each name, WGS-84; asked anew after ten minutes (the server answers 304). */
export function areasOf(kind: AreaKind): Promise<Areas> {
  const before = kept.get(kind)
  if (before && Date.now() - before.at < KEPT_MS) return before.found
  const found = send(new Request(`/api/map/areas?kind=${kind}&tolerance_m=${TOLERANCE_M[kind]}`))
    .then((answer) => answer.json() as Promise<GeoJSON.FeatureCollection>)
    .then((shapes) => ({ shapes, names: namesOf(shapes), box: boundsOf(positionsOf(shapes)) }))
  kept.set(kind, { at: Date.now(), found })
  found.catch(() => kept.delete(kind))
  return found
}

function namesOf(shapes: GeoJSON.FeatureCollection): GeoJSON.FeatureCollection {
  const features = shapes.features.map((one) => ({ ...one, geometry: { type: 'Point' as const, coordinates: one.properties!['point'] as Place } }))
  return { type: 'FeatureCollection', features }
}

function positionsOf(shapes: GeoJSON.FeatureCollection): Place[] {
  return shapes.features.flatMap(({ geometry }) => {
    if (geometry.type === 'Polygon') return geometry.coordinates.flat() as Place[]
    return geometry.type === 'MultiPolygon' ? (geometry.coordinates.flat(2) as Place[]) : []
  })
}

/** The box around places; null around none. */
export function boundsOf(places: readonly Place[]): Box | null {
  if (!places.length) return null
  const box = { west: Infinity, south: Infinity, east: -Infinity, north: -Infinity }
  for (const [lon, lat] of places) {
    box.west = Math.min(box.west, lon)
    box.east = Math.max(box.east, lon)
    box.south = Math.min(box.south, lat)
    box.north = Math.max(box.north, lat)
  }
  return box
}
