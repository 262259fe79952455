import { newKey } from '../../api/client'
import type { Told } from '../photo/exif'
import type { Point } from '../place/geo'
import type { Here } from '../place/position'
import type { Category } from '../store/bundle'
import { type Draft, db } from '../store/db'

/** What a report holds while it is made. */
export type ReportValues = {
  text: string
  category: string | null
  words: string
  self_handled: boolean
  place: (Point & { by: 'live' | 'photo' | 'map'; accuracy_m: number | null }) | null
  /** Where and when a camera says that a photo was taken. */
  told: Told | null
}

export const EMPTY: ReportValues = { text: '', category: null, words: '', self_handled: false, place: null, told: null }

export async function beginReport(person: string, values: Partial<ReportValues> = {}): Promise<string> {
  const draft: Draft = { id: newKey(), person, kind: 'report', at: Date.now(), values: { ...EMPTY, ...values } }
  await db.drafts.put(draft)
  return draft.id
}

export const keepValues = (id: string, values: Record<string, unknown>): Promise<unknown> => db.drafts.update(id, { values, at: Date.now() })

/** A place that nobody has chosen otherwise: where the phone is, else where the photo says. */
export function placeFor(values: ReportValues, here: Here | null): ReportValues['place'] {
  if (values.place) return values.place
  if (here) return { lon: here.lon, lat: here.lat, by: 'live', accuracy_m: here.accuracy_m }
  return values.told?.position ? { ...values.told.position, by: 'photo', accuracy_m: null } : null
}

export type Missing = 'photos' | 'photos_after' | 'place' | 'what'

/** What is still to be given before it can be sent. */
export function missing(values: ReportValues, place: ReportValues['place'], counts: { before: number; after: number }): Missing[] {
  return ([
    !counts.before && 'photos',
    values.self_handled && !counts.after && 'photos_after',
    !place && 'place',
    !values.category && !values.text.trim() && 'what',
  ] as (Missing | false)[]).filter((one) => one !== false)
}

/** The body of `POST /api/reports`; without words of the person the category's name says what it is. */
export function bodyOf(id: string, values: ReportValues, place: Point, category: Category | undefined): Record<string, unknown> {
  return {
    source: 'collector',
    external_id: `field-${id}`,
    text: values.text.trim() || (category?.name.zh ?? ''),
    place: { lon: place.lon, lat: place.lat, datum: 'wgs84', ...(values.words.trim() ? { words: values.words.trim() } : {}) },
    ...(values.category ? { category: values.category } : {}),
    ...(values.self_handled ? { self_handled: true } : {}),
  }
}
