import { ImportOutlined } from '@ant-design/icons'
import { keepPreviousData, useQuery, useQueryClient } from '@tanstack/react-query'
import { Button, Descriptions, Empty, Input, Segmented, Select, Skeleton, Table } from 'antd'
import { useState } from 'react'
import { useSearchParams } from 'react-router'
import { type Schemas, api, ok } from '../../api/client'
import { currentLanguage, nameOf, useText } from '../../common/language'
import { may, useMe } from '../../common/session'
import { count } from '../../common/time'
import { CursorTable } from '../admin/CursorTable'
import { FaultTable, FileImport, Tally, plainly } from '../admin/FileImport'
import { Frame } from '../admin/Frame'

type Category = Schemas['CategoryDetail'] | Schemas['Page_CategoryOut_']['items'][number]
const LIMITS = ['urgent_hour', 'work_hour'] as const
const DAYS = ['urgent_day', 'work_day', 'calendar_day'] as const
/** Standards, classes and categories, the conditions under which each counts as a case, by area class. */
export default function Categories() {
  const [t, me, queries] = [useText(), useMe(), useQueryClient()]
  const [address, setAddress] = useSearchParams()
  const [importing, setImporting] = useState(false)
  const [typed, setTyped] = useState(address.get('q') ?? '')
  const classes = useQuery({ queryKey: ['classes'], queryFn: () => ok(api.GET('/api/categories/classes')), staleTime: Infinity }).data ?? []
  const standards = [...new Set(classes.map((one) => one.standard))]
  const [standard, setStandard] = useState('')
  const [kind, setKind] = useState<'part' | 'matter'>('matter')
  const [klass, setClass] = useState('')
  const sizes = (name: string) => classes.filter((one) => one.standard === name).reduce((sum, one) => sum + one.size, 0)
  const inForce = standard || [...standards].sort((a, b) => sizes(b) - sizes(a))[0] || ''
  const shown = classes.filter((one) => one.standard === inForce && one.kind === kind)
  const hits = useQuery({ queryKey: ['categories', 'find', typed], enabled: typed.length > 0, placeholderData: keepPreviousData, queryFn: ({ signal }) => ok(api.GET('/api/categories/search', { params: { query: { text: typed, limit: 100 } }, signal })) })
  const chosen = address.get('key')
  const choose = (key: string) => setAddress({ key })
  const columns = [
    { title: t('city.category'), key: 'name', render: (_: unknown, one: Category) => <Button type="link" size="small" className="number" onClick={() => choose(one.key)}>{nameOf(one)}</Button> },
    { title: t('city.code'), key: 'code', width: 80, render: (_: unknown, one: Category) => one.code },
    { title: t('city.class'), key: 'class', render: (_: unknown, one: Category) => (currentLanguage() === 'en' && one.class_name_en) || one.class_name },
  ]
  return (
    <Frame title={t('shell.categories')} about={t('city.categories_about')} extra={may(me, 'category.write') && <Button icon={<ImportOutlined />} onClick={() => setImporting(true)}>{t('city.conditions_import')}</Button>}>
      <div className="filters">
        <Input.Search allowClear defaultValue={typed} placeholder={t('city.category_search')} aria-label={t('city.category_search')} onSearch={(text) => setTyped(text.trim())} />
        <Select value={inForce} aria-label={t('city.standard')} onChange={(next: string) => { setStandard(next); setClass('') }} options={standards.map((value) => ({ value, label: value }))} />
        <Segmented value={kind} onChange={(next) => { setKind(next as 'part' | 'matter'); setClass('') }} options={[{ value: 'matter', label: t('city.matters') }, { value: 'part', label: t('city.parts') }]} />
        <Select className="class-filter" value={klass} aria-label={t('city.class')} onChange={setClass} options={[{ value: '', label: t('city.class_all') }, ...shown.map((one) => ({ value: one.code, label: `${one.code} ${nameOf(one)} (${count(one.size)})` }))]} />
      </div>
      <div className="two wide-left">
        <div className="box">
          {typed ? <Table<Category> size="small" rowKey="key" dataSource={hits.data ?? []} loading={hits.isFetching} pagination={false} columns={[...columns, { title: t('city.standard'), key: 'standard', render: (_, one) => one.standard }]} locale={{ emptyText: <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={t('city.category_none')} /> }} /> : inForce && (
            <CursorTable<Category>
              of={['categories', 'list', inForce, kind, klass]} rowKey="key" columns={columns} rowClassName={(one) => (one.key === chosen ? 'chosen' : '')}
              read={(cursor, signal) => ok(api.GET('/api/categories', { params: { query: { standard: inForce, kind, limit: 50, ...(klass ? { class_code: klass } : {}), ...(cursor ? { cursor } : {}) } }, signal }))}
            />
          )}
        </div>
        <div className="box">{chosen ? <One key={chosen} code={chosen} onPick={choose} /> : <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={t('city.category_pick')} />}</div>
      </div>
      <FileImport<Schemas['ConditionImportOut']>
        open={importing} onClose={() => setImporting(false)} onDone={() => void queries.invalidateQueries({ queryKey: ['conditions'] })} url="/api/categories/conditions/import" accept=".csv,.tsv,.xlsx"
        title={t('city.conditions_import')} about={t('city.conditions_import_about')} shaped={planOf}
        options={[
          { name: 'set', label: t('city.plan_set'), type: 'text', needed: true, help: t('city.plan_set_help') },
          { name: 'standard', label: t('city.plan_standard'), type: 'choice', needed: true, of: standards.map((value) => ({ value, label: value })), initial: inForce },
          { name: 'plain_hour', label: t('city.plan_hour'), type: 'choice', help: t('city.plan_hour_help'), of: LIMITS.map((value) => ({ value, label: t(`common.limit_${value}`) })) },
          { name: 'plain_day', label: t('city.plan_day'), type: 'choice', of: DAYS.map((value) => ({ value, label: t(`common.limit_${value}`) })) },
          { name: 'valid_from', label: t('admin.valid_from'), type: 'day', help: t('admin.valid_from_help') },
          { name: 'fill_down', label: t('city.plan_fill_down'), type: 'check' },
          { name: 'dry_run', label: t('city.plan_dry_run'), type: 'check', initial: true },
        ]}
        result={(done) => (
          <>
            <Tally of={[[t('city.rows'), done.rows], [t('admin.n_new'), done.new], [t('admin.n_changed'), done.changed], [t('admin.n_unchanged'), done.unchanged], [t('admin.n_closed'), done.ended], [t('admin.n_rejected'), done.rejected]]} />
            {[...done.errors, ...done.findings].length > 0 && <FaultTable faults={[...done.errors, ...done.findings]} />}
          </>
        )}
      />
    </Frame>
  )
}

