import { keepPreviousData, useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect, useMemo, useRef, useState } from 'react'
import { api, ok } from '../../api/client'
import { listenLive } from '../../common/live'
import { useMe } from '../../common/session'
import { type Decision, sorted } from './model'

const LIMIT = 50
const FEW = 10
const AGAIN_MS = 3000

/**
 * The reports that wait to be decided, most urgent first. One that was decided leaves at once; the server is asked
 * again when few are left, or some seconds after something came, and not at each decision.
 */
export function useQueue() {
  const queries = useQueryClient()
  const [gone, setGone] = useState<ReadonlyMap<string, number>>(new Map())
  const query = useQuery({
    queryKey: ['triage'],
    queryFn: () => ok(api.GET('/api/inbox', { params: { query: { kind: 'report', limit: LIMIT } } })),
    placeholderData: keepPreviousData,
    staleTime: Infinity,
    refetchOnMount: 'always',
  })
  const all = query.data
  const tasks = useMemo(() => (all ?? []).filter((one) => sorted(one.actions).accept && !((gone.get(one.id) ?? -1) >= one.version)), [all, gone])
  const more = all?.length === LIMIT
  const { isFetching, refetch } = query
  const asked = useRef(0)
  useEffect(() => {
    // A full page of which few are left: behind it stand others. Asked once for each page.
    if (more && tasks.length < FEW && !isFetching && asked.current !== query.dataUpdatedAt) {
      asked.current = query.dataUpdatedAt
      void refetch()
    }
  }, [more, tasks.length, isFetching, refetch, query.dataUpdatedAt])
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined
    const stop = listenLive((event, told) => {
      if (event === 'task' && told.kind === 'report' && told.id && told.here === false) {
        leave(told.id, told.version ?? 0)
        return
      }
      if (event === 'reset' || (event === 'task' && told.kind === 'report')) timer ??= setTimeout(() => { timer = undefined; void queries.invalidateQueries({ queryKey: ['triage'] }) }, AGAIN_MS)
    })
    return () => {
      clearTimeout(timer)
      stop()
    }
  }, [queries])
  const leave = (id: string, version: number) => setGone((before) => new Map(before).set(id, version))
  return { tasks, more, leave, query }
}

/** What was decided in this sitting, the newest first; kept as long as the tab is. */
export function useSitting(): [Decision[], (one: Decision) => void] {
  const me = useMe()
  const name = `xiuhua.sitting.${me.id}`
  const [decisions, setDecisions] = useState<Decision[]>(() => JSON.parse(sessionStorage.getItem(name) ?? '[]') as Decision[])
  const add = (one: Decision) =>
    setDecisions((before) => {
      const next = [one, ...before].slice(0, 200)
      sessionStorage.setItem(name, JSON.stringify(next))
      return next
    })
  return [decisions, add]
}
