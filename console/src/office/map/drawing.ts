import type * as GeoJSON from 'geojson'
import type { MapMouseEvent } from 'maplibre-gl'
import { useEffect, useMemo, useState } from 'react'
import { useKeys } from '../../common/keyboard'
import { useText } from '../../common/language'
import type { MapHandle } from '../../common/MapView'

export type Corner = [lon: number, lat: number]
export type Drawing = { on: boolean; corners: Corner[]; begin: () => void; finish: () => void; undo: () => void; cancel: () => void; shapes: GeoJSON.FeatureCollection }
const LEAST = 3

/** Drawing an outline: corners by click or, with the map's middle as the pen, by Space; Enter ends it. */
export function useDrawing(handle: MapHandle | null, done: Corner[] | null, onDone: (corners: Corner[]) => void): Drawing {
  const t = useText()
  const [corners, setCorners] = useState<Corner[] | null>(null)
  const on = corners !== null
  const put = (corner: Corner) => setCorners((known) => (known && !same(known.at(-1), corner) ? [...known, corner] : known))
  const undo = () => setCorners((known) => known && known.slice(0, -1))
  const cancel = () => setCorners(null)
  const finish = () => {
    if (!corners || corners.length < LEAST) return
    setCorners(null)
    onDone(corners)
  }
  useEffect(() => {
    if (!handle || !on) return
    const { map, shift } = handle
    const click = (event: MapMouseEvent) => put(shift.back([event.lngLat.lng, event.lngLat.lat]))
    map.on('click', click)
    map.doubleClickZoom.disable()
    map.getCanvas().style.cursor = 'crosshair'
    return () => {
      map.off('click', click)
      map.doubleClickZoom.enable()
      map.getCanvas().style.cursor = ''
    }
  }, [handle, on])
  useEffect(() => {
    if (!handle || !on) return
    const end = (event: MapMouseEvent) => {
      event.preventDefault()
      finish()
    }
    handle.map.on('dblclick', end)
    return () => { handle.map.off('dblclick', end) }
  })
  useKeys(t('map.draw'), [
    { keys: ' ', title: t('map.draw_how'), when: on, run: () => handle && put(handle.shift.back(handle.map.getCenter().toArray())) },
    { keys: 'Enter', title: t('map.draw_finish'), when: on, run: finish },
    { keys: 'Backspace', title: t('map.draw_undo'), when: on, run: undo },
    { keys: 'Escape', title: t('map.draw_cancel'), when: on, run: cancel },
  ])
  const shapes = useMemo(() => shapesOf(corners ?? done, on), [corners, done, on])
  return { on, corners: corners ?? [], begin: () => setCorners([]), finish, undo, cancel, shapes }
}

// A double click sets one corner, not two.
const NEAR = 1e-7
const same = (a: Corner | undefined, b: Corner): boolean => !!a && Math.abs(a[0] - b[0]) < NEAR && Math.abs(a[1] - b[1]) < NEAR

function shapesOf(corners: Corner[] | null, open: boolean): GeoJSON.FeatureCollection {
  if (!corners?.length) return { type: 'FeatureCollection', features: [] }
  const feature = (geometry: GeoJSON.Geometry): GeoJSON.Feature => ({ type: 'Feature', geometry, properties: {} })
  const whole = corners.length >= LEAST ? [feature({ type: 'Polygon', coordinates: [[...corners, corners[0]!]] })] : []
  const line = open && corners.length > 1 ? [feature({ type: 'LineString', coordinates: corners })] : []
  const points = open ? corners.map((one) => feature({ type: 'Point', coordinates: one })) : []
  return { type: 'FeatureCollection', features: [...whole, ...line, ...points] }
}
