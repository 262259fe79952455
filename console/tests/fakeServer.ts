import type { Act, Answer, Photo, Step } from '../src/field/outbox/model'
import type { Store } from '../src/field/outbox/drain'
import { requestOf } from '../src/field/outbox/request'

/** What goes wrong with one exchange: it never came, its answer was lost, or half of its bytes came. */
export type Mishap = 'lost' | 'unanswered' | 'half' | null

type Upload = { length: number; offset: number; media: string | null }

/** A server as ours is: tus, answers kept under their keys, reports known by their external id. */
export class FakeServer {
  readonly uploads = new Map<string, Upload>()
  readonly done: { key: string; path: string; body: Record<string, unknown> }[] = []
  readonly versions = new Map<string, { version: number; state: string; since: number }>()
  steps = 0
  private readonly keys = new Map<string, string>()

  constructor(private readonly mishap: (step: number) => Mishap = () => null) {}

  carryOut = async (step: Step, act: Act, photos: Photo[]): Promise<Answer> => {
    const mishap = this.mishap(this.steps++)
    if (mishap === 'lost') return { status: 0 }
    if (mishap === 'half' && step.do === 'append') {
      const upload = this.uploads.get(step.photo.upload!)!
      if (upload.offset === step.from) upload.offset += Math.floor((step.to - step.from) / 2)
      return { status: 0 }
    }
    const answer = this.answer(step, act, photos)
    return mishap === 'unanswered' ? { status: 0 } : answer
  }

  private answer(step: Step, act: Act, photos: Photo[]): Answer {
    if (step.do === 'send') return this.take(act, photos)
    if (step.do === 'begin') {
      const key = `${step.photo.id}-${step.photo.round}`
      const location = this.keys.get(key) ?? `/up/${this.uploads.size}`
      if (!this.keys.has(key)) this.uploads.set(location, { length: step.photo.length, offset: 0, media: null })
      this.keys.set(key, location)
      return { status: 201, location }
    }
    const upload = this.uploads.get(step.photo.upload!)
    if (!upload) return problem(404, 'not_found')
    if (step.do === 'append') {
      if (step.from !== upload.offset) return problem(409, 'conflict')
      upload.offset = step.to
      if (upload.offset === upload.length) upload.media = `media-of-${step.photo.id}`
    }
    return { status: step.do === 'append' ? 204 : 200, offset: upload.offset, media: upload.media }
  }

  private take(act: Act, photos: Photo[]): Answer {
    if (this.keys.has(act.id)) return problem(422, 'already_done')
    const about = act.subject && this.versions.get(act.subject.id)
    if (about && about.version !== act.seen!.version) {
      return { ...problem(412, 'conflict'), problem: { ...problem(412, 'conflict').problem!, current: { ...about, title: { zh: '', en: '' } } } }
    }
    this.keys.set(act.id, act.path)
    this.done.push({ key: act.id, path: act.path, body: requestOf(act, photos, 1_000_000, 0) })
    return { status: 201, result: {} }
  }
}

export const problem = (status: number, code: string): Answer => ({ status, problem: { status, code, title: code, detail: '', why: [] } })

/** A phone's tables, which survive its being switched off: what is read is a copy. */
export class FakeStore implements Store {
  acts: Act[] = []
  pictures: Photo[] = []

  open = async (person: string): Promise<Act[]> => structuredClone(this.acts.filter((act) => act.person === person && act.status !== 'settled'))
  photos = async (act: string): Promise<Photo[]> => structuredClone(this.pictures.filter((one) => one.act === act))
  save = async (act: Act, photo: Photo | null): Promise<void> => {
    this.acts = this.acts.map((one) => (one.id === act.id ? structuredClone(act) : one))
    if (photo) this.pictures = this.pictures.map((one) => (one.id === photo.id ? structuredClone(photo) : one))
  }

  /** A report with photos, at the end of the queue. */
  add(id: string, photos: number, more: Partial<Act> = {}): void {
    this.acts.push({
      seq: this.acts.length + 1, id, person: 'p1', kind: 'report', title: { zh: id, en: id }, path: '/api/reports', body: { external_id: id },
      subject: null, seen: null, done_at: 1000 + this.acts.length, status: 'waiting', tries: 0, not_before: 0, problem: null, current: null, settled: null, typed: null, ...more,
    })
    for (let at = 0; at < photos; at += 1) {
      this.pictures.push({ id: `${id}.${at}`, act: id, field: 'photos', order: at, type: 'image/jpeg', length: 450_000, round: 0, upload: null, offset: 0, sure: false, media: null })
    }
  }

  /** An action on a case that was seen in version 3. */
  addAction(id: string, subject: string, more: Partial<Act> = {}): void {
    const seen = { version: 3, state: 'checking', since: 500 }
    this.add(id, 0, { kind: 'action', path: `/api/cases/${subject}/actions/report_check`, body: { fields: {} }, subject: { kind: 'case', id: subject, number: subject }, seen, ...more })
  }
}
