import { liveQuery } from 'dexie'
import { useEffect, useState } from 'react'
import { useMe } from '../common/session'
import type { Act } from './outbox/model'
import { type Carried, type Turn, carried } from './store/bundle'
import { type Draft, db, kept } from './store/db'

/** What the phone's tables say, drawn anew when they change, in this tab or another; undefined while it is read. */
export function useTable<T>(read: () => Promise<T>, on: unknown[]): T | undefined {
  const [found, setFound] = useState<T>()
  useEffect(() => {
    const reading = liveQuery(read).subscribe({ next: setFound, error: (error: unknown) => console.error(error) })
    return () => reading.unsubscribe()
  }, on)
  return found
}

/** All acts of a person, oldest first. */
export function useActs(): Act[] | undefined {
  const { id } = useMe()
  return useTable(async () => (await db.acts.orderBy('seq').toArray()).filter((act) => act.person === id), [id])
}

/** What was carried along; null: never yet. */
export function useCarried(): Carried | null | undefined {
  const { id } = useMe()
  return useTable(() => carried(id), [id])
}

export function useDrafts(): Draft[] | undefined {
  const { id } = useMe()
  return useTable(() => db.drafts.where({ person: id }).reverse().sortBy('at'), [id])
}

export function useTurn(): Turn | undefined {
  const { id } = useMe()
  return useTable(() => kept<NonNullable<Turn>>(`turn/${id}`), [id])
}
