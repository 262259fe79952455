import type { Schemas } from '../../api/client'
import type { FieldSchema, FormSchema } from '../forms/schema'

type Ledger = Schemas['LedgerOut']
type Values = Record<string, unknown>
const OWN = ['day', 'quantity', 'counted', 'unit', 'thing', 'of_unit', 'place', 'photos', 'note'] as const
type Own = (typeof OWN)[number]
type Text = (key: `ledgers.${Own}`) => string

/** The form of an entry: what every entry has, and what the ledger declares. `counted`: a stocktake. */
export function formOf(ledger: Ledger, t: Text, counted = false): FormSchema {
  const declared = ledger.needs as unknown as FormSchema
  const one = (name: Own, type: string, more: Partial<FieldSchema> = {}): [string, FieldSchema] =>
    [name, { type: 'string', 'x-type': type, 'x-title': { zh: t(`ledgers.${name}`), en: t(`ledgers.${name}`) }, ...more }]
  const amount = counted ? 'counted' : 'quantity'
  const units = [...new Set([ledger.unit, ...ledger.unit_also])]
  const front = [
    one('day', 'date'), one(amount, 'decimal'), ...(units.length > 1 ? [one('unit', 'choice', { enum: units })] : []),
    ...(ledger.of ? [one('thing', 'ref', { 'x-to': ledger.of })] : []),
  ]
  const behind = [
    ...(counted ? [] : [one('of_unit', 'unit'), one('place', 'place')]),
    one('photos', 'photo', { type: 'array', items: { type: 'string', 'x-type': 'photo' } }), one('note', 'long_text'),
  ]
  const needed = [amount, ...(ledger.of && ledger.balance ? ['thing'] : []), ...declared.required]
  const own = counted ? Object.entries(declared.properties).filter(([name]) => needed.includes(name)) : Object.entries(declared.properties)
  return { properties: Object.fromEntries([...front, ...own, ...behind]), required: needed }
}

/** Apart: what every entry has, and declared fields, as a request takes them. */
export function parted<T extends Values>(values: Values): T {
  const fields: Values = {}
  const own: Values = {}
  for (const [name, value] of Object.entries(values)) {
    if (!(OWN as readonly string[]).includes(name)) fields[name] = value
    else if (name !== 'place') own[name] = value
  }
  const point = values.place as { lon?: number; lat?: number } | undefined
  if (point?.lon !== undefined && point.lat !== undefined) own.place = { lon: point.lon, lat: point.lat, datum: 'wgs84' }
  return { ...own, fields } as unknown as T
}

