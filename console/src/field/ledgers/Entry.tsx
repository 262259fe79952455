import { useEffect, useState } from 'react'
import { newKey } from '../../api/client'
import { titled, useText } from '../../common/language'
import { useMe } from '../../common/session'
import { day } from '../../common/time'
import { AsOf } from '../AsOf'
import { toast } from '../Field'
import { Field } from '../forms/Field'
import { type Action, feasible, fieldsOf, given, lacking, needed } from '../forms/fields'
import { Narrow } from '../forms/Narrow'
import { Icon } from '../Icon'
import { usePart } from '../live'
import { Photos, usePhotos } from '../photo/Photos'
import { useHere } from '../place/position'
import { keepValues } from '../report/draft'
import { follow, go, pathTo } from '../route'
import { type Draft, db } from '../store/db'
import { isFull, putOut } from '../store/outbox'
import type { Ledger } from '../store/parts'
import { bodyOf, formOf } from './ledger'

/** The ledgers that this person enters work into, also without a network. */
export function Ledgers() {
  const [t, forms] = [useText(), usePart('forms')]
  if (forms === undefined) return null
  const open = (forms?.what.ledgers ?? []).filter((one) => feasible(formOf(one, t)))
  return (
    <div className="page">
      <h2>{t('field.ledgers')}</h2>
      <AsOf part={forms} />
      {!open.length && <p className="empty" role="status">{t('field.no_ledgers')}</p>}
      <Narrow all={open} nameOf={(one) => titled(one.title, one.name)}>
        {(shown) => <div className="rows">{shown.map((one) => <a key={one.name} className="row" href={pathTo('ledgers', one.name)} onClick={follow}><span className="gone"><Icon name="tasks" /></span><span><b>{titled(one.title, one.name)}</b><small>{one.unit}</small></span></a>)}</div>}
      </Narrow>
    </div>
  )
}

/** An entry into a ledger: kept as it is typed, put into the outbox when it is done. */
export function Entry({ name }: { name: string }) {
  const [t, me] = [useText(), useMe()]
  const forms = usePart('forms')
  const [draft, setDraft] = useState<Draft | null>(null)
  useEffect(() => void draftOf(me.id, name).then(setDraft), [me.id, name])
  const ledger = forms?.what.ledgers.find((one) => one.name === name)
  const form = ledger ? formOf(ledger, t) : null
  if (forms !== undefined && !form) return <p className="empty" role="status">{t('field.no_ledgers')}</p>
  return draft && ledger && form && <Form key={draft.id} ledger={ledger} form={form} draft={draft} />
}

/** What was begun in this ledger, or a new one. */
async function draftOf(person: string, ledger: string): Promise<Draft> {
  return db.transaction('rw', db.drafts, async () => {
    const found = (await db.drafts.where({ person }).reverse().sortBy('at')).find((one) => one.kind === 'entry' && one.values['$ledger'] === ledger)
    const draft: Draft = found ?? { id: newKey(), person, kind: 'entry', at: Date.now(), values: { $ledger: ledger } }
    if (!found) await db.drafts.put(draft)
    return draft
  })
}

function Form({ ledger, form, draft }: { ledger: Ledger; form: Action; draft: Draft }) {
  const [t, me] = [useText(), useMe()]
  const [values, setValues] = useState(draft.values)
  const [sending, setSending] = useState(false)
  const [keeping, setKeeping] = useState(0)
  const photos = usePhotos(draft.id)
  const { here } = useHere()
  const change = (name: string, value: unknown) => {
    const next = { ...values, [name]: value }
    setValues(next)
    void keepValues(draft.id, next)
  }
  const lacks = lacking(form, values, {}, photos.length)
  const send = async () => {
    setSending(true)
    const done_at = Date.now()
    const title = ledger.title as { zh: string; en: string }
    try {
      await putOut({ person: me.id, kind: 'entry', title, path: `/api/ledgers/${ledger.name}/entries`, body: bodyOf(draft.id, given(form, values), String(values['$day'] ?? day(done_at)), here), subject: null, seen: null }, draft.id, done_at)
    } catch (error) {
      setSending(false)
      return toast(isFull(error) ? t('field.phone_full') : String(error))
    }
    toast(t('field.put_out'))
    return go(pathTo('ledgers'), true)
  }
  return (
    <form className="page" onSubmit={(event) => { event.preventDefault(); void send() }}>
      <h2>{titled(ledger.title, ledger.name)}</h2>
      {fieldsOf(form).map(([name, spec]) => <Field key={name} name={name} spec={spec} value={values[name]} needed={needed(form, name)} onChange={(value) => change(name, value)} />)}
      <Photos draft={draft.id} field="photos" title={t('field.entry_photos')} needed={false} onKeeping={(more) => setKeeping((n) => n + more)} />
      <div className="foot">
        {lacks.length > 0 && <p className="lacks">{t('field.lacks')} {lacks.map((name) => titled(fieldsOf(form).find(([one]) => one === name)?.[1]['x-title'], name)).join(t('field.and'))}</p>}
        <button type="submit" className="big" disabled={lacks.length > 0 || sending || keeping > 0}>{t('field.enter')}</button>
      </div>
    </form>
  )
}
