import { useQuery } from '@tanstack/react-query'
import { Button, Drawer, Empty, Grid, Result, Segmented, Table } from 'antd'
import { type RefObject, memo, useCallback, useEffect, useLayoutEffect, useMemo, useRef, useState } from 'react'
import { Link, useNavigate } from 'react-router'
import { type Schemas, api, ok } from '../../api/client'
import { Clock } from '../../common/Clock'
import { useDrawn } from '../../common/drawn'
import { useKeys } from '../../common/keyboard'
import { titled, useText } from '../../common/language'
import { count, moment } from '../../common/time'
import { isProceeding, numberOf, pathOf } from '../subject'
import { TaskPane } from './TaskPane'

export type Task = Schemas['TaskOut']
const MOST = 200
const keyOf = (task: Task): string => `${task.kind}/${task.id}/${task.track}/${task.n ?? ''}`

/** What waits for me, most urgent first: one keystroke to the next, actions beside it; empty means done. */
export default function Desk() {
  const [t, navigate] = [useText(), useNavigate()]
  const wide = Grid.useBreakpoint().lg ?? innerWidth >= 992
  const [kind, setKind] = useState<'all' | 'case' | 'report' | 'proceeding' | 'late'>('all')
  const [chosen, setChosen] = useState<string | null>(null)
  const [wanted, setWanted] = useState<{ of: string; action: string } | null>(null)
  const inbox = useQuery({ queryKey: ['inbox'], queryFn: () => ok(api.GET('/api/inbox', { params: { query: { limit: MOST } } })) })
  const all = inbox.data ?? []
  const tasks = useMemo(() => all.filter((one) => kind === 'all' || (kind === 'late' ? one.late : kind === 'proceeding' ? isProceeding(one.kind) : one.kind === kind)), [all, kind])
  const at = tasks.findIndex((one) => keyOf(one) === chosen)
  // A key is answered before the next task is drawn; its actions have keys once it is.
  const drawn = useDrawn(chosen)
  const task = tasks.find((one) => keyOf(one) === drawn)
  // The one that was done has gone: the next stands where it stood.
  const place = useRef(0)
  useEffect(() => {
    if (at >= 0) place.current = at
    else if (wide && tasks.length) setChosen(keyOf(tasks[Math.min(place.current, tasks.length - 1)]!))
  }, [at, tasks, wide])
  const step = (by: number) => {
    const next = tasks[Math.max(0, Math.min(tasks.length - 1, at < 0 ? 0 : at + by))]
    if (next) choose(keyOf(next))
  }
  const choose = useCallback((key: string | null) => {
    setChosen(key)
    setWanted(null)
  }, [])
  const here = useRef(chosen)
  here.current = chosen
  useLayoutEffect(() => marked(chosen), [chosen, tasks])
  // What is wanted belongs to one task: what is confirmed late closes no other's form, and no other is done in its stead.
  const want = (of: string) => (action: string | null) => setWanted((now) => (action ? { of, action } : now?.of === of ? null : now))
  useKeys(t('desk.title'), [
    { keys: 'j', title: t('desk.next'), run: () => step(1), held: true },
    { keys: 'k', title: t('desk.previous'), run: () => step(-1), held: true },
    { keys: 'Enter', title: t('desk.open'), run: () => task && void navigate(pathOf(task.kind, task.id)), when: !!task && drawn === chosen },
    ...(task && drawn === chosen ? task.actions.slice(0, 9).map((action, n) => ({ keys: String(n + 1), title: titled(action.title), run: () => want(keyOf(task))(action.action) })) : []),
    { keys: 'r', title: t('desk.refresh'), run: () => void inbox.refetch() },
  ])
  if (inbox.isLoadingError) throw inbox.error
  const pane = task && <TaskPane key={keyOf(task)} task={task} wanted={wanted?.of === keyOf(task) ? wanted.action : null} onWanted={want(keyOf(task))} />
  return (
    <div className="desk">
      <div className="head">
        <h1>{t('desk.title')}</h1>
        <Counts tasks={all} />
        <Segmented
          value={kind} onChange={setKind}
          options={[{ value: 'all', label: t('desk.all') }, { value: 'case', label: t('desk.cases') }, { value: 'report', label: t('desk.reports') }, { value: 'proceeding', label: t('desk.proceedings') }, { value: 'late', label: t('desk.late_only') }]}
        />
      </div>
      <Queues />
      {inbox.isSuccess && tasks.length === 0 ? <Result status="success" title={t('desk.empty')} subTitle={t('desk.empty_detail')} /> : (
        <div className="split">
          <TaskTable tasks={tasks} busy={inbox.isPending} here={here} wide={wide} onChoose={choose} />
          {wide ? <aside className="pane" aria-label={t('desk.actions')}>{pane ?? <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={t('desk.pick')} />}</aside> : (
            <Drawer open={!!task} onClose={() => choose(null)} placement="bottom" size="85%" title={task && numberOf(task)}>{pane}</Drawer>
          )}
        </div>
      )}
    </div>
  )
}

