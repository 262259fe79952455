import { type Key, text, titled, useText } from '../../common/language'
import { moment } from '../../common/time'
import { Icon, type IconName } from '../Icon'
import { Picture, usePhotos } from '../photo/Photos'
import type { Act } from './model'

const LOOKS: Record<string, { icon: IconName; look: string; word: Key }> = {
  waiting: { icon: 'clock', look: 'busy', word: 'field.is_waiting' },
  parked: { icon: 'alert', look: 'bad', word: 'field.is_parked' },
  sent: { icon: 'check', look: 'well', word: 'field.is_sent' },
  again: { icon: 'check', look: 'off', word: 'field.is_again' },
  note: { icon: 'tasks', look: 'off', word: 'field.is_note' },
  thrown: { icon: 'close', look: 'off', word: 'field.is_thrown' },
}

/** One act of the queue or the record: what, when, how it stands. */
export function ActLine({ act }: { act: Act }) {
  const t = useText()
  const photos = usePhotos(act.id)
  const { icon, look, word } = LOOKS[act.settled?.how ?? act.status]!
  const shown = act.settled?.how === 'sent' ? undefined : photos[0]
  return (
    <li className="row act" data-act={act.id} data-status={act.settled?.how ?? act.status}>
      {shown ? <Picture id={shown.id} alt="" /> : <span className={`gone ${look}`}><Icon name={icon} /></span>}
      <span>
        <b>{nameOf(act)}{act.subject?.number ? ` · ${act.subject.number}` : ''}</b>
        <small>{moment(act.done_at)}</small>
        <small className={`${look}-text`}><Icon name={icon} size={14} /> {t(word)}{act.status === 'waiting' ? progress(photos, t) : ''}{act.settled?.reason ? ` · ${act.settled.reason}` : ''}</small>
      </span>
    </li>
  )
}

/** What an act is called: turns of duty have their words in the catalogue, all else brings its own. */
export function nameOf(act: Act): string {
  if (act.kind === 'shift') return text(act.path.endsWith('/start') ? 'field.go_on_duty' : 'field.go_off_duty')
  return act.kind === 'change' ? text('field.change_of', { what: titled(act.title) }) : titled(act.title)
}

/** How much of the photos has arrived. */
function progress(photos: ReturnType<typeof usePhotos>, t: typeof text): string {
  if (!photos.length) return ''
  const [there, all, bytes] = [photos.filter((one) => one.media).length, photos.length, photos.reduce((sum, one) => sum + one.length, 0)]
  const sent = photos.reduce((sum, one) => sum + (one.media ? one.length : one.offset), 0)
  return ` · ${t('field.photos_sent', { there, all, percent: Math.floor((sent / Math.max(1, bytes)) * 100) })}`
}
