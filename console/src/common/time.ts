import { currentLanguage, text } from './language'

const MINUTE = 60
const HOUR = 3600
const DAY = 86_400
const clockOf = (timeZone: string) =>
  new Intl.DateTimeFormat('en-CA', {
    timeZone, hourCycle: 'h23', year: 'numeric', month: '2-digit', day: '2-digit', hour: '2-digit',
    minute: '2-digit', second: '2-digit',
  })
let bureau = clockOf('Asia/Shanghai') // made once: it costs more than all that it writes on a page

/** Moments are shown on the bureau's clock, wherever the browser stands. */
export function setZone(name: string): void {
  bureau = clockOf(name)
}

/** Below this a clock is as good as the server's: an answer has been under way. */
const UNSURE_MS = 2000
let behind = 0 // milliseconds that this browser's clock is behind the server's

/** Note the server's time as an answer tells it. */
export function setServerTime(at: string): void {
  const off = Date.parse(at) - Date.now()
  behind = Math.abs(off) <= UNSURE_MS ? 0 : off
}

/** The server's time, whatever this browser's clock says. */
export const serverNow = (): number => Date.now() + behind

/** The day on the bureau's clock, `2026-11-22`. */
export const today = (): string => day(serverNow())

/** `2026-11-22 14:05`. */
export function moment(at: string | number | Date | null | undefined, seconds = false): string {
  if (at === null || at === undefined || at === '') return '—'
  const parts = Object.fromEntries(bureau.formatToParts(new Date(at)).map((part) => [part.type, part.value]))
  const time = `${parts.year}-${parts.month}-${parts.day} ${parts.hour}:${parts.minute}`
  return seconds ? `${time}:${parts.second}` : time
}

/** `2026-11-22`. */
export const day = (at: string | number | Date): string => moment(at).slice(0, 10)

/**
 * Seconds as `2小时15分` / `2 h 15 min`: the two largest units, rounded down, without the sign.
 * Under a minute `45秒` / `45 s`.
 */
export function duration(seconds: number): string {
  const all = Math.floor(Math.abs(seconds))
  if (all < MINUTE) return text('common.seconds', { n: all })
  const days = Math.floor(all / DAY)
  const hours = Math.floor((all % DAY) / HOUR)
  const minutes = Math.floor((all % HOUR) / MINUTE)
  const parts = [
    days && text('common.days', { n: days }),
    hours && text('common.hours', { n: hours }),
    !days && minutes && text('common.minutes', { n: minutes }),
  ]
  return parts.filter(Boolean).join(currentLanguage() === 'zh' ? '' : ' ')
}

/** `12,345`. */
export const count = (n: number): string => new Intl.NumberFormat('en-US').format(n)

/** A rate with two decimals, and its parts for the hover: `73.62 %` and `7,801/10,596`. */
export function rate(numerator: number, denominator: number): { shown: string; parts: string } {
  const shown = denominator ? `${((numerator / denominator) * 100).toFixed(2)}%` : '—'
  return { shown, parts: `${count(numerator)}/${count(denominator)}` }
}

/** Bytes as `1.4 MB`, `10.7 GB`. */
export function size(bytes: number): string {
  if (bytes < 1000) return `${bytes} B`
  if (bytes < 1_000_000) return `${(bytes / 1000).toFixed(0)} kB`
  return bytes < 1_000_000_000 ? `${(bytes / 1_000_000).toFixed(1)} MB` : `${(bytes / 1_000_000_000).toFixed(1)} GB`
}

/** When a day (`2026-11-22`) begins on the bureau's clock. */
export const zoneMidnight = (of: string): Date => onClock(`${of}T00:00`)

/** The moment at which the bureau's clock shows that (`2026-11-22T14:05`). */
export function onClock(shownThere: string): Date {
  const guess = new Date(`${shownThere}:00Z`)
  const shown = moment(guess)
  const ahead = Date.parse(`${shown.replace(' ', 'T')}:00Z`) - guess.getTime()
  return new Date(guess.getTime() - ahead)
}
