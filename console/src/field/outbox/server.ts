import { currentLanguage, tag, text } from '../../common/language'
import { problemOf } from '../../api/problem'
import type { Picture } from '../store/db'
import { pictureOf } from '../store/outbox'
import { heard, skew } from '../store/skew'
import type { Act, Answer, Photo, Step } from './model'
import { requestOf } from './request'

const TUS = { 'Tus-Resumable': '1.0.0' }
const UPLOADS = '/api/media/uploads'
/** A part that takes longer is asked for again: networks of phones sometimes swallow an answer. */
const LONGEST_MS = 60_000

/**
 * Headers of everything that one person did: sent while somebody else is signed in, the server turns it away, whatever
 * another tab has done since we asked who sits here.
 */
export const of = (person: string): Record<string, string> => ({
  'X-Xiuhua-Person': encodeURIComponent(person), 'X-Requested-With': 'xiuhua', 'Accept-Language': tag(currentLanguage()),
})

export const carryOut = async (step: Step, act: Act, photos: Photo[]): Promise<Answer> => {
  const picture = step.do === 'append' ? await pictureOf(step.photo.id) : undefined
  // The queue is not to stand behind it for ever: the person is shown it, and decides.
  if (step.do === 'append' && !picture) return GONE()
  return answered(await asked(step, act, photos, picture))
}

const GONE = (): Answer => {
  const said = text('field.picture_gone')
  return { status: 400, problem: { status: 400, code: 'picture_gone', title: said, detail: said, why: [] } }
}

async function asked(step: Step, act: Act, photos: Photo[], picture: Picture | undefined): Promise<Response | null> {
  const headers = of(act.person)
  if (step.do === 'send') {
    const headersToo = { 'Content-Type': 'application/json', 'Idempotency-Key': act.id, ...(act.seen ? { 'If-Match': `"${act.seen.version}"` } : {}) }
    const body = JSON.stringify(requestOf(act, photos, Date.now(), skew()))
    return reached(act.path, { method: 'POST', headers: { ...headers, ...headersToo }, body })
  }
  const { photo } = step
  if (step.do === 'begin') {
    const name = btoa(`${photo.id}.jpg`)
    const headersToo = { ...TUS, 'Upload-Length': String(photo.length), 'Upload-Metadata': `filename ${name}`, 'Idempotency-Key': `${photo.id}-${photo.round}` }
    return reached(UPLOADS, { method: 'POST', headers: { ...headers, ...headersToo } })
  }
  if (step.do === 'locate') return reached(photo.upload!, { method: 'HEAD', headers: { ...headers, ...TUS } })
  const headersToo = { ...TUS, 'Upload-Offset': String(step.from), 'Content-Type': 'application/offset+octet-stream' }
  return reached(photo.upload!, { method: 'PATCH', headers: { ...headers, ...headersToo }, body: picture?.bytes.slice(step.from, step.to) ?? null })
}

async function reached(path: string, init: RequestInit): Promise<Response | null> {
  try {
    const answer = await fetch(path, { ...init, credentials: 'same-origin', cache: 'no-store', signal: AbortSignal.timeout(LONGEST_MS) })
    heard(answer)
    return answer
  } catch {
    return null
  }
}

async function answered(answer: Response | null): Promise<Answer> {
  if (!answer) return { status: 0 }
  const number = (name: string): number | null => (answer.headers.has(name) ? Number(answer.headers.get(name)) : null)
  const location = answer.headers.get('location')
  const told: Answer = {
    status: answer.status, offset: number('upload-offset'), media: answer.headers.get('upload-media'),
    location: location && new URL(location, globalThis.location.origin).pathname,
  }
  if (answer.ok) return { ...told, result: answer.headers.get('content-type')?.includes('json') ? ((await answer.json().catch(() => null)) as Answer['result']) ?? null : null }
  const problem = await problemOf(answer)
  return {
    ...told, retry_after_s: problem.retryAfterS,
    problem: {
      status: answer.status, code: problem.code, title: problem.title, detail: problem.detail, current: (problem.more['current'] as Act['current']) ?? null,
      fields: (problem.more['fields'] as string[] | undefined) ?? [],
      why: problem.faults.map((fault) => fault.why ?? fault.reason ?? fault.field ?? '').filter(Boolean),
    },
  }
}
