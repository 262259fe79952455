import './cockpit.css'
import { Suspense, lazy, useEffect, useMemo, useRef, useState } from 'react'
import { Link, useNavigate } from 'react-router'
import { useNow } from '../../common/Clock'
import { MapView, type Mark } from '../../common/MapView'
import { useKeys } from '../../common/keyboard'
import { titled, useText } from '../../common/language'
import { useMe } from '../../common/session'
import { moment } from '../../common/time'
import { pathOfList } from '../lists/filter'
import { LanguageSwitch } from '../shell/LanguageSwitch'
import { Waiting } from '../shell/Waiting'
import { type Board, useBoard } from './board'
import { Bars, Figure, Keys, Rates, Worst } from './parts'
import { DayTable } from './DayTable'

const Trend = lazy(() => import('./Trend'))
const HOT_LISTED = 5

/** What is wrong now, who is late, is it getting better; on a wall, on a desk, on a phone. */
export default function Cockpit() {
  const t = useText()
  const board = useBoard()
  const frame = useRef<HTMLDivElement>(null)
  const [full, toggle] = useFullScreen(frame)
  useKeys(t('cockpit.title'), [
    { keys: 'w', title: t(full ? 'cockpit.full_end' : 'cockpit.full'), run: toggle },
    { keys: 'r', title: t('desk.refresh'), run: () => void board.refetch() },
  ])
  if (board.isLoadingError) throw board.error
  return (
    <div className="cockpit dark" ref={frame}>
      <Head full={full} onFull={toggle} />
      {board.isError && board.data && <p className="stale" role="alert">{t('cockpit.stale', { time: moment(board.data.now, true) })}</p>}
      {board.data ? <Panels board={board.data} /> : <Waiting />}
    </div>
  )
}

function Head({ full, onFull }: { full: boolean; onFull: () => void }) {
  const [t, me] = [useText(), useMe()]
  return (
    <header className="cockpit-head">
      <h1><span>{titled(me.city_name)}</span> {t('cockpit.board')}</h1>
      <Now />
      <nav aria-label={t('cockpit.title')}>
        <Link to="/desk">{t('cockpit.exit')}</Link>
        <Link to="/map">{t('cockpit.map')}</Link>
        <Link to="/lists">{t('cockpit.lists')}</Link>
        <LanguageSwitch />
        <button type="button" className="wall" onClick={onFull} title="w">{t(full ? 'cockpit.full_end' : 'cockpit.full')}</button>
      </nav>
    </header>
  )
}

/** The bureau's clock, to the second; not read out. */
function Now() {
  return <time className="cockpit-now" aria-hidden="true">{moment(useNow(), true)}</time>
}

function Panels({ board }: { board: Board }) {
  const t = useText()
  return (
    <div className="panels">
      <Keys board={board} />
      <Panel name="intake" title={t('cockpit.intake_by')}>{board.intake ? <Bars items={board.intake.items} none={t('cockpit.none_today')} /> : <p className="nothing">{t('cockpit.not_yours')}</p>}</Panel>
      <Panel name="open" title={t('cockpit.open_by')}><Bars items={board.open.items} none={t('cockpit.none_open')} /></Panel>
      <HotSpots board={board} />
      <Days board={board} />
      <Panel name="late" title={t('cockpit.late_worst')} more={board.late.count > 0 ? <Link to={pathOfList(board.late.records)}>{t('cockpit.all_late', { n: board.late.count })}</Link> : null}><Worst cases={board.late.worst} /></Panel>
      <Panel name="rates" title={t('cockpit.rates')} more={<small>{t('cockpit.rates_note')}</small>}><Rates rates={board.rates} /></Panel>
    </div>
  )
}

type PanelProps = { name: string; title: string; more?: React.ReactNode; children: React.ReactNode }

function Panel({ name, title, more, children }: PanelProps) {
  return <section className={`panel panel-${name}`} aria-label={title}><header><h2>{title}</h2>{more}</header><div className="panel-body" tabIndex={0} role="group" aria-label={title}>{children}</div></section>
}

function HotSpots({ board }: { board: Board }) {
  const [t, navigate] = [useText(), useNavigate()]
  const spots = board.hot_spots
  // The same marks as long as the numbers are the same: the map is not drawn anew every five seconds.
  const told = JSON.stringify(spots?.map((one) => [one.unit_grid, one.count]) ?? [])
  const marks = useMemo<Mark[]>(() => {
    const most = Math.max(1, ...(spots ?? []).map((one) => one.count))
    return (spots ?? []).map((one) => ({ id: one.unit_grid, at: [one.lon, one.lat], count: one.count, radius: 9 + 13 * Math.sqrt(one.count / most) }))
  }, [told])
  const kinds = useRef(['district', 'street', 'community'] as const).current
  return (
    <section className="panel panel-map" aria-label={t('cockpit.hot')}>
      <header><h2>{t('cockpit.hot')}</h2><small>{t('cockpit.hot_note')}</small></header>
      <div className="panel-map-frame">
        <MapView label={t('cockpit.hot')} look="dark" areas={kinds} box={null} marks={marks} whole onPick={(picked) => {
          const spot = picked.kind === 'mark' && spots?.find((one) => one.unit_grid === picked.id)
          if (spot) void navigate(pathOfList(spot.records))
        }} />
      </div>
      {spots?.length ? <ul className="hot">{spots.slice(0, HOT_LISTED).map((one) => <li key={one.unit_grid}><span>{one.name}</span> <Figure n={one.count} records={one.records} /></li>)}</ul> : <p className="nothing">{t(spots ? 'cockpit.none_hot' : 'cockpit.not_yours')}</p>}
    </section>
  )
}

function Days({ board }: { board: Board }) {
  const [t, navigate] = [useText(), useNavigate()]
  const [table, setTable] = useState(false)
  const told = JSON.stringify(board.trend.map((one) => [one.day, one.reports?.count, one.opened.count, one.handed_back.count]))
  const days = useMemo(() => board.trend, [told])
  return (
    <section className="panel panel-trend" aria-label={t('cockpit.trend')}>
      <header><h2>{t('cockpit.trend')}</h2><button type="button" className="plain" aria-pressed={table} onClick={() => setTable(!table)}>{t(table ? 'cockpit.as_chart' : 'cockpit.as_table')}</button></header>
      {table ? <DayTable days={days} /> : (
        <Suspense fallback={<Waiting />}>
          <Trend days={days} onOpen={(day, series) => { const found = days[day]?.[series]; if (found) void navigate(pathOfList(found.records)) }} />
        </Suspense>
      )}
    </section>
  )
}

function useFullScreen(frame: React.RefObject<HTMLElement | null>): [boolean, () => void] {
  const [full, setFull] = useState(!!document.fullscreenElement)
  useEffect(() => {
    const tell = () => setFull(!!document.fullscreenElement)
    document.addEventListener('fullscreenchange', tell)
    return () => document.removeEventListener('fullscreenchange', tell)
  }, [])
  // A browser that refuses leaves the board as it is.
  const toggle = () => void (full ? document.exitFullscreen() : frame.current?.requestFullscreen())?.catch(() => undefined)
  return [full, toggle]
}

