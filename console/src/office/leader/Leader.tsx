import '../cockpit/cockpit.css'
import './leader.css'
import { useQuery } from '@tanstack/react-query'
import { Drawer, Grid } from 'antd'
import { useState } from 'react'
import { Link } from 'react-router'
import { api, ok } from '../../api/client'
import { titled, useText } from '../../common/language'
import { duration, moment } from '../../common/time'
import { type Board, useBoard } from '../cockpit/board'
import { Keys, Rates } from '../cockpit/parts'
import { pathOfList } from '../lists/filter'
import { Waiting } from '../shell/Waiting'
import { LateCase } from './LateCase'

const RATES = 5
const MOST = 200
type Late = Board['late']['worst'][number]

/** For whoever leads, on a phone: who is late and what to say to them, and rates in brief. */
export default function Leader() {
  const t = useText()
  const wide = Grid.useBreakpoint().md ?? innerWidth >= 768
  const board = useBoard()
  const inbox = useQuery({ queryKey: ['inbox'], queryFn: () => ok(api.GET('/api/inbox', { params: { query: { limit: MOST } } })) })
  const [chosen, setChosen] = useState<Late | null>(null)
  if (board.isLoadingError) throw board.error
  if (!board.data) return <Waiting />
  const { late, rates, now } = board.data
  const waiting = inbox.data?.length ?? 0
  return (
    <div className="leader">
      <div className="head">
        <h1>{t('cockpit.leader_title')}</h1>
        <span className="quiet" role="status">{board.isError ? t('cockpit.stale', { time: moment(now) }) : t('cockpit.updated', { time: moment(now) })}</span>
        <span className="gap" />
        {waiting > 0 && <Link to="/desk" className="leader-waiting">{t('cockpit.waiting', { n: waiting })}</Link>}
        <Link to="/cockpit">{t('cockpit.on_board')}</Link>
      </div>
      <Keys board={board.data} />
      <section className="card" aria-label={t('cockpit.late_worst')}>
        <header><h2>{t('cockpit.late_worst')}</h2>{late.count > 0 && <Link to={pathOfList(late.records)}>{t('cockpit.all_late', { n: late.count })}</Link>}</header>
        {late.worst.length === 0 ? <p className="nothing good">● {t('cockpit.none_late')}</p> : (
          <ol className="late-cases">{late.worst.map((one) => <li key={one.id}><LateRow late={one} onChoose={() => setChosen(one)} /></li>)}</ol>
        )}
      </section>
      <section className="card" aria-label={t('cockpit.rates_lowest')}>
        <header><h2>{t('cockpit.rates_lowest')}</h2><small className="quiet">{t('cockpit.rates_note')}</small></header>
        <Rates rates={rates} most={RATES} />
      </section>
      <Drawer open={!!chosen} onClose={() => setChosen(null)} placement={wide ? 'right' : 'bottom'} size={wide ? 440 : '85%'} title={chosen?.number} destroyOnHidden>
        {chosen && <LateCase id={chosen.id} onDone={() => setChosen(null)} />}
      </Drawer>
    </div>
  )
}

function LateRow({ late, onChoose }: { late: Late; onChoose: () => void }) {
  const t = useText()
  return (
    <button type="button" onClick={onChoose} title={t('cockpit.act')}>
      <b>{titled(late.category_title, '—')}</b>
      <span className="light light-red">■ {t('common.over_by', { time: duration(late.late_s) })}</span>
      <span className="quiet">{late.number}</span>
      <span className="quiet late-unit">{titled(late.unit_title, t('cockpit.unassigned'))}</span>
    </button>
  )
}
