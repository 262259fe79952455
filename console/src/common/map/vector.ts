/** One layer of points in a vector tile: places in tile units, and whole numbers by name. */
export type Layer = { name: string; x: number[]; y: number[]; values: Record<string, number[]> }

export const EXTENT = 4096
const VARINT = 0
const BYTES = 2

/** Grows as it is written to: protocol buffers' varints and length-delimited parts. */
class Writer {
  private bytes = new Uint8Array(1 << 12)
  private at = 0

  varint(value: number): this {
    this.room(6)
    let left = value >>> 0
    while (left > 0x7f) {
      this.bytes[this.at++] = (left & 0x7f) | 0x80
      left >>>= 7
    }
    this.bytes[this.at++] = left
    return this
  }

  tag(field: number, wire: number): this {
    return this.varint((field << 3) | wire)
  }

  part(field: number, content: Uint8Array): this {
    this.tag(field, BYTES).varint(content.length)
    this.room(content.length)
    this.bytes.set(content, this.at)
    this.at += content.length
    return this
  }

  /** What was written; the next part begins anew. */
  taken(): Uint8Array {
    const found = this.bytes.slice(0, this.at)
    this.at = 0
    return found
  }

  private room(more: number): void {
    if (this.at + more <= this.bytes.length) return
    const larger = new Uint8Array(Math.max(this.bytes.length * 2, this.at + more))
    larger.set(this.bytes.subarray(0, this.at))
    this.bytes = larger
  }
}

const zigzag = (value: number): number => (value << 1) ^ (value >> 31)

/** Points as a vector tile (Mapbox Vector Tile 2.1, EXTENT units): what MapLibre draws from any source of tiles. */
export function vectorTile(layers: Layer[]): ArrayBuffer {
  const [tile, text] = [new Writer(), new TextEncoder()]
  for (const layer of layers) if (layer.x.length) tile.part(3, layerOf(layer, text))
  return tile.taken().buffer as ArrayBuffer
}

function layerOf(layer: Layer, text: TextEncoder): Uint8Array {
  const [out, tags, shape, feature, value] = [new Writer(), new Writer(), new Writer(), new Writer(), new Writer()]
  const names = Object.keys(layer.values)
  const known = new Map<number, number>()
  const placeOf = (one: number): number => {
    let place = known.get(one)
    if (place === undefined) known.set(one, (place = known.size))
    return place
  }
  out.tag(15, VARINT).varint(2).part(1, text.encode(layer.name))
  for (let n = 0; n < layer.x.length; n++) {
    names.forEach((name, key) => tags.varint(key).varint(placeOf(layer.values[name]![n]!)))
    shape.varint(9).varint(zigzag(layer.x[n]!)).varint(zigzag(layer.y[n]!)) // one MoveTo
    feature.part(2, tags.taken()).tag(3, VARINT).varint(1).part(4, shape.taken())
    out.part(2, feature.taken())
  }
  names.forEach((name) => out.part(3, text.encode(name)))
  for (const one of known.keys()) out.part(4, value.tag(5, VARINT).varint(one).taken())
  return out.tag(5, VARINT).varint(EXTENT).taken()
}
