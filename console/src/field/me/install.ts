import { useSyncExternalStore } from 'react'

type Prompt = Event & { prompt: () => Promise<unknown>; userChoice: Promise<{ outcome: string }> }
let offered: Prompt | null = null
const listeners = new Set<() => void>()
const tell = (): void => listeners.forEach((each) => each())

/** Keep the browser's offer until the person asks for it. */
export function beginInstalling(): void {
  addEventListener('beforeinstallprompt', (event) => {
    event.preventDefault()
    offered = event as Prompt
    tell()
  })
  addEventListener('appinstalled', () => { offered = null; tell() })
}

export const useInstallable = (): boolean => useSyncExternalStore((each) => (listeners.add(each), () => listeners.delete(each)), () => offered !== null)

export async function install(): Promise<void> {
  await offered?.prompt()
  offered = null
  tell()
}

export const installed = (): boolean => matchMedia('(display-mode: standalone)').matches
