import { CloseOutlined } from '@ant-design/icons'
import { Button, Segmented, Select } from 'antd'
import { textOr, titled, useText } from '../../common/language'
import { CategoryPicker, UnitPicker } from '../forms/pickers'
import type { Filter } from '../lists/filter'
import { useWords } from '../lists/words'

type Props = { filter: Filter; onChange: (filter: Filter) => void; onClose: () => void }

/** What the map is narrowed down to; it stands in the address like that of a list. */
export function MapFilters({ filter, onChange, onClose }: Props) {
  const [t, words] = [useText(), useWords('case')]
  const put = (part: Filter) => onChange({ ...filter, ...part })
  const many = { mode: 'multiple' as const, maxTagCount: 2, allowClear: true, showSearch: { optionFilterProp: 'label' } }
  const { opened_from, opened_to } = filter
  return (
    <section className="map-filters" role="search" aria-label={t('map.filter')}>
      <header><h2>{t('map.filter')}</h2><Button type="text" size="small" icon={<CloseOutlined />} aria-label={t('map.hide_panel')} onClick={onClose} /></header>
      <Segmented
        block value={filter.open === undefined || filter.open === null ? 'all' : String(filter.open)} onChange={(to) => put({ open: to === 'all' ? undefined : to === 'true' } as Filter)}
        options={[{ value: 'true', label: t('map.open') }, { value: 'false', label: t('map.closed') }, { value: 'all', label: t('map.all') }]}
      />
      <label htmlFor="map-state">{t('map.state')}</label>
      <Select id="map-state" {...many} value={filter.state ?? []} onChange={(state: string[]) => put({ state })} options={words?.states.map((one) => ({ value: one.name, label: titled(one.title) })) ?? []} />
      <label htmlFor="map-category">{t('map.category')}</label>
      <CategoryPicker id="map-category" value={filter.category?.[0] as string} onChange={(category) => put({ category: category ? [category].flat() : [] })} />
      <label htmlFor="map-unit">{t('map.unit')}</label>
      <UnitPicker id="map-unit" many value={(filter.unit as string[]) ?? []} onChange={(unit) => put({ unit: unit as string[] })} />
      <label htmlFor="map-source">{t('map.source')}</label>
      <Select id="map-source" {...many} value={filter.source ?? []} onChange={(source: string[]) => put({ source })} options={words?.sources.map((value) => ({ value, label: textOr(`common.source_${value}`, value) })) ?? []} />
      <Button type="link" onClick={() => onChange({ ...(opened_from ? { opened_from } : {}), ...(opened_to ? { opened_to } : {}) } as Filter)}>{t('map.clear')}</Button>
    </section>
  )
}
