import { memo, useEffect, useState } from 'react'
import { useDrawn } from '../common/drawn'
import { useText } from '../common/language'
import { useMe, useSession } from '../common/session'
import { useCarried } from './live'
import { Me } from './me/Me'
import { SignIn } from './me/SignIn'
import { Banners } from './Banners'
import { Bar } from './Bar'
import { Broken } from './Broken'
import { Inspect } from './inspect/Inspect'
import { Entry, Ledgers } from './ledgers/Entry'
import { Change } from './records/Change'
import { Record } from './records/Record'
import { Records } from './records/Records'
import { Outbox } from './outbox/Outbox'
import { Patrol } from './patrol/Patrol'
import { useRecording } from './patrol/recording'
import { Home } from './report/Home'
import { Report } from './report/Report'
import { go, useRoute } from './route'
import { beginSending } from './outbox/runner'
import { Act } from './tasks/Act'
import { Task } from './tasks/Task'
import { Tasks } from './tasks/Tasks'

/** The field app: sign-in, then its screens. */
export function Field() {
  const session = useSession()
  if (!session.me || !session.settled) return <SignIn />
  return <Screens key={session.me.id} />
}

function Screens() {
  const [t, me, route] = [useText(), useMe(), useRoute()]
  const carried = useCarried()
  const reports = me.permissions.includes('report.submit')
  useRecording(carried?.bundle.settings.position_every_s ?? 15)
  useEffect(beginOnce, [])
  useEffect(() => {
    if (!route[0] && !reports) go('/field/tasks', true)
  }, [route, reports])
  const title = reports ? t('field.title') : t('field.title_handler')
  return (
    <div className="app">
      <title>{title}</title>
      <Bar title={title} route={route} reports={reports} />
      <Banners />
      <main><Place path={useDrawn(route.join('/'))} bundle={carried?.bundle ?? null} /></main>
      <Toasts />
    </div>
  )
}

let begun = false
function beginOnce(): void {
  if (!begun) beginSending()
  begun = true
}

type Carried = NonNullable<ReturnType<typeof useCarried>>['bundle'] | null

/** A screen; a tap is answered before it is drawn. */
const Place = memo(({ path, bundle }: { path: string; bundle: Carried }) => <Broken key={path}>{screen(path.split('/'), bundle)}</Broken>)

function screen([name, ...rest]: string[], bundle: Carried) {
  if (name === 'report' && rest[0]) return <Report key={rest[0]} draft={rest[0]} bundle={bundle} />
  if (name === 'tasks') return <Tasks bundle={bundle} />
  if (name === 'task' && rest.length === 2) return <Task kind={rest[0]!} id={rest[1]!} bundle={bundle} />
  if (name === 'task' && rest.length >= 3) return <Act key={rest.join('/')} kind={rest[0]!} id={rest[1]!} action={rest[2]!} n={rest[3] ?? ''} bundle={bundle} />
  if (name === 'ledgers') return rest[0] ? <Entry key={rest[0]} name={rest[0]} /> : <Ledgers />
  if (name === 'records') return <Records />
  if (name === 'record' && rest[0]) return rest[1] === 'change' ? <Change key={rest[0]} id={rest[0]} /> : <Record key={rest[0]} id={rest[0]} />
  if (name === 'patrol') return <Patrol bundle={bundle} />
  if (name === 'inspect') return <Inspect key={rest[0] ?? ''} draft={rest[0] ?? ''} />
  if (name === 'outbox') return <Outbox bundle={bundle} />
  if (name === 'me') return <Me />
  return <Home bundle={bundle} />
}

const SHOWN_MS = 2500
let say: (text: string) => void = () => undefined

/** A word in passing, told to those who listen too. */
export const toast = (text: string): void => say(text)

function Toasts() {
  const [said, setSaid] = useState('')
  useEffect(() => {
    say = setSaid
    return () => { say = () => undefined }
  }, [])
  useEffect(() => {
    const timer = setTimeout(() => setSaid(''), SHOWN_MS)
    return () => clearTimeout(timer)
  }, [said])
  return <div role="status" className="toast">{said}</div>
}
