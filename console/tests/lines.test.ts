import { describe, expect, it, test } from 'vitest'
import { choicesOf, found } from '../src/field/forms/choices'
import { feasible, fieldsOf } from '../src/field/forms/fields'
import { bodyOf, formOf } from '../src/field/ledgers/ledger'
import { drain } from '../src/field/outbox/drain'
import type { Act, Photo } from '../src/field/outbox/model'
import { requestOf } from '../src/field/outbox/request'
import { whereOf } from '../src/field/outbox/where'
import { changed, factsOf, nowOf, photosOf } from '../src/field/records/thing'
import type { Task } from '../src/field/store/bundle'
import type { Draft } from '../src/field/store/db'
import type { Ledger, Register, Thing } from '../src/field/store/parts'
import { openAfter } from '../src/field/tasks/after'
import { FakeStore, problem } from './fakeServer'

const title = (zh: string) => ({ zh, en: zh })
const t = (key: string): string => key
const KNOWN = {
  names: { units: [{ code: 'san', name: title('环卫所') }], people: [{ code: 'p1', name: '李四', unit: 'san' }], areas: [{ code: '9901', name: '东街社区', kind: 'community' }], refs: { haulier: [['H1', '渣土运输公司']] as [string, string][] } },
  things: [{ id: 'r1', register: 'haulier', key: 'H2', called: '清运公司' } as Thing],
  categories: [],
}

describe('names to choose from', () => {
  it('are those of what a field refers to, those near with those listed', () => {
    expect(choicesOf({ 'x-type': 'unit' }, KNOWN)).toEqual([{ code: 'san', name: '环卫所', more: '' }])
    expect(choicesOf({ 'x-type': 'person' }, KNOWN)[0]).toMatchObject({ code: 'p1', name: '李四', more: '环卫所' })
    expect(choicesOf({ 'x-type': 'ref', 'x-to': 'haulier' }, KNOWN).map((one) => [one.code, one.name, one.more])).toEqual([['H2', '清运公司', 'H2'], ['H1', '渣土运输公司', 'H1']])
    expect(choicesOf({ type: 'array', 'x-type': 'ref', items: { 'x-to': 'nothing' } }, KNOWN)).toEqual([])
  })
  it('are found by name, initials and code', () => {
    const all = choicesOf({ 'x-type': 'ref', 'x-to': 'haulier' }, KNOWN)
    expect([found(all, '渣土')[0]!.code, found(all, 'ztys')[0]!.code, found(all, 'h2')[0]!.code, found(all, 'nobody').length]).toEqual(['H1', 'H1', 'H2', 0])
  })
})

test('a ledger that needs a unit, a person, an area or a thing is entered on the phone', () => {
  const ledger = {
    name: 'dogs', title: title('流水'), unit: 't', unit_also: ['kg'], of: 'haulier', balance: true,
    needs: { properties: { unit_: { 'x-type': 'unit' }, who: { 'x-type': 'person' }, where: { 'x-type': 'area' }, other: { 'x-type': 'ref', 'x-to': 'truck' }, shown: { 'x-type': 'photo' } }, required: ['unit_', 'who', 'where', 'other'] },
  } as unknown as Ledger
  const form = formOf(ledger, t as never)
  expect([feasible(form), fieldsOf(form).map(([name]) => name).sort()]).toEqual([true, ['note', 'other', 'quantity', 'thing', 'unit', 'unit_', 'where', 'who']])
  expect(bodyOf('d1', { quantity: '2', thing: 'H1', who: 'p1' }, '2026-03-02', { lon: 1, lat: 2 })).toEqual({ key: 'field-d1', quantity: '2', thing: 'H1', day: '2026-03-02', fields: { who: 'p1' }, place: { lon: 1, lat: 2, datum: 'wgs84' } })
})

const REGISTER = {
  name: 'toilet', title: title('公厕'), key: 'number', geometry: 'point', states: [{ name: 'open', title: title('开放'), moves: ['shut'] }],
  needs: { required: ['name'], properties: {
    number: { 'x-type': 'text' }, name: { 'x-type': 'text', 'x-title': title('名称') }, men: { 'x-type': 'integer', 'x-title': title('男厕位') }, upkeep: { 'x-type': 'unit', 'x-title': title('养护') },
    owner: { 'x-type': 'text', 'x-personal': true }, tags: { type: 'array', 'x-type': 'choice', items: { enum: ['a', 'b'] } }, shown: { type: 'array', 'x-type': 'photo' }, seen: { 'x-type': 'datetime' }, place: { 'x-type': 'place' },
  } },
} as unknown as Register
const THING = { id: 'r1', register: 'toilet', key: 'WC-1', called: '一号', state: 'open', version: 4, lon: 1, lat: 2, asked: 0, fields: { number: 'WC-1', name: '一号', men: 4, upkeep: 'san', tags: ['a'], shown: ['m0'], seen: 1_772_409_600 } } as Thing

