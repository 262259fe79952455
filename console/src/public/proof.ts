// The proof of work: a number that makes SHA-256 over `<challenge>:<number>` begin with so many zero bits.

import { digest } from './sha256'

export interface Challenge {
  challenge: string
  bits: number
}

/** Looks at `count` numbers from `from` on; the first that proves it, or null. */
export function search({ challenge, bits }: Challenge, from: number, count: number): number | null {
  const head = `${challenge}:`
  const bytes = new Uint8Array(Math.ceil((head.length + 25) / 64) * 64)
  const out = new Int32Array(8)
  for (let i = 0; i < head.length; i += 1) bytes[i] = head.charCodeAt(i)
  for (let number = from; number < from + count; number += 1) {
    const text = String(number)
    for (let i = 0; i < text.length; i += 1) bytes[head.length + i] = text.charCodeAt(i)
    digest(bytes, head.length + text.length, out)
    if (zeroBits(out) >= bits) return number
  }
  return null
}

/** How many bits at the front of a digest are zero. */
export function zeroBits(words: Int32Array): number {
  for (let i = 0; i < words.length; i += 1) {
    const zeros = Math.clz32(words[i]!)
    if (zeros < 32) return i * 32 + zeros
  }
  return words.length * 32
}
