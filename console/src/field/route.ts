import { type MouseEvent, useSyncExternalStore } from 'react'

/** Paths below `/field`: `report/<draft>`, `tasks`, `task/case/<id>/<action>`, `patrol`, `inspect/<draft>`, `ledgers/<name>`, `records`, `record/<id>/change`, `outbox`, `me`. */
const listeners = new Set<() => void>()
const tell = (): void => listeners.forEach((each) => each())
addEventListener('popstate', tell)

const here = (): string => location.pathname.replace(/^\/field\/?/, '')

export const useRoute = (): string[] => useSyncExternalStore((each) => (listeners.add(each), () => listeners.delete(each)), here).split('/').map(decoded)

/** An address that somebody has typed may be none. */
function decoded(part: string): string {
  try {
    return decodeURIComponent(part)
  } catch {
    return part
  }
}

export const pathTo = (...parts: string[]): string => ['/field', ...parts.filter(Boolean).map(encodeURIComponent)].join('/')

/** Go there; `replace` where going back to what is left makes no sense: a form that was sent. */
export function go(path: string, replace = false): void {
  history[replace ? 'replaceState' : 'pushState'](null, '', path)
  tell()
  scrollTo(0, 0)
}

export const back = (): void => (history.length > 1 ? history.back() : go('/field', true))

/** For `onClick` of an own link: a new tab stays a new tab. */
export function follow(event: MouseEvent<HTMLAnchorElement>): void {
  if (event.ctrlKey || event.metaKey || event.shiftKey) return
  event.preventDefault()
  go(event.currentTarget.pathname)
}
