/**
 * The outbox as rules, without browser, network or database: what to do next, and what an answer makes of it. One queue
 * a person, sent in the order in which things were done. Nothing is taken out of it but by the server's yes, or by the
 * person with a reason. Why so: docs/why/field-app.md.
 */

/** One photo of an act on its way (tus 1.0.0); its bytes lie in another table. */
export type Photo = {
  id: string
  act: string
  /** Of the request: `photos`, `photos_after`, a field of the action, `finding:` and the item of an inspection, `field:` and that of a record. */
  field: string
  order: number
  type: string
  length: number
  /** Counts uploads begun: each begins under a key of its own. */
  round: number
  upload: string | null
  offset: number
  /** Whether `offset` is what the server has said last, with nothing unanswered since. */
  sure: boolean
  /** The server's id, once all of it is there. */
  media: string | null
}

export type Subject = { kind: 'case' | 'report' | 'proceeding' | 'rectification' | 'record'; id: string; number: string }
/** Where a subject stood when the person acted on it. `since` in epoch seconds. */
export type Stand = { version: number; state: string; since: number }
/** `fields`: those of a record that others changed meanwhile. */
export type Told = { status: number; code: string; title: string; detail: string; why: string[]; fields?: string[] }
/** `parked` waits for the person; `settled` has a `settled` of its own. */
export type Status = 'waiting' | 'parked' | 'settled'

export type Act = {
  /** By which the queue is ordered. */
  seq?: number
  id: string
  person: string
  kind: 'report' | 'action' | 'shift' | 'inspection' | 'entry' | 'change'
  /** What it is called in lists, in both languages. */
  title: { zh: string; en: string }
  path: string
  /** The request without photos, `at` and `sent_at`: these are put in as it is sent. */
  body: Record<string, unknown>
  /** What its form held, so that it can be changed and sent again; null: it had none. */
  typed: Record<string, unknown> | null
  subject: Subject | null
  seen: Stand | null
  /** By the phone's clock, in milliseconds. */
  done_at: number
  status: Status
  tries: number
  not_before: number
  problem: Told | null
  /** Where it stands now, as the server told whoever was late. */
  current: (Stand & { title: { zh: string; en: string } }) | null
  settled: { how: 'sent' | 'again' | 'note' | 'thrown'; at: number; reason: string; result: Record<string, unknown> | null } | null
}

export type Step =
  | { do: 'begin'; photo: Photo }
  | { do: 'locate'; photo: Photo }
  | { do: 'append'; photo: Photo; from: number; to: number }
  | { do: 'send' }

/** What came back; status 0: nothing did. */
export type Answer = {
  status: number
  retry_after_s?: number | null
  location?: string | null
  offset?: number | null
  media?: string | null
  problem?: (Told & { current?: Act['current'] }) | null
  result?: Record<string, unknown> | null
}

/** `go`: on with the queue; `wait`: until `act.not_before`; `signed_out`: until this person is here again. */
export type Outcome = { act: Act; photo: Photo | null; then: 'go' | 'wait' | 'signed_out' }

/** Bytes of one PATCH: what is lost with a connection is at most so much to be sent again. */
export const PART = 192 * 1024
const [FIRST_WAIT_MS, LONGEST_WAIT_MS] = [2000, 120_000]
/** So often a server may fail by itself before the person is asked. */
const FAILURES = 6

/** 2, 4, 8 … seconds, two minutes at most; `chance` in [0, 1) spreads phones that came back together. */
export function waitMs(tries: number, chance: number): number {
  return Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** Math.max(0, tries - 1)) * (0.75 + chance / 2)
}

/** The next to be sent: the first that waits, but nothing on a subject that has something parked before it. */
export function nextAct(acts: readonly Act[]): Act | null {
  const blocked = new Set<string>()
  for (const act of [...acts].sort((a, b) => a.seq! - b.seq!)) {
    const about = act.subject ? `${act.subject.kind}/${act.subject.id}` : ''
    if (act.status === 'parked' && about) blocked.add(about)
    if (act.status === 'waiting' && !blocked.has(about)) return act
  }
  return null
}

/** All photos first, one after another, then the request itself. */
export function nextStep(photos: readonly Photo[]): Step {
  const photo = [...photos].sort((a, b) => a.order - b.order).find((one) => one.media === null)
  if (!photo) return { do: 'send' }
  if (photo.upload === null) return { do: 'begin', photo }
  if (!photo.sure) return { do: 'locate', photo }
  return { do: 'append', photo, from: photo.offset, to: Math.min(photo.length, photo.offset + PART) }
}

