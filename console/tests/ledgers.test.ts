import { describe, expect, it } from 'vitest'
import { amount, share } from '../src/office/ledgers/amount'
import { formOf, parted } from '../src/office/ledgers/form'

const LEDGER = {
  name: 'store', unit: 't', unit_also: ['kg', 't'], of: 'truck', balance: true, store: ['yard'],
  needs: { properties: { yard: { type: 'string', 'x-type': 'text' }, trips: { type: 'integer', 'x-type': 'integer' } }, required: ['yard'] },
} as never
const t = (key: string) => key

describe('quantities', () => {
  it.each([['1234567.5', '1,234,567.5'], ['-380', '−380'], ['0', '0'], ['12345678901234567890.123456', '12,345,678,901,234,567,890.123456'], ['x', 'x']])('%s is shown as %s', (given, shown) => {
    expect(amount(given)).toBe(shown)
  })
  it('are drawn from nothing to the greatest', () => {
    expect([share('5', 10), share('-5', 10), share('5', 0), share('20', 10)]).toEqual([50, 0, 0, 100])
  })
})

describe('the form of an entry', () => {
  it('has what every entry has around what the ledger declares', () => {
    const form = formOf(LEDGER, t as never)
    expect(Object.keys(form.properties)).toEqual(['day', 'quantity', 'unit', 'thing', 'yard', 'trips', 'of_unit', 'place', 'photos', 'note'])
    expect(form.required).toEqual(['quantity', 'thing', 'yard'])
  })
  it('of a stocktake asks for what names the store', () => {
    const form = formOf(LEDGER, t as never, true)
    expect(Object.keys(form.properties)).toEqual(['day', 'counted', 'unit', 'thing', 'yard', 'photos', 'note'])
  })
  it('is sent with declared fields apart, and no half of a point', () => {
    expect(parted({ quantity: '3', yard: 'a', place: { lon: 105 } })).toEqual({ quantity: '3', fields: { yard: 'a' } })
    expect(parted({ quantity: '3', place: { lon: 105, lat: 29 } })).toEqual({ quantity: '3', fields: {}, place: { lon: 105, lat: 29, datum: 'wgs84' } })
  })
})
