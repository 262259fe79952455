import { titled, useText } from '../../common/language'
import { useMe } from '../../common/session'
import { moment } from '../../common/time'
import { toast } from '../Field'
import { Icon } from '../Icon'
import { useActs, useDrafts } from '../live'
import { ActLine } from '../outbox/ActLine'
import { exifOf } from '../photo/exif'
import { usePhotos, Picture } from '../photo/Photos'
import { shrunk } from '../photo/shrink'
import { useHere } from '../place/position'
import { follow, go, pathTo } from '../route'
import type { Bundle } from '../store/bundle'
import type { Draft } from '../store/db'
import { addPicture, isFull } from '../store/outbox'
import { type ReportValues, beginReport } from './draft'

const SHOWN = 6

/** Where a collector begins: one big button, drafts, what was sent lately. */
export function Home({ bundle }: { bundle: Bundle | null }) {
  const [t, me, drafts, acts] = [useText(), useMe(), useDrafts(), useActs()]
  const seeing = useHere()
  const shoot = async (file: File | undefined) => {
    if (!file) return
    try {
      const [told, bytes] = [exifOf(await file.slice(0, 256 * 1024).arrayBuffer()), await shrunk(file)]
      const draft = await beginReport(me.id, told.position || told.taken_at ? { told } : {})
      await addPicture(draft, 'photos', bytes, 'image/jpeg')
      go(pathTo('report', draft))
    } catch (error) {
      toast(t(isFull(error) ? 'field.phone_full' : 'field.photo_unreadable'))
    }
  }
  const begin = async (values: Partial<ReportValues>) => go(pathTo('report', await beginReport(me.id, values)))
  const open = drafts?.filter((one) => one.kind === 'report') ?? []
  const recent = [...(acts ?? [])].reverse().filter((act) => act.kind === 'report').slice(0, SHOWN)
  return (
    <div className="page home">
      <label className="hero">
        <Icon name="camera" size={52} />
        <b>{t('field.report_now')}</b>
        <span>{seeing.here ? t('field.accuracy', { n: seeing.here.accuracy_m }) : t(`field.no_position_${seeing.why ?? 'asking'}`)}</span>
        <input type="file" accept="image/*" capture="environment" className="unseen" onChange={(event) => { const input = event.currentTarget; void shoot(input.files?.[0]).finally(() => { input.value = '' }) }} />
      </label>
      <div className="two">
        <button type="button" className="second" onClick={() => void begin({ self_handled: true })}><Icon name="mend" />{t('field.self_handled_now')}</button>
        <button type="button" className="second" onClick={() => void begin({})}><Icon name="gallery" />{t('field.without_camera')}</button>
      </div>
      {!bundle && <p className="alert" role="status">{t('field.nothing_carried_help')}</p>}
      {open.length > 0 && (
        <section>
          <h2>{t('field.drafts')} <small>{open.length}</small></h2>
          <div className="rows">{open.map((draft) => <DraftLine key={draft.id} draft={draft} bundle={bundle} />)}</div>
        </section>
      )}
      <section>
        <h2>{t('field.recent')}</h2>
        {recent.length ? <ul className="rows">{recent.map((act) => <ActLine key={act.id} act={act} />)}</ul> : <p className="empty">{t('field.no_reports')}</p>}
      </section>
    </div>
  )
}

function DraftLine({ draft, bundle }: { draft: Draft; bundle: Bundle | null }) {
  const t = useText()
  const values = draft.values as unknown as ReportValues
  const category = bundle?.categories.find((one) => one.key === values.category)
  const [photo] = usePhotos(draft.id)
  return (
    <a className="row" href={pathTo('report', draft.id)} onClick={follow}>
      {photo ? <Picture id={photo.id} alt="" /> : <span className="gone"><Icon name="camera" /></span>}
      <span><b>{category ? titled(category.name) : values.text.slice(0, 24) || t('field.untitled')}</b><small>{t('field.draft_of', { time: moment(draft.at) })}</small></span>
    </a>
  )
}
