import { describe, expect, test } from 'vitest'
import { exifOf } from '../src/field/photo/exif'
import { fromGcj02 } from '../src/field/place/datum'
import { boxOf, direction, distance, metres, Plane, within } from '../src/field/place/geo'
import { pieces } from '../src/field/patrol/pieces'
import { searched, usual } from '../src/field/report/Categories'
import { EMPTY, bodyOf, missing, placeFor } from '../src/field/report/draft'
import type { Category, Task } from '../src/field/store/bundle'
import { type Action, byWeight, feasible, fieldsOf, given, lacking, photosNeeded } from '../src/field/forms/fields'
import { lightOf, ordered } from '../src/field/tasks/order'

const square = { type: 'Polygon' as const, coordinates: [[[105, 29], [105.01, 29], [105.01, 29.01], [105, 29.01], [105, 29]]] }

describe('places', () => {
  test('metres and directions', () => {
    const here = { lon: 105, lat: 29 }
    expect(metres(here, { lon: 105, lat: 29.01 })).toBeCloseTo(1113, 0)
    expect(metres(here, { lon: 105.01, lat: 29 })).toBeCloseTo(974, 0)
    expect([[0, 1], [1, 1], [1, 0], [1, -1], [0, -1], [-1, -1], [-1, 0], [-1, 1]].map(([x, y]) => direction(here, { lon: 105 + x! * 0.00114, lat: 29 + y! * 0.001 }))).toEqual([0, 1, 2, 3, 4, 5, 6, 7])
    expect([3, 347, 996, 1234, 15_600].map(distance)).toEqual(['10 m', '350 m', '1.0 km', '1.2 km', '16 km'])
  })

  test('within a grid, and on the map and back', () => {
    expect([within(square, { lon: 105.005, lat: 29.005 }), within(square, { lon: 105.011, lat: 29.005 })]).toEqual([true, false])
    const plane = new Plane(boxOf([square])!)
    const [x, y] = plane.to({ lon: 105.002, lat: 29.003 })
    expect(plane.from(x, y)).toEqual({ lon: expect.closeTo(105.002, 9), lat: expect.closeTo(29.003, 9) })
    expect(boxOf([])).toBeNull()
  })

  test('GCJ-02 as the server undoes it', () => {
    const found = fromGcj02({ lon: 105.302_548_9, lat: 29.097_614_7 })
    expect(found).toEqual({ lon: expect.closeTo(105.299_198_32, 7), lat: expect.closeTo(29.100_580_76, 7) })
  })

  test('a track is parted where nothing is known', () => {
    const fix = (at: number, lon: number, more: object = {}) => ({ at: at * 1000, lon, lat: 29, accuracy_m: 8, mock: false, ...more })
    const made = pieces([fix(0, 105), fix(15, 105.0001), fix(30, 105.3, { mock: true }), fix(45, 105.0002, { accuracy_m: 500 }), fix(400, 105.0003), fix(415, 105.2)])
    expect(made.map((piece) => piece.length)).toEqual([2, 1, 1])
  })
})

/** A JPEG's beginning with the tags of a camera; values as (numerator, denominator). */
function camera(lat: [number, number][], latSide: string, lon: [number, number][], lonSide: string, datum = ''): ArrayBuffer {
  const tiff = new DataView(new ArrayBuffer(400))
  const text = (at: number, word: string) => [...word].forEach((one, index) => tiff.setUint8(at + index, one.charCodeAt(0)))
  const entry = (at: number, tag: number, type: number, count: number, value: number) => { tiff.setUint16(at, tag); tiff.setUint16(at + 2, type); tiff.setUint32(at + 4, count); tiff.setUint32(at + 8, value) }
  text(0, 'MM')
  tiff.setUint16(2, 42)
  tiff.setUint32(4, 8)
  tiff.setUint16(8, 2)
  entry(10, 0x8769, 4, 1, 40)
  entry(22, 0x8825, 4, 1, 80)
  tiff.setUint16(40, 1)
  entry(42, 0x9003, 2, 20, 200)
  text(200, '2026:03:02 09:30:00')
  tiff.setUint16(80, 5)
  entry(82, 1, 2, 2, latSide.charCodeAt(0) << 24)
  entry(94, 2, 5, 3, 240)
  entry(106, 3, 2, 2, lonSide.charCodeAt(0) << 24)
  entry(118, 4, 5, 3, 264)
  entry(130, 18, 2, datum.length + 1, 300)
  text(300, datum)
  ;[...lat, ...lon].forEach(([top, under], at) => { tiff.setUint32(240 + at * 8, top); tiff.setUint32(244 + at * 8, under) })
  const out = new Uint8Array(12 + 400)
  out.set([0xff, 0xd8, 0xff, 0xe1, (400 + 8) >> 8, (400 + 8) & 255, 0x45, 0x78, 0x69, 0x66, 0, 0])
  out.set(new Uint8Array(tiff.buffer), 12)
  return out.buffer
}

