import { useMemo, useState } from 'react'
import { useText } from '../../common/language'
import { moment } from '../../common/time'
import { Icon } from '../Icon'
import { Sheet } from '../Sheet'
import { useKnown, usePart } from '../live'
import { useOnline } from '../records/online'
import { type Choice, choicesOf, found } from './choices'
import { type Spec, isMany, registerOf } from './fields'

type Props = { title: string; spec: Spec; value: unknown; needed: boolean; onChange: (value: unknown, name: string) => void }

/** Units, people, areas, categories and records, chosen by name from what the phone carries. */
export function Picker({ title, spec, value, needed, onChange }: Props) {
  const t = useText()
  const [open, setOpen] = useState(false)
  const all = useChoices(spec)
  const chosen = isMany(spec) ? ((value as string[] | undefined) ?? []) : value ? [String(value)] : []
  const nameOf = (code: string): string => all.find((one) => one.code === code)?.name ?? code
  const drop = (code: string) => onChange(isMany(spec) ? chosen.filter((one) => one !== code) : '', '')
  const choose = (code: string, name: string) => {
    if (isMany(spec)) return onChange(chosen.includes(code) ? chosen.filter((one) => one !== code) : [...chosen, code], name)
    setOpen(false)
    return onChange(code, name)
  }
  return (
    <fieldset className="field picker">
      <legend>{title}{needed && <em aria-label={t('common.required')}>*</em>}</legend>
      {chosen.map((code) => (
        <p key={code} className="picked">
          <span>{nameOf(code)}</span>
          <button type="button" className="round" onClick={() => drop(code)} aria-label={t('field.drop_choice', { name: nameOf(code) })}><Icon name="close" size={20} /></button>
        </p>
      ))}
      {(isMany(spec) || !chosen.length) && <button type="button" className="second choose" onClick={() => setOpen(true)} aria-label={t('field.choose_what', { what: title })}><Icon name="search" size={20} />{t('common.choose')}</button>}
      {open && <List title={title} spec={spec} all={all} chosen={chosen} onChoose={choose} onClose={() => setOpen(false)} />}
    </fieldset>
  )
}

/** What a field can be chosen from, drawn anew when more is carried. */
function useChoices(spec: Spec): Choice[] {
  const known = useKnown()
  return useMemo(() => choicesOf(spec, known), [spec, known])
}

type ListProps = { title: string; spec: Spec; all: Choice[]; chosen: string[]; onChoose: (code: string, name: string) => void; onClose: () => void }

function List({ title, spec, all, chosen, onChoose, onClose }: ListProps) {
  const t = useText()
  const [typed, setTyped] = useState('')
  const names = usePart('names')
  const more = useOnline(registerOf(spec), typed).map((one): Choice => ({ code: one.key, name: one.called, more: one.called === one.key ? '' : one.key }))
  const here = found(all, typed)
  const shown = [...here, ...more.filter((one) => !here.some((each) => each.code === one.code))]
  // What is on the label of a thing is a key, also of one that the phone does not know.
  const bare = spec['x-type'] === 'ref' && typed.trim() && !shown.some((one) => one.code === typed.trim())
  return (
    <Sheet title={title} onClose={onClose} full>
      <input className="search" type="search" value={typed} placeholder={t('field.search_name')} aria-label={t('field.search_name')} onChange={(event) => setTyped(event.target.value)} />
      <div className="scroll">
        <div className="rows">
          {shown.map((one) => (
            <button key={one.code} type="button" aria-pressed={chosen.includes(one.code)} onClick={() => onChoose(one.code, one.name)}>
              {one.name}{one.more && <small> {one.more}</small>}
            </button>
          ))}
          {bare && <button type="button" onClick={() => onChoose(typed.trim(), typed.trim())}>{t('field.use_key', { key: typed.trim() })}</button>}
        </div>
        {!shown.length && !bare && <p className="empty">{t('field.nothing_found')}</p>}
        <p className="quiet small-text">{names ? t('field.names_of', { time: moment(names.at) }) : t('field.names_missing')}</p>
      </div>
      {isMany(spec) && <div className="foot"><button type="button" className="big" onClick={onClose}>{t('field.chosen', { n: chosen.length })}</button></div>}
    </Sheet>
  )
}
