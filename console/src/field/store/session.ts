import { type Me, assume, begin, currentSession, endSession, findOut, lapse } from '../../common/session'
import { setZone } from '../../common/time'
import { db } from './db'
import { keysOf } from './parts'
import { heard } from './skew'

const KEPT = 'xiuhua.field.me'

/** Who was here when there was a network last. */
const before = (): Me | null => JSON.parse(localStorage.getItem(KEPT) ?? 'null') as Me | null

/** Keep who the server knows, for beginnings without a network. */
export const rememberMe = (me: Me): void => localStorage.setItem(KEPT, JSON.stringify(me))

/** Begin: with the server's word, or as whoever was here last; what is on the phone does not wait for a network. */
export async function beginField(): Promise<void> {
  const known = before()
  if (!known) {
    await begin().catch(() => undefined)
    return
  }
  setZone(known.server.time_zone ?? 'Asia/Shanghai')
  assume(known)
  if (navigator.onLine) void whoNow(true)
}

/**
 * Ask who is signed in; a session that ran out is told, and nothing else is lost. Where somebody else is, the page becomes
 * theirs only at its beginning: nobody's typing is taken away.
 */
export async function whoNow(mayChange = false): Promise<void> {
  try {
    const answer = await fetch('/api/me', { headers: { 'X-Requested-With': 'xiuhua' }, cache: 'no-store' })
    heard(answer)
    if (answer.status === 401) lapse()
    else if (answer.ok && (mayChange || ((await answer.json()) as Me).id === currentSession().me?.id)) await findOut()
  } catch {
    // No network: who was here last goes on.
  }
}

/** Sign out: tasks and grids leave the phone; what is not sent stays, and waits for this very person. */
export async function leave(): Promise<void> {
  const { me } = currentSession()
  await endSession()
  localStorage.removeItem(KEPT)
  if (me) {
    await db.kept.bulkDelete([`bundle/${me.id}`, `turn/${me.id}`, ...keysOf(me.id)])
    await db.thumbs.where({ person: me.id }).delete()
  }
  location.assign('/field')
}
