import './map-page.css'
import { AppstoreOutlined, BorderOutlined, EditOutlined, ExpandOutlined, FilterOutlined, UnorderedListOutlined } from '@ant-design/icons'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { Button, Grid } from 'antd'
import { useCallback, useEffect, useMemo, useState } from 'react'
import { Link, useNavigate, useSearchParams } from 'react-router'
import { type Schemas, api, ok } from '../../api/client'
import { type AreaKind, type Box, type MapHandle, MapView, type Mark, type Picked } from '../../common/MapView'
import { useKeys } from '../../common/keyboard'
import { useText } from '../../common/language'
import { may, useMe } from '../../common/session'
import { count, today } from '../../common/time'
import { type Filter, fromAddress, pathOfList, toAddress } from '../lists/filter'
import { useRegisters } from '../records/Registers'
import { CaseCard } from './CaseCard'
import { Layers, useLayers } from './Layers'
import { Legend } from './Legend'
import { MapFilters } from './MapFilters'
import { Numbers } from './Numbers'
import { TimeBar } from './TimeBar'
import { type Corner, type Drawing, useDrawing } from './drawing'
import { useRecordLayers } from './records'
import { type Window, crosses, drawnForm, mapFilter, periodOf, queryOf } from './state'

/** Without a filter in the address: what is open. */
const USUAL = new URLSearchParams({ open: 'true' })
const ROUND_MS = 15_000
type Side = { is: 'card'; no: number; at: Corner } | { is: 'numbers'; of: Corner[]; drawn: boolean } | null

/** The map of the city: areas, cases as points or heat, filters, days, numbers of what is drawn. */
export default function MapPage() {
  const [t, me] = [useText(), useMe()]
  const wide = Grid.useBreakpoint().lg ?? innerWidth >= 992
  const [address, setAddress] = useSearchParams()
  const filter = mapFilter(fromAddress(address.size ? address : USUAL))
  const change = (next: Filter) => setAddress(toAddress(next).size ? toAddress(next) : new URLSearchParams({ all: '1' }), { replace: true })
  const [span, setSpan] = useState<{ day: string; window: Window }>({ day: today(), window: 'all' })
  const layers = useLayers(me.map.base_maps)
  const [panel, setPanel] = useState<'filters' | 'layers' | null>(null)
  const toggle = (one: 'filters' | 'layers') => setPanel(panel === one ? null : one)
  const [handle, setHandle] = useState<MapHandle | null>(null)
  const [view, setView] = useState<Box | null>(null)
  const [zoom, setZoom] = useState(10)
  const registers = useRegisters(may(me, 'record.read')).data?.filter((one) => one.geometry !== 'none' && one.listed) ?? []
  const things = useRecordLayers(registers, layers.registers, view, zoom)
  const navigate = useNavigate()
  const [side, setSide] = useState<Side>(null)
  const round = useRound()
  const drawing = useDrawing(handle, side?.is === 'numbers' && side.drawn ? side.of : null, (of) => setSide({ is: 'numbers', of, drawn: true }))
  const query = queryOf(filter)
  const inView = useCount(view && cornersOf(view), filter)
  const crowd = inView.data?.total ?? 0
  const cases = useMemo(() => (layers.paint === 'none' ? null : { query, paint: layers.paint, round, crowd }), [query, layers.paint, round, crowd])
  const marks = useMemo<Mark[]>(() => (side?.is === 'card' ? [{ id: 'chosen', at: side.at, ring: true }] : []), [side])
  const pick = (picked: Picked) => {
    if (drawing.on) return
    if (picked.kind === 'case') setSide({ is: 'card', no: picked.no, at: picked.at })
    else if (picked.kind === 'record') void navigate(`/registers/${picked.register}/${encodeURIComponent(picked.key)}`)
    else if (picked.kind === 'bubble') handle?.goTo(picked.at, Math.min(handle.map.getZoom() + 2, 17))
    else if (side?.is === 'card') setSide(null)
  }
  const begin = () => {
    setSide(null)
    drawing.begin()
    handle?.map.getCanvas().focus()
  }
  const countView = () => view && setSide({ is: 'numbers', of: cornersOf(view), drawn: false })
  const fitAll = () => void layers.whole().then((box) => box && handle?.fit(box, 15))
  useKeys(t('map.title'), [
    { keys: 'd', title: t('map.key_draw'), run: begin, when: !drawing.on },
    { keys: 'b', title: t('map.key_box'), run: countView },
    { keys: 'f', title: t('map.key_filter'), run: () => toggle('filters') },
    { keys: 'l', title: t('map.layers'), run: () => toggle('layers') },
    { keys: '0', title: t('map.key_fit'), run: fitAll },
    { keys: 'Escape', title: t('map.hide_panel'), run: () => setSide(null), when: !!side && !drawing.on },
  ])
  const onReady = useCallback((made: MapHandle) => {
    setHandle(made)
    setView(made.view())
    setZoom(made.map.getZoom())
  }, [])
  return (
    <div className="map-page">
      <h1 className="unseen">{t('map.title')}</h1>
      <MapView
        label={t('map.title')} areas={layers.kinds as AreaKind[]} base={layers.base} cases={cases} shapes={drawing.shapes} marks={marks} whole
        records={things} onPick={pick} onReady={onReady} onMoved={(seen, near) => { setView(seen); setZoom(near) }}
      />
      <div className="map-top">
        <Button icon={<FilterOutlined />} aria-expanded={panel === 'filters'} onClick={() => toggle('filters')}>{t('map.filter')}{query && ` (${[...toAddress(filter)].length})`}</Button>
        <Button icon={<AppstoreOutlined />} aria-expanded={panel === 'layers'} onClick={() => toggle('layers')}>{t('map.layers')}</Button>
        <Button icon={<EditOutlined />} type={drawing.on ? 'primary' : 'default'} aria-pressed={drawing.on} onClick={drawing.on ? drawing.cancel : begin}>{t('map.draw')}</Button>
        <Button icon={<BorderOutlined />} onClick={countView}>{t('map.box')}</Button>
        <Button icon={<ExpandOutlined />} aria-label={t('map.fit')} title={`${t('map.fit')} (0)`} onClick={fitAll} />
        <InView numbers={inView.data} busy={inView.isFetching} />
      </div>
      {panel === 'filters' && <MapFilters filter={filter} onChange={change} onClose={() => setPanel(null)} />}
      {panel === 'layers' && <Layers layers={layers} bases={me.map.base_maps} registers={registers} onClose={() => setPanel(null)} />}
      {drawing.on && <span className="map-pen" aria-hidden="true" />}
      {side?.is === 'card' && <CaseCard no={side.no} onClose={() => setSide(null)} />}
      {side?.is === 'numbers' && <Counted key={JSON.stringify(side.of)} of={side.of} filter={filter} title={t(side.drawn ? 'map.numbers' : 'map.numbers_view')} onClose={() => setSide(null)} />}
      <div className="map-bottom">
        {drawing.on && <DrawingHelp drawing={drawing} />}
        {!drawing.on && (wide || !side) && <Legend cases={layers.paint === 'points'} bubbles={wide} registers={registers} chosen={layers.registers} />}
        {!drawing.on && <TimeBar day={span.day} window={span.window} onChange={(day, window) => {
          setSpan({ day, window })
          const { opened_from: _, opened_to: __, ...rest } = filter
          change({ ...rest, ...periodOf(day, window) } as Filter)
        }} />}
      </div>
    </div>
  )
}

