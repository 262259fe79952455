import { useState } from 'react'
import { titled, useText } from '../../common/language'
import { moment } from '../../common/time'
import { type Action, feasible } from '../forms/fields'
import { useKnown } from '../live'
import { useThing } from '../records/Record'
import { nameOf as fieldName, nowOf } from '../records/thing'
import { go } from '../route'
import { backToDraft, putAside, sendAgain } from '../store/outbox'
import type { Bundle } from '../store/bundle'
import { ActLine, nameOf } from './ActLine'
import type { Act } from './model'
import { whereOf } from './where'

/** Their detail is for programs; where it stands now says more. */
const LATE = new Set(['conflict', 'not_now'])

/** What the server did not take: what was done, where it stands now, and what the person may decide. */
export function Conflict({ act, bundle }: { act: Act; bundle: Bundle | null }) {
  const t = useText()
  const [asks, setAsks] = useState<'note' | 'thrown' | null>(null)
  const name = act.path.split('/').at(-1)!
  const task = bundle?.tasks.find((one) => one.id === act.subject?.id && one.kind === act.subject?.kind)
  const open = task?.actions.filter(feasible) ?? []
  const still = open.find((one) => one.action === name)
  const anew = async (action?: Action) => {
    const { kind, id } = act.subject ?? { kind: '', id: '' }
    const draft = await backToDraft(act, action ? { about: [kind, id, action.action, action.n ?? ''].join('/') } : {})
    go(whereOf(draft))
  }
  return (
    <article className="conflict" aria-label={nameOf(act)}>
      <ul className="rows"><ActLine act={act} /></ul>
      <dl>
        <dt>{t('field.what_happened')}</dt>
        <dd>{act.problem?.title}{act.problem?.detail && act.problem.detail !== act.problem.title && !LATE.has(act.problem.code) ? ` ${act.problem.detail}` : ''}{act.problem?.why.map((one) => <span key={one}><br />{one}</span>)}</dd>
        {act.current && <><dt>{t('field.stands_now')}</dt><dd>{t('field.stands_since', { state: titled(act.current.title), time: moment(act.current.since * 1000) })}</dd></>}
        {act.kind === 'change' && act.subject && <Meanwhile record={act.subject.id} fields={act.problem?.fields ?? []} />}
        <dt>{t('field.what_was_kept')}</dt><dd>{t('field.all_kept')}</dd>
      </dl>
      {asks ? <Reason how={asks} act={act} onClose={() => setAsks(null)} /> : (
        <div className="choices">
          {act.kind === 'action' && still && <button type="button" onClick={() => void anew(still)}>{t('field.do_again')}</button>}
          {act.kind !== 'action' && act.typed && <button type="button" onClick={() => void anew()}>{t('field.change_and_send')}</button>}
          {act.kind === 'action' && !still && open.map((one) => <button key={`${one.action}${one.n}`} type="button" onClick={() => void anew(one)}>{t('field.do_instead', { action: titled(one.title) })}</button>)}
          {act.kind === 'action' && !open.length && <p className="quiet">{t('field.not_yours_now')}</p>}
          <button type="button" className="second" onClick={() => void sendAgain(act)}>{t('field.send_as_is')}</button>
          <button type="button" className="second" onClick={() => setAsks('note')}>{t('field.keep_as_note')}</button>
          <button type="button" className="second danger" onClick={() => setAsks('thrown')}>{t('field.throw_away')}</button>
        </div>
      )}
    </article>
  )
}

/** What others changed of a record, as it is now. */
function Meanwhile({ record, fields }: { record: string; fields: string[] }) {
  const [t, known, found] = [useText(), useKnown(), useThing(record)]
  if (!found || !fields.length) return null
  return (
    <>
      <dt>{t('field.changed_meanwhile')}</dt>
      <dd>{fields.map((name) => <div key={name}>{fieldName(found.register, name)} · {t('field.was', { value: nowOf(found.register, found.thing, name, known) || '—' })}</div>)}</dd>
    </>
  )
}

function Reason({ how, act, onClose }: { how: 'note' | 'thrown'; act: Act; onClose: () => void }) {
  const t = useText()
  const [reason, setReason] = useState('')
  const needs = how === 'thrown'
  return (
    <form className="reason" onSubmit={(event) => { event.preventDefault(); void putAside(act, how, reason.trim()) }}>
      <label className="field">
        <span>{t(needs ? 'common.reason' : 'field.note')}{needs && <em aria-label={t('common.required')}>*</em>}</span>
        <textarea rows={2} maxLength={500} value={reason} onChange={(event) => setReason(event.target.value)} />
        <small>{t(needs ? 'field.throw_help' : 'field.note_help')}</small>
      </label>
      <div className="choices">
        <button type="submit" className={needs ? 'danger' : ''} disabled={needs && reason.trim().length < 2}>{t(needs ? 'field.throw_away' : 'field.keep_as_note')}</button>
        <button type="button" className="second" onClick={onClose}>{t('common.cancel')}</button>
      </div>
    </form>
  )
}
