import './inspect.css'
import { useEffect, useMemo, useRef, useState } from 'react'
import { newKey } from '../../api/client'
import { titled, useText } from '../../common/language'
import { useMe } from '../../common/session'
import { moment } from '../../common/time'
import { toast } from '../Field'
import { AsOf } from '../AsOf'
import { Narrow } from '../forms/Narrow'
import { Picker } from '../forms/Picker'
import { useDrafts, usePart } from '../live'
import { Choice } from '../me/Me'
import { Photos, usePhotos } from '../photo/Photos'
import { useHere } from '../place/position'
import { follow, go, pathTo } from '../route'
import { type Draft, db } from '../store/db'
import { dropDraft, isFull, putOut } from '../store/outbox'
import type { Checklist, Round } from '../store/parts'
import { type Answer, EMPTY, type Item, NOTHING, type Values, answerOf, bodyOf, counted, fieldOf, hasFailed, lacking, needsUnit, specOf } from './answers'

const UNIT = { 'x-type': 'unit' }

/** What inspecting needs without a network: checklists, and what is left of the rounds that are open. */
type Inspecting = { at: number; checklists: Checklist[]; rounds: Round[] }

/** Inspections on a phone: a checklist or a thing of a round is chosen, then gone through item by item. */
export function Inspect({ draft }: { draft: string }) {
  const [t, forms, work] = [useText(), usePart('forms'), usePart('work')]
  if (forms === undefined || work === undefined) return null
  if (!forms) return <p className="empty" role="status">{t('field.inspect_nothing_carried')}</p>
  const carried = { at: work?.at ?? forms.at, checklists: forms.what.checklists, rounds: work?.what.rounds ?? [] }
  return draft ? <Draft_ key={draft} draft={draft} carried={carried} /> : <Begin carried={carried} />
}

function Begin({ carried }: { carried: Inspecting }) {
  const [t, me, drafts] = [useText(), useMe(), useDrafts()]
  const [round, setRound] = useState<Round | null>(null)
  const begin = async (values: Partial<Values>) => {
    const draft: Draft = { id: newKey(), person: me.id, kind: 'inspection', at: Date.now(), values: { ...EMPTY, ...values } }
    await db.drafts.put(draft)
    go(pathTo('inspect', draft.id))
  }
  const name = (one: string) => titled(carried.checklists.find((each) => each.name === one)?.title, one)
  const begun = drafts?.filter((one) => one.kind === 'inspection') ?? []
  if (round) {
    return (
      <div className="page">
        <h2>{round.title} <small>{round.left}</small></h2>
        <button type="button" className="plain" onClick={() => setRound(null)}>{t('field.inspect_other')}</button>
        <Narrow all={round.things} nameOf={(one) => `${one.called} ${one.key}`}>
          {(shown) => <div className="rows">{shown.map((one) => <button key={one.id} type="button" className="row" onClick={() => void begin({ checklist: round.checklist, round: round.id, thing: one.id, called: one.called })}><span><b>{one.called}</b><small>{[one.key, one.unit_name].filter(Boolean).join(' · ')}</small></span></button>)}</div>}
        </Narrow>
      </div>
    )
  }
  return (
    <div className="page">
      {begun.length > 0 && (
        <section>
          <h2>{t('field.drafts')} <small>{begun.length}</small></h2>
          <div className="rows">{begun.map((one) => { const values = one.values as unknown as Values; return <a key={one.id} className="row" href={pathTo('inspect', one.id)} onClick={follow}><span><b>{values.called || values.key || name(values.checklist)}</b><small>{name(values.checklist)} · {moment(one.at)}</small></span></a> })}</div>
        </section>
      )}
      {carried.rounds.length > 0 && (
        <section>
          <h2>{t('field.inspect_rounds')}</h2>
          <div className="rows">{carried.rounds.map((one) => <button key={one.id} type="button" className="row" onClick={() => setRound(one)}><span><b>{one.title}</b><small>{name(one.checklist)} · {t('field.inspect_left', { n: one.left, due: moment(one.due) })}</small></span></button>)}</div>
        </section>
      )}
      <section>
        <h2>{t('field.inspect_checklists')}</h2>
        <Narrow all={carried.checklists} nameOf={(one) => titled(one.title, one.name)}>
          {(shown) => <div className="rows">{shown.map((one) => <button key={one.name} type="button" className="row" onClick={() => void begin({ checklist: one.name })}><span><b>{titled(one.title, one.name)}</b><small>{t('field.inspect_items', { n: one.items.length })}</small></span></button>)}</div>}
        </Narrow>
      </section>
      <AsOf part={carried} />
    </div>
  )
}

