import type { Feature, FeatureCollection, MultiPolygon, Polygon } from 'geojson'
import { type Schemas } from '../../api/client'
import type { Title } from '../../common/language'
import { of } from '../outbox/server'
import { db, keep, kept } from './db'
import { asked, carriedPart } from './parts'

/** What the server hands a phone to carry along: docs/how-to/field.md. */
export type Place = { lon: number | null; lat: number | null; words?: string | null }
export type Kind = 'case' | 'report' | 'proceeding' | 'rectification'
/** What a task holds: moments in epoch seconds, codes by their names. */
export type Fact = { title: Title; type: string; values: (string | number | boolean | Title)[] }
/** Of proceedings and rectifications `title` says what it is, and actions lie below `path`. */
export type Task = {
  kind: Kind; id: string; number: string; external_id?: string | null; version: number; state: string; track: string; n: number | null
  role: string | null; since: string; due: string | null; category: string | null; place: Place | null; unit_grid: string | null
  photos: string[]; text: string | null; actions: Schemas['ActionOut'][]
  title?: Title; procedure_title?: Title; state_title?: Title; path?: string; facts?: Fact[]
  /** By action that leads into another state, what may be done then. */
  next?: Record<string, Schemas['ActionOut'][]>
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

/** Below this an action of a task is sent. */
export const pathOf = ({ path, kind, id }: Task): string => path ?? `/api/${kind}s/${id}/actions`

/** Pictures of tasks that are carried along: as many as a slow network gets in a minute. */
const MOST_THUMBS = 80

/** The newest bundle, with what waits besides: rectifications and rechecks stand among the tasks. */
export async function carried(person: string): Promise<Carried | null> {
  const [found, work] = [await kept<Carried>(`bundle/${person}`), await carriedPart(person, 'work')]
  return found && { ...found, bundle: { ...found.bundle, tasks: [...found.bundle.tasks, ...(work?.what.tasks ?? [])] } }
}

/** Bring the newest onto the phone. Throws only what nobody foresaw. */
export async function refresh(person: string): Promise<void> {
  const old = await kept<Carried>(`bundle/${person}`)
  try {
    const answer = await asked(person, `/api/field/bundle${await undecided(person)}`, old?.etag ?? null)
    if (!answer) return
    const bundle = answer.status === 200 ? ((await answer.json()) as Bundle) : old!.bundle
    await keep(`bundle/${person}`, { etag: answer.headers.get('etag') ?? '', at: Date.now(), bundle })
  } catch {
    // Without a network what is known stays.
  }
}

/** Of what the person has to decide on it is asked where it stands, though it may not wait for them any more. */
async function undecided(person: string): Promise<string> {
  const acts = await db.acts.where({ person, status: 'parked' }).toArray()
  const ids = new Set(acts.flatMap((act) => (act.subject?.kind === 'proceeding' ? [act.subject.id] : [])))
  return ids.size ? `?${[...ids].slice(0, 50).map((id) => `also=${id}`).join('&')}` : ''
}

/** Bring the small pictures of all tasks onto the phone; those of others go. */
export async function carryThumbs(person: string): Promise<void> {
  const tasks = (await carried(person))?.bundle.tasks ?? []
  const wanted = [...new Set(tasks.flatMap((task) => task.photos))].slice(0, MOST_THUMBS)
  const had = new Set(await db.thumbs.where({ person }).primaryKeys())
  await db.thumbs.bulkDelete([...had].filter((id) => !wanted.includes(id)))
  for (const id of wanted.filter((one) => !had.has(one))) {
    const answer = await fetch(`/api/media/${id}?size=thumb`, { headers: of(person) }).catch(() => null)
    if (!answer?.ok) continue
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
