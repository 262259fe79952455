import { useEffect, useState } from 'react'
import { useMe } from '../../common/session'
import { type Thing, asked } from '../store/parts'

/** A record in a list. */
export type Line = Pick<Thing, 'id' | 'register' | 'key' | 'called' | 'lon' | 'lat' | 'asked'>

/** Signs without which nothing is asked for, and how long somebody may stop between two of them. */
const [LEAST, WAIT_MS] = [2, 300]

/** Records of a register whose key or name holds what was typed, as the server knows them; without a network none. */
export function useOnline(register: string, typed: string): Line[] {
  const me = useMe()
  const [told, setTold] = useState<Line[]>([])
  const wanted = typed.trim()
  useEffect(() => {
    setTold([])
    if (!register || wanted.length < LEAST || !navigator.onLine) return undefined
    let current = true
    const read = async (): Promise<void> => {
      const answer = await asked(me.id, `/api/registers/${register}/records?limit=50&q=${encodeURIComponent(wanted)}`, null)
      const { items } = answer ? ((await answer.json()) as { items: Line[] }) : { items: [] }
      if (current) setTold(items.map((one) => ({ ...one, register })))
    }
    const timer = setTimeout(() => void read().catch(() => undefined), WAIT_MS)
    return () => {
      current = false
      clearTimeout(timer)
    }
  }, [register, wanted, me.id])
  return told
}
