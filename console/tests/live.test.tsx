import { QueryClient } from '@tanstack/react-query'
import { act, cleanup, renderHook } from '@testing-library/react'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { useLive } from '../src/common/live'

class Source extends EventTarget {
  static open: Source[] = []
  readyState = 1
  onerror = null
  constructor() {
    super()
    Source.open.push(this)
  }
  close() {
    Source.open = Source.open.filter((one) => one !== this)
  }
}
const tell = (event: string, told: unknown) => Source.open.forEach((one) => one.dispatchEvent(new MessageEvent(event, { data: JSON.stringify(told) })))
const queries = new QueryClient()

beforeEach(() => {
  vi.useFakeTimers()
  vi.stubGlobal('EventSource', Source)
})
afterEach(() => {
  cleanup()
  vi.useRealTimers()
})

it('ten seconds of changes read a case as it changes and the lists twice', () => {
  const asked = vi.spyOn(queries, 'invalidateQueries').mockResolvedValue()
  renderHook(() => useLive(queries))
  for (let n = 0; n < 100; n += 1) {
    tell('changed', { kind: 'case', id: 'c1', version: n })
    act(() => vi.advanceTimersByTime(100))
  }
  const times = (key: unknown[]) => asked.mock.calls.filter(([given]) => JSON.stringify(given?.queryKey) === JSON.stringify(key)).length
  expect(times(['cases'])).toBe(2)
  expect(times(['case', 'c1'])).toBeGreaterThan(8)
})

it('a reset reads everything anew, once; nothing stays open behind the page', () => {
  const asked = vi.spyOn(queries, 'invalidateQueries').mockResolvedValue()
  const { unmount } = renderHook(() => useLive(queries))
  tell('changed', { kind: 'report', id: 'r1' })
  tell('reset', {})
  vi.advanceTimersByTime(1000)
  expect(asked.mock.calls).toEqual([[{ queryKey: [] }]])
  unmount()
  expect(Source.open).toEqual([])
})
