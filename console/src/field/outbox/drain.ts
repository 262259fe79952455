import { type Act, type Answer, type Photo, type Step, after, nextAct, nextStep } from './model'

/** The phone's own keeping of the queue. */
export type Store = {
  /** All of a person's that are not settled. */
  open: (person: string) => Promise<Act[]>
  photos: (act: string) => Promise<Photo[]>
  /** Both at once or neither. */
  save: (act: Act, photo: Photo | null) => Promise<void>
}
export type Server = { carryOut: (step: Step, act: Act, photos: Photo[]) => Promise<Answer> }
export type Ports = { store: Store; server: Server; now: () => number; chance: () => number; stopped: () => boolean }
/** Why it stopped; `until` in milliseconds where it is to be tried again. */
export type Drained = { is: 'empty' | 'stopped' | 'signed_out' } | { is: 'waiting'; until: number }

/** Send what waits, in order, until nothing is left or something must be waited for. Each step is kept before the next. */
export async function drain(person: string, ports: Ports): Promise<Drained> {
  // What was under way when the app was closed: nobody knows how far it came.
  for (const act of await ports.store.open(person)) {
    for (const photo of await ports.store.photos(act.id)) {
      if (photo.sure && photo.media === null) await ports.store.save(act, { ...photo, sure: false })
    }
  }
  for (;;) {
    if (ports.stopped()) return { is: 'stopped' }
    const act = nextAct(await ports.store.open(person))
    if (!act) return { is: 'empty' }
    if (act.not_before > ports.now()) return { is: 'waiting', until: act.not_before }
    const photos = await ports.store.photos(act.id)
    const step = nextStep(photos)
    const answer = await ports.server.carryOut(step, act, photos)
    const outcome = after(act, step, answer, ports.now(), ports.chance())
    await ports.store.save(outcome.act, outcome.photo)
    if (outcome.then === 'signed_out') return { is: 'signed_out' }
    if (outcome.then === 'wait') return { is: 'waiting', until: outcome.act.not_before }
  }
}