function Draft_({ draft, carried }: { draft: string; carried: Inspecting }) {
  const t = useText()
  const [values, setValues] = useState<Values | null | undefined>()
  useEffect(() => void db.drafts.get(draft).then((found) => setValues(found ? { ...EMPTY, ...(found.values as Partial<Values>) } : null)), [draft])
  if (values === undefined) return null
  const checklist = carried.checklists.find((one) => one.name === values?.checklist)
  if (values === null || !checklist) return <p className="empty">{t('field.draft_gone')}</p>
  return <Form draft={draft} checklist={checklist} first={values} rounds={carried.rounds} />
}

function Form({ draft, checklist, first, rounds }: { draft: string; checklist: Checklist; first: Values; rounds: Round[] }) {
  const [t, me, seeing] = [useText(), useMe(), useHere(checklist.inspects === 'place')]
  const [values, setValues] = useState(first)
  const [sending, setSending] = useState(false)
  const [keeping, setKeeping] = useState(0)
  const photos = usePhotos(draft)
  const over = useRef(false)
  useEffect(() => { if (!over.current) void db.drafts.update(draft, { values, at: Date.now() }) }, [draft, values])
  const here = seeing.here
  const placed = checklist.inspects !== 'place' || values.place || !here ? values : { ...values, place: { lon: here.lon, lat: here.lat } }
  const shown = (item: string) => photos.filter((one) => one.field === fieldOf(item)).length
  const lacks = lacking(checklist, placed, shown)
  const change = (part: Partial<Values>) => setValues((now) => ({ ...now, ...part }))
  const answer = (item: string, next: Answer) => setValues((now) => ({ ...now, answers: { ...now.answers, [item]: next } }))
  const failed = checklist.items.filter((item) => hasFailed(item, answerOf(values, item.name))).length
  const send = async () => {
    setSending(true)
    over.current = true
    const called = values.called || values.key.trim()
    const title = { zh: `${checklist.title['zh']} ${called}`, en: `${checklist.title['en']} ${called}` }
    try {
      await putOut({ person: me.id, kind: 'inspection', title, path: '/api/inspections', body: bodyOf(draft, checklist, placed, shown), subject: null, seen: null }, draft, Date.now())
    } catch (error) {
      over.current = false
      setSending(false)
      return toast(isFull(error) ? t('field.phone_full') : String(error))
    }
    toast(t('field.put_out'))
    return go(pathTo('inspect'), true)
  }
  const drop = async () => {
    if (!confirm(t('field.drop_draft_sure'))) return
    over.current = true
    await dropDraft(draft)
    go(pathTo('inspect'), true)
  }
  const spec = useMemo(() => specOf(checklist), [checklist])
  const choose = (key: unknown, called: string) => change({ key: String(key ?? ''), called })
  const first_lack = lacks[0]
  const lack = first_lack === 'thing' ? t(`field.inspect_what_${checklist.inspects as 'record'}`) : first_lack === 'unit' ? t('field.inspect_unit') : titled(checklist.items.find((one) => one.name === first_lack)?.title, first_lack ?? '')
  return (
    <form className="page inspect" onSubmit={(event) => { event.preventDefault(); void send() }}>
      <h2>{titled(checklist.title)}{values.called && <small> {values.called}</small>}</h2>
      {values.round && !rounds.some((one) => one.id === values.round) && (
        <p className="alert" role="status">{t('field.inspect_round_gone')} <button type="button" className="small" onClick={() => change({ round: null })}>{t('field.inspect_without_round')}</button></p>
      )}
      {!values.thing && (spec
        ? <Picker title={t(`field.inspect_what_${checklist.inspects as 'record'}`)} spec={spec} value={values.key} needed onChange={choose} />
        : <label className="field"><span>{t('field.inspect_what_place')}</span><input value={values.key} maxLength={100} onChange={(event) => change({ key: event.target.value })} /></label>)}
      {!values.round && needsUnit(checklist) && <Picker title={t('field.inspect_unit')} spec={UNIT} value={values.unit} needed onChange={(unit) => change({ unit: String(unit ?? '') })} />}
      {checklist.inspects === 'place' && !placed.place && <p className="alert" role="status">{t(`field.no_position_${seeing.why ?? 'asking'}`)}</p>}
      <ol className="items">
        {checklist.items.map((item) => <OneItem key={item.name} draft={draft} item={item} answer={answerOf(values, item.name)} onChange={(next) => answer(item.name, next)} onKeeping={(more) => setKeeping((n) => n + more)} />)}
      </ol>
      <button type="button" className="plain" onClick={() => void drop()}>{t('field.drop_draft')}</button>
      <div className="foot">
        {lacks.length > 0 ? <p className="lacks">{t('field.lacks')} {lack}{lacks.length > 1 && ` +${lacks.length - 1}`}</p> : <p>{t('field.inspect_failed', { n: failed })}</p>}
        <button type="submit" className="big" disabled={lacks.length > 0 || sending || keeping > 0}>{t('field.inspect_finish')}</button>
      </div>
    </form>
  )
}

