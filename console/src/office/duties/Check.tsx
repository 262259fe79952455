import { useQuery } from '@tanstack/react-query'
import { Alert, Button, Empty, Segmented, Skeleton, Table } from 'antd'
import { useState } from 'react'
import { type Schemas, api, ok } from '../../api/client'
import { useText } from '../../common/language'
import { count } from '../../common/time'
import { type DutyKind, useAreaNames, useCategoryNames, useUnitNames } from './names'

type Finding = Schemas['CheckOut']['gaps'][number]
type Row = Schemas['DutyOut']
type What = 'gaps' | 'overlaps' | 'dead' | 'shadowed'
const WEEK_MINUTES = 10_080
const SHOWN = 4

/** Every gap, overlap and dead row over all categories × grids; of the kind that is looked at, or of all. */
export function Check({ kind, draft }: { kind: DutyKind; draft: string }) {
  const t = useText()
  const [every, setEvery] = useState(true)
  const [picked, setWhat] = useState<What | null>(null)
  const found = useQuery({ queryKey: ['duties', 'check', draft], queryFn: () => ok(api.GET('/api/duties/check', { params: { query: draft ? { draft } : {} } })) as Promise<Schemas['CheckOut']>, staleTime: 60_000 })
  if (found.isLoadingError) return <Alert type="error" showIcon title={found.error.message} action={<Button size="small" onClick={() => void found.refetch()}>{t('common.retry')}</Button>} />
  if (!found.data) return <><p role="status" className="quiet">{t('duties.checking')}</p><Skeleton active paragraph={{ rows: 6 }} /></>
  const mine = <T extends { kind: string }>(all: T[]): T[] => all.filter((one) => every || one.kind === kind)
  const { gaps, overlaps } = { gaps: mine(found.data.gaps), overlaps: mine(found.data.overlaps) }
  const dead = found.data.dead.filter((one) => every || one.row.kind === kind)
  const shadowed = mine(found.data.shadowed)
  const what = picked ?? (gaps.length ? 'gaps' : overlaps.length ? 'overlaps' : dead.length ? 'dead' : 'gaps')
  const cells = (all: { cells: number }[]) => count(all.reduce((sum, one) => sum + one.cells, 0))
  return (
    <div className="check">
      <Alert
        type={found.data.in_order ? 'success' : 'warning'} showIcon className="form-alert"
        title={found.data.in_order ? t('duties.in_order') : t('duties.not_in_order', { gaps: gaps.length, overlaps: overlaps.length, dead: dead.length })}
        description={t('duties.checked', { categories: count(found.data.categories), grids: count(found.data.grids), day: found.data.on })}
      />
      <div className="filters">
        <Segmented value={what} onChange={setWhat} options={[{ value: 'gaps', label: `${t('duties.gaps')} ${gaps.length}` }, { value: 'overlaps', label: `${t('duties.overlaps')} ${overlaps.length}` }, { value: 'dead', label: `${t('duties.dead')} ${dead.length}` }, { value: 'shadowed', label: `${t('duties.shadowed')} ${shadowed.length}` }]} />
        <Segmented value={every ? 'all' : 'one'} onChange={(chosen) => setEvery(chosen === 'all')} options={[{ value: 'all', label: t('duties.all_kinds') }, { value: 'one', label: t(`duties.kind_${kind}`) }]} />
        {(what === 'gaps' || what === 'overlaps') && <span className="quiet">{t('duties.cells_n', { count: cells(what === 'gaps' ? gaps : overlaps) })}</span>}
      </div>
      <p className="quiet">{t(`duties.about_${what}`)}</p>
      {what === 'gaps' && <Findings found={gaps} />}
      {what === 'overlaps' && <Findings found={overlaps} withRows />}
      {what === 'dead' && <Rows rows={dead.map((one) => ({ row: one.row, why: `${one.field}: ${one.why}` }))} />}
      {what === 'shadowed' && <Rows rows={shadowed.map((row) => ({ row }))} />}
    </div>
  )
}

