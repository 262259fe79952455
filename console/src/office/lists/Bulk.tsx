import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Alert, Button, Form, Input, Modal, Progress, Select, Table } from 'antd'
import { useState } from 'react'
import { type Schemas, api, ok } from '../../api/client'
import { titled, useText } from '../../common/language'
import { useProblems } from '../problems'
import type { Filter, Kind } from './filter'
import { useWords } from './words'

type Props = { kind: Kind; filter: Filter; open: boolean; onClose: () => void }
type Run = Schemas['BulkOut']
const ASK_AGAIN_MS = 1000

/** One action on everything that fits the filter; each row has a result of its own. */
export function Bulk({ kind, filter, open, onClose }: Props) {
  const [t, words, tell, queries] = [useText(), useWords(kind), useProblems(), useQueryClient()]
  const [run, setRun] = useState<Run | null>(null)
  const begin = useMutation({
    mutationFn: (given: { action: string; reason?: string }) => {
      const body = { filter, ...given }
      return ok(kind === 'case' ? api.POST('/api/cases/bulk', { body }) : api.POST('/api/reports/bulk', { body })) as Promise<Run>
    },
    onSuccess: setRun,
    onError: (error) => tell(error),
  })
  const close = () => {
    setRun(null)
    onClose()
    void queries.invalidateQueries({ queryKey: [`${kind}s`] })
  }
  return (
    <Modal open={open} onCancel={close} footer={null} title={t('lists.bulk')} width={640} destroyOnHidden>
      {run ? <Result id={run.id} first={run} /> : (
        <Form layout="vertical" requiredMark={false} onFinish={(given: { action: string; reason?: string }) => begin.mutate(given)}>
          <Alert type="info" showIcon title={t('lists.bulk_detail')} className="form-alert" />
          <Form.Item name="action" label={t('lists.bulk_action')} rules={[{ required: true, message: t('common.required') }]}>
            <Select showSearch={{ optionFilterProp: 'label' }} options={words?.actions.map((one) => ({ value: one.name, label: titled(one.title) })) ?? []} />
          </Form.Item>
          <Form.Item name="reason" label={t('common.reason')} extra={t('common.reason_help')} rules={[{ required: true, message: t('common.required') }]}><Input.TextArea rows={3} maxLength={2000} /></Form.Item>
          <Button type="primary" htmlType="submit" loading={begin.isPending}>{t('lists.bulk_run')}</Button>
        </Form>
      )}
    </Modal>
  )
}

function Result({ id, first }: { id: string; first: Run }) {
  const t = useText()
  const run = useQuery({
    queryKey: ['bulk', id], initialData: first,
    queryFn: () => ok(api.GET('/api/bulk/{id}', { params: { path: { id } } })),
    refetchInterval: (query) => (query.state.data?.ended_at ? false : ASK_AGAIN_MS),
  }).data
  const items = useQuery({ queryKey: ['bulk', id, 'items', run.done + run.refused], queryFn: () => ok(api.GET('/api/bulk/{id}/items', { params: { path: { id }, query: { limit: 200 } } })) })
  const said = (status: Schemas['BulkItemOut']['status']) => t(`lists.bulk_status_${status}`)
  return (
    <>
      <p role="status">{t('lists.bulk_total', { total: run.total, done: run.done, refused: run.refused })}</p>
      <Progress percent={run.total ? Math.round(((run.done + run.refused) / run.total) * 100) : 100} aria-label={t('lists.bulk_result')} />
      <Table<Schemas['BulkItemOut']>
        size="small" rowKey="ordinal" dataSource={items.data?.items ?? []} pagination={{ pageSize: 10, size: 'small' }} scroll={{ x: 'max-content' }}
        columns={[
          { title: t('lists.number'), dataIndex: 'subject', render: (subject: string) => subject.slice(0, 8) },
          { title: t('lists.bulk_result'), dataIndex: 'status', render: said },
          { title: t('lists.bulk_why'), dataIndex: 'why', render: (why: string | null) => why ?? '—' },
        ]}
      />
    </>
  )
}
