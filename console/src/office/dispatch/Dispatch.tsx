import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Button, Checkbox, Modal, Result, Skeleton } from 'antd'
import { useMemo, useState } from 'react'
import { Link } from 'react-router'
import { type Schemas, api, ok } from '../../api/client'
import { Clock } from '../../common/Clock'
import { useKeys } from '../../common/keyboard'
import { titled, useText } from '../../common/language'
import { may, useMe } from '../../common/session'
import { UnitPicker } from '../forms/pickers'
import { BulkResult, type Run } from '../lists/Bulk'
import { useProblems } from '../problems'
import { pathOf } from '../subject'
import { type Group, type ToSend, grouped } from './model'
import './dispatch.css'

const MOST = 200

/** Cases that wait for a unit, by the unit that the duty matrix names: look, tick, send many at once. */
export default function Dispatch() {
  const [t, me, tell, queries] = [useText(), useMe(), useProblems(), useQueryClient()]
  const [ticked, setTicked] = useState<ReadonlySet<string>>(new Set())
  const [units, setUnits] = useState<ReadonlyMap<string, string>>(new Map())
  const [at, setAt] = useState(0)
  const [run, setRun] = useState<{ run: Run; names: Map<string, string> } | null>(null)
  const list = useQuery({ queryKey: ['inbox', 'dispatching'], queryFn: () => ok(api.GET('/api/dispatching', { params: { query: { limit: MOST } } })) })
  const all = list.data
  const groups = useMemo(() => grouped(all ?? []), [all])
  const rows = groups.flatMap((one) => one.cases)
  const row = rows[Math.min(at, rows.length - 1)]
  const group = groups.find((one) => row && one.cases.includes(row))
  const tick = (ids: string[], on: boolean) => setTicked((before) => { const next = new Set(before); ids.forEach((id) => (on ? next.add(id) : next.delete(id))); return next })
  const unitOf = (one: Group) => units.get(one.key) ?? one.unit ?? undefined
  const chosenOf = (one: Group) => one.cases.filter((each) => ticked.has(each.id))
  const send = useMutation({
    mutationFn: ({ cases, unit }: { cases: ToSend[]; unit: string }) => {
      const { action, field } = cases[0]!
      return ok(api.POST('/api/cases/bulk', { body: { filter: {}, only: cases.map((one) => one.id), action, fields: { [field]: unit } } }))
    },
    onSuccess: (made, { cases }) => { setRun({ run: made, names: new Map(cases.map((one) => [one.id, one.number])) }); setTicked(new Set()) },
    onError: (error) => tell(error),
    onSettled: () => queries.invalidateQueries({ queryKey: ['inbox'] }),
  })
  const sendGroup = (one: Group | undefined) => {
    const [unit, cases] = one ? [unitOf(one), chosenOf(one)] : [undefined, []]
    if (unit && cases.length && !send.isPending) send.mutate({ cases, unit })
  }
  useKeys(t('dispatch.title'), [
    { keys: 'j', title: t('desk.next'), run: () => setAt(Math.min(at + 1, rows.length - 1)), held: true },
    { keys: 'k', title: t('desk.previous'), run: () => setAt(Math.max(at - 1, 0)), held: true },
    { keys: 'x', title: t('dispatch.tick'), run: () => row && tick([row.id], !ticked.has(row.id)) },
    { keys: 'a', title: t('dispatch.tick_group'), run: () => group && tick(group.cases.map((one) => one.id), chosenOf(group).length < group.cases.length) },
    { keys: 'd', title: t('dispatch.send'), run: () => sendGroup(group) },
    { keys: 'r', title: t('desk.refresh'), run: () => void list.refetch() },
  ])
  if (list.isLoadingError) throw list.error
  const bulk = may(me, 'case.bulk')
  return (
    <div className="dispatch">
      <div className="head">
        <h1>{t('dispatch.title')}</h1>
        <p className="counts" role="status">{list.isSuccess && t('dispatch.waiting', { n: rows.length })}{ticked.size > 0 && <span>{t('dispatch.ticked', { n: rows.filter((one) => ticked.has(one.id)).length })}</span>}</p>
      </div>
      {list.isPending && <Skeleton active />}
      {list.isSuccess && !rows.length && <Result status="success" title={t('dispatch.empty')} subTitle={t('desk.empty_detail')} />}
      {groups.map((one) => {
        const chosen = chosenOf(one)
        return (
          <section key={one.key} className="group" aria-label={one.title ? titled(one.title) : t('dispatch.nobody')}>
            <header>
              <Checkbox checked={chosen.length === one.cases.length} indeterminate={chosen.length > 0 && chosen.length < one.cases.length} onChange={(event) => tick(one.cases.map((each) => each.id), event.target.checked)} aria-label={t('dispatch.tick_group')} />
              <h2>{one.title ? titled(one.title) : <span className="light light-yellow">▲ {t('dispatch.nobody')}</span>}</h2>
              <span className="quiet">{t('dispatch.n', { n: one.cases.length })}{one.rows.length > 0 && ` · ${t('dispatch.rows', { rows: one.rows.slice(0, 4).join('、') })}`}{!one.unit && ` · ${t('dispatch.nobody_detail')}`}</span>
              <span className="to"><UnitPicker value={unitOf(one) ?? ''} placeholder={t('dispatch.to')} onChange={(unit) => setUnits(new Map(units).set(one.key, unit as string))} /></span>
              <Button type="primary" disabled={!bulk || !chosen.length || !unitOf(one)} loading={send.isPending && send.variables.cases[0] === chosen[0]} onClick={() => sendGroup(one)}>{chosen.length ? t('dispatch.send_n', { n: chosen.length }) : t('dispatch.send')}{one === group && <kbd>D</kbd>}</Button>
            </header>
            <ul>{one.cases.map((each) => <Row key={each.id} one={each} here={each === row} ticked={ticked.has(each.id)} onTick={(on) => tick([each.id], on)} onHere={() => setAt(rows.indexOf(each))} />)}</ul>
          </section>
        )
      })}
      <Modal open={!!run} onCancel={() => setRun(null)} footer={<Button type="primary" onClick={() => setRun(null)}>{t('common.close')}</Button>} title={t('lists.bulk_result')} width={640} destroyOnHidden>{run && <BulkResult id={run.run.id} first={run.run} names={run.names} />}</Modal>
    </div>
  )
}

type RowProps = { one: Schemas['ToSendOut']; here: boolean; ticked: boolean; onTick: (on: boolean) => void; onHere: () => void }

function Row({ one, here, ticked, onTick, onHere }: RowProps) {
  const t = useText()
  return (
    <li className={here ? 'chosen' : ''} onClick={onHere} ref={(item) => { if (here) item?.scrollIntoView({ block: 'nearest' }) }}>
      <Checkbox checked={ticked} onChange={(event) => onTick(event.target.checked)} aria-label={one.number} />
      <Clock due={one.due} light={one.light ?? null} />
      <b>{titled(one.titles.category, one.category ?? '—')}</b>
      <span>{titled(one.area_title, one.unit_grid ?? '')}</span>
      {one.returns > 0 && <span className="light light-yellow">▲ {t('dispatch.returns', { n: one.returns })}</span>}
      <Link to={pathOf('case', one.id)}>{one.number}</Link>
    </li>
  )
}
