import { useEffect, useState } from 'react'
import { newKey } from '../../api/client'
import { titled, useText } from '../../common/language'
import { useMe } from '../../common/session'
import { toast } from '../Field'
import { Field } from '../forms/Field'
import { type Values, shownOf } from '../forms/fields'
import { useCarried, useKnown } from '../live'
import { Choice } from '../me/Me'
import { Photos, usePhotos } from '../photo/Photos'
import { PickPlace } from '../place/PickPlace'
import type { Point } from '../place/geo'
import { useHere, witness } from '../place/position'
import { keepValues } from '../report/draft'
import { go, pathTo } from '../route'
import { type Draft, db } from '../store/db'
import { dropDraft, isFull, putOut } from '../store/outbox'
import type { Register, Thing } from '../store/parts'
import { useThing } from './Record'
import { changed, fieldsOf, isNeeded, nowOf, photosOf } from './thing'

/** What was typed so far: only fields that were touched, so that what others change meanwhile stays as they made it. */
type Typed = { fields: Values; to: string; place: (Point & { by: string }) | null; why: string }
const NOTHING: Typed = { fields: {}, to: '', place: null, why: '' }

/** Ask whoever keeps a record to change it: what it should hold, why, and photos that show it. */
export function Change({ id }: { id: string }) {
  const [t, me, found] = [useText(), useMe(), useThing(id)]
  const [draft, setDraft] = useState<Draft | null>(null)
  useEffect(() => void draftOf(me.id, id).then(setDraft), [me.id, id])
  if (found === undefined || !draft) return null
  if (!found) return <p className="empty" role="status">{t('field.thing_gone')}</p>
  return <Form key={draft.id} thing={found.thing} register={found.register} draft={draft} />
}

/** What was begun on this very record, or a new one. */
async function draftOf(person: string, record: string): Promise<Draft> {
  return db.transaction('rw', db.drafts, async () => {
    const found = (await db.drafts.where({ person }).reverse().sortBy('at')).find((one) => one.kind === 'change' && one.values['$record'] === record)
    const draft: Draft = found ?? { id: newKey(), person, kind: 'change', at: Date.now(), values: { $record: record } }
    if (!found) await db.drafts.put(draft)
    return draft
  })
}

