import { type Schemas } from '../../api/client'
import { type Key } from '../../common/language'
import { of } from '../outbox/server'
import { keep, kept } from '../store/db'
import { heard } from '../store/skew'
import { type Action, type Spec, feasible } from '../tasks/fields'

export type Ledger = Schemas['LedgerOut']
/** What every entry has and a thumb can give; all else that is given is a field of the ledger. */
const OWN = new Set(['quantity', 'unit', 'thing', 'note'])
type Text = (key: Extract<Key, `field.${string}`>) => string

/** The ledgers as they were carried along. */
export const ledgersOf = async (person: string): Promise<Ledger[]> => (await kept<Ledger[]>(`ledgers/${person}`)) ?? []

/** The newest, where there is a network. */
export async function refreshLedgers(person: string): Promise<void> {
  try {
    const answer = await fetch('/api/ledgers', { headers: of(person), cache: 'no-store' })
    heard(answer)
    if (answer.ok) await keep(`ledgers/${person}`, ((await answer.json()) as Ledger[]).filter((one) => one.may_enter))
  } catch {
    // Without a network what is known stays.
  }
}

/** The form of an entry as the forms of actions are drawn; null: it asks for what is chosen at a desk only. */
export function formOf(ledger: Ledger, t: Text): Action | null {
  const declared = ledger.needs as { properties: Record<string, Spec>; required: string[] }
  const own = (word: string, type: string, more: Partial<Spec> = {}): Spec => ({ 'x-type': type, 'x-title': { zh: word, en: word }, ...more })
  const units = [...new Set([ledger.unit, ...ledger.unit_also])]
  // A thing is named by what stands on it.
  const fields = Object.entries(declared.properties).filter(([, spec]) => spec['x-type'] !== 'photo').map(([name, spec]): [string, Spec] => [name, spec['x-type'] === 'ref' ? { ...spec, 'x-type': 'text' } : spec])
  const properties = Object.fromEntries([
    ['quantity', own(units.length > 1 ? t('field.quantity') : `${t('field.quantity')} (${ledger.unit})`, 'decimal')],
    ...(units.length > 1 ? [['unit', own(`${t('field.unit')} (${ledger.unit})`, 'choice', { enum: units })]] : []),
    ...(ledger.of ? [['thing', own(t('field.thing'), 'text')]] : []),
    ...fields, ['note', own(t('field.note'), 'long_text')],
  ] as [string, Spec][])
  const required = ['quantity', ...(ledger.of && ledger.balance ? ['thing'] : []), ...declared.required]
  const form = { action: 'enter', title: ledger.title, n: null, reason_needed: false, needs: { properties, required } } as unknown as Action
  return feasible(form) ? form : null
}

/** The request of an entry without its photos, which are put in as it is sent. */
export function bodyOf(given: Record<string, unknown>, day: string, here: { lon: number; lat: number } | null): Record<string, unknown> {
  const fields = Object.fromEntries(Object.entries(given).filter(([name]) => !OWN.has(name)))
  const own = Object.fromEntries(Object.entries(given).filter(([name]) => OWN.has(name)))
  return { ...own, day, fields, ...(here ? { place: { lon: here.lon, lat: here.lat, datum: 'wgs84' } } : {}) }
}
