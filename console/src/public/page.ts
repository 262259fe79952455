// Small helpers of the public page's script.

export type Words = Record<string, string>

/** The texts that the server put into an element. */
export function wordsOf(element: HTMLElement): Words {
  return JSON.parse(element.dataset.text ?? '{}') as Words
}

/** A text with its `{places}` filled. */
export function fill(text: string | undefined, values: Record<string, string | number> = {}): string {
  return (text ?? '').replace(/\{(\w+)\}/g, (whole, name: string) => String(values[name] ?? whole))
}

/** An element with text and attributes; texts are never read as HTML. */
export function make<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  attributes: Record<string, string> = {},
  ...inner: (Node | string)[]
): HTMLElementTagNameMap[K] {
  const made = document.createElement(tag)
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value)
  made.append(...inner)
  return made
}

/** Data of our own server in the page's language; raises what the network raises. */
export async function data<T>(path: string, params: Record<string, string | number> = {}): Promise<T> {
  const url = new URL(path, location.origin)
  for (const [name, value] of Object.entries(params)) url.searchParams.set(name, String(value))
  if (!url.searchParams.has('lang')) url.searchParams.set('lang', document.documentElement.lang.slice(0, 2))
  const answer = await fetch(url, { referrerPolicy: 'no-referrer' })
  if (!answer.ok) throw new Error(String(answer.status))
  return (await answer.json()) as T
}

/** The value of a colour of the style sheet, as it is in the scheme in use. */
export function colour(name: string): string {
  return getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim()
}
