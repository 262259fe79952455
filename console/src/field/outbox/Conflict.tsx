import { useState } from 'react'
import { titled, useText } from '../../common/language'
import { moment } from '../../common/time'
import { valuesOf as valuesOfInspection } from '../inspect/answers'
import { go, pathTo } from '../route'
import { backToDraft, putAside, sendAgain } from '../store/outbox'
import type { Bundle } from '../store/bundle'
import { EMPTY } from '../report/draft'
import { ActLine, nameOf } from './ActLine'
import type { Act } from './model'

/** Their detail is for programs; where it stands now says more. */
const LATE = new Set(['conflict', 'not_now'])

/** What the server did not take: what was done, where it stands now, and what the person may decide. */
export function Conflict({ act, bundle }: { act: Act; bundle: Bundle | null }) {
  const t = useText()
  const [asks, setAsks] = useState<'note' | 'thrown' | null>(null)
  const name = act.path.split('/').at(-1)!
  const task = bundle?.tasks.find((one) => one.id === act.subject?.id && one.kind === act.subject?.kind)
  const still = task?.actions.find((one) => one.action === name)
  const anew = async () => {
    if (act.kind === 'report') {
      const draft = await backToDraft(act, valuesOf(act))
      return go(pathTo('report', draft.id))
    }
    if (act.kind === 'inspection') {
      const draft = await backToDraft(act, valuesOfInspection(act.body))
      return go(pathTo('inspect', draft.id))
    }
    if (act.kind === 'entry') {
      const { fields, place: _, day, ...own } = act.body as Record<string, unknown>
      await backToDraft(act, { ...own, ...(fields as object), $day: day, $ledger: act.path.split('/').at(-2)! })
      return go(pathTo('ledgers', act.path.split('/').at(-2)!))
    }
    const n = still?.n ? String(still.n) : ''
    const about = [act.subject!.kind, act.subject!.id, name, n].join('/')
    await backToDraft(act, { ...(act.body['fields'] as object), about, ...(act.body['reason'] ? { $reason: act.body['reason'] } : {}) })
    return go(pathTo('task', act.subject!.kind, act.subject!.id, name, n))
  }
  return (
    <article className="conflict" aria-label={nameOf(act)}>
      <ul className="rows"><ActLine act={act} /></ul>
      <dl>
        <dt>{t('field.what_happened')}</dt>
        <dd>{act.problem?.title}{act.problem?.detail && act.problem.detail !== act.problem.title && !LATE.has(act.problem.code) ? ` ${act.problem.detail}` : ''}{act.problem?.why.map((one) => <span key={one}><br />{one}</span>)}</dd>
        {act.current && <><dt>{t('field.stands_now')}</dt><dd>{t('field.stands_since', { state: titled(act.current.title), time: moment(act.current.since * 1000) })}</dd></>}
        <dt>{t('field.what_was_kept')}</dt><dd>{t('field.all_kept')}</dd>
      </dl>
      {asks ? <Reason how={asks} act={act} onClose={() => setAsks(null)} /> : (
        <div className="choices">
          {(act.kind === 'report' || act.kind === 'inspection' || act.kind === 'entry' || still) && <button type="button" onClick={() => void anew()}>{t(act.kind !== 'action' ? 'field.change_and_send' : 'field.do_again')}</button>}
          {act.kind === 'action' && !still && <p className="quiet">{t('field.not_yours_now')}</p>}
          <button type="button" className="second" onClick={() => void sendAgain(act)}>{t('field.send_as_is')}</button>
          <button type="button" className="second" onClick={() => setAsks('note')}>{t('field.keep_as_note')}</button>
          <button type="button" className="second danger" onClick={() => setAsks('thrown')}>{t('field.throw_away')}</button>
        </div>
      )}
    </article>
  )
}

/** A report as it was sent, as a form again. */
function valuesOf(act: Act): Record<string, unknown> {
  const { text, category, place, self_handled } = act.body as { text: string; category?: string; place: { lon: number; lat: number; words?: string }; self_handled?: boolean }
  return { ...EMPTY, text, category: category ?? null, words: place.words ?? '', self_handled: !!self_handled, place: { lon: place.lon, lat: place.lat, by: 'map', accuracy_m: null } }
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
