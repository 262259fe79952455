import { beforeEach, describe, expect, it, vi } from 'vitest'
import { api, ifMatch, ok, onSignedOut } from '../src/api/client'
import { Problem } from '../src/api/problem'

const asked: Request[] = []
const answers: (() => Response)[] = []

beforeEach(() => {
  asked.length = answers.length = 0
  onSignedOut(async () => false)
  vi.stubGlobal('fetch', async (request: Request) => {
    asked.push(request)
    const answer = answers.shift()
    if (!answer) throw new TypeError('Failed to fetch')
    return answer()
  })
})

const problem = (code: string, status: number, more = {}) => () =>
  new Response(JSON.stringify({ type: '', title: code, detail: code, status, code, errors: [], request: 'r1', ...more }), { status, headers: { 'content-type': 'application/problem+json' } })
const fine = (body: unknown = {}) => () => new Response(JSON.stringify(body), { status: 200, headers: { 'content-type': 'application/json' } })

describe('a request', () => {
  it('bears a key, the language and the mark against foreign forms', async () => {
    answers.push(fine({ unread: 0 }))
    await ok(api.POST('/api/notices/read', { body: { ids: ['a'] }, headers: ifMatch(3) }))
    const headers = asked[0]!.headers
    expect(headers.get('Idempotency-Key')).toMatch(/^[0-9a-f]{32}$/)
    expect(headers.get('X-Requested-With')).toBe('xiuhua')
    expect(headers.get('Accept-Language')).toMatch(/^(zh-CN|en)$/)
    expect(headers.get('If-Match')).toBe('"3"')
  })

  it('that reads bears no key', async () => {
    answers.push(fine([]))
    await ok(api.GET('/api/filters'))
    expect(asked[0]!.headers.has('Idempotency-Key')).toBe(false)
  })

  it('that was turned away for an ended session is sent again, the same key with it', async () => {
    answers.push(problem('not_signed_in', 401), fine({ unread: 0 }))
    onSignedOut(async () => true)
    expect(await ok(api.POST('/api/notices/read', { body: { ids: ['a'] } }))).toEqual({ unread: 0 })
    expect(asked[1]!.headers.get('Idempotency-Key')).toBe(asked[0]!.headers.get('Idempotency-Key'))
    expect(await asked[1]!.text()).toBe(await asked[0]!.text())
  })

  it('fails with what the server says', async () => {
    answers.push(problem('conflict', 412, { errors: [{ field: 'unit', why: 'x' }] }))
    const error = await api.GET('/api/filters').catch((one: unknown) => one)
    expect(error).toBeInstanceOf(Problem)
    expect(error).toMatchObject({ code: 'conflict', status: 412, request: 'r1', faults: [{ field: 'unit', why: 'x' }], passing: false })
  })

  it('to a server that is away is a passing problem', async () => {
    await expect(api.GET('/api/filters')).rejects.toMatchObject({ code: 'unreachable', status: 0, passing: true })
  })

  it('answered by a page of some proxy is a problem all the same', async () => {
    answers.push(() => new Response('<html>bad gateway', { status: 502 }))
    await expect(api.GET('/api/filters')).rejects.toMatchObject({ code: 'server_failed', status: 502 })
  })
})
