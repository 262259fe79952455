import type { Schemas } from '../../api/client'
import type { Title } from '../../common/language'
import { onClock } from '../../common/time'

/** One field of an action's or a record's form, as the server's JSON Schema tells it (docs/reference/procedures.md). */
export type FieldSchema = {
  type?: string
  enum?: string[]
  items?: FieldSchema
  minimum?: number
  maximum?: number
  maxLength?: number
  pattern?: string
  default?: unknown
  'x-type': string
  'x-title'?: Title
  'x-help'?: Title
  'x-titles'?: Record<string, Title>
  'x-suggest'?: string
  'x-to'?: string
  'x-valid'?: boolean
  'x-personal'?: boolean
}
export type FormSchema = { properties: Record<string, FieldSchema>; required: string[] }

/** Kinds of limits, shortest first; the server's `LIMIT_KINDS`. */
export const LIMIT_KINDS = ['urgent_minute', 'urgent_hour', 'urgent_day', 'work_minute', 'work_hour', 'work_day', 'calendar_day'] as const

/** Whether an action asks for nothing at all, not even why. */
export const isBare = (action: Schemas['ActionOut']): boolean =>
  !action.reason_needed && !Object.keys((action.needs as unknown as FormSchema).properties).length

export const isMany = (field: FieldSchema): boolean => field.type === 'array'

/** What is sent: nothing for what was left empty, moments with their zone, decimals as texts. */
export function sent(schema: FormSchema, values: Record<string, unknown>): Record<string, unknown> {
  const out: Record<string, unknown> = {}
  for (const [name, field] of Object.entries(schema.properties)) {
    const value = plain(field, values[name])
    if (value !== undefined && value !== null && value !== '' && !(Array.isArray(value) && !value.length)) out[name] = value
  }
  return out
}

function plain(field: FieldSchema, value: unknown): unknown {
  if (value && typeof value === 'object' && 'format' in value) {
    const at = value as { format: (pattern: string) => string }
    return field['x-type'] === 'date' ? at.format('YYYY-MM-DD') : onClock(at.format('YYYY-MM-DDTHH:mm')).toISOString()
  }
  if (['decimal', 'money'].includes(field['x-type']) && typeof value === 'number') return String(value)
  if (field['x-type'] === 'limit' && value && typeof value === 'object') {
    const limit = value as { amount?: unknown; kind?: unknown }
    return limit.amount && limit.kind ? { amount: String(limit.amount), kind: limit.kind } : undefined
  }
  return value
}
