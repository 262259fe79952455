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
import { type Action, byWeight, feasible } from '../forms/fields'
import { nameOf as nameOfAct } from '../outbox/ActLine'
import { Facts } from './Facts'
import { actsOf, openAfter } from './after'
import { lightOf, pointOf } from './order'
import { Way, nameOf, stateOf } from './Tasks'

export const taskOf = (bundle: Bundle | null, kind: string, id: string): OneTask | undefined => bundle?.tasks.find((one) => one.kind === kind && one.id === id)

/** One task: what, where, until when, and what this person may do with it. */
export function Task({ kind, id, bundle }: { kind: string; id: string; bundle: Bundle | null }) {
  const [t, now, acts] = [useText(), useNow(), useActs()]
  const { here } = useHere()
  const task = taskOf(bundle, kind, id)
  if (!bundle || !task) return <p className="empty" role="status">{t('field.task_gone')}</p>
  const point = pointOf(task)
  const done = actsOf(task, acts)
  const open = openAfter(task, done)
  return (
    <div className="page task">
      <h2>{nameOf(bundle, task, t('field.no_category'))}</h2>
      <p className="line"><span className="tag">{stateOf(bundle, task)}</span><Clock due={task.due} light={lightOf(task, now)} /></p>
      <p className="quiet">{[titled(task.procedure_title), calledBy(task)].filter(Boolean).join(' · ')} · {t('field.since', { time: moment(task.since) })}{task.due ? ` · ${t('common.due')} ${moment(task.due)}` : ''}</p>
      {task.text && <p className="said">{task.text}</p>}
      {task.facts && <Facts facts={task.facts} />}
      {task.photos.length > 0 && <Shown ids={task.photos} title={t(task.title ? 'field.photos' : 'field.photos_before')} />}
      {point && <FieldMap grids={bundle.grids.features} here={here} about={point} marks={[{ ...point, id: 'task', title: calledBy(task), look: 'task' }]} label={t('field.grid_map')} />}
      {(point || !task.title) && <p className="told"><Icon name="pin" size={18} /><span>{task.place?.words || (point ? `${point.lat.toFixed(6)}, ${point.lon.toFixed(6)}` : t('field.no_place'))} <Way task={task} here={here} /></span></p>}
      {done.map((act) => (
        <p key={act.id} className="alert" role="status"><Icon name={act.status === 'parked' ? 'alert' : 'clock'} size={18} /> {nameOfAct(act)} · {t(act.status === 'parked' ? 'field.is_parked' : 'field.done_waiting')} <a href={pathTo('outbox')} onClick={follow}>{t('field.outbox')}</a></p>
      ))}
      {(!done.length || open.length > 0) && <Deeds task={task} actions={open} />}
    </div>
  )
}

/** Exactly what the server offers; the first lies under the thumb, the others above it. */
function Deeds({ task, actions }: { task: OneTask; actions: Action[] }) {
  const t = useText()
  const [first, ...others] = byWeight(actions.filter(feasible))
  const link = (action: OneTask['actions'][number], look: string) => (
    <a key={`${action.action}${action.n}`} className={look} href={pathTo('task', task.kind, task.id, action.action, action.n ? String(action.n) : '')} onClick={follow}>{titled(action.title, action.action)}</a>
  )
  return (
    <>
      {actions.filter((action) => !feasible(action)).map((action) => <p key={`${action.action}${action.n}`} className="quiet">{t('field.at_desk', { action: titled(action.title) })}</p>)}
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
