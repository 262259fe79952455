import { type ReactNode, useState } from 'react'
import { useText } from '../../common/language'
import { fits, searched } from '../../common/pinyin'

/** More than a screen of them is searched. */
const MANY = 8

/** A list that is narrowed by what is typed of names or their initials, where it is long. */
export function Narrow<T>({ all, nameOf, children }: { all: readonly T[]; nameOf: (one: T) => string; children: (shown: T[]) => ReactNode }) {
  const t = useText()
  const [typed, setTyped] = useState('')
  const shown = all.filter((one) => !typed.trim() || fits(searched(nameOf(one)), typed) !== null)
  return (
    <>
      {all.length > MANY && <input className="search" type="search" value={typed} placeholder={t('field.search_name')} aria-label={t('field.search_name')} onChange={(event) => setTyped(event.target.value)} />}
      {children(shown)}
      {all.length > 0 && !shown.length && <p className="empty" role="status">{t('field.nothing_found')}</p>}
    </>
  )
}
