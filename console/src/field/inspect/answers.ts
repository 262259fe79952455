import type { Schemas } from '../../api/client'

export type Checklist = Schemas['ChecklistOut']
export type Item = Schemas['ItemOut']
/** What was found of one item so far. */
export type Answer = { count: number; choice: string | null; applies: boolean; note: string }
/** An inspection while it is made; `thing` of a round, else what the person writes. */
export type Values = {
  checklist: string
  round: string | null
  thing: string | null
  called: string
  /** Of a record what stands on its label, of an area or unit its code, of a place its name. */
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

/** The body of `POST /api/inspections`, photos left out; items with nothing to say are left out as well. */
export function bodyOf(checklist: Checklist, values: Values, photos: (item: string) => number): Record<string, unknown> {
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
    checklist: checklist.name, ...thing, findings, finish: true,
    ...(values.round ? { round: values.round } : {}), ...(values.unit.trim() ? { unit: values.unit.trim() } : {}),
    ...(values.place ? { place: { ...values.place, datum: 'wgs84' } } : {}),
  }
}

/** What the form held that a request was made of: it is changed and sent again. */
export function valuesOf(body: Record<string, unknown>): Values {
  const findings = (body['findings'] ?? []) as (Partial<Answer> & { item: string })[]
  const text = (name: string): string => String(body[name] ?? '')
  const round = body['round'] ? text('round') : null
  return {
    ...EMPTY, checklist: text('checklist'), round, thing: round ? text('thing') : null, called: round ? text('thing') : '',
    key: text('key') || text('called') || (round ? '' : text('thing')), unit: text('unit'), place: (body['place'] as Values['place']) ?? null,
    answers: Object.fromEntries(findings.map(({ item, ...one }) => [item, { ...NOTHING, ...one }])),
  }
}
