import { Radio, Select, Skeleton, Tag } from 'antd'
import { type Ref, useMemo, useState } from 'react'
import { Link } from 'react-router'
import type { Schemas } from '../../api/client'
import { Clock } from '../../common/Clock'
import { titled, useText } from '../../common/language'
import { fits } from '../../common/pinyin'
import { duration, moment } from '../../common/time'
import { useCategories, useCategoryName } from '../categories'
import { pathOf } from '../subject'
import { type Duplicate, type Report, type Suggestion, percent } from './model'

type Sure = { of: number; word?: string }

/** How sure a suggestion is: a bar and its number. */
export function Sure({ of, word }: Sure) {
  const t = useText()
  return (
    <span className="sure" title={`${word ?? t('triage.sure')} ${percent(of)}`}>
      <i aria-hidden="true"><b style={{ width: percent(of) }} /></i>{percent(of)}
    </span>
  )
}

type CategoryProps = { advice: Suggestion | undefined; chosen: string | null; onChoose: (category: string) => void; searchRef: Ref<HTMLDivElement> }

/** The likeliest categories by their number keys, and a search among all of them by characters or initials. */
export function Categories({ advice, chosen, onChoose, searchRef }: CategoryProps) {
  const [t, all, name] = [useText(), useCategories(), useCategoryName()]
  const [searching, setSearching] = useState(false)
  // All of them only once somebody searches: a new report is drawn without a thousand options.
  const options = useMemo(
    () => (searching ? all : all.filter((one) => one.key === chosen)).map((one) => ({ value: one.key, label: `${name(one)} · ${one.class_name} ${one.code}`, searched: one.searched })),
    [all, name, searching, chosen],
  )
  if (!advice) return <Skeleton active paragraph={{ rows: 3 }} />
  const guesses = advice.categories.slice(0, 3)
  const other = chosen && !guesses.some((one) => one.category === chosen) ? chosen : undefined
  return (
    <div className="categories">
      <div role="radiogroup" aria-label={t('triage.category')}>
        {guesses.map((one, at) => (
          <button key={one.category} type="button" role="radio" aria-checked={one.category === chosen} className="guess" onClick={() => onChoose(one.category)}>
            <kbd>{at + 1}</kbd>
            <span><b>{name({ name: one.name ?? one.category, name_en: one.name_en ?? '' })}</b><small>{t(`triage.by_${one.by}`)}{one.why.length > 0 && `：${one.why.join('、')}`}</small></span>
            <Sure of={one.confidence} />
          </button>
        ))}
      </div>
      {guesses.length === 0 && <p className="quiet">{t('triage.no_guess')}</p>}
      <div ref={searchRef} className="other">
        <kbd>C</kbd>
        <Select
          value={other} options={options} placeholder={t('triage.search_category')} aria-label={t('triage.search_category')} className="fill"
          showSearch={{ filterOption: (typed, option) => fits(option!.searched, typed) !== null, filterSort: (a, b, { searchValue }) => (fits(a.searched, searchValue) ?? 9) - (fits(b.searched, searchValue) ?? 9) }}
          onFocus={() => setSearching(true)}
          onSelect={(key: string) => { onChoose(key); (document.activeElement as HTMLElement | null)?.blur() }}
          onKeyDown={(press) => { if (press.key === 'Escape') (press.target as HTMLElement).blur() }}
          notFoundContent={t('triage.no_category')} loading={!all.length}
        />
      </div>
    </div>
  )
}

type ConditionProps = { conditions: Schemas['xiuhua__city__categories__forms__ConditionOut'][] | undefined; chosen: string | null; advice: Suggestion | undefined; onChoose: (id: string) => void }

/** The filing condition, on which the time limit hangs: proposed, or chosen among those of the category. */
export function Conditions({ conditions, chosen, advice, onChoose }: ConditionProps) {
  const t = useText()
  if (!conditions?.length) return <p className="quiet">{t('triage.no_condition')}</p>
  const guess = advice?.condition
  return (
    <Radio.Group className="conditions" value={chosen} onChange={(event) => onChoose(event.target.value as string)}>
      {conditions.slice(0, 6).map((one) => (
        <Radio key={one.id} value={one.id}>
          {one.text} <Tag>{one.limit_text || limitOf(one.milestones, t)}</Tag>
          {guess?.condition === one.id && <small className="quiet">{guess.of > 0 ? t('triage.filed_so', { n: guess.times, of: guess.of }) : t('triage.usual')}</small>}
        </Radio>
      ))}
    </Radio.Group>
  )
}

