import { useText } from '../common/language'
import { useMe } from '../common/session'
import { Icon, type IconName } from './Icon'
import { useActs, useCarried } from './live'
import { useSending } from './outbox/runner'
import { back, follow, pathTo } from './route'

/** The head with what waits to be sent, always in sight, and the places to go. */
export function Bar({ title, route, reports }: { title: string; route: string[]; reports: boolean }) {
  const [t, me] = [useText(), useMe()]
  const deep = route.length > 1 || route[0] === 'me'
  return (
    <>
      <header className="bar">
        {deep && <button type="button" className="round" onClick={back} aria-label={t('field.back')}><Icon name="back" /></button>}
        <h1>{title}</h1>
        <Waiting />
        <a className="round" href={pathTo('me')} onClick={follow} aria-label={t('field.me')}><Icon name="person" /></a>
      </header>
      {!deep && (
        <nav className="tabs" aria-label={t('field.places')}>
          {reports && <Tab icon="camera" to="" title={t('field.report')} route={route} />}
          <Tab icon="tasks" to="tasks" title={t('field.tasks')} route={route} count={<TaskCount />} />
          {me.permissions.includes('shift.work') && <Tab icon="patrol" to="patrol" title={t('field.patrol')} route={route} />}
          {me.permissions.includes('inspection.make') && <Tab icon="check" to="inspect" title={t('field.inspect')} route={route} />}
          <Tab icon="outbox" to="outbox" title={t('field.outbox')} route={route} />
        </nav>
      )}
    </>
  )
}

type TabProps = { icon: IconName; to: string; title: string; route: string[]; count?: React.ReactNode }

function Tab({ icon, to, title, route, count }: TabProps) {
  return (
    <a href={pathTo(to)} onClick={follow} aria-current={(route[0] ?? '') === to ? 'page' : undefined}>
      <Icon name={icon} size={26} />
      <span>{title}{count}</span>
    </a>
  )
}

function TaskCount() {
  const n = useCarried()?.bundle.tasks.length
  return n ? <b className="count">{n}</b> : null
}

/** `待发送 3` and how the sending goes: a word and a shape, colour only besides. */
function Waiting() {
  const [t, sending, acts] = [useText(), useSending(), useActs()]
  const waiting = acts?.filter((act) => act.status === 'waiting').length ?? 0
  const parked = acts?.filter((act) => act.status === 'parked').length ?? 0
  const offline = sending.is === 'offline'
  const icon: IconName = parked ? 'alert' : offline ? 'offline' : waiting ? 'outbox' : 'check'
  const look = parked ? 'bad' : offline ? 'off' : waiting ? 'busy' : 'well'
  const word = parked ? t('field.to_decide', { n: parked }) : waiting ? t('field.waiting', { n: waiting }) : offline ? t('field.offline') : t('field.all_sent')
  return (
    <a className={`chip ${look}`} href={pathTo('outbox')} onClick={follow} data-waiting={waiting} data-parked={parked} data-sending={sending.is}>
      <Icon name={icon} size={18} />
      <span>{word}{parked > 0 && waiting > 0 ? ` · ${waiting}` : ''}{offline && waiting > 0 ? ` · ${t('field.offline')}` : ''}</span>
    </a>
  )
}
