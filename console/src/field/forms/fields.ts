import type { Schemas } from '../../api/client'
import type { Title } from '../../common/language'
import { moment, onClock } from '../../common/time'

/** One field of an action, a record or an entry as the server's JSON Schema tells it (docs/reference/procedures.md). */
export type Spec = {
  type?: string; enum?: string[]; items?: { enum?: string[]; 'x-to'?: string }; minimum?: number; maximum?: number; maxLength?: number
  'x-type': string; 'x-title'?: Title; 'x-help'?: Title; 'x-titles'?: Record<string, Title>; 'x-to'?: string; 'x-personal'?: boolean
}
export type Action = Schemas['ActionOut']
export type Values = Record<string, unknown>

/** What is chosen by its name from what the phone carries. */
export const CHOSEN = new Set(['unit', 'person', 'area', 'category', 'ref'])
/** What a thumb can give on a street; conditions, files and places of their own are given at a desk. */
const TYPED = new Set(['text', 'long_text', 'photo', 'integer', 'decimal', 'money', 'boolean', 'choice', 'date', 'datetime', 'limit', 'plate', 'credit_code', 'part_code'])
const MANY = new Set(['text', 'photo', 'choice', ...CHOSEN])

export const isMany = (spec: Spec): boolean => spec.type === 'array'
export const valuesOf = (spec: Spec): string[] => spec.enum ?? spec.items?.enum ?? []
/** The register that a ref points to. */
export const registerOf = (spec: Spec): string => spec['x-to'] ?? spec.items?.['x-to'] ?? ''
export const fits = (spec: Spec): boolean => (isMany(spec) ? MANY.has(spec['x-type']) : TYPED.has(spec['x-type']) || CHOSEN.has(spec['x-type']))

const schema = (action: Action) => action.needs as unknown as { properties?: Record<string, Spec>; required?: string[] }
export const needed = (action: Action, name: string): boolean => schema(action).required?.includes(name) ?? false

/** Fields that are shown here: what must be decided, then photos (those of before first), then the rest. */
export function fieldsOf(action: Action): [string, Spec][] {
  const rank = ([name, spec]: [string, Spec]): number => (spec['x-type'] === 'photo' ? (name === 'photos_before' ? 1 : 2) : needed(action, name) ? 0 : 3)
  return Object.entries(schema(action).properties ?? {}).filter(([, spec]) => fits(spec)).sort((a, b) => rank(a) - rank(b))
}

/** Whether all that it must have can be given here. */
export const feasible = (action: Action): boolean =>
  Object.entries(schema(action).properties ?? {}).every(([name, spec]) => fits(spec) || !needed(action, name))

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

/** One value as it is sent; undefined: nothing was given. */
export function sentOf(spec: Spec, value: unknown): unknown {
  if (value === undefined || value === null || value === '') return undefined
  if (isMany(spec)) {
    const all = (Array.isArray(value) ? value : String(value).split('\n')).map((one) => String(one).trim()).filter(Boolean)
    return all.length ? all : undefined
  }
  switch (spec['x-type']) {
    case 'integer': return Number(value)
    case 'datetime': return onClock(String(value).slice(0, 16)).toISOString()
    case 'limit': {
      const { amount, kind } = value as { amount?: string; kind?: string }
      return amount && kind ? { amount, kind } : undefined
    }
    default: return typeof value === 'string' ? value.trim() || undefined : value
  }
}

/** One value as the server keeps it, as its input takes it. */
export function shownOf(spec: Spec, value: unknown): unknown {
  if (value === undefined || value === null) return ''
  if (isMany(spec)) return spec['x-type'] === 'text' ? (value as string[]).join('\n') : value
  if (spec['x-type'] === 'datetime') return moment(Number(value) * 1000).replace(' ', 'T')
  return typeof value === 'number' ? String(value) : value
}

/** What is sent of what was given: nothing of what was left empty. */
export function given(action: Action, values: Values): Values {
  const all = fieldsOf(action).filter(([, spec]) => spec['x-type'] !== 'photo').map(([name, spec]) => [name, sentOf(spec, values[name])])
  return Object.fromEntries(all.filter(([, value]) => value !== undefined))
}

/** Names of fields that are still empty. */
export function lacking(action: Action, values: Values, photos: Record<string, number>, before: number): string[] {
  const got = given(action, values)
  const wanted = photosNeeded(action, before)
  return fieldsOf(action).filter(([name, spec]) => (spec['x-type'] === 'photo' ? wanted.has(name) && !photos[name] : needed(action, name) && got[name] === undefined)).map(([name]) => name)
}
