import type { Schemas } from '../../api/client'
import { day, zoneMidnight } from '../../common/time'
import { type Filter, toAddress } from '../lists/filter'

export type Window = 'all' | '1' | '7' | '30'
export const WINDOWS: Window[] = ['1', '7', '30', 'all']
/** How far back the slider goes. */
export const DAYS = 90
const DAY_MS = 86_400_000

/** Days on the slider: the last `DAYS`, today the last, on the bureau's calendar. */
export function daysUntil(now: Date): string[] {
  const today = zoneMidnight(day(now)).getTime()
  return Array.from({ length: DAYS }, (_, n) => day(today - (DAYS - 1 - n) * DAY_MS + DAY_MS / 2))
}

/** The part of a filter that a day of the slider and the length before it mean. */
export function periodOf(last: string, window: Window): Pick<Filter, 'opened_from' | 'opened_to'> {
  if (window === 'all') return {}
  const end = zoneMidnight(day(zoneMidnight(last).getTime() + DAY_MS * 1.5))
  const from = zoneMidnight(day(end.getTime() - Number(window) * DAY_MS + DAY_MS / 2))
  return { opened_from: from.toISOString(), opened_to: end.toISOString() }
}

/** Only what the map's tiles can be narrowed down to; the rest of a list's filter is left out. */
export function mapFilter(filter: Filter): Filter {
  const { state, category, unit, source, area, opened_from, opened_to, open } = filter
  const all: Record<string, unknown> = { state, category, unit, source, area, opened_from, opened_to, open }
  return Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined && !(Array.isArray(value) && !value.length)))
}

export const queryOf = (filter: Filter): string => toAddress(mapFilter(filter)).toString()

/** What is asked of the server about an outline: its ring closed, and the filter of the map. */
export function drawnForm(corners: [number, number][], filter: Filter): Schemas['DrawnForm'] {
  const { area, ...rest } = mapFilter(filter)
  const ring = [...corners, corners[0]!].map(([lon, lat]) => [round(lon), round(lat)])
  return { ...rest, ...(area ? { area_code: area } : {}), area: { type: 'Polygon', coordinates: [ring] }, datum: 'wgs84' } as Schemas['DrawnForm']
}

/** Six digits of a degree, a tenth of a metre: what is counted and what is listed are the same. */
const round = (degrees: number): number => Math.round(degrees * 1e6) / 1e6

/** Whether lines of a closed outline cross each other: such an area has no inside. */
export function crosses(corners: [number, number][]): boolean {
  const lines = corners.map((from, n) => [from, corners[(n + 1) % corners.length]!] as const)
  return lines.some((one, a) => lines.some((two, b) => b > a + 1 && !(a === 0 && b === lines.length - 1) && meet(one[0], one[1], two[0], two[1])))
}

type P = [number, number]
const side = (a: P, b: P, c: P): number => Math.sign((b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0]))
const meet = (a: P, b: P, c: P, d: P): boolean => side(a, b, c) !== side(a, b, d) && side(c, d, a) !== side(c, d, b)
