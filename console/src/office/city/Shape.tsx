import type { Geometry, MultiPolygon, Polygon, Position } from 'geojson'

type Feature = { geometry: Geometry; properties?: Record<string, unknown> | null }
type Props = { feature: Feature | undefined; inside?: Feature[]; label: string; mark?: [number, number] | null; onPick?: (code: string) => void }
const SIZE = 420
const MARGIN = 12

const rings = (geometry: Geometry): Position[][] =>
  geometry.type === 'Polygon' ? (geometry as Polygon).coordinates
    : geometry.type === 'MultiPolygon' ? (geometry as MultiPolygon).coordinates.flat()
      : geometry.type === 'LineString' ? [geometry.coordinates] : geometry.type === 'MultiLineString' ? geometry.coordinates : []

/** One area as it lies, with those inside it; north is up, degrees of longitude are shortened as they are there. */
export function Shape({ feature, inside = [], label, mark, onPick }: Props) {
  const own = feature ? rings(feature.geometry) : []
  const all = own.length ? own : inside.flatMap((one) => rings(one.geometry))
  const points = all.flat()
  if (!points.length) return null
  const [xs, ys] = [points.map((one) => one[0]!), points.map((one) => one[1]!)]
  const [west, east, south, north] = [Math.min(...xs), Math.max(...xs), Math.min(...ys), Math.max(...ys)]
  const narrow = Math.cos(((south + north) / 2) * (Math.PI / 180))
  const scale = (SIZE - 2 * MARGIN) / Math.max((east - west) * narrow, north - south, 1e-9)
  const [width, height] = [(east - west) * narrow * scale + 2 * MARGIN, (north - south) * scale + 2 * MARGIN]
  const at = ([x, y]: Position): string => `${((x! - west) * narrow * scale + MARGIN).toFixed(1)},${((north - y!) * scale + MARGIN).toFixed(1)}`
  const path = (lines: Position[][], closed: boolean) => lines.map((line) => `M${line.map(at).join('L')}${closed ? 'Z' : ''}`).join('')
  const closed = (one: Feature) => one.geometry.type.endsWith('Polygon')
  return (
    <svg className="shape" viewBox={`0 0 ${width.toFixed(0)} ${height.toFixed(0)}`} role="img" aria-label={label}>
      {feature && <path className="own" d={path(own, closed(feature))} />}
      {inside.map((one, n) => (
        <path key={String(one.properties?.['code'] ?? n)} className="in" d={path(rings(one.geometry), closed(one))} onClick={() => onPick?.(String(one.properties?.['code'] ?? ''))}>
          <title>{`${String(one.properties?.['name'] ?? '')} ${String(one.properties?.['code'] ?? '')}`}</title>
        </path>
      ))}
      {mark && <circle className="mark" cx={at(mark).split(',')[0]} cy={at(mark).split(',')[1]} r={5} />}
    </svg>
  )
}
