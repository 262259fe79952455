// Works beside the page, so that typing never waits for it.

import { type Challenge, search } from './proof'

const PIECE = 20_000

self.onmessage = ({ data }: MessageEvent<Challenge>) => {
  let from = 0
  let found: number | null = null
  while ((found = search(data, from, PIECE)) === null) from += PIECE
  self.postMessage(found)
}
