import { useEffect, useState } from 'react'
import { newKey } from '../../api/client'
import { textOr, titled, useText } from '../../common/language'
import { useMe } from '../../common/session'
import { toast } from '../Field'
import { Choice } from '../me/Me'
import { Photos, Picture, usePhotos } from '../photo/Photos'
import { useHere, witness } from '../place/position'
import { go } from '../route'
import { type Bundle, type Task, calledBy } from '../store/bundle'
import { type Draft, db } from '../store/db'
import { dropDraft, isFull, putOut } from '../store/outbox'
import { keepValues } from '../report/draft'
import { type Action, type Spec, fieldsOf, given, lacking, needed, photosNeeded } from './fields'
import { Shown, taskOf } from './Task'

type Props = { kind: string; id: string; action: string; n: string; bundle: Bundle | null }

/** One action on a task, drawn from what the server says that it needs; kept as it is typed. */
export function Act({ kind, id, action: name, n, bundle }: Props) {
  const me = useMe()
  const [draft, setDraft] = useState<Draft | null>(null)
  const about = [kind, id, name, n].join('/')
  useEffect(() => void draftOf(me.id, about).then(setDraft), [me.id, about])
  const task = taskOf(bundle, kind, id)
  const action = task?.actions.find((one) => one.action === name && String(one.n ?? '') === n)
  if (!task || !action) return <Left draft={draft} />
  return draft && <Form key={draft.id} task={task} action={action} draft={draft} />
}

/** The task has gone to others: what was begun stays until the person lets it go. */
function Left({ draft }: { draft: Draft | null }) {
  const t = useText()
  const photos = usePhotos(draft?.id ?? '')
  const drop = async () => {
    if (!draft || !confirm(t('field.drop_draft_sure'))) return
    await dropDraft(draft.id)
    go('/field/tasks', true)
  }
  return (
    <div className="page">
      <p className="empty" role="status">{t('field.task_gone')}</p>
      {photos.length > 0 && <div className="shown"><div>{photos.map((one, at) => <Picture key={one.id} id={one.id} alt={`${at + 1}`} />)}</div></div>}
      {draft && <button type="button" className="plain" onClick={() => void drop()}>{t('field.drop_draft')}</button>}
    </div>
  )
}

/** The draft of this very action, or a new one. */
async function draftOf(person: string, about: string): Promise<Draft> {
  return db.transaction('rw', db.drafts, async () => {
    const found = (await db.drafts.where({ person }).toArray()).find((one) => one.kind === 'action' && one.values['about'] === about)
    const draft: Draft = found ?? { id: newKey(), person, kind: 'action', at: Date.now(), values: { about } }
    if (!found) await db.drafts.put(draft)
    return draft
  })
}

