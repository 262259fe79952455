import type * as GeoJSON from 'geojson'
import type { ExpressionSpecification, LayerSpecification, SourceSpecification, StyleSpecification } from 'maplibre-gl'
import type { Schemas } from '../../api/client'
import { LIGHTS, type Palette } from './palette'

export type AreaKind = 'district' | 'street' | 'community' | 'unit_grid' | 'duty_grid'
export type BaseMap = Schemas['BaseMap']
/** Sources that are filled later: those of areas, the page's own marks and shapes, cases. */
export const NOTHING: GeoJSON.FeatureCollection = { type: 'FeatureCollection', features: [] }
export const AREA_KINDS: AreaKind[] = ['district', 'street', 'community', 'unit_grid', 'duty_grid']

// Drawn by the browser's own fonts: no glyphs are fetched, no name is missing.
/** The lowest of the layers of names: what must not hide them lies below it. */
export const FIRST_NAME = 'name-duty_grid'
const FONT = ['sans-serif']
const LINES: Record<AreaKind, { from: number; wide: [number, number]; dash?: number[] }> = {
  unit_grid: { from: 12.5, wide: [0.4, 1] },
  duty_grid: { from: 11, wide: [0.6, 1.2], dash: [3, 2] },
  community: { from: 10.5, wide: [0.6, 1.2] },
  street: { from: 0, wide: [0.9, 2] },
  district: { from: 0, wide: [1.6, 3] },
}
const NAMES: Record<AreaKind, { from: number; to: number; size: number }> = {
  unit_grid: { from: 15, to: 24, size: 11 },
  duty_grid: { from: 14, to: 24, size: 12 },
  community: { from: 12.8, to: 17, size: 12 },
  street: { from: 9.5, to: 15, size: 14 },
  district: { from: 5, to: 10.5, size: 16 },
}
/** How many times as wide as usual a line of the page's own is. */
const WIDE: ExpressionSpecification = ['coalesce', ['get', 'wide'], 1]
const geojson = (data = NOTHING): SourceSpecification => ({ type: 'geojson', data, tolerance: 0.2 })

/** What lies below everything else: the base map, where there is one. */
export function baseSource(base: BaseMap): SourceSpecification {
  return { type: 'raster', tiles: [base.url], tileSize: 256, maxzoom: base.max_zoom ?? 18, ...(base.attribution ? { attribution: base.attribution } : {}) }
}

