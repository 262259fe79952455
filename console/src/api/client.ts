import createClient from 'openapi-fetch'
import { currentLanguage, tag } from '../common/language'
import { Problem, problemOf, unreachable } from './problem'
import type { components, paths } from './schema'

export type Schemas = components['schemas']

type Again = (request: Request) => Promise<boolean>
let signInAgain: Again = async () => false

/** What to do when a session has run out: resolves to true once someone is signed in again. */
export function onSignedOut(ask: Again): void {
  signInAgain = ask
}

/** Sixteen random bytes in hex; `crypto.randomUUID` is missing where a page came without TLS. */
export function newKey(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (one) => one.toString(16).padStart(2, '0')).join('')
}

/**
 * `fetch` with what our server wants of a browser: the language, the mark against foreign forms, an
 * Idempotency-Key on every POST. A session that ran out is asked for and the request sent again, the same key
 * with it. Throws `Problem`, never anything else (but `AbortError`).
 */
export async function send(input: Request): Promise<Response> {
  const request = withHeaders(input)
  const spare = request.clone()
  const answer = await reached(request)
  if (answer.ok || answer.status === 304) return answer
  const problem = await problemOf(answer)
  const pressing = ['not_signed_in', 'password_must_change', 'second_factor_must_be_set'].includes(problem.code)
  if (pressing && (await signInAgain(spare.clone()))) {
    const second = await reached(withHeaders(spare))
    if (second.ok) return second
    throw await problemOf(second)
  }
  throw problem
}

function withHeaders(input: Request): Request {
  const request = new Request(input, { credentials: 'same-origin' })
  request.headers.set('Accept-Language', tag(currentLanguage()))
  request.headers.set('X-Requested-With', 'xiuhua')
  if (request.method === 'POST' && !request.headers.has('Idempotency-Key')) {
    request.headers.set('Idempotency-Key', newKey())
  }
  return request
}

async function reached(request: Request): Promise<Response> {
  try {
    return await fetch(request)
  } catch (error) {
    if (error instanceof DOMException && error.name === 'AbortError') throw error
    throw unreachable()
  }
}

/** Every operation of the server, typed: `api.GET('/api/cases', {params: {query: {…}}})`. */
export const api = createClient<paths>({ baseUrl: location.origin, fetch: send, querySerializer: { array: { style: 'form', explode: true } } })

/** The data of an answer; errors were thrown before. */
export async function ok<T>(asked: Promise<{ data?: T }>): Promise<T> {
  return (await asked).data as T
}

/** All of a list that comes page by page. */
export async function allOf<T>(read: (cursor: { cursor?: string }) => Promise<{ items: T[]; next?: string | null }>): Promise<T[]> {
  const found: T[] = []
  for (let next: string | null | undefined = ''; typeof next === 'string';) {
    const page: { items: T[]; next?: string | null } = await read(next ? { cursor: next } : {})
    found.push(...page.items)
    next = page.next
  }
  return found
}

/** For a change that must hit the version that was looked at; otherwise `conflict` (412). */
export const ifMatch = (version: number): { 'If-Match': string } => ({ 'If-Match': `"${version}"` })

export { Problem }
