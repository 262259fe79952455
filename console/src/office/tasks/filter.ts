export const WHOSE = ['all', 'mine', 'unit'] as const
export type Whose = (typeof WHOSE)[number]
export const DUES = ['open', 'week', 'late', 'closed'] as const
export type Due = (typeof DUES)[number]
type Chosen = { whose: Whose; due: Due; procedure: string; q: string }

/** What is asked of the server for what was chosen; what is due first stands first, of what has ended the newest. */
export function queryOf({ whose, due, procedure, q }: Chosen) {
  return {
    sort: due === 'closed' ? ('newest' as const) : ('due' as const),
    going: due === 'closed' ? ('closed' as const) : ('open' as const),
    ...(whose === 'all' ? {} : { whose }),
    ...(due === 'week' ? { due_within: 'week' as const } : {}),
    ...(due === 'late' ? { late: true } : {}),
    ...(procedure ? { procedure: [procedure] } : {}),
    ...(q.trim() ? { q: q.trim() } : {}),
  }
}
