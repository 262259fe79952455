import type * as GeoJSON from 'geojson'
import 'maplibre-gl/dist/maplibre-gl.css'
import './map.css'
import { AttributionControl, type GeoJSONSource, type LngLatBoundsLike, MapLibreMap, type MapMouseEvent, NavigationControl, ScaleControl, type VectorTileSource, setWorkerUrl } from 'maplibre-gl'
import workerUrl from 'maplibre-gl/dist/maplibre-gl-worker.mjs?worker&url'
import { useEffect, useMemo, useRef, useState } from 'react'
import { useText } from '../language'
import { useTheme } from '../theme'
import { areasOf, boundsOf } from './areas'
import { type Paint, serveCases, tilesOf } from './caseTiles'
import { type Place, type Shift, moved, shiftOf } from './datum'
import { ALONE_FROM } from './gather'
import { LIGHTS, MARK_SCALE, type Look, PALETTES, markOf } from './palette'
import { AREA_KINDS, type AreaKind, type BaseMap, FIRST_NAME, HEAT_RADIUS, NOTHING, caseLayers, styleOf } from './style'

setWorkerUrl(workerUrl)

/** What somebody pointed at; places in WGS-84. */
export type Picked = { kind: 'case'; no: number; at: Place } | { kind: 'bubble'; at: Place } | { kind: 'mark'; id: string; at: Place } | { kind: 'record'; register: string; key: string; at: Place } | { kind: 'place'; at: Place }
export type Mark = { id: string; at: Place; light?: 'grey' | 'green' | 'yellow' | 'red'; title?: string; count?: number; radius?: number; ring?: boolean }
export type Box = { west: number; south: number; east: number; north: number }
/** The map itself, for what a page does with it; `view` is what is seen, in WGS-84. */
export type MapHandle = { map: MapLibreMap; shift: Shift; view: () => Box; goTo: (place: Place, zoom?: number) => void; fit: (box: Box, zoomMost?: number) => void }

export type MapViewProps = {
  /** What a screen reader calls the map. */
  label: string
  /** Kinds of areas that are drawn and named. */
  areas?: readonly AreaKind[]
  /** Cases as the server's filter in an address; null: none. */
  cases?: { query: string; paint: Paint; round: number; crowd?: number } | null
  /** Points and shapes of the page's own, WGS-84. `colour` of a shape's properties is its colour. */
  marks?: readonly Mark[]
  shapes?: GeoJSON.FeatureCollection
  /** Records of registers, WGS-84: points, lines, polygons with `key`, a point with `name` for what stands at a line or polygon, with `count` for many; `colour` and `sign` tell layers apart. */
  records?: GeoJSON.FeatureCollection | null
  base?: BaseMap | null
  /** What to show first; otherwise the marks, otherwise the areas. */
  box?: Box | null
  look?: Look
  /** Begin with all areas, whatever marks there are. */
  whole?: boolean
  /** On a small map in a page of text the wheel goes on scrolling. */
  quiet?: boolean
  onPick?: (picked: Picked) => void
  onReady?: (handle: MapHandle) => void
  onMoved?: (view: Box, zoom: number) => void
  onProblem?: (error: Error) => void
}

/** A map of our own data with MapLibre; works without any base map, and asks nobody but our server unless told so. */
export default function View(props: MapViewProps) {
  const t = useText()
  const theme = useTheme()
  const look = props.look ?? theme
  const base = props.base ?? null
  const shift = useMemo(() => shiftOf(base?.datum), [base?.datum])
  const frame = useRef<HTMLDivElement>(null)
  const now = useRef(props)
  now.current = props
  const [map, setMap] = useState<MapLibreMap | null>(null)
  const [failed, setFailed] = useState(false)

  useEffect(() => {
    let made: MapLibreMap
    try {
      made = begun(frame.current!, look, base, props.quiet ?? false, t)
    } catch {
      setFailed(true) // no WebGL
      return
    }
    const handle = handleOf(made, shift)
    made.once('style.load', () => {
      LIGHTS.forEach((light) => made.addImage(`mark-${light}`, markOf(light, PALETTES[look]), { pixelRatio: MARK_SCALE }))
      setMap(made)
      now.current.onReady?.(handle)
    })
    made.on('idle', () => frame.current?.setAttribute('data-map', 'idle'))
    made.on('dataloading', () => frame.current?.setAttribute('data-map', 'busy'))
    made.on('moveend', () => now.current.onMoved?.(handle.view(), made.getZoom()))
    made.on('click', (event) => now.current.onPick?.(pickedAt(made, event, shift)))
    made.on('error', ({ error }) => now.current.onProblem?.(new Error(error.message)))
    return () => {
      setMap(null)
      made.remove()
    }
  }, [look, base?.url, shift])

  useAreas(map, shift, props.areas ?? [], props.box, props.whole ? undefined : props.marks)
  useCases(map, props.cases ?? null, look, base)
  useOwn(map, shift, props.marks ?? [], props.shapes ?? NOTHING, props.records ?? NOTHING)
  return (
    <div ref={frame} className="map-frame" role="region" aria-label={props.label}>
      {failed && <p className="map-failed" role="alert">{t('map.no_webgl')}</p>}
    </div>
  )
}

