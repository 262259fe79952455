import { useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import { type Schemas, allOf, api, ok } from '../api/client'
import { useLanguage } from '../common/language'
import { type Searched, searched } from '../common/pinyin'
import { may, useMe } from '../common/session'

export type Category = Schemas['xiuhua__city__categories__forms__CategoryOut'] & { searched: Searched }
const HOUR_MS = 3_600_000
const NONE: Category[] = []

/** All categories, also those of standards that are over; once an hour, with what they are searched by. */
export function useEveryCategory(): Category[] {
  const me = useMe()
  return useQuery({ queryKey: ['categories', 'all'], queryFn: everyCategory, staleTime: HOUR_MS, enabled: may(me, 'category.read') }).data ?? NONE
}

async function everyCategory(): Promise<Category[]> {
  const found = await allOf((cursor) => ok(api.GET('/api/categories', { params: { query: { limit: 200, ...cursor } } })))
  return found.map((one) => ({ ...one, searched: searched(one.name, one.name_en, one.class_name, one.code, ...one.also) }))
}

/** Those of the standards in force: a search among them waits for no server. */
export function useCategories(): Category[] {
  const all = useEveryCategory()
  return useMemo(() => all.filter((one) => one.status === 'in_force'), [all])
}

type Named = { name: string; name_en?: string }
const zh = (one: Named): string => one.name
const en = (one: Named): string => one.name_en || one.name

/** The name of a category in the present language; the same function as long as that stays. */
export function useCategoryName(): (one: Named) => string {
  return useLanguage() === 'en' ? en : zh
}
