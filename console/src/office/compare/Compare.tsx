import './compare.css'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { Button, DatePicker, Empty, Segmented, Table } from 'antd'
import dayjs from 'dayjs'
import { Link, useSearchParams } from 'react-router'
import { type Schemas, api, ok } from '../../api/client'
import { titled, useText } from '../../common/language'
import { may, useMe } from '../../common/session'
import { count, duration, moment, rate, today } from '../../common/time'
import { Export } from '../Export'
import { toneOf } from '../cockpit/board'
import { pathOfList } from '../lists/filter'
import { type Period, daysOf, isPeriod, usual } from './period'

type Row = Schemas['Compared']
type By = Schemas['ComparisonOut']['by']
type Counted = 'opened' | 'handed_back' | 'on_time' | 'late' | 'late_now'
const BYS: By[] = ['unit', 'street', 'community', 'category']
const MARKS = { good: '●', fair: '▲', poor: '■' }
const KEPT_MS = 60_000

/** Units, streets, communities or categories beside each other over a period; each number opens to its list. */
export default function Compare() {
  const [t, me, [address, setAddress]] = [useText(), useMe(), useSearchParams()]
  const periods = usual(today())
  const [given, ends] = [address.get('first') ?? '', address.get('last') ?? '']
  const period: Period = isPeriod(given, ends) ? [given, ends] : periods.month
  const by = BYS.find((one) => one === address.get('by')) ?? 'unit'
  const query = { by, first: period[0], last: period[1] }
  const put = (said: Partial<typeof query>) => setAddress({ ...query, ...said }, { replace: true })
  const found = useQuery({ queryKey: ['cases', 'comparison', query], queryFn: ({ signal }) => ok(api.GET('/api/comparison', { params: { query }, signal })), placeholderData: keepPreviousData, staleTime: KEPT_MS })
  if (found.isLoadingError) throw found.error
  return (
    <div className="compare">
      <div className="head">
        <h1>{t('compare.title')}</h1><span className="gap" />
        {may(me, 'list.export') && <Export path="/api/comparison/export" query={Object.entries(query)} />}
      </div>
      <div className="filters">
        <Segmented value={by} onChange={(next) => put({ by: next as By })} aria-label={t('compare.by')} options={BYS.map((value) => ({ value, label: t(`compare.by_${value}`) }))} />
        <DatePicker.RangePicker allowClear={false} aria-label={t('compare.period')} value={[dayjs(period[0]), dayjs(period[1])]} onChange={(chosen) => chosen?.[0] && chosen[1] && put({ first: chosen[0].format('YYYY-MM-DD'), last: chosen[1].format('YYYY-MM-DD') })} />
        <span className="periods">{(Object.keys(periods) as (keyof typeof periods)[]).map((name) => <Button key={name} size="small" type="text" aria-pressed={String(periods[name]) === String(period)} onClick={() => put({ first: periods[name][0], last: periods[name][1] })}>{t(`compare.${name}`)}</Button>)}</span>
      </div>
      <p className="quiet">{t('compare.about', { days: daysOf(period), now: found.data ? moment(found.data.now) : '—' })}</p>
      <Comparison rows={found.data ? [found.data.total, ...found.data.rows] : []} by={by} busy={found.isPending || found.isPlaceholderData} />
    </div>
  )
}

function Comparison({ rows, by, busy }: { rows: Row[]; by: By; busy: boolean }) {
  const t = useText()
  const of = (name: Counted, tone = '') => ({
    title: t(`compare.${name}`), key: name, align: 'right' as const, sorter: sorted((one) => one[name].count),
    render: (_: unknown, one: Row) => <Link className={`figure ${one[name].count ? tone : 'quiet'}`} to={pathOfList(one[name].records)}>{tone && one[name].count > 0 && <span aria-hidden="true">■ </span>}{count(one[name].count)}</Link>,
  })
  return (
    <div className="sideways" tabIndex={0} role="region" aria-label={t('compare.title')}><Table<Row>
      size="small" rowKey="code" dataSource={rows} loading={busy} pagination={false} showSorterTooltip={false} rowClassName={(one) => (one.code ? '' : 'whole')}
      locale={{ emptyText: <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={t('compare.nothing')} /> }}
      columns={[
        { title: t(`compare.by_${by}`), key: 'name', fixed: 'left', render: (_, one) => <b>{titled(one.title, one.code)}</b> },
        of('opened'), of('handed_back'), of('on_time'), of('late'),
        { title: t('compare.percent'), key: 'percent', align: 'right', sorter: sorted((one) => one.percent ?? 101), render: (_, one) => <Rate of={one} /> },
        { title: t('compare.median'), key: 'median', align: 'right', sorter: sorted((one) => one.median_handling_s ?? -1), render: (_, one) => (one.median_handling_s === null ? '—' : duration(one.median_handling_s)) },
        of('late_now', 'light light-red'),
      ]}
    /></div>
  )
}

/** By a number of the rows; all together stays first, whichever way. */
const sorted = (by: (one: Row) => number) => (a: Row, b: Row, order?: 'ascend' | 'descend' | null) =>
  !a.code || !b.code ? (a.code ? 1 : -1) * (order === 'descend' ? -1 : 1) : by(a) - by(b)

function Rate({ of }: { of: Row }) {
  if (of.percent === null) return <>—</>
  const tone = toneOf(of.percent)
  const { shown, parts } = rate(of.on_time.count, of.handed_back.count)
  return <span className={`light ${{ good: 'light-green', fair: 'light-yellow', poor: 'light-red' }[tone]}`} title={parts}><span aria-hidden="true">{MARKS[tone]}</span> {shown}</span>
}
