import { useEffect } from 'react'
import type { QueryClient } from '@tanstack/react-query'

export type Told = { kind?: string; id?: string; version?: number; here?: boolean; state?: string }
export type LiveEvent = 'task' | 'changed' | 'notice' | 'reset'
type Listener = (event: LiveEvent, told: Told) => void

const EVENTS: LiveEvent[] = ['task', 'changed', 'notice', 'reset']
const TOGETHER_MS = 800
/** Lists and counts cost the server most, and in a busy city something of them changes with every second. */
const LISTS_MS = 5000
const AGAIN_MS = 5000
const listeners = new Set<Listener>()
let source: EventSource | null = null
let again: ReturnType<typeof setTimeout> | undefined

function open(): void {
  if (source || document.hidden || !listeners.size) return
  source = new EventSource('/api/live')
  for (const event of EVENTS) {
    source.addEventListener(event, (message: MessageEvent<string>) => tell(event, JSON.parse(message.data) as Told))
  }
  source.onerror = () => {
    // The browser comes back by itself, with the id of the last message; unless it was turned away.
    if (source?.readyState !== EventSource.CLOSED) return
    close()
    again = setTimeout(() => (open(), tell('reset', {})), AGAIN_MS)
  }
}

function close(): void {
  clearTimeout(again)
  source?.close()
  source = null
}

function tell(event: LiveEvent, told: Told): void {
  listeners.forEach((each) => each(event, told))
}

// Browsers keep six connections to one server for all their tabs: only those that are seen hold one.
document.addEventListener('visibilitychange', () => {
  if (document.hidden) return close()
  if (!source && listeners.size) {
    open()
    tell('reset', {})
  }
})

/** Hear what changes, as it changes, while the page is seen; `reset` says: read everything anew. */
export function listenLive(listener: Listener): () => void {
  listeners.add(listener)
  open()
  return () => {
    listeners.delete(listener)
    if (!listeners.size) close()
  }
}

/** The list that something stands in: tasks, orders and talks are proceedings. */
const listOf = (kind: string | undefined): string => (kind === 'case' || kind === 'report' || kind === 'record' ? `${kind}s` : 'proceedings')

/** The keys of queries that a message makes old: `['inbox']`, `['case', id]`, `['cases']`, `['notices']`. */
export function keysOf(event: LiveEvent, told: Told): unknown[][] {
  if (event === 'task') return [['inbox'], [told.kind, told.id]]
  if (event === 'notice') return [['notices']]
  if (event === 'changed') return [[told.kind, told.id], [listOf(told.kind)]]
  return []
}

/** Keep a query cache true to the server: what messages name is read anew, many at once together, lists more seldom. */
export function useLive(queries: QueryClient): void {
  useEffect(() => {
    const [soon, lists] = [gathered(queries, TOGETHER_MS), gathered(queries, LISTS_MS)]
    const stop = listenLive((event, told) => {
      if (event === 'reset') soon.add([])
      for (const key of keysOf(event, told)) (key[0] === listOf(told.kind) ? lists : soon).add(key)
    })
    return () => {
      stop()
      soon.end()
      lists.end()
    }
  }, [queries])
}

/** Makes queries old some time after the first of several messages; an empty key is all of them. */
function gathered(queries: QueryClient, wait_ms: number): { add: (key: unknown[]) => void; end: () => void } {
  const old = new Map<string, unknown[]>()
  let timer: ReturnType<typeof setTimeout> | undefined
  const flush = () => {
    timer = undefined
    const keys = old.has('[]') ? [[]] : [...old.values()]
    old.clear()
    keys.forEach((queryKey) => void queries.invalidateQueries({ queryKey }))
  }
  return {
    add: (key) => {
      old.set(JSON.stringify(key), key)
      timer ??= setTimeout(flush, wait_ms)
    },
    end: () => clearTimeout(timer),
  }
}
