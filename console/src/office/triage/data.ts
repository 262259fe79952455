import { type QueryClient, useQuery } from '@tanstack/react-query'
import { api, ok } from '../../api/client'
import { may, useMe } from '../../common/session'
import type { Report } from './model'

const MINUTE_MS = 60_000

export const reportQuery = (id: string) => ({
  queryKey: ['report', id],
  queryFn: () => ok(api.GET('/api/reports/{id}', { params: { path: { id } } })),
  staleTime: MINUTE_MS,
})

/** What is suggested for a report; with a category, what would follow from that. */
export const suggestionQuery = (id: string, category: string | null) => ({
  queryKey: ['suggestion', id, category],
  queryFn: () => ok(api.GET('/api/reports/{id}/suggestion', { params: { path: { id }, query: category ? { category } : {} } })),
  staleTime: MINUTE_MS,
})

/** Fetch what the next reports need before their turn comes, their small photos too. */
export function fetchAhead(queries: QueryClient, ids: string[]): void {
  for (const id of ids) {
    void queries.prefetchQuery(suggestionQuery(id, null))
    void queries.fetchQuery(reportQuery(id)).then((report) => photosOf(report).slice(0, 4).forEach((one) => { new Image().src = `/api/media/${one}?size=thumb` }), () => undefined)
  }
}

export const photosOf = (report: Report | undefined): string[] =>
  [...((report?.data['photos'] as string[] | null) ?? []), ...((report?.data['photos_after'] as string[] | null) ?? [])]

/** Filing conditions of a category, those of the area's class first. */
export function useConditions(category: string | null, areaClass: string | null) {
  const me = useMe()
  return useQuery({
    queryKey: ['conditions', category, areaClass],
    queryFn: () => ok(api.GET('/api/categories/conditions', { params: { query: { category: category!, ...(areaClass ? { area_class: areaClass as 'A' } : {}) } } })),
    enabled: !!category && may(me, 'category.read'),
    staleTime: Infinity,
  }).data
}
