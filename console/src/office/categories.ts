import { useInfiniteQuery } from '@tanstack/react-query'
import { useEffect } from 'react'
import { type Schemas, api, ok } from '../api/client'
import { useLanguage } from '../common/language'
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
  return data && !hasNextPage ? inForce(data) : NONE
}

const NONE: Category[] = []
const made = new WeakMap<object, Category[]>()

/** Made once for what was read, whoever asks: the initials of two thousand names are not worked out at each report. */
function inForce(data: { pages: { items: Schemas['xiuhua__city__categories__forms__CategoryOut'][] }[] }): Category[] {
  let found = made.get(data)
  if (!found) {
    found = data.pages.flatMap((page) => page.items)
      .filter((one) => one.status === 'in_force')
      .map((one) => ({ ...one, searched: searched(one.name, one.name_en, one.class_name, one.code, ...one.also) }))
    made.set(data, found)
  }
  return found
}

type Named = { name: string; name_en?: string }
const zh = (one: Named): string => one.name
const en = (one: Named): string => one.name_en || one.name

/** The name of a category in the present language; the same function as long as that stays. */
export function useCategoryName(): (one: Named) => string {
  return useLanguage() === 'en' ? en : zh
}
