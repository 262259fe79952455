import { useEffect, useState } from 'react'
import { newKey } from '../../api/client'
import { titled, useText } from '../../common/language'
import { useMe } from '../../common/session'
import { toast } from '../Field'
import { Field } from '../forms/Field'
import { type Action, fieldsOf, given, lacking, needed, photosNeeded } from '../forms/fields'
import { Photos, Picture, usePhotos } from '../photo/Photos'
import { useHere, witness } from '../place/position'
import { go } from '../route'
import { type Bundle, type Task, calledBy, pathOf } from '../store/bundle'
import { type Draft, db } from '../store/db'
import { dropDraft, isFull, putOut } from '../store/outbox'
import { useActs } from '../live'
import { keepValues } from '../report/draft'
import { Shown, taskOf } from './Task'
import { actsOf, openAfter } from './after'

type Props = { kind: string; id: string; action: string; n: string; bundle: Bundle | null }

/** One action on a task, drawn from what the server says that it needs; kept as it is typed. */
export function Act({ kind, id, action: name, n, bundle }: Props) {
  const me = useMe()
  const [draft, setDraft] = useState<Draft | null>(null)
  const about = [kind, id, name, n].join('/')
  useEffect(() => void draftOf(me.id, about).then(setDraft), [me.id, about])
  const acts = useActs()
  const task = taskOf(bundle, kind, id)
  const done = task ? actsOf(task, acts) : []
  const action = task && openAfter(task, done).find((one) => one.action === name && String(one.n ?? '') === n)
  if (!acts) return null
  if (!task || !action) return <Left draft={draft} />
  return draft && <Form key={draft.id} task={task} action={action} draft={draft} first={!done.length} />
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

/** `first`: nothing waits to be sent on this task, so that it stands where the person sees it. */
function Form({ task, action, draft, first }: { task: Task; action: Action; draft: Draft; first: boolean }) {
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
    const fields = given(action, values)
    // What must be put right takes its fields beside the rest.
    const own = task.kind === 'rectification' ? fields : { fields, ...(reason ? { reason } : {}), ...(action.n ? { n: action.n } : {}) }
    const body = { ...own, witness: witness(done_at) }
    const path = `${pathOf(task)}/${action.action}`
    const seen = first ? { version: task.version, state: task.state, since: Math.floor(Date.parse(task.since) / 1000) } : null
    const title = action.title as { zh: string; en: string }
    try {
      await putOut({ person: me.id, kind: 'action', title, path, body, subject: { kind: task.kind, id: task.id, number: calledBy(task) || titled(task.title) }, seen }, draft.id, done_at)
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
      <p className="quiet">{[titled(task.title), calledBy(task)].filter(Boolean).join(' · ')}</p>
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
