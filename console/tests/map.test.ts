import type * as GeoJSON from 'geojson'
import { validateStyleMin } from '@maplibre/maplibre-gl-style-spec'
import { describe, expect, it } from 'vitest'
import { type Columns, decoded } from '../src/common/map/columns'
import { type Datum, type Place, moved, shiftOf } from '../src/common/map/datum'
import { gathered, sourcesOf, unitsOf, weighed } from '../src/common/map/gather'
import { PALETTES } from '../src/common/map/palette'
import { styleOf } from '../src/common/map/style'
import { EXTENT, vectorTile } from '../src/common/map/vector'
import { pathOfList } from '../src/office/lists/filter'
import { featuresOf, shapesOf } from '../src/office/map/records'
import { crosses, daysUntil, drawnForm, mapFilter, periodOf, queryOf } from '../src/office/map/state'

const WGS = shiftOf('wgs84')
// What src/xiuhua/city/areas/datum.py makes of these places.
const KNOWN: [Datum, Place, Place][] = [
  ['gcj02', [105.31243, 29.10712], [105.31581994844511, 29.104181822492908]],
  ['gcj02', [116.391389, 39.907222], [116.39763019252018, 39.90862330651902]],
  ['gcj02', [87.6168, 43.8256], [87.61964994946926, 43.82680539311119]],
  ['gcj02', [2.35, 48.85], [2.35, 48.85]],
  ['bd09', [105.31243, 29.10712], [105.32237479349362, 29.10996705105591]],
  ['bd09', [121.4737, 31.2304], [121.484781468503, 31.234310593689997]],
  ['cgcs2000', [105.31243, 29.10712], [105.31243, 29.10712]],
]

describe('a datum', () => {
  it.each(KNOWN)('%s shifts as the server does', (datum, place, wanted) => {
    const [lon, lat] = shiftOf(datum).forth(place)
    expect(lon).toBeCloseTo(wanted[0], 10)
    expect(lat).toBeCloseTo(wanted[1], 10)
  })
  it.each(KNOWN)('%s is undone', (datum, place) => {
    const [lon, lat] = shiftOf(datum).back(shiftOf(datum).forth(place))
    expect(lon).toBeCloseTo(place[0], 9)
    expect(lat).toBeCloseTo(place[1], 9)
  })
  it('moves every position of a shape, and nothing where there is nothing to move', () => {
    const shape = { type: 'Polygon' as const, coordinates: [[[105.31243, 29.10712], [105.4, 29.2], [105.31243, 29.10712]]] }
    expect(moved(shape, WGS)).toBe(shape)
    expect(moved(shape, shiftOf('gcj02')).coordinates[0]![0]![0]).toBeCloseTo(105.31581994844511, 10)
  })
})

/** Columns of points as the server sends them. */
function pointsOf(rows: { lon: number; lat: number; light: number; no: number }[]): Columns {
  const header = { count: rows.length, kind: 'points' as const, now: 0, lights: ['grey', 'green', 'yellow', 'red'], columns: [] }
  const columns = { lon: Float64Array.from(rows, (one) => one.lon), lat: Float64Array.from(rows, (one) => one.lat), light: Uint8Array.from(rows, (one) => one.light), no: Uint32Array.from(rows, (one) => one.no) }
  return { header, columns }
}
const HERE: Place = [105.31243, 29.10712]
const tileOf = ([lon, lat]: Place, z: number) => {
  const [x, y] = unitsOf([lon, lat], { z, x: 0, y: 0 })
  return { z, x: Math.floor(x / EXTENT), y: Math.floor(y / EXTENT) }
}
const many = Array.from({ length: 10 }, (_, n) => ({ lon: HERE[0], lat: HERE[1], light: n % 2 ? 3 : 1, no: n + 1 }))

