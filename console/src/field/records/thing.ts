import { textOr, titled } from '../../common/language'
import { type Known, choicesOf } from '../forms/choices'
import { CHOSEN, type Spec, type Values, fits, isMany, sentOf, shownOf } from '../forms/fields'
import type { Fact } from '../store/bundle'
import type { Register, Thing } from '../store/parts'

/** The fields of a register that are shown and asked to be changed here: nothing personal, and the key stays. */
export function fieldsOf(register: Register): [string, Spec][] {
  const { properties } = register.needs as unknown as { properties: Record<string, Spec> }
  return Object.entries(properties).filter(([name, spec]) => name !== register.key && !spec['x-personal'] && fits(spec))
}

export const isNeeded = (register: Register, name: string): boolean => ((register.needs as { required?: string[] }).required ?? []).includes(name)

/** One value of a record in words. */
function said(spec: Spec, value: unknown, known: Known): Fact['values'] {
  const all = Array.isArray(value) ? (value as string[]) : [value as string]
  if (CHOSEN.has(spec['x-type'])) {
    const names = new Map(choicesOf(spec, known).map((one) => [one.code, one.name]))
    return all.map((one) => names.get(one) ?? one)
  }
  return all.map((one) => spec['x-titles']?.[one] ?? one)
}

/** What a record holds, in words; photos are seen at a desk. */
export function factsOf(register: Register, thing: Thing, known: Known): Fact[] {
  return fieldsOf(register).flatMap(([name, spec]) => {
    const value = thing.fields[name]
    if (spec['x-type'] === 'photo' || value === undefined || value === null || value === '') return []
    return [{ title: spec['x-title'] ?? { zh: name, en: name }, type: spec['x-type'], values: said(spec, value, known) }]
  })
}

/** What a field is called, or what else a change may touch. */
export function nameOf(register: Register, name: string): string {
  const { properties } = register.needs as unknown as { properties: Record<string, Spec> }
  return titled(properties[name]?.['x-title'], textOr(`field.${name}`, name))
}

/** What a field holds now, in one line; empty: nothing. */
export function nowOf(register: Register, thing: Thing, name: string, known: Known): string {
  const fact = factsOf({ ...register, key: '' }, { ...thing, fields: { [name]: thing.fields[name] } }, known)[0]
  return fact ? fact.values.map((one) => (typeof one === 'object' ? titled(one) : String(one))).join('、') : ''
}

/** Fields that shall be otherwise than the record holds them; null empties one. `typed`: what was touched. */
export function changed(register: Register, thing: Thing, typed: Values): Values {
  const found: Values = {}
  for (const [name, spec] of fieldsOf(register)) {
    if (spec['x-type'] === 'photo' || !(name in typed)) continue
    const [before, now] = [sentOf(spec, shownOf(spec, thing.fields[name])), sentOf(spec, typed[name])]
    if (JSON.stringify(before) !== JSON.stringify(now)) found[name] = now ?? null
  }
  return found
}

/** Photos that fields of a record hold already: more come behind them. */
export function photosOf(register: Register, thing: Thing): Record<string, string[]> {
  const all = fieldsOf(register).filter(([name, spec]) => spec['x-type'] === 'photo' && isMany(spec) && thing.fields[name])
  return Object.fromEntries(all.map(([name]) => [name, thing.fields[name] as string[]]))
}
