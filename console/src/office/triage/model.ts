import type { Schemas } from '../../api/client'
import type { Title } from '../../common/language'
import type { FieldSchema, FormSchema } from '../forms/schema'

export type Task = Schemas['TaskOut']
export type Action = Schemas['ActionOut']
export type Report = Schemas['SubjectOut']
export type Suggestion = Schemas['SuggestionOut']
export type Duplicate = Schemas['DuplicateOut']

/** What came of one report in this sitting; nothing personal, so that the tab may keep it. */
export type Decision = {
  id: string
  number: string
  /** What was done, as the button says it. */
  what: Title
  /** Category, case joined, place it went to. */
  about: string
  case?: string
  at: number
  seconds: number
  /** `half`: accepted, but filing it failed; `gone`: somebody else was quicker. */
  came: 'done' | 'filed' | 'half' | 'gone'
}

const fieldsOf = (action: Action): [string, FieldSchema][] => Object.entries((action.needs as unknown as FormSchema).properties)

/** The field of an action that the server marks with a type or a suggestion; no procedure is known by heart. */
export function fieldOf(action: Action | undefined, mark: { type?: string; suggest?: string }): string | undefined {
  return action && fieldsOf(action).find(([, field]) => (mark.type ? field['x-type'] === mark.type : field['x-suggest'] === mark.suggest))?.[0]
}

/** What may be done with a report, sorted by what the screen does with it. */
export function sorted(actions: Action[]) {
  const accept = actions.find((one) => fieldOf(one, { suggest: 'category' }))
  const join = actions.find((one) => fieldOf(one, { suggest: 'case.duplicates' }))
  const place = actions.find((one) => fieldOf(one, { type: 'place' }))
  return { accept, join, place, others: actions.filter((one) => one !== accept && one !== join && one !== place) }
}

/** Keys of the other actions, in their order. */
export const OTHER_KEYS = ['q', 'w', 'e', 'r', 't', 'y'] as const

/** The action of a case that files it, as the words of the list tell it; who may take it at all. */
export function filer(words: Schemas['ListOut'] | undefined): Schemas['ActionWordOut'] | undefined {
  return words?.actions.find((one) => one.types.includes('filing_condition'))
}

/** Mean seconds of what was decided, with one decimal; null as long as nothing was. */
export function mean(decisions: Decision[]): number | null {
  const timed = decisions.filter((one) => one.came !== 'gone')
  return timed.length ? Math.round((timed.reduce((sum, one) => sum + one.seconds, 0) / timed.length) * 10) / 10 : null
}

/** How sure in whole percent. */
export const percent = (sure: number): string => `${Math.round(sure * 100)}%`
