import { useSyncExternalStore } from 'react'
import type { Catalogues } from '../strings/catalogues'

/** The two languages of the interface; Chinese is the first. */
export type Language = 'zh' | 'en'
/** `folder.key` of a text in `src/strings`; a key that is not there does not compile. */
export type Key = { [F in keyof Catalogues & string]: `${F}.${keyof Catalogues[F] & string}` }[keyof Catalogues & string]
export type Folder = keyof Catalogues & string
/** A text in both languages, as the server tells titles. */
export type Title = { zh: string; en: string }
type Values = Record<string, string | number>
type Loader = (path: string) => Promise<Record<string, string>>

const KEPT = 'xiuhua.language'
const texts = new Map<string, Record<string, string>>()
const folders = new Set<Folder>()
const listeners = new Set<() => void>()
let load: Loader = () => Promise.reject(new Error('no catalogues'))
let language: Language = chosenBefore('')

/** Begin with the catalogues of an app: `read` is given `zh/desk` and the like. */
export async function beginStrings(read: Loader, first: Folder[]): Promise<void> {
  load = read
  document.documentElement.lang = tag(language)
  await needStrings(...first)
}

/** See to it that the texts of some folders are there in the present language. */
export async function needStrings(...wanted: Folder[]): Promise<void> {
  wanted.forEach((folder) => folders.add(folder))
  await fetchAll(language)
}

async function fetchAll(of: Language): Promise<void> {
  const missing = [...folders].map((folder) => `${of}/${folder}`).filter((path) => !texts.has(path))
  await Promise.all(missing.map(async (path) => texts.set(path, await load(path))))
}

export const currentLanguage = (): Language => language
export const tag = (of: Language): string => (of === 'zh' ? 'zh-CN' : 'en')

/** Switch; kept for this person (and for whoever signs in next at this browser, until they choose). */
export async function setLanguage(next: Language, person = ''): Promise<void> {
  await fetchAll(next)
  language = next
  localStorage.setItem(KEPT, next)
  if (person) localStorage.setItem(`${KEPT}.${person}`, next)
  document.documentElement.lang = tag(next)
  listeners.forEach((tell) => tell())
}

/** What a person chose before, else what was chosen last here, else what the browser asks for. */
export function chosenBefore(person: string): Language {
  const kept = (person && localStorage.getItem(`${KEPT}.${person}`)) || localStorage.getItem(KEPT)
  if (kept === 'zh' || kept === 'en') return kept
  return navigator.language.toLowerCase().startsWith('en') ? 'en' : 'zh'
}

/** The present language; whoever uses it is drawn anew when it changes. */
export function useLanguage(): Language {
  return useSyncExternalStore(listen, currentLanguage)
}

function listen(tell: () => void): () => void {
  listeners.add(tell)
  return () => listeners.delete(tell)
}

/** A text of the catalogues. `{n}` is filled in; `one case|{n} cases` is chosen by `n`. */
export function text(key: Key, values: Values = {}): string {
  const [folder, ...rest] = key.split('.') as [string, ...string[]]
  const found = texts.get(`${language}/${folder}`)?.[rest.join('.')]
  return found === undefined ? key : filled(found, values)
}

/** The text of a key that is put together at run time; `otherwise` where there is none. */
export function textOr(key: string, otherwise: string): string {
  const made = text(key as Key)
  return made === key ? otherwise : made
}

export function filled(pattern: string, values: Values): string {
  const forms = pattern.split('|')
  const form = forms.length === 2 && 'n' in values ? forms[values['n'] === 1 ? 0 : 1]! : pattern
  return form.replace(/\{(\w+)\}/g, (all, name: string) => (name in values ? String(values[name]) : all))
}

/** The side of a server's title in the present language. */
export function titled(title: Partial<Title> | Record<string, string> | null | undefined, otherwise = ''): string {
  return title?.[language] || title?.['zh'] || otherwise
}

/** The name in the present language of something that has a Chinese one at least. */
export const nameOf = (one: { name: string; name_en?: string | null | undefined }): string => (language === 'en' && one.name_en) || one.name

/** `t(key, values)`, drawn anew when the language changes. */
export function useText(): typeof text {
  useLanguage()
  return text
}
