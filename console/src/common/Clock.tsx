import { useSyncExternalStore } from 'react'
import { type Light, SHAPES } from './light'
import { useText } from './language'
import { duration, moment } from './time'

// One ticking for all clocks of a page: a list of two hundred draws them together.
const listeners = new Set<() => void>()
let now = Date.now()
let timer: ReturnType<typeof setInterval> | undefined

function listen(tell: () => void): () => void {
  listeners.add(tell)
  timer ??= setInterval(() => {
    now = Date.now()
    listeners.forEach((each) => each())
  }, 1000)
  return () => {
    listeners.delete(tell)
    if (!listeners.size) {
      clearInterval(timer)
      timer = undefined
    }
  }
}

/** The present moment in epoch milliseconds, every second anew. */
export const useNow = (): number => useSyncExternalStore(listen, () => now)

type Props = { due: string | null | undefined; light?: Light | null }

/** Counts down to a due moment: `剩 2小时15分`, past it `超 45分`. Without `light` no colour claims to know one. */
export function Clock({ due, light }: Props) {
  const t = useText()
  const at = useNow()
  if (!due) return <span className="light light-grey">{t('common.no_limit')}</span>
  const left = (new Date(due).getTime() - at) / 1000
  const shown: Light | null = light === 'grey' ? 'grey' : left < 0 ? 'red' : (light ?? null)
  const said = t(left < 0 ? 'common.over_by' : 'common.left', { time: duration(left) })
  return (
    <time dateTime={due} title={`${t('common.due')} ${moment(due)}`} className={`clock light ${shown ? `light-${shown}` : ''}`}>
      <span aria-hidden="true">{shown ? SHAPES[shown] : '○'}</span> {shown === 'grey' ? t('common.light_grey') : said}
    </time>
  )
}
