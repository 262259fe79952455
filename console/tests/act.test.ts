import { beforeEach, expect, it, vi } from 'vitest'
import { perform } from '../src/office/act'

const keys: (string | null)[] = []
let answers: (Response | null)[] = []

beforeEach(() => {
  keys.length = 0
  vi.stubGlobal('fetch', async (request: Request) => {
    keys.push(request.headers.get('Idempotency-Key'))
    const answer = answers.shift()
    if (!answer) throw new TypeError('Failed to fetch')
    return answer
  })
})

const done = () => Response.json({ state: 'closed' })
const refused = () => Response.json({ code: 'invalid', title: '', detail: '', status: 422 }, { status: 422 })
const action = { action: 'close', n: null, needs: {}, reason_needed: false, role: '', title: {} }
const wanted = (version: number, fields: Record<string, unknown> = {}) => ({ subject: { kind: 'case', id: 'c1', version, number: 'n' }, action, deed: { fields } })

it('pressed again after an answer that was lost, the same goes out under the same key', async () => {
  answers = [null, done(), done()]
  await expect(perform(wanted(1))).rejects.toMatchObject({ code: 'unreachable' })
  await perform(wanted(1))
  await perform(wanted(1))
  expect(keys[1]).toBe(keys[0])
  expect(keys[2]).not.toBe(keys[0])
})

it('something else, or what was refused, goes out under a key of its own', async () => {
  answers = [null, done(), refused(), done()]
  await expect(perform(wanted(2))).rejects.toThrow()
  await perform(wanted(2, { reply: 'done' }))
  await expect(perform(wanted(3))).rejects.toMatchObject({ code: 'invalid' })
  await perform(wanted(3))
  expect(new Set(keys).size).toBe(4)
})
