import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { Empty, Segmented, Select, Table } from 'antd'
import { useSearchParams } from 'react-router'
import { type Schemas, api, ok } from '../../api/client'
import { titled, useText } from '../../common/language'
import { count } from '../../common/time'
import { titleOf } from '../records/values'
import { Waiting } from '../shell/Waiting'
import type { Asked } from './LedgerPage'
import { amount, share } from './amount'

type Ledger = Schemas['LedgerOut']
type Line = Schemas['LedgerSumOut']
const PERIODS = ['none', 'month', 'quarter', 'year'] as const
const AREAS = ['area:district', 'area:street', 'area:community'] as const

/** What the entries of a ledger add up to: a table whose bars show how much of the greatest each line is. */
export function Sums({ ledger, asked }: { ledger: Ledger; asked: Asked }) {
  const [t, [address, setAddress]] = [useText(), useSearchParams()]
  const period = PERIODS.find((one) => one === address.get('period')) ?? 'month'
  const by = address.get('by') ?? ''
  const put = (name: string, value: string) => { const next = new URLSearchParams(address); next.set(name, value); setAddress(next, { replace: true }) }
  const query = { ...asked, period, by }
  const found = useQuery({
    queryKey: ['ledgers', ledger.name, 'sums', query], placeholderData: keepPreviousData,
    queryFn: ({ signal }) => ok(api.GET('/api/ledgers/{ledger}/sums', { params: { path: { ledger: ledger.name }, query }, signal })),
  })
  if (found.isLoadingError) throw found.error
  if (!found.data) return <Waiting />
  const most = Math.max(0, ...found.data.lines.map((one) => Number(one.quantity)))
  const bys = [
    { value: '', label: t('ledgers.by_all') }, ...AREAS.map((value) => ({ value: value as string, label: t(`ledgers.by_${value.slice(5) as 'district' | 'street' | 'community'}`) })),
    { value: 'unit', label: t('ledgers.of_unit') }, ...(ledger.of ? [{ value: 'thing', label: t('ledgers.thing') }] : []),
    ...ledger.dimensions.map((name) => ({ value: name, label: titleOf(ledger.needs, ledger.titles, name) })),
  ]
  return (
    <>
      <div className="filters">
        <Segmented value={period} onChange={(next) => put('period', next)} aria-label={t('ledgers.period')} options={PERIODS.map((value) => ({ value, label: t(`ledgers.period_${value}`) }))} />
        <Select value={by} onChange={(next) => put('by', next)} aria-label={t('ledgers.by')} options={bys} />
      </div>
      <div className="sideways" tabIndex={0} role="region" aria-label={t('ledgers.sums')}><Table<Line>
        size="small" rowKey={(one) => `${one.period}/${one.value}`} dataSource={found.data.lines} loading={found.isPlaceholderData} pagination={false}
        locale={{ emptyText: <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={t('ledgers.none')} /> }}
        columns={[
          ...(period === 'none' ? [] : [{ title: t('ledgers.period'), key: 'period', render: (_: unknown, one: Line) => said(one.period, period) }]),
          ...(by ? [{ title: bys.find((one) => one.value === by)?.label ?? by, key: 'value', render: (_: unknown, one: Line) => titled(one.label, one.value) || t('ledgers.without') }] : []),
          { title: `${t('ledgers.quantity')} (${titled(ledger.unit_title, ledger.unit)})`, key: 'quantity', align: 'right', render: (_, one) => amount(one.quantity) },
          { title: '', key: 'bar', width: '40%', render: (_, one) => <span className="sum-bar" aria-hidden="true" style={{ width: `${share(one.quantity, most)}%` }} /> },
          { title: t('ledgers.number'), key: 'entries', align: 'right', render: (_, one) => count(one.entries) },
        ]}
        summary={() => <Table.Summary.Row><Table.Summary.Cell index={0} colSpan={(period === 'none' ? 0 : 1) + (by ? 1 : 0) || 1}>{period === 'none' && !by ? amount(found.data.quantity) : <b>{t('ledgers.total')}</b>}</Table.Summary.Cell>{(period !== 'none' || by) && <Table.Summary.Cell index={1} align="right"><b>{amount(found.data.quantity)}</b></Table.Summary.Cell>}<Table.Summary.Cell index={2} /><Table.Summary.Cell index={3} align="right">{count(found.data.entries)}</Table.Summary.Cell></Table.Summary.Row>}
      /></div>
    </>
  )
}

/** A period by its first day. */
function said(first: string | null, period: (typeof PERIODS)[number]): string {
  if (!first) return '—'
  if (period === 'year') return first.slice(0, 4)
  return period === 'quarter' ? `${first.slice(0, 4)} Q${Math.ceil(Number(first.slice(5, 7)) / 3)}` : first.slice(0, 7)
}