describe('what a camera tells', () => {
  const [lat, lon] = [[[29, 1], [6, 1], [162_000, 10_000]], [[105, 1], [18, 1], [443_000, 10_000]]] as [[number, number][], [number, number][]]

  test('place and time', () => {
    const told = exifOf(camera(lat, 'N', lon, 'E'))
    expect([told.position!.lat, told.position!.lon, told.taken_at, told.shifted]).toEqual([expect.closeTo(29.1045, 6), expect.closeTo(105.312305, 5), '2026-03-02 09:30', false])
    expect(exifOf(camera(lat, 'S', lon, 'W')).position).toEqual({ lat: expect.closeTo(-29.1045, 6), lon: expect.closeTo(-105.312305, 5) })
  })

  test('a shifted datum is undone', () => {
    const [plain, told] = [exifOf(camera(lat, 'N', lon, 'E')), exifOf(camera(lat, 'N', lon, 'E', 'GCJ-02'))]
    expect(told.shifted).toBe(true)
    expect(metres(plain.position!, told.position!)).toBeGreaterThan(100)
  })

  test.each([
    ['zeros stand for no fix', camera([[0, 1], [0, 1], [0, 1]], 'N', [[0, 1], [0, 1], [0, 1]], 'E')],
    ['no half of the earth', camera(lat, '\0', lon, '\0')],
    ['no denominators', camera([[29, 0], [6, 0], [0, 0]], 'N', lon, 'E')],
    ['cut off', camera(lat, 'N', lon, 'E').slice(0, 60)],
    ['no JPEG', new TextEncoder().encode('GIF89a……').buffer as ArrayBuffer],
    ['nothing', new ArrayBuffer(0)],
  ])('%s', (_, bytes) => {
    expect(exifOf(bytes).position).toBeNull()
  })
})

const HOUR = 3_600_000
const task = (number: string, due: number | null, lon: number | null, more: Partial<Task> = {}): Task => ({
  kind: 'case', id: number, number, version: 1, state: 'checking', track: 'main', n: null, role: 'collector', since: new Date(0).toISOString(),
  due: due === null ? null : new Date(due * HOUR).toISOString(), category: null, place: lon === null ? null : { lon, lat: 29 }, unit_grid: null, photos: [], text: null, actions: [], ...more,
})

describe('tasks', () => {
  const tasks = [task('a', 10, 105.0), task('b', 1, 105.2), task('c', null, 105.001), task('d', 1.1, 105.0), task('e', 3, null)]
  const names = (found: Task[]) => found.map((one) => one.number).join('')

  test('by urgency, the way counted in', () => {
    expect(names(ordered(tasks, 'urgent', { lon: 105, lat: 29 }, 0))).toBe('deabc')
    expect(names(ordered(tasks, 'urgent', null, 0))).toBe('bdeac')
  })

  test('by distance', () => {
    expect(names(ordered(tasks, 'near', { lon: 105, lat: 29 }, 0))).toBe('dacbe')
  })

  test.each([[0, 'green'], [0.79, 'green'], [0.8, 'yellow'], [1, 'red'], [2, 'red']])('light at %f of the limit', (part, light) => {
    expect(lightOf(task('a', 10, 105), part * 10 * HOUR)).toBe(light)
  })

  test('none without a limit', () => expect(lightOf(task('a', null, 105), 1)).toBeNull())
})

const action = (name: string, properties: Record<string, unknown>, required: string[] = [], reason_needed = false): Action =>
  ({ action: name, title: { zh: name, en: name }, role: 'handler', n: null, needs: { properties, required }, reason_needed }) as unknown as Action
const photo = { type: 'array', 'x-type': 'photo' }

