import { liveQuery } from 'dexie'
import { useSyncExternalStore } from 'react'
import { currentSession, lapse } from '../../common/session'
import { sendTrack } from '../patrol/track'
import { carryThumbs, refresh, refreshTurn } from '../store/bundle'
import { db } from '../store/db'
import { store, tidy } from '../store/outbox'
import { refreshParts } from '../store/parts'
import { whoNow } from '../store/session'
import { type Drained, drain } from './drain'
import { carryOut } from './server'

/** What the sending does now; `waiting` is tried again by itself at `until`. */
export type Sending = { is: 'idle' | 'sending' | 'offline' | 'signed_out' | 'waiting'; until: number }

const LOCK = 'xiuhua.outbox'
/** How often tasks are asked for while the app is seen, in milliseconds. */
const ASK_EVERY_MS = 60_000
let sending: Sending = { is: navigator.onLine ? 'idle' : 'offline', until: 0 }
let timer: ReturnType<typeof setTimeout> | undefined
let [running, wanted] = [false, false]
const listeners = new Set<() => void>()

function become(is: Sending['is'], until = 0): void {
  sending = { is, until }
  listeners.forEach((tell) => tell())
}

export const useSending = (): Sending => useSyncExternalStore((tell) => (listeners.add(tell), () => listeners.delete(tell)), () => sending)

/** Try at once, whatever was to be waited for. */
export async function sendNow(): Promise<void> {
  const { me } = currentSession()
  if (me) await db.acts.where({ person: me.id, status: 'waiting' }).modify({ not_before: 0 })
  kick()
}

/** Send if there is something to send and a way; many calls at once are one. */
export function kick(): void {
  clearTimeout(timer)
  wanted = true
  if (!running) void run()
}

async function run(): Promise<void> {
  running = true
  while (wanted) {
    wanted = false
    const { is, me } = currentSession()
    if (!me) break
    if (!navigator.onLine) become('offline')
    else if (is === 'lapsed') become('signed_out')
    else await alone(() => once(me.id)).catch((error: unknown) => { become('waiting', Date.now() + ASK_EVERY_MS); console.error(error) })
  }
  running = false
  if (sending.is === 'waiting') timer = setTimeout(kick, Math.max(500, sending.until - Date.now()))
}

/** One tab at a time. Where the page came without TLS there are no locks; a repeat does no harm at the server. */
const alone = (work: () => Promise<void>): Promise<void> => (navigator.locks ? navigator.locks.request<Promise<void>>(LOCK, work).then(() => undefined) : work())

async function once(person: string): Promise<void> {
  const waits = await db.acts.where({ person, status: 'waiting' }).count()
  if (waits) become('sending')
  const ports = { store, server: { carryOut }, now: Date.now, chance: Math.random, stopped: () => currentSession().me?.id !== person || !navigator.onLine }
  const done: Drained = await drain(person, ports)
  if (done.is === 'signed_out') {
    lapse()
    become('signed_out')
    return
  }
  if (done.is === 'waiting') become('waiting', done.until)
  else become(navigator.onLine ? 'idle' : 'offline')
  if (done.is !== 'empty') return
  await sendTrack(person)
  if (waits) await catchUp(person)
}

/** What the server has new for this person. */
async function catchUp(person: string): Promise<void> {
  await Promise.all([refresh(person), refreshTurn(person), refreshParts(person)])
  await carryThumbs(person)
}

/** Begin sending, and go on for as long as the app is open. */
export function beginSending(): void {
  const seen = (): void => {
    const { me, is } = currentSession()
    if (me && is === 'someone' && navigator.onLine && !document.hidden) void catchUp(me.id)
    if (is === 'lapsed' && navigator.onLine) void whoNow().then(kick)
    else kick()
  }
  // A way again: what was to wait for one need not.
  addEventListener('online', () => { seen(); void sendNow() })
  addEventListener('offline', () => become('offline'))
  document.addEventListener('visibilitychange', () => document.hidden || seen())
  setInterval(() => document.hidden || seen(), ASK_EVERY_MS)
  // Acts of this tab and of others alike.
  liveQuery(() => db.acts.where('status').equals('waiting').count().catch(() => 0)).subscribe(() => kick())
  void tidy(Date.now())
  seen()
}
