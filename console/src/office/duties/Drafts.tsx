import { DownloadOutlined, ImportOutlined } from '@ant-design/icons'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { App, Button, DatePicker, Dropdown, Empty, Form, Modal, Table } from 'antd'
import dayjs, { type Dayjs } from 'dayjs'
import { useState } from 'react'
import { type Schemas, api, ok } from '../../api/client'
import { useText } from '../../common/language'
import { may, useMe } from '../../common/session'
import { FaultTable, FileImport, Tally } from '../admin/FileImport'
import { useProblems } from '../problems'
import { DryRun } from './DryRun'

type Draft = Schemas['DraftOut']
type Props = { drafts: Draft[]; draft: string; onOpen: (draft: string, tab: string | null) => void }

/** Whole matrices beside the one in force: brought in, checked, tried on past cases, put in force from a day. */
export function Drafts({ drafts, draft, onOpen }: Props) {
  const [t, me, tell, queries, { modal, message }] = [useText(), useMe(), useProblems(), useQueryClient(), App.useApp()]
  const [importing, setImporting] = useState(false)
  const [trying, setTrying] = useState<string | null>(null)
  const [adopting, setAdopting] = useState<string | null>(null)
  const again = () => queries.invalidateQueries({ queryKey: ['duties'] })
  const writes = may(me, 'duty.write')
  const drop = useMutation({
    mutationFn: (name: string) => ok(api.DELETE('/api/duties/drafts/{draft}', { params: { path: { draft: name } } })),
    onSuccess: (_, name) => { if (name === draft) onOpen('', 'drafts'); void again() }, onError: (error) => tell(error),
  })
  const adopt = useMutation({
    mutationFn: ({ name, on }: { name: string; on: Dayjs }) => ok(api.POST('/api/duties/drafts/{draft}/adopt', { params: { path: { draft: name } }, body: { on: on.format('YYYY-MM-DD') } })),
    onSuccess: (done) => { setAdopting(null); void message.success(t('duties.adopted', { opened: done.opened, closed: done.closed })); onOpen('', null); void again() }, onError: (error) => tell(error),
  })
  const href = (form: string, of = '') => `/api/duties/export?${new URLSearchParams({ form, ...(of ? { draft: of } : {}) })}`
  const files = (of = '') => (['csv', 'xlsx'] as const).map((form) => ({ key: form, label: <a href={href(form, of)} download>{t(`duties.export_${form}`)}</a> }))
  return (
    <div className="drafts">
      <div className="filters">
        <Dropdown trigger={['click']} menu={{ items: files() }}><Button icon={<DownloadOutlined />}>{t('duties.export')}</Button></Dropdown>
        {writes && <Button icon={<ImportOutlined />} onClick={() => setImporting(true)}>{t('duties.import')}</Button>}
        <span className="quiet">{t('duties.drafts_about')}</span>
      </div>
      <Table<Draft>
        size="small" rowKey="draft" dataSource={drafts} pagination={false} scroll={{ x: 'max-content' }} locale={{ emptyText: <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={t('duties.drafts_none')} /> }}
        columns={[
          { title: t('duties.draft'), dataIndex: 'draft', render: (name: string) => <b>{name}</b> },
          { title: t('duties.rows'), dataIndex: 'rows', align: 'right' },
          { title: t('duties.first_day'), dataIndex: 'first_from' },
          { title: t('duties.last_day'), dataIndex: 'last_from' },
          {
            key: 'do', title: t('desk.actions'), render: (_, one) => (
              <div className="row-actions">
                <Button size="small" onClick={() => onOpen(one.draft, null)}>{t('duties.board')}</Button>
                {may(me, 'duty.check') && <Button size="small" onClick={() => onOpen(one.draft, 'check')}>{t('duties.check')}</Button>}
                {may(me, 'duty.check') && <Button size="small" onClick={() => setTrying(one.draft)}>{t('duties.dry_run')}</Button>}
                <Dropdown trigger={['click']} menu={{ items: files(one.draft) }}><Button size="small">{t('duties.export')}</Button></Dropdown>
                {writes && <Button size="small" type="primary" onClick={() => setAdopting(one.draft)}>{t('duties.adopt')}</Button>}
                {writes && <Button size="small" danger onClick={() => modal.confirm({ title: t('duties.drop', { name: one.draft }), content: t('duties.drop_about'), okButtonProps: { danger: true }, okText: t('duties.drop_do'), cancelText: t('common.cancel'), onOk: () => drop.mutate(one.draft) })}>{t('duties.drop_do')}</Button>}
              </div>
            ),
          },
        ]}
      />
      <FileImport<Schemas['DutyImportOut']>
        open={importing} onClose={() => setImporting(false)} onDone={() => void again()} title={t('duties.import')} about={t('duties.import_about')} url="/api/duties/import" accept=".csv,.tsv,.xlsx"
        options={[
          { name: 'draft', label: t('duties.into_draft'), type: 'text', help: t('duties.into_draft_help'), initial: draft },
          { name: 'valid_from', label: t('admin.valid_from'), type: 'day', help: t('admin.valid_from_help') },
          { name: 'close_vanished', label: t('admin.close_vanished'), type: 'check', help: t('admin.close_vanished_help') },
        ]}
        result={(done) => <><Tally of={[[t('admin.n_new'), done.new], [t('admin.n_changed'), done.changed], [t('admin.n_unchanged'), done.unchanged], [t('admin.n_closed'), done.closed]]} />{done.quarrels.length > 0 && <><p className="light light-yellow">▲ {t('duties.quarrels', { n: done.quarrels.length })}</p><FaultTable faults={done.quarrels} /></>}</>}
      />
      <DryRun draft={trying} onClose={() => setTrying(null)} />
      <Modal open={adopting !== null} onCancel={() => setAdopting(null)} title={t('duties.adopt_named', { name: adopting ?? '' })} footer={null} width={440} destroyOnHidden>
        <p>{t('duties.adopt_about')}</p>
        <Form layout="vertical" requiredMark={false} initialValues={{ on: dayjs().add(1, 'day') }} onFinish={({ on }: { on: Dayjs }) => adopting && adopt.mutate({ name: adopting, on })}>
          <Form.Item name="on" label={t('duties.adopt_on')} rules={[{ required: true, message: t('common.required') }]}><DatePicker format="YYYY-MM-DD" /></Form.Item>
          <Button type="primary" htmlType="submit" loading={adopt.isPending}>{t('duties.adopt')}</Button>
        </Form>
      </Modal>
    </div>
  )
}
