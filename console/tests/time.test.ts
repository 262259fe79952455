import { beforeAll, describe, expect, it } from 'vitest'
import { beginStrings, filled, setLanguage } from '../src/common/language'
import { count, day, duration, moment, rate, serverNow, setServerTime, setZone, size, today } from '../src/common/time'

const catalogues = import.meta.glob<Record<string, string>>('../src/strings/*/*.json', { import: 'default' })

beforeAll(async () => {
  await beginStrings((path) => catalogues[`../src/strings/${path}.json`]!(), ['common'])
  await setLanguage('zh')
})

describe('the server\'s time', () => {
  it('goes before the browser\'s clock', () => {
    setServerTime(new Date(Date.now() - 3 * 86_400_000).toISOString())
    expect(today()).toBe(day(Date.now() - 3 * 86_400_000))
    setServerTime(new Date(Date.now() + 500).toISOString())
    expect(Math.abs(serverNow() - Date.now())).toBeLessThan(50)
  })
})

describe('moments', () => {
  it('are told on the bureau’s clock', () => {
    expect(moment('2026-11-22T06:05:09Z')).toBe('2026-11-22 14:05')
    expect(moment('2026-11-22T06:05:09Z', true)).toBe('2026-11-22 14:05:09')
    expect(moment('2026-12-31T16:00:00Z')).toBe('2027-01-01 00:00')
    setZone('Europe/Berlin')
    expect(moment('2026-11-22T06:05:09Z')).toBe('2026-11-22 07:05')
    setZone('Asia/Shanghai')
  })

  it('that are not there are a dash', () => expect(moment(null)).toBe('—'))
})

describe('durations', () => {
  it.each([[8100, '2小时15分'], [59, '59秒'], [60, '1分'], [90_000, '1天1小时'], [86_400, '1天'], [-3600, '1小时']])('%d s is %s', (seconds, told) =>
    expect(duration(seconds)).toBe(told))

  it('are told in English too', async () => {
    await setLanguage('en')
    expect(duration(8100)).toBe('2 h 15 min')
    await setLanguage('zh')
  })
})

describe('figures', () => {
  it('have thousands apart', () => expect(count(1234567)).toBe('1,234,567'))
  it('of a rate come with their parts', () => expect(rate(7801, 10_596)).toEqual({ shown: '73.62%', parts: '7,801/10,596' }))
  it('of nothing are no rate', () => expect(rate(0, 0).shown).toBe('—'))
  it('of bytes are short', () => expect(size(1_400_000)).toBe('1.4 MB'))
})

describe('texts', () => {
  it.each([[1, '1 case'], [2, '2 cases'], [0, '0 cases']])('choose by number: %d', (n, told) => expect(filled('{n} case|{n} cases', { n })).toBe(told))
  it('leave blanks that have no value', () => expect(filled('{a} {b}', { a: 1 })).toBe('1 {b}'))
})
