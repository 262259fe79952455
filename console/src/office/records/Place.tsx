import type * as GeoJSON from 'geojson'
import { useQuery } from '@tanstack/react-query'
import { Card } from 'antd'
import { useMemo } from 'react'
import { Link, useNavigate } from 'react-router'
import { type Schemas, api, ok } from '../../api/client'
import { type Box, MapView, type Mark } from '../../common/MapView'
import { titled, useText } from '../../common/language'
import { count } from '../../common/time'
import { colourOf } from '../map/records'

type Stretch = Schemas['StretchOut']
type Drawn = { id?: string; title: string; stretch: Stretch }
type Place = [lon: number, lat: number]
const KINDS = ['district', 'street', 'community'] as const
/** Of a line that stretches lie on, and of a shape by itself. */
const GROUND = '#6c8399'
const OWN = colourOf(0)

/** Where a thing is: its point, line or polygon; of a line what lies along it, of a stretch its line. */
export function Where({ record }: { record: Schemas['RecordOut'] }) {
  const [t, isLine] = [useText(), record.length_m !== null]
  const found = useQuery({
    queryKey: ['records', record.id, 'stretches'], enabled: isLine,
    queryFn: () => ok(api.GET('/api/records/{id}/stretches', { params: { path: { id: record.id } } })),
  })
  const along = useMemo<Drawn[]>(() => (record.stretch ? [{ title: record.called, stretch: record.stretch }] : (found.data ?? []).map((one) => ({ id: one.id, title: `${titled(one.register_title)} ${one.called} · ${titled(one.state_title)}`, stretch: one.stretch }))), [record, found.data])
  const shape = (record.shape ?? record.stretch?.line_shape ?? null) as GeoJSON.Geometry | null
  if (!record.place && !shape) return null
  const size = record.length_m ? t('records.length', { m: metres(record.length_m) }) : record.area_m2 ? t('records.area', { m2: metres(record.area_m2) }) : null
  return (
    <Card size="small" title={<>{t('records.place')}{size && <small> {size}</small>}</>}>
      <ShapeMap label={t('records.place')} place={record.place as { lon: number; lat: number } | null} shape={shape} along={along} />
    </Card>
  )
}

const metres = (text: string): string => count(Math.round(Number(text)))

type Props = { label: string; place?: { lon: number; lat: number } | null; shape: GeoJSON.Geometry | null; along: readonly Drawn[] }

/** A point, or a shape with stretches on it in colours of their own, and in words below. */
export function ShapeMap({ label, place = null, shape, along }: Props) {
  const [t, navigate] = [useText(), useNavigate()]
  const marks = useMemo<Mark[]>(() => (place && !shape ? [{ id: 'here', at: [place.lon, place.lat], count: 1, radius: 9 }] : []), [place?.lon, place?.lat, shape])
  const drawn = useMemo(() => featuresOf(shape, along), [shape, along])
  const box = useMemo(() => (shape ? boxOf(shape) : place ? around(place) : null), [shape, place?.lon, place?.lat])
  return (
    <>
      <div className="record-map"><MapView label={label} areas={KINDS} box={box} marks={marks} records={drawn} quiet onPick={(picked) => picked.kind === 'record' && picked.key && void navigate(`/records/${picked.key}`)} /></div>
      {along.length > 0 && (
        <ul className="stretches">{along.map(({ id, title, stretch }, at) => (
          <li key={id ?? at}><i className="map-swatch map-line" style={{ color: colourOf(at) }} aria-hidden="true" />{id ? <Link to={`/records/${id}`}>{title}</Link> : title} <span className="quiet">{t('records.from_to', { from: stretch.begin, to: stretch.end })}{!stretch.shape && ` · ${t('records.off_line')}`}</span></li>
        ))}</ul>
      )}
    </>
  )
}

function featuresOf(shape: GeoJSON.Geometry | null, along: readonly Drawn[]): GeoJSON.FeatureCollection {
  const feature = (geometry: GeoJSON.Geometry, properties: GeoJSON.GeoJsonProperties): GeoJSON.Feature => ({ type: 'Feature', geometry, properties })
  const ground = shape ? [feature(shape, { colour: along.length ? GROUND : OWN })] : []
  const parts = along.flatMap(({ id, stretch }, at) => (stretch.shape ? [feature(stretch.shape as unknown as GeoJSON.Geometry, { register: 'stretch', colour: colourOf(at), wide: 2.2, ...(id ? { key: id } : {}) })] : []))
  return { type: 'FeatureCollection', features: [...ground, ...parts] }
}

const around = ({ lon, lat }: { lon: number; lat: number }): Box => ({ west: lon - 0.004, south: lat - 0.003, east: lon + 0.004, north: lat + 0.003 })

/** The box around a shape. */
export function boxOf(shape: GeoJSON.Geometry): Box | null {
  if (shape.type === 'GeometryCollection') return null
  const depth = { Point: 0, MultiPoint: 1, LineString: 1, MultiLineString: 2, Polygon: 2, MultiPolygon: 3 }[shape.type]
  const places = (depth ? (shape.coordinates as unknown[]).flat(depth - 1) : [shape.coordinates]) as Place[]
  const [lons, lats] = [places.map((one) => one[0]), places.map((one) => one[1])]
  const least = (all: number[]) => all.reduce((a, b) => Math.min(a, b), Infinity)
  const most = (all: number[]) => all.reduce((a, b) => Math.max(a, b), -Infinity)
  return { west: least(lons), south: least(lats), east: most(lons), north: most(lats) }
}
