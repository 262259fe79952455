import type { Schemas } from '../../api/client'
import type { Title } from '../../common/language'
import { onClock } from '../../common/time'

/** One field of an action as the server's JSON Schema tells it (docs/reference/procedures.md). */
export type Spec = {
  type?: string; enum?: string[]; items?: { enum?: string[] }; minimum?: number; maximum?: number; maxLength?: number
  'x-type': string; 'x-title'?: Title; 'x-help'?: Title; 'x-titles'?: Record<string, Title>
}
export type Action = Schemas['ActionOut']

/** What a thumb can give on a street; units, people and categories are chosen at a desk. */
const OURS = new Set(['choice', 'text', 'long_text', 'photo', 'integer', 'decimal', 'boolean', 'date', 'datetime'])

const schema = (action: Action) => action.needs as unknown as { properties?: Record<string, Spec>; required?: string[] }
export const needed = (action: Action, name: string): boolean => schema(action).required?.includes(name) ?? false

/** Fields that are shown here: what must be decided, then photos (those of before first), then the rest. */
export function fieldsOf(action: Action): [string, Spec][] {
  const rank = ([name, spec]: [string, Spec]): number => (spec['x-type'] === 'photo' ? (name === 'photos_before' ? 1 : 2) : needed(action, name) ? 0 : 3)
  return Object.entries(schema(action).properties ?? {}).filter(([, spec]) => OURS.has(spec['x-type'])).sort((a, b) => rank(a) - rank(b))
}

/** Whether all that it must have can be given here. */
export const feasible = (action: Action): boolean =>
  Object.entries(schema(action).properties ?? {}).every(([name, spec]) => OURS.has(spec['x-type']) || !needed(action, name))

/**
 * Where photos of before and photos of what was done stand side by side, both are given: the pair is the proof of the work.
 * Those of before may have come with the task.
 */
export function photosNeeded(action: Action, before: number): Set<string> {
  const photos = fieldsOf(action).filter(([, spec]) => spec['x-type'] === 'photo').map(([name]) => name)
  const wanted = new Set(photos.filter((name) => needed(action, name)))
  if (photos.includes('photos_before')) photos.forEach((name) => { if (name !== 'photos_before' || !before) wanted.add(name) })
  return wanted
}

/** What the person came for is first: to decide what was found, to prove the work; what needs an excuse comes last. */
export function byWeight(actions: readonly Action[]): Action[] {
  const rank = (action: Action): number => {
    const fields = fieldsOf(action)
    if (fields.some(([name, spec]) => spec['x-type'] === 'choice' && needed(action, name)) && !action.reason_needed) return 0
    if (fields.some(([name]) => name === 'photos_before')) return 1
    if (action.reason_needed) return 4
    return fields.some(([, spec]) => spec['x-type'] === 'photo') ? 2 : 3
  }
  return [...actions].sort((a, b) => rank(a) - rank(b))
}

/** What is sent of what was given: nothing of what was left empty. */
export function given(action: Action, values: Record<string, unknown>): Record<string, unknown> {
  const out: Record<string, unknown> = {}
  for (const [name, spec] of fieldsOf(action)) {
    const value = values[name]
    if (spec['x-type'] === 'photo' || value === undefined || value === null || value === '') continue
    if (spec['x-type'] === 'integer') out[name] = Number(value)
    else if (spec['x-type'] === 'datetime') out[name] = onClock(String(value).slice(0, 16)).toISOString()
    else out[name] = typeof value === 'string' ? value.trim() : value
  }
  return out
}

/** Names of fields that are still empty. */
export function lacking(action: Action, values: Record<string, unknown>, photos: Record<string, number>, before: number): string[] {
  const got = given(action, values)
  const wanted = photosNeeded(action, before)
  return fieldsOf(action).filter(([name, spec]) => (spec['x-type'] === 'photo' ? wanted.has(name) && !photos[name] : needed(action, name) && got[name] === undefined)).map(([name]) => name)
}
