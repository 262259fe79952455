import type { Schemas } from '../../api/client'
import type { Title } from '../../common/language'
import { lapse } from '../../common/session'
import { of } from '../outbox/server'
import { type Point, metres } from '../place/geo'
import { lastHere } from '../place/position'
import type { Task } from './bundle'
import { keep, kept } from './db'
import { heard } from './skew'

export type Register = Schemas['RegisterOut']
export type Ledger = Schemas['LedgerOut']
export type Checklist = Schemas['ChecklistOut']
/** What is left of a round that is open. */
export type Round = { id: string; title: string; checklist: string; due: string; left: number; things: { id: string; key: string; called: string; unit_name: string | null }[] }
/** A record as a phone keeps it; nothing personal. */
export type Thing = { id: string; register: string; key: string; called: string; state: string; version: number; lon: number | null; lat: number | null; asked: number; fields: Record<string, unknown> }
/** What the server hands a phone to carry along of the lines of business: docs/how-to/field.md. */
export type Parts = {
  forms: { registers: Register[]; ledgers: Ledger[]; checklists: Checklist[] }
  names: { units: { code: string; name: Title }[]; people: { code: string; name: string; unit: string }[]; areas: { code: string; name: string; kind: string }[]; refs: Record<string, [string, string][]> }
  work: { rounds: Round[]; tasks: Task[] }
  near: { records: Thing[] }
}
export type Part = keyof Parts
export const PARTS: readonly Part[] = ['forms', 'names', 'work', 'near']
/** As of the server's last word; `spot`: where the phone was then. */
export type Carried<P extends Part> = { etag: string; at: number; spot: Point | null; what: Parts[P] }

const MINUTE_MS = 60_000
/** Asked for anew when it is older; what waits for somebody is asked for each time. */
const OLD_MS: Record<Part, number> = { forms: 15 * MINUTE_MS, names: 15 * MINUTE_MS, work: 0, near: 15 * MINUTE_MS }
/** What was near is not any more after so many metres. */
const MOVED_M = 400
const MOST_SEEN = 100

const keyOf = (person: string, part: Part): string => `carried/${person}/${part}`
const seenKey = (person: string): string => `seen/${person}`

/** Everything that is kept of a person here. */
export const keysOf = (person: string): string[] => [...PARTS.map((part) => keyOf(person, part)), seenKey(person)]

export const carriedPart = <P extends Part>(person: string, part: P): Promise<Carried<P> | null> => kept<Carried<P>>(keyOf(person, part))

/** Ask for what is old; without a network what is kept stays. */
export async function refreshParts(person: string): Promise<void> {
  await Promise.all(PARTS.map((part) => refreshPart(person, part).catch(() => undefined)))
}

async function refreshPart(person: string, part: Part): Promise<void> {
  const [old, spot] = [await carriedPart(person, part), part === 'near' ? lastHere() : null]
  const moved = spot && old && (!old.spot || metres(old.spot, spot) > MOVED_M)
  if (old && !moved && Date.now() - old.at < OLD_MS[part]) return
  const path = `/api/field/carried/${part}${spot ? `?lon=${spot.lon}&lat=${spot.lat}` : ''}`
  const answer = await asked(person, path, old && !moved ? old.etag : null)
  if (!answer) return
  const what = answer.status === 304 ? old!.what : ((await answer.json()) as Parts[typeof part])
  await keep(keyOf(person, part), { etag: answer.headers.get('etag') ?? '', at: Date.now(), spot, what })
}

/** What has a tag, if it is there to be had: 200, or 304 where it is what the tag says. */
export async function asked(person: string, path: string, etag: string | null): Promise<Response | null> {
  const answer = await fetch(path, { headers: { ...of(person), ...(etag ? { 'If-None-Match': etag } : {}) }, cache: 'no-store' })
  heard(answer)
  if (answer.status === 401) lapse()
  return answer.status === 200 || answer.status === 304 ? answer : null
}

/** Records that were looked at last, the newest first. */
export const seenThings = async (person: string): Promise<Thing[]> => (await kept<Thing[]>(seenKey(person))) ?? []

export async function noteSeen(person: string, thing: Thing): Promise<void> {
  const before = (await seenThings(person)).filter((one) => one.id !== thing.id)
  await keep(seenKey(person), [thing, ...before].slice(0, MOST_SEEN))
}

/** All records on this phone, each once: those looked at as they were then, else those near; the newest version goes first. */
export async function thingsHere(person: string): Promise<Thing[]> {
  const near = (await carriedPart(person, 'near'))?.what.records ?? []
  const found = new Map(near.map((one) => [one.id, one]))
  for (const one of await seenThings(person)) {
    if ((found.get(one.id)?.version ?? 0) < one.version) found.set(one.id, one)
  }
  return [...found.values()]
}

/** A record from the server as it is kept here. */
export function thingOf(record: Schemas['RecordOut']): Thing {
  const place = record.place as { lon?: number; lat?: number } | null
  return {
    id: record.id, register: record.register_name, key: record.key, called: record.called, state: record.state, version: record.version,
    lon: place?.lon ?? null, lat: place?.lat ?? null, asked: record.change_requests.filter((one) => one.state === 'asked').length,
    fields: Object.fromEntries(Object.entries(record.fields).filter(([, value]) => value !== null)),
  }
}
