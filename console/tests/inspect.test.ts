import { describe, expect, it } from 'vitest'
import { EMPTY, NOTHING, bodyOf, counted, hasFailed, lacking, specOf } from '../src/field/inspect/answers'
import type { Checklist } from '../src/field/store/parts'
import { requestOf } from '../src/field/outbox/request'
import type { Act, Photo } from '../src/field/outbox/model'

const title = { zh: '项', en: 'item' }
const item = { title, score: '10', deduct: '2', most: null, choices: [], photo: false, photo_after: false, evidence: false, may_not_apply: false, rectify: true }
const checklist = {
  name: 'toilet_check', title, pack: 'x', inspects: 'record', of: 'toilet', base: '0', scale: '100', bands: [], red: null, black: null, rectify_within: '1 work_day', points_back: 0,
  parties: [], own: false, counts: {},
  items: [
    { ...item, name: 'floor', photo: true }, { ...item, name: 'flies' }, { ...item, name: 'paper', may_not_apply: true },
    { ...item, name: 'smell', choices: [{ name: 'none', title, score: '10', fails: false }, { name: 'strong', title, score: '0', fails: true }] },
  ],
} as unknown as Checklist
const values = { ...EMPTY, checklist: 'toilet_check', key: ' WC-1 ' }
const none = () => 0

describe('an inspection on a phone', () => {
  it('counts up and never below nothing', () => {
    expect(counted(counted(NOTHING, 1), 1).count).toBe(2)
    expect(counted(NOTHING, -1).count).toBe(0)
  })
  it('says what is still to be given', () => {
    expect(lacking(checklist, { ...values, key: '' }, none)).toEqual(['thing', 'smell'])
    const floor = { ...values, answers: { floor: { ...NOTHING, count: 1 }, smell: { ...NOTHING, choice: 'none' } } }
    expect(lacking(checklist, floor, none)).toEqual(['floor'])
    expect(lacking(checklist, floor, () => 1)).toEqual([])
    expect(lacking({ ...checklist, inspects: 'place' }, { ...floor, key: 'x' }, () => 1)).toEqual(['thing', 'unit'])
  })
  it('chooses its thing by name, but for a place', () => {
    expect([specOf(checklist), specOf({ ...checklist, inspects: 'area' }), specOf({ ...checklist, inspects: 'place' })]).toEqual([{ 'x-type': 'ref', 'x-to': 'toilet' }, { 'x-type': 'area' }, null])
  })
  it('knows what has failed', () => {
    expect(hasFailed(checklist.items[1]!, { ...NOTHING, count: 1 })).toBe(true)
    expect(hasFailed(checklist.items[3]!, { ...NOTHING, choice: 'none' })).toBe(false)
    expect(hasFailed(checklist.items[3]!, { ...NOTHING, choice: 'strong' })).toBe(true)
    expect(hasFailed(checklist.items[2]!, { ...NOTHING, count: 1, applies: false })).toBe(false)
  })
  it('sends only what there is to say, photos with their items', () => {
    const made = { ...values, answers: { floor: { ...NOTHING, count: 2, note: ' wet ' }, paper: { ...NOTHING, applies: false }, smell: { ...NOTHING, choice: 'none' } } }
    const body = bodyOf('d1', checklist, made, none)
    expect(body).toEqual({ checklist: 'toilet_check', key: 'WC-1', finish: true, external_id: 'field-d1', findings: [{ item: 'floor', count: 2, note: 'wet' }, { item: 'paper', applies: false }, { item: 'smell', choice: 'none' }] })
    const act = { kind: 'inspection', body, done_at: 1000, seen: null } as unknown as Act
    const photo = { field: 'finding:floor', order: 1, media: 'm1' } as unknown as Photo
    const sent = requestOf(act, [photo], 2000, 0)
    expect(sent['at']).toBe('1970-01-01T00:00:01.000Z')
    expect(sent['findings']).toEqual([{ item: 'floor', count: 2, note: 'wet', photos: ['m1'] }, { item: 'paper', applies: false, photos: [] }, { item: 'smell', choice: 'none', photos: [] }])
  })
})
