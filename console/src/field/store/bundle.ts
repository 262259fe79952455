import type { Feature, FeatureCollection, MultiPolygon, Polygon } from 'geojson'
import { type Schemas } from '../../api/client'
import type { Title } from '../../common/language'
import { lapse } from '../../common/session'
import { of } from '../outbox/server'
import { db, keep, kept } from './db'
import { heard } from './skew'

/** What the server hands a phone to carry along: docs/how-to/field.md. */
export type Place = { lon: number | null; lat: number | null; words?: string | null }
export type Task = {
  kind: 'case' | 'report'; id: string; number: string; external_id?: string | null; version: number; state: string; track: string; n: number | null
  role: string; since: string; due: string | null; category: string | null; place: Place | null; unit_grid: string | null
  photos: string[]; text: string | null; actions: Schemas['ActionOut'][]
}
export type Category = { key: string; kind: 'part' | 'matter'; name: Title; class: Title; conditions: { id: string; text: string; area_class: string | null }[] }
export type Grid = Feature<Polygon | MultiPolygon, { code: string; kind: string; name: string; members: string[] }>
export type Bundle = {
  day: string
  grids: FeatureCollection<Polygon | MultiPolygon, Grid['properties']>
  categories: Category[]
  report: { source: string; longest_text: number; most_photos: number }
  states: { kind: string; state: string; title: Title }[]
  tasks: Task[]
  settings: { time_zone: string; media_max_bytes: number; position_every_s: number; batch_most: number }
}
export type Carried = { etag: string; at: number; bundle: Bundle }
export type Turn = { started_at: string } | null

/** Longer ones are told by their end. */
const SHOWN = 24

/** What people call it: a case by its number, a report by its number at its source. */
export function calledBy({ kind, number, external_id }: Pick<Task, 'kind' | 'number' | 'external_id'>): string {
  const name = (kind === 'report' && external_id) || number
  return name.length > SHOWN ? `…${name.slice(-8)}` : name
}

/** Pictures of tasks that are carried along: as many as a slow network gets in a minute. */
const MOST_THUMBS = 80

export const carried = (person: string): Promise<Carried | null> => kept<Carried>(`bundle/${person}`)

/** Whether the newest is on the phone now. Throws only what nobody foresaw. */
export async function refresh(person: string): Promise<boolean> {
  const old = await carried(person)
  try {
    const headers = { ...of(person), ...(old ? { 'If-None-Match': old.etag } : {}) }
    const answer = await fetch('/api/field/bundle', { headers, cache: 'no-store' })
    heard(answer)
    if (answer.status === 401) lapse()
    if (answer.status !== 200 && answer.status !== 304) return false
    const bundle = answer.status === 200 ? ((await answer.json()) as Bundle) : old!.bundle
    await keep(`bundle/${person}`, { etag: answer.headers.get('etag') ?? '', at: Date.now(), bundle })
    if (answer.status === 200) await carryThumbs(person, bundle.tasks)
    return true
  } catch {
    return false
  }
}

async function carryThumbs(person: string, tasks: Task[]): Promise<void> {
  const wanted = [...new Set(tasks.flatMap((task) => task.photos))].slice(0, MOST_THUMBS)
  const had = new Set(await db.thumbs.where({ person }).primaryKeys())
  await db.thumbs.bulkDelete([...had].filter((id) => !wanted.includes(id)))
  for (const id of wanted.filter((one) => !had.has(one))) {
    const answer = await fetch(`/api/media/${id}?size=thumb`, { headers: of(person) })
    if (!answer.ok) continue
    const type = answer.headers.get('content-type') ?? 'image/webp'
    await db.thumbs.put({ id, person, bytes: await answer.arrayBuffer(), type })
  }
}

/** The turn of duty that the server knows of, unless one is begun or ended on this phone and not told yet. */
export async function refreshTurn(person: string): Promise<void> {
  try {
    const answer = await fetch('/api/shifts/mine', { headers: of(person), cache: 'no-store' })
    if (!answer.ok || (await db.acts.where({ person, status: 'waiting' }).filter((act) => act.kind === 'shift').count())) return
    await keep(`turn/${person}`, ((await answer.json()) as { turn: Turn }).turn)
  } catch {
    // Without a network what is known stays.
  }
}
