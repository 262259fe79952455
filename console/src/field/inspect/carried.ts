import type { Schemas } from '../../api/client'
import { of } from '../outbox/server'
import { keep, kept } from '../store/db'
import type { Checklist } from './answers'

export type Round = Pick<Schemas['RoundOut'], 'id' | 'title' | 'checklist' | 'due' | 'things'>
/** What inspecting needs without a network: checklists, and what is missing in the rounds that are open. */
export type Inspecting = { at: number; checklists: Checklist[]; rounds: Round[] }

const MOST_ROUNDS = 20

export const inspecting = (person: string): Promise<Inspecting | null> => kept<Inspecting>(`inspecting/${person}`)

/** Fetch it anew; without a network what is kept stays. */
export async function refreshInspecting(person: string): Promise<void> {
  const read = async <T>(path: string): Promise<T | null> => {
    const answer = await fetch(path, { headers: of(person), cache: 'no-store' })
    return answer.ok ? ((await answer.json()) as T) : null
  }
  try {
    const checklists = await read<Checklist[]>('/api/checklists')
    const open = await read<{ items: { id: string }[] }>(`/api/rounds?state=open&limit=${MOST_ROUNDS}`)
    if (!checklists || !open) return
    const rounds = await Promise.all(open.items.map((one) => read<Schemas['RoundOut']>(`/api/rounds/${one.id}`)))
    const left = rounds.flatMap((one) => (one ? [{ id: one.id, title: one.title, checklist: one.checklist, due: one.due, things: one.things.filter((thing) => thing.missing.length) }] : []))
    await keep(`inspecting/${person}`, { at: Date.now(), checklists, rounds: left } satisfies Inspecting)
  } catch {
    // Without a network what is known stays.
  }
}
