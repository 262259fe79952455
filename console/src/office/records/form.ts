import dayjs from 'dayjs'
import type { Schemas } from '../../api/client'
import { type FormSchema, sent } from '../forms/schema'

type Values = Record<string, unknown>

/** The form of a record as the form of actions takes it. */
export const asAction = (needs: unknown, title: string, reason = false): Schemas['ActionOut'] =>
  ({ action: 'record', title: { zh: title, en: title }, n: null, role: '', needs, reason_needed: reason, unmet: [], help: null }) as unknown as Schemas['ActionOut']

/** What a form begins with: days as its controls take them, the place as it is kept. */
export function begun(schema: FormSchema, fields: Values, place?: unknown): Values {
  const shown: Values = place ? { place } : {}
  for (const [name, value] of Object.entries(fields)) {
    const type = schema.properties[name]?.['x-type']
    if (value === null || value === undefined || !type) continue
    shown[name] = type === 'date' ? dayjs(String(value)) : type === 'datetime' ? dayjs.unix(Number(value)) : value
  }
  return shown
}

/** Apart: fields and place, as a request takes them. */
export function parted(values: Values): { fields: Values; place?: Values } {
  const { place, ...fields } = values
  const point = place as { lon?: number; lat?: number } | undefined
  return point?.lon !== undefined && point.lat !== undefined ? { fields, place: { ...point, datum: 'wgs84' } } : { fields }
}

/** What differs from what stands; null empties a field. */
export function changed(schema: FormSchema, before: Values, given: Values): Values {
  const after = sent(schema, given)
  const found: Values = {}
  for (const name of Object.keys(schema.properties)) {
    if (name === 'place') continue
    const [old, now] = [before[name] ?? null, after[name] ?? null]
    if (JSON.stringify(empty(old)) !== JSON.stringify(empty(now))) found[name] = now
  }
  return found
}

const empty = (value: unknown) => (Array.isArray(value) && !value.length ? null : value)

/** Whether a place was moved. */
export function placed(before: unknown, given: unknown): boolean {
  const [old, now] = [before, given] as ({ lon?: number; lat?: number } | null | undefined)[]
  return now?.lon !== undefined && now.lon !== null && (now.lon !== old?.lon || now.lat !== old?.lat)
}
