import { addProtocol, type GetResourceResponse, type RequestParameters } from 'maplibre-gl'
import { send } from '../../api/client'
import { type Columns, decoded } from './columns'
import { type Datum, shiftOf } from './datum'
import { type TileAt, gathered, sourcesOf, weighed } from './gather'
import { vectorTile } from './vector'

export type Paint = 'points' | 'heat'
const SCHEME = 'xiuhua-cases'
const MOST_KEPT = 48
const KEPT_MS = 5000
const kept = new Map<string, { at: number; found: Promise<Columns> }>()

/** Address of tiles of cases for MapLibre. `round` is another number whenever what is shown should be read anew. */
export const tilesOf = (query: string, paint: Paint, datum: Datum, round: number): string =>
  `${SCHEME}://${datum}/${paint}/${round}/{z}/{x}/{y}?${query}`

/** A tile of the server; a shifted map asks for each up to four times. */
function columnsOf({ z, x, y }: TileAt, query: string, round: string, signal: AbortSignal, shared: boolean): Promise<Columns> {
  const path = `/api/map/cases/${z}/${x}/${y}${query ? `?${query}` : ''}`
  const ask = () => send(new Request(path, shared ? {} : { signal })).then((answer) => answer.arrayBuffer()).then(decoded)
  if (!shared) return ask()
  const key = `${round} ${path}`
  const before = kept.get(key)
  if (before && Date.now() - before.at < KEPT_MS) return before.found
  const found = ask()
  kept.set(key, { at: Date.now(), found })
  found.catch(() => kept.delete(key))
  if (kept.size > MOST_KEPT) kept.delete(kept.keys().next().value!)
  return found
}

async function tile({ url }: RequestParameters, { signal }: AbortController): Promise<GetResourceResponse<ArrayBuffer>> {
  const [path, query = ''] = url.slice(SCHEME.length + 3).split('?')
  const [datum, paint, round, z, x, y] = path!.split('/')
  const [at, shift] = [{ z: Number(z), x: Number(x), y: Number(y) }, shiftOf(datum as Datum)]
  const from = await Promise.all(sourcesOf(at, shift).map((one) => columnsOf(one, query, round!, signal, !shift.none)))
  return { data: vectorTile((paint === 'heat' ? weighed : gathered)(from, at, shift)) }
}

let added = false

/** Let MapLibre ask for tiles of cases; once a page. */
export function serveCases(): void {
  if (added) return
  added = true
  addProtocol(SCHEME, tile as Parameters<typeof addProtocol>[1])
}