describe('a change of a record', () => {
  it('holds what differs of what was touched, and nothing that others changed meanwhile', () => {
    expect(changed(REGISTER, THING, { men: '4', name: ' 一号 ', tags: ['a'], seen: '2026-03-02T08:00' })).toEqual({})
    expect(changed(REGISTER, THING, { men: '6', upkeep: '', tags: ['a', 'b'] })).toEqual({ men: 6, upkeep: null, tags: ['a', 'b'] })
  })
  it('shows what it holds by name, nothing personal', () => {
    expect(factsOf(REGISTER, THING, KNOWN).map((one) => [one.title.zh, one.values])).toEqual([['名称', ['一号']], ['男厕位', [4]], ['养护', ['环卫所']], ['tags', ['a']], ['seen', [1_772_409_600]]])
    expect([nowOf(REGISTER, THING, 'upkeep', KNOWN), nowOf(REGISTER, THING, 'nothing', KNOWN)]).toEqual(['环卫所', ''])
  })
  it('is sent with photos that show why, and those of fields behind the old ones', () => {
    const act = { kind: 'change', body: { fields: { men: 6 }, why: 'x', seen: 4, witness: { at: 'then' }, photos_of: photosOf(REGISTER, THING) }, done_at: 1000, seen: null } as unknown as Act
    const photo = (field: string, media: string): Photo => ({ field, order: 1, media }) as unknown as Photo
    expect(JSON.parse(JSON.stringify(requestOf(act, [photo('photos', 'm1'), photo('field:shown', 'm2')], 2000, 0)))).toEqual({
      fields: { men: 6, shown: ['m0', 'm2'] }, photos: ['m1'], why: 'x', seen: 4, at: '1970-01-01T00:00:01.000Z', witness: { at: 'then', sent_at: '1970-01-01T00:00:02.000Z' },
    })
  })
  it('is shown at once when what it touches was changed, not tried again', async () => {
    const store = new FakeStore()
    store.add('c', 0, { kind: 'change', subject: { kind: 'record', id: 'r1', number: 'WC-1' } })
    const current = { version: 6, state: 'open', since: 1, title: title('开放') }
    const answer = { ...problem(409, 'conflict') }
    await drain('p1', { store, server: { carryOut: async () => ({ ...answer, problem: { ...answer.problem!, current } }) }, now: () => 0, chance: () => 0.5, stopped: () => false })
    expect([store.acts[0]!.status, store.acts[0]!.current!.version]).toEqual(['parked', 6])
  })
})

test('something put right is sent with its fields beside the rest', () => {
  const act = { kind: 'action', body: { note: 'x', witness: { at: 'then' } }, done_at: 5000, seen: { version: 1, state: 'open', since: 2 } } as unknown as Act
  expect(requestOf(act, [{ field: 'photos', order: 1, media: 'm1' } as Photo], 9000, 0)).toMatchObject({ note: 'x', photos: ['m1'], at: '1970-01-01T00:00:05.000Z' })
})

describe('what may be done before it is sent', () => {
  const action = (name: string, n: number | null = null) => ({ action: name, n, title: title(name) })
  const task = { kind: 'proceeding', id: 't', actions: [action('receive'), action('report', 1)], next: { receive: [action('finish')], finish: [] } } as unknown as Task
  const act = (name: string, status = 'waiting', n?: number): Act => ({ path: `/api/proceedings/t/actions/${name}`, status, body: n ? { n } : {} }) as unknown as Act
  const names = (acts: Act[], of = task): string[] => openAfter(of, acts).map((one) => one.action)

  it('is one state ahead of what the server knows', () => {
    expect([names([]), names([act('receive')]), names([act('receive'), act('finish')])]).toEqual([['receive', 'report'], ['finish'], []])
    expect(names([act('report', 'waiting', 1)])).toEqual(['receive'])
  })
  it('is nothing of a case, nor behind what must be decided', () => {
    expect([names([act('receive', 'parked')]), names([act('receive')], { ...task, next: undefined } as unknown as Task)]).toEqual([[], []])
  })
})

test('what was begun is gone on with where it was begun', () => {
  const draft = (kind: Draft['kind'], values: object): Draft => ({ id: 'd', person: 'p', kind, at: 0, values: values as Record<string, unknown> })
  expect([
    whereOf(draft('report', {})), whereOf(draft('inspection', {})), whereOf(draft('entry', { $ledger: 'l' })), whereOf(draft('change', { $record: 'r' })),
    whereOf(draft('action', { about: 'case/c/finish/' })), whereOf(draft('action', { about: 'rectification/i.1/recheck/' })),
  ]).toEqual(['/field/report/d', '/field/inspect/d', '/field/ledgers/l', '/field/record/r/change', '/field/task/case/c/finish', '/field/task/rectification/i.1/recheck'])
})
