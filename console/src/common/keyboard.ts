import { useLayoutEffect, useRef, useSyncExternalStore } from 'react'

/** One key of a screen: `j`, `Enter`, `?`, `ctrl+Enter`, or two after each other: `g d`. */
export type KeyUse = {
  keys: string; title: string; run: () => void; when?: boolean
  /** Also while it is held down; all else is done once for a press. */
  held?: boolean
}
type Group = { title: string; uses: KeyUse[] }

const CHORD_MS = 1200
let groups: readonly Group[] = []
const listeners = new Set<() => void>()
let begun = { key: '', at: 0 }

function change(next: readonly Group[]): void {
  groups = next
  listeners.forEach((tell) => tell())
}

/** Keys in force while the component is there; the last screen that takes a key has it. `?` lists them all. */
export function useKeys(title: string, uses: KeyUse[]): void {
  const now = useRef(uses)
  now.current = uses
  const shape = JSON.stringify(uses.map((one) => [one.keys, one.title, one.when !== false]))
  // In force as soon as the screen is seen: a quick key is not lost.
  useLayoutEffect(() => {
    const group: Group = {
      title,
      uses: now.current
        .filter((one) => one.when !== false)
        .map((one, at) => ({ ...one, run: () => (now.current.find((each) => each.keys === one.keys) ?? now.current[at])?.run() })),
    }
    change([...groups, group])
    return () => change(groups.filter((one) => one !== group))
  }, [title, shape])
}

/** All keys in force, screen by screen. */
export const useKeyList = (): readonly Group[] =>
  useSyncExternalStore((tell) => (listeners.add(tell), () => listeners.delete(tell)), () => groups)

/** How a key press is written in `KeyUse.keys`. */
export function nameOf(press: Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'altKey'>): string {
  const ctrl = press.ctrlKey || press.metaKey ? 'ctrl+' : ''
  return `${ctrl}${press.altKey ? 'alt+' : ''}${press.key.length === 1 ? press.key.toLowerCase() : press.key}`
}

function typing(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false
  return target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName) || target.role === 'combobox'
}

function useOf(keys: string): KeyUse | undefined {
  return [...groups].reverse().flatMap((group) => group.uses).find((one) => one.keys === keys)
}

function pressed(press: KeyboardEvent): void {
  if (press.defaultPrevented || press.isComposing) return
  const name = nameOf(press)
  const inText = typing(press.target)
  if (inText && !name.startsWith('ctrl+') && name !== 'Escape') return
  const onButton = press.target instanceof HTMLElement && press.target.closest('button, a, [role=menuitem], [role=tab]')
  if (name === 'Enter' && onButton) return
  if (dialogSeen() && !inDialog(press.target)) return
  const chord = Date.now() - begun.at < CHORD_MS ? useOf(`${begun.key} ${name}`) : undefined
  begun = { key: name, at: Date.now() }
  const use = chord ?? useOf(name)
  if (!use) return
  press.preventDefault()
  if (!press.repeat || use.held) use.run()
}

/** Dialogs that were closed may stay in the page unseen. */
const dialogSeen = (): boolean => [...document.querySelectorAll('[role=dialog][aria-modal=true]')].some((one) => one.checkVisibility?.() ?? true)
const inDialog = (target: EventTarget | null): boolean => target instanceof HTMLElement && !!target.closest('[role=dialog]')

document.addEventListener('keydown', pressed)
