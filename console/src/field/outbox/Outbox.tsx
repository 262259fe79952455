import { useNow } from '../../common/Clock'
import { useText } from '../../common/language'
import { moment } from '../../common/time'
import { Icon } from '../Icon'
import { useActs, useDrafts } from '../live'
import { usePhotos } from '../photo/Photos'
import { follow } from '../route'
import type { Draft } from '../store/db'
import type { Bundle } from '../store/bundle'
import { ActLine } from './ActLine'
import { Conflict } from './Conflict'
import { sendNow, useSending } from './runner'
import { whereOf } from './where'

/** What waits, what the person has to decide, and what was sent in the last days. */
export function Outbox({ bundle }: { bundle: Bundle | null }) {
  const [t, acts, sending, now] = [useText(), useActs(), useSending(), useNow()]
  if (!acts) return null
  const [waiting, parked] = [acts.filter((act) => act.status === 'waiting'), acts.filter((act) => act.status === 'parked')]
  const over = acts.filter((act) => act.status === 'settled').reverse()
  const seconds = Math.max(0, Math.ceil((sending.until - now) / 1000))
  return (
    <div className="page">
      <section className={`card state ${sending.is}`} role="status">
        <Icon name={sending.is === 'offline' ? 'offline' : sending.is === 'idle' && !waiting.length ? (parked.length ? 'alert' : 'check') : 'outbox'} size={28} />
        <span>
          <b>{t('field.waiting_title', { n: waiting.length })}</b>
          <small>{sending.is === 'waiting' ? t('field.sending_waiting', { n: seconds }) : sending.is === 'idle' && parked.length ? t('field.sending_parked', { n: parked.length }) : t(`field.sending_${sending.is}`)}</small>
        </span>
        {waiting.length > 0 && sending.is !== 'sending' && <button type="button" className="small" onClick={() => void sendNow()}>{t('field.send_now')}</button>}
      </section>
      {parked.length > 0 && (
        <section>
          <h2>{t('field.parked')} <small>{parked.length}</small></h2>
          {parked.map((act) => <Conflict key={act.id} act={act} bundle={bundle} />)}
        </section>
      )}
      {waiting.length > 0 && (
        <section>
          <h2>{t('field.queue')} <small>{waiting.length}</small></h2>
          <ol className="rows">{waiting.map((act) => <ActLine key={act.id} act={act} />)}</ol>
        </section>
      )}
      <Begun />
      <section>
        <h2>{t('field.record')}</h2>
        {over.length ? <ul className="rows">{over.map((act) => <ActLine key={act.id} act={act} />)}</ul> : <p className="empty">{t('field.no_record')}</p>}
      </section>
    </div>
  )
}

/** What was begun and not finished, also on a task that has gone to others: its photos are nowhere else. */
function Begun() {
  const [t, drafts] = [useText(), useDrafts()]
  const begun = drafts?.filter((one) => one.kind !== 'report' && one.kind !== 'inspection') ?? []
  return <>{begun.map((draft) => <BegunLine key={draft.id} draft={draft} title={`${t('field.begun')} · ${t(`field.begun_${draft.kind as 'action'}`)}`} />)}</>
}

function BegunLine({ draft, title }: { draft: Draft; title: string }) {
  const t = useText()
  const photos = usePhotos(draft.id)
  if (!photos.length && Object.keys(draft.values).length < 2) return null
  return (
    <a className="row" href={whereOf(draft)} onClick={follow}>
      <span className="gone"><Icon name="tasks" /></span>
      <span><b>{title}</b><small>{t('field.draft_of', { time: moment(draft.at) })}</small></span>
    </a>
  )
}