function Form({ task, action, draft }: { task: Task; action: Action; draft: Draft }) {
  const [t, me] = [useText(), useMe()]
  const [values, setValues] = useState(draft.values)
  const [sending, setSending] = useState(false)
  const [keeping, setKeeping] = useState(0)
  const photos = usePhotos(draft.id)
  useHere()
  const counts: Record<string, number> = {}
  for (const photo of photos) counts[photo.field] = (counts[photo.field] ?? 0) + 1
  const change = (name: string, value: unknown) => {
    const next = { ...values, [name]: value }
    setValues(next)
    void keepValues(draft.id, next)
  }
  const lacks = lacking(action, values, counts, task.photos.length)
  const reason = String(values['$reason'] ?? '').trim()
  const ready = !lacks.length && (!action.reason_needed || reason)
  const wanted = photosNeeded(action, task.photos.length)
  const pair = fieldsOf(action).some(([name]) => name === 'photos_before')
  const send = async () => {
    setSending(true)
    const done_at = Date.now()
    const body = { fields: given(action, values), ...(reason ? { reason } : {}), ...(action.n ? { n: action.n } : {}), witness: witness(done_at) }
    const path = `/api/${task.kind}s/${task.id}/actions/${action.action}`
    const seen = { version: task.version, state: task.state, since: Math.floor(Date.parse(task.since) / 1000) }
    const title = action.title as { zh: string; en: string }
    try {
      await putOut({ person: me.id, kind: 'action', title, path, body, subject: { kind: task.kind, id: task.id, number: calledBy(task) }, seen }, draft.id, done_at)
    } catch (error) {
      setSending(false)
      return toast(isFull(error) ? t('field.phone_full') : String(error))
    }
    toast(t('field.put_out'))
    return go('/field/tasks', true)
  }
  return (
    <form className="page" onSubmit={(event) => { event.preventDefault(); void send() }}>
      <h2>{titled(action.title, action.action)}</h2>
      <p className="quiet">{calledBy(task)}</p>
      {pair && task.photos.length > 0 && <Shown ids={task.photos} title={t('field.photos_before')} />}
      {pair && <p className="quiet">{t('field.pair_help')}</p>}
      {fieldsOf(action).map(([name, spec]) => spec['x-type'] === 'photo'
        ? <Photos key={name} draft={draft.id} field={name} title={titled(spec['x-title'], name)} needed={wanted.has(name)} onKeeping={(more) => setKeeping((n) => n + more)} />
        : <Field key={name} name={name} spec={spec} value={values[name]} needed={needed(action, name)} onChange={(value) => change(name, value)} />)}
      {action.reason_needed && (
        <label className="field">
          <span>{t('common.reason')}<em aria-label={t('common.required')}>*</em></span>
          <textarea rows={3} maxLength={2000} value={String(values['$reason'] ?? '')} onChange={(event) => change('$reason', event.target.value)} />
          <small>{t('common.reason_help')}</small>
        </label>
      )}
      <div className="foot">
        {lacks.length > 0 && <p className="lacks">{t('field.lacks')} {lacks.map((name) => titled(fieldsOf(action).find(([one]) => one === name)?.[1]['x-title'], name)).join(t('field.and'))}</p>}
        <button type="submit" className="big" disabled={!ready || sending || keeping > 0}>{titled(action.title, action.action)}</button>
      </div>
    </form>
  )
}

type FieldProps = { name: string; spec: Spec; value: unknown; needed: boolean; onChange: (value: unknown) => void }

/** One field by its type, for a thumb. */
export function Field({ name, spec, value, needed: must, onChange }: FieldProps) {
  const t = useText()
  const label = titled(spec['x-title'], name)
  if (spec['x-type'] === 'choice') {
    const options = (spec.enum ?? []).map((one): [string, string] => [one, titled(spec['x-titles']?.[one], textOr(`common.limit_${one}`, one))])
    return <Choice title={label} needed={must} value={String(value ?? '')} options={options} onChoose={onChange} />
  }
  if (spec['x-type'] === 'boolean') {
    return <Choice title={label} value={String(value ?? '')} options={[['true', t('common.yes')], ['false', t('common.no')]]} onChoose={(next) => onChange(next === 'true')} />
  }
  return (
    <label className="field">
      <span>{label}{must && <em aria-label={t('common.required')}>*</em>}</span>
      {input(spec, value, onChange)}
      {spec['x-help'] && <small>{titled(spec['x-help'])}</small>}
    </label>
  )
}

function input(spec: Spec, value: unknown, onChange: (value: unknown) => void) {
  const given = { value: String(value ?? ''), onChange: (event: { target: { value: string } }) => onChange(event.target.value) }
  switch (spec['x-type']) {
    case 'integer': return <input type="number" inputMode="numeric" step="1" min={spec.minimum} max={spec.maximum} {...given} />
    case 'decimal': return <input inputMode="decimal" {...given} />
    case 'date': return <input type="date" {...given} />
    case 'datetime': return <input type="datetime-local" {...given} />
    default: return <textarea rows={2} maxLength={spec.maxLength ?? 2000} {...given} />
  }
}