/** The plan is one part of the request, as JSON; the rest stand beside it. */
function planOf(values: Record<string, unknown>): Record<string, string> {
  const { valid_from, dry_run, ...plan } = plainly(values)
  if (plan['fill_down']) plan['fill_down'] = 'yes'
  return { plan: JSON.stringify(plan), ...(valid_from ? { valid_from } : {}), ...(dry_run ? { dry_run } : {}) }
}

function One({ code, onPick }: { code: string; onPick: (key: string) => void }) {
  const t = useText()
  const [klass, setClass] = useState<'' | 'A' | 'B' | 'C'>('')
  const found = useQuery({ queryKey: ['categories', 'one', code], queryFn: () => ok(api.GET('/api/categories/one', { params: { query: { key: code } } })) })
  const conditions = useQuery({ queryKey: ['conditions', code, klass], placeholderData: keepPreviousData, queryFn: () => ok(api.GET('/api/categories/conditions', { params: { query: { category: code, ...(klass ? { area_class: klass } : {}) } } })) })
  if (found.isLoadingError) return <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={found.error.message} />
  if (!found.data) return <Skeleton active />
  const one = found.data
  const others = one.family.filter((key) => key !== one.key)
  const link = (key: string) => <Button key={key} type="link" size="small" className="number" onClick={() => onPick(key)}>{key}</Button>
  return (
    <>
      <div className="head"><h2>{nameOf(one)}</h2><span className={`light light-${one.status === 'in_force' ? 'green' : 'grey'}`}>{one.status === 'in_force' ? '●' : '○'} {t(one.status === 'in_force' ? 'city.in_force' : 'city.superseded')}</span></div>
      <Descriptions
        size="small" column={1}
        items={[
          { key: 'key', label: t('city.key'), children: one.key },
          { key: 'names', label: t('city.names'), children: [one.name, one.name_en, ...one.also].filter(Boolean).join(' · ') },
          ...(others.length ? [{ key: 'family', label: t('city.family'), children: others.map(link) }] : []),
          ...(one.part ? [{ key: 'part', label: t('city.fault_of'), children: link(one.part) }] : []),
          ...(one.fault ? [{ key: 'fault', label: t('city.its_fault'), children: link(one.fault) }] : []),
          { key: 'source', label: t('city.source'), children: `${one.source || '—'} (${one.trust})` },
        ]}
      />
      <div className="head"><h3>{t('city.conditions')}</h3><span className="gap" /><Segmented size="small" value={klass} onChange={setClass} options={[{ value: '', label: t('city.class_every') }, ...(['A', 'B', 'C'] as const).map((value) => ({ value, label: t('city.class_n', { class: value }) }))]} /></div>
      <Table
        size="small" rowKey="id" dataSource={conditions.data ?? []} loading={conditions.isFetching} pagination={false} scroll={{ x: 'max-content' }} locale={{ emptyText: t('city.conditions_none') }}
        columns={[
          { title: t('city.condition'), dataIndex: 'text', width: 230, className: 'wrap' },
          { title: t('city.limit'), dataIndex: 'limit_text', width: 110 },
          { title: t('city.closing'), dataIndex: 'closing', width: 200, className: 'wrap' },
          { title: t('city.area_class'), dataIndex: 'area_class', width: 60, render: (one: string | null) => one ?? '—' },
          { title: t('city.set'), dataIndex: 'standard_set', width: 120 },
        ]}
      />
    </>
  )
}
