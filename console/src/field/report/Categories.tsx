import { useState } from 'react'
import { titled, useText } from '../../common/language'
import { Icon } from '../Icon'
import { Sheet } from '../Sheet'
import type { Bundle, Category } from '../store/bundle'

const KEPT = 'xiuhua.field.used'
const SHOWN = 5
type Uses = Record<string, number>

const uses = (): Uses => JSON.parse(localStorage.getItem(KEPT) ?? '{}') as Uses

/** What one reports most comes first; old use fades. */
export function noteUse(key: string): void {
  const faded = Object.fromEntries(Object.entries(uses()).map(([one, n]) => [one, n * 0.95] as const).filter(([, n]) => n > 0.05))
  localStorage.setItem(KEPT, JSON.stringify({ ...faded, [key]: (faded[key] ?? 0) + 1 }))
}

/** The chosen one and those used most; then those of what streets show most (matters before parts). */
export function usual(categories: Category[], chosen: string | null, used: Uses): Category[] {
  const rank = (one: Category): number => (used[one.key] ?? 0) * 1000 + (one.kind === 'matter' ? 1 : 0)
  const first = [...categories].sort((a, b) => rank(b) - rank(a)).slice(0, SHOWN)
  const own = categories.find((one) => one.key === chosen)
  return own && !first.includes(own) ? [own, ...first.slice(0, SHOWN - 1)] : first
}

/** Those that hold every typed word in name, class or condition; names first. */
export function searched(categories: Category[], typed: string): Category[] {
  const words = typed.toLowerCase().split(/\s+/).filter(Boolean)
  const hit = (one: Category): number => {
    const [name, all] = [`${one.name.zh} ${one.name.en}`.toLowerCase(), `${one.name.zh} ${one.name.en} ${one.class.zh} ${one.class.en} ${one.key} ${one.conditions.map((each) => each.text).join(' ')}`.toLowerCase()]
    return words.every((word) => name.includes(word)) ? 2 : words.every((word) => all.includes(word)) ? 1 : 0
  }
  return categories.map((one) => [hit(one), one] as const).filter(([n]) => n > 0).sort(([a], [b]) => b - a).map(([, one]) => one)
}

type Props = { bundle: Bundle | null; value: string | null; onChange: (key: string | null) => void }

export function Categories({ bundle, value, onChange }: Props) {
  const t = useText()
  const [open, setOpen] = useState(false)
  const all = bundle?.categories ?? []
  if (!all.length) return <p className="quiet">{t('field.no_categories')}</p>
  return (
    <>
      <fieldset className="chips">
        <legend>{t('field.category')}</legend>
        <div>
          {usual(all, value, uses()).map((one) => (
            <button key={one.key} type="button" aria-pressed={one.key === value} onClick={() => onChange(one.key === value ? null : one.key)}>{titled(one.name)}</button>
          ))}
          <button type="button" className="more" onClick={() => setOpen(true)}><Icon name="search" size={18} />{t('field.all_categories')}</button>
        </div>
      </fieldset>
      {open && <All all={all} value={value} onChoose={(key) => { onChange(key); setOpen(false) }} onClose={() => setOpen(false)} />}
    </>
  )
}

function All({ all, value, onChoose, onClose }: { all: Category[]; value: string | null; onChoose: (key: string) => void; onClose: () => void }) {
  const t = useText()
  const [typed, setTyped] = useState('')
  const found = typed.trim() ? searched(all, typed) : all
  const classes = [...new Set(found.map((one) => `${one.kind}/${titled(one.class)}`))]
  return (
    <Sheet title={t('field.category')} onClose={onClose} full>
      <input className="search" type="search" value={typed} placeholder={t('field.search_category')} aria-label={t('field.search_category')} onChange={(event) => setTyped(event.target.value)} />
      <div className="scroll">
        {classes.map((each) => (
          <section key={each}>
            <h3>{each.split('/').slice(1).join('/')} <small>{t(each.startsWith('part/') ? 'field.parts' : 'field.matters')}</small></h3>
            <div className="rows">
              {found.filter((one) => `${one.kind}/${titled(one.class)}` === each).map((one) => (
                <button key={one.key} type="button" aria-pressed={one.key === value} onClick={() => onChoose(one.key)}>
                  {titled(one.name)}
                </button>
              ))}
            </div>
          </section>
        ))}
        {!found.length && <p className="empty">{t('field.nothing_found')}</p>}
      </div>
    </Sheet>
  )
}
