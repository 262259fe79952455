import { describe, expect, it } from 'vitest'
import { keysOf } from '../src/common/live'
import { nameOf } from '../src/common/keyboard'
import { type FormSchema, sent } from '../src/office/forms/schema'
import { fitting, fromAddress, isEmpty, toAddress } from '../src/office/lists/filter'

describe('a filter', () => {
  it('comes back from its address', () => {
    const filter = { state: ['filed', 'accepted'], late: true, tag: ['a b'], opened_from: '2026-11-01T00:00:00.000Z' }
    expect(fromAddress(toAddress(filter))).toEqual(filter)
  })
  it('leaves out what rows of the other kind have', () => expect(fitting('report', { unit: ['roads'], state: ['x'] })).toEqual({ state: ['x'] }))
  it('of nothing is empty', () => expect(isEmpty(fromAddress(new URLSearchParams('kind=report')))).toBe(true))
})

describe('what is sent of a form', () => {
  const schema: FormSchema = {
    required: [],
    properties: { unit: { 'x-type': 'unit' }, sum: { 'x-type': 'money' }, limit: { 'x-type': 'limit' }, photos: { type: 'array', 'x-type': 'photo' }, ok: { 'x-type': 'boolean' } },
  }
  it('leaves out what is empty, and keeps no', () =>
    expect(sent(schema, { unit: '', sum: 3, limit: { amount: '2' }, photos: [], ok: false })).toEqual({ sum: '3', ok: false }))
  it('tells limits as texts', () =>
    expect(sent(schema, { limit: { amount: 2, kind: 'work_hour' } })).toEqual({ limit: { amount: '2', kind: 'work_hour' } }))
})

describe('a message of the live stream', () => {
  it('makes the inbox and its subject old', () => expect(keysOf('task', { kind: 'case', id: '1' })).toEqual([['inbox'], ['case', '1']]))
  it('makes a subject and its lists old', () => expect(keysOf('changed', { kind: 'report', id: '1' })).toEqual([['report', '1'], ['reports']]))
})

describe('a key', () => {
  it('has one name whatever the case', () => expect(nameOf({ key: 'J', ctrlKey: false, metaKey: false, altKey: false })).toBe('j'))
  it('with control says so', () => expect(nameOf({ key: 'Enter', ctrlKey: true, metaKey: false, altKey: false })).toBe('ctrl+Enter'))
})
