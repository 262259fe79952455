import { useQuery } from '@tanstack/react-query'
import { api, ok } from '../../api/client'
import { useLanguage } from '../../common/language'
import type { Kind } from './filter'

/** States, actions, clocks and fields of a kind with their titles, by the procedure in force; once a session. */
export function useWords(kind: Kind) {
  useLanguage()
  return useQuery({
    queryKey: ['words', kind],
    queryFn: () => ok(api.GET('/api/lists/{kind}', { params: { path: { kind } } })),
    staleTime: Infinity,
  }).data
}