/** The whole style without cases: areas, and what the page puts on top. */
export function styleOf(palette: Palette, base: BaseMap | null): StyleSpecification {
  const kinds = [...AREA_KINDS].reverse()
  return {
    version: 8,
    sources: {
      ...(base ? { base: baseSource(base) } : {}),
      ...Object.fromEntries(AREA_KINDS.flatMap((kind) => [[`area-${kind}`, geojson()], [`name-${kind}`, geojson()]])),
      shapes: geojson(), marks: geojson(), records: geojson(),
    },
    layers: [
      { id: 'ground', type: 'background', paint: { 'background-color': palette.ground } },
      ...(base ? [{ id: 'base', type: 'raster' as const, source: 'base' }] : []),
      ...(base ? [] : [{ id: 'land', type: 'fill' as const, source: 'area-district', paint: { 'fill-color': palette.land } }, { id: 'land-street', type: 'fill' as const, source: 'area-street', paint: { 'fill-color': palette.land } }]),
      ...kinds.map((kind) => lineOf(kind, palette)),
      { id: 'shapes-fill', type: 'fill', source: 'shapes', filter: ['==', ['geometry-type'], 'Polygon'], paint: { 'fill-color': ['coalesce', ['get', 'colour'], palette.drawn], 'fill-opacity': 0.14 } },
      { id: 'records-fill', type: 'fill', source: 'records', filter: ['in', ['geometry-type'], ['literal', ['Polygon', 'MultiPolygon']]], paint: { 'fill-color': ['get', 'colour'], 'fill-opacity': 0.22 } },
      ...[...AREA_KINDS].reverse().map((kind) => nameOf(kind, palette)),
      { id: 'records-line', type: 'line', source: 'records', filter: ['!=', ['geometry-type'], 'Point'], layout: { 'line-cap': 'round', 'line-join': 'round' }, paint: { 'line-color': ['get', 'colour'], 'line-width': ['interpolate', ['linear'], ['zoom'], 10, ['*', 1.5, WIDE], 14, ['*', 3, WIDE], 17, ['*', 5, WIDE]] } },
      { id: 'records-many', type: 'circle', source: 'records', filter: ['has', 'count'], paint: { 'circle-radius': ['step', ['get', 'count'], 9, 10, 11, 100, 14, 1000, 18, 10000, 23], 'circle-color': ['get', 'colour'], 'circle-opacity': 0.75, 'circle-stroke-color': palette.halo, 'circle-stroke-width': 1 } },
      { id: 'records', type: 'circle', source: 'records', filter: ['all', ['has', 'key'], ['!', ['has', 'name']], ['==', ['geometry-type'], 'Point']], paint: { 'circle-radius': ['interpolate', ['linear'], ['zoom'], 10, 3, 14, 6, 17, 9], 'circle-color': ['get', 'colour'], 'circle-stroke-color': palette.halo, 'circle-stroke-width': 1 } },
      { id: 'records-text', type: 'symbol', source: 'records', filter: ['any', ['has', 'count'], ['all', ['has', 'sign'], ['>=', ['zoom'], 14]]], layout: { 'text-field': ['case', ['has', 'count'], ['to-string', ['get', 'count']], ['get', 'sign']], 'text-font': FONT, 'text-size': 10.5, 'text-allow-overlap': true, 'text-ignore-placement': true }, paint: { 'text-color': '#ffffff' } },
      { id: 'records-name', type: 'symbol', source: 'records', filter: ['has', 'name'], minzoom: 14, layout: { 'text-field': ['get', 'name'], 'text-font': FONT, 'text-size': 11.5, 'text-offset': [0, -0.9] }, paint: { 'text-color': palette.name, 'text-halo-color': palette.halo, 'text-halo-width': 1.6 } },
      { id: 'shapes-line', type: 'line', source: 'shapes', filter: ['!=', ['geometry-type'], 'Point'], paint: { 'line-color': ['coalesce', ['get', 'colour'], palette.drawn], 'line-width': 2, 'line-dasharray': [2, 1] } },
      { id: 'shapes-corner', type: 'circle', source: 'shapes', filter: ['==', ['geometry-type'], 'Point'], paint: { 'circle-radius': 4.5, 'circle-color': palette.halo, 'circle-stroke-color': palette.drawn, 'circle-stroke-width': 2 } },
      { id: 'marks-ring', type: 'circle', source: 'marks', filter: ['==', ['get', 'ring'], true], paint: { 'circle-radius': 15, 'circle-color': 'rgba(0,0,0,0)', 'circle-stroke-color': palette.edge, 'circle-stroke-width': 2.5 } },
      { id: 'marks', type: 'symbol', source: 'marks', filter: ['has', 'light'], layout: { 'icon-image': ['concat', 'mark-', ['get', 'light']], 'icon-size': 1.1, 'icon-allow-overlap': true, 'icon-ignore-placement': true, 'text-field': ['coalesce', ['get', 'title'], ''], 'text-font': FONT, 'text-size': 12, 'text-offset': [0, 1.1], 'text-anchor': 'top', 'text-optional': true }, paint: textPaint(palette) },
      { id: 'spots', type: 'circle', source: 'marks', filter: ['has', 'count'], paint: { 'circle-radius': ['get', 'radius'], 'circle-color': palette.light.red, 'circle-opacity': 0.55, 'circle-stroke-color': palette.light.red, 'circle-stroke-width': 1.5 } },
      { id: 'spots-text', type: 'symbol', source: 'marks', filter: ['has', 'count'], layout: { 'text-field': ['to-string', ['get', 'count']], 'text-font': FONT, 'text-size': 12, 'text-allow-overlap': true }, paint: { 'text-color': '#ffffff', 'text-halo-color': 'rgba(60,0,0,.55)', 'text-halo-width': 1 } },
    ],
  }
}

const textPaint = (palette: Palette) => ({ 'text-color': palette.name, 'text-halo-color': palette.halo, 'text-halo-width': 1.4 })

