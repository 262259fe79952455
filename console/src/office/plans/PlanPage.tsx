import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Alert, App, Button, Card, Input, Table } from 'antd'
import { useState } from 'react'
import { Link, useParams, useSearchParams } from 'react-router'
import { type Schemas, api, ifMatch, ok } from '../../api/client'
import { titled, useText } from '../../common/language'
import { useProblems } from '../problems'
import { Waiting } from '../shell/Waiting'
import { Bar, type Plan, everyOf, kindOf, plain, titleOf } from './parts'

type Line = Schemas['PeriodOut']
type Chosen = { first: string; last: string; key?: string }

/** One plan: expected, done and missed by period and by key, and what was done. */
export default function PlanPage() {
  const { plan: name = '' } = useParams()
  const found = useQuery({ queryKey: ['plans', name], queryFn: () => ok(api.GET('/api/plans/{plan}', { params: { path: { plan: name } } })) })
  if (found.isLoadingError) throw found.error
  return found.data ? <Shown key={name} plan={found.data} /> : <Waiting />
}

function Shown({ plan }: { plan: Plan }) {
  const [t, [address, setAddress]] = [useText(), useSearchParams()]
  const [chosen, setChosen] = useState<Chosen | null>(null)
  const [from, to] = [address.get('from') ?? '', address.get('to') ?? '']
  const query = { ...(from ? { from } : {}), ...(to ? { to } : {}) }
  const found = useQuery({ queryKey: ['plans', plan.name, 'progress', query], queryFn: () => ok(api.GET('/api/plans/{plan}/progress', { params: { path: { plan: plan.name }, query } })), enabled: !!plan.period })
  const put = (name: string, value: string) => { const next = new URLSearchParams(address); if (value) next.set(name, value); else next.delete(name); setAddress(next, { replace: true }) }
  const columns = (title: string, key: boolean) => [
    { title, key: 'title', render: (_: unknown, one: Line) => one.title || t('plans.whole') },
    { title: t('plans.share'), key: 'bar', width: '45%', render: (_: unknown, one: Line) => <Bar sum={one.sum} unit={plan.unit} name={one.title} /> },
    { title: t('plans.done_list'), key: 'items', render: (_: unknown, one: Line) => one.sum.count > 0 ? <Button size="small" onClick={() => setChosen({ first: one.first, last: one.last, ...(key && one.name ? { key: one.name } : {}) })}>{t('plans.show_done')} {one.sum.count}</Button> : '—' },
  ]
  const progress = found.data
  return (
    <div className="plan-page">
      <div className="head"><nav className="crumbs" aria-label={t('plans.plans')}><Link to="/plans">{t('plans.plans')}</Link></nav><h1>{titleOf(plan)}</h1><span className="gap" /><span className="quiet">{everyOf(plan)} {plan.period}</span></div>
      {plan.unmeasured.length > 0 && <Alert type="warning" showIcon title={t('plans.unmeasured', { kinds: plan.unmeasured.map(kindOf).join('、') })} />}
      {plan.period && (
        <>
          <div className="filters plan-form">
            <label>{t('plans.from')}<Input type="date" value={from} onChange={(event) => put('from', event.target.value)} /></label>
            <label>{t('plans.to')}<Input type="date" value={to} onChange={(event) => put('to', event.target.value)} /></label>
          </div>
          {found.error ? <Alert type="error" title={found.error.message} /> : !progress ? <Waiting /> : (
            <>
              <dl className="plan-figures">
                <div><dt>{t('plans.expected')}</dt><dd>{plain(progress.total.expected)} {plan.unit}</dd></div>
                <div><dt>{t('plans.done')}</dt><dd>{plain(progress.total.done)} {plan.unit}</dd></div>
                <div><dt>{t('plans.share')}</dt><dd>{progress.total.share === null ? '–' : `${progress.total.share}%`}</dd></div>
                <div><dt>{t('plans.missed')}</dt><dd>{progress.total.missed}</dd></div>
                <div><dt>{t('plans.on_time')}</dt><dd>{progress.total.on_time === null ? '–' : `${progress.total.on_time}%`}</dd></div>
              </dl>
              <Card size="small" title={t('plans.periods')}><Table<Line> size="small" rowKey="name" dataSource={[...progress.periods].reverse()} columns={columns(t('plans.period'), false)} pagination={{ pageSize: 12, hideOnSinglePage: true }} scroll={{ x: 'max-content' }} /></Card>
              {plan.per && <Card size="small" title={t('plans.keys')}><Table<Line> size="small" rowKey="name" dataSource={progress.keys} columns={columns(t('plans.key'), true)} pagination={{ pageSize: 20, hideOnSinglePage: true }} scroll={{ x: 'max-content' }} /></Card>}
              <Card size="small" title={`${t('plans.missed_list')} ${progress.total.missed}`}>
                {!progress.missed.length ? <p className="quiet">{t('plans.missed_none')}</p> : <ul className="plan-lines">{progress.missed.slice(0, 100).map((one) => <li key={`${one.period} ${one.key}`}><span className="light light-red">■</span> {one.period} · {one.title || t('plans.whole')} · {plain(one.done)} / {plain(one.expected)}</li>)}</ul>}
              </Card>
              {chosen && <Deeds plan={plan.name} chosen={chosen} />}
            </>
          )}
        </>
      )}
      {plan.parts.length > 0 && <Card size="small" title={t('plans.parts')}><Tree plan={plan} under={null} /></Card>}
      {plan.period && <Targets plan={plan} />}
    </div>
  )
}

