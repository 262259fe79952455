// Draws the field app's icons, `node build/icons.mjs`: the stitches of icon.svg on a full ground, inside the circle that
// phones may cut out (80 %). What it makes is kept in public/, so that a build draws nothing.
import { writeFileSync } from 'node:fs'
import { crc32, deflateSync } from 'node:zlib'

const [GROUND, WHITE, THREAD] = [[0x13, 0x4a, 0x78], [255, 255, 255], [0x9f, 0xd0, 0xf5]]
// From, to and colour in units of the drawing, 32 across; its middle half is what icon.svg shows.
const STITCHES = [
  ...[[16, 6, 16, 12], [16, 20, 16, 26], [6, 16, 12, 16], [20, 16, 26, 16]].map((line) => [line, WHITE]),
  ...[[9, 9, 13, 13], [19, 19, 23, 23], [23, 9, 19, 13], [13, 19, 9, 23]].map((line) => [line, THREAD]),
]
const [HALF_WIDTH, SAMPLES] = [1.15, 3]

function distance(x, y, [x1, y1, x2, y2]) {
  const [dx, dy] = [x2 - x1, y2 - y1]
  const along = Math.max(0, Math.min(1, ((x - x1) * dx + (y - y1) * dy) / (dx * dx + dy * dy)))
  return Math.hypot(x - x1 - along * dx, y - y1 - along * dy)
}

const colourAt = (x, y) => STITCHES.find(([line]) => distance(x, y, line) <= HALF_WIDTH)?.[1] ?? GROUND

function pixel(column, row, size) {
  const sum = [0, 0, 0]
  for (let at = 0; at < SAMPLES * SAMPLES; at += 1) {
    const [x, y] = [column + ((at % SAMPLES) + 0.5) / SAMPLES, row + (Math.floor(at / SAMPLES) + 0.5) / SAMPLES]
    // A little smaller than in icon.svg: 28 units wide becomes the circle's width.
    const colour = colourAt(16 + ((x / size) * 32 - 16) * 1.1, 16 + ((y / size) * 32 - 16) * 1.1)
    colour.forEach((value, channel) => { sum[channel] += value })
  }
  return sum.map((value) => Math.round(value / (SAMPLES * SAMPLES)))
}

function chunk(name, data) {
  const body = Buffer.concat([Buffer.from(name), data])
  const out = Buffer.alloc(8 + body.length)
  out.writeUInt32BE(data.length, 0)
  body.copy(out, 4)
  out.writeUInt32BE(crc32(body), 4 + body.length)
  return out
}

function png(size) {
  const rows = []
  for (let row = 0; row < size; row += 1) {
    rows.push(0)
    for (let column = 0; column < size; column += 1) rows.push(...pixel(column, row, size))
  }
  const head = Buffer.alloc(13)
  head.writeUInt32BE(size, 0)
  head.writeUInt32BE(size, 4)
  head.set([8, 2, 0, 0, 0], 8) // eight bits, red green blue
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])
  return Buffer.concat([signature, chunk('IHDR', head), chunk('IDAT', deflateSync(Buffer.from(rows), { level: 9 })), chunk('IEND', Buffer.alloc(0))])
}

for (const size of [192, 512]) writeFileSync(new URL(`../public/field-${size}.png`, import.meta.url), png(size))
