import { useText } from '../common/language'
import { moment } from '../common/time'

/** How old it is what the phone carries; without anything, that nothing is carried yet. */
export function AsOf({ part }: { part: { at: number } | null }) {
  const t = useText()
  return <p className="quiet small-text" role="status">{part ? t('field.carried_of', { time: moment(part.at) }) : t('field.nothing_carried_yet')}</p>
}
