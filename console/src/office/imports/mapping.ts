import type { Schemas } from '../../api/client'

/** Which column is which field, as the wizard holds it. */
export type Choice = {
  /** Field → title of its column. */
  columns: Record<string, string>
  /** Where no column tells it: who sent all of them. */
  source: string
  /** Words of the column of sources → our sources. */
  words: Record<string, string>
  datum: string
  sheet: string
}
type Peek = Schemas['PeekOut']
const OTHERS = '*'
/** Fields that hold coordinates: of reports, then of records and entries. */
const PLACES = ['place.lon', 'place.lat', 'place.point', 'lon', 'lat', 'shape']
const PAIRS = [['place.lon', 'place.lat'], ['lon', 'lat']] as const

export const isPlaced = (choice: Choice): boolean => PLACES.some((field) => choice.columns[field])

/** What to begin with: the kept mapping that fits, else what the names of columns say. */
export function beginWith(seen: Peek): Choice {
  const kept = seen.kept ? choiceOf(seen.kept.mapping) : null
  return kept ? { ...kept, sheet: seen.sheet } : { columns: { ...seen.guess }, source: seen.values['source'] ? 'hotline_12345' : '', words: {}, datum: '', sheet: seen.sheet }
}

/** The mapping as the server reads it (docs/how-to/import-reports.md, docs/how-to/registers.md). */
export function mappingOf(choice: Choice, sheets: string[]): Record<string, unknown> {
  const { columns, source, words, datum, sheet } = choice
  const chosen = Object.fromEntries(Object.entries(columns).filter(([, title]) => title))
  const given = Object.entries(words).filter(([, value]) => value)
  return {
    ...(sheets.length > 1 ? { sheet } : {}),
    columns: chosen,
    ...(source ? { constants: { source } } : {}),
    ...(chosen['source'] ? { values: { source: { ...Object.fromEntries(given), ...(source ? { [OTHERS]: source } : {}) } } } : {}),
    ...(isPlaced(choice) ? { coordinates: { datum } } : {}),
  }
}

/** A mapping that the wizard can show; null where it says more than that. */
export function choiceOf(mapping: Record<string, unknown>): Choice | null {
  const { columns, constants, values, coordinates, sheet, ...more } = mapping as { columns?: Record<string, unknown>; constants?: Record<string, unknown>; values?: { source?: Record<string, string> }; coordinates?: { datum?: string }; sheet?: string }
  const plain = Object.values(columns ?? {}).every((title) => typeof title === 'string')
  if (Object.keys(more).length || !plain) return null
  const { [OTHERS]: others, ...words } = values?.source ?? {}
  return { columns: { ...(columns as Record<string, string>) }, source: String(constants?.['source'] ?? others ?? ''), words, datum: coordinates?.datum ?? '', sheet: sheet ?? '' }
}

/** What must still be said before the file can be tried: fields, or `source` and `datum`. */
export function lacking(choice: Choice, seen: Peek): string[] {
  const has = (field: string) => !!choice.columns[field]
  return [
    ...seen.fields.filter((field) => field.needed && !has(field.name)).map((field) => field.name),
    ...(!seen.values['source'] || has('source') || choice.source ? [] : ['source']),
    ...(isPlaced(choice) && !choice.datum ? ['datum'] : []),
    ...PAIRS.filter(([lon, lat]) => has(lon) !== has(lat)).map(([lon, lat]) => (has(lon) ? lat : lon)),
  ]
}

/** The page of what a table was brought into. */
export const pageOf = (target: string): string => {
  const [kind, name = ''] = target.split(':')
  return kind === 'register' ? `/registers/${name}` : kind === 'ledger' ? `/ledgers/${name}` : '/lists?kind=report'
}
