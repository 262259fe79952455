import { Link } from 'react-router'
import type { Schemas } from '../../api/client'
import { titled, useText } from '../../common/language'
import { count, duration, rate } from '../../common/time'
import { pathOfList } from '../lists/filter'
import { pathOf } from '../subject'
import { type Board, toneOf } from './board'

type Records = Schemas['ListOf']

/** A number, and the way to exactly what it counts. */
export function Figure({ n, records, className = '' }: { n: number; records: Records; className?: string }) {
  return <Link className={`figure ${className}`} to={pathOfList(records)}>{count(n)}</Link>
}

/** Numbers with bars, largest as long as the row. */
export function Bars({ items, none }: { items: Schemas['Number'][]; none: string }) {
  const most = Math.max(1, ...items.map((one) => one.count))
  if (!items.length) return <p className="nothing">{none}</p>
  return (
    <ul className="bars">
      {items.map((one) => (
        <li key={one.code}>
          <span title={titled(one.title, one.code)}>{titled(one.title, one.code)}</span>
          <i aria-hidden="true"><b style={{ width: `${(one.count / most) * 100}%` }} /></i>
          <Figure n={one.count} records={one.records} />
        </li>
      ))}
    </ul>
  )
}

const MARKS = { good: '●', fair: '▲', poor: '■' }

/** Rates of units: percent, and its parts as the field writes them. */
export function Rates({ rates, most }: { rates: Board['rates']; most?: number }) {
  const t = useText()
  if (!rates.length) return <p className="nothing">{t('cockpit.none_rates')}</p>
  return (
    <ul className="rates">
      {rates.slice(0, most).map((one) => {
        const tone = toneOf(one.percent)
        return (
          <li key={one.unit} className={tone}>
            <span className="rate-unit" title={titled(one.title, one.unit)}>{titled(one.title, one.unit)}</span>
            <span className="rate-percent"><span aria-hidden="true">{MARKS[tone]}</span> {rate(one.numerator, one.denominator).shown}</span>
            <span className="rate-parts"><Figure n={one.numerator} records={one.numerator_records} />/<Figure n={one.denominator} records={one.denominator_records} /></span>
          </li>
        )
      })}
    </ul>
  )
}

/** The latest cases, the worst first. */
export function Worst({ cases }: { cases: Board['late']['worst'] }) {
  const t = useText()
  if (!cases.length) return <p className="nothing good">● {t('cockpit.none_late')}</p>
  return (
    <ol className="worst">
      {cases.map((one) => (
        <li key={one.id}>
          <Link to={pathOf('case', one.id)}>{one.number}</Link>
          <span className="worst-over"><span aria-hidden="true">■</span> {duration(one.late_s)}</span>
          <span className="worst-what">{titled(one.category_title, '—')}</span>
          <span className="worst-unit">{titled(one.unit_title, t('cockpit.unassigned'))}</span>
        </li>
      ))}
    </ol>
  )
}

/** The four numbers that are read from afar. */
export function Keys({ board }: { board: Board }) {
  const t = useText()
  const all = board.on_time
  const whole = all && rate(all.numerator, all.denominator)
  return (
    <dl className="keys4">
      <div><dt>{t('cockpit.intake')}</dt><dd>{board.intake ? <Figure n={board.intake.total} records={board.intake.records} /> : '—'}</dd></div>
      <div><dt>{t('cockpit.open')}</dt><dd><Figure n={board.open.total} records={board.open.records} /></dd></div>
      <div className={board.late.count ? 'poor' : 'good'}><dt><span aria-hidden="true">{board.late.count ? '■' : '●'}</span> {t('cockpit.late')}</dt><dd><Figure n={board.late.count} records={board.late.records} /></dd></div>
      <div><dt>{t('cockpit.on_time')} <small>{t('cockpit.last_30')}</small></dt><dd title={whole?.parts}>{all && whole ? <><span className="figure">{whole.shown}</span><small className="rate-parts"><Figure n={all.numerator} records={all.numerator_records} />/<Figure n={all.denominator} records={all.denominator_records} /></small></> : '—'}</dd></div>
    </dl>
  )
}
