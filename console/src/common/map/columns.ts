import type { Title } from '../language'

const TYPES = { float64: Float64Array, uint8: Uint8Array, uint16: Uint16Array, int32: Int32Array, uint32: Uint32Array }
type Column = Float64Array | Uint8Array | Uint16Array | Int32Array | Uint32Array
type Header = {
  count: number
  kind: 'points' | 'clusters' | 'shapes'
  geometry?: 'line' | 'polygon'
  now: number
  truncated?: boolean
  lights?: string[]
  keys?: string[]
  dictionaries?: Record<string, { code: string; title: Title }[]>
  columns: { name: string; type: keyof typeof TYPES; offset: number; length?: number }[]
}
export type Columns = { header: Header; columns: Record<string, Column> }

const HEAD = 8

/** Header and columns of `application/vnd.xiuhua.columns` (docs/reference/map.md). Throws for anything else. */
export function decoded(buffer: ArrayBuffer): Columns {
  const magic = String.fromCharCode(...new Uint8Array(buffer, 0, 4))
  if (magic !== 'XHM1') throw new Error('these are no columns of a map')
  const length = new DataView(buffer).getUint32(4, true)
  const header = JSON.parse(new TextDecoder().decode(new Uint8Array(buffer, HEAD, length))) as Header
  const columns = Object.fromEntries(
    header.columns.map((one) => [one.name, new TYPES[one.type](buffer, HEAD + length + one.offset, one.length ?? header.count)]),
  )
  return { header, columns }
}
