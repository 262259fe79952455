import { useQuery } from '@tanstack/react-query'
import { Button } from 'antd'
import { type MouseEvent, useId, useState } from 'react'
import { api, ok } from '../../api/client'
import { useText } from '../../common/language'
import { may, useMe } from '../../common/session'
import { HIGH, type Point, WIDE, WIDTHS_M, barM, projection } from './project'
import './minimap.css'

type Ring = [number, number][]
export type Grid = { properties: { code: string; name: string; point: [number, number] }; geometry: { type: string; coordinates: Ring[] | Ring[][] } }
const HOUR_MS = 3_600_000

/** The unit grids of an area (of the whole city without one), as GeoJSON with few corners. */
export function useGrids(within: string | null | undefined, wanted = true) {
  const me = useMe()
  return useQuery({
    queryKey: ['grids', within ?? ''],
    queryFn: async () => {
      const query = { kind: 'unit_grid' as const, tolerance_m: within ? 3 : 20, ...(within ? { within } : {}) }
      const answer = (await ok(api.GET('/api/map/areas', { params: { query }, parseAs: 'json' }))) as { features: Grid[] }
      return answer.features
    },
    staleTime: HOUR_MS,
    enabled: wanted && may(me, 'area.read'),
  }).data
}

/** Of the areas around a place, small to large, the one whose grids are drawn: the street. */
export const streetOf = (scopes: string[] | null | undefined): string | null =>
  scopes?.find((code) => code.length === 9) ?? scopes?.at(-2) ?? scopes?.at(-1) ?? null

type Props = {
  point: Point | null
  grid: string | null | undefined
  scopes: string[] | null | undefined
  /** Given, a press puts the place there. */
  onPick?: ((at: Point) => void) | undefined
}

/** A small map of the grids around a place, drawn from our own areas. */
export function MiniMap({ point, grid, scopes, onPick }: Props) {
  const t = useText()
  const [zoom, setZoom] = useState(point ? 2 : 4)
  const grids = useGrids(streetOf(scopes)) ?? []
  const own = grids.find((one) => one.properties.code === grid)
  const first = own ?? grids[Math.floor(grids.length / 2)]
  const middle = point ?? (first ? { lon: first.properties.point[0], lat: first.properties.point[1] } : null)
  const title = useId()
  if (!middle) return <p className="quiet">{t('minimap.no_place')}</p>
  const widthM = WIDTHS_M[zoom]!
  const draw = projection(middle, widthM)
  const pick = (press: MouseEvent<SVGSVGElement>) => {
    const box = press.currentTarget.getBoundingClientRect()
    onPick?.(draw.back(((press.clientX - box.left) / box.width) * WIDE, ((press.clientY - box.top) / box.height) * HIGH))
  }
  const bar = barM(widthM)
  const [x, y] = draw.to(middle.lon, middle.lat)
  return (
    <figure className={onPick ? 'minimap picking' : 'minimap'}>
      <svg viewBox={`0 0 ${WIDE} ${HIGH}`} role="img" aria-labelledby={title} onClick={onPick ? pick : undefined}>
        <title id={title}>{t('minimap.map_of', { grid: own?.properties.name ?? grid ?? '' })}</title>
        {grids.map((one) => <Shape key={one.properties.code} grid={one} draw={draw.to} own={one === own} named={widthM <= 1600} />)}
        {point && <g className="here"><circle cx={x} cy={y} r={13} className="halo" /><path d={`M${x} ${y}l-8 -15a9 9 0 1 1 16 0z`} /><circle cx={x} cy={y - 18} r={3.4} className="eye" /></g>}
        <g className="scale"><path d={`M10 ${HIGH - 14}v4h${(bar / widthM) * WIDE}v-4`} /><text x={14} y={HIGH - 16}>{bar >= 1000 ? `${bar / 1000} km` : `${bar} m`}</text></g>
      </svg>
      <div className="zoom">
        <Button size="small" disabled={zoom === 0} onClick={() => setZoom(zoom - 1)} aria-label={t('minimap.zoom_in')}>+</Button>
        <Button size="small" disabled={zoom === WIDTHS_M.length - 1} onClick={() => setZoom(zoom + 1)} aria-label={t('minimap.zoom_out')}>−</Button>
      </div>
    </figure>
  )
}

type ShapeProps = { grid: Grid; draw: (lon: number, lat: number) => [number, number]; own: boolean; named: boolean }

function Shape({ grid, draw, own, named }: ShapeProps) {
  const [x, y] = draw(...grid.properties.point)
  // What lies well outside is not drawn; a grid is seldom wider than the drawing.
  if (x < -WIDE || x > 2 * WIDE || y < -WIDE || y > HIGH + WIDE) return null
  const rings = grid.geometry.type === 'Polygon' ? (grid.geometry.coordinates as Ring[]) : (grid.geometry.coordinates as Ring[][]).flat()
  const path = rings.map((ring) => `M${ring.map(([lon, lat]) => draw(lon, lat).map((one) => one.toFixed(1)).join(' ')).join('L')}Z`).join('')
  const seen = x > 0 && x < WIDE && y > 12 && y < HIGH
  return (
    <g className={own ? 'grid own' : 'grid'}>
      <path d={path} />
      {named && seen && <text x={x} y={own ? y + 16 : y} textAnchor="middle">{grid.properties.name}</text>}
    </g>
  )
}
