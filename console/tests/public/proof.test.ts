import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { search, zeroBits } from '../../src/public/proof'
import { digest } from '../../src/public/sha256'

function hex(text: string): string {
  const bytes = new Uint8Array(512)
  bytes.set(new TextEncoder().encode(text))
  const out = new Int32Array(8)
  digest(bytes, text.length, out)
  return [...out].map((word) => (word >>> 0).toString(16).padStart(8, '0')).join('')
}

describe('sha256', () => {
  it.each([0, 1, 54, 55, 56, 63, 64, 65, 119, 120, 200])('of %i letters is what the platform says', (length) => {
    const text = 'xiuhua-'.repeat(40).slice(0, length)
    expect(hex(text)).toBe(createHash('sha256').update(text).digest('hex'))
  })
})

describe('a proof', () => {
  it('is found, and the server would take it', () => {
    const challenge = 'abc.123.10.signature'
    const found = search({ challenge, bits: 10 }, 0, 100_000)
    const first = createHash('sha256').update(`${challenge}:${found}`).digest().readUInt32BE()
    expect(Math.clz32(first)).toBeGreaterThanOrEqual(10)
  })

  it('is not found among too few', () => {
    expect(search({ challenge: 'abc', bits: 40 }, 0, 10)).toBeNull()
  })

  it('counts zeros over words', () => {
    expect(zeroBits(Int32Array.of(0, 1, 0))).toBe(63)
  })
})
