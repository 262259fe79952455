/** A period of whole days, both within it: `['2026-03-01', '2026-03-31']`. */
export type Period = [first: string, last: string]

const DAY_MS = 86_400_000
const whole = (year: number, month: number, day: number) => new Date(Date.UTC(year, month, day)).toISOString().slice(0, 10)

/** The periods that are asked for most, as of a day. A month, quarter or year that runs ends with that day. */
export function usual(today: string): Record<'month' | 'last_month' | 'quarter' | 'year', Period> {
  const [year, month] = [Number(today.slice(0, 4)), Number(today.slice(5, 7)) - 1]
  return {
    month: [whole(year, month, 1), today],
    last_month: [whole(year, month - 1, 1), whole(year, month, 0)],
    quarter: [whole(year, month - (month % 3), 1), today],
    year: [whole(year, 0, 1), today],
  }
}

/** Whether two texts are days in order. */
export const isPeriod = (first: string, last: string): boolean =>
  [first, last].every((one) => /^\d{4}-\d{2}-\d{2}$/.test(one) && !Number.isNaN(Date.parse(one)) && new Date(Date.parse(one)).toISOString().startsWith(one)) && first <= last

/** How many days a period has. */
export const daysOf = ([first, last]: Period): number => (Date.parse(last) - Date.parse(first)) / DAY_MS + 1
