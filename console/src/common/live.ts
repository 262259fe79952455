import { useEffect } from 'react'
import type { QueryClient } from '@tanstack/react-query'

export type Told = { kind?: string; id?: string; version?: number; here?: boolean; state?: string }
export type LiveEvent = 'task' | 'changed' | 'notice' | 'reset'
type Listener = (event: LiveEvent, told: Told) => void

const EVENTS: LiveEvent[] = ['task', 'changed', 'notice', 'reset']
const TOGETHER_MS = 800
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

/** The keys of queries that a message makes old: `['inbox']`, `['case', id]`, `['cases']`, `['notices']`. */
export function keysOf(event: LiveEvent, told: Told): unknown[][] {
  if (event === 'task') return [['inbox'], [told.kind, told.id]]
  if (event === 'notice') return [['notices']]
  if (event === 'changed') return [[told.kind, told.id], [`${told.kind}s`]]
  return []
}

/** Keep a query cache true to the server: what messages name is read anew, many at once together. */
export function useLive(queries: QueryClient): void {
  useEffect(() => {
    const old = new Map<string, unknown[]>()
    let everything = false
    let timer: ReturnType<typeof setTimeout> | undefined
    const flush = () => {
      timer = undefined
      if (everything) void queries.invalidateQueries()
      else old.forEach((key) => void queries.invalidateQueries({ queryKey: key }))
      old.clear()
      everything = false
    }
    const stop = listenLive((event, told) => {
      if (event === 'reset') everything = true
      keysOf(event, told).forEach((key) => old.set(JSON.stringify(key), key))
      timer ??= setTimeout(flush, TOGETHER_MS)
    })
    return () => {
      clearTimeout(timer)
      stop()
    }
  }, [queries])
}
