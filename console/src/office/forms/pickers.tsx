import { useQuery } from '@tanstack/react-query'
import { Input, InputNumber, Select, Space, Upload } from 'antd'
import { useDeferredValue, useRef, useState } from 'react'
import { type Schemas, allOf, api, ok, send } from '../../api/client'
import { nameOf, useLanguage, useText } from '../../common/language'
import { may, useMe } from '../../common/session'
import { useProblems } from '../problems'
import { LIMIT_KINDS } from './schema'

export type PickerProps<T = string> = { value?: T; onChange?: (value: T) => void; id?: string; many?: boolean; placeholder?: string }
const HOUR_MS = 3_600_000

/** All units of the city, by name; none for whom they are not to be read. */
export function useUnits() {
  const me = useMe()
  const queryFn = () => allOf((cursor) => ok(api.GET('/api/units', { params: { query: { limit: 200, ...cursor } } })))
  return useQuery({ queryKey: ['units'], queryFn, staleTime: HOUR_MS, enabled: may(me, 'unit.read') }).data ?? []
}

export function UnitPicker({ value, onChange, id, many, placeholder }: PickerProps<string | string[]>) {
  useLanguage()
  const me = useMe()
  const options = useUnits().map((unit) => ({ value: unit.code, label: `${nameOf(unit)} (${unit.code})` }))
  return <Select id={id} value={value} onChange={onChange} options={options} placeholder={placeholder} aria-label={placeholder} {...(many ? { mode: 'multiple' as const } : {})} showSearch={{ optionFilterProp: 'label' }} allowClear disabled={!may(me, 'unit.read')} />
}

export function PersonPicker({ value, onChange, id, unit }: PickerProps & { unit?: string | undefined }) {
  const people = useQuery({
    queryKey: ['people', unit],
    queryFn: () => ok(api.GET('/api/units/{code}/people', { params: { path: { code: unit! }, query: { below: true, limit: 200 } } })),
    enabled: !!unit,
    staleTime: HOUR_MS,
  })
  if (!unit) return <PersonOfUnit {...(id ? { id } : {})} {...(value ? { value } : {})} {...(onChange ? { onChange } : {})} />
  const options = (people.data?.items ?? []).map((one) => ({ value: one.code, label: `${one.name} (${one.code})` }))
  return <Select id={id} value={value} onChange={onChange} options={options} loading={people.isPending} showSearch={{ optionFilterProp: 'label' }} allowClear />
}

/** Anybody: the unit first, then who belongs to it. */
function PersonOfUnit({ value, onChange, id }: PickerProps) {
  const [t, me] = [useText(), useMe()]
  const [unit, setUnit] = useState<string | undefined>(me.units[0]?.code)
  if (!may(me, 'unit.read')) return <Input id={id} value={value} maxLength={64} onChange={(event) => onChange?.(event.target.value)} />
  return (
    <div className="person-of-unit">
      <UnitPicker placeholder={t('common.unit')} {...(unit ? { value: unit } : {})} onChange={(next) => setUnit(next as string)} />
      {unit ? <PersonPicker key={unit} unit={unit} {...(id ? { id } : {})} {...(value ? { value } : {})} {...(onChange ? { onChange } : {})} /> : <Select id={id} disabled />}
    </div>
  )
}

const AREA_KINDS = ['district', 'street', 'community'] as const
/** What is typed as the code of a smaller area: a unit grid, a duty grid, a road segment. */
const SMALL_AREA = /^[0-9A-Za-z-]{9,32}$/

/** Areas by name: districts, streets and communities; smaller ones by their code. */
export function AreaPicker({ value, onChange, id, many, placeholder }: PickerProps<string | string[]>) {
  const [me, [typed, setTyped]] = [useMe(), useState('')]
  const found = useQuery({
    queryKey: ['areas', 'named'], staleTime: HOUR_MS, enabled: may(me, 'area.read'),
    queryFn: async () => (await Promise.all(AREA_KINDS.map((kind) => allOf((cursor) => ok(api.GET('/api/areas', { params: { query: { kind, limit: 200, ...cursor } } })))))).flat(),
  })
  const areas = found.data ?? []
  const names = new Map(areas.map((one) => [one.code, one.name]))
  const options = areas.map((one) => ({ value: one.code, label: [one.kind === 'community' && names.get(one.parent ?? ''), `${one.name} (${one.code})`].filter(Boolean).join(' · ') }))
  const own = [typed.trim(), ...[value ?? []].flat()].filter((code) => !names.has(code) && SMALL_AREA.test(code)).map((code) => ({ value: code, label: code }))
  return <Select id={id} value={value} onChange={onChange} options={[...own, ...options]} placeholder={placeholder} aria-label={placeholder} {...(many ? { mode: 'multiple' as const } : {})} showSearch={{ optionFilterProp: 'label', onSearch: setTyped }} loading={found.isFetching} allowClear />
}

