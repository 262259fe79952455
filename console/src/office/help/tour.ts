import { useSyncExternalStore } from 'react'

/** A tour that is under way: whose, and at which stop; kept until the tab is closed. */
export type Under = { role: string; at: number }

const KEPT = 'xiuhua.tour'
const listeners = new Set<() => void>()
let under: Under | null = read()

function read(): Under | null {
  try {
    return JSON.parse(sessionStorage.getItem(KEPT) ?? 'null') as Under | null
  } catch {
    return null
  }
}

export function setTour(next: Under | null): void {
  under = next
  if (next) sessionStorage.setItem(KEPT, JSON.stringify(next))
  else sessionStorage.removeItem(KEPT)
  listeners.forEach((tell) => tell())
}

export const useTour = (): Under | null => useSyncExternalStore((tell) => (listeners.add(tell), () => listeners.delete(tell)), () => under)
