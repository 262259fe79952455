import { useEffect, useRef, useState } from 'react'
import { text, titled, useText } from '../../common/language'
import { useMe } from '../../common/session'
import { count } from '../../common/time'
import { toast } from '../Field'
import { Icon } from '../Icon'
import { Choice } from '../me/Me'
import { dropDraft, isFull, putOut } from '../store/outbox'
import { Photos, usePhotos } from '../photo/Photos'
import { FieldMap } from '../place/FieldMap'
import { PickPlace, gridOf } from '../place/PickPlace'
import { distance, metres } from '../place/geo'
import { useHere, witness } from '../place/position'
import { go } from '../route'
import type { Bundle } from '../store/bundle'
import { db } from '../store/db'
import { Categories, noteUse } from './Categories'
import { EMPTY, type ReportValues, bodyOf, keepValues, missing, placeFor } from './draft'

/** A report being made; all of it is kept as it is typed. */
export function Report({ draft, bundle }: { draft: string; bundle: Bundle | null }) {
  const t = useText()
  const [values, setValues] = useState<ReportValues | null | undefined>()
  useEffect(() => void db.drafts.get(draft).then((found) => setValues(found ? { ...EMPTY, ...(found.values as Partial<ReportValues>) } : null)), [draft])
  if (values === undefined) return null
  if (values === null) return <p className="empty">{t('field.draft_gone')}</p>
  return <Form draft={draft} bundle={bundle} first={values} />
}

function Form({ draft, bundle, first }: { draft: string; bundle: Bundle | null; first: ReportValues }) {
  const [t, me] = [useText(), useMe()]
  const [values, setValues] = useState(first)
  const [sending, setSending] = useState(false)
  const [keeping, setKeeping] = useState(0)
  const onKeeping = (more: 1 | -1) => setKeeping((n) => n + more)
  const seeing = useHere()
  const photos = usePhotos(draft)
  const counts = { before: photos.filter((one) => one.field === 'photos').length, after: photos.filter((one) => one.field === 'photos_after').length }
  const place = placeFor(values, seeing.here)
  const change = (part: Partial<ReportValues>) => setValues((now) => ({ ...now, ...part }))
  const over = useRef(false)
  useEffect(() => { if (!over.current) void keepValues(draft, values) }, [draft, values])
  // Where it was when the photo was taken, not where the person has walked to meanwhile.
  const pinned = counts.before > 0 && !values.place && place
  useEffect(() => { if (pinned) change({ place: pinned }) }, [!!pinned])
  const lacks = missing(values, place, counts)
  const category = bundle?.categories.find((one) => one.key === values.category)
  const send = async () => {
    setSending(true)
    over.current = true
    const done_at = Date.now()
    const body = { ...bodyOf(draft, values, place!, category), witness: witness(done_at) }
    const title = category ? category.name : { zh: values.text.slice(0, 30), en: values.text.slice(0, 30) }
    try {
      await putOut({ person: me.id, kind: 'report', title, path: '/api/reports', body, subject: null, seen: null }, draft, done_at)
    } catch (error) {
      over.current = false
      setSending(false)
      return toast(isFull(error) ? t('field.phone_full') : String(error))
    }
    if (values.category) noteUse(values.category)
    toast(t('field.put_out'))
    return go('/field', true)
  }
  const drop = async () => {
    if (!confirm(t('field.drop_draft_sure'))) return
    over.current = true
    await dropDraft(draft)
    go('/field', true)
  }
  return (
    <form className="page" onSubmit={(event) => { event.preventDefault(); void send() }}>
      <Photos draft={draft} field="photos" title={values.self_handled ? t('field.before') : t('field.photos')} needed onKeeping={onKeeping} onTold={(told) => { if (told.position || told.taken_at) change({ told }) }} />
      {values.self_handled && <Photos draft={draft} field="photos_after" title={t('field.after')} needed onKeeping={onKeeping} />}
      <Categories bundle={bundle} value={values.category} onChange={(key) => change({ category: key })} />
      <Place values={values} place={place} seeing={seeing} bundle={bundle} change={change} />
      <label className="field">
        <span>{t('field.text')}</span>
        <textarea rows={2} maxLength={bundle?.report.longest_text ?? 10_000} value={values.text} placeholder={t('field.text_hint')} onChange={(event) => change({ text: event.target.value })} />
      </label>
      <label className="switch">
        <input type="checkbox" checked={values.self_handled} onChange={(event) => change({ self_handled: event.target.checked })} />
        <span><b>{t('field.self_handled')}</b><small>{t('field.self_handled_help')}</small></span>
      </label>
      <button type="button" className="plain" onClick={() => void drop()}>{t('field.drop_draft')}</button>
      <div className="foot">
        {lacks.length > 0 && <p className="lacks">{t('field.lacks')} {lacks.map((one) => t(`field.lacks_${one}`)).join(t('field.and'))}</p>}
        <button type="submit" className="big" disabled={lacks.length > 0 || sending || keeping > 0}>{t('field.send')}</button>
      </div>
    </form>
  )
}

