import { Button, DatePicker, Input, Select } from 'antd'
import dayjs from 'dayjs'
import { textOr, titled, useText } from '../../common/language'
import { CategoryPicker, UnitPicker } from '../forms/pickers'
import { AreaFilter, FieldFilter } from './Fields'
import { type Filter, type Kind, isEmpty } from './filter'
import { MoreFilters } from './MoreFilters'
import { useWords } from './words'

type Props = { kind: Kind; filter: Filter; open: boolean; onChange: (filter: Filter) => void }

/** All that a list can be narrowed down to; every change holds at once and stands in the address. */
export function FilterBar({ kind, filter, open, onChange }: Props) {
  const [t, words] = [useText(), useWords(kind)]
  const put = (part: Filter) => onChange(Object.fromEntries(Object.entries({ ...filter, ...part }).filter(([, value]) => value !== undefined && value !== null && value !== '' && !(Array.isArray(value) && !value.length))))
  const flags = (['late', 'overdue', 'suspended'] as const).filter((name) => filter[name])
  const many = { mode: 'multiple' as const, maxTagCount: 'responsive' as const, allowClear: true }
  const search = { optionFilterProp: 'label' }
  const period: [dayjs.Dayjs | null, dayjs.Dayjs | null] = [filter.opened_from ? dayjs(filter.opened_from) : null, filter.opened_to ? dayjs(filter.opened_to).subtract(1, 'day') : null]
  return (
    <div className={`filters folding ${open ? 'open' : ''}`} role="search" aria-label={t('lists.filter')}>
      <Input.Search
        key={`${kind}${filter.number ?? filter.external_id ?? ''}`} className="number-filter" defaultValue={filter.number ?? filter.external_id ?? ''} allowClear
        placeholder={t(kind === 'case' ? 'lists.number' : 'lists.external_id')} aria-label={t(kind === 'case' ? 'lists.number' : 'lists.external_id')} style={{ width: 210 }}
        onSearch={(typed) => put(kind === 'case' ? { number: typed.trim() } : { external_id: typed.trim() })}
      />
      <Select {...many} showSearch={search} aria-label={t('lists.state')} placeholder={t('lists.state')} value={filter.state ?? []} onChange={(state: string[]) => put({ state })} options={words?.states.map((one) => ({ value: one.name, label: titled(one.title) })) ?? []} />
      <Select {...many} showSearch={search} aria-label={t('lists.source')} placeholder={t('lists.source')} value={filter.source ?? []} onChange={(source: string[]) => put({ source })} options={words?.sources.map((value) => ({ value, label: textOr(`common.source_${value}`, value) })) ?? []} />
      <span className="wide"><CategoryPicker value={filter.category?.[0] as string} placeholder={t('lists.category')} onChange={(category) => put({ category: category ? [category as string] : [] })} /></span>
      {kind === 'case' && <span className="wide"><UnitPicker many value={(filter.unit as string[]) ?? []} placeholder={t('lists.unit')} onChange={(unit) => put({ unit: unit as string[] })} /></span>}
      {kind === 'case' && (
        <Select {...many} aria-label={t('lists.clock')} placeholder={t('lists.clock')} value={flags} onChange={(chosen: string[]) => put(Object.fromEntries(['late', 'overdue', 'suspended'].map((name) => [name, chosen.includes(name) ? true : undefined])) as Filter)} options={(['late', 'overdue', 'suspended'] as const).map((value) => ({ value, label: t(`lists.${value}`) }))} />
      )}
      {kind === 'report' && <Select {...many} aria-label={t('lists.outcome')} placeholder={t('lists.outcome')} value={filter.outcome ?? []} onChange={(outcome: string[]) => put({ outcome })} options={words?.outcomes.map((value) => ({ value, label: value })) ?? []} />}
      <AreaFilter value={filter.area ?? undefined} onChange={(area) => put({ area: area ?? null })} />
      <DatePicker.RangePicker
        value={period} allowEmpty={[true, true]} aria-label={t('lists.period')}
        onChange={(days) => put({ opened_from: days?.[0]?.startOf('day').toISOString(), opened_to: days?.[1]?.add(1, 'day').startOf('day').toISOString() } as Filter)}
      />
      <Select mode="tags" open={false} suffixIcon={null} aria-label={t('lists.tag')} placeholder={t('lists.tag')} value={filter.tag ?? []} onChange={(tag: string[]) => put({ tag })} />
      <MoreFilters filter={filter} onChange={put} />
      <FieldFilter kind={kind} filter={filter} onChange={put} />
      {!isEmpty(filter) && <Button type="link" onClick={() => onChange({})}>{t('lists.clear')}</Button>}
    </div>
  )
}
