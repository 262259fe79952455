import { useEffect, useSyncExternalStore } from 'react'

/** Where the phone is: WGS-84 (W3C Geolocation). `mock`: a shell around the browser says a program put it in; browsers do not tell. */
export type Here = { lon: number; lat: number; accuracy_m: number; at: number; mock: boolean }
export type Seeing = { here: Here | null; why: 'asking' | 'denied' | 'none' | 'insecure' | null }
type Mockable = GeolocationPosition & { mocked?: boolean; coords: { mocked?: boolean } }

/** What is older says nothing of where something is done. */
const FRESH_MS = 120_000
let seeing: Seeing = { here: null, why: 'asking' }
let watch: number | null = null
let users = 0
const listeners = new Set<() => void>()

function become(next: Seeing): void {
  seeing = next
  listeners.forEach((tell) => tell())
}

function found(position: GeolocationPosition): void {
  const { coords, timestamp } = position
  const told = position as Mockable
  const mock = told.mocked === true || told.coords.mocked === true
  become({ here: { lon: coords.longitude, lat: coords.latitude, accuracy_m: Math.min(99_999, Math.ceil(coords.accuracy)), at: timestamp, mock }, why: null })
}

function begin(): void {
  if (!window.isSecureContext || !navigator.geolocation) return become({ here: null, why: 'insecure' })
  watch ??= navigator.geolocation.watchPosition(
    found,
    (error) => become({ here: seeing.here, why: error.code === error.PERMISSION_DENIED ? 'denied' : 'none' }),
    { enableHighAccuracy: true, maximumAge: 5000, timeout: 30_000 },
  )
}

function end(): void {
  if (watch !== null) navigator.geolocation.clearWatch(watch)
  watch = null
}

// A watch that was begun in a pocket is asleep on some phones: it is begun anew when the app is seen again.
document.addEventListener('visibilitychange', () => {
  if (!users) return
  end()
  if (!document.hidden) begin()
})

/** Watch the position for as long as somebody wants it. */
export function useHere(wanted = true): Seeing {
  useEffect(() => {
    if (!wanted) return undefined
    users += 1
    begin()
    return () => {
      users -= 1
      if (!users) end()
    }
  }, [wanted])
  return useSyncExternalStore((tell) => (listeners.add(tell), () => listeners.delete(tell)), () => seeing)
}

/** Hear every position; for the patrol track. */
export function onHere(listener: (here: Here) => void): () => void {
  const tell = (): void => { if (seeing.here && !seeing.why) listener(seeing.here) }
  listeners.add(tell)
  return () => listeners.delete(tell)
}

/** Where the phone was last, however long ago. */
export const lastHere = (): Here | null => seeing.here

/** The present position, if it is fresh. */
export const freshHere = (): Here | null => (seeing.here && Date.now() - seeing.here.at < FRESH_MS ? seeing.here : null)

/** The signature of place and time that goes with every act; `sent_at` is put in as it is sent. */
export function witness(done_at: number): Record<string, unknown> {
  const here = freshHere()
  const place = here ? { lon: here.lon, lat: here.lat, datum: 'wgs84', accuracy_m: here.accuracy_m, sensor_mock: here.mock } : {}
  return { at: new Date(done_at).toISOString(), ...place }
}