const QUEUES_MS = 60_000
/** Of one queue the server counts no further. */
const MOST_OF_QUEUE = 100

/** What waits in rooms that have turns of their own, each with the way to its list. */
function Queues() {
  const t = useText()
  const found = useQuery({ queryKey: ['queues'], queryFn: () => ok(api.GET('/api/queues')), refetchInterval: QUEUES_MS })
  if (!found.data?.length) return null
  return (
    <nav className="queues" aria-label={t('desk.queues')}>
      {found.data.map((one) => (
        <Link key={one.name} to={one.link}>
          {titled(one.title)} <b>{count(one.count)}{one.count >= MOST_OF_QUEUE && '+'}</b>
          {one.late > 0 && <span className="light light-red">■ {t('desk.late', { n: one.late })}</span>}
        </Link>
      ))}
    </nav>
  )
}

function Counts({ tasks }: { tasks: Task[] }) {
  const t = useText()
  const late = tasks.filter((one) => one.late).length
  const near = tasks.filter((one) => one.light === 'yellow').length
  return (
    <p className="counts">
      {t(tasks.length === MOST ? 'desk.waiting_more' : 'desk.waiting', { n: tasks.length })}
      {late > 0 && <span className="light light-red">■ {t('desk.late', { n: late })}</span>}
      {near > 0 && <span className="light light-yellow">▲ {t('desk.near', { n: near })}</span>}
    </p>
  )
}

/** Marks a row as the one that is chosen: at once, without two hundred rows being drawn for it. Gives what takes it back. */
function marked(key: string | null): () => void {
  const row = key === null ? null : document.querySelector<HTMLElement>(`.tasks [data-row-key="${CSS.escape(key)}"]`)
  row?.setAttribute('aria-selected', 'true')
  row?.scrollIntoView({ block: 'nearest' })
  return () => row?.setAttribute('aria-selected', 'false')
}

type TableProps = { tasks: Task[]; busy: boolean; here: RefObject<string | null>; wide: boolean; onChoose: (key: string) => void }

const TaskTable = memo(function TaskTable({ tasks, busy, here, wide, onChoose }: TableProps) {
  const t = useText()
  const clock = { key: 'clock', title: t('desk.clock'), width: wide ? 140 : 120, render: (_: unknown, one: Task) => <Clock due={one.due} light={one.light ?? null} /> }
  const number = {
    key: 'number', title: t('desk.number'), width: wide ? 190 : 'auto', ellipsis: wide,
    render: (_: unknown, one: Task) => <Button type="link" size="small" className="number" onClick={() => onChoose(keyOf(one))}>{numberOf(one)}</Button>,
  }
  const category = { key: 'category', title: t('desk.category'), ellipsis: true, render: (_: unknown, one: Task) => titled(one.titles.category, one.category ?? one.called ?? '—') }
  const state = { key: 'state', title: t('desk.state'), width: wide ? 110 : 'auto', render: (_: unknown, one: Task) => titled(one.titles.state) }
  const since = { key: 'since', title: t('desk.since'), width: 140, render: (_: unknown, one: Task) => moment(one.since) }
  const stacked = {
    key: 'what', title: t('desk.number'),
    render: (_: unknown, one: Task) => <>{number.render(_, one)}<div>{titled(one.titles.state)} · {titled(one.titles.category, one.category ?? one.called ?? '—')}</div></>,
  }
  return (
    <Table<Task>
      className="tasks" size="small" tableLayout="fixed" rowKey={keyOf} dataSource={tasks} loading={busy} pagination={false} virtual={wide && tasks.length > 60} {...(wide && tasks.length > 60 ? { scroll: { y: Math.max(300, innerHeight - 190), x: 700 } } : {})}
      columns={wide ? [clock, state, category, number, since] : [stacked, clock]}
      onRow={(one) => ({ onClick: () => onChoose(keyOf(one)), 'aria-selected': keyOf(one) === here.current })}
    />
  )
})
