const KEPT = 'xiuhua.field.skew'
/** The header has whole seconds, and an answer has been under way. */
const UNSURE_MS = 2000

let known = Number(localStorage.getItem(KEPT) ?? 0)

/** How many milliseconds this phone's clock is behind the server's, as of the last answer; kept for times without one. */
export const skew = (): number => known

/** The server's time, as far as this phone can tell. */
export const serverNow = (): number => Date.now() + known

/** Note the server's time of an answer. */
export function heard(answer: Response): void {
  const date = answer.headers.get('date')
  if (!date) return
  const off = Date.parse(date) - Date.now()
  known = Math.abs(off) <= UNSURE_MS ? 0 : off
  localStorage.setItem(KEPT, String(known))
}