function Form({ thing, register, draft }: { thing: Thing; register: Register; draft: Draft }) {
  const [t, me, known] = [useText(), useMe(), useKnown()]
  const [typed, setTyped] = useState<Typed>({ ...NOTHING, ...(draft.values['typed'] as Partial<Typed> | undefined) })
  const [sending, setSending] = useState(false)
  const [keeping, setKeeping] = useState(0)
  const photos = usePhotos(draft.id)
  const change = (part: Partial<Typed>) => {
    const next = { ...typed, ...part }
    setTyped(next)
    void keepValues(draft.id, { $record: thing.id, typed: next })
  }
  const fields = changed(register, thing, typed.fields)
  const otherwise = Object.keys(fields).length > 0 || typed.to || typed.place || photos.some((one) => one.field.startsWith('field:'))
  const lacks = [...(otherwise ? [] : [t('field.lacks_change')]), ...(typed.why.trim() ? [] : [t('common.reason')])]
  const send = async () => {
    setSending(true)
    const done_at = Date.now()
    const place = typed.place ? { place: { lon: typed.place.lon, lat: typed.place.lat, datum: 'wgs84' } } : {}
    const body = {
      fields, ...place, ...(typed.to ? { to: typed.to } : {}), why: typed.why.trim(), seen: thing.version, external_id: `field-${draft.id}`,
      witness: witness(done_at), photos_of: photosOf(register, thing),
    }
    const title = { zh: `${register.title['zh']} ${thing.called}`, en: `${register.title['en']} ${thing.called}` }
    const subject = { kind: 'record' as const, id: thing.id, number: thing.key }
    try {
      await putOut({ person: me.id, kind: 'change', title, path: `/api/records/${thing.id}/change-requests`, body, subject, seen: null }, draft.id, done_at)
    } catch (error) {
      setSending(false)
      return toast(isFull(error) ? t('field.phone_full') : String(error))
    }
    toast(t('field.put_out'))
    return go(pathTo('record', thing.id), true)
  }
  const drop = async () => {
    if (!confirm(t('field.drop_draft_sure'))) return
    await dropDraft(draft.id)
    go(pathTo('record', thing.id), true)
  }
  return (
    <form className="page" onSubmit={(event) => { event.preventDefault(); void send() }}>
      <h2>{t('field.ask_change')}</h2>
      <p className="quiet">{thing.called}{thing.called === thing.key ? '' : ` · ${thing.key}`}</p>
      {fieldsOf(register).map(([name, spec]) => {
        if (spec['x-type'] === 'photo') return <Photos key={name} draft={draft.id} field={`field:${name}`} title={titled(spec['x-title'], name)} onKeeping={(more) => setKeeping((n) => n + more)} />
        const value = name in typed.fields ? typed.fields[name] : shownOf(spec, thing.fields[name])
        return (
          <div key={name} className={name in fields ? 'changed' : ''}>
            <Field name={name} spec={spec} value={value} needed={isNeeded(register, name)} onChange={(next) => change({ fields: { ...typed.fields, [name]: next } })} />
            {name in fields && <p className="quiet small-text">{t('field.was', { value: nowOf(register, thing, name, known) || '—' })}</p>}
          </div>
        )
      })}
      <Rest thing={thing} register={register} typed={typed} change={change} />
      <label className="field">
        <span>{t('common.reason')}<em aria-label={t('common.required')}>*</em></span>
        <textarea rows={2} maxLength={2000} value={typed.why} onChange={(event) => change({ why: event.target.value })} />
      </label>
      <Photos draft={draft.id} field="photos" title={t('field.change_photos')} onKeeping={(more) => setKeeping((n) => n + more)} />
      <button type="button" className="plain" onClick={() => void drop()}>{t('field.drop_draft')}</button>
      <div className="foot">
        {lacks.length > 0 && <p className="lacks">{t('field.lacks')} {lacks.join(t('field.and'))}</p>}
        <button type="submit" className="big" disabled={lacks.length > 0 || sending || keeping > 0}>{t('field.ask_change')}</button>
      </div>
    </form>
  )
}

type RestProps = { thing: Thing; register: Register; typed: Typed; change: (part: Partial<Typed>) => void }

/** Into another state, and to another place. */
function Rest({ thing, register, typed, change }: RestProps) {
  const [t, carried] = [useText(), useCarried()]
  const { here } = useHere(register.geometry === 'point')
  const [picking, setPicking] = useState(false)
  const title = (name: string): string => titled(register.states.find((one) => one.name === name)?.title, name)
  const moves = register.states.find((one) => one.name === thing.state)?.moves ?? []
  const choose = (by: string) => {
    if (by === 'map') setPicking(true)
    else change({ place: by === 'live' && here ? { lon: here.lon, lat: here.lat, by } : null })
  }
  const places: [string, string][] = [['', t('field.place_stays')], ...(here ? [['live', t('field.by_live')] as [string, string]] : []), ['map', t('field.by_map')]]
  return (
    <>
      {moves.length > 0 && <Choice title={t('field.state')} value={typed.to} options={[['', t('field.state_stays', { state: title(thing.state) })], ...moves.map((one): [string, string] => [one, title(one)])]} onChoose={(to) => change({ to })} />}
      {register.geometry === 'point' && <Choice title={t('field.place')} value={typed.place?.by ?? ''} options={places} onChoose={choose} />}
      {picking && <PickPlace grids={carried?.bundle.grids.features ?? []} here={here} begin={thing.lon !== null && thing.lat !== null ? { lon: thing.lon, lat: thing.lat } : here} onPick={(point) => change({ place: { ...point, by: 'map' } })} onClose={() => setPicking(false)} />}
    </>
  )
}