function begun(frame: HTMLDivElement, look: Look, base: BaseMap | null, quiet: boolean, t: ReturnType<typeof useText>): MapLibreMap {
  const map = new MapLibreMap({
    container: frame, style: styleOf(PALETTES[look], base), center: [105, 35], zoom: 3, maxZoom: 20, attributionControl: false, fadeDuration: 300,
    dragRotate: false, pitchWithRotate: false, touchPitch: false, scrollZoom: !quiet, cooperativeGestures: false,
    localIdeographFontFamily: "'PingFang SC', 'Microsoft YaHei', 'Noto Sans CJK SC', 'WenQuanYi Micro Hei', sans-serif",
    locale: { 'NavigationControl.ZoomIn': t('map.zoom_in'), 'NavigationControl.ZoomOut': t('map.zoom_out'), 'Map.Title': t('map.canvas'), 'AttributionControl.ToggleAttribution': t('map.attribution'), 'ScaleControl.Meters': 'm', 'ScaleControl.Kilometers': 'km' },
  })
  map.touchZoomRotate.disableRotation()
  map.keyboard.disableRotation()
  map.addControl(new NavigationControl({ showCompass: false }), 'top-right')
  map.addControl(new ScaleControl({ maxWidth: 110 }), 'bottom-right')
  if (base?.attribution) map.addControl(new AttributionControl({ compact: true }), 'bottom-right')
  Object.assign(frame, { map }) // for tests, and for whoever looks into a browser's console
  return map
}

function handleOf(map: MapLibreMap, shift: Shift): MapHandle {
  return {
    map, shift,
    view: () => {
      const seen = map.getBounds()
      const corners = [[seen.getWest(), seen.getSouth()], [seen.getEast(), seen.getNorth()]].map((one) => shift.back(one as Place))
      return { west: corners[0]![0], south: corners[0]![1], east: corners[1]![0], north: corners[1]![1] }
    },
    goTo: (place, zoom) => { map.easeTo({ center: shift.forth(place), zoom: zoom ?? Math.max(map.getZoom(), 15), duration: 400 }) },
    fit: (box, zoomMost = 17) => { map.fitBounds(shifted(box, shift), { padding: 40, maxZoom: zoomMost, duration: 0 }) },
  }
}

const shifted = (box: Box, shift: Shift): LngLatBoundsLike => [shift.forth([box.west, box.south]), shift.forth([box.east, box.north])]

function pickedAt(map: MapLibreMap, event: MapMouseEvent, shift: Shift): Picked {
  const { x, y } = event.point
  const layers = ['marks', 'spots', 'points', 'bubbles', 'records', 'records-many', 'records-name', 'records-line', 'records-fill'].filter((one) => map.getLayer(one))
  const [found] = map.queryRenderedFeatures([[x - 5, y - 5], [x + 5, y + 5]], { layers })
  const at = shift.back([event.lngLat.lng, event.lngLat.lat])
  if (!found) return { kind: 'place', at }
  const own = found.geometry.type === 'Point' ? shift.back(found.geometry.coordinates as Place) : at
  if (found.layer.id === 'points') return { kind: 'case', no: Number(found.properties['no']), at: own }
  if (found.layer.id === 'bubbles') return { kind: 'bubble', at: own }
  if (found.layer.id.startsWith('records') && found.properties['key'] !== undefined) return { kind: 'record', register: String(found.properties['register']), key: String(found.properties['key']), at: own }
  if (found.layer.id === 'records-many') return { kind: 'bubble', at: own }
  return { kind: 'mark', id: String(found.properties['id']), at: own }
}

