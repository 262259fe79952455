import { Descriptions, Table, Tag } from 'antd'
import { Clock } from '../../common/Clock'
import { LightMark } from '../../common/LightMark'
import { textOr, titled, useText } from '../../common/language'
import { duration, moment } from '../../common/time'
import { useWords } from '../lists/words'
import { limit } from './Told'
import type { Kind, Subject } from './subject'

type Leg = { unit: string; from: number; to: number | null; due: number | null; verdict: string | null; late: boolean; rework: number }
type Limit = { amount: string; kind: 'work_hour' }
const KINDS = ['regulate', 'handle', 'enforce', 'maintain'] as const
const epoch = (at: unknown): string => (typeof at === 'number' ? moment(at * 1000) : '—')

const named = (subject: Subject, code: unknown): string => (typeof code === 'string' && code ? titled(subject.names?.[code], code) : '—')

/** What the case is: category, condition, place, who handles it. */
export function Facts({ subject }: { subject: Subject }) {
  const t = useText()
  const { data } = subject
  const place = data['place'] as { words?: string; lon?: number; lat?: number } | null
  const areas = ((data['scopes'] as string[] | null) ?? []).filter((code) => !/D\d+$/.test(code)).slice(0, 3).reverse()
  const limits = (data['limit'] as Limit[] | null) ?? []
  const items = [
    { key: 'category', label: t('case.category'), children: <span><b>{titled(subject.titles.category, '—')}</b> <small className="quiet">{String(data['category'] ?? '')}</small></span> },
    ...(data['filing_condition'] ? [{ key: 'condition', label: t('case.condition'), children: <span>{named(subject, data['filing_condition'])} {limits.map((one, at) => <Tag key={at}>{limit(one, t)}</Tag>)}</span> }] : []),
    { key: 'place', label: t('case.place'), children: [areas.map((code) => named(subject, code)).join(' / '), place?.words].filter(Boolean).join(' · ') || '—' },
    { key: 'source', label: t('case.source'), children: textOr(`common.source_${String(data['source'])}`, String(data['source'])) },
    ...(subject.kind === 'case' ? [{ key: 'unit', label: t('case.unit'), children: [named(subject, data['unit']), data['squad'] ? named(subject, data['squad']) : ''].filter(Boolean).join(' / ') }] : []),
    ...(['handler', 'checker', 'verifier'] as const).filter((name) => data[name]).map((name) => ({ key: name, label: t(`case.${name}`), children: named(subject, data[name]) })),
    { key: 'opened', label: t('case.opened'), children: moment(subject.opened) },
    ...(data['closed_at'] ? [{ key: 'closed', label: t('case.closed'), children: epoch(data['closed_at']) }] : []),
    ...((subject.repeated ?? 0) > 1 ? [{ key: 'again', label: t('case.again'), children: t('case.times', { n: subject.repeated! }) }] : []),
    ...(data['suspended_until'] ? [{ key: 'until', label: t('case.suspended_until'), children: <><LightMark light="grey" /> {epoch(data['suspended_until'])}</> }] : []),
  ]
  return <Descriptions size="small" column={{ xs: 1, md: 2 }} items={items} />
}

/** All clocks: those that run count down, those that stopped tell how they stood. */
export function Clocks({ subject }: { subject: Subject }) {
  const [t, words] = [useText(), useWords(subject.kind as Kind)]
  if (!subject.clocks.length) return <p className="quiet">{t('common.no_limit')}</p>
  const order = { running: 0, suspended: 1, waiting: 2, stopped: 3 } as Record<string, number>
  const all = [...subject.clocks].sort((a, b) => (order[a.state] ?? 2) - (order[b.state] ?? 2) || a.due.localeCompare(b.due))
  return (
    <dl className="clocks">
      {all.map((one) => (
        <div key={one.name}>
          <dt>{titled(words?.clocks.find((word) => word.name === one.name)?.title, one.name)}</dt>
          <dd>{one.state === 'stopped' ? <LightMark light={one.light} /> : <Clock due={one.due} light={one.state === 'running' ? one.light : 'grey'} />}<small className="quiet" title={t('case.provisional')}> {moment(one.due)}{one.provisional && '*'}</small></dd>
        </div>
      ))}
    </dl>
  )
}

/** Who answers for it by the duty matrix, for each kind of duty, and by which row. */
export function Duties({ subject }: { subject: Subject }) {
  const t = useText()
  return (
    <dl className="clocks">
      {KINDS.map((kind) => {
        const one = subject.duties?.[kind] as { unit?: string; why?: { row?: string } } | null | undefined
        return <div key={kind}><dt>{t(`case.duty_${kind}`)}</dt><dd>{one?.unit ? <>{named(subject, one.unit)}{one.why?.row && <small className="quiet"> {t('case.row', { row: one.why.row })}</small>}</> : <span className="quiet">{t('case.nobody')}</span>}</dd></div>
      })}
    </dl>
  )
}

/** The legs of its handling: a re-dispatched case is scored leg by leg. */
export function Legs({ subject }: { subject: Subject }) {
  const t = useText()
  const legs = (subject.data['legs'] as Leg[] | null) ?? []
  if (!legs.length) return <p className="quiet">{t('case.no_legs')}</p>
  return (
    <div className="sideways" tabIndex={0} role="region" aria-label={t('case.legs')}><Table<Leg & { key: number }>
      size="small" pagination={false} dataSource={legs.map((one, key) => ({ ...one, key }))}
      columns={[
        { title: t('case.unit'), render: (_, one) => <>{named(subject, one.unit)}{one.rework > 0 && <Tag>{t('case.rework_n', { n: one.rework })}</Tag>}</> },
        { title: t('case.from'), render: (_, one) => epoch(one.from) },
        { title: t('common.due'), render: (_, one) => epoch(one.due) },
        { title: t('case.to'), render: (_, one) => (one.to ? `${epoch(one.to)} · ${duration(one.to - one.from)}` : '—') },
        { title: t('case.verdict'), render: (_, one) => <>{one.verdict ? textOr(`case.verdict_${one.verdict}`, one.verdict) : t('case.going_on')} {one.late && <LightMark light="red" />}</> },
      ]}
    /></div>
  )
}

/** Extensions, suspensions, returns, supervision: what goes on beside the main line. */
export function Sides({ subject }: { subject: Subject }) {
  const sides = subject.sides ?? []
  if (!sides.length) return null
  return (
    <ul className="sides">
      {sides.map((one) => <li key={`${one.track}${one.n}`} className={one.over ? 'quiet' : ''}><b>{titled(one.title)}</b> <span className={one.over ? '' : 'light light-yellow'}>{!one.over && '▲ '}{titled(one.state_title)}</span> <time>{moment(one.since)}</time></li>)}
    </ul>
  )
}
