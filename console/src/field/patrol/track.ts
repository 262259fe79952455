import { of } from '../outbox/server'
import { type Fix, db } from '../store/db'
import { heard, serverNow } from '../store/skew'

const MOST = 1000
/** Kept on the phone after they were sent: what is drawn as today's track. */
const DRAWN_MS = 86_400_000

/** Note a position while on duty; its time is the server's, so that a repeat is known for one. */
export const note = (fix: Omit<Fix, 'sent'>): Promise<unknown> => db.fixes.put({ ...fix, sent: false })

const between = (person: string, from: number, to: number) => db.fixes.where('[person+at]').between([person, from], [person, to])

/** Those of the last day, in order. */
export const drawn = (person: string): Promise<Fix[]> => between(person, serverNow() - DRAWN_MS, Infinity).toArray()

/** Send what is there, after everything else: positions count only within a turn that the server knows of. */
export async function sendTrack(person: string): Promise<void> {
  let most = MOST
  for (;;) {
    const batch = await between(person, 0, Infinity).filter((fix) => !fix.sent).limit(most).toArray()
    if (!batch.length) break
    const status = await sent(person, batch)
    if (status === 422 && batch.length > 1) {
      most = Math.ceil(batch.length / 2) // one of them cannot be meant: the others are not to wait for it
      continue
    }
    if (status !== 200 && status !== 422) return
    await db.fixes.bulkPut(batch.map((fix) => ({ ...fix, sent: true })))
  }
  await between(person, 0, serverNow() - DRAWN_MS).filter((fix) => fix.sent).delete()
}

async function sent(person: string, batch: Fix[]): Promise<number> {
  const positions = batch.map(({ at, lon, lat, accuracy_m, mock }) => ({ at: new Date(at).toISOString(), lon, lat, accuracy_m, mock }))
  const headers = { ...of(person), 'Content-Type': 'application/json' }
  try {
    const answer = await fetch('/api/field/track', { method: 'POST', headers, body: JSON.stringify({ positions, datum: 'wgs84' }) })
    heard(answer)
    return answer.status
  } catch {
    return 0
  }
}
