import { Alert, Skeleton } from 'antd'
import { titled, useText } from '../../common/language'
import { duration, moment } from '../../common/time'
import { Told } from './Told'
import { useEvents, useRoles } from './subject'

/** Who did what, when and why, the newest first; what was filled in stands in words. */
export function Timeline({ kind, id }: { kind: string; id: string }) {
  const [t, events, roles] = [useText(), useEvents(kind, id), useRoles()]
  if (events.isLoadingError) return <Alert type="error" title={events.error.message} />
  if (!events.data) return <Skeleton active />
  const role = (name: string) => titled(roles?.find((one) => one.name === name)?.title, name)
  const all = [...events.data].reverse()
  return (
    <ol className="timeline">
      {all.map((one, at) => {
        const before = all[at + 1]
        const took = before ? (new Date(one.at).getTime() - new Date(before.at).getTime()) / 1000 : null
        const late = (new Date(one.recorded_at).getTime() - new Date(one.at).getTime()) / 1000 > 60
        return (
          <li key={one.version}>
            <p className="step">
              <b>{titled(one.title)}</b>
              {one.state && <span className="to"> → {titled(one.state)}</span>}
              <time dateTime={one.at} title={took === null ? undefined : t('case.after', { time: duration(took) })}>{moment(one.at, true)}</time>
            </p>
            <p className="quiet">{one.actor === 'system' ? t('case.by_itself') : `${one.name} · ${role(one.role)}`}{one.on_behalf_of && ` · ${t('case.for', { unit: one.on_behalf_of })}`}{late && ` · ${t('case.recorded', { at: moment(one.recorded_at) })}`}</p>
            {one.reason && <p className="why">{t('common.reason')}：{one.reason}</p>}
            {one.told.length > 0 && <dl>{one.told.map((told) => <div key={told.name}><Told one={told} /></div>)}</dl>}
          </li>
        )
      })}
    </ol>
  )
}