/** What an answer makes of an act and its photo. `now` in milliseconds. */
export function after(act: Act, step: Step, answer: Answer, now: number, chance: number): Outcome {
  if (answer.status === 401 || MUST_FIRST.has(answer.problem?.code ?? '')) {
    return { act, photo: step.do === 'send' ? null : { ...step.photo, sure: false }, then: 'signed_out' }
  }
  if (passing(answer.status)) return later(act, step, answer, now, chance)
  return step.do === 'send' ? afterSend(act, answer, now, chance) : afterPhoto(act, step, answer, now, chance)
}

const MUST_FIRST = new Set(['password_must_change', 'second_factor_must_be_set'])
/** The same may well succeed a little later, with nothing changed. */
const passing = (status: number): boolean => [0, 408, 425, 429, 502, 503, 504].includes(status)
const well = (status: number): boolean => status >= 200 && status < 300

function later(act: Act, step: Step, answer: Answer, now: number, chance: number): Outcome {
  const wait = Math.max((answer.retry_after_s ?? 0) * 1000, waitMs(act.tries + 1, chance))
  const photo = step.do === 'send' ? null : { ...step.photo, sure: false }
  return { act: { ...act, tries: act.tries + 1, not_before: now + wait }, photo, then: 'wait' }
}

function afterPhoto(act: Act, step: Exclude<Step, { do: 'send' }>, answer: Answer, now: number, chance: number): Outcome {
  const { photo } = step
  const forward = { ...act, tries: 0, not_before: 0 }
  if (step.do === 'begin' && well(answer.status) && answer.location) {
    return { act: forward, photo: { ...photo, upload: answer.location, offset: answer.offset ?? 0, sure: true }, then: 'go' }
  }
  if (step.do !== 'begin' && well(answer.status)) {
    return { act: forward, photo: { ...photo, offset: answer.offset ?? photo.offset, media: answer.media ?? null, sure: true }, then: 'go' }
  }
  // Forgotten by the server: from the beginning, under a new key, else the old upload would be told again.
  if (step.do !== 'begin' && [404, 410].includes(answer.status) && photo.round < FAILURES) {
    return { act: { ...act, tries: act.tries + 1 }, photo: { ...photo, upload: null, offset: 0, sure: false, round: photo.round + 1 }, then: 'go' }
  }
  if (step.do === 'append' && [409, 460].includes(answer.status)) {
    return { ...later(act, step, answer, now, chance), photo: { ...photo, sure: false } }
  }
  return failedOrParked(act, { ...photo, sure: false }, step, answer, now, chance)
}

function afterSend(act: Act, answer: Answer, now: number, chance: number): Outcome {
  const code = answer.problem?.code ?? ''
  // The key is this act's alone: done before, and only the answer was lost on its way.
  if (well(answer.status) || code === 'already_done') return { act: settled(act, 'sent', now, '', answer.result ?? null), photo: null, then: 'go' }
  // Off duty already: that is what was wanted.
  if (act.kind === 'shift' && code === 'not_now') return { act: settled(act, 'sent', now, '', null), photo: null, then: 'go' }
  const current = answer.problem?.current ?? null
  if (current && act.seen && code === 'conflict' && sameStand(act.seen, current)) {
    // Something was noted meanwhile, but it stands where the person saw it: what was done is done on that.
    return { act: { ...act, seen: { ...act.seen, version: current.version }, tries: 0 }, photo: null, then: 'go' }
  }
  // Two at once, and no word of where it stands: nobody has decided anything against this.
  if (code === 'conflict' && !act.seen && !current && act.tries < FAILURES) return later(act, { do: 'send' }, answer, now, chance)
  return failedOrParked(act, null, { do: 'send' }, answer, now, chance)
}

const sameStand = (seen: Stand, now: Stand): boolean => seen.version < now.version && seen.state === now.state && seen.since === now.since

function failedOrParked(act: Act, photo: Photo | null, step: Step, answer: Answer, now: number, chance: number): Outcome {
  if (answer.status >= 500 && act.tries + 1 < FAILURES) return { ...later(act, step, answer, now, chance), photo }
  const { current = null, ...told } = answer.problem ?? { status: answer.status, code: 'not_understood', title: '', detail: '', why: [] }
  return { act: { ...act, status: 'parked', problem: told, current, tries: 0, not_before: 0 }, photo, then: 'go' }
}

/** An act that is over; `reason` where the person put it aside. */
export function settled(act: Act, how: NonNullable<Act['settled']>['how'], now: number, reason: string, result: Record<string, unknown> | null = null): Act {
  return { ...act, status: 'settled', settled: { how, at: now, reason, result }, problem: how === 'sent' ? null : act.problem }
}

/** Sent once more as it is: after a sign of life, a changed right, a mended server. */
export const tryAgain = (act: Act): Act => ({ ...act, status: 'waiting', problem: null, current: null, tries: 0, not_before: 0 })
