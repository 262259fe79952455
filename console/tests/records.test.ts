import dayjs from 'dayjs'
import { describe, expect, test } from 'vitest'
import type { FormSchema } from '../src/office/forms/schema'
import { begun, changed, parted, placed } from '../src/office/records/form'

const schema = {
  properties: {
    name: { 'x-type': 'text' }, size: { 'x-type': 'decimal' }, until: { 'x-type': 'date' }, net: { 'x-type': 'boolean' },
    tags: { type: 'array', 'x-type': 'text' }, place: { 'x-type': 'place' },
  },
  required: ['name'],
} as unknown as FormSchema
const stands = { name: 'A', size: '12.5', until: '2026-03-01', net: false, tags: ['x'] }

describe('the form of a record', () => {
  test('what was opened and sent back as it is changes nothing', () => {
    expect(changed(schema, stands, begun(schema, stands))).toEqual({})
  })
  test('only what differs is sent, null for what was emptied', () => {
    const given = { ...begun(schema, stands), size: 13, until: dayjs('2027-01-02'), net: undefined, tags: [] }
    expect(changed(schema, stands, given)).toEqual({ size: '13', until: '2027-01-02', net: null, tags: null })
  })
  test('no list and an empty list are the same', () => {
    expect(changed(schema, { ...stands, tags: [] }, { ...begun(schema, stands), tags: undefined })).toEqual({})
  })
  test('a place goes apart, and only whole', () => {
    expect(parted({ name: 'A', place: { lon: 105.3, lat: 29.1 } })).toEqual({ fields: { name: 'A' }, place: { lon: 105.3, lat: 29.1, datum: 'wgs84' } })
    expect(parted({ name: 'A', place: { lon: 105.3 } })).toEqual({ fields: { name: 'A' } })
  })
  test('a place that stayed is none that was moved', () => {
    expect([placed({ lon: 1, lat: 2 }, { lon: 1, lat: 2 }), placed(null, { lon: 1, lat: 2 }), placed({ lon: 1, lat: 2 }, { lon: 1, lat: 3 }), placed({ lon: 1, lat: 2 }, undefined)]).toEqual([false, true, true, false])
  })
})
