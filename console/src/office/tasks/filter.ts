export const WHOSE = ['all', 'mine', 'unit'] as const
export type Whose = (typeof WHOSE)[number]
export const DUES = ['open', 'week', 'late', 'closed', 'all'] as const
export type Due = (typeof DUES)[number]
type Chosen = { whose: Whose; due: Due; procedure: string; q: string; about?: string }

const DAY_MS = 86_400_000
const ZONE = '+08:00'
const HOURS = 8

/** The moment at which the week of a moment ends: midnight after Sunday on China's clock. */
export function endOfWeek(now: Date): string {
  const local = new Date(now.getTime() + HOURS * 3_600_000)
  const day = (local.getUTCDay() + 6) % 7
  const end = new Date(local.getTime() + (7 - day) * DAY_MS)
  return `${end.toISOString().slice(0, 10)}T00:00:00${ZONE}`
}

/** What is asked of the server for what was chosen; what is due first stands first, of what has ended the newest. */
export function queryOf({ whose, due, procedure, q, about }: Chosen, now: Date) {
  return {
    sort: due === 'closed' || due === 'all' ? ('newest' as const) : ('due' as const),
    ...(due === 'all' ? {} : { going: due === 'closed' ? ('closed' as const) : ('open' as const) }),
    ...(whose === 'all' ? {} : { whose }),
    ...(due === 'week' ? { due_before: endOfWeek(now) } : {}),
    ...(due === 'late' ? { late: true } : {}),
    ...(procedure ? { procedure: [procedure] } : {}),
    ...(about ? { about } : {}),
    ...(q.trim() ? { q: q.trim() } : {}),
  }
}
