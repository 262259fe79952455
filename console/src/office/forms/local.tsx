import { useQueries, useQuery } from '@tanstack/react-query'
import { Input, Select } from 'antd'
import { useState } from 'react'
import { api, ok } from '../../api/client'
import { useText } from '../../common/language'
import { may, useMe } from '../../common/session'
import { type PickerProps, useUnits } from './pickers'

/** What the form of an action may know of its subject. */
export type About = { category?: string | null; unit?: string | null; scopes?: string[] | null; kind?: string; id?: string }
const HOUR_MS = 3_600_000

/** Who walks the grid of a subject, in its smallest area first; anybody else by account. */
export function CollectorPicker({ value, onChange, id, about }: PickerProps & { about: About }) {
  const me = useMe()
  const areas = (about.scopes ?? []).slice(0, 4)
  const found = useQueries({
    queries: areas.map((area) => ({
      queryKey: ['posts', 'collector', area],
      queryFn: () => ok(api.GET('/api/posts', { params: { query: { role: 'collector', area, limit: 50 } } })),
      staleTime: HOUR_MS,
      enabled: may(me, 'unit.read'),
    })),
  })
  const people = found.flatMap((one) => one.data?.items ?? [])
  if (!people.length) return <Input id={id} value={value} onChange={(event) => onChange?.(event.target.value)} maxLength={64} />
  const options = people.map((one) => ({ value: one.person, label: `${one.name} (${one.person})` }))
  return <Select id={id} value={value} onChange={onChange} options={options} showSearch={{ optionFilterProp: 'label' }} allowClear />
}

/** Squads and contractors below the unit that handles it. */
export function SquadPicker({ value, onChange, id, about }: PickerProps & { about: About }) {
  const units = useUnits().filter((one) => one.parent === about.unit || one.code === about.unit)
  return <Select id={id} value={value} onChange={onChange} options={units.map((one) => ({ value: one.code, label: `${one.name} (${one.code})` }))} showSearch={{ optionFilterProp: 'label' }} allowClear />
}

/** Another case: by its number, or one of those that may be the same. */
export function CasePicker({ value, onChange, id, about }: PickerProps & { about: About }) {
  const t = useText()
  const [typed, setTyped] = useState('')
  const alike = useQuery({
    queryKey: [about.kind, about.id, 'duplicates'],
    queryFn: () => ok(about.kind === 'case' ? api.GET('/api/cases/{id}/duplicates', { params: { path: { id: about.id! } } }) : api.GET('/api/reports/{id}/duplicates', { params: { path: { id: about.id! } } })),
    enabled: !!about.id,
  })
  const found = useQuery({
    queryKey: ['cases', 'number', typed],
    queryFn: () => ok(api.GET('/api/cases', { params: { query: { number: typed, limit: 5 } } })),
    enabled: /^\d{6}-\d{8}-\d{4,}$/.test(typed),
  })
  const options = [
    ...(found.data?.items ?? []).map((one) => ({ value: one.id, label: one.number ?? one.id })),
    ...(alike.data ?? []).filter((one) => one.kind === 'case' && one.open).map((one) => ({ value: one.id, label: `${one.number ?? one.id} · ${Math.round(one.distance_m)} m · ${Math.round(one.confidence * 100)}%` })),
  ]
  const shown = value && !options.some((one) => one.value === value) ? [{ value, label: value }, ...options] : options
  return <Select id={id} value={value} onChange={onChange} options={shown} placeholder={t('desk.case_number')} showSearch={{ filterOption: (text, option) => !text || option!.label.includes(text), onSearch: (text) => setTyped(text.trim()) }} loading={found.isFetching} allowClear />
}
