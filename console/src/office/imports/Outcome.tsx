import { DownloadOutlined } from '@ant-design/icons'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Alert, App, Button, Progress } from 'antd'
import { Link } from 'react-router'
import { type Schemas, api, ok } from '../../api/client'
import { useText } from '../../common/language'
import { moment, duration } from '../../common/time'
import { FaultTable, Tally } from '../admin/FileImport'
import { useProblems } from '../problems'
import { Reasons } from './Reasons'
import { pageOf } from './mapping'

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
  const [kindOf] = run.target.split(':')
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
      <Tally of={[[t('imports.new'), run.new], [t('imports.changed'), kindOf === 'register' ? run.changed : undefined], [t('imports.unchanged'), run.unchanged], [t('imports.rejected'), run.rejected], [t('imports.skipped'), over ? run.skipped : undefined]]} />
      {run.about > 0 && <p className="quiet">{t('imports.about_n', { n: run.about })}</p>}
      {run.unused.length > 0 && <p className="quiet">{t('imports.unused_columns', { names: run.unused.join(t('imports.between')) })}</p>}
      {run.kept && <p><Button type="primary" icon={<DownloadOutlined />} href={`/api/imports/${run.id}/rejected`}>{t('imports.fetch_rejected', { n: run.rejected })}</Button> <span className="quiet">{t('imports.fetch_about')}</span></p>}
      <Reasons of={run.reasons} />
      {run.errors.length > 0 && <FaultTable faults={run.errors} />}
      {over && <div className="form-foot"><Link to={`/import?${new URLSearchParams({ of: run.target })}`}>{t('imports.another')}</Link><Link to={pageOf(run.target)}>{t(kindOf === 'register' ? 'imports.to_register' : kindOf === 'ledger' ? 'imports.to_ledger' : 'imports.to_reports')}</Link></div>}
    </div>
  )
}