function limitOf(milestones: unknown[], t: ReturnType<typeof useText>): string {
  const last = milestones.at(-1) as { amount?: string; kind?: 'work_hour' } | undefined
  return last?.kind ? `${last.amount} ${t(`common.limit_${last.kind}`)}` : t('common.no_limit')
}

/** Who would handle it by when, and why. */
export function Consequences({ advice, report }: { advice: Suggestion | undefined; report: Report | undefined }) {
  const t = useText()
  if (!advice) return null
  const { unit, condition, urgency } = advice
  const row = unit?.row as { row?: string; place?: string; category_by?: string } | undefined
  return (
    <dl className="follows">
      <div><dt>{t('triage.unit')}</dt><dd>{unit ? <><b>{unit.name || unit.unit}</b> <Sure of={unit.confidence} /><small>{unit.by === 'duty' ? t('triage.by_duty', { row: row?.row ?? '' }) : t('triage.by_likeness', { n: unit.times, of: unit.of })}</small></> : <span className="quiet">{t('triage.no_unit')}</span>}</dd></div>
      <div><dt>{t('triage.deadline')}</dt><dd>{condition?.due ? <>{moment(condition.due)} <Clock due={condition.due} /></> : <span className="quiet">—</span>}</dd></div>
      <div><dt>{t('triage.urgency')}</dt><dd><span className={urgency.level === 'ordinary' ? '' : 'light light-red'}>{t(`triage.level_${urgency.level}`)}</span>{urgency.why.length > 0 && <small>{urgency.why.join('、')}</small>}</dd></div>
      <div><dt>{t('triage.ours')}</dt><dd><Sure of={advice.ours} word={t('triage.ours')} />{advice.ours < 0.5 && <span className="light light-yellow">▲ {t('triage.not_ours')}</span>}</dd></div>
      <div><dt>{t('triage.place')}</dt><dd>{placeOf(report) || <span className="light light-red">■ {t('triage.unplaced')}</span>}{(report?.data['place_confidence'] as number | null) !== 100 && report?.data['unit_grid'] ? <small>{t('triage.place_sure', { n: Number(report.data['place_confidence'] ?? 0) })}</small> : null}</dd></div>
    </dl>
  )
}

function placeOf(report: Report | undefined): string {
  if (!report) return ''
  const place = report.data['place'] as { words?: string } | null
  const names = ((report.data['scopes'] as string[] | null) ?? []).flatMap((code) => (report.names?.[code] && !/D\d+$/.test(code) ? [titled(report.names[code])] : []))
  return [names.slice(0, 3).reverse().join(' / '), place?.words].filter(Boolean).join(' · ')
}

type DuplicatesProps = { found: Duplicate[]; chosen: number; onChoose: (at: number) => void }

/** Cases and reports that may be the same problem, and why they may. */
export function Duplicates({ found, chosen, onChoose }: DuplicatesProps) {
  const t = useText()
  if (!found.length) return <p className="quiet">{t('triage.no_duplicates')}</p>
  return (
    <div role="radiogroup" aria-label={t('triage.duplicates')}>
      {found.slice(0, 3).map((one, at) => (
        <div key={one.id} className="duplicate">
          <button type="button" role="radio" aria-checked={at === chosen} className="guess" disabled={one.kind !== 'case' || !one.open} onClick={() => onChoose(at)}>
            <kbd>{at + 4}</kbd>
            <span>
              <b>{one.number ?? t('triage.a_report')}</b>{one.likely && <span className="light light-yellow"> ▲ {t('triage.likely')}</span>}
              <small>{t('triage.apart', { m: Math.round(one.distance_m), h: duration(Math.max(60, one.hours * 3600)) })} · {t(`triage.matter_${one.matter}`)} · {t('triage.words_alike', { n: percent(one.likeness) })}</small>
              {one.kind === 'case' && !one.open && <small>{t('triage.ended')}</small>}
            </span>
            <Sure of={one.confidence} />
          </button>
          <Link to={pathOf(one.kind, one.id)} target="_blank" aria-label={t('triage.open_it', { number: one.number ?? '' })}>↗</Link>
        </div>
      ))}
    </div>
  )
}
