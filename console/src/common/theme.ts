import { useSyncExternalStore } from 'react'

export type Wish = 'light' | 'dark' | 'system'
const KEPT = 'xiuhua.theme'
const dark = matchMedia('(prefers-color-scheme: dark)')
const listeners = new Set<() => void>()

export const wish = (): Wish => (localStorage.getItem(KEPT) as Wish | null) ?? 'system'
const shown = (): 'light' | 'dark' => (wish() === 'system' ? (dark.matches ? 'dark' : 'light') : (wish() as 'light' | 'dark'))

function tell(): void {
  document.documentElement.dataset['theme'] = shown()
  listeners.forEach((each) => each())
}

export function setWish(next: Wish): void {
  localStorage.setItem(KEPT, next)
  tell()
}

dark.addEventListener('change', tell)
document.documentElement.dataset['theme'] = shown()

const listen = (each: () => void) => (listeners.add(each), () => listeners.delete(each))
/** Light or dark, as it is to be shown now. */
export const useTheme = (): 'light' | 'dark' => useSyncExternalStore(listen, shown)
export const useWish = (): Wish => useSyncExternalStore(listen, wish)
