// The first character of each initial in the order of pinyin that every browser has (Unicode CLDR): a character lies
// between two of them. No table of readings is shipped; of several readings the usual one counts.
const FIRST = '\u963f\u516b\u5693\u54d2\u59b8\u53d1\u65ee\u54c8\u8ba5\u5494\u5783\u5988\u62cf\u5662\u5991\u4e03\u5465\u6268\u5b83\u7a75\u5915\u4e2b\u5e00'
const LETTERS = 'abcdefghjklmnopqrstwxyz'
const order = new Intl.Collator('zh-Hans-CN-u-co-pinyin')
const known = new Map<string, string>()

function letter(one: string): string {
  if (!/\p{Script=Han}/u.test(one)) return one.toLowerCase()
  let found = known.get(one)
  if (found === undefined) {
    let at = LETTERS.length - 1
    while (at > 0 && order.compare(one, FIRST[at]!) < 0) at -= 1
    found = LETTERS[at]!
    known.set(one, found)
  }
  return found
}

/** The initials of a text: `暴露垃圾` → `bllj`. */
export const initials = (text: string): string => Array.from(text, letter).join('')

/** What is searched of something with names: all of it as typed, and initials. */
export type Searched = { words: string; initials: string }
export const searched = (...names: string[]): Searched => ({
  words: names.join('\n').toLowerCase(),
  initials: names.map(initials).join('\n'),
})

/** How well it fits what was typed, less is better; null: not at all. Beginnings go before what stands inside. */
export function fits(one: Searched, typed: string): number | null {
  const wanted = typed.trim().toLowerCase()
  if (!wanted) return 0
  const places = [place(one.words, wanted), place(one.initials, wanted)].filter((at) => at !== null)
  return places.length ? Math.min(...places) : null
}

function place(text: string, wanted: string): number | null {
  const at = text.indexOf(wanted)
  if (at < 0) return null
  return at === 0 || text[at - 1] === '\n' ? 0 : 1
}
