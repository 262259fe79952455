// SHA-256 (FIPS 180-4) of short texts, synchronously: the browser's own answers by a promise each, which costs
// more than the digest when a hundred thousand are tried.

const primes = (count: number): number[] => {
  const found: number[] = []
  for (let n = 2; found.length < count; n += 1) if (found.every((prime) => n % prime !== 0)) found.push(n)
  return found
}
const fraction = (value: number): number => ((value - Math.floor(value)) * 0x100000000) | 0
const ROUNDS = Int32Array.from(primes(64), (prime) => fraction(Math.cbrt(prime)))
const BEGIN = Int32Array.from(primes(8), (prime) => fraction(Math.sqrt(prime)))
const words = new Int32Array(64)

/** The digest of ASCII bytes as eight signed words. `bytes` is a buffer with room for padding behind `length`. */
export function digest(bytes: Uint8Array, length: number, out: Int32Array): void {
  const blocks = Math.ceil((length + 9) / 64)
  bytes.fill(0, length, blocks * 64)
  bytes[length] = 0x80
  new DataView(bytes.buffer, bytes.byteOffset).setUint32(blocks * 64 - 4, length * 8)
  out.set(BEGIN)
  for (let block = 0; block < blocks; block += 1) compress(bytes, block * 64, out)
}

function compress(bytes: Uint8Array, from: number, state: Int32Array): void {
  for (let i = 0; i < 16; i += 1) {
    const at = from + i * 4
    words[i] = (bytes[at]! << 24) | (bytes[at + 1]! << 16) | (bytes[at + 2]! << 8) | bytes[at + 3]!
  }
  for (let i = 16; i < 64; i += 1) {
    const a = words[i - 15]!
    const b = words[i - 2]!
    const s0 = ((a >>> 7) | (a << 25)) ^ ((a >>> 18) | (a << 14)) ^ (a >>> 3)
    const s1 = ((b >>> 17) | (b << 15)) ^ ((b >>> 19) | (b << 13)) ^ (b >>> 10)
    words[i] = (words[i - 16]! + s0 + words[i - 7]! + s1) | 0
  }
  let a = state[0]!, b = state[1]!, c = state[2]!, d = state[3]!
  let e = state[4]!, f = state[5]!, g = state[6]!, h = state[7]!
  for (let i = 0; i < 64; i += 1) {
    const s1 = ((e >>> 6) | (e << 26)) ^ ((e >>> 11) | (e << 21)) ^ ((e >>> 25) | (e << 7))
    const one = (h + s1 + ((e & f) ^ (~e & g)) + ROUNDS[i]! + words[i]!) | 0
    const s0 = ((a >>> 2) | (a << 30)) ^ ((a >>> 13) | (a << 19)) ^ ((a >>> 22) | (a << 10))
    const two = (s0 + ((a & b) ^ (a & c) ^ (b & c))) | 0
    h = g
    g = f
    f = e
    e = (d + one) | 0
    d = c
    c = b
    b = a
    a = (one + two) | 0
  }
  state[0]! += a
  state[1]! += b
  state[2]! += c
  state[3]! += d
  state[4]! += e
  state[5]! += f
  state[6]! += g
  state[7]! += h
}
