import { describe, expect, test } from 'vitest'
import { daysOf, isPeriod, usual } from '../src/office/compare/period'

describe('periods', () => {
  test('the month before March of a leap year ends on the 29th of February', () => {
    expect(usual('2028-03-31').last_month).toEqual(['2028-02-01', '2028-02-29'])
  })
  test('in January the month before lies in the year before', () => {
    const found = usual('2026-01-05')
    expect(found.last_month).toEqual(['2025-12-01', '2025-12-31'])
    expect([found.month, found.quarter, found.year].map(([first]) => first)).toEqual(['2026-01-01', '2026-01-01', '2026-01-01'])
  })
  test('what still runs ends with the day', () => {
    const found = usual('2026-11-23')
    expect([found.month, found.quarter, found.year]).toEqual([['2026-11-01', '2026-11-23'], ['2026-10-01', '2026-11-23'], ['2026-01-01', '2026-11-23']])
  })
  test('a period is two days in order', () => {
    expect(isPeriod('2026-02-28', '2026-02-28')).toBe(true)
    for (const [first, last] of [['2026-03-02', '2026-03-01'], ['2026-02-29', '2026-03-01'], ['', '2026-03-01'], ['2026-3-1', '2026-03-02'], ['2026-03-01', 'x']] as const) expect(isPeriod(first, last)).toBe(false)
  })
  test('both of its days are within it', () => {
    expect([daysOf(['2026-11-23', '2026-11-23']), daysOf(['2028-02-01', '2028-02-29'])]).toEqual([1, 29])
  })
})