function lineOf(kind: AreaKind, palette: Palette): LayerSpecification {
  const { from, wide, dash } = LINES[kind]
  const colour = { district: palette.edge, street: palette.street, community: palette.community, unit_grid: palette.grid, duty_grid: palette.community }[kind]
  return {
    id: `line-${kind}`, type: 'line', source: `area-${kind}`, minzoom: from, layout: { 'line-join': 'round' },
    paint: { 'line-color': colour, 'line-width': ['interpolate', ['linear'], ['zoom'], 10, wide[0], 16, wide[1]], ...(dash ? { 'line-dasharray': dash } : {}) },
  }
}

function nameOf(kind: AreaKind, palette: Palette): LayerSpecification {
  const { from, to, size } = NAMES[kind]
  return {
    id: `name-${kind}`, type: 'symbol', source: `name-${kind}`, minzoom: from, maxzoom: to,
    layout: { 'text-field': ['get', 'name'], 'text-font': FONT, 'text-size': size, 'text-max-width': 9, 'text-padding': 4 },
    paint: { ...textPaint(palette), ...(kind === 'unit_grid' ? { 'text-opacity': 0.75 } : {}) },
  }
}

const size = (expression: ExpressionSpecification): ExpressionSpecification => ['step', expression, 13, 10, 16, 100, 20, 1000, 25, 10000, 31]
const share = (name: string): ExpressionSpecification => ['/', ['get', name], ['get', 'count']]
const OVER = 0.3
/** Of the spot that one case makes on a heat map, in pixels. */
export const HEAT_RADIUS = 40

/** Layers of cases: each alone as its mark, many as a bubble with their number and below it how many are late. */
export function caseLayers(palette: Palette): LayerSpecification[] {
  const icon = ['concat', 'mark-', ['at', ['get', 'light'], ['literal', [...LIGHTS]]]] as ExpressionSpecification
  const tone: ExpressionSpecification = ['case', ['>=', share('red'), OVER], palette.light.red, ['>=', ['+', share('red'), share('yellow')], OVER], '#a76a00', palette.bubble]
  return [
    { id: 'heat', type: 'heatmap', source: 'cases', 'source-layer': 'heat', paint: { 'heatmap-weight': ['get', 'count'], 'heatmap-radius': HEAT_RADIUS, 'heatmap-color': ['interpolate', ['linear'], ['heatmap-density'], 0, palette.heat[0]!, 0.15, palette.heat[1]!, 0.45, palette.heat[2]!, 0.75, palette.heat[3]!, 1, palette.heat[4]!] } },
    { id: 'bubbles', type: 'circle', source: 'cases', 'source-layer': 'bubbles', paint: { 'circle-radius': size(['get', 'count']), 'circle-color': tone, 'circle-opacity': 0.88, 'circle-stroke-color': palette.bubbleEdge, 'circle-stroke-width': 1.5 } },
    { id: 'points', type: 'symbol', source: 'cases', 'source-layer': 'points', layout: { 'icon-image': icon, 'icon-size': ['interpolate', ['linear'], ['zoom'], 10, 0.7, 15, 0.85, 18, 1.1], 'icon-allow-overlap': true, 'icon-ignore-placement': true, 'symbol-sort-key': ['get', 'light'] } },
    { id: 'bubble-text', type: 'symbol', source: 'cases', 'source-layer': 'bubbles', layout: { 'text-field': ['to-string', ['get', 'count']], 'text-font': FONT, 'text-size': ['step', ['get', 'count'], 12, 100, 12.5, 1000, 13], 'text-allow-overlap': true, 'text-ignore-placement': true }, paint: { 'text-color': palette.bubbleText } },
    { id: 'bubble-late', type: 'symbol', source: 'cases', 'source-layer': 'bubbles', filter: ['>', ['get', 'red'], 0], layout: { 'text-field': ['concat', '■', ['to-string', ['get', 'red']]], 'text-font': FONT, 'text-size': 10.5, 'text-offset': ['step', ['get', 'count'], ['literal', [0, 1.9]], 10, ['literal', [0, 2.15]], 100, ['literal', [0, 2.55]], 1000, ['literal', [0, 3]]], 'text-optional': true }, paint: { 'text-color': palette.light.red, 'text-halo-color': palette.halo, 'text-halo-width': 1.5 } },
  ]
}
