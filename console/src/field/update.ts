import { useSyncExternalStore } from 'react'

const SCRIPT = '/field-sw.js'
const ASK_EVERY_MS = 3_600_000
let waiting: ServiceWorker | null = null
let asked = false
const listeners = new Set<() => void>()

function become(worker: ServiceWorker | null): void {
  waiting = worker
  listeners.forEach((tell) => tell())
}

/** Whether a newer app lies ready. It is never taken but by the person's hand. */
export const useUpdate = (): boolean => useSyncExternalStore((tell) => (listeners.add(tell), () => listeners.delete(tell)), () => waiting !== null)

export function takeUpdate(): void {
  asked = true
  waiting?.postMessage('take over')
}

/** Keep the app itself on the phone; drafts are kept as they are typed, so the reload that was asked for loses nothing. */
export async function beginWorker(): Promise<void> {
  if (!('serviceWorker' in navigator) || import.meta.env.DEV) return
  navigator.serviceWorker.addEventListener('controllerchange', () => { if (asked) location.reload() })
  const registration = await navigator.serviceWorker.register(SCRIPT, { scope: '/field', updateViaCache: 'none' })
  const watch = (worker: ServiceWorker | null): void =>
    // The very first has nothing before it, and begins by itself.
    worker?.addEventListener('statechange', () => { if (worker.state === 'installed' && registration.active) become(worker) })
  if (registration.waiting && registration.active) become(registration.waiting)
  watch(registration.installing)
  registration.addEventListener('updatefound', () => watch(registration.installing))
  setInterval(() => { if (navigator.onLine) void registration.update().catch(() => undefined) }, ASK_EVERY_MS)
}