type ItemProps = { draft: string; item: Item; answer: Answer; onChange: (next: Answer) => void; onKeeping: (more: 1 | -1) => void }

/** One item: how often, or which answer; photos and a note where something is wrong. */
function OneItem({ draft, item, answer, onChange, onKeeping }: ItemProps) {
  const t = useText()
  const title = titled(item.title, item.name)
  const failed = hasFailed(item, answer)
  const asks = answer.applies && (failed || item.evidence)
  return (
    <li className={failed ? 'card failed' : 'card'} data-item={item.name}>
      {item.choices.length && answer.applies ? (
        <Choice title={title} value={answer.choice ?? ''} options={item.choices.map((one) => [one.name, titled(one.title, one.name)])} onChoose={(choice) => onChange({ ...answer, choice })} />
      ) : (
        <div className="counter">
          <span><b>{title}</b>{item.deduct !== '0' && <small>{t('field.inspect_deduct', { n: item.deduct })}</small>}</span>
          {answer.applies && !item.choices.length && (
            <span className="steps">
              <button type="button" aria-label={t('field.inspect_less', { item: title })} disabled={!answer.count} onClick={() => onChange(counted(answer, -1))}>−</button>
              <output aria-label={title}>{answer.count}</output>
              <button type="button" aria-label={t('field.inspect_more', { item: title })} onClick={() => onChange(counted(answer, 1))}>＋</button>
            </span>
          )}
        </div>
      )}
      {item.may_not_apply && (
        <label className="switch"><input type="checkbox" checked={!answer.applies} onChange={(event) => onChange(event.target.checked ? { ...NOTHING, applies: false } : NOTHING)} /><span>{t('field.inspect_not_applicable')}</span></label>
      )}
      {asks && <Photos draft={draft} field={fieldOf(item.name)} title={t('field.photos')} needed={item.photo && failed} onKeeping={onKeeping} />}
      {asks && <input value={answer.note} maxLength={2000} placeholder={t('field.inspect_note')} aria-label={`${title} ${t('field.inspect_note')}`} onChange={(event) => onChange({ ...answer, note: event.target.value })} />}
    </li>
  )
}
