import { text } from '../common/language'

/** One fault among what was sent in. */
export type Fault = { field?: string; in?: string; reason?: string; why?: string; [more: string]: unknown }

/** Everything that can go wrong with a request, one shape: the server's problem+json, or none came at all. */
export class Problem extends Error {
  override name = 'Problem'
  constructor(
    readonly code: string,
    readonly status: number,
    readonly title: string,
    readonly detail: string,
    readonly faults: Fault[] = [],
    readonly request = '',
    readonly retryAfterS: number | null = null,
    readonly more: Record<string, unknown> = {},
  ) {
    super(title)
  }

  /** Whether the same may well succeed a little later, with nothing changed. */
  get passing(): boolean {
    return this.status === 0 || this.status === 429 || this.status === 503
  }
}

/** What an answer that is no success says. */
export async function problemOf(answer: Response): Promise<Problem> {
  const wait = Number(answer.headers.get('retry-after')) || null
  try {
    const { code, title, detail, errors, request, status, type: _, ...more } = await answer.clone().json()
    if (typeof code === 'string') {
      return new Problem(code, status, title, detail, errors ?? [], request ?? '', wait, more)
    }
  } catch {
    // A proxy's own page: what it says is for nobody here.
  }
  const code = answer.status >= 500 ? 'server_failed' : 'not_understood'
  return new Problem(code, answer.status, text(`common.${code}`), text(`common.${code}`), [], '', wait)
}

/** Nothing came back: the server or the way to it is down. */
export function unreachable(): Problem {
  return new Problem('unreachable', 0, text('common.unreachable'), text('common.unreachable_detail'))
}