/** Another number every quarter of a minute while the page is seen: cases on the map move by themselves. */
function useRound(): number {
  const [round, setRound] = useState(0)
  useEffect(() => {
    const timer = setInterval(() => document.hidden || setRound((n) => n + 1), ROUND_MS)
    return () => clearInterval(timer)
  }, [])
  return round
}

const cornersOf = ({ west, south, east, north }: Box): Corner[] => [[west, south], [east, south], [east, north], [west, north]]

function useCount(of: Corner[] | null, filter: Filter) {
  const body = of && drawnForm(of, filter)
  return useQuery({
    queryKey: ['cases', 'count', body],
    queryFn: ({ signal }) => ok(api.POST('/api/map/count', { body: body!, signal })),
    enabled: !!body,
    placeholderData: keepPreviousData,
  })
}

/** How many cases the map shows now, and how many of them are late. */
function InView({ numbers, busy }: { numbers: Schemas['NumbersOut'] | undefined; busy: boolean }) {
  const t = useText()
  return (
    <span className="map-in-view" role="status" aria-busy={busy}>
      {t('map.in_view')} <b>{numbers ? count(numbers.total) : '…'}</b>
      {!!numbers?.by_light['red'] && <span className="light light-red">■ {count(numbers.by_light['red'])}</span>}
      {numbers?.records && <Link to={pathOfList(numbers.records)} aria-label={t('map.to_list')} title={t('map.to_list')}><UnorderedListOutlined /></Link>}
    </span>
  )
}

function Counted({ of, filter, title, onClose }: { of: Corner[]; filter: Filter; title: string; onClose: () => void }) {
  const t = useText()
  const crossed = crosses(of)
  const found = useCount(crossed ? null : of, filter)
  return <Numbers title={title} numbers={found.data} busy={found.isFetching} error={crossed ? t('map.crosses') : (found.error?.message ?? null)} onClose={onClose} />
}

function DrawingHelp({ drawing }: { drawing: Drawing }) {
  const t = useText()
  return (
    <div className="map-drawing" role="status">
      <p>{t('map.draw_how')}</p>
      <p>
        <b>{t('map.corners', { n: drawing.corners.length })}</b>
        <Button size="small" disabled={!drawing.corners.length} onClick={drawing.undo}>{t('map.draw_undo')}</Button>
        <Button size="small" type="primary" disabled={drawing.corners.length < 3} onClick={drawing.finish}>{t('map.draw_finish')}</Button>
        <Button size="small" onClick={drawing.cancel}>{t('map.draw_cancel')}</Button>
      </p>
    </div>
  )
}
