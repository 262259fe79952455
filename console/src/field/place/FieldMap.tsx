import { type PointerEvent, useMemo, useRef, useState } from 'react'
import { useText } from '../../common/language'
import type { Bundle } from '../store/bundle'
import { type Box, Plane, type Point, boxOf } from './geo'
import type { Here } from './position'

export type Mark = Point & { id: string; title: string; look: 'task' | 'pin' | 'late' }
/** What is looked at as long as nothing is known: the middle of the country. */
const SOMEWHERE: Box = [105, 35, 105.01, 35.01]

type Props = {
  grids: Bundle['grids']['features']
  here: Here | null
  marks?: Mark[]
  track?: Point[][]
  /** What to look at first; without it all grids. */
  about?: Point | null
  /** A place under the fixed cross is chosen by moving the map below it. */
  onMiddle?: (point: Point) => void
  label: string
}
type View = { x: number; y: number; width: number }

/** Metres that are shown across about a place. */
const NEAR_M = 500
const [LEAST_M, MOST_M] = [40, 60_000]
const RATIO = 1

/** The grids of one's posts, drawn from what is on the phone: no tiles, no network. North is up. */
export function FieldMap({ grids, here, marks = [], track = [], about, onMiddle, label }: Props) {
  const t = useText()
  const moved = useRef(false)
  const around = grids.length || about ? [] : [...marks, ...(here ? [here] : [])]
  const corners = (boxOf(grids.map((one) => one.geometry), about ? [about] : around) ?? SOMEWHERE).join()
  const box = useMemo(() => corners.split(',').map(Number) as Box, [corners])
  const newest = useMemo(() => new Plane(box), [box])
  const begin = (): View => (about ? lookAt(newest, about, NEAR_M) : whole(newest, box))
  const [plane, setPlane] = useState(newest)
  const [view, setView] = useState<View>(begin)
  // Grids or a first position that came meanwhile are looked at anew; what the person has moved stays where it is.
  if (plane !== newest && (grids.length || !moved.current)) {
    setPlane(newest)
    setView(begin())
  }
  const area = useRef<SVGSVGElement>(null)
  const change = (next: View): void => {
    moved.current = true
    const width = Math.min(MOST_M, Math.max(LEAST_M, next.width))
    setView({ ...next, width })
    onMiddle?.(plane.from(next.x, next.y))
  }
  const drag = useDrag(area, view, change)
  const unit = view.width / 100
  const zoom = (by: number) => change({ ...view, width: view.width * by })
  return (
    <div className="map">
      <svg ref={area} role="img" aria-label={label} viewBox={`${view.x - view.width / 2} ${view.y - (view.width * RATIO) / 2} ${view.width} ${view.width * RATIO}`} preserveAspectRatio="xMidYMid slice" {...drag}>
        <Lattice step={roundTo(view.width / 4)} view={view} />
        {grids.map((one, at) => (
          <path key={one.properties.code} d={plane.path(one.geometry)} className={one.properties.kind === 'unit_grid' && at > 0 ? 'grid inner' : 'grid'} />
        ))}
        {track.map((piece, at) => <polyline key={at} className="track" points={piece.map((point) => plane.to(point).join(',')).join(' ')} />)}
        {here && <Me plane={plane} here={here} unit={unit} />}
        {marks.map((mark) => <Pin key={mark.id} at={plane.to(mark)} mark={mark} unit={unit} />)}
      </svg>
      {onMiddle && <svg className="cross" viewBox="-12 -22 24 24" aria-hidden="true"><path d="M0 0C-6 -7 -8 -9 -8 -13a8 8 0 0 1 16 0c0 4 -2 6 -8 13" /><circle cy="-13" r="3" /></svg>}
      <div className="map-tools">
        <button type="button" onClick={() => zoom(0.5)} aria-label={t('field.nearer')}>+</button>
        <button type="button" onClick={() => zoom(2)} aria-label={t('field.farther')}>−</button>
        {here && <button type="button" onClick={() => change(lookAt(plane, here, Math.max(NEAR_M, here.accuracy_m * 3)))} aria-label={t('field.to_me')}>◎</button>}
      </div>
      <Scale width={view.width} area={area} />
    </div>
  )
}

