import { useState } from 'react'
import { Clock, useNow } from '../../common/Clock'
import { type Key, titled, useText } from '../../common/language'
import { may, useMe } from '../../common/session'
import { moment } from '../../common/time'
import { Icon } from '../Icon'
import { useActs, useCarried } from '../live'
import { Choice } from '../me/Me'
import { Thumb } from '../photo/Photos'
import { FieldMap } from '../place/FieldMap'
import { direction, distance, metres } from '../place/geo'
import { useHere } from '../place/position'
import { follow, pathTo } from '../route'
import { type Bundle, type Task, calledBy } from '../store/bundle'
import { type Order, lightOf, ordered, pointOf } from './order'

const KEPT = 'xiuhua.field.order'
const OLD_MS = 15 * 60_000

/** What waits for this person, on the phone as of the last answer of the server. */
export function Tasks({ bundle }: { bundle: Bundle | null }) {
  const [t, me, carried, acts, now] = [useText(), useMe(), useCarried(), useActs(), useNow()]
  const { here } = useHere()
  const [order, setOrder] = useState<Order>(() => (localStorage.getItem(KEPT) as Order | null) ?? 'urgent')
  const [map, setMap] = useState(false)
  if (!bundle || !carried) return <p className="empty" role="status">{t('field.nothing_carried_help')}</p>
  const choose = (next: string) => {
    setOrder(next as Order)
    localStorage.setItem(KEPT, next)
  }
  // Sorted anew by the minute, not by the second: a list that moves below a finger is pressed wrongly.
  const minute = Math.floor(now / 60_000) * 60_000
  const tasks = ordered(bundle.tasks, order, here, minute)
  const done = new Set(acts?.filter((act) => act.status !== 'settled' && act.subject).map((act) => `${act.subject!.kind}/${act.subject!.id}`))
  const marks = tasks.flatMap((task) => {
    const point = pointOf(task)
    return point ? [{ ...point, id: `${task.kind}${task.id}`, title: calledBy(task), look: lightOf(task, now) === 'red' ? ('late' as const) : ('task' as const) }] : []
  })
  return (
    <div className="page">
      <div className="tools">
        <Choice title={t('field.order')} value={order} options={[['urgent', t('field.by_urgency')], ['near', t('field.by_distance')]]} onChoose={choose} />
        <button type="button" className="small" aria-pressed={map} onClick={() => setMap(!map)}><Icon name="pin" size={20} />{t('field.map')}</button>
      </div>
      {now - carried.at > OLD_MS && <p className="alert" role="status">{t('field.tasks_of', { time: moment(carried.at) })}</p>}
      {map && <FieldMap grids={bundle.grids.features} here={here} marks={marks} label={t('field.grid_map')} />}
      <nav className="two" aria-label={t('field.more')}>
        {may(me, 'record.ask') && <a className="second" href={pathTo('records')} onClick={follow}><Icon name="search" />{t('field.records')}</a>}
        {may(me, 'ledger.enter') && <a className="second" href={pathTo('ledgers')} onClick={follow}><Icon name="tasks" />{t('field.ledgers')}</a>}
      </nav>
      {!tasks.length && <p className="empty"><Icon name="check" size={48} /><br />{t('field.no_tasks')}</p>}
      <ul className="rows tasks">
        {tasks.map((task) => <Line key={`${task.kind}${task.id}${task.track}${task.n}`} task={task} bundle={bundle} here={here} now={now} done={done.has(`${task.kind}/${task.id}`)} />)}
      </ul>
    </div>
  )
}

type LineProps = { task: Task; bundle: Bundle; here: ReturnType<typeof useHere>['here']; now: number; done: boolean }

function Line({ task, bundle, here, now, done }: LineProps) {
  const t = useText()
  return (
    <li className={done ? 'row done' : 'row'}>
      {task.photos[0] ? <Thumb id={task.photos[0]} alt="" /> : <span className="gone"><Icon name="tasks" /></span>}
      <a href={pathTo('task', task.kind, task.id)} onClick={follow}>
        <span className="line"><b>{nameOf(bundle, task, t('field.no_category'))}</b><span className="tag">{stateOf(bundle, task)}</span></span>
        <span className="line">{done ? <span className="busy-text"><Icon name="clock" size={16} /> {t('field.done_waiting')}</span> : <Clock due={task.due} light={lightOf(task, now)} />}<Way task={task} here={here} /></span>
        {task.text && <small className="two-lines">{task.text}</small>}
        <small className="quiet">{[titled(task.procedure_title), calledBy(task)].filter(Boolean).join(' · ')}</small>
      </a>
    </li>
  )
}

/** What a task is: of a case or report its category, of all else what it is called. */
export const nameOf = (bundle: Bundle, task: Task, otherwise: string): string =>
  titled(task.title ?? bundle.categories.find((one) => one.key === task.category)?.name, otherwise)

export const stateOf = (bundle: Bundle, task: Task): string =>
  titled(task.state_title ?? bundle.states.find((one) => one.kind === task.kind && one.state === task.state)?.title, task.state)

/** `350 m 东北`: how far and in which direction from here. */
export function Way({ task, here }: { task: Task; here: LineProps['here'] }) {
  const t = useText()
  const point = pointOf(task)
  if (!point || !here) return null
  return <span className="way">{distance(metres(here, point))} {t(`field.direction_${direction(here, point)}` as Key)}</span>
}