describe('cases of a tile', () => {
  it('stand alone when few, and when seen closely', () => {
    expect(gathered([pointsOf(many.slice(0, 3))], tileOf(HERE, 12), WGS)[0]!.x).toHaveLength(3)
    expect(gathered([pointsOf(many)], tileOf(HERE, 19), WGS).map((one) => one.x.length)).toEqual([10, 0])
  })
  it('are a bubble with their numbers when many', () => {
    const [points, bubbles] = gathered([pointsOf(many)], tileOf(HERE, 12), WGS)
    expect([points!.x.length, bubbles!.values]).toEqual([0, { count: [10], red: [5], yellow: [0], grey: [0] }])
  })
  it('lie where the base map has them, from the tiles of the server that hold them', () => {
    const [shift, at] = [shiftOf('gcj02'), tileOf(shiftOf('gcj02').forth(HERE), 19)]
    expect(sourcesOf(at, shift)).toContainEqual(tileOf(HERE, 19))
    expect(gathered([pointsOf(many)], at, shift)[0]!.x).toHaveLength(10)
    expect(sourcesOf(at, WGS)).toEqual([at])
  })
  it('of another tile are left out', () => expect(gathered([pointsOf(many)], { z: 15, x: 1, y: 1 }, WGS).map((one) => one.x.length)).toEqual([0, 0]))
  it('weigh as much as they are', () => {
    const squares = { header: { count: 1, kind: 'clusters' as const, now: 0, columns: [] }, columns: { lon: Float64Array.of(HERE[0]), lat: Float64Array.of(HERE[1]), count: Uint32Array.of(70), red: Uint32Array.of(1), yellow: Uint32Array.of(0), grey: Uint32Array.of(0) } }
    expect(weighed([squares], tileOf(HERE, 12), WGS)[0]!.values).toEqual({ count: [70] })
  })
})

describe('the style', () => {
  it.each(['light', 'dark'] as const)('of a %s map is one', (look) => expect(validateStyleMin(styleOf(PALETTES[look], null))).toEqual([]))
})

describe('lines and polygons of a register', () => {
  const columns = { lon: Float64Array.of(105, 106), lat: Float64Array.of(29, 29.5), state: Uint8Array.of(0, 0), rings: Uint32Array.of(3, 0), sizes: Uint32Array.of(3, 3, 3), outer: Uint8Array.of(1, 0, 1), x: Int32Array.from({ length: 9 }, (_, n) => 1_050_000_000 + n), y: Int32Array.from({ length: 9 }, () => 290_000_000) }
  it('are put together, with holes and in several parts', () => {
    const [polygon, none] = shapesOf('polygon', columns)
    expect(polygon).toMatchObject({ type: 'MultiPolygon', coordinates: [[{ length: 3 }, { length: 3 }], [{ length: 3 }]] })
    expect((polygon as GeoJSON.MultiPolygon).coordinates[1]![0]![2]).toEqual([105.0000008, 29])
    expect(none).toBeNull()
    expect(shapesOf('line', { ...columns, outer: Uint8Array.of(1, 1, 1) })[0]).toMatchObject({ type: 'MultiLineString', coordinates: { length: 3 } })
  })
  it('stand with a name, and what has none is a point with its sign', () => {
    const header = { count: 2, kind: 'shapes' as const, geometry: 'polygon' as const, now: 0, keys: ['G-1', 'G-2'], columns: [] }
    const register = { name: 'green', title: { zh: '绿地', en: 'Green' } } as unknown as Parameters<typeof featuresOf>[1]
    const found = featuresOf({ header, columns }, register, '#123456')
    expect(found.map((one) => [one.geometry.type, one.properties?.['key'], one.properties?.['name'], one.properties?.['sign']])).toEqual([
      ['MultiPolygon', 'G-1', undefined, undefined], ['Point', 'G-1', 'G G-1', undefined], ['Point', 'G-2', undefined, 'G'],
    ])
  })
})

