import { liveQuery } from 'dexie'
import { useEffect, useMemo, useState } from 'react'
import { useMe } from '../common/session'
import type { Act } from './outbox/model'
import { type Carried, type Turn, carried } from './store/bundle'
import { type Draft, db, kept } from './store/db'
import type { Known } from './forms/choices'
import { type Carried as CarriedPart, type Part, type Thing, carriedPart, thingsHere } from './store/parts'

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

/** A part of what was carried along of the lines of business; null: never yet. */
export function usePart<P extends Part>(part: P): CarriedPart<P> | null | undefined {
  const { id } = useMe()
  return useTable(() => carriedPart(id, part), [id, part])
}

/** All records on this phone. */
export function useThings(): Thing[] | undefined {
  const { id } = useMe()
  return useTable(() => thingsHere(id), [id])
}

/** What codes are called, as far as the phone knows. */
export function useKnown(): Known {
  const [names, things, carried] = [usePart('names'), useThings(), useCarried()]
  return useMemo(() => ({ names: names?.what ?? null, things: things ?? [], categories: carried?.bundle.categories ?? [] }), [names, things, carried])
}

export function useDrafts(): Draft[] | undefined {
  const { id } = useMe()
  return useTable(() => db.drafts.where({ person: id }).reverse().sortBy('at'), [id])
}

export function useTurn(): Turn | undefined {
  const { id } = useMe()
  return useTable(() => kept<NonNullable<Turn>>(`turn/${id}`), [id])
}
