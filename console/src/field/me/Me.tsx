import { useEffect, useState } from 'react'
import { currentLanguage, setLanguage, text, titled, useText } from '../../common/language'
import { useMe } from '../../common/session'
import { type Wish, setWish, useWish } from '../../common/theme'
import { duration, moment, size } from '../../common/time'
import { useActs, useCarried, usePart } from '../live'
import { PARTS } from '../store/parts'
import { leave } from '../store/session'
import { skew } from '../store/skew'
import { install, installed, useInstallable } from './install'
import { askToKeep, useKept } from './keeping'

const SKEW_TOLD_MS = 30_000

/** Who is here, and how this phone stands: what is kept, for how long, and whether its clock is right. */
export function Me() {
  const [t, me, wish, carried] = [useText(), useMe(), useWish(), useCarried()]
  const installable = useInstallable()
  const off = skew()
  return (
    <div className="page">
      <section className="card">
        <h2>{me.name || me.id}</h2>
        <p className="quiet">{titled(me.city_name)} · {me.roles.map((role) => titled(role.title)).join(' · ')}</p>
        {me.units.length > 0 && <p className="quiet">{me.units.map((unit) => titled(unit.name)).join(' · ')}</p>}
      </section>
      <Storage />
      <section className="card">
        <h2>{t('field.phone')}</h2>
        <dl>
          <dt>{t('field.carried')}</dt><dd>{carried ? moment(carried.at) : t('field.nothing_carried')}</dd>
          <Aged />
          <dt>{t('field.clock')}</dt><dd className={Math.abs(off) > SKEW_TOLD_MS ? 'warn-text' : ''}>{Math.abs(off) > SKEW_TOLD_MS ? t(off > 0 ? 'field.clock_behind' : 'field.clock_ahead', { time: duration(off / 1000) }) : t('field.clock_right')}</dd>
          <dt>{t('field.datum')}</dt><dd>{t('field.datum_help')}</dd>
          <dt>{t('field.version')}</dt><dd>{me.server.version}</dd>
        </dl>
        {installable && <button type="button" onClick={() => void install()}>{t('field.install')}</button>}
        {!installable && !installed() && <p className="quiet">{t('field.install_help')}</p>}
      </section>
      <section className="card">
        <Choice title={t('field.language_title')} value={currentLanguage()} options={[['zh', t('field.language_zh')], ['en', t('field.language_en')]]} onChoose={(next) => void setLanguage(next as 'zh' | 'en', me.id)} />
        <Choice title={t('field.look')} value={wish} options={[['light', t('field.look_light')], ['dark', t('field.look_dark')], ['system', t('field.look_system')]]} onChoose={(next) => setWish(next as Wish)} />
      </section>
      <SignOut />
    </div>
  )
}

/** How old it is what the lines of business need without a network. */
function Aged() {
  const t = useText()
  const ages = { forms: usePart('forms')?.at, names: usePart('names')?.at, work: usePart('work')?.at, near: usePart('near')?.at }
  return PARTS.map((part) => [<dt key={part}>{t(`field.part_${part}`)}</dt>, <dd key={`${part}.`}>{ages[part] ? moment(ages[part]) : t('field.nothing_carried')}</dd>])
}

function Storage() {
  const t = useText()
  const kept = useKept()
  return (
    <section className="card">
      <h2>{t('field.storage')}</h2>
      <p className={kept?.persisted ? 'well-text' : 'warn-text'}>{kept?.persisted ? t('field.persisted') : t('field.not_persisted')}</p>
      {kept && kept.quota > 0 && <p className="quiet">{t('field.storage_used', { used: size(kept.used), quota: size(kept.quota) })}</p>}
      {kept && !kept.persisted && <button type="button" onClick={() => void askToKeep()}>{t('field.persist')}</button>}
    </section>
  )
}

type ChoiceProps = { title: string; needed?: boolean; value: string; options: [string, string][]; onChoose: (value: string) => void }

/** A few that shut each other out. */
export function Choice({ title, needed = false, value, options, onChoose }: ChoiceProps) {
  return (
    <fieldset className="choice">
      <legend>{title}{needed && <em aria-label={text('common.required')}>*</em>}</legend>
      <div>
        {options.map(([name, label]) => (
          <button key={name} type="button" aria-pressed={name === value} onClick={() => onChoose(name)}>{label}</button>
        ))}
      </div>
    </fieldset>
  )
}

function SignOut() {
  const [t, acts] = [useText(), useActs()]
  const [failed, setFailed] = useState('')
  const [sure, setSure] = useState(false)
  const n = acts?.filter((act) => act.status !== 'settled').length ?? 0
  useEffect(() => setFailed(''), [n])
  const out = async () => {
    if (n && !sure) return setSure(true)
    await leave().catch((error: Error) => setFailed(error.message))
  }
  return (
    <section className="card">
      {n > 0 && <p className="warn-text">{t('field.sign_out_waiting', { n })}</p>}
      {failed && <p role="alert" className="alert">{failed}</p>}
      <button type="button" className="quiet-button" onClick={() => void out()}>{sure && n ? t('field.sign_out_sure') : t('common.sign_out')}</button>
    </section>
  )
}
