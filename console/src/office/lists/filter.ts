import type { Schemas } from '../../api/client'

export type Kind = 'case' | 'report'
/** What a list is narrowed down to: the server's filter, as it stands in the address of the page too. */
export type Filter = Schemas['FilterForm']

const MANY = ['state', 'category', 'unit', 'source', 'outcome', 'tag', 'field', 'light'] as const
const ONE = ['area', 'number', 'external_id', 'opened_from', 'opened_to', 'handed_back_from', 'handed_back_to', 'drawn'] as const
const YES = ['overdue', 'late', 'suspended', 'open'] as const
const OF_CASES = new Set(['unit', 'overdue', 'late', 'suspended', 'number', 'handed_back_from', 'handed_back_to', 'drawn', 'light', 'open'])
const OF_REPORTS = new Set(['outcome', 'external_id'])

/** A filter from the address; names that it has not are left out. */
export function fromAddress(query: URLSearchParams): Filter {
  const found: Record<string, unknown> = {}
  for (const name of MANY) if (query.has(name)) found[name] = query.getAll(name)
  for (const name of ONE) if (query.get(name)) found[name] = query.get(name)
  for (const name of YES) if (query.get(name)) found[name] = query.get(name) === 'true'
  return found as Filter
}

/** The address of a filter; the order of names is always the same. */
export function toAddress(filter: Filter): URLSearchParams {
  const query = new URLSearchParams()
  for (const name of MANY) filter[name]?.forEach((value) => query.append(name, value))
  for (const name of ONE) if (filter[name]) query.set(name, filter[name])
  for (const name of YES) if (typeof filter[name] === 'boolean') query.set(name, String(filter[name]))
  return query
}

/** Without what rows of the other kind alone have. */
export function fitting(kind: Kind, filter: Filter): Filter {
  const foreign = kind === 'case' ? OF_REPORTS : OF_CASES
  return Object.fromEntries(Object.entries(filter).filter(([name]) => !foreign.has(name)))
}

/** The list that holds exactly what the server counted. */
export const pathOfList = ({ kind, filter }: Schemas['ListOf']): string =>
  `/lists?${new URLSearchParams([...(kind === 'report' ? [['kind', 'report']] : []), ...toAddress(filter as Filter)] as [string, string][])}`

export const isEmpty = (filter: Filter): boolean => toAddress(filter).size === 0
