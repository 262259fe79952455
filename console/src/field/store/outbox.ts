import { newKey } from '../../api/client'
import { type Act, type Photo, settled, tryAgain } from '../outbox/model'
import type { Store } from '../outbox/drain'
import { type Draft, type Picture, db } from './db'

const DAY_MS = 86_400_000
/** What is over is still shown for so long. */
const REMEMBERED_MS = 14 * DAY_MS

export const store: Store = {
  open: async (person) => (await Promise.all(['waiting', 'parked'].map((status) => db.acts.where({ person, status }).toArray()))).flat(),
  photos: (act) => db.photos.where({ act }).toArray(),
  save: (act, photo) =>
    db.transaction('rw', db.acts, db.photos, db.pictures, async () => {
      await db.acts.put(act as Act & { seq: number })
      if (photo) await db.photos.put(photo)
      // The server has them: the phone needs the room.
      if (act.status === 'settled' && act.settled?.how === 'sent') await forgetPictures(act.id)
    }),
}

async function forgetPictures(act: string): Promise<void> {
  await db.pictures.bulkDelete((await db.photos.where({ act }).primaryKeys()))
}

/** Whether something was not kept because the phone has no room for it. */
export function isFull(error: unknown): boolean {
  const { name, inner } = error as Error & { inner?: Error }
  return name === 'QuotaExceededError' || inner?.name === 'QuotaExceededError'
}

type NewAct = Pick<Act, 'person' | 'kind' | 'title' | 'path' | 'body' | 'subject' | 'seen'>

/** Put an act at the end of the queue, with the photos of the draft it came from; the draft is over with it, what it held is kept. */
export async function putOut(made: NewAct, draft: string | null, done_at: number): Promise<Act> {
  const act: Act = {
    ...made, id: draft ?? newKey(), done_at, status: 'waiting', tries: 0, not_before: 0, problem: null, current: null, settled: null, typed: null,
  }
  await db.transaction('rw', db.acts, db.drafts, async () => {
    if (draft) act.typed = (await db.drafts.get(draft))?.values ?? null
    await db.acts.add(act)
    if (draft) await db.drafts.delete(draft)
  })
  // Asked when something is first worth keeping: browsers grant it to those who are used.
  void navigator.storage?.persist?.().catch(() => false)
  return act
}

/** Photos of a draft or an act, with what is needed to show them. */
export async function addPicture(draft: string, field: string, bytes: ArrayBuffer, type: string): Promise<Photo> {
  const id = newKey()
  const photo: Photo = { id, act: draft, field, order: Date.now(), type, length: bytes.byteLength, round: 0, upload: null, offset: 0, sure: false, media: null }
  await db.transaction('rw', db.photos, db.pictures, async () => {
    await db.pictures.add({ id, bytes, type })
    await db.photos.add(photo)
  })
  return photo
}

export const dropPicture = (id: string): Promise<void> =>
  db.transaction('rw', db.photos, db.pictures, async () => {
    await db.photos.delete(id)
    await db.pictures.delete(id)
  })

export const pictureOf = (id: string): Promise<Picture | undefined> => db.pictures.get(id)

/** A draft that is thrown away, with its photos. */
export const dropDraft = (id: string): Promise<void> =>
  db.transaction('rw', db.drafts, db.photos, db.pictures, async () => {
    await forgetPictures(id)
    await db.photos.where({ act: id }).delete()
    await db.drafts.delete(id)
  })

/** What the person decides on what is parked: as it is once more, aside as a note, or thrown away. Always kept in sight. */
export const sendAgain = (act: Act): Promise<unknown> => db.acts.put(tryAgain(act) as Act & { seq: number })

export const putAside = (act: Act, how: 'again' | 'note' | 'thrown', reason: string): Promise<unknown> =>
  db.acts.put(settled(act, how, Date.now(), reason) as Act & { seq: number })

/** Turn what is parked back into a draft with its photos; the act stays in the record as done anew. `values`: what is otherwise. */
export async function backToDraft(act: Act, values: Draft['values'] = {}): Promise<Draft> {
  const draft: Draft = { id: newKey(), person: act.person, kind: act.kind === 'shift' ? 'action' : act.kind, at: Date.now(), values: { ...act.typed, ...values } }
  await db.transaction('rw', db.acts, db.drafts, db.photos, async () => {
    await db.drafts.put(draft)
    // Photos that have arrived go by their id again; those that were refused begin anew.
    await db.photos.where({ act: act.id }).modify((photo) => {
      photo.act = draft.id
      if (photo.media === null) Object.assign(photo, { upload: null, offset: 0, sure: false, round: photo.round + 1 })
    })
    await putAside(act, 'again', '')
  })
  return draft
}

/** Forget what has been over for a fortnight. What is not sent is never forgotten. */
export async function tidy(now: number): Promise<void> {
  const old = await db.acts.filter((act) => act.status === 'settled' && (act.settled?.at ?? now) < now - REMEMBERED_MS).toArray()
  for (const act of old) {
    await db.transaction('rw', db.acts, db.photos, db.pictures, async () => {
      await forgetPictures(act.id)
      await db.photos.where({ act: act.id }).delete()
      await db.acts.delete(act.seq)
    })
  }
}
