import { useInfiniteQuery } from '@tanstack/react-query'
import { useEffect, useMemo } from 'react'
import { type Schemas, api, ok } from '../api/client'
import { currentLanguage, useLanguage } from '../common/language'
import { type Searched, searched } from '../common/pinyin'
import { may, useMe } from '../common/session'

export type Category = Schemas['xiuhua__city__categories__forms__CategoryOut'] & { searched: Searched }
const HOUR_MS = 3_600_000

/** All categories of the standards in force, once an hour: a search among them waits for no server. */
export function useCategories(): Category[] {
  const me = useMe()
  const query = useInfiniteQuery({
    queryKey: ['categories', 'all'],
    queryFn: ({ pageParam }) => ok(api.GET('/api/categories', { params: { query: { limit: 200, ...(pageParam ? { cursor: pageParam } : {}) } } })),
    initialPageParam: '',
    getNextPageParam: (page) => page.next ?? null,
    staleTime: HOUR_MS,
    enabled: may(me, 'category.read'),
  })
  const { hasNextPage, isFetching, fetchNextPage, data } = query
  useEffect(() => {
    if (hasNextPage && !isFetching) void fetchNextPage()
  }, [hasNextPage, isFetching, fetchNextPage])
  const whole = !!data && !hasNextPage
  return useMemo(
    () => (whole ? data.pages.flatMap((page) => page.items ?? []) : [])
      .filter((one) => one.status === 'in_force')
      .map((one) => ({ ...one, searched: searched(one.name, one.name_en, one.class_name, one.code, ...one.also) })),
    [whole, data],
  )
}

export function useCategoryName(): (one: { name: string; name_en?: string }) => string {
  useLanguage()
  return (one) => (currentLanguage() === 'en' && one.name_en) || one.name
}