describe('columns', () => {
  it('of another length say so', () => {
    const header = new TextEncoder().encode(JSON.stringify({ count: 1, kind: 'shapes', now: 1, columns: [{ name: 'rings', type: 'uint32', offset: 0 }, { name: 'x', type: 'int32', offset: 8, length: 2 }] }).padEnd(152))
    const bytes = new Uint8Array(8 + 152 + 16)
    bytes.set([88, 72, 77, 49, 152, 0, 0, 0])
    bytes.set(header, 8)
    bytes.set([2, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 255, 255, 255, 255], 160)
    expect([...decoded(bytes.buffer).columns['x']!]).toEqual([1, -1])
  })
  it('are read as they were written', () => {
    const header = new TextEncoder().encode(JSON.stringify({ count: 2, kind: 'points', now: 1, columns: [{ name: 'no', type: 'uint32', offset: 0 }] }).padEnd(96))
    const bytes = new Uint8Array(8 + 96 + 8)
    bytes.set([88, 72, 77, 49, 96, 0, 0, 0])
    bytes.set(header, 8)
    bytes.set([7, 0, 0, 0, 1, 1, 0, 0], 104)
    expect([...decoded(bytes.buffer).columns['no']!]).toEqual([7, 257])
  })
  it('of something else are refused', () => expect(() => decoded(new ArrayBuffer(16))).toThrow('no columns'))
})

describe('a vector tile', () => {
  it('is laid out as the specification has it', () => {
    const bytes = new Uint8Array(vectorTile([{ name: 'p', x: [1], y: [2], values: { no: [300] } }]))
    expect([...bytes]).toEqual([26, 30, 120, 2, 10, 1, 112, 18, 11, 18, 2, 0, 0, 24, 1, 34, 3, 9, 2, 4, 26, 2, 110, 111, 34, 3, 40, 172, 2, 40, 128, 32])
  })
  it('of nothing is empty', () => expect(vectorTile([{ name: 'p', x: [], y: [], values: {} }]).byteLength).toBe(0))
})

describe('what a map asks', () => {
  it('is a filter without what a map has not', () => expect(mapFilter({ state: ['filed'], late: true, open: true, tag: [] })).toEqual({ state: ['filed'], open: true }))
  it('stands in an address', () => expect(queryOf({ state: ['filed'], open: true })).toBe('state=filed&open=true'))
  it('of an outline closes the ring, at a tenth of a metre', () => {
    const form = drawnForm([[1.12345678, 2], [3, 2], [3, 4]], { area: '990101001', open: true })
    expect(form).toMatchObject({ area_code: '990101001', open: true, area: { coordinates: [[[1.123457, 2], [3, 2], [3, 4], [1.123457, 2]]] } })
  })
  it('of days ends with the day', () => {
    expect(periodOf('2026-03-02', '1')).toEqual({ opened_from: '2026-03-01T16:00:00.000Z', opened_to: '2026-03-02T16:00:00.000Z' })
    expect(periodOf('2026-03-02', '7').opened_from).toBe('2026-02-23T16:00:00.000Z')
    expect(periodOf('2026-03-02', 'all')).toEqual({})
  })
  it('knows the last ninety days', () => {
    const days = daysUntil(new Date('2026-03-02T01:00:00+08:00'))
    expect([days.length, days.at(-1), days.at(-2)]).toEqual([90, '2026-03-02', '2026-03-01'])
  })
})

describe('an outline', () => {
  it('may be hollow', () => expect(crosses([[0, 0], [4, 0], [2, 1], [4, 4], [0, 4]])).toBe(false))
  it('may not cross itself', () => expect(crosses([[0, 0], [4, 4], [4, 0], [0, 4]])).toBe(true))
})

describe('the list of a number', () => {
  it('is a link', () => expect(pathOfList({ kind: 'report', filter: { source: ['public'], opened_from: '2026-03-01T00:00:00+08:00' } })).toBe('/lists?kind=report&source=public&opened_from=2026-03-01T00%3A00%3A00%2B08%3A00'))
  it('keeps what only a map says', () => expect(pathOfList({ kind: 'case', filter: { drawn: '1,2 3,4 5,6', light: ['red'], open: false } })).toBe('/lists?light=red&drawn=1%2C2+3%2C4+5%2C6&open=false'))
})
