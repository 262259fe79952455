import { type Point, metres } from '../place/geo'
import type { Fix } from '../store/db'

/** Between positions further apart in time or unsure nothing is drawn: nobody knows what lay between. */
const [APART_MS, UNSURE_M, APART_M] = [120_000, 100, 600]

/** A track as lines: sure positions, in order, parted where the app was not on screen. */
export function pieces(fixes: readonly Pick<Fix, 'at' | 'lon' | 'lat' | 'accuracy_m' | 'mock'>[]): Point[][] {
  const out: Point[][] = []
  let last: (typeof fixes)[number] | null = null
  for (const fix of fixes) {
    if (fix.mock || (fix.accuracy_m ?? 0) > UNSURE_M) continue
    if (!last || fix.at - last.at > APART_MS || metres(last, fix) > APART_M) out.push([])
    out.at(-1)!.push({ lon: fix.lon, lat: fix.lat })
    last = fix
  }
  return out
}