function Deeds({ plan, chosen }: { plan: string; chosen: Chosen }) {
  const t = useText()
  const query = { from: chosen.first, to: chosen.last, ...(chosen.key ? { key: chosen.key } : {}) }
  const found = useQuery({ queryKey: ['plans', plan, 'done', query], queryFn: () => ok(api.GET('/api/plans/{plan}/done', { params: { path: { plan }, query } })) })
  return (
    <Card size="small" className="plan-deeds" title={`${t('plans.done_list')} ${chosen.first} – ${chosen.last} ${chosen.key ?? ''}`}>
      {!found.data ? <Waiting /> : !found.data.length ? <p className="quiet">{t('plans.done_none')}</p> : <ul className="plan-lines">{found.data.map((one) => <li key={`${one.kind} ${one.id}`}>{one.day} · {kindOf(one.kind)} · {one.path ? <Link to={one.path}>{one.title}</Link> : one.title}{one.quantity !== null && ` · ${plain(one.quantity)}`}</li>)}</ul>}
    </Card>
  )
}

function Tree({ plan, under }: { plan: Plan; under: string | null }) {
  const t = useText()
  const mine = plan.parts.filter((one) => one.under === under)
  if (!mine.length) return null
  return <ul className="plan-tree">{mine.map((one) => <li key={one.name}><b>{one.plan ? <Link to={`/plans/${one.plan}`}>{titled(one.title)}</Link> : titled(one.title)}</b> {plain(one.share)}% {one.due && <span className="quiet">{t('plans.due', { day: one.due })}</span>} {one.note && <span className="quiet">{one.note}</span>}<Tree plan={plan} under={one.name} /></li>)}</ul>
}

function Targets({ plan }: { plan: Plan }) {
  const [t, queries, tell, { message }] = [useText(), useQueryClient(), useProblems(), App.useApp()]
  const [open, setOpen] = useState(false)
  const [given, setGiven] = useState({ number: '', from: '', why: '' })
  const counted = plan.running.cells > 0 && plan.done_by.ledger !== undefined && plan.by_quantity
  const set = useMutation({
    mutationFn: () => ok(api.POST('/api/plans/{plan}/targets', { params: { path: { plan: plan.name } }, body: { ...(counted || plan.every === 'year' ? { target: given.number } : { times: Number(given.number) }), ...(given.from ? { from: given.from } : {}), why: given.why }, ...ifMatch(plan.version) })),
    onSuccess: () => { setOpen(false); void message.success(t('plans.saved')); void queries.invalidateQueries({ queryKey: ['plans'] }) },
    onError: (error) => { tell(error); void queries.invalidateQueries({ queryKey: ['plans'] }) },
  })
  return (
    <Card size="small" title={t('plans.targets')}>
      <ul className="plan-lines">{[...plan.targets].reverse().map((one, at) => <li key={at}>{t('plans.since', { day: one.since })}：<b>{one.target !== null ? plain(one.target) : one.times ?? Object.keys(one.of ?? {}).length}</b> {plan.unit} {one.why && <span className="quiet">{one.why}</span>}</li>)}</ul>
      {plan.may_keep && !open && <Button onClick={() => setOpen(true)}>{t('plans.set_target')}</Button>}
      {open && (
        <form className="plan-form" onSubmit={(event) => { event.preventDefault(); set.mutate() }}>
          <label>{t('plans.target')}<Input inputMode="decimal" required value={given.number} onChange={(event) => setGiven({ ...given, number: event.target.value })} /></label>
          <label>{t('plans.valid_from')}<Input type="date" value={given.from} onChange={(event) => setGiven({ ...given, from: event.target.value })} /></label>
          <label>{t('plans.why')}<Input maxLength={2000} value={given.why} onChange={(event) => setGiven({ ...given, why: event.target.value })} /></label>
          <Button type="primary" htmlType="submit" loading={set.isPending} disabled={!given.number.trim()}>{t('plans.save')}</Button>
        </form>
      )}
    </Card>
  )
}
