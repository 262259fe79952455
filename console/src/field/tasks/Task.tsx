import { useState } from 'react'
import { Clock, useNow } from '../../common/Clock'
import { titled, useText } from '../../common/language'
import { moment } from '../../common/time'
import { Icon } from '../Icon'
import { useActs } from '../live'
import { Thumb } from '../photo/Photos'
import { FieldMap } from '../place/FieldMap'
import { useHere } from '../place/position'
import { follow, pathTo } from '../route'
import { Sheet } from '../Sheet'
import { type Bundle, type Task as OneTask, calledBy } from '../store/bundle'
import { byWeight, feasible } from './fields'
import { lightOf, pointOf } from './order'
import { Way, categoryOf, stateOf } from './Tasks'

export const taskOf = (bundle: Bundle | null, kind: string, id: string): OneTask | undefined => bundle?.tasks.find((one) => one.kind === kind && one.id === id)

/** One task: what, where, until when, and what this person may do with it. */
export function Task({ kind, id, bundle }: { kind: string; id: string; bundle: Bundle | null }) {
  const [t, now, acts] = [useText(), useNow(), useActs()]
  const { here } = useHere()
  const task = taskOf(bundle, kind, id)
  if (!bundle || !task) return <p className="empty" role="status">{t('field.task_gone')}</p>
  const point = pointOf(task)
  const open = acts?.find((act) => act.status !== 'settled' && act.subject?.id === id && act.subject.kind === kind)
  return (
    <div className="page task">
      <h2>{categoryOf(bundle, task, t('field.no_category'))}</h2>
      <p className="line"><span className="tag">{stateOf(bundle, task)}</span><Clock due={task.due} light={lightOf(task, now)} /></p>
      <p className="quiet">{calledBy(task)} · {t('field.since', { time: moment(task.since) })}{task.due ? ` · ${t('common.due')} ${moment(task.due)}` : ''}</p>
      {task.text && <p className="said">{task.text}</p>}
      {task.photos.length > 0 && <Shown ids={task.photos} title={t('field.photos_before')} />}
      {point && <FieldMap grids={bundle.grids.features} here={here} about={point} marks={[{ ...point, id: 'task', title: calledBy(task), look: 'task' }]} label={t('field.grid_map')} />}
      <p className="told"><Icon name="pin" size={18} /><span>{task.place?.words || (point ? `${point.lat.toFixed(6)}, ${point.lon.toFixed(6)}` : t('field.no_place'))} <Way task={task} here={here} /></span></p>
      {open ? (
        <p className="alert" role="status"><Icon name={open.status === 'parked' ? 'alert' : 'clock'} size={18} /> {t(open.status === 'parked' ? 'field.is_parked' : 'field.done_waiting')} <a href={pathTo('outbox')} onClick={follow}>{t('field.outbox')}</a></p>
      ) : (
        <Deeds task={task} />
      )}
    </div>
  )
}

/** Exactly what the server offers; the first lies under the thumb, the others above it. */
function Deeds({ task }: { task: OneTask }) {
  const t = useText()
  const [first, ...others] = byWeight(task.actions.filter(feasible))
  const link = (action: OneTask['actions'][number], look: string) => (
    <a key={`${action.action}${action.n}`} className={look} href={pathTo('task', task.kind, task.id, action.action, action.n ? String(action.n) : '')} onClick={follow}>{titled(action.title, action.action)}</a>
  )
  return (
    <>
      {task.actions.filter((action) => !feasible(action)).map((action) => <p key={`${action.action}${action.n}`} className="quiet">{t('field.at_desk', { action: titled(action.title) })}</p>)}
      {others.length > 0 && <div className="deeds">{others.map((action) => link(action, 'big second'))}</div>}
      <div className="foot">{first ? link(first, 'big') : <p className="quiet">{t('field.no_actions')}</p>}</div>
    </>
  )
}

/** Pictures carried along; touched they are shown whole, from the server where there is a network. */
export function Shown({ ids, title }: { ids: string[]; title: string }) {
  const t = useText()
  const [large, setLarge] = useState<string | null>(null)
  return (
    <section className="shown">
      <h3>{title}</h3>
      <div>
        {ids.map((id, at) => <button key={id} type="button" onClick={() => setLarge(id)} aria-label={t('field.enlarge', { n: at + 1 })}><Thumb id={id} alt="" /></button>)}
      </div>
      {large && (
        <Sheet title={title} onClose={() => setLarge(null)} full>
          {navigator.onLine ? <img className="large" src={`/api/media/${large}`} alt={title} /> : <><Thumb id={large} alt={title} /><p className="quiet">{t('field.large_needs_network')}</p></>}
        </Sheet>
      )}
    </section>
  )
}
