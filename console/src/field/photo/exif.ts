import type { Point } from '../place/geo'
import { fromGcj02 } from '../place/datum'

/** What a camera wrote beside its picture (Exif 2.32); WGS-84. What cannot be believed counts as not said. */
export type Told = { position: Point | null; taken_at: string | null; shifted: boolean }
const NOTHING: Told = { position: null, taken_at: null, shifted: false }
const [APP1, SCAN, EXIF_IFD, GPS_IFD] = [0xffe1, 0xffda, 0x8769, 0x8825]

/** Read it from the bytes of a JPEG, before they are made smaller: a canvas keeps nothing of it. */
export function exifOf(bytes: ArrayBuffer): Told {
  try {
    const view = new DataView(bytes)
    if (view.getUint16(0) !== 0xffd8) return NOTHING
    for (let at = 2; at + 4 < view.byteLength; ) {
      const [marker, length] = [view.getUint16(at), view.getUint16(at + 2)]
      if (marker === SCAN || marker < 0xff00) return NOTHING
      if (marker === APP1 && view.getUint32(at + 4) === 0x45786966) return readTiff(new DataView(bytes, at + 10, length - 8))
      at += 2 + length
    }
  } catch {
    // Anything may stand there.
  }
  return NOTHING
}

type Entry = { type: number; count: number; at: number }

function readTiff(view: DataView): Told {
  const little = view.getUint16(0) === 0x4949
  const read = { u16: (at: number) => view.getUint16(at, little), u32: (at: number) => view.getUint32(at, little) }
  const entries = (at: number): Map<number, Entry> => {
    const found = new Map<number, Entry>()
    for (let index = 0; index < read.u16(at); index += 1) {
      const entry = at + 2 + index * 12
      const [type, count] = [read.u16(entry + 2), read.u32(entry + 4)]
      const size = count * ([0, 1, 1, 2, 4, 8, 1, 1, 2, 4, 8][type] ?? 1)
      found.set(read.u16(entry), { type, count, at: size > 4 ? read.u32(entry + 8) : entry + 8 })
    }
    return found
  }
  const text = (entry: Entry | undefined): string =>
    entry ? String.fromCharCode(...new Uint8Array(view.buffer, view.byteOffset + entry.at, Math.min(entry.count, 40))).replace(/\0.*$/s, '').trim() : ''
  const rational = (at: number): number => read.u32(at) / read.u32(at + 4)
  const degrees = (entry: Entry | undefined, side: string, minus: string): number | null => {
    if (!entry || entry.count !== 3 || !side) return null
    const value = rational(entry.at) + rational(entry.at + 8) / 60 + rational(entry.at + 16) / 3600
    return Number.isFinite(value) ? (side === minus ? -value : value) : null
  }
  const first = entries(read.u32(4))
  const [inner, gps] = [EXIF_IFD, GPS_IFD].map((tag) => (first.has(tag) ? entries(read.u32(first.get(tag)!.at)) : new Map<number, Entry>()))
  const [lat, lon] = [degrees(gps!.get(2), text(gps!.get(1)), 'S'), degrees(gps!.get(4), text(gps!.get(3)), 'W')]
  const shifted = /gcj/i.test(text(gps!.get(18)))
  const told = lat !== null && lon !== null && Math.abs(lat) <= 90 && Math.abs(lon) <= 180 && (lat || lon) ? { lon, lat } : null
  return { position: told && shifted ? fromGcj02(told) : told, taken_at: taken(text(inner!.get(0x9003))), shifted }
}

/** `2026:11:22 14:05:06` as the camera's clock has it, `2026-11-22 14:05`. */
function taken(written: string): string | null {
  const parts = /^(\d{4}):(\d\d):(\d\d) (\d\d):(\d\d)/.exec(written)
  return parts && Number(parts[1]) >= 1990 ? `${parts[1]}-${parts[2]}-${parts[3]} ${parts[4]}:${parts[5]}` : null
}
