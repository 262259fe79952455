import { useQuery } from '@tanstack/react-query'
import { Alert, DatePicker, Modal, Skeleton, Table } from 'antd'
import dayjs, { type Dayjs } from 'dayjs'
import { useState } from 'react'
import { Link } from 'react-router'
import { type Schemas, api, ok } from '../../api/client'
import { useText } from '../../common/language'
import { count, moment, rate } from '../../common/time'
import { Tally } from '../admin/FileImport'
import { pathOf } from '../subject'
import { useCategoryNames, useUnitNames } from './names'

const MONTH = 30

/** What a draft would have done with the cases of a time: how many stay, where the others go, what would be open. */
export function DryRun({ draft, onClose }: { draft: string | null; onClose: () => void }) {
  const t = useText()
  const [days, setDays] = useState<[Dayjs, Dayjs]>([dayjs().subtract(MONTH, 'day'), dayjs()])
  const [from, to] = days.map((one) => one.format('YYYY-MM-DD')) as [string, string]
  const run = useQuery({
    queryKey: ['duties', 'dry-run', draft, from, to], enabled: draft !== null,
    queryFn: ({ signal }) => ok(api.GET('/api/duties/drafts/{draft}/dry-run', { params: { path: { draft: draft! }, query: { from, to, limit: 200 } }, signal })),
  })
  const unitName = useUnitNames(t('duties.nobody'))
  const named = (code: string) => (code === 'gap' ? `■ ${t('duties.gap')}` : code === 'tie' ? `▲ ${t('duties.tie')}` : code === 'nobody' ? t('duties.nobody') : unitName(code))
  return (
    <Modal open={draft !== null} onCancel={onClose} footer={null} width={960} title={t('duties.dry_run_named', { name: draft ?? '' })} destroyOnHidden>
      <div className="filters"><DatePicker.RangePicker allowClear={false} value={days} aria-label={t('duties.period')} onChange={(chosen) => chosen?.[0] && chosen[1] && setDays([chosen[0], chosen[1]])} /><span className="quiet">{t('duties.dry_run_about')}</span></div>
      {run.isError && <Alert type="error" showIcon title={run.error.message} />}
      {run.isPending && <Skeleton active paragraph={{ rows: 5 }} />}
      {run.data && <Result run={run.data} named={named} />}
    </Modal>
  )
}

function Result({ run, named }: { run: Schemas['DryRunOut']; named: (code: string) => string }) {
  const t = useText()
  const categoryName = useCategoryNames()
  const stayed = rate(run.stayed, run.cases)
  return (
    <>
      <Tally of={[[t('duties.cases'), run.cases], [t('duties.stayed'), run.stayed], [t('duties.moved'), run.cases - run.stayed], [t('duties.new_gaps'), run.new_gaps], [t('duties.new_ties'), run.new_ties]]} />
      <p className="quiet" title={stayed.parts}>{t('duties.stayed_rate', { rate: stayed.shown, parts: stayed.parts, day: run.on })}</p>
      <h3>{t('duties.flows')}</h3>
      <Table
        size="small" rowKey={(one) => `${one.from_unit}>${one.to_unit}`} dataSource={run.flows} pagination={{ pageSize: 6, size: 'small', hideOnSinglePage: true }} scroll={{ x: 'max-content' }} locale={{ emptyText: t('duties.flows_none') }}
        columns={[{ title: t('duties.went_to'), dataIndex: 'from_unit', render: named }, { title: t('duties.would_go_to'), dataIndex: 'to_unit', render: named }, { title: t('duties.cases'), dataIndex: 'cases', align: 'right', width: 90, render: count }]}
      />
      <h3>{t('duties.moved_cases')}</h3>
      <Table
        size="small" rowKey="id" dataSource={run.moved} pagination={{ pageSize: 8, size: 'small', hideOnSinglePage: true, showSizeChanger: false }} scroll={{ x: 'max-content' }} locale={{ emptyText: t('duties.flows_none') }}
        columns={[
          { title: t('duties.case'), dataIndex: 'id', render: (id: string) => <Link to={pathOf('case', id)}>{id.slice(0, 13)}</Link> },
          { title: t('duties.dispatched'), dataIndex: 'at', render: (at: string) => moment(at) },
          { title: t('duties.categories'), dataIndex: 'category', render: categoryName },
          { title: t('duties.went_to'), dataIndex: 'went_to', render: named },
          { title: t('duties.would_go_to'), dataIndex: 'would_go_to', render: named },
          { title: t('duties.reason'), dataIndex: 'by_draft', render: (by: boolean) => t(by ? 'duties.by_draft' : 'duties.by_people') },
        ]}
      />
    </>
  )
}
