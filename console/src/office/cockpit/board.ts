import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { type Schemas, api, ok } from '../../api/client'

export type Board = Schemas['CockpitOut']
const EVERY_MS = 5000

/** The board of the day, every few seconds anew while the page is seen (the server keeps an answer as long). */
export function useBoard() {
  return useQuery({
    queryKey: ['cases', 'board'], queryFn: ({ signal }) => ok(api.GET('/api/cockpit', { signal })),
    refetchInterval: EVERY_MS, placeholderData: keepPreviousData, staleTime: EVERY_MS, retry: 0,
  })
}

/** The tone of a rate, told by word beside it: the field's own limits. */
export const toneOf = (percent: number): 'good' | 'fair' | 'poor' => (percent >= 95 ? 'good' : percent >= 85 ? 'fair' : 'poor')