/** A record of a register by key or name; what is kept is its key. */
export function RecordPicker({ value, onChange, id, many, register, placeholder }: PickerProps<string | string[]> & { register: string }) {
  const [typed, setTyped] = useState('')
  const q = useDeferredValue(typed.trim())
  const found = useQuery({
    queryKey: ['records', register, 'picker', q], enabled: q.length !== 1,
    queryFn: ({ signal }) => ok(api.GET('/api/registers/{register}/records', { params: { path: { register }, query: { limit: 20, ...(q ? { q } : {}) } }, signal })),
  })
  const options = (found.data?.items ?? []).map((one) => ({ value: one.key, label: one.called === one.key ? one.key : `${one.key} ${one.called}` }))
  return <Select id={id} value={value} onChange={onChange} options={options} placeholder={placeholder} aria-label={placeholder} {...(many ? { mode: 'multiple' as const } : {})} showSearch={{ filterOption: false, onSearch: setTyped }} loading={found.isFetching} allowClear />
}

export function CategoryPicker({ value, onChange, id, placeholder, many }: PickerProps<string | string[]>) {
  const [typed, setTyped] = useState('')
  const found = useQuery({
    queryKey: ['categories', typed],
    queryFn: ({ signal }) => ok(api.GET('/api/categories/search', { params: { query: { text: typed, limit: 30 } }, signal })),
    enabled: typed.trim().length > 0,
    staleTime: HOUR_MS,
  })
  const options = (found.data ?? []).map((one) => ({ value: one.key, label: `${nameOf(one)} · ${one.class_name} (${one.key})` }))
  return <Select id={id} value={value} onChange={onChange} options={options} placeholder={placeholder} aria-label={placeholder} {...(many ? { mode: 'multiple' as const } : {})} showSearch={{ filterOption: false, onSearch: setTyped }} loading={found.isFetching} allowClear />
}

export function ConditionPicker({ value, onChange, id, category }: PickerProps & { category?: string | undefined }) {
  const found = useQuery({
    queryKey: ['conditions', category],
    queryFn: () => ok(api.GET('/api/categories/conditions', { params: { query: { category: category! } } })),
    enabled: !!category,
    staleTime: HOUR_MS,
  })
  const options = (found.data ?? []).map((one) => ({ value: one.id, label: conditionText(one) }))
  return <Select id={id} value={value} onChange={onChange} options={options} loading={found.isFetching} allowClear />
}

const conditionText = (one: Schemas['xiuhua__city__categories__forms__ConditionOut']): string =>
  [one.text, one.limit_text, one.area_class].filter(Boolean).join(' · ')

type Limit = { amount?: string; kind?: string }

export function LimitPicker({ value, onChange, id }: PickerProps<Limit>) {
  const t = useText()
  const change = (part: Limit) => onChange?.({ ...value, ...part })
  return (
    <Space.Compact block>
      <InputNumber id={id} stringMode min="0" value={value?.amount ?? null} onChange={(amount) => change({ amount: amount ?? '' })} />
      <Select value={value?.kind} onChange={(kind) => change({ kind })} aria-label={t('common.choose')} options={LIMIT_KINDS.map((kind) => ({ value: kind, label: t(`common.limit_${kind}`) }))} />
    </Space.Compact>
  )
}

/** Photos and files: sent in at once, the form holds their ids. */
export function MediaPicker({ value = [], onChange, id, many, photo }: PickerProps<string[] | string> & { photo: boolean }) {
  const [t, tell] = [useText(), useProblems()]
  const ids = (Array.isArray(value) ? value : [value]).filter(Boolean)
  // Several are on their way together: each is put to those that arrived before it, not to those that were there when it set out.
  const now = useRef(ids)
  now.current = ids
  const change = (next: string[]) => {
    now.current = next
    onChange?.(many ? next : (next[0] ?? ''))
  }
  const upload = async (file: File) => {
    const body = new FormData()
    body.append('file', file)
    const answer = await send(new Request('/api/media', { method: 'POST', body }))
    const { id: made } = (await answer.json()) as Schemas['MediaOut']
    change(many ? [...now.current, made] : [made])
  }
  return (
    <Upload
      id={id!} listType={photo ? 'picture-card' : 'text'} multiple={!!many} {...(photo ? { accept: 'image/*' } : {})}
      fileList={ids.map((one) => ({ uid: one, name: one.slice(0, 8), status: 'done' as const, thumbUrl: `/api/media/${one}?size=thumb`, url: `/api/media/${one}` }))}
      customRequest={({ file, onSuccess, onError }) => void upload(file as File).then(() => onSuccess?.({}), (error: Error) => { tell(error); onError?.(error) })}
      onRemove={(file) => change(now.current.filter((one) => one !== file.uid))}
    >
      <button type="button" className="plain">+ {t(photo ? 'common.photo' : 'common.file')}</button>
    </Upload>
  )
}
