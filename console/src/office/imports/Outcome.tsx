import { DownloadOutlined } from '@ant-design/icons'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Alert, App, Button, Progress, Table } from 'antd'
import { Link } from 'react-router'
import { type Schemas, api, ok } from '../../api/client'
import { titled, useText } from '../../common/language'
import { moment, duration } from '../../common/time'
import { FaultTable, Tally } from '../admin/FileImport'
import { useProblems } from '../problems'
import { listOf, pageOf } from './mapping'

type Run = Schemas['ImportOut']

/** How far it has come, and at the end what became of every row; the rejected ones as a file to be mended. */
export function Outcome({ run }: { run: Run }) {
  const [t, tell, queries, { modal }] = [useText(), useProblems(), useQueryClient(), App.useApp()]
  const cancel = useMutation({
    mutationFn: () => ok(api.POST('/api/imports/{id}/cancel', { params: { path: { id: run.id } } })),
    onSuccess: (now) => queries.setQueryData(['imports', run.id], now), onError: (error) => tell(error),
    onSettled: () => queries.invalidateQueries({ queryKey: ['imports', run.id], exact: true }),
  })
  const over = run.ended_at !== null
  const took = run.started_at && run.ended_at ? (Date.parse(run.ended_at) - Date.parse(run.started_at)) / 1000 : null
  const kind = { done: 'success', cancelled: 'warning', refused: 'error' }[run.state as 'done'] as 'success' | undefined
  return (
    <div className="outcome">
      {kind && <Alert type={kind} showIcon className="form-alert" title={t(`imports.over_${run.state as 'done'}`)} description={run.state === 'done' && took !== null ? t('imports.took', { at: moment(run.ended_at), time: duration(Math.max(took, 1)) }) : t(`imports.over_${run.state as 'done'}_about`)} />}
      {!over && (
        <div className="progress" role="status">
          <Progress percent={Math.round(run.fraction * 100)} status="active" aria-label={t('imports.progress')} />
          <Button danger loading={cancel.isPending} disabled={run.cancelling} onClick={() => modal.confirm({ title: t('imports.cancel'), content: t('imports.cancel_about'), okText: t('imports.cancel'), cancelText: t('imports.go_on'), okButtonProps: { danger: true }, onOk: () => cancel.mutate() })}>{t(run.cancelling ? 'imports.state_cancelling' : 'imports.cancel')}</Button>
          <p className="quiet">{t('imports.may_close')}</p>
        </div>
      )}
      <Tally of={[[t('imports.new'), run.new], ...(run.target === 'report' ? [] : [[t('imports.changed'), run.changed] as [string, number]]), [t('imports.unchanged'), run.unchanged], [t('imports.rejected'), run.rejected], [t('imports.skipped'), over ? run.skipped : undefined]]} />
      {run.kept && <p><Button type="primary" icon={<DownloadOutlined />} href={`/api/imports/${run.id}/rejected`}>{t('imports.fetch_rejected', { n: run.rejected })}</Button> <span className="quiet">{t('imports.fetch_about')}</span></p>}
      {run.reasons.length > 0 && (
        <>
          <h2>{t('imports.reasons')}</h2>
          <Table
            size="small" rowKey={(one) => `${one.column}${one.en}`} dataSource={run.reasons} pagination={false} scroll={{ x: 'max-content' }}
            columns={[
              { title: t('imports.column'), dataIndex: 'column', render: (column: string) => column || t('imports.whole_row') },
              { title: t('imports.why'), key: 'why', render: (_, one) => titled(one) },
              { title: t('imports.rejected'), dataIndex: 'count', align: 'right', width: 90 },
              { title: t('imports.rows_named'), dataIndex: 'rows', width: 180, render: (rows: number[], one) => rows.join(', ') + (one.count > rows.length ? ' …' : '') },
            ]}
          />
        </>
      )}
      {run.errors.length > 0 && <FaultTable faults={run.errors} />}
      {over && <div className="form-foot"><Link to={listOf(run.target)}>{t('imports.another')}</Link><Link to={pageOf(run.target)}>{run.target === 'report' ? t('imports.to_reports') : titled(run.title)}</Link></div>}
    </div>
  )
}