type PlaceProps = { values: ReportValues; place: ReportValues['place']; seeing: ReturnType<typeof useHere>; bundle: Bundle | null; change: (part: Partial<ReportValues>) => void }

/** Where: by the phone, by the photo, by the map; each says which. */
function Place({ values, place, seeing, bundle, change }: PlaceProps) {
  const t = useText()
  const [picking, setPicking] = useState(false)
  const grids = bundle?.grids.features ?? []
  const { here } = seeing
  const told = values.told?.position ?? null
  const choose = (by: string) => {
    if (by === 'map') setPicking(true)
    if (by === 'live' && here) change({ place: { lon: here.lon, lat: here.lat, by: 'live', accuracy_m: here.accuracy_m } })
    if (by === 'photo' && told) change({ place: { ...told, by: 'photo', accuracy_m: null } })
  }
  const options: [string, string][] = [['live', t('field.by_live')], ...(told ? [['photo', t('field.by_photo')] as [string, string]] : []), ['map', t('field.by_map')]]
  const grid = place && gridOf(grids, place)
  return (
    <section className="field">
      <Choice title={t('field.place')} value={place?.by ?? ''} options={options} onChoose={choose} />
      {!place && <p className="alert" role="status">{t(`field.no_position_${seeing.why ?? 'asking'}`)}</p>}
      {place && (
        <>
          <FieldMap key={`${place.by}${place.lon}${place.lat}`} grids={grids} here={here} about={place} marks={[{ ...place, id: 'pin', title: t('field.place'), look: 'pin' }]} label={t('field.grid_map')} />
          <p className="told">
            <Icon name="pin" size={18} />
            <span>
              {place.by === 'live' && place.accuracy_m !== null && t('field.accuracy', { n: count(place.accuracy_m) })}
              {place.by === 'photo' && t('field.photo_at', { time: values.told?.taken_at ?? '—' })}
              {place.by === 'map' && t('field.by_hand')}
              {grids.length > 0 && ` · ${grid ? grid.properties.name || grid.properties.code : t('field.outside_grids')}`}
              {told && here && place.by !== 'photo' && metres(told, here) > 100 && <><br />{t('field.photo_far', { distance: distance(metres(told, here)) })}</>}
            </span>
          </p>
        </>
      )}
      <input value={values.words} maxLength={500} placeholder={t('field.words')} aria-label={t('field.words')} onChange={(event) => change({ words: event.target.value })} />
      {picking && <PickPlace grids={grids} here={here} begin={place} onPick={(point) => change({ place: { ...point, by: 'map', accuracy_m: null } })} onClose={() => setPicking(false)} />}
      {category(values, bundle)}
    </section>
  )
}

/** When it counts: the first conditions of the category, so that nobody walks back to the book. */
function category(values: ReportValues, bundle: Bundle | null) {
  const found = bundle?.categories.find((one) => one.key === values.category)
  return found?.conditions.length ? <p className="quiet small-text">{text('field.counts_when', { name: titled(found.name), text: found.conditions.map((one) => one.text).slice(0, 2).join(text('field.or')) })}</p> : null
}
