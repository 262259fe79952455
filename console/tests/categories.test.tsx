import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { cleanup, renderHook, waitFor } from '@testing-library/react'
import type { ReactNode } from 'react'
import { afterEach, expect, it, vi } from 'vitest'
import { type Me, assume } from '../src/common/session'
import { useCategories } from '../src/office/categories'
import { useCategoryNames } from '../src/office/duties/names'

afterEach(cleanup)

const one = (key: string, status: string) => ({ key, code: key, name: `name of ${key}`, name_en: '', class_name: 'class', also: [], status })
const pages: Record<string, unknown> = { '': { items: [one('a', 'in_force')], next: 'n' }, n: { items: [one('b', 'superseded'), one('c', 'in_force')], next: null } }

it('triage and the duty matrix read the same categories, page by page, once', async () => {
  const asked: string[] = []
  vi.stubGlobal('fetch', async (request: Request) => {
    const { pathname, searchParams } = new URL(request.url)
    if (pathname !== '/api/categories') return Response.json([])
    asked.push(searchParams.get('cursor') ?? '')
    return Response.json(pages[asked.at(-1)!])
  })
  assume({ id: 'p1', permissions: ['category.read'] } as unknown as Me)
  const client = new QueryClient()
  const wrapper = ({ children }: { children: ReactNode }) => <QueryClientProvider client={client}>{children}</QueryClientProvider>
  const triage = renderHook(useCategories, { wrapper })
  await waitFor(() => expect(triage.result.current.map(({ key }) => key)).toEqual(['a', 'c']))
  const duties = renderHook(useCategoryNames, { wrapper })
  expect(['a', 'b', 'd'].map((key) => duties.result.current(key))).toEqual(['name of a', 'name of b', 'd'])
  expect(asked).toEqual(['', 'n'])
})