/** Borders and names; and what is seen first, once something is known. */
function useAreas(map: MapLibreMap | null, shift: Shift, kinds: readonly AreaKind[], box: Box | null | undefined, marks: readonly Mark[] | undefined): void {
  const fitted = useRef<MapLibreMap | null>(null)
  const wanted = kinds.join()
  const fit = (to: Box | null, most: number) => {
    if (!map || !to || fitted.current === map) return
    fitted.current = map
    map.fitBounds(shifted(to, shift), { padding: 24, maxZoom: most, duration: 0 })
  }
  useEffect(() => {
    if (box) fit(box, 17)
    else if (marks?.length) fit(boundsOf(marks.map((one) => one.at)), 16)
  }, [map, box, marks])
  useEffect(() => {
    if (!map) return
    let gone = false
    for (const kind of AREA_KINDS) {
      const [lines, names] = [map.getSource<GeoJSONSource>(`area-${kind}`), map.getSource<GeoJSONSource>(`name-${kind}`)]
      if (!kinds.includes(kind)) {
        lines?.setData(NOTHING)
        names?.setData(NOTHING)
        continue
      }
      areasOf(kind).then((found) => {
        if (gone) return
        lines?.setData(moved(found.shapes, shift))
        names?.setData(moved(found.names, shift))
        if (!box && !marks?.length && (kind === 'district' || kind === 'street')) fit(found.box, 15)
      }, (error: Error) => !gone && map.fire('error', { error }))
    }
    return () => { gone = true }
  }, [map, wanted, shift])
}

function useCases(map: MapLibreMap | null, cases: MapViewProps['cases'] | null, look: Look, base: BaseMap | null): void {
  const tiles = cases ? tilesOf(cases.query, cases.paint, base?.datum ?? 'wgs84', cases.round) : null
  useEffect(() => {
    if (!map) return
    const source = map.getSource<VectorTileSource>('cases')
    if (!tiles) {
      caseLayers(PALETTES[look]).forEach((one) => map.getLayer(one.id) && map.removeLayer(one.id))
      if (source) map.removeSource('cases')
    } else if (source) source.setTiles([tiles])
    else {
      serveCases()
      map.addSource('cases', { type: 'vector', tiles: [tiles], minzoom: 0, maxzoom: ALONE_FROM })
      caseLayers(PALETTES[look]).forEach((one) => map.addLayer(one, one.type === 'heatmap' ? FIRST_NAME : 'shapes-line'))
    }
  }, [map, tiles, look])
  const crowd = cases?.crowd ?? 0
  useEffect(() => {
    if (map?.getLayer('heat')) map.setPaintProperty('heat', 'heatmap-intensity', intensityOf(crowd, map.getCanvas()))
  }, [map, tiles, crowd])
}

/** How strongly one case burns, so that about three times the usual density of what is seen is the hottest. */
function intensityOf(crowd: number, { clientWidth, clientHeight }: HTMLCanvasElement): number {
  const usual = (crowd * Math.PI * HEAT_RADIUS ** 2) / (clientWidth * clientHeight || 1)
  return Math.min(1.5, 1 / (1.1 * Math.max(usual, 0.2)))
}

function useOwn(map: MapLibreMap | null, shift: Shift, marks: readonly Mark[], shapes: GeoJSON.FeatureCollection, records: GeoJSON.FeatureCollection): void {
  useEffect(() => {
    map?.getSource<GeoJSONSource>('records')?.setData(moved(records, shift))
  }, [map, records, shift])
  useEffect(() => {
    const features = marks.map(({ at, ...properties }) => ({ type: 'Feature' as const, geometry: { type: 'Point' as const, coordinates: shift.forth(at) }, properties }))
    map?.getSource<GeoJSONSource>('marks')?.setData({ type: 'FeatureCollection', features })
  }, [map, marks, shift])
  useEffect(() => {
    map?.getSource<GeoJSONSource>('shapes')?.setData(moved(shapes, shift))
  }, [map, shapes, shift])
}
