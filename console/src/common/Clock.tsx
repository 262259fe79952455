import { useSyncExternalStore } from 'react'
import { type Light, SHAPES } from './light'
import { text, useText } from './language'
import { duration, moment } from './time'

// One ticking for all clocks of a page: a list of two hundred draws them together.
const listeners = new Set<() => void>()
let now = Date.now()
let timer: ReturnType<typeof setInterval> | undefined

function listen(tell: () => void): () => void {
  listeners.add(tell)
  if (!timer) {
    now = Date.now()
    timer = setInterval(() => {
      now = Date.now()
      listeners.forEach((each) => each())
    }, 1000)
  }
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

function left(due: string): string {
  const seconds = (Date.parse(due) - now) / 1000
  return text(seconds < 0 ? 'common.over_by' : 'common.left', { time: duration(seconds) })
}

type Props = { due: string | null | undefined; light?: Light | null }

/** Counts down to a due moment: `剩 2小时15分`, past it `超 45分`. Without `light` no colour claims to know one. */
export function Clock({ due, light }: Props) {
  const t = useText()
  // Drawn anew when what it says changes, not with each second.
  const said = useSyncExternalStore(listen, () => (due ? left(due) : ''))
  if (!due) return <span className="light light-grey">{t('common.no_limit')}</span>
  const shown: Light | null = light === 'grey' ? 'grey' : Date.parse(due) < now ? 'red' : (light ?? null)
  return (
    <time dateTime={due} title={`${t('common.due')} ${moment(due)}`} className={`clock light ${shown ? `light-${shown}` : ''}`}>
      <span aria-hidden="true">{shown ? SHAPES[shown] : '○'}</span> {shown === 'grey' ? t('common.light_grey') : said}
    </time>
  )
}
