import { type Key } from '../../common/language'
import type { Action, Spec } from '../forms/fields'
import type { Ledger } from '../store/parts'

/** What every entry has and a thumb can give; all else that is given is a field of the ledger. */
const OWN = new Set(['quantity', 'unit', 'thing', 'note'])
type Text = (key: Extract<Key, `field.${string}`>) => string

/** The form of an entry as the forms of actions are drawn. */
export function formOf(ledger: Ledger, t: Text): Action {
  const declared = ledger.needs as { properties: Record<string, Spec>; required: string[] }
  const own = (word: string, type: string, more: Partial<Spec> = {}): Spec => ({ 'x-type': type, 'x-title': { zh: word, en: word }, ...more })
  const units = [...new Set([ledger.unit, ...ledger.unit_also])]
  const properties = Object.fromEntries([
    ['quantity', own(units.length > 1 ? t('field.quantity') : `${t('field.quantity')} (${ledger.unit})`, 'decimal')],
    ...(units.length > 1 ? [['unit', own(`${t('field.unit')} (${ledger.unit})`, 'choice', { enum: units })]] : []),
    ...(ledger.of ? [['thing', own(t('field.thing'), 'ref', { 'x-to': ledger.of })]] : []),
    ...Object.entries(declared.properties).filter(([, spec]) => spec['x-type'] !== 'photo'), ['note', own(t('field.note'), 'long_text')],
  ] as [string, Spec][])
  const required = ['quantity', ...(ledger.of && ledger.balance ? ['thing'] : []), ...declared.required]
  return { action: 'enter', title: ledger.title, n: null, reason_needed: false, needs: { properties, required } } as unknown as Action
}

/** The request of an entry without its photos, which are put in as it is sent; `key` makes it once, for ever. */
export function bodyOf(key: string, given: Record<string, unknown>, day: string, here: { lon: number; lat: number } | null): Record<string, unknown> {
  const fields = Object.fromEntries(Object.entries(given).filter(([name]) => !OWN.has(name)))
  const own = Object.fromEntries(Object.entries(given).filter(([name]) => OWN.has(name)))
  return { ...own, key: `field-${key}`, day, fields, ...(here ? { place: { lon: here.lon, lat: here.lat, datum: 'wgs84' } } : {}) }
}
