export const WHOSE = ['all', 'mine', 'unit'] as const
export type Whose = (typeof WHOSE)[number]
export const DUES = ['open', 'week', 'late', 'closed', 'all'] as const
export type Due = (typeof DUES)[number]
type Chosen = { whose: Whose; due: Due; procedure: string; q: string; about?: string }

/** What is asked of the server for what was chosen; what is due first stands first, of what has ended the newest. */
export function queryOf({ whose, due, procedure, q, about }: Chosen) {
  return {
    sort: due === 'closed' || due === 'all' ? ('newest' as const) : ('due' as const),
    ...(due === 'all' ? {} : { going: due === 'closed' ? ('closed' as const) : ('open' as const) }),
    ...(whose === 'all' ? {} : { whose }),
    ...(due === 'week' ? { due_within: 'week' as const } : {}),
    ...(due === 'late' ? { late: true } : {}),
    ...(procedure ? { procedure: [procedure] } : {}),
    ...(about ? { about } : {}),
    ...(q.trim() ? { q: q.trim() } : {}),
  }
}
