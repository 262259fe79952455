import { useSyncExternalStore } from 'react'
import { Problem, type Schemas, api, ok, onSignedOut } from '../api/client'
import { chosenBefore, currentLanguage, setLanguage } from './language'
import { setServerTime, setZone } from './time'

export type Me = Schemas['Me']
export type Ways = Schemas['WaysOut']

/**
 * Who sits here. `unknown`: not asked yet; `nobody`: must sign in; `someone`; `lapsed`: someone whose session ran
 * out or who must do something first: the page stays as it is, a dialog asks, then what waits goes on. `settled` once
 * there is a page below, which is not before a first password was chosen.
 */
export type Session =
  | { is: 'unknown' | 'nobody'; me: null; settled: false }
  | { is: 'someone' | 'lapsed'; me: Me; settled: boolean }

let session: Session = { is: 'unknown', me: null, settled: false }
const listeners = new Set<() => void>()
let waiting: ((again: boolean) => void)[] = []
let home = '/'
let tellOf: (me: Me) => void = () => undefined

/** Where the app begins anew: after a sign-out, and when somebody else sits here now; `told` hears who the server knows. */
export function beginAt(path: string, told: (me: Me) => void): void {
  home = path
  tellOf = told
}

function become(next: Session): void {
  session = next
  listeners.forEach((tell) => tell())
}

onSignedOut(async (request) => {
  if (new URL(request.url).pathname.startsWith('/api/session') || session.me === null) return false
  if (session.is === 'someone') become({ ...session, is: 'lapsed' })
  return new Promise((go) => waiting.push(go))
})

export const currentSession = (): Session => session
export const useSession = (): Session =>
  useSyncExternalStore((tell) => (listeners.add(tell), () => listeners.delete(tell)), currentSession)

/** Take it that this is who they were when there was a network last; `findOut` tells once there is one again. */
export function assume(me: Me): void {
  if (!session.me) become({ is: 'someone', me, settled: true })
}

/** The server has turned this person away: who works on without it does so, and is asked to sign in again. */
export function lapse(): void {
  if (session.is === 'someone') become({ ...session, is: 'lapsed' })
}

/** Who is signed in. Throws where they are not. */
export function useMe(): Me {
  const { me } = useSession()
  if (!me) throw new Error('nobody is signed in')
  return me
}

/** Whether a person holds a permission, or one of several. */
export const may = (me: Me, permission: string | readonly string[] | undefined): boolean => !permission || [permission].flat().some((one) => me.permissions.includes(one))

/** Ask the server who this is; at the beginning and after each sign-in. */
export async function findOut(): Promise<void> {
  const before = session.me
  try {
    const me = await ok(api.GET('/api/me'))
    tellOf(me)
    // Someone else signed in over this page: what it shows is not theirs.
    if (before && before.id !== me.id) {
      location.assign(home)
      return
    }
    setZone(me.server.time_zone ?? 'Asia/Shanghai')
    setServerTime(me.server.time)
    const language = chosenBefore(me.id)
    if (language !== currentLanguage()) await setLanguage(language)
    const must = me.must_change_password || me.must_set_second_factor
    become({ is: must ? 'lapsed' : 'someone', me, settled: session.settled || !must })
    if (!must) release(true)
  } catch (error) {
    if (!(error instanceof Problem) || error.code !== 'not_signed_in') throw error
    if (!before) become({ is: 'nobody', me: null, settled: false })
  }
}

function release(again: boolean): void {
  const all = waiting
  waiting = []
  all.forEach((go) => go(again))
}

/** At the beginning: ask who this is only where a sign-in is shown at all. */
export async function begin(): Promise<void> {
  if ((await waysIn()).shown) await findOut()
  else become({ is: 'nobody', me: null, settled: false })
}

/** Sign in; throws `Problem` with `second_factor_needed` where a code is wanted as well. */
export async function signIn(name: string, password: string, code: string, city?: string): Promise<void> {
  await ok(api.POST('/api/session', { body: { name, password, code, ...(city ? { city } : {}) } }))
  await findOut()
}

/** End the session at the server; one that ran out is ended already. */
export async function endSession(): Promise<void> {
  try {
    await ok(api.DELETE('/api/session'))
  } catch (error) {
    if (!(error instanceof Problem) || error.code !== 'not_signed_in') throw error
  }
}

/** Sign out here, and at the provider where the session came from one. The page begins anew: nothing stays in memory. */
export async function signOut(): Promise<void> {
  await endSession()
  release(false)
  location.assign(home)
}

/** How one signs in here, for the page before. */
export const waysIn = (): Promise<Ways> => ok(api.GET('/api/session'))
