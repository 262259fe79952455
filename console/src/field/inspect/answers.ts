import type { Schemas } from '../../api/client'
import type { Spec } from '../forms/fields'
import type { Checklist } from '../store/parts'

export type Item = Schemas['ItemOut']
/** What was found of one item so far. */
export type Answer = { count: number; choice: string | null; applies: boolean; note: string }
/** An inspection while it is made; `thing` of a round, else what the person writes. */
export type Values = {
  checklist: string
  round: string | null
  thing: string | null
  called: string
  /** Of a record its key, of an area or unit its code, of a place its name. */
  key: string
  unit: string
  place: { lon: number; lat: number } | null
  answers: Record<string, Answer>
}

export const NOTHING: Answer = { count: 0, choice: null, applies: true, note: '' }
export const EMPTY: Values = { checklist: '', round: null, thing: null, called: '', key: '', unit: '', place: null, answers: {} }
export const fieldOf = (item: string): string => `finding:${item}`
const MOST = 10_000

export const answerOf = (values: Values, item: string): Answer => values.answers[item] ?? NOTHING

/** One more or one less; never below nothing. */
export const counted = (answer: Answer, by: 1 | -1): Answer => ({ ...answer, applies: true, count: Math.min(MOST, Math.max(0, answer.count + by)) })

export function hasFailed(item: Item, answer: Answer): boolean {
  if (!answer.applies) return false
  return item.choices.length ? (item.choices.find((one) => one.name === answer.choice)?.fails ?? false) : answer.count > 0
}

/** What is still to be given: names of items, `thing`, `unit`. `photos` says how many hang on an item. */
export function lacking(checklist: Checklist, values: Values, photos: (item: string) => number): string[] {
  const lacks: string[] = []
  const named = values.thing ?? values.key.trim()
  if (checklist.inspects === 'place' ? !values.place : !named) lacks.push('thing')
  if (!values.round && needsUnit(checklist) && !values.unit.trim()) lacks.push('unit')
  for (const item of checklist.items) {
    const answer = answerOf(values, item.name)
    if (!answer.applies) continue
    if (item.choices.length && !answer.choice) lacks.push(item.name)
    else if (item.photo && hasFailed(item, answer) && !photos(item.name)) lacks.push(item.name)
    else if (item.evidence && !answer.note.trim() && !photos(item.name)) lacks.push(item.name)
  }
  return lacks
}

/** Whether somebody must be named who puts right what fails: records and units tell that themselves. */
export const needsUnit = (checklist: Checklist): boolean => !!checklist.rectify_within && (checklist.inspects === 'place' || checklist.inspects === 'area')

/** What the thing is chosen from; null: a place, which is named. */
export function specOf(checklist: Checklist): Spec | null {
  if (checklist.inspects === 'place') return null
  return checklist.inspects === 'record' ? { 'x-type': 'ref', 'x-to': checklist.of ?? '' } : { 'x-type': checklist.inspects }
}

/** The body of `POST /api/inspections`, photos left out; items with nothing to say are left out as well. `id` makes it once. */
export function bodyOf(id: string, checklist: Checklist, values: Values, photos: (item: string) => number): Record<string, unknown> {
  const findings = checklist.items.flatMap((item): Record<string, unknown>[] => {
    const answer = answerOf(values, item.name)
    const note = answer.note.trim()
    if (!answer.applies) return [{ item: item.name, applies: false, ...(note ? { note } : {}) }]
    if (item.choices.length) return [{ item: item.name, choice: answer.choice, ...(note ? { note } : {}) }]
    return answer.count || note || photos(item.name) ? [{ item: item.name, count: answer.count, ...(note ? { note } : {}) }] : []
  })
  const key = values.key.trim()
  const thing = values.thing ? { thing: values.thing } : checklist.inspects === 'record' ? { key } : checklist.inspects === 'place' ? { called: key } : { thing: key }
  return {
    checklist: checklist.name, ...thing, findings, finish: true, external_id: `field-${id}`,
    ...(values.round ? { round: values.round } : {}), ...(values.unit.trim() ? { unit: values.unit.trim() } : {}),
    ...(values.place ? { place: { ...values.place, datum: 'wgs84' } } : {}),
  }
}