describe('forms of actions', () => {
  const finish = action('finish', { note: { 'x-type': 'text' }, photos: photo, photos_before: photo })
  const check = action('check', { note: { 'x-type': 'text' }, verdict: { 'x-type': 'choice', enum: ['done'] } }, ['verdict'])

  test('what is decided stands first, then photos, those of before before the others', () => {
    expect(fieldsOf(finish).map(([name]) => name)).toEqual(['photos_before', 'photos', 'note'])
    expect(fieldsOf(check).map(([name]) => name)).toEqual(['verdict', 'note'])
  })

  test('a pair is a pair, unless the task brought what was before', () => {
    expect([...photosNeeded(finish, 0)]).toEqual(['photos_before', 'photos'])
    expect([...photosNeeded(finish, 2)]).toEqual(['photos'])
    expect(lacking(finish, {}, { photos: 1 }, 0)).toEqual(['photos_before'])
    expect(lacking(finish, {}, { photos: 1, photos_before: 1 }, 0)).toEqual([])
    expect(lacking(check, {}, {}, 0)).toEqual(['verdict'])
  })

  test('only what was given is sent, numbers as numbers', () => {
    const extend = action('extend', { amount: { 'x-type': 'integer' }, at: { 'x-type': 'datetime' }, note: { 'x-type': 'text' }, stage: { 'x-type': 'boolean' } })
    expect(given(extend, { amount: '4', note: ' ok ', stage: false, at: '' })).toEqual({ amount: 4, note: 'ok', stage: false })
  })

  test('what needs a desk is not offered', () => {
    const need = (type: string): boolean => feasible(action('dispatch', { it: { 'x-type': type } }, ['it']))
    expect([feasible(finish), need('unit'), need('ref'), need('person'), need('area'), need('filing_condition'), need('file')]).toEqual([true, true, true, true, true, false, false])
    expect(feasible(action('assign', { squad: { 'x-type': 'case' } }))).toBe(true)
  })

  test('several are a list, a limit is whole or nothing', () => {
    const many = action('x', { units: { type: 'array', 'x-type': 'unit' }, lines: { type: 'array', 'x-type': 'text' }, limit: { 'x-type': 'limit' }, half: { 'x-type': 'limit' } })
    expect(given(many, { units: ['a', 'b'], lines: 'one\n\n two ', limit: { amount: '2', kind: 'work_day' }, half: { amount: '2' } })).toEqual({ units: ['a', 'b'], lines: ['one', 'two'], limit: { amount: '2', kind: 'work_day' } })
    expect(given(many, { units: [], lines: ' ' })).toEqual({})
  })

  test('the first is what one came for', () => {
    const stage = action('stage', { photos: photo, stage: { 'x-type': 'integer' } }, ['stage'])
    const back = action('return', {}, [], true)
    expect(byWeight([back, action('receive', {}), stage, finish, check]).map((one) => one.action)).toEqual(['check', 'finish', 'stage', 'receive', 'return'])
  })
})

describe('reports', () => {
  const here = { lon: 105, lat: 29, accuracy_m: 9, at: 0, mock: false }
  const category = (key: string, zh: string, kind: Category['kind'] = 'matter', text = ''): Category => ({ key, kind, name: { zh, en: zh }, class: { zh: '市容', en: 'streets' }, conditions: [{ id: 'x', text, area_class: null }] })
  const all = [category('1', '井盖', 'part'), category('2', '暴露垃圾', 'matter', '面积超过一平方米'), category('3', '积水')]

  test('a place that nobody chose otherwise', () => {
    expect(placeFor(EMPTY, here)).toMatchObject({ by: 'live', accuracy_m: 9 })
    expect(placeFor({ ...EMPTY, told: { position: { lon: 1, lat: 2 }, taken_at: null, shifted: false } }, null)).toMatchObject({ by: 'photo', lon: 1 })
    expect(placeFor({ ...EMPTY, place: { lon: 3, lat: 4, by: 'map', accuracy_m: null } }, here)).toMatchObject({ by: 'map', lon: 3 })
    expect(placeFor(EMPTY, null)).toBeNull()
  })

  test('what is still missing', () => {
    expect(missing(EMPTY, null, { before: 0, after: 0 })).toEqual(['photos', 'place', 'what'])
    expect(missing({ ...EMPTY, self_handled: true, text: 'x' }, placeFor(EMPTY, here), { before: 1, after: 0 })).toEqual(['photos_after'])
    expect(missing({ ...EMPTY, category: '2' }, placeFor(EMPTY, here), { before: 1, after: 0 })).toEqual([])
  })

  test('without words the category says what it is', () => {
    expect(bodyOf('a', { ...EMPTY, category: '2', words: ' 东门 ' }, here, all[1])).toEqual({ source: 'collector', external_id: 'field-a', text: '暴露垃圾', category: '2', place: { lon: 105, lat: 29, datum: 'wgs84', words: '东门' } })
  })

  test('what one reports most comes first, the chosen one is always there', () => {
    expect(usual(all, null, {}).map((one) => one.key)).toEqual(['2', '3', '1'])
    expect(usual(all, null, { 1: 2, 3: 1 }).map((one) => one.key)).toEqual(['1', '3', '2'])
    expect(usual([...all, ...['4', '5', '6', '7'].map((key) => category(key, key))], '1', {}).map((one) => one.key)[0]).toBe('1')
  })

  test('search in names first, then in conditions', () => {
    expect(searched(all, '垃圾').map((one) => one.key)).toEqual(['2'])
    expect(searched(all, '平方米').map((one) => one.key)).toEqual(['2'])
    expect(searched(all, '市容 井').map((one) => one.key)).toEqual(['1'])
  })
})
