// Finds a proof while the person types, in a worker; where there is none, in pieces between other things.

import { data } from './page'
import { type Challenge, search } from './proof'

export interface Proof {
  work: string
  found: string
}

const PIECE = 4_000
const FRESH_MS = 25 * 60_000

export class Proving {
  #begun = 0
  #proof: Promise<Proof> | null = null

  constructor(readonly path: string) {}

  /** The proof, begun now if it was not before; a new one when the old has nearly run out. */
  proof(): Promise<Proof> {
    if (this.#proof === null || Date.now() - this.#begun > FRESH_MS) {
      this.#begun = Date.now()
      this.#proof = this.#find()
      this.#proof.catch(() => (this.#proof = null)) // the next try asks again
    }
    return this.#proof
  }

  async #find(): Promise<Proof> {
    const challenge = await data<Challenge>(this.path)
    return { work: challenge.challenge, found: String(await solved(challenge)) }
  }
}

function solved(challenge: Challenge): Promise<number> {
  return inWorker(challenge).catch(() => inPieces(challenge))
}

function inWorker(challenge: Challenge): Promise<number> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(new URL('./worker.ts', import.meta.url), { type: 'module' })
    worker.onmessage = ({ data: found }: MessageEvent<number>) => {
      worker.terminate()
      resolve(found)
    }
    worker.onerror = () => {
      worker.terminate()
      reject(new Error('worker'))
    }
    worker.postMessage(challenge)
  })
}

async function inPieces(challenge: Challenge): Promise<number> {
  for (let from = 0; ; from += PIECE) {
    const found = search(challenge, from, PIECE)
    if (found !== null) return found
    await new Promise((resolve) => setTimeout(resolve))
  }
}