function Findings({ found, withRows = false }: { found: Finding[]; withRows?: boolean }) {
  const t = useText()
  const categoryName = useCategoryNames()
  const areaName = useAreaNames(found.flatMap((one) => one.areas.slice(0, SHOWN).map(([code]) => code)))
  const unitName = useUnitNames(t('duties.nobody'))
  const list = (all: string[], name: (one: string) => string) => all.slice(0, SHOWN).map((one) => (one === '*' ? t('duties.everything') : name(one))).join('、') + (all.length > SHOWN ? ` ${t('duties.and_more', { n: all.length - SHOWN })}` : '')
  const when = (one: Finding) => (one.bands === null ? t('duties.always') : `${one.bands.join('、') || t('duties.other_times')} (${Math.round((one.minutes / WEEK_MINUTES) * 100)}%)`)
  return (
    <Table<Finding & { id: number }>
      size="small" rowKey="id" dataSource={[...found].sort((a, b) => b.cells - a.cells).map((one, id) => ({ ...one, id }))} scroll={{ x: 'max-content' }} pagination={{ pageSize: 20, size: 'small', hideOnSinglePage: true, showSizeChanger: false }}
      locale={{ emptyText: <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={t('duties.none')} /> }}
      {...(withRows ? { expandable: { expandedRowRender: (one: Finding) => <Rows rows={one.rows.map((row) => ({ row }))} /> } } : {})}
      columns={[
        { title: t('duties.duty'), dataIndex: 'kind', width: 80, render: (kind: DutyKind) => t(`duties.kind_${kind}`) },
        { title: t('duties.categories'), key: 'categories', width: 330, render: (_, one) => <span title={one.categories.join('\n')}>{list(one.categories, categoryName)} <span className="quiet">({count(one.category_count)})</span></span> },
        { title: t('duties.areas'), key: 'areas', width: 300, render: (_, one) => <span title={one.areas.map(([code]) => code).join('\n')}>{list(one.areas.map(([code]) => code), areaName)} <span className="quiet">{t('duties.grids_n', { n: one.place_count, count: count(one.place_count) })}</span></span> },
        ...(withRows ? [{ title: t('duties.units'), key: 'units', width: 220, render: (_: unknown, one: Finding) => [...new Set(one.rows.map((row) => unitName(row.unit)))].join(' / ') }] : []),
        { title: t('duties.when'), key: 'when', width: 140, render: (_, one) => when(one) },
        { title: t('duties.cells'), dataIndex: 'cells', width: 90, align: 'right', render: (n: number) => <b className={withRows ? 'light light-yellow' : 'light light-red'}>{count(n)}</b> },
      ]}
    />
  )
}

function Rows({ rows }: { rows: { row: Row; why?: string }[] }) {
  const t = useText()
  const categoryName = useCategoryNames()
  const unitName = useUnitNames(t('duties.nobody'))
  return (
    <Table
      size="small" rowKey={(one) => `${one.row.id}/${one.row.valid_from}/${one.why ?? ''}`} dataSource={rows} scroll={{ x: 'max-content' }} pagination={{ pageSize: 20, size: 'small', hideOnSinglePage: true, showSizeChanger: false }}
      columns={[
        { title: t('duties.row'), key: 'id', width: 70, render: (_, { row }) => row.id },
        { title: t('duties.duty'), key: 'kind', width: 80, render: (_, { row }) => t(`duties.kind_${row.kind as DutyKind}`) },
        { title: t('duties.categories'), key: 'category', render: (_, { row }) => <span title={row.category}>{row.category === '*' ? t('duties.everything') : categoryName(row.category)}</span> },
        { title: t('duties.place'), key: 'place', render: (_, { row }) => `${row.place_kind} ${row.place}${row.side}` },
        { title: t('duties.units'), key: 'unit', render: (_, { row }) => unitName(row.unit) },
        { title: t('duties.valid'), key: 'valid', render: (_, { row }) => `${row.valid_from} – ${row.valid_to ?? ''}` },
        ...(rows.some((one) => one.why) ? [{ title: t('duties.why'), key: 'why', render: (_: unknown, one: { why?: string }) => one.why }] : []),
      ]}
    />
  )
}