const whole = (plane: Plane, box: Box): View => {
  const [[x1, y1], [x2, y2]] = [plane.to({ lon: box[0], lat: box[3] }), plane.to({ lon: box[2], lat: box[1] })]
  return { x: (x1 + x2) / 2, y: (y1 + y2) / 2, width: Math.max(NEAR_M / 2, x2 - x1, y2 - y1) * 1.25 }
}

function lookAt(plane: Plane, point: Point, width: number): View {
  const [x, y] = plane.to(point)
  return { x, y, width }
}

/** The largest of 1, 2, 5, 10, 20 … that is not more. */
function roundTo(most: number): number {
  const power = 10 ** Math.floor(Math.log10(most))
  return [5, 2, 1].map((one) => one * power).find((one) => one <= most) ?? power
}

/** Lines a round number of metres apart, so that distances show where nothing else is drawn. */
function Lattice({ step, view }: { step: number; view: View }) {
  const lines = (middle: number): number[] => {
    const first = Math.floor((middle - view.width) / step)
    return Array.from({ length: Math.ceil((2 * view.width) / step) + 2 }, (_, at) => (first + at) * step)
  }
  const [x, y, far] = [lines(view.x), lines(view.y), view.width]
  return <path className="lattice" d={[...x.map((at) => `M${at} ${view.y - far}V${view.y + far}`), ...y.map((at) => `M${view.x - far} ${at}H${view.x + far}`)].join('')} />
}

/** Where the phone is, and how sure it is of that: a circle of that many metres. */
function Me({ plane, here, unit }: { plane: Plane; here: Here; unit: number }) {
  const [x, y] = plane.to(here)
  return (
    <g className="me">
      <circle className="sure" cx={x} cy={y} r={here.accuracy_m} />
      <circle className="dot" cx={x} cy={y} r={unit * 1.8} />
    </g>
  )
}

function Pin({ at: [x, y], mark, unit }: { at: [number, number]; mark: Mark; unit: number }) {
  return (
    <g className={`pin ${mark.look}`} transform={`translate(${x} ${y}) scale(${unit * 0.42})`}>
      <title>{mark.title}</title>
      <path d="M0 0C-6 -7 -8 -9 -8 -13a8 8 0 0 1 16 0c0 4 -2 6 -8 13" />
      <circle cy="-13" r="3" />
    </g>
  )
}

/** A bar of a round number of metres. */
function Scale({ width, area }: { width: number; area: React.RefObject<SVGSVGElement | null> }) {
  const across = area.current?.clientWidth || 328
  const tall = area.current?.clientHeight || 200
  const shown = across >= tall ? width : (width * across) / tall
  const round = roundTo(shown / 3)
  return <span className="scale" style={{ width: `${(round / shown) * 100}%` }}>{round >= 1000 ? `${round / 1000} km` : `${round} m`}</span>
}

/** One finger moves, two draw together and apart, a wheel does too. */
function useDrag(area: React.RefObject<SVGSVGElement | null>, view: View, change: (next: View) => void) {
  const fingers = useRef(new Map<number, [number, number]>())
  const scale = (): number => view.width / Math.max(area.current!.clientWidth, area.current!.clientHeight)
  const apart = (): number => {
    const [one, other] = [...fingers.current.values()]
    return one && other ? Math.hypot(one[0] - other[0], one[1] - other[1]) : 0
  }
  return {
    onPointerDown: (event: PointerEvent) => {
      event.currentTarget.setPointerCapture(event.pointerId)
      fingers.current.set(event.pointerId, [event.clientX, event.clientY])
    },
    onPointerMove: (event: PointerEvent) => {
      const last = fingers.current.get(event.pointerId)
      if (!last) return
      const [before, metres] = [apart(), scale()]
      fingers.current.set(event.pointerId, [event.clientX, event.clientY])
      const now = apart()
      if (now && before) change({ ...view, width: (view.width * before) / now })
      else change({ ...view, x: view.x - (event.clientX - last[0]) * metres, y: view.y - (event.clientY - last[1]) * metres })
    },
    onPointerUp: (event: PointerEvent) => void fingers.current.delete(event.pointerId),
    onPointerCancel: (event: PointerEvent) => void fingers.current.delete(event.pointerId),
    onWheel: (event: React.WheelEvent) => change({ ...view, width: view.width * (event.deltaY > 0 ? 1.2 : 1 / 1.2) }),
  }
}
