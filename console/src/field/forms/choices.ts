import { textOr, titled } from '../../common/language'
import { type Searched, fits, searched } from '../../common/pinyin'
import type { Category } from '../store/bundle'
import type { Parts, Thing } from '../store/parts'
import { type Spec, registerOf } from './fields'

/** Something to be chosen: its code goes out, its name is read; `more` tells those of one name apart. */
export type Choice = { code: string; name: string; more: string }
/** What the phone carries of names. */
export type Known = { names: Parts['names'] | null; things: Thing[]; categories: Category[] }

/** All that a field can be chosen from here, without a network. */
export function choicesOf(spec: Spec, { names, things, categories }: Known): Choice[] {
  switch (spec['x-type']) {
    case 'unit': return (names?.units ?? []).map((one) => ({ code: one.code, name: titled(one.name, one.code), more: '' }))
    case 'person': {
      const units = new Map(names?.units.map((one) => [one.code, titled(one.name)]))
      return (names?.people ?? []).map((one) => ({ code: one.code, name: one.name || one.code, more: units.get(one.unit) ?? '' }))
    }
    case 'area': return (names?.areas ?? []).map((one) => ({ code: one.code, name: one.name || one.code, more: textOr(`field.area_${one.kind}`, '') }))
    case 'category': return categories.map((one) => ({ code: one.key, name: titled(one.name), more: titled(one.class) }))
    default: return ofRegister(registerOf(spec), names, things)
  }
}

/** Records of a register: those carried as a list, and those that are near or were looked at. */
function ofRegister(register: string, names: Known['names'], things: Thing[]): Choice[] {
  const listed = (names?.refs[register] ?? []).map(([code, name]): [string, string] => [code, name])
  const near = things.filter((one) => one.register === register).map((one): [string, string] => [one.key, one.called])
  return [...new Map([...near, ...listed])].map(([code, called]) => ({ code, name: called, more: called === code ? '' : code }))
}

const indexed = new WeakMap<Choice, Searched>()

/** Those that fit what was typed, of name, initials or code; the best first, those of no typing in their order. */
export function found(all: readonly Choice[], typed: string, most = 60): Choice[] {
  if (!typed.trim()) return all.slice(0, most)
  const ranked = all.map((one): [number | null, Choice] => {
    const index = indexed.get(one) ?? searched(one.name, one.more, one.code)
    indexed.set(one, index)
    return [fits(index, typed), one]
  })
  return ranked.filter((one): one is [number, Choice] => one[0] !== null).sort(([a], [b]) => a - b).slice(0, most).map(([, one]) => one)
}
