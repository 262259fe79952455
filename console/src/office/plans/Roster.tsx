import { useQuery } from '@tanstack/react-query'
import { Button, Card } from 'antd'
import { useState } from 'react'
import { Link, useParams } from 'react-router'
import { type Schemas, api, ok } from '../../api/client'
import { textOr, titled, useText } from '../../common/language'
import { moment } from '../../common/time'
import { Waiting } from '../shell/Waiting'
import { FillGap, SwapButton, SwapTurn, Swaps } from './Turns'
import { daysFrom, useWeek } from './parts'

type Turn = Schemas['RosterTurnOut']
/** Standings of turns that may still change hands. */
const OPEN = ['ahead', 'running']
const SIGNS: Record<string, [string, string]> = { on_time: ['light-green', '●'], late: ['light-yellow', '▲'], absent: ['light-red', '■'], running: ['light-yellow', '▲'], ahead: ['', '○'] }

/** A week of a roster: turns and who came, where too few are planned, who is planned twice. */
export default function Roster() {
  const [t, { plan = '' }, { first, last, today, turn }] = [useText(), useParams(), useWeek()]
  const [swapping, setSwapping] = useState<Turn | null>(null)
  const [filling, setFilling] = useState<Schemas['GapOut'] | null>(null)
  const found = useQuery({ queryKey: ['rosters', plan, first], queryFn: () => ok(api.GET('/api/rosters/{plan}', { params: { path: { plan }, query: { from: first, to: last } } })) })
  if (found.isLoadingError) throw found.error
  if (!found.data) return <Waiting />
  const board = found.data
  const open = board.turns.filter((one) => OPEN.includes(one.standing))
  const shift = (name: string | null) => titled(board.shifts.find((one) => one.name === name)?.title, name ?? '')
  return (
    <div className="plan-page roster">
      <div className="head"><nav className="crumbs" aria-label={t('plans.plans')}><Link to="/plans">{t('plans.plans')}</Link></nav><h1>{titled(board.title, board.plan)}</h1><span className="quiet">{first} – {last}</span><span className="gap" />{turn}</div>
      <div className="week">{daysFrom(first).map((one) => {
        const mine = board.turns.filter((each) => each.day === one)
        return (
          <section key={one} className={one === today ? 'today' : ''} aria-label={one}>
            <h2>{one.slice(5)}</h2>
            {!mine.length ? <p className="quiet">{t('plans.no_turns')}</p> : <ul>{mine.map((each) => <Line key={each.id} turn={each} shift={shift(each.shift)} {...(board.may_keep && OPEN.includes(each.standing) ? { onSwap: () => setSwapping(each) } : {})} />)}</ul>}
          </section>
        )
      })}</div>
      <Card size="small" title={`${t('plans.gaps')} ${board.gaps.length}`}>{!board.gaps.length ? <p className="quiet">{t('plans.gaps_none')}</p> : <ul className="plan-lines">{board.gaps.slice(0, 100).map((one, at) => <li key={at}><span className="light light-red">■</span> {one.place_title} {shift(one.shift)} {t('plans.gap_line', { from: moment(one.begins), to: moment(one.ends), have: one.have, need: one.need })}{board.may_keep && <Button size="small" type="text" onClick={() => setFilling(one)}>{t('plans.fill')}</Button>}</li>)}</ul>}</Card>
      <Card size="small" title={`${t('plans.overlaps')} ${board.overlaps.length}`}>{!board.overlaps.length ? <p className="quiet">{t('plans.overlaps_none')}</p> : <ul className="plan-lines">{board.overlaps.map((one, at) => <li key={at}>{one.name} {moment(one.begins)} – {moment(one.ends)}</li>)}</ul>}</Card>
      {swapping && <SwapTurn turn={swapping} others={open} onClose={() => setSwapping(null)} />}
      {filling && <FillGap plan={plan} gap={filling} shift={board.shifts.find((one) => one.name === filling.shift)} onClose={() => setFilling(null)} />}
      {board.unplanned.length > 0 && <Card size="small" title={t('plans.unplanned')}><ul className="plan-lines">{board.unplanned.map((one, at) => <li key={at}>{one.name} {moment(one.begins)} – {moment(one.ends)}</li>)}</ul></Card>}
    </div>
  )
}

type LineProps = { turn: Turn; shift: string; onSwap?: () => void }

function Line({ turn, shift, onSwap }: LineProps) {
  const t = useText()
  const [tone, sign] = SIGNS[turn.standing] ?? ['', '']
  return (
    <li>
      <b>{turn.name}</b> {shift || `${moment(turn.begins).slice(11)} – ${moment(turn.ends).slice(11)}`} {turn.place_title && <span className="quiet">{turn.place_title}</span>}
      <br /><span className={`light ${tone}`}>{sign} {textOr(`plans.turn_${turn.standing}` as 'plans.turn_late', turn.standing)}</span> {turn.late_min > 0 && t('plans.late_min', { n: turn.late_min })} {onSwap && <SwapButton onClick={onSwap} />}
      <Swaps turn={turn} />
    </li>
  )
}
